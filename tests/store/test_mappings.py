"""Mappings: what is learned newest is so, a pending id lives 90 days and no longer, and turns into its customer."""

from __future__ import annotations

import pytest

from console.store import Records, Store
from console.store.mappings import IdMapping, Learned, MappingState, Source
from console.store.relations import RelationQuery
from console.wecom.ids import ExternalUserId, PendingId
from tests.store.answers import follow_user, listed
from tests.store.conftest import Clock

DAY = 86_400.0
WHO = "oLx7s5QdZr8wVb1nTy3kPq9mQk2M"
OPENID = "oAbc4-5dEfGhIjKlMnOpQrStUvWx"
PENDING = PendingId("pXyz81AAAAAA")


def pending(unionid: str = WHO, pending_id: str = PENDING) -> Learned:
    """A conversion that gave a pending id."""
    return Learned(unionid, None, pending_id, Source.CONVERSION, OPENID, 0)


def of(records: Records, unionid: str = WHO) -> IdMapping:
    """A mapping that must be there."""
    mapping = records.mappings.of_unionid(unionid)
    assert mapping is not None
    return mapping


def shown(records: Records, contains: str = "") -> list[str]:
    """The unionids that a filter leaves, newest first."""
    mappings = records.mappings
    return [mapping.unionid for mapping in mappings.window(mappings.select_now(contains))]


def test_a_pending_id_is_kept_with_how_and_when_it_was_learned_and_ends_after_90_days(
    records: Records, clock: Clock
) -> None:
    records.mappings.learn(pending()).wait()
    mapping = of(records)
    assert (mapping.pending_id, mapping.external_userid) == (PENDING, None)
    assert (mapping.source, mapping.learned_at, mapping.openid) == (Source.CONVERSION, 1_000.0, OPENID)
    assert mapping.seconds_left(clock.now + 80 * DAY) == 10 * DAY
    assert [mapping.state(clock.now + days * DAY) for days in (0, 89, 90)] == [
        MappingState.PENDING,
        MappingState.PENDING,
        MappingState.EXPIRED,
    ]


def test_a_pending_id_that_is_given_again_lives_no_longer_but_after_its_end_anew(
    records: Records, clock: Clock
) -> None:
    records.mappings.learn(pending()).wait()
    version = records.mappings.version
    clock.now += 30 * DAY
    records.mappings.learn(pending()).wait()
    assert of(records).expires_at == 1_000.0 + 90 * DAY
    assert records.mappings.version == version
    clock.now += 61 * DAY
    records.mappings.learn(pending()).wait()
    assert of(records).expires_at == clock.now + 90 * DAY


def test_a_clock_that_is_set_back_neither_lengthens_nor_loses_anything(records: Records, clock: Clock) -> None:
    clock.now = 400 * DAY
    records.mappings.learn(pending()).wait()
    clock.now = 10 * DAY
    records.mappings.learn(Learned("o2", None, "p2", Source.CONVERSION)).wait()
    assert shown(records) == ["o2", WHO]
    assert of(records).seconds_left(clock.now) == 90 * DAY
    records.mappings.learn(pending()).wait()
    assert of(records).expires_at == 490 * DAY


def test_a_pending_id_turns_into_the_customer_that_it_was(records: Records, clock: Clock) -> None:
    records.mappings.learn(pending()).wait()
    clock.now += 5
    join = records.mappings.join(
        {ExternalUserId("wm1"): PENDING, ExternalUserId("wm2"): PendingId("pElse")}, Source.CALLBACK
    )
    [row_id] = join.wait()
    mapping = of(records)
    assert (mapping.id, mapping.external_userid, mapping.pending_id) == (row_id, "wm1", PENDING)
    assert (mapping.source, mapping.arrived_at) == (Source.CALLBACK, clock.now)
    assert [one.unionid for one in records.mappings.arrived()] == [WHO]
    assert records.mappings.join({ExternalUserId("wm1"): PENDING}, Source.CALLBACK).wait() == []
    assert records.mappings.waiting_since() is None


def test_a_detail_that_shows_a_unionid_teaches_it_in_the_same_transaction(records: Records) -> None:
    records.mappings.learn(pending()).wait()
    contact = {"external_userid": "wo1", "name": "李建国", "unionid": WHO}
    records.customers.put_detail("wo1", contact, [follow_user("zhangwei", remark="李部张")], 1).wait()
    mapping = of(records)
    assert (mapping.external_userid, mapping.source, mapping.customer_name) == ("wo1", Source.READ, "李部张")
    assert mapping.arrived_at is not None
    version = records.mappings.version
    records.customers.put_detail("wo1", contact, [], 1).wait()
    assert records.mappings.version == version
    assert of(records).is_gone


def test_what_a_conversion_says_later_takes_the_place_of_what_was_known(records: Records) -> None:
    records.mappings.learn(Learned(WHO, "wm1", None, Source.CONVERSION, OPENID, 0)).wait()
    records.mappings.learn(pending()).wait()
    assert (of(records).external_userid, of(records).pending_id) == (None, PENDING)
    records.mappings.learn(Learned(WHO, "wm1", "pBoth", Source.CONVERSION, OPENID, 1)).wait()
    both = of(records)
    assert (both.external_userid, both.pending_id, both.subject_type) == ("wm1", "pBoth", 1)


async def test_the_list_is_searched_by_any_part_of_an_id_and_by_what_is_known_of_the_customer(
    records: Records,
) -> None:
    await records.relations.put_batch("zhangwei", [listed("wm1", name="李建国")])
    await records.relations.select(RelationQuery(contains="x"))
    for unionid, customer, waiting in (("oAAA", "wm1", None), ("oBBB", None, "pZZ9")):
        records.mappings.learn(Learned(unionid, customer, waiting, Source.CONVERSION, f"{unionid}-open", 0)).wait()
    assert shown(records) == ["oBBB", "oAAA"]
    found = {text: shown(records, text) for text in ("oaaa", "Z9", "bb-open", "ljg", "建国 oaa", "_", "100%")}
    assert found == {
        "oaaa": ["oAAA"],
        "Z9": ["oBBB"],
        "bb-open": ["oBBB"],
        "ljg": ["oAAA"],
        "建国 oaa": ["oAAA"],
        "_": [],
        "100%": [],
    }
    assert list(await records.mappings.select("ljg")) == list(records.mappings.select_now("ljg"))


def test_those_close_to_their_end_are_listed_the_first_to_end_first(records: Records, clock: Clock) -> None:
    for unionid in ("o1", "o2", "o3"):
        records.mappings.learn(pending(unionid, f"p{unionid}")).wait()
        clock.now += 3 * DAY
    clock.now = 1_000.0 + 89.5 * DAY
    assert [one.unionid for one in records.mappings.expiring()] == ["o1", "o2", "o3"]
    clock.now += DAY
    assert [one.unionid for one in records.mappings.expiring()] == ["o2", "o3"]


def test_ids_are_recognised_for_what_they_were(records: Records) -> None:
    records.mappings.learn(pending(pending_id="ooNoLookOfItsOwn")).wait()
    mappings = records.mappings
    for found in (mappings.of_pending_id("ooNoLookOfItsOwn"), mappings.of_openid(OPENID)):
        assert found is not None
        assert found.unionid == WHO
    assert mappings.of_pending_id(OPENID) is None
    assert mappings.of_openid(WHO) is None


@pytest.mark.parametrize(("name", "corp", "kind"), [("other", "ww1", "delegated"), ("main", "ww1", "delegated")])
def test_no_profile_sees_what_another_has_learned(
    store: Store, records: Records, name: str, corp: str, kind: str
) -> None:
    records.mappings.learn(pending()).wait()
    other = store.profile(name, corp, kind)
    assert other.mappings.of_unionid(WHO) is None
    assert not other.mappings.select_now()


def test_a_customer_is_found_by_the_unionid_that_a_list_has_shown(records: Records) -> None:
    row = listed("wo1")
    row["external_contact"] |= {"unionid": WHO}  # type: ignore[operator]
    records.relations.put_batch("zhangwei", [row, listed("wo2")]).wait()
    assert [one.external_userid for one in records.customers.with_unionid(WHO)] == ["wo1"]
    assert records.customers.with_unionid("") == []

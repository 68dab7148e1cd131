"""Who is whose customer: the same for the same seed, and the same from both sides, at every size."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from types import FrameType

from hypothesis import given, settings
from hypothesis import strategies as st

from console.sandbox import AppKind, Options, Sandbox
from console.sandbox.people import CAST_BASE, People
from console.sandbox.staff import FORMER_BASE
from tests.conftest import LI_JIANGUO, NOW


@st.composite
def corps(draw: st.DrawFn, most: int) -> People:
    customers = draw(st.integers(0, most))
    options = Options(
        staff=draw(st.integers(1, 90)),
        customers=customers,
        seed=draw(st.integers(0, 10_000)),
        even=draw(st.booleans()),
        largest=draw(st.one_of(st.just(0), st.integers(0, customers))),
    )
    return People(options, NOW)


def lists(people: People) -> dict[int, list[int]]:
    """Every follower's whole list."""
    return {
        member: [people.person_at(member, place) for place in range(people.count(member))]
        for member in range(people.staff.size)
    }


@settings(deadline=None, max_examples=60)
@given(corps(most=1500))
def test_a_person_is_on_the_lists_of_exactly_its_followers(people: People) -> None:
    followers: dict[int, set[int]] = defaultdict(set)
    for member, persons in lists(people).items():
        for person in persons:
            followers[person].add(member)
    for person, expected in followers.items():
        listed = people.followers(person)
        assert len(listed) == len(set(listed))
        assert {member for member in listed if member < FORMER_BASE} == expected


@settings(deadline=None, max_examples=60)
@given(corps(most=1500))
def test_nobody_is_twice_on_one_list(people: People) -> None:
    for persons in lists(people).values():
        assert len(persons) == len(set(persons))


@settings(deadline=None)
@given(corps(most=1_000_000))
def test_the_lists_add_up_to_the_relations_that_were_asked_for(people: People) -> None:
    counts = [people.count(member) for member in range(people.staff.size)]
    assert sum(counts) == people.options.customers
    assert min(counts) >= 0


@settings(deadline=None, max_examples=60)
@given(corps(most=1_000_000), st.data())
def test_a_customer_found_through_a_follower_knows_that_follower(people: People, data: st.DataObject) -> None:
    holders = [member for member in range(people.staff.size) if people.count(member)]
    if not holders:
        return
    member = data.draw(st.sampled_from(holders))
    person = people.person_at(member, data.draw(st.integers(0, people.count(member) - 1)))
    assert member in people.followers(person)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 1 << 41), st.sampled_from(list(AppKind)), st.integers(0, 100))
def test_an_external_userid_leads_back_to_its_person_in_its_own_space_alone(
    person: int, kind: AppKind, seed: int
) -> None:
    identities = People(Options(seed=seed), NOW).identities
    text = identities.external_userid(person, kind)
    other = AppKind.DELEGATED if kind is AppKind.SELF_BUILT else AppKind.SELF_BUILT
    assert identities.person(text, kind) == person
    assert identities.person(text, other) is None
    assert identities.person(text[:-1] + ("A" if text[-1] != "A" else "B"), kind) is None


def test_the_same_seed_makes_the_same_corp_and_another_seed_another() -> None:
    def corp(seed: int) -> list[object]:
        people = People(Options(seed=seed, now=NOW), NOW)
        persons = [people.person_at(3, place) for place in range(40)]
        return [(people.person(one), people.relation(one, 3)) for one in persons]

    assert corp(7) == corp(7)
    assert corp(7) != corp(8)


def test_customers_are_shared_by_two_to_four_followers_now_and_then() -> None:
    people = People(Options(), NOW)
    shared = Counter(
        len(people.followers(person)) for persons in lists(people).values() for person in persons if person < CAST_BASE
    )
    assert set(shared) == {1, 2, 3, 4}
    assert shared[1] > shared[2] > shared[3] > shared[4]


def test_the_usual_corp_is_divided_as_a_real_one_is() -> None:
    people = People(Options(), NOW)
    counts = {people.staff.userid(member): people.count(member) for member in range(50)}
    assert sum(counts.values()) == 4200
    assert (counts["zhangwei"], counts["lina"], counts["18600000000"]) == (212, 1034, 12)
    assert counts["liuyang02"] == counts["zhaomin"] == 0
    assert counts["WangMin"] > 0


def test_one_follower_can_hold_as_many_as_wecom_allows() -> None:
    people = People(Options(staff=500, customers=500_000, largest=20_000), NOW)
    counts = sorted(people.count(member) for member in range(500))
    assert counts[-1] == 20_000
    assert counts[-2] < 1_000


def test_staff_are_found_by_userid_whatever_its_case() -> None:
    people = People(Options(staff=700), NOW)
    for member in [*range(700), FORMER_BASE + 1, FORMER_BASE + 1152]:
        userid = people.staff.userid(member)
        assert people.staff.number(userid.upper()) == member
    for nobody in ("", "zhang", "wang000", "md0000", "md99999", "x" * 300, "1" * 30):
        assert people.staff.number(nobody) is None


def test_the_written_customers_are_those_of_the_first_screen() -> None:
    people = People(Options(), NOW)
    li = people.identities.person(LI_JIANGUO, AppKind.SELF_BUILT)
    assert li is not None
    assert [people.staff.userid(member) for member in people.followers(li)] == ["zhangwei", "lina"]
    assert people.relation(li, 0).remark == "李部张"
    assert people.relation(li, 0).mobiles == ("13800000001", "13912342280")
    assert people.relation(li, 1).remark == "李总"


def test_the_first_followers_newest_customers_are_the_written_ones() -> None:
    people = People(Options(), NOW)
    persons = lists(people)[0]
    newest = sorted(persons, key=lambda person: -people.relation(person, 0).createtime)[:25]
    assert all(person >= CAST_BASE for person in newest)


def test_everybody_was_added_before_now() -> None:
    people = People(Options(), NOW)
    for member, persons in lists(people).items():
        for person in persons:
            assert NOW - 905 * 86_400 < people.relation(person, member).createtime < NOW


def calls_to_start(options: Options) -> int:
    """How many Python functions run until a sandbox knows its staff and has shown a first page."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        people = Sandbox(options).people
        for place in range(100):
            people.person(people.person_at(1, place))
    finally:
        sys.setprofile(None)
    return calls


def test_a_corp_ten_thousand_times_larger_takes_no_more_work_to_start() -> None:
    calls_to_start(Options())
    small = calls_to_start(Options(staff=50, customers=50_000, even=True))
    huge = calls_to_start(Options(staff=50, customers=500_000_000, even=True))
    assert huge < small * 1.1


def test_no_list_is_longer_than_the_staff() -> None:
    division = People(Options(staff=50, customers=500_000_000), NOW).division
    sizes = [len(value) for value in vars(division).values() if isinstance(value, list)]
    assert max(sizes) == 51
    assert max(len(layer.starts) for layer in division.layers) == 51

"""Whatever is read in whatever order: the store against a model of what each answer may change."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from console.store import Records, Store
from console.store.relations import RelationQuery, RelationState
from tests.store.answers import follow_user, listed

PROFILES = ("one", "two")
USERIDS = st.sampled_from(["a", "A", "b", "c"])
CUSTOMERS = st.sampled_from(["wo1", "wo2", "WO1", "wo3"])
REMARKS = st.sampled_from([None, "", "李", "x"])
Key = tuple[str, str, str]


class AnySequence(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.now = 0.0
        self.store = Store.open(Path(self.folder.name) / "store.db", clock=lambda: self.now)
        self.records: dict[str, Records] = {name: self.store.profile(name, "ww", "self-built") for name in PROFILES}
        self.states: dict[Key, RelationState] = {}
        self.remarks: dict[Key, str | None] = {}
        self.details: dict[tuple[str, str], list[str]] = {}
        self.c2_said: dict[Key, dict[str, object]] = {}
        self.c3_said: dict[Key, object] = {}

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(profile=st.sampled_from(PROFILES), userid=USERIDS, ids=st.lists(CUSTOMERS))
    def put_ids(self, profile: str, userid: str, ids: list[str]) -> None:
        self.now += 1
        self.records[profile].relations.put_ids(userid, ids)
        for key in list(self.states):
            if key[:2] == (profile, userid.lower()) and key[2] not in ids:
                self.states[key] = RelationState.GONE
        for customer in ids:
            key = (profile, userid.lower(), customer)
            if key not in self.states:
                self.remarks[key] = None
            read = key in self.c2_said or key in self.c3_said
            self.states[key] = RelationState.ACTIVE if read else RelationState.UNREAD

    @rule(profile=st.sampled_from(PROFILES), rows=st.lists(st.tuples(USERIDS, CUSTOMERS, REMARKS)))
    def put_batch(self, profile: str, rows: list[tuple[str, str, str | None]]) -> None:
        self.now += 1
        said = [
            listed(customer, userid, **({} if remark is None else {"remark": remark}))
            for userid, customer, remark in rows
        ]
        self.records[profile].relations.put_batch(None, said)
        last = {(profile, userid.lower(), customer): n for n, (userid, customer, _) in enumerate(rows)}
        for key, n in last.items():
            self.states[key] = RelationState.ACTIVE
            self.c3_said[key] = said[n]["follow_info"]
            if rows[n][2] is not None or key not in self.remarks:
                self.remarks[key] = rows[n][2]

    @rule(profile=st.sampled_from(PROFILES), customer=CUSTOMERS, users=st.dictionaries(USERIDS, REMARKS))
    def put_detail(self, profile: str, customer: str, users: dict[str, str | None]) -> None:
        self.now += 1
        merged = {userid.lower(): (userid, remark) for userid, remark in users.items()}
        said = [
            follow_user(userid, **({} if remark is None else {"remark": remark})) for userid, remark in merged.values()
        ]
        self.records[profile].customers.put_detail(customer, {"external_userid": customer}, said, 1)
        for key in list(self.states):
            if key[0] == profile and key[2] == customer and key[1] not in merged:
                self.states[key] = RelationState.GONE
        for document, (userid, (_, remark)) in zip(said, merged.items(), strict=True):
            key = (profile, userid, customer)
            self.states[key], self.remarks[key], self.c2_said[key] = RelationState.ACTIVE, remark, document
        self.details[profile, customer] = [str(document["userid"]) for document in said]

    @invariant()
    def the_store_says_what_the_answers_said(self) -> None:
        for profile, records in self.records.items():
            records.followers.put_list([]).wait()
            rows = records.relations.window(records.relations.select_now(RelationQuery(gone="include")))
            keys = {(profile, row.userid.lower(), row.external_userid): row for row in rows}
            assert len(keys) == len(rows)
            assert {key: row.state for key, row in keys.items()} == {
                key: state for key, state in self.states.items() if key[0] == profile
            }
            documents = records.relations.documents([row.id for row in rows])
            for key, row in keys.items():
                assert row.remark == self.remarks[key]
                assert (row.gone_at is not None) == (row.state is RelationState.GONE)
                assert documents[row.id].follow_user == self.c2_said.get(key)
                assert documents[row.id].follow_info == self.c3_said.get(key)
            for (owner, customer), userids in self.details.items():
                if owner == profile:
                    detail = records.customers.detail(customer)
                    assert detail is not None
                    assert [user["userid"] for user in detail.follow_users] == userids

    @invariant()
    def narrow_lines_agree_with_the_rows(self) -> None:
        for records in self.records.values():
            records.followers.put_list([]).wait()
            for gone in ("include", "exclude", "only"):
                by_rows = records.relations.select_now(RelationQuery(gone=gone))
                by_lines = records.relations.select_now(RelationQuery(gone=gone, order="name"))
                assert sorted(by_rows) == sorted(by_lines)


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)

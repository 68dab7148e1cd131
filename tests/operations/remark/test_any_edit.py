"""Whatever was there, whatever is edited, whatever others do meanwhile: nobody's data is lost, and undo restores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from console.operations.remark.edits import Edits, Typed, edits_from_form
from console.operations.remark.guard import Agreed, CarriedOver, Conflict, RowState, compare
from console.operations.remark.mobiles import mobile_changes, mobile_key, same_numbers
from console.operations.remark.plan import make_plan
from console.operations.remark.proof import FieldProof, prove
from console.operations.remark.values import TEXT_FIELDS, RemarkField, RemarkValues, SeenRemark
from tests.conftest import LI_JIANGUO

NUMBERS = st.sampled_from(["13800000001", "138 0000 0001", "+86 13800000001", "13912342280", "13700001212", "0755-1"])
LISTS = st.lists(NUMBERS, max_size=5).map(tuple)
WORDS = st.sampled_from(["", "李部长", "李部张", "采购", "x"])
TEXTS = st.dictionaries(st.sampled_from(TEXT_FIELDS), WORDS)
VALUES = st.builds(RemarkValues, TEXTS, LISTS)
TYPED = st.builds(Typed, TEXTS, st.none() | LISTS.map("\n".join))


def counted(numbers: Sequence[str]) -> Counter[str]:
    return Counter(map(mobile_key, numbers))


def seen(values: RemarkValues) -> SeenRemark:
    return SeenRemark(LI_JIANGUO, "zhangwei", 1, values, 0.0)


def applied(body: dict[str, object], values: RemarkValues) -> RemarkValues:
    """What WeCom makes of a body: the keys that are in it, and nothing else."""
    texts = {field: str(body[field.value]) for field in TEXT_FIELDS if field.value in body}
    listed = body.get("remark_mobiles")
    assert listed is None or isinstance(listed, list)
    mobiles = values.mobiles if listed is None else tuple(number for number in listed if number)
    return RemarkValues({**values.texts, **texts}, mobiles)


@settings(max_examples=100)
@given(before=VALUES, typed=TYPED, now=VALUES)
def test_only_edited_keys_are_sent_and_nobodys_number_is_lost(
    before: RemarkValues, typed: Typed, now: RemarkValues
) -> None:
    plan = make_plan(seen(before), edits_from_form(before, typed))
    compared = compare(plan, seen(now))
    ready = compared.merged if isinstance(compared, Conflict) else compared.plan
    edited = {field for field in typed.texts if typed.texts[field] != before.text(field)}
    removed: Counter[str] = Counter()
    if typed.mobiles is not None:
        wanted = counted(typed.mobiles.split("\n")) if typed.mobiles else Counter()
        removed = counted(before.numbers) - wanted
        edited |= {RemarkField.MOBILES} if wanted != counted(before.numbers) else set()

    assert set(ready.body) <= {"userid", "external_userid", *(field.value for field in edited)}
    after = applied(dict(ready.body), now)
    assert counted(now.numbers) - counted(after.numbers) <= removed
    for field in TEXT_FIELDS:
        theirs = now.text(field) != before.text(field)
        if field not in edited or (theirs and now.text(field) != typed.texts[field]):
            assert after.text(field) == now.text(field)
        else:
            assert after.text(field) == typed.texts[field]
    assert [FieldProof.SEEN] * len(ready.fields) == [p for _, p in prove(ready.fields, now, ready.after, after).fields]


@settings(max_examples=100)
@given(before=VALUES, typed=TYPED)
def test_undo_restores_every_field_and_the_order_of_the_list(before: RemarkValues, typed: Typed) -> None:
    plan = make_plan(seen(before), edits_from_form(before, typed))
    after = applied(dict(plan.body), before)
    back = Edits({field: before.text(field) for field in TEXT_FIELDS}, mobile_changes(after.numbers, before.numbers))
    undone = applied(dict(make_plan(seen(after), back).body), after)

    assert all(undone.text(field) == before.text(field) for field in TEXT_FIELDS)
    assert same_numbers(undone.numbers, before.numbers)


@settings(max_examples=100)
@given(before=VALUES, first=LISTS, second=LISTS)
def test_two_agents_who_add_different_numbers_both_win(
    before: RemarkValues, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    mine, yours = (
        make_plan(seen(before), edits_from_form(before, Typed(mobiles="\n".join((*before.numbers, *more)))))
        for more in (first, second)
    )
    now = applied(dict(mine.body), before)
    compared = compare(yours, seen(now))
    assert not isinstance(compared, Conflict)
    after = applied(dict(compared.plan.body), now)

    assert counted(after.numbers) >= counted((*before.numbers, *first)) | counted((*before.numbers, *second))
    assert isinstance(compared, CarriedOver if first and second else Agreed)


@settings(max_examples=50)
@given(before=VALUES, typed=TYPED, now=VALUES, choice=st.none() | WORDS)
def test_a_choice_in_a_conflict_is_what_is_written(
    before: RemarkValues, typed: Typed, now: RemarkValues, choice: str | None
) -> None:
    compared = compare(make_plan(seen(before), edits_from_form(before, typed)), seen(now))
    if not isinstance(compared, Conflict):
        return
    rows = compared.to_choose
    assert rows
    assert all(row.state is RowState.CHOOSE for row in rows)
    assert not {row.field for row in rows} & set(compared.merged.fields)
    after = applied(dict(compared.chosen({row.field: choice for row in rows}).body), now)
    assert all(after.text(row.field) == (row.now if choice is None else choice) for row in rows)


def test_a_change_to_a_field_that_the_plan_leaves_alone_is_nobodys_business() -> None:
    before = RemarkValues({RemarkField.REMARK: "李部张", RemarkField.DESCRIPTION: "采购"}, ("13800000001",))
    plan = make_plan(seen(before), Edits({RemarkField.REMARK: "李部长"}))
    now = replace(before, texts={**before.texts, RemarkField.DESCRIPTION: "已转成本部"}, mobiles=("13700001212",))
    compared = compare(plan, seen(now))
    assert isinstance(compared, Agreed)
    assert compared.plan.body == plan.body

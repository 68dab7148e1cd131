"""Finding and sorting: any part of any field, initials, digits, and nothing that was not typed."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from console.store import Records
from console.store.relations import RelationQuery
from tests.store.answers import follow_user, found, listed


@dataclass
class Tag:
    id: str
    name: str


@dataclass
class Group:
    group_name: str
    tag: list[Tag] = field(default_factory=list)


@pytest.fixture
async def people(records: Records) -> Records:
    rows = [
        listed(
            "woAJ2G",
            name="李建国@城建",
            remark="李部长",
            remark_corp_name="城建三局",
            description="采购对接人",
            remark_mobiles=["138-0000-0001", "13912342280"],
            tag_id=["et1"],
        ),
        listed("wo100%", name="王_总", remark="打9折 100%", remark_mobiles=["13711112222"]),
        listed("wo3", "lina", name="Mrs.He", remark="何太"),
    ]
    rows[0]["external_contact"] |= {"unionid": "oLx7s5QdZr8w"}  # type: ignore[operator]
    await records.followers.put_name("lina", "李娜")
    await records.tags.put_groups(1, [Group("客户等级", [Tag("et1", "重点客户")])])
    await records.relations.put_batch("zhangwei", rows)
    await records.relations.select(RelationQuery(contains="x"))
    return records


@pytest.mark.parametrize("typed", ["李", "建国", "ljg", "LJG", "ｌｊｇ", "lbz", "lbc", "城建", "cjsj", "采购"])
def test_a_part_of_any_text_or_its_initials_finds(people: Records, typed: str) -> None:
    assert found(people, typed, "zhangwei") == ["woAJ2G"]


@pytest.mark.parametrize(
    "typed", ["0000", "8000000", "139123", "12342280", "138-0000-0001", "13800000001", "重点", "zdkh"]
)
def test_digits_tags_and_ids_find(people: Records, typed: str) -> None:
    assert found(people, typed, "zhangwei") == ["woAJ2G"]


@pytest.mark.parametrize("typed", ["139 1234 2280", "(139) 1234-2280", "138 0000 0001", "李部长 139", "ljg 重点 2280"])
def test_a_number_with_blanks_and_several_words_find(people: Records, typed: str) -> None:
    assert found(people, typed) == ["woAJ2G"]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [("%", ["wo100%"]), ("_", ["wo100%"]), ("100%", ["wo100%"]), ("1%0", []), ("w_", []), ("\\", []), ("'", [])],
)
def test_signs_of_sql_are_only_signs(people: Records, typed: str, ids: list[str]) -> None:
    assert found(people, typed) == ids


def test_every_word_must_be_found(people: Records) -> None:
    assert found(people, "李部长 王") == []
    assert len(found(people, "   ")) == 3


def test_a_follower_is_found_by_userid_name_and_initials_over_all(people: Records) -> None:
    assert found(people, "LINA") == found(people, "李娜") == found(people, "ln") == ["wo3"]
    assert found(people, "李娜 何太") == ["wo3"]


def test_a_needle_of_any_length_is_answered(people: Records) -> None:
    assert found(people, "x" * 100_000) == []


async def test_words_follow_what_changes(people: Records) -> None:
    await people.relations.put_batch("zhangwei", [listed("wo3", "lina", name="何静", remark="罗嘉庚")])
    await people.relations.select(RelationQuery(contains="x"))
    assert found(people, "罗嘉庚") == found(people, "ljg", "lina") == ["wo3"]
    assert found(people, "何太") == found(people, "mrs") == []


async def test_words_follow_a_tag_that_gets_another_name(people: Records) -> None:
    await people.tags.put_groups(1, [Group("客户等级", [Tag("et1", "普通"), Tag("et2", "重点客户")])])
    await people.relations.select(RelationQuery(contains="x"))
    assert found(people, "普通") == ["woAJ2G"]
    assert found(people, "重点客户") == []


async def test_personal_tags_are_found(people: Records) -> None:
    contact = {"external_userid": "wo3", "name": "何静"}
    tags = [{"tag_name": "爱喝茶", "type": 2}]
    await people.customers.put_detail("wo3", contact, [follow_user("lina", tags=tags)], 1)
    await people.relations.select(RelationQuery(contains="x"))
    assert found(people, "喝茶") == found(people, "ahc") == ["wo3"]


async def test_an_id_is_found_by_eight_of_its_characters_and_not_by_a_few(records: Records) -> None:
    contact = {"external_userid": "woAJ2GCAAAljgWXYZ", "name": "何太"}
    await records.relations.put_batch(
        "zhangwei", [{"external_contact": contact, "follow_info": {"userid": "zhangwei"}}]
    )

    async def matching(contains: str) -> int:
        return len(await records.relations.select(RelationQuery(contains=contains)))

    assert (await matching("GCAAAljgW"), await matching("woaj2gcaaaljgwxyz")) == (1, 1)
    assert (await matching("ljg"), await matching("wo")) == (0, 0)


async def test_a_customer_is_found_by_the_unionid(people: Records) -> None:
    [found_id] = await people.relations.select(RelationQuery(follower="zhangwei", contains="olx7s5qd"))
    assert [row.external_userid for row in people.relations.window([found_id])] == ["woAJ2G"]


async def test_gone_relations_are_found_where_asked_for(people: Records) -> None:
    await people.relations.put_ids("lina", [])
    select, count = people.relations.select_now, people.relations.count
    assert len(select(RelationQuery(contains="何"))) == 0
    assert len(select(RelationQuery(contains="何", gone="only"))) == 1
    assert (count(RelationQuery()), count(RelationQuery(gone="only")), count(RelationQuery(gone="include"))) == (
        2,
        1,
        3,
    )


def test_an_unknown_follower_has_nothing(people: Records) -> None:
    query = RelationQuery(follower="nobody", contains="李")
    assert (len(people.relations.select_now(query)), people.relations.count(query)) == (0, 0)


async def sorted_by(records: Records, order: str, *, descending: bool = False) -> list[str]:
    ids = await records.relations.select(RelationQuery(order=order, descending=descending))
    return [row.external_userid for row in records.relations.window(ids)]


async def test_names_sort_by_pinyin_among_latin_without_case_and_empty_ones_last(records: Records) -> None:
    names = {
        "a": "张三",
        "b": "adam",
        "c": "李四",
        "d": "Bob",
        "e": "",
        "f": "陈五",
        "g": None,
        "h": "里昂",
        "i": "李一",
    }
    await records.relations.put_batch("z", [listed(who, "z", name=name) for who, name in names.items()])
    assert await sorted_by(records, "name") == ["b", "d", "f", "c", "i", "h", "a", "e", "g"]
    assert (await sorted_by(records, "name", descending=True))[-2:] == ["g", "e"]


async def test_a_row_without_remark_sorts_by_the_name_shown_in_its_place(records: Records) -> None:
    rows = [listed("1", name="王", remark="阿"), listed("2", name="包", remark=""), listed("3", name="陈")]
    await records.relations.put_batch("z", rows)
    assert await sorted_by(records, "remark") == ["1", "2", "3"]


async def test_companies_mobiles_and_times_sort_with_those_without_last(records: Records) -> None:
    rows = [
        listed("1", remark_corp_name="中建", remark_mobiles=["139"], createtime=3),
        listed("2", remark_corp_name="阿里", remark_mobiles=["137"], createtime=1),
        listed("3", remark_mobiles=[]),
    ]
    del rows[2]["follow_info"]["createtime"]  # type: ignore[attr-defined]
    await records.relations.put_batch("z", rows)
    for order in ("company", "mobile", "createtime"):
        assert await sorted_by(records, order) == ["2", "1", "3"]
        assert await sorted_by(records, order, descending=True) == ["1", "2", "3"]


async def test_equal_rows_stay_in_the_order_of_their_ids(records: Records) -> None:
    await records.relations.put_batch("z", [listed(f"wo{n}") for n in range(3000)])
    for order in ("createtime", "name"):
        ids = await records.relations.select(RelationQuery(order=order, descending=False))
        assert list(ids) == sorted(ids)
        assert len(ids) == 3000

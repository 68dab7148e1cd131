"""C4 and media/upload as documented: what they change, what they leave alone, what they refuse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from console.sandbox import AppKind, Options, Sandbox
from tests.conftest import LI_JIANGUO, NOW
from tests.sandbox.caller import Caller, Json, calling

REMARK = "/externalcontact/remark"
UPLOAD = "/media/upload"
WHO = {"userid": "zhangwei", "external_userid": LI_JIANGUO}
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 20


def follower(caller: Caller, userid: str = "zhangwei", external_userid: str = LI_JIANGUO) -> Json:
    """C2's entry of one follower."""
    return next(one for one in caller.detail(external_userid)[1] if one["userid"] == userid)


def upload(caller: Caller, content: bytes = JPEG, kind: str = "image", field: str = "media") -> Json:
    query = {"access_token": caller.token, "type": kind}
    document: Json = caller.http.post(UPLOAD, params=query, files={field: ("a.jpg", content, "image/jpeg")}).json()
    return document


def test_what_is_written_is_what_c2_and_c3_say_from_then_on(corp: Caller) -> None:
    before = corp.rows("zhangwei")
    change = {"remark": "李部长", "description": "采购", "remark_company": "腾讯科技", "remark_mobiles": ["1", "2"]}
    assert corp.post(REMARK, {**WHO, **change}) == {"errcode": 0, "errmsg": "ok"}
    mine = follower(corp)
    assert (mine["remark"], mine["description"], mine["remark_corp_name"]) == ("李部长", "采购", "腾讯科技")
    assert mine["remark_mobiles"] == ["1", "2"]
    after = corp.rows("zhangwei")
    (changed,) = (new for old, new in zip(before, after, strict=True) if old != new)
    assert changed["follow_info"]["remark"] == "李部长"
    assert changed["follow_info"]["remark_mobiles"] == ["1", "2"]
    assert follower(corp, "lina")["remark"] == "李总"


def test_absent_keys_are_left_alone_and_mobiles_are_replaced_or_cleared_as_a_whole(corp: Caller) -> None:
    before = follower(corp)
    assert corp.post(REMARK, {**WHO, "remark_mobiles": ["13900000000"]})["errcode"] == 0
    assert follower(corp) == before | {"remark_mobiles": ["13900000000"]}
    assert corp.post(REMARK, {**WHO, "remark": "", "remark_mobiles": []})["errcode"] == 40058
    assert corp.post(REMARK, {**WHO, "remark": "李", "remark_mobiles": []})["errcode"] == 0
    assert follower(corp) == before | {"remark": "李", "remark_mobiles": ["13900000000"]}
    assert corp.post(REMARK, {**WHO, "remark": "", "remark_mobiles": [""]})["errcode"] == 0
    assert follower(corp) == before | {"remark": "", "remark_mobiles": []}


@pytest.mark.parametrize(("name", "most"), [("remark", 20), ("description", 150), ("remark_company", 20)])
def test_texts_are_measured_in_characters_not_bytes(corp: Caller, name: str, most: int) -> None:
    longest = (FAMILY * most)[:most]
    assert corp.post(REMARK, {**WHO, name: longest})["errcode"] == 0
    refused = corp.post(REMARK, {**WHO, name: longest + "宽"})
    assert refused["errcode"] == 40058
    assert refused["errmsg"].startswith(f"{name} exceed max length {most}. invalid Request Parameter, hint: [")
    answered = follower(corp)["remark_corp_name" if name == "remark_company" else name]
    assert answered == longest


@pytest.mark.parametrize("change", [{}, {"remark": ""}, {"remark_mobiles": []}, {"remark": "", "description": ""}])
def test_an_update_of_nothing_is_refused(corp: Caller, change: Json) -> None:
    assert corp.post(REMARK, {**WHO, **change})["errcode"] == 40058


def test_an_update_that_only_empties_can_be_taken_too(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.take_empty_updates()
    assert corp.post(REMARK, WHO)["errcode"] == 40058
    assert corp.post(REMARK, {**WHO, "description": ""})["errcode"] == 0
    assert follower(corp)["description"] == ""


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"userid": "WANGMIN"}, 84061),
        ({"userid": "zhaomin"}, 60011),
        ({"userid": "nobody"}, 60111),
        ({"userid": "a b"}, 40003),
        ({"userid": "md0001"}, 84083),
        ({"userid": ""}, 41009),
        ({"external_userid": ""}, 41035),
        ({"external_userid": "pAAAA"}, 40096),
        ({"external_userid": "wmVq3kDgAAUnknownUnknownUnknown"}, 40096),
        ({"remark": 7}, 40058),
        ({"remark_mobiles": "13800000001"}, 40058),
        ({"remark_mobiles": [13800000001]}, 40058),
        ({"remark_pic_mediaid": "nobody-uploaded-this"}, 40007),
    ],
)
def test_what_cannot_be_written_changes_nothing(corp: Caller, change: Json, errcode: int) -> None:
    before = follower(corp)
    assert corp.post(REMARK, {**WHO, "remark": "x", **change})["errcode"] == errcode
    assert follower(corp) == before


def test_the_company_of_a_wecom_customer_is_ignored(corp: Caller, sandbox: Sandbox) -> None:
    wang = sandbox.external_userid("王总监")
    body = {"userid": "zhangwei", "external_userid": wang, "remark": "王总", "remark_company": "远洋"}
    assert corp.post(REMARK, body)["errcode"] == 0
    mine = follower(corp, external_userid=wang)
    assert mine["remark"] == "王总"
    assert "remark_corp_name" not in mine
    assert not sandbox.colleague.sees("zhangwei", wang).company


@pytest.mark.parametrize("kind", [AppKind.DELEGATED, AppKind.THIRD_PARTY])
def test_an_app_that_cannot_see_mobiles_overwrites_them(corp: Caller, sandbox: Sandbox, kind: AppKind) -> None:
    with calling(sandbox, kind) as provider:
        theirs = sandbox.external_userid("李部张", kind)
        assert provider.post(REMARK, {**WHO, "remark_mobiles": ["1"]})["errcode"] == 40096
        assert provider.post(REMARK, {**WHO, "external_userid": theirs, "remark_mobiles": ["1"]})["errcode"] == 0
        assert "remark_mobiles" not in follower(provider, external_userid=theirs)
    assert follower(corp)["remark_mobiles"] == ["1"]


def test_a_backslash_before_a_u_is_no_escape(corp: Caller) -> None:
    text = "C:\\u4e00"
    assert corp.post(REMARK, {**WHO, "description": text})["errcode"] == 0
    assert follower(corp)["description"] == text
    escaped = b'{"userid":"zhangwei","external_userid":"%s","remark":"\\u674e"}' % LI_JIANGUO.encode()
    answer: Json = corp.http.post(REMARK, params={"access_token": corp.token}, content=escaped).json()
    assert answer["errcode"] == 40033


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(clock: Clock) -> Iterator[Caller]:
    """A caller of a corp whose clock the test turns."""
    sandbox = Sandbox(Options(seed=7, now=NOW, token_life=10 * 86_400), clock=clock)
    with sandbox.running(), calling(sandbox) as caller:
        yield caller


def test_a_picture_is_taken_for_three_days_and_never_given_back(timed: Caller, clock: Clock) -> None:
    before = follower(timed)
    uploaded = upload(timed)
    assert (uploaded["errcode"], uploaded["type"], uploaded["created_at"]) == (0, "image", str(int(NOW)))
    body = {**WHO, "remark_pic_mediaid": uploaded["media_id"]}
    clock.now += 3 * 86_400 - 1
    assert timed.post(REMARK, body)["errcode"] == 0
    assert follower(timed) == before
    clock.now += 1
    assert timed.post(REMARK, body)["errcode"] == 40007


def test_uploads_that_wecom_does_not_take(corp: Caller) -> None:
    assert upload(corp, kind="picture")["errcode"] == 40005
    assert upload(corp, b"\xff\xd8\xff\xe0x")["errcode"] == 40006
    assert upload(corp, b"GIF89a..........")["errcode"] == 40004
    assert upload(corp, JPEG.ljust((10 << 20) + 1, b"x"))["errcode"] == 40009
    assert upload(corp, field="file")["errcode"] == 44001
    assert upload(corp, b"GIF89a..........", kind="file")["errcode"] == 0


def test_two_uploads_have_two_ids(corp: Caller) -> None:
    assert upload(corp)["media_id"] != upload(corp)["media_id"]

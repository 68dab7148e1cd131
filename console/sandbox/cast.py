"""The hand-written customers: those of the demo's first screen, hostile names, and one that everybody follows."""

from __future__ import annotations

from dataclasses import dataclass, field

from console.sandbox.records import WECHAT, WECOM, Person, Relation
from console.sandbox.taglib import NUMBERS

MAIN, SECOND = "zhangwei", "lina"
EVERYBODYS_FOLLOWERS = 1_200
SURNAME = "何"
"""What those followers call her whose note is not written by hand."""
REACH = 50
"""Only the first so many members of staff hold hand-written customers."""
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


@dataclass(frozen=True, slots=True)
class Note:
    """What one follower wrote about a hand-written customer; `ago` is in seconds before now."""

    remark: str
    ago: float
    mobiles: str = ""
    company: str = ""
    description: str = ""
    tags: str = ""
    personal: str = ""
    add_way: int = 1
    started_by: str | None = MAIN
    state: str = ""
    unknown: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Customer:
    """A hand-written customer with one note for each follower; `everybodys` has far more followers than that."""

    name: str
    notes: dict[str, Note]
    gender: int = 0
    corp_name: str = ""
    corp_full_name: str = ""
    position: str = ""
    external_userid: str = ""
    unionid: str = ""
    everybodys: bool = False


def _days(days: float, clock: float = 0) -> float:
    return days * _DAY + clock * _HOUR


_LI = Customer(
    "李建国@城建",
    {
        MAIN: Note(
            "李部张",
            5 * _DAY + 19 * _HOUR + 37 * _MINUTE + 50,
            "13800000001 13912342280",
            "城建三局",
            "采购对接人，只在工作日联系，报价先发邮件",
            tags="重点客户 VIP 高意向",
            personal="爱喝茶",
            state="expo2024",
            unknown={"x_level": 3},
        ),
        SECOND: Note("李总", 19 * _DAY + 17 * _HOUR + 55 * _MINUTE, "13912342208", add_way=202, started_by="chenmin"),
    },
    gender=1,
    external_userid="woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA",
    unionid="oLx7s5QdZr8wKc4tHu6jNa2eQk2M",
)
_HE = Customer(
    "Mrs.He",
    {MAIN: Note("何太", _days(22, 18), "18900002468 13000001357", description="连锁店老客，各家门店的员工都加过她")},
    gender=2,
    everybodys=True,
)


def _wechat(
    remark: str,
    name: str,
    ago: float,
    mobiles: str = "",
    company: str = "",
    *,
    description: str = "",
    tags: str = "",
    add_way: int = 1,
    by_customer: bool = False,
    state: str = "",
    external_userid: str = "",
) -> Customer:
    gender = 2 if remark.endswith(("妈妈", "姐", "阿姨")) else 1 if remark.endswith(("爸", "哥")) else 0
    starter = None if by_customer else MAIN
    note = Note(remark, ago, mobiles, company, description, tags, "", add_way, starter, state)
    return Customer(name, {MAIN: note}, gender, external_userid=external_userid)


def _wecom(
    remark: str, name: str, ago: float, mobiles: str, corp: str, full: str, position: str, tags: str = ""
) -> Customer:
    note = Note(remark, ago, mobiles, tags=tags, add_way=3)
    return Customer(name, {MAIN: note}, 1, corp_name=corp, corp_full_name=full, position=position)


_FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
_COUPLE = "\U0001f469\u200d\u2764\ufe0f\u200d\U0001f468"

CUSTOMERS: tuple[Customer, ...] = (
    _LI,
    _HE,
    _wechat(
        "小鹿妈妈",
        "鹿鹿",
        14 * _MINUTE + 2,
        "13900005566",
        tags="新客户",
        state="expo2024",
        by_customer=True,
        external_userid="wmqfasd1e1927831291723123109rAAA",
    ),
    _wechat("周姐", "周小燕", _days(1, -6), add_way=4),
    _wechat("[/]李四", "[/]李四", _days(2, -5), "13700001212", add_way=2),
    _wechat(
        "陈老板 瓷砖 批发",
        "A陶瓷批发陈",
        _days(3, -4),
        "13600008899 13600008898 13600008897",
        "陈记建材",
        tags="装修 报价中",
    ),
    _wechat("阿杰(装修群)", "Jie", _days(4, -3), add_way=4, by_customer=True),
    _wechat("", "禾苗", _days(4, -1), add_way=0, by_customer=True),
    _wecom(
        "王总监",
        "王海波",
        _days(7, -4),
        "13500004321",
        "远洋地产",
        "远洋地产集团股份有限公司",
        "采购总监",
        "VIP",
    ),
    _wecom(
        "林医生",
        "林晓",
        _days(11, -6),
        "18600000909",
        "仁和口腔",
        "杭州仁和口腔门诊部有限公司",
        "口腔医师",
        "诊所",
    ),
    _wecom(
        "孙校长",
        "孙立新",
        _days(20, -7),
        "13300007654",
        "启明教育",
        "启明教育科技（杭州）有限公司",
        "校长",
        "教育",
    ),
    _wecom("老吴 监理", "吴启", _days(25, -3), "15800003579", "中建监理", "中建工程监理有限公司", "总监理工程师"),
    _wechat("小蔡", "蔡蔡子", _days(27, -2)),
    _wechat("唐经理", "唐宋", _days(28, -5), "15000001357", "盛世软装", tags="已签约"),
    _wechat("马工", "马到成功", _days(32, -1), "13800002222", add_way=2),
    _wechat("冯阿姨", "平安是福", _days(34, -6), tags="老客户", add_way=5),
    _wechat("韩同学", "Han", _days(41, -4), company="启明教育", add_way=7),
    _wechat("曾哥", "曾", _days(44, -3), "17700008080", add_way=16, state="live-0918"),
    _wechat("彭姐 二期", "彭彭", _days(51, -2), "13900004040", tags="已签约 老客户"),
    _wechat("丁丁爸", "丁", _days(56, -5), add_way=10),
    _wechat("魏主任", "魏国庆", _days(63, -4), "13800006161", "市二院"),
    _wechat("袁设计师", "Yuan", _days(71, -6), "13600005151", "拾光设计", add_way=23),
    _wechat("白小姐", "白露", _days(82, -2), add_way=9),
    _wechat("潘师傅 水电", "潘", _days(92, -3), "13700009090"),
    _wechat("廖总", "廖", _days(99, -5), "18000001188", "恒信物业"),
    _wechat("史密斯", "Smith", _days(112, -4), add_way=13),
    _wechat("[@click=app.quit]", "[@click=app.quit]点我[/]", _days(120), description="[bold red]不是样式[/]"),
    _wechat("\x1b[31m红字\x1b[0m", "\x1b[1;31m红\x1b[2J\x1b[H", _days(121), company="\x1b[7m反白\x1b[0m"),
    _wechat("剪贴板", "\x1b]52;c;cm0gLXJmIH4=\x07\x1b]0;owned\x1b\\", _days(122), description="一\r\n二\t三\x00四"),
    _wechat("反向", "abc\u202ecba\u202c\u2067右\u2069", _days(123), company="\u200b零\u200d宽\ufeff"),
    _wechat("一家人", _FAMILY * 4 + _COUPLE * 3 + "\U0001f1e8\U0001f1f3", _days(124)),
    _wechat("", "", _days(125), add_way=0),
    _wechat("", "宽" * 64, _days(126)),
    _wechat("=1+1", '=HYPERLINK("http://evil.example","点")', _days(127), description="@SUM(A1:A9)"),
    _wechat("八位控制", "\x9b31m\x9d52;c;eA==\x9c", _days(128), description="\u2028行\u2029段"),
)

_EVERYBODYS = tuple(at for at, who in enumerate(CUSTOMERS) if who.everybodys)
_HELD: dict[str, tuple[int, ...]] = {
    MAIN: tuple(range(len(CUSTOMERS))),
    SECOND: tuple(at for at, who in enumerate(CUSTOMERS) if SECOND in who.notes or who.everybodys),
}


def held_by(userid: str) -> tuple[int, ...]:
    """The hand-written customers that a follower begins their list with, as places in `CUSTOMERS`."""
    return _HELD.get(userid, _EVERYBODYS)


def portray(who: Customer, unionid: str) -> Person:
    """A hand-written customer as a person; `unionid` for those that have none of their own."""
    colleague = bool(who.corp_name)
    profile: dict[str, object] = {
        "external_corp_name": who.corp_name,
        "external_attr": [
            {"type": 0, "name": "职位", "text": {"value": who.position}},
            {"type": 1, "name": "官网", "web": {"url": "https://www.example.com/", "title": who.corp_name}},
            {
                "type": 2,
                "name": "预约",
                "miniprogram": {"appid": "wx8bd80126147dFAKE", "pagepath": "/index", "title": "在线预约"},
            },
        ],
    }
    return Person(
        name=who.name,
        type=WECOM if colleague else WECHAT,
        gender=who.gender,
        avatar="https://wx.qlogo.cn/mmhead/Q3auHgzwzM5kAr3QO9ibdTQK8/0",
        unionid=None if colleague else who.unionid or unionid,
        position=who.position or None,
        corp_name=who.corp_name or None,
        corp_full_name=who.corp_full_name or None,
        external_profile=profile if colleague else None,
    )


def relation(who: Customer, userid: str, now: float) -> Relation | None:
    """What a follower wrote about a hand-written customer; None where it was not written by hand."""
    note = who.notes.get(userid)
    if note is None:
        return None
    return Relation(
        remark=note.remark,
        createtime=int(now - note.ago),
        description=note.description,
        tags=tuple(NUMBERS[name] for name in note.tags.split()),
        personal_tags=tuple(note.personal.split()),
        company=None if who.corp_name else note.company,
        mobiles=tuple(note.mobiles.split()),
        add_way=note.add_way,
        started_by=note.started_by,
        state=note.state or None,
        channel=("禾木生活家", 2) if note.add_way == 10 else None,
        unknown=note.unknown,
    )

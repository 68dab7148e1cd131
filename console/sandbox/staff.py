"""The corp's own people: followers of C5, and members who no longer serve customers."""

from __future__ import annotations

from console.sandbox.words import DEPARTMENTS, GIVEN, JOBS, SURNAMES

FORMER_BASE = 1_000_000
"""Numbers from here on are former followers: visible members that C5 does not list."""
FORMER_TOTAL = 1_300
MOST_REMEMBERED = 20_000
NOBODY = "liuyang02"
FORBIDDEN = "zhaomin"
UNREADABLE = frozenset({"sunli_sz", "18600000000"})
UNLICENSED = frozenset({"xuqiang"})

_NAMED = (
    "zhangwei:张伟 lina:李娜 wangqiang:王强 chenmin:陈敏 liuyang02:刘洋 zhaomin:赵敏 sunli_sz:孙莉 zhoutao:周涛 "
    "wuqian:吴倩 zhengkai:郑凯 fengxue:冯雪 18600000000:邹平 jiangwen:蒋文 shenjia:沈佳 hanlei:韩磊 yangfan:杨帆 "
    "zhulin:朱琳 WangMin:汪敏 qinlan:秦岚 xuqiang:许强 hejing:何静 lvliang:吕梁 shihong:施红 kongml:孔明亮 "
    "caoying:曹颖 yankuan:严宽 huaxia:华夏 jinxing:金星 weilai:魏来 taoye:陶冶 jiangshan:姜山 qiwei:戚薇 "
    "xieting:谢霆 zoukai:邹凯 yuyan:喻言 baiqing:柏青 zhangcheng:章程 yunduo:云朵 suqing:苏晴 panyue:潘悦 "
    "geliang:葛亮 pengpeng:彭鹏 weiyi:韦一 majun:马骏 fangyuan:方圆 renjie:任杰 yuanye:袁野 liuxu:柳絮 "
    "baojing:鲍静 tangtang:唐棠"
)
_NAMES: tuple[tuple[str, str], ...] = tuple((entry.split(":")[0], entry.split(":")[1]) for entry in _NAMED.split())
_NUMBERS = {userid.lower(): number for number, (userid, _) in enumerate(_NAMES)}


class Staff:
    """Members by number: 0 to `size` - 1 are C5's followers, `FORMER_BASE` + 1 and up are former ones."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._userids: dict[int, str] = {}
        self._numbers: dict[str, int] = {}

    def userid(self, number: int) -> str:
        """The member's userid, in the case that WeCom shows it in."""
        known = self._userids.get(number)
        if known is None:
            known = self._userids[number] = self._spell(number)
        return known

    def _spell(self, number: int) -> str:
        if number > FORMER_BASE:
            return f"md{number - FORMER_BASE:04d}"
        if number < len(_NAMES):
            return _NAMES[number][0]
        surname, given = _parts(number)
        return f"{surname[1]}{given[1]}{number:03d}"

    def name(self, number: int) -> str:
        """The member's Chinese name."""
        if number < len(_NAMES):
            return _NAMES[number][1]
        surname, given = _parts(number)
        return surname[0] + given[0]

    def number(self, userid: str) -> int | None:
        """The member that a userid means, whatever its case; None for nobody."""
        known = self._numbers.get(userid)
        if known is not None:
            return known
        number = self._find(userid)
        if number is not None and len(self._numbers) < MOST_REMEMBERED:
            self._numbers[userid] = number
        return number

    def _find(self, userid: str) -> int | None:
        wanted = userid.lower()
        number = _NUMBERS.get(wanted)
        if number is None:
            digits = wanted[len(wanted.rstrip("0123456789")) :]
            if not digits or len(digits) > 9:
                return None
            number = int(digits) + (FORMER_BASE if wanted.startswith("md") else 0)
        if not (0 <= number < self.size or FORMER_BASE < number <= FORMER_BASE + FORMER_TOTAL):
            return None
        return number if self.userid(number).lower() == wanted else None

    def serves_customers(self, number: int) -> bool:
        """Whether C5 lists the member."""
        return number < self.size

    def can_hold_customers(self, number: int) -> bool:
        """Whether the app can see any customers of the member."""
        return number >= len(_NAMES) or _NAMES[number][0] not in (NOBODY, FORBIDDEN)

    def profile(self, number: int) -> dict[str, object]:
        """What user/get answers for a readable member of a self-built app.  Follows WeCom document 90196."""
        department = number % len(DEPARTMENTS)
        return {
            "userid": self.userid(number),
            "name": self.name(number),
            "department": [department + 2],
            "order": [number % 100],
            "position": JOBS[number % len(JOBS)],
            "status": 1,
            "isleader": int(number % 17 == 3),
            "is_leader_in_dept": [int(number % 17 == 3)],
            "main_department": department + 2,
            "alias": "",
            "extattr": {"attrs": []},
        }


def _parts(number: int) -> tuple[tuple[str, str], tuple[str, str]]:
    return SURNAMES[number * 7 % len(SURNAMES)], GIVEN[number * 11 % len(GIVEN)]

"""The table of error codes is whole, and an errmsg is taken apart without losing any of it."""

from __future__ import annotations

import pytest

from console.wecom import codes
from console.wecom.codes import OFFICIAL, REACTIONS, Reaction, reaction_to
from console.wecom.errors import WeComError

TABLE = """40080 40083 40084 40085
-1 6000 45035 40001 40013 2000002 40091 41002 41004 41001 40014 42001 42009 40082 40003 60111 40056
40058 40063 41009 41035 40068 40073 610014 40096 41054 41056 41057 45009 45029 45033 45036 48002 48004 48005 48006
48010 48011 50001 50002 60021 60011 60030 50003 50006 60031 50100 60020 301002 301007 41050 41051 41096 610004
610015 610016 610017 610018 610019 610023 610024 701008 84061 84074 84083 84084 845001 845002 845003 40033 41049
41053 41064 41065 810000 60103"""


def test_every_documented_code_has_text_and_reaction() -> None:
    for code in map(int, TABLE.split()):
        assert OFFICIAL[code]
        assert reaction_to(code) is not Reaction.UNKNOWN
    assert set(REACTIONS) == set(OFFICIAL) - {0}


def test_each_code_has_one_constant() -> None:
    named = [value for name, value in vars(codes).items() if name.isupper() and isinstance(value, int)]
    assert sorted(named) == sorted(set(named)) == sorted(OFFICIAL)


@pytest.mark.parametrize("code", [45011, 42014, 99999])
def test_a_code_outside_the_table_is_unknown(code: int) -> None:
    assert reaction_to(code) is Reaction.UNKNOWN


@pytest.mark.parametrize(
    ("errmsg", "summary", "hint", "from_ip"),
    [
        (
            "not allow to access from your ip, hint: [1709402398118372241469842], from ip: 117.152.88.49, "
            "more info at https://open.work.weixin.qq.com/devtool/query?e=60020",
            "not allow to access from your ip",
            "1709402398118372241469842",
            "117.152.88.49",
        ),
        (
            "not external contact, hint: [1559637818_7_7338c5449b4fb73120a4853d45a72138], "
            "more info at https://open.work.weixin.qq.com/devtool/query?e=84061",
            "not external contact",
            "1559637818_7_7338c5449b4fb73120a4853d45a72138",
            "",
        ),
        (
            "invalid Request Parameter, hint: [1672133087235733136500908], from ip: more info at https://x/?e=40058",
            "invalid Request Parameter",
            "1672133087235733136500908",
            "",
        ),
        ("x, hint: [1], from ip: 2001:db8::1, more info at https://x", "x", "1", "2001:db8::1"),
        ("ok", "ok", "", ""),
        ("", "", "", ""),
    ],
)
def test_an_errmsg_is_taken_apart(errmsg: str, summary: str, hint: str, from_ip: str) -> None:
    error = WeComError.from_answer(60020, errmsg, "/x")
    assert (error.errmsg, error.summary, error.hint, error.from_ip) == (errmsg, summary, hint, from_ip)
    assert error.reaction is Reaction.TRUST_ADDRESS

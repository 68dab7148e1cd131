"""Every error code is explained: what it means, what to do, whom to ask, whether trying again can help."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import language
from console.operations.explain import Asked, exit_code, explain, situations_of_84061
from console.settings import AppType
from console.text import safe_text
from console.wecom import codes
from console.wecom.codes import Reaction, reaction_to
from console.wecom.errors import WeComError

CODES = sorted(set(codes.OFFICIAL) - {codes.OK})
FACTS_AND_GUIDE = [
    40004, 40005, 40006, 40007, 40009, 44001,
    -1, 6000, 40001, 40003, 40013, 40014, 40033, 40056, 40058, 40063, 40068, 40073, 40080, 40082, 40083, 40084,
    40085, 40091, 40096,
    41001, 41002, 41004, 41009, 41035, 41049, 41050, 41051, 41053, 41054, 41056, 41057, 41064, 41065,
    41096, 42001, 42009, 42014, 45009, 45011, 45029, 45033, 45035, 45036, 48002, 48004, 48005, 48006,
    48010, 48011, 50001, 50002, 50003, 50006, 50100, 60011, 60020, 60021, 60030, 60031, 60103, 60111,
    84061, 84074, 84083, 84084, 301002, 301007, 610004, 610014, 610015, 610016, 610017, 610018, 610019,
    610023, 610024, 701008, 810000, 845001, 845002, 845003, 2000002,
]  # fmt: skip


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language.current()
    language.install("en")
    yield
    language.install(before)


def refusal(errcode: int, message: str = "", endpoint: str = "externalcontact/get") -> WeComError:
    return WeComError.from_answer(errcode, message or codes.OFFICIAL.get(errcode, "unheard of"), endpoint)


def test_the_list_of_codes_here_is_not_shorter_than_the_clients() -> None:
    assert set(CODES) <= set(FACTS_AND_GUIDE)


@pytest.mark.parametrize("errcode", FACTS_AND_GUIDE)
@pytest.mark.parametrize("app_type", [None, *AppType])
def test_every_code_says_what_why_and_what_to_do(errcode: int, app_type: AppType | None) -> None:
    for asked in (None, *Asked):
        explanation = explain(refusal(errcode), app_type=app_type, asked=asked)
        assert explanation.what.startswith(f"{errcode} ")
        assert "unknown error" not in explanation.what
        assert len(explanation.what) < 70
        assert explanation.why
        assert explanation.todo
        assert "{" not in f"{explanation.what}{explanation.why}{explanation.todo}"


def test_codes_that_ask_for_different_reactions_never_share_their_words() -> None:
    by_words: dict[tuple[str, str], set[Reaction]] = {}
    by_short: dict[str, set[Reaction]] = {}
    for errcode in CODES:
        explanation = explain(refusal(errcode))
        by_words.setdefault((explanation.why, explanation.todo), set()).add(reaction_to(errcode))
        by_short.setdefault(explanation.what.partition(" ")[2], set()).add(reaction_to(errcode))
    assert [words for words, reactions in [*by_words.items(), *by_short.items()] if len(reactions) > 1] == []


def test_whoever_can_help_is_named_where_the_operator_cannot() -> None:
    for errcode in CODES:
        if reaction_to(errcode) in (
            Reaction.ASK_ADMIN,
            Reaction.TRUST_ADDRESS,
            Reaction.NEEDS_LICENCE,
            Reaction.OUR_MISTAKE,
        ):
            assert explain(refusal(errcode)).whom, errcode


def test_trying_again_is_offered_for_what_passes_by_itself() -> None:
    passing = {
        Reaction.RETRY,
        Reaction.SLOW_DOWN,
        Reaction.WAIT_FOR_WINDOW,
        Reaction.RESTART_PAGING,
        Reaction.READ_AGAIN,
    }
    never = {
        Reaction.FIX_CREDENTIALS,
        Reaction.ASK_ADMIN,
        Reaction.FIX_INPUT,
        Reaction.NO_RELATION,
        Reaction.TRUST_ADDRESS,
    }
    for errcode in CODES:
        if reaction_to(errcode) in passing | never:
            assert explain(refusal(errcode)).again == (reaction_to(errcode) in passing), errcode


def test_60020_of_a_self_built_app_names_the_address_its_list_and_the_minute() -> None:
    failure = refusal(60020, "not allow to access from your ip, hint: [1_2], from ip: 203.0.113.9, more info at x")
    explanation = explain(failure, app_type=AppType.SELF_BUILT)
    assert "203.0.113.9" in explanation.todo
    assert "企业可信IP" in explanation.todo
    assert "IP白名单" not in explanation.todo
    assert "one minute" in explanation.todo
    assert not explanation.again


@pytest.mark.parametrize("app_type", [AppType.DELEGATED, AppType.THIRD_PARTY])
def test_60020_of_a_providers_app_is_the_providers_to_settle(app_type: AppType) -> None:
    failure = refusal(60020, "not allow to access from your ip, from ip: 203.0.113.9, more info at x")
    explanation = explain(failure, app_type=app_type)
    assert "203.0.113.9" in explanation.todo
    assert "IP白名单" in explanation.todo
    assert "provider" in explanation.whom


def test_60020_without_an_address_says_which_address_it_is_about() -> None:
    for app_type in AppType:
        assert "this computer's public address" in explain(refusal(60020), app_type=app_type).todo


def test_84061_of_a_followers_list_only_means_that_there_are_none() -> None:
    explanation = explain(refusal(84061, endpoint="/externalcontact/list"))
    assert explanation == explain(refusal(84061, endpoint="/externalcontact/list"), asked=Asked.FOLLOWER_LIST)
    assert "nothing is wrong" in explanation.why
    assert situations_of_84061(Asked.FOLLOWER_LIST) == ("the staff member has no customers at all",)


@pytest.mark.parametrize("asked", [Asked.CUSTOMER, Asked.RELATION])
def test_84061_of_a_customer_or_relation_can_be_three_situations(asked: Asked) -> None:
    why = explain(refusal(84061), asked=asked).why
    assert "removed by the staff member" in why or "the staff member removed the customer" in why
    assert "without verification" in why
    assert "group chat" in why
    assert len(situations_of_84061(asked)) == 3


def test_84061_of_nothing_in_particular_lists_all_four() -> None:
    explanation = explain(refusal(84061, endpoint="elsewhere"))
    assert "no customers at all" in explanation.why
    assert len(situations_of_84061(Asked.OTHER)) == 4


def test_48002_of_a_conversion_is_not_given_to_a_self_built_app() -> None:
    failure = refusal(48002, endpoint="/idconvert/unionid_to_external_userid")
    explanation = explain(failure, app_type=AppType.SELF_BUILT)
    assert explanation.what == "48002 not given to this kind of app"
    assert "detail" in explanation.todo
    assert "可调用应用" not in explanation.todo


@pytest.mark.parametrize("app_type", [AppType.DELEGATED, AppType.THIRD_PARTY])
def test_48002_of_served_contacts_is_given_to_self_built_apps_only(app_type: AppType) -> None:
    failure = refusal(48002, endpoint="/externalcontact/contact_list")
    assert explain(failure, app_type=app_type).what == "48002 not given to this kind of app"


def test_48002_elsewhere_names_where_the_right_is_given() -> None:
    assert "可调用应用" in explain(refusal(48002), app_type=AppType.SELF_BUILT).todo
    assert "客户基础信息" in explain(refusal(48002), app_type=AppType.DELEGATED).todo
    contacts = explain(refusal(48002, endpoint="/externalcontact/contact_list"), app_type=AppType.SELF_BUILT)
    assert "可调用应用" in contacts.todo


def test_40096_says_whose_ids_this_profile_knows() -> None:
    assert "corp's own IDs" in explain(refusal(40096), app_type=AppType.SELF_BUILT).why
    assert "provider's IDs" in explain(refusal(40096), app_type=AppType.DELEGATED).why


def test_40001_names_the_secret_of_this_kind_of_app() -> None:
    assert "secret set corp-secret" in explain(refusal(40001), app_type=AppType.SELF_BUILT).todo
    assert "secret set permanent-code" in explain(refusal(40001), app_type=AppType.DELEGATED).todo
    assert "suite-secret" in explain(refusal(40001), app_type=AppType.THIRD_PARTY).todo


def test_45009_says_until_when() -> None:
    why = explain(refusal(45009)).why
    assert all(end in why for end in ("60 seconds", "60 minutes", "midnight", "30 days"))


def test_40058_shows_the_servers_own_words() -> None:
    failure = refusal(40058, "remark exceed max length 20, hint: [1_2], from ip: 1.2.3.4, more info at x")
    assert "WeCom's words: remark exceed max length 20" in explain(failure).why


def test_an_unknown_code_shows_the_servers_words_and_where_to_look_it_up() -> None:
    explanation = explain(refusal(99999, "strange thing, hint: [1_2], from ip: 1.2.3.4, more info at x"))
    assert explanation.what == "99999 unknown error"
    assert "strange thing" in explanation.why
    assert "open.work.weixin.qq.com/devtool/query?e=99999" in explanation.todo
    assert exit_code(refusal(99999)) == 1


def test_support_gets_the_code_the_whole_message_with_its_hint_and_the_endpoint() -> None:
    message = "no privilege, hint: [1732239492_12_ab], from ip: 1.2.3.4, more info at https://open.work.weixin.qq.com"
    support = explain(refusal(60011, message, "/externalcontact/list")).support
    assert "errcode 60011" in support
    assert message in support
    assert "/externalcontact/list" in support
    assert "hint [h1]" in explain(WeComError(60011, "no privilege", hint="h1")).support


def test_a_secret_that_a_server_echoes_does_not_reach_support() -> None:
    failure = WeComError(40014, "bad access_token=TopSecretTokenValue0123456789")
    assert "TopSecretTokenValue0123456789" not in repr(explain(failure))
    assert "Sesame0123456789" not in repr(explain(RuntimeError("corpsecret=Sesame0123456789 refused")))


@given(
    st.integers() | st.sampled_from(CODES),
    st.text() | st.sampled_from(["\x1b[31mred", "\x1b]52;c;aGk=\x07", "a\u202eb", "{ip}{0}", "[@click=app.quit]"]),
    st.text(),
    st.text(),
    st.text(),
    st.sampled_from([None, *AppType]),
    st.sampled_from([None, *Asked]),
)
def test_whatever_a_server_says_is_explained_in_safe_text(
    errcode: int,
    message: str,
    hint: str,
    endpoint: str,
    address: str,
    app_type: AppType | None,
    asked: Asked | None,
) -> None:
    failure = WeComError(errcode, message, hint, endpoint, address)
    explanation = explain(failure, app_type=app_type, asked=asked)
    for text in (explanation.what, explanation.why, explanation.todo, explanation.whom, explanation.support):
        assert text == safe_text(text)
    assert exit_code(failure) in (1, 3)


def test_every_code_is_explained_in_chinese_too() -> None:
    words = {(errcode, kind): explain(refusal(errcode), app_type=kind) for errcode in CODES for kind in AppType}
    language.install("zh")
    for (errcode, kind), english_words in words.items():
        chinese = explain(refusal(errcode), app_type=kind)
        assert chinese.what != english_words.what
        assert chinese.why != english_words.why
        assert chinese.todo != english_words.todo
        assert (chinese.whom == english_words.whom) == (not english_words.whom)


def test_explanations_are_translated_when_they_are_asked_for() -> None:
    in_english = explain(refusal(60011))
    language.install("zh")
    assert explain(refusal(60011)).what.startswith("60011 ")
    assert in_english.what == "60011 not in the app's visible range"

"""What can be searched for, in words, and what is wrong with a field that was typed."""

from __future__ import annotations

from console.language import _, current
from console.store.search_terms import parse
from console.text import safe_text

_FIELDS = {
    "en": "name: remark: company: tag: mobile: description: follower: way: unionid: id: gone: dup:",
    "zh": "昵称: 备注: 企业: 标签: 手机: 描述: 跟进人: 来源: unionid: 客户id: 状态: 重复:",
}
_EXAMPLES = {
    "en": "tag:VIP follower:zhangwei way:202 remark:none unionid:none dup:phone gone:yes -remark:test",
    "zh": "标签:VIP 跟进人:张伟 来源:16 备注:无 unionid:无 手机:重复 状态:已移除 -备注:测试",
}


def field_help() -> list[str]:
    """How to search, a sentence a line."""
    return [
        _("Words are found in names, remarks, companies, tags, descriptions and phones; all of them must be there."),
        _("A field narrows a word down: {fields}").format(fields=_FIELDS[current()]),
        _("Such as: {examples}").format(examples=_EXAMPLES[current()]),
        _("A - before a field means not so; none means that the field has nothing in it. Chinese names work as well."),
    ]


def short_field_help() -> str:
    """The same in a line of examples."""
    return _("Fields: {examples}").format(examples=_EXAMPLES[current()])


def wrong_field_words(contains: str) -> str:
    """What is wrong with a field that was typed, and what is near to it; empty when nothing is."""
    wrong = parse(contains).wrong
    if wrong is None:
        return ""
    if wrong.values:
        return _("{typed} does not exist; perhaps {nearest}").format(
            typed=safe_text(wrong.typed), nearest=safe_text(wrong.nearest)
        )
    return _("There is no field {typed}:, perhaps {nearest}:").format(
        typed=safe_text(wrong.typed), nearest=safe_text(wrong.nearest)
    )

"""Messages as WeCom sends them: the guide's samples, and what else comes to one address. No code of ours made them."""

from __future__ import annotations

CORP = "wx5823bf96d3bd56c7"
SUITE = "ww4asffe99e54c0f4c"
AT = 1403610513
CUSTOMER = "woAJ2GCAAAXtWyujaWJHDDGi0mACH71w"

_SELF_BUILT = f"""<xml>
<ToUserName><![CDATA[{CORP}]]></ToUserName>
<FromUserName><![CDATA[sys]]></FromUserName>
<CreateTime>{AT}</CreateTime>
<MsgType><![CDATA[event]]></MsgType>
<Event><![CDATA[change_external_contact]]></Event>
"""
_THIRD_PARTY = f"""<xml>
<SuiteId><![CDATA[{SUITE}]]></SuiteId>
<AuthCorpId><![CDATA[{CORP}]]></AuthCorpId>
<InfoType><![CDATA[change_external_contact]]></InfoType>
<TimeStamp>{AT}</TimeStamp>
"""
_BOTH = f"""<UserID><![CDATA[zhangsan]]></UserID>
<ExternalUserID><![CDATA[{CUSTOMER}]]></ExternalUserID>
"""
_WELCOME = "<State><![CDATA[teststate]]></State>\n<WelcomeCode><![CDATA[WELCOMECODE]]></WelcomeCode>\n"

CHANGES = {
    "add_half_external_contact": _BOTH + _WELCOME,
    "add_external_contact": _BOTH + _WELCOME,
    "edit_external_contact": _BOTH,
    "del_external_contact": _BOTH + "<Source><![CDATA[]]></Source>\n",
    "del_follow_user": _BOTH,
    "transfer_fail": "<FailReason><![CDATA[customer_refused]]></FailReason>\n" + _BOTH,
    "msg_audit_approved": _BOTH + "<WelcomeCode><![CDATA[WELCOMECODE]]></WelcomeCode>\n",
}


def change(name: str, *, third_party: bool = False, fields: str | None = None) -> bytes:
    """One change of a customer; `fields` in place of those of the guide's sample."""
    head = _THIRD_PARTY if third_party else _SELF_BUILT
    body = CHANGES[name] if fields is None else fields
    return f"{head}<ChangeType><![CDATA[{name}]]></ChangeType>\n{body}</xml>".encode()


HANDED_OVER = _BOTH + "<Source><![CDATA[DELETE_BY_TRANSFER]]></Source>\n"

SUITE_TICKET = f"""<xml>
<SuiteId><![CDATA[{SUITE}]]></SuiteId>
<InfoType><![CDATA[suite_ticket]]></InfoType>
<TimeStamp>{AT}</TimeStamp>
<SuiteTicket><![CDATA[asdfasfdasdfasdf]]></SuiteTicket>
</xml>""".encode()

CREATE_AUTH = f"""<xml>
<SuiteId><![CDATA[{SUITE}]]></SuiteId>
<AuthCode><![CDATA[AUTHCODE-OF-ONE-CORP]]></AuthCode>
<InfoType><![CDATA[create_auth]]></InfoType>
<TimeStamp>{AT}</TimeStamp>
</xml>""".encode()

GROUP = f"""<xml>
<ToUserName><![CDATA[{CORP}]]></ToUserName>
<FromUserName><![CDATA[sys]]></FromUserName>
<CreateTime>{AT}</CreateTime>
<MsgType><![CDATA[event]]></MsgType>
<Event><![CDATA[change_external_chat]]></Event>
<ChatId><![CDATA[CHAT_ID]]></ChatId>
<ChangeType><![CDATA[update]]></ChangeType>
<UpdateDetail><![CDATA[add_member]]></UpdateDetail>
<MemChangeList><Item>one</Item><Item><UserID>not-this</UserID></Item></MemChangeList>
</xml>""".encode()

TAG = f"""<xml>
<ToUserName><![CDATA[{CORP}]]></ToUserName>
<FromUserName><![CDATA[sys]]></FromUserName>
<CreateTime>{AT}</CreateTime>
<MsgType><![CDATA[event]]></MsgType>
<Event><![CDATA[change_external_tag]]></Event>
<Id><![CDATA[TAG_ID]]></Id>
<TagType><![CDATA[tag]]></TagType>
<ChangeType><![CDATA[shuffle]]></ChangeType>
</xml>""".encode()

ACQUISITION = f"""<xml>
<ToUserName><![CDATA[{CORP}]]></ToUserName>
<FromUserName><![CDATA[sys]]></FromUserName>
<CreateTime>{AT}</CreateTime>
<MsgType><![CDATA[event]]></MsgType>
<Event><![CDATA[customer_acquisition]]></Event>
<ChangeType><![CDATA[friend_request]]></ChangeType>
<LinkId><![CDATA[cawcdea7783d7330c6]]></LinkId>
</xml>""".encode()

JSON_TEXT = (
    b'{"ToUserName":"wx5823bf96d3bd56c7","FromUserName":"mycreate","CreateTime": 1409659813,"MsgType":"text",'
    b'"Content":"hello","MsgId":4561255354251345929,"AgentID": 218}'
)

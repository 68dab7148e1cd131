"""How a running sandbox is steered, in words: shown by --help and by GET /sandbox."""

from __future__ import annotations

from console.sandbox.visitors import VISITORS

_VISITORS = "\n".join(f"  {who.unionid}  {who.openid}  {who.name}" for who in VISITORS)

MANUAL = f"""\
Other people and bad luck, on cue: POST a JSON object to base_url + one of these paths, from this machine.
  /sandbox/colleague/change  {{"userid", "external_userid", and any of "remark", "description", "company",
                             "mobiles", "mobiles_add", "mobiles_remove"}}
  /sandbox/colleague/remove  {{"userid", "external_userid"}}: deletes the customer
  /sandbox/colleague/leave   {{"userid", "external_userid"}}: leaves the company
     each at once; with "before_write": true just before the next C4 on that relation; with "after_reads": N
     after the next N reads (C2) of that customer
  /sandbox/colleague/add     {{"userid", "unionid"}}: becomes friends with them, so that they are a customer; with
                             "after_conversion": true when that unionid has been converted the next time
  /sandbox/callback          {{"url", and any of "kind", "verify_for", "patience"}}: from now on what happens is sent
                             there, sealed with callback_token and encoding_aes_key; kind is self-built, delegated or
                             third-party; the address is verified first, for the id "verify_for" if given; each
                             callback is sent three times, every "patience" (5) seconds, until it is answered 200
  /sandbox/customer/come     {{"userid", and any of "state", "half", "code"}}: somebody new scans the code of a member;
                             with "half": true the member has yet to accept; with "code": false no welcome code
  /sandbox/customer/be-accepted {{"userid", "external_userid"}}: the member accepts somebody who was half added
  /sandbox/customer/leave    {{"userid", "external_userid"}}: the customer removes the member
  /sandbox/customer/consent  {{"userid", "external_userid"}}: agrees that the chat is archived
  /sandbox/customer/be-handed-over {{"userid", "external_userid", "to"}}: from one member to another
  /sandbox/customer/refuse   {{"userid", "external_userid", and "reason"}}: a hand-over to the member fails
  /sandbox/callback/api-writes {{"sent": true}}: changes through the API are told too, as some of WeCom's pages say
  /sandbox/welcome/busy      {{"times": N}}: the next N welcome messages are told that another app is sending (41096)
  /sandbox/fault             {{"kind", "path", and any of "times", "when", "page", "code", "status", "milliseconds",
                             "reads"}}; kind is one of errcode, html, reset, reset_afterwards, cut_short, slow,
                             bare, error_with_data, not_done, seen_late, empty_page, repeat_cursor;
                             path is like /externalcontact/remark; "times": null means for ever
  /sandbox/empty-updates     {{"taken": true}}: C4 takes a body whose only change is ""
  /sandbox/conversion-limit  {{"an_hour": N}}: more conversions of unionids than that are 45009
  /sandbox/ambient           {{"a_minute": N}}: so much happens by itself from now on; 0 for nothing
  /sandbox/clear             {{}}: forgets what has not happened yet
Visitors of the company's mini program who are nobody's customers yet (unionid, openid):
{_VISITORS}
"""

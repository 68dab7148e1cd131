"""The least client there can be: httpx, a token, and what came back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from console.sandbox import AppKind, Sandbox

Json = dict[str, Any]
BATCH = "/externalcontact/batch/get_by_user"


def fetch_token(sandbox: Sandbox, kind: AppKind = AppKind.SELF_BUILT) -> str:
    """A token of the kind, by the way that kind of app goes."""
    known = sandbox.credentials
    with httpx.Client(base_url=f"{sandbox.base_url}/cgi-bin", trust_env=False) as http:
        if kind is AppKind.THIRD_PARTY:
            suite = {"suite_id": known.suite_id, "suite_secret": known.suite_secret}
            answer = http.post("/service/get_suite_token", json={**suite, "suite_ticket": known.suite_ticket})
            query = {"suite_access_token": answer.json()["suite_access_token"]}
            corp = {"auth_corpid": known.corp_id, "permanent_code": known.permanent_code}
            return str(http.post("/service/get_corp_token", params=query, json=corp).json()["access_token"])
        secrets = {
            AppKind.SELF_BUILT: known.secret,
            AppKind.DELEGATED: known.permanent_code,
            AppKind.SYSTEM: known.system_secret,
        }
        answer = http.get("/gettoken", params={"corpid": known.corp_id, "corpsecret": secrets[kind]})
        return str(answer.json()["access_token"])


class Caller:
    """One connection to a sandbox with a token on every request."""

    def __init__(self, sandbox: Sandbox, http: httpx.Client, token: str) -> None:
        self.sandbox = sandbox
        self.http = http
        self.token = token

    def get(self, path: str, **query: str) -> Json:
        answer = self.http.get(path, params={"access_token": self.token, **query})
        document: Json = answer.json()
        return document

    def post(self, path: str, body: Json) -> Json:
        answer = self.http.post(path, params={"access_token": self.token}, json=body)
        document: Json = answer.json()
        return document

    def ids(self, userid: str) -> list[str]:
        """C1."""
        ids: list[str] = self.get("/externalcontact/list", userid=userid)["external_userid"]
        return ids

    def detail(self, external_userid: str) -> tuple[Json, list[Json], int]:
        """C2, all pages: the contact, its followers, and how many pages."""
        followers: list[Json] = []
        cursor, pages = "", 0
        while True:
            page = self.get("/externalcontact/get", external_userid=external_userid, cursor=cursor)
            assert page["errcode"] == 0, page
            followers += page["follow_user"]
            pages += 1
            cursor = page.get("next_cursor", "")
            if not cursor:
                return page["external_contact"], followers, pages

    def batches(self, *userids: str, limit: int = 100) -> Iterator[Json]:
        """C3, page after page."""
        cursor = ""
        while True:
            page = self.post(BATCH, {"userid_list": list(userids), "cursor": cursor, "limit": limit})
            assert page["errcode"] == 0, page
            yield page
            cursor = page["next_cursor"]
            if not cursor:
                return

    def rows(self, *userids: str, limit: int = 100) -> list[Json]:
        """C3, all rows."""
        return [row for page in self.batches(*userids, limit=limit) for row in page["external_contact_list"]]


@contextmanager
def calling(sandbox: Sandbox, kind: AppKind = AppKind.SELF_BUILT) -> Iterator[Caller]:
    """A caller with a token of the kind."""
    token = fetch_token(sandbox, kind)
    with httpx.Client(base_url=f"{sandbox.base_url}/cgi-bin", trust_env=False, timeout=20) as http:
        yield Caller(sandbox, http, token)

"""Error codes of a third-party app's suite: its ID, secret and ticket, its token, the corp's permanent code."""

from __future__ import annotations

from collections.abc import Mapping

from console.language import N_
from console.operations.error_words import PROVIDER, CodeWords

SUITE: Mapping[int, CodeWords] = {
    40080: CodeWords(
        N_("wrong suite secret"),
        N_(
            "The suite secret does not belong to the suite ID of this profile, or was reset. WeCom bans an address "
            "for an hour after repeated wrong secrets, so nothing is tried again by itself."
        ),
        N_("Copy it from the suite's page in the provider's console, then: wecom-console secret set suite-secret."),
        PROVIDER,
    ),
    40083: CodeWords(
        N_("wrong suite ID"),
        N_("WeCom knows no suite with the suite ID of this profile."),
        N_("Compare suite_id in config.toml with the suite's page in the provider's console, and correct it."),
        PROVIDER,
    ),
    40084: CodeWords(
        N_("wrong permanent code"),
        N_(
            "The permanent code is not the one that this corp gave this suite; it changes when the app is authorised "
            "anew."
        ),
        N_("Get it from the provider and store it: wecom-console secret set permanent-code."),
        PROVIDER,
    ),
    40085: CodeWords(
        N_("suite ticket not valid"),
        N_("WeCom does not accept the suite ticket: it lives for 30 minutes, and a new one arrives every ten."),
        N_("Take the last ticket that WeCom sent to the suite and store it: wecom-console secret set suite-ticket."),
        PROVIDER,
    ),
    42009: CodeWords(
        N_("suite access token expired"),
        N_("The token of a third-party app's suite has run out."),
        N_("Read again: a new one is fetched with the last suite ticket."),
        PROVIDER,
        again=True,
    ),
    40082: CodeWords(
        N_("suite access token not valid"),
        N_(
            "WeCom does not accept the suite's token: the suite secret is wrong or the suite ticket is "
            "older than 30 minutes.",
        ),
        N_(
            "Store a fresh suite ticket (one arrives every ten minutes): wecom-console secret set suite-ticket.",
        ),
        PROVIDER,
    ),
}

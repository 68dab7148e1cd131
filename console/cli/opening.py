"""Which profile a command works with, and its session for as long as the command runs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from console.cli.ending import USAGE, Refused, say
from console.cli.globals import Globals
from console.language import _, listed
from console.settings import Home, Profile, Settings, load_settings

if TYPE_CHECKING:
    from console.operations.checkup import Surroundings
    from console.session import Profiles, Session
    from console.wecom.pace import Wait


ADD_A_PROFILE = "wecom-console profile add NAME --corp-id ID"


def settings_for(home: Home, wanted: Globals) -> Settings:
    """The settings, with what the command line asked for; --read-only holds for every profile."""
    settings = load_settings(home)
    profiles = settings.profiles
    if wanted.read_only:
        profiles = {name: replace(profile, read_only=True) for name, profile in profiles.items()}
    return replace(
        settings,
        profiles=profiles,
        ascii=settings.ascii or wanted.ascii,
        operator=wanted.operator or settings.operator,
        read_only=wanted.read_only,
    )


def chosen_profile(settings: Settings, wanted: Globals) -> Profile:
    """--profile, else the default profile, else the only one. Raises Refused (exit 2) with what to do."""
    if wanted.profile is not None:
        return profile_named(settings, wanted.profile)
    if settings.default_profile is not None:
        return settings.profiles[settings.default_profile]
    if len(settings.profiles) == 1:
        return next(iter(settings.profiles.values()))
    if settings.profiles:
        raise Refused(
            _("No profile is the default."),
            _("Say which: --profile NAME, or {command}").format(command="wecom-console profile use NAME"),
            USAGE,
        )
    raise Refused(
        _("There is no profile yet."),
        _("Try it first: {demo}. Or add a profile: {add}").format(demo="wecom-console demo", add=ADD_A_PROFILE),
        USAGE,
    )


def profile_named(settings: Settings, name: str) -> Profile:
    """The profile of this name. Raises Refused, with the names there are."""
    if name in settings.profiles:
        return settings.profiles[name]
    known = listed(settings.profiles)
    raise Refused(
        _("There is no profile {name}.").format(name=name),
        _("There are: {names}").format(names=known) if known else _("Add one: {command}").format(command=ADD_A_PROFILE),
        USAGE,
    )


@asynccontextmanager
async def opened(wanted: Globals) -> AsyncIterator[Session]:
    """The session of the chosen profile; its store is closed with it. Raises Refused, SettingsError, StoreFailure."""
    home = Home.locate()
    settings = settings_for(home, wanted)
    profile = chosen_profile(settings, wanted)

    from console.logbook import open_log

    open_log(home)
    profiles = profiles_of(home, settings, asks=True)
    try:
        session = profiles.open(profile.name)
        session.on_wait = _say_wait
        try:
            yield session
        finally:
            await session.close()
    finally:
        profiles.close()


def profiles_of(
    home: Home, settings: Settings, *, asks: bool, reread: Callable[[], Settings] | None = None
) -> Profiles:
    """The profiles of these settings, with their secrets and the store; they are the caller's to close.

    With `asks` a missing secret is asked for on the terminal, and a `secret_command` may do so too; screens have
    their own way. `reread` reads the settings again. Raises StoreFailure.
    """
    from console.credentials import OsKeyring, secrets_for
    from console.credentials.tokens import SharedTokens
    from console.operations.names import read_names_file
    from console.session import Profiles, connect_with
    from console.store import Store

    keyring = OsKeyring()
    secrets = secrets_for(settings, keyring, on_terminal=asks)
    connect = connect_with(secrets, SharedTokens(keyring, home.data_folder))
    if asks:
        from console.cli.asking import asking

        connect = asking(connect, secrets)

    def surroundings() -> Surroundings:
        from console.operations.checkup import Surroundings  # here: only a check-up looks around

        return Surroundings(home, secrets, keyring)

    return Profiles(
        settings,
        Store.open(home.store_file),
        connect,
        names=read_names_file(home.names_file),
        secrets=secrets,
        reread=reread,
        surroundings=surroundings,
    )


def _say_wait(wait: Wait) -> None:
    if wait.seconds >= 1:
        say(_("WeCom asks to wait: {n} s ({path})").format(n=round(wait.seconds), path=wait.endpoint))

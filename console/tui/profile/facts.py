"""What is known of a profile without asking anybody, and of the others that there are."""

from __future__ import annotations

from collections.abc import Iterator

from console.language import _, labelled
from console.operations.wording import app_type_words, environment_words, write_words
from console.settings import Environment, Profile, Settings
from console.text import safe_text
from console.tui.profile.report import Line
from console.tui.rows import Toned


def fact_lines(profile: Profile, settings: Settings, operator: str) -> Iterator[Line]:
    """The profile: what it is called, where it leads, what may be done in it, and who is at the keys."""
    default = _("the default") if profile.name == settings.default_profile else ""
    yield _fact("name", _("profile name"), "  ".join(filter(None, (safe_text(profile.name), default))))
    yield _fact("corp", _("corp ID"), safe_text(profile.corp_id))
    kind = (app_type_words(profile.app_type), environment_words(profile.environment))
    yield _fact("app", _("kind of app"), "  ".join(kind))
    if profile.suite_id:
        yield _fact("suite", _("suite ID"), safe_text(profile.suite_id))
    is_demo = profile.environment is Environment.DEMO
    address = _("a sandbox on this computer") if is_demo else safe_text(profile.base_url)
    yield _fact("address", _("address"), address)
    yield _fact("writing", _("writing"), write_words(profile, settings), _how_to_write(profile, settings))
    if profile.customer_acquisition:
        sees = _("An app of 获客助手: it sees only the customers that this app brought.")
        yield _fact("acquisition", _("customers"), sees, sees)
    yield _fact("operator", _("operator"), safe_text(operator) or _("not said yet"))


def _fact(key: str, label: str, value: str, full: str = "") -> Line:
    return Line(f"fact {key}", name=label, words=value, full=tuple(filter(None, (labelled(label, value), full))))


def _how_to_write(profile: Profile, settings: Settings) -> str:
    if settings.read_only:
        return _("The app was started with --read-only. Start it without, and this profile can be written.")
    if profile.read_only:
        return _(
            "The settings say read_only = true for this profile. Take that line out of {file} and start again."
        ).format(file=safe_text(str(settings.file)))
    return ""


def profile_lines(current: str, settings: Settings) -> Iterator[Line]:
    """All profiles that the settings have; Enter switches."""
    for profile in settings.profiles.values():
        name = safe_text(profile.name)
        here = profile.name == current
        words = "  ".join(
            (
                environment_words(profile.environment),
                app_type_words(profile.app_type, short=True),
                write_words(profile, settings),
                safe_text(profile.corp_id),
            )
        )
        how = _("This is the profile that is open.") if here else _("Enter switches to {name}.").format(name=name)
        yield Line(
            f"profile {profile.name}",
            Toned(_("in use"), "info") if here else "",
            name,
            words,
            (f"{name}  {words}", how),
        )

"""The words that click says to our operator, listed here so that the catalogue holds them.

click looks them up in the text domain that `console.language.install` sets. Nothing calls `words` but the
test that holds this list to click's own source.
"""

from __future__ import annotations

from console.language import _, ngettext


def words() -> list[str]:
    """What click may say here, in the operator's language."""
    return [
        _("Usage:"),
        _("Options"),
        _("Commands"),
        _("Positional arguments"),
        _("Show the version and exit."),
        _("Show this message and exit."),
        _("Aborted!"),
        _("required"),
        _("default: {default}"),
        _("Error: {message}"),
        _("Try '{command} {option}' for help."),
        _("Missing command."),
        _("Missing argument"),
        _("Missing option"),
        _("Missing parameter"),
        _("No such command {name!r}."),
        _("No such option {name!r}."),
        _("Option {name!r} does not take a value."),
        _("Invalid value: {message}"),
        _("Invalid value for {param_hint}: {message}"),
        _("{value!r} is not a valid {number_type}."),
        _("{value} is not in the range {range}."),
        _("Choose from:\n\t{choices}"),
        _("Could not open file {filename!r}: {message}"),
        _("{name} {filename!r} does not exist."),
        _("{name} {filename!r} is a file."),
        _("{name} {filename!r} is a directory."),
        _("{name} {filename!r} is not readable."),
        _("{name} {filename!r} is not writable."),
        _("file"),
        _("directory"),
        _("path"),
        _("unknown error"),
        _("Error: invalid input"),
        _("Error: The two entered values do not match."),
        ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
        ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
        ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
        ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
    ]

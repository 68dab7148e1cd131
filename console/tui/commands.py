"""The one registry of commands: from it come keys, the row of keys, the palette, the help and the keys to re-bind."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding

from console.language import N_, _
from console.tui.panes import PANES
from console.tui.places import BACK, LISTS, PANE_1, Command, Place

__all__ = ["COMMANDS", "Command", "Place", "bindings", "commands_at", "label_of", "shown_key"]

COMMANDS: tuple[Command, ...] = (
    Command("open", ("enter",), N_("open"), N_("open what is chosen"), LISTS, 1, in_palette=False),
    Command("open", ("enter",), N_("open"), N_("show this entry with its request"), (Place.RECORD,), 1, False),
    Command("open", ("enter",), N_("take over"), N_("take over the marked fields"), (Place.TAKE_OVER,), 1, False),
    Command(
        "open", ("enter",), N_("open"), N_("open this customer at this relation"), (Place.FIND, Place.FEED), 1, False
    ),
    Command(
        "open",
        ("enter",),
        N_("open"),
        N_("open this customer"),
        (Place.MAPPINGS, Place.WHY, Place.DUPLICATES),
        1,
        False,
    ),
    Command("open", ("enter",), N_("open"), N_("go to this entry"), (Place.TIMELINE,), 1, False),
    Command("open", ("enter",), N_("open"), N_("go to this follower's customers"), (Place.SYNC,), 1, False),
    Command(
        "sync",
        ("f8", "ctrl+s"),
        N_("sync, pause"),
        N_("take in all customers of all followers; again: pause, and go on; Esc stops"),
        (Place.SYNC,),
        2,
    ),
    Command(
        "read_again",
        ("r", "f5", "ｒ"),
        N_("failed again"),
        N_("read just those again that could not be read"),
        (Place.SYNC,),
        3,
    ),
    Command("open", ("enter",), N_("open"), N_("choose this line"), (Place.WELCOME, Place.MENU), 1, in_palette=False),
    Command(
        "open", ("enter",), N_("open"), N_("switch to this profile, or show this line in full"), (Place.PROFILE,), 1
    ),
    Command("open", ("enter",), N_("open"), N_("open the app on this profile"), (Place.SETUP_TRIAL,), 1, False),
    Command(
        "try_out",
        ("f8", "ctrl+s"),
        N_("keep and test"),
        N_("keep the profile and its secrets, then test them"),
        (Place.SETUP_FORM,),
        1,
        in_palette=False,
    ),
    Command(
        "keep_secret",
        ("f8", "ctrl+s"),
        N_("keep in the keyring"),
        N_("keep what was typed in the OS keyring"),
        (Place.SECRET,),
        1,
        in_palette=False,
    ),
    Command(
        "keep_in_memory",
        ("o", "ｏ"),
        N_("only for this run"),
        N_("keep the secrets in memory where no keyring takes them"),
        (Place.SETUP_TRIAL,),
        2,
        in_palette=False,
    ),
    Command(
        "convert",
        ("f8", "ctrl+s"),
        N_("convert"),
        N_("convert this unionid; a self-built app looks among known customers"),
        (Place.CONVERT, Place.MAPPINGS),
        1,
    ),
    Command(
        "read_again",
        ("r", "f5", "ｒ"),
        N_("ask again"),
        N_("ask WeCom again what this unionid means"),
        (Place.CONVERT, Place.MAPPINGS),
        8,
    ),
    Command(
        "review",
        ("f8", "ctrl+s"),
        N_("review and write"),
        N_("review what will be changed, then write it"),
        (Place.EDITOR,),
        1,
    ),
    Command("agree", ("f8", "ctrl+s"), N_("write"), N_("write it"), (Place.QUESTION, Place.CONFLICT), 1, False),
    Command("keep_theirs", ("left",), N_("keep theirs"), N_("keep what is there now"), (Place.CONFLICT,), 2, False),
    Command("use_mine", ("right",), N_("use mine"), N_("write what I wrote"), (Place.CONFLICT,), 3, False),
    Command("write_anew", ("o", "ｏ"), N_("write anew"), N_("write another text"), (Place.CONFLICT,), 4, False),
    Command(
        "edit",
        ("e", "f2", "ｅ"),
        N_("edit remark"),
        N_("edit what this follower noted about this customer"),
        (Place.CUSTOMERS, Place.DETAIL, Place.FIND),
        2,
    ),
    Command(
        "take_over",
        ("f6",),
        N_("take over"),
        N_("take over fields from another follower's remark, also one that is gone"),
        (Place.DETAIL, Place.EDITOR, Place.TIMELINE),
        3,
    ),
    Command(
        "request_body", ("f4",), N_("request"), N_("show the request as it is sent"), (Place.EDITOR, Place.CONFLICT), 5
    ),
    Command("clear_mobiles", ("f7",), N_("clear mobiles"), N_("take all mobiles out"), (Place.EDITOR,), 6),
    Command(
        "undo",
        ("u", "ｕ"),
        N_("undo"),
        N_("take back this write, or the last one; it is confirmed first"),
        (*PANE_1, Place.RECORD, Place.TIMELINE),
        7,
    ),
    Command(
        "export",
        ("x", "ｘ"),
        N_("export"),
        N_("write the listed entries into a file"),
        (Place.CUSTOMERS, Place.RECORD, Place.FEED),
        8,
    ),
    Command(
        "welcome",
        ("w", "ｗ"),
        N_("welcome"),
        N_("welcome a new customer while the code lives; again: send"),
        (Place.FEED, Place.GREETING, Place.EVERYWHERE),
        2,
    ),
    Command("send", ("enter",), N_("send"), N_("send this welcome"), (Place.GREETING,), 1, False),
    Command(
        "other_template",
        ("right",),
        N_("other template"),
        N_("the next template"),
        (Place.GREETING,),
        3,
        False,
        does="other_template(1)",
    ),
    Command(
        "template_before",
        ("left",),
        N_("template before"),
        N_("the template before"),
        (Place.GREETING,),
        0,
        False,
        does="other_template(-1)",
    ),
    Command(
        "timeline",
        ("t", "ｔ"),
        N_("timeline"),
        N_("all that happened to this customer, and when nobody listened"),
        (Place.CUSTOMERS, Place.DETAIL, Place.WHY),
        4,
    ),
    Command("timeline", ("t", "ｔ"), N_("timeline"), N_("all that happened to this customer"), (Place.FEED,), 8),
    Command(
        "duplicates",
        ("d", "ｄ"),
        N_("duplicates"),
        N_("customers who may be the same person: unionid, phone, or name and company"),
        (Place.CUSTOMERS, Place.DETAIL),
        5,
    ),
    Command("pause", ("p", "ｐ"), N_("pause"), N_("stay at these events; again: follow"), (Place.FEED,), 2),
    Command("newest", ("n", "ｎ"), N_("newest"), N_("go to the newest event and follow"), (Place.FEED,), 9),
    Command("bookmark", ("b", "ｂ"), N_("bookmark"), N_("set a bookmark here, or take it away"), (Place.FEED,), 4),
    Command("seen", ("a", "ａ"), N_("seen"), N_("this failed transfer has been seen to"), (Place.FEED,), 5),
    Command("receive", ("o", "ｏ"), N_("receive"), N_("start the receiver; again: stop it"), (Place.FEED,), 7),
    Command("next_tab", ("tab",), N_("next tab"), N_("in words, effects, raw"), (Place.FEED,), in_palette=False),
    Command("next_tab", ("tab",), N_("next tab"), N_("the next follower"), (Place.TIMELINE,), in_palette=False),
    Command("open_result", ("enter",), N_("see why"), N_("show how the last write ended"), (Place.RESULT,)),
    Command("back_to_form", ("e", "f2", "ｅ"), N_("back to the form"), N_("go on with the form"), (Place.RESULT,)),
    Command(
        "look_again", ("r", "f5", "ｒ"), N_("look again"), N_("read back once more what was not seen"), (Place.RESULT,)
    ),
    Command(
        "filter",
        ("slash", "ctrl+f", "fullwidth_solidus", "ideographic_comma"),
        N_("filter"),
        N_("filter this list by name, pinyin initials, phone digits, company or ID"),
        (*PANE_1, Place.FEED, Place.MAPPINGS, Place.RECORD),
        3,
    ),
    Command("sort", ("s", "ｓ"), N_("sort"), N_("choose the column to sort by; again: reverse"), LISTS, 4),
    Command(
        "contacts",
        ("c", "ｃ"),
        N_("served contacts"),
        N_("change between customers and served contacts"),
        LISTS,
        5,
    ),
    Command(
        "copy",
        ("y", "ｙ"),
        N_("copy"),
        N_("copy the ID, the mobiles, the row, a reply for the ticket or JSON"),
        (
            *PANE_1,
            Place.FEED,
            Place.MAPPINGS,
            Place.SYNC,
            Place.RECORD,
            Place.FIND,
            Place.PROFILE,
            Place.TIMELINE,
            Place.WHY,
            Place.DUPLICATES,
        ),
        6,
    ),
    Command("raw", ("v", "ｖ"), N_("raw"), N_("show the JSON that WeCom returned"), (Place.DETAIL,), 7),
    Command("raw", ("v", "ｖ"), N_("raw"), N_("show the message and its request as they came"), (Place.FEED,), 8),
    Command(
        "read_again",
        ("r", "f5", "ｒ"),
        N_("read again"),
        N_("read this again from WeCom"),
        (*PANE_1, Place.RECORD, Place.PROFILE, Place.SETUP_TRIAL),
        8,
    ),
    Command(
        "mask_file", ("f9",), N_("mask"), N_("personal data masked or whole in the file"), (Place.EXPORT,), 2, False
    ),
    Command("mask", ("m", "f9", "ｍ"), N_("mask"), N_("hide or show phone numbers and IDs of people"), row=9),
    Command(
        "close",
        ("escape",),
        N_("leave"),
        N_("leave; what was typed is not lost without a question"),
        (
            Place.EDITOR,
            Place.TAKE_OVER,
            Place.CONFLICT,
            Place.GREETING,
            Place.TIMELINE,
            Place.WHY,
            Place.DUPLICATES,
        ),
        10,
        in_palette=False,
    ),
    Command("close", ("escape",), N_("cancel"), N_("stay here; nothing is done"), (Place.QUESTION,), 10, False),
    Command(
        "dialog.close",
        ("escape",),
        N_("close"),
        N_("close; in a field, clear it first"),
        (Place.DIALOG, Place.MENU, Place.FIND, Place.REPORT),
        10,
        in_palette=False,
        does="close",
    ),
    Command("back", ("escape",), N_("back"), N_("one step back: filter, dialog, column"), BACK, 10, False),
    Command(
        "find",
        ("f", "f3", "ｆ"),
        N_("find"),
        N_("find anybody among all known customers, or paste an ID"),
    ),
    Command("help", ("question_mark", "f1", "fullwidth_question_mark"), N_("help"), N_("keys of this place")),
    *(
        Command(
            f"pane_{kind.number}",
            (str(kind.number), chr(ord("０") + kind.number)),
            kind.title,
            kind.help,
            does=f"show_pane({kind.number})",
        )
        for kind in PANES
    ),
    Command(
        "last_error",
        ("exclamation_mark", "fullwidth_exclamation_mark"),
        N_("last error"),
        N_("show the error in the status line: what happened, why, what to do"),
    ),
    Command("palette", ("ctrl+p",), N_("commands"), N_("search all commands"), in_palette=False),
    Command("switch_profile", (), N_("switch profile"), N_("work in another profile")),
    Command("give_secret", (), N_("give secret"), N_("type the profile's secret, for this run or for the keyring")),
    Command(
        "automatic_welcomes", (), N_("welcomes by rule"), N_("agree that welcomes are sent by rule in this profile")
    ),
    Command("operator", (), N_("operator"), N_("say who is at the keys, for the record of changes")),
    Command("theme", (), N_("theme"), N_("change between dark, light, high contrast and no colour")),
    Command("screenshot", (), N_("screenshot"), N_("save a picture of the screen, masked")),
    Command("debug", (), N_("for support"), N_("show versions, terminal, files and last errors, without secrets")),
    Command("copy_report", ("y", "ｙ"), N_("copy"), N_("copy the report"), (Place.REPORT,), 1, in_palette=False),
    *(
        Command(id_, keys, label, words, (Place.DEMO,), does=f"demo('{id_}')")
        for id_, keys, label, words in (
            ("tour", (), N_("tour"), N_("seven short steps on the live screen")),
            ("exercises", (), N_("exercises"), N_("tasks that see for themselves when they are done")),
            ("tour_on", ("f12",), N_("begin, skip"), N_("begin the tour; in it: skip this step")),
            ("tour_back", (), N_("step back"), N_("back to the step before")),
            ("tour_end", ("f11",), N_("end the tour"), N_("go without the tour, or end it")),
            ("cue_comes", (), N_("demo: newcomer"), N_("demo: a new customer comes, with a welcome code")),
            ("cue_changes", (), N_("demo: change"), N_("demo: a colleague changes this record now")),
            ("cue_breaks", (), N_("demo: break off"), N_("demo: the next write breaks off")),
            ("cue_not_friends", (), N_("demo: 84061"), N_("demo: the staff member removes this customer")),
            ("cue_leaves", (), N_("demo: leaves"), N_("demo: this customer removes the staff member")),
            ("cue_still", (), N_("demo: still"), N_("demo: nothing happens by itself any more; again: it does")),
            ("show_pressed", (), N_("show keys"), N_("show the keys that are pressed; again: no more")),
            ("start_again", (), N_("start again"), N_("the demo from its beginning, with the same people")),
        )
    ),
    Command("quit", ("q", "ctrl+q", "ｑ"), N_("quit"), N_("quit wecom-console")),
)


def bindings(place: Place, holder: str = "", *, first: bool = False) -> list[Binding]:
    """Textual bindings of the commands heard at a place; each has its command's id, so that it can be re-bound.

    `holder` ("app.") is who carries them out, where that is not whoever has the bindings; `first` ones are asked
    before those of the widget that has the keys. A command without keys stands under a name that no keyboard sends,
    until the operator gives it one.
    """
    return [
        Binding(
            ",".join(command.keys) or f"no-key-{command.id}",
            holder + command.action,
            command.label,
            id=command.id,
            priority=first,
        )
        for command in commands_at(place)
    ]


def commands_at(*places: Place) -> list[Command]:
    """The commands heard at any of these places, in the registry's order."""
    return [command for command in COMMANDS if set(command.places) & set(places)]


def shown_key(keys: Iterable[str]) -> str:
    """How a command's first key is written on the screen: `slash` is `/`, `f3` is `F3`, `ctrl+p` is `Ctrl+P`."""
    first = next(iter(keys), "")
    names = {
        "slash": "/",
        "question_mark": "?",
        "exclamation_mark": "!",
        "escape": "Esc",
        "enter": "Enter",
        "space": "Space",
        "tab": "Tab",
        "left": "Left",
        "right": "Right",
    }
    if first in names:
        return names[first]
    if first.startswith("ctrl+"):
        return f"Ctrl+{first[5:].upper()}"
    return first.upper() if len(first) > 1 and first[0] == "f" and first[1:].isdigit() else first


def label_of(command: Command) -> str:
    """The command's label in the operator's language."""
    return _(command.label)

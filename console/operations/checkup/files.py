"""The files of this program: can they be read and opened, and can nobody else."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from console.language import _, joined, ngettext
from console.operations.checkup.checks import Check, Question
from console.operations.checkup.surroundings import shell_path, shown_path
from console.settings import Home, load_settings
from console.store import Store

_FOR_OTHERS = 0o077
_WAITING_FOR_ANOTHER_CONSOLE = 1.0


def look_at_settings(question: Question, home: Home) -> Check:
    """Read the settings. Raises SettingsError."""
    file = home.settings_file
    settings = load_settings(home)
    if not file.exists():
        return question.passed(_("{file}: not there, so everything has its default").format(file=shown_path(file)))
    n = len(settings.profiles)
    profiles = ngettext("{n} profile", "{n} profiles", n).format(n=n)
    return _private(question, file, profiles)


def look_at_store(question: Question, home: Home) -> Check:
    """Open the store, if there is one, and close it. Raises StoreFailure."""
    if not home.data_folder.is_dir() or not (file := home.store_file).exists():
        return question.passed(
            _("none yet; the first read makes it in {folder}").format(folder=shown_path(home.data_folder))
        )
    Store.open(file, busy_timeout=_WAITING_FOR_ANOTHER_CONSOLE).close()
    return _private(question, file, _("{n} kB").format(n=f"{file.stat().st_size // 1000:,}"))


def _private(question: Question, file: Path, content: str) -> Check:
    """Passed if the file and its folder are their owner's alone."""
    if os.name != "posix":
        return question.passed(joined((shown_path(file), content)))
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)}
    answer = _("{file}, {content}, mode {mode:o} in a folder {folder:o}").format(
        file=shown_path(file), content=content, mode=modes[file], folder=modes[file.parent]
    )
    open_to_others = [path for path, mode in modes.items() if mode & _FOR_OTHERS]
    if not open_to_others:
        return question.passed(answer)
    commands = [f"chmod go= {shell_path(path)}" for path in open_to_others]
    return question.warning(
        answer, _("Other users of this computer can get in. Run: {command}").format(command=" && ".join(commands))
    )

"""What support wants to know of this installation: versions, terminal, files and the last errors, without secrets."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from console import __version__
from console.language import _, current
from console.operations.error_words import Explanation
from console.settings import Profile
from console.text import safe_lines, safe_text
from console.wecom.redact import redact

LIBRARIES = ("textual", "rich", "httpx", "pydantic", "cryptography", "keyring")
TOLD_OF_THE_TERMINAL = (
    "TERM",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "COLORTERM",
    "NO_COLOR",
    "LANG",
    "LC_ALL",
    "TMUX",
    "SSH_TTY",
    "WT_SESSION",
    "PYTHON_KEYRING_BACKEND",
)
"""The variables of the environment that tell how a screen can look; all others may hold secrets, and stay out."""
KEPT_REPORTS = 10


def installation(files: Iterable[Path], size: tuple[int, int], environ: Mapping[str, str] = os.environ) -> list[str]:
    """Versions, system, terminal and files, a line each; `size` is the terminal's columns and rows."""
    libraries = "  ".join(f"{name} {_version_of(name)}" for name in LIBRARIES)
    terminal = "  ".join(f"{name}={environ[name]}" for name in TOLD_OF_THE_TERMINAL if environ.get(name))
    lines = [
        f"wecom-console {__version__}  {sys.executable}",
        f"Python {platform.python_version()}  {platform.platform()}",
        libraries,
        f"{_('terminal')}  {size[0]}x{size[1]}  {terminal}",
        f"{_('language')}  {current()}",
        *(f"{_('file')}  {file}  {_size_of(file)}" for file in files),
    ]
    return [safe_text(redact(line)) for line in lines]


def of_profile(profile: Profile) -> str:
    """What kind of profile is open, without its IDs."""
    writes = _("read-only") if profile.read_only else _("writable")
    return f"{_('profile')}  {profile.app_type.value}  {profile.environment.value}  {writes}"


def of_errors(errors: Iterable[Explanation]) -> list[str]:
    """The errors that nobody has looked at yet, with what the server said."""
    return [safe_text(redact(f"- {error.what}  {error.support}".rstrip())) for error in errors]


def of_fault(fault: BaseException) -> list[str]:
    """Where a fault happened: the lines of code, without the values there."""
    return list(safe_lines(redact("".join(traceback.format_exception(fault)))))


def write_report(lines: Iterable[str], folder: Path, now: datetime) -> Path | None:
    """A file of this user's alone; the newest ten are kept. None where nothing can be written."""
    file = folder / f"wecom-console-fault-{now:%Y%m%d-%H%M%S-%f}.txt"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")
        for old in sorted(folder.glob("wecom-console-fault-*.txt"))[:-KEPT_REPORTS]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return file


def _version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def _size_of(file: Path) -> str:
    try:
        return f"{file.stat().st_size:,} B"
    except OSError:
        return _("(not there)")

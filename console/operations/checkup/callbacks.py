"""What receiving callbacks takes: the form of its two secrets, and a free port."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from collections.abc import AsyncGenerator

from console.address import USUAL
from console.credentials import SecretKind
from console.language import _
from console.operations.checkup.checks import Check, Question, within
from console.operations.checkup.secrets import check_secret
from console.operations.checkup.surroundings import Surroundings
from console.port_holder import Holder, holder_of
from console.settings import Profile

_OWN = "wecom-console"
_SECRETS = (SecretKind.CALLBACK_TOKEN, SecretKind.ENCODING_AES_KEY)


async def check_callbacks(profile: Profile | None, around: Surroundings) -> AsyncGenerator[Check]:
    """Check the callback secrets of `profile`, and the receiver's port. Follows WeCom document 90930."""
    if profile is not None:
        for kind in _SECRETS:
            yield await check_secret(profile, kind, around)
    usual = profile.receiver if profile else USUAL
    host, port = around.receiver or (usual.host, usual.port)
    listening = _("listening on {address}").format(address=f"{host}:{port}")
    question = Question("receiver-port", _("receiver's port"), listening, needed=False)
    yield await within(around.limits.local, question, asyncio.to_thread(_port, question, host, port))


def _port(question: Question, host: str, port: int) -> Check:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        if os.name == "posix":  # as the receiver will: what has just ended there is no hindrance
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as failure:
            if failure.errno != errno.EADDRINUSE:
                return question.failed(failure.strerror or str(failure))
        else:
            return question.passed(_("free"))
    return _taken(question, holder_of(port))


def _taken(question: Question, holder: Holder | None) -> Check:
    if holder is None:
        answer = _("taken, and this system does not say by which program")
    elif holder.pid == os.getpid() or holder.program == _OWN:
        return question.passed(_("wecom-console itself listens there (process {pid})").format(pid=holder.pid))
    else:
        answer = _("taken by {program} (process {pid})").format(program=holder.program, pid=holder.pid)
    return question.failed(answer, _("Only for receiving events: end that program, or give the receiver another port."))

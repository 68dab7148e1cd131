"""`python -m tests.benchmarks.flask_receiver`: what most tutorials show, Flask with wechatpy; it stores nothing.

Under gunicorn with 16 threads where that is installed, else under Flask's own threaded server, with keep-alive.
"""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

from flask import Flask, request  # type: ignore[import-not-found,unused-ignore]
from wechatpy.work import parse_message
from wechatpy.work.crypto import WeChatCrypto

from tests.wecom.callback.peers import CORP, KEY, TOKEN

app = Flask(__name__)
crypto = WeChatCrypto(TOKEN, KEY, CORP)


@app.post("/callback")  # type: ignore[untyped-decorator,unused-ignore]
def callback() -> str:
    """Verify, decrypt, parse."""
    args = request.args
    message = crypto.decrypt_message(request.get_data(), args["msg_signature"], args["timestamp"], args["nonce"])
    parse_message(message)
    return ""


def _serve_with_gunicorn() -> None:
    from gunicorn.app.base import BaseApplication  # type: ignore[import-not-found,import-untyped,unused-ignore]

    class Server(BaseApplication):  # type: ignore[misc,unused-ignore]
        def load_config(self) -> None:
            for name, value in (("bind", "127.0.0.1:0"), ("threads", 16), ("workers", 1), ("loglevel", "critical")):
                self.cfg.set(name, value)
            self.cfg.set("when_ready", _say_where)
            self.cfg.set("keepalive", 30)

        def load(self) -> Flask:
            return app

    Server().run()


def _say_where(server: Any) -> None:  # noqa: ANN401 - gunicorn's own
    host, port = server.LISTENERS[0].sock.getsockname()
    sys.stdout.write(f"http://{host}:{port}/callback\n")
    sys.stdout.flush()


def _serve_with_werkzeug() -> None:
    import logging

    from werkzeug.serving import (  # type: ignore[import-not-found,unused-ignore]
        WSGIRequestHandler,
        make_server,
    )

    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    WSGIRequestHandler.protocol_version = "HTTP/1.1"
    server = make_server("127.0.0.1", 0, app, threaded=True)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}/callback\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    if importlib.util.find_spec("gunicorn"):
        _serve_with_gunicorn()
    else:
        _serve_with_werkzeug()

"""A server on loopback with an article that an editor brings."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LOOPBACK = '\n[collect]\nloopback = true\ncontact = "desk@y.example"\n'
TITLE = "Ice rink of Ostrel freezes again"
PAGE = f"""<html><head><title>{TITLE}</title><meta property="article:published_time" content="2026-03-03T04:00:00Z">
</head><body><article><h1>{TITLE}</h1>
<p>The ice rink of Ostrel froze again on Tuesday after its compressor was repaired.</p>
<p>Skaters had waited since January, the caretaker said, and 300 of them came in the first hour.</p>
<p>The rink stays open until the end of the month if the nights remain cold.</p></article></body></html>"""


@contextmanager
def web(
    answers: dict[str, tuple[int, dict[str, str], str]], gate: threading.Event | None = None
) -> Iterator[tuple[str, list[str]]]:
    """A server on loopback: its address, and the paths it is asked for; it answers once the gate is open."""
    asked: list[str] = []

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if gate:
                gate.wait(60)
            asked.append(self.path)
            status, headers, body = answers.get(self.path, (404, {}, ""))
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()

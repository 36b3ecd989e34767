"""A real HTTP server on loopback that answers as it is told, well or badly."""

from __future__ import annotations

import http.server
import socket
import socketserver
import struct
import threading
import time
from contextlib import contextmanager, suppress

from tests.hostile.bombs import bomb
from tests.hostile.corpus import CANARY


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Answers each path by its entry in ``told``: a dict as below, or a function of the request's headers giving one.

    status, type, headers, body (text or bytes), and for faults: mode, bomb and mb, chain, fail, bps, count, kb.
    With a TLS context it speaks HTTPS.

    ``hits`` are the paths asked for, in order; ``asked`` the headers of each request.
    """

    daemon_threads, allow_reuse_address = True, True

    def __init__(self, told, context=None):
        super().__init__(("127.0.0.1", 0), _Handler)
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.told, self.hits, self.asked, self.failed = told, [], [], {}
        self.released = threading.Event()  # set at the end: whoever sleeps stops

    @property
    def port(self):
        return self.server_address[1]

    def url(self, path="/"):
        return f"http://127.0.0.1:{self.port}{path}"

    def handle_error(self, request, client_address):
        """A client that hangs up is no error here."""


@contextmanager
def serving(told, context=None):
    server = Server(told, context)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.hits.append(self.path)
        self.server.asked.append({name.lower(): value for name, value in self.headers.items()})
        self.close_connection = True
        with suppress(OSError):  # the client hung up, as it should
            self._answer(self.path.split("?")[0])

    def _answer(self, path):
        if path == "/secret":
            return self._reply(200, {"Content-Type": "text/plain"}, CANARY.encode())
        if path.startswith("/chain-"):
            left = int(path[7:])
            return self._reply(302, {"Location": f"/chain-{left - 1}" if left else "/ok"}, b"")
        told = self.server.told.get(path)
        if callable(told):
            told = told(self.server.asked[-1])
        if told is None:
            return self._reply(404, {}, b"")
        fault = getattr(self, "_" + told.get("mode", "plainly").replace("-", "_"))
        return fault(told)

    def _plainly(self, told, extra=0):
        body = told.get("body", b"")
        body = body.encode() if isinstance(body, str) else body
        if told.get("bomb"):
            body = bomb(told["mb"], 31 if told["bomb"] == "gzip" else 15)
        headers = {"Content-Type": told.get("type", "text/plain"), **told.get("headers", {})}
        headers = {name: value.replace("{port}", str(self.server.port)) for name, value in headers.items()}
        if told.get("chain"):
            headers["Location"] = f"/chain-{told['chain']}"
        self._reply(told.get("status", 200), headers, body, extra)

    def _reply(self, status, headers, body, extra=0):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body) + extra))
        self.send_header("Connection", "close")
        self.end_headers()
        if status not in (204, 304):
            self.wfile.write(body)

    def _short(self, told):
        self._plainly(told, extra=1000)

    def _flap(self, told):
        failed = self.server.failed[self.path] = self.server.failed.get(self.path, 0) + 1
        if failed <= told["fail"]:
            return self._reply(503, {}, b"")
        return self._plainly(told)

    def _silent(self, told):
        self.server.released.wait(60)

    def _reset(self, told):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _raw(self, told):
        self.wfile.write(told["raw"].encode())

    def _slow_headers(self, told):
        self._drip(_HEAD, told["bps"])

    def _slow_body(self, told):
        self.wfile.write(_HEAD + b"\r\n")
        self._drip(b"<rss>" + b" " * 1000, told["bps"])

    def _drip(self, data, bps):
        for byte in data:
            self.wfile.write(bytes([byte]))
            if self.server.released.wait(1.0 / bps):
                return

    def _infinite(self, told):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n\r\n<rss>")
        while not self.server.released.is_set():
            self.wfile.write(b"<a>x</a>" * 8192)

    def _infinite_chunked(self, told):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not self.server.released.is_set():
            self.wfile.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")

    def _bad_chunk(self, told):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n-5\r\n")

    def _header_flood(self, told):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(told["count"]):
            self.wfile.write(b"X-%d: y\r\n" % number)
        self.wfile.write(b"\r\n")

    def _header_huge(self, told):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"y" * (told["kb"] * 1024) + b"\r\n\r\n")

    def _one_hundred(self, told):
        """Say 100 Continue for ever."""
        while not self.server.released.is_set():
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            time.sleep(0.01)

    def log_message(self, *args):
        pass


_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 1000000\r\n"

"""Servers that are down, slow, lying or hostile, with the outcome each must have."""

# ruff: noqa: E501 - a case is a line
# fmt: off

from tests.hostile.corpus import ACCEPT as A
from tests.hostile.corpus import MARK, PARA, item, rss
from tests.hostile.corpus import REJECT as R
from tests.hostile.corpus import WARN as W

OK = rss(item("Net " + MARK % "net"))
LOGIN = "<html><title>Log in</title><form><input type=password></form>"
F = "E_FETCH"


def case(name, told, threat, expect, codes=(), *, kind="feed", contain=(), absent=()):
    return {"name": name, "told": told, "threat": threat, "expect": expect, "codes": codes, "kind": kind, "contain": contain, "absent": absent}


#: A rejected case has one of its codes, an accepted one with a warning too.
CASES = [
    case("ok", {"type": "application/rss+xml", "body": OK}, "control", A, contain=["MARKER-net"]),
    case("304", {"status": 304}, "not modified: stored items are used", A),
    case("301-permanent", {"status": 301, "headers": {"Location": "/ok"}}, "moved: followed, new address suggested", W, ["W_FEED_MOVED"], contain=["MARKER-net"]),
    case("302-loop", {"status": 302, "headers": {"Location": "/302-loop"}}, "redirect loop", R, [F]),
    case("302-to-file", {"status": 302, "headers": {"Location": "file:///etc/passwd"}}, "redirect to a file", R, ["E_FETCH_REFUSED"], absent=["root:x:0:0"]),
    case("302-to-metadata", {"status": 302, "headers": {"Location": "http://169.254.169.254/latest/"}}, "redirect to an internal address", R, ["E_FETCH_REFUSED"]),
    case("302-to-secret", {"status": 302, "headers": {"Location": "http://127.0.0.1:{port}/secret"}}, "redirect to loopback", R, ["E_FETCH_REFUSED"]),
    case("302-chain-30", {"status": 302, "chain": 30}, "long chain", R, [F]),
    case("302-bomb", {"status": 302, "headers": {"Location": "/ok", "Content-Encoding": "gzip"}, "bomb": "gzip", "mb": 200}, "bomb in the body of a redirect", A, contain=["MARKER-net"]),
    case("401", {"status": 401}, "login needed", R, [F]),
    case("403", {"status": 403}, "refused", R, [F]),
    case("404", {"status": 404}, "not found", R, [F]),
    case("410", {"status": 410}, "gone: source marked dead, not asked again", R, ["E_FETCH_GONE"]),
    case("429", {"status": 429, "headers": {"Retry-After": "120"}}, "too many requests: waits that long at least", R, ["E_FETCH_LATER"]),
    case("429-huge", {"status": 429, "headers": {"Retry-After": "99999999999999999999"}}, "absurd Retry-After is capped", R, ["E_FETCH_LATER"]),
    case("500", {"status": 500}, "server error: stored items are used", R, [F]),
    case("503-date", {"status": 503, "headers": {"Retry-After": "Sun, 22 Nov 2026 12:00:00 GMT"}}, "Retry-After as a date", R, ["E_FETCH_LATER"]),
    case("999", {"status": 999}, "unknown status", R, [F]),
    case("204", {"status": 204}, "no content", R, [F, "E_EMPTY"]),
    case("slow-headers", {"mode": "slow-headers", "bps": 8}, "slow-loris in the headers", R, ["E_FETCH_TIMEOUT"]),
    case("slow-body", {"mode": "slow-body", "bps": 8}, "slow-loris in the body: total time limit, not per read", R, ["E_FETCH_TIMEOUT"]),
    case("silent", {"mode": "silent"}, "accepts and says nothing", R, ["E_FETCH_TIMEOUT"]),
    case("infinite-body", {"mode": "infinite"}, "endless body", R, ["E_TOO_LARGE"]),
    case("infinite-chunks", {"mode": "infinite-chunked"}, "endless chunks", R, ["E_TOO_LARGE"]),
    case("length-too-long", {"mode": "short", "body": OK}, "connection closed before Content-Length", R, ["E_FETCH_CUT"]),
    case("reset", {"mode": "reset"}, "connection reset", R, [F]),
    case("gzip-bomb", {"headers": {"Content-Encoding": "gzip"}, "bomb": "gzip", "mb": 1000}, "1 GB in 1 MB", R, ["E_TOO_LARGE"]),
    case("deflate-bomb", {"headers": {"Content-Encoding": "deflate"}, "bomb": "deflate", "mb": 1000}, "deflate bomb", R, ["E_TOO_LARGE"]),
    case("encoding-chain", {"headers": {"Content-Encoding": ", ".join(["gzip"] * 20)}, "body": OK}, "20 layers of compression", R, [F, "E_TOO_LARGE"]),
    case("encoding-lie", {"headers": {"Content-Encoding": "gzip"}, "body": OK}, "says gzip, is not", R, [F]),
    case("header-flood", {"mode": "header-flood", "count": 100000}, "100,000 headers", R, [F]),
    case("header-huge", {"mode": "header-huge", "kb": 4096}, "4 MB header line", R, [F]),
    case("bad-chunk", {"mode": "bad-chunk"}, "broken chunk sizes", R, [F]),
    case("http09", {"mode": "raw", "raw": "garbage without a status line\r\n" * 50}, "not HTTP", R, [F]),
    case("type-wrong", {"type": "image/png", "body": OK}, "feed with a wrong type (common)", W, ["W_TYPE_MISMATCH"], contain=["MARKER-net"]),
    case("login-page", {"type": "text/html", "body": LOGIN}, "captive portal", R, ["E_NOT_A_FEED"]),
    case("disposition", {"headers": {"Content-Disposition": 'attachment; filename="../../pwned.txt"'}, "body": PARA}, "file name from the server", A, kind="page", contain=["The council met"]),
    case("etag-evil", {"type": "application/rss+xml", "headers": {"ETag": "x" * 60000}, "body": OK}, "huge ETag is not stored", W, ["W_FIELD_TRUNCATED"], contain=["MARKER-net"]),
    case("cookie-flood", {"type": "application/rss+xml", "headers": {"Set-Cookie": "a=" + "x" * 4000}, "body": OK}, "cookies are not kept", A, contain=["MARKER-net"]),
    case("flapping", {"mode": "flap", "fail": 2, "type": "application/rss+xml", "body": OK}, "fails twice, then works: retried with back-off", A, contain=["MARKER-net"]),
    # Of our own finding.
    case("100-for-ever", {"mode": "one-hundred"}, "interim answers without end", R, ["E_FETCH_TIMEOUT"]),
    case("redirect-to-port-25", {"status": 302, "headers": {"Location": "http://mail.example:25/"}}, "redirect to another service's port", R, ["E_FETCH_REFUSED"]),
    case("redirect-with-password", {"status": 302, "headers": {"Location": "http://user:word@news.example/ok"}}, "redirect that logs in", R, ["E_FETCH_REFUSED"]),
    case("redirect-to-nothing", {"status": 302}, "redirect without a place", R, [F]),
    case("redirect-to-garbage", {"status": 302, "headers": {"Location": "http://[::bad/"}}, "redirect to what is no address", R, ["E_FETCH_REFUSED"]),
]

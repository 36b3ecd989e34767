"""What mutation starts from: the project's own samples, and the inputs that were once a finding."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from briefing.outputs.issue import issue_bytes
from briefing.settings import default_file
from briefing.stages.sheet import write_sheet
from briefing.stages.themes.defaults import DEFAULT_THEMES_TEXT
from tests.editions import EDITIONS
from tests.paths import ROOT, SEEDS

KEPT = Path(__file__).parent / "kept"
_MANY = 24

_MAIL = b"""From: Desk <desk@example.org>
Subject: =?utf-8?q?Talks_on_sanctions?=
Message-ID: <a@b.example>
Date: Tue, 1 Feb 2022 08:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="x"

--x
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Ministers met on Monday. They agreed on little, the ministry said.
--x
Content-Type: text/html

<p>Ministers met on <b>Monday</b>.</p>
--x--
"""
_THEMES = (
    b"strong: sanction*\nweak: bank*\npairs: export + ban\nexclusions: sanctioned by the church\n"
    b"groups: states = Norvane, Tarn\nweights: sanction* = xx\nstrong: <states> * bank\nagainst: =match\n\n"
    b"Norvane imposed sanctions on the central bank. The export ban follows. The match was called off.\n"
)
_JSON_FEED = (
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "A", "home_page_url": "https://a.example/",'
    b' "items": [{"id": "1", "url": "https://a.example/1", "title": "T", "content_html": "<p>Ministers met.</p>",'
    b' "date_published": "2022-02-01T08:00:00Z", "authors": [{"name": "B"}]}]}'
)
_LINES = b'{"title": "T", "text": "Ministers met on Monday.", "url": "https://a.example/1", "date": "2022-02-01"}\n'
_OPML = b'<opml version="2.0"><body><outline type="rss" xmlUrl="https://a.example/feed"/></body></opml>'
_ATOM = (
    b'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>1</id>'
    b'<title type="html">&lt;b>T&lt;/b></title><link href="https://a.example/1"/><updated>2022-02-01T08:00:00Z</updated>'
    b"<content type=\"xhtml\"><div xmlns='http://www.w3.org/1999/xhtml'><p>Ministers met.</p></div></content></entry>"
    b"</feed>"
)
_SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://news.example/a</loc>'
    b"<lastmod>2022-02-01</lastmod></url></urlset>"
)
_ROBOTS = b"User-agent: *\nDisallow: /a*b$\nAllow: /a\nCrawl-delay: 2.5\nSitemap: https://news.example/s.xml\n"
_RU = "В понедельник министры встретились. «Мы договорились», — сказал г-н Иванов. 1 февр. 2022 г. №5.".encode()


def starts(target: str) -> tuple[bytes, ...]:
    """Return the first inputs of a target, in a fixed order: samples, then what was kept."""
    kept = tuple(path.read_bytes() for path in sorted((KEPT / target).glob("*")))
    return (*_SAMPLES[target](), *kept)


def _files(pattern: str, choice: int = 0, longest: int = 8_192) -> Iterator[bytes]:
    files = [*sorted((SEEDS).glob(f"**/{pattern}")), *sorted((ROOT / "tests" / "pages").glob(pattern))]
    for path in files[:_MANY]:
        yield bytes([choice]) + path.read_bytes()[:longest]


def _texts() -> list[bytes]:
    return [*_files("*.txt"), b"\x05" + _RU]


def _drawn(choices: int) -> list[bytes]:
    """Bytes that are read as decisions."""
    draw = random.Random(20220201)
    return [bytes([2 * n]) + draw.randbytes(40) for n in range(choices)]


def _settings() -> list[bytes]:
    whole = default_file(DEFAULT_THEMES_TEXT)
    active = "\n".join(line.removeprefix("# ") for line in whole.split("\n") if "=" in line or line.startswith("["))
    tables = [f"[{part}" for part in active.split("\n[")]
    return [b"\x00" + text.encode() for text in (whole[:8_000], *tables[:_MANY])]


def _issues() -> list[bytes]:
    small = sorted((issue_bytes(make()) for make in EDITIONS.values()), key=len)[:2]
    return [*_drawn(8), *(b"\x01" + data for data in small)]


def _sheets() -> list[bytes]:
    return [*_drawn(8), b"\x01" + write_sheet(EDITIONS["ordinary"]()).encode()]


_SAMPLES = {
    "clean": _texts,
    "sentences": _texts,
    "analysis": _texts,
    "settings": _settings,
    "feeds": lambda: [
        *_files("*.xml"),
        b"\x00" + _ATOM,
        b"\x03" + _JSON_FEED,
        b"\x04" + _LINES * 3,
        b"\x05" + _OPML,
    ],
    "issue": _issues,
    "themes": lambda: [b"\x00" + _THEMES, b"\x01" + _THEMES + _RU],
    "sheet": _sheets,
    "mail": lambda: [b"\x00" + _MAIL, b"\x00" + _MAIL * 2],
    "pages": lambda: list(_files("*.html")),
    "listings": lambda: [b"\x00" + _SITEMAP, b"\x00" + _ROBOTS],
}

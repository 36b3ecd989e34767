"""Give each hostile input to what reads answers of servers and mail: ``python -m tests.hostile.collected OUT``."""

import json
import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from briefing.errors import ArticleError
from briefing.sources.mailbox import MAX_MESSAGE, read_mailbox
from briefing.sources.opened import Opened
from briefing.sources.web.listing import article_links, offered_feed
from briefing.sources.web.robots import read_rules
from briefing.sources.web.sitemap import read_sitemap

HOME = "http://news.example/"
READERS = {
    "links": lambda blob: article_links(Opened("x", ".html", blob), HOME),
    "offered": lambda blob: offered_feed(Opened("x", ".html", blob), HOME),
    "sitemap": lambda blob: read_sitemap(Opened("x", ".xml", blob)),
    "robots": lambda blob: read_rules(blob).allows(HOME + "a" * 1900),
    "mail": lambda blob: _mail(blob),
    "mail, plain": lambda blob: _mail(b"From: a <a@b.example>\n\n" + blob),
    "mail, html": lambda blob: _mail(b"From: a <a@b.example>\nContent-Type: text/html\n\n" + blob),
    "mail, headers": lambda blob: _mail(b"\n".join(name + blob[:200_000].replace(b"\n", b" ") for name in _HEADERS)),
}
_HEADERS = (b"From: ", b"Subject: ", b"Message-ID: ", b"Date: ", b"Content-Type: ", b"\n")


def _mail(blob):
    with open("mail/new/message", "wb") as file:
        file.write(blob[:MAX_MESSAGE])
    return read_mailbox(Path("mail"), most=9)


def main():
    inputs = os.path.join(os.path.abspath(sys.argv[1]), "inputs")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        print(json.dumps(worst_of(inputs)))


def worst_of(inputs):
    """Return for each reader the most seconds that an input took, and which."""
    os.makedirs("mail/new", exist_ok=True)
    os.makedirs("mail/cur", exist_ok=True)
    worst = {reader: [0.0, ""] for reader in READERS}
    for kind in ("text", "redos", "html", "feeds", "titles"):
        for name in sorted(os.listdir(os.path.join(inputs, kind))):
            with open(os.path.join(inputs, kind, name), "rb") as file:
                blob = file.read(MAX_MESSAGE)
            for reader, read in READERS.items():
                started = time.process_time()
                with suppress(ArticleError):  # refused, as it should be
                    read(blob)
                worst[reader] = max(worst[reader], [time.process_time() - started, f"{kind}/{name}"])
    return worst


if __name__ == "__main__":
    main()

"""Writes the hostile inputs into a folder: standard library only, the same bytes every time.

    python -m tests.hostile OUT [--no-big]

``OUT/inputs`` is what a build is given, ``OUT/secrets`` what it must never show, ``OUT/manifest.json`` names each
case: its path in ``inputs``, its threat, the outcome and the codes of which any is right, text that must come
through, strings that must not, seconds and MiB. Run whatever reads ``inputs`` without a network: they name
addresses that nothing may ever contact. Never commit the folder: it holds device links, pipes and bombs.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import stat

OUTCOMES = ACCEPT, WARN, REJECT = ("accept", "accept-with-warning", "reject-with-error")
CANARY = "CANARY-9f3b1c-DO-NOT-LEAK"  # in secrets/canary.txt
MARK = "MARKER-%s"  # text that must survive
LIMITS = {"seconds": 10, "rss_mib": 512}  # of one input, unless its case says otherwise
PARA = (
    "The council met on Tuesday to discuss the new bridge. Officials said the work would begin in spring. "
    "Residents asked about traffic and noise. The mayor promised a public hearing before any vote. "
)


class Corpus:
    """The folder being written and the cases in it."""

    def __init__(self, out, *, big=True):
        self.out, self.big, self.cases, self.rng = out, big, [], random.Random(20261122)
        self.folder = os.path.join(out, "inputs")

    def path(self, rel):
        place = os.path.join(self.folder, rel)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        return place

    def note(
        self, rel, threat, expect, codes=(), contain=(), absent=(), inert=False, limits=None, skip_if=None, ref=None
    ):
        assert expect in OUTCOMES, expect
        assert expect == ACCEPT or codes, rel + ": a warning or reject needs a code"
        case = {
            "path": rel,
            "kind": rel.split("/")[0],
            "threat": threat,
            "expect": expect,
            "codes": list(codes),
            "must_contain": list(contain),
            "must_not_contain": [*absent, CANARY],
            "must_be_inert": inert,
            "limits": {**LIMITS, **(limits or {})},
        }
        self.cases.append(case | ({"skip_if": skip_if} if skip_if else {}) | ({"ref": ref} if ref else {}))

    def add(self, rel, data, threat, expect, codes=(), **more):
        with open(self.path(rel), "wb") as file:
            file.write(data.encode("utf-8") if isinstance(data, str) else data)
        self.note(rel, threat, expect, codes, **more)


def article(body, title="A plain title", head=""):
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}</head><body><article>"
        f"<h1>{title}</h1>{body}</article></body></html>"
    )


def prose(n=4):
    return f"<p>{PARA}</p>" * n


def rss(items, title="Feed", head='<?xml version="1.0" encoding="utf-8"?>', extra=""):
    return (
        f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><link>https://news.example/</link><description>d</description>{extra}{items}"
        "</channel></rss>"
    )


def item(
    title="Item",
    desc=PARA,
    link="https://news.example/a",
    extra="",
    guid=None,
    date="Sat, 21 Nov 2026 08:00:00 GMT",
):
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>{guid or link}</guid><pubDate>{date}</pubDate>"
        f"<description>{desc}</description>{extra}</item>"
    )


def generate(out, groups, *, big=True):
    """Write every case of the groups under ``out`` and return the manifest, which is written beside them."""
    if os.path.exists(out):
        for root, folders, _ in os.walk(out):
            for folder in folders:
                if not os.path.islink(os.path.join(root, folder)):
                    os.chmod(os.path.join(root, folder), 0o755)
        shutil.rmtree(out)
    corpus = Corpus(out, big=big)
    os.makedirs(os.path.join(out, "secrets"))
    with open(os.path.join(out, "secrets", "canary.txt"), "w", encoding="utf-8") as file:
        file.write(CANARY + "\n")
    for group in groups:
        group(corpus)
    for case in corpus.cases:
        case.update(_measured(os.path.join(corpus.folder, case["path"])))
    counts = {outcome: sum(case["expect"] == outcome for case in corpus.cases) for outcome in OUTCOMES}
    manifest = {"canary": CANARY, "counts": counts, "cases": corpus.cases}
    with open(os.path.join(out, "manifest.json"), "w", encoding="utf-8") as file:
        json.dump(manifest, file, indent=1)
    return manifest


def _measured(place):
    try:
        status = os.lstat(place)
        if not stat.S_ISREG(status.st_mode) or status.st_size >= 1 << 30:
            return {}
        with open(place, "rb") as file:
            return {"bytes": status.st_size, "sha256": hashlib.sha256(file.read()).hexdigest()}
    except OSError:
        return {}

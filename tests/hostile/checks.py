"""Whether a build answered the hostile inputs as it must, and whether anything of them leaked into an output."""

from __future__ import annotations

import html.parser
import os
import re
import zlib

from tests.hostile.corpus import ACCEPT, CANARY, REJECT

#: In no output, whatever was fed in; a PDF may carry one attachment, the issue file, taken out before.
NEEDLES = (
    CANARY.encode(),
    b"root:x:0:0",
    b"/EmbeddedFile",
    b"/FileAttachment",
    b"/JavaScript",
    b"/Launch",
    b"\nBcc: v@evil",
)


def wrong(manifest, answers, *, root):
    """Return a line per case whose answer is not the expected one.

    Args:
        manifest: As `generate` returns it.
        answers: By path: ``outcome``, ``codes`` and ``message``, as a build's report has them.
        root: Whether permissions did not hold, and their cases mean nothing.
    """
    found = []
    for case in manifest["cases"]:
        if case.get("skip_if") == "root" and root:
            continue
        why = _why_wrong(case, answers.get(case["path"]))
        if why:
            found.append(f"{_plain(case['path'])}: {why}")
    return found


def _why_wrong(case, answer):
    if answer is None:
        return "not in the report: lost in silence"
    if answer["outcome"] != case["expect"]:
        return f"{answer['outcome']} {sorted(answer['codes'])}, expected {case['expect']} {case['codes']}"
    if case["expect"] != ACCEPT and not set(case["codes"]) & set(answer["codes"]):
        return f"codes {sorted(answer['codes'])}, expected one of {case['codes']}"
    if case["expect"] == REJECT and _plain(os.path.basename(case["path"]))[:20] not in _plain(answer["message"]):
        return f"the message does not name the file: {answer['message']}"
    return ""


def _plain(text):
    return text.encode("ascii", "backslashreplace").decode()


def leaks(path):
    """Return what of an output no output may have: secrets, attachments, scripts, anything that acts or fetches."""
    text = text_of(path)
    found = [needle.decode() for needle in NEEDLES if needle in text]
    return found if text.startswith(b"%PDF") else found + active_content(text.decode("utf-8", "replace"))


def text_of(path):
    """Return all bytes of an output, and of a PDF every compressed stream too."""
    with open(path, "rb") as file:
        blob = file.read()
    parts = [blob]
    if blob.startswith(b"%PDF"):
        for stream in re.finditer(rb"stream\r?\n(.*?)endstream", blob, re.DOTALL):
            try:
                parts.append(zlib.decompressobj().decompress(stream[1], 50_000_000))
            except zlib.error:
                continue
    return b"\n".join(parts)


def active_content(text):
    """Return the tags and attributes of a page that act or fetch.

    A parser judges, not a regular expression: a quoted attribute may hold ``onerror=`` as harmless text.
    """
    parser = _Active()
    parser.feed(text)
    parser.close()
    return parser.found


class _Active(html.parser.HTMLParser):
    tags = frozenset(
        "script iframe object embed applet base form frame frameset input button svg math".split()  # noqa: SIM905
    )
    addresses = frozenset(
        "href src srcset action formaction background poster data xlink:href ping".split()  # noqa: SIM905
    )
    schemes = re.compile(r"(javascript|vbscript|file|data:(?!image/(png|jpeg|gif|webp)))", re.IGNORECASE)
    styles = re.compile(r"url\(|expression|position\s*:\s*fixed|@import", re.IGNORECASE)

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag in self.tags or (tag == "meta" and given.get("http-equiv", "").lower() == "refresh"):
            self.found.append(f"<{tag}>")
        if "attachment" in given.get("rel", "").lower():
            self.found.append(f"<{tag} rel=attachment>")
        for name, value in given.items():
            if name.startswith("on") or name in {"srcdoc", "ping"}:
                self.found.append(f"{name}=")
            if name in self.addresses and self.schemes.match(re.sub(r"[\x00-\x20]", "", value)):
                self.found.append(f"{name}={value[:40]}")
            if name == "style" and self.styles.search(value):
                self.found.append(f"style={value[:40]}")

"""Whether a build answered the hostile inputs as it must, and whether anything of them leaked into an output."""

from __future__ import annotations

import email
import email.policy
import hashlib
import html.parser
import io
import json
import os
import re
import zipfile
import zlib

import pikepdf

from tests.hostile.corpus import ACCEPT, CANARY, REJECT
from tests.paths import ROOT

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

#: The script of the archive's page: its search. Any other script is a leak.
OUR_SCRIPTS = frozenset(hashlib.sha256(path.read_bytes()).digest() for path in (ROOT / "templates").glob("*.js.j2"))


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
    """Return what of an output no output may have: secrets, attachments, scripts, anything that acts or fetches.

    Ours, and allowed: the issue file in a PDF, byte for byte the one the PDF was made from; charts drawn as SVG without
    anything that acts or leads away; the script of the archive's page, by its hash.
    """
    with open(path, "rb") as file:
        blob = file.read()
    return _leaks_of(os.path.splitext(path)[1], blob)


def _leaks_of(suffix, blob):
    if suffix == ".pdf":
        return _leaks_of_pdf(blob)
    if suffix == ".docx":
        return _leaks_of_docx(blob)
    if suffix == ".epub":
        return _leaks_of_epub(blob)
    if suffix == ".eml":
        return _leaks_of_mail(blob)
    found = [needle.decode() for needle in NEEDLES if needle in blob]
    text = blob.decode("utf-8", "replace")
    if suffix == ".js":
        return found + ([] if _is_called_data(text) else ["a script that is more than one call with data"])
    if suffix == ".md":
        text = re.sub(r"\\[<>]", "", text)  # the one way to write these characters that is no markup
    return found if suffix == ".json" else found + active_content(text)  # JSON is data: nothing in it is markup


def _is_called_data(text):
    """Return whether a script is a month of the archive's search: one call of our function, with JSON and nothing else.

    JSON is data for JavaScript too, but for two line separators, and for what would end or comment a script in HTML.
    """
    call = re.fullmatch(r"briefingMonth\((\[.*\])\)", text.strip().removesuffix(";"), re.DOTALL)
    if call is None or re.search("[\u2028\u2029<]", call[1]):
        return False
    try:
        return all(isinstance(edition["day"], str) for edition in json.loads(call[1]))
    except (ValueError, KeyError, TypeError):
        return False


def _leaks_of_pdf(blob):
    """Return what is left in a PDF once its one attachment, an issue file, is taken out."""
    with pikepdf.open(io.BytesIO(blob)) as pdf:
        names = list(pdf.attachments)
        found = [] if len(names) == 1 else [f"attachments: {names}"]
        for name in names:
            data = pdf.attachments[name].get_file().read_bytes()
            found += [] if name.endswith(".json") and "ledger" in json.loads(data) else [f"attachment {name}"]
            found += [needle.decode() for needle in NEEDLES[:2] if needle in data]
            del pdf.attachments[name]
        for holder, key in ((pdf.Root, "/AF"), (pdf.Root.get("/Names", {}), "/EmbeddedFiles")):
            if key in holder:
                del holder[key]
        rest = io.BytesIO()
        pdf.save(rest)
    text = _with_streams(rest.getvalue())
    return found + [needle.decode() for needle in NEEDLES if needle in text]


def _leaks_of_docx(blob):
    """Return what of a document's parts may not be: secrets, macros, objects, links to anything but the web."""
    found = []
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        for name in package.namelist():
            data = package.read(name)
            found += [needle.decode() for needle in NEEDLES if needle in data]
            found += [name] if re.search(r"vba|embeddings|activeX", name) else []
            if name.endswith(".rels"):
                outside = re.findall(rb'Target="([^"]*)"[^>]*TargetMode="External"', data)
                outside += re.findall(rb'TargetMode="External"[^>]*Target="([^"]*)"', data)
                found += [target.decode() for target in outside if not target.startswith((b"http://", b"https://"))]
    return found


def _leaks_of_epub(blob):
    """Return what of a book's parts may not be: its pages are held to what a web page is."""
    found = []
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        for name in package.namelist():
            suffix = {".xhtml": ".html", ".html": ".html"}.get(os.path.splitext(name)[1], ".json")
            found += [f"{name}: {what}" for what in _leaks_of(suffix, package.read(name))]
    return found


def _leaks_of_mail(blob):
    """Return what of a message's parts may not be, and headers that smell of an injection."""
    message = email.message_from_bytes(blob, policy=email.policy.default)
    found = [name for name in message if name.lower() in ("bcc", "cc", "resent-to")]
    found += [needle.decode() for needle in NEEDLES if needle in blob]
    for part in message.walk():
        if not part.is_multipart():
            suffix = {"text/html": ".html", "application/pdf": ".pdf"}.get(part.get_content_type(), ".json")
            found += _leaks_of(suffix, part.get_payload(decode=True))
    return found


def text_of(path):
    """Return all bytes of an output, and of a PDF every compressed stream too."""
    with open(path, "rb") as file:
        return _with_streams(file.read())


def _with_streams(blob):
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

    drawn = frozenset("svg g title desc rect line path circle text tspan".split())  # noqa: SIM905  what a chart is made of

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.in_chart = self.in_script = False

    def _is_ours(self, tag, given):
        """Tell whether a tag that is on the list is one the program itself writes."""
        if tag == "svg":
            self.in_chart = (given.get("class"), given.get("role")) == ("chart", "img")
            return self.in_chart
        if tag == "script":
            self.in_script = given.get("type") != "application/json"  # judged by its text; data is never run
            return "src" not in given
        return tag == "input" and (given.get("type"), given.get("id")) == ("search", "query")

    def handle_data(self, data):
        if self.in_script and hashlib.sha256(data.encode()).digest() not in OUR_SCRIPTS:
            self.found.append("<script>")
        self.in_script = False

    def handle_endtag(self, tag):
        self.in_chart = self.in_chart and tag != "svg"
        self.in_script = False

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if self.in_chart and (tag not in self.drawn or "href" in given or "xlink:href" in given):
            self.found.append(f"<{tag}> in a chart")
        refreshes = tag == "meta" and given.get("http-equiv", "").lower() == "refresh"
        if refreshes or (tag in self.tags and not self._is_ours(tag, given)):
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

"""Sanitises the XML of a feed: no document type, no entities, bounded depth and size."""

from __future__ import annotations

import html.entities
import re
from collections import Counter

from briefing.errors import ArticleError
from briefing.model import Note
from briefing.sources.character_references import unescape, valid_in_xml
from briefing.sources.markup import MAX_ATTRIBUTES, MarkupToken, Tokens, attributes
from briefing.sources.opened import Opened

MAX_DEPTH = 100
MAX_ITEMS = 2_000
MAX_ELEMENTS = 100_000  # tags of the items that are read; feedparser takes 6 s for as many
MAX_FEED = 10 * 1024 * 1024  # bytes; a feed of 50 full articles has 0.5 MiB
MAX_FIELD = 1_000_000  # characters of one field
#: Fields that are a few words, in characters: feedparser's expressions for e-mail addresses and dates are not linear.
SHORT_FIELDS = {
    **dict.fromkeys(("author", "managingeditor", "webmaster", "dc:creator", "dc:publisher", "name", "email"), 300),
    **dict.fromkeys(
        ("pubdate", "published", "updated", "dc:date", "lastbuilddate", "issued", "modified", "created"), 120
    ),
    **dict.fromkeys(("link", "guid", "id", "uri", "url", "comments"), 2_000),
    "title": 10_000,
}
#: The one document type real feeds still carry; it declares no entity and is never fetched.
_OLD_RSS = "-//netscape communications//dtd rss 0.91//en"
_ROOTS = ("rss", "feed", "rdf:rdf", "opml")
_ROOT = re.compile(r"<(rss|feed|rdf:rdf|opml)(?=[\s/>])|<\w+:(feed)(?=[\s/>])", re.IGNORECASE)
_ITEM = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_REFERENCE = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)([A-Za-z][A-Za-z0-9]{1,31};)?")
_DECLARED = re.compile(r"<!ENTITY", re.IGNORECASE)
_CHARACTER = re.compile(
    r"""<!ENTITY\s{1,20}([A-Za-z]\w{0,31})\s{1,20}["'](&#[0-9]{1,7};|&#[xX][0-9a-fA-F]{1,6};|[^<&%"'])["']\s{0,20}>"""
)
_ELSEWHERE = re.compile(r"<!DOCTYPE[^\[>]*\b(?:SYSTEM|PUBLIC)\b", re.IGNORECASE)
_BLANK = re.compile(r"\s{1000,}")


class Guarded:
    """A feed's sanitised XML: ``kind`` is its root's name, ``notes`` what was changed."""

    def __init__(self, file: Opened, text: str) -> None:
        self.file = file
        self.notes: list[Note] = []
        self.malformed: list[str] = []
        self.characters: dict[str, str] = {}  # entities the feed declares, each a single character
        root = self._root(text)
        text = self._without_forbidden(self._prologue(text, root) + text[root:])
        start = _ROOT.search(text)
        self.kind = (start[1] or start[2]).lower() if start else ""
        self.xml = _AMPERSAND.sub(self._reference, self._bounded(text)) if start else ""
        self._strictly()
        if self.malformed:
            reasons = "; ".join(dict.fromkeys(self.malformed))
            self.notes.append(file.note("W_FEED_MALFORMED", f"its XML is not as it should be ({reasons})."))

    def _root(self, text: str) -> int:
        found = _ROOT.search(text)
        html_first = re.search(r"<(?:!doctype\s+)?html[\s>]", text[: found.start() if found else 20_000], re.IGNORECASE)
        if not found or html_first:
            raise ArticleError(
                f"{self.file.shown} is not a feed: it is {'a web page' if html_first else 'no RSS, Atom or OPML'}.",
                "Save the feed itself; a page belongs in an .html file.",
                code="E_NOT_A_FEED",
            )
        return found.start()

    def _prologue(self, text: str, root: int) -> str:
        """Drop what stands before the root, and refuse a document type or entities there."""
        before = text[:root]
        lower = before.lower()
        if "<!entity" in lower and not self._declares_characters(before):
            raise ArticleError(
                f"{self.file.shown} declares XML entities, which can read files and grow without end.",
                "Remove the file, or ask its publisher for a feed without them.",
                code="E_XML_ENTITIES",
            )
        if "<!doctype" in lower:
            if not self.characters and ("[" in lower[lower.index("<!doctype") :] or _OLD_RSS not in lower):
                raise ArticleError(
                    f"{self.file.shown} has a document type that points elsewhere.",
                    "Remove the file, or its <!DOCTYPE …> line.",
                    code="E_XML_DTD",
                )
            self.notes.append(self.file.note("W_DTD_IGNORED", "its document type was not fetched and not read."))
        if _BLANK.search(before):
            message = "white space before the feed was passed over."
            self.notes.append(self.file.note("W_WHITESPACE_COLLAPSED", message))
        first = before.find("<?xml")
        junk = before[:first] if first >= 0 else re.sub(r"<\?[^>]*>|<!--.*?-->|<!doctype[^>]*>", "", lower, flags=re.S)
        if junk.strip("\ufeff \t\r\n"):
            self.malformed.append("something stands before the feed")
        return ""

    def _declares_characters(self, before: str) -> bool:
        """Return whether each entity that is declared is a single character, and keep them; no other is ever read."""
        declared = _CHARACTER.findall(before)
        if len(declared) != len(_DECLARED.findall(before)) or _ELSEWHERE.search(before):
            return False
        self.characters = {f"{name};": unescape(value) for name, value in declared}
        return all(len(value) == 1 and value not in "<&" for value in self.characters.values())

    def _without_forbidden(self, text: str) -> str:
        text, characters = _FORBIDDEN.subn("", text)
        text, references = _FORBIDDEN_REFERENCE.subn("", text)
        text, meaningless = valid_in_xml(text)
        if meaningless:
            self.malformed.append("references to characters that do not exist")
        if characters + references:
            message = f"{characters + references} control characters were left out."
            self.notes.append(self.file.note("W_CONTROL_REMOVED", message))
        return text

    def _reference(self, found: re.Match[str]) -> str:
        """Return the replacement of a bare ampersand or an undeclared entity."""
        self.malformed.append("entities that XML does not know")
        name = found[1]
        if name is None:
            return "&amp;"
        character = self.characters.get(name) or html.entities.html5.get(name)
        return character if character and character not in "<&" else f"&amp;{name}"

    def _bounded(self, text: str) -> str:
        return _Bounds(self, text).run()

    def _strictly(self) -> None:
        """Note the errors of a strict parser without network, entities or document types."""
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            recover=False,
        )
        try:
            etree.fromstring(self.xml.encode("utf-8"), parser)
        except etree.XMLSyntaxError as error:
            self.malformed.append(f"line {error.lineno or 1}")


class _Bounds:
    """Copies a feed token by token: refuses too much depth or too many attributes, truncates items and fields."""

    def __init__(self, guarded: Guarded, text: str) -> None:
        self.guarded = guarded
        self.text = text
        self.out: list[str] = []
        self.open: list[str] = []
        self.used: list[int] = []  # characters of text in each open element
        self.items = self.elements = 0
        self.truncated: Counter[str] = Counter()
        self.written: list[str] = []  # names of the open elements, as written

    def run(self) -> str:
        file = self.guarded.file
        for token in Tokens(self.text):
            self._take(token)
            if self.items > MAX_ITEMS:
                more = len(_ITEM.findall(self.text, token.end))
                message = f"{self.items + more:,} items; the first {MAX_ITEMS:,} were read. Split it."
                self.guarded.notes.append(file.note("W_ITEMS_CAPPED", message))
                self.out.extend(f"</{name}>" for name in reversed(self.written[: len(self.open) - 1]))
                break
        if self.truncated:
            message = f"fields too long were cut: {', '.join(sorted(self.truncated))}."
            self.guarded.notes.append(file.note("W_FIELD_TRUNCATED", message))
        return "".join(self.out)

    def _take(self, token: MarkupToken) -> None:
        if token.name.startswith("xi:"):
            return  # nothing is ever included
        written = self.text[token.start : token.end]
        if token.kind == "start":
            self._start(token, written)
        elif token.kind == "end":
            self._end(token.name, written)
        elif token.kind in {"text", "cdata"}:
            self._content(token.kind, written)
        # Comments, instructions and declarations are nobody's news.

    def _start(self, token: MarkupToken, written: str) -> None:
        if token.attributes.count("=") > MAX_ATTRIBUTES and len(attributes(token)) >= MAX_ATTRIBUTES:
            raise self._limits(f"an element with more than {MAX_ATTRIBUTES} attributes")
        if len(self.open) >= MAX_DEPTH:
            raise self._limits(f"elements more than {MAX_DEPTH} deep")
        if token.name in {"item", "entry"} and not {"item", "entry"} & set(self.open):
            self.items += 1
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise self._limits(f"more than {MAX_ELEMENTS:,} elements")
        if self.items <= MAX_ITEMS:
            self.out.append(written)
        if not written.endswith("/>"):
            self.open.append(token.name)
            self.written[len(self.open) - 1 :] = [written[1 : 1 + len(token.name)]]
            self.used.append(0)

    def _end(self, name: str, written: str) -> None:
        self.out.append(written)
        if name in self.open[-8:]:
            while self.open.pop() != name:
                self.used.pop()
            self.used.pop()

    def _content(self, kind: str, written: str) -> None:
        if kind == "text" and "<" in written:
            self.guarded.malformed.append("brackets that are no tags")
            written = written.replace("<", "&lt;")
        name = self.open[-1] if self.open else ""
        limit = SHORT_FIELDS.get(name, MAX_FIELD)
        left = limit - self.used[-1] if self.used else MAX_FIELD
        if self.used:
            self.used[-1] += len(written)
        if len(written) > left:
            self.truncated[name] += 1
            cut = max(0, left)
            written = f"{written[:cut]}]]>" if kind == "cdata" and cut > 9 else written[:cut] if kind == "text" else ""
            written = re.sub(r"&[^;\s]{0,40}$", "", written)
        self.out.append(written)

    def _limits(self, what: str) -> ArticleError:
        return ArticleError(
            f"{self.guarded.file.shown} is built to exhaust a reader: {what}.", "Remove the file.", code="E_XML_LIMITS"
        )

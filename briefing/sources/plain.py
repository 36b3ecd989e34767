"""Sanitises a page's HTML: bounded, without scripts, frames or hidden parts, and with a list of what was removed."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from briefing.model import Note
from briefing.sources.character_references import unescape
from briefing.sources.hidden import hides
from briefing.sources.markup import MAX_ATTRIBUTES, MarkupToken, Tokens, attributes, names
from briefing.sources.opened import Opened, counted
from briefing.sources.table_layout import is_laid_out_in_tables

MAX_DEPTH = 100  # of open elements; lxml stops at 256
MAX_ELEMENTS = 10_000  # tags that are kept; the text of the rest stays. 20,000 took trafilatura 9 s
MAX_TOKENS = 300_000  # tags and texts that are looked at: some 3 s
MAX_LINKS = 2_000
MAX_URL = 2_000  # characters
MAX_NAMES = 200  # characters of a class or id

_VOID = frozenset({"br", "hr", "meta", "link", "wbr", "title"})
_BLOCKS = names(
    "address article aside blockquote center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_INLINE = names(
    "a abbr b bdi bdo big br cite code del dfn em font i ins kbd mark q s samp small span strong sub sup time tt u"
    " var wbr label"
)
_FRAME = frozenset({"html", "head", "body", "title", "meta", "link"})
_GRID = frozenset({"table", "tbody", "td", "tfoot", "th", "thead", "tr"})
_KEPT = (_BLOCKS | _INLINE | _FRAME) - {"form"}
#: Tags that any article has: their going is not worth a word. Tables lose their cells' grid, so they are not here.
_QUIET = _KEPT - _GRID
#: Content is code or form, never news: all up to the end tag goes.
_RAW = frozenset({"script", "style", "textarea", "iframe", "noembed", "xmp", "template"})
_WHOLE = names("svg math canvas audio video object applet select noscript button dialog datalist map picture")
#: An element whose end tag may be left out, and the tags that imply it.
_IMPLIED = {
    "p": _BLOCKS,
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "th": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "tr": frozenset({"tr", "tbody", "tfoot"}),
}
_ATTRIBUTES = names(
    "class id lang dir href rel itemprop itemtype itemscope datetime property name content role charset pubdate title"
)
_EXPECTED = names("lang dir href class datetime pubdate charset property name content rel title")
_IMAGES = frozenset({"img", "image", "source", "picture"})
_BRACKETS = re.compile(r"<{4,}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):")


@dataclass(slots=True)
class Plain:
    """A sanitised page, and what was removed from it."""

    markup: str = ""
    scripts: list[str] = field(default_factory=list)  # JSON-LD blocks, as written
    removed: Counter[str] = field(default_factory=Counter)  # by tag or kind
    flattened: int = 0  # tags beyond the depth
    links: int = 0  # links beyond their number or length
    controls: int = 0  # characters no text has
    password: bool = False  # a password is asked for
    doctype_entities: bool = False
    cut: bool = False  # it has more tags than are looked at

    def notes(self, file: Opened) -> tuple[Note, ...]:
        """Return a note for each kind of thing that was removed."""
        found = []
        if self.controls:
            message = f"{counted(self.controls, 'control character')} left out."
            found.append(file.note("W_CONTROL_REMOVED", message))
        if self.flattened:
            message = f"{counted(self.flattened, 'tag')} taken flat, nested too deep."
            found.append(file.note("W_DEPTH_FLATTENED", message))
        if self.links:
            message = f"{counted(self.links, 'link')} left out, too many or too long."
            found.append(file.note("W_LINKS_CAPPED", message))
        if self.cut:
            found.append(file.note("W_FIELD_TRUNCATED", f"only its first {MAX_TOKENS:,} tags were read."))
        images = sum(self.removed[name] for name in _IMAGES)
        if images:
            message = f"{counted(images, 'image')} left out; an issue has text only."
            found.append(file.note("W_IMAGE_REFUSED", message))
        if self.doctype_entities:
            found.append(file.note("W_DTD_IGNORED", "its document type declares entities and was not read."))
        if self.removed.keys() - _IMAGES:
            found.append(file.note("W_MARKUP_REMOVED", "only the text was taken; its markup was left out."))
        return tuple(found)


def plain(text: str) -> Plain:
    """Return a page without active, embedded or hidden elements, within the limits above."""
    return _Plainer(text).run()


class _Plainer:
    def __init__(self, text: str) -> None:
        self.page = Plain()
        self.text = _CONTROL.sub("", text)
        self.page.controls = len(text) - len(self.text)
        self.out: list[str] = []
        self.open: list[str] = []
        self.counts: Counter[str] = Counter()
        self.elements = self.links = 0
        self.ends: dict[str, int] = {}
        self.hidden: list[tuple[int, int]] = []  # open elements that hide: their depth, the shortest text they hide
        self.unseen: list[int] = []  # places in `out` of texts that no reader of the page sees
        self.seen = 0  # characters of the other texts
        self.unframed = is_laid_out_in_tables(self.text)

    def run(self) -> Plain:
        stream = Tokens(self.text)
        for number, token in enumerate(stream):
            if number >= MAX_TOKENS:
                self.page.cut = True
                break
            stream.at = max(stream.at, self._take(token))
        self.out.extend(f"</{name}>" for name in reversed(self.open))
        self._leave_out_unseen()
        self.page.markup = "".join(self.out)
        return self.page

    def _leave_out_unseen(self) -> None:
        """Leave out hidden texts, unless they are most of the page: then a script was to show it."""
        if self.unseen and sum(len(self.out[at]) for at in self.unseen) < self.seen:
            self.page.removed["hidden texts"] += len(self.unseen)
            for at in self.unseen:
                self.out[at] = " "

    def _take(self, token: MarkupToken) -> int:
        """Write the kept part of a token; return the offset to skip the text to."""
        if token.kind == "text":
            self._text(self.text[token.start : token.end])
        elif token.kind == "start":
            return self._start(self._unframed(token))
        elif token.kind == "end":
            self._end(self._unframed(token).name)
        elif token.kind == "cdata":
            self.page.removed["CDATA"] += 1
            self._text(self.text[token.start + 9 : token.end].removesuffix("]]>"))
        else:
            self._declaration(token)
        return 0

    def _unframed(self, token: MarkupToken) -> MarkupToken:
        """Return a layout table's cell as a plain block."""
        return replace(token, name="div") if self.unframed and token.name in _GRID else token

    def _declaration(self, token: MarkupToken) -> None:
        written = self.text[token.start : token.end]
        if written[:9].lower() != "<!doctype" or self.open:
            self.page.removed["comments" if token.kind == "comment" else "declarations"] += 1
        if "<!entity" in written.lower():
            self.page.doctype_entities = True

    def _text(self, text: str) -> None:
        shorter = _BRACKETS.sub(" ", text)
        if len(shorter) != len(text):
            self.page.removed["stray brackets"] += 1
        plain_text = unescape(shorter)
        if "&#" in shorter and "\ufffd" in plain_text:
            self.page.controls += plain_text.count("\ufffd")
            plain_text = plain_text.replace("\ufffd", "")
        clean = _CONTROL.sub("", plain_text)
        self.page.controls += len(plain_text) - len(clean)
        if clean.strip() and self.hidden and len(clean.strip()) >= min(shortest for _, shortest in self.hidden):
            self.unseen.append(len(self.out))
        else:
            self.seen += len(clean)
        self.out.append(html.escape(clean, quote=False))

    def _start(self, token: MarkupToken) -> int:
        name, given = token.name, attributes(token)
        if name in _RAW or name in _WHOLE:
            return self._skip(token, given)
        self._remark(token, given)
        if name not in _KEPT:
            self.page.removed[name[:30]] += 1
            self.out.append(" ")
            return 0
        if name in {"html", "body", "head"} and self.counts[name]:
            return 0
        self._close_implied(name)
        if self._is_too_much(name):
            self.out.append(" ")
            return 0
        self.elements += 1
        self.out.append(self._tag(name, given))
        if name == "title" and (end := self._find_end(name, token.end)) >= 0:
            self._text(self.text[token.end : end])  # whatever it looks like, it is text
            self.out.append("</title>")
            return end
        if name not in _VOID:
            self.open.append(name)
            self.counts[name] += 1
            if (shortest := hides(token)) and name not in _FRAME:
                self.hidden.append((len(self.open), shortest))
        return 0

    def _is_too_much(self, name: str) -> bool:
        if len(self.open) >= MAX_DEPTH:
            self.page.flattened += 1
            return True
        if self.elements >= MAX_ELEMENTS:
            self.page.removed["tags beyond the limit"] += 1
            return True
        if name == "a":
            self.links += 1
            self.page.links += self.links > MAX_LINKS
            return self.links > MAX_LINKS
        return False

    def _close_implied(self, name: str) -> None:
        while self.open and name in _IMPLIED.get(self.open[-1], ()):
            self._pop()
        if name == "a" and self.counts["a"]:
            self._end("a")

    def _end(self, name: str) -> None:
        # As browsers do, what follows the page's own end still belongs to it.
        if name in {"body", "html", "title"} or not self.counts[name]:
            return
        while self._pop() != name:
            pass

    def _pop(self) -> str:
        name = self.open.pop()
        if self.hidden and self.hidden[-1][0] > len(self.open):
            self.hidden.pop()
        self.counts[name] -= 1
        self.out.append(f"</{name}>")
        return name

    def _skip(self, token: MarkupToken, given: dict[str, str]) -> int:
        """Return the end of an element that is removed whole; of its tag alone when it is never closed."""
        name = token.name
        end = self._find_end(name, token.end)
        if name == "script" and given.get("type", "").strip().lower() == "application/ld+json":
            if end >= 0:
                self.page.scripts.append(self.text[token.end : end])
            return max(end, 0)
        self.page.removed[name] += 1
        self.out.append(" ")
        if end < 0 and name in {"script", "style"}:
            end = self._find_end("", token.end)
        return max(end, 0)

    def _find_end(self, name: str, at: int) -> int:
        """Return the offset of the end tag of that name, or for no name of the next paragraph; -1 for none."""
        needle = f"</{name}" if name else "<p"
        known = self.ends.get(needle, 0)
        if known < 0 or known >= at:
            return known
        found = re.compile(re.escape(needle), re.IGNORECASE | re.ASCII).search(self.text, at)
        self.ends[needle] = found.start() if found else -1
        return self.ends[needle]

    def _remark(self, token: MarkupToken, given: dict[str, str]) -> None:
        """Count the parts of a tag that are removed."""
        page = self.page
        if token.name == "input" and given.get("type", "").lower() == "password":
            page.password = True
        if "body" in self.open and (unexpected := given.keys() - _EXPECTED):
            page.removed.update(f"attribute {name[:30]}" for name in unexpected if name.isascii())
        if len(given) >= MAX_ATTRIBUTES:
            page.removed["attributes beyond the limit"] += 1
        if token.name not in _QUIET and token.name in _KEPT:
            page.removed["table grid"] += 1
        if token.name == "meta" and given.get("http-equiv", "").lower() == "refresh":
            page.removed["meta refresh"] += 1
        if token.name == "link" and "canonical" not in given.get("rel", "") and "body" in self.open:
            page.removed["link"] += 1

    def _tag(self, name: str, given: dict[str, str]) -> str:
        kept = []
        for key, value in given.items():
            if key not in _ATTRIBUTES:
                continue
            clear = _CONTROL.sub("", unescape(value))
            if key == "href" and not self._is_link(clear):
                continue
            limit = MAX_URL if key in {"href", "content"} else MAX_NAMES
            kept.append(f'{key}="{html.escape(clear[:limit])}"')
        return f"<{' '.join([name, *kept])}>"

    def _is_link(self, url: str) -> bool:
        if len(url) > MAX_URL:
            self.page.links += 1
            return False
        scheme = _SCHEME.match(url)
        if scheme and scheme[1].lower() not in {"http", "https"}:
            self.page.removed[f"{scheme[1].lower()[:20]} link"] += 1
            return False
        return True

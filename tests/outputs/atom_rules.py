"""The rules of RFC 4287 that a feed of ours could break, each with its section; no registry has a validator."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

ATOM, XHTML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"
XML = "{http://www.w3.org/XML/1998/namespace}"
#: What a feed may hold (4.1.1) and an entry (4.1.2): at least and at most so many.
_FEED = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "subtitle": (0, 1), "generator": (0, 1), "icon": (0, 1),
         "logo": (0, 1), "rights": (0, 1), "author": (0, 99), "contributor": (0, 99), "category": (0, 99),
         "link": (0, 99), "entry": (0, 9999)}  # fmt: skip
_ENTRY = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "content": (0, 1), "summary": (0, 1), "published": (0, 1),
          "rights": (0, 1), "source": (0, 1), "author": (0, 99), "contributor": (0, 99), "category": (0, 99),
          "link": (0, 99)}  # fmt: skip
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")


def faults(feed: bytes, *, absolute: bool = False) -> Iterator[str]:
    """Yield what is wrong with a feed.

    Args:
        feed: The file.
        absolute: Whether addresses relative to the feed's own are faults too, as for a feed on the web.
    """
    root = etree.fromstring(feed)
    if root.tag != f"{ATOM}feed":
        yield "2: the document is no atom:feed"
        return
    entries = root.findall(f"{ATOM}entry")
    for place, allowed in ((root, _FEED), *((entry, _ENTRY) for entry in entries)):
        yield from _children(place, allowed)
        yield from _links(place, absolute=absolute)
        yield from _constructs(place)
    for entry in entries:
        yield from _entry(entry, has_author=root.find(f"{ATOM}author") is not None, absolute=absolute)
    if "self" not in {link.get("rel") for link in root.findall(f"{ATOM}link")}:
        yield "4.1.1: the feed has no link rel=self"
    same = Counter((e.findtext(f"{ATOM}id"), e.findtext(f"{ATOM}updated")) for e in entries)
    yield from (f"4.1.1: two entries share id and time: {key}" for key, n in same.items() if n > 1)


def _children(place: etree._Element, allowed: dict[str, tuple[int, int]]) -> Iterator[str]:
    found = Counter(child.tag for child in place if isinstance(child.tag, str))
    for name, (least, most) in allowed.items():
        if not least <= found[f"{ATOM}{name}"] <= most:
            yield f"4.1: {place.tag} has {found[f'{ATOM}{name}']} {name}"
    for tag in found:
        if str(tag).startswith(ATOM) and str(tag).removeprefix(ATOM) not in allowed:
            yield f"4.1: {tag} does not belong into {place.tag}"


def _links(place: etree._Element, *, absolute: bool) -> Iterator[str]:
    links = place.findall(f"{ATOM}link")
    alternates = Counter((a.get("type"), a.get("hreflang")) for a in links if a.get("rel", "alternate") == "alternate")
    yield from (f"4.1: several alternates of {key}" for key, n in alternates.items() if n > 1)
    for link in links:
        if not link.get("href"):
            yield "4.2.7.1: a link without href"
        elif absolute and not urlsplit(link.get("href") or "").netloc:
            yield f"4.2.7.1: {link.get('href')} is relative"
        if link.get("type") and not _TYPE.fullmatch(link.get("type") or ""):
            yield f"4.2.7.3: {link.get('type')!r} is no media type"
        if link.get("length") and not (link.get("length") or "").isdigit():
            yield f"4.2.7.6: length {link.get('length')!r}"
        if link.get("rel") == "enclosure" and not (link.get("length") and link.get("type")):
            yield "4.2.7.2: an enclosure without length or type"


def _constructs(place: etree._Element) -> Iterator[str]:
    identity = place.findtext(f"{ATOM}id") or ""
    if not urlsplit(identity).scheme:
        yield f"4.2.6: the id {identity!r} is no absolute IRI"
    for name in ("updated", "published"):
        for time in place.findall(f"{ATOM}{name}"):
            if not _TIME.fullmatch(time.text or ""):
                yield f"3.3: {time.text!r} is no RFC 3339 time"
    for person in (*place.findall(f"{ATOM}author"), *place.findall(f"{ATOM}contributor")):
        if not (person.findtext(f"{ATOM}name") or "").strip():
            yield "3.2.1: a person without name"
    for category in place.findall(f"{ATOM}category"):
        if not category.get("term"):
            yield "4.2.2.1: a category without term"
    title = place.find(f"{ATOM}title")
    if title is not None and (not (title.text or "").strip() or len(title)):
        yield "3.1: an empty title, or one with markup"


def _entry(entry: etree._Element, *, has_author: bool, absolute: bool) -> Iterator[str]:
    content = entry.find(f"{ATOM}content")
    if content is None and "alternate" not in {a.get("rel", "alternate") for a in entry.findall(f"{ATOM}link")}:
        yield "4.1.2: an entry without content and without alternate link"
    if not has_author and entry.find(f"{ATOM}author") is None:
        yield "4.1.2: an entry without author"
    if content is not None and content.get("type") == "xhtml":
        if [child.tag for child in content] != [f"{XHTML}div"] or (content.text or "").strip():
            yield "4.1.3.3: the content is not one XHTML div"
        for element in content.iter():
            if isinstance(element.tag, str) and not element.tag.startswith((XHTML, ATOM)):
                yield f"4.1.3.3: {element.tag} is no XHTML"
            if absolute and element.get("href") and not urlsplit(element.get("href") or "").netloc:
                yield f"4.2.7.1: {element.get('href')} in the content is relative"

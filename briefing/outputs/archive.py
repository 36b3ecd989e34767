"""The archive: all editions of a folder on one page with a search, and as an Atom feed.

What is searched lies in a file a month, which the page loads at the first search: a thousand editions open at once.
"""

from __future__ import annotations

import json
import re
import uuid
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup
from pydantic import TypeAdapter

from briefing.model import DEFAULT_LANGUAGE, SCHEMA, Brand, Imprint, is_red
from briefing.outputs.addresses import web_home
from briefing.outputs.brand import mark_colours, on_dark
from briefing.outputs.files import write_file
from briefing.outputs.issue import COLOUR, SLUG
from briefing.outputs.issue_schema1 import upgraded
from briefing.outputs.links import printable
from briefing.outputs.markup import render_markup, render_text
from briefing.text import aliases
from briefing.text.labels import Words, words

PAGE, FEED, SEARCHED = "index.html", "feed.xml", "search"

_NEWEST = 31  # editions listed with themes and headlines; older ones take a line
_MONTH = re.compile(r"\d{4}-\d\d\.js")
_SHOWN = 6  # headlines listed under an edition; the search knows all of them
_IN_FEED = 60  # editions: two months
_LARGEST = 100_000_000  # bytes of an issue file
_HOUR = time(6)  # of the edition's day: an edition states no other clock
_FEED_ID = re.compile(rb"<id>urn:uuid:([0-9a-f-]{36})</id>")


# The part of an issue file that is listed. Other fields are ignored, so a large archive is read quickly.
@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str


@dataclass(frozen=True, slots=True)
class _Passage:
    story: int
    sentences: tuple[_Sentence, ...]


@dataclass(frozen=True, slots=True)
class _Story:
    number: int
    headline: str
    summary: tuple[_Sentence, ...] = ()
    retitled: str = ""

    def shown(self, w: Words) -> str:
        """Return the headline the edition prints: the editor's own has a label before it."""
        return _line(f"{w.say('editor_label')} {self.retitled}" if self.retitled else self.headline)


@dataclass(frozen=True, slots=True)
class _Section:
    theme: str
    name: str
    stories: tuple[_Story, ...]
    passages: tuple[_Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class _Point:
    sentence: _Sentence
    story: int = 0


@dataclass(frozen=True, slots=True)
class _Counts:
    articles: int
    stories: int


@dataclass(frozen=True, slots=True)
class _Issue:
    imprint: Imprint
    counts: _Counts
    key_points: tuple[_Point, ...]
    sections: tuple[_Section, ...]
    scope: str


@dataclass(frozen=True, slots=True)
class ThemeLink:
    """A theme of an edition."""

    slug: str
    name: str
    href: str  # of its digest; empty when there is none


@dataclass(frozen=True, slots=True)
class HeadlineLink:
    """An item of an edition."""

    number: int
    text: str
    href: str  # of the item on the web page; empty when there is none


@dataclass(frozen=True, slots=True)
class Listing:
    """An edition as the archive lists it."""

    day: date
    folder: str
    title: str
    organisation: str
    language: str
    accent: str
    mark: str
    when: str  # the day in words, with the weekday
    updated: str  # for the feed
    counts: tuple[str, ...]
    themes: tuple[ThemeLink, ...]
    headlines: tuple[HeadlineLink, ...]  # all of them
    records: tuple[tuple[int, str, str, str], ...]  # number, headline, name of its theme, sentences: what is searched
    points: tuple[str, ...]
    page: str  # file of the web page below the folder of all editions; empty when there is none
    pdf: str
    pdf_size: int  # bytes; 0 when there is none
    home: str  # address of the folder of editions on the web; empty when it is on none
    words: Words

    @property
    def shown(self) -> tuple[HeadlineLink, ...]:
        """Return the headlines visible before a search."""
        return self.headlines[:_SHOWN]


def write_archive(out: Path, templates: Path | None = None) -> list[Path]:
    """Write what is searched of each month, the archive page and the feed, and return the paths written in that order.

    Editions are the issue files at ``out/*/briefing.json``; one that cannot be read is left out. What is marked
    TLP:RED is on the page, which stays where the editions are, and never in the feed, which is made to be passed on.

    Raises:
        OutputError: A file cannot be written or a template is faulty.
    """
    listings = read_listings(out)
    months = {name: _searched(of_month) for name, of_month in _by_month(listings).items()}
    written = [_written(out, f"{SEARCHED}/{name}.js", content) for name, content in months.items()]
    for old in (out / SEARCHED).glob("*.js"):
        if _MONTH.fullmatch(old.name) and old.stem not in months:
            old.unlink(missing_ok=True)
    page = archive_page(listings, templates)
    feed = atom_feed(listings, _known_id(out / FEED), templates)
    return [*filter(None, written), write_file(out, PAGE, page), write_file(out, FEED, feed)]


def _written(out: Path, name: str, content: bytes) -> Path | None:
    """Write a file that differs from what is there, and return its path; None when it is the same."""
    try:
        same = (out / name).read_bytes() == content
    except OSError:
        same = False
    return None if same else write_file(out, name, content)


def _by_month(listings: Iterable[Listing]) -> dict[str, list[Listing]]:
    """Return the editions of each month, "2022-02", in their order."""
    months: dict[str, list[Listing]] = {}
    for one in listings:
        months.setdefault(f"{one.day:%Y-%m}", []).append(one)
    return months


def read_listings(out: Path) -> tuple[Listing, ...]:
    """Return the editions of a folder, newest first."""
    found = (_listing(file) for file in sorted(out.glob("*/briefing.json"), reverse=True))
    return tuple(sorted((one for one in found if one), key=lambda one: (one.day, one.folder), reverse=True))


@cache
def _adapter() -> TypeAdapter[_Issue]:
    return TypeAdapter(_Issue)


def _listing(file: Path) -> Listing | None:
    """Return the listing of an issue file; None for a file that cannot be read as one, and for a digest."""
    folder = file.parent.name
    try:
        if file.stat().st_size > _LARGEST:
            return None
        data = json.loads(file.read_bytes())
        issue = _adapter().validate_python(data if data["schema"] == SCHEMA else upgraded(data))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    imprint = issue.imprint
    sound = not issue.scope and COLOUR.fullmatch(imprint.brand.accent)
    if not sound or folder != imprint.name:
        return None
    return _listed(issue, file.parent)


def _listed(issue: _Issue, place: Path) -> Listing:
    imprint, folder = issue.imprint, place.name
    w = words(imprint.language)
    page = f"{folder}/briefing.html" if (place / "briefing.html").is_file() else ""
    pdf = f"{folder}/briefing.pdf" if (place / "briefing.pdf").is_file() else ""
    stories = [(story, section.name) for section in issue.sections for story in section.stories]
    return Listing(
        day=imprint.day,
        folder=folder,
        title=_line(imprint.title),
        organisation=_line(imprint.organisation),
        language=imprint.language,
        accent=imprint.brand.accent,
        mark=_line(imprint.brand.mark),
        when=w.span(imprint.first_day, imprint.day) if imprint.first_day else _capital(w.day(imprint.day, "full")),
        updated=datetime.combine(imprint.day, _HOUR, _zone(imprint.time_zone)).isoformat(),
        counts=(w.count("article", issue.counts.articles), w.count("story", issue.counts.stories)),
        themes=tuple(_theme(section, place) for section in issue.sections if section.stories),
        headlines=tuple(
            HeadlineLink(story.number, story.shown(w), f"{page}#item-{story.number}" if page else "")
            for story, _ in stories
        ),
        records=tuple(_records(issue, w)),
        points=tuple(_line(point.sentence.text) for point in issue.key_points),
        page=page,
        pdf=pdf,
        pdf_size=(place / "briefing.pdf").stat().st_size if pdf else 0,
        home=web_home(imprint),
        words=w,
    )


def _records(issue: _Issue, w: Words) -> Iterator[tuple[int, str, str, str]]:
    """Yield what is searched: of each item its sentences, its key points and passages; then what is of no item."""
    also: dict[int, list[str]] = {}
    for point in issue.key_points:
        also.setdefault(point.story, []).append(point.sentence.text)
    for passage in (passage for section in issue.sections for passage in section.passages):
        also.setdefault(passage.story, []).extend(sentence.text for sentence in passage.sentences)
    for section in issue.sections:
        for story in section.stories:
            said = dict.fromkeys([*(sentence.text for sentence in story.summary), *also.pop(story.number, ())])
            yield story.number, story.shown(w), _line(section.name), _line(" ".join(said))
    for texts in also.values():
        yield from ((0, _line(text), "", "") for text in dict.fromkeys(texts))


def _theme(section: _Section, place: Path) -> ThemeLink:
    name = f"digests/{section.theme}.html"
    there = SLUG.fullmatch(section.theme) and (place / name).is_file()
    return ThemeLink(section.theme, _line(section.name), f"{place.name}/{name}" if there else "")


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


# ---- the page


def archive_page(listings: tuple[Listing, ...], templates: Path | None = None) -> bytes:
    """Return the archive page, UTF-8; its one script is the search, allowed by its hash, and may load the months."""
    newest = listings[0] if listings else None
    w = newest.words if newest else words(DEFAULT_LANGUAGE)
    accent = newest.accent if newest else Brand().accent
    script = render_text("archive.js.j2", {}, templates)
    context: dict[str, Any] = {
        "editions": listings,
        "newest": [
            (month, [e for e in listings[:_NEWEST] if f"{e.day:%Y-%m}" == month])
            for month in _by_month(listings[:_NEWEST])
        ],
        "older": list(_by_month(listings[_NEWEST:]).items()),
        "w": w,
        "title": newest.title if newest else w.say("archive"),
        "organisation": newest.organisation if newest else "",
        "language": newest.language if newest else DEFAULT_LANGUAGE,
        "accent": accent,
        "accent_dark": on_dark(accent),
        "mark_class": lambda mark: "tlp" if mark_colours(mark)[0] else "own",
        "marks": sorted({(slugged(e.mark), *mark_colours(e.mark)) for e in listings if mark_colours(e.mark)[0]}),
        "slugged": slugged,
        "data": Markup(_inline(_looked_up(listings, w))),  # noqa: S704  no character of it can end the element
        "script": Markup(script),  # noqa: S704  our own
        "script_hash": b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii"),
    }
    return render_markup("archive.html.j2", context, templates).encode("utf-8")


def slugged(text: str) -> str:
    """Return a text reduced to a name that is safe in an attribute and a style sheet."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def _searched(listings: Sequence[Listing]) -> bytes:
    """Return the file of one month: a call of the page's script with what is searched of its editions."""
    editions = [
        {
            "day": e.folder,
            "about": " ".join([e.folder, e.when, e.words.day(e.day, "short"), e.title, e.mark]),
            "page": e.page,
            "items": [list(record) for record in e.records],
        }
        for e in listings
    ]
    return f"briefingMonth({_inline(editions)});\n".encode()


def _looked_up(listings: Sequence[Listing], w: Words) -> dict[str, Any]:
    """Return what the page's script needs before it loads a month."""
    return {
        "none": w.say("no_match"),
        "counts": [w.count("edition", n) for n in range(len(listings) + 1)],
        "months": [f"{SEARCHED}/{month}.js" for month in _by_month(listings)],
        "names": _spellings(),
    }


@cache
def _spellings() -> list[str]:
    """Return the spellings of every name of one word that has several: "zelenskyy zelensky zelenskiy"."""
    names: dict[str, list[str]] = {}
    for rows in aliases.default().aliases.values():
        for variant, key in rows:
            if len(variant) == 1 and "_" not in key:
                names.setdefault(key, [key]).append(variant[0])
    return sorted(" ".join(dict.fromkeys(spellings)) for spellings in names.values())


def _inline(data: object) -> str:
    """Return JSON escaped for a script element: nothing in it can end the element or open a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029]", lambda m: f"\\u{ord(m[0]):04x}", text)


# ---- the feed


def atom_feed(listings: tuple[Listing, ...], known_id: str = "", templates: Path | None = None) -> bytes:
    """Return the feed of the newest editions as Atom (RFC 4287), without those marked TLP:RED.

    Addresses are absolute where the newest edition is on the web, else relative to the feed's own folder.

    Args:
        listings: Newest first.
        known_id: The feed's UUID so far; a new one is made of title and organisation when empty.
        templates: A user's templates.
    """
    shared = [e for e in listings if not is_red(e.mark)][:_IN_FEED]
    newest = shared[0] if shared else None
    name = f"{newest.organisation}\0{newest.title}" if newest else "briefing"
    identity = uuid.UUID(known_id) if known_id else uuid.uuid5(uuid.NAMESPACE_URL, name)
    w = newest.words if newest else words(DEFAULT_LANGUAGE)
    context: dict[str, Any] = {
        "id": str(identity),
        "title": newest.title if newest else w.say("archive"),
        "author": (newest.organisation or newest.title) if newest else "briefing",
        "home": newest.home if newest else "",
        "updated": newest.updated if newest else "1970-01-01T00:00:00+00:00",
        "language": newest.language if newest else DEFAULT_LANGUAGE,
        "entries": [(e, str(uuid.uuid5(identity, e.folder))) for e in shared],
    }
    return render_markup("archive.xml.j2", context, templates).encode("utf-8")


def _known_id(feed: Path) -> str:
    try:
        found = _FEED_ID.search(feed.read_bytes()[:2000])
    except OSError:
        return ""
    return str(uuid.UUID(found[1].decode("ascii"))) if found else ""

"""Parses the head of a text: slogans, sections, bylines and, among them, the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from urllib.parse import urlsplit

from briefing.stages.clean.boilerplate import hit
from briefing.stages.clean.lines import Line
from briefing.stages.clean.paragraphs import bullet_length, is_caption
from briefing.text.datelines import dateline_length
from briefing.text.dates import date_line, looks_like_a_date, parse_moment
from briefing.text.languages import UNDETERMINED, Language, language
from briefing.text.layout import layout
from briefing.text.letters import CAPITALS, SMALL
from briefing.text.package_data import data_toml

#: Headlines of 594 articles have 2 to 24 words.
TITLE_WORDS = 25
#: A line of so few words above another short line is a kicker, unless the other has the length of a standfirst.
KICKER_WORDS = 2
STANDFIRST_WORDS = 16
#: Code points a title may have; what is longer is cut at a word.
TITLE_LENGTH = 200
#: A first line this long without any stop is a headline gone wild, not prose.
ENDLESS_WORDS = 60
#: Lines looked at for a headline.
HEAD = 8

_TWO_SENTENCES = re.compile(rf"[{SMALL}\d]{{3}}[.!?][\"”’»]? ?[{CAPITALS}]")
_LETTER = re.compile(r"[^\W\d_]")
_SEPARATED = re.compile(r"^(?P<title>.{8,}?) ?(?:\s[|–—-]|[|»·•]|::) ?(?P<site>[^|–—»·•]{2,40})$")


@cache
def _sections() -> re.Pattern[str]:
    names = "|".join(map(re.escape, data_toml("clean", "sections.toml")["names"]))
    return re.compile(rf"(?:{names})(?: ?[|/>»·•-] ?[\w' &-]{{2,30}}){{0,6}}", re.I)


@dataclass(frozen=True, slots=True)
class Head:
    """The parsed head of a text."""

    title: int | None = None  # positions in the lines given
    byline: int | None = None
    date: int | None = None
    sections: tuple[int, ...] = ()  # section names and the outlet's own name


def head_of(
    lines: Sequence[Line], *, title: str = "", outlet: str = "", wanted: bool = True, spoken: Language | None = None
) -> Head:
    """Return the parsed head of a text; lines of boilerplate must be removed already.

    Args:
        lines: The kept lines.
        title: The headline when the source gives it apart from the text.
        outlet: Its name when the source gives it.
        wanted: Look for a title when none is given.
        spoken: The language in which lines state their date; any, where it is not known.
    """
    wanted = wanted and not title
    headline = byline = dated = None
    sections = []
    shorts: list[int] = []
    for at, line in enumerate(lines[:HEAD]):
        if byline is None and (at or not wanted) and byline_name(line.text):
            byline = at
        elif dated is None and _states_date(line.text, spoken, named=bool(shorts) or not wanted):
            dated = at
        elif _is_section(line.text, outlet) and (shorts or at + 1 < len(lines)):
            sections.append(at)
        elif wanted and _may_be_title(line, at):
            shorts.append(at)
        elif title and fold(line.text) == fold(title):
            headline = at
        else:
            break
    if shorts and shorts[-1] == len(lines) - 1:
        shorts.pop()  # a headline has a text under it
    if headline is None and shorts:
        headline = _of_several(lines, shorts)
    if headline is None and wanted and len(sections) == 1 and not shorts and _followed_by_prose(lines, sections[0]):
        headline, sections = sections[0], []  # a text headed "Diplomacy" has no other headline
    return Head(headline, byline, dated, tuple(sections))


def _states_date(text: str, spoken: Language | None, *, named: bool) -> bool:
    words = spoken or language(UNDETERMINED)
    return bool(looks_like_a_date(text) or date_line(text, UTC, words, named=named))


def _of_several(lines: Sequence[Line], shorts: Sequence[int]) -> int:
    """Return the position of the headline among short lines: the first, unless that is a kicker of one or two words."""
    first = shorts[0]
    if lines[first].words > KICKER_WORDS:
        return first
    return next((at for at in shorts[1:] if 4 <= lines[at].words <= STANDFIRST_WORDS), first)


def _may_be_title(line: Line, at: int) -> bool:
    text = line.text
    if not _LETTER.search(text) or bullet_length(text) or is_caption(text) or dateline_length(text) or hit(text):
        return False
    if line.words > TITLE_WORDS:
        return at == 0 and line.words > ENDLESS_WORDS and not re.search(r"[.!?…。！？]", text)
    if _TWO_SENTENCES.search(text) or text.startswith("–"):
        return False
    return not text.endswith((".", ":", ";", ",", "。", ".”", ".’", '."')) or text.endswith(("...", "U.S.", "U.K."))


def _followed_by_prose(lines: Sequence[Line], at: int) -> bool:
    return at + 1 < len(lines) and lines[at + 1].ends


def _is_section(text: str, outlet: str) -> bool:
    return bool(_sections().fullmatch(text)) or (bool(outlet) and fold(text) in (fold(outlet), fold("the " + outlet)))


def byline_name(text: str) -> str:
    """Return the names a byline gives, or "" for a line that is none ("By Tuesday the army …" is none)."""
    if len(text) > 160:
        return ""
    found = layout().byline.fullmatch(text.rstrip("."))
    if not found or not all(layout().byline_word.fullmatch(word) for word in found["name"].split()):
        return ""
    return found["name"].strip(" ,")


def fold(text: str) -> str:
    """Return the key under which two printings of a title or name are equal: letters and digits, lower case."""
    return "".join(filter(str.isalnum, text.casefold()))


def without_site(title: str, outlet: str, url: str) -> tuple[str, str]:
    """Return a page's title without the site's name after it, and that name.

    The name is cut only when it is the outlet's or the address's: "Talks fail - Kremlin" stays whole.
    """
    found = _SEPARATED.match(title)
    if not found:
        return title, ""
    site = fold(found["site"]).removeprefix("the")
    known = {fold(outlet).removeprefix("the"), *(label.removeprefix("the") for label in _labels(url))}
    if len(site) > 2 and site in known:
        return found["title"].rstrip(" |–—-·•»:"), found["site"].strip()
    return title, ""


def _labels(url: str) -> list[str]:
    """Return the names an address may stand for: "www.daily-example.co.uk" → dailyexample, dailyexamplecouk."""
    host = host_of(url)
    return [fold(host), fold(host.split(".")[0]), fold(".".join(host.split(".")[:-1]))] if host else []


def host_of(url: str) -> str:
    """Return the host of an http(s) address without "www.", lower case, or ""."""
    try:
        parts = urlsplit(url.strip()[:2000])
        host = parts.hostname or "" if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
    return host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def headline(title: str) -> str:
    """Return a stated title without an agency's mark of its version; empty for one that is none, or only a date."""
    plain = layout().version.sub("", title)
    if layout().untitled.fullmatch(plain) or parse_moment(plain, UTC):
        return ""
    return plain


def shortened(title: str) -> str:
    """Return a title of at most TITLE_LENGTH code points, cut after a word."""
    if len(title) <= TITLE_LENGTH:
        return title
    cut = title[: TITLE_LENGTH + 1].rfind(" ")
    return title[: cut if cut > TITLE_LENGTH // 2 else TITLE_LENGTH].rstrip()

"""A page's headings, its title element and what it says of itself in, its headline out: never the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.sources.metadata import Metadata, host_name, one_line

LOWER_HEADINGS = 12  # of the second and third level that are looked at
KICKER = 0.5  # of a lower heading's length, below which a first-level one is a section's name or a kicker
LONG_ENOUGH = 15  # characters from which a lower heading may be the headline

_PARTED = re.compile(r"\s+[|–—\-·»:•/]+\s+|\s*[|»•]\s*|:\s+(?=[A-ZÀ-Þ])")
_SITE_AT_END = re.compile(r"\s+[|–—\-·»:]\s+[^|–—·»]{2,40}$")
_SECTION_AT_END = re.compile(r"(?<=\w{3})\s*[|»]\s*[\w-]{2,15}\s*$")
_WORD_CHARACTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a page and its title element, each as one line."""

    first: tuple[str, ...]
    lower: tuple[str, ...]
    written: str  # the title element as it stands

    @property
    def whole(self) -> str:
        """Return the title element as one line."""
        return one_line(self.written)


def headings_of(tree: Any) -> Headings:
    """Return a page's headings in order."""
    element = next(tree.iter("title"), None)
    lower = (h for h in tree.iter("h2", "h3"))
    return Headings(
        tuple(_lines(tree.iter("h1"))),
        tuple(_lines(h for _, h in zip(range(LOWER_HEADINGS), lower, strict=False))),
        "".join(element.itertext()) if element is not None else "",
    )


def _lines(elements: Iterable[Any]) -> Iterator[str]:
    return (line for element in elements if (line := one_line(" ".join(element.itertext()))))


def headline_of(headings: Headings, known: Metadata) -> str:
    """Return the headline: as it stands on the page where title element or metadata have it too, else as they do."""
    whole = headings.whole
    names = _site_names(headings, known)
    stated = [_folded(known.title), _folded(whole)]
    first = _longest(h for h in headings.first if _is_stated(h, stated) and _folded(h) not in names)
    lower = _longest(
        h for h in headings.lower if len(h) >= LONG_ENOUGH and _is_stated(h, stated) and _folded(h) not in names
    )
    if first and not (lower and len(first) < KICKER * len(lower)):
        return first
    if lower:
        return lower
    own = [h for h in headings.first if _folded(h) not in names]
    if not known.title and len(own) == 1:
        return own[0]
    return _without_sections(_without_names(known.title or whole, names)) or (own[0] if own else "")


def _folded(text: str) -> str:
    return "".join(_WORD_CHARACTERS.findall(text.casefold()))


def _is_stated(heading: str, stated: Iterable[str]) -> bool:
    folded = _folded(heading)
    return bool(folded) and any(folded in text for text in stated)


def _longest(lines: Iterable[str]) -> str:
    return max(lines, key=len, default="")


def _site_names(headings: Headings, known: Metadata) -> set[str]:
    """Return, folded, what the site calls itself: its stated names, its address's, a heading that ends the title."""
    names = {_folded(name) for name in (known.outlet, known.site)}
    labels = host_name(known.url).split(".")
    names |= {_folded("".join(labels[n:m])) for n in range(len(labels)) for m in range(n + 1, len(labels) + 1)}
    parts = _PARTED.split(headings.whole)
    if len(parts) > 1 and len(parts[-1]) <= len(parts[0]):
        # "Headline | Site" over a page whose first heading is "Site": the logo.
        names |= {_folded(h) for h in headings.first if _folded(h) == _folded(parts[-1])}
    names |= {"the" + name for name in names} | {name.removeprefix("the") for name in names}
    return {name for name in names if len(name) > 2}


def _without_names(title: str, names: set[str]) -> str:
    """Return a title without the site's name before or behind it; without its last part when no name is known."""
    parts = list(_PARTED.finditer(title))
    for part in reversed(parts):
        if _folded(title[part.end() :]) in names:
            return title[: part.start()].strip()
    for part in parts[:2]:
        if _folded(title[: part.start()]) in names:
            return title[part.end() :].strip()
    return _SITE_AT_END.sub("", title)


def _without_sections(title: str) -> str:
    """Return a title without a section's name of one word behind a bar."""
    return _SECTION_AT_END.sub("", title)

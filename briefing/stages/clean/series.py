"""Lines that count only in number: hours of a live blog's entries, which stay; slides of a gallery, which go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from briefing.stages.clean.lines import Line

#: An hour that is a line; so many of them are those of a live blog's entries, fewer a page's stamp.
_HOUR = re.compile(r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?: ?(?:[ap]\.?m\.?|Uhr|h|Z|[A-Z]{3,4}))?")
HOURS = 3
#: "12/50 Sterling falls": a picture of a gallery beside the article, with its caption.
_SLIDE = re.compile(r"(?:[-•*] )?\d{1,3}/(\d{1,3})(?=\s|$)")
SLIDES = 5


def hours_of(lines: Sequence[Line]) -> frozenset[int]:
    """Return where the lines begin that are hours of entries, code points; none when they are few."""
    found = frozenset(line.start for line in lines if _HOUR.fullmatch(line.text))
    return found if len(found) >= HOURS else frozenset()


def slides_of(lines: Sequence[Line]) -> frozenset[int]:
    """Return where the lines begin that are the slides of one gallery, code points; none when they are few."""
    totals = {line.start: found[1] for line in lines if (found := _SLIDE.match(line.text))}
    counts = Counter(totals.values())
    return frozenset(start for start, total in totals.items() if counts[total] >= SLIDES)

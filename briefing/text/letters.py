"""Classes of letters for regular expressions: capitals and small letters of every alphabet that has both."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, groupby

#: Latin, Greek, Cyrillic, Armenian, and the accented letters beyond them.
_ALPHABETS = (range(0x41, 0x590), range(0x1E00, 0x2000))


def _ranges(holds: Callable[[str], bool]) -> str:
    """Return the letters of which something holds as the inside of a character class: 'A-ZÀ-Ö…'."""
    codes = (code for code in chain(*_ALPHABETS) if holds(chr(code)))
    runs = ([code for _, code in run] for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0]))
    return "".join(chr(run[0]) if len(run) == 1 else f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


#: To be put between square brackets.
CAPITALS = _ranges(str.isupper)
SMALL = _ranges(str.islower)

"""Finds a speech told on over several sentences: what stands behind them without a speaker is still the speech.

A rule beside what is learned: the labelled articles have hardly any, and what it finds would be printed as fact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Verbs by which a reporter tells on what somebody said, without marks.
_TELLS_ON = re.compile(
    r"(?:In (?:his|her|their) (?:speech|address|statement|remarks|letter|interview)\b"
    r"|According to (?:him|her|them)\b"
    r"|(?:He|She|The (?:president|minister|prime minister|leader|head of state|chancellor|king|patriarch|pope))"
    r" (?:also )?(?:cited|recalled|noted|stressed|added|pointed out|emphasi[sz]ed|mentioned|compared|went on|explained"
    r"|continued|accused|reminded|warned|underlined|remarked|named|listed|drew)\b)"
)
#: A name in full, or a day of the week: the reporter tells of something else.
_RETURNS = re.compile(r"(?<=[\w,] )[A-Z]\w+ [A-Z]\w+|\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
#: Sentences in a row that tell on, from which what follows is taken for the speech too.
_ROW = 2


def told_on(texts: Sequence[str], voices: Sequence[str], speakers: Sequence[str]) -> dict[int, str]:
    """Return the speaker of each plain sentence behind a speech told on, up to where another voice is heard.

    Args:
        texts: The sentences of an article.
        voices: Of them.
        speakers: Of them, "" where nobody is known.
    """
    found: dict[int, str] = {}
    speaker, row, active = "", 0, False
    for n, text in enumerate(texts):
        if _TELLS_ON.match(text):
            row += 1
            active = active or row >= _ROW
            continue
        row = 0
        if speakers[n]:
            active = active and speakers[n] == speaker
            speaker = speakers[n]
        elif active and speaker and voices[n] == "reported":
            active = not _RETURNS.search(text)
            if active:
                found[n] = speaker
    return found

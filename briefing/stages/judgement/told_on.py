"""Finds a speech told on, and one printed in full: what stands behind without a speaker is still the speech.

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


_WHO = r"(?:[A-Z][\w’'-]* ){0,3}[A-Z][\w-]+"
#: "In Adan Kresh's latest address, the president spoke of …", "President Kresh gave a forthright speech".
_ADDRESS = re.compile(
    rf"(?:In|During) ({_WHO})[’']s (?:[\w-]+ ){{0,3}}(?:address|speech|message|remarks)\b"
    rf"|({_WHO}) (?:delivered|gave|made|held) (?:an? )?(?:[\w-]+,? ){{0,5}}(?:address|speech)\b"
    rf"|(?:address|speech|remarks) (?:by|of) ({_WHO})"
)
_OFFICE = re.compile(r"(?:President|Prime Minister|Chancellor|Foreign Minister|King|Pope|Secretary(?: of State)?) ")
#: Sentences of an article's opening that may name the speech, and sentences in the first person that it has at least.
_OPENING, _FIRST_PERSON = 2, 2


def address_printed(texts: Sequence[str], voices: Sequence[str], in_person: Sequence[bool]) -> dict[int, str]:
    """Return the speaker of each plain sentence of a speech that an article prints behind an opening that names it.

    Args:
        texts: The sentences of an article.
        voices: Of them.
        in_person: Whether each says "I" or "we" outside quotations.
    """
    named = next(((n, m) for n, text in enumerate(texts[:_OPENING]) if (m := _ADDRESS.search(text))), None)
    if named is None or sum(in_person) < _FIRST_PERSON:
        return {}
    at, found = named
    speaker = _OFFICE.sub("", next(filter(None, found.groups())))
    first = next(n for n, own in enumerate(in_person) if own)
    begins = max(at + 1, min(first, at + 1 + _OPENING))
    return {n: speaker for n in range(begins, len(texts)) if voices[n] in ("reported", "opinion", "unmarked")}


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

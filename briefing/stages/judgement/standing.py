"""Features of dangling reference: names, pronouns, definite nouns, and what a sentence opens with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from briefing.stages.judgement.columns import Classes, Floats, Named, before, quoted
from briefing.stages.judgement.lexicon import Lexicon, Word
from briefing.stages.judgement.reading import Read
from briefing.text.openings import Openings, leans_on_neighbour

_NOBODY = 12  # place of the first name in a sentence that names nobody
_EARLY = 5  # words from the start within which a pronoun has nobody it could mean
_SHORT, _SCRAP = 8, 5  # words
_FIRST = (
    "third person", "this or that", "adds to something", "joins", "a or an", "amount", "it", "there or here",
)  # fmt: skip
_ANYWHERE = (
    "this or that", "also", "another", "back in time", "he or she", "first person", "possessive", "there or here",
    "acronym", "digit", "day", "known name",
)  # fmt: skip
_NAMES = (
    "surname of somebody named before", "full names", "known names", "names met once", "place of the first name",
    "opens with a bare surname", "opens with a name", "opens with a full name", "no name", "no full or known name",
)  # fmt: skip
_POINTERS = (
    "pronoun before any name", "it before any name", "they before any name", "possessive before any name", "pronouns",
    "pronoun early", "this before a noun", "nouns with the", "nouns with the, named before",
    "nouns with the, explained", "nouns with the, unexplained", "opens with an unexplained noun",
    "nouns that ask which one", "nouns with the, explained and named before", "nouns that ask which one, explained",
)  # fmt: skip
Row = tuple[float, ...]


def standing(reads: Sequence[Read], held: Classes, mine: Named, lexicon: Lexicon, known: Openings) -> Named:
    """Return the columns on what each sentence points at and whom it names."""
    people: set[str] = set()  # last words of full names so far
    nouns: set[str] = set()  # words so far
    names, pointers, first, shared = [], [], [], []
    last: frozenset[str] = frozenset()
    stop = lexicon.bit["stop word"]
    for r in reads:
        content = frozenset(word for word, bits in r.words if not bits & stop)
        size = max(1, len(content))
        shared.append((len(content & nouns) / size, len(content & last) / size))
        last = content
        runs = _runs(r.words, lexicon)
        names.append(_names(r.words, runs, people, lexicon))
        pointers.append(_pointers(r.words, runs[0][0] if runs else 99, nouns, lexicon))
        first.append(r.words[0][1] if r.words else 0)
        people.update(r.words[end - 1][0] for start, end in runs if end - start > 1)
        nouns |= content
    named: Named = dict(zip(_NAMES, np.array(names).T, strict=True)) | dict(
        zip(_POINTERS, np.array(pointers).T, strict=True)
    )
    named |= dict(zip(("words named before", "words of the sentence before"), np.array(shared).T, strict=True))
    opening = Classes.of(first, lexicon)
    named |= {f"opens with: {name}": opening[name] for name in _FIRST} | {
        f"holds: {name}": held[name] for name in _ANYWHERE
    }
    length, speaks = mine["length"], mine["speaks"]
    texts = [r.sentence.text for r in reads]
    return named | {
        "leans on the sentence before": _flags(leans_on_neighbour(text, known) for text in texts),
        "very short": (length < _SCRAP / 20).astype(float),
        "short": (length < _SHORT / 20).astype(float),
        "long": (length > 1.2).astype(float),
        "length, no name": length * named["no name"],
        "length, full names": length * named["full names"],
        "he or she, no full name": held["he or she"] * (named["full names"] == 0),
        "speaks, no name": speaks * named["no name"],
        "speaks, a bare surname": speaks * (named["surname of somebody named before"] > 0),
        "speaks, an unexplained noun": speaks * named["opens with an unexplained noun"],
        "quoted before, somebody spoke": before(quoted(reads) + speaks),
        "commas": np.minimum([text.count(",") for text in texts], 5.0) / 5.0,
        "second sentence": np.arange(len(reads)) == 1,
    }


def _flags(values: object) -> Floats:
    return np.fromiter(values, dtype=float)  # type: ignore[call-overload,no-any-return]


def _runs(words: Sequence[Word], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the runs of capitalised words, half-open; an opening word that is no name by itself belongs to none."""
    capital, stop = lexicon.bit["capital"], lexicon.bit["stop word"]
    runs: list[tuple[int, int]] = []
    for i, (_, bits) in enumerate(words):
        if bits & capital and (i or not bits & stop):
            if runs and runs[-1][1] == i:
                runs[-1] = (runs[-1][0], i + 1)
            else:
                runs.append((i, i + 1))
    return runs


def _names(words: Sequence[Word], runs: Sequence[tuple[int, int]], people: set[str], lexicon: Lexicon) -> Row:
    known_name = lexicon.bit["known name"]
    full = bare = known = new = 0
    for start, end in runs:
        word, bits = words[start]
        if end - start > 1:
            full += 1
        elif bits & known_name:
            known += 1
        elif word in people:
            bare += 1
        else:
            new += 1
    opens = runs[0] if runs else (99, 99)
    return (
        min(bare, 2) / 2,
        min(full, 4) / 4,
        min(known, 3) / 3,
        min(new, 3) / 3,
        min(opens[0], _NOBODY) / _NOBODY,
        float(bare > 0 and opens[0] <= 1 and opens[1] - opens[0] == 1),
        float(opens[0] == 0),
        float(opens[0] <= 1 and opens[1] - opens[0] > 1),
        float(not runs),
        float(not known and not full),
    )


def _pointers(words: Sequence[Word], name_at: int, nouns: set[str], lexicon: Lexicon) -> Row:
    bit = lexicon.bit
    third, it, they, possessive, this, the = (
        bit[name] for name in ("third person", "it", "they", "possessive", "this before a noun", "the")
    )
    no_noun, points = bit["stop word"] | bit["day"], third | it | this | the
    before_name = 0
    pronouns, first_pronoun, this_noun = 0, 99, False
    definite = [0] * 7  # all, named before, explained, opening, asking which one; explained: named before, asking
    for i, (_, bits) in enumerate(words):
        if not bits & points:
            continue
        if i < name_at:
            before_name |= bits
        if bits & third:
            pronouns += 1
            first_pronoun = min(first_pronoun, i)
        if bits & this and i + 1 < len(words) and not words[i + 1][1] & no_noun:
            this_noun = True
        if bits & the:
            _definite(words, i, nouns, lexicon, definite)
    every, named, explained, opening, asking, explained_named, explained_asking = definite
    return (
        float(first_pronoun < name_at),
        float(bool(before_name & it)),
        float(bool(before_name & they)),
        float(bool(before_name & possessive)),
        min(pronouns, 3) / 3,
        float(first_pronoun < _EARLY),
        float(this_noun),
        min(every, 4) / 4,
        min(named, 3) / 3,
        min(explained, 3) / 3,
        min(every - explained, 3) / 3,
        float(opening),
        min(asking, 2) / 2,
        min(explained_named, 3) / 3,
        min(explained_asking, 2) / 2,
    )


def _definite(words: Sequence[Word], at: int, nouns: set[str], lexicon: Lexicon, counts: list[int]) -> None:
    """Count what stands behind a 'the': its noun is one word, or the second of two."""
    bit = lexicon.bit
    if at + 1 >= len(words) or words[at + 1][1] & (bit["capital"] | bit["digit"] | bit["day"]):
        return
    near = words[at + 1]
    head, following = near, words[at + 2] if at + 2 < len(words) else ("", 0)
    no_noun = bit["stop word"] | bit["speech"] | bit["capital"] | bit["digit"]
    if following[0] and not following[1] & no_noun:
        head, following = following, words[at + 3] if at + 3 < len(words) else ("", 0)
    if (near[1] | head[1]) & bit["known to all"]:
        return
    counts[0] += 1
    if following[1] & bit["explains a noun"]:
        counts[2] += 1
        counts[5] += near[0] in nouns or head[0] in nouns
        counts[6] += bool((near[1] | head[1]) & bit["asks which one"])
        return
    counts[1] += near[0] in nouns or head[0] in nouns
    counts[3] |= at == 0
    counts[4] += bool((near[1] | head[1]) & bit["asks which one"])

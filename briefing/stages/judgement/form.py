"""Features of layout: the shape of a line, its marks, and the paragraph it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from briefing.model import Article
from briefing.stages.judgement.columns import Classes, Floats, Named, before, behind
from briefing.stages.judgement.lexicon import Lexicon, Word
from briefing.stages.judgement.reading import Read

_STOPS, _MARKS = ".!?", "”\"’'»"
_ENDS = f"{_STOPS}{_MARKS}…"
_SIGNS = ("#", "@", "http", "www.", ".com", "×", "|")
_LABELLED = re.compile(r"[A-Z][\w’'-]{1,30}(?: [\w’'-]{1,30}){0,3}\s?: ")
_PLACED = re.compile(r"\((?:left|right|pictured|above|below|center|centre)\)")
_SERVED = re.compile(
    r"\b(?:contributed to this (?:report|story|article)|reporting by|editing by|all rights reserved|"
    r"terms of (?:use|service)|in our live|main page|(?:free|daily|our) newsletter|you can read|for more information|"
    r"opens in new|comments? (?:are|is) closed|originally (?:published|appeared)|appears? on|"
    r"delivered (?:to|straight|every|weekday))\b",
    re.IGNORECASE,
)
_LAST = 5  # words of a line in which a credit closes it
_HEADLINE_WORDS = 12
_UNSTOPPED_WORDS = 14  # a paragraph of so many that ends without a stop is a heading
_CALL_WORDS = 16
_SAME_OPENING = 8  # words from which two lines that begin alike are one line twice
_LOUD, _TITLED = 0.8, 0.7  # share of words in capitals, with a capital, from which a line is a headline
_BY_LINE = (
    "ends with a stop", "ends with a question mark", "ends with a closing mark", "ends without a stop",
    "ends with a colon", "ends with an ellipsis", "address or handle", "labelled", "in brackets", "all in brackets",
    "opens in lower case", "opens with a figure", "opens with a dash", "place for a picture", "of the house",
    "opens with a call", "credit at its end", "shouted", "all shouted", "title case", "all title case",
)  # fmt: skip
_LENGTHS = (("scrap", 0, 3), ("few words", 4, 7), ("some words", 8, 12), ("many words", 26, 10_000))


def form(article: Article, reads: Sequence[Read], held: Classes, mine: Named, lexicon: Lexicon) -> Named:
    """Return the columns on what each line looks like."""
    named: Named = dict(zip(_BY_LINE, np.array([_line(r, lexicon) for r in reads]).T, strict=True))
    count = np.array([float(len(r.words)) for r in reads])
    named |= {name: ((count >= least) & (count <= most)).astype(float) for name, least, most in _LENGTHS}
    named["ln words"] = np.log1p(count)
    headline = (count <= _HEADLINE_WORDS).astype(float)
    named |= _by_words(held, count, headline, named["ends with a colon"])
    return named | _by_paragraph(article, reads, named, mine, headline)


def _by_words(held: Classes, count: Floats, headline: Floats, colon: Floats) -> Named:
    verbless = 1.0 - np.maximum(np.maximum(held["verb"], held["past form"]), held["speech"])
    calls = held["calls or labels"]
    to_reader = np.maximum(np.maximum(held["first person"], held["second person"]), np.maximum(calls, colon))
    return {
        "no verb": 1.0 - held["verb"],
        "nothing like a verb": verbless,
        "short, nothing like a verb": verbless * headline,
        "calls or labels": calls,
        "short, calls or labels": calls * (count <= _CALL_WORDS),
        "calls or labels, you": calls * held["second person"],
        "points on the page": held["points on the page"] * to_reader * (count <= _CALL_WORDS),
        "pictured": held["pictured"],
        "posed": held["posed"],
        "posed and dated": held["posed"] * held["month"] * held["digit"],
        "agency or picture": held["agency or picture"],
        "past": np.maximum(held["past"], held["past form"]),
    }


def _by_paragraph(article: Article, reads: Sequence[Read], named: Named, mine: Named, headline: Floats) -> Named:
    opens, ends = mine["opens a paragraph"], np.array([float(r.ends_paragraph) for r in reads])
    alone, open_end = opens * ends, named["ends without a stop"]
    few = named["scrap"] + named["few words"]
    no_prose = np.maximum(named["short, calls or labels"], named["nothing like a verb"] * few)
    unstopped, short = _unstopped(article, reads)
    return {
        "short and open": open_end * headline,
        "long and open": open_end * (1.0 - headline),
        "open among stops": open_end * (1.0 - open_end.mean()),
        "paragraph of its own": alone,
        "paragraph of its own, open": alone * open_end,
        "paragraph of its own, short": alone * headline,
        "paragraph of its own, question": alone * named["ends with a question mark"],
        "ends its paragraph": ends,
        "paragraph ends without a stop": unstopped,
        "short paragraph without a stop": short,
        "paragraph's other line is no prose": np.maximum(
            before(no_prose) * (1.0 - opens), behind(no_prose * (1.0 - opens))
        ),
        "open line before": before(open_end, 1.0) * opens,
        "open line behind": behind(open_end * opens, 1.0),
        "few words before": before(few),
        "few words behind": behind(few),
        "said before": _repeated(reads),
        "first two": (np.arange(len(reads)) < 2).astype(float),
    }


def _line(read: Read, lexicon: Lexicon) -> tuple[float, ...]:
    text, words, bit = read.sentence.text, read.words, lexicon.bit
    end, start = text[-1:], text[:1]
    served = read.classes & bit["of the house"] and len(words) <= 2 * _CALL_WORDS and _SERVED.search(text)
    flags = (
        end in _STOPS,
        end == "?",
        end in _MARKS,
        end not in _ENDS,
        end == ":",
        text.endswith(("…", "...")),
        any(map(text.__contains__, _SIGNS)),
        ":" in text and _LABELLED.match(text),
        start in "([",
        start in "([" and end in ")]",
        start.islower(),
        start.isdigit(),
        start in "-–—•",
        "(" in text and _PLACED.search(text),
        served,
        words and words[0][1] & bit["call"],
        (end == ")" or end not in _ENDS) and any(bits & bit["agency or picture"] for _, bits in words[-_LAST:]),
    )
    return (*(1.0 if flag else 0.0 for flag in flags), *_cases(words, bit["all capitals"], bit["capital"]))


def _cases(words: Sequence[Word], shouted: int, capital: int) -> tuple[float, float, float, float]:
    """Return the share of words in capitals and of words with one, and whether that makes a headline."""
    letters = [bits for word, bits in words if word[0].isalpha()]
    loud = len([1 for bits in letters if bits & shouted]) / max(1, len(letters))
    titled = len([1 for bits in letters[1:] if bits & capital]) / max(1, len(letters) - 1)
    return loud, float(loud > _LOUD), titled, float(titled > _TITLED and len(letters) > 2)


def _unstopped(article: Article, reads: Sequence[Read]) -> tuple[Floats, Floats]:
    """Return of each sentence's paragraph whether it ends without a stop, and whether it is short besides."""
    known: dict[int, tuple[float, float]] = {}
    for r in reads:
        if r.opens_paragraph:
            place = article.paragraphs[r.sentence.paragraph]
            text = article.body[place.start : place.end].rstrip()
            is_open = text[-1:] not in _ENDS
            known[r.sentence.paragraph] = (float(is_open), float(is_open and text.count(" ") < _UNSTOPPED_WORDS))
    rows = np.array([known[r.sentence.paragraph] for r in reads])
    return rows[:, 0], rows[:, 1]


def _repeated(reads: Sequence[Read]) -> Floats:
    """Return which lines open as an earlier line of the article does: a caption printed twice, a teaser."""
    seen: set[tuple[Word, ...]] = set()
    found = []
    for r in reads:
        key = r.words[:_SAME_OPENING]
        found.append(float(len(key) == _SAME_OPENING and key in seen))
        seen.add(key)
    return np.array(found)

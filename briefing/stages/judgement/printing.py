"""Decides whether a sentence may be printed in a place, and what must be printed with it: one rule for every place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefing.model import Article, CitedSentence, Judgement, Needs, Receipt, Sentence, Voice
from briefing.model.verdicts import follows
from briefing.text.languages import Language
from briefing.text.openings import leans_back
from briefing.text.quote_marks import closes_within

#: Where a sentence is printed. An excerpt stands by itself with its article at hand, outside any edition; a figure
#: stands in a box that names what it counts, a heading over its own article, an update under what earlier
#: editions told of its story.
PrintedIn = Literal[
    "excerpt",
    "summary",
    "update",
    "short",
    "passage",
    "lone passage",
    "key point",
    "statement",
    "figure",
    "heading",
    "correction",
]

#: Chance of being understood where it is printed, below which a sentence needs the one before it, or the span that
#: names what it points at. Under a headline, beside a speaker's name, in a box with a title less is asked.
STANDS: Mapping[PrintedIn, float] = {
    "excerpt": 0.0,
    "summary": 0.7,
    "update": 0.3,
    "short": 0.7,
    "passage": 0.9,
    "lone passage": 0.3,  # all a theme has that day: "Meanwhile, ..." is better than nothing; a judgement, not tuned
    "key point": 0.85,
    "statement": 0.65,
    "figure": 0.3,
    "heading": 0.6,
    "correction": 0.0,
}
#: The same of a sentence from beyond its article's opening that is printed without the one before it: it leans on more
#: than its words show. Of 321 such in editions that readers marked (`benchmarks/printed.py places`, two first sets)
#: .22 were not understood or wrong, of those printed behind the sentence before it .08, of key points from there .35.
STANDS_LATER: Mapping[PrintedIn, float] = {"summary": 0.85, "update": 0.5}
#: How much a statement must tell, 0.0 to 3.0: of 38 that readers marked 5.5 of the 21 that tell so much are dull, 10.5
#: of the rest.
TOLD_BY_A_STATEMENT = 1.2
#: Chance of that below which the span that names its referent is printed with it where one is known.
SURELY_STANDS = 0.8
#: Chance from which a sentence that is not the first of its article or part heads it: nothing led up to it.
HEADS_LATER = 0.8
#: Chance of being a view from which a sentence of an opinion piece is printed as one, though it is called reported: of
#: the labelled 14 below it one is a view, of the 26 above it nine.
DOUBTFUL = 0.15
#: Places that print the speaker, or what was printed before, beside a sentence in any case.
_SAID_BESIDE: tuple[PrintedIn, ...] = ("statement", "correction")
_GLUED = re.compile(
    r"[.!?][\"”]?-\s?[A-Z“\"]|[\"”][.!?]-\s|[a-z]{5}(?:He|She|The|It|They)\b|[a-z]{3}\.[A-Z]|, external\b"
)
_TRAILS_OFF = ("…", "..", "[…]", "[...]")
_NAME = re.compile(r"\b[^\W\d_a-zа-яёіїєґ][\w’'-]+")
_LABELLED = re.compile(r"\w{3,20}: |(?:[\w-]{1,20} ){1,3}(?:reports|writes|reported|wrote): ")
_STOPS = tuple(".!?。！？؟۔।,…")
_QUOTES = "”\"’'»“"
_ENDED = (*".!?。！？؟۔।", *"”\"’'»)]")


@dataclass(frozen=True, slots=True)
class Permit:
    """Whether a sentence may be printed in a place, and what is printed with it there."""

    refused: str = ""  # why it may not; empty when it may
    needs: Needs = ""  # what of that it needs to be understood
    mark: str = ""  # the speaker
    introduced: Receipt | None = None  # the span that names its referent


def permit(judgement: Judgement | None, place: PrintedIn, *, behind: bool = False) -> Permit:
    """Return whether a sentence may be printed in a place by what the judge says of it, and with what.

    Args:
        judgement: Of the sentence; None when it was not judged: then everything may.
        place: What it would be printed in.
        behind: Whether the sentence before it in its article is printed directly before it there.
    """
    if judgement is None or place == "correction":
        return Permit()
    if not judgement.is_prose:
        return Permit("It is no news prose.")
    if not judgement.full:
        leans = place in ("key point", "short") and judgement.needs and not behind
        return Permit("It leans on what stands before it.") if leans else _whose(judgement, place)
    if place != "excerpt" and place != "statement" and printed_voice(judgement) == "opinion":
        return Permit("It is its author's view.")
    if place == "statement" and judgement.news < TOLD_BY_A_STATEMENT:
        return Permit("It tells little.")
    if place == "key point" and judgement.in_opinion:
        return Permit("It is of an opinion piece.")
    if place == "key point" and not judgement.in_opening and not behind:
        return Permit("It is from beyond its article's opening.")
    given = _whose(judgement, place)
    return given if given.refused else _understood(judgement, place, behind, given.mark)


def _whose(judgement: Judgement, place: PrintedIn) -> Permit:
    """Return the permit by whose words a sentence is: with the speaker where it does not name him itself."""
    is_marked = judgement.voice == "unmarked" and judgement.voiced and place not in _SAID_BESIDE
    if is_marked and not judgement.speaker:
        return Permit("It is somebody's words, and nobody knows whose.")
    return Permit(mark=judgement.speaker if is_marked else "")


def printed_voice(judgement: Judgement) -> Voice:
    """Return the voice a sentence is printed as: what nobody is named for in an opinion piece is its author's."""
    doubtful = judgement.in_opinion and judgement.others >= DOUBTFUL
    return "opinion" if doubtful and judgement.voice == "reported" else judgement.voice


def _understood(judgement: Judgement, place: PrintedIn, behind: bool, mark: str) -> Permit:
    stands = judgement.behind if behind else judgement.standing
    least = STANDS[place] if behind else _asked(judgement, place)
    if place in _SAID_BESIDE:
        return Permit("What it points at is not printed with it." if stands < STANDS[place] else "")
    introduced = judgement.referent if stands < SURELY_STANDS else None
    # Of 15 sentences from beyond an opening whose referent summaries named readers marked .27, of 9 from one .07.
    is_mended = introduced is not None and (judgement.in_opening or place not in ("summary", "key point"))
    if stands < least:
        return Permit("" if is_mended else "What it points at is not printed with it.", "more", mark, introduced)
    leans = behind and judgement.standing < _asked(judgement, place)
    return Permit("", "previous" if leans and not is_mended else "", mark, introduced)


def _asked(judgement: Judgement, place: PrintedIn) -> float:
    """Return the chance of being understood that a place asks of a sentence printed without the one before it."""
    return STANDS[place] if judgement.in_opening else STANDS_LATER.get(place, STANDS[place])


def beside_what_is_printed(given: Permit, article: Article, printed: Sequence[str]) -> Permit:
    """Return a permit without the referent where a sentence printed further up in the place names it already."""
    if given.introduced is None:
        return given
    names = _NAME.findall(article.body[given.introduced.start : given.introduced.end])
    known = bool(names) and any(names[-1] in text for text in printed)
    needs: Needs = "" if given.needs == "more" else given.needs
    return replace(given, introduced=None, needs=needs) if known else given


def broken(article: Article, start: int, end: int) -> str:
    """Return why a span of an article is no whole sentence: a quotation never closed, words cut off; "" when it is."""
    if not closes_within(article.body, start, end):
        return "A quotation in it is not closed."
    if article.body[start:end].endswith(_TRAILS_OFF):
        return "It is cut off."
    if _GLUED.search(article.body, start, end):
        return "It is two sentences run into one."
    return ""


def closed(printed: Sequence[CitedSentence]) -> tuple[CitedSentence, ...]:
    """Return the sentences of one place without those that open a quotation which nothing behind them closes."""
    kept: list[CitedSentence] = []
    for n, sentence in enumerate(printed):
        text, last = sentence.text, sentence
        for after in printed[n + 1 :]:
            if not follows(last.receipt, after.receipt):
                break
            text, last = f"{text} {after.text}", after
        if closes_within(text, 0, len(sentence.text)):
            kept.append(sentence)
    return tuple(kept)


def may_head(judgement: Judgement | None, sentence: Sentence, spoken: Language, *, opens: bool) -> bool:
    """Return whether a sentence may stand as a heading: alone, with nothing printed beside it.

    Args:
        judgement: Of the sentence.
        sentence: Of an article.
        spoken: Its language.
        opens: Whether it is the first of its article, or of its part of a round-up.
    """
    if judgement and judgement.full and not opens and judgement.standing < HEADS_LATER:
        return False
    if sentence.kind != "text" or not is_plain(sentence) or leans_back(sentence.text, spoken):
        return False
    return heads_alone(judgement)


def heads_alone(judgement: Judgement | None) -> bool:
    """Return whether a sentence is understood as a heading, where neither speaker nor referent is printed with it."""
    given = permit(judgement, "heading")
    return not (given.refused or given.needs or given.mark)


def has_an_end(sentence: Sentence) -> bool:
    """Return whether a sentence of text ends as sentences do; a bullet need not."""
    return sentence.kind != "text" or _ends(sentence.text)


def _ends(text: str) -> bool:
    """Return whether a text ends with a stop, one before closing quotation marks or brackets included."""
    return text.endswith(_ENDED) and (text[-1] not in _QUOTES or text.rstrip(_QUOTES + " ").endswith(_STOPS))


def is_plain(sentence: Sentence) -> bool:
    """Return whether a sentence has the form of one that stands alone.

    It ends with a stop or a mark behind one, is not endless, opens without a label and closes the quotations it opens.
    """
    text = sentence.text
    return not sentence.is_endless and _ends(text) and not _LABELLED.match(text) and closes_within(text, 0, len(text))

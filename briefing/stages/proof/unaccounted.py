"""Finds text in the output files that is neither in the issue file nor a fixed word of the page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from urllib.parse import urlsplit

from briefing.model import Edition
from briefing.stages.proof.finding import Finding
from briefing.stages.proof.sentences import printed_sentences
from briefing.text.labels import words

_GAP = "\0"
_ELSEWHERE = 4  # letters; a shorter field is looked for only where it stands alone
_LONG = 40  # a shorter field is not looked for on both sides of a page break
_CLIPPED = 20  # characters a headline is cut to at least in a list of contents
_DIGITS = "0123456789"
_SHOWN = 80  # characters of a stray text that a finding shows
_LETTERS = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"U[0-9A-F]{4,6}")  # a character without a font is printed as its code
# Ids and hashes, and values that the page says in words of its own.
_IDS = ("sha256", "logo", "article_id", "story_id", "why", "scores", "program")
_SAID_IN_WORDS = ("outcome", "fate", "evidence", "precision", "kind", "scope", "paper", "language", "rule", "state")
_UNPRINTED = frozenset((*_IDS, *_SAID_IN_WORDS))
_FOREIGN = "\u0530"  # from here on no letter is Latin, Greek or Cyrillic, which the page's own fonts have
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def stray_texts(edition: Edition, file: str, parts: Sequence[str], fixed: Collection[str] = ()) -> tuple[Finding, ...]:
    """Return the texts of a file that are no field of the issue file and no fixed word, each with its place.

    Only letters and digits are compared: line breaks, hyphens and punctuation depend on the page. Text that runs from
    right to left is left out, since a PDF gives it back in the order it is drawn in.

    Args:
        edition: The edition the file is of, narrowed when it is a digest.
        file: Its name, for the findings.
        parts: Its text, a page each for a PDF: a sentence may run from one page over to the next.
        fixed: What else the page prints of its own, as `stray_chunks` finds it in what the desk's templates make.
    """
    sentences = {_bare(cited.text): place for place, cited in printed_sentences(edition)}
    return tuple(Finding(file, _problem(chunk, sentences)) for chunk in stray_chunks(edition, parts, fixed))


def stray_chunks(edition: Edition, parts: Sequence[str], fixed: Collection[str] = ()) -> list[str]:
    """Return the runs of letters and digits of a file that are no field of the issue file and no fixed word."""
    fields_ = {_bare(t) for t in _fields_of(edition)} | set(_derived(edition))
    known = sorted({*fields_, *_fixed(edition.imprint.language), *fixed}, key=lambda t: (-len(t), t))
    pages = _without_long([_bare(part) for part in parts], [p for p in known if len(p) >= _LONG])
    return [chunk for page in pages for chunk in _without(page, known)]


def missing_sentences(edition: Edition, file: str, parts: Sequence[str]) -> tuple[Finding, ...]:
    """Return the story sentences of the issue file that a file does not print, by item.

    Letters of other alphabets than the page's that it prints nowhere are passed over: no font of the machine has them.
    """
    halves = [_bare(part) for part in parts]
    text = "".join(halves)
    printed = frozenset(text)

    def there(sentence: str) -> bool:
        shown = "".join(c for c in sentence if c < _FOREIGN or c in printed)
        return shown in text or _over_the_page(shown, halves)

    return tuple(
        Finding(file, f"Item {story.number}, sentence {n} is not in it as the issue file has it.")
        for story in edition.stories
        for n, cited in enumerate(story.summary, 1)
        if not there(_bare(cited.text))
    )


def _over_the_page(sentence: str, parts: Sequence[str]) -> bool:
    return any(
        sentence[:at] in one and sentence[at:] in two
        for one, two in pairwise(parts)
        for at in range(1, len(sentence))
        if sentence[:at] in one
    )


def _bare(text: str) -> str:
    return "".join(c for c in _RIGHT_TO_LEFT.sub("", text) if c.isalnum())


def _fields_of(value: object) -> Iterator[str]:
    """Yield every text of an edition that may be printed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _fields_of(part)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in _UNPRINTED:
                yield from _fields_of(getattr(value, field.name))


def _derived(edition: Edition) -> Iterator[str]:
    """Yield the texts that outputs derive from fields: clipped headlines, hosts of addresses, days and moments."""
    for headline in (text for story in edition.stories for text in (story.headline, story.retitled)):
        words_ = headline.split()
        yield from (_bare(" ".join(words_[:n])) for n in range(len(words_)) if len(" ".join(words_[:n])) >= _CLIPPED)
    said = words(edition.imprint.language)
    days = {edition.day}
    if edition.signed:
        days |= _around(edition.signed.moment)
    for source in edition.sources:
        if source.url:
            host = urlsplit(source.url).netloc
            yield from (_bare(host), _bare(host.removeprefix("www.")))
        if source.published:
            days |= _around(source.published)
    for day in days:
        yield from (_bare(said.day(day, style)) for style in ("full", "long", "short", "tiny"))


def _around(moment: datetime) -> set[date]:
    """Return the days a moment may be of, whatever the zone."""
    return {moment.date() + timedelta(days=shift) for shift in (-1, 0, 1)}


@cache
def _fixed(language: str) -> frozenset[str]:
    """Return the fixed words, cut where numbers and names are filled in."""
    said = words(language)
    plurals = [form for forms in said.plurals.values() for form in forms]
    phrases = [*said.phrases.values(), *plurals, *said.patterns.values()]
    phrases += [*said.months, *said.months_short, *said.weekdays]
    return frozenset(_bare(piece) for phrase in phrases for piece in re.split(r"\{\w*\}", phrase))


def _without(text: str, known: Sequence[str]) -> list[str]:
    """Return a text's remains after the known texts are removed, the longest first, in order."""
    for phrase in known:
        if len(phrase) >= _ELSEWHERE:
            text = text.replace(phrase, _GAP)
    short = {phrase for phrase in known if len(phrase) < _ELSEWHERE}
    chunks = (_CODE.sub("", chunk).strip(_DIGITS) for chunk in text.split(_GAP))
    return [chunk for chunk in chunks if _LETTERS.search(chunk) and not set(re.split(r"\d+", chunk)) <= short]


def _without_long(pages: list[str], known: Sequence[str]) -> list[str]:
    """Return the pages without some texts, also where a page break parts them."""
    for phrase in known:
        pages = [page.replace(phrase, _GAP) for page in pages]
        for n in range(1, len(pages)):
            at = _break_in(phrase, pages[n - 1], pages[n])
            if at:
                before, _, after = pages[n - 1].rpartition(phrase[:at])
                pages[n - 1] = f"{before}{_GAP}{after}"
                pages[n] = pages[n].replace(phrase[at:], _GAP, 1)
    return pages


def _break_in(phrase: str, page: str, following: str) -> int:
    """Return the offset at which a page break parts a text; 0 where none does."""
    if phrase[0] not in page:
        return 0
    most = bisect_left(range(len(phrase) - 1), 1, key=lambda size: int(phrase[: size + 1] not in page))
    head = following.lstrip(_DIGITS)  # a page begins with the numbers in its margin
    return next((at for at in range(most, 0, -1) if head.startswith(phrase[at:])), 0)


def _problem(chunk: str, sentences: dict[str, str]) -> str:
    near = get_close_matches(chunk, sentences, n=1, cutoff=0.6)
    where = f" (compare {sentences[near[0]]})" if near else ""
    return f"It prints what is neither in the issue file nor a word of the page: {chunk[:_SHOWN]!r}{where}."

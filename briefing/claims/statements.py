"""Who said what: quotations and the speakers they are surely given to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from briefing import names
from briefing.claims.cast import Cast
from briefing.claims.quoted import closes_what_it_did_not_open, is_left_open, outside, quotations
from briefing.claims.speakers import (
    Speaker,
    Token,
    noun_phrase,
    opening_subject,
    phrase_after,
    read_tokens,
    subject_before,
)
from briefing.claims.speech import Speech, speech_of
from briefing.languages import Language, language_of
from briefing.model import Article, Sentence, Statement

FEWEST_WORDS = 2  # of a quotation; one word in marks is as often a scare quote as somebody's word
MOST_SENTENCES = 8  # that one quotation may span
LONGEST_PASSAGE = 1200  # characters of the sentences it spans
_SMALL_WORD = re.compile(r"[a-z]+")
_WORDS = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_NAMING = re.compile(
    r"(?:so-called|dubbed|nicknamed|named|titled|entitled|known as|film|book|song|series|poem)\s*[:,]?\s*$", re.I
)
_OBJECTS = {"him": "he", "her": "she"}
_COMPLETE = ",?!…—–."


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what a quotation holds, as one sentence tells it."""

    speaker: Speaker
    verb: str


@dataclass(slots=True)
class _Reading:
    """An article while its sentences are read in order."""

    cast: Cast
    speech: Speech
    language: Language
    spoke: dict[int, Speaker] = field(default_factory=dict)  # position → the person who speaks in that sentence
    sentences: dict[int, Sentence] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    addressed: set[int] = field(default_factory=set)  # positions of sentences in which two persons may be 'he'


@dataclass(frozen=True, slots=True)
class Read:
    """What one sentence, or the sentences one quotation spans, say of who speaks."""

    sentence: Sentence  # of several, one span from the first to the last
    positions: tuple[int, ...]
    statements: tuple[Statement, ...] = ()
    speakers: tuple[Speaker, ...] = ()  # named for certain, of quotations and of reported speech
    verb: str = ""  # of the last of them
    hinted: tuple[Speaker, ...] = ()  # as the words have it, where it is not certain who is meant
    unsure: bool = False  # somebody speaks, and who is not certain
    inside: bool = False  # it lies within a quotation


def find_statements(article: Article, sentences: Sequence[Sentence]) -> tuple[Statement, ...]:
    """Return an article's attributed quotations in reading order, none whose speaker is less than certain.

    A quotation that runs over several sentences of a paragraph is given whole, with one span from the first to the
    last as its sentence. 'He', 'she' and 'the department' speak only where the article leaves no doubt who they are.
    """
    return tuple(said for read in read_speech(article, tuple(sentences)) for said in read.statements)


@lru_cache(maxsize=64)  # statements and kinds are asked for one after the other
def read_speech(article: Article, sentences: tuple[Sentence, ...]) -> tuple[Read, ...]:
    """Return who speaks in each sentence of an article, in the order given."""
    language = language_of(article)
    speech = speech_of(language)
    reading = _Reading(Cast(article, speech), speech, language)
    found: list[Read] = []
    for sentence, positions in _passages(article, sentences, language):
        before = found[-1] if found and found[-1].sentence.paragraph == sentence.paragraph else None
        found.append(_read(sentence, positions, before, reading))
    return tuple(found)


def _passages(
    article: Article, sentences: Sequence[Sentence], language: Language
) -> Iterator[tuple[Sentence, tuple[int, ...]]]:
    """Yield each sentence with its position, those that one quotation spans as one."""
    at = 0
    while at < len(sentences):
        first, last = sentences[at], at
        if is_left_open(first.text, language):
            last = _closing(article, sentences, at, language)
        if last > at:
            end = sentences[last].end
            joined = replace(first, end=end, text=article.body[first.start : end])
            yield joined, tuple(s.position for s in sentences[at : last + 1])
        else:
            yield first, (first.position,)
        at = last + 1


def _closing(article: Article, sentences: Sequence[Sentence], first: int, language: Language) -> int:
    """Return the index of the sentence that closes what the first left open; the first when none near does."""
    start = sentences[first].start
    for at in range(first + 1, min(first + MOST_SENTENCES, len(sentences))):
        if sentences[at].paragraph != sentences[first].paragraph or sentences[at].end - start > LONGEST_PASSAGE:
            break
        if not is_left_open(article.body[start : sentences[at].end], language):
            return at
    return first


def _read(sentence: Sentence, positions: tuple[int, ...], before: Read | None, reading: _Reading) -> Read:
    text = sentence.text
    reading.texts.update(dict.fromkeys(positions, text))
    quotes = quotations(text, reading.language)
    speaks = _may_speak(text, reading.speech)
    inside = _is_inside(text, quotes, before, reading.language)
    reading.sentences.update(dict.fromkeys(positions, sentence))
    if not quotes and not speaks:
        return Read(sentence, positions, inside=inside)
    tokens = read_tokens(text, quotes)
    statements, speakers, hinted = _of_quotations(tokens, quotes, sentence, positions, reading)
    verb = statements[-1].verb if statements else ""
    if not statements and before and len(set(before.speakers)) == 1 and _is_quotation(text, quotes):
        speaker, verb = before.speakers[0], before.verb
        _note(speaker, positions, verb, reading)
        speakers, start, end = [speaker], *quotes[0]
        statements = [Statement(speaker.name, speaker.role, verb, text[start:end], sentence)]
    if not speakers and speaks:
        said = main_attribution(tokens, text, reading.speech)
        named = _resolved(said.speaker, sentence, reading) if said else None
        if said and named:
            _note(named, positions, said.verb, reading)
            speakers, verb = [named], said.verb
        elif hint := said or loose_attribution(tokens, text, reading.speech):
            hinted.append(hint.speaker)
    unsure = speaks or _is_quotation(text, quotes)
    return Read(sentence, positions, tuple(statements), tuple(speakers), verb, tuple(hinted), unsure, inside)


def _of_quotations(
    tokens: list[Token],
    quotes: Sequence[tuple[int, int]],
    sentence: Sentence,
    positions: tuple[int, ...],
    reading: _Reading,
) -> tuple[list[Statement], list[Speaker], list[Speaker]]:
    text = sentence.text
    statements, speakers, hinted = [], [], []
    for start, end in quotes:
        at = next(n for n, token in enumerate(tokens) if token.start == start)  # a token per quotation
        said = attribution_of(tokens, at, text, reading.speech)
        speaker = _resolved(said.speaker, sentence, reading) if said else None
        if said and speaker:
            _note(speaker, positions, said.verb, reading)
            speakers.append(speaker)
            if is_worth_quoting(text, start, end):
                statements.append(Statement(speaker.name, speaker.role, said.verb, text[start:end], sentence))
        elif said:
            hinted.append(said.speaker)
    return statements, speakers, hinted


def _is_quotation(text: str, quotes: Sequence[tuple[int, int]]) -> bool:
    """Return whether a sentence is quotation from its first word to its last."""
    return bool(quotes) and not any(c.isalnum() for c in outside(text, quotes))


def _is_inside(text: str, quotes: Sequence[tuple[int, int]], before: Read | None, language: Language) -> bool:
    """Return whether a sentence lies within a quotation that is too long to be given whole."""
    if is_left_open(text, language) or closes_what_it_did_not_open(text, quotes):
        return True
    return bool(before and before.inside and not closes_what_it_did_not_open(before.sentence.text, ()))


def loose_attribution(tokens: Sequence[Token], text: str, speech: Speech) -> Attribution | None:
    """Return who a clause like ', the ministry said' at a sentence's end names; not certain enough for a quotation."""
    for at in range(len(tokens) - 1, 0, -1):
        if tokens[at].low == "according":
            return _according(tokens, at, text, speech)
        if tokens[at].low in speech.verbs:
            start = max((n for n in range(at) if tokens[n].text == "," or tokens[n].is_quote), default=-1)
            speaker = subject_before(tokens[start + 1 :], at - start - 1, speech, text) if start + 1 < at else None
            return Attribution(speaker, tokens[at].text) if speaker else None
    return None


def _may_speak(text: str, speech: Speech) -> bool:
    words = _SMALL_WORD.findall(text)
    return not speech.verbs.isdisjoint(words) or "according" in words


def _note(speaker: Speaker, positions: tuple[int, ...], verb: str, reading: _Reading) -> None:
    if speaker.kind == "person":
        for position in positions:
            reading.spoke.setdefault(position, speaker)
            if verb in reading.speech.with_object or _speaks_twice(reading.texts.get(position, ""), reading):
                reading.addressed.add(position)


def _subject_of(position: int, reading: _Reading) -> Speaker | None:
    """Return the person who is a sentence's subject: 'he' of the next sentence when nobody speaks in this one."""
    sentence = reading.sentences.get(position)
    if sentence is None:
        return None
    tokens = read_tokens(sentence.text, quotations(sentence.text, reading.language))
    subject = opening_subject(tokens, reading.speech, sentence.text)
    return reading.cast.resolve(subject, sentence.start) if subject and subject.kind == "person" else None


def _speaks_twice(text: str, reading: _Reading) -> bool:
    plain = outside(text, quotations(text, reading.language))
    return sum(word in reading.speech.verbs for word in _SMALL_WORD.findall(plain)) > 1


def main_attribution(tokens: Sequence[Token], text: str, speech: Speech) -> Attribution | None:
    """Return who a sentence without quotations attributes its content to: its first verb of speech, else its last."""
    verbs = [at for at, token in enumerate(tokens) if token.low in speech.verbs]
    if not verbs:
        return None
    return _of_verb(tokens, verbs[0], text, speech) or _of_verb(tokens, verbs[-1], text, speech)


def attribution_of(tokens: Sequence[Token], quote: int, text: str, speech: Speech) -> Attribution | None:
    """Return who the quotation at an index is given to, or None when two readings differ or none is certain."""
    after = _after(tokens, quote, text, speech)
    before = _before(tokens, quote, text, speech)
    if after and after.verb.startswith("according") and _is_partial(tokens, quote, text):
        return None if any(t.low in speech.verbs for t in tokens[:quote]) else after
    if after and before and names.surname(after.speaker.name) != names.surname(before.speaker.name):
        return None if _is_partial(tokens, quote, text) else after
    return after or before or _closing_clause(tokens, quote, text, speech)


def _closing_clause(tokens: Sequence[Token], quote: int, text: str, speech: Speech) -> Attribution | None:
    """Return the speaker of 'Such “leaps in price” were unlikely, Name said.': the only verb of speech, at the end."""
    if any(t.low in speech.verbs or t.low in speech.carrying_on or t.text == ";" for t in tokens[:quote]):
        return None
    verbs = [n for n in range(quote + 1, len(tokens)) if tokens[n].low in speech.verbs]
    if len(verbs) != 1 or sum(t.is_quote for t in tokens) > 1 or tokens[verbs[0]].low in speech.with_object:
        return None
    comma = max((n for n in range(quote, verbs[0]) if tokens[n].text == ","), default=0)
    closes = all(not t.text[0].isalnum() or t.low in speech.days for t in tokens[verbs[0] + 1 :])
    if not comma or not closes:
        return None
    speaker = noun_phrase(list(tokens[comma + 1 : verbs[0]]), speech, text)
    return Attribution(speaker, tokens[verbs[0]].text) if speaker else None


def _is_partial(tokens: Sequence[Token], quote: int, text: str) -> bool:
    return quote > 0 and tokens[quote - 1].text not in ".:,"


def _after(tokens: Sequence[Token], quote: int, text: str, speech: Speech) -> Attribution | None:
    at = quote + 1
    complete = text[tokens[quote].end - 2] in _COMPLETE
    if at < len(tokens) and tokens[at].text in ",—–-":
        at, complete = at + 1, True
    if at >= len(tokens) or not complete:
        return None
    first = tokens[at]
    if first.low == "as" and at + 1 < len(tokens):
        return _as_said(tokens, at, text, speech)
    if first.low == "according" and at + 1 < len(tokens):
        return _according(tokens, at, text, speech)
    if first.low in speech.verbs or first.low in speech.only_after:
        speaker = phrase_after(tokens, at, speech, text) if first.low not in speech.with_object else None
        return Attribution(speaker, first.text) if speaker else None
    if not speech.full or first.low in speech.skipped or first.low in ("and", "but", "which", "who", "or"):
        return None
    for verb in range(at, len(tokens)):
        if tokens[verb].low == "saying" and tokens[verb - 1].low == "as":
            return _quoted_as(tokens, verb, text, speech)
        if tokens[verb].is_quote or tokens[verb].text in ";:":
            return None
        if tokens[verb].low in speech.verbs or tokens[verb].low in speech.only_after:
            if any(
                t.low == "saying" and tokens[n + verb - 1].low == "as" for n, t in enumerate(tokens[verb : verb + 12])
            ):
                continue
            speaker = subject_before(tokens, verb, speech, text)
            return Attribution(speaker, tokens[verb].text) if speaker and speaker.start > tokens[quote].start else None
    return None


def _as_said(tokens: Sequence[Token], at: int, text: str, speech: Speech) -> Attribution | None:
    """Return the speaker of 'as Name said'."""
    verb = next((n for n in range(at + 1, len(tokens)) if tokens[n].low in speech.verbs), 0)
    speaker = noun_phrase(list(tokens[at + 1 : verb]), speech, text) if verb else None
    return Attribution(speaker, tokens[verb].text) if speaker else None


def _according(tokens: Sequence[Token], at: int, text: str, speech: Speech) -> Attribution | None:
    if at + 1 >= len(tokens) or tokens[at + 1].low != "to":
        return None
    pronoun = _OBJECTS.get(tokens[at + 2].low) if at + 2 < len(tokens) else None
    if pronoun and (at + 3 == len(tokens) or not tokens[at + 3].text[0].isalnum()):
        speaker: Speaker | None = Speaker(pronoun, kind="pronoun", start=tokens[at + 2].start)
    else:
        speaker = phrase_after(tokens, at + 1, speech, text)
    return Attribution(speaker, text[tokens[at].start : tokens[at + 1].end].lower()) if speaker else None


def _before(tokens: Sequence[Token], quote: int, text: str, speech: Speech) -> Attribution | None:
    carried = ""
    for at in range(quote - 1, -1, -1):
        token = tokens[at]
        if token.text == ";" or token.low in speech.relaying:
            return None
        if token.low in speech.carrying_on:
            went_on = at > 1 and (tokens[at - 2].low, tokens[at - 1].low) in (("went", "on"), ("goes", "on"))
            if went_on:
                speaker = subject_before(tokens, at - 2, speech, text)
                return Attribution(speaker, token.text) if speaker else None
            if at and tokens[at - 1].low in (",", "and", "while") and not carried:
                carried = token.text
                continue
            if token.low == "saying" and tokens[at - 1].low == "as":
                return _quoted_as(tokens, at, text, speech)
            return None
        if token.low in ("according",):
            return _according(tokens, at, text, speech)
        if token.low in speech.verbs:
            if at and tokens[at - 1].low in ("and", "but") and not carried:
                carried = token.text  # 'said …, but added': the first verb has the subject
                continue
            said = _of_verb(tokens, at, text, speech)
            return Attribution(said.speaker, carried or said.verb) if said else None
    if carried and tokens:
        speaker = opening_subject(tokens[:quote], speech, text)
        return Attribution(speaker, carried) if speaker else None
    return None


def _quoted_as(tokens: Sequence[Token], saying: int, text: str, speech: Speech) -> Attribution | None:
    """Return the speaker of 'quoted Name as saying'."""
    for at in range(saying - 2, max(saying - 12, -1), -1):
        if tokens[at].low in ("quoted", "quotes", "reported", "cited"):
            speaker = noun_phrase(list(tokens[at + 1 : saying - 1]), speech, text)
            return Attribution(speaker, "saying") if speaker else None
    return None


def _of_verb(tokens: Sequence[Token], at: int, text: str, speech: Speech) -> Attribution | None:
    """Return the subject of one verb, which stands before it, or after it where a quotation stands before it."""
    previous = tokens[at - 1] if at else None
    if previous is None:
        return None
    if previous.is_quote or (previous.text == "," and at > 1 and tokens[at - 2].is_quote):
        if tokens[at].low in speech.with_object:
            return None
        speaker = phrase_after(tokens, at, speech, text)
        return Attribution(speaker, tokens[at].text) if speaker else None
    if not speech.full or previous.low in speech.no_subject or previous.owns:
        return None
    speaker = subject_before(tokens, at, speech, text)
    return Attribution(speaker, tokens[at].text) if speaker else None


def _resolved(speaker: Speaker, sentence: Sentence, reading: _Reading) -> Speaker | None:
    """Return who speaks; 'he' is who spoke in the sentence before, unless somebody else may be meant."""
    if speaker.kind != "pronoun":
        return reading.cast.resolve(speaker, sentence.start)
    earlier = sentence.position - 1
    own = _speaker_before(speaker, sentence, reading)
    meant = own or reading.spoke.get(sentence.position) or reading.spoke.get(earlier) or _subject_of(earlier, reading)
    if meant is None or not reading.cast.may_be(meant, speaker.name):
        return None
    before = sentence.text[: speaker.start]
    texts = [outside(before, quotations(before, reading.language))]
    heard = reading.spoke.get(earlier) is not None and earlier not in reading.addressed
    if not own and not heard and sentence.position not in reading.spoke:
        texts.append(reading.texts.get(earlier, ""))
    return meant if all(_names_nobody_else(text, meant, reading) for text in texts) else None


def _speaker_before(pronoun: Speaker, sentence: Sentence, reading: _Reading) -> Speaker | None:
    """Return the person of 'Name said he had told …': who speaks in the same sentence before the pronoun."""
    text = sentence.text[: pronoun.start]
    tokens = read_tokens(text, quotations(text, reading.language))
    said = main_attribution(tokens, text, reading.speech)
    if said is None or said.speaker.kind != "person":
        return None
    return reading.cast.resolve(said.speaker, sentence.start)


_NAME_RUN = re.compile(r"[A-Z][\w’'-]+(?:\s(?:de|van|von|al|bin)\s?)?(?:\s[A-Z][\w’'-]+)*")
_PLACED = re.compile(r"\b(?:in|at|near|on|into|from|outside|around|across|over|city of|region of)\s(?:the\s)?$")


def _names_nobody_else(text: str, speaker: Speaker, reading: _Reading) -> bool:
    """Return whether no person but the speaker is named: a capitalised run that is no actor, place, day or office."""
    own = set(_WORDS.findall(f"{speaker.name} {speaker.role}"))
    for run in _NAME_RUN.finditer(text):
        if (
            (
                run.start() == 0
                or text[run.start() - 1] in '“"‘«('
                or text[max(0, run.start() - 2) : run.start()] in (". ", "? ", "! ")
            )
            and " " not in run.group()
            and not _could_be_surname(run.group(), reading)
        ):
            continue
        if text[: run.start()].endswith("the ") and not _holds_office(run.group(), reading.speech):
            continue  # 'the Aspen Security Forum'
        words = [w.removesuffix("’s").removesuffix("'s") for w in run.group().split()]
        rest = [w for w in words if w not in own and not _is_known(w, reading.speech)]
        if rest and not names.actors(run.group()) and not _PLACED.search(text[: run.start()]):
            return False
        if rest and any(
            row in known.people for known in (names.default(),) for row in [tuple(names.name_words(w)) for w in rest]
        ):
            return False
    return True


def _holds_office(run: str, speech: Speech) -> bool:
    return any(word.lower() in speech.offices or word.lower().strip(".") in speech.titles for word in run.split())


def _could_be_surname(word: str, reading: _Reading) -> bool:
    return any(word == w for s in reading.spoke.values() for w in s.name.split())


def _is_known(word: str, speech: Speech) -> bool:
    low = word.lower().strip(".")
    return (
        low in speech.offices
        or low in speech.bodies
        or low in speech.days
        or low in speech.titles
        or low in ("i", "the", "a", "we", "it", "he", "she", "white", "foreign", "state", "security")
    )


def is_worth_quoting(text: str, start: int, end: int) -> bool:
    """Return whether a quotation holds somebody's words: not one word, not a title, not what something is called."""
    words = _WORDS.findall(text[start + 1 : end - 1])
    if len(words) < FEWEST_WORDS or _NAMING.search(text[:start]):
        return False
    return not all(w[0].isupper() for w in words if len(w) > 3) or text[end - 2] in ",.?!"

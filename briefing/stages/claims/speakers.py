"""Determines the speaker of each sentence of an article, read in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.model import Article, Sentence, Statement
from briefing.stages.claims.attribution import attribution_of, loose_attribution, main_attribution
from briefing.stages.claims.cast import Cast
from briefing.stages.claims.pronouns import PronounContext, resolved
from briefing.stages.claims.quoted import closes_what_it_did_not_open, is_left_open, outside, quotations
from briefing.stages.claims.speech import Speech, speech_of
from briefing.stages.claims.tokens import Speaker, Token, read_tokens
from briefing.text.languages import Language, language_of

FEWEST_WORDS = 2  # of a quotation; one word in marks is as often a scare quote as somebody's word
MOST_SENTENCES = 8  # that one quotation may span
LONGEST_PASSAGE = 1200  # characters of the sentences it spans
_SMALL_WORD = re.compile(r"[a-z]+")
_WORDS = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_NAMING = re.compile(
    r"(?:so-called|dubbed|nicknamed|named|titled|entitled|known as|film|book|song|series|poem)\s*[:,]?\s*$", re.I
)


@dataclass(frozen=True, slots=True)
class Read:
    """The speaker of a sentence, or of the sentences one quotation spans."""

    sentence: Sentence  # of several, one span from the first to the last
    positions: tuple[int, ...]
    statements: tuple[Statement, ...] = ()
    speakers: tuple[Speaker, ...] = ()  # named for certain, of quotations and of reported speech
    verb: str = ""  # of the last of them
    hinted: tuple[Speaker, ...] = ()  # as the words have it, where it is not certain who is meant
    unsure: bool = False  # somebody speaks, and who is not certain
    inside: bool = False  # it lies within a quotation
    cues: tuple[int, ...] = ()  # where in the body words say that somebody speaks; known of languages read by cues


def read_clauses(article: Article, sentences: tuple[Sentence, ...]) -> tuple[Read, ...]:
    """Return the speaker of each sentence of an article, in the order given, by the subjects of its verbs of speech."""
    language = language_of(article)
    speech = speech_of(language)
    reading = PronounContext(Cast(article, speech), speech, language)
    found: list[Read] = []
    for sentence, positions in passages(article, sentences, language):
        before = found[-1] if found and found[-1].sentence.paragraph == sentence.paragraph else None
        found.append(_read(sentence, positions, before, reading))
    return tuple(found)


def passages(
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


def _read(sentence: Sentence, positions: tuple[int, ...], before: Read | None, reading: PronounContext) -> Read:
    text = sentence.text
    reading.texts.update(dict.fromkeys(positions, text))
    quotes = quotations(text, reading.language)
    speaks = _may_speak(text, reading.speech)
    inside = is_inside(text, quotes, before, reading.language)
    reading.sentences.update(dict.fromkeys(positions, sentence))
    if not quotes and not speaks:
        return Read(sentence, positions, inside=inside)
    tokens = read_tokens(text, quotes)
    statements, speakers, hinted = _of_quotations(tokens, quotes, sentence, positions, reading)
    verb = statements[-1].verb if statements else ""
    if not statements and before and len(set(before.speakers)) == 1 and is_quotation(text, quotes):
        speaker, verb = before.speakers[0], before.verb
        _note(speaker, positions, verb, reading)
        speakers, start, end = [speaker], *quotes[0]
        statements = [Statement(speaker.name, speaker.role, verb, text[start:end], sentence)]
    if not speakers and speaks:
        said = main_attribution(tokens, text, reading.speech)
        named = resolved(said.speaker, sentence, reading) if said else None
        if said and named:
            _note(named, positions, said.verb, reading)
            speakers, verb = [named], said.verb
        elif hint := said or loose_attribution(tokens, text, reading.speech):
            hinted.append(hint.speaker)
    unsure = speaks or is_quotation(text, quotes)
    return Read(sentence, positions, tuple(statements), tuple(speakers), verb, tuple(hinted), unsure, inside)


def _of_quotations(
    tokens: list[Token],
    quotes: Sequence[tuple[int, int]],
    sentence: Sentence,
    positions: tuple[int, ...],
    reading: PronounContext,
) -> tuple[list[Statement], list[Speaker], list[Speaker]]:
    text = sentence.text
    statements, speakers, hinted = [], [], []
    for start, end in quotes:
        at = next(n for n, token in enumerate(tokens) if token.start == start)  # a token per quotation
        said = attribution_of(tokens, at, text, reading.speech)
        speaker = resolved(said.speaker, sentence, reading) if said else None
        if said and speaker:
            _note(speaker, positions, said.verb, reading)
            speakers.append(speaker)
            if is_worth_quoting(text, start, end):
                statements.append(Statement(speaker.name, speaker.role, said.verb, text[start:end], sentence))
        elif said:
            hinted.append(said.speaker)
    return statements, speakers, hinted


def is_quotation(text: str, quotes: Sequence[tuple[int, int]]) -> bool:
    """Return whether a sentence is quotation from its first word to its last."""
    return bool(quotes) and not any(c.isalnum() for c in outside(text, quotes))


def is_inside(text: str, quotes: Sequence[tuple[int, int]], before: Read | None, language: Language) -> bool:
    """Return whether a sentence lies within a quotation that is too long to be given whole."""
    if is_left_open(text, language) or closes_what_it_did_not_open(text, quotes):
        return True
    return bool(before and before.inside and not closes_what_it_did_not_open(before.sentence.text, ()))


def _may_speak(text: str, speech: Speech) -> bool:
    words = _SMALL_WORD.findall(text)
    return not speech.verbs.isdisjoint(words) or "according" in words


def _note(speaker: Speaker, positions: tuple[int, ...], verb: str, reading: PronounContext) -> None:
    if speaker.kind == "person":
        for position in positions:
            reading.spoke.setdefault(position, speaker)
            if verb in reading.speech.with_object or _speaks_twice(reading.texts.get(position, ""), reading):
                reading.addressed.add(position)


def _speaks_twice(text: str, reading: PronounContext) -> bool:
    plain = outside(text, quotations(text, reading.language))
    return sum(word in reading.speech.verbs for word in _SMALL_WORD.findall(plain)) > 1


def is_worth_quoting(text: str, start: int, end: int) -> bool:
    """Return whether a quotation is somebody's words: not one word, not a title, not a name of something."""
    words = _WORDS.findall(text[start + 1 : end - 1])
    if len(words) < FEWEST_WORDS or _NAMING.search(text[:start]):
        return False
    return not all(w[0].isupper() for w in words if len(w) > 3) or text[end - 2] in ",.?!"

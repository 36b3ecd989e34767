"""Determines the speaker of each sentence of an English article, read in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.model import Article, Sentence, Statement
from briefing.stages.claims.english.attribution import attribution_of, loose_attribution, main_attribution
from briefing.stages.claims.english.cast import Cast
from briefing.stages.claims.english.pronouns import PronounContext, resolved
from briefing.stages.claims.quoted import outside, quotations
from briefing.stages.claims.speakers import Read, is_inside, is_quotation, is_worth_quoting, passages
from briefing.stages.claims.speech import Speech, speech_of
from briefing.stages.claims.tokens import Speaker, Token, read_tokens
from briefing.text.languages import language_of

_SMALL_WORD = re.compile(r"[a-z]+")


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
            if is_worth_quoting(text, start, end, reading.speech.naming):
                statements.append(Statement(speaker.name, speaker.role, said.verb, text[start:end], sentence))
        elif said:
            hinted.append(said.speaker)
    return statements, speakers, hinted


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

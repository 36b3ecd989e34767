"""Attributes a quotation or a sentence to its speaker, by its verb of speech."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.stages.claims.english.inverted import phrase_after
from briefing.stages.claims.english.phrases import noun_phrase
from briefing.stages.claims.english.subjects import opening_subject, subject_before
from briefing.stages.claims.speech import Speech
from briefing.stages.claims.tokens import Speaker, Token
from briefing.text import aliases

_OBJECTS = {"him": "he", "her": "she"}
_COMPLETE = ",?!…—–."


@dataclass(frozen=True, slots=True)
class Attribution:
    """The speaker of a quotation, as one sentence gives it."""

    speaker: Speaker
    verb: str


def attribution_of(tokens: Sequence[Token], quote: int, text: str, speech: Speech) -> Attribution | None:
    """Return the speaker of the quotation at an index; None when two readings differ or none is certain."""
    after = _after(tokens, quote, text, speech)
    before = _before(tokens, quote, text, speech)
    if after and after.verb.startswith("according") and _is_partial(tokens, quote, text):
        return None if any(t.low in speech.verbs for t in tokens[:quote]) else after
    if after and before and aliases.surname(after.speaker.name) != aliases.surname(before.speaker.name):
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


def main_attribution(tokens: Sequence[Token], text: str, speech: Speech) -> Attribution | None:
    """Return the speaker of a sentence without quotations: by its first verb of speech, else its last."""
    verbs = [at for at, token in enumerate(tokens) if token.low in speech.verbs]
    if not verbs:
        return None
    return _of_verb(tokens, verbs[0], text, speech) or _of_verb(tokens, verbs[-1], text, speech)


def loose_attribution(tokens: Sequence[Token], text: str, speech: Speech) -> Attribution | None:
    """Return the speaker of a clause like ', the ministry said' at a sentence's end; too uncertain for a quotation."""
    for at in range(len(tokens) - 1, 0, -1):
        if tokens[at].low == "according":
            return _according(tokens, at, text, speech)
        if tokens[at].low in speech.verbs:
            start = max((n for n in range(at) if tokens[n].text == "," or tokens[n].is_quote), default=-1)
            speaker = subject_before(tokens[start + 1 :], at - start - 1, speech, text) if start + 1 < at else None
            return Attribution(speaker, tokens[at].text) if speaker else None
    return None

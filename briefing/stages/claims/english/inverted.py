"""Finds the speaker after its verb, as in 'said Name, office'."""

from __future__ import annotations

from dataclasses import replace

from briefing.stages.claims.english.phrases import describes, no_verbs, noun_phrase, person_of, role_of
from briefing.stages.claims.speech import Speech
from briefing.stages.claims.tokens import LONGEST_NAME, Speaker, Token, Tokens, span


def phrase_after(tokens: Tokens, verb: int, speech: Speech, text: str) -> Speaker | None:
    """Return the subject that follows its verb: 'said Name, description'."""
    if not speech.full:
        return _full_name_after(tokens, verb, speech, text)
    parts: list[list[Token]] = [[]]
    for at in range(verb + 1, len(tokens)):
        token = tokens[at]
        if token.is_quote or token.text in ".;:—–-!?":
            break
        if token.text == ",":
            if len(parts) == 3:
                break
            parts.append([])
            continue
        parts[-1].append(token)
    first = parts[0]
    speaker = noun_phrase(first, speech, text) or _named_freely(first, speech, text)
    if speaker is None:
        first = _cut(first, speech)
        speaker = noun_phrase(first, speech, text) or _named_freely(first, speech, text)
    if speaker is None or len(parts) == 1 or not parts[1] or len(first) < len(parts[0]):
        return speaker
    if speaker.kind == "officer":
        named = noun_phrase(_cut(parts[1], speech), speech, text)
        return replace(named, role=speaker.name) if named and named.kind == "person" and not named.role else speaker
    if speaker.kind == "person" and not speaker.role and describes(parts[1], speech):
        return replace(speaker, role=role_of(parts[1:2], speech, text))
    return speaker


def _full_name_after(tokens: Tokens, verb: int, speech: Speech, text: str) -> Speaker | None:
    """Return 'the minister Name Name' after a verb, in a language of which no more is known than its verbs.

    The last two capitalised words are the name, up to five words before it the role: German nouns have capitals too.
    """
    at = verb + 1
    while at < len(tokens) and tokens[at].low in speech.verbs:  # 'a déclaré'
        at += 1
    start = at
    while at < min(len(tokens), start + 5) and not tokens[at].is_name and tokens[at].text.isalpha():
        at += 1
    first = at
    while at < len(tokens) and tokens[at].is_name:
        at += 1
    if at - first < 2 or at - first > LONGEST_NAME:
        return None
    role = span([tokens[start : at - 2]], text) if at - 2 > start else ""
    return Speaker(span([tokens[at - 2 : at]], text), role, start=tokens[at - 2].start)


def _named_freely(part: list[Token], speech: Speech, text: str) -> Speaker | None:
    """Return 'student Maria Lind': right after a verb, up to three small words before a full name are its role."""
    small = 0
    while small < len(part) and not part[small].is_name and part[small].text.isalpha():
        small += 1
    name = part[small:]
    if not 0 < small <= 3 or len(name) < 2 or not no_verbs(part, speech):
        return None
    if any(t.low in speech.of_words or t.low in speech.refers_back or t.low in speech.lead_ins for t in part[:small]):
        return None
    person = person_of(name, speech, text)
    if person is None or person.role:
        return None
    role = [t for t in part[:small] if t.low not in ("the", "a", "an")]
    return replace(person, role=span([role], text) if role else "")


def _cut(part: list[Token], speech: Speech) -> list[Token]:
    """Return the phrase up to what says when, where or how it was said."""
    for at, token in enumerate(part):
        if at and (token.low in speech.after_name or token.low in speech.days) and not _belongs(part, at, speech):
            both = part[at].low == "and" and at + 1 < len(part) and part[at + 1].is_name
            return [] if both else part[:at]
    return part


def _belongs(part: list[Token], at: int, speech: Speech) -> bool:
    """Return whether 'minister for', 'ambassador to', 'official at', 'expert on' goes on with the office."""
    return (
        part[at].low in ("to", "at", "in", "on")
        and part[at - 1].low in speech.offices
        and at + 1 < len(part)
        and (part[at + 1].is_name or part[at + 1].low == "the")
    )

"""Finds the speaker before its verb of speech."""

from __future__ import annotations

from dataclasses import replace

from briefing.stages.claims.english.phrases import LONGEST_ROLE, describes, noun_phrase, role_of
from briefing.stages.claims.speech import Speech
from briefing.stages.claims.tokens import Speaker, Token, Tokens, span

MOST_PARTS = 3  # of a speaker, parted by commas: the name and what describes it


def subject_before(tokens: Tokens, verb: int, speech: Speech, text: str) -> Speaker | None:
    """Return the subject of the verb at an index, or None when it cannot be told for certain."""
    start = verb
    while start and not _ends_clause(tokens, start - 1, speech):
        start -= 1
    segment = list(tokens[start:verb])
    while segment and (segment[-1].low in speech.before_verb or segment[-1].low in speech.days):
        segment.pop()
    if segment and segment[-1].low in ("he", "she"):
        return Speaker(segment[-1].low, kind="pronoun", start=segment[-1].start)
    return _subject(segment, speech, text) or _last_part(segment, speech, text)


def opening_subject(tokens: Tokens, speech: Speech, text: str) -> Speaker | None:
    """Return the person or body that is the subject of a sentence's first clause: 'Name has compared …'.

    All words up to the verb must be its name and description; the verb must be plain to see by its form.
    """
    end = next((n for n, t in enumerate(tokens) if t.is_quote or t.text in ";:—–()"), len(tokens))
    parts = _without_lead_in(_parts(tokens[:end]), speech)
    if not parts:
        return None
    first = parts[0]
    for size in range(min(len(first) - 1, LONGEST_ROLE), 0, -1):
        if _is_deed(first, size, speech):
            found = noun_phrase(first[:size], speech, text)
            if found and found.kind in ("person", "body"):
                return found
    return None


def _is_deed(part: Tokens, at: int, speech: Speech) -> bool:
    """Return whether a word, or the one after an adverb, is a verb in a form of the past or 'has'."""
    word = part[at]
    if word.is_name or not word.text[0].isalpha():
        return False
    if word.low in ("has", "had", "also") or word.low in speech.verbs:
        return True
    return word.low.endswith(("ed", "ly")) and word.low not in speech.offices


def _last_part(segment: list[Token], speech: Speech, text: str) -> Speaker | None:
    """Return the subject of '…, the ministry said': all between the last comma and the verb must be its name."""
    commas = [at for at, token in enumerate(segment) if token.text == ","]
    part = segment[commas[-1] + 1 :] if commas else []
    if not part or part[0].low in speech.lead_ins or part[0].low in speech.skipped:
        return None
    speaker = noun_phrase(part, speech, text)
    if speaker is None or speaker.kind == "officer" or "and" in {t.low for t in part}:
        return None
    return speaker


def _ends_clause(tokens: Tokens, at: int, speech: Speech) -> bool:
    token = tokens[at]
    if token.is_quote or token.text in ";:—–-()[]":
        return True
    return token.text == "," and at + 1 < len(tokens) and tokens[at + 1].low in ("but", "while", "though", "although")


def _subject(segment: list[Token], speech: Speech, text: str) -> Speaker | None:
    if segment and segment[0].text == ",":
        segment = segment[1:]
    parts = _without_lead_in(_parts(segment), speech)
    if not parts or not parts[0]:
        return None
    return _named_and_described(parts, speech, text)


def _named_and_described(parts: list[list[Token]], speech: Speech, text: str) -> Speaker | None:
    """Return the speaker of 'Name', 'Name, description', 'Description, Name'; all parts must be used up."""
    first = noun_phrase(parts[0], speech, text)
    if first is None:
        return None
    parts = [parts[0], *(part for part in parts[1:] if not _is_aside(part, speech))]
    if len(parts) == 1:
        return first
    named = noun_phrase(parts[1], speech, text)
    if first.kind == "officer" and named and named.kind == "person" and not named.role and len(parts) == 2:
        return replace(named, role=first.name)
    if first.kind != "person" or not describes(parts[1], speech) or len(parts) > MOST_PARTS:
        return None
    if len(parts) == MOST_PARTS and parts[1][-1].low in speech.offices and " " in first.name:
        return replace(first, role=first.role or span(parts[1:2], text))  # '…, adviser to the president, Name, said'
    aged = len(parts) == MOST_PARTS and parts[1][0].text.isdigit() and len(parts[1]) == 1
    if aged and not parts[2][0].is_name and describes(parts[2], speech):
        return replace(first, role=first.role or span(parts[2:3], text))  # 'Name, 44, a soldier, said'
    if len(parts) == MOST_PARTS and (named or parts[2][0].is_name or noun_phrase(parts[2], speech, text)):
        return None
    return replace(first, role=first.role or role_of(parts[1:], speech, text))


def _is_aside(part: Tokens, speech: Speech) -> bool:
    """Return whether a part is an adverbial of place or manner: ', speaking in Kyiv,'."""
    if not part or part[0].is_name or any(t.low in speech.verbs for t in part):
        return False
    if part[0].low in speech.skipped or part[0].low in ("and", "or"):
        return False
    if part[0].low in ("who", "whose", "which"):
        return len(part) > 2
    return part[0].low in speech.lead_ins or (part[0].low.endswith("ing") and part[0].low not in speech.offices)


def _parts(segment: Tokens) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in segment:
        if token.text == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    if parts and not parts[-1]:
        parts.pop()
    return parts


def _without_lead_in(parts: list[list[Token]], speech: Speech) -> list[list[Token]]:
    """Return the parts from the subject on."""
    parts = [list(part) for part in parts]
    for _ in range(3):
        if not parts:
            return []
        first = parts[0]
        while len(first) > 1 and (first[0].low in speech.skipped or _is_stamp(first[0], speech)):
            first = parts[0] = first[1:]
        if first and first[0].low in ("on", "in", "last", "late", "early") and len(first) > 2:
            inner = 1
            while inner < len(first) and (
                first[inner].low in speech.days
                or first[inner].low.isdigit()
                or first[inner].low in ("last", "late", "early", "next")
            ):
                inner += 1
            if 1 < inner < len(first):
                first = parts[0] = first[inner:]
                continue
        if not first or not (first[0].low in speech.lead_ins or (len(parts) > 1 and _opens_with_deed(first, speech))):
            return parts
        if first[0].low == "according":
            return []
        days = [n for n, token in enumerate(first[:-1]) if token.low in speech.days or token.text in speech.when]
        if days:
            parts[0] = first[days[-1] + 1 :]
            continue
        parts = parts[1:]
    return parts


def _opens_with_deed(part: Tokens, speech: Speech) -> bool:
    """Return whether a first part says what the subject was doing: 'Arriving in Brussels, …'."""
    first = part[0].low
    return len(part) > 1 and first.endswith("ing") and len(first) > 5 and first not in speech.offices


def _is_stamp(token: Token, speech: Speech) -> bool:
    """Return whether a word is of '9 May 2022 02.50', as live pages put it before what they tell."""
    return token.text[0].isdigit() or token.text.lower() in speech.days

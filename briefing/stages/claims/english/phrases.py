"""Parses noun phrases: the person, body or office a phrase names, every word of it accounted for."""

from __future__ import annotations

from briefing.stages.claims.speech import Speech
from briefing.stages.claims.tokens import LONGEST_NAME, Speaker, Token, Tokens, span
from briefing.text import aliases

LONGEST_ROLE = 12


def noun_phrase(part: Tokens, speech: Speech, text: str) -> Speaker | None:
    """Return what a phrase names when every word of it is accounted for, else None."""
    if not part:
        return None
    if len(part) == 1 and part[0].low in ("he", "she"):
        return Speaker(part[0].low, kind="pronoun", start=part[0].start)
    if part[0].low in speech.of_words or (part[0].low in speech.refers_back and not part[0].owns):
        return None
    if any(t.is_quote or (not t.text[0].isalnum()) for t in part):
        part = _without_brackets(part)
        if not part or any(t.is_quote or not t.text[0].isalnum() for t in part):
            return None
    body = _body(part, speech, text)
    return body or person_of(part, speech, text) or _officer(part, speech, text)


def _without_brackets(part: Tokens) -> list[Token]:
    kept, depth = [], 0
    for token in part:
        if token.text in "([":
            depth += 1
        elif token.text in ")]":
            depth -= 1
        elif not depth:
            kept.append(token)
    return kept


def _head(part: Tokens, speech: Speech) -> int:
    """Return the index of the head: the last word before 'of', 'for', 'in' …"""
    for at, token in enumerate(part):
        if at and token.low in speech.of_words:
            return at - 1
    return len(part) - 1


def _body(part: Tokens, speech: Speech, text: str) -> Speaker | None:
    head = _head(part, speech)
    core = part[: head + 1]
    bare = [t for t in core if t.low not in ("the", "a", "an")]
    if not bare or len(bare) > 7:
        return None
    part = _without_manner(part, head)
    name = text[bare[0].start : part[-1].end]
    is_body = bare[-1].low in speech.bodies and not bare[-1].owns and _is_one_name(core, speech)
    if is_body and len(bare) == 1 and not bare[0].is_name and head == len(part) - 1:
        return Speaker(bare[0].low, kind="back", start=bare[0].start) if core[0].low == "the" else None
    if is_body and all(t.is_name or t.owns or not t.text[0].isupper() for t in bare) and no_verbs(part, speech):
        return Speaker(name, kind="body", start=bare[0].start)
    if all(t.is_name for t in bare) and not bare[-1].owns and head == len(part) - 1 and _is_actor(bare):
        return Speaker(name, kind="body", start=bare[0].start, acts=True)
    return None


def _without_manner(part: Tokens, head: int) -> Tokens:
    """Return a body's phrase up to 'in a statement', 'on its website'."""
    for at in range(head + 1, len(part) - 1):
        if part[at].low in ("in", "on", "at", "with", "to") and part[at + 1].low in ("a", "an", "its", "their"):
            return part[:at]
    return part


def _is_one_name(core: Tokens, speech: Speech) -> bool:
    """Return whether no article or preposition stands within, and no long run of small words opens it."""
    inner = [t.low for t in core[1:]]
    return not {"the", "a", "an", "and"} & set(inner) and sum(not t.is_name for t in core[:-1]) <= 3


def _is_actor(bare: Tokens) -> bool:
    """Return whether words are a state's or a body's name, and not a person's."""
    known = aliases.default()
    words = tuple(w for t in bare for w in aliases.name_words(t.text))
    return any(row == words for row, _ in known.mentions.get(words[0], ())) and words not in known.people


def no_verbs(part: Tokens, speech: Speech) -> bool:
    """Return whether a phrase has neither a verb of speech nor a form of 'to be' or 'to have'."""
    return not any(t.low in speech.verbs or t.low in ("is", "was", "are", "were", "has", "had", "that") for t in part)


def person_of(part: Tokens, speech: Speech, text: str) -> Speaker | None:
    """Return 'role and Name': the name is the run of capitals at the end, offices and owners before it the role."""
    at = len(part)
    while at and _may_be_of_name(part, at - 1, speech):
        at -= 1
    name = list(part[at:])
    while name and name[0].low in speech.particles and not name[0].is_name:
        name = name[1:]
    if not name or len(name) > LONGEST_NAME + 2 or name[-1].owns:
        return None
    before = list(part[: len(part) - len(name)])
    if before and before[-1].low in speech.of_words | {"the"}:  # 'Secretary of State Antony Blinken'
        while len(name) > 1 and (name[0].low in speech.portfolios or len(name) > 2 or _is_actor(name[:1])):
            before.append(name.pop(0))
    if len(name) > LONGEST_NAME or name[0].low in speech.portfolios:
        return None
    titled = bool(before) and before[-1].low.strip(".") in speech.titles
    if _is_actor(name) and not titled:
        return None
    if len(name) == 1 and len(name[0].text) < 3:
        return None
    start = name[0].start
    if titled:
        title = before.pop()
        if len(name) == 1:  # 'Mr. Scholz' is how the source names him
            start = title.start
    if before and not _is_role(before, speech):
        return None
    role = [t for t in before if t.low not in ("the", "a", "an")]
    return Speaker(text[start : name[-1].end], span([role], text) if role else "", start=start)


def _may_be_of_name(part: Tokens, at: int, speech: Speech) -> bool:
    token = part[at]
    if token.owns and at < len(part) - 1:
        return False
    if not token.is_name:
        follows_name = (
            at > 0
            and (part[at - 1].is_name or part[at - 1].low in speech.particles)
            and part[at - 1].low not in speech.offices
        )
        return token.low in speech.particles and follows_name
    low = token.low.strip(".")
    return not (
        low in speech.offices
        or low in speech.titles
        or low in speech.bodies
        or low in speech.days
        or low in ("the", "a", "an")
        or low in speech.lead_ins
    )


def _is_role(before: Tokens, speech: Speech) -> bool:
    """Return whether words before a name can be its office: they hold an office's word and nothing a clause has.

    Small words that are no office go with the office right after them: 'press secretary', not 'will meet Russian …'.
    """
    if len(before) > LONGEST_ROLE or not any(t.low in speech.offices for t in before):
        return False
    for at, token in enumerate(before):
        if token.text in "()[]" or token.low in speech.verbs or token.low in speech.never_in_role:
            return False
        if token.low == "and" and (at in (0, len(before) - 1) or before[at - 1].is_name or before[at + 1].is_name):
            return False
        if token.low in speech.portfolios and before[at - 1].low in speech.of_words:
            continue  # 'secretary of state'
        small = not token.is_name and not token.owns and token.low not in speech.offices
        if small and token.low not in speech.of_words and token.low not in ("the", "a", "an"):
            following = before[at + 1] if at + 1 < len(before) else None
            ends = following is None or following.is_name or following.low in ("the", "a", "an", *speech.of_words)
            if ends and (following is None or following.low not in speech.offices):
                return False
    return before[-1].low not in speech.of_words and not before[-1].owns


def _officer(part: Tokens, speech: Speech, text: str) -> Speaker | None:
    head = _head(part, speech)
    word = part[head].low
    if word not in speech.offices and word not in speech.many:
        return None
    if len(part) > 14 or not no_verbs(part, speech):
        return None
    core = part[: head + 1]
    plain = [t for t in core if t.low not in ("the", "a", "an")]
    if len(plain) == 1 and head == len(part) - 1:
        return Speaker(word, kind="unnamed" if core[0].low in ("a", "an") else "back", start=plain[0].start)
    if core[0].low in ("his", "her", "its", "their"):
        return None
    return Speaker(text[part[0].start : part[-1].end], kind="officer", start=part[0].start)


def role_of(parts: list[list[Token]], speech: Speech, text: str) -> str:
    """Return what a description says a person is; empty for an age, or for what he or she did."""
    first = parts[0][0]
    return "" if first.low.isdigit() or first.low in speech.refers_back else span(parts, text)


def describes(part: Tokens, speech: Speech) -> bool:
    """Return whether a phrase may describe the name before it: 'the mayor of …', '44', 'Oster's envoy'."""
    return bool(part) and (
        part[0].low in speech.describing
        or part[0].low.isdigit()
        or (not part[0].is_name and (part[0].low in speech.offices or any(t.low in speech.offices for t in part[:4])))
        or (part[0].owns and len(part) > 1 and no_verbs(part, speech))
        or (part[0].is_name and any(t.low in speech.offices for t in part) and bool(aliases.actors(part[0].text)))
    )

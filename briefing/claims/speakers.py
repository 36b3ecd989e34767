"""Who speaks: the subject of a verb of speech, read from the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from briefing import names
from briefing.claims.speech import Speech

QUOTE, INSIDE = "\x00", "\x01"  # stand for the first character of a quotation and for all others
_TOKEN = re.compile(
    r"\x00\x01*|(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Gov|Lt|Col|Rep|Prof|Maj|Adm|Capt|Sgt|St)\.|[A-Z]\.(?=\s[A-Z])"
    r"|\w+(?:[’'./&-]\w+)*[’'](?=\s\w)|\w+(?:[’'./&-]\w+)*|\S"
)
_POSSESSIVES = ("’s", "'s", "’", "'")
_NO_MASK = {ord(QUOTE): " ", ord(INSIDE): " "}
LONGEST_NAME = 4  # words
LONGEST_ROLE = 12
MOST_PARTS = 3  # of a speaker, parted by commas: the name and what describes it


class Token(NamedTuple):
    """A word, a mark, or a whole quotation."""

    text: str
    start: int
    end: int
    low: str  # in lower case, its possessive ending taken off

    @property
    def is_quote(self) -> bool:
        """Return whether it stands for a quotation."""
        return self.text[0] == QUOTE

    @property
    def is_name(self) -> bool:
        """Return whether it begins as a name does."""
        return self.text[0].isupper()

    @property
    def owns(self) -> bool:
        """Return whether it is a possessive."""
        return self.text.endswith(_POSSESSIVES)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody or something that speaks, as one sentence names it."""

    name: str
    role: str = ""
    kind: str = "person"  # "body", "officer" (by office), "pronoun", "back" (named before), "unnamed" ('a spokesman')
    start: int = 0  # where the name begins in the sentence
    acts: bool = False  # a state or a body of states


Tokens = Sequence[Token]


def read_tokens(text: str, quotes: Sequence[tuple[int, int]]) -> list[Token]:
    """Return a text's words and marks in order, each quotation as one."""
    masked = text.translate(_NO_MASK)
    for start, end in quotes:
        masked = masked[:start] + QUOTE + INSIDE * (end - start - 1) + masked[end:]
    return [Token(word := m.group(), *m.span(), _low(word)) for m in _TOKEN.finditer(masked)]


@lru_cache(maxsize=65_536)  # news repeats its words
def _low(word: str) -> str:
    low = word.lower()
    ending = next((e for e in _POSSESSIVES if low.endswith(e) and low != e), "")
    return low.removesuffix(ending)


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
    if first.kind != "person" or not _describes(parts[1], speech) or len(parts) > MOST_PARTS:
        return None
    if len(parts) == MOST_PARTS and parts[1][-1].low in speech.offices and " " in first.name:
        return replace(first, role=first.role or span(parts[1:2], text))  # '…, adviser to the president, Name, said'
    aged = len(parts) == MOST_PARTS and parts[1][0].text.isdigit() and len(parts[1]) == 1
    if aged and not parts[2][0].is_name and _describes(parts[2], speech):
        return replace(first, role=first.role or span(parts[2:3], text))  # 'Name, 44, a soldier, said'
    if len(parts) == MOST_PARTS and (named or parts[2][0].is_name or noun_phrase(parts[2], speech, text)):
        return None
    return replace(first, role=first.role or _role_of(parts[1:], speech, text))


def _role_of(parts: list[list[Token]], speech: Speech, text: str) -> str:
    """Return what a description says a person is; empty for an age, or for what he or she did."""
    first = parts[0][0]
    return "" if first.low.isdigit() or first.low in speech.refers_back else span(parts, text)


def _is_aside(part: Tokens, speech: Speech) -> bool:
    """Return whether a part says where or how: ', speaking in Kyiv,'."""
    if not part or part[0].is_name or any(t.low in speech.verbs for t in part):
        return False
    if part[0].low in speech.skipped or part[0].low in ("and", "or"):
        return False
    if part[0].low in ("who", "whose", "which"):
        return len(part) > 2
    return part[0].low in speech.lead_ins or (part[0].low.endswith("ing") and part[0].low not in speech.offices)


def span(parts: Sequence[Tokens], text: str) -> str:
    """Return the text that parts cover."""
    return text[parts[0][0].start : parts[-1][-1].end]


def _describes(part: Tokens, speech: Speech) -> bool:
    return bool(part) and (
        part[0].low in speech.describing
        or part[0].low.isdigit()
        or (not part[0].is_name and (part[0].low in speech.offices or any(t.low in speech.offices for t in part[:4])))
        or (part[0].owns and len(part) > 1 and _no_verbs(part, speech))
        or (part[0].is_name and any(t.low in speech.offices for t in part) and bool(names.actors(part[0].text)))
    )


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
    """Return the parts without what stands before the subject."""
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
    return body or _person(part, speech, text) or _officer(part, speech, text)


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
    if is_body and all(t.is_name or t.owns or not t.text[0].isupper() for t in bare) and _no_verbs(part, speech):
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
    known = names.default()
    words = tuple(w for t in bare for w in names.name_words(t.text))
    return any(row == words for row, _ in known.mentions.get(words[0], ())) and words not in known.people


def _no_verbs(part: Tokens, speech: Speech) -> bool:
    return not any(t.low in speech.verbs or t.low in ("is", "was", "are", "were", "has", "had", "that") for t in part)


def _person(part: Tokens, speech: Speech, text: str) -> Speaker | None:
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
    if len(part) > 14 or not _no_verbs(part, speech):
        return None
    core = part[: head + 1]
    plain = [t for t in core if t.low not in ("the", "a", "an")]
    if len(plain) == 1 and head == len(part) - 1:
        return Speaker(word, kind="unnamed" if core[0].low in ("a", "an") else "back", start=plain[0].start)
    if core[0].low in ("his", "her", "its", "their"):
        return None
    return Speaker(text[part[0].start : part[-1].end], kind="officer", start=part[0].start)


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
    if speaker.kind == "person" and not speaker.role and _describes(parts[1], speech):
        return replace(speaker, role=_role_of(parts[1:2], speech, text))
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
    if not 0 < small <= 3 or len(name) < 2 or not _no_verbs(part, speech):
        return None
    if any(t.low in speech.of_words or t.low in speech.refers_back or t.low in speech.lead_ins for t in part[:small]):
        return None
    person = _person(name, speech, text)
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

"""Resolves the persons and bodies of one article: full names, offices, 'he', 'the department'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from briefing.model import Article
from briefing.stages.claims.english.phrases import noun_phrase
from briefing.stages.claims.speech import Speech
from briefing.stages.claims.tokens import Speaker, Token, read_tokens
from briefing.text import aliases

_WORD = re.compile(r"\w+")
_NAMED_BODY = r"\b(?!The\b)(?:[A-Z]\w+\s){{1,3}}{}\b"  # 'European Space Agency'
_POSSESSIVE = ("his", "her", "their", "its", "my", "our")
#: Offices that "the Norvian leader" and "the head of state" may stand for.
_LEADERS = r"(?:[Pp]resident|[Pp]rime [Mm]inister|[Cc]hancellor|[Pp]remier|[Kk]ing|[Qq]ueen|[Ss]upreme [Ll]eader)"
_SEX = {"he": "m", "she": "f"}
NEAR = 500  # characters before 'the president' in which no other known person may be named
MOST_MENTIONS = 8  # of a surname that are looked at for the full name
LONGEST_INTRODUCTION = 14  # words before a surname that may hold the office


@dataclass(slots=True)
class Cast:
    """The persons and bodies an article has named so far; grows as its sentences are read in order."""

    article: Article
    speech: Speech
    bodies: dict[str, str] = field(default_factory=dict)  # last word, lower case → the body's name; "" when several
    sexes: dict[str, str] = field(default_factory=dict)  # key of a person → "m" or "f"
    names: dict[str, bool] = field(default_factory=dict)  # words, and whether they are names
    introduced: dict[str, Speaker] = field(default_factory=dict)
    heard: list[Speaker] = field(default_factory=list)  # persons who spoke

    def resolve(self, speaker: Speaker, at: int) -> Speaker | None:
        """Return the speaker with the name and office the article gives, or None for one it does not name.

        Args:
            speaker: As a sentence names it.
            at: Where that sentence begins in the body.
        """
        if speaker.kind == "unnamed":
            return None
        if speaker.kind == "back":
            return self._named_before(speaker.name, at)
        if speaker.kind == "body":
            self._remember_body(speaker.name)
            return speaker
        if speaker.kind == "person":
            return self._person(speaker, at)
        return self._described(speaker.name, at) or speaker

    def _named_before(self, word: str, at: int) -> Speaker | None:
        """Return the one earlier person or body that 'the minister' or 'the agency' can refer to."""
        holders = {aliases.surname(s.name): s for s in self.heard if word in s.role.lower().split()}
        if word in self.speech.offices and len(holders) == 1:
            holder = next(iter(holders.values()))
            return holder if self._is_alone(holder, self.article.body[max(0, at - NEAR) : at]) else None
        known = self.bodies.get(word, "")
        if known or word in self.bodies or word in self.speech.offices:
            return Speaker(known, kind="body") if known else None
        named = {m.group() for m in re.finditer(_NAMED_BODY.format(word.capitalize()), self.article.body[:at])}
        return Speaker(named.pop(), kind="body") if len(named) == 1 else None

    def _described(self, words: str, at: int) -> Speaker | None:
        """Return the one person who spoke and has the office of 'the foreign minister'."""
        first, *office = words.lower().split()
        if office[1:] in (["leader"], ["head", "of", "state"]) and (leader := self._leader(words.split()[1], at)):
            return leader
        holders = {aliases.surname(s.name): s for s in self.heard if set(office) <= set(s.role.lower().split())}
        if first != "the" or not office or len(holders) != 1:
            return None
        holder = next(iter(holders.values()))
        return holder if self._is_alone(holder, self.article.body[max(0, at - NEAR) : at]) else None

    def _leader(self, country: str, at: int) -> Speaker | None:
        """Return the one person that an article has called the president or premier of a country up to a place."""
        named = rf"\b({re.escape(country)} {_LEADERS}) ((?:[A-Z][\w’'.-]+ ?){{1,3}}\b)"
        found = {aliases.surname(m[2]): m for m in re.finditer(named, self.article.body[:at])}
        if len(found) != 1:
            return None
        only = next(iter(found.values()))
        return Speaker(only[2].strip(), only[1])

    def _is_alone(self, holder: Speaker, text: str) -> bool:
        """Return whether a text names no other person of the alias file, so that 'the president' is unambiguous."""
        known = aliases.default().people
        named = (w for w in _WORD.findall(text) if w[0].isupper() and tuple(aliases.name_words(w)) in known)
        return all(aliases.surname(w) == aliases.surname(holder.name) for w in named)

    def _remember_body(self, name: str) -> None:
        last = _WORD.findall(name)[-1].lower()
        self.bodies[last] = name if self.bodies.get(last, name) == name else ""

    def _person(self, speaker: Speaker, at: int) -> Speaker | None:
        surname = _WORD.findall(speaker.name)[-1]
        bare = speaker.name.split()
        titled = len(bare) > 1 and bare[0].lower().strip(".") in self.speech.titles
        alone = len(bare) == 1 or (titled and len(bare) == 2)
        opens = speaker.start == 0  # where any word has a capital
        if alone and not titled and (opens or not speaker.role) and not self._is_a_name(bare[0]):
            return None
        found = self._introduction(surname) if alone or not speaker.role else None
        if speaker.role.split(" ", 1)[0].lower() in _POSSESSIVE:
            return None  # "Mr. Odin, his lawyer said": not the man named speaks, and who does is not named
        if found and (not alone or _WORD.findall(found.name)[-1] == surname):
            speaker = replace(speaker, name=found.name if alone else speaker.name, role=speaker.role or found.role)
        self._remember_sex(speaker, bare[0])
        self.heard.append(speaker)
        return speaker

    def _is_a_name(self, word: str) -> bool:
        """Return whether a single word has a capital within a sentence too."""
        if word not in self.names:
            body = self.article.body
            self.names[word] = any(
                at > 1 and body[at - 1] == " " and (body[at - 2].islower() or body[at - 2] in ",’”")
                for at, _ in _places(body, word)
            )
        return self.names[word]

    def _introduction(self, surname: str) -> Speaker | None:
        """Return a person as first named in full."""
        if surname not in self.introduced:
            self.introduced[surname] = self._first_in_full(surname) or Speaker("")
        return self.introduced[surname] if self.introduced[surname].name else None

    def _first_in_full(self, surname: str) -> Speaker | None:
        body, best = self.article.body, None
        for start, end in islice(_places(body, surname), MOST_MENTIONS):
            line = max(body.rfind("\n", 0, start) + 1, start - LONGEST_INTRODUCTION * 10)
            before = body[line:end]
            if not _may_name_in_full(before, len(surname)):
                continue
            here = self._longest_phrase(read_tokens(before, ())[-LONGEST_INTRODUCTION:], before)
            after = body[end : end + 120]
            if here and len(here.name.split()) > 1:
                role = here.role or _appositive(after, self.speech)
                if best is None or (role and not best.role and here.name == best.name):
                    best = replace(here, role=role)
                if best.role:
                    break
        return best

    def _longest_phrase(self, tokens: list[Token], line: str) -> Speaker | None:
        """Return what the longest run of words up to the surname names, all of them used."""
        for start in range(len(tokens)):
            if tokens[start].low in self.speech.skipped or not tokens[start].text[0].isalnum():
                continue
            found = noun_phrase(tokens[start:], self.speech, line)
            if found and found.kind == "person" and not aliases.actors(found.name.split()[0]):
                return found
        return None

    def _remember_sex(self, speaker: Speaker, first: str) -> None:
        words = {w.lower() for w in _WORD.findall(f"{first} {speaker.role}")}
        sex = "m" if words & self.speech.he else "f" if words & self.speech.she else ""
        if sex:
            self.sexes.setdefault(aliases.surname(speaker.name), sex)

    def may_be(self, speaker: Speaker, pronoun: str) -> bool:
        """Return whether a person may be 'he' or 'she', and remember it."""
        return self.sexes.setdefault(aliases.surname(speaker.name), _SEX[pronoun]) == _SEX[pronoun]


def _places(body: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of a whole word in a text."""
    at = body.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and body[at - 1].isalnum()) and not body[end : end + 1].isalnum():
            yield at, end
        at = body.find(word, end)


def _may_name_in_full(before: str, length: int) -> bool:
    """Return whether a capitalised word or a particle stands right before the surname that ends a text."""
    words = before[:-length].split(" ")[-3:]
    return (len(words) > 1 and words[-1] == "" and any(word[:1].isupper() for word in words[-2:-1])) or any(
        word[:1].isupper() for word in words[:1]
    )


def _appositive(after: str, speech: Speech) -> str:
    """Return 'the head of …' in ', the head of …, ' or ''."""
    found = re.match(r",\s((?:the|a|an|[A-Z]\w+[’']s|[a-z]+)\s[^,.;:“”\"()]{3,80})[,.]", after)
    if not found:
        return ""
    words = found.group(1).split()
    starts = words[0].lower() in speech.describing or words[0].lower() in speech.offices or "’" in words[0]
    return found.group(1) if starts and any(w.lower() in speech.offices for w in words[:6]) else ""

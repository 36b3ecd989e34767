"""Looks up how an article introduces a person whom a sentence names by surname alone."""

from __future__ import annotations

import re
from dataclasses import replace

from briefing.model import Article
from briefing.stages.claims.cue_words import CueWords
from briefing.stages.claims.cued_speakers import LONGEST_ROLE, is_name, is_state, named
from briefing.stages.claims.tokens import Speaker, Token, Tokens

OFFICE = 5  # words before a name that may be its office
MOST_MENTIONS = 8  # of a surname that are looked at
_SENTENCE_END = re.compile(r"[.!?;:»”“]\s|\n")


class Introductions:
    """The full names and offices of an article's persons, by surname."""

    def __init__(self, article: Article, words: CueWords) -> None:
        self._body = f"{article.title}\n{article.body}"
        self._words = words
        self._known: dict[str, tuple[Speaker | None, bool]] = {}

    def in_full(self, part: Tokens) -> Speaker | None:
        """Return the one person with a full name that a phrase names by surname alone; None when there are several."""
        surname = self._surname(part)
        return self._introduced(surname)[0] if surname else None

    def as_state(self, part: Tokens) -> bool:
        """Return whether whoever a phrase names by surname is introduced with a state's office."""
        surname = self._surname(part, full=True)
        return bool(surname) and self._introduced(surname)[1]

    def sex_of(self, speaker: Speaker) -> str:
        """Return "f" where a speaker's office is a woman's, else ""."""
        lows = [token.low for token in self._words.read(speaker.role)]
        return "f" if any(low in self._words.feminine for low in lows) else ""

    def _surname(self, part: Tokens, *, full: bool = False) -> str:
        first = next((n for n, t in enumerate(part) if is_name(t, self._words)), len(part))
        end = next((n for n, t in enumerate(part) if n > first and t.low in self._words.lead_ins), len(part))
        part = part[:end]
        names = [t for t in part if is_name(t, self._words)]
        others = [t for t in part if t not in names and not self._words.is_filler(t.low)]
        if others or not names or (len(names) > 1 and not full):
            return ""
        return names[-1].text

    def _introduced(self, surname: str) -> tuple[Speaker | None, bool]:
        if surname not in self._known:
            phrases = list(self._phrases(surname))
            found = [s for line, phrase in phrases if (s := named(phrase, line, self._words, loose=True))]
            found = [s for s in found if s.name.endswith(surname)]
            names = {s.name for s in found}
            first = next((s for s in found if s.role), found[0] if found else None)
            official = any(is_state(_near(phrase, self._words), self._words) for _, phrase in phrases)
            person = replace(first, official=official) if first and len(names) == 1 else None
            self._known[surname] = person, official
        return self._known[surname]

    def _phrases(self, surname: str) -> list[tuple[str, list[Token]]]:
        """Return the words before each mention, it included, back to a mark of their sentence."""
        found = []
        for mention in list(re.finditer(rf"(?<!\w){re.escape(surname)}(?!\w)", self._body))[:MOST_MENTIONS]:
            before = self._body[max(0, mention.start() - 120) : mention.end()]
            line = _SENTENCE_END.split(before)[-1]
            tokens = self._words.read(line)
            start = max(
                (n for n, t in enumerate(tokens) if t.text in ",–—()" or t.low in self._words.verbs), default=-1
            )
            found.append((line, tokens[start + 1 :][-LONGEST_ROLE:]))
        return found


def _near(phrase: list[Token], words: CueWords) -> list[Token]:
    """Return the words of a phrase that stand before the name that ends it, back to a preposition or a verb."""
    start = len(phrase)
    while start and is_name(phrase[start - 1], words):
        start -= 1
    first = start
    while first and start - first < OFFICE and phrase[first - 1].low not in words.lead_ins:
        token = phrase[first - 1]
        if token.low in words.auxiliaries:
            break  # the subject stands before it: 'the court has the former head, Name, …'
        follows = phrase[first] if first < len(phrase) else None
        is_small = not token.is_name and not words.is_filler(token.low) and not words.is_office(token.low)
        if words.language.capital_nouns and is_small and follows and words.is_filler(follows.low):
            break  # 'sprachen die …': a verb
        first -= 1
    return phrase[first:start]

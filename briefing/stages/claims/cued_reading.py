"""Determines the speaker of each sentence of an article by its language's cues of speech, read in order.

For languages whose data list verbs of speech, sources and offices, but whose clauses nobody parses; English is parsed.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.model import Article, Sentence, Statement
from briefing.stages.claims.cue_words import CueWords, cue_words_of
from briefing.stages.claims.cued_speakers import Pointed, before_mark, bodies, is_state, named, pointed_at
from briefing.stages.claims.cues import Cue, cues_of
from briefing.stages.claims.introductions import Introductions
from briefing.stages.claims.quoted import quotations
from briefing.stages.claims.speakers import Read, is_inside, is_quotation, is_worth_quoting, passages
from briefing.stages.claims.tokens import Speaker, Tokens
from briefing.text.languages import language_of

CARRIED = 2  # sentences or quotations over which 'she added' points back
LONG = 25  # characters of a quotation that is no name
CUT_OUT = 4  # words from which a quotation that begins in the middle of a sentence is somebody's words and no term
LEAD = 8  # words between a verb of speech and the quotation it brings in
_NOBODY = Speaker("", kind="pronoun", official=False)


@dataclass(frozen=True, slots=True)
class _Heard:
    """The last who spoke."""

    speaker: Speaker
    place: int  # of the passage, counted from 0


def read_by_cues(article: Article, sentences: tuple[Sentence, ...]) -> tuple[Read, ...]:
    """Return the speaker of each sentence of an article, in the order given."""
    reading = _Reading(article)
    found: list[Read] = []
    for sentence, positions in passages(article, sentences, reading.words.language):
        before = found[-1] if found and found[-1].sentence.paragraph == sentence.paragraph else None
        found.append(reading.read(sentence, positions, before, len(found)))
    return tuple(found)


class _Reading:
    """The state of one article's reading: who spoke last, and how persons were introduced."""

    def __init__(self, article: Article) -> None:
        self.words: CueWords = cue_words_of(language_of(article))
        self.introduced = Introductions(article, self.words)
        self.heard: _Heard | None = None
        self.before: tuple[Tokens, str] = ((), "")  # the sentence before
        self.announced: int | None = None  # paragraph of a sentence that says who speaks and ends with a colon
        self.told_in: int | None = None  # the paragraph that follows such a sentence as its words

    def read(self, sentence: Sentence, positions: tuple[int, ...], before: Read | None, place: int) -> Read:
        text, spoken = sentence.text, self.words.language
        quotes = quotations(text, spoken)
        tokens = self.words.read(text, quotes)
        cues = tuple(cues_of(tokens, self.words))
        inside = is_inside(text, quotes, before, spoken)
        whole = is_quotation(text, quotes)
        statements, speakers = self._statements(tokens, quotes, cues, sentence, place)
        if whole and not statements and before and len(set(before.speakers)) == 1:
            speakers = list(before.speakers[:1])
            quotation = text[slice(*quotes[0])]
            statements = [Statement(speakers[0].name, speakers[0].role, before.verb, quotation, sentence)]
        voices = [self._voice(tokens, cue, text, place) for cue in cues]
        is_told = self._is_announced(sentence) and text.rstrip()[-1:] in ".!?"
        is_known = any(v.official or v.kind in ("person", "body") for v in (*voices, *speakers))
        self.announced = sentence.paragraph if is_known and text.rstrip().endswith(":") else None
        told_on = whole or inside or is_told
        if not voices and not speakers and (told_on or self._carries_on(tokens, place)):
            voices = [self._carried(place) or _NOBODY]
        elif not voices and not speakers and self._is_cut_out(tokens, text):
            voices = [_NOBODY]  # perhaps of whoever the sentence is about, and not of the last who spoke
        if heard := next((v for v in (*speakers, *voices) if v.name), None):
            self.heard = _Heard(heard, place)
        elif whole and self.heard:
            self.heard = replace(self.heard, place=place)
        self.before = tokens, text
        verb = statements[-1].verb if statements else ""
        led_to = any(token.is_quote and _is_led_to(tokens, n, text, self.words) for n, token in enumerate(tokens))
        unsure = whole or led_to or _leads(tokens, text)
        at = tuple(sentence.start + tokens[cue.at].start for cue in cues)
        return Read(sentence, positions, tuple(statements), tuple(speakers), verb, tuple(voices), unsure, inside, at)

    def _voice(self, tokens: Tokens, cue: Cue, text: str, place: int) -> Speaker:
        """Return whoever speaks by a cue, as far as it is known, with whether that is a state."""
        pointed = pointed_at(tokens, cue, self.words)
        if pointed.pronoun or not any(not self.words.is_filler(t.low) for t in pointed.words):
            meant = self._opens(tokens[: cue.at], text, place) or self._carried(place)
            return meant or self._who_opened(pointed.pronoun, place) or _NOBODY
        is_subject = cue.form == "verb" or not self.words.inflected
        found = self._named(pointed, text) if is_subject else None
        speaker = found or Speaker(_printed(pointed.words, text), kind="unnamed")
        return replace(speaker, official=self._official(pointed, place))

    def _who_opened(self, pronoun: str, place: int) -> Speaker | None:
        """Return the person the sentence before opens with, where a pronoun may mean this one."""
        person = self._opens(*self.before, place) if pronoun in ("m", "f") else None
        return person if person and self.introduced.sex_of(person) in ("", pronoun) else None

    def _opens(self, tokens: Tokens, text: str, place: int) -> Speaker | None:
        """Return the person words open with: 'Minister Name wants to look into it'."""
        opening = Pointed(tuple(itertools.takewhile(lambda t: t.text[0].isalnum() and not t.is_quote, tokens)))
        found = named(opening.words, text, self.words)
        return replace(found, official=self._official(opening, place)) if found else None

    def _official(self, pointed: Pointed, place: int) -> bool:
        """Return whether words name a state; 'its president' is of whoever was named before."""
        if pointed.words and pointed.words[0].low in self.words.possessives:
            carried = self._carried(place)
            own = any(token.low in self.words.own_people for token in pointed.words)
            return bool(carried and carried.official and not own)
        return is_state(pointed.words, self.words) or self.introduced.as_state(pointed.words)

    def _named(self, pointed: Pointed, text: str) -> Speaker | None:
        return (
            named(pointed.words, text, self.words)
            or self.introduced.in_full(pointed.words)
            or bodies(pointed, text, self.words)
        )

    def _carried(self, place: int) -> Speaker | None:
        return self.heard.speaker if self.heard and place - self.heard.place <= CARRIED else None

    def _is_announced(self, sentence: Sentence) -> bool:
        """Return whether a sentence is what a colon before it announces: one, or the whole of the next paragraph."""
        if self.announced is not None and self.announced != sentence.paragraph:
            self.told_in = sentence.paragraph
        return self.announced is not None or self.told_in == sentence.paragraph

    def _is_cut_out(self, tokens: Tokens, text: str) -> bool:
        """Return whether a sentence has words of somebody in marks: 'He is "ready for all of it"'."""
        quoted = (text[t.start + 1 : t.end - 1] for t in tokens if t.is_quote)
        return self.heard is not None and any(
            q.lstrip(" …")[:1].islower() and len(q.split()) >= CUT_OUT for q in quoted
        )

    def _carries_on(self, tokens: Tokens, place: int) -> bool:
        """Return whether a sentence without a speaker is reported speech by its mood: 'Er sei bereit.'"""
        words = self.words
        lows = [t.low for t in tokens]
        if not words.first_person.isdisjoint(lows):
            return False
        carried = self._carried(place) is not None
        at_once = self.heard is not None and place - self.heard.place == 1
        forms = words.subjunctive | (words.subjunctive_behind if at_once else frozenset())
        return any(
            (low in forms or _is_subjunctive(tokens, n, words, carried))
            and not tokens[n].is_name
            and (not n or lows[n - 1] not in words.not_subjunctive_after)
            for n, low in enumerate(lows)
        )

    def _statements(
        self,
        tokens: Tokens,
        quotes: Sequence[tuple[int, int]],
        cues: Sequence[Cue],
        sentence: Sentence,
        place: int,
    ) -> tuple[list[Statement], list[Speaker]]:
        text = sentence.text
        statements, speakers = [], []
        for start, end in quotes:
            at = next((n for n, token in enumerate(tokens) if token.start == start), -1)
            cue = _cue_of(tokens, at, cues, text) if at >= 0 else None
            speaker = self._speaker(tokens, cue, text, place) if cue else None
            if not cue and _is_led_to(tokens, at, text, self.words):
                speakers += self._before_colon(tokens, at - 1, text, place)
            if cue and speaker:
                speakers.append(speaker)
                if is_worth_quoting(text, start, end, self.words.naming):
                    statements.append(Statement(speaker.name, speaker.role, cue.verb, text[start:end], sentence))
        return statements, speakers

    def _before_colon(self, tokens: Tokens, colon: int, text: str, place: int) -> list[Speaker]:
        """Return whom 'Name: „…“' names, nobody known where it is no person or body."""
        pointed = Pointed(before_mark(tokens, colon, self.words))
        found = self._named(pointed, text)
        return [replace(found, official=self._official(pointed, place))] if found else [_NOBODY]

    def _speaker(self, tokens: Tokens, cue: Cue, text: str, place: int) -> Speaker | None:
        """Return the person or body that speaks by a cue, where the article leaves no doubt."""
        pointed = pointed_at(tokens, cue, self.words)
        if pointed.pronoun:
            carried = self._carried(place)
            agrees = carried and pointed.pronoun in ("any", self.introduced.sex_of(carried) or pointed.pronoun)
            return carried if carried and agrees and carried.kind == "person" else None
        found = self._named(pointed, text)
        return replace(found, official=self._official(pointed, place)) if found else None


def _is_led_to(tokens: Tokens, quote: int, text: str, words: CueWords) -> bool:
    """Return whether a colon leads to a quotation that is a sentence or more: '…: „We plan to build.“'."""
    if quote < 1 or tokens[quote - 1].text != ":":
        return False
    start, end = tokens[quote].start, tokens[quote].end
    return end - start > LONG and text[end - 2] in ".!?…" and is_worth_quoting(text, start, end, words.naming)


def _leads(tokens: Tokens, text: str) -> bool:
    """Return whether a sentence is a quotation and who says it, by whatever verb: '«…», …', '"… ." laughs Name'."""
    is_long = bool(tokens) and tokens[0].is_quote and tokens[0].end - tokens[0].start > LONG
    if not is_long or len(tokens) < 3:
        return False
    ends = text[: tokens[0].end - 1].rstrip()[-1:] in ".!?…"
    return tokens[1].text in ",–—" or (ends and tokens[1].low.isalpha() and not tokens[1].is_name)


def _is_subjunctive(tokens: Tokens, at: int, words: CueWords, carried: bool) -> bool:
    """Return whether a verb's ending shows the mood of reported speech: 'er plane', 'das Land erfülle die Auflagen'.

    Adjectives end alike, so no noun may follow at once; behind a noun somebody must have spoken before.
    """
    low, ending = tokens[at].low, words.subjunctive_ending
    if not ending or not at or not low.endswith(ending) or low.endswith(words.not_subjunctive_endings):
        return False
    known = words.subjunctive_behind | words.not_subjunctive | words.adverbs
    if low in words.language.stop_words or low in known:
        return False
    before, after = tokens[at - 1], tokens[at + 1] if at + 1 < len(tokens) else None
    is_adjective = after is not None and after.is_name
    is_noun = before.is_name and at > 1 and not words.is_filler(before.low)
    return not is_adjective and (before.low in words.he or (carried and is_noun))


def _cue_of(tokens: Tokens, quote: int, cues: Sequence[Cue], text: str) -> Cue | None:
    """Return the cue beside a quotation: the one right behind it, else the last before that leads up to it."""
    at = quote + 1
    while at < len(tokens) and tokens[at].text in ",—–-":
        at += 1
    is_complete = at > quote + 1 or text[: tokens[quote].end - 1].rstrip()[-1:] in ",?!…."
    behind = next((c for c in cues if c.at == at and c.form in ("verb", "source")), None)
    if behind and is_complete:
        return behind
    if not quote or tokens[quote - 1].text not in (":", ","):
        return None
    ahead = [c for c in cues if c.end < quote and quote - c.end <= LEAD and c.form == "verb"]
    return ahead[-1] if ahead and not any(t.text == ";" or t.is_quote for t in tokens[ahead[-1].end : quote]) else None


def _printed(part: Tokens, text: str) -> str:
    return text[part[0].start : part[-1].end] if part else ""

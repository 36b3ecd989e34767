"""Classifies statements by their form, never by whether they are true."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from briefing.model import Article, Sentence, StatementKind
from briefing.stages.claims.quoted import outside, quotations
from briefing.stages.claims.speakers import Read
from briefing.stages.claims.speech import Speech, speech_of
from briefing.stages.claims.tokens import Speaker
from briefing.stages.claims.voices import is_read, read_speech
from briefing.text import aliases
from briefing.text.languages import Language, language_of
from briefing.text.package_data import data_toml, has_data

FACT: StatementKind = "reported fact"
CLAIM: StatementKind = "attributed claim"
OFFICIAL: StatementKind = "official statement"
OPINION: StatementKind = "opinion"
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


@dataclass(frozen=True, slots=True, eq=False)
class _Opinion:
    title: re.Pattern[str]
    sentence: re.Pattern[str]


def kinds_of(article: Article, sentences: Sequence[Sentence]) -> Mapping[tuple[str, int], StatementKind]:
    """Return the kind of each sentence by (article id, position): one of the four kinds, in that order of proof.

    The rules are written out in docs/claims.md; a kind says how a sentence is put, not whether it is true. Empty for a
    language without data on speech: no kind is better than a wrong one.
    """
    language = language_of(article)
    if not is_read(language):
        return {}
    speech, marks = speech_of(language), _opinion(language.code)
    if marks and marks.title.search(article.title.lower()):
        return {(s.article_id, s.position): OPINION for s in sentences}
    read = read_speech(article, tuple(sentences))
    return {(article.id, position): _kind(r, speech, marks, language) for r in read for position in r.positions}


def _kind(read: Read, speech: Speech, marks: _Opinion | None, language: Language) -> StatementKind:
    if read.speakers or read.hinted:
        return OFFICIAL if any(is_official(s, speech) for s in (*read.speakers, *read.hinted)) else CLAIM
    if read.unsure or read.inside:
        return CLAIM
    plain = outside(read.sentence.text, quotations(read.sentence.text, language)).lower()
    return OPINION if marks and marks.sentence.search(plain) else FACT


def is_official(speaker: Speaker, speech: Speech) -> bool:
    """Return whether a speaker is a state, its body, or one of its officers, by name or office.

    A spokeswoman, chief or officer is one of a state only where a state's body or office stands beside the word; a rank
    only where it is a title, with a capital, or stands beside such a body: there are economics majors.
    """
    if speaker.official is not None:
        return speaker.official
    said = f"{speaker.role} {speaker.name}" if speaker.kind != "body" else speaker.name
    printed = [w.removesuffix("’s").removesuffix("'s") for w in _WORD.findall(said)]
    words = {w.lower() for w in printed}
    if not speech.private_offices.isdisjoint(words):
        return False
    offices = words & speech.state_offices
    if speaker.kind in ("body", "back") and not offices:
        return not speech.state_bodies.isdisjoint(words) or speaker.acts
    known = aliases.default().people  # who usually speaks for a state, whatever the article calls him
    if any(tuple(aliases.name_words(part)) in known for part in (speaker.name, speaker.name.split()[-1])):
        return True
    titles = {w.lower() for w in printed if w[0].isupper()}
    of_state = bool(words & speech.state_bodies) or bool(offices - speech.shared_offices - speech.ranks)
    return of_state or bool(offices & speech.ranks & titles) or (bool(offices) and bool(aliases.actors(said)))


@cache
def _opinion(code: str) -> _Opinion | None:
    if not has_data("languages", code, "opinion.toml"):
        return None
    data = {key: _any_of(listed) for key, listed in data_toml("languages", code, "opinion.toml").items()}
    return _Opinion(
        re.compile(rf"^(?:{data['titles']})\s*[|:–—-]|[|:–—-]\s*(?:{data['title_ends']})\s*$"),
        re.compile(rf"(?<![\w’'])(?:{data['first_person']}|{data['judging']})(?![\w’'])"),
    )


def _any_of(listed: str) -> str:
    return "|".join(re.escape(part.strip()) for part in listed.split(","))

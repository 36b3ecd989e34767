"""Finds the cues of speech in a sentence: verbs of speech, 'according to', 'it said'."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from briefing.stages.claims.cue_words import CueWords, Pairing, Phrase
from briefing.stages.claims.tokens import Token, Tokens

FEWEST_TOLD = 4  # words and marks before an inverted clause that tells who says them
LONGEST_SUBJECT = 8  # words that name a speaker there
CLOSE = 4  # words between an auxiliary and its participle
_CLAUSE_ENDS = ",.;:!?()…–—"
CueForm = Literal["verb", "source", "behind", "compound", "nobody"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase by which somebody speaks."""

    form: CueForm
    at: int  # index of its first word
    end: int  # index behind its last word
    verb: str  # as printed, for a verb; else the phrase's first word


def cues_of(tokens: Tokens, words: CueWords) -> Iterator[Cue]:
    """Yield the cues of a sentence in order; what stands within a quotation is none."""
    for at, token in enumerate(tokens):
        if token.is_quote:
            continue
        low = token.low
        if phrase := _phrase(tokens, at, words.sources):
            is_said = low not in words.comma_before or _is_set_off(tokens, at, at + len(phrase))
            if is_said and not _asks_you(tokens[at : at + len(phrase)], at, words):
                yield Cue("source", at, at + len(phrase), token.text)
        elif phrase := _phrase(tokens, at, words.nobody):
            yield Cue("nobody", at, at + len(phrase), token.text)
        elif low in words.behind:
            yield Cue("behind", at, at + 1, token.text)
        elif low.endswith(words.compound_sources or ("\0",)) and at and tokens[at - 1].low in words.compound_after:
            yield Cue("compound", at, at + 1, token.text)
        elif found := _verb(tokens, at, words) or (_tag(tokens, at, words) if at else _view(tokens, words)):
            yield found


def _asks_you(phrase: Tokens, at: int, words: CueWords) -> bool:
    """Return whether a phrase speaks to the reader or the interviewed: 'Ihrer Meinung nach', with its capital."""
    return any(t.is_name and t.low in words.possessives for n, t in enumerate(phrase, at) if n)


def _is_set_off(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether a phrase stands behind a comma or a quotation and a noun follows: ', so der Minister'."""
    opens = at > 0 and (tokens[at - 1].is_quote or tokens[at - 1].text in ",–—-")
    return opens and any(token.is_name for token in tokens[end : end + 2])


def _phrase(tokens: Tokens, at: int, phrases: Mapping[str, tuple[Phrase, ...]]) -> Phrase:
    for phrase in phrases.get(tokens[at].low, ()):
        if all(n < len(tokens) and tokens[n].low == word for n, word in enumerate(phrase, at)):
            return phrase
    return ()


def _verb(tokens: Tokens, at: int, words: CueWords) -> Cue | None:
    token = tokens[at]
    low = token.low
    if token.is_name and at and tokens[at - 1].text not in ":–—" and not tokens[at - 1].is_quote:
        return None  # a capital within a sentence: a noun or a name
    if any(_is_other(tokens, at, pairing, words) for pairing in words.unless.get(low, ())):
        return None
    before = tokens[at - 1].low if at else ""
    if low in words.participles and (found := _participle(tokens, at, words)):
        return found
    if low in words.verbs and _is_active(tokens, at, words):
        return Cue("verb", at, at + 1, token.text)
    if any(_is_paired(tokens, at, pairing, words) for pairing in words.paired.get(low, ())):
        return Cue("verb", at, at + 1, token.text)
    if low in words.reflexive_verbs and before in words.reflexive_pronouns:
        return Cue("verb", at - 1, at + 1, token.text)
    is_reflexive = low in words.reflexive and at > 1 and before in words.reflexive_auxiliaries
    if is_reflexive and tokens[at - 2].low in words.reflexive_pronouns:
        return Cue("verb", at - 2, at + 1, token.text)
    return None


def _tag(tokens: Tokens, at: int, words: CueWords) -> Cue | None:
    """Return the cue of an inverted clause that ends its sentence, whatever its verb: '…, laughs the minister.'

    What stands before must be no adverbial, behind which the verb comes first too: 'After the talks, came …'
    """
    token = tokens[at]
    if tokens[at - 1].text != "," or at < FEWEST_TOLD or token.is_name or not token.low.endswith(words.tag_endings):
        return None
    if token.low.endswith(words.not_tag_endings) or words.is_filler(token.low) or words.is_office(token.low):
        return None
    subject = list(itertools.takewhile(lambda t: t.text[0].isalnum(), tokens[at + 1 :]))
    while subject and subject[0].low in words.articles:
        subject.pop(0)
    is_known = bool(subject) and (words.is_office(subject[0].low) or subject[0].low in words.pronouns)
    is_somebody = is_known and len(subject) <= LONGEST_SUBJECT
    ends = len(tokens) - (at + 1) <= len(subject) + LONGEST_SUBJECT
    if not is_somebody or not ends or not words.lead_ins.isdisjoint(t.low for t in tokens[: at - 1]):
        return None
    return Cue("verb", at, at + 1, token.text)


def _view(tokens: Tokens, words: CueWords) -> Cue | None:
    """Return the cue of whose view a sentence is: 'For the economist Name, it settles nothing.'"""
    if tokens[0].low not in words.views:
        return None
    words_on = itertools.takewhile(lambda t: t.text[0].isalpha() and t.low not in words.view_verbs, tokens[1:])
    person = list(words_on)
    following = tokens[len(person) + 1] if len(person) + 1 < len(tokens) else None
    if following is None or not person or len(person) > LONGEST_SUBJECT:
        return None
    sets_off = following.low in words.view_verbs or following.text == ","
    is_person = any(words.is_office(t.low) for t in person) and (person[-1].is_name or words.is_office(person[-1].low))
    return Cue("source", 0, 1, tokens[0].text) if sets_off and is_person else None


def _is_active(tokens: Tokens, at: int, words: CueWords) -> bool:
    """Return whether a form is no noun, no passive, and has a subject that is not the writer."""
    low, before = tokens[at].low, tokens[at - 1].low if at else ""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if before in words.no_verb_after or not (words.first_person | words.impersonal).isdisjoint((before, after)):
        return False
    if low in words.also_nouns and before in words.determiners:
        return False
    if low in words.infinitives:
        reach = tokens[:at] if _ends_clause(tokens, at, words) else _clause_before(tokens, at)
        return after not in words.modals and words.modals.isdisjoint(t.low for t in reach)
    if low not in words.participles:
        return True
    if after in words.passives:
        return False
    if not _ends_clause(tokens, at, words):
        return True
    return words.passives.isdisjoint(t.low for t in _clause_before(tokens, at))


def _is_other(tokens: Tokens, at: int, pairing: Pairing, words: CueWords) -> bool:
    """Return whether a word means something else: 'zu vier Jahren Haft verurteilt'."""
    if pairing.anywhere:
        return any(token.low == pairing.other for token in tokens)
    return _is_paired(tokens, at, pairing, words)


def _is_paired(tokens: Tokens, at: int, pairing: Pairing, words: CueWords) -> bool:
    for n in range(at + 1, len(tokens)):
        if tokens[n].text in ";:" or (tokens[n].is_quote and pairing.anywhere is False and n > at + 1):
            return False
        if tokens[n].low == pairing.other and (pairing.anywhere or _ends_clause(tokens, n, words)):
            return True
    return False


def _ends_clause(tokens: Tokens, at: int, words: CueWords) -> bool:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is None or following.is_quote or following.text in _CLAUSE_ENDS or following.low in words.joins


def _clause_before(tokens: Tokens, at: int) -> Tokens:
    return tokens[max((n for n in range(at) if tokens[n].text in ",;:–—"), default=-1) + 1 : at]


def _participle(tokens: Tokens, at: int, words: CueWords) -> Cue | None:
    """Return the cue of 'a déclaré', 'hat … erklärt', 'erklärt hat'; None for a passive."""
    verb = tokens[at].text
    if not (words.first_person | words.impersonal).isdisjoint(t.low for t in _clause_before(tokens, at)):
        return None  # the writer speaks, or nobody
    if words.participle_ends:
        if at + 1 < len(tokens) and tokens[at + 1].low in words.auxiliaries:
            return Cue("verb", at, at + 2, verb)
        auxiliary = next((n for n in range(at - 1, -1, -1) if tokens[n].low in words.auxiliaries), -1)
        if auxiliary < 0 or not _ends_clause(tokens, at, words):
            return None
        return Cue("verb", auxiliary, auxiliary + 1, verb)
    for n in range(at - 1, max(at - 2 - CLOSE, -1), -1):
        if tokens[n].low in words.auxiliaries:
            return Cue("verb", n, at + 1, verb)
        if not _may_stand_between(tokens[n], words):
            return None
    return None


def _may_stand_between(token: Token, words: CueWords) -> bool:
    low = token.low
    return low in words.adverbs or bool(words.adverb_ending and low.endswith(words.adverb_ending))

"""Scores how far a text is about a theme, in readable parts: its sentences, and its words as a whole."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from operator import mul
from typing import NamedTuple

from briefing.model import Theme
from briefing.stages.themes.reading import Text
from briefing.stages.themes.sentence_match import SentenceMatch
from briefing.stages.themes.topics import Topic

#: The most a text scores that is not mainly about a theme, and one whose theme one sentence alone speaks of.
TOUCHES = 0.49
_FAR = 60.0  # log odds beyond which a chance is no different
PARAGRAPH = 3  # sentences of a text without a title that is no more than a paragraph
SAYS = 0.2  # value from which a sentence counts as a place of the theme
# A sentence speaks of a theme of plain terms: two different words or a phrase, in a sentence of the theme's subjects.
# Two common words ("war" and "military") are worth less than that: they stand together in news of any kind.
SPEAKS_EVIDENCE = 0.47
TOUCHED = 0.2  # score of a text of which one sentence just speaks of a theme of plain terms
SPEAKS_SHARE = 0.5
COMPANY = 0.1  # share of its subjects below which strong terms stand in a text about something else


class Parts(NamedTuple):
    """What the sentences say, each 0.0 to 1.0; also weights of it."""

    title: float  # value of the title
    first: float  # value of the first sentence
    lead: float  # highest value in the lead
    best: float  # highest value anywhere
    share: float  # mean value of the sentences, by their words, times three: a third of the text is enough


class Weighed(NamedTuple):
    """One part of the log odds that a text is mainly about a theme."""

    name: str
    value: float
    weight: float


# What makes a text touch on a theme of strong terms and pairs: five parts that count alike.
TOUCHING = Parts(title=0.2, first=0.2, lead=0.2, best=0.2, share=0.2)
# What makes it mainly about one, as log odds: logistic regression on themes2.dev, themes.dev and their paragraphs,
# rounded. By folds of documents .71 / .79 / .08 (micro F1, mentions neutral, false alarms) where five equal parts have
# .69 / .75 / .07. What grows with a text's length is left out: the labelled texts are openings of some 220 words.
SENTENCES = Parts(title=6.0, first=0.0, lead=2.0, best=0.0, share=4.0)
SENTENCES_BASE = -3.4
# The same of a theme of plain terms that stands for subjects, and of one that stands for none: user_themes.dev, five
# users' words for twelve themes, fitted on either half and rounded; the half not looked at is within .02 of the other.
# One word proves little: what a lone one takes off costs .03 of F1 (.75), and six false alarms of 21 become five.
SUBJECTS = Topic(subjects=18.0, lead=4.0, evidence=0.5, different=0.3, lone=-0.8, learnt=1.0)
SUBJECTS_BASE = -5.4
WORDS = Topic(subjects=0.0, lead=0.0, evidence=1.8, different=0.65, learnt=1.0)
WORDS_BASE = -2.9


def parts_of(text: Text, theme: int) -> Parts:
    """Return what the sentences say of one theme."""
    values = [match.value for match in text.of(theme)]
    total = sum(text.words) or 1
    return Parts(
        title=text.title[theme].value if text.title is not None else 0.0,
        first=values[0] if values else 0.0,
        lead=max(values[: text.lead], default=0.0),
        best=max(values, default=0.0),
        share=min(1.0, 3 * sum(v * w for v, w in zip(values, text.words, strict=True)) / total),
    )


def score_of(text: Text, theme: int) -> float:
    """Return how far a text is about a theme, 0.0 to 1.0: at most .49 for what touches on it or is said in one place.

    A sentence by itself has the value of its strong terms and pairs.
    """
    if text.alone and not text.lexicon.themes[theme].terms:
        return text.readings[0][theme].value if _counts(text, theme) else 0.0
    parts = parts_of(text, theme) if is_expert(text.lexicon.themes[theme]) and _counts(text, theme) else None
    chance = _chance(text, theme, parts)
    return round(chance if chance > TOUCHES else max(chance, min(TOUCHES, _touching(text, theme, parts))), 4)


def _chance(text: Text, theme: int, parts: Parts | None) -> float:
    """Return the chance that a text is mainly about a theme; 0.0 where it may not be."""
    if parts is None and not _enters(text, theme):
        return 0.0
    owner = text.lexicon.themes[theme]
    about = 1.0 / (1.0 + math.exp(-max(-_FAR, log_odds(text, theme, parts))))
    if about > TOUCHES and not (_in_different_places(text, theme) and _in_company(text, theme)):
        return 0.0
    # A theme of strong terms is touched on where a sentence says so, not where it is half likely.
    return 0.0 if is_expert(owner) and about < min(owner.main, TOUCHES) else about


def log_odds(text: Text, theme: int, parts: Parts | None = None) -> float:
    """Return the log odds that a text is mainly about a theme, as its parts have them."""
    owner = text.lexicon.themes[theme]
    if owner.terms and not is_expert(owner):  # as most themes are: the same sum without its parts' names
        subjects = bool(text.lexicon.topics.standings[theme].subjects)
        weights, base = (SUBJECTS, SUBJECTS_BASE) if subjects else (WORDS, WORDS_BASE)
        return float(base + sum(map(mul, weights, text.topic(theme))))
    if not owner.terms:
        known = SENTENCES_BASE + sum(map(mul, SENTENCES, parts or parts_of(text, theme)))
        return float(known + (text.topic(theme).learnt if owner.learnt else 0.0))
    return sum(part.value * part.weight for part in weighed(text, theme))


def weighed(text: Text, theme: int) -> tuple[Weighed, ...]:
    """Return the log odds that a text is mainly about a theme, part by part."""
    owner, topic = text.lexicon.themes[theme], text.topic(theme)
    rows = list(_of_sentences(parts_of(text, theme))) if is_expert(owner) else []
    if owner.terms:
        plain = list(_of_words(topic, bool(text.lexicon.topics.standings[theme].subjects)))
        if not rows or sum(p.value * p.weight for p in plain) > sum(p.value * p.weight for p in rows):
            rows = plain
    if owner.learnt:
        rows.append(Weighed("learnt", topic.learnt, 1.0))
    return tuple(rows)


def is_expert(theme: Theme) -> bool:
    """Return whether a theme's sentences decide: it has strong terms, weak ones or pairs, or nothing else at all."""
    return bool(theme.strong or theme.weak or theme.pairs) or not (theme.terms or theme.learnt)


def _of_sentences(parts: Parts) -> Iterator[Weighed]:
    yield from (Weighed(n, v, w) for n, v, w in zip(Parts._fields, parts, SENTENCES, strict=True) if w)
    yield Weighed("base", 1.0, SENTENCES_BASE)


def _of_words(topic: Topic, subjects: bool) -> Iterator[Weighed]:
    weights, base = (SUBJECTS, SUBJECTS_BASE) if subjects else (WORDS, WORDS_BASE)
    for name, value, weight in zip(Topic._fields, topic, weights, strict=True):
        if weight and name != "learnt" and (value or name != "lone"):
            yield Weighed(name, value, weight)
    yield Weighed("base", 1.0, base)


def _touching(text: Text, theme: int, parts: Parts | None) -> float:
    """Return how far a text touches on a theme, 0.0 to 1.0.

    Of a theme of strong terms and pairs it is the mean of five parts, of the title if there is one; a text whose only
    term is one weak term has 0.0. A theme of plain terms is touched on by a sentence that speaks of it.
    """
    found = 0.0
    owner = text.lexicon.themes[theme]
    if parts is not None:
        skipped = 0 if text.title is not None else 1
        pairs = list(zip(TOUCHING, parts, strict=True))[skipped:]
        found = text.readings[0][theme].value if text.alone else sum(w * v for w, v in pairs) / sum(w for w, _ in pairs)
    if owner.terms:
        near = [row for row in text.readings if theme in row.found]
        rows = [row for row in near if row.evidence_at_most(theme) >= SPEAKS_EVIDENCE]
        spoken = [row[theme].evidence for row in rows if speaks(text, theme, row[theme], row.words)]
        found = max(found, max((TOUCHED + 0.2 * evidence for evidence in spoken), default=0.0))
    return found


def speaks(text: Text, theme: int, match: SentenceMatch, words: Sequence[int]) -> bool:
    """Return whether a sentence speaks of a theme of plain terms, by its words and by the company they keep.

    Two words of it do, or a phrase beside another word of its subjects: "front line" is in many a metaphor.
    """
    if match.evidence < SPEAKS_EVIDENCE:
        return False
    topics = text.lexicon.topics
    # A word of a phrase says nothing by itself where it is none of the theme's subjects: "line" of "front line".
    plain = [hit for hit in match.hits if hit.plain and not (hit.weak and topics.is_foreign(hit.term, theme))]
    if len(plain) < 2 and not (plain and " " in plain[0].term and topics.has_more(words, plain[0].term, theme)):
        return False
    return not topics.standings[theme].subjects or topics.share(words, theme) >= SPEAKS_SHARE


def _enters(text: Text, theme: int) -> bool:
    """Return whether a text may be mainly about a theme at all: it has a word of its own, or the theme is a label's."""
    owner, topics = text.lexicon.themes[theme], text.lexicon.topics
    if not owner.terms:
        return not is_expert(owner) and bool(owner.learnt)
    if owner.learnt:
        return True
    return topics.standings[theme].named or bool(text.topics and theme in text.topics.evidence)


def _in_different_places(text: Text, theme: int) -> bool:
    """Return whether title and sentences speak of a theme in two places; a paragraph without a title needs but one."""
    if text.title is None and len(text.readings) <= PARAGRAPH:
        return True
    matches = [row[theme] for row in text.rows if theme in row.found]
    if sum(match.value >= SAYS or match.evidence > 0 for match in matches) > 1:
        return True
    if not text.lexicon.topics.standings[theme].subjects:
        return False
    return sum(text.lexicon.topics.share(row.words, theme) > 0 for row in text.rows) > 1


def _in_company(text: Text, theme: int) -> bool:
    """Return whether a text is of the subjects that a theme's strong terms stand for, where they stand for any."""
    standing = text.lexicon.topics.standings[theme]
    if text.lexicon.themes[theme].terms or not standing.subjects:
        return True
    return text.topic(theme).subjects >= COMPANY


def proves_nothing(text: Text, theme: int) -> bool:
    """Return whether all a text has of a theme is one word in one sentence, in company that is not the theme's."""
    owner, topics = text.lexicon.themes[theme], text.lexicon.topics
    if owner.actors or owner.learnt:
        return False
    rows = [row for row in text.rows if row[theme].hits]
    if len(rows) != 1 or len(rows[0][theme].hits) > 1 or " " in rows[0][theme].hits[0].term:
        return False
    return not topics.standings[theme].subjects or topics.share(rows[0].words, theme) < SPEAKS_SHARE


def _counts(text: Text, theme: int) -> bool:
    """Return whether a text has more of a theme than nothing, plain terms or one weak term, however often."""
    only = ""
    for row in text.rows:
        for hit in row[theme].hits if theme in row.found else ():
            if hit.plain:
                continue
            if not hit.weak or only not in ("", hit.term):
                return True
            only = hit.term
    return False

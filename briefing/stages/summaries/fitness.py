"""Decides which sentences may stand in a summary, and which need another beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from briefing.model import Judgement, Sentence
from briefing.model.verdicts import follows
from briefing.stages.judgement.printing import PrintedIn, broken, has_an_end, permit
from briefing.stages.ranking import Material
from briefing.text.openings import (
    Openings,
    asks_or_teases,
    bare_noun,
    leans_back,
    leans_on_neighbour,
    openings,
    points_back,
)
from briefing.text.quote_marks import quotations
from briefing.text.terms import content_set

#: Share of a sentence's content stems found in the headline from which it only repeats it.
REPEATS_HEADLINE = 0.8
#: Sentences of fewer words are scraps.
SHORTEST = 5
#: In an edition, of a language that is judged, but for an article's first sentence: of the labelled sentences of prose
#: with fewer words .79 tell nothing new (sentences.dev and sentences2.dev; of all others .33).
SHORTEST_IN_AN_EDITION = 9
#: Sentences at the start of an article that may say which company 'the company' is further on.
NAMES = 3
#: Content stems that a sentence which leans on no other shares with headline and first sentence of its article.
SHARED = 1
#: Chance of being understood alone below which what a sentence is about need not be named in it: it leans on another.
LEANS = 0.6
#: In `Fitness.before` and `after`: the sentence needs none there.
NONE = -1

SentenceKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Fitness:
    """Which sentences may be chosen, by place in the material."""

    fit: tuple[bool, ...]
    before: tuple[int, ...]  # place of the earlier sentence that must be chosen with it, or NONE
    after: tuple[int, ...]  # the same, directly after it: the rest of a quotation
    stray: tuple[int, ...]  # marks at the end of the sentence that are to be cut off

    def allows(self, chosen: Collection[int]) -> bool:
        """Return whether every chosen sentence is fit and has what it needs beside it."""
        return all(
            self.fit[i]
            and (self.before[i] == NONE or self.before[i] in chosen)
            and (self.after[i] == NONE or self.after[i] in chosen)
            for i in chosen
        )


def fitness(
    material: Material,
    exclude: Collection[SentenceKey],
    judged: Mapping[SentenceKey, Judgement] | None = None,
    printed_in: PrintedIn = "summary",
) -> Fitness:
    """Return which sentences of the material may be chosen, and what each needs beside it.

    Of a sentence that the judge knows, what may be printed is decided by `permit`: how well it stands is weighed
    besides when a set is chosen. Of the others, what they open with decides what they need.
    """
    known = openings(material.language.code)
    titles = {a.id: content_set(a.title, material.language) for a in material.articles}
    parts = {a.id for a in material.articles if a.span}  # their title is the whole round-up's
    articles = {a.id: a for a in material.articles}
    states = quotations(material.sentences)
    told = _told(material, {key: stems for key, stems in titles.items() if key not in parts})
    least = SHORTEST if printed_in == "excerpt" else SHORTEST_IN_AN_EDITION
    fit, before, after, start = [], [], [], 0
    for i, (sentence, state) in enumerate(zip(material.sentences, states, strict=True)):
        start = start if i and material.sentences[i - 1].article_id == sentence.article_id else i
        key = (sentence.article_id, sentence.position)
        judgement = judged.get(key) if judged else None
        is_judged = judgement is not None and judgement.full
        previous = _previous(material, i, start, judgement, known, printed_in)
        if state.begins_inside and previous == NONE:
            previous = _neighbour(material, i, -1)
        following = _neighbour(material, i, 1) if state.ends_inside else NONE
        before.append(previous if previous is not None else NONE)
        after.append(following if following is not None else NONE)
        fit.append(
            previous is not None
            and following is not None
            and key not in exclude
            and (judgement is None or judgement.is_prose)
            and not state.broken
            and (not is_judged or has_an_end(sentence))
            and not broken(articles[sentence.article_id], sentence.start, sentence.end)
            and not _is_scrap(sentence, known, least if is_judged and i != start else SHORTEST)
            and (not is_judged or _leans(judgement) or _is_near(sentence, told[sentence.article_id], material))
            and not _repeats(sentence.text, titles.get(sentence.article_id, frozenset()), material)
        )
    return _closed(Fitness(tuple(fit), tuple(before), tuple(after), tuple(s.stray for s in states)))


def _previous(
    material: Material, place: int, start: int, judgement: Judgement | None, known: Openings, printed_in: PrintedIn
) -> int | None:
    """Return the place of the sentence that one needs before it, NONE if it needs none, None if none would help."""
    if judgement is None or not judgement.full:
        refused = judgement is not None and permit(judgement, "summary").refused
        return None if refused else _ground(material, place, start, known)
    if not permit(judgement, printed_in).refused:
        return NONE
    if permit(judgement, printed_in, behind=True).refused:
        return None
    previous = _neighbour(material, place, -1)
    if previous is None or not follows(material.sentences[previous], material.sentences[place]):
        return None
    return previous


def _ground(material: Material, place: int, start: int, known: Openings) -> int | None:
    """Return the place of the antecedent's sentence, NONE if a sentence points nowhere, None if it is missing.

    'The company …' is explained by one of the article's first sentences that has the noun, else by the one before.
    An article's first sentence has nothing to point back to: 'the fire' in it is what the article is about.
    """
    text = material.sentences[place].text
    leans = not known.is_fine and leans_back(text, material.language)  # a pronoun further in: 'There he was met by …'
    if not material.sentences[place].position or not (leans or points_back(text, known)):
        return NONE
    if not leans and not leans_on_neighbour(text, known):
        named = re.compile(rf"\b{re.escape(bare_noun(text, known))}", re.IGNORECASE)
        for i in range(start, min(start + NAMES, place)):
            if named.search(material.sentences[i].text):
                return i
    return _neighbour(material, place, -1)


def _neighbour(material: Material, place: int, step: int) -> int | None:
    """Return the place of the sentence directly before or after in the same article, None when there is none."""
    other = place + step
    if not 0 <= other < len(material):
        return None
    here, there = material.sentences[place], material.sentences[other]
    return other if there.article_id == here.article_id and there.position == here.position + step else None


def _closed(fitness: Fitness) -> Fitness:
    """Return the fitness made transitive: what depends on an unfit sentence is unfit too."""
    fit = list(fitness.fit)
    for order in (range(len(fit)), range(len(fit) - 1, -1, -1), range(len(fit))):
        for i in order:
            fit[i] = fit[i] and all(j == NONE or fit[j] for j in (fitness.before[i], fitness.after[i]))
    return replace(fitness, fit=tuple(fit))


def _told(material: Material, titles: Mapping[str, frozenset[str]]) -> dict[str, tuple[int, frozenset[str]]]:
    """Return of each article where it begins, and the content stems of its headline and first sentence."""
    found: dict[str, tuple[int, frozenset[str]]] = {}
    for sentence in material.sentences:
        if sentence.article_id not in found:
            stems = content_set(sentence.text, material.language) | titles.get(sentence.article_id, frozenset())
            found[sentence.article_id] = sentence.position, stems
    return found


def _leans(judgement: Judgement | None) -> bool:
    """Return whether a sentence leans on the one before it: what it is about need not be named in it."""
    return judgement is not None and judgement.standing < LEANS


def _is_near(sentence: Sentence, told: tuple[int, frozenset[str]], material: Material) -> bool:
    """Return whether a sentence has a word of what its article is about: a live blog turns to something else."""
    first, stems = told
    own = content_set(sentence.text, material.language)
    return sentence.position == first or len(own & stems) >= min(SHARED, len(own))


def _is_scrap(sentence: Sentence, known: Openings, least: int) -> bool:
    return (
        len(sentence.text.split()) < least
        or sentence.is_endless
        or not any(map(str.isalpha, sentence.text))
        or asks_or_teases(sentence.text, known)
    )


def _repeats(text: str, title: frozenset[str], material: Material) -> bool:
    if not title:
        return False
    stems = content_set(text, material.language)
    return bool(stems) and len(stems & title) / len(stems) >= REPEATS_HEADLINE

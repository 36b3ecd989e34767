"""Which sentences may stand in a summary, and which only behind the one before them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from briefing.ranking import Material
from briefing.summaries.references import (
    Openings,
    asks_or_teases,
    inside_quotations,
    is_half_quotation,
    openings,
    points_back,
)
from briefing.terms import content_stems

#: Share of a sentence's content stems found in the headline from which it only repeats it.
REPEATS_HEADLINE = 0.8
#: Sentences of fewer words are scraps.
SHORTEST = 5

SentenceKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Fitness:
    """What may be chosen, by place in the material."""

    fit: tuple[bool, ...]
    needs: tuple[
        int, ...
    ]  # place of the sentence that must stand directly before it; -1 for none, -2 for one not there


def fitness(material: Material, exclude: Collection[SentenceKey]) -> Fitness:
    """Return what of the material may be chosen and what each sentence needs before it."""
    known = openings(material.language.code)
    quoted = inside_quotations(material.sentences)
    titles = {a.id: frozenset(content_stems(a.title, material.language)) for a in material.articles}
    fit, needs = [], []
    for i, sentence in enumerate(material.sentences):
        key = (sentence.article_id, sentence.position)
        alone = (
            key not in exclude
            and key not in quoted
            and len(sentence.text.split()) >= SHORTEST
            and not asks_or_teases(sentence.text, known)
            and not is_half_quotation(sentence.text)
            and not _repeats(sentence.text, titles.get(sentence.article_id, frozenset()), material)
        )
        fit.append(alone)
        needs.append(_needs(material, i, known))
    return Fitness(tuple(fit), tuple(needs))


def _repeats(text: str, title: frozenset[str], material: Material) -> bool:
    if not title:
        return False
    stems = frozenset(content_stems(text, material.language))
    return bool(stems) and len(stems & title) / len(stems) >= REPEATS_HEADLINE


def _needs(material: Material, place: int, known: Openings) -> int:
    sentence = material.sentences[place]
    if not points_back(sentence.text, known):
        return -1
    before = material.sentences[place - 1] if place else None
    if before and before.article_id == sentence.article_id and before.position == sentence.position - 1:
        return place - 1
    return -2

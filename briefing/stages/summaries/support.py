"""Finds support: sentences of other articles that state the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from briefing.model import Sentence
from briefing.text.languages import Language
from briefing.text.numerals import numbers
from briefing.text.terms import content_set

#: Jaccard of content stems from which two sentences say the same.
SAYS_THE_SAME = 0.5


def supports(
    chosen: Sequence[Sentence], others: Sequence[Sentence], language: Language
) -> tuple[tuple[Sentence, ...], ...]:
    """Return for each chosen sentence those of other articles that say the same, one per article at most.

    Only sentences that share half of all their content stems count, and none whose figures differ.
    """
    if len({s.article_id for s in others}) < 2:
        return ((),) * len(chosen)
    stems = [content_set(s.text, language) for s in others]
    holders: dict[str, list[int]] = defaultdict(list)
    for i, words in enumerate(stems):
        for word in words:
            holders[word].append(i)
    return tuple(_supporters(s, others, stems, holders, language) for s in chosen)


def _supporters(
    sentence: Sentence,
    others: Sequence[Sentence],
    stems: Sequence[frozenset[str]],
    holders: dict[str, list[int]],
    language: Language,
) -> tuple[Sentence, ...]:
    mine = content_set(sentence.text, language)
    figures = numbers(sentence.text, language)
    best: dict[str, tuple[float, int]] = {}
    shared = Counter(i for word in mine for i in holders.get(word, ()))
    for i, count in sorted(shared.items()):
        other = others[i]
        alike = count / (len(mine) + len(stems[i]) - count)
        if alike < SAYS_THE_SAME or other.article_id == sentence.article_id or numbers(other.text, language) != figures:
            continue
        if (alike, -i) > best.get(other.article_id, (0.0, 0)):
            best[other.article_id] = (alike, -i)
    return tuple(others[-i] for _, i in sorted(best.values(), key=lambda found: -found[1]))

"""Extracts the features of an article's sentences, in groups of named columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from briefing.model import Article
from briefing.stages.judgement.columns import Classes, Floats, Named
from briefing.stages.judgement.form import form
from briefing.stages.judgement.lexicon import Lexicon
from briefing.stages.judgement.reading import Read
from briefing.stages.judgement.saying import saying, surroundings, whole_article
from briefing.stages.judgement.standing import standing
from briefing.stages.judgement.whole import whole
from briefing.text.openings import Openings

#: Groups of columns, by what they were made for; in this order they stand side by side.
GROUPS = ("words", "saying", "surroundings", "article", "opinion", "standing", "form")


@dataclass(frozen=True, slots=True)
class Group:
    """Columns side by side."""

    names: tuple[str, ...]
    values: Floats  # shape (rows, names)

    @classmethod
    def of(cls, named: Named) -> Group:
        """Return named columns side by side."""
        return cls(tuple(named), np.array(list(named.values())).T)


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of an article: of each sentence by group, and of the whole in one row."""

    groups: dict[str, Group]
    whole: Group

    def with_opinion(self, log_odds: float) -> Features:
        """Return the same with how far the article is opinion, by a model that weighed the whole."""
        plain = self.groups["saying"].values[:, self.groups["saying"].names.index("plain")]
        column = np.full(len(plain), log_odds)
        names = ("article of opinion", "plain, article of opinion")
        return Features(
            {**self.groups, "opinion": Group(names, np.stack([column, plain * column], axis=1))}, self.whole
        )

    def table(self, groups: Sequence[str] = GROUPS) -> Group:
        """Return the columns of some groups side by side."""
        chosen = [self.groups[group] for group in groups]
        names = tuple(name for group in chosen for name in group.names)
        return Group(names, np.concatenate([group.values for group in chosen], axis=1))


def features(article: Article, reads: Sequence[Read], lexicon: Lexicon, known: Openings) -> Features:
    """Return what is known of an article's sentences, one at least."""
    own = Classes.of([r.own_classes for r in reads], lexicon)
    held = Classes.of([r.classes for r in reads], lexicon)
    mine = saying(reads, own, held, lexicon)
    words = tuple(f"{name}, outside quotations" for name in lexicon.bit)
    return Features(
        {
            "words": Group(words, own.held[:, : len(words)]),
            "saying": Group.of(mine),
            "surroundings": Group.of(surroundings(reads, own, mine)),
            "article": Group.of(whole_article(own, mine)),
            "standing": Group.of(standing(reads, held, mine, lexicon, known)),
            "form": Group.of(form(article, reads, held, mine, lexicon)),
        },
        Group.of(whole(reads, own, mine)),
    )

"""Articles of one language made comparable: the words, days and evidence that decide which of them report one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from briefing.model import Article
from briefing.stages.stories.agreement import Agreement
from briefing.stages.stories.closeness import Closeness
from briefing.stages.stories.columns import first_event, without_furniture
from briefing.stages.stories.conflicts import Conflicts
from briefing.stages.stories.days import Days
from briefing.stages.stories.event_keys import EventKeys
from briefing.stages.stories.facts import EventFacts
from briefing.stages.stories.likeness import vectors
from briefing.stages.stories.texts import Texts, Wordbook
from briefing.text.aliases import Names
from briefing.text.languages import Language

#: Days apart beyond which even equal texts stay below every cut: exp(-(12 / 5)² / 2) is .056.
REACH = 12.0


def compared(
    articles: Sequence[Article],
    texts: Texts,
    book: Wordbook,
    language: Language,
    names: Names,
    *,
    events: Mapping[str, date],
    facts: EventFacts,
    least: float,
) -> Closeness:
    """Return the pairs of articles that are alike at all.

    Args:
        articles: Of one language, no copies among them.
        texts: Theirs.
        book: The words of the texts.
        language: Which.
        names: Spellings and actors.
        events: Article id → day of its event, where that is known better than from its text.
        facts: Of the articles.
        least: Similarity from which a pair is kept.
    """
    told = _told(articles, texts, book, language)
    rows = vectors(told, language, names)
    days = Days.of(articles, language, events, {a.key: facts[a.key][0] for a in articles})
    evidence = [facts[a.key][1] for a in articles]
    conflicts = Conflicts(evidence.__getitem__, texts, names)
    rarities = np.zeros(len(told.words))
    rarities[rows.columns] = rows.weights[:, 3]
    agreement = Agreement(told, rarities, evidence)
    return Closeness.of(rows, days, EventKeys(evidence, days), conflicts, agreement, least=least, reach=REACH)


def _told(articles: Sequence[Article], texts: Texts, book: Wordbook, language: Language) -> Texts:
    """Return the texts as far as they tell the event: of a column its first, and without what outlets always print."""
    told = [first_event(article, language) for article in without_furniture(articles)]
    changed = [n for n, article in enumerate(articles) if told[n] is not article]
    return texts.replaced(changed, [told[n] for n in changed], book) if changed else texts

"""Which statements are printed, so that the page is not flooded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from briefing.claims.cast import key_of
from briefing.model import Statement, Story

PER_STORY = 6  # speakers printed of one story
_GOOD_LENGTH = (6, 40)  # words of a quotation that says something and can be read at a glance


def choose_statements(statements: Sequence[tuple[Statement, Story]], limit: int) -> tuple[tuple[Statement, Story], ...]:
    """Return at most ``limit`` statements, one per speaker and story, no words twice, the most quoted speakers first.

    Args:
        statements: Of one theme's printed stories, in the order of printing.
        limit: 0 or more.
    """
    said = Counter(key_of(s.speaker) for s, _ in statements)
    best: dict[tuple[str, str], tuple[Statement, Story]] = {}
    for statement, story in statements:
        key = (story.id, key_of(statement.speaker))
        if key not in best or _worth(statement) > _worth(best[key][0]):
            best[key] = (statement, story)
    order = {id(pair): n for n, pair in enumerate(best.values())}
    ranked = sorted(best.values(), key=lambda pair: (not pair[0].role, -said[key_of(pair[0].speaker)], order[id(pair)]))
    kept: list[tuple[Statement, Story]] = []
    taken = Counter[str]()
    words: set[str] = set()
    for statement, story in ranked:
        own = "".join(c for c in statement.quotation.lower() if c.isalnum())
        if taken[story.id] < PER_STORY and len(kept) < limit and own not in words:
            taken[story.id] += 1
            words.add(own)
            kept.append((statement, story))
    return tuple(kept)


def _worth(statement: Statement) -> tuple[bool, bool, int, int]:
    words = len(statement.quotation.split())
    shortest, longest = _GOOD_LENGTH
    return (
        shortest <= words <= longest,
        bool(statement.role),
        words if words <= longest else -words,
        -statement.sentence.position,
    )


def by_story(
    statements: Mapping[str, Sequence[Statement]], stories: Sequence[Story]
) -> tuple[tuple[Statement, Story], ...]:
    """Return the statements by article id as pairs with their story, copies of articles left out."""
    return tuple(
        (statement, story)
        for story in stories
        for article in story.articles
        if article.id not in dict(story.duplicates)
        for statement in statements.get(article.id, ())
    )

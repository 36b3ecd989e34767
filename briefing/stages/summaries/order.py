"""The order sentences are printed in."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.model import Article, Sentence


def oldest_first(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return articles by date of publication, undated last, ties by id, each once."""
    once = sorted({a.key: a for a in articles}.values(), key=lambda a: a.key)
    dated = sorted(((a.published, a.id, a) for a in once if a.published), key=lambda item: item[:2])
    return (*(a for _, _, a in dated), *(a for a in once if not a.published))


def reading_order(chosen: Sequence[Sentence], articles: Sequence[Article]) -> tuple[Sentence, ...]:
    """Return sentences article by article, each article's in its own order.

    First comes the article whose chosen sentence stands nearest to its start, so that a summary opens with a lede, of
    several the newest; the others follow oldest first.
    """
    if not chosen:
        return ()
    newest = {a.id: a.published.timestamp() for a in articles if a.published}
    places = {a.id: i for i, a in enumerate(oldest_first(articles))}
    opener = min(chosen, key=lambda s: (s.position, -newest.get(s.article_id, 0.0), places[s.article_id])).article_id
    return tuple(sorted(chosen, key=lambda s: (s.article_id != opener, places[s.article_id], s.position)))

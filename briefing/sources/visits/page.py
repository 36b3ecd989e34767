"""Visits a single page: one article, fetched again and again."""

from __future__ import annotations

from briefing.sources.visits.context import Brought, Errand


def visit_page(errand: Errand) -> Brought:
    """Return the page's article, unless the server answers that it is unchanged.

    Raises:
        ArticleError: It cannot be had, or holds no article.
    """
    fetched = errand.source()
    if fetched.unchanged:
        return Brought(fetched=fetched)
    article = errand.read(errand.key(errand.subscription.address), fetched)
    return Brought((article,), fetched.notes, fetched)

"""Detects corrections: printed sentences that today's version of their article no longer has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.model import Article, RawArticle, Receipt, Sentence, Source, Withdrawal
from briefing.stages.novelty.printed import Printed, printed_in
from briefing.stages.novelty.recall import Recollection
from briefing.text.identity import KEPT, is_headline, place_of, reads_on
from briefing.text.languages import language_of
from briefing.text.numerals import normalised
from briefing.text.terms import content_set, jaccard

#: Jaccard of content stems from which a new sentence stands where the old one stood; less alike, the old one was taken
#: out. A corrected figure, name or day leaves far more.
STANDS_FOR = 0.35


def find_withdrawals(
    articles: Sequence[Article],
    sentences: Mapping[str, Sequence[Sentence]],
    recollection: Recollection,
    raws: Mapping[str, RawArticle],
) -> tuple[Withdrawal, ...]:
    """Return the printed sentences that today's text of their article no longer has, in the order they were printed.

    Only words and figures count: a changed quotation mark withdraws nothing. Each is reported once. Only the place that
    an article was printed from can take anything back, and only an article that is still itself: where another
    statement stands in its place, nothing was corrected. Nor is a sentence that is still on the page and that a later
    version of the program no longer takes for news.

    Args:
        articles: Today's, one per identity.
        sentences: Article id → its sentences today.
        recollection: The memory.
        raws: Article id → the article as it was read today, before cleaning.
    """
    printed_from = {s.article_id: s for edition in recollection.editions for s in edition.sources}
    now = {
        article.id: article
        for article in articles
        if (source := printed_from.get(article.id))
        and (article.id not in raws or place_of(source.input) == place_of(raws[article.id].input))
        and _is_itself(article, source, recollection)
    }
    bodies = {key: _bare(now[key].body, now[key]) for key in recollection.receipts if key in now}
    return tuple(
        Withdrawal(printed.sentence, printed.theme, key, _in_its_place(printed, now[key], sentences, recollection))
        for printed in _printed_once(recollection)
        if (key := printed.sentence.receipt.article_id) in bodies
        and _bare(printed.sentence.text, now[key]) not in bodies[key]
        and not (key in raws and _bare(printed.sentence.text, now[key]) in _bare(raws[key].text, now[key]))
    )


def _bare(text: str, article: Article) -> str:
    return normalised(text, language_of(article))


def _is_itself(article: Article, source: Source, recollection: Recollection) -> bool:
    """Return whether an article is a later state of what was printed from, by its text then or by what was printed."""
    before = recollection.as_printed(article.id)
    if before is not None:
        return reads_on(before.title, before.body, article.title, article.body)
    body = _bare(article.body, article)
    texts = {
        printed.sentence.text
        for edition in recollection.editions
        for printed in printed_in(edition)
        if printed.sentence.receipt.article_id == article.id
    }
    left = sum(_bare(text, article) in body for text in texts)
    return is_headline(source.title, article.title) or left >= KEPT * len(texts)


def _printed_once(recollection: Recollection) -> Iterator[Printed]:
    """Yield the printed sentences of every article, each once, without those reported already."""
    seen: set[Receipt] = {c.old.receipt for edition in recollection.editions for c in edition.corrections}
    for edition in recollection.editions:
        for printed in printed_in(edition):
            if printed.sentence.receipt not in seen:
                seen.add(printed.sentence.receipt)
                yield printed


def _in_its_place(
    printed: Printed, article: Article, sentences: Mapping[str, Sequence[Sentence]], recollection: Recollection
) -> Sentence | None:
    """Return the new sentence of the article most like a printed one; None where none is like it."""
    before = recollection.as_printed(article.id)
    language = language_of(article)
    words = content_set(printed.sentence.text, language)
    new = [s for s in sentences.get(article.id, ()) if before is None or s.text not in before.body]
    ranked = [(jaccard(words, content_set(s.text, language)), -s.position, s) for s in new]
    alike, _, best = max(ranked, key=lambda entry: entry[:2], default=(0.0, 0, None))
    return best if alike >= STANDS_FOR else None

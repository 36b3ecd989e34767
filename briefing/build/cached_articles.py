"""The cached form of a cleaned article: without its text, which is restored from the raw article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.model import Article, Cleaned, Note, RawArticle, Removal
from briefing.text.languages import language_of, recall


@dataclass(frozen=True, slots=True)
class Traces:
    """A cleaned article as the cache holds it; needs the raw article to be restored."""

    article: Article | None  # its body is left out
    language: str  # code of the one it is in, as its words show it
    lines: tuple[int | str, ...]  # of the body: where in the raw text, and how long; itself where it was changed
    notes: tuple[Note, ...]
    removals: tuple[Removal, ...]


def traces_of(cleaned: Cleaned) -> Traces:
    """Return the cached form of a cleaned article."""
    article = cleaned.article
    if article is None:
        return Traces(None, "", (), cleaned.notes, cleaned.removals)
    lines = tuple(_places(article.body.split("\n"), cleaned.raw.text))
    return Traces(replace(article, body=""), language_of(article).code, lines, cleaned.notes, cleaned.removals)


def put_together(raw: RawArticle, traces: Traces) -> Cleaned:
    """Return the cleaned article, restored from its cached form and the raw article it was made of."""
    if traces.article is None:
        return Cleaned(raw, None, traces.notes, traces.removals)
    article = replace(traces.article, body="\n".join(_found(traces.lines, raw.text)))
    recall(article, traces.language)
    return Cleaned(raw, article, traces.notes, traces.removals)


def _places(lines: Sequence[str], text: str) -> Iterator[int | str]:
    at = 0
    for line in lines:
        start = text.find(line, at)
        if start < 0:
            yield line
        else:
            at = start + len(line)
            yield from (start, len(line))


def _found(places: Sequence[int | str], text: str) -> Iterator[str]:
    parts = iter(places)
    for part in parts:
        if isinstance(part, str):
            yield part
        else:
            length = next(parts)
            assert isinstance(length, int)
            yield text[part : part + length]

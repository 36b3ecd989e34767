"""Selects the text that is compared: not what an outlet always prints, and of a column only its first event."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from briefing.model import Article
from briefing.text.languages import Language
from briefing.text.package_data import data_toml, has_data

#: Words of a column that belong to its first event: the paragraphs that have so many.
FIRST_EVENT = 90


#: Words that may stand before the first part of a round-up: a greeting, an hour.
BEFORE_FIRST = 15

#: Days on which a paragraph is printed word for word from which it is no news, and the words it has at least.
ALWAYS, LONG = 3, 5

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class _Columns:
    """How a language's columns and live pages are headed."""

    columns: tuple[str, ...] = ()
    live: tuple[str, ...] = ()
    greetings: tuple[str, ...] = ()


@cache
def _columns(code: str) -> _Columns:
    if not has_data("languages", code, "columns.toml"):
        return _Columns()
    data = data_toml("languages", code, "columns.toml")
    return _Columns(
        *(tuple(line for line in data[key].split("\n") if line) for key in ("columns", "live", "greetings"))
    )


def first_event(article: Article, language: Language) -> Article:
    """Return an article as it is compared: a column with its first paragraphs alone, and without the column's name."""
    known = _columns(language.code)
    title = f" {_form(article.title, language)} "
    is_column = any(f" {name} " in title for name in known.columns)
    is_live = any(f" {name} " in title for name in known.live) or article.text[:20].lower().startswith(known.greetings)
    if _is_later_part(article):
        return replace(article, title="")
    if not is_column and not is_live:
        return article
    body = article.body if article.span else "\n".join(_opening(article.body))
    return replace(article, title="" if is_column else article.title, body=body)


def _is_later_part(article: Article) -> bool:
    """Return whether an article is a part of a round-up behind its first: the headline is of another event then."""
    return article.span is not None and len(article.body[: article.span[0]].split()) > BEFORE_FIRST


def without_furniture(articles: Sequence[Article]) -> list[Article]:
    """Return articles without the paragraphs that stand word for word in articles of `ALWAYS` days and more."""
    days: defaultdict[str, set[date]] = defaultdict(set)
    for article in articles:
        if article.published:
            for paragraph in set(article.text.split("\n")):
                days[paragraph].add(article.published.date())
    furniture = {text for text, printed in days.items() if len(printed) >= ALWAYS and len(text.split()) >= LONG}
    return [_without(article, furniture) if furniture else article for article in articles]


def _without(article: Article, furniture: Collection[str]) -> Article:
    paragraphs = article.text.split("\n")
    kept = [paragraph for paragraph in paragraphs if paragraph not in furniture]
    if len(kept) == len(paragraphs) or not any(kept):
        return article
    return replace(article, body="\n".join(kept), span=None)


def _opening(body: str) -> Iterator[str]:
    """Yield the first paragraphs that have `FIRST_EVENT` words together."""
    words = 0
    for paragraph in body.split("\n"):
        if words >= FIRST_EVENT:
            return
        yield paragraph
        words += len(paragraph.split())


def _form(title: str, language: Language) -> str:
    """Return the words of a title in lower case, weekdays and months left out."""
    days = language.weekdays.keys() | language.months.keys()
    return " ".join(word for word in _WORD.findall(title.lower()) if word not in days)

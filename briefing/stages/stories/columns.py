"""What of an article is compared: of a column or live page, with its many events, headline and opening of the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from briefing.model import Article
from briefing.text.languages import Language
from briefing.text.package_data import data_toml, has_data

#: Words of a column that belong to its first event: the paragraphs that have so many.
FIRST_EVENT = 60

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class _Columns:
    """How a language's columns and live pages are headed."""

    columns: tuple[str, ...] = ()
    live: tuple[str, ...] = ()
    greetings: tuple[str, ...] = ()


@cache
def _columns(code: str) -> _Columns:
    if not has_data("stories", f"columns.{code}.toml"):
        return _Columns()
    data = data_toml("stories", f"columns.{code}.toml")
    return _Columns(
        *(tuple(line for line in data[key].split("\n") if line) for key in ("columns", "live", "greetings"))
    )


def first_event(article: Article, language: Language) -> Article:
    """Return an article as it is compared: a column with its first paragraphs alone, and without the column's name."""
    known = _columns(language.code)
    title = f" {_form(article.title, language)} "
    is_column = any(f" {name} " in title for name in known.columns)
    is_live = any(f" {name} " in title for name in known.live) or article.text[:20].lower().startswith(known.greetings)
    if not is_column and not is_live:
        return article
    body = article.body if article.span else "\n".join(_opening(article.body))
    return replace(article, title="" if is_column else article.title, body=body)


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

"""Serialises analyses and summaries for the cache: compressed JSON, and back.

A value is written as nested lists of its fields, in JSON, compressed. Of a sentence its place is written and not its
text, of a theme its number: reading a value back needs the articles it was made of and the themes it was made for.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from briefing.model import PARAGRAPH_KINDS, Article, Receipt, Sentence, Theme

#: Bytes that a value may unfold to; what is made of the longest article there can be takes a tenth of it.
LARGEST = 64_000_000

T = TypeVar("T")


class UnreadableError(Exception):
    """The bytes were not serialised from such a value for these articles and themes."""


class Packing(Generic[T]):
    """A serialiser for values of one type.

    Args:
        kind: A frozen dataclass of such, of tuples, frozen sets, mappings, text and numbers.
        themes: Those that values name.
    """

    def __init__(self, kind: Any, themes: Sequence[Theme]) -> None:
        self._write, self._read = _ways(kind)
        self._themes = tuple(themes)
        self._numbers = {theme.slug: n for n, theme in enumerate(self._themes)}

    def pack(self, value: T, articles: Sequence[Article]) -> bytes:
        """Return a value about these articles, serialised."""
        rows = self._write(value, _Written({a.id: n for n, a in enumerate(articles)}, self._numbers, {}))
        return zlib.compress(json.dumps(rows, separators=(",", ":")).encode("ascii"), 1)

    def unpack(self, data: bytes, articles: Sequence[Article]) -> T:
        """Return the value of which `pack` made ``data``, equal to it.

        Raises:
            UnreadableError: It was not made of such a value.
        """
        try:
            rows = json.loads(zlib.decompressobj().decompress(data, LARGEST))
            value: T = self._read(rows, _Met(articles, self._themes, []))
        except (zlib.error, ValueError, TypeError, LookupError, RecursionError) as error:
            raise UnreadableError(str(error)) from error
        return value


def written_out(value: Any) -> str:
    """Return a canonical text of a record without sentences and themes: equal for equal records only."""
    kind: Any = type(value)
    return repr(_ways(kind)[0](value, _NOTHING))


@dataclass(frozen=True, slots=True)
class _Written:
    """The numbers that stand for articles, themes and sentences while a value is written."""

    articles: Mapping[str, int]  # by id
    themes: Mapping[str, int]  # by slug
    sentences: dict[tuple[Sentence, str, Receipt | None], int]  # those written already, with what is printed with them


_NOTHING = _Written({}, {}, {})


@dataclass(frozen=True, slots=True)
class _Met:
    """The articles, themes and sentences that numbers stand for while a value is read."""

    articles: Sequence[Article]
    themes: Sequence[Theme]
    sentences: list[Sentence]  # those read already


Writer = Callable[[Any, _Written], Any]
Reader = Callable[[Any, _Met], Any]


@cache
def _ways(kind: Any) -> tuple[Writer, Reader]:
    """Return the writer (to nested lists) and the reader (from them) of a type."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _as_it_is, _as_it_is
    if all(part in (str, int, float, bool) for part in inner or (kind,)) and origin in (None, Union, UnionType):
        return _as_it_is, _as_it_is
    if kind in (date, datetime):
        return lambda moment, at: moment.isoformat(), lambda text, at: kind.fromisoformat(text)
    if kind is Sentence:
        return _place, _sentence
    if kind is Theme:
        return lambda theme, at: at.themes[theme.slug], lambda number, at: at.themes[number]
    if is_dataclass(kind):
        return _of_record(kind)
    if origin in (Union, UnionType):
        return _of_optional(*(part for part in inner if part is not NoneType))
    if origin is Mapping:
        return _of_mapping(inner)
    if origin is frozenset:
        return _of_several(inner[0], sorted, frozenset)
    if origin is tuple and inner[-1] is ...:
        return _of_several(inner[0], list, tuple)
    if origin is tuple:
        return _of_row(inner)
    raise NotImplementedError(f"{kind} has no packed form")


def _as_it_is(value: Any, at: object) -> Any:
    return value


def _place(sentence: Sentence, at: _Written) -> Any:
    """Return a sentence's fields without its text, or its number when it was written before."""
    key = (sentence, sentence.mark, sentence.introduced)
    known = at.sentences.get(key)
    if known is not None:
        return known
    at.sentences[key] = len(at.sentences)
    place = (
        at.articles[sentence.article_id], sentence.position, sentence.paragraph, sentence.start, sentence.end,
        PARAGRAPH_KINDS.index(sentence.kind),
    )  # fmt: skip
    named = sentence.introduced
    return (*place, sentence.mark, named and (named.start, named.end)) if sentence.mark or named else place


def _sentence(place: Any, at: _Met) -> Sentence:
    if isinstance(place, int):
        return at.sentences[place]
    number, position, paragraph, start, end, kind, *printed = place
    article = at.articles[number]
    made = Sentence(article.id, position, paragraph, start, end, article.body[start:end], PARAGRAPH_KINDS[kind])
    if printed:
        mark, named = printed
        receipt = None
        if named:
            start, end = named
            receipt = Receipt.made(article.id, start, end, article.body[start:end])
        made = replace(made, mark=mark, introduced=receipt)
    at.sentences.append(made)
    return made


def _of_record(kind: Any) -> tuple[Writer, Reader]:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    write, read = _of_row([hints[name] for name in names])
    values_of = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    if read is _plain_row:
        return lambda value, at: values_of(value), lambda row, at: kind(*row)
    return lambda value, at: write(values_of(value), at), lambda row, at: kind(*read(row, at))


def _of_row(kinds: Sequence[Any]) -> tuple[Writer, Reader]:
    ways = [_ways(kind) for kind in kinds]
    writers, readers = [write for write, _ in ways], [read for _, read in ways]

    def written(values: Iterable[Any], at: _Written) -> Any:
        return [write(value, at) for write, value in zip(writers, values, strict=True)]

    def read(row: Any, at: _Met) -> Any:
        return tuple([read(value, at) for read, value in zip(readers, row, strict=True)])

    if all(read is _as_it_is for read in readers):
        return _as_it_is, _plain_row
    return written, read


def _is_plain_record(kind: Any) -> bool:
    """Return whether all fields are text and numbers: a fast path, as most of what is read are such records."""
    if not is_dataclass(kind) or kind in (Sentence, Theme):
        return False
    return all(_ways(hint)[1] is _as_it_is for hint in get_type_hints(kind).values())


def _plain_row(row: Any, at: object) -> Any:
    return tuple(row)


def _of_several(kind: Any, ordered: Callable[[Any], Any], gathered: Callable[[Any], Any]) -> tuple[Writer, Reader]:
    write, read = _ways(kind)
    if read is _as_it_is:
        return lambda values, at: ordered(values), lambda rows, at: gathered(rows)
    if _is_plain_record(kind):
        return (
            lambda values, at: [write(value, at) for value in ordered(values)],
            lambda rows, at: gathered([kind(*row) for row in rows]),
        )
    return (
        lambda values, at: [write(value, at) for value in ordered(values)],
        lambda rows, at: gathered([read(row, at) for row in rows]),
    )


def _of_mapping(kinds: Sequence[Any]) -> tuple[Writer, Reader]:
    write, read = _of_row(kinds)
    if read is _plain_row:
        return lambda mapping, at: list(mapping.items()), lambda rows, at: dict(rows)
    return (
        lambda mapping, at: [write(item, at) for item in mapping.items()],
        lambda rows, at: dict([read(row, at) for row in rows]),
    )


def _of_optional(kind: Any) -> tuple[Writer, Reader]:
    write, read = _ways(kind)
    return (
        lambda value, at: None if value is None else write(value, at),
        lambda row, at: None if row is None else read(row, at),
    )

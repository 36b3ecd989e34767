"""Serialises values of the model for the store's columns, and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar, cast

from briefing.errors import StoreError
from briefing.model import Article, Code, DateClue, Dated, Input, Note, Paragraph, RawArticle, Standing
from briefing.model.checking import holds

#: Bytes that a record may unfold to: an article has 20 MB at most, in JSON up to six times as many.
LARGEST = 256_000_000

T = TypeVar("T")

_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def stamp(moment: datetime) -> int:
    """Return an aware moment as whole microseconds since 1970."""
    return (moment - _START) // _MICROSECOND


#: Microseconds of a day: what is known to the day alone stands as midnight UTC.
A_DAY = 86_400_000_000


def wall_stamp(moment: datetime) -> int:
    """Return the timestamp of what a clock shows at a moment, whatever its zone: what bounds that are days mean for
    articles that are known to the day alone."""
    return stamp(moment.replace(tzinfo=UTC))


def moment_of(stamp: int) -> datetime:
    """Return the moment of a timestamp, in UTC.

    Raises:
        StoreError: There is no such moment.
    """
    try:
        return _START + stamp * _MICROSECOND
    except (OverflowError, TypeError) as error:
        raise damaged_record() from error


def day_of(text: str) -> date:
    """Return the day of an ISO date; errors as `moment_of`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise damaged_record() from error


def optional_stamp(moment: datetime | None) -> int | None:
    """Return the timestamp of a moment that may be missing."""
    return None if moment is None else stamp(moment)


def optional_moment(stamp: int | None) -> datetime | None:
    """Return the moment of a timestamp that may be missing."""
    return None if stamp is None else moment_of(stamp)


def written(text: str) -> str:
    """Return a text that SQLite can store: half a surrogate pair becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def pack(data: bytes) -> bytes:
    """Return bytes compressed."""
    return zlib.compress(data, 6)


def unpack(data: bytes) -> bytes:
    """Return the bytes that `pack` compressed.

    Raises:
        StoreError: The bytes are none of ours, or unfold without end.
    """
    try:
        unfolding = zlib.decompressobj()
        content = unfolding.decompress(data, LARGEST)
    except zlib.error as error:
        raise damaged_record() from error
    if not unfolding.eof:
        raise damaged_record()
    return content


def damaged_record() -> StoreError:
    """Return the error of a record that cannot be read back."""
    return StoreError(
        "A record of the store cannot be read.", "Put a backup in the store's place.", code="E_STORE_CORRUPT"
    )


def pack_input(read: Input, raw: RawArticle | None) -> bytes:
    """Serialise an input with that one of its articles, or with none."""
    data = {"path": read.path, "notes": _notes(read.notes), "raw": None if raw is None else _raw(raw)}
    return pack(json.dumps(data, separators=(",", ":")).encode("ascii"))  # escapes keep even half a surrogate pair


def unpack_input(record: bytes) -> Input:
    """Return the input of a record, with one article or none."""
    try:
        data = json.loads(unpack(record))
        raw = data["raw"]
        articles = () if raw is None else (_as_raw(raw),)
        return Input(_text(data["path"]), articles, _as_notes(data["notes"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged_record() from error


def rest_of(article: Article) -> str:
    """Return the fields of an article without a column of their own as JSON, and those that a column cannot hold."""
    rest: dict[str, Any] = {
        "paragraphs": [[p.start, p.end, p.kind] for p in article.paragraphs],
        "byline": article.byline,
        "wire": article.wire,
        "url": article.url,
        "language": article.language,
        "date": None if article.date is None else {**asdict(article.date), "moment": stamp(article.date.moment)},
    }
    exact = {name: text for name in ("title", "body", "outlet") if written(text := getattr(article, name)) != text}
    return json.dumps(rest | exact, separators=(",", ":"))


def article_of(article_id: str, title: str, body: str, outlet: str, rest: str) -> Article:
    """Return the article of a row."""
    try:
        data = {"title": title, "body": body, "outlet": outlet, **json.loads(rest)}
        date = data.pop("date")
        data["paragraphs"] = tuple(Paragraph(*paragraph) for paragraph in data["paragraphs"])
        data["date"] = None if date is None else Dated(**{**date, "moment": moment_of(date["moment"])})
        return typed(Article(id=article_id, **data))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise damaged_record() from error


def fields_of(standing: Standing) -> str:
    """Return a standing as JSON, its moments as timestamps."""
    return json.dumps({k: {"at": stamp(v)} if isinstance(v, datetime) else v for k, v in asdict(standing).items()})


def standing_of(text: str) -> Standing:
    """Return the standing of its JSON."""
    try:
        data: dict[str, Any] = json.loads(text)
        moments = {k: moment_of(v["at"]) for k, v in data.items() if isinstance(v, dict)}
        return typed(Standing(**(data | moments)))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise damaged_record() from error


def typed(value: T) -> T:
    """Return a value of a dataclass whose fields are of the types it declares.

    Raises:
        TypeError: One is of another.
    """
    if not holds(value, type(value)):
        raise TypeError
    return value


def sound(value: T) -> T:
    """Return a value as `typed` does; a `StoreError` where a field is of another type."""
    try:
        return typed(value)
    except TypeError as error:
        raise damaged_record() from error


def _notes(notes: tuple[Note, ...]) -> list[list[str]]:
    return [[note.code, note.message] for note in notes]


def _as_notes(data: Any) -> tuple[Note, ...]:
    """Return notes; a code that a newer version has added is kept as it is."""
    return tuple(Note(cast(Code, _text(code)), _text(message)) for code, message in data)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _raw(raw: RawArticle) -> dict[str, Any]:
    data = {field.name: getattr(raw, field.name) for field in fields(raw)}
    data["dates"] = [[clue.text, clue.evidence] for clue in raw.dates]
    data["notes"] = _notes(raw.notes)
    return data


def _as_raw(data: Mapping[str, Any]) -> RawArticle:
    dates = tuple(DateClue(text, evidence) for text, evidence in data["dates"])
    raw = typed(RawArticle(**{**data, "dates": dates, "notes": ()}))
    return replace(raw, notes=_as_notes(data["notes"]))

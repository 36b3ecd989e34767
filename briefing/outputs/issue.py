"""Serialises an `Edition` as the issue file, JSON, and loads it again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from briefing.errors import BriefingError, OutputError, SourceError
from briefing.model import FIRST_DAY, LAST_DAY, SCHEMA, Edition
from briefing.outputs.issue_schema1 import upgraded
from briefing.outputs.links import link
from briefing.text.printable import one_line

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_LOGO = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]+=*")
#: Fields that only an edition with a memory, one held for the editor, one of an earlier version, a story of a round-up,
#: a judged sentence, a length, an article in a language without a theme's words or a page on the web fills: where they
#: say nothing they are not written, so that one without is what it would be if there were no such thing. All of them
#: have defaults.
_OF_MEMORY = ("before", "since", "last_printed", "usual", "usual_days", "first_day", "memory", "quiet", "corrections")
_OF_EDITOR = ("retitled", "lines", "signed", "draft", "made")
_OF_EARLIER = ("shared", "shared_day")
_OF_ROUNDUP = ("parts", "events")
_OF_JUDGE = ("verdict", "words_of", "introduced", "by_editor", "judge")
_OF_LENGTH = ("length", "importance", "see")
_OF_LANGUAGE = ("unsearched",)
_OF_WEB = ("web_address",)
_SPARSE = frozenset(
    (*_OF_MEMORY, *_OF_EDITOR, *_OF_EARLIER, *_OF_ROUNDUP, *_OF_JUDGE, *_OF_LENGTH, *_OF_LANGUAGE, *_OF_WEB)
)
_LARGEST = 100_000_000  # bytes; an edition of 500 pages is 5 MB
_LONGEST_FAULT = 300  # characters of what is wrong with a field; a code may be one of a hundred


@cache
def _adapter() -> TypeAdapter[Edition]:
    return TypeAdapter(Edition)


def load_reading() -> None:
    """Build what issue files are read and written with, which the first of them builds otherwise."""
    _adapter()


def issue_bytes(edition: Edition) -> bytes:
    """Return the issue file of an edition: UTF-8 JSON, two-space indent, fields in the order of the schema.

    The same edition gives the same bytes.

    Raises:
        OutputError: The edition holds text that is not Unicode.
    """
    data = _without_empty(_adapter().dump_python(edition, mode="json"))
    ordered = {"schema": data.pop("schema"), **data}
    text = json.dumps(ordered, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise OutputError("The edition holds half a surrogate pair, which no file can keep.") from error


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(part) for key, part in value.items() if part or key not in _SPARSE}
    return [_without_empty(part) for part in value] if isinstance(value, list) else value


def load_edition(path: Path | str) -> Edition:
    """Return the edition of an issue file.

    Raises:
        SourceError: The file cannot be read, is of a newer schema, or is no sound issue file; the message names
            the file and the field.
    """
    path = Path(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise SourceError(f"{path} is larger than {_LARGEST:,} bytes.", "Check that it is an issue file.")
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}.") from error
    return parse_edition(data, str(path))


def parse_edition(data: bytes, name: str) -> Edition:
    """Return the edition of an issue file's bytes; ``name`` is what messages call it. Errors as `load_edition`."""
    raw = _json_of(data, name)
    try:
        if raw["schema"] == SCHEMA:
            edition = _adapter().validate_json(data, strict=True)
        else:
            edition = _adapter().validate_json(json.dumps(upgraded(raw)), strict=True)
    except ValidationError as error:
        raise SourceError(_first_fault(error, name), "Build the edition again, or fix that field.") from error
    except (LookupError, TypeError) as error:
        raise SourceError(f"{name} is not a sound issue file of schema 1.", "Build the edition again.") from error
    check_edition(edition, name)
    return edition


def schema_json() -> str:
    """Return the JSON Schema of the issue file."""
    schema = _adapter().json_schema(mode="serialization")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Issue file",
        "description": f"An edition of a briefing, version {SCHEMA} of the issue file.",
    }
    return json.dumps({**schema, **head}, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def check_edition(edition: Edition, name: str = "The edition", error: type[BriefingError] = SourceError) -> None:
    """Validate an edition beyond its types: references, names fit for files, colours fit for CSS."""
    fault = next(_faults(edition), None)
    if fault:
        raise error(f"{name}: {fault}.", "Build the edition again, or fix that field.")


def _faults(edition: Edition) -> Iterator[str]:
    imprint = edition.imprint
    if not COLOUR.fullmatch(imprint.brand.accent):
        yield f"imprint.brand.accent is {imprint.brand.accent!r}, not a colour such as #1f4e79"
    if imprint.web_address and not link(imprint.web_address):
        yield f"imprint.web_address is {imprint.web_address!r}, not an address such as https://example.org/briefing/"
    if imprint.brand.logo and not _LOGO.fullmatch(imprint.brand.logo):
        yield "imprint.brand.logo is not a PNG as a data: address"
    if edition.scope and not all(map(SLUG.fullmatch, edition.scope.split("+"))):
        yield f"scope is {edition.scope!r}, not a slug"
    if imprint.first_day and imprint.first_day > imprint.day:
        yield f"imprint.first_day is {imprint.first_day}, after day, {imprint.day}"
    yield from _unreal(edition)
    for n, section in enumerate(edition.sections):
        if not SLUG.fullmatch(section.theme):
            yield f"sections.{n}.theme is {section.theme!r}, not a slug"
    numbers = [source.number for source in edition.sources]
    for n, (before, after) in enumerate(pairwise((0, *numbers))):
        if after <= before:
            yield f"sources.{n}.number is {after}, which does not rise from {before}"
    for n, source in enumerate(edition.sources):
        if source.published and source.published.utcoffset() is None:
            yield f"sources.{n}.published has no time zone"
    yield from _editors_faults(edition)
    listed = edition.by_article
    for place, key in _articles_named(edition):
        if key not in listed:
            yield f"{place} names article {key!r}, which is not among the sources"


def _unreal(edition: Edition) -> Iterator[str]:
    """Yield what no build writes and no page can print: days at the ends of the calendar, zones that do not exist."""
    try:
        ZoneInfo(edition.imprint.time_zone)
    except (KeyError, ValueError, OSError):
        yield f"imprint.time_zone is {edition.imprint.time_zone[:40]!r}, not a time zone"
    if not 0 <= edition.counts.several_origins <= 1:
        yield f"counts.several_origins is {edition.counts.several_origins}, not a share"
    yield from (f"accounts.{n} has no figures" for n, account in enumerate(edition.accounts) if not account.figures)
    before = [day for s in edition.stories for day in (s.since, s.last_printed.day if s.last_printed else None) if day]
    before += [day for quiet in edition.quiet for day in (quiet.first, quiet.last)]
    for name, day in (("imprint.day", edition.day), *(("the day of an earlier edition", day) for day in before)):
        if not FIRST_DAY <= day <= LAST_DAY:
            yield f"{name} is {day}, outside the years {FIRST_DAY.year} to {LAST_DAY.year}"


def _editors_faults(edition: Edition) -> Iterator[str]:
    for text in (*edition.editors_words, *([edition.signed.name] if edition.signed else [])):
        if not text or text != one_line(text):
            yield f"the editor's {text!r} is not a line of printable text"
    if edition.signed and edition.signed.moment.utcoffset() is None:
        yield "signed.moment has no time zone"
    if edition.made and edition.made.utcoffset() is None:
        yield "made has no time zone"
    if edition.signed and edition.draft:
        yield "it is signed and a draft at once"


def _articles_named(edition: Edition) -> Iterator[tuple[str, str]]:
    for place, sentence in edition.walk():
        yield from ((".".join(map(str, place)), key) for key in sentence.said_by)
    yield from ((f"corrections.{n}", correction.article_id) for n, correction in enumerate(edition.corrections))
    for s, section in enumerate(edition.sections):
        for i, story in enumerate(section.stories):
            name = f"sections.{s}.stories.{i}"
            yield f"{name}.headline_receipt", story.headline_receipt.article_id
            yield from ((f"{name}.sources", key) for key in story.sources)
            yield from ((f"{name}.origins", key) for origin in story.origins for key in origin.sources)
        yield from (
            (f"sections.{s}.passages.{i}", "") for i, passage in enumerate(section.passages) if not passage.sentences
        )


def _json_of(data: bytes, name: str) -> dict[str, Any]:
    """Return the JSON object of an issue file, of this schema or an earlier one."""
    try:
        raw: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{name} is not JSON.", "Give the briefing.json of an edition.") from error
    schema = raw.get("schema") if isinstance(raw, dict) else None
    if not isinstance(schema, int) or isinstance(schema, bool):
        raise SourceError(
            f"{name} is not an issue file: it has no schema number.", "Give the briefing.json of an edition."
        )
    if schema > SCHEMA:
        raise SourceError(
            f"{name}: schema is {schema}, newer than the {SCHEMA} this program reads.", "Update the program."
        )
    if schema < 1:
        raise SourceError(f"{name}: schema is {schema}; the first was 1.", "Give the briefing.json of an edition.")
    found: dict[str, Any] = raw
    return found


def _first_fault(error: ValidationError, name: str) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "the file"
    said = first["msg"] if len(first["msg"]) <= _LONGEST_FAULT else "Input should be one of those in the JSON Schema"
    return f"{name}: {field}: {said}."

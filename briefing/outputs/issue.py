"""The issue file: an `Edition` as JSON and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from briefing.errors import BriefingError, OutputError, SourceError
from briefing.model import DATE_EVIDENCE, FATES, OUTCOMES, SCHEMA, STATES, CitedSentence, Edition
from briefing.text.labels import LANGUAGES
from briefing.text.printable import one_line

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_LOGO = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]+=*")
#: Fields that only an edition with a memory, one that was held for the editor, or a story of a wider development fills:
#: where they say nothing they are not written, so that one without is what it would be if there were no such thing.
#: All of them have defaults.
_OF_MEMORY = ("before", "since", "last_printed", "usual", "usual_days", "first_day", "memory", "quiet", "corrections")
_OF_EDITOR = ("retitled", "lines", "signed", "draft")
_OF_SAGA = ("shared", "shared_day")
_SPARSE = frozenset((*_OF_MEMORY, *_OF_EDITOR, *_OF_SAGA))
_LARGEST = 100_000_000  # bytes; an edition of 500 pages is 5 MB


@cache
def _adapter() -> TypeAdapter[Edition]:
    return TypeAdapter(Edition)


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
    _refuse_other_schemas(data, name)
    try:
        edition = _adapter().validate_json(data, strict=True)
    except ValidationError as error:
        raise SourceError(_first_fault(error, name), "Build the edition again, or mend that field.") from error
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
    """Refuse an edition that types alone do not: wrong references, names unfit for files, colours unfit for CSS."""
    fault = next(_faults(edition), None)
    if fault:
        raise error(f"{name}: {fault}.", "Build the edition again, or mend that field.")


def _faults(edition: Edition) -> Iterator[str]:
    if edition.language not in LANGUAGES:
        yield f"language is {edition.language!r}, not one of {', '.join(LANGUAGES)}"
    if edition.paper not in ("A4", "Letter"):
        yield f"paper is {edition.paper!r}, not A4 or Letter"
    if not COLOUR.fullmatch(edition.brand.accent):
        yield f"brand.accent is {edition.brand.accent!r}, not a colour such as #1f4e79"
    if edition.brand.logo and not _LOGO.fullmatch(edition.brand.logo):
        yield "brand.logo is no PNG as a data: address"
    if edition.scope and not SLUG.fullmatch(edition.scope):
        yield f"scope is {edition.scope!r}, not a slug"
    if edition.first_day and edition.first_day > edition.day:
        yield f"first_day is {edition.first_day}, after day, {edition.day}"
    for n, section in enumerate(edition.sections):
        yield from (
            f"sections.{n}.stories.{i}.state is {story.state!r}, not one of {', '.join(STATES)}"
            for i, story in enumerate(section.stories)
            if story.state not in STATES
        )
        if not SLUG.fullmatch(section.theme):
            yield f"sections.{n}.theme is {section.theme!r}, not a slug"
    for n, source in enumerate(edition.sources):
        if source.number != n + 1:
            yield f"sources.{n}.number is {source.number}, not {n + 1}"
        if source.evidence not in ("", *DATE_EVIDENCE):
            yield f"sources.{n}.evidence is {source.evidence!r}, not one of {', '.join(DATE_EVIDENCE)}"
        if source.published and source.published.utcoffset() is None:
            yield f"sources.{n}.published has no time zone"
    for n, entry in enumerate(edition.ledger):
        if entry.outcome not in OUTCOMES:
            yield f"ledger.{n}.outcome is {entry.outcome!r}, not one of {', '.join(OUTCOMES)}"
        if entry.fate not in FATES:
            yield f"ledger.{n}.fate is {entry.fate!r}, not one of {', '.join(FATES)}"
    yield from _editors_faults(edition)
    for place, number in _references(edition):
        if not 1 <= number <= len(edition.sources):
            yield f"{place} names source {number}, but there are {len(edition.sources)}"


def _editors_faults(edition: Edition) -> Iterator[str]:
    for text in (*edition.editors_words, *([edition.signed.name] if edition.signed else [])):
        if not text or text != one_line(text):
            yield f"the editor's {text!r} is no line of printable text"
    if edition.signed and edition.signed.moment.utcoffset() is None:
        yield "signed.moment has no time zone"
    if edition.signed and edition.draft:
        yield "it is signed and a draft at once"


def _references(edition: Edition) -> Iterator[tuple[str, int]]:
    for place, sentence in _sentences(edition):
        yield f"{place}.source", sentence.source
        yield from ((f"{place}.support", n) for n in sentence.support)
    yield from ((f"corrections.{n}.source", correction.source) for n, correction in enumerate(edition.corrections))
    for s, section in enumerate(edition.sections):
        for i, story in enumerate(section.stories):
            place = f"sections.{s}.stories.{i}"
            yield f"{place}.headline_source", story.headline_source
            yield from ((f"{place}.sources", n) for n in story.sources)
            yield from ((f"{place}.origins", n) for origin in story.origins for n in origin.sources)
        yield from ((f"sections.{s}.passages.{i}.source", p.source) for i, p in enumerate(section.passages))


def _sentences(edition: Edition) -> Iterator[tuple[str, CitedSentence]]:
    for n, source in enumerate(edition.sources):
        yield from ((f"sources.{n}.summary", sentence) for sentence in source.summary)
    for n, point in enumerate(edition.key_points):
        yield f"key_points.{n}.sentence", point.sentence
    for n, account in enumerate(edition.accounts):
        yield from ((f"accounts.{n}.figures", figure.sentence) for figure in account.figures)
    for n, statement in enumerate(edition.statements):
        yield f"statements.{n}.sentence", statement.sentence
    for n, correction in enumerate(edition.corrections):
        yield from ((f"corrections.{n}.new", sentence) for sentence in (correction.new,) if sentence)
    for s, section in enumerate(edition.sections):
        for i, story in enumerate(section.stories):
            place = f"sections.{s}.stories.{i}"
            printed = [*story.summary, *(c for view in story.views for c in view.summary)]
            yield from ((f"{place}.summary", sentence) for sentence in printed)
        for i, passage in enumerate(section.passages):
            yield from ((f"sections.{s}.passages.{i}.sentences", sentence) for sentence in passage.sentences)


def _refuse_other_schemas(data: bytes, name: str) -> None:
    try:
        raw: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{name} is no JSON.", "Give the briefing.json of an edition.") from error
    schema = raw.get("schema") if isinstance(raw, dict) else None
    if not isinstance(schema, int) or isinstance(schema, bool):
        raise SourceError(f"{name} is no issue file: it has no schema number.", "Give the briefing.json of an edition.")
    if schema > SCHEMA:
        raise SourceError(
            f"{name}: schema is {schema}, newer than the {SCHEMA} this program reads.", "Update the program."
        )


def _first_fault(error: ValidationError, name: str) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "the file"
    return f"{name}: {field}: {first['msg']}."

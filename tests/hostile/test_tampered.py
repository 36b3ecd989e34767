"""Issue files in which one field was changed: each is refused by a sentence, or read; none ends in a traceback."""

from __future__ import annotations

import copy
import json
import pathlib
import random
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from briefing import make_edition
from briefing.build import verify
from briefing.errors import BriefingError, SourceError
from briefing.outputs import make_files
from briefing.outputs.issue import issue_bytes, parse_edition
from tests.editions import ordinary

OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
TEXTS = [
    '"><script>alert(1)</script>\x1b[31m\u202e\x9b2J',
    "=cmd \r\nBcc: v@evil.example\r\n\r\nx",
    "../../../tmp/owned",
    "javascript:alert(1)",
    "\ud800",
    "",
    "x" * 20_000,
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "0001-01-01",
    "9999-12-31",
    "Nowhere/Land",
]
NUMBERS = [-1, 0, 10**9, 10**18, 10**40, 2**63]
OTHERS = [None, True, [], {}, [[]], 1.5, -1.5, 1e308]
Path = tuple[str | int, ...]


@cache
def source() -> Any:
    return json.loads(issue_bytes(ordinary()))


def walked(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in pairs:
        yield from walked(one, (*path, key))
    yield path, value


def changes_of(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value, None, 2]
    if isinstance(value, str):
        return [*TEXTS, *OTHERS]
    if isinstance(value, (int, float)):
        return [*NUMBERS, *OTHERS, "x"]
    if isinstance(value, list):
        return [[], value + value, value[::-1], None, {}]
    return [{}, None, []] if isinstance(value, dict) else ["x", 0, TEXTS[0], "0001-01-01T00:00:00+14:00"]


@cache
def cases() -> tuple[tuple[Path, Any], ...]:
    """Every field once, of all items of a list the first that has it, with everything it is changed to."""
    seen: dict[Path, tuple[Path, Any]] = {}
    for path, value in walked(source()):
        seen.setdefault(tuple("*" if isinstance(key, int) else key for key in path), (path, value))
    return tuple((path, change) for path, value in seen.values() for change in changes_of(value))


def tampered(path: Path, change: Any) -> bytes:
    if not path:
        return json.dumps(change).encode("utf-8", "surrogatepass")
    data = copy.deepcopy(source())
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = change
    return json.dumps(data).encode("utf-8", "surrogatepass")


def tried(path: Path, change: Any) -> None:
    said = ""
    try:
        edition = parse_edition(tampered(path, change), "the issue file")
        make_files(edition, formats=("json", "text", "html"), digests=False)
        verify(edition, None)
    except BriefingError as error:
        said = f"{error.message}{error.hint}"
    assert not OBEYED.search(said), (path, change, said)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    monkeypatch.setenv("BRIEFING_ISOLATION", "off")


def test_a_hundred_tampered_issue_files_are_refused_or_read():
    for path, change in random.Random(20261129).sample(cases(), 100):
        tried(path, change)


@pytest.mark.slow
def test_every_field_of_an_issue_file_is_changed_in_turn():
    assert len(cases()) > 3_000
    for path, change in cases():
        tried(path, change)


@pytest.mark.parametrize(
    ("path", "change", "says"),
    [
        (("imprint", "day"), "0001-01-01", "imprint.day is 0001-01-01, outside the years 1900 to 2999"),
        (("imprint", "day"), "9999-12-31", "outside the years"),
        (("imprint", "time_zone"), "Nowhere/Land", "imprint.time_zone is 'Nowhere/Land', not a time zone"),
        (("imprint", "time_zone"), "../../../etc/passwd", "not a time zone"),
        (("accounts", 0, "figures"), [], "accounts.0 has no figures"),
        (("counts", "several_origins"), 1e308, "not a share"),
    ],
)
def test_what_no_build_writes_is_refused_by_its_field(path, change, says):
    with pytest.raises(SourceError) as caught:
        parse_edition(tampered(path, change), "the issue file")
    assert says in caught.value.message


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
def test_an_article_may_claim_any_date(moment):
    make_files(parse_edition(tampered(("sources", 0, "published"), moment), "the issue file"), formats=("json", "html"))


def test_a_sentence_may_speak_of_any_year():
    data = copy.deepcopy(source())
    sentence = data["sections"][0]["stories"][0]["summary"][0]
    sentence["dates"] = [{"words": "1805", "day": "1805-10-21"}]
    assert parse_edition(json.dumps(data).encode(), "the issue file")


@pytest.mark.parametrize("day", ["9999-12-31", "9999-01-01T00:00:00Z", "0001-01-01", "31 December 9999"])
def test_an_article_that_names_a_day_at_the_end_of_the_calendar_costs_no_edition(
    tmp_path: pathlib.Path, day: str
) -> None:
    """An issue file with such a day is refused: one line of a stranger must not bring it there."""
    text = f"Ministers agreed in Varde on Saturday that the treaty on grain ships ends on {day}, the office said."
    (tmp_path / "a.txt").write_text(f"Title: Treaty runs out\nDate: {day}\n\n{text}\n", encoding="utf-8")
    edition = make_edition([tmp_path / "a.txt"], day=date(2026, 11, 28))
    assert edition.stories
    assert parse_edition(issue_bytes(edition), "it") == edition

"""The issue file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.build import verify
from briefing.errors import OutputError, SourceError
from briefing.model import SCHEMA, Edition, EditorLine, SignOff
from briefing.outputs import make_files
from briefing.outputs.issue import check_edition, issue_bytes, load_edition, parse_edition, schema_json
from briefing.stages.proof import verify_edition
from tests.editions import EDITIONS, imprinted, ordinary
from tests.paths import ROOT, SEEDS


def changed(edition: Edition, *path: str | int, to: object) -> bytes:
    data = json.loads(issue_bytes(edition))
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return json.dumps(data).encode()


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_comes_back_as_it_was_written(name: str, tmp_path: Path) -> None:
    edition = EDITIONS[name]()
    path = tmp_path / "briefing.json"
    path.write_bytes(issue_bytes(edition))
    assert load_edition(path) == edition
    assert issue_bytes(load_edition(path)) == path.read_bytes()


def test_the_file_is_utf8_with_two_spaces_and_the_schema_first() -> None:
    lines = issue_bytes(EDITIONS["ukrainian"]()).decode("utf-8").split("\n")
    assert lines[:2] == ["{", f'  "schema": {SCHEMA},']
    assert any("Ранковий огляд" in line for line in lines[:5])
    assert lines[-2:] == ["}", ""]


def test_an_edition_without_a_memory_writes_nothing_of_one() -> None:
    names = {name for line in issue_bytes(ordinary()).decode("utf-8").split("\n") for name in line.split('"')[1:2]}
    assert "state" in names
    assert not names & {"before", "since", "last_printed", "usual", "first_day", "memory", "quiet", "corrections"}, (
        names
    )


def test_a_newer_schema_is_refused_by_file_and_number() -> None:
    with pytest.raises(SourceError, match=f"old.json: schema is {SCHEMA + 1}"):
        parse_edition(changed(ordinary(), "schema", to=SCHEMA + 1), "old.json")


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("imprint", "day"), "2022-13-40", "imprint.day"),
        (("counts", "articles"), "many", "counts.articles"),
        (("sections", 0, "stories", 0, "headline"), 7, "sections.0.stories.0.headline"),
        (("sources", 2, "published"), "yesterday", "sources.2.published"),
        (("sections", 0, "stories", 0, "state"), "old", "sections.0.stories.0.state"),
        (("imprint", "first_day"), "2022-02-02", "imprint.first_day"),
        (("imprint", "paper"), "A3", "imprint.paper"),
        (("imprint", "brand", "accent"), "red;} *{display:none", "imprint.brand.accent"),
        (("imprint", "brand", "logo"), "file:///etc/passwd", "imprint.brand.logo"),
        (("sections", 1, "theme"), "../../etc", "sections.1.theme"),
        (("imprint", "language"), "tlh", "imprint.language"),
        (("sources", 0, "evidence"), "hearsay", "sources.0.evidence"),
        (("sources", 0, "published"), "2022-02-01T08:30:00", "sources.0.published"),
        (("ledger", 0, "fate"), "lost", "ledger.0.fate"),
        (("ledger", 0, "outcome"), "maybe", "ledger.0.outcome"),
        (("ledger", 0, "notes"), [{"code": "W_RUMOUR", "message": "m"}], "ledger.0.notes.0.code"),
        (("cuts",), [{"what": "an item", "why": "taste"}], "cuts.0.why"),
        (("sources", 0, "precision"), "hour", "sources.0.precision"),
        (("sections", 0, "stories", 0, "origins", 0, "kind"), "rumour", "sections.0.stories.0.origins.0.kind"),
        (("sections", 0, "stories", 0, "summary", 0, "kind"), "lie", "sections.0.stories.0.summary.0.kind"),
        (("key_points", 0, "sentence", "receipt", "of"), "caption", "key_points.0.sentence.receipt.of"),
        (("sources", 1, "number"), 1, "sources.1.number"),
        (("key_points", 0, "sentence", "receipt", "article_id"), "99", "key_points.0.sentence"),
        (("sections", 0, "stories", 0, "sources"), ["0"], "sections.0.stories.0.sources"),
    ],
)
def test_a_wrong_field_is_named_with_its_file(path: tuple[str | int, ...], value: object, field: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse_edition(changed(ordinary(), *path, to=value), "some/briefing.json")
    assert caught.value.message.startswith(f"some/briefing.json: {field}")
    assert len(caught.value.message) < 400


@pytest.mark.parametrize(
    "data", [b"", b"[1]", b"{", b"\xff\xfe", b'{"title": "x"}', b"[" * 100_000, b'{"schema": true}']
)
def test_what_is_no_issue_file_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"x\.json"):
        parse_edition(data, "x.json")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.json cannot be read"):
        load_edition(tmp_path / "gone.json")


def test_text_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(OutputError, match="surrogate"):
        issue_bytes(imprinted(ordinary(), title="half \ud83d"))


def test_a_sound_edition_passes_the_check() -> None:
    for name, make in EDITIONS.items():
        check_edition(make(), name)


def test_the_published_schema_is_current() -> None:
    # Fix with: scripts/schema
    assert (ROOT / "docs" / "issue-file.schema.json").read_text(encoding="utf-8") == schema_json()


def test_the_published_schema_lists_the_values_of_every_closed_set() -> None:
    types = json.loads(schema_json())["$defs"]
    listed = {
        (name, key): field["enum"]
        for name, t in types.items()
        for key, field in t["properties"].items()
        if "enum" in field
    }
    assert {f"{name}.{key}" for name, key in listed} == {
        "CitedOrigin.kind",
        "CitedSentence.kind",
        "Cut.why",
        "EditionStory.precision",
        "EditionStory.state",
        "Imprint.language",
        "Imprint.length",
        "Imprint.paper",
        "LedgerEntry.fate",
        "LedgerEntry.outcome",
        "Note.code",
        "Receipt.of",
        "Source.evidence",
        "Source.precision",
        "Verdict.needs",
        "Verdict.voice",
    }
    assert listed["LedgerEntry", "fate"] == ["used", "told in a line", "merged", "left out", "rejected"]


def test_editors_lines_and_a_sign_off_come_back_as_they_were_written() -> None:
    edition = signed(ordinary(), EditorLine("Read item 3 first."))
    assert parse_edition(issue_bytes(edition), "own.json") == edition
    assert edition.editors_words == ("Read item 3 first.",)


@pytest.mark.parametrize("text", ["", "two\nlines", "\u202eoverride", "a\x07bell"])
def test_an_editors_line_that_no_page_can_hold_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="line of printable text"):
        check_edition(signed(ordinary(), EditorLine(text)))


def test_a_draft_is_no_edition_that_files_are_made_of() -> None:
    with pytest.raises(OutputError, match="draft"):
        make_files(replace(ordinary(), draft=True), formats=["json"])


def signed(edition: Edition, *lines: EditorLine) -> Edition:
    return replace(edition, lines=lines, signed=SignOff("Mirela Osk", datetime(2022, 2, 1, 5, 40, tzinfo=UTC)))


# ---- issue files of schema 1

OLD = Path(__file__).parent / "issues" / "schema-1.json"  # the sample edition as the last program of schema 1 wrote it


def test_an_issue_file_of_schema_1_still_loads_and_renders() -> None:
    edition = load_edition(OLD)
    assert (edition.schema, edition.written_as) == (SCHEMA, 1)
    assert [s.number for s in edition.sources] == list(range(1, 21))
    text = dict(make_files(edition, formats=["markdown"], digests=False))["briefing.md"].decode("utf-8")
    assert text.startswith("# Morning briefing")
    assert all(point.sentence.text in text.replace("\\", "") for point in edition.key_points)
    check_edition(edition.only("sanctions"))


def test_an_issue_file_of_schema_1_points_at_the_articles_its_numbers_named() -> None:
    old, edition = json.loads(OLD.read_bytes()), load_edition(OLD)
    ids = {source["number"]: source["article_id"] for source in old["sources"]}
    for section, then in zip(edition.sections, old["sections"], strict=True):
        for story, was in zip(section.stories, then["stories"], strict=True):
            assert story.sources == tuple(ids[n] for n in was["sources"])
            assert story.headline_receipt.article_id == ids[was["headline_source"]]
            assert story.untitled == was["untitled"]
            supports = [tuple(ids[n] for n in s["support"]) for s in was["summary"]]
            assert [s.support for s in story.summary] == supports


def test_an_issue_file_of_schema_1_is_said_to_be_too_old_to_prove() -> None:
    findings = verify_edition(load_edition(OLD), None).findings
    assert [f.place for f in findings] == ["issue file"]
    assert "schema 1" in findings[0].problem


@pytest.mark.parametrize("field", ["sources", "sections", "key_points"])
def test_a_broken_issue_file_of_schema_1_is_named(field: str) -> None:
    old = json.loads(OLD.read_bytes())
    old[field] = [{"number": "x"}]
    with pytest.raises(SourceError, match=r"old\.json"):
        parse_edition(json.dumps(old).encode(), "old.json")


# ---- issue files of schema 2 from before the judge

BEFORE_THE_JUDGE = OLD.with_name("schema-2.json")  # the sample edition as the program wrote it before it held verdicts


def test_an_edition_from_before_the_judge_goes_on_being_proved_and_rendered() -> None:
    edition = load_edition(BEFORE_THE_JUDGE)
    assert not edition.imprint.judge
    assert all(cited.verdict is None for _, cited in edition.walk())
    proof = verify(edition, SEEDS)
    assert proof.findings == ()
    assert not proof.is_judged_again
    assert issue_bytes(edition) == BEFORE_THE_JUDGE.read_bytes()
    assert dict(make_files(edition, formats=["text"], digests=False))

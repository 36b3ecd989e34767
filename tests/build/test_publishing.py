"""Held for the editor, as a desk meets it: `build --draft`, an edited sheet, `publish`."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefing.build import edited, load_edition, verify, write_draft
from briefing.build.desk_store import open_store
from briefing.build.sending import edition_of_day
from briefing.errors import SourceError
from briefing.model import Edition, EditorLine, Printing, SignOff
from briefing.model.digest import counted
from briefing.outputs import make_files, render
from briefing.outputs.draft import DRAFT, drafted_at
from briefing.outputs.printed_text import output_text
from briefing.settings import Settings
from tests.cli.running import BAKERY, TALKS, run
from tests.editions import all_new as ordinary
from tests.editions import imprinted
from tests.golden.pinned import GOLDEN, same
from tests.paths import SEEDS

NOW = datetime(2022, 2, 1, 5, 40, tzinfo=UTC)
DAY = "2022-02-01"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "talks.txt").write_text(TALKS, encoding="utf-8")
    (tmp_path / "articles" / "bakery.txt").write_text(BAKERY, encoding="utf-8")
    return tmp_path


def draft(desk: Path, *more: str) -> Path:
    done = run("build", "articles", "--date", DAY, "--draft", *more, cwd=desk)
    assert done.returncode == 0, done.stderr
    return desk / "out" / DAY / "edition.md"


def edit(sheet: Path, old: str, new: str) -> None:
    text = sheet.read_text(encoding="utf-8")
    assert old in text
    sheet.write_text(text.replace(old, new, 1), encoding="utf-8")


def publish(desk: Path, *more: str):
    return run("publish", f"out/{DAY}/edition.md", "--format", "json,text", *more, cwd=desk)


def files(desk: Path) -> list[str]:
    return sorted(path.name for path in (desk / "out" / DAY).iterdir())


# ---- the two commands


def test_a_draft_is_a_sheet_and_what_it_was_made_of_and_nothing_else(desk: Path) -> None:
    sheet = draft(desk)
    assert files(desk) == ["draft.json", "edition.md"]
    assert sheet.read_text(encoding="utf-8").startswith("// ")
    assert not (desk / "out" / "index.html").exists()


def test_a_published_edition_is_signed_and_proved(desk: Path) -> None:
    edit(draft(desk), "\nSign-off:", "\nSign-off: Mirela Osk\n> Ours.")
    done = publish(desk)
    assert done.returncode == 0, done.stderr
    assert "Signed off by Mirela Osk; 1 line is the editor's own." in done.stderr
    text = (desk / "out" / DAY / "email.txt").read_text(encoding="utf-8")
    assert "Signed off by Mirela Osk, " in text
    assert "| Editor: Ours." in text
    proof = run("verify", f"out/{DAY}/briefing.json", "--sources", "articles", cwd=desk)
    assert (proof.returncode, proof.stdout) == (0, "")
    assert "1 line is the editor's own and is proved by nothing." in proof.stderr


def test_whoever_publishes_may_sign_in_the_place_of_the_sheet(desk: Path) -> None:
    draft(desk)
    assert publish(desk, "--by", "Jon\u202e Ask").returncode == 0
    signed = load_edition(desk / "out" / DAY / "briefing.json").signed
    assert signed is not None
    assert signed.name == "Jon Ask"


def test_a_build_that_replaces_a_signed_edition_says_so_and_how_to_have_it_back(desk: Path) -> None:
    draft(desk)
    assert publish(desk, "--by", "Mirela Osk").returncode == 0
    for said in (True, False):  # the second finds nothing signed any more
        done = run("build", "articles", "--date", DAY, "--format", "json", cwd=desk)
        assert done.returncode == 0, done.stderr
        assert ("replaced the edition that Mirela Osk signed" in done.stderr) is said
    assert publish(desk, "--by", "Mirela Osk").returncode == 0


def test_what_nobody_signed_is_not_published(desk: Path) -> None:
    sheet = draft(desk)
    line = sheet.read_text(encoding="utf-8").split("\n").index("Sign-off:") + 1
    done = publish(desk)
    assert done.returncode == 3
    assert f"edition.md:{line}: Nobody has signed." in done.stderr
    assert files(desk) == ["draft.json", "edition.md"]


def test_a_sheet_that_cannot_be_taken_names_every_line_and_nothing_is_written_or_lost(desk: Path) -> None:
    sheet = draft(desk)
    edit(sheet, "Germany and Ukraine met", "Germany and Ukraine quarrelled")
    edit(sheet, "# Sanctions", "# Sanctons")
    before = sheet.read_bytes()
    done = publish(desk)
    assert done.returncode == 3
    assert done.stderr.count("edition.md:") == 3  # the sign-off too
    assert "“quarrelled” stands where the source says “met”" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(desk) == ["draft.json", "edition.md"]
    assert sheet.read_bytes() == before


def test_a_sheet_somebody_worked_on_is_kept_and_its_edits_stand_in_the_new_one(desk: Path) -> None:
    sheet = draft(desk)
    draft(desk)  # an untouched one is written over
    assert files(desk) == ["draft.json", "edition.md"]
    edit(sheet, "\nNote:", "\nNote: Hours of work.")
    before = sheet.read_bytes()
    (desk / "articles" / "talks.txt").write_text(TALKS.replace("Berlin", "Selwick"), encoding="utf-8")
    done = run("build", "articles", "--date", DAY, "--draft", cwd=desk)
    assert done.returncode == 0
    assert "Your edits were carried over; 0 edits do not fit" in done.stderr
    assert (sheet.parent / "edition.before.md").read_bytes() == before
    text = sheet.read_text(encoding="utf-8")
    assert "\n> Hours of work." in text
    assert "Selwick" in text


def test_an_untouched_sheet_of_older_articles_is_written_anew(desk: Path) -> None:
    sheet = draft(desk)
    (desk / "articles" / "talks.txt").write_text(TALKS.replace("Berlin", "Selwick"), encoding="utf-8")
    draft(desk)
    assert "Selwick" in sheet.read_text(encoding="utf-8")


def test_an_edition_that_is_out_stays_while_its_day_is_held(desk: Path) -> None:
    run("build", "articles", "--date", DAY, "--format", "json,text", cwd=desk)
    before = (desk / "out" / DAY / "briefing.json").read_bytes()
    draft(desk)
    assert (desk / "out" / DAY / "briefing.json").read_bytes() == before


def test_a_draft_chooses_no_outputs(desk: Path) -> None:
    for more in (("--format", "pdf"), ("--only", "sanctions")):
        done = run("build", "articles", "--draft", *more, cwd=desk)
        assert done.returncode == 2
        assert "A draft has no outputs" in done.stderr


def test_the_files_of_a_draft_are_no_articles(desk: Path) -> None:
    draft(desk, "--out", "articles/out")
    done = run("build", ".", "--date", DAY, "--out", "elsewhere", "--format", "json", cwd=desk)
    assert done.returncode == 0
    inputs = [e.input for e in load_edition(desk / "elsewhere" / DAY / "briefing.json").ledger]
    assert inputs == ["articles/bakery.txt", "articles/talks.txt"]


def test_a_sheet_without_its_draft_says_what_is_missing(desk: Path) -> None:
    sheet = draft(desk)
    (sheet.parent / "draft.json").unlink()
    done = publish(desk, "--by", "x")
    assert done.returncode == 3
    assert "draft.json is missing" in done.stderr


def test_a_published_issue_file_is_not_taken_for_a_draft(desk: Path) -> None:
    sheet = draft(desk)
    publish(desk, "--by", "x")
    (sheet.parent / "draft.json").write_bytes((sheet.parent / "briefing.json").read_bytes())
    done = publish(desk, "--by", "x")
    assert done.returncode == 3
    assert "is not a draft" in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_sheet_may_be_saved_as_any_editing_program_saves_it(desk: Path, encoding: str) -> None:
    sheet = draft(desk)
    sheet.write_bytes(sheet.read_text(encoding="utf-8").replace("\n", "\r\n").encode(encoding))
    assert publish(desk, "--by", "x").returncode == 0


def test_a_sheet_of_no_encoding_names_the_line(desk: Path) -> None:
    sheet = draft(desk)
    sheet.write_bytes(sheet.read_bytes().replace(b"\nNote:", b"\nNote: caf\xe9", 1))
    line = sheet.read_bytes().split(b"\n").index(b"Note: caf\xe9") + 1
    done = publish(desk, "--by", "x")
    assert done.returncode == 3
    assert f"edition.md:{line}: this line is not UTF-8." in done.stderr


def test_a_sheet_that_is_a_folder_is_a_sentence(desk: Path) -> None:
    sheet = draft(desk)
    sheet.unlink()
    sheet.mkdir()
    assert publish(desk, "--by", "x").returncode in (2, 3)


def test_a_draft_is_not_remembered_and_what_is_published_is(desk: Path) -> None:
    (desk / "briefing.toml").write_text('[store]\npath = "desk.sqlite"\n', encoding="utf-8")
    edit(draft(desk), "\nNote:", "\nNote: Ours.")
    settings = Settings.model_validate({"store": {"path": "desk.sqlite"}}).model_copy(update={"folder": desk})
    with open_store(settings) as store:
        assert store.issue(load_edition(desk / "out" / DAY / "draft.json").day) is None
    assert publish(desk, "--by", "x").returncode == 0
    with open_store(settings) as store:
        issue = store.issue(load_edition(desk / "out" / DAY / "briefing.json").day)
    assert issue == (desk / "out" / DAY / "briefing.json").read_bytes()


def test_a_day_of_which_there_is_only_a_draft_has_no_edition_to_send(desk: Path) -> None:
    draft(desk)
    with pytest.raises(SourceError, match="There is no edition of 2022-02-01"):
        edition_of_day(NOW.date(), desk / "out", None)
    assert publish(desk, "--by", "x").returncode == 0
    assert edition_of_day(NOW.date(), desk / "out", None).signed


def test_what_was_built_without_the_store_is_not_remembered_in_it(desk: Path) -> None:
    draft(desk)
    with open_store(Settings().model_copy(update={"folder": desk})):
        pass  # one is there, and no build of files took notice of it
    assert publish(desk, "--by", "x").returncode == 0
    with open_store(Settings().model_copy(update={"folder": desk})) as store:
        assert store.issue(NOW.date()) is None


# ---- the library


def test_publishing_twice_differs_in_nothing_but_the_time(tmp_path: Path) -> None:
    _, sheet = write_draft(ordinary(), tmp_path).paths
    once = edited(sheet, now=NOW, by="Mirela Osk")
    assert edited(sheet, now=NOW, by="Mirela Osk") == once
    later = edited(sheet, now=NOW.replace(hour=9), by="Mirela Osk")
    assert replace(later, signed=None) == replace(once, signed=None)
    assert later != once


def test_the_moment_is_kept_in_utc_and_printed_where_the_desk_is(tmp_path: Path) -> None:
    _, sheet = write_draft(imprinted(ordinary(), time_zone="Europe/Kyiv"), tmp_path).paths
    edition = edited(sheet, now=NOW, by="Mirela Osk")
    assert edition.signed is not None
    assert edition.signed.moment == NOW
    text = dict(make_files(edition, formats=["text"], digests=False))["email.txt"].decode()
    assert "Signed off by Mirela Osk, 1 February 2022, 07:40" in text


def test_the_python_interface_raises_one_error_with_every_line(tmp_path: Path) -> None:
    _, sheet = write_draft(ordinary(), tmp_path).paths
    sheet.write_text("garbage\n# nothing\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"edition.md:1: .*\n.*edition.md:2: ") as raised:
        edited(sheet, now=NOW, by="x")
    assert raised.value.code == "E_SHEET"


# ---- what is printed

HOSTILE = "<script>alert(1)</script> & {{ e.title }} [x](javascript:1) *b* | # h \\ ‏עברית &#60;"


@pytest.fixture(scope="module")
def hostile() -> Edition:
    """An edition with the editor's words everywhere, each as bad as text can be."""
    e = ordinary()
    own = (EditorLine(HOSTILE),)
    stories = tuple(replace(s, retitled=f"{HOSTILE} {s.number}", lines=own) for s in e.sections[0].stories)
    parts = (replace(e.sections[0], stories=stories, lines=own), *e.sections[1:])
    edition = replace(e, sections=parts, lines=own)
    return counted(replace(edition, signed=SignOff(HOSTILE, NOW.replace(day=3))))


@pytest.mark.parametrize(
    "name",
    [
        *("briefing.html", "email.html", "email.txt", "briefing.md", "briefing.docx"),
        pytest.param("briefing.pdf", marks=pytest.mark.slow),
    ],
)
def test_the_editors_words_are_printed_as_they_are_and_labelled_in_every_output(name: str, hostile: Edition) -> None:
    by_name = {"briefing.html": "html", "email.html": "email", "email.txt": "text", "briefing.md": "markdown"}
    form = by_name.get(name, name.rpartition(".")[2])
    content = dict(make_files(hostile, formats=[form], digests=False))[name]
    shown = "".join("".join(output_text(name, content)).split())
    said = "".join(c for c in "<script>alert(1)</script> & {{ e.title }} [x](javascript:1)" if not c.isspace())
    assert shown.replace("\\", "").count(said) >= 6  # cover, section, two items with a headline each
    assert shown.count("Editor:") >= 6
    assert "SignedoffBy".lower() in shown.lower()
    if name.endswith(".html"):
        assert b"<script>alert" not in content
        assert b"javascript:1)&quot;" not in content
        assert b'href="javascript' not in content


def test_the_editors_words_are_exempt_from_the_proof_and_nothing_else_is(hostile: Edition, tmp_path: Path) -> None:
    render(hostile, tmp_path, formats=["json", "html", "text", "email", "markdown"])
    clean = verify(hostile, None, folder=tmp_path / DAY)
    assert clean.findings == ()
    assert clean.editors == len(hostile.editors_words) == 6
    page = tmp_path / DAY / "briefing.html"
    page.write_text(page.read_text("utf-8").replace("</main>", "<p>Editor: slipped in later.</p></main>"), "utf-8")
    finding, _ = verify(hostile, None, folder=tmp_path / DAY).findings  # the second says that the version is not known
    assert "slippedinlater" in finding.problem


def test_the_archive_lists_the_headline_that_the_edition_prints(hostile: Edition, tmp_path: Path) -> None:
    render(hostile, tmp_path, formats=["json"])
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "Editor: &lt;script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("form", ["html", "email", "text", "markdown", "docx"])
def test_an_unchanged_item_prints_the_editors_words_too(form: str) -> None:
    e = ordinary()
    first, *rest = e.sections[0].stories
    still = replace(first, state="unchanged", since=date(2022, 1, 30), last_printed=Printing(date(2022, 1, 31), 4))
    still = replace(still, summary=(), retitled="Nothing moves", lines=(EditorLine("We keep watching."),))
    edition = counted(replace(e, sections=(replace(e.sections[0], stories=(still, *rest)), *e.sections[1:])))
    ((name, content),) = make_files(edition, formats=[form], digests=False)
    shown = " ".join(" ".join(output_text(name, content)).replace("**", "").split())
    assert "Editor: Nothing moves" in shown
    assert "Headline in the source: Envoys return" in shown
    assert "Editor: We keep watching." in shown


def test_digests_carry_the_sign_off_and_the_words_of_their_section(hostile: Edition) -> None:
    text = dict(make_files(hostile, formats=["text"]))["digests/diplomacy.email.txt"].decode()
    assert "Signed off by" in text
    assert text.count("Editor:") == 6


# ---- the sample, word for word

EDITS = (
    ("\nSign-off:", "\nSign-off: Mirela Osk"),
    ("\nNote:", "\nNote: Read item 6 first."),
    ("# Sanctions\n", "# Sanctions\n> The list is expected on Thursday.\n"),
    ("## 3. First round", "- ## 3. First round"),
    ("## 9. US", "## + 9. US"),
    ("\n[19] The measures are", "\n+ [19] The measures are"),
    ("\n[16] Spokesman Dmitry", "\n- [16] Spokesman Dmitry"),
)


def test_when_a_draft_was_made_stands_in_it_and_not_in_the_age_of_its_file(tmp_path: Path) -> None:
    made = datetime(2026, 3, 2, 5, 4, 3, 21, tzinfo=UTC)
    _, sheet = write_draft(ordinary(), tmp_path, made=made).paths
    os.utime(sheet.parent / DRAFT, (1_000, 1_000))  # copied, restored from a backup
    assert drafted_at(sheet) == made
    signed = edited(sheet, now=NOW, by="Edda Kroll")
    assert signed.made is None  # it is the store that knows when an edition was made
    _, old = write_draft(ordinary(), tmp_path / "old").paths  # as earlier versions wrote it
    os.utime(old.parent / DRAFT, (1_000, 1_000))
    assert drafted_at(old) == datetime.fromtimestamp(1_000, UTC)


def test_the_sheet_of_the_sample_reads_as_it_was_accepted(sample: Edition, accept: bool, tmp_path: Path) -> None:
    _, sheet = write_draft(sample, tmp_path).paths
    same("edition.md", sheet.read_text(encoding="utf-8"), accept=accept)


def test_the_sample_with_one_edit_of_each_kind_reads_as_it_was_accepted(
    sample: Edition, accept: bool, tmp_path: Path
) -> None:
    _, sheet = write_draft(sample, tmp_path).paths
    for old, new in EDITS:
        edit(sheet, old, new)
    text = sheet.read_text(encoding="utf-8")
    start, end, to = (text.index(f"\n## {n}. ") for n in (7, 8, 1))
    text = text[:to] + text[start:end] + text[to:start] + text[end:]
    below = text.index("\n", text.index("\n## 6. ") + 1)
    own = "\nTitle: Arms flights go on while ministers talk\n> Confirmed by our correspondent."
    text = f"{text[:below]}{own}{text[below:]}"
    sheet.write_text(text, encoding="utf-8")
    edition = edited(sheet, now=NOW)
    assert verify(edition, SEEDS).findings == ()
    made = dict(make_files(edition, formats=["text", "markdown"], digests=False))
    for name in ("email.txt", "briefing.md"):
        same(f"published-{name}", made[name].decode("utf-8"), accept=accept)
    assert (GOLDEN / "published-email.txt").exists()
    assert json.loads((sheet.parent / "draft.json").read_text("utf-8"))["draft"] is True

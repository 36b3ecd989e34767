"""The command line as a user meets it: what it prints, where, and its exit code."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from briefing import cli
from briefing.cli.parser import program
from tests.cli.running import BAKERY, TALKS, Done, run


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "talks.txt").write_text(TALKS, encoding="utf-8")
    (tmp_path / "articles" / "bakery.txt").write_text(BAKERY, encoding="utf-8")
    return tmp_path


def build(desk: Path, *more: str) -> Done:
    return run("build", "articles", "--date", "2022-02-01", "--format", "json", *more, cwd=desk)


def test_stdout_is_one_written_path_a_line_and_talk_is_on_stderr(desk: Path) -> None:
    done = build(desk)
    assert done.returncode == 0, done.stderr
    paths = done.stdout.splitlines()
    assert "out/2022-02-01/briefing.json" in paths
    assert all((desk / path).is_file() for path in paths)
    assert "2 inputs: 2 used" in done.stderr


def test_the_report_names_every_input_with_outcome_and_fate(desk: Path) -> None:
    (desk / "articles" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    done = build(desk, "--report", "report.json")
    assert done.returncode == 0, done.stderr
    rows = {row["path"]: row for row in json.loads((desk / "report.json").read_text())["inputs"]}
    assert {path: (row["outcome"], row["fate"]) for path, row in rows.items()} == {
        "bakery.txt": ("accept", "used"),
        "talks.txt": ("accept", "used"),
        "picture.txt": ("reject-with-error", "rejected"),
    }
    assert rows["picture.txt"]["code"] == "E_BINARY"
    assert "picture.txt" in rows["picture.txt"]["message"]
    assert "rejected picture.txt" in done.stderr


def test_a_path_that_is_not_there_is_one_sentence_and_a_hint(tmp_path: Path) -> None:
    done = run("build", "nowhere", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.startswith("briefing: There is no file or folder nowhere.")
    assert "hint: " in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_mistake_in_the_settings_is_said_before_any_work(desk: Path) -> None:
    (desk / "briefing.toml").write_text('[briefing]\ntitel = "x"\n')
    done = build(desk)
    assert done.returncode == 2
    assert "briefing.toml:2: briefing.titel is not a setting; did you mean title?" in done.stderr
    assert not (desk / "out").exists()


def test_nothing_that_a_terminal_obeys_is_printed_of_a_name(desk: Path) -> None:
    (desk / "briefing.toml").write_text('"a\\u001b[2J" = 1\n')
    (desk / "other.toml").write_text('[outputs]\ntemplates = "b\\u001b[2J"\n')
    said = [run("build", "no\x1b[2Jsuch\u202efile", cwd=desk), run("build", "--config", "other.toml", "x", cwd=desk)]
    assert [done.returncode for done in said] == [2, 2]
    assert not any(sign in done.stderr for done in said for sign in "\x1b\u202e")


def test_an_unknown_method_is_answered_with_those_there_are(desk: Path) -> None:
    done = build(desk, "--method", "lexrnak")
    assert done.returncode == 2
    assert "newswire, lexrank" in done.stderr


def test_init_writes_a_file_that_build_reads_and_never_overwrites_one(desk: Path) -> None:
    assert run("init", cwd=desk).stdout == "briefing.toml\n"
    assert build(desk).returncode == 0
    again = run("init", cwd=desk)
    assert again.returncode == 2
    assert "briefing.toml is there already." in again.stderr


def test_a_theme_is_added_by_editing_the_file_alone(desk: Path) -> None:
    (desk / "briefing.toml").write_text('[[themes]]\nname = "Food"\nstrong = ["bakery", "bread", "cakes"]\n')
    assert build(desk).returncode == 0
    issue = json.loads((desk / "out/2022-02-01/briefing.json").read_text())
    food = next(s for s in issue["sections"] if s["theme"] == "food")
    assert [story["headline"] for story in food["stories"]] == ["Bakery opens"]


def test_an_issue_is_proved_and_a_forged_one_is_not(desk: Path) -> None:
    build(desk)
    issue = desk / "out/2022-02-01/briefing.json"
    proved = run("verify", str(issue), "--sources", "articles", cwd=desk)
    assert (proved.returncode, proved.stdout) == (0, "")
    forged = issue.read_text(encoding="utf-8").replace("A bakery opened", "A bakery closed")
    issue.write_text(forged, encoding="utf-8")
    refuted = run("verify", str(issue), "--sources", "articles", cwd=desk)
    assert refuted.returncode == 1
    assert "bakery.txt does not say this at that place." in refuted.stdout


def test_a_changed_source_is_found(desk: Path) -> None:
    build(desk)
    (desk / "articles" / "talks.txt").write_text(TALKS.replace("met in Berlin", "met in Paris"), encoding="utf-8")
    refuted = run("verify", "out/2022-02-01/briefing.json", "--sources", "articles", cwd=desk)
    assert refuted.returncode == 1
    assert "talks.txt" in refuted.stdout


def test_every_output_is_made_again_from_the_issue_file_without_the_articles(desk: Path) -> None:
    done = run("build", "articles", "--date", "2022-02-01", "--format", "json,html", "--format", "pdf", cwd=desk)
    before = {p: (desk / p).read_bytes() for p in done.stdout.splitlines() if "2022-02-01" in p}
    for file in (desk / "articles").iterdir():
        file.unlink()
    again = run("render", "out/2022-02-01/briefing.json", "--out", "again", "--format", "json,html,pdf", cwd=desk)
    assert again.returncode == 0, again.stderr
    assert before
    for path, content in before.items():
        assert (desk / path.replace("out/", "again/", 1)).read_bytes() == content, path


def test_the_ledger_counts_up_to_the_inputs(desk: Path) -> None:
    build(desk)
    done = run("ledger", "out/2022-02-01/briefing.json", cwd=desk)
    assert len(done.stdout.splitlines()) == 2
    assert "2 inputs: 2 used, 0 told in a line, 0 merged, 0 left out, 0 rejected." in done.stderr


def test_summarise_prints_the_title_and_the_sentences(desk: Path) -> None:
    done = run("summarise", "articles/bakery.txt", "--sentences", "1", "--method", "lead", cwd=desk)
    assert done.stdout == "Bakery opens\n  A bakery opened on the harbour square on Saturday morning.\n"


def test_both_budgets_at_once_are_refused(desk: Path) -> None:
    done = run("summarise", "articles/bakery.txt", "--sentences", "1", "--words", "20", cwd=desk)
    assert done.returncode == 2


@pytest.mark.parametrize("show", ["clean", "themes", "ranking"])
def test_explain_shows_why(desk: Path, show: str) -> None:
    done = run("explain", "articles/talks.txt", "--show", show, cwd=desk)
    assert done.returncode == 0, done.stderr
    expected = {"clean": "Ministers meet in Veldmark", "themes": "Diplomacy: ", "ranking": "method newswire"}
    assert expected[show] in done.stdout


def test_trying_themes_shows_what_would_move_and_saves_nothing(desk: Path) -> None:
    (desk / "new.toml").write_text('[[themes]]\nname = "Food"\nstrong = ["bakery", "bread", "cakes"]\n')
    done = run("themes", "try", "new.toml", "articles", cwd=desk)
    assert "food: none → main" in done.stdout
    assert "diplomacy: main → none" in done.stdout
    assert not (desk / "briefing.toml").exists()


def test_suggested_terms_are_a_theme_to_paste(desk: Path) -> None:
    done = run("themes", "suggest", "Food", "articles/bakery.txt", "--against", "articles", cwd=desk)
    (theme,) = tomllib.loads(done.stdout)["themes"]
    assert theme["name"] == "Food"
    assert {"bakery", "bread"} <= set(theme["terms"])
    assert not {"berlin", "ministers", "talks"} & set(theme["terms"])


def test_terms_are_suggested_beside_news_at_large_when_no_other_articles_are_named(desk: Path) -> None:
    done = run("themes", "suggest", "Food", "articles/bakery.txt", cwd=desk)
    assert done.returncode == 0
    (theme,) = tomllib.loads(done.stdout)["themes"]
    assert {"bakery", "bread"} <= set(theme["terms"])
    assert not {"and", "at", "it", "on", "the"} & set(theme["terms"])
    assert "closes" not in theme["terms"]  # common in news at large


def test_what_a_theme_catches_and_which_terms_never_hit_is_shown(desk: Path) -> None:
    (desk / "new.toml").write_text('[[themes]]\nname = "Food"\nterms = ["bakery", "bread", "zeppelin"]\n')
    shown = run("themes", "try", "new.toml", "articles", cwd=desk).stdout
    assert "  hits   bakery 1, bread 1" in shown
    assert "  never  zeppelin" in shown


def test_a_theme_of_common_words_is_told_so(desk: Path) -> None:
    (desk / "new.toml").write_text('[[themes]]\nname = "All"\nterms = ["said", "company", "government"]\n')
    assert "made of common words: said, company" in run("themes", "try", "new.toml", "articles", cwd=desk).stdout


def test_trying_needs_files_or_the_store(desk: Path) -> None:
    (desk / "new.toml").write_text('[[themes]]\nname = "Food"\nterms = ["bakery"]\n')
    done = run("themes", "try", "new.toml", cwd=desk)
    assert done.returncode == 2
    assert "--stored" in done.stderr


def test_a_learnt_table_goes_below_the_theme_it_was_learnt_for(desk: Path) -> None:
    theme = '[[themes]]\nname = "Food"\nterms = ["bakery", "bread"]\n'
    (desk / "briefing.toml").write_text(theme)
    learnt = run("themes", "learn", "Food", "articles/bakery.txt", "--against", "articles", cwd=desk).stdout
    (desk / "briefing.toml").write_text(theme + learnt)
    assert "learnt" in run("themes", "list", cwd=desk).stdout
    assert "learnt" in run("explain", "articles/bakery.txt", "--show", "themes", cwd=desk).stdout


def test_a_settings_file_starts_with_the_ready_themes_asked_for(desk: Path) -> None:
    run("init", "desk.toml", "--themes", "energy,cyber", cwd=desk)
    slugs = [theme["slug"] for theme in tomllib.loads((desk / "desk.toml").read_text())["themes"]]
    assert slugs == ["energy", "cyber"]
    done = run("init", "other.toml", "--themes", "energie", cwd=desk)
    assert (done.returncode, (desk / "other.toml").exists()) == (2, False)
    assert "energy" in done.stderr
    listed = run("themes", "list", "--shipped", cwd=desk).stdout.splitlines()
    assert len(listed) >= 15


def test_a_wrong_date_is_named(desk: Path) -> None:
    done = run("build", "articles", "--date", "yesterday", cwd=desk)
    assert done.returncode == 2
    assert "'yesterday' is not a date such as 2022-02-01" in done.stderr


def test_the_installed_program_is_the_same(desk: Path) -> None:
    command = [sys.executable, "-m", "briefing", "build", "nowhere"]
    done = subprocess.run(command, cwd=desk, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", run("build", "nowhere", cwd=desk).stderr)


def test_the_help_lists_every_command_with_its_own_first_line_and_loads_none(desk: Path) -> None:
    shown = run("--help", cwd=desk).stdout
    modules = {path.stem for path in Path(cli.__file__).parent.glob("*.py")} - {
        "__init__",
        "echo",
        "messages",
        "judged_edition",
        "judgement",
        "options",
        "parser",
        "progress",
        "table",
    }
    assert set(cli.COMMANDS) == modules
    with click.Context(program) as context:
        for name, line in cli.COMMANDS.items():
            command = program.get_command(context, name)
            assert command is not None
            assert (command.help or "").splitlines()[0] == line
            assert f"  {name} " in shown
    assert program.get_command(context, "bogus") is None
    code = "import sys; from briefing.cli import run; run(['--help']); print(sorted(dearer & set(sys.modules)))"
    dearer = "dearer = {'click', 'briefing.cli.parser', 'briefing.cli.options', 'briefing.cli.build', 'briefing.model'}"
    command = [sys.executable, "-c", f"{dearer}; {code}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("columns", [40, 62, 80, 300])
def test_the_parser_gives_the_same_help_as_the_table(
    columns: int, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    quick = run("--help", cwd=desk).stdout
    program(["--help"], prog_name="briefing", standalone_mode=False)
    assert quick == capsys.readouterr().out
    assert 40 < max(map(len, quick.splitlines())) < max(50, min(columns, 100))


def test_an_unknown_command_is_answered(desk: Path) -> None:
    done = run("biuld", "articles", cwd=desk)
    assert done.returncode == 2
    assert "biuld" in done.stderr


def test_a_build_does_not_read_what_the_last_one_wrote(desk: Path) -> None:
    (desk / "briefing.toml").write_text('[briefing]\ntitle = "Desk"\n')
    order = ("build", ".", "--date", "2022-02-01", "--format", "json,html,text", "--report", "report.json")
    first = run(*order, "--out", "old", cwd=desk)
    assert "2 inputs: 2 used" in first.stderr
    for _ in range(2):
        again = run(*order, cwd=desk)
        assert "2 inputs: 2 used" in again.stderr, again.stderr
    (own,) = [line for line in again.stderr.splitlines() if line.startswith("Not taken for articles")]
    assert "briefing.toml" in own
    assert " out," in own
    assert "old/feed.xml" in own
    rows = json.loads((desk / "report.json").read_text())["inputs"]
    assert [row["path"] for row in rows] == ["articles/bakery.txt", "articles/talks.txt"]


def test_a_pile_without_an_article_is_no_edition(desk: Path) -> None:
    (desk / "bad").mkdir()
    (desk / "bad" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    done = run("build", "bad", "--report", "report.json", cwd=desk)
    assert done.returncode == 3
    assert done.stdout == "report.json\n"
    assert "rejected picture.txt is not text" in done.stderr
    assert "briefing: There is no article in bad/.\n  hint: " in done.stderr
    assert json.loads((desk / "report.json").read_text())["inputs"][0]["fate"] == "rejected"
    assert not (desk / "out").exists()


@pytest.mark.parametrize("command", ["build", "summarise", "explain"])
def test_a_folder_with_nothing_in_it_is_answered_with_a_hint(desk: Path, command: str) -> None:
    (desk / "empty").mkdir()
    done = run(command, "empty", cwd=desk)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("briefing: There is no article in empty/.\n  hint: Put .txt")


@pytest.mark.parametrize("command", ["summarise", "explain"])
def test_a_refused_file_is_named_once_and_is_an_error(desk: Path, command: str) -> None:
    (desk / "y.txt").write_bytes(b"%PDF-1.7\n")
    done = run(command, "y.txt", cwd=desk)
    assert done.returncode == 3
    assert (done.stdout + done.stderr).count("y.txt is not text") == 1
    assert "y.txt: y.txt" not in done.stdout + done.stderr
    mixed = run(command, "y.txt", "articles/bakery.txt", cwd=desk)
    assert mixed.returncode == 0, mixed.stderr


def test_an_empty_name_is_not_the_folder_one_stands_in(desk: Path) -> None:
    done = run("build", "", cwd=desk)
    assert done.returncode == 2
    assert "the name is empty" in done.stderr
    assert not (desk / "out").exists()


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [("--only", "bogus", "diplomacy, arms-shipments, sanctions"), ("--format", "pdf,bogus", "json, pdf, html")],
)
def test_a_wrong_choice_is_said_before_any_work(desk: Path, option: str, value: str, says: str) -> None:
    # The PATH is not there either: had any work begun, that would be the error.
    done = run("build", "nowhere", option, value, cwd=desk)
    assert done.returncode == 2
    assert "'bogus'" in done.stderr
    assert says in done.stderr


def test_a_digest_that_an_issue_does_not_have_is_a_wrong_choice(desk: Path) -> None:
    build(desk)
    done = run("render", "out/2022-02-01/briefing.json", "--only", "bogus", cwd=desk)
    assert done.returncode == 2
    assert "diplomacy" in done.stderr


def test_an_output_may_be_named_by_its_ending(desk: Path) -> None:
    done = run("build", "articles", "--date", "2022-02-01", "--format", "md,txt", cwd=desk)
    assert done.returncode == 0, done.stderr
    assert {"briefing.md", "email.txt"} == {Path(p).name for p in done.stdout.splitlines() if "digests" not in p}


def test_the_help_names_every_output() -> None:
    from briefing.cli.options import ENDINGS, FORMATS
    from briefing.outputs import OUTPUTS

    assert FORMATS.split(", ") == [*OUTPUTS]
    assert set(ENDINGS.values()) <= set(OUTPUTS)
    assert {output.whole.rpartition(".")[2] for output in OUTPUTS.values()} <= {*OUTPUTS, *ENDINGS}


def test_one_is_not_several(desk: Path) -> None:
    (desk / "articles" / "talks.txt").unlink()
    assert "1 input: 1 used; 1 story." in build(desk).stderr
    assert "1 input: 1 used" in run("ledger", "out/2022-02-01/briefing.json", cwd=desk).stderr


def test_a_name_cannot_steer_the_terminal(desk: Path) -> None:
    (desk / "articles" / "\x1b[2Jz\n.txt").write_bytes(b"")
    done = build(desk)
    listed = run("ledger", "out/2022-02-01/briefing.json", cwd=desk)
    assert "\\x1b[2Jz\\n.txt is empty" in done.stderr
    assert "\x1b" not in done.stderr + listed.stdout
    assert len(listed.stdout.splitlines()) == 3


def test_explaining_themes_says_what_lowers_a_sentence(desk: Path) -> None:
    (desk / "briefing.toml").write_text(
        '[[themes]]\nname = "Talks"\nstrong = ["talks", "summit"]\nactors = 2\n'
        'against = ["football"]\nexclusions = ["talks show"]\n'
    )
    (desk / "a.txt").write_text("Talks on football began on Monday.\n\nA talks show was held in Berlin.\n")
    done = run("explain", "a.txt", "--show", "themes", cwd=desk)
    assert "actors named: none, 2 asked for: ×0.30" in done.stdout
    assert "halved by: football" in done.stdout
    assert "not counted, as part of an exclusion: talks show" in done.stdout


def test_the_doctor_warns_of_a_limit(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from briefing.system import doctor

    checks = [
        doctor.Check("A", ok=True, found="there"),
        doctor.Check("B", ok=True, found="there; limit: slower"),
        doctor.Check("C", ok=False, found="missing", remedy="get it"),
    ]
    monkeypatch.setattr(doctor, "examine", lambda out: checks)
    done = run("doctor", cwd=desk)
    assert done.stdout.splitlines() == ["ok   A: there", "warn B: there; limit: slower", "FAIL C: missing — get it"]

"""The machine a build runs on may be odd: no home, few files, another terminal, nobody who listens, a late century."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from briefing.system.cache import cache_folder
from tests.cli.running import run
from tests.hostile.mail import SCENARIOS
from tests.hostile.network import CASES
from tests.paths import ROOT, development

ARTICLE = (
    "Title: Паром до Скарна зупинено\nDate: {day}\n\nThe “Skarn” stopped on Monday, said the café’s owner Žofia.\n"
)
BUILD = (sys.executable, "-m", "briefing", "build", "in")

#: Where the cases of the hostile corpus are that are no file among the articles: kind → case → the test that runs it.
#: Kinds whose cases are run by one test each, from a table of ours, name the table.
ELSEWHERE: dict[str, dict[str, str] | set[str]] = {
    "http": {case["name"] for case in CASES},
    "smtp": set(SCENARIOS),
    "faults": {
        "kill-sweep": "faults/__main__.py killed",
        "kill-random": "faults/__main__.py at_random",
        "disk-full-tmpfs": "store/test_opening.py test_a_disk_that_really_fills_up_loses_nothing_that_was_acknowledged",
        "disk-full-fsize": "faults/__main__.py small_files",
        "enospc-nth-write": "faults/__main__.py failing",
        "eio-fsync": "faults/__main__.py failing",
        "erofs": "outputs/test_folder.py test_a_folder_that_may_only_be_read",
        "emfile": "system/test_surroundings.py test_few_open_files_are_enough",
        "oom": "sources/test_isolated.py test_",
        "two-builds": "faults/__main__.py rivals",
        "stale-lock": "outputs/test_folder.py test_a_lock_file_without_a_living_holder_never_blocks",
        "sigterm": "system/test_signals.py test_a_build_stopped_at_any_time",
        "clock-back": "build/test_collecting.py test_a_run_under_a_wrong_clock_stops_no_later_one",
        "clock-dst": "system/test_schedule.py test_",
        "year-2038": "system/test_surroundings.py test_a_day_of_another_century",
        "no-network": "hostile/test_hostile.py without_network",
        "no-fonts": "system/test_doctor.py test_",
        "locale-c": "system/test_surroundings.py test_a_terminal_of_plain_ascii",
        "stdout-closed": "system/test_surroundings.py test_nobody_who_reads",
        "home-missing": "system/test_surroundings.py test_a_user_without_a_home",
    },
    "templates": dict.fromkeys(
        ("ssti", "attr-format", "endless", "include-escape", "safe-filter", "syntax", "undefined"),
        "outputs/test_user_templates.py test_what_a_template_may_not_do",
    ),
    "store": dict.fromkeys(
        (
            *("zero-byte", "garbage", "half", "bitflip", "newer-schema", "foreign-app", "evil-trigger", "read-only"),
            "directory",
        ),
        "store/test_opening.py test_the_store_cases_of_the_hostile_corpus_end_as_they_must",
    ),
}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(ARTICLE.format(day="2022-02-01"), encoding="utf-8")
    return tmp_path


def surroundings(desk: Path, **changed: str | None) -> dict[str, str]:
    plain = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(desk / "home"), "LANG": "C.UTF-8"}
    return {name: value for name, value in {**plain, **changed}.items() if value is not None}


def built(
    desk: Path, day: str = "2022-02-01", formats: str = "json", **more: object
) -> subprocess.CompletedProcess[str]:
    given = {"env": surroundings(desk), **more}
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [*BUILD, "--date", day, "--format", formats],
        cwd=desk,
        capture_output=True,
        text=True,
        errors="replace",
        **given,
    )  # type: ignore[call-overload]
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert (desk / "out" / day / "briefing.json").exists()
    return done


def here_built(desk: Path, day: str) -> dict[str, Any]:
    """Build in this process; return the issue file."""
    done = run(*BUILD[3:], "--date", day, "--format", "json", cwd=desk)
    assert done.returncode == 0, done.stderr
    issue: dict[str, Any] = json.loads((desk / "out" / day / "briefing.json").read_text(encoding="utf-8"))
    return issue


def test_a_user_without_a_home_has_the_edition(desk: Path) -> None:
    built(desk, env=surroundings(desk, HOME=None), formats="json,html,text")


@pytest.mark.parametrize("home", ["/nowhere/at/all", "relative", ""])
def test_a_user_whose_home_is_none_has_the_edition(desk: Path, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", home)
    assert here_built(desk, "2022-02-01")["sources"]


def test_a_user_without_a_home_has_no_cache_and_that_is_no_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as for a user that the system does not know
    assert cache_folder() is None


def test_a_terminal_of_plain_ascii_is_told_what_was_built(desk: Path) -> None:
    ascii_only = surroundings(desk, LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "1 used" in built(desk, env=ascii_only).stderr


def test_few_open_files_are_enough(desk: Path) -> None:
    built(desk, formats="json,pdf", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32)))


@pytest.mark.parametrize("how", ["| head -c 0", ">&-", "2>&-", ">&- 2>&-"])
def test_nobody_who_reads_what_it_prints_is_no_reason_to_fail(desk: Path, how: str) -> None:
    command = " ".join(f"'{part}'" for part in (*BUILD, "--date", "2022-02-01", "--format", "json"))
    done = subprocess.run(
        ["bash", "-c", f"{command} {how}"], cwd=desk, env=surroundings(desk), capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert (desk / "out" / "2022-02-01" / "briefing.json").exists()


@pytest.mark.parametrize("day", ["2038-01-20", "2106-02-08", "2999-12-30"])
def test_a_day_of_another_century_is_a_day(desk: Path, day: str) -> None:
    (desk / "in" / "a.txt").write_text(ARTICLE.format(day=day), encoding="utf-8")
    assert here_built(desk, day)["sources"][0]["published"].startswith(day)


@pytest.mark.development
def test_every_case_of_the_hostile_corpus_is_run_by_some_test(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(development("bench", "hostile_corpus.py")), "generate", str(tmp_path / "c"), "--no-big"],
        check=True,
        capture_output=True,
    )
    cases = json.loads((tmp_path / "c" / "manifest.json").read_text(encoding="utf-8"))["cases"]
    for kind, known in ELSEWHERE.items():
        found = {case["id"].split(".", 1)[1].split(".")[0] for case in cases if case["kind"] == kind}
        assert found - set(known) == set(), kind
    config = [case for case in cases if case["kind"] == "config"]
    assert len(config) == 51  # each value of theirs is among tests/settings/test_hostile.py, translated to our keys


@pytest.mark.parametrize(
    "test", sorted({test for known in ELSEWHERE.values() if isinstance(known, dict) for test in known.values()})
)
def test_the_tests_that_are_named_there_are(test: str) -> None:
    file, name = test.split()
    assert re.search(rf"^def {name}", (ROOT / "tests" / file).read_text(encoding="utf-8"), re.MULTILINE)

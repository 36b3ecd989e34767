"""The daily round by itself: what systemd and cron are told is what they will do."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli import run
from briefing.system.schedule import WEEK, Round, cron_lines, units_of, without_round

ROUND = Round(time(6, 30), WEEK[:5], "Europe/Berlin", "/usr/bin/python3", Path("/srv/desk one/briefing.toml"))


def unit(text: str) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(text)
    return read


def test_the_timer_keeps_the_desks_hour_and_makes_up_for_a_morning_missed() -> None:
    texts = dict(units_of(ROUND))
    timer = unit(texts["briefing-daily.timer"])["Timer"]
    assert timer["OnCalendar"] == "Mon,Tue,Wed,Thu,Fri *-*-* 06:30:00 Europe/Berlin"
    assert timer["Persistent"] == "true"
    service = unit(texts["briefing-daily.service"])["Service"]
    assert service["WorkingDirectory"] == "/srv/desk one"
    assert shlex.split(service["ExecStart"]) == list(ROUND.command)


def test_every_day_of_the_week_needs_no_days() -> None:
    every = Round(time(7), WEEK, "UTC", "python3", Path("/a/briefing.toml"))
    assert unit(dict(units_of(every))["briefing-daily.timer"])["Timer"]["OnCalendar"] == "*-*-* 07:00:00 UTC"
    assert "0 7 * * * " in cron_lines(every)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Cs")), min_size=1, max_size=30))
def test_a_folder_of_any_name_is_one_argument_of_the_service(name: str) -> None:
    config = Path("/srv") / name.replace("/", "_") / "briefing.toml"
    text = dict(units_of(Round(time(6), WEEK, "UTC", "python3", config)))["briefing-daily.service"]
    line = next(line for line in text.splitlines() if line.startswith("ExecStart="))
    last = line.rpartition(' "')[2].removesuffix('"')
    # read back as systemd does: its own escapes, then specifiers and variables
    read = last.replace("\\\\", "\0").replace('\\"', '"').replace("\0", "\\").replace("%%", "%").replace("$$", "$")
    assert read == str(config)
    assert not {'"'} & set(last.replace('\\"', "").replace("\\\\", ""))


def test_cron_is_given_one_line_a_shell_reads_right(tmp_path: Path) -> None:
    folder = tmp_path / "100% desk's"
    folder.mkdir()
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$PWD" "$@" "$WORD" > "$0.said"\n')
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    secrets = tmp_path / "secrets"
    secrets.write_text("WORD=opensesame\n")
    config = folder / "briefing.toml"
    lines = cron_lines(Round(time(6, 5), WEEK[:5], "Europe/Berlin", str(python), config, secrets)).splitlines()
    assert lines[1] == "CRON_TZ=Europe/Berlin"
    assert lines[2].startswith("5 6 * * mon,tue,wed,thu,fri cd ")
    command = lines[2].split(" ", 5)[5].replace("\\%", "%")
    subprocess.run(["/bin/sh", "-c", command], check=True, env={"PATH": os.environ["PATH"]})
    said = (tmp_path / "python.said").read_text().splitlines()
    assert said == [str(folder), "-m", "briefing", "daily", "--config", str(config), "opensesame"]


def test_crontab_itself_takes_the_lines(tmp_path: Path) -> None:
    file = tmp_path / "tab"
    file.write_text(cron_lines(ROUND), encoding="utf-8")
    crontab = shutil.which("crontab")
    told = subprocess.run([crontab, "-h"], capture_output=True, text=True, check=False).stderr if crontab else ""
    checking = next((option for option in ("-T", "-n") if re.search(rf"{option}\b.*(test|syntax)", told)), "")
    if not crontab or not checking:
        pytest.skip("no crontab that checks a file without installing it: apt-get install cron")
    done = subprocess.run([crontab, checking, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_lines_put_in_again_take_the_place_of_the_earlier_ones() -> None:
    other = "MAILTO=a@example.org\n1 2 * * * true\n"
    once = other + cron_lines(ROUND)
    assert without_round(once + "3 4 * * * false\n", ROUND.config) == other + "3 4 * * * false\n"
    assert without_round(other, ROUND.config) == other


def fake(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def desk(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (here / "briefing.toml").write_text('[briefing]\ntime_zone = "Europe/Kyiv"\n')
    (here / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{here / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(here / "home"))
    return here


def test_install_writes_the_units_and_has_systemd_take_them_up(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fake(desk / "bin", "systemctl", f'echo "$@" >> {desk}/asked')
    assert run(["schedule", "--at", "05:45", "--days", "sat-mon", "--install"]) == 0
    units = desk / "home" / ".config" / "systemd" / "user"
    assert "OnCalendar=Mon,Sat,Sun *-*-* 05:45:00 Europe/Kyiv" in (units / "briefing-daily.timer").read_text()
    assert "enable --now briefing-daily.timer" in (desk / "asked").read_text()
    assert str(units / "briefing-daily.timer") in capsys.readouterr().out


def test_install_into_cron_twice_leaves_one_round(desk: Path) -> None:
    tab = desk / "tab"
    tab.write_text("9 9 * * * true\n")
    fake(desk / "bin", "crontab", f'if [ "$1" = -l ]; then cat {tab}; else cat > {tab}.new && mv {tab}.new {tab}; fi')
    for hour in ("06:00", "07:00"):
        assert run(["schedule", "--cron", "--install", "--at", hour]) == 0
    text = tab.read_text()
    assert text.startswith("9 9 * * * true\n")
    assert text.count("briefing daily --config") == text.count("-m briefing daily") == 1
    assert "0 7 * * *" in text


def test_a_system_that_does_not_take_it_says_why(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fake(desk / "bin", "systemctl", "echo 'Failed to connect to bus' >&2; exit 1")
    assert run(["schedule", "--install"]) == 5
    assert "Failed to connect to bus" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value"), [("--at", "6:30"), ("--at", "24:00"), ("--days", "mon-xyz"), ("--days", "")]
)
def test_a_time_or_day_that_is_none_is_refused(desk: Path, option: str, value: str) -> None:
    assert run(["schedule", option, value]) == 2


def test_without_a_settings_file_there_is_no_round_to_run(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schedule"]) == 2
    assert "briefing init" in capsys.readouterr().err


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("name", ["desk", "odd %n $x 'q' \"dq\" ä"])
@pytest.mark.parametrize("days", [WEEK, ("mon", "fri")])
def test_systemd_takes_the_units_and_reads_their_hour(tmp_path: Path, name: str, days: tuple[str, ...]) -> None:
    """No systemd need run for this: its own analyser parses the files."""
    (tmp_path / name).mkdir()
    secrets = tmp_path / name / "secrets"
    planned = Round(time(6, 30), days, "Europe/Berlin", sys.executable, tmp_path / name / "briefing.toml", secrets)
    for unit_name, text in units_of(planned):
        (tmp_path / unit_name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / unit_name) for unit_name, _ in units_of(planned)]
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    verify = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", *units], capture_output=True, text=True, env=environment
    )
    assert (verify.returncode, verify.stderr) == (0, "")
    calendar = unit(dict(units_of(planned))["briefing-daily.timer"])["Timer"]["OnCalendar"]
    read = subprocess.run(["systemd-analyze", "calendar", calendar], capture_output=True, text=True, check=True)
    named = "" if days == WEEK else "Mon,Fri "
    assert f"Normalized form: {named}*-*-* 06:30:00 Europe/Berlin" in read.stdout

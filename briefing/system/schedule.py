"""Schedules the daily round: a systemd timer, or a line for cron."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from briefing.errors import OutputError

#: Days as both systemd and cron spell them.
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MARK = "# briefing daily: "  # before the settings file's path; tells our lines of a crontab from the others


@dataclass(frozen=True, slots=True)
class Round:
    """When the daily round runs, and with which settings."""

    at: time
    days: tuple[str, ...]  # of WEEK, in its order
    time_zone: str
    python: str  # path of the interpreter
    config: Path  # absolute
    secrets: Path | None = None  # a file of NAME=value lines with the mail server's password

    @property
    def command(self) -> tuple[str, ...]:
        """Return the command line of the round."""
        return (self.python, "-m", "briefing", "daily", "--config", str(self.config))


def units_of(round_: Round) -> tuple[tuple[str, str], ...]:
    """Return the systemd service and timer as (file name, text).

    A machine that was off or asleep at the hour runs it when it is back. The zone is the desk's, so the hour stays the
    desk's when clocks change.
    """
    days = "" if round_.days == WEEK else ",".join(day.capitalize() for day in round_.days) + " "
    secrets = f"EnvironmentFile=-{_specified(str(round_.secrets))}\n" if round_.secrets else ""
    service = (
        "[Unit]\nDescription=The daily briefing\nWants=network-online.target\nAfter=network-online.target\n\n"
        f"[Service]\nType=oneshot\nWorkingDirectory={_specified(str(round_.config.parent))}\n{secrets}"
        f"ExecStart={' '.join(_quoted(part) for part in round_.command)}\n"
        "TimeoutStartSec=2h\n"
    )
    timer = (
        "[Unit]\nDescription=The daily briefing, every morning\n\n"
        f"[Timer]\nOnCalendar={days}*-*-* {round_.at:%H:%M}:00 {round_.time_zone}\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    return (("briefing-daily.service", service), ("briefing-daily.timer", timer))


def cron_lines(round_: Round) -> str:
    """Return the lines for a crontab. CRON_TZ holds for all lines that follow, so it is set before and unset after.

    Unset as an empty string in quotation marks: without them Debian's crontab refuses the file.
    """
    days = "*" if round_.days == WEEK else ",".join(round_.days)
    secrets = f". {shlex.quote(str(round_.secrets))}; " if round_.secrets else ""
    export = "set -a; " if secrets else ""
    command = f"cd {shlex.quote(str(round_.config.parent))} && {export}{secrets}{shlex.join(round_.command)}"
    escaped = command.replace("%", "\\%")  # cron takes a bare % for a line break
    return (
        f"{_MARK}{round_.config}\nCRON_TZ={round_.time_zone}\n"
        f'{round_.at.minute} {round_.at.hour} * * {days} {escaped}\nCRON_TZ=""\n'
    )


def install_units(round_: Round, folder: Path) -> tuple[Path, ...]:
    """Write the units into a user's folder and enable the timer; return their paths.

    Raises:
        OutputError: systemd does not take them; the message is its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in units_of(round_):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    _run(["systemctl", "--user", "daemon-reload"])
    _run(["systemctl", "--user", "enable", "--now", "briefing-daily.timer"])
    return tuple(paths)


def install_cron(round_: Round) -> None:
    """Install the lines in the user's crontab, in place of earlier ones for the same settings file.

    Raises:
        OutputError: There is no cron, or it does not take them.
    """
    listed = _run(["crontab", "-l"], may_fail=True)
    _run(["crontab", "-"], given=without_round(listed, round_.config) + cron_lines(round_))


def without_round(crontab: str, config: Path) -> str:
    """Return a crontab without the lines of one settings file."""
    lines = crontab.splitlines(keepends=True)
    mark = f"{_MARK}{config}"
    at = next((n for n, line in enumerate(lines) if line.rstrip("\n") == mark), None)
    return crontab if at is None else "".join(lines[:at] + lines[at + 4 :])


def _run(command: Sequence[str], *, given: str = "", may_fail: bool = False) -> str:
    path = shutil.which(command[0])
    if path is None:
        raise OutputError(
            f"{command[0]} is not on this machine.",
            "Leave --install out, and put what is printed where your system keeps its schedules.",
        )
    done = subprocess.run([path, *command[1:]], input=given, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode and not may_fail:
        said = (done.stderr or done.stdout).strip().splitlines() or ["it gave no reason"]
        raise OutputError(
            f"{' '.join(command)} failed: {said[-1]}",
            "Leave --install out, and put what is printed where your system keeps its schedules.",
        )
    return done.stdout if not done.returncode else ""


def _specified(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    """Return an argument quoted for systemd.service(5): no specifier, no variable, no separate words."""
    plain = _specified(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{plain}"'

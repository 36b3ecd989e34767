"""`briefing daily`: the whole round of a morning, and what a second round leaves alone."""

from __future__ import annotations

import os
import shutil
import ssl
from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from briefing.build.desk_store import open_store
from briefing.cli import run
from briefing.cli.send import NOT_ALL
from briefing.outputs.mail import message as message_module
from briefing.settings import read_settings
from briefing.system.locking import held
from tests.hostile.mail import SCENARIOS, MailServer
from tests.paths import SEEDS

DAY = "2022-02-01"
ROUND = ["daily", "--date", DAY]
TODAY = SEEDS / "tarnholt-observer" / "2022-02-01-sixth-arms-flight.txt"
LATER = SEEDS / "hadderstone-post" / "sixth-flight-84-tons.txt"
TLS = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)  # offered, and not asked for
SETTINGS = """
[outputs]
formats = ["json", "html", "text", "eml"]

[mail]
sender = "desk@y.example"
server = "127.0.0.1"
port = {port}
security = "none"

[[sources]]
name = "Inbox"
kind = "folder"
address = "inbox"
every = 1

[[lists]]
name = "Everybody"
recipients = ["a@x.example", "b@x.example"]
"""


@pytest.fixture
def desk(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk whose one source is a folder with one article; mails without the PDF, which takes a second to draw."""
    monkeypatch.setattr(message_module, "engine_problem", lambda: "not wanted here")
    (here / "inbox").mkdir()
    shutil.copy(TODAY, here / "inbox")
    return here


def configure(server: MailServer | None, extra: str = "") -> None:
    Path("briefing.toml").write_text(extra + SETTINGS.format(port=server.port if server else 1), encoding="utf-8")


def mailed(server: MailServer) -> Counter[str]:
    return Counter(message_from_bytes(taken.message, policy=default)["To"] for taken in server.accepted)


def again() -> int:
    """Another round, the sources due once more."""
    assert run(["collect", "--all"]) == 0
    return run(ROUND)


def test_one_round_collects_builds_proves_and_sends(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with MailServer(SCENARIOS["ok"], TLS) as server:
        configure(server)
        assert run(ROUND) == 0
    assert mailed(server) == {"a@x.example": 1, "b@x.example": 1}
    said = capsys.readouterr()
    assert f"out/{DAY}/briefing.html" in said.out
    summary = said.err.splitlines()[-1]
    assert summary.startswith(f"{DAY}: 1 new article; edition of 1 story written; ")
    assert "sentences proved; 2 accepted." in summary


def test_a_second_round_the_same_day_does_only_what_is_missing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with MailServer(SCENARIOS["ok"], TLS) as server:
        configure(server)
        assert run(ROUND) == 0
        page = Path(f"out/{DAY}/briefing.html")
        issue = Path(f"out/{DAY}/briefing.json").read_bytes()
        page.unlink()
        shutil.copy(LATER, "inbox")
        capsys.readouterr()
        assert again() == 0
        assert "edition of 1 story written; " in capsys.readouterr().err.splitlines()[-1]
        assert page.exists()
        assert Path(f"out/{DAY}/briefing.json").read_bytes() == issue  # the edition is of the morning
        assert run(ROUND) == 0
        assert "edition of 1 story there already; " in capsys.readouterr().err.splitlines()[-1]
    assert mailed(server) == {"a@x.example": 1, "b@x.example": 1}


def test_an_edition_built_anew_is_not_sent_again_unless_somebody_says_so(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with MailServer(SCENARIOS["ok"], TLS) as server:
        configure(server)
        assert run(ROUND) == 0
        shutil.copy(SEEDS / "pellhaven-daily" / "talks-in-january.txt", "inbox")
        shutil.copy(LATER, "inbox")
        assert run(["collect", "--all"]) == 0
        capsys.readouterr()
        assert run([*ROUND, "--rebuild"]) == 0
        assert "briefing send 2022-02-01 --again" in capsys.readouterr().err
        assert mailed(server) == {"a@x.example": 1, "b@x.example": 1}
        assert run(["send", DAY, "--again"]) == 0
    assert mailed(server) == {"a@x.example": 2, "b@x.example": 2}


def test_an_edition_that_cannot_be_proved_is_not_sent(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with MailServer(SCENARIOS["ok"], TLS) as server:
        configure(server)
        Path("briefing.toml").write_text(
            Path("briefing.toml").read_text().replace('"a@x.example", "b@x.example"', "")  # nobody yet
        )
        assert run(ROUND) == 0
        page = Path(f"out/{DAY}/briefing.html")
        page.write_text(page.read_text().replace("tons", "tonnes", 1))
        configure(server)
        assert run(ROUND) == 1
    said = capsys.readouterr().err
    assert "briefing.html" in said
    assert "not sent" in said.splitlines()[-1]
    assert mailed(server) == {}


def test_what_the_server_did_not_take_is_sent_by_the_next_round(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)  # between attempts
    with MailServer(SCENARIOS["down"], TLS) as server:
        configure(server)
    assert run(ROUND) == NOT_ALL
    with MailServer(SCENARIOS["ok"], TLS) as server:
        configure(server)
        assert run(ROUND) == 0
    assert mailed(server) == {"a@x.example": 1, "b@x.example": 1}


def test_an_edition_held_for_the_editor_is_sent_once_it_is_published(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with MailServer(SCENARIOS["ok"], TLS) as server:
        configure(server)
        assert run([*ROUND, "--draft"]) == 0
        assert run([*ROUND, "--draft"]) == 0
        assert "waiting for the editor" in capsys.readouterr().err
        assert run(ROUND) == 0
        assert mailed(server) == {}
        assert run(["publish", f"out/{DAY}/edition.md", "--by", "R. Lind"]) == 0
        assert run(ROUND) == 0
    assert mailed(server) == {"a@x.example": 1, "b@x.example": 1}
    assert b"R. Lind" in server.accepted[0].message
    capsys.readouterr()
    with MailServer(SCENARIOS["ok"], TLS) as server:
        configure(server)
        assert run([*ROUND, "--rebuild"]) == 0
    assert "replaced the edition that R. Lind signed" in capsys.readouterr().err


def test_a_day_without_an_article_has_no_edition_and_says_where_to_look(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "inbox" / TODAY.name).unlink()
    configure(None)
    assert run(ROUND) == 3
    assert "No article was collected for 2022-02-01" in capsys.readouterr().err
    assert not (desk / "out").exists()


def test_a_source_that_fails_stops_neither_the_edition_nor_the_mail(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with MailServer(SCENARIOS["ok"], TLS) as server:
        configure(server)
        broken = '\n[[sources]]\nname = "Gone"\nkind = "folder"\naddress = "no-such-folder"\n'
        Path("briefing.toml").write_text(Path("briefing.toml").read_text() + broken)
        assert run(ROUND) == 0
    assert mailed(server) == {"a@x.example": 1, "b@x.example": 1}
    assert "1 of 2 sources visited failed" in capsys.readouterr().err.splitlines()[-1]


def test_a_round_while_another_runs_says_who_runs_it(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure(None)
    with held(Path("out"), now=datetime(2022, 2, 1, 6, 40, tzinfo=UTC)):
        assert run(ROUND) == 5
    assert f"process {os.getpid()} since" in capsys.readouterr().err


def test_without_lists_and_channels_the_round_ends_with_the_proof(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(None)
    Path("briefing.toml").write_text(Path("briefing.toml").read_text().partition("[[lists]]")[0])
    assert run(ROUND) == 0
    assert "nobody is set up to be sent it" in capsys.readouterr().err.splitlines()[-1]


def test_what_came_after_the_edition_does_not_unsettle_its_proof(desk: Path) -> None:
    configure(None)
    Path("briefing.toml").write_text(Path("briefing.toml").read_text().partition("[[lists]]")[0])
    assert run(ROUND) == 0
    text = (desk / "inbox" / TODAY.name).read_text(encoding="utf-8")
    (desk / "inbox" / TODAY.name).write_text(text.replace("tons", "metric tons"), encoding="utf-8")
    shutil.copy(LATER, "inbox")
    assert run(["collect", "--all"]) == 0
    assert run(["verify", f"out/{DAY}/briefing.json", "--stored"]) == 0
    with open_store(read_settings()) as store:
        assert len(store.search("metric", limit=5)) == 1


def test_an_edition_of_several_days_is_proved_by_the_store_as_it_was_when_it_was_written(desk: Path) -> None:
    configure(None)
    assert run(["collect"]) == 0
    assert run(["build", "--from", "2022-01-26", "--to", DAY, "--format", "json"]) == 0
    issue = Path("out", f"2022-01-26_{DAY}", "briefing.json")
    shutil.copy(LATER, "inbox")
    assert run(["collect", "--all"]) == 0
    assert run(["verify", str(issue), "--stored"]) == 0
    issue.write_text(issue.read_text(encoding="utf-8").replace("tons", "guns", 1), encoding="utf-8")
    assert run(["verify", str(issue), "--stored"]) == 1


def test_an_edition_the_store_does_not_know_is_not_proved_by_it(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure(None)
    assert run(["build", "inbox", "--date", DAY, "--format", "json"]) == 0
    with open_store(read_settings()):
        pass
    assert run(["verify", f"out/{DAY}/briefing.json", "--stored"]) == 3
    assert "--sources" in capsys.readouterr().err

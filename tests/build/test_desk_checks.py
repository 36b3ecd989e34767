"""`briefing doctor` tells before the morning what an edition could fail by: login, lists, keys."""

from __future__ import annotations

import ssl
from pathlib import Path

import keyring
import pytest

from briefing.cli import run
from tests.build.mailing import LISTS, SECRET, configure, opened, trusted
from tests.hostile.mail import SCENARIOS, MailServer


@pytest.fixture(autouse=True)
def desk(in_memory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return opened(in_memory, monkeypatch)


@pytest.fixture
def context(desk: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    return trusted(desk, monkeypatch)


def lines(capsys: pytest.CaptureFixture[str], of: str) -> list[str]:
    found = capsys.readouterr()
    assert SECRET not in found.out + found.err
    return [line for line in found.out.splitlines() if of in line]


def test_a_login_that_works_is_said_and_no_mail_is_sent(context, capsys):
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server)
        assert run(["doctor"]) == 0
    said = lines(capsys, "Mail server")
    assert said == [f"ok   Mail server: 127.0.0.1:{server.port}, starttls, logged in as desk"]
    assert any(command.startswith("AUTH") for command in server.heard)
    assert not any(command.startswith("MAIL") for command in server.heard)
    assert server.accepted == []


@pytest.mark.parametrize(
    ("scenario", "says"),
    [("auth-535", "E_MAIL_AUTH 535 bad credentials"), ("down", "E_MAIL_UNREACHABLE"), ("no-starttls", "E_MAIL_TLS")],
)
def test_a_login_that_fails_is_said_with_the_servers_words(scenario, says, context, capsys):
    with MailServer(SCENARIOS[scenario], context) as server:
        configure(server)
        assert run(["doctor"]) == 1
    (said,) = lines(capsys, "Mail server")
    assert said.startswith("FAIL Mail server: 127.0.0.1:")
    assert says in said


def test_a_missing_password_is_said_without_asking_the_server(context, capsys, monkeypatch):
    monkeypatch.setattr(keyring, "get_password", lambda service, user: None)
    monkeypatch.delenv("DESK_PASSWORD")
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server)
        assert run(["doctor"]) == 1
        assert server.connections == 0
    assert "Set the environment variable DESK_PASSWORD" in lines(capsys, "FAIL Mail server")[0]


def test_offline_the_server_is_not_asked(context, capsys):
    with MailServer(SCENARIOS["auth-535"], context) as server:
        configure(server)
        assert run(["doctor", "--offline"]) == 0
        assert server.connections == 0
    assert "not asked" in lines(capsys, "Mail server")[0]


def test_lists_that_would_go_nowhere_are_said(capsys, desk):
    (desk / "readers.csv").write_text("a@x.example\nno address\n", encoding="utf-8")
    text = LISTS.replace('"sanctions"', '"sanktions"') + '[[lists]]\nname = "File"\nrecipients_file = "readers.csv"\n'
    text += '[[channels]]\nname = "Hook"\nkind = "webhook"\naddress = "https://h.example/"\nsecret = "HOOK_KEY"\n'
    configure(None, text, server="")
    assert run(["doctor"]) == 1
    failures = lines(capsys, "FAIL")
    assert [failure.partition(":")[0] for failure in failures] == [
        "FAIL Settings",
        "FAIL List File",
        "FAIL Channel Hook",
    ]
    assert "did you mean 'sanctions'?" in failures[0]
    assert "readers.csv:2: 'no address'" in failures[1]
    assert "HOOK_KEY" in failures[2]


def test_settings_that_cannot_be_read_are_one_failure_among_the_others(capsys, desk):
    (desk / "briefing.toml").write_text("[mail\n", encoding="utf-8")
    assert run(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "ok   Pango" in said
    assert "FAIL Settings: briefing.toml:1: the bracket of this heading is not closed." in said


def test_every_command_that_reads_the_settings_names_a_misspelt_theme(capsys):
    configure(None, LISTS.replace('"sanctions"', '"sanktions"'))
    assert run(["lists"]) == 0
    assert "so 'Sanctions desk' is sent nothing; did you mean 'sanctions'?" in capsys.readouterr().err

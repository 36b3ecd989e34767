"""A desk with an edition to send: its settings, and what the program printed."""

from __future__ import annotations

import json
import ssl
from pathlib import Path

import pytest
import trustme

from briefing.model import Edition
from briefing.outputs import render
from briefing.outputs.mail import message as message_module
from tests.editions import sound as ordinary
from tests.hostile.mail import MailServer, certified

DAY = "2022-02-01"
SECRET = "correct horse battery"
LISTS = """
[[lists]]
name = "Everybody"
recipients = ["a@x.example", "b@x.example"]

[[lists]]
name = "Sanctions desk"
recipients = ["b@x.example"]
theme = "sanctions"
"""


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an edition, to stand in; mails without the PDF, which takes a second to draw."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(message_module, "engine_problem", lambda: "not wanted here")
    monkeypatch.setenv("DESK_PASSWORD", SECRET)
    put(ordinary())
    return folder


def trusted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for the mail server on loopback that the program trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))
    return certified(authority, "127.0.0.1")


def put(edition: Edition) -> None:
    render(edition, "out", formats=("json",))


def configure(server: MailServer | None, text: str = LISTS, /, **mail: object) -> None:
    values = {"sender": "desk@y.example", "user": "desk", "password_variable": "DESK_PASSWORD", "server": "127.0.0.1"}
    values |= {"port": server.port if server else 1, **mail}
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    Path("briefing.toml").write_text("[mail]\n" + "\n".join(lines) + "\n" + text, encoding="utf-8")


def told(capsys: pytest.CaptureFixture[str]) -> list[list[str]]:
    return [line.split("\t") for line in capsys.readouterr().out.splitlines()]

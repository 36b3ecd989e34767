"""The mail of an edition for one recipient."""

from __future__ import annotations

import sys
from contextlib import suppress
from email import message_from_bytes
from email.policy import default

import pytest

from briefing.errors import OutputError
from briefing.model import PAGE_LANGUAGES, Mailing
from briefing.outputs import OUTPUTS, Job
from briefing.outputs.mail import addressed
from briefing.outputs.mail import message as message_module
from briefing.text.labels import words
from tests.editions import imprinted, ordinary

INJECTION = "=?utf-8?q?X=0D=0ABcc=3A_v=40evil.example?="
TITLES = ["Morning", "Ранковий огляд", "Ünïcödé " * 20, INJECTION, "a\r\nBcc: v@evil.example", "{subject} {0}", "=?x?"]


@pytest.fixture(autouse=True)
def without_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_module, "engine_problem", lambda: "not wanted here")


def mail_of(title: str = "Morning") -> bytes:
    edition = imprinted(
        ordinary(), title=title, mailing=Mailing("desk@y.example", "briefing.y.example", "mailto:x@y.example")
    )
    return Job(edition, OUTPUTS).made("eml")


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_only_the_recipients_own_headers_change_whatever_the_title_is(title, language):
    mail = mail_of(title)
    pattern = words(language).say("mail_correction", subject="{subject}")
    for subject in ("", pattern):
        made = addressed(mail, recipient="a.person@x.example", message_id="<1@y.example>", subject=subject)
        before, after = (message_from_bytes(each, policy=default) for each in (mail, made))
        assert made.partition(b"\r\n\r\n")[2] == mail.partition(b"\r\n\r\n")[2]
        changed = {name for name in after.keys() if after[name] != before[name]}  # noqa: SIM118  of the message's own
        assert changed == {"To", "Message-ID", *(["Subject"] if subject else [])}
        assert after["To"] == "a.person@x.example"
        assert after["Message-ID"] == "<1@y.example>"
        assert "Bcc" not in after
        assert made.isascii()
        assert max(map(len, made.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("name", ["recipient", "message_id"])
@pytest.mark.parametrize("bad", ["a@x.example\r\nBcc: v@evil.example", "a@x.example\n\nbody", INJECTION + "@x.example"])
def test_an_address_that_would_become_another_header_is_refused(name, bad):
    values = {"recipient": "a@x.example", "message_id": "<1@y.example>", name: bad}
    made = b""
    with suppress(OutputError):
        made = addressed(mail_of(), **values)
    read = message_from_bytes(made, policy=default)
    assert "Bcc" not in read
    assert not made or read["Subject"] == message_from_bytes(mail_of(), policy=default)["Subject"]


def test_a_header_that_reads_differently_is_not_handed_out(monkeypatch):
    mail = mail_of()
    module = sys.modules["briefing.outputs.mail.addressed"]  # the package has a function of that name
    monkeypatch.setattr(module, "encoded", lambda name, value: f"{value}\r\nBcc: v@evil.example")
    with pytest.raises(OutputError) as caught:
        addressed(mail, recipient="a@x.example", message_id="<1@y.example>")
    assert caught.value.code == "E_MAIL_HEADERS"

"""Lists, each in its own form: formats, link, subject, several themes, recipients of a file, leaving by one click."""

from __future__ import annotations

import re
import ssl
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from briefing.build.desk_store import open_store
from briefing.cli import run
from briefing.cli.send import NOT_ALL
from briefing.outputs.mail import message as message_module
from briefing.settings import read_settings
from tests.build.mailing import DAY, LISTS, configure, opened, told, trusted
from tests.editions import sound as ordinary
from tests.hostile.mail import SCENARIOS, MailServer


@pytest.fixture(autouse=True)
def desk(in_memory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return opened(in_memory, monkeypatch)


@pytest.fixture
def context(desk: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    return trusted(desk, monkeypatch)


def a_list(name: str = "One", recipients: str = '["a@x.example"]', **more: str) -> str:
    lines = [f'name = "{name}"', f"recipients = {recipients}", *(f"{key} = {value}" for key, value in more.items())]
    return "\n[[lists]]\n" + "\n".join(lines) + "\n"


def sent(context: ssl.SSLContext, text: str, *arguments: str, code: int = 0, **mail: object) -> list[EmailMessage]:
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server, text, **mail)
        assert run(["send", DAY, *arguments]) == code
    return [message_from_bytes(taken.message, policy=default) for taken in server.accepted]


def kinds(mail: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in mail.walk() if not part.is_multipart()]


# ---- the form of a list's mail


def test_a_list_gets_the_formats_it_asks_for(context):
    (mail,) = sent(context, a_list(formats='["text"]'))
    assert kinds(mail) == ["text/plain"]
    (mail,) = sent(context, a_list("Two", '["c@x.example"]', formats='["email", "docx", "markdown"]'))
    assert kinds(mail)[0] == "text/html"
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert [name for name in names if name] == [f"briefing-{DAY}.docx", f"briefing-{DAY}.md"]
    docx = next(part for part in mail.iter_attachments() if part.get_filename() == names[0])
    assert docx.get_content().startswith(b"PK")


@pytest.mark.slow
def test_the_pdf_goes_to_the_list_that_wants_it_alone(context, monkeypatch):
    monkeypatch.setattr(message_module, "engine_problem", lambda: None)
    text = a_list() + a_list("Two", '["c@x.example"]', formats='["email", "text"]')
    with_pdf, without = sent(context, text)
    assert kinds(with_pdf)[-1] == "application/pdf"
    assert "application/pdf" not in kinds(without)
    assert len(bytes(without)) < len(bytes(with_pdf)) / 2


def test_a_list_may_have_a_link_to_the_page_instead(context):
    web = '[outputs]\nweb_address = "https://desk.example/briefing/"\n'
    text = web + a_list(link="true") + a_list("Two", '["c@x.example"]', link="true", theme='"sanctions"')
    whole, digest = sent(context, text)
    text_part = whole.get_body(("plain",)).get_content()
    page = f"https://desk.example/briefing/{DAY}/briefing.html"
    assert page in text_part
    assert f'href="{page}"' in whole.get_body(("html",)).get_content()
    assert f"https://desk.example/briefing/{DAY}/digests/sanctions.html" in digest.get_body(("plain",)).get_content()


def test_a_list_has_a_subject_of_its_own(context):
    e = ordinary()
    pattern = '"{day} {theme}: {headline} {title} {date}"'
    (mail,) = sent(context, a_list(subject=pattern, theme='"sanctions"'))
    headline = e.only("sanctions").sections[0].stories[0].headline
    assert mail["Subject"].startswith(f"[TLP:AMBER] {DAY} Sanctions: {headline[:30]}")


@pytest.mark.parametrize("pattern", ["{day.__class__}", "{0}", "{}", "{secret}", "{title!r}"])
def test_a_subject_with_an_unknown_field_is_refused_by_its_line(pattern, capsys):
    configure(None, a_list(subject=f'"{pattern}"'))
    assert run(["send", DAY]) == 2
    assert re.search(r"briefing\.toml:\d+: lists\.0\.subject is '.*'; use one of title, theme", capsys.readouterr().err)


def test_several_themes_are_one_mail_on_all_of_them(context):
    (mail,) = sent(context, a_list(themes='["sanctions", "diplomacy"]'))
    assert mail["Subject"] == "[TLP:AMBER] Morning Briefing: Diplomacy, Sanctions, 1 February 2022"
    text = mail.get_body(("plain",)).get_content()
    headings = re.findall(r"(?m)^(\w[\w ]+)\r?\n-+\r?$", text)
    assert "Diplomacy" in headings
    assert "Sanctions" in headings
    assert "Arms Shipments" not in headings


def test_themes_in_another_order_are_the_same_mail(context, capsys):
    text = a_list(themes='["sanctions", "diplomacy"]') + a_list("Two", themes='["diplomacy", "sanctions"]')
    assert len(sent(context, text)) == 1
    assert told(capsys)[0][2] == "diplomacy+sanctions"


def test_a_reader_of_two_lists_gets_the_form_of_the_first(context):
    text = a_list(formats='["text"]') + a_list("Two", '["A@x.example", "c@x.example"]')
    mails = sent(context, text)
    assert [(mail["To"], len(kinds(mail)) > 1) for mail in mails] == [("a@x.example", False), ("c@x.example", True)]


def test_the_date_of_a_mail_is_when_it_is_sent_in_the_desks_zone(context, monkeypatch):
    monkeypatch.setattr("briefing.cli.send.now", lambda: datetime(2022, 2, 3, 21, 30, tzinfo=UTC))
    (mail,) = sent(context, '[briefing]\ntime_zone = "Asia/Kathmandu"\n' + a_list())
    assert mail["Date"] == "Fri, 04 Feb 2022 03:15:00 +0545"


# ---- recipients of a file


def test_recipients_come_from_a_file_beside_the_settings(context, capsys, desk):
    (desk / "readers.csv").write_text("name;email\nAda;a@x.example\nCy;c@x.example\n", encoding="utf-8")
    mails = sent(context, a_list(recipients_file='"readers.csv"'))
    assert [mail["To"] for mail in mails] == ["a@x.example", "c@x.example"]
    assert run(["lists"]) == 0
    assert [line[2] for line in told(capsys)[-2:]] == ["a@x.example", "c@x.example"]


def test_a_bad_line_of_the_file_is_told_and_keeps_nobody_else_without_mail(context, capsys, desk):
    (desk / "readers.csv").write_text("a@x.example\nno address\nc@x.example\n", encoding="utf-8")
    mails = sent(context, a_list(recipients="[]", recipients_file='"readers.csv"'), code=NOT_ALL)
    assert [mail["To"] for mail in mails] == ["a@x.example", "c@x.example"]
    said = capsys.readouterr().out
    assert "E_CONFIG\treaders.csv:2: 'no address' is not an e-mail address." in said


def test_a_missing_file_keeps_its_own_list_alone_without_mail(context, capsys):
    text = a_list(recipients="[]", recipients_file='"gone.csv"') + a_list("Two", '["c@x.example"]')
    assert [mail["To"] for mail in sent(context, text, code=NOT_ALL)] == ["c@x.example"]
    assert "gone.csv cannot be read: No such file" in capsys.readouterr().out


def test_a_misspelt_theme_keeps_its_own_list_alone_without_mail(context, capsys):
    text = a_list(theme='"sanktions"') + a_list("Two", '["c@x.example"]')
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server, text)
        assert run(["send", DAY]) == NOT_ALL
        said = capsys.readouterr()
        assert "pending\tmail\tsanktions\ta@x.example\tE_CONFIG\tThe edition has no theme 'sanktions'" in said.out
        assert (server.copies("a@x.example"), server.copies("c@x.example")) == (0, 1)
        configure(server, text.replace("sanktions", "sanctions"))
        assert run(["send", DAY]) == 0
        assert (server.copies("a@x.example"), server.copies("c@x.example")) == (1, 1)


# ---- a test


def test_a_test_goes_to_one_address_and_counts_as_no_delivery(context, capsys):
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server)
        assert run(["send", DAY, "--test", "me@y.example"]) == 0
        assert "the lists are still to be sent theirs" in capsys.readouterr().err
        tests = [message_from_bytes(taken.message, policy=default) for taken in server.accepted]
        assert [mail["To"] for mail in tests] == ["me@y.example"] * 2
        assert all(mail["Subject"].startswith("Test: ") for mail in tests)
        assert "Sanctions" in tests[1]["Subject"]
        assert run(["send", DAY, "--test", "me@y.example", "--list", "Sanctions desk"]) == 0
        assert run(["send", DAY]) == 0
    assert len(server.accepted) == 6
    assert len({taken.message_id for taken in server.accepted}) == 6
    with open_store(read_settings()) as store:
        assert {row.recipient for row in store.deliveries()} == {"a@x.example", "b@x.example"}


def test_a_test_needs_no_list_and_no_store(context, desk):
    (mail,) = sent(context, "", "--test", "me@y.example")
    assert mail["To"] == "me@y.example"
    assert not (desk / "briefing.sqlite").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--test", "nobody"], 2, "'nobody' is not an e-mail address"),
        (["--test", "me@y.example", "--list", "None"], 2, "No list is called 'None'"),
        (["--test", "me@y.example", "--again"], 2, "--test goes with --list"),
    ],
)
def test_what_a_test_cannot_be_is_said(arguments, code, says, capsys):
    configure(None)
    assert run(["send", DAY, *arguments]) == code
    assert says in capsys.readouterr().err


def test_a_suppressed_address_is_sent_no_test_either(context, capsys):
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server)
        assert run(["lists", "suppress", "me@y.example"]) == 0
        assert run(["send", DAY, "--test", "me@y.example"]) == 0
    assert server.accepted == []


# ---- leaving


def test_a_reader_leaves_one_list_by_the_token_of_its_mail_and_stays_on_the_other(context, capsys):
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server, unsubscribe_address="https://desk.example/leave")
        assert run(["send", DAY]) == 0
        mails = [message_from_bytes(taken.message, policy=default) for taken in server.accepted]
        assert {mail["List-Unsubscribe-Post"] for mail in mails} == {"List-Unsubscribe=One-Click"}
        links = [re.search(r"<https://desk\.example/leave\?token=([^>]+)>", mail["List-Unsubscribe"]) for mail in mails]
        assert all(links)
        tokens = [link[1] for link in links if link]
        assert len(set(tokens)) == 3  # each names recipient and list
        assert run(["lists", "suppress", tokens[1]]) == 0
        assert "b@x.example is sent nothing of 'Everybody' any more" in capsys.readouterr().err
        assert run(["lists"]) == 0
        assert [line[3] for line in told(capsys)] == ["", "unsubscribed", ""]
        with open_store(read_settings()) as store:  # as on the next morning
            assert store.unsubscribed() == {("b@x.example", "Everybody")}
            store._database.db.execute("DELETE FROM delivery")
        assert run(["send", DAY]) == 0
        assert [line[0] for line in told(capsys)] == ["accepted", "suppressed", "accepted"]
        assert run(["lists", "allow", "b@x.example"]) == 0
        assert run(["send", DAY]) == 0
    assert server.copies("b@x.example") == 2 + 1 + 1


def test_without_an_address_of_the_desk_the_reader_writes_to_it(context):
    mails = sent(context, LISTS)
    assert all(
        mail["List-Unsubscribe"].startswith("<mailto:desk@y.example?subject=unsubscribe%20u1.") for mail in mails
    )
    assert all(mail["List-Unsubscribe-Post"] is None for mail in mails)


@pytest.mark.parametrize("token", ["u1.YUB4LmV4YW1wbGU.0123456789.AAAAAAAAAAAAAAAAAAAAAA", "u1.", "u1.x"])
def test_a_token_that_somebody_made_up_takes_nobody_off_a_list(token, capsys):
    configure(None)
    assert run(["lists", "suppress", token]) == 2
    assert "not a token of this desk" in capsys.readouterr().err
    with open_store(read_settings()) as store:
        assert store.unsubscribed() == frozenset()


def test_a_token_of_a_list_that_was_renamed_names_the_way_out(context, capsys):
    (mail,) = sent(context, a_list())
    token = mail["List-Unsubscribe"].rpartition("%20")[2].rstrip(">")
    configure(None, a_list("Renamed"))
    assert run(["lists", "suppress", token]) == 2
    assert "briefing lists suppress a@x.example" in capsys.readouterr().err

"""`briefing send` and `briefing lists`, from the settings file to what a mailbox, a folder, a webhook or a chat has."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import keyring
import pytest

from briefing.build.desk_store import open_store
from briefing.build.sending import alone
from briefing.cli import run
from briefing.cli.send import NOT_ALL
from briefing.model import Brand, Delivery
from briefing.outputs.issue import issue_bytes
from briefing.outputs.posts import chat_body
from briefing.settings import read_settings
from briefing.stages.sheet import without_unproved
from briefing.system.locking import held
from tests.build.mailing import DAY, LISTS, SECRET, configure, opened, put, told, trusted
from tests.editions import imprinted
from tests.editions import sound as ordinary
from tests.hostile.mail import REJECT, SCENARIOS, MailServer, Scenario
from tests.paths import ROOT, SEEDS


@pytest.fixture(autouse=True)
def desk(in_memory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return opened(in_memory, monkeypatch)


@pytest.fixture
def context(desk: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    return trusted(desk, monkeypatch)


# ---- mail


def test_lists_get_the_edition_and_their_digests_each_once_however_often_it_is_run(context, capsys):
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server)
        assert run(["send", DAY]) == 0
        lines = told(capsys)
        assert run(["send", DAY]) == 0
        assert [line[5] for line in told(capsys)] == ["sent before"] * 3
    assert [line[:4] for line in lines] == [
        ["accepted", "mail", "whole edition", "a@x.example"],
        ["accepted", "mail", "whole edition", "b@x.example"],
        ["accepted", "mail", "sanctions", "b@x.example"],
    ]
    mails = [message_from_bytes(taken.message, policy=default) for taken in server.accepted]
    assert [mail["To"] for mail in mails] == ["a@x.example", "b@x.example", "b@x.example"]
    assert "Sanctions" in mails[2]["Subject"]
    assert "Sanctions" not in mails[0]["Subject"]
    assert mails[0]["From"].endswith("<desk@y.example>")
    assert len({mail["Message-ID"] for mail in mails}) == 3


def test_an_unknown_outcome_is_told_and_the_way_out_is_named(context, capsys):
    with MailServer(SCENARIOS["drop-after-dot"], context) as server:
        configure(server)
        assert run(["send", DAY]) == NOT_ALL
        said = capsys.readouterr()
        assert said.out.splitlines()[0].startswith("unknown\tmail\twhole edition\ta@x.example\tW_MAIL_UNKNOWN")
        assert f"briefing send {DAY} --resend-unknown" in said.err
        assert run(["send", DAY]) == NOT_ALL
        assert server.copies("a@x.example") == 1
        assert run(["send", DAY, "--resend-unknown"]) == 0
        assert server.copies("a@x.example") == 2


def test_a_dry_run_shows_who_would_get_what_and_touches_nothing(context, capsys, desk):
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server)
        before = sorted(desk.rglob("*"))
        assert run(["send", DAY, "--dry-run"]) == 0
        lines = told(capsys)
        assert server.connections == 0
    assert sorted(desk.rglob("*")) == before
    assert [line[:4] for line in lines][2] == ["would be sent", "mail", "sanctions", "b@x.example"]
    sizes = [int(line[4].removesuffix(" bytes").replace(",", "")) for line in lines]
    assert min(sizes) > 5_000
    assert sizes[2] < sizes[0]


def test_one_list_alone_may_be_sent_and_an_unknown_name_is_refused(context, capsys):
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server)
        assert run(["send", DAY, "--list", "Sanctions desk"]) == 0
        assert len(server.accepted) == 1
        assert run(["send", DAY, "--list", "Nobody"]) == 2
        assert "'Nobody'" in capsys.readouterr().err


def test_an_edition_that_changed_after_it_was_sent_goes_out_as_a_correction_when_asked(context, capsys):
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server)
        assert run(["send", DAY]) == 0
        e = ordinary()
        put(replace(e, key_points=tuple(p for p in e.key_points if p.theme == "sanctions")))
        capsys.readouterr()
        assert run(["send", DAY]) == 0
        said = capsys.readouterr()
        assert said.out.count("W_MAIL_CHANGED") == 2  # the digest on sanctions says what it said before
        assert "--again" in said.err
        assert len(server.accepted) == 3
        assert run(["send", DAY, "--again"]) == 0
        assert run(["send", DAY, "--again"]) == 0
    assert len(server.accepted) == 5
    subject = message_from_bytes(server.accepted[-1].message, policy=default)["Subject"]
    assert subject.startswith("Correction: ")


def test_a_changed_setting_of_the_mail_does_not_make_another_edition(context):
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server)
        assert run(["send", DAY]) == 0
        configure(server, list_unsubscribe="https://y.example/leave")
        assert run(["send", DAY]) == 0
    assert len(server.accepted) == 3


def test_a_suppressed_reader_is_mailed_nothing_until_allowed_again(context, capsys):
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server)
        assert run(["lists", "suppress", "B@x.example", "--why", "left"]) == 0
        assert run(["send", DAY]) == 0
        assert server.copies("b@x.example") == 0
        capsys.readouterr()
        assert run(["lists"]) == 0
        assert told(capsys)[1] == ["Everybody", "whole edition", "b@x.example", "suppressed"]
        assert run(["lists", "allow", "b@x.example"]) == 0
        assert run(["send", DAY]) == 0
        assert server.copies("b@x.example") == 2
    assert server.copies("a@x.example") == 1


def test_what_is_no_address_cannot_be_suppressed(capsys):
    configure(None)
    assert run(["lists", "suppress", "nobody"]) == 2
    assert "'nobody'" in capsys.readouterr().err


@pytest.mark.parametrize("mark", ["TLP:RED", "tlp red", "Tlp-Red", "ＴＬＰ：ＲＥＤ", "Board only (TLP: RED)"])
def test_an_edition_marked_red_goes_nowhere(mark, context, capsys, desk):
    put(imprinted(ordinary(), brand=Brand(mark=mark)))
    channel = '[[channels]]\nname = "Share"\nkind = "folder"\naddress = "share"\n'
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server, LISTS + channel)
        for wish in ([], ["--again", "--resend-unknown"], ["--dry-run"]):
            assert run(["send", DAY, *wish]) == 5
        assert server.connections == 0
    assert "TLP:RED" in capsys.readouterr().err
    assert not (desk / "share").exists()


def test_settings_that_say_red_hold_back_an_edition_built_before(context, capsys):
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server, '[brand]\nmark = "TLP:RED"\n' + LISTS)
        assert run(["send", DAY]) == 5
        assert server.connections == 0


def test_a_draft_is_not_sent(capsys):
    configure(None)
    Path("out", DAY, "briefing.json").write_bytes(issue_bytes(replace(ordinary(), draft=True)))
    assert run(["send", DAY]) == 5
    assert "draft" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("mail", "text", "says"),
    [
        ({"sender": None}, LISTS, "No sender"),
        ({"server": ""}, LISTS, "No mail server"),
        ({"security": "none"}, LISTS, "never sent in clear"),
        ({"password_variable": "NOT_THERE"}, LISTS, "NOT_THERE"),
        ({}, "", "Nobody is to be sent"),
        ({}, '[[lists]]\nname = "x"\nrecipients = ["a@x.example"]\ntheme = "sport"\n', "'sport'"),
    ],
)
def test_what_the_settings_lack_is_named_before_anything_is_sent(mail, text, says, capsys, monkeypatch):
    monkeypatch.setattr(keyring, "get_password", lambda service, user: None)
    configure(None, text, **{key: value for key, value in mail.items() if value is not None})
    if mail.get("sender", "") is None:
        settings = Path("briefing.toml").read_text(encoding="utf-8")
        Path("briefing.toml").write_text(settings.replace('sender = "desk@y.example"\n', ""), encoding="utf-8")
    for dry in ([], ["--dry-run"]):
        assert run(["send", DAY, *dry]) == 2
        assert says in capsys.readouterr().err


def test_two_runs_at_once_do_not_meet(context, capsys):
    with MailServer(SCENARIOS["ok"], context) as server, held(Path("out"), now=datetime(2022, 2, 1, tzinfo=UTC)):
        configure(server)
        assert run(["send", DAY]) == 5
        assert "in use by process" in capsys.readouterr().err
        assert server.connections == 0
        assert run(["send", DAY, "--dry-run"]) == 0


def test_an_edition_of_several_days_is_said_to_go_to_no_list(capsys):
    assert run(["send", "2022-01-26_2022-02-01"]) == 5
    said = capsys.readouterr().err
    assert "one day" in said
    assert "out/2022-01-26_2022-02-01/briefing.eml" in said


def test_two_folders_of_one_store_are_not_sent_at_once_and_others_may_open_it_meanwhile(context, capsys):
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server)
        settings = read_settings(Path("briefing.toml"))
        moment = datetime(2022, 2, 1, 6, 40, tzinfo=UTC)
        message = Delivery(date(2022, 2, 1), "", "0" * 64, "mail", "a@x.example", message_id="<1@x.example>")
        with open_store(settings) as store, alone(store, now=moment):
            store.begin(message, moment)
            shutil.copytree("out", "elsewhere")
            assert run(["send", DAY, "--out", "elsewhere"]) == 5
            assert "is being sent by process" in capsys.readouterr().err
            assert run(["lists"]) == 0
            assert run(["send", DAY, "--dry-run"]) == 0
            assert [row.state for row in store.deliveries()] == ["sending"]
        assert server.connections == 0
        with open_store(settings) as store, alone(store, now=moment):
            assert [row.state for row in store.deliveries()] == ["unknown"]


def test_the_keyring_is_asked_when_the_environment_has_no_password(context, monkeypatch):
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(keyring, "get_password", lambda *who: asked.append(who) or SECRET)
    monkeypatch.delenv("DESK_PASSWORD")
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server)
        assert run(["send", DAY]) == 0
        assert f"AUTH PLAIN {base64.b64encode(f'{chr(0)}desk{chr(0)}{SECRET}'.encode()).decode()}" in server.heard
    assert asked == [("127.0.0.1", "desk")]


def test_the_password_is_in_no_file_and_no_message(context, capsys, desk):
    with MailServer(SCENARIOS["auth-535"], context) as server:
        configure(server)
        assert run(["send", DAY, "--list", "Everybody"]) == NOT_ALL
    said = capsys.readouterr()
    assert "E_MAIL_AUTH" in said.out
    assert SECRET not in said.out + said.err
    assert [path for path in desk.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()] == []


@pytest.mark.parametrize("scenario", ["ok", "auth-535"])
def test_a_whole_round_leaves_the_password_in_no_file_and_no_message(context, capfd, desk, scenario):
    article = SEEDS / "tarnholt-observer" / "2022-02-01-sixth-arms-flight.txt"
    (desk / "inbox").mkdir()
    (desk / "inbox" / article.name).write_bytes(article.read_bytes())
    rest = '\n[outputs]\nformats = ["json", "html", "text", "eml"]\n'
    rest += '[[sources]]\nname = "Inbox"\nkind = "folder"\naddress = "inbox"\n'
    with MailServer(SCENARIOS[scenario], context) as server:
        configure(server, LISTS + rest)
        assert run(["collect"]) == 0
        assert run(["daily", "--date", DAY]) == (0 if scenario == "ok" else NOT_ALL)
    forms = [
        SECRET,
        base64.b64encode(SECRET.encode()).decode().rstrip("="),
        base64.b64encode(f"\0desk\0{SECRET}".encode()).decode(),
    ]
    assert any(forms[2] in line for line in server.heard)  # the server alone was told it
    said = capfd.readouterr()
    kept = [path.read_bytes() for path in desk.rglob("*") if path.is_file() and path.name != "authority.pem"]
    assert len(kept) > 5
    for form in forms:
        assert form not in said.out + said.err
        assert not [data for data in kept if form.encode() in data]


def test_a_day_without_an_edition_is_named_with_what_builds_it(capsys):
    configure(None)
    assert run(["send", "2022-02-02"]) == 3
    assert "briefing build --date 2022-02-02" in capsys.readouterr().err


def test_the_edition_comes_from_the_store_when_the_folder_is_gone(context):
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server)
        issue = Path("out", DAY, "briefing.json").read_bytes()
        with open_store(read_settings()) as store:
            store.remember(ordinary(), issue, made=datetime(2022, 2, 1, tzinfo=UTC))
        assert run(["send", DAY, "--out", "elsewhere"]) == 0
        assert run(["send", DAY]) == 0
    assert len(server.accepted) == 3


def test_a_theme_without_news_is_sent_to_nobody_but_who_asks_for_that(context, capsys):
    e = ordinary()
    empty = {
        ("sections", n, what, i)
        for n, s in enumerate(e.sections)
        if s.theme == "sanctions"
        for what in ("stories", "passages")
        for i in range(len(getattr(s, what)))
    }
    quiet = without_unproved(e, (), empty)
    assert quiet
    put(quiet)
    asking = '[[lists]]\nname = "Watch"\nrecipients = ["w@x.example"]\ntheme = "sanctions"\nsend_empty = true\n'
    with MailServer(SCENARIOS["ok"], context) as server:
        configure(server, LISTS + asking)
        assert run(["send", DAY]) == 0
    assert [line[4] for line in told(capsys)] == ["", "", "W_MAIL_NO_NEWS", ""]
    assert (server.copies("b@x.example"), server.copies("w@x.example")) == (1, 1)


@pytest.mark.slow
@pytest.mark.parametrize("step", ["dot", "data"])
def test_a_process_killed_in_the_middle_leaves_an_unknown_that_is_not_sent_again(step, context, capsys, desk):
    reached = threading.Event()

    def hanging(now: str, connection: int, address: str) -> str:
        if now == step and connection == 1:
            reached.set()
            return "hang"
        return ""

    with MailServer(Scenario(hanging, "kill", REJECT), context) as server:
        configure(server, '[[lists]]\nname = "One"\nrecipients = ["a@x.example"]\n')
        command = [sys.executable, "-m", "briefing", "send", DAY]
        with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}) as child:
            was_reached = reached.wait(60)
            child.send_signal(signal.SIGKILL)
        assert was_reached
        assert run(["send", DAY]) == NOT_ALL
        assert told(capsys)[0][0] == "unknown"
        assert run(["send", DAY]) == NOT_ALL
        assert server.copies("a@x.example") == (1 if step == "dot" else 0)
        assert run(["send", DAY, "--resend-unknown"]) == 0


# ---- a folder


def test_a_folder_gets_whole_files_once_and_a_changed_edition_when_asked(capsys, desk):
    channel = '[[channels]]\nname = "Share"\nkind = "folder"\naddress = "share"\ntheme = "sanctions"\n'
    configure(None, '[outputs]\nformats = ["json", "text"]\n' + channel)
    assert run(["send", DAY]) == 0
    assert told(capsys)[0][:3] == ["accepted", "Share", "sanctions"]
    files = sorted(str(path.relative_to("share")) for path in Path("share").rglob("*") if path.is_file())
    assert files == [f"{DAY}/digests/sanctions.email.txt"]
    Path("share", files[0]).write_text("touched", encoding="utf-8")
    assert run(["send", DAY]) == 0
    assert Path("share", files[0]).read_text(encoding="utf-8") == "touched"


def test_a_folder_that_cannot_be_written_is_named_and_tried_again(capsys, desk):
    configure(None, '[outputs]\nformats = ["text"]\n[[channels]]\nname = "Share"\nkind = "folder"\naddress = "share"\n')
    Path("share").write_text("a file", encoding="utf-8")
    assert run(["send", DAY]) == NOT_ALL
    assert told(capsys)[0][4] == "E_NOT_WRITABLE"
    Path("share").unlink()
    assert run(["send", DAY]) == 0
    assert Path("share", DAY, "email.txt").is_file()


# ---- webhook and chat


class Receiver(ThreadingHTTPServer):
    """A web server that keeps what it is sent and answers as it is told, last answer for ever."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int | str] = [200]
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        answers = self.server.answers
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if answer == "drop":
            self.close_connection = True
            return
        self.send_response(int(answer))
        if answer == 302:
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/other")
        self.end_headers()
        self.wfile.write(f"answer to {self.path}".encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def channel(kind: str, receiver: Receiver, *, private: bool = True) -> None:
    address = f"http://127.0.0.1:{receiver.server_port}/hooks/s3cret-path"
    lines = [f'[[channels]]\nname = "There"\nkind = "{kind}"\naddress = "{address}"\nprivate = {str(private).lower()}']
    configure(None, "\n".join([*lines, 'secret = "HOOK_KEY"' if kind == "webhook" else ""]))


def test_a_webhook_is_given_the_key_points_signed_with_one_id_on_each_attempt(receiver, monkeypatch):
    key = base64.b64encode(b"k" * 24).decode()
    monkeypatch.setenv("HOOK_KEY", f"whsec_{key}")
    receiver.answers = [503, 200]
    channel("webhook", receiver)
    assert run(["send", DAY]) == 0
    assert run(["send", DAY]) == 0
    assert len(receiver.got) == 2
    for headers, body in receiver.got:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        digest = hmac.new(b"k" * 24, signed, hashlib.sha256).digest()
        assert headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()
        assert headers["idempotency-key"] == headers["webhook-id"]
        assert headers["content-type"] == "application/json"
    assert receiver.got[0][0]["webhook-id"] == receiver.got[1][0]["webhook-id"]
    data = json.loads(receiver.got[0][1])["data"]
    e = ordinary()
    assert (data["day"], data["title"], data["correction"]) == (DAY, e.imprint.title, False)
    assert [point["text"] for point in data["key_points"]] == [p.sentence.text for p in e.key_points]
    assert data["sections"][0]["items"][0]["headline"] == e.stories[0].headline


def test_a_webhook_without_a_key_is_not_called(receiver, capsys):
    channel("webhook", receiver)
    assert run(["send", DAY]) == 2
    assert "HOOK_KEY" in capsys.readouterr().err
    assert receiver.got == []


@pytest.mark.parametrize(
    ("answers", "state", "calls"),
    [
        ([200], "accepted", 1),
        ([404], "refused", 1),
        ([302], "refused", 1),  # a redirect is not followed
        ([503], "deferred", 3),
        ([429, 200], "accepted", 2),
        ([500], "unknown", 1),  # it may have posted before it failed
        (["drop"], "unknown", 1),
    ],
)
def test_a_chat_is_posted_to_at_most_once_whatever_it_answers(answers, state, calls, receiver, capsys):
    receiver.answers = answers
    channel("chat", receiver)
    code = run(["send", DAY])
    said = capsys.readouterr()
    assert said.out.startswith(f"{state}\tThere\twhole edition\t")
    assert code == (0 if state == "accepted" else NOT_ALL)
    assert len(receiver.got) == calls
    receiver.answers = [200]
    run(["send", DAY])
    assert len(receiver.got) == calls + (state == "deferred")


def test_an_address_of_this_machine_is_posted_to_only_where_the_channel_says_so(receiver, capsys):
    channel("chat", receiver, private=False)
    assert run(["send", DAY]) == NOT_ALL
    out = capsys.readouterr().out
    assert "E_POST_REFUSED" in out
    assert "private = true" in out
    assert receiver.got == []


def test_the_path_of_a_chats_address_which_is_its_password_is_shown_nowhere(receiver, capsys):
    receiver.answers = [404]
    channel("chat", receiver)
    run(["send", DAY])
    run(["lists"])
    said = capsys.readouterr()
    assert "answer to /…" in said.out
    with open_store(read_settings()) as store:
        kept = repr(store.deliveries())
    assert "s3cret" not in said.out + said.err + kept


def test_articles_cannot_ping_or_link_in_a_chat():
    bad = (
        "@channel <!here> <@U1> @all ~town #tag <https://evil.example|look> [look](https://evil.example) "
        "![x](http://evil.example/x.png) www.evil.example evil.example mailto:a@evil.example\n> quoted & more"
    )
    e = ordinary()
    point = replace(e.key_points[0], sentence=replace(e.key_points[0].sentence, text=bad))
    sources = tuple(replace(s, outlet="@here|x>", url="https://news.example/a|b") for s in e.sources)
    message = json.loads(chat_body(replace(e, key_points=(point,), sources=sources)))
    line = message["text"].splitlines()[1]
    assert len(message["text"].splitlines()) == 2
    for trick in (
        "@c",
        "@a",
        "@h",
        "@e",
        "@U",
        "~t",
        "#t",
        "<!",
        "<@",
        "<https://evil",
        "](",
        "://evil",
        "l.example",
        "w.e",
    ):
        assert trick not in line.replace("https://news.example/", "")
    assert message["parse"] == "none"
    assert line.count("<") == line.count(">") == 1
    assert line.endswith("(<https://news.example/a%7Cb|@\u200bhere/x&gt;>)")
    shown = line.replace("\u200b", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert " ".join(bad.split()) in shown  # what is seen is what the source says


def test_a_chat_message_keeps_to_what_a_chat_takes():
    e = ordinary()
    long = replace(e.key_points[0], sentence=replace(e.key_points[0].sentence, text="word " * 150))
    text = json.loads(chat_body(replace(e, key_points=(long,) * 8)))["text"]
    assert 3_000 < len(text) <= 4_000
    shown = text.count("•")
    assert text.endswith(f"… {8 - shown} more items")

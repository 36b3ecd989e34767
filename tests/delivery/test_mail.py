"""Mail through a real server on loopback that fails in every way a server can: nobody twice, nobody lost in silence."""

from __future__ import annotations

import random
import socket
import ssl
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from types import SimpleNamespace

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from briefing.build.sending import Sent
from briefing.delivery import (
    MAIL,
    Digest,
    Handover,
    MailCarrier,
    Parcel,
    Password,
    Patience,
    Server,
    Wishes,
    deliver,
    plan,
)
from briefing.model import MailingList
from briefing.outputs.mail import addressed
from briefing.store import Store
from tests.hostile.mail import ACCEPT, REJECT, SCENARIOS, B, Fault, MailServer, Scenario, at, certified, well

DAY = date(2022, 2, 1)
NOW = datetime(2022, 2, 1, 6, 0, tzinfo=UTC)
EVERYBODY = ("a@x.example", B, "c@x.example")
SECRET = "correct horse battery"
QUICK = Patience(connect=2.0, reply=0.3, body=5.0, final=0.3, hold=0.02)
MESSAGE = (
    b"From: desk@y.example\r\nSubject: Briefing\r\nMessage-ID: <1@y.example>\r\n"
    b"Content-Type: text/plain\r\nMIME-Version: 1.0\r\n\r\n.A line that begins with a dot.\r\n" + b"News.\r\n" * 500
)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def context(authority: trustme.CA, in_memory: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The server's side of the encryption; this process trusts who issued its certificate."""
    authority.cert_pem.write_to_path(in_memory / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(in_memory / "authority.pem"))
    return certified(authority, "127.0.0.1")


@dataclass
class Desk:
    """Sends one digest to everybody, as often as it is told to, and remembers in a store."""

    path: Path
    to: Sequence[str] = EVERYBODY
    slept: list[float] = field(default_factory=list)
    patience: Patience = QUICK
    security: str = "starttls"
    waits: Sequence[float] = (7.0,)

    def send(self, server: MailServer, *, content: str = "c" * 64, **wishes: bool) -> Sent:
        with Store.open(self.path) as store:
            parcels = plan(
                DAY,
                {"": Digest(content, has_news=True)},
                [MailingList("Everybody", tuple(self.to))],
                (),
                log=store.deliveries(DAY),
                suppressed=store.suppressed(),
                domain="y.example",
                wishes=Wishes(**wishes),
            )
            carrier = MailCarrier(
                Server("127.0.0.1", server.port, self.security, "desk@y.example", "desk", Password(SECRET)),
                self.patience,
            )
            made = deliver(
                parcels,
                {MAIL: carrier},
                store,
                compose=composed,
                clock=lambda: NOW,
                sleep=self.slept.append,
                waits=self.waits,
            )
        return Sent(made)

    def states(self) -> dict[str, str]:
        with Store.open(self.path) as store:
            return {row.recipient: row.state for row in store.deliveries(DAY)}


def composed(parcel: Parcel) -> tuple[tuple[str, bytes], ...]:
    made = addressed(MESSAGE, recipient=parcel.address, message_id=parcel.delivery.message_id)
    return (("briefing.eml", made),)


@contextmanager
def mended(server: MailServer) -> Iterator[MailServer]:
    """The same server on a better day: what it took before counts on."""
    with MailServer(SCENARIOS["ok"], server.context, accepted=server.accepted) as other:
        yield other


def by_recipient(sent: Sent) -> dict[str, Handover]:
    return {handover.parcel.address: handover for handover in sent.handovers}


def check(desk: Desk, server: MailServer, sent: Sent) -> None:
    """Nobody got it twice, nobody was silently lost: the log and the report agree with what the server took."""
    told = by_recipient(sent)
    assert set(told) == set(desk.to)
    logged = desk.states()
    for address, handover in told.items():
        copies, state = server.copies(address), handover.outcome.state
        assert copies <= 1, f"{address} got it {copies} times"
        assert logged.get(address, "pending") == state or (state == "pending" and address not in logged)
        if state == "accepted":
            assert copies == 1, f"{address} is lost"
        elif state != "unknown":
            assert copies == 0, f"{address} has it, and the log says {state}"
            assert handover.outcome.code
    ids = [taken.message_id for taken in server.accepted]
    assert len(ids) == len(set(ids))


# ---- the scenarios


@pytest.mark.parametrize("name", SCENARIOS)
def test_whatever_the_server_does_nobody_gets_it_twice_or_is_silently_lost(name, context, in_memory):
    scenario = SCENARIOS[name]
    desk = Desk(in_memory / "store.sqlite", waits=())
    if name == "drop-mid-data":  # the server is on the same two cores: it may need a moment to hang up
        desk.patience, desk.waits = replace(QUICK, hold=0.5), (1.0,)
    with MailServer(scenario, context) as server:
        first = desk.send(server)
        check(desk, server, first)
        arrived = sum(h.outcome.state == "accepted" for h in first.handovers)
        assert first.complete == (scenario.expect == ACCEPT)
        assert (arrived == 0) == (scenario.expect == REJECT)
        assert not scenario.codes or set(scenario.codes) & set(first.codes), first.codes
        check(desk, server, desk.send(server))
        assert SECRET not in repr(first)
        with mended(server) as well_again:
            last = desk.send(well_again)
            check(desk, well_again, last)
            # What was refused or may have arrived waits for a person; everything else is there now.
            open_ones = [h for h in last.handovers if h.outcome.state not in ("accepted", "unknown", "refused")]
            assert open_ones == []


# ---- what people are told


@pytest.mark.parametrize("action", ["flood", "endless", "torrent"])
def test_a_reply_without_end_ends_at_its_size_and_not_at_its_time(action, context, in_memory):
    desk = Desk(in_memory / "store.sqlite", patience=Patience(reply=20.0))
    with MailServer(Scenario(at("greeting", action), "no end", REJECT), context) as server:
        assert desk.send(server).codes == ("E_MAIL_PROTOCOL",)


def test_a_refusal_stands_when_the_server_hangs_up_behind_it(context, in_memory):
    def leaving(step: str, connection: int, address: str) -> str:
        return {"dot": "554 spam", "rset": "drop"}.get(step, "")

    desk = Desk(in_memory / "store.sqlite")
    with MailServer(Scenario(leaving, "refuses and leaves", REJECT), context) as server:
        sent = desk.send(server)
        assert {h.outcome.state for h in sent.handovers} == {"refused"}
        check(desk, server, sent)


def test_a_message_too_large_is_named_with_its_size(context, in_memory):
    desk = Desk(in_memory / "store.sqlite")
    with MailServer(SCENARIOS["data-552"], context) as server:
        outcome = by_recipient(desk.send(server))["a@x.example"].outcome
    assert outcome.reply.startswith("552 The message has 3,")
    assert "too large" in outcome.reply


def test_a_server_that_says_how_much_it_takes_is_not_sent_more(context, in_memory):
    desk = Desk(in_memory / "store.sqlite", to=("a@x.example",))
    with MailServer(Scenario(well, "a limit", REJECT, features=("SIZE 1000",)), context) as server:
        outcome = by_recipient(desk.send(server))["a@x.example"].outcome
        assert not any(command.startswith("DATA") for command in server.heard)
    assert (outcome.state, outcome.code) == ("refused", "E_MAIL_REJECTED")
    assert "it takes 1,000 at most" in outcome.reply


def test_words_of_the_server_are_one_short_line_that_a_terminal_does_not_obey(context, in_memory):
    fault = at("rcpt", "550-\x1b[2Jone\r\n550 \u202etwo" + "x" * 900)
    desk = Desk(in_memory / "store.sqlite", to=("a@x.example",))
    with MailServer(Scenario(fault, "terminal codes", REJECT), context) as server:
        reply = by_recipient(desk.send(server))["a@x.example"].outcome.reply
    assert reply.startswith("550 [2Jone two")
    assert len(reply) <= 204
    assert reply.isprintable()


def test_a_server_that_repeats_the_password_does_not_bring_it_into_the_log(context, in_memory):
    plain = Password(SECRET).plain("desk")
    desk = Desk(in_memory / "store.sqlite", to=("a@x.example",))
    for step in ("auth", "rcpt"):
        fault = at(step, f"550 you said {plain} which is {SECRET}")
        with MailServer(Scenario(fault, "echo", REJECT), context) as server:
            sent = desk.send(server, retry_refused=True)
        assert "you said …" in repr(sent)
        assert SECRET not in repr(sent)
        assert plain not in repr(sent)
    data = desk.path.read_bytes()
    assert SECRET.encode() not in data
    assert plain.encode() not in data


def test_a_password_shows_itself_nowhere():
    password = Password(SECRET)
    server = Server("mail.example", 587, "starttls", "desk@y.example", "desk", password)
    assert SECRET not in f"{password} {password!r} {server} {server!r}"


# ---- encryption


def test_the_password_is_not_sent_when_the_offer_of_encryption_is_taken_out(context, in_memory):
    desk = Desk(in_memory / "store.sqlite")
    with MailServer(SCENARIOS["no-starttls"], context) as server:
        assert desk.send(server).codes == ("E_MAIL_TLS",)
        assert [command for command in server.heard if command.startswith(("AUTH", "MAIL"))] == []


def test_the_password_is_sent_encrypted_only(context, in_memory):
    desk = Desk(in_memory / "store.sqlite", to=("a@x.example",))
    with MailServer(SCENARIOS["ok"], context) as server:
        assert desk.send(server).complete
    verbs = [command.partition(" ")[0] for command in server.heard]
    assert verbs == ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]


def test_a_server_may_be_encrypted_from_the_first_byte(context, in_memory):
    desk = Desk(in_memory / "store.sqlite", security="tls")
    with MailServer(SCENARIOS["ok"], context, implicit=True) as server:
        assert desk.send(server).complete
        check(desk, server, desk.send(server))


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_another_name_ends_it_before_the_password(security, context, authority, in_memory):
    desk = Desk(in_memory / "store.sqlite", security=security)
    other = certified(authority, "elsewhere.example")
    with MailServer(SCENARIOS["ok"], other, implicit=security == "tls") as server:
        sent = desk.send(server)
        assert sent.codes == ("E_MAIL_TLS",)
        assert "127.0.0.1" in by_recipient(sent)["a@x.example"].outcome.reply
        assert not any(command.startswith("AUTH") for command in server.heard)


def test_a_certificate_nobody_vouches_for_ends_it_before_the_password(context, in_memory):
    desk = Desk(in_memory / "store.sqlite")
    with MailServer(SCENARIOS["ok"], certified(trustme.CA(), "127.0.0.1")) as server:
        assert desk.send(server).codes == ("E_MAIL_TLS",)
        assert not any(command.startswith("AUTH") for command in server.heard)


def test_what_is_slipped_in_before_the_encryption_is_not_taken_for_encrypted(context, in_memory):
    desk = Desk(in_memory / "store.sqlite")
    with MailServer(Scenario(at("starttls", "220 go\r\n250 slipped in"), "injection", REJECT), context) as server:
        assert desk.send(server).codes == ("E_MAIL_TLS",)


# ---- what arrives


def test_each_recipient_gets_the_whole_message_to_themselves_alone(context, in_memory):
    desk = Desk(in_memory / "store.sqlite")
    with MailServer(SCENARIOS["no-8bit"], context) as server:
        assert desk.send(server).complete
    for taken, address in zip(server.accepted, EVERYBODY, strict=True):
        assert taken.recipients == (address,)
        assert taken.sender == "desk@y.example"
        read = message_from_bytes(taken.message, policy=SMTP)
        assert read["To"] == address
        assert taken.message.count(b"@x.example") == 1
        assert taken.message.partition(b"\r\n\r\n")[2] == MESSAGE.partition(b"\r\n\r\n")[2]
    assert server.connections == 1


def test_the_name_of_this_machine_is_not_told(context, in_memory):
    desk = Desk(in_memory / "store.sqlite")
    with MailServer(SCENARIOS["ok"], context) as server:
        desk.send(server)
    assert {command for command in server.heard if command.startswith("EHLO")} == {"EHLO y.example"}


# ---- again


def test_a_deferred_one_is_tried_again_in_the_run_with_the_same_message_id(context, in_memory):
    seen: list[str] = []

    def once(step: str, connection: int, address: str) -> str:
        if (step, address) != ("rcpt", B):
            return ""
        seen.append(address)
        return "451 greylisted" if len(seen) == 1 else ""

    desk = Desk(in_memory / "store.sqlite")
    with MailServer(Scenario(once, "greylisting", ACCEPT), context) as server:
        sent = desk.send(server)
        assert sent.complete
        assert by_recipient(sent)[B].attempts == 2
        check(desk, server, sent)
    assert desk.slept == [7.0]
    with Store.open(desk.path) as store:
        rows = {row.recipient: row for row in store.deliveries(DAY)}
    assert rows[B].attempts == 2
    assert {row.message_id for row in rows.values()} == {taken.message_id for taken in server.accepted}


def test_an_unknown_outcome_is_sent_again_only_when_a_person_asks(context, in_memory):
    desk = Desk(in_memory / "store.sqlite", to=("a@x.example",))
    with MailServer(SCENARIOS["drop-after-dot"], context) as server:
        desk.send(server)
        assert by_recipient(desk.send(server))["a@x.example"].outcome.state == "unknown"
        assert server.copies("a@x.example") == 1
        assert desk.send(server, resend_unknown=True).complete
        assert desk.send(server, resend_unknown=True).complete
    assert server.copies("a@x.example") == 2
    assert len({taken.message_id for taken in server.accepted}) == 1  # a mail program shows the two as one


def test_a_refused_recipient_is_tried_again_only_when_a_person_asks(context, in_memory):
    desk = Desk(in_memory / "store.sqlite")
    with MailServer(SCENARIOS["rcpt-one-550"], context) as server:
        desk.send(server)
        asked = server.heard.count(f"RCPT TO:<{B}>")
        desk.send(server)
        assert server.heard.count(f"RCPT TO:<{B}>") == asked == 1
        with mended(server) as well_again:
            assert desk.send(well_again, retry_refused=True).complete
    assert [server.copies(address) for address in EVERYBODY] == [1, 1, 1]


def test_a_server_that_hangs_after_each_message_is_given_up_after_two(context, in_memory):
    desk = Desk(in_memory / "store.sqlite", to=tuple(f"r{n}@x.example" for n in range(9)))
    with MailServer(Scenario(at("dot", "hang"), "hangs", REJECT), context) as server:
        states = Counter(h.outcome.state for h in desk.send(server).handovers)
    assert states == {"unknown": 2, "pending": 7}


def test_what_somebody_asked_not_to_be_sent_while_the_run_goes_on_is_not_sent(context, in_memory):
    desk = Desk(in_memory / "store.sqlite")

    def objecting(step: str, connection: int, address: str) -> str:
        if (step, address) == ("dot", "a@x.example"):
            with Store.open(desk.path) as store:
                store.suppress("C@x.example", "asked on the phone")
        return ""

    with MailServer(Scenario(objecting, "objection", ACCEPT), context) as server:
        sent = desk.send(server)
    assert by_recipient(sent)["c@x.example"].outcome.state == "suppressed"
    assert [server.copies(address) for address in EVERYBODY] == [1, 1, 0]


def test_another_mail_server_takes_every_byte(authority, context, in_memory):
    took: list[bytes] = []

    class Taking:
        async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802
            took.append(envelope.original_content)
            return "250 ok"

    def known(server: object, session: object, envelope: object, mechanism: str, login: LoginPassword) -> AuthResult:
        return AuthResult(success=(login.login, login.password) == (b"desk", SECRET.encode()))

    how = {"tls_context": context, "require_starttls": True, "authenticator": known, "auth_required": True}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Taking(), hostname="127.0.0.1", port=port, **how)
    controller.start()
    try:
        desk = Desk(in_memory / "store.sqlite", to=("a@x.example",))
        sent = desk.send(SimpleNamespace(port=port))
    finally:
        controller.stop()
    assert sent.complete
    ((_, message),) = composed(sent.handovers[0].parcel)
    assert took == [message]


# ---- schedules of faults

FAULTS = {
    "greeting": ("421 busy", "drop", "554 no"),
    "ehlo": ("421 busy", "drop"),
    "auth": ("454 later", "drop"),
    "mail": ("451 later", "421 closing", "drop", "550 no"),
    "rcpt": ("451 later", "550 no such user", "421 closing", "drop"),
    "data": ("451 later", "554 no", "drop"),
    "body": ("drop",),
    "dot": ("451 later", "554 spam", "drop", "hang", "421 closing", "250-and more", "what?"),
}


def schedule(chance: random.Random) -> Fault:
    """At one step in five something goes wrong, whichever it is."""

    def fault(step: str, connection: int, address: str) -> str:
        return chance.choice(FAULTS[step]) if step in FAULTS and chance.random() < 0.2 else ""

    return fault


def survive(seed: int, context: ssl.SSLContext, folder: Path) -> None:
    desk = Desk(folder / f"{seed}.sqlite", patience=replace(QUICK, reply=0.2, final=0.2))
    with MailServer(Scenario(schedule(random.Random(seed)), "chance", REJECT), context) as server:
        for _ in range(3):
            check(desk, server, desk.send(server))
        with mended(server) as well_again:
            last = desk.send(well_again)
            check(desk, well_again, last)
    assert {h.outcome.state for h in last.handovers} <= {"accepted", "unknown", "refused"}


@pytest.mark.parametrize("seed", range(3))
def test_a_schedule_of_faults_over_several_runs_sends_nobody_two_and_loses_nobody(seed, context, in_memory):
    survive(seed, context, in_memory)


@pytest.mark.slow
def test_hundreds_of_schedules_of_faults_do_the_same(context, in_memory):
    for seed in range(1000, 1300):
        survive(seed, context, in_memory)

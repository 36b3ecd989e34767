"""Seven mornings: sources that die, move, cut teasers and change; two edited drafts, a gap, a wrong password."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
import trustme

from briefing.build import load_edition, prove_stored
from briefing.build.daily import Round
from briefing.build.desk_store import open_store
from briefing.model import Edition
from briefing.outputs.mail import message as message_module
from tests.build.mornings import EDITED, FORMATS, MORNINGS, Desk, RealWeb, Web
from tests.hostile.mail import SCENARIOS, MailServer, certified
from tests.paths import development


@pytest.fixture
def context(here: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(here / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(here / "authority.pem"))
    monkeypatch.setenv("DESK_PASSWORD", "correct horse battery")
    return certified(authority, "127.0.0.1")


@pytest.mark.slow
def test_seven_mornings_are_proved_signed_and_sent_at_the_first_try(
    here: Path, context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_module, "engine_problem", lambda: "not wanted here")
    with reading(Web()) as web:
        seven_mornings(Desk(here, web), context)


@pytest.mark.slow
@pytest.mark.development
@pytest.mark.parametrize("formats", [FORMATS, (*FORMATS, "pdf")], ids=["without PDF", "with PDF"])
def test_so_are_seven_mornings_of_real_articles(
    here: Path, context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, formats: tuple[str, ...]
) -> None:
    """40 articles a day, as `bench/editions.py` of the development data deals them."""
    if "pdf" not in formats:
        monkeypatch.setattr(message_module, "engine_problem", lambda: "not wanted here")
    script = development("bench", "editions.py")
    subprocess.run([sys.executable, str(script), str(here / "days")], check=True, timeout=120)
    files = sorted((here / "days" / "desk").glob("*/day.jsonl"))
    mornings = [[json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] for file in files]
    with reading(RealWeb(mornings)) as web:
        seven_mornings(Desk(here, web, formats), context)


@contextmanager
def reading(web: Web) -> Iterator[Web]:
    try:
        yield web
    finally:
        web.server.shutdown()
        web.server.server_close()


def seven_mornings(desk: Desk, context: ssl.SSLContext) -> None:
    """Go through the mornings; each must be proved and sent at the first try, and nobody be sent anything twice."""
    web = desk.web
    mailed: Counter[tuple[str, date]] = Counter()
    printed: dict[date, Edition] = {}
    for day in MORNINGS:
        web.day = day
        desk.moment = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
        with MailServer(SCENARIOS["auth-535"], context) as server:
            settings = desk.settings(server.port)
            with open_store(settings) as store:
                turn = desk.turn(store, settings)
                turn.gather()
                if day in EDITED:
                    desk.draft(store, settings)
                printed[day] = made(turn)
                if day == MORNINGS[3]:
                    refused = turn.send(printed[day], environment=os.environ, sleep=lambda _: None)
                    assert refused
                    assert refused.codes == ("E_MAIL_AUTH",)
        with MailServer(SCENARIOS["ok"], context) as server:
            settings = desk.settings(server.port)
            with open_store(settings) as store:
                turn = desk.turn(store, settings)
                for again in (False, True):
                    sent = turn.send(made(turn), environment=os.environ, sleep=lambda _: None)
                    assert sent
                    assert sent.complete, (day, again, sent.codes)
        mailed.update((str(message_from_bytes(m.message, policy=default)["To"]), day) for m in server.accepted)
    assert mailed == Counter({(f"{who}@x.example", day): 1 for who in "abc" for day in MORNINGS})
    assert {day for day, edition in printed.items() if edition.signed} == set(EDITED)
    # The one correction is the storm's figure, on the first morning after it was put right, and no other.
    corrected = {day: edition.corrections for day, edition in printed.items() if edition.corrections}
    assert list(corrected) == [MORNINGS[3]]
    assert all("fourteen boats" in c.old.text for c in corrected[MORNINGS[3]])
    with open_store(settings) as store:
        for day in MORNINGS:
            edition = load_edition(desk.out / str(day) / "briefing.json")
            assert edition == printed[day]
            proof = prove_stored(edition, store, settings, folder=desk.out / str(day))
            assert proof.findings == (), day


def made(turn: Round) -> Edition:
    """The edition of the day, proved, nothing of it left out."""
    found = turn.make()
    assert found.ok, found.proof and found.proof.findings
    assert found.left_out == (), turn.day
    assert found.edition
    return found.edition

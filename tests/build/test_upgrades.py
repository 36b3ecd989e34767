"""Editions stay proved after an upgrade that cleans, splits or reads otherwise. All texts are invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from briefing.build import build_edition, keep_built, make_edition, prove_stored, render, verify
from briefing.build.daily import THERE, WRITTEN, Round
from briefing.build.desk_store import clean_collected
from briefing.cli import run
from briefing.model import CitedSentence, DateClue, Edition, Input, RawArticle, Receipt
from briefing.settings import Settings
from briefing.stages.clean import articles as cleaning
from briefing.stages.clean.boilerplate import RuleHit
from briefing.store import Store
from tests.editions import imprinted
from tests.paths import SEEDS

DAY = date(2026, 3, 2)
NOTICE = "The ferry company Norvane Lines cancelled all 40 crossings to the island of Skerrin until Wednesday."
TITLE = "Ferry Aurelia halted by storm"
TEXT = (
    "The harbour ferry Aurelia was halted on Monday after storm waves tore away its bow ramp near Tarnholt.\n"
    f"{NOTICE}\n"
    "Harbour master Ines Calder said that 14 passengers were taken off by a pilot boat before noon.\n"
    "“We shall not sail before the ramp is mended,” Calder said."
)


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """What makes the program another version, which takes a notice for boilerplate."""

    def upgrade() -> None:
        rule = cleaning.hit("Share this article")
        assert rule is not None

        def hit(line: str) -> RuleHit | None:
            return rule if line == NOTICE else None

        monkeypatch.setattr(cleaning, "hit", hit)
        for module in ("proving", "rereading", "configured", "daily"):
            monkeypatch.setattr(f"briefing.build.{module}.program_version", lambda: "0.2.0+000000000000")

    return upgrade


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    there = tmp_path / "in"
    there.mkdir()
    (there / "ferry.txt").write_text(f"{TITLE}\nPublished: 2 March 2026\n\n{TEXT}\n", encoding="utf-8")
    (there / "light.txt").write_text(
        "New keeper of the light\nPublished: 2 March 2026\n\nJonas Velt was named keeper of the Skarn light. "
        "He has served on the pilot boat for eleven years.\n",
        encoding="utf-8",
    )
    return there


def forged(edition: Edition, old: str, new: str) -> Edition:
    """The edition with words of a printed sentence replaced, its receipt made for the new ones."""

    def changed(sentence: CitedSentence) -> CitedSentence:
        text, r = sentence.text.replace(old, new), sentence.receipt
        return replace(sentence, text=text, receipt=Receipt.made(r.article_id, r.start, r.end, text, r.of))

    sections = tuple(
        replace(s, stories=tuple(replace(t, summary=tuple(map(changed, t.summary))) for t in s.stories))
        for s in edition.sections
    )
    return replace(edition, sections=sections)


def test_an_edition_of_files_is_proved_by_its_words_after_an_upgrade_that_cleans_otherwise(
    folder: Path, upgraded: Callable[[], None]
) -> None:
    edition = make_edition(folder, day=DAY)
    assert any("14 passengers" in s.text for _, s in edition.walk())
    upgraded()
    proof = verify(edition, folder)
    assert proof.findings == ()
    assert proof.read_otherwise != ()
    again = verify(make_edition(folder, day=DAY), folder)  # what the new version makes is proved to the letter
    assert (again.findings, again.read_otherwise) == ((), ())


def test_the_same_differences_are_findings_where_the_same_program_made_it(
    folder: Path, upgraded: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = make_edition(folder, day=DAY)
    upgraded()
    monkeypatch.setattr("briefing.build.rereading.program_version", lambda: edition.imprint.program)
    assert any("is not among the sources given" in one.problem for one in verify(edition, folder).findings)


@pytest.mark.parametrize(
    "change",
    [
        lambda e: forged(e, "14 passengers", "40 passengers"),
        lambda e: forged(e, "said that", "denied that"),
        lambda e: replace(e, sources=tuple(replace(s, outlet="The Brenn Gazette") for s in e.sources)),
        lambda e: replace(e, sources=tuple(replace(s, url="https://other.example/1") for s in e.sources)),
        lambda e: replace(e, ledger=e.ledger[1:]),
        lambda e: replace(e, ledger=(*e.ledger, replace(e.ledger[0], input="more.txt"))),
    ],
    ids=["figure", "verb", "outlet", "address", "input hidden", "input invented"],
)
def test_whoever_claims_another_version_can_invent_nothing(
    folder: Path, upgraded: Callable[[], None], change: Callable[[Edition], Edition]
) -> None:
    edition = make_edition(folder, day=DAY, settings=Settings.model_validate({"limits": {"length": "full"}}))
    assert change(edition) != edition
    upgraded()
    assert verify(edition, folder).ok
    assert not verify(change(edition), folder).ok


def test_whoever_claims_another_version_gives_nobody_elses_name_to_a_statement(sample: Edition) -> None:
    older = imprinted(sample, program="0.0.9")
    first = sample.statements[0]
    named = replace(older, statements=(replace(first, speaker="Odile Brandt"), *older.statements[1:]))
    assert verify(older, [SEEDS]).ok
    assert {f.place for f in verify(named, [SEEDS]).findings} == {"statement 1", "program"}


def collected(store: Store, day: date, text: str = TEXT) -> datetime:
    at = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    url = "https://observer.example/ferry"
    dates = (DateClue(f"{day}T04:00:00Z", "metadata"),)
    raw = RawArticle(f"Observer/{url}", text, "html", title=TITLE, outlet="The Observer", url=url, dates=dates)
    store.add("Observer", [Input(raw.input, (raw,))], seen=at)
    clean_collected(store, Settings(), today=day)
    return at + timedelta(minutes=5)


def test_an_edition_of_the_store_is_proved_after_the_upgrade_and_corrects_nothing_the_next_day(
    tmp_path: Path, upgraded: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = cleaning.hit
    with Store.open(tmp_path / "s") as store:
        now = collected(store, DAY)
        built = build_edition(Settings(), (), store, day=DAY, now=now)
        keep_built(store, Settings(), built, now=now)
        assert any(sentence.text == NOTICE for _, sentence in built.edition.walk())
        upgraded()
        assert plain is not cleaning.hit
        assert prove_stored(built.edition, store, Settings()).findings == ()
        today = build_edition(Settings(), (), store, day=DAY + timedelta(1), now=now + timedelta(1))
        assert today.edition.corrections == ()  # the page still says it; this version does not read it as news
        later = collected(store, DAY + timedelta(1), TEXT.replace("14 passengers", "19 passengers"))
        changed = build_edition(Settings(), (), store, day=DAY + timedelta(1), now=later)
        assert ["14 passengers" in c.old.text for c in changed.edition.corrections] == [True]


def test_the_round_after_an_upgrade_renders_the_files_anew_and_sends_what_was_signed(
    tmp_path: Path, upgraded: Callable[[], None]
) -> None:
    settings = Settings.model_validate({"outputs": {"formats": ["json", "text"]}})
    with Store.open(tmp_path / "s") as store:
        now = collected(store, DAY)
        turn = Round(store, settings, tmp_path / "out", DAY, lambda: now)
        before = turn.make()
        assert before.ok
        assert (turn.make().how, turn.make().ok) == (THERE, True)
        upgraded()
        mail = tmp_path / "out" / DAY.isoformat() / "email.txt"
        mail.write_text(mail.read_text(encoding="utf-8").replace("Single source", "Where it is from"), encoding="utf-8")
        after = turn.make()
        assert (after.how, after.ok, after.edition) == (WRITTEN, True, before.edition)
        assert "Where it is from" not in mail.read_text(encoding="utf-8")


def test_verify_tells_what_it_reads_otherwise_and_leaves_with_0(
    folder: Path, tmp_path: Path, upgraded: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    issue = render(make_edition(folder, day=DAY), tmp_path / "out", formats=["json"])[0]
    upgraded()
    assert run(["verify", str(issue), "--sources", str(folder)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "Another version of the program" in said.err
    assert "is not among the sources given: ferry.txt" in said.err

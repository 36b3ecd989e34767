"""Two editors at one draft, their acts in any order: nothing acknowledged is lost, and what is signed can be sent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from briefing.build.desk import Desk
from briefing.build.desk.results import Done, ItemLine, Refused
from briefing.build.persistence import inputs_of
from briefing.build.provable import provable
from briefing.build.publishing import signed_off
from briefing.build.rereading import given_of
from briefing.model import Edition
from briefing.model.acts import Act, LoggedAct, span_of
from briefing.outputs.issue import issue_bytes, parse_edition
from briefing.settings import read_settings
from briefing.stages.proof import Given, verify_edition
from briefing.store import Store
from tests.build.desk.rounds import DAY, MADE, Clock, desk_with_articles

EDITORS = ("Mirela Osk", "Jon Ask")


@dataclass
class Editor:
    """Somebody at a desk of his own, who has seen the draft as it was some acts ago."""

    name: str
    desk: Desk
    seen: int = 0

    def act(self, random: Random) -> Done | Refused:
        """Do something to what is on the board, or take something back."""
        if random.random() < 0.5:
            self.seen = self.desk.board().version
        if random.random() < 0.1:
            return self.desk.undo(editor=self.name)
        return self.desk.act(any_act(self.desk, random), editor=self.name, based_on=self.seen)


def any_act(desk: Desk, random: Random) -> Act:
    board = desk.board()
    items = [item for section in board.sections for item in (*section.items, *section.dropped)]
    item, themes = random.choice(items), [section.theme for section in board.sections]
    made = {
        "drop": Act("drop", story=item.key),
        "keep": Act("keep", story=item.key),
        "hold": Act("hold", story=item.key),
        "pin": Act("pin", story=item.key),
        "review": Act("review", story=item.key),
        "note": Act("note", story=item.key, text="Ask again."),
        "title": Act("title", "item", story=item.key, text=f"Ours {random.randint(1, 9)}"),
        "line": Act("line", "item", story=item.key, text="More tomorrow."),
        "cover": Act("line", "cover", text="Read all of it."),
        "move": Act("move", story=item.key, theme=random.choice(themes)),
        "unchanged": Act("drop unchanged"),
        "back": Act("take back", number=random.randint(1, board.version + 1)),
        "sentence": on_a_sentence(board.edition, item, random),
    }
    return made[random.choice(sorted(made))]


def on_a_sentence(edition: Edition, item: ItemLine, random: Random) -> Act:
    """Drop a sentence of an item, or make it a key point; of an item that is not printed, keep it."""
    printed = {story.number: story for story in edition.stories}
    story = printed.get(item.number)
    if story is None or not story.summary or story.headline not in (item.headline, item.retitled):
        return Act("keep", story=item.key)
    span = span_of(random.choice(story.summary).receipt)
    return Act(random.choice(("drop", "point", "no point")), "item", story=item.key, spans=(span,))


@contextmanager
def editors(folder: Path, clock: Clock) -> Iterator[list[Editor]]:
    settings = read_settings(folder / "briefing.toml")
    with Store.open(folder / "briefing.sqlite") as one, Store.open(folder / "briefing.sqlite") as two:
        desks = [Desk(store, settings, folder / "out", DAY, clock=clock) for store in (one, two)]
        yield [Editor(name, desk) for name, desk in zip(EDITORS, desks, strict=True)]


@dataclass
class Before:
    """A desk with its draft, and what the proof compares with."""

    folder: Path
    given: Given


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Before:
    folder = tmp_path_factory.mktemp("before")
    with desk_with_articles(folder) as desk:
        desk.build()
        state = desk.state()
        inputs = inputs_of(state.draft, desk.store, desk.settings, state.stored.made)
        return Before(folder, given_of(inputs, state.draft))


def check(seed: int, before: Before, folder: Path) -> None:
    random = Random(seed)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(before.folder, folder)
    with editors(folder, Clock(MADE)) as both:
        kept: list[tuple[str, int, Act]] = []
        for _ in range(random.randint(2, 14)):
            editor = random.choice(both)
            done = editor.act(random)
            if isinstance(done, Done):
                kept.append((editor.name, done.version, done.act))
        log = both[0].desk.store.acts(DAY)
        assert list(map(told, log)) == kept, seed
        assert both[1].desk.store.acts(DAY) == log
        issues = {issue_bytes(editor.desk.state().signed(signed_off("Mirela Osk", MADE))) for editor in both}
        assert len(issues) == 1, seed
        edition = parse_edition(issues.pop(), "the edition")
        proved = provable(edition, lambda tried: verify_edition(tried, before.given.articles, before.given))
        assert proved.ok, (seed, proved.proof.findings)
        assert proved.left_out == (), (seed, proved.left_out)


def told(entry: LoggedAct) -> tuple[str, int, Act]:
    return entry.editor, entry.number, entry.act


def test_what_two_editors_do_in_turns_is_kept_and_proved(before: Before, tmp_path: Path) -> None:
    for seed in range(20):
        check(seed, before, tmp_path / "desk")


@pytest.mark.slow
def test_so_it_is_in_a_thousand_orders(before: Before, tmp_path: Path) -> None:
    for seed in range(1_000):
        check(seed, before, tmp_path / "desk")

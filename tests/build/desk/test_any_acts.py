"""Whatever acts an editor does, in any order: what comes of them is proved, and can be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from random import Random

import pytest

from briefing.build.configured import imprint_of, work_of
from briefing.build.drafts.candidates import Candidates
from briefing.build.flow import made_up, material_of
from briefing.build.rereading import given_of
from briefing.model import CitedSentence, Edition, Memory, SignOff
from briefing.model.acts import Act, Span, span_of, story_key
from briefing.settings import Settings
from briefing.sources import read_inputs
from briefing.stages.proof import Given, verify_edition
from briefing.stages.sheet import apply
from tests.days import SECOND, second_morning
from tests.paths import SEEDS
from tests.stages.sheet.drawing_acts import sheet_acts

SIGNED = SignOff("Mirela Osk", datetime(2022, 2, 1, 5, 40, tzinfo=UTC))


@dataclass
class Day:
    """A draft of real articles, with all that its stories could print."""

    draft: Edition
    given: Given
    earlier: Mapping[date, Edition]
    pool: Mapping[int, tuple[CitedSentence, ...]]  # number of the item →


@cache
def a_day(second: bool) -> Day:
    before, inputs, memory = second_morning() if second else ((), tuple(read_inputs([SEEDS])), Memory())
    settings = Settings()
    imprint = imprint_of(settings, SECOND if second else date(2022, 2, 1))
    material = material_of(inputs, imprint, settings, work_of(settings), memory=memory)
    draft = replace(made_up(material, imprint, settings), draft=True)
    found = Candidates(material, draft)
    pool = {story.number: tuple(one.cited for one in found.of(story)) for story in draft.stories}
    return Day(draft, given_of(inputs, draft), {edition.day: edition for edition in before}, pool)


def any_acts(day: Day, random: Random) -> tuple[Act, ...]:
    """Acts of every kind that a draft takes, those of the sheet among them."""
    acts: list[Act] = []
    for _ in range(random.randint(1, 5)):
        acts += sheet_acts(day.draft, random, most=3)
        story = random.choice(day.draft.stories)
        key, pool = story_key(story), day.pool[story.number]
        new = [span_of(c.receipt) for c in random.sample(pool, min(2, len(pool)))]
        old = [span_of(c.receipt) for c in story.summary]
        acts += [Act("add", story=key, spans=(span,)) for span in new[:1]]
        if old and new:
            acts.append(Act("swap", story=key, spans=(random.choice(old), new[-1])))
        sections = [s for s in day.draft.sections if s.passages]
        if sections:
            home, to = random.choice(sections), random.choice(day.draft.sections)
            span = span_of(random.choice(home.passages).sentences[0].receipt)
            acts.append(Act("move passage", "passages", theme=home.theme, themes=(to.theme,), spans=(span,)))
    random.shuffle(acts)
    return tuple(acts)


def check(seed: int) -> None:
    day, random = a_day(bool(seed % 2)), Random(seed)
    candidates: dict[Span, CitedSentence] = {span_of(c.receipt): c for several in day.pool.values() for c in several}
    acts = any_acts(day, random)
    edition = apply(day.draft, acts, SIGNED, candidates).edition
    proof = verify_edition(edition, day.given.articles, day.given, day.earlier)
    assert proof.ok, (seed, proof.findings, acts)
    for section in edition.sections[:1]:
        assert edition.only(section.theme).scope == section.theme


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_what_comes_of_any_acts_is_proved(first: int) -> None:
    for seed in range(first, first + 20):
        check(seed)


@pytest.mark.slow
def test_what_comes_of_a_thousand_random_lists_is_proved() -> None:
    for seed in range(1_000):
        check(seed)

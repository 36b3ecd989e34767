"""An editor's acts and the edits of a sheet are one: the same issue file comes of both."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest

from briefing.model import Edition, SignOff
from briefing.model.acts import act_data, act_of
from briefing.outputs.issue import issue_bytes
from briefing.stages.sheet import acts_of, apply, apply_edits, read_sheet, replay, write_sheet
from tests.stages.sheet.drawing_acts import drafts, sheet_acts

SIGNED = SignOff("Mirela Osk", datetime(2022, 2, 1, 5, 40, tzinfo=UTC))
DRAFTS = list(drafts())


def by_sheet(draft: Edition, text: str) -> Edition:
    edits, mistakes = read_sheet(draft, text)
    assert mistakes == (), [(m, text.split("\n")[m.line - 1]) for m in mistakes]
    return apply_edits(draft, edits, SIGNED)


@pytest.mark.parametrize("seed", range(200))
def test_the_same_acts_by_sheet_and_by_desk_give_the_same_issue_file(seed: int) -> None:
    random = Random(seed)
    draft = DRAFTS[seed % len(DRAFTS)]
    acts = sheet_acts(draft, random)
    done = issue_bytes(apply(draft, acts, SIGNED).edition)
    text = write_sheet(draft, replay(draft, acts).edits)
    assert issue_bytes(by_sheet(draft, text)) == done
    # What was done on the sheet becomes acts, which do it again: from nothing, and from half way.
    edits, _ = read_sheet(draft, text)
    assert issue_bytes(apply(draft, acts_of(draft, edits), SIGNED).edition) == done
    first = acts[: random.randint(0, len(acts))]
    rest = acts_of(draft, edits, replay(draft, first).edits)
    assert issue_bytes(apply(draft, (*first, *rest), SIGNED).edition) == done


def test_acts_are_the_same_after_the_log(  # as JSON
) -> None:
    for seed in range(50):
        for act in sheet_acts(DRAFTS[seed % len(DRAFTS)], Random(seed)):
            assert act_of(act_data(act)) == act

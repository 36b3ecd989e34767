"""What makes two reports of one form two events, and one event told in two ways one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.model import Article
from briefing.stages.stories import group_stories

CASES = Path(__file__).parent / "stories"


def pairs(file: str) -> Iterator[tuple[str, Article, Article]]:
    """Yield the cases of a file: what they are about, and two articles."""
    for block in (CASES / file).read_text(encoding="utf-8").strip().split("\n\n"):
        name, *lines = block.split("\n")
        one, other = (article(lines[n], lines[n + 1]) for n in (0, 2))
        yield name.removeprefix("# "), one, other


def article(head: str, body: str) -> Article:
    day, title = head.split(" | ")
    published = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    return Article.from_text(body, title=title, published=published, language="en")


@pytest.mark.parametrize(("about", "one", "other"), list(pairs("twins.txt")))
def test_reports_of_one_form_on_two_events_are_two_stories(about: str, one: Article, other: Article) -> None:
    assert len(group_stories([one, other])) == 2


@pytest.mark.parametrize(("about", "one", "other"), list(pairs("rewordings.txt")))
def test_one_event_told_in_other_words_is_one_story(about: str, one: Article, other: Article) -> None:
    assert len(group_stories([one, other])) == 1

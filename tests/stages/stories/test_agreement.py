"""How far two articles agree as reports: ledes, quotations, and explainers beside reports."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from briefing.model import Article
from briefing.stages.stories import follow_stories, group_stories
from briefing.stages.stories.agreement import ANNOUNCED, EXPLAINED, QUOTED, Agreement
from briefing.stages.stories.evidence import EvidenceReader
from briefing.stages.stories.texts import Texts, Wordbook
from briefing.text.aliases import default
from briefing.text.languages import language

EN = language("en")
STRANDED = (
    "The night ferry Halvard ran aground off Skelby harbour on Sunday and 214 passengers were taken off by lifeboat. "
    "The coastguard said the engine failed two miles from the pier."
)
RESCUED = (
    "Lifeboats took 214 passengers off the night ferry Halvard on Sunday after it ran aground near Skelby harbour. "
    "Divers are to look at the hull, the coastguard said."
)
OWNER = (
    "Norrlinje has sailed to the islands for ninety years and employs four hundred people in three towns. "
    "Its night ferry Halvard was built in 1988, and the company ordered a second one last spring."
)
QUOTE = " “We heard the keel tear open like a tin under the table where we sat,” said Ane Holm."


def article(body: str, title: str = "", day: int = 2) -> Article:
    return Article.from_text(body, title=title, published=datetime(2026, 3, day, 9, tzinfo=UTC), language="en")


def factor(one: Article, other: Article) -> float:
    texts = Texts.of([one, other], Wordbook(default()))
    evidence = [EvidenceReader(EN, default()).read(a) for a in (one, other)]
    rarities = np.array([float(len(word) > 3) * 4 for word in texts.words])
    return Agreement(texts, rarities, evidence).between(0, 1)


def test_two_ledes_that_say_one_thing_count_more_than_two_that_do_not() -> None:
    assert factor(article(STRANDED), article(RESCUED)) > 1.2 * factor(article(STRANDED), article(OWNER))


def test_what_two_reports_quote_alike_raises_them() -> None:
    first, second = f"{STRANDED} {OWNER}", f"{RESCUED} {OWNER}"
    plain = factor(article(first), article(second))
    assert factor(article(first + QUOTE), article(second + QUOTE)) == pytest.approx(plain * QUOTED)
    assert factor(article(first + QUOTE), article(second)) == pytest.approx(plain)


@pytest.mark.parametrize(
    "title", ["Halvard will be towed on Friday", "Ferry expected to reach Skelby today", "Salvors set to lift Halvard"]
)
def test_an_announcement_is_less_like_a_report_than_another_report(title: str) -> None:
    report, other = article(STRANDED, "Ferry runs aground off Skelby"), article(RESCUED, "Passengers off the Halvard")
    announced = article(RESCUED, title)
    assert factor(report, announced) == pytest.approx(factor(report, other) * ANNOUNCED)
    assert factor(announced, article(STRANDED, "Halvard is to be towed, and will be sold")) == pytest.approx(
        factor(report, other)
    )


@pytest.mark.parametrize("title", ["What the Halvard's wreck means", "Is the Halvard safe?", "Ferry law explained"])
def test_an_explainer_is_less_like_a_report_than_another_report(title: str) -> None:
    report, other = article(STRANDED, "Ferry runs aground off Skelby"), article(RESCUED, "Passengers off the Halvard")
    explainer = article(RESCUED, title)
    assert factor(report, explainer) == pytest.approx(factor(report, other) * EXPLAINED)
    assert factor(explainer, explainer) == pytest.approx(factor(other, other))


def test_an_explainer_of_the_next_day_is_no_next_step_where_a_report_is() -> None:
    body = (
        "The hull of the ferry Halvard, which ran aground off Skelby harbour, was towed to Tarn, the coastguard said."
    )
    (first,) = group_stories([article(STRANDED, "Ferry Halvard runs aground off Skelby")])
    (report,) = group_stories([article(body, "Ferry Halvard is towed to Tarn", day=3)])
    (explainer,) = group_stories([article(body, "How the ferry Halvard was towed to Tarn", day=3)])
    assert follow_stories([first], [report]) == ((first, report),)
    assert follow_stories([first], [explainer]) == ()

"""Detects what is missing today: stories that ended, and themes with fewer stories than usual."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from briefing.model import Printing, QuietStory
from briefing.stages.novelty.recall import Recollection
from briefing.stages.novelty.threads import Thread

#: A story that was news on so many days is missed when it ends; so is one of a single day of so many origins.
MISSED_DAYS, MISSED_ORIGINS = 2, 2
MOST = 10  # stories that are listed
#: Days before the edition that tell what a theme usually has; with fewer editions in them nothing is said.
USUAL_REACH, USUAL_LEAST = 28, 10


def gone_quiet(recollection: Recollection, continued: Collection[Printing]) -> tuple[QuietStory, ...]:
    """Return the stories of the last edition that today's do not continue, the longest running first.

    Each is listed once: in the first edition without it.

    Args:
        recollection: The memory.
        continued: Where the stories that today's continue were printed last.
    """
    if not recollection.late:
        return ()
    before = recollection.late[-1].day
    missed = [
        thread
        for thread in recollection.threads.all
        if thread.last.at.day == before and thread.last.at not in continued and _is_missed(thread)
    ]
    missed.sort(key=lambda thread: (-thread.days, thread.since, thread.last_news.at.day, thread.last_news.at.item))
    return tuple(_quiet(thread) for thread in missed[:MOST])


def _is_missed(thread: Thread) -> bool:
    return thread.days >= MISSED_DAYS or len(thread.last_news.story.origins) >= MISSED_ORIGINS


def _quiet(thread: Thread) -> QuietStory:
    news = thread.last_news
    return QuietStory(news.story.headline, news.theme, thread.since, news.at.day, news.at.item)


def usual_counts(recollection: Recollection, day: date) -> Mapping[str, tuple[float, int]]:
    """Return each theme's mean number of news stories a day, and over how many editions it is taken.

    Themes of fewer than `USUAL_LEAST` editions in the last `USUAL_REACH` days are left out.
    """
    counts: dict[str, list[int]] = {}
    for edition in recollection.editions:
        if edition.day >= day - timedelta(days=USUAL_REACH):
            for section in edition.sections:
                news = sum(story.state != "unchanged" for story in section.stories)
                counts.setdefault(section.theme, []).append(news)
    return {slug: (round(sum(c) / len(c), 1), len(c)) for slug, c in counts.items() if len(c) >= USUAL_LEAST}

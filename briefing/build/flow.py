"""The order of the stages, written once.

    inputs → articles → analyses → stories → beside the memory → themes → summaries → claims → edition

Read `edition_of` from top to bottom to know the program. Stages never call one another; what one needs of
another is handed over here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from briefing.build.analysis import leading_theme, names_of
from briefing.build.comparing import Compared, compare
from briefing.build.configured import check_method, day_of, imprint_of, layout_of, work_of
from briefing.build.garbage import uncollected
from briefing.build.summarising import Summariser
from briefing.build.threads import in_one_thread
from briefing.model import Cleaned, Edition, Input, Memory, Note, Statement, Story, Summary, Theme
from briefing.outputs import page_count
from briefing.settings import Settings
from briefing.sources import read_inputs
from briefing.stages.claims import by_story, choose_statements, find_accounts, under_one_name
from briefing.stages.edition import EditionParts, distinct_articles, fit_pages, fit_words, make_up
from briefing.stages.stories import group_stories
from briefing.stages.summaries import capped
from briefing.stages.themes import match_story
from briefing.system.cache import Cache

#: Called with the stage's name, how many of its parts are done, and how many there are.
Progress = Callable[[str, int, int], None]

T = TypeVar("T")


def silent(stage: str, done: int, total: int) -> None:
    """Take no notice of progress."""


def make_edition(
    paths: Path | str | Sequence[Path | str],
    *,
    day: date,
    settings: Settings | None = None,
    memory: Memory | None = None,
    leave_out: Sequence[Path | str] = (),
    on_skipped: Callable[[str], None] | None = None,
    progress: Progress = silent,
) -> Edition:
    """Return the edition of a day, made of the articles under ``paths``.

    The same inputs, settings, day and memory give an equal edition, whatever the machine or the time.

    Args:
        paths: Files and folders, or one of them; folders are read with all they hold.
        day: The edition's day, in the desk's time zone; of a datetime, the day it names.
        settings: None for the defaults.
        memory: The editions of earlier days; with one, only what is new beside them is told. None for none.
        leave_out: Files and folders below ``paths`` that are no input, such as the one editions are written to.
        on_skipped: Called with each of these that was met, and with what else this program wrote: it is no input either.
        progress: Told how far the build is.

    Raises:
        SourceError: A path does not exist or cannot be opened.
        SettingsError: A setting names something there is not, or the day is none.
    """
    chosen = settings or Settings()
    day = day_of(day)
    check_method(chosen.summaries.method)
    inputs = read_inputs(
        paths, leave_out=leave_out, on_skipped=on_skipped, progress=lambda n: progress("reading", n, 0)
    )
    return edition_of(inputs, day=day, settings=chosen, memory=memory, progress=progress)


@in_one_thread
def edition_of(
    inputs: Sequence[Input],
    *,
    day: date,
    settings: Settings,
    memory: Memory | None = None,
    first_day: date | None = None,
    cache: Cache | None = None,
    progress: Progress = silent,
) -> Edition:
    """Return the edition of a day, made of what was read; arguments and errors as `make_edition`.

    With ``first_day`` it is the edition of all days from that one to ``day``. What a ``cache`` holds of the work is not
    done again; it is the same edition.
    """
    whole = _whole(inputs, day, settings, memory or Memory(), first_day, cache, progress)
    return _fitted(whole, settings)


@uncollected
def _whole(
    inputs: Sequence[Input],
    day: date,
    settings: Settings,
    memory: Memory,
    first_day: date | None,
    cache: Cache | None,
    progress: Progress,
) -> Edition:
    """Return the edition before it is cut to its length."""
    work, imprint = work_of(settings, cache), replace(imprint_of(settings, day), first_day=first_day)
    raws = [raw for read in inputs for raw in read.articles]
    zone = settings.briefing.time_zone
    cleaned = work.clean(raws, lambda n: progress("cleaning", n, len(raws)), today=day, time_zone=zone)
    progress("cleaning", len(raws), len(raws))
    articles, merged = distinct_articles(cleaned)

    analyses = work.analyse(articles, lambda n: progress("articles", n, len(articles)))
    sentences = {key: analysis.sentences for key, analysis in analyses.items()}
    matches = {key: analysis.matches for key, analysis in analyses.items()}
    facts = {key: analysis.facts for key, analysis in analyses.items()}

    progress("stories", 0, len(articles))
    names = names_of(work.analyst.spellings)
    stories = group_stories(
        articles, strictness=settings.stories.strictness, names=names, facts=facts, once=work.origins
    )
    progress("stories", len(articles), len(articles))
    story_matches = {s.id: match_story(s, matches) for s in stories}
    leads = {s.id: leading_theme(story_matches[s.id]) for s in stories}
    compared = compare(
        memory,
        stories,
        articles,
        sentences,
        day=day,
        first_day=first_day,
        strictness=settings.stories.strictness,
        names=names,
    )
    summariser = Summariser(analyses, sentences, work, compared)
    chosen = {s.id: summariser.story(s, leads[s.id]) for s in _each("summaries", stories, progress)}
    summaries = {key: summary for key, (summary, _) in chosen.items()}
    summariser = replace(summariser, compared=compared.after(summaries))
    said = under_one_name(by_story({key: analysis.statements for key, analysis in analyses.items()}, stories))
    views = _views(stories, leads, chosen, summariser.compared)
    passages = {s.id: summariser.passages(s, leads[s.id]) for s in stories}
    printed = {(s.article_id, s.start) for summary in (*summaries.values(), *views.values()) for s in summary.sentences}
    printed |= {(s.article_id, s.start) for several in passages.values() for p in several for s in p.sentences}

    material = EditionParts(
        inputs=inputs,
        cleaned=_noting_length(cleaned, capped(articles, sentences, work.analyst.method)),
        merged=merged,
        themes=work.analyst.themes,
        stories=stories,
        sentences=sentences,
        matches=story_matches,
        summaries=summaries,
        views=views,
        articles=summariser.shorts(stories),
        passages=passages,
        accounts=summariser.accounts(find_accounts(stories, {key: a.figures for key, a in analyses.items()})),
        statements=_by_theme(summariser.new(said), leads, settings.summaries.statements, printed),
        kinds={(key, at): kind for key, analysis in analyses.items() for at, kind in analysis.kinds.items()},
        delta=summariser.compared.delta,
    )
    return make_up(material, imprint, layout_of(settings))


def _fitted(edition: Edition, settings: Settings) -> Edition:
    limits = settings.limits
    cut = fit_words(edition, per_theme=limits.words_per_theme, per_source=limits.words_per_source)
    if not limits.pages:
        return cut
    templates = settings.folder / settings.outputs.templates if settings.outputs.templates else None
    return fit_pages(cut, limits.pages, lambda tried: page_count(tried, templates))


def _views(
    stories: Sequence[Story],
    leads: Mapping[str, Theme | None],
    chosen: Mapping[str, tuple[Summary, Summary | None]],
    compared: Compared,
) -> dict[tuple[str, str], Summary]:
    """Return each story that is news as the digest of the theme that leads it tells it."""
    return {
        (story.id, lead.slug): view
        for story in stories
        if (lead := leads[story.id]) and (view := chosen[story.id][1]) and compared.is_news(story)
    }


def _noting_length(cleaned: Sequence[Cleaned], too_long: Collection[str]) -> tuple[Cleaned, ...]:
    """Return the articles, those of which the method looked at a part of the sentences with a note that says so."""
    return tuple(
        replace(item, notes=(*item.notes, Note("W_SENTENCES_CAPPED", _TOO_LONG.format(item.raw.input))))
        if item.article and item.article.id in too_long
        else item
        for item in cleaned
    )


_TOO_LONG = "{} is so long that its summary was chosen from a part of its sentences."


def _by_theme(
    said: Sequence[tuple[Statement, Story]],
    leads: Mapping[str, Theme | None],
    limit: int,
    printed: Collection[tuple[str, int]],
) -> tuple[tuple[Statement, Story], ...]:
    """Return the statements worth printing, at most ``limit`` of the stories that one theme leads."""
    by_lead: dict[str, list[tuple[Statement, Story]]] = {}
    for statement, story in said:
        lead = leads[story.id]
        by_lead.setdefault(lead.slug if lead else "", []).append((statement, story))
    return tuple(pair for of_theme in by_lead.values() for pair in choose_statements(of_theme, limit, printed))


def _each(stage: str, things: Sequence[T], progress: Progress) -> Iterator[T]:
    for n, thing in enumerate(things):
        progress(stage, n, len(things))
        yield thing
    progress(stage, len(things), len(things))

"""The order of the stages, written once: read `edition_of` from top to bottom to know the program.

    inputs → cleaned articles → their events → analyses → stories → themes → comparison with earlier days → choice →
    importance → edition → length

Stages never call one another; what one needs of another is handed over here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from briefing.build.analysis import Analysis, Analyst, by_place, leading_theme, names_of, sentences_of
from briefing.build.cached_work import Work
from briefing.build.comparing import Compared, compare
from briefing.build.configured import check_method, day_of, imprint_of, layout_of, work_of
from briefing.build.garbage import uncollected
from briefing.build.progress import Progress, silent
from briefing.build.summarising import choose
from briefing.build.threads import in_one_thread
from briefing.model import Article, Cleaned, Edition, ImportanceWeights, Imprint, Input, Memory, Note, Story, ThemeMatch
from briefing.model.acts import Act
from briefing.outputs import page_count
from briefing.settings import Settings
from briefing.sources import read_inputs
from briefing.stages.edition import (
    EditionParts,
    distinct_articles,
    fit_pages,
    fit_words,
    make_up,
    tells_in_short,
)
from briefing.stages.importance import rate_stories
from briefing.stages.segments import parts_of, segments
from briefing.stages.stories import regroup, without_themes
from briefing.stages.stories.regrouping import Regrouped
from briefing.stages.summaries import capped
from briefing.stages.themes import match_story
from briefing.system.cache import Cache


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
        leave_out: Files and folders below ``paths`` to skip, such as the one editions are written to.
        on_skipped: Called with each of these that was met, and with what else this program wrote.
        progress: Called with how far the build is.

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
@uncollected
def edition_of(
    inputs: Sequence[Input],
    *,
    day: date,
    settings: Settings,
    memory: Memory | None = None,
    first_day: date | None = None,
    cache: Cache | None = None,
    acts: Sequence[Act] = (),
    progress: Progress = silent,
) -> Edition:
    """Return the edition of a day, made of what was read; arguments and errors as `make_edition`.

    With ``first_day`` it is the edition of all days from that one to ``day``. What a ``cache`` holds of the work is not
    done again; it is the same edition. ``acts`` are those of an editor who regrouped its stories.
    """
    work = work_of(settings, cache, progress)
    imprint = replace(imprint_of(settings, day), first_day=first_day)
    return made_up(material_of(inputs, imprint, settings, work, memory=memory, acts=acts), imprint, settings)


def made_up(material: Material, imprint: Imprint, settings: Settings) -> Edition:
    """Return the edition of a day's material, cut to its limits."""
    return _fitted(make_up(material.parts, imprint, layout_of(settings)), settings)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that an edition is made of, before it is made up."""

    parts: EditionParts
    analyses: Mapping[str, Analysis]  # article key →
    compared: Compared
    lost: tuple[tuple[Act, str], ...] = ()  # the editor's acts that could not be done


def material_of(
    inputs: Sequence[Input],
    imprint: Imprint,
    settings: Settings,
    work: Work,
    *,
    memory: Memory | None = None,
    acts: Sequence[Act] = (),
) -> Material:
    """Return the material of an edition: the stages in their order.

    Args:
        inputs: What was read.
        imprint: The edition's days.
        settings: The desk's.
        work: What does each piece of work once.
        memory: The editions of earlier days.
        acts: What an editor had regrouped.
    """
    day = imprint.day
    taken_in = {key for act in acts if act.kind == "take in" for key in act.articles}
    left_out = {key for act in acts if act.kind == "leave out" for key in act.articles}
    raws = [raw for read in inputs for raw in read.articles]
    cleaned = work.clean(raws, today=day, time_zone=imprint.time_zone)
    articles, merged = distinct_articles(cleaned)
    roundups = {article.id: found for article in articles if len(found := segments(article)) > 1}
    events = [part for article in articles for part in parts_of(article, roundups.get(article.id, ()))]
    analyses = work.analyse(events)  # of each article, or part of a round-up, alone: sentences, themes, claims, facts
    announced = {item.article.id for item in cleaned if item.article and item.raw.kind == "headline"}
    events, stubs = _told([e for e in events if e.id not in left_out], analyses, announced | taken_in)
    regrouped = regroup(
        work.group(events, analyses, settings.stories.strictness), acts, roundups, work.origin_finder(events)
    )
    stories, matches = regrouped.stories, _matched(regrouped, analyses)
    raws_of = {item.article.id: item.raw for item in cleaned if item.article and item.raw.input not in merged}
    compared = compare(memory or Memory(), stories, analyses, imprint, work.analyst, raws_of)
    leads = {key: leading_theme(found) for key, found in matches.items()}
    in_short, statements = tells_in_short(imprint.length), settings.summaries.statements
    chosen, compared = choose(stories, leads, analyses, compared, work, statements, day, in_short=in_short)
    compared = compared.printing_again(s.id for s in stories if any(a.id in taken_in for a in s.articles))
    parts = EditionParts(
        inputs=inputs,
        cleaned=_noting_length(cleaned, capped(events, sentences_of(analyses), work.analyst.method)),
        merged=merged,
        themes=work.analyst.themes,
        stories=stories,
        sentences=sentences_of(analyses),
        matches=matches,
        chosen=chosen.off_themes(regrouped.off),
        judged=by_place(j for analysis in analyses.values() for j in analysis.judged),
        kinds={(event.id, at): kind for event in events for at, kind in analyses[event.key].kinds.items()},
        delta=compared.delta,
        roundups=roundups,
        importance=_importance(stories, matches, compared, work.analyst, settings.importance.weights(), day),
        stubs=stubs,
        left_out=left_out,
    )
    return Material(parts, analyses, compared, regrouped.lost)


def _matched(regrouped: Regrouped, analyses: Mapping[str, Analysis]) -> dict[str, tuple[ThemeMatch, ...]]:
    """Return the themes of each story by its id, those apart that an editor took it off."""
    found = {key: analysis.matches for key, analysis in analyses.items()}
    return {
        story.id: without_themes(match_story(story, found), regrouped.off.get(story.id, frozenset()))
        for story in regrouped.stories
    }


def _told(
    events: Sequence[Article], analyses: Mapping[str, Analysis], announced: Collection[str]
) -> tuple[list[Article], frozenset[str]]:
    """Return the events with a sentence of news prose or announced by a headline of their outlet, and the ids of the
    articles that have none."""
    prose = {key for key, analysis in analyses.items() if any(j.is_prose for j in analysis.judged)}
    told = [event for event in events if event.key in prose or event.id in announced]
    return told, frozenset(event.id for event in events) - {event.id for event in told}


def _fitted(edition: Edition, settings: Settings) -> Edition:
    """Return the edition cut to its limits. How many pages it takes, only the PDF engine can say: it is asked last."""
    limits = settings.limits
    cut = fit_words(edition, per_theme=limits.words_per_theme, per_source=limits.words_per_source)
    if not limits.pages:
        return cut
    templates = settings.folder / settings.outputs.templates if settings.outputs.templates else None
    return fit_pages(cut, limits.pages, lambda tried: page_count(tried, templates))


def _importance(
    stories: Sequence[Story],
    matches: Mapping[str, Sequence[ThemeMatch]],
    compared: Compared,
    analyst: Analyst,
    wishes: ImportanceWeights,
    day: date,
) -> dict[str, float]:
    """Return how much each story matters to the day's page, by its id."""
    rated = rate_stories(
        stories,
        day=day,
        states={key: found.state for key, found in compared.delta.developments.items()},
        themes=matches,
        wishes=wishes,
        names=names_of(analyst.spellings),
    )
    return {story.id: rating.value for story, rating in zip(stories, rated, strict=True)}


def _noting_length(cleaned: Sequence[Cleaned], too_long: Collection[str]) -> tuple[Cleaned, ...]:
    """Return the articles, those of which the method looked at a part of the sentences with a note that says so."""
    return tuple(
        replace(item, notes=(*item.notes, Note("W_SENTENCES_CAPPED", _TOO_LONG.format(item.raw.input))))
        if item.article and item.article.id in too_long
        else item
        for item in cleaned
    )


_TOO_LONG = "{} is so long that its summary was chosen from a part of its sentences."

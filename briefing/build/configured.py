"""Converts settings into the arguments that stages take."""

from __future__ import annotations

from datetime import date, datetime

from briefing.build.analysis import Analyst
from briefing.build.cached_work import Work
from briefing.build.engine import Engine
from briefing.build.progress import Progress, silent
from briefing.errors import SettingsError
from briefing.model import DEFAULT_LANGUAGE, FIRST_DAY, LAST_DAY, Brand, Imprint, Mailing, Theme
from briefing.outputs.logo import read_logo
from briefing.settings import Settings
from briefing.stages.edition import Layout
from briefing.stages.judgement import judge_version
from briefing.stages.ranking import RANKERS
from briefing.stages.themes import DEFAULT_THEMES
from briefing.system.cache import Cache
from briefing.system.program import program_version
from briefing.text.labels import words


def imprint_of(settings: Settings, day: date) -> Imprint:
    """Return the imprint the settings describe; a `SettingsError` names a logo that cannot be used."""
    head, brand, mail = settings.briefing, settings.brand, settings.mail
    as_it_comes = head.title == words(DEFAULT_LANGUAGE).say("default_title")
    return Imprint(
        day=day,
        title=words(head.language).say("default_title") if as_it_comes else head.title,
        organisation=head.organisation,
        language=head.language,
        time_zone=head.time_zone,
        paper=head.paper,
        method=settings.summaries.method,
        length=settings.limits.length,
        brand=Brand(
            brand.accent, read_logo(settings.folder / brand.logo) if brand.logo else "", brand.footer, brand.mark
        ),
        mailing=Mailing(mail.sender or "", mail.list_id, mail.list_unsubscribe, settings.limits.mail_bytes),
        program=program_version(),
        judge=judge_version(),
        web_address=settings.outputs.web_address,
    )


def layout_of(settings: Settings) -> Layout:
    """Return what the settings say of the make-up."""
    return Layout(settings.summaries.key_points, settings.stories.other_news)


def themes_of(settings: Settings) -> tuple[Theme, ...]:
    """Return the configured themes, or the default ones when none is configured."""
    return tuple(section.theme() for section in settings.themes) or DEFAULT_THEMES


def analyst_of(settings: Settings) -> Analyst:
    """Return the parameters of the analysis."""
    chosen = settings.summaries
    spellings = tuple((key, tuple(others)) for key, others in settings.names.items())
    return Analyst(themes_of(settings), chosen.method, chosen.article_sentences, chosen.sentences, spellings)


def work_of(settings: Settings, cache: Cache | None = None, progress: Progress = silent) -> Work:
    """Return the memoised worker for articles and stories."""
    return Work(Engine(settings.engine.jobs, settings.engine.cluster), analyst_of(settings), cache, progress)


def day_of(day: date) -> date:
    """Return the day; of a datetime, the day it names; a `SettingsError` for anything else."""
    if not isinstance(day, date):
        raise SettingsError(f"The day {day!r} is not a date.", "Give a datetime.date, such as date(2022, 2, 1).")
    plain = day.date() if isinstance(day, datetime) else day
    if not FIRST_DAY <= plain <= LAST_DAY:
        raise SettingsError(
            f"The day {plain.isoformat()} is not one that an edition can be of.",
            f"Give one from {FIRST_DAY.year} to {LAST_DAY.year}.",
        )
    return plain


def check_method(name: str) -> None:
    """Raise a `SettingsError` for an unknown ranking method."""
    if name not in RANKERS:
        raise SettingsError(f"No ranking method is called {name!r}.", f"Use one of {', '.join(RANKERS)}.")

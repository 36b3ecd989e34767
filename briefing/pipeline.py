"""The order of the stages, written once.

    inputs → articles → sentences → stories → themes → summaries → claims → edition → outputs

Read `make_edition` from top to bottom to know the program. Stages never call one another; what one needs of
another is handed over here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from briefing.claims import by_story, choose_statements, find_accounts, find_statements, kinds_of
from briefing.claims.figures import figures_in
from briefing.claims.units import Units, units_of
from briefing.clean import clean_all
from briefing.edition import Imprint, Material, distinct_articles, fit_pages, fit_words, make_up, reason_of
from briefing.edition.ledger import account_for
from briefing.errors import SettingsError, SourceError
from briefing.evidence import output_text, read_output
from briefing.languages import Language, language_of
from briefing.model import (
    Article,
    Brand,
    Cleaned,
    Edition,
    Input,
    Mailing,
    Note,
    Passage,
    Sentence,
    Statement,
    Story,
    Summary,
    Theme,
    ThemeMatch,
)
from briefing.names import with_aliases
from briefing.outputs import formats_in, load_edition, make_files, page_count, render
from briefing.outputs.logo import read_logo
from briefing.outputs.report import write_report
from briefing.proof import (
    Finding,
    Given,
    Verification,
    missing_sentences,
    naming_version,
    stray_chunks,
    stray_texts,
    verify_edition,
)
from briefing.proof.given import Stated
from briefing.ranking import RANKERS
from briefing.sentences import split_sentences
from briefing.settings import Settings
from briefing.sources import read_inputs
from briefing.stories import group_stories as group
from briefing.summaries import capped
from briefing.summaries import summarise as condense
from briefing.summaries.support import SAYS_THE_SAME
from briefing.themes import (
    DEFAULT_THEMES,
    DEFAULT_THEMES_TEXT,
    ExplainedTheme,
    explain_themes,
    find_passages,
    match_story,
    sentence_scores,
    suggest_terms,
)
from briefing.themes import match_themes as match
from briefing.trimming import trimmed
from briefing.version import VERSION

__all__ = [
    "DEFAULT_THEMES",
    "DEFAULT_THEMES_TEXT",
    "explain_article_themes",
    "explain_cleaning",
    "group_stories",
    "load_edition",
    "make_edition",
    "match_themes",
    "read_articles",
    "render",
    "split_sentences",
    "suggest_theme_terms",
    "summarise",
    "themes_of",
    "verify",
    "verify_files",
    "write_report",
]

#: Called with the stage's name, how many of its parts are done, and how many there are.
Progress = Callable[[str, int, int], None]

T = TypeVar("T")
Sentences = Mapping[str, Sequence[Sentence]]  # article id →
Matches = Mapping[str, Sequence[ThemeMatch]]  # article or story id → best first


#: How much the theme that leads a story decides how it is told: in the edition, and in the theme's own digest.
MILDLY, WHOLLY = 0.3, 1.0


@dataclass(frozen=True, slots=True)
class Budget:
    """How much is printed of a story, and who chooses it."""

    sentences: int
    method: str


def _silent(stage: str, done: int, total: int) -> None:
    """Take no notice of progress."""


def make_edition(
    paths: Path | str | Sequence[Path | str],
    *,
    day: date,
    settings: Settings | None = None,
    leave_out: Sequence[Path | str] = (),
    told: Callable[[str], None] | None = None,
    progress: Progress = _silent,
) -> Edition:
    """Return the edition of a day, made of the articles under ``paths``.

    The same inputs, settings and day give an equal edition, whatever the machine or the time.

    Args:
        paths: Files and folders, or one of them; folders are read with all they hold.
        day: The edition's day, in the desk's time zone; of a datetime, the day it names.
        settings: None for the defaults.
        leave_out: Files and folders below ``paths`` that are no input, such as the one editions are written to.
        told: Called with each of these that was met, and with what else this program wrote: it is no input either.
        progress: Told how far the build is.

    Raises:
        SourceError: A path does not exist or cannot be opened.
        SettingsError: A setting names something there is not, or the day is none.
    """
    chosen = settings or Settings()
    day = _day_of(day)
    _check_method(chosen.summaries.method)
    themes, imprint = themes_of(chosen), imprint_of(chosen, day)
    method = chosen.summaries.method

    inputs = read_inputs(paths, leave_out=leave_out, told=told, progress=lambda n: progress("reading", n, 0))
    raws = [raw for read in inputs for raw in read.articles]
    progress("cleaning", 0, len(raws))
    cleaned = clean_all(raws, today=day, time_zone=chosen.briefing.time_zone)
    articles, merged = distinct_articles(cleaned)
    sentences = {a.id: trimmed(split_sentences(a)) for a in _each("sentences", articles, progress)}
    progress("stories", 0, len(articles))
    names = with_aliases(chosen.names) if chosen.names else None
    stories = group(articles, strictness=chosen.stories.strictness, names=names)
    matches = {a.id: match(a, sentences[a.id], themes) for a in _each("themes", articles, progress)}
    story_matches = {s.id: match_story(s, matches) for s in stories}
    passages = {s.id: _passages(s, sentences, themes, story_matches) for s in stories}
    budget = Budget(chosen.summaries.sentences, method)
    leads = {s.id: next((m.theme for m in story_matches[s.id] if m.is_main), None) for s in stories}
    summaries = {s.id: _told(s, leads[s.id], sentences, budget, MILDLY) for s in _each("summaries", stories, progress)}
    views = {
        (s.id, lead.slug): _told(s, lead, sentences, budget, WHOLLY)
        for s in stories
        if (lead := leads[s.id]) is not None
    }
    shorts = {
        a.id: condense([a], sentences, count=chosen.summaries.article_sentences, method=method)
        for a in _each("articles in short", articles, progress)
    }
    # What is too long to be printed states nothing, and reading it for speakers would take longer than all else.
    stated = {a.id: tuple(s for s in sentences[a.id] if not s.is_endless) for a in articles}
    said = by_story({a.id: find_statements(a, stated[a.id]) for a in _each("claims", articles, progress)}, stories)
    kinds = {key: kind for a in articles for key, kind in kinds_of(a, stated[a.id]).items()}
    material = Material(
        inputs=inputs,
        cleaned=_noting_length(cleaned, capped(articles, sentences, method)),
        merged=merged,
        themes=themes,
        stories=stories,
        sentences=sentences,
        matches=story_matches,
        summaries=summaries,
        views=views,
        articles=shorts,
        passages=passages,
        accounts=find_accounts(stories, stated),
        statements=_by_theme(said, story_matches, chosen.summaries.statements),
        kinds=kinds,
    )
    edition = make_up(material, imprint)
    return _fitted(edition, chosen)


def _fitted(edition: Edition, settings: Settings) -> Edition:
    limits = settings.limits
    cut = fit_words(edition, per_theme=limits.words_per_theme, per_source=limits.words_per_source)
    if not limits.pages:
        return cut
    templates = settings.folder / settings.outputs.templates if settings.outputs.templates else None
    return fit_pages(cut, limits.pages, lambda tried: page_count(tried, templates))


def read_articles(
    paths: Path | str | Sequence[Path | str], *, day: date, settings: Settings | None = None
) -> Iterator[tuple[str, Article | None, str]]:
    """Yield for each input its path, its cleaned article or None, and why there is none."""
    zone = (settings or Settings()).briefing.time_zone
    for read in read_inputs(paths):
        for item in clean_all(read.articles, today=day, time_zone=zone):
            yield item.raw.input, item.article, "" if item.article else reason_of(item.notes)
        if not read.articles:
            yield read.path, None, reason_of(read.notes)


def explain_cleaning(
    paths: Path | str | Sequence[Path | str], *, day: date, settings: Settings | None = None
) -> Iterator[tuple[Input, tuple[Cleaned, ...]]]:
    """Yield each input with what cleaning made of its articles and took out of them."""
    zone = (settings or Settings()).briefing.time_zone
    for read in read_inputs(paths):
        yield read, clean_all(read.articles, today=day, time_zone=zone)


def explain_article_themes(article: Article, themes: Sequence[Theme] = DEFAULT_THEMES) -> tuple[ExplainedTheme, ...]:
    """Return why an article has each theme or not: terms, weights, cuts, sentence by sentence."""
    return explain_themes(article, trimmed(split_sentences(article)), themes)


def suggest_theme_terms(
    articles: Sequence[Article], background: Sequence[Article], *, known: Sequence[str] = (), limit: int = 30
) -> tuple[tuple[str, float], ...]:
    """Return terms typical of some articles beside others, with their scores, best first."""
    return suggest_terms(
        [(a, split_sentences(a)) for a in articles],
        [(a, split_sentences(a)) for a in background],
        known=known,
        limit=limit,
    )


def verify(
    edition: Edition,
    sources: Path | str | Sequence[Path | str] | None,
    *,
    folder: Path | str | None = None,
    templates: Path | None = None,
) -> Verification:
    """Return the proof of an edition against the files and folders it was built from.

    Args:
        edition: The issue, as built or loaded.
        sources: Those files and folders; None when they are not at hand: then only the receipts are checked.
        folder: Where the edition's files lie, to be proved as well; None leaves them out.
        templates: The desk's own templates, when the files were made with them.
    """
    given = read_again(sources, edition) if sources is not None else None
    proof = verify_edition(edition, given.articles if given else None, given)
    files = verify_files(edition, folder, templates) if folder is not None else ()
    return naming_version(replace(proof, findings=(*proof.findings, *files)), edition.program, VERSION)


def read_again(sources: Path | str | Sequence[Path | str], edition: Edition) -> Given:
    """Return what the stages make today of the articles an edition cites."""
    inputs = read_inputs(sources)
    cleaned = clean_all(
        [raw for read in inputs for raw in read.articles], today=edition.day, time_zone=edition.time_zone
    )
    articles, merged = distinct_articles(cleaned)
    ids = {source.article_id for source in edition.sources}
    cited = [a for a in articles if a.id in ids]
    split = {a.id: split_sentences(a) for a in cited}
    printable = {a.id: trimmed(split[a.id]) for a in cited}
    units = {a.id: units_of(language_of(a)) for a in cited}
    return Given(
        articles={a.id: a for a in articles},
        ledger=account_for(inputs, cleaned, merged=merged, copies={}, used={}, left_out={}),
        sentences=split,
        statements={a.id: find_statements(a, printable[a.id]) for a in cited},
        kinds={key: kind for a in cited for key, kind in kinds_of(a, printable[a.id]).items()},
        figures={a.id: _stated(printable[a.id], units[a.id], language_of(a)) for a in cited},
        units=frozenset(name for counted in units.values() if counted for name in _unit_names(counted)),
        says_the_same=SAYS_THE_SAME,
    )


def _unit_names(units: Units) -> tuple[str, ...]:
    return (*(unit.name for unit in units.units), *units.currencies.values())


def _stated(sentences: Sequence[Sentence], units: Units | None, language: Language) -> frozenset[Stated]:
    found = (c.figure for s in sentences if units for c in figures_in(s, units, language))
    return frozenset((f.sentence.start, f.printed, f.value, f.unit) for f in found)


def verify_files(edition: Edition, folder: Path | str, templates: Path | None = None) -> tuple[Finding, ...]:
    """Return what the output files in a folder print that the issue file does not account for.

    Each file is compared with what the issue file renders to; of one that differs, every text that is neither a field
    of the issue file nor a fixed word of the page is a finding, and so is every story sentence that is missing. So is a
    file that cannot be read, and a digest of no theme of the edition. A file that is not there is none.

    Args:
        edition: The edition the files are of.
        folder: Where they lie.
        templates: The desk's own, when the files were made with them: what these print of their own are fixed words.
    """
    made = make_files(edition, formats=formats_in(edition, folder), templates=templates)
    known = {name for name, _ in made}
    findings = [f for name, content in made for f in _compared(edition, Path(folder), name, content)]
    digests = Path(folder) / "digests"
    there = sorted(f"digests/{path.name}" for path in digests.iterdir()) if digests.is_dir() else []
    alien = [Finding(name, "It is no file of this edition; take it out.") for name in there if name not in known]
    return (*findings, *alien)


def _compared(edition: Edition, folder: Path, name: str, made: bytes) -> tuple[Finding, ...]:
    """Return what of an output file is not what the issue file renders to."""
    path = folder / name
    try:
        if path.suffix == ".json" or not path.exists() or path.read_bytes() == made:
            return ()
        shown = read_output(path)
    except (SourceError, OSError):
        return (Finding(name, "It is damaged: it cannot be read; build it again."),)
    slug = path.name.partition(".")[0] if path.parent.name == "digests" else ""
    narrowed = edition.only(slug) if slug else edition
    fixed = stray_chunks(narrowed, output_text(name, made))  # words of the desk's own templates
    found = stray_texts(narrowed, name, shown, fixed) + missing_sentences(narrowed, name, shown)
    return found or (Finding(name, "It is not what this program makes of the issue file; build it again."),)


def imprint_of(settings: Settings, day: date) -> Imprint:
    """Return what the settings say of the page itself; a `SettingsError` names a logo that cannot be used."""
    head, brand, mail = settings.briefing, settings.brand, settings.mail
    return Imprint(
        day=day,
        title=head.title,
        organisation=head.organisation,
        language=head.language,
        time_zone=head.time_zone,
        paper=head.paper,
        method=settings.summaries.method,
        brand=Brand(
            brand.accent, read_logo(settings.folder / brand.logo) if brand.logo else "", brand.footer, brand.mark
        ),
        mailing=Mailing(mail.sender or "", mail.list_id, mail.list_unsubscribe, settings.limits.mail_bytes),
        key_points=settings.summaries.key_points,
        other_news=settings.stories.other_news,
        program=VERSION,
    )


def themes_of(settings: Settings) -> tuple[Theme, ...]:
    """Return the configured themes, or the default ones when none is configured."""
    return tuple(section.theme() for section in settings.themes) or DEFAULT_THEMES


def summarise(
    articles: Article | Sequence[Article],
    *,
    sentences: int | None = None,
    words: int | None = None,
    method: str = "newswire",
) -> Summary:
    """Return the summary of one article, or of several about one event, in reading order.

    Args:
        articles: What to condense.
        sentences: How many sentences at most, from 1; three when no budget is given.
        words: How many words at most, from 1, in whole sentences; a single sentence may exceed it.
        method: A key of `briefing.ranking.RANKERS`.

    Raises:
        SettingsError: No method has that name, both budgets are given, or one is below 1.
    """
    _check_method(method)
    if sentences is not None and words is not None:
        raise SettingsError("A summary has one budget: sentences or words.", "Drop one of them.")
    for name, budget in (("sentences", sentences), ("words", words)):
        if budget is not None and budget < 1:
            raise SettingsError(f"{name} is {budget}; a summary has at least one.", f"Give {name} from 1 on.")
    several = [articles] if isinstance(articles, Article) else list(articles)
    split = {a.id: trimmed(split_sentences(a)) for a in several}
    count = 3 if sentences is None and words is None else sentences
    return condense(several, split, count=count, words=words, method=method)


def group_stories(articles: Sequence[Article], *, strictness: str = "normal") -> list[Story]:
    """Return the events that articles report; every article given is in exactly one story."""
    return group(articles, strictness=strictness)


def match_themes(text: Article | Sentence, themes: Sequence[Theme] = DEFAULT_THEMES) -> list[ThemeMatch]:
    """Return the themes a text is mainly about or touches on, best first."""
    return match(text, trimmed(split_sentences(text)) if isinstance(text, Article) else None, themes)


def _day_of(day: date) -> date:
    if not isinstance(day, date):
        raise SettingsError(f"The day {day!r} is no date.", "Give a datetime.date, such as date(2022, 2, 1).")
    return day.date() if isinstance(day, datetime) else day


def _check_method(name: str) -> None:
    if name not in RANKERS:
        raise SettingsError(f"No ranking method is called {name!r}.", f"Use one of {', '.join(RANKERS)}.")


def _passages(story: Story, sentences: Sentences, themes: Sequence[Theme], matches: Matches) -> tuple[Passage, ...]:
    leading = [m.theme.slug for m in matches[story.id] if m.is_main][:1]
    found = [
        passage
        for article in _distinct(story)
        for passage in find_passages(article, sentences[article.id], themes, leading=leading)
    ]
    return tuple(found)


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
    said: Sequence[tuple[Statement, Story]], matches: Matches, limit: int
) -> tuple[tuple[Statement, Story], ...]:
    """Return the statements worth printing, at most ``limit`` of the stories that one theme leads."""
    by_lead: dict[str, list[tuple[Statement, Story]]] = {}
    for statement, story in said:
        lead = next((m.theme.slug for m in matches[story.id] if m.is_main), "")
        by_lead.setdefault(lead, []).append((statement, story))
    return tuple(pair for of_theme in by_lead.values() for pair in choose_statements(of_theme, limit))


def _told(story: Story, theme: Theme | None, sentences: Sentences, budget: Budget, pull: float) -> Summary:
    """Return a story as its theme's section or, with all its pull, as the theme's digest tells it."""
    articles = _distinct(story)
    if theme is None:
        return condense(articles, sentences, count=budget.sentences, method=budget.method)
    relevance = {
        key: score
        for a in articles
        for key, score in sentence_scores(a, sentences[a.id], theme, language_of(a)).items()
    }
    return condense(articles, sentences, count=budget.sentences, method=budget.method, relevance=relevance, pull=pull)


def _distinct(story: Story) -> list[Article]:
    copies = dict(story.duplicates)
    return [a for a in story.articles if a.id not in copies]


def _each(stage: str, things: Sequence[T], progress: Progress) -> Iterator[T]:
    for n, thing in enumerate(things):
        progress(stage, n, len(things))
        yield thing
    progress(stage, len(things), len(things))

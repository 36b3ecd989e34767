"""`briefing explain`: why an article was read, cleaned, sorted and summarised as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.echo import echo, plain
from briefing.cli.judged_edition import edition_page, edition_text, is_issue_file
from briefing.cli.judgement import judged_page, judged_text
from briefing.cli.messages import named, no_article
from briefing.cli.options import CONFIG, DAYS, PLACE, STORED, settings_of, today
from briefing.errors import SettingsError

if TYPE_CHECKING:
    from briefing.model import Cleaned, Theme
    from briefing.settings import Settings
    from briefing.stages.themes import ExplainedTheme
    from briefing.stages.themes.sentence_match import SentenceMatch

#: Reasons shown of an article's importance, the weightiest first.
MOST_REASONS = 20
#: Words shown of those a theme learnt: the ones that add or take most.
LEARNT_SHOWN = 8


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing explain article.txt --show clean\n"
    "  briefing explain article.txt --show themes\n"
    "  briefing explain article.txt --show ranking --method newswire\n"
    "  briefing explain article.txt --show importance\n"
    "  briefing explain article.txt --show judgement --html > article.html\n"
    "  briefing explain out/2022-02-01/briefing.json --show judgement\n"
    "  briefing explain --stored --days 2 --show themes"
)
@click.argument("files", nargs=-1, type=PLACE, metavar="[FILE]...")
@click.option(
    "--show",
    type=click.Choice(["clean", "themes", "ranking", "importance", "judgement"]),
    default="clean",
    show_default=True,
    help="What to explain: lines removed, themes found, sentences chosen, how much it matters, whose words they are"
    " (of an article, or of what an edition's issue file prints).",
)
@click.option("--method", help="Ranking method.")
@click.option("--html", "as_page", is_flag=True, help="With --show judgement: print a web page.")
@STORED
@DAYS
@CONFIG
def explain(
    files: tuple[Path, ...],
    show: str,
    method: str | None,
    days: int,
    config: Path | None,
    *,
    stored: bool,
    as_page: bool,
) -> None:
    """Show why an article was cleaned, sorted, summarised, judged and rated as it was."""
    if as_page and show != "judgement":
        raise click.UsageError("--html goes with --show judgement.")
    settings = settings_of(config, method)

    from briefing.build import clean_stored, explain_cleaning
    from briefing.sources.opened import shown_name

    if stored == bool(files):
        raise SettingsError(
            "What to explain comes from files or from the store, one of the two.", "Name files, or give --stored."
        )

    if show == "judgement" and files and all(map(is_issue_file, files)):
        _judged_editions(files, as_page=as_page)
        return
    found = refused = False
    day = today(settings)
    read_in = (
        clean_stored(settings, last=day, days=days) if stored else explain_cleaning(files, day=day, settings=settings)
    )
    for read, cleaned in read_in:
        for item in cleaned:
            found = found or item.article is not None
            if as_page and item.article:
                echo(judged_page(item.article), lines=True, styled=True)
                continue
            echo(click.style(shown_name(item.raw.input), bold=True), styled=True)
            _SHOWN[show](item, settings)
            echo()
        if not cleaned:
            echo(named(read.path, " ".join(note.message for note in read.notes)))
            refused = True
    if not found and not stored:
        raise no_article(files, refused=refused)


def _judged_editions(files: Sequence[Path], *, as_page: bool) -> None:
    from briefing.build import load_edition

    for file in files:
        edition = load_edition(file)
        for line in [edition_page(edition)] if as_page else edition_text(edition):
            echo(line, lines=as_page)


def _clean(item: Cleaned, settings: Settings) -> None:
    article = item.article
    echo(f"  title    {_quoted(article.title) if article else ''}")
    if article:
        echo(f"  outlet   {article.outlet or 'unknown'}   byline {article.byline or 'unknown'}")
        echo(f"  wire     {article.wire or 'none named'}   language {article.language or 'not known'}")
        known = f"{article.date.moment:%Y-%m-%d} from {article.date.evidence}" if article.date else "undated"
        echo(f"  date     {known}" + (f" ({article.date.clue})" if article.date else ""))
    for note in item.notes:
        echo(f"  {note.code}  {note.message}")
    removed = {(r.start, r.end): r.rule for r in item.removals}
    at = 0
    for line in item.raw.text.split("\n"):
        span = next((s for s in removed if s[0] < at + len(line) and at < s[1]), None) if line.strip() else None
        if span:
            echo(
                "  - " + click.style(plain(line.strip()), strikethrough=True, dim=True) + f"   [{removed[span]}]",
                styled=True,
            )
        elif line.strip():
            echo(f"    {line.strip()}")
        at += len(line) + 1


def _themes(item: Cleaned, settings: Settings) -> None:
    from briefing.build import explain_article_themes, themes_of

    if item.article is None:
        return
    for theme in explain_article_themes(item.article, themes_of(settings)):
        _theme(theme)


def _theme(explained: ExplainedTheme) -> None:
    theme = explained.theme
    echo(
        f"  {theme.name}: {explained.score:.2f} → {explained.verdict}"
        f"   (main from {theme.main:.2f}, mention from {theme.mention:.2f})"
    )
    parts = " + ".join(f"{p.name} {p.value:.2f}×{p.weight:g}" for p in explained.parts)
    echo(f"    log odds {sum(p.value * p.weight for p in explained.parts):+.2f} = {parts}")
    if explained.subjects:
        echo(f"    subjects  {', '.join(explained.subjects)}")
    if explained.learnt:
        echo("    learnt  " + ", ".join(f"{word} {weight:+.2f}" for word, weight in explained.learnt[:LEARNT_SHOWN]))
    for sentence in explained.sentences:
        where = "title" if sentence.position < 0 else f"{sentence.position + 1}"
        hits = ", ".join(f"{hit.term} {hit.weight:+.2f}" for hit in sentence.reading.hits)
        worth = max(sentence.reading.value, sentence.reading.evidence)
        echo(f"    [{where:>5}] {worth:.2f}  {hits}")
        for line in _factors(theme, sentence.reading):
            echo(f"            {line}")
        echo(f"            {sentence.text}")


def _factors(theme: Theme, reading: SentenceMatch) -> Iterator[str]:
    """Yield what makes a sentence worth less than the sum of its terms."""
    if theme.actors and reading.hits:
        actors = ", ".join(reading.actors) or "none"
        yield f"actors named: {actors}, {theme.actors} asked for: ×{reading.actors_factor:.2f}"
    if reading.against:
        yield f"halved by: {', '.join(reading.against)}"
    if reading.excluded:
        yield f"not counted, as part of an exclusion: {', '.join(reading.excluded)}"


def _ranking(item: Cleaned, settings: Settings) -> None:
    from briefing.build import split_sentences, summarise

    if item.article is None:
        return
    count, method = settings.summaries.sentences, settings.summaries.method
    summary = summarise(item.article, sentences=count, method=method)
    chosen = {s.position: n for n, s in enumerate(summary.sentences)}
    echo(f"  method {method}, {count} sentences")
    for sentence in split_sentences(item.article):
        n = chosen.get(sentence.position)
        echo(f"  {' ' if n is None else '*'} {sentence.text}")
        if n is not None and n < len(summary.scores):
            echo("      " + "  ".join(f"{part.name} {part.value:.3f}" for part in summary.scores[n]))


def _importance(item: Cleaned, settings: Settings) -> None:
    from briefing.build import explain_importance

    if item.article is None:
        return
    rating = explain_importance(item.article, settings.importance.weights())
    echo(f"  importance {rating.value:.2f}   (0 no news, 3 belongs into a section, 5 the lead of the day)")
    for name, points in rating.why[:MOST_REASONS]:
        echo(f"    {points:+.2f}  {name}")
    rest = rating.why[MOST_REASONS:]
    if rest:
        echo(f"    {sum(points for _, points in rest):+.2f}  {len(rest)} smaller reasons")


def _judgement(item: Cleaned, settings: Settings) -> None:
    for line in judged_text(item.article) if item.article else ():
        echo(line, styled=True)


def _quoted(title: str) -> str:
    return title or "none: shown under its first sentence"


_SHOWN: dict[str, Callable[[Cleaned, Settings], None]] = {
    "clean": _clean,
    "themes": _themes,
    "ranking": _ranking,
    "importance": _importance,
    "judgement": _judgement,
}

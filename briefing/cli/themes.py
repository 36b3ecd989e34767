"""`briefing themes`: write, try, extend and teach themes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.echo import echo, row
from briefing.cli.messages import counted
from briefing.cli.options import CONFIG, DAYS, PLACE, STORED, settings_of, today
from briefing.errors import SettingsError

if TYPE_CHECKING:
    from briefing.model import Article, Theme
    from briefing.settings import Settings
    from briefing.stages.themes import ThemeTrial

FEW_EXAMPLES = 5  # below which what is learnt is of a few events
TERMS_SHOWN = 8  # of a trial: the terms that hit most
AGAINST = click.option(
    "--against",
    multiple=True,
    type=PLACE,
    help="Other articles, to tell common words from typical ones; may be given several times.",
)


@click.group()
def themes() -> None:
    """See, try and extend the themes an edition is sorted by."""


@themes.command(epilog="\b\nExamples:\n  briefing themes list --config briefing.toml\n  briefing themes list --shipped")
@click.option(
    "--shipped", is_flag=True, help="List the themes that come with the program, for `briefing init --themes`."
)
@CONFIG
def list(config: Path | None, *, shipped: bool) -> None:  # noqa: A001
    """Print the configured themes: slug, name, how many terms."""
    from briefing.build import shipped_themes, themes_of

    for theme in shipped_themes() if shipped else themes_of(settings_of(config)):
        counts = (
            f"{len(terms)} {what}"
            for terms, what in (
                (theme.terms, "terms"),
                (theme.strong, "strong"),
                (theme.weak, "weak"),
                (theme.learnt[1:], "learnt"),
            )
            if terms
        )
        row(theme.slug, theme.name, ", ".join(counts) or "no terms")


@themes.command(
    name="try",
    epilog="\b\nExamples:\n"
    "  briefing themes try new.toml articles/ --config briefing.toml\n"
    "  briefing themes try new.toml --stored --days 7",
)
@click.argument("new", type=click.Path(path_type=Path, dir_okay=False), metavar="NEW.TOML")
@click.argument("files", nargs=-1, type=PLACE, metavar="[FILE]...")
@STORED
@DAYS
@CONFIG
def attempt(new: Path, files: tuple[Path, ...], days: int, config: Path | None, *, stored: bool) -> None:
    """Show which articles would move if the themes of NEW.TOML replaced the configured ones; nothing is saved.

    Then, for each theme of NEW.TOML: how many articles it catches, which of its terms hit and which never did, and
    what speaks against it.
    """
    from briefing.build import themes_of, try_article_themes

    now, then = settings_of(config), settings_of(new)
    moved = 0
    articles = _some(files, now, days, stored=stored)
    for path, article in articles:
        before, after = (_levels(article, themes_of(settings)) for settings in (now, then))
        if before != after:
            moved += 1
            echo(f"{path}: {article.title or article.body[:60]}")
            for slug in sorted({*before, *after}):
                if before.get(slug) != after.get(slug):
                    echo(f"  {slug}: {before.get(slug, 'none')} → {after.get(slug, 'none')}")
    for trial in try_article_themes([article for _, article in articles], themes_of(then)):
        _show(trial)
    echo(f"{moved} of {len(articles)} articles would move.", err=True)


def _show(trial: ThemeTrial) -> None:
    echo(f"{trial.theme.slug}: main in {trial.main}, touched on in {trial.mention} of {trial.articles} articles")
    if trial.hits:
        echo("  hits   " + ", ".join(f"{term} {count}" for term, count in trial.hits[:TERMS_SHOWN]))
    if trial.never:
        more = f" and {len(trial.never) - TERMS_SHOWN} more" if len(trial.never) > TERMS_SHOWN else ""
        echo("  never  " + ", ".join(trial.never[:TERMS_SHOWN]) + more)
    for doubt in trial.doubts:
        echo(f"  {doubt}")


@themes.command(epilog="\b\nExample:\n  briefing themes suggest energy gas1.txt gas2.txt gas3.txt --against articles/")
@click.argument("name")
@click.argument("files", nargs=-1, required=True, type=PLACE, metavar="FILE...")
@AGAINST
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="How many terms at most.")
@CONFIG
def suggest(name: str, files: tuple[Path, ...], against: tuple[Path, ...], limit: int, config: Path | None) -> None:
    """Propose terms for the theme NAME from articles that belong to it; prints a [[themes]] table to paste.

    Without --against the articles are compared with news at large.
    """
    from briefing.build import suggest_theme_terms

    settings = settings_of(config)
    inside, outside = _examples(files, against, settings)
    theme = _theme_called(name, settings)
    known = (*theme.terms, *theme.strong, *theme.weak)
    found = suggest_theme_terms(inside, outside, known=known, limit=limit)
    if not found:
        echo("These articles have no words in common that other news has not.", err=True)
        return
    echo("[[themes]]")
    echo(f"name = {_toml(theme.name)}")
    echo("terms = [")
    for term in theme.terms:
        echo(f"  {_toml(term)},")
    for term, score in found:
        echo(f"  {_toml(term)},  # new, {score:.2f}")
    echo("]")


@themes.command(
    epilog="\b\nExamples:\n"
    "  briefing themes learn energy gas1.txt gas2.txt gas3.txt --against articles/\n"
    "  briefing themes learn energy --stored --days 30"
)
@click.argument("name")
@click.argument("files", nargs=-1, type=PLACE, metavar="[FILE]...")
@AGAINST
@click.option("--stored", is_flag=True, help="Learn from the signed editions of the store too.")
@DAYS
@CONFIG
def learn(
    name: str, files: tuple[Path, ...], against: tuple[Path, ...], days: int, config: Path | None, *, stored: bool
) -> None:
    """Learn weights of words for the theme NAME from articles of it; prints a table to paste below the theme's terms.

    Five to twenty articles of the theme are enough, best with fifty or more others. Names are left out. With --stored
    the examples are also what an editor kept under the theme in the editions signed in these days, and against it count
    what the editor threw out of it and what stands under other themes.
    """
    from briefing.build import learn_theme

    settings = settings_of(config)
    if not files and not stored:
        raise SettingsError("There are no articles to learn from.", "Name files, or give --stored.")
    theme = _theme_called(name, settings)
    inside, outside = _taught(theme, settings, days) if stored else ([], [])
    named, unlike = _examples(files, against, settings) if files or against else ([], [])
    inside, outside = [*inside, *named], [*outside, *unlike]
    if not inside:
        raise SettingsError(
            f"No edition signed in the last {days} days has an article under {theme.name}.",
            "Publish drafts with a name, look further back with --days, or name files.",
        )
    learnt = learn_theme(theme, inside, outside).learnt
    echo("[themes.learnt]")
    for stem, weight in learnt:
        echo(f"{_toml(stem)} = {weight:.2f}")
    read = f"{counted(len(inside), 'article', 'articles')} and {counted(len(outside), 'other', 'others')}"
    echo(f"{len(learnt) - 1} stems learnt from {read}; names were left out.", err=True)
    if len(inside) < FEW_EXAMPLES:
        echo(f"  hint: From {FEW_EXAMPLES} articles on the weights are of the theme, not of a few events.", err=True)


def _taught(theme: Theme, settings: Settings, days: int) -> tuple[Sequence[Article], Sequence[Article]]:
    """Return what an editor kept under a theme, and what speaks against it; says how much on stderr."""
    from briefing.build.taught import taught

    found = taught(theme, settings, last=today(settings), days=days)
    counts = f"{len(found.kept)} kept, {len(found.thrown_out)} thrown out, {len(found.others)} under other themes"
    echo(f"{found.editions} signed editions: {counts}.", err=True)
    return [*found.kept], [*found.thrown_out, *found.others]


def _examples(
    files: Sequence[Path], against: Sequence[Path], settings: Settings
) -> tuple[Sequence[Article], Sequence[Article]]:
    """Return articles of a theme and others."""
    inside = [article for _, article in _articles(files, settings)] if files else []
    own = {article.id for article in inside}
    outside = [article for _, article in _articles(against, settings) if article.id not in own] if against else []
    if (files and not inside) or (against and not outside):
        raise SettingsError(
            "There are no articles to compare.", "Name articles of the theme, and others with --against."
        )
    return inside, outside


def _theme_called(name: str, settings: Settings) -> Theme:
    """Return the configured theme of that slug or name; a new one without terms where none is configured."""
    from briefing.build import themes_of
    from briefing.model import Theme
    from briefing.settings.sections import slug_of

    known = (theme for theme in themes_of(settings) if name in (theme.slug, theme.name))
    return next(known, Theme(slug_of(name, ""), name))


def _articles(paths: Sequence[Path], settings: Settings) -> Sequence[tuple[str, Article]]:
    from briefing.build import read_cleaned

    read = read_cleaned(paths, day=today(settings), settings=settings)
    return [(path, article) for path, article, _ in read if article is not None]


def _some(files: Sequence[Path], settings: Settings, days: int, *, stored: bool) -> Sequence[tuple[str, Article]]:
    """Return the articles of files, or those of the store's last days."""
    from briefing.build import clean_stored

    if stored == bool(files):
        raise SettingsError(
            "What to try comes from files or from the store, one of the two.", "Name files, or give --stored."
        )
    if not stored:
        return _articles(files, settings)
    cleaned = clean_stored(settings, last=today(settings), days=days)
    return [(item.raw.input, item.article) for _, items in cleaned for item in items if item.article]


def _levels(article: Article, themes: Sequence[Theme]) -> dict[str, str]:
    from briefing.build import match_themes

    return {m.theme.slug: "main" if m.is_main else "mention" for m in match_themes(article, themes)}


def _toml(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)

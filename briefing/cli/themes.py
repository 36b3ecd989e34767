"""`briefing themes`: write, try and extend themes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.options import CONFIG, PLACE, settings_of, today
from briefing.errors import SettingsError

if TYPE_CHECKING:
    from briefing.model import Article, Theme
    from briefing.settings import Settings


@click.group()
def themes() -> None:
    """See, try and extend the themes an edition is sorted by."""


@themes.command(epilog="\b\nExample:\n  briefing themes list --config briefing.toml")
@CONFIG
def list(config: Path | None) -> None:  # noqa: A001
    """Print the configured themes: slug, name, how many terms."""
    from briefing.build import themes_of

    for theme in themes_of(settings_of(config)):
        click.echo(f"{theme.slug}\t{theme.name}\t{len(theme.strong)} strong, {len(theme.weak)} weak terms")


@themes.command(name="try", epilog="\b\nExample:\n  briefing themes try new.toml articles/ --config briefing.toml")
@click.argument("new", type=click.Path(path_type=Path, dir_okay=False), metavar="NEW.TOML")
@click.argument("files", nargs=-1, required=True, type=PLACE, metavar="FILE...")
@CONFIG
def attempt(new: Path, files: tuple[Path, ...], config: Path | None) -> None:
    """Show which articles would move if the themes of NEW.TOML replaced the configured ones; nothing is saved."""
    from briefing.build import themes_of

    now, then = settings_of(config), settings_of(new)
    moved = 0
    articles = _articles(files, now)
    for path, article in articles:
        before, after = (_levels(article, themes_of(settings)) for settings in (now, then))
        if before != after:
            moved += 1
            click.echo(f"{path}: {article.title or article.body[:60]}")
            for slug in sorted({*before, *after}):
                if before.get(slug) != after.get(slug):
                    click.echo(f"  {slug}: {before.get(slug, 'none')} → {after.get(slug, 'none')}")
    click.echo(f"{moved} of {len(articles)} articles would move.", err=True)


@themes.command(epilog="\b\nExample:\n  briefing themes suggest energy gas1.txt gas2.txt gas3.txt --against articles/")
@click.argument("name")
@click.argument("files", nargs=-1, required=True, type=PLACE, metavar="FILE...")
@click.option(
    "--against",
    multiple=True,
    type=PLACE,
    help="Other articles, to tell common words from typical ones; may be given several times. Else news at large.",
)
@click.option("--limit", type=click.IntRange(1, 200), default=30, show_default=True, help="How many terms at most.")
@CONFIG
def suggest(name: str, files: tuple[Path, ...], against: tuple[Path, ...], limit: int, config: Path | None) -> None:
    """Propose terms for the theme NAME from articles that belong to it; prints a [[themes]] table to paste."""
    from briefing.build import suggest_theme_terms, themes_of

    settings = settings_of(config)
    inside = [article for _, article in _articles(files, settings)]
    own = {article.id for article in inside}
    outside = [article for _, article in _articles(against, settings) if article.id not in own]
    if not inside or (against and not outside):
        raise SettingsError(
            "There are no articles to compare.", "Name articles of the theme, and others with --against."
        )
    known = [
        t for theme in themes_of(settings) if name in (theme.slug, theme.name) for t in (*theme.strong, *theme.weak)
    ]
    found = suggest_theme_terms(inside, outside, known=known, limit=limit)
    click.echo("[[themes]]")
    click.echo(f"name = {_toml(name)}")
    click.echo("strong = [")
    for term, score in found:
        click.echo(f"  {_toml(term)},  # {score:.2f}")
    click.echo("]")


def _articles(paths: Sequence[Path], settings: Settings) -> Sequence[tuple[str, Article]]:
    from briefing.build import read_cleaned

    read = read_cleaned(paths, day=today(settings), settings=settings)
    return [(path, article) for path, article, _ in read if article is not None]


def _levels(article: Article, themes: Sequence[Theme]) -> dict[str, str]:
    from briefing.build import match_themes

    return {m.theme.slug: "main" if m.is_main else "mention" for m in match_themes(article, themes)}


def _toml(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)

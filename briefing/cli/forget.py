"""`briefing forget`: deletes the text of articles from the store for good."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.echo import echo
from briefing.cli.messages import counted
from briefing.cli.options import CONFIG, Day, settings_of, start_of
from briefing.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from briefing.model import Forgettable

_NAMED = 5  # editions named one by one


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing forget https://news.example/2022/01/article\n"
    "  briefing forget --before 2021-01-01 --yes"
)
@click.argument("url", required=False, default="", metavar="[URL]")
@click.option("--before", type=Day(), help="All articles of earlier days at the desk; undated ones by first sight.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@CONFIG
def forget(url: str, before: date | None, yes: bool, config: Path | None) -> None:
    """Remove the text of an article, or of all before a day, from the store, for good.

    Raw and cleaned text go, in every version, from the index of words too, and all that builds keep to be faster. The
    address, moments and hashes stay, so that the article is not collected again. Editions already printed keep the
    sentences they quote; so do copies of the store and the folder the editions were written to.
    """
    if bool(url) == (before is not None):
        raise SettingsError("Name what is to be forgotten.", "Give one article's URL, or --before with a day.")
    from briefing.build.desk_store import open_store

    settings = settings_of(config)
    moment = start_of(before, settings) if before else None
    with open_store(settings, create=False) as store:
        asked = store.forgettable(url=url, before=moment)
        if not asked.articles:
            echo("No such article is kept: nothing was forgotten.", err=True)
            return
        _tell(asked)
        if not yes and not _agreed(asked):
            return
        _forget_work()  # first: run again after a kill, it finds nothing more to forget in the store
        forgotten = store.forget(url=url, before=moment)
    echo(f"The text of {counted(forgotten, 'article', 'articles')} is forgotten.", err=True)


def _forget_work() -> None:
    """Clear the cache: it holds words of articles without saying whose they are."""
    from briefing.system.cache import cache_folder, clear

    folder = cache_folder()
    if folder is None:
        return
    try:
        clear(folder)
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be emptied, and it may hold words of the article: {error.strerror}.",
            "Remove that folder.",
            code="E_STORE_READONLY",
        ) from error


def _agreed(asked: Forgettable) -> bool:
    if not sys.stdin.isatty():
        raise SettingsError("Nobody is there to be asked.", "Add --yes to forget without asking.")
    return click.confirm(f"Forget the text of {counted(asked.articles, 'article', 'articles')} for good?", err=True)


def _tell(asked: Forgettable) -> None:
    if not asked.printed:
        return
    days = ", ".join(day.isoformat() for day in asked.printed[:_NAMED])
    more = f" and {len(asked.printed) - _NAMED} more" if len(asked.printed) > _NAMED else ""
    echo(f"Editions already printed keep the sentences they quote: {days}{more}.", err=True)

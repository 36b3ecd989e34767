"""`briefing search`: full-text search in the store."""

from __future__ import annotations

import re
import sys
from datetime import date, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from briefing.cli.echo import echo
from briefing.cli.messages import counted
from briefing.cli.options import CONFIG, Day, end_of, settings_of, start_of, today
from briefing.errors import SettingsError

if TYPE_CHECKING:
    from briefing.model import Hit

_INDENT = " " * 12  # under the title, beside the date


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing search Javelin\n"
    "  briefing search '\"air defence\" deliver*' --theme arms-shipments --since 2022-01-20\n"
    "  briefing search --outlet Reuters --limit 50"
)
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@click.option("--theme", default="", metavar="SLUG", help="Only articles printed under this theme, e.g. sanctions.")
@click.option("--outlet", default="", metavar="NAME", help="Only of this outlet; a part of its name will do.")
@click.option("--since", type=Day(), help="Only of this day or later, in the desk's time zone.")
@click.option("--until", type=Day(), help="Only of this day or earlier, in the desk's time zone.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Articles at most.")
@CONFIG
def search(
    words: tuple[str, ...],
    theme: str,
    outlet: str,
    since: date | None,
    until: date | None,
    limit: int,
    config: Path | None,
) -> None:
    """Find articles in the store that hold all these words, newest first.

    Any form of a word is found ("missile" finds missiles); "quotation marks" hold a phrase together, a * at the end
    stands for any ending. Without words, everything that the options ask for is listed.
    """
    if not (words or theme or outlet or since or until):
        raise SettingsError("Nothing is searched for.", 'Write a word, such as `briefing search "Javelin"`.')
    from briefing.build.desk_store import clean_collected, open_store

    settings = settings_of(config)
    with open_store(settings, create=False) as store:
        clean_collected(store, settings, today=today(settings))
        hits = store.search(
            " ".join(words),
            theme=theme,
            outlet=outlet,
            since=start_of(since, settings) if since else None,
            until=end_of(until, settings) if until else None,
            limit=limit,
        )
    styled, zone = sys.stdout.isatty(), ZoneInfo(settings.briefing.time_zone)
    for hit in hits:
        echo(shown(hit, zone, styled=styled), lines=True, styled=styled)
    found = counted(len(hits), "article", "articles")
    echo(f"{found} found." if len(hits) < limit else f"The newest {found}; --limit shows more.", err=True)


def shown(hit: Hit, zone: tzinfo, *, styled: bool) -> str:
    """Return a hit as lines for a terminal, or for a pipe with [brackets] round what was searched for."""
    moment = hit.moment if hit.to_the_day else hit.moment.astimezone(zone)
    lines = [moment.date().isoformat() + "  " + _styled(_harmless(hit.title) or "(no headline)", styled)]
    about = [_harmless(part) for part in (hit.outlet, hit.url) if part]
    if not hit.dated:
        about.append("undated: the day it was collected")
    if about:
        lines.append(_INDENT + " · ".join(about))
    lines.append(_INDENT + "".join(_piece(text, found, styled) for text, found in hit.snippet).strip())
    if hit.printed:
        under = f" under {', '.join(hit.themes)}" if hit.themes else ""
        lines.append(f"{_INDENT}printed {', '.join(hit.printed)}{under}")
    return "\n".join(lines)


def _piece(text: str, found: bool, styled: bool) -> str:
    if not found:
        return _harmless(text)
    return _styled(_harmless(text), styled) if styled else f"[{_harmless(text)}]"


def _styled(text: str, styled: bool) -> str:
    return click.style(text, bold=True) if styled else text


def _harmless(text: str) -> str:
    """Return a text on one line, without control characters."""
    from briefing.sources.opened import shown_name

    return shown_name(re.sub(r"\s+", " ", text))

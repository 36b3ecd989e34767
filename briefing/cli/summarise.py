"""`briefing summarise`: prints the summary of each article."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.echo import echo
from briefing.cli.messages import named, no_article
from briefing.cli.options import CONFIG, PLACE, settings_of, today
from briefing.errors import SettingsError


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing summarise article.txt\n"
    "  briefing summarise articles/ --sentences 2\n"
    "  briefing summarise page.html --words 60 --method lexrank\n\n"
    "\b\nMethods: newswire (the default, ours), lexrank (ours, sumy's ranking), textrank, lsa, luhn,\n"
    "edmundson, kl, sum-basic, reduction (sumy), and the baselines lead and random."
)
@click.argument("files", nargs=-1, required=True, type=PLACE, metavar="FILE...")
@click.option("--sentences", type=click.IntRange(1, 1000), help="How many sentences at most; 3 if nothing is said.")
@click.option("--words", type=click.IntRange(1, 100_000), help="How many words at most, in whole sentences.")
@click.option("--method", help="Ranking method.")
@CONFIG
def summarise(
    files: tuple[Path, ...], sentences: int | None, words: int | None, method: str | None, config: Path | None
) -> None:
    """Print the summary of each article."""
    if sentences and words:
        raise SettingsError("--sentences and --words cannot both be given.", "Drop one of them.")
    settings = settings_of(config, method)

    from briefing.build import read_cleaned
    from briefing.build import summarise as condense

    first, refused = True, False
    for path, article, reason in read_cleaned(files, day=today(settings), settings=settings):
        if article is None:
            echo(f"briefing: {named(path, reason)}", err=True)
            refused = True
            continue
        summary = condense(article, sentences=sentences, words=words, method=settings.summaries.method)
        if not first:
            echo()
        echo(article.title or path)
        for sentence in summary.sentences:
            echo(f"  {sentence.text}")
        first = False
    if first:
        raise no_article(files, refused=refused)

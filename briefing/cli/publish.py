"""`briefing publish`: makes the edition from an editor's sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from briefing.cli.messages import counted, print_counts
from briefing.cli.options import CONFIG, FORMAT, formats_of, now, settings_of, store_of


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing publish out/2022-02-01/edition.md\n"
    '  briefing publish out/2022-02-01/edition.md --by "Mirela Osk" --format pdf,email'
)
@click.argument("sheet", type=click.Path(path_type=Path, dir_okay=False), metavar="EDITION.MD")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder; by default the one the draft was built in."
)
@click.option("--by", default="", metavar="NAME", help="Who signs; by default the name in the sheet.")
@FORMAT
@CONFIG
def publish(sheet: Path, out: Path | None, by: str, formats: Sequence[str], config: Path | None) -> None:
    """Publish a draft as its edited sheet asks for, signed.

    The draft is what `build --draft` held; prints the path of each file written. Sentences of sources can be dropped
    and moved, never changed. A line that cannot be taken is named with its number, and then nothing is written: fix
    it and run the same command again. Publishing again replaces the edition.
    """
    settings = settings_of(config)
    wanted = formats_of(formats)

    from briefing.build import drafted, edited, remember_signed, render
    from briefing.cli.progress import shown
    from briefing.cli.templates import templates_of
    from briefing.system.locking import held

    ours = templates_of(settings)
    moment = now()
    edition = edited(sheet, now=moment, by=by)
    folder = out if out is not None else sheet.resolve().parent.parent
    with held(folder, now=moment), store_of(settings) as store, shown() as progress:
        written = render(edition, folder, formats=wanted or settings.outputs.formats, templates=ours, progress=progress)
        if store is not None:
            remember_signed(store, edition, made=drafted(sheet))
    for path in written:
        click.echo(path)
    assert edition.signed is not None
    own = counted(len(edition.editors_words), "line is", "lines are")
    click.echo(f"Signed off by {edition.signed.name}; {own} the editor's own.", err=True)
    print_counts(edition)

"""`briefing publish`: makes the edition from an editor's sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from briefing.cli.echo import echo, echo_path
from briefing.cli.messages import counted, print_counts, print_findings, print_left_out
from briefing.cli.options import CONFIG, FORMAT, at_desk, cache_of, formats_of, now, settings_of, store_of


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
def publish(sheet: Path, out: Path | None, by: str, formats: Sequence[str], config: Path | None) -> int:
    """Publish a draft as its edited sheet asks for, signed.

    The draft is what `build --draft` held; prints the path of each file written. Sentences of sources can be dropped
    and moved, never changed. A line that cannot be taken is named with its number, and then nothing is written: fix
    it and run the same command again. Publishing again replaces the edition. It is proved before it is written: what
    the proof refuses is left out and named; where that does not help, nothing is written, and it leaves with 1.
    """
    settings = settings_of(config)
    wanted = formats_of(formats)

    from briefing.build.publishing import publish as publish_sheet
    from briefing.cli.progress import shown
    from briefing.cli.templates import templates_of
    from briefing.outputs.renderings import Renderings
    from briefing.system.locking import held

    ours, moment = templates_of(settings), now()
    folder = out if out is not None else sheet.resolve().parent.parent
    with (
        held(folder, now=at_desk(settings)),
        store_of(settings) as store,
        cache_of(settings) as cache,
        shown() as progress,
    ):
        done = publish_sheet(
            sheet,
            store,
            settings,
            now=moment,
            out=folder,
            by=by,
            formats=wanted or settings.outputs.formats,
            templates=ours,
            renderings=Renderings(cache),
            cache=cache,
            progress=progress,
        )
    for path in done.paths:
        echo_path(path)
    print_left_out(done.proved.left_out)
    print_findings(done.proved.proof.findings)
    if not done.proved.ok:
        echo("Nothing was written: what is named above cannot be proved, nor left out.", err=True)
        return 1
    assert done.edition.signed is not None
    own = counted(len(done.edition.editors_words), "line is", "lines are")
    echo(f"Signed off by {done.edition.signed.name}; {own} the editor's own.", err=True)
    print_counts(done.edition)
    return 0

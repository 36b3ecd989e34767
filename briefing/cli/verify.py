"""`briefing verify`: proves an edition against its sources."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.echo import echo
from briefing.cli.messages import counted, print_read_otherwise
from briefing.cli.options import CONFIG, settings_of


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing verify out/2022-02-01/briefing.json --sources articles/\n"
    "  briefing verify out/2022-02-01/briefing.json --stored\n"
    "  briefing verify out/2022-02-01/briefing.json"
)
@click.argument("issue", type=click.Path(path_type=Path, dir_okay=False), metavar="BRIEFING.JSON")
@click.option(
    "--sources",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The files and folders the edition was built from; may be given several times.",
)
@click.option("--stored", is_flag=True, help="Prove it against the articles of the store it was built from.")
@CONFIG
def verify(issue: Path, sources: tuple[Path, ...], config: Path | None, *, stored: bool) -> int:
    """Prove that every printed sentence stands in its source, word for word, where the edition says.

    What stands beside the sentences is proved too: headlines, speakers, figures, days, supporting sources, counts, the
    ledger; and the files beside the issue file (PDF, pages, mails, digests): whatever they print must be a field of
    it or a fixed word of the page; the settings name the desk's own templates. What it says of the days before is
    compared with the editions that lie beside it. With --stored the sources are the articles of the store, as they were
    when the edition was made; without --sources and --stored only the issue file
    itself and these files are checked. What the editor wrote is counted, and proved by nothing. Leaves with 0, or with
    1 and a line for each thing that cannot be proved.
    """
    from briefing.build import earlier_editions, load_edition, prove_stored
    from briefing.build import verify as prove
    from briefing.build.desk_store import open_store
    from briefing.cli.templates import templates_of

    settings = settings_of(config)
    ours = templates_of(settings)
    edition = load_edition(issue)
    if stored:
        with open_store(settings, create=False) as store:
            proof = prove_stored(edition, store, settings, folder=issue.parent, templates=ours)
    else:
        before = earlier_editions(edition, issue.resolve().parent.parent)
        proof = prove(edition, sources or None, folder=issue.parent, templates=ours, earlier=before)
    for finding in proof.findings:
        echo(f"{finding.place}: {finding.problem}")
    against = (
        f"against {proof.sources} sources" if sources or stored else "by their receipts; the sources were not opened"
    )
    print_read_otherwise(proof, edition)
    if proof.editors:
        own = counted(proof.editors, "line is the editor's own and is", "lines are the editor's own and are")
        echo(f"{own} proved by nothing.", err=True)
    if proof.against_the_judge:
        chosen = counted(proof.against_the_judge, "sentence is", "sentences are")
        echo(f"{chosen} printed by the editor's choice where the judge would not have them.", err=True)
    if (sources or stored) and not proof.is_judged_again:
        echo(
            "What may be printed was not judged again: another version of the judge, or none, made the edition.",
            err=True,
        )
    echo(f"{proof.sentences} printed sentences checked {against}; {len(proof.findings)} findings.", err=True)
    return 0 if proof.ok else 1

"""Messages that several commands print: counts, names of inputs, their outcomes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.echo import echo
from briefing.errors import BriefingError, SourceError

if TYPE_CHECKING:
    from briefing.build.publishing import Drafted
    from briefing.model import Edition
    from briefing.stages.proof import Finding, Verification

NAMED_AT_MOST = 20  # inputs named one by one on stderr; the report has them all


def counted(number: int, one: str, several: str) -> str:
    """Return a number with its noun: "1 story", "2 stories"."""
    return f"{number} {one if number == 1 else several}"


def named(path: str, reason: str) -> str:
    """Return a sentence about an input that names it once, safe on a terminal."""
    from briefing.sources.opened import shown_name

    shown = shown_name(path)
    return reason if reason.startswith((f"{shown} ", f"{shown}:")) else f"{shown}: {reason}"


def no_article(paths: Collection[Path], *, refused: bool) -> SourceError:
    """Return the error of a command that found no article."""
    from briefing.sources.opened import shown_name

    places = [
        "this folder" if path == Path() else shown_name(f"{path}/" if path.is_dir() else str(path)) for path in paths
    ]
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return SourceError(
        f"There is no article in {', '.join(places[:3])}{more}.",
        "Fix or replace what is named above."
        if refused
        else "Put .txt, .md, .html, .jsonl, .json, .xml, .rss or .atom files there.",
        code="E_EMPTY",
    )


def print_counts(edition: Edition) -> None:
    """Print on stderr how many inputs had which fate, and what was cut."""
    counts = edition.counts
    fates = [entry.fate for entry in edition.ledger]
    rest = [f"{fates.count(f)} {f}" for f in ("told in a line", "merged", "left out", "rejected") if f in fates]
    echo(
        f"{counted(counts.inputs, 'input', 'inputs')}: {fates.count('used')} used"
        + "".join(f", {part}" for part in rest)
        + f"; {counted(counts.stories, 'story', 'stories')}"
        + (f" of {counted(counts.outlets, 'outlet', 'outlets')}." if counts.outlets else "."),
        err=True,
    )
    print_rejected(edition)
    for cut in edition.cuts[:NAMED_AT_MOST]:
        echo(f"  cut ({cut.why}) {cut.what}", err=True)


def print_rejected(edition: Edition) -> bool:
    """Print the rejected inputs; return whether there were any."""
    troubles = [entry for entry in edition.ledger if entry.fate == "rejected"]
    for entry in troubles[:NAMED_AT_MOST]:
        echo(f"  rejected {named(entry.input, entry.reason)}", err=True)
    if len(troubles) > NAMED_AT_MOST:
        echo(f"  and {len(troubles) - NAMED_AT_MOST} more; --report FILE names them all.", err=True)
    return bool(troubles)


def print_own(paths: Sequence[str]) -> None:
    """Print the files that were skipped as this program's own."""
    from briefing.sources.opened import shown_name

    if paths:
        more = f" and {len(paths) - NAMED_AT_MOST} more" if len(paths) > NAMED_AT_MOST else ""
        shown = ", ".join(map(shown_name, paths[:NAMED_AT_MOST]))
        echo(f"Not taken for articles, being this program's own: {shown}{more}.", err=True)


def signed_by(folder: Path) -> str:
    """Return who signed the edition in a folder; empty when it is unsigned or missing."""
    from briefing.outputs import load_edition

    try:
        signed = load_edition(folder / "briefing.json").signed
    except BriefingError:  # none, or one that is damaged: it is written anew
        return ""
    return signed.name if signed else ""


def print_replaced(signed: str, sheet: Path) -> None:
    """Print that a signed edition was replaced and how to restore it; nothing when it was unsigned."""
    if signed:
        echo(
            f"This replaced the edition that {signed} signed; to have that one back: briefing publish {sheet}", err=True
        )


def print_findings(findings: Sequence[Finding]) -> None:
    """Print what cannot be proved, a line each."""
    for finding in findings:
        echo(f"{finding.place}: {finding.problem}", err=True)


def print_read_otherwise(proof: Verification, edition: Edition) -> None:
    """Print what this program reads differently from the one that made an edition; nothing when that is nothing."""
    if not proof.read_otherwise:
        return
    made_by = edition.imprint.program or "that it does not name"
    echo(
        f"Another version of the program, {made_by}, made it. Its words stand in the sources; "
        f"{counted(len(proof.read_otherwise), 'thing is', 'things are')} read differently today:",
        err=True,
    )
    for one in proof.read_otherwise[:NAMED_AT_MOST]:
        echo(f"  {one.place}: {one.problem}", err=True)
    if len(proof.read_otherwise) > NAMED_AT_MOST:
        echo(f"  and {len(proof.read_otherwise) - NAMED_AT_MOST} more.", err=True)


def print_left_out(findings: Sequence[Finding]) -> None:
    """Print what was left out because it could not be proved; nothing when that is nothing."""
    if findings:
        echo(f"Left out, because {counted(len(findings), 'finding', 'findings')} could not be mended:", err=True)
    for finding in findings[:NAMED_AT_MOST]:
        echo(f"  {finding.place}: {finding.problem}", err=True)
    if len(findings) > NAMED_AT_MOST:
        echo(f"  and {len(findings) - NAMED_AT_MOST} more.", err=True)


def print_carried(drafted: Drafted | None) -> None:
    """Print what became of the edits of the sheet that lay there; nothing when there were none."""
    if drafted is None or drafted.kept is None:
        return
    lost = counted(len(drafted.lost), "edit does", "edits do")
    echo(f"Your edits were carried over; {lost} not fit. The sheet as it was: {drafted.kept}", err=True)
    for one in drafted.lost[:NAMED_AT_MOST]:
        echo(f"  {one}", err=True)

"""Proves an edition: opens its sources again, runs the stages on them, and compares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from briefing.build.persistence import inputs_of
from briefing.build.rereading import given_of, is_ours
from briefing.build.serialising import Packing, UnreadableError, written_out
from briefing.errors import SourceError
from briefing.model import Edition, Input
from briefing.outputs import OUTPUTS, formats_in, load_edition, make_files
from briefing.outputs.issue import issue_bytes, parse_edition
from briefing.outputs.printed_text import output_text, read_output
from briefing.outputs.renderings import Renderings
from briefing.settings import Settings
from briefing.sources import read_inputs
from briefing.stages.proof import (
    Finding,
    Verification,
    days_named,
    missing_sentences,
    naming_version,
    stray_chunks,
    stray_texts,
    verify_edition,
)
from briefing.store import Store
from briefing.system.program import program_version


def verify(
    edition: Edition,
    sources: Path | str | Sequence[Path | str] | None,
    *,
    folder: Path | str | None = None,
    templates: Path | None = None,
    earlier: Iterable[Edition] = (),
) -> Verification:
    """Return the proof of an edition against the files and folders it was built from.

    Args:
        edition: The issue, as built or loaded.
        sources: Those files and folders; None when they are not at hand: then only the receipts are checked.
        folder: Where the edition's files lie, to be proved as well; None leaves them out.
        templates: The desk's own templates, when the files were made with them.
        earlier: The editions of the days it speaks of, as far as they are at hand; see `earlier_editions`.
    """
    inputs = None if sources is None else read_inputs(sources)
    return prove(edition, inputs, folder=folder, templates=templates, earlier=earlier)


def prove(
    edition: Edition,
    inputs: Sequence[Input] | None,
    *,
    folder: Path | str | None = None,
    templates: Path | None = None,
    renderings: Renderings | None = None,
    earlier: Iterable[Edition] = (),
) -> Verification:
    """Return the proof of an edition against inputs that were read again; other arguments as `verify`."""
    proof = _proved(edition, inputs, tuple(earlier), renderings)
    files = verify_files(edition, folder, templates, renderings) if folder is not None else ()
    proof = replace(proof, findings=(*proof.findings, *files))
    return naming_version(proof, edition.imprint.program, program_version())


def _proved(
    edition: Edition, inputs: Sequence[Input] | None, earlier: Sequence[Edition], known: Renderings | None
) -> Verification:
    """Return the proof of an edition but its files; one without findings is looked up where nothing of it changed."""
    if known is None or inputs is None:
        return _worked_out(edition, inputs, earlier)
    issues = b"".join(sha256(issue_bytes(one)).digest() for one in (edition, *earlier))
    key = known.key(b"proof", issues, *(written_out(read).encode("utf-8", "surrogatepass") for read in inputs))
    packing: Packing[Verification] = Packing(Verification, ())
    found = known.find(key)
    if found is not None:
        with suppress(UnreadableError):
            return packing.unpack(found, ())
    proof = _worked_out(edition, inputs, earlier)
    if proof.ok:
        known.keep(key, packing.pack(proof, ()))
    return proof


def _worked_out(edition: Edition, inputs: Sequence[Input] | None, earlier: Sequence[Edition]) -> Verification:
    given = given_of(inputs, edition) if inputs is not None else None
    return verify_edition(
        edition,
        given.articles if given else None,
        given,
        {e.day: e for e in earlier},
        same_program=is_ours(edition),
    )


def prove_stored(
    edition: Edition, store: Store, settings: Settings, *, folder: Path | None = None, templates: Path | None = None
) -> Verification:
    """Return the proof of an edition against the articles as the store had them when it was made.

    With ``folder``, the files beside its issue file are proved too; an edition of several days needs it.

    Raises:
        SourceError: The store has no edition of its day, or another one.
    """
    made = _made(edition, store, folder)
    if made is None:
        raise SourceError(
            f"The store has no edition of {edition.day}, or another one.",
            "Name the files it was built from with --sources.",
            code="E_NOT_FOUND",
        )
    return prove_made(edition, store, settings, made=made, folder=folder, templates=templates)


def prove_made(
    edition: Edition,
    store: Store,
    settings: Settings,
    *,
    made: datetime,
    folder: Path | None = None,
    templates: Path | None = None,
    renderings: Renderings | None = None,
) -> Verification:
    """Return the proof of an edition, stored or not, against the articles as the store had them at a moment.

    One that was built from files and folders by hand has none of its inputs there: it is proved by its receipts.
    """
    inputs: Sequence[Input] | None = inputs_of(edition, store, settings, made)
    if edition.ledger and inputs is not None and {e.file for e in edition.ledger}.isdisjoint(i.path for i in inputs):
        inputs = None
    issues = filter(None, map(store.issue, days_named(edition)))
    earlier = [parse_edition(issue, "an issue file in the store") for issue in issues]
    return prove(edition, inputs, folder=folder, templates=templates, renderings=renderings, earlier=earlier)


def prove_to_send(
    edition: Edition,
    store: Store | None,
    settings: Settings,
    *,
    folder: Path,
    templates: Path | None = None,
    renderings: Renderings | None = None,
) -> Verification:
    """Return the proof that an edition needs to be sent: against the store where it is the store's, else by its
    receipts; and of the files in its folder, where this version made them: what is sent is made anew."""
    made = _made(edition, store, folder) if store is not None else None
    beside = folder if folder.is_dir() and is_ours(edition) else None
    if store is None or made is None:
        return prove(edition, None, folder=beside, templates=templates, renderings=renderings)
    return prove_made(edition, store, settings, made=made, folder=beside, templates=templates, renderings=renderings)


def _made(edition: Edition, store: Store, folder: Path | None) -> datetime | None:
    """Return when an edition was made; None when the store has none or a different one.

    One of several days is in no store, so it says it itself, or, built by an earlier version, the age of its issue file
    does. A wrong one proves nothing that is not so: what was collected between the two moments is then missing, or too
    much.
    """
    if edition.made is not None:
        return edition.made
    if edition.imprint.first_day is not None:
        path = folder / OUTPUTS["json"].whole if folder else None
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path and path.is_file() else None
    return store.made(edition.day) if store.issue(edition.day) == issue_bytes(edition) else None


def earlier_editions(edition: Edition, out: Path | str) -> tuple[Edition, ...]:
    """Return the earlier editions that an edition names, as far as they lie in the folder of all editions.

    Raises:
        SourceError: One of them is no sound issue file.
    """
    files = (Path(out) / day.isoformat() / OUTPUTS["json"].whole for day in days_named(edition))
    return tuple(load_edition(file) for file in files if file.is_file())


def verify_files(
    edition: Edition, folder: Path | str, templates: Path | None = None, renderings: Renderings | None = None
) -> tuple[Finding, ...]:
    """Return the texts of output files that the issue file does not account for.

    Each file is compared with what the issue file renders to; of one that differs, every text that is neither a field
    of the issue file nor a fixed word of the page is a finding, and so is every story sentence that is missing. So is a
    file that cannot be read, and a digest of no theme of the edition. A file that is not there is none.

    Args:
        edition: The edition the files are of.
        folder: Where they lie.
        templates: The desk's own, when the files were made with them: what these print of their own are fixed words.
        renderings: What was made already; None to make everything afresh.
    """
    made = make_files(edition, formats=formats_in(edition, folder), templates=templates, renderings=renderings)
    known = {name for name, _ in made}
    findings = [f for name, content in made for f in _compared(edition, Path(folder), name, content)]
    digests = Path(folder) / "digests"
    there = sorted(f"digests/{path.name}" for path in digests.iterdir()) if digests.is_dir() else []
    alien = [Finding(name, "It is not a file of this edition; remove it.") for name in there if name not in known]
    return (*findings, *alien)


def _compared(edition: Edition, folder: Path, name: str, made: bytes) -> tuple[Finding, ...]:
    """Return how an output file differs from the issue file rendered again."""
    path = folder / name
    try:
        if path.suffix == ".json" or not path.exists() or path.read_bytes() == made:
            return ()
        shown = read_output(path)
    except (SourceError, OSError):
        return (Finding(name, "It is damaged: it cannot be read; build it again."),)
    slug = path.name.partition(".")[0] if path.parent.name == "digests" else ""
    narrowed = edition.only(slug) if slug else edition
    fixed = stray_chunks(narrowed, output_text(name, made))  # words of the desk's own templates
    strays, lacking = stray_texts(narrowed, name, shown, fixed), missing_sentences(narrowed, name, shown)
    if not is_ours(edition):  # the same words, laid out otherwise, are well
        return (*([_laid_out_elsewhere(name, strays)] if strays else []), *lacking)
    return (*strays, *lacking) or (
        Finding(name, "It is not what this program makes of the issue file; build it again."),
    )


def _laid_out_elsewhere(name: str, strays: Sequence[Finding]) -> Finding:
    """Return what is said of a file with fixed words of another version: they cannot be told from forged ones."""
    more = f" {len(strays)} of its texts are such." if len(strays) > 1 else ""
    return Finding(name, f"{strays[0].problem}{more} Another version laid it out: `briefing render` makes it anew.")

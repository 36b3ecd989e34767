"""Checks that the ledger accounts for every input that was read, and truthfully."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from briefing.model import Edition, Fate, LedgerEntry
from briefing.model.digest import told_in_a_line
from briefing.model.roundups import whereabouts
from briefing.stages.proof.finding import Finding
from briefing.stages.proof.sources_read import Given

Findings = Iterator[Finding]

#: Fates of an article that the edition prints from.
_PRINTED: tuple[Fate, ...] = ("used", "told in a line")
#: What cleaning alone decides of an entry, whatever is printed.
_OF_CLEANING = ("file", "outcome", "notes", "article_id", "title", "removals")


def check_inputs(edition: Edition, given: Given) -> Findings:
    """Yield the differences between the ledger and the inputs read from the sources."""
    for check in CHECKS:
        yield from check(edition, given)


def check_accounted(edition: Edition, given: Given) -> Findings:
    """Yield the inputs that the ledger lacks or invents, and what it says of sources that the edition does not bear
    out: the part of `check_inputs` that holds whatever version of the program read them."""
    for check in (_every_input_once, _used, _merged):
        yield from check(edition, given)


def _every_input_once(edition: Edition, given: Given) -> Findings:
    listed = Counter(entry.input for entry in edition.ledger)
    read = Counter(entry.input for entry in given.ledger)
    for name in sorted(listed | read):
        if not read[name]:
            yield Finding(_place(name), "It is in the ledger and not among the sources given.")
        elif not listed[name]:
            if not edition.scope:
                yield Finding(_place(name), "It is among the sources given and not in the ledger.")
        elif listed[name] != read[name]:
            yield Finding(_place(name), f"The ledger has it {listed[name]} times.")


def _entries(edition: Edition, given: Given) -> Findings:
    read = {entry.input: entry for entry in given.ledger}
    for entry in edition.ledger:
        if entry.input in read:
            yield from _entry(entry, read[entry.input])


def _entry(entry: LedgerEntry, true: LedgerEntry) -> Findings:
    for name in _OF_CLEANING:
        if getattr(entry, name) != getattr(true, name):
            yield Finding(_place(entry.input), f"Its {name.replace('_', ' ')} is not what reading it gives today.")
    if true.fate in ("rejected", "merged") or not true.article_id:
        for name in ("fate", "reason", "into"):
            if getattr(entry, name) != getattr(true, name):
                yield Finding(_place(entry.input), f"Its {name} is {getattr(entry, name)!r}: reading says otherwise.")
    elif entry.fate == "rejected":
        yield Finding(_place(entry.input), "It is said to be rejected, and reading it gives an article.")


def _used(edition: Edition, given: Given) -> Findings:
    cited = {source.article_id: source.number for source in edition.sources}
    used = {entry.input for entry in edition.ledger if entry.fate in _PRINTED}
    lines = told_in_a_line(edition)
    for entry in edition.ledger:
        in_a_line = entry.article_id in lines and entry.fate in _PRINTED
        if edition.imprint.judge and (entry.fate == "told in a line") != in_a_line:
            yield Finding(_place(entry.input), f"It is said to be {entry.fate}, which is not how the edition tells it.")
        if entry.fate in _PRINTED and entry.article_id not in cited:
            yield Finding(_place(entry.input), "It is said to be used, and no source is made of it.")
        elif entry.fate == "left out" and entry.article_id in cited:
            yield Finding(_place(entry.input), f"It is said to be left out, and is source {cited[entry.article_id]}.")
    for source in edition.sources:
        if source.input not in used:
            yield Finding(f"source {source.number}", f"The ledger does not say that {source.input} is used.")


def _whereabouts(edition: Edition, given: Given) -> Findings:
    """Yield the used entries whose reason names an item or a theme that does not print them."""
    if edition.cuts or edition.scope:
        return  # what they name may be cut
    places: dict[str, set[str]] = {}
    for section in edition.sections:
        for passage in section.passages:
            places.setdefault(passage.article_id, set()).add(f"Quoted under {section.name}.")
    places |= {key: {sentence} for key, sentence in whereabouts(edition).items()}
    for entry in edition.ledger:
        if entry.fate in _PRINTED and entry.reason not in places.get(entry.article_id, {entry.reason}):
            yield Finding(_place(entry.input), f"It is not printed where the ledger says: {entry.reason}")


def _merged(edition: Edition, given: Given) -> Findings:
    inputs = {entry.input for entry in edition.ledger}
    for entry in edition.ledger:
        if bool(entry.into) != (entry.fate == "merged") or (entry.into and entry.into not in inputs - {entry.input}):
            yield Finding(_place(entry.input), f"What it was merged into is not another input: {entry.into!r}.")
        elif entry.into and entry.reason != f"The same article as {entry.into}.":
            yield Finding(_place(entry.input), "Its reason names another input than it was merged into.")


def _holders(edition: Edition, given: Given) -> Findings:
    holders = {entry.article_id: entry.input for entry in given.ledger if entry.fate != "merged"}
    for source in edition.sources:
        holder = holders.get(source.article_id, source.input)
        if source.input != holder:
            yield Finding(f"source {source.number}", f"Its article is in {holder}, not in {source.input}.")


def _place(name: str) -> str:
    return f"ledger, {name}"


#: What holds of every ledger, one check each.
CHECKS: tuple[Callable[[Edition, Given], Findings], ...] = (
    _every_input_once,
    _entries,
    _used,
    _whereabouts,
    _merged,
    _holders,
)

"""The ledger: every input is accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.model import Article, Cleaned, Fate, Input, InputOutcome, LedgerEntry, Note


def distinct_articles(cleaned: Sequence[Cleaned]) -> tuple[tuple[Article, ...], dict[str, str]]:
    """Return one article per identity, and which input each further copy was merged into.

    Of several inputs with one identity (two copies of a text, two versions of one URL) the newest is kept,
    then the fullest, then the first.

    Returns:
        The articles in the order of their inputs, and a mapping from the input of a copy to the input kept.
    """
    kept: dict[str, Cleaned] = {}
    for item in cleaned:
        if item.article is None:
            continue
        rival = kept.get(item.article.id)
        if rival is None or _rank(item.article) > _rank(_article(rival)):
            kept[item.article.id] = item
    merged = {
        item.raw.input: kept[item.article.id].raw.input
        for item in cleaned
        if item.article is not None and kept[item.article.id] is not item
    }
    return tuple(_article(item) for item in cleaned if item.article and kept[item.article.id] is item), merged


def account_for(
    inputs: Sequence[Input],
    cleaned: Sequence[Cleaned],
    *,
    merged: Mapping[str, str],
    copies: Mapping[str, str],
    used: Mapping[str, str],
    left_out: Mapping[str, str],
) -> tuple[LedgerEntry, ...]:
    """Return one entry per input, in the order of the inputs.

    Args:
        inputs: Everything that was read or could not be.
        cleaned: What cleaning made of each raw article.
        merged: Input of a copy → input it was merged into, by identity.
        copies: Article id of a near duplicate → article id it was merged into.
        used: Article id → where it is printed, a sentence.
        left_out: Article id → why it is not printed, a sentence.
    """
    by_input = {item.raw.input: item for item in cleaned}
    input_of = {item.article.id: item.raw.input for item in cleaned if item.article and item.raw.input not in merged}
    entries: list[LedgerEntry] = []
    for read in inputs:
        rows = list(_entries_of(read, by_input, merged, copies, input_of, used, left_out))
        entries.extend(rows or [_unread(read)])
    return tuple(entries)


def outcome_of(notes: Sequence[Note]) -> InputOutcome:
    """Return the outcome that notes amount to."""
    if any(note.code.startswith("E_") for note in notes):
        return "reject-with-error"
    return "accept-with-warning" if notes else "accept"


def reason_of(notes: Sequence[Note]) -> str:
    """Return the sentence that says why an input gave no article."""
    errors = [note.message for note in notes if note.code.startswith("E_")]
    return (errors or [note.message for note in notes] or ["It holds no article."])[0]


def _entries_of(
    read: Input,
    by_input: Mapping[str, Cleaned],
    merged: Mapping[str, str],
    copies: Mapping[str, str],
    input_of: Mapping[str, str],
    used: Mapping[str, str],
    left_out: Mapping[str, str],
) -> Iterator[LedgerEntry]:
    for n, raw in enumerate(read.articles):
        item = by_input[raw.input]
        notes = (read.notes if n == 0 else ()) + item.notes
        article = item.article
        if article is None:
            yield LedgerEntry(
                raw.input, read.path, "reject-with-error", "rejected", reason_of(notes), notes, removals=item.removals
            )
            continue
        into = merged.get(raw.input) or input_of.get(copies.get(article.id, ""), "")
        if into:
            fate: Fate = "merged"
            reason = f"The same article as {into}."
        elif article.id in used:
            fate, reason = "used", used[article.id]
        else:
            fate, reason = "left out", left_out.get(article.id, "It fits no theme.")
        yield LedgerEntry(
            raw.input,
            read.path,
            outcome_of(notes),
            fate,
            reason,
            notes,
            article_id=article.id,
            title=article.title,
            into=into,
            removals=item.removals,
        )


def _unread(read: Input) -> LedgerEntry:
    outcome = outcome_of(read.notes)
    fate: Fate = "rejected" if outcome == "reject-with-error" else "left out"
    return LedgerEntry(read.path, read.path, outcome, fate, reason_of(read.notes), read.notes)


def _rank(article: Article) -> tuple[float, int]:
    return (article.published.timestamp() if article.published else float("-inf"), len(article.body))


def _article(item: Cleaned) -> Article:
    assert item.article is not None
    return item.article

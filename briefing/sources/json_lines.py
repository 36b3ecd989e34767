"""A JSON Lines file in, an article a line out."""

from __future__ import annotations

from briefing.errors import ArticleError
from briefing.model import DateClue, Input, Note, RawArticle
from briefing.sources.decoding import decode, is_visible, one_line_end
from briefing.sources.metadata import one_line, web_address
from briefing.sources.opened import Opened, Reading, counted
from briefing.sources.structured import load, without_unpaired

MAX_LINES = 20_000  # of one file

#: Every field of a line; "text" must be there, the others may be.
FIELDS = ("title", "text", "outlet", "date", "url", "author", "language", "id")


def read_lines(file: Opened) -> Reading:
    """Return the articles of a ``.jsonl`` file; a line that holds none is refused alone, under its number.

    Raises:
        ArticleError: It is no text.
    """
    decoded = decode(file)
    articles: list[RawArticle] = []
    refused: list[Input] = []
    notes = list(decoded.notes)
    lines = [line for line in decoded.text.split("\n") if line.strip()]
    if len(lines) > MAX_LINES:
        notes.append(file.note("W_ITEMS_CAPPED", f"{len(lines):,} lines; the first {MAX_LINES:,} were read. Split it."))
    for number, line in enumerate(lines[:MAX_LINES], 1):
        key = f"{file.path}#{number}"
        try:
            articles.append(_article(line, key, f"{file.shown}#{number}"))
        except ArticleError as error:
            refused.append(Input(key, notes=(Note(error.code, f"{error.message} {error.hint}".strip()),)))
    return Reading(tuple(articles), tuple(notes), tuple(refused))


def _article(line: str, key: str, shown: str) -> RawArticle:
    value, repeated = load(line, shown)
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise ArticleError(
            f'{shown} has no "text".', f"Give an object with the fields {', '.join(FIELDS)}.", code="E_EMPTY"
        )
    text, dropped = without_unpaired(value["text"])
    if not is_visible(text):
        raise ArticleError(
            f'{shown} is empty: its "text" holds no visible character.', "Remove the line.", code="E_EMPTY"
        )
    notes = []
    if repeated:
        notes.append(Note("W_FEED_MALFORMED", f"{shown}: a field is given twice; the last one counts."))
    if dropped:
        notes.append(Note("W_CONTROL_REMOVED", f"{shown}: {counted(dropped, 'unstorable character')} left out."))
    field = {name: without_unpaired(str(value.get(name) or ""))[0] for name in FIELDS}
    return RawArticle(
        input=key,
        text=one_line_end(text),
        kind="jsonl",
        title=one_line(field["title"]),
        outlet=one_line(field["outlet"]),
        byline=one_line(field["author"]),
        url=web_address(field["url"]),
        guid=field["id"][:500],
        language=field["language"][:10],
        dates=(DateClue(field["date"][:100], "metadata"),) if field["date"] else (),
        notes=tuple(notes),
    )

"""One raw article → one cleaned article, and the account of what was done to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from zoneinfo import ZoneInfo

from briefing.model import Article, Cleaned, Code, Note, Paragraph, RawArticle, Removal, article_id
from briefing.stages.clean.boilerplate import REPEATED, folded, hit, repeated_lines, tail
from briefing.stages.clean.characters import has_mixed_host
from briefing.stages.clean.length import Capped, capped, length_notes
from briefing.stages.clean.lines import Line, Lines, lines_of, plain
from briefing.stages.clean.origins import wire_of
from briefing.stages.clean.paragraphs import bullet_length, kinds_of
from briefing.stages.clean.publication import dated
from briefing.stages.clean.refusals import why_no_article
from briefing.stages.clean.series import hours_of, slides_of
from briefing.stages.clean.titles import (
    HEAD,
    Head,
    byline_name,
    fold,
    head_of,
    headline,
    host_of,
    shortened,
    without_site,
)
from briefing.text.dates import LONGEST_CLUE, date_line, states_a_change, without_lead
from briefing.text.languages import Language, language_stated

#: Kinds whose markup nobody has read: the head is looked for, and long lines without a stop are captions.
PLAIN_TEXT = ("text", "email")


@dataclass(frozen=True, slots=True)
class Uncleaned:
    """A raw article, and all that cleaning it takes from the others of the run."""

    raw: RawArticle
    repeated: frozenset[str] = frozenset()  # its lines that its outlet prints again and again, folded
    lines: Lines | None = None  # of its text, where they were read to know what is repeated


@dataclass(slots=True)
class _Sorted:
    """The lines of one article, sorted into what stays and what goes."""

    kept: list[Line] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    outlet: str = ""  # as a removed line names it

    def keep(self, line: Line) -> None:
        """Keep a line without the call to read on that may stand at its end."""
        at = tail(line.text)
        if at == len(line.text):
            self.kept.append(line)
            return
        length = len(line.text) - at  # white space apart, also in the text as read, where it is the last of the line
        self.removals.append(Removal(max(line.start, line.end - length), line.end, "read-on"))
        if line.text[:at].strip():
            self.kept.append(Line(line.start, max(line.start, line.end - length), line.text[:at].rstrip()))

    def drop(self, line: Line, rule: str) -> None:
        self.removals.append(Removal(line.start, line.end, rule))
        self.dropped.append(line.text)


def clean_all(raws: Sequence[RawArticle], *, today: date, time_zone: str) -> tuple[Cleaned, ...]:
    """Return every raw article cleaned, in order; what an outlet repeats is boilerplate in all its articles.

    Args:
        raws: Decoded texts without markup.
        today: The edition's day; only dates after it are warned of.
        time_zone: Of times that state none, such as "Europe/Berlin".
    """
    return tuple(clean_one(article, today=today, time_zone=time_zone) for article in with_repetitions(raws))


def clean_one(article: Uncleaned, *, today: date, time_zone: str) -> Cleaned:
    """Return one raw article cleaned; arguments as `clean_all`."""
    lines = article.lines or lines_of(article.raw.text)
    return _clean(article.raw, lines, today, ZoneInfo(time_zone), article.repeated)


def all_words(raw: RawArticle) -> str:
    """Return everything that was read of a raw article, its fields first: no line is dropped, dangerous characters are.

    What any version of the program prints of the article stands in it, white space apart.
    """
    fields = (raw.title, raw.outlet, raw.byline, raw.url, raw.feed)
    return "\n".join([*(plain(text, Counter()) for text in fields), *(line.text for line in lines_of(raw.text).lines)])


def with_repetitions(raws: Sequence[RawArticle]) -> tuple[Uncleaned, ...]:
    """Return every raw article with those of its lines that its outlet repeats, in order."""
    found = _repetitions(raws)
    return tuple(found.get(number, Uncleaned(raw)) for number, raw in enumerate(raws))


def _repetitions(raws: Sequence[RawArticle]) -> dict[int, Uncleaned]:
    """Return, by place, the articles whose outlet may repeat itself."""
    by_outlet: dict[str, list[int]] = defaultdict(list)
    for number, raw in enumerate(raws):
        if name := fold(raw.outlet) or host_of(raw.url) or raw.feed:
            by_outlet[name].append(number)
    found: dict[int, Uncleaned] = {}
    for numbers in by_outlet.values():
        if len(numbers) < REPEATED:
            continue
        read = [lines_of(raws[number].text) for number in numbers]
        repeated = repeated_lines([[line.text for line in lines.lines] for lines in read])
        for number, lines in zip(numbers, read, strict=True):
            own = repeated and repeated.intersection(folded(line.text) for line in lines.lines)
            found[number] = Uncleaned(raws[number], own or frozenset(), lines)
    return found


def clean(raw: RawArticle, *, today: date, time_zone: str, repeated: frozenset[str] = frozenset()) -> Cleaned:
    """Return one raw article cleaned.

    Args:
        raw: Decoded text without markup.
        today: The edition's day; only dates after it are warned of.
        time_zone: Of times that state none, such as "Europe/Berlin".
        repeated: Folded lines that the article's outlet prints again and again.
    """
    return clean_one(Uncleaned(raw, repeated), today=today, time_zone=time_zone)


def _clean(raw: RawArticle, read: Lines, today: date, zone: ZoneInfo, repeated: frozenset[str]) -> Cleaned:
    changed = Counter(read.changed)
    cut = capped(read, len(raw.text))
    sorted_ = _sort(cut, repeated)
    fields = replace(
        raw, title=plain(raw.title, changed), outlet=plain(raw.outlet, changed), byline=plain(raw.byline, changed)
    )
    looks_for_title = raw.kind in PLAIN_TEXT and not fields.title
    given, site = without_site(headline(fields.title), fields.outlet, raw.url)
    outlet = fields.outlet or site or sorted_.outlet or plain(host_of(raw.url), changed)
    spoken = language_stated(raw.language, raw.text)
    head = head_of(sorted_.kept, title=given, outlet=outlet, wanted=looks_for_title, spoken=spoken)
    if raw.kind == "headline":  # it is its own text, and is not taken out of it
        head = Head()
    title = sorted_.kept[head.title].text if looks_for_title and head.title is not None else given
    byline = fields.byline or (byline_name(sorted_.kept[head.byline].text) if head.byline is not None else "")
    stated = _take_head(sorted_, head) + _stated_dates(cut.lines, spoken)
    removals = tuple(sorted(sorted_.removals, key=lambda removal: (removal.start, removal.end)))
    nothing = why_no_article(raw, sorted_.kept, title, capped=cut.removal is not None)
    if nothing:
        return Cleaned(raw, None, (*raw.notes, *_notes(raw, changed, title), nothing), removals)
    body, paragraphs = _body(sorted_.kept, plain_text=raw.kind in PLAIN_TEXT)
    if raw.kind == "headline":
        paragraphs = tuple(replace(paragraph, kind="heading") for paragraph in paragraphs)
    texts = [line.text for line in sorted_.kept]
    day, date_notes = dated(raw, stated, texts[0], today=today, zone=zone, spoken=spoken)
    notes = (*raw.notes, *_notes(raw, changed, title), *length_notes(raw, cut, texts), *date_notes)
    title = shortened(title)
    article = Article(
        id=raw.identity or article_id(feed=raw.feed, guid=raw.guid, url=raw.url, title=title, body=body),
        body=body,
        paragraphs=paragraphs,
        title=title,
        outlet=outlet,
        byline=byline,
        wire=wire_of(texts, byline=byline, dropped=sorted_.dropped),
        url=raw.url if host_of(raw.url) else "",
        language=raw.language,
        date=day,
    )
    return Cleaned(raw, article, notes, removals)


def _sort(cut: Capped, repeated: frozenset[str]) -> _Sorted:
    """Sort lines by the phrase rules and by repetition; near the end a plea takes what follows with it."""
    result, cutting = _Sorted(), ""
    lines = cut.lines
    hours, slides = hours_of(lines), slides_of(lines)
    tail = len(lines) * 2 // 3
    middle = len(lines) // 2
    for at, line in enumerate(lines):
        if cutting:
            result.drop(line, cutting)
            continue
        found = None if line.start in hours else hit(line.text)
        if found and (found.rule.where != "tail" or at >= tail):
            result.drop(line, found.rule.id)
            result.outlet = result.outlet or found.outlet
            cutting = found.rule.id if found.rule.cut and at >= middle else ""
        elif line.start in slides:
            result.drop(line, "slide")
        elif repeated and folded(line.text) in repeated:
            result.drop(line, "repeated")
        else:
            result.keep(line)
    if cut.removal:
        result.removals.append(cut.removal)
    return result


def _take_head(sorted_: _Sorted, head: Head) -> list[str]:
    """Take headline, byline, date and section lines out of the kept ones, and return the lines that state a date."""
    rules = dict.fromkeys(head.sections, "section")
    rules |= {at: rule for at, rule in ((head.byline, "byline"), (head.date, "date")) if at is not None}
    dates = [sorted_.kept[head.date].text] if head.date is not None else []
    kept = []
    for at, line in enumerate(sorted_.kept):
        if at in rules:
            sorted_.drop(line, rules[at])
        elif at != head.title:
            kept.append(line)
    sorted_.kept = kept
    return dates


def _stated_dates(lines: Sequence[Line], spoken: Language) -> list[str]:
    """Return the leading lines that say when the text was published, before those that say when it was changed."""
    short = [line.text for line in lines[:HEAD] if len(line.text) <= LONGEST_CLUE and any(map(str.isdigit, line.text))]
    found = [text for text in short if without_lead(text)[1] or _is_stated(text, spoken)]
    return sorted(found, key=states_a_change)


def _is_stated(text: str, spoken: Language) -> bool:
    found = date_line(text, UTC, spoken, named=False)
    return bool(found and found.stated)


def _body(lines: Sequence[Line], *, plain_text: bool) -> tuple[str, tuple[Paragraph, ...]]:
    kinds = kinds_of(lines, plain_text=plain_text)
    paragraphs, at = [], 0
    for line, kind in zip(lines, kinds, strict=True):
        start = at + (bullet_length(line.text) if kind in ("bullet", "text") else 0)
        paragraphs.append(Paragraph(start, at + len(line.text), kind))
        at += len(line.text) + 1
    return "\n".join(line.text for line in lines), tuple(paragraphs)


_CHANGED: dict[Code, str] = {
    "W_CONTROL_REMOVED": "{count} control characters were removed",
    "W_BIDI_REMOVED": "{count} characters that turn the direction of text were removed",
    "W_INVISIBLE_REMOVED": "{count} invisible characters were removed",
    "W_COMBINING_CAPPED": "{count} combining marks piled on one letter were removed",
    "W_MOJIBAKE": "text read in a wrong encoding was put right in {count} lines",
}


def _notes(raw: RawArticle, changed: Counter[str], title: str) -> tuple[Note, ...]:
    notes = [
        Note(code, f"{raw.input}: {_CHANGED[code].format(count=changed[code])}.") for code in _CHANGED if changed[code]
    ]
    replaced = raw.text.count("\ufffd")
    if replaced and not any(note.code == "W_ENCODING_REPLACED" for note in raw.notes):
        notes.append(Note("W_ENCODING_REPLACED", f"{raw.input}: {replaced} characters could not be decoded."))
    if len(title) > len(shortened(title)):
        notes.append(Note("W_TITLE_TRUNCATED", f"{raw.input}: its headline of {len(title)} characters was cut."))
    if has_mixed_host(raw.text[:1_000_000]):
        notes.append(Note("W_SUSPICIOUS_HOST", f"{raw.input}: an address in it mixes letters of several scripts."))
    return tuple(notes)

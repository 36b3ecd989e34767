"""What comes in: raw articles, cleaned articles, their sentences and receipts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from datetime import date as Day  # noqa: N812  `date` is a field here

from briefing.model.closed_sets import DateEvidence, DatePrecision, ParagraphKind, RawKind, ReceiptOf
from briefing.model.codes import Code

#: A sentence with more words or code points is no sentence but a list, a table, a text without stops: never printed
#: whole. The longest of 13,406 sentences of 600 real articles has 104 words and 688 code points.
LONGEST_SENTENCE = (120, 1_200)
#: Code points of such a sentence that are printed when its article holds nothing else.
CUT_TO = 400


@dataclass(frozen=True, slots=True)
class Note:
    """One thing noticed about an input."""

    code: Code  # W_… for a warning, E_… for a rejection
    message: str  # one sentence that names the input


@dataclass(frozen=True, slots=True)
class DateClue:
    """A date as some part of the input states it, not validated yet."""

    text: str  # verbatim, such as "2022-02-01T09:30:00+01:00"
    evidence: DateEvidence


@dataclass(frozen=True, slots=True)
class RawArticle:
    """What a reader returns: decoded text without markup, nothing judged yet.

    ``input`` is the key of the ledger: the path relative to the PATH given, with ``#n`` (from 1)
    for the n-th item of a feed or of a JSON Lines file.
    """

    input: str
    text: str  # paragraphs separated by newlines
    kind: RawKind
    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    guid: str = ""  # the feed's own identifier of the item
    feed: str = ""  # URL or title of the feed the item came from
    language: str = ""  # ISO 639-1 as the source states it; empty when it does not
    dates: tuple[DateClue, ...] = ()
    notes: tuple[Note, ...] = ()
    identity: str = field(default="", compare=False)  # as store or files tell it from others; empty: what it claims


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that was read or refused: a file, a page, a feed's item.

    ``articles`` is empty when it was rejected; the reason is then the ``E_`` note.
    """

    path: str  # relative to the PATH given
    articles: tuple[RawArticle, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Removal:
    """Lines that ``clean`` removed, by place and rule; the text itself is never printed."""

    start: int  # code points in RawArticle.text, half-open
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of an article's body."""

    start: int  # code points in Article.body, half-open
    end: int
    kind: ParagraphKind = "text"


@dataclass(frozen=True, slots=True)
class Dated:
    """When an article was published, and how that is known."""

    moment: datetime  # aware, UTC; midnight UTC of the day when precision is "day"
    precision: DatePrecision
    evidence: DateEvidence
    clue: str = ""  # the words it was read from, verbatim


@dataclass(frozen=True, slots=True)
class Article:
    """One cleaned news item."""

    id: str  # the same tomorrow: of its place and guid, else URL, else a hash of title and body
    body: str  # cleaned text; paragraphs separated by one "\n"
    paragraphs: tuple[Paragraph, ...]  # in order, not overlapping, each within one line of the body
    title: str = ""  # the source's own headline; empty when it has none
    outlet: str = ""
    byline: str = ""
    wire: str = ""  # the agency it was written by, such as "AP"; empty when it names none
    url: str = ""  # http(s) or empty
    language: str = ""  # ISO 639-1; empty when it is not known
    date: Dated | None = None
    span: tuple[int, int] | None = None  # code points in the body, half-open: of a part of a round-up, else None

    @property
    def key(self) -> str:
        """Return what tells it from every other article and part of a run: its id, of a part with where it begins."""
        return f"{self.id}@{self.span[0]}" if self.span else self.id

    @property
    def text(self) -> str:
        """Return the body, of a part only its span."""
        return self.body[slice(*self.span)] if self.span else self.body

    @property
    def published(self) -> datetime | None:
        """Return the moment of publication in UTC, or None for an undated article."""
        return self.date.moment if self.date else None

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        title: str = "",
        published: datetime | Day | None = None,
        outlet: str = "",
        url: str = "",
        language: str | None = None,
    ) -> Article:
        """Return the article of a plain text, uncleaned: every character is kept, paragraphs end at newlines.

        A ``published`` datetime without a zone is taken as UTC; a bare date has day precision.
        """
        return cls(
            id=article_id(url=url, title=title, body=text),
            body=text,
            paragraphs=paragraphs_of(text),
            title=title,
            outlet=outlet,
            url=url,
            language=language or "",
            date=_given(published),
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """One event of a round-up, newsletter or live blog; of an ordinary article all of it."""

    start: int  # code points in Article.body, half-open
    end: int
    told_again: bool = False  # another segment of the same article tells the event at greater length


def article_id(*, feed: str = "", guid: str = "", url: str = "", title: str = "", body: str = "") -> str:
    """Return the identity of an article, 16 hex digits, the same on every day and machine."""
    if guid:
        key = f"guid\0{feed}\0{guid}"
    elif url:
        key = f"url\0{url}"
    else:
        key = f"text\0{title}\0{body}"
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def paragraphs_of(body: str) -> tuple[Paragraph, ...]:
    """Return the spans of a body's lines that are not blank."""
    spans, at = [], 0
    for line in body.split("\n"):
        if line.strip():
            spans.append(Paragraph(at, at + len(line)))
        at += len(line) + 1
    return tuple(spans)


def _given(published: datetime | Day | None) -> Dated | None:
    if published is None:
        return None
    if isinstance(published, datetime):
        aware = published if published.tzinfo else published.replace(tzinfo=UTC)
        return Dated(aware.astimezone(UTC), "minute", "given", published.isoformat())
    return Dated(
        datetime(published.year, published.month, published.day, tzinfo=UTC), "day", "given", published.isoformat()
    )


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The result of ``clean`` for a raw article, and all that was changed.

    ``article`` is None when no article was found in it; an ``E_`` note says why.
    """

    raw: RawArticle
    article: Article | None
    notes: tuple[Note, ...] = ()  # of reading and of cleaning
    removals: tuple[Removal, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof of a printed sentence: the article, the span in its cleaned body or title, the hash of that span."""

    article_id: str
    start: int  # code points, half-open
    end: int
    sha256: str  # of the span's UTF-8, hex
    of: ReceiptOf = "body"  # what it is a span of

    @classmethod
    def made(cls, article_id: str, start: int, end: int, text: str, of: ReceiptOf = "body") -> Receipt:
        """Return the receipt of a span whose text is ``text``."""
        return cls(article_id, start, end, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), of)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and its place. Identity is the place, never the text."""

    article_id: str
    position: int  # 0-based within the article
    paragraph: int  # index into Article.paragraphs
    start: int  # code points in Article.body, half-open
    end: int
    text: str  # Article.body[start:end]
    kind: ParagraphKind = "text"  # of its paragraph
    mark: str = field(default="", compare=False)  # in a summary: the speaker printed with it, as the article names him
    introduced: Receipt | None = field(default=None, compare=False)  # in a summary: what names its referent further up

    @property
    def receipt(self) -> Receipt:
        """Return the receipt of this sentence."""
        return Receipt.made(self.article_id, self.start, self.end, self.text)

    @property
    def is_endless(self) -> bool:
        """Return whether it is too long to print, and so hardly a sentence."""
        words, characters = LONGEST_SENTENCE
        if len(self.text) <= 2 * words:  # a word and the space behind it are two at least: no need to count
            return False
        return len(self.text) > characters or len(self.text.split()) > words

    def shortened(self) -> Sentence:
        """Return it unchanged, or if it is endless its first `CUT_TO` code points or fewer, cut after a word."""
        if not self.is_endless:
            return self
        space = self.text.rfind(" ", CUT_TO // 2, CUT_TO + 1)
        text = self.text[: space if space > 0 else CUT_TO].rstrip()
        return replace(self, end=self.start + len(text), text=text)

    def without_opening(self, length: int) -> Sentence:
        """Return the sentence without its first ``length`` code points: still one span of the source."""
        return replace(self, start=self.start + length, text=self.text[length:])

"""Where articles are collected from, and what one visit brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from briefing.model.article import Input, Note
from briefing.model.closed_sets import SubscriptionKind


@dataclass(frozen=True, slots=True)
class Subscription:
    """One place that articles are collected from, day after day."""

    name: str  # unique; how messages, the store and the table of sources call it
    kind: SubscriptionKind
    address: str  # http(s) for "feed", "site" and "page"; a path for "folder" and "mailbox"
    outlet: str = ""  # printed where an article does not name its own
    language: str = ""  # ISO 639-1, of articles that do not say
    full_text: bool = True  # fetch an article's own page when the feed has a teaser only
    every: int = 60  # minutes at least between two visits
    most: int = 100  # pages fetched in one visit, at most


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a subscription between two visits."""

    subscription: str  # its name
    address: str = ""  # of the subscription when it was visited: at another one, all below is forgotten
    moved_to: str = ""  # where a permanent redirect sent us: a hint, the address itself is asked again each day
    moved_at: datetime | None = None  # when that was last asked; UTC, like all below
    etag: str = ""
    last_modified: str = ""
    last_try: datetime | None = None
    last_success: datetime | None = None
    not_before: datetime | None = None  # the server asked not to be visited earlier
    gone: bool = False  # the server said 410: not asked again
    failures: int = 0  # visits in a row that failed
    error: str = ""  # of the last visit, one sentence; empty when it was well
    withheld: int = 0  # visits in a row at which a request for everything was answered with "not modified"


@dataclass(frozen=True, slots=True)
class Visit:
    """The result of one visit to a subscription."""

    inputs: tuple[Input, ...]  # read or refused, each with its reason
    standing: Standing  # as it is after the visit
    fetched: int = 0  # requests made
    unchanged: bool = False  # the server said 304, or nothing was due
    notes: tuple[Note, ...] = ()  # of the source itself, not of what it brought; an ``E_`` says why there is nothing


@dataclass(frozen=True, slots=True)
class Added:
    """The counts of what the store made of a visit's articles."""

    new: int  # articles that were not known
    changed: int  # known ones with another title or text
    same: int  # known ones as they were


@dataclass(frozen=True, slots=True)
class Health:
    """The health of a subscription: successes, failures, articles a day."""

    standing: Standing
    articles: int  # in the store
    per_day: float  # new articles a day, over the last seven days
    newest: datetime | None  # when its last new article was seen


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article as collected."""

    key: str  # identity of the article: the same for all its versions
    number: int  # from 1
    seen: datetime  # UTC, first time this state was seen
    sha256: str  # of title and text


@dataclass(frozen=True, slots=True)
class Forgettable:
    """What the store would delete."""

    articles: int
    printed: tuple[date, ...]  # days of the editions that print from them: these keep the sentences they quote


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result."""

    key: str
    title: str
    outlet: str
    url: str
    moment: datetime  # publication, or when it was first seen
    dated: bool  # moment is the publication
    snippet: tuple[tuple[str, bool], ...]  # pieces of text, and whether each is what was searched for
    printed: tuple[str, ...] = ()  # days (ISO) of the editions that print from it
    themes: tuple[str, ...] = ()  # slugs it was printed under
    to_the_day: bool = False  # the publication is known to the day alone: moment is midnight UTC of it

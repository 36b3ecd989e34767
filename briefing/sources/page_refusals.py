"""Refuses pages without an article: log-ins, errors, lists. What decides is the page's prose, not its menus."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.errors import ArticleError
from briefing.sources.blocks import HEADING_TAGS, Block, ends_as_prose
from briefing.sources.extracting import Extracted
from briefing.sources.metadata import Metadata
from briefing.sources.opened import Opened
from briefing.sources.plain import Plain

#: Titles of errors: they count where little else is on the page, for a headline may say the same of a lost ship.
_ERROR = re.compile(
    r"^\W*(?:error\W*)?(?:40[0134]|410|429|451|50[0234])\W*"
    r"(?:$|[:|–—]|error|not found|forbidden|unauthori[sz]ed|unavailable|bad |internal|service|gateway|too many)"
    r"|\b(?:page|article|file|seite|página|page|сторінк\w+|страниц\w+)\b.{0,30}\b"
    r"(?:not found|(?:cannot|can't|could not) be found|nicht gefunden|introuvable|no encontrada|не знайдено|не найдена)"
    r"|^\W*(?:not found|oops|something went wrong|service unavailable|site maintenance|under maintenance"
    r"|(?:unavailable|not available) in your|subscribe|register|abonnieren|s'abonner|suscr[ií]bete)\b",
    re.IGNORECASE,
)
#: Titles of doors: whatever else such a page says, it says of itself.
_GATE = re.compile(
    r"^\W*(?:log ?in|sign ?in|log ?on|anmelden|se connecter|iniciar sesión|увійти|войти)\b"
    r"|^\W*(?:access denied|forbidden|just a moment|attention required|one more step|verify you are human"
    r"|are you (?:a )?(?:human|robot)|before you continue|cookie (?:settings|consent)|we value your privacy"
    r"|your privacy choices|search results)\b",
    re.IGNORECASE,
)
_CONSENT = re.compile(r"\bcookies?\b", re.IGNORECASE)
_CONSENTING = re.compile(
    r"\b(?:accept|consent|partners\b|zustimm|einwillig|akzeptier|consentement|accepter|consentimiento|aceptar|згод|соглас)",
    re.IGNORECASE,
)
_DOOR = re.compile(r"\b(?:subscrib|sign (?:in|up)\b|log ?in\b|regist|password|create an account)", re.IGNORECASE)
DOOR = 100  # characters below which every line is when a page only asks to sign in or to subscribe
FEW = 400  # characters below which a page must say that it is an article, or be written as one
RUNNING = 200  # characters of running prose that make an article whatever else is on its page
PARAGRAPH = 80  # characters of a paragraph of running prose
TEASER = 450  # characters of a teaser at most: two or three sentences
HEADLINE = 25  # characters from which a link is a headline, not a name
CARDS = 4  # teasers from which a page is a list, unless it runs on for longer than they are
_SENTENCE_ENDS = re.compile(r"[.!?…。！？؟।։።][\"'”’»)\]]*(?:\s|$)|[。！？]")


def refuse_other_pages(file: Opened, page: Plain, known: Metadata, titles: Sequence[str], found: Extracted) -> None:
    """Raise for a page that is a door, an error or a list instead of an article."""
    if not found.lines:
        raise no_article(file, "it has no text of its own")
    few = len(found.text) < FEW and found.on_paragraphs < FEW
    for title in titles:
        if (few and _ERROR.search(title)) or (_GATE.search(title) and (few or not known.is_article)):
            raise no_article(file, f"its title is {title[:60]!r}")
    if few and (page.password or (_DOOR.search(found.text) and max(map(len, found.lines)) < DOOR)):
        raise no_article(file, "it asks to sign in or to subscribe")
    if few and not known.is_article and _CONSENT.search(found.text) and _CONSENTING.search(found.text):
        raise no_article(file, "it asks to consent to cookies")
    if known.is_article or found.declared:
        return
    if not _SENTENCE_ENDS.search(found.text) and not ends_as_prose(found.text):
        raise no_article(file, "it has no whole sentence")
    if _is_list(found.blocks, found.kept, declared=known.is_index):
        raise no_article(file, "it is a list of links to others")


def _is_list(blocks: Sequence[Block], kept: Sequence[Block], *, declared: bool) -> bool:
    """Return whether what was read of a page announces other pages instead of running on.

    Args:
        blocks: The page's, in order.
        kept: Those that were read.
        declared: The page says that it is a list.
    """
    runs = _runs(blocks, kept)
    opened = {article for b in blocks if b.element.tag == "h1" for article in b.element.iterancestors("article")}
    teasers = [run.size for run in runs if run.announces and not _is_under_headline(run, opened)]
    running = sum(run.size for run in runs) - sum(teasers)
    cards = len(teasers) + sum(1 for block in kept if block.is_link and len(block.text) >= HEADLINE)
    if cards >= CARDS and running < max(RUNNING, sum(teasers)):
        return True
    if declared:
        return running < 2 * RUNNING
    return running < RUNNING and (cards > 0 or sum(1 for block in blocks if block.is_link) >= 2 * CARDS)


@dataclass(slots=True)
class _Run:
    """Blocks of prose that follow one another, and what stands before and behind them."""

    head: Block | None  # a heading or a link
    tail: Block | None = None
    paragraphs: int = 0
    size: int = 0

    @property
    def announces(self) -> bool:
        """Return whether it is a teaser: one paragraph under a link, or between a heading and a link."""
        if self.head is None or self.paragraphs > 1 or self.size > TEASER:
            return False
        return self.head.leads_on or (self.tail is not None and self.tail.is_link)


def _is_under_headline(run: _Run, opened: Collection[Any]) -> bool:
    """Return whether a run is headed by the page's headline, or stands in an article that a headline opens."""
    head = run.head.element if run.head else None
    return head is not None and (head.tag == "h1" or any(a in opened for a in head.iterancestors("article")))


def _runs(blocks: Sequence[Block], kept: Sequence[Block]) -> list[_Run]:
    """Return the runs of prose of what was read, parted by headings and links."""
    read = set(map(id, kept))
    runs: list[_Run] = []
    head: Block | None = None
    open_run: _Run | None = None
    for block in blocks:
        if block.element.tag in HEADING_TAGS or block.is_link:
            if open_run:
                open_run.tail = block
            head, open_run = block, None
        elif id(block) in read and block.size >= PARAGRAPH and block.linked * 2 < len(block.text):
            if open_run is None:
                runs.append(open_run := _Run(head))
            open_run.paragraphs += 1
            open_run.size += block.size
    return runs


def no_article(file: Opened, why: str) -> ArticleError:
    """Return the refusal of a page, for a reason that completes "no article on this page"."""
    return ArticleError(
        f"{file.shown}: no article on this page; {why}.",
        "Open it in a browser and save the article itself.",
        code="E_EMPTY",
    )

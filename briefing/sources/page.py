"""Extracts the article from a web page, or says plainly that it holds none."""

from __future__ import annotations

import logging
import re
from typing import Any

from briefing.errors import ArticleError
from briefing.model import DateClue, RawArticle
from briefing.sources.decoding import decode
from briefing.sources.metadata import Metadata, metadata, one_line
from briefing.sources.opened import Opened, Reading
from briefing.sources.plain import Plain, plain

MAX_TEXT = 5_000_000  # characters of a page that are looked at, scripts included

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*+=\s*+["']?+\s*+([^\s"'/>;]{1,60})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,60})""", re.IGNORECASE)
_SITE_AT_END = re.compile(r"\s+[|–—\-·»:]\s+[^|–—·»]{2,40}$")
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
CARDS = 4  # headlines that lead elsewhere, from which a page that says nothing else of itself is an index
LONG_LINK = 40  # characters from which a link is a headline, not a name
FEW = 400  # characters below which a page must say that it is an article, or be written as one
SENTENCE = re.compile(r"[.!?…。؟][\"'”’»)]*(?:\s|$)")


def read_page(file: Opened) -> Reading:
    """Return the article of an ``.html`` file.

    Raises:
        ArticleError: It is no text, or holds no article.
    """
    decoded = decode(file, _declared(file.blob))
    page = plain(decoded.text[:MAX_TEXT])
    notes = [*decoded.notes, *page.notes(file)]
    if len(decoded.text) > MAX_TEXT:
        notes.append(file.note("W_FIELD_TRUNCATED", f"only its first {MAX_TEXT:,} characters were read."))
    tree = parse_page(page.markup)
    if tree is None:
        raise _no_article(file, "it has no text")
    known = metadata(tree, page.scripts)
    headings, written = _headings(tree)
    title = _title(headings, one_line(written), known)
    text = _text(page.markup, title)
    _refuse_other_pages(file, page, tree, known, [title, one_line(written), *headings[:3]], text)
    if "<" in written and not any(note.code == "W_MARKUP_REMOVED" for note in notes):
        notes.append(file.note("W_MARKUP_REMOVED", "markup in its title was left out."))
    return Reading((_article(file, known, title, text, tree),), tuple(notes))


def _declared(blob: bytes) -> str:
    found = _XML.search(blob[:1024]) or _CHARSET.search(blob[:4096])
    return found[1].decode("ascii", "replace") if found else ""


def parse_page(markup: str) -> Any:
    """Return a sanitised page, parsed; None when there is nothing to parse."""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(markup, parser=parser)
    except etree.ParserError:
        return None


def _text(markup: str, title: str) -> str:
    """Return the article's paragraphs, one a line, as extracted by trafilatura in precision mode."""
    import trafilatura

    # Without a handler of its own, what it says of a page would be printed in the middle of a build.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    found = trafilatura.extract(
        markup,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        include_formatting=False,
        deduplicate=False,
        with_metadata=False,
        output_format="txt",
    )
    lines = [line.strip() for line in (found or "").split("\n")]
    if lines and one_line(lines[0]) == title:
        del lines[0]
    return "\n".join(line for line in lines if line)


def _headings(tree: Any) -> tuple[list[str], str]:
    """Return a page's first-level headings and, as written, its title element."""
    headings = [_line(h) for h in tree.iter("h1")]
    element = next(tree.iter("title"), None)
    return [heading for heading in headings if heading], "".join(element.itertext()) if element is not None else ""


def _title(headings: list[str], whole: str, known: Metadata) -> str:
    stated = known.title or whole
    for heading in headings:
        # The headline on the page, where the head has it with the site's name around it.
        if heading in stated or heading in whole:
            return heading
    if known.title:
        return _without_site(known.title, known.outlet)
    if len(headings) == 1:
        return headings[0]
    return _SITE_AT_END.sub("", _without_site(whole, known.outlet))


def _without_site(title: str, site: str) -> str:
    if site:
        title = re.sub(rf"\s*[|–—\-·»:]\s*{re.escape(site)}\s*$", "", title)
    return title


def _refuse_other_pages(file: Opened, page: Plain, tree: Any, known: Metadata, titles: list[str], text: str) -> None:
    """Raise for a page that is a log-in, an error or an index instead of an article."""
    if not text:
        raise _no_article(file, "it has no text of its own")
    lines = text.split("\n")
    few = len(text) < FEW and sum(len(p) for p in _paragraphs(tree)) < FEW
    for title in titles:
        if (few and _ERROR.search(title)) or (_GATE.search(title) and (few or not known.is_article)):
            raise _no_article(file, f"its title is {title[:60]!r}")
    if few and (page.password or (_DOOR.search(text) and max(map(len, lines)) < DOOR)):
        raise _no_article(file, "it asks to sign in or to subscribe")
    if few and not known.is_article and _CONSENT.search(text) and _CONSENTING.search(text):
        raise _no_article(file, "it asks to consent to cookies")
    if known.is_article:
        return
    if not SENTENCE.search(text):
        raise _no_article(file, "it has no whole sentence")
    if known.is_index or _is_index(tree, lines):
        raise _no_article(file, "it is a list of links to others")


def _paragraphs(tree: Any) -> list[str]:
    return [_line(p) for p in tree.iter("p")]


def _is_index(tree: Any, lines: list[str]) -> bool:
    """Return whether a page is mostly headlines that link elsewhere, each with a short teaser."""
    headings = [h for kind in ("h2", "h3", "h4") for h in tree.iter(kind) if _leads_on(h) and not _is_under_headline(h)]
    cards = {_line(h) for h in headings}
    teasers = {_line(h.getnext()) for h in headings if h.getnext() is not None}
    if len((cards | teasers) & set(lines)) >= CARDS:
        return True
    linked = sum(len(_line(a)) for a in tree.iter("a"))
    whole = sum(len(t.strip()) for body in tree.iter("body") for t in body.itertext())
    if linked > 0.7 * whole and sum(1 for a in tree.iter("a") if len(_line(a)) > LONG_LINK) >= CARDS:
        return True
    items = len(headings) + sum(1 for item in tree.iter("li") if _leads_on(item))
    return items >= 2 * CARDS and linked > 0.4 * whole


def _is_under_headline(heading: Any) -> bool:
    """Return whether a heading belongs to the article below the page's headline."""
    return any(next(article.iter("h1"), None) is not None for article in heading.iterancestors("article"))


def _leads_on(element: Any) -> bool:
    return any(not (a.get("href") or "#").startswith("#") for a in element.iter("a"))


def _line(element: Any) -> str:
    return one_line(" ".join(element.itertext()))


def _no_article(file: Opened, why: str) -> ArticleError:
    return ArticleError(
        f"{file.shown}: no article on this page; {why}.",
        "Open it in a browser and save the article itself.",
        code="E_EMPTY",
    )


def _article(file: Opened, known: Metadata, title: str, text: str, tree: Any) -> RawArticle:
    return RawArticle(
        input=file.path,
        text=text,
        kind="html",
        title=title,
        outlet=known.outlet,
        byline=known.byline,
        url=known.url,
        language=known.language,
        dates=known.dates or _found_date(tree, known.url),
    )


def _found_date(tree: Any, url: str) -> tuple[DateClue, ...]:
    """Return the day that htmldate finds in the page's markup, never in its prose; for pages that state none."""
    from htmldate import find_date

    day = find_date(tree, url=url or None, extensive_search=False, original_date=True, max_date="2100-01-01")
    return (DateClue(day, "metadata"),) if day else ()

"""The addresses of an edition on the web: of its page, of an item on it, of its other files."""

from __future__ import annotations

from briefing.model import Edition, Imprint
from briefing.outputs.links import link

#: Files of the web page in the folder of an edition: of the whole, and of a theme's digest.
WHOLE_PAGE, DIGEST_PAGE = "briefing.html", "digests/{slug}.html"


def web_home(imprint: Imprint) -> str:
    """Return the address of the folder of editions, with a slash at its end; empty where it is on no web."""
    home = link(imprint.web_address)
    return f"{home.rstrip('/')}/" if home else ""


def page_address(edition: Edition, item: int = 0) -> str:
    """Return the address of an edition's web page, or of an item on it; empty where it is on no web.

    A digest of one theme has a page of its own; one of several themes is named by the whole edition's.

    Args:
        edition: Whole or narrowed.
        item: Number of the item; 0 for the page itself.
    """
    home = web_home(edition.imprint)
    if not home:
        return ""
    one = edition.scope and "+" not in edition.scope and edition.scope != "other"
    name = DIGEST_PAGE.format(slug=edition.scope) if one else WHOLE_PAGE
    return f"{home}{edition.name}/{name}" + (f"#item-{item}" if item else "")

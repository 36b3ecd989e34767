"""Detects hidden elements by their tag: attribute, inline style, or a class for screen readers."""

from __future__ import annotations

import re

from briefing.sources.markup import MarkupToken, names

#: Hiding styles; opacity and visibility come and go with a page's scripts and are not among them.
_STYLE = re.compile(
    r"""\sstyle\s{0,5}=\s{0,5}["']?[^"'>]{0,500}?(?<![\w-])(?:display\s{0,3}:\s{0,3}none"""
    r"|(?:font-size|max-height)\s{0,3}:\s{0,3}0(?![.\d])|mso-hide\s{0,3}:\s{0,3}all"
    r"|clip\s{0,3}:\s{0,3}rect\(\s{0,3}[01](?:px)?[\s,)]|clip-path\s{0,3}:\s{0,3}inset\(\s{0,3}(?:50|100)%)",
)
_ATTRIBUTE = re.compile(r"""\shidden(?=[\s>/]|$|\s{0,5}=\s{0,5}["']?(?:hidden|true|["']|$))""")
_UNREAD = re.compile(r"""\saria-hidden\s{0,5}=\s{0,5}["']?true""")
#: Classes of text for screen readers, and of the line a mail shows only in a list of mails.
_CLASS = re.compile(
    r"""\sclass\s{0,5}=\s{0,5}["']?(?:[^"'>]{0,500}?[\s"'])?(?:sr-only|visually-?hidden|screen-reader(?:-text|-only)?"""
    r"|a11y-hidden|hide-visually|u-visually-hidden|element-invisible|assistive-text|preheader)(?=[\s\"'>]|$)",
)
_WORDS = names("hid none sr-only screen-reader clip font-size max-height invisible assistive preheader")
SHORT = 3  # characters that stand unread beside the same word for screen readers: an initial, a star


def hides(token: MarkupToken) -> int:
    """Return from how many characters on a start tag's element hides its text; 0 for a tag that hides nothing."""
    written = token.attributes.lower()
    if not any(word in written for word in _WORDS):
        return 0
    if _STYLE.search(written) or _ATTRIBUTE.search(written):
        return 1
    if _CLASS.search(written) and "not-sr-only" not in written:
        return 1
    return SHORT + 1 if _UNREAD.search(written) else 0

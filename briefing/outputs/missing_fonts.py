"""What a PDF prints for characters that no font of the machine has, and the packages that bring the fonts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

#: Stands for a run of letters without a font; an emoji leaves nothing behind.
OMITTED = "[…]"
_CJK = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC")
_JOINING = "\u200d\ufe0e\ufe0f"  # what joins and varies emoji, seen by nobody


def package_of(code: int) -> str:
    """Return the Debian package whose fonts have a character; empty for one of no known font."""
    character = chr(code)
    kind, name = unicodedata.category(character), unicodedata.name(character, "")
    if name.startswith(_CJK):
        return "fonts-noto-cjk"
    if kind in ("So", "Sk") or character in _JOINING:
        return "fonts-symbola"
    return "fonts-noto-core" if name and kind[0] in "LMN" else ""


def packages_of(missing: Collection[int]) -> tuple[str, ...]:
    """Return the packages that bring the fonts of some characters, in alphabetical order."""
    return tuple(sorted({package for code in missing if (package := package_of(code))}))


def without_glyphs(html: str, missing: Collection[int]) -> str:
    """Return a page without the characters of no font.

    Letters become an ellipsis in brackets, once for a run of words; emoji go, but where they are all that an element
    says. What no package is known for is printed as its code: it is no text that anybody reads.
    """
    codes = {code: f"[U+{code:04X}]" for code in missing if not package_of(code)}
    symbols = "".join(re.escape(chr(c)) for c in missing if package_of(c) == "fonts-symbola")
    letters = "".join(re.escape(chr(c)) for c in missing if package_of(c) and package_of(c) != "fonts-symbola")
    page = html.translate(codes)
    if symbols:
        run = f"[{symbols}{_JOINING}]+"
        page = re.sub(f"(?<=>){run}(?=<)", OMITTED, page)
        page = re.sub(f" ?{run}", "", page)
    if letters:
        page = re.sub(f"[{letters}](?:[{letters}\u200b-\u200d]| +(?=[{letters}]))*", OMITTED, page)
    return page

"""Parses what a paragraph opens with: an hour, a bullet, a number, a symbol, a dateline, a label."""

from __future__ import annotations

import re
import unicodedata

from briefing.text.datelines import dateline_length

#: The kinds of marks, the surest first; "rule" is a line of signs that stood before, "" is none.
MARKS = ("time", "symbol", "item", "dateline", "rule", "label")

_MONTH = r"[^\W\d_]{3,12}\.?"
_FIGURES = r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d"
_DAY = rf"(?:\d{{1,2}}\.?\s{_MONTH}|{_MONTH}\s\d{{1,2}})(?:,?\s\d{{4}})?|{_FIGURES}"
_HOUR = r"(?:[01]?\d|2[0-4])\s?(?:[:.h]\s?[0-5]\d(?![:.,]?\d)(?:\s?[ap]\.?m\b\.?)?|[ap]\.?m\b\.?)"
# "14:05", "[14.05 BST]", "3 Jul 2022 23.26", "From 3 July 2022 19.09", "July 3, 9:05 a.m."
_TIME = re.compile(rf"\W{{0,3}}(?:[^\W\d_]{{2,9}}\s)?(?:(?:{_DAY}),?\s(?:[^\W\d_]{{1,3}}\s)?)?{_HOUR}")
_BULLET = re.compile(r"[•‣▪●◦∙·▸►■◆○*+]\s*(?=\S)")
_NUMBER = re.compile(r"(?:№\s?)?\(?\d{1,2}(?:[.)/]\s|\s?[-–—]\s(?=\D)|\ufe0f?\u20e3\s*)(?=\S)")
_LABEL = re.compile(r"\W?[^\s.!?–—:\d][^.!?–—:\n]{1,48}(?:\s[–—-]\s|:\s)(?=[\"“‘(]?[^\Wa-zà-ÿа-яіїєґ_])")
_LETTER = re.compile(r"[^\W_]")


def mark_of(text: str, *, is_bullet: bool) -> str:
    """Return the mark a paragraph opens with, one of `MARKS` but "rule"; "" for none.

    Args:
        text: Its text, without white space around it.
        is_bullet: Cleaning took it for an item of a list, and its bullet off.
    """
    head = text[:120]
    if _TIME.match(head):
        return "time"
    if _is_symbol(head[:1]):
        return "symbol"
    if is_bullet or _BULLET.match(head) or _NUMBER.match(head):
        return "item"
    if dateline_length(head):
        return "dateline"
    return "label" if _LABEL.match(head) else ""


def is_rule(text: str) -> bool:
    """Return whether a line parts a text by signs alone: "***", "---", "• • •"."""
    return len(text) >= 3 and not _LETTER.search(text[:80])


def _is_symbol(character: str) -> bool:
    return bool(character) and unicodedata.category(character) in ("So", "Cs") and character not in "■●◆○►▪▸©®°"

"""How a PDF is set: its margins and headline size by length, and headlines of equal lines, which the engine has not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from briefing.model import Paper
from briefing.outputs.fonts import font_files
from briefing.outputs.view import EditionView, StoryView

_WIDTH: dict[Paper, float] = {"A4": 210.0, "Letter": 215.9}  # mm
_HANGING = 7.0  # mm that numbers hang into the margin
_POINT = 25.4 / 72  # mm
_HEADLINE_FACE = 2  # of `font_files`: semibold
_SLACK = 1.02  # the engine kerns, the sums here do not
_LINES = 4  # a headline of more is text


@dataclass(frozen=True, slots=True)
class Setting:
    """Side margins in mm and the size of headlines in points."""

    left: float
    right: float
    headline: float

    def measure(self, paper: Paper) -> float:
        """Return the length of a line in mm."""
        return _WIDTH[paper] - self.left - self.right - _HANGING


FULL, SHORT, COMPACT = Setting(27, 28, 12.4), Setting(23, 24, 11.4), Setting(24, 25, 10.6)


def setting_of(view: EditionView) -> Setting:
    """Return how an edition is set by its length and limit of pages."""
    return COMPACT if view.is_compact else SHORT if view.is_short else FULL


def balancing(view: EditionView) -> Callable[[StoryView], Markup]:
    """Return what gives a story's headline the attribute that makes its lines equally long; empty for one line."""
    setting = setting_of(view)
    measure = setting.measure(view.imprint.paper)

    def balanced(story: StoryView) -> Markup:
        if story.direction or story.retitled:
            return Markup("")
        width = balanced_width(story.headline, setting.headline, measure)
        spare = measure - width
        return Markup(f' style="padding-right: {spare:.1f}mm"') if spare > 1 else Markup("")  # noqa: S704  a number

    return balanced


def balanced_width(text: str, size: float, measure: float) -> float:
    """Return the least width in mm at which a headline takes no more lines than in the whole measure.

    The measure itself for a headline of one line or very many, and for letters the page's own font has not.
    """
    widths = [_width(word, size) for word in text.split()]
    if not widths or None in widths:
        return measure
    known = [width for width in widths if width is not None]
    space = _width(" ", size) or 0.0
    lines = _lines(known, space, measure / _SLACK)
    if not 1 < lines <= _LINES or max(known) > measure / _SLACK:
        return measure
    low, high = max(known), measure / _SLACK
    while high - low > 0.5:
        middle = (low + high) / 2
        if _lines(known, space, middle) <= lines:
            high = middle
        else:
            low = middle
    return min(measure, high * _SLACK)


def _lines(words: list[float], space: float, measure: float) -> int:
    lines, used = 1, 0.0
    for word in words:
        if used and used + space + word > measure:
            lines, used = lines + 1, word
        else:
            used += (space if used else 0.0) + word
    return lines


def _width(text: str, size: float) -> float | None:
    """Return how wide a text is in mm; None when the font lacks a letter of it."""
    widths, unit = _advances()
    found = [widths.get(ord(c)) for c in text]
    if None in found:
        return None
    return sum(width for width in found if width is not None) / unit * size * _POINT


@cache
def _advances() -> tuple[dict[int, int], int]:
    """Return the advance width of every character of the headline's font, and the units of its em."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(font_files()[_HEADLINE_FACE], lazy=True) as face:
        metrics = face["hmtx"].metrics
        return {code: metrics[name][0] for code, name in face.getBestCmap().items()}, face["head"].unitsPerEm

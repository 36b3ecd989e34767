"""Draws charts: SVG for the page, PNG for mail. Every number is also printed as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from briefing.outputs.brand import mixed
from briefing.outputs.fonts import SANS, font_files
from briefing.outputs.links import printable
from briefing.outputs.view import Bar, EditionView

_WIDTH = 330  # user units; half a page's width, so that 13 units print as 8 points
_ROW = 22
_KEY = 19  # height of the legend
_SECOND = 175  # where its second part begins
_LABEL = 112
_VALUE = 78
_EDGE = 10  # room for the first and the last name of a day
_INK = "#1b1f24"
_TRACK = "#eceff3"
_CHARTED = 12  # stories a chart of origins still tells apart


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart."""

    name: str  # "themes", "days" or "origins"
    title: str
    svg: Markup
    text: str  # its numbers
    note: str = ""  # printed under the title: what the bars leave out or count twice


def charts_of(view: EditionView) -> tuple[Chart, ...]:
    """Return the charts worth printing: those with at least two bars and something to compare."""
    charts = []
    if len(view.themes_chart) > 1 and view.stories:
        charts.append(_themes_chart(view))
    if view.days_chart:
        charts.append(_days_chart(view))
    if len(view.origins_chart) in range(2, _CHARTED + 1) and any(bar.value > 1 for bar in view.origins_chart):
        title = view.words.say("origins_chart")
        drawn = bar_chart(view.origins_chart, title, accent=view.imprint.brand.accent, name="origins")
        charts.append(Chart("origins", title, drawn, chart_text(view.origins_chart)))
    return tuple(charts)


def _themes_chart(view: EditionView) -> Chart:
    say, bars = view.words.say, view.themes_chart
    legend = (say("story_there"), say("quoted_there")) if any(bar.more for bar in bars) else ()
    drawn = bar_chart(bars, say("coverage"), accent=view.imprint.brand.accent, name="themes", legend=legend)
    # The bars together are longer than the list of articles: a reader who adds them up must be told why.
    twice = sum(bar.value + bar.more for bar in bars) > len(view.sources)
    return Chart("themes", say("coverage"), drawn, chart_text(bars), say("several_themes") if twice else "")


def _days_chart(view: EditionView) -> Chart:
    title, note = view.words.say("timeline"), view.days_outside
    drawn = column_chart(view.days_chart, title, accent=view.imprint.brand.accent, name="days")
    return Chart("days", title, drawn, "; ".join(filter(None, [chart_text(view.days_chart), note])), note)


def bar_chart(
    bars: Sequence[Bar], title: str, *, accent: str, name: str, label: int = _LABEL, legend: Sequence[str] = ()
) -> Markup:
    """Return a horizontal bar chart as SVG, or nothing for no bars.

    Args:
        bars: From top to bottom; ``more`` is drawn after ``value`` in a lighter tone.
        title: What the chart shows; with the values it is the alternative text.
        accent: Colour of the bars, #rrggbb.
        name: Makes the ids of this chart different from another's.
        label: Width of the column of labels, of 330.
        legend: What the first and the second part of a bar are, printed below.
    """
    if not bars:
        return Markup("")
    height = _ROW * len(bars) + (_KEY if legend else 0)
    most = max(1, *(bar.value + bar.more for bar in bars))
    rows = "".join(_bar(bar, i * _ROW, most, accent, label) for i, bar in enumerate(bars))
    keys = "".join(_key(text, i, _ROW * len(bars) + 4, accent) for i, text in enumerate(legend))
    return Markup(_svg(bars, title, name, _WIDTH, height, rows + keys))  # noqa: S704  every value went through _text


def column_chart(bars: Sequence[Bar], title: str, *, accent: str, name: str) -> Markup:
    """Return a chart of one column per day as SVG, or nothing for no bars."""
    if not bars:
        return Markup("")
    step = (_WIDTH - 2 * _EDGE) / max(7, len(bars))
    most = max(1, *(bar.value for bar in bars))
    columns = "".join(_column(bar, i, step, most, accent, len(bars)) for i, bar in enumerate(bars))
    line = f'<rect x="{_EDGE}" y="88" width="{step * len(bars):.1f}" height="1" fill="#9aa3ad"/>'
    return Markup(_svg(bars, title, name, _WIDTH, 110, line + columns))  # noqa: S704


def chart_text(bars: Sequence[Bar], pattern: str = "{label}: {value}") -> str:
    """Return a chart's numbers as one line of text."""
    return "; ".join(pattern.format(label=bar.label, value=bar.text or bar.value) for bar in bars)


def chart_png(svg: str, width: int = 560) -> bytes:
    """Return a chart as a PNG on white in the fonts of the page, two device pixels to each of ``width``."""
    import resvg_py

    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width * 2,
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(file) for file in font_files()],
    )
    return bytes(drawn)


def _svg(bars: Sequence[Bar], title: str, name: str, width: int, height: int, inner: str) -> str:
    # A direct <title> child is what PDF/UA takes as alternative text; aria-labelledby is what browsers take.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {width} {height}" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="{SANS}">'
        f'<title id="{name}-title">{_text(title)}</title>'
        f'<desc id="{name}-desc">{_text(chart_text(bars))}</desc>{inner}</svg>'
    )


def _bar(bar: Bar, top: int, most: int, accent: str, label: int) -> str:
    room = _WIDTH - label - _VALUE
    tint = mixed(accent, "#ffffff", 0.55)
    solid, light = room * bar.value / most, room * bar.more / most
    shown = bar.label if len(bar.label) <= label // 6 else bar.label[: label // 6 - 1].rstrip() + "…"
    return (
        f'<text class="ink" x="0" y="{top + 15}" font-size="13" fill="{_INK}">{_text(shown)}</text>'
        f'<rect class="track" x="{label}" y="{top + 4}" width="{room}" height="13" fill="{_TRACK}"/>'
        f'<rect class="bar" x="{label}" y="{top + 4}" width="{solid:.1f}" height="13" fill="{accent}"/>'
        f'<rect class="more" x="{label + solid:.1f}" y="{top + 4}" width="{light:.1f}" height="13" fill="{tint}"/>'
        f'<text class="ink" x="{label + room + 8}" y="{top + 15}" font-size="13" fill="{_INK}">'
        f"{_text(bar.text or str(bar.value))}</text>"
    )


def _key(text: str, part: int, top: int, accent: str) -> str:
    left = part * _SECOND
    kind, fill = ("more", mixed(accent, "#ffffff", 0.55)) if part else ("bar", accent)
    return (
        f'<rect class="{kind}" x="{left}" y="{top + 3}" width="10" height="10" fill="{fill}"/>'
        f'<text class="ink" x="{left + 16}" y="{top + 12}" font-size="12" fill="{_INK}">{_text(text)}</text>'
    )


def _column(bar: Bar, index: int, step: float, most: int, accent: str, count: int) -> str:
    tall, left = 68 * bar.value / most, _EDGE + index * step + 3
    middle = _EDGE + index * step + step / 2
    value = f'<text class="ink" x="{middle:.1f}" y="{84 - tall:.1f}" {_CENTRED}>{bar.value}</text>' if bar.value else ""
    # Fourteen names of days do not fit side by side.
    named = count <= 7 or (count - 1 - index) % 2 == 0
    label = f'<text class="ink" x="{middle:.1f}" y="104" {_CENTRED}>{_text(bar.label)}</text>' if named else ""
    place = f'x="{left:.1f}" y="{88 - tall:.1f}" width="{step - 6:.1f}" height="{tall:.1f}"'
    column = f'<rect class="bar" {place} fill="{accent}"/>'
    return column + value + label


_CENTRED = f'font-size="12" text-anchor="middle" fill="{_INK}"'


def _text(text: str) -> str:
    return escape(printable(text))

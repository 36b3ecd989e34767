"""The HTML of the mail: table layout, inline styles, within the size that mail services show."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from briefing.errors import OutputError
from briefing.outputs.addresses import page_address
from briefing.outputs.brand import logo_bytes, mark_colours, mixed, on_dark
from briefing.outputs.charts import chart_png, charts_of
from briefing.outputs.links import unsubscribe_address
from briefing.outputs.mail.cutting import Kind, ShortenedMail, pieces_of, without
from briefing.outputs.markup import render_markup
from briefing.outputs.view import EditionView

if TYPE_CHECKING:
    from briefing.outputs.job import Job

_CHART_WIDTH = 400  # CSS pixels; its letters then are as large as the text of the mail
_LOGO = (240, 56)  # CSS pixels at most, width and height
_CHARTS = ("themes", "days")  # the chart of origins belongs to the source list of the PDF
_COLOURS = 32  # of a chart's palette: a third of the bytes, no difference to be seen
_PREHEADER = 160  # characters an inbox shows beside the subject; whole sentences are taken until they are reached
_DARK_GROUND = "#262c33"  # the lightest ground of the dark mail, that of the boxes


@dataclass(frozen=True, slots=True)
class MailPicture:
    """A picture as mail clients show it: the logo, or a chart."""

    name: str
    title: str
    text: str  # a chart's numbers; empty for the logo
    png: bytes
    width: int  # CSS pixels
    height: int

    @property
    def cid(self) -> str:
        """Return its Content-ID inside the message."""
        return f"{self.name}@briefing.invalid"


@dataclass(frozen=True, slots=True)
class FittedMail:
    """The HTML of a mail, cut to its maximum size."""

    html: str  # pictures as ``cid:`` addresses: the part of the message
    page: str  # pictures inside: the file that a browser shows
    pictures: tuple[MailPicture, ...]
    cut: tuple[tuple[Kind, int], ...]  # how many of each


def make_email(job: Job) -> bytes:
    """Return the HTML of the mail with its pictures inside, UTF-8."""
    return job.mail.page.encode("utf-8")


def fit_mail(job: Job) -> FittedMail:
    """Return the mail of an edition, cut to ``mailing.most_bytes``.

    What is left out is found by bisection over `cutting.pieces_of`, so never more than is needed. The size is that of
    the HTML part, which mail services measure; pictures are parts of their own.

    Raises:
        OutputError: Not even the head of the mail fits.
    """
    view, logo, charts = job.view, _logo(job.view), _charts(job.view)
    pieces = pieces_of(view, len(charts))
    most = job.edition.imprint.mailing.most_bytes

    def part(count: int) -> tuple[str, ShortenedMail]:
        mail = without(view, pieces[:count])
        return _html(job, mail, logo, charts, inside=False), mail

    low, high = 0, len(pieces)
    made, mail = part(0)
    if _size(made) > most:
        made, mail = part(high)
        if _size(made) > most:
            raise OutputError(
                f"A mail of {most} bytes has no room for its own head.", "Raise mail_bytes under [limits]."
            )
        while high - low > 1:
            middle = (low + high) // 2
            tried, shortened = part(middle)
            if _size(tried) > most:
                low = middle
            else:
                high, made, mail = middle, tried, shortened
    shown = logo + (charts if mail.with_charts else ())
    page = _html(job, mail, logo, charts, inside=True) if shown else made
    return FittedMail(made, page, shown, mail.cut)


def _size(html: str) -> int:
    return len(html.encode("utf-8"))


def _logo(view: EditionView) -> tuple[MailPicture, ...]:
    """Return the logo within the size of the head; none when there is none."""
    brand = view.imprint.brand
    if not brand.logo:
        return ()
    png = logo_bytes(brand.logo)
    wide, high = _sides(png)
    scale = min(1.0, _LOGO[0] / wide, _LOGO[1] / high)
    name = view.imprint.organisation or view.imprint.title
    return (MailPicture("logo", name, "", png, max(1, round(wide * scale)), max(1, round(high * scale))),)


def _charts(view: EditionView) -> tuple[MailPicture, ...]:
    return tuple(_chart(c.name, c.title, c.text, c.svg) for c in charts_of(view) if c.name in _CHARTS)


def _chart(name: str, title: str, text: str, svg: str) -> MailPicture:
    png = _small(chart_png(svg, _CHART_WIDTH))
    width, height = _sides(png)
    return MailPicture(f"chart-{name}", title, text, png, _CHART_WIDTH, round(height * _CHART_WIDTH / width))


def _sides(png: bytes) -> tuple[int, int]:
    """Return width and height of a PNG in its own pixels."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def _small(png: bytes) -> bytes:
    """Return a drawing of few colours as a palette image."""
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    with Image.open(BytesIO(png)) as drawn:
        drawn.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _html(
    job: Job, mail: ShortenedMail, logo: tuple[MailPicture, ...], charts: tuple[MailPicture, ...], *, inside: bool
) -> str:
    view = mail.view
    letters, ground = mark_colours(view.imprint.brand.mark)
    page = page_address(job.edition)
    context: dict[str, Any] = {
        "e": view,
        "w": view.words,
        "preheader": _preheader(view),
        "logo": next(((picture, _address(picture, inside=inside)) for picture in logo), None),
        "charts": [(chart, _address(chart, inside=inside)) for chart in charts] if mail.with_charts else [],
        "listed": mail.listed,
        "brief": mail.brief,
        "unlinked": mail.unlinked,
        "with_styles": mail.with_styles,
        "cut": _cut_line(job, mail),
        "page": page,
        "unsubscribe": unsubscribe_address(job.edition.imprint.mailing.list_unsubscribe),
        "mark_letters": letters,
        "mark_ground": ground,
        "accent": view.imprint.brand.accent,
        "accent_dark": on_dark(view.imprint.brand.accent, _DARK_GROUND),
        "accent_tint": mixed(view.imprint.brand.accent, "#ffffff", 0.92),
    }
    sheets = ("email.css.j2", *(["email.repeated.css.j2"] if mail.with_styles else []))
    rules = "".join(render_markup(sheet, context, job.templates) for sheet in sheets)
    return _inlined(render_markup("email.html.j2", context, job.templates), rules)


def _inlined(html: str, rules: str) -> str:
    """Return a page with its style rules inlined, closely written; those of its own style element stay there."""
    import css_inline

    inliner = css_inline.CSSInliner(
        extra_css=rules, inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False, minify_css=True
    )
    inlined: str = inliner.inline(html)
    return inlined


def _address(picture: MailPicture, *, inside: bool) -> Markup:
    data = f"data:image/png;base64,{base64.b64encode(picture.png).decode('ascii')}"
    return Markup(data if inside else f"cid:{picture.cid}")  # noqa: S704  our own names and base64


def _preheader(view: EditionView) -> str:
    """Return the preview text of an inbox: the first key points, as whole sentences."""
    printed: list[str] = []
    for point in view.key_points:
        if sum(map(len, printed)) < _PREHEADER:
            printed.append(point.sentence.text)
    return " ".join(printed) or " · ".join(view.counts)


def _cut_line(job: Job, mail: ShortenedMail) -> str:
    """Return the sentence that says what was left out; empty when nothing was."""
    w = mail.view.words
    if not mail.cut:
        return ""
    what = ", ".join(w.count(f"mail_{kind}", n) for kind, n in mail.cut)
    return w.say("mail_cut", bytes=f"{job.edition.imprint.mailing.most_bytes:,}".replace(",", "\u202f"), what=what)

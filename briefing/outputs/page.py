"""The web page: one file that needs no other, no script and no network."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from briefing.outputs.addresses import page_address, web_home
from briefing.outputs.brand import css_string, mark_colours, mark_css, mixed, on_dark
from briefing.outputs.charts import charts_of
from briefing.outputs.job import Job
from briefing.outputs.markup import render_markup


def make_page(job: Job) -> bytes:
    """Return the web page of an edition, UTF-8."""
    view = job.view
    context: dict[str, Any] = {
        "e": view,
        "w": view.words,
        "web": True,
        "page": page_address(job.edition),
        "permalinks": page_address(job.edition),
        "home": web_home(view.imprint),
        "targets": {source.number: source.anchor for source in view.sources},
        "logo_src": view.imprint.brand.logo,
        "charts": charts_of(view),
        "mark_class": "tlp" if mark_colours(view.imprint.brand.mark)[0] else "own",
        "accent": view.imprint.brand.accent,
        "accent_tint": mixed(view.imprint.brand.accent, "#ffffff", 0.55),
        "accent_dark": on_dark(view.imprint.brand.accent),
        "accent_deep": mixed(on_dark(view.imprint.brand.accent), "#14171b", 0.5),
        "mark_string": Markup(css_string(view.imprint.brand.mark)),  # noqa: S704  escaped as a CSS string
        "tlp_css": mark_css(view.imprint.brand.mark),
    }
    context["css"] = Markup(render_markup("page.css.j2", context, job.templates))  # noqa: S704  nothing of an article is in it
    return render_markup("page.html.j2", context, job.templates).encode("utf-8")

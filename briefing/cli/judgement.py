"""Prints an article with its frames and the judge's verdicts in the margin, as text or as a web page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from briefing.cli.echo import plain

if TYPE_CHECKING:
    from briefing.model import Article, Frame, Judgement

MARGIN, WIDTH = 30, 84  # columns of the margin and of the text
STYLE = """
body { font: 16px/1.5 Georgia, serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff }
table { border-collapse: collapse; width: 100% } td { vertical-align: top; padding: .2em .8em }
td.m { width: 15em; font: 13px/1.5 sans-serif; color: #555; border-right: 3px solid #ddd }
tr.unmarked td.m { border-color: #b5541c } tr.opinion td.m { border-color: #7a3e9d }
tr.attributed td.m { border-color: #2a6f97 } tr.no-prose td.t { color: #999; text-decoration: line-through }
tr.hangs td.t { background: #fff6d6 } small { display: block; color: #777 }
"""


def judged_text(article: Article) -> Iterator[str]:
    """Yield the lines of an article with its frames and verdicts in the margin."""
    for opening, judgement in _rows(article):
        margin = [part for part in (opening, *_verdicts(judgement)) if part]
        text = wrap(judgement.sentence.text, WIDTH) or [""]
        for n in range(max(len(margin), len(text))):
            left = margin[n] if n < len(margin) else ""
            right = text[n] if n < len(text) else ""
            yield f"  {left[:MARGIN]:<{MARGIN}} │ {right}".rstrip()
        yield from (click.style(f"  {'':<{MARGIN}} │   {plain(reason)}", dim=True) for reason in judgement.why)


def judged_page(article: Article) -> str:
    """Return a self-contained web page of an article with its frames and verdicts in the margin."""
    title = escape(article.title or "An article without a headline")
    rows = "\n".join(_row(opening, judgement) for opening, judgement in _rows(article))
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>\n<style>{STYLE}</style>\n'
        f"<h1>{title}</h1>\n<table>\n{rows}\n</table>\n</html>"
    )


def _row(opening: str, judgement: Judgement) -> str:
    classes = [judgement.voice, *(["hangs"] if judgement.needs else []), *([] if judgement.is_prose else ["no-prose"])]
    margin = "<br>".join(escape(part) for part in (opening, *_verdicts(judgement)) if part)
    reasons = "".join(f"<small>{escape(reason)}</small>" for reason in judgement.why)
    text = escape(judgement.sentence.text)
    return f'<tr class="{" ".join(classes)}"><td class="m">{margin}</td><td class="t">{text}{reasons}</td></tr>'


def _rows(article: Article) -> Iterator[tuple[str, Judgement]]:
    """Yield each judgement behind the name of the frame that it opens, "" within one."""
    from briefing.build import frames, judge

    judged = judge(article)
    openings = {frame.first: _named(frame) for frame in frames(judged)}
    for n, judgement in enumerate(judged):
        yield openings.get(n, ""), judgement


def _named(frame: Frame) -> str:
    return f"{frame.kind.upper()}: {frame.speaker}" if frame.speaker else frame.kind.upper()


def _verdicts(judgement: Judgement) -> list[str]:
    voice = f"{judgement.voice}, {judgement.speaker}" if judgement.speaker else judgement.voice
    needs = {"": "stands alone", "previous": "needs the sentence before", "more": "hangs"}[judgement.needs]
    return [voice, needs] if judgement.is_prose else ["no news prose"]

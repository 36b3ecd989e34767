"""Prints an edition with what the judge said of each printed sentence in the margin, as text or as a web page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from briefing.cli.judgement import MARGIN, STYLE, WIDTH

if TYPE_CHECKING:
    from briefing.model import CitedSentence, Edition

_NEEDS = {"": "stands there", "previous": "needs the one before", "more": "needs its referent"}


def is_issue_file(path: Path) -> bool:
    """Return whether a file looks like an issue file: a JSON object that begins with its schema."""
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError:
        return False
    return path.suffix == ".json" and b"".join(head.split()).startswith(b'{"schema":')


def edition_text(edition: Edition) -> Iterator[str]:
    """Yield the lines of an edition's sentences, place by place, with the verdicts in the margin."""
    for place, cited in _printed(edition):
        margin = [place, *_verdict(cited)]
        text = wrap(_as_printed(cited), WIDTH) or [""]
        for n in range(max(len(margin), len(text))):
            left = margin[n] if n < len(margin) else ""
            right = text[n] if n < len(text) else ""
            yield f"  {left[:MARGIN]:<{MARGIN}} │ {right}".rstrip()


def edition_page(edition: Edition) -> str:
    """Return a self-contained web page of an edition's sentences with the verdicts beside them."""
    title = escape(f"{edition.imprint.title}, {edition.name}")
    rows = "\n".join(_row(place, cited) for place, cited in _printed(edition))
    return (
        f'<!doctype html>\n<html lang="{edition.imprint.language}">\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n<h1>{title}</h1>\n<table>\n{rows}\n</table>\n</html>"
    )


def _printed(edition: Edition) -> Iterator[tuple[str, CitedSentence]]:
    from briefing.build import printed_sentences

    return printed_sentences(edition)


def _row(place: str, cited: CitedSentence) -> str:
    voice = cited.verdict.voice if cited.verdict else "unjudged"
    hangs = " hangs" if cited.verdict and cited.verdict.needs else ""
    margin = "<br>".join(escape(part) for part in (place, *_verdict(cited)))
    return f'<tr class="{voice}{hangs}"><td class="m">{margin}</td><td class="t">{escape(_as_printed(cited))}</td></tr>'


def _verdict(cited: CitedSentence) -> list[str]:
    if cited.verdict is None:
        return ["not judged"]
    voice = f"{cited.verdict.voice}, {cited.verdict.speaker}" if cited.verdict.speaker else cited.verdict.voice
    return [voice, _NEEDS[cited.verdict.needs], *(["the editor's choice"] if cited.by_editor else [])]


def _as_printed(cited: CitedSentence) -> str:
    before = f"[{cited.introduced.text}] " if cited.introduced else ""
    return f"{before}{cited.text}" + (f" (words of {cited.words_of.text})" if cited.words_of else "")

"""Names the read-only lines of a draft for acts: each by its span, at the place it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from briefing.model import CitedAccount, Edition
from briefing.model.acts import Act, ActPlace, Span, StoryKey, found_story, span_of, story_key
from briefing.stages.sheet.rows import CORRECTIONS, POINTS, QUIET, SHORT, STATEMENTS, Place, plain

#: The parts of the sheet by the name of their place in acts.
PARTS: Mapping[ActPlace, str] = {
    "points": POINTS,
    "statements": STATEMENTS,
    "corrections": CORRECTIONS,
    "quiet": QUIET,
    "short": SHORT,
}


def spans_of(edition: Edition) -> dict[Place, tuple[Span, ...]]:
    """Return the span of every read-only line of an edition's sheet, as `rows_of` has the lines."""
    spans: dict[Place, tuple[Span, ...]] = {(POINTS, 0): _told(span_of(p.sentence.receipt) for p in edition.key_points)}
    for n, section in enumerate(edition.sections):
        for story in section.stories:
            spans["item", story.number] = _told(span_of(s.receipt) for s in story.summary)
        spans["passages", n] = _told(span_of(s.receipt) for p in section.passages for s in p.sentences)
    for n, account in enumerate(edition.accounts, 1):
        spans["account", n] = _told(span_of(f.sentence.receipt) for f in account.figures)
    spans[STATEMENTS, 0] = _told(span_of(said.sentence.receipt) for said in edition.statements)
    spans[CORRECTIONS, 0] = _told(span_of(c.old.receipt) for c in edition.corrections)
    spans[QUIET, 0] = _told(Span(f"{story.last}, item {story.item}") for story in edition.quiet)
    spans[SHORT, 0] = _told(span_of(s.receipt) for source in edition.sources for s in source.summary)
    return spans


def _told(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans, each of several equal ones with its count."""
    met = Counter[Span]()
    told = []
    for span in spans:
        told.append(replace(span, nth=met[span]))
        met[span] += 1
    return tuple(told)


def articles_of(account: CitedAccount) -> StoryKey:
    """Return the articles of a box of differing accounts, which name it in acts."""
    return tuple(dict.fromkeys(figure.sentence.article_id for figure in account.figures))


def found_account(act: Act, edition: Edition) -> int:
    """Return the number of the box that an act is about, from 1; 0 when there is none."""
    shared = [
        (len(set(act.story).intersection(articles_of(account))), -n)
        for n, account in enumerate(edition.accounts, 1)
        if account.about == act.text
    ]
    most, n = max(shared, default=(0, 0))
    return -n if most else 0


def normal(act: Act) -> Act:
    """Return an act with the editor's words as a sheet has them: one line, without the sign that begins it there."""
    text = plain(act.text)
    return replace(act, text=text.lstrip("> ") if act.kind in ("line", "unline") else text)


def at_place(edition: Edition, place: Place) -> Act:
    """Return an act with nothing but the fields that name a place; its kind is to be replaced."""
    kind, number = place
    if kind == "item":
        story = next(story for story in edition.stories if story.number == number)
        return Act("keep", "item", story=story_key(story))
    if kind == "passages":
        return Act("keep", "passages", theme=edition.sections[number].theme)
    if kind == "account":
        account = edition.accounts[number - 1]
        return Act("keep", "account", story=articles_of(account), text=account.about)
    return Act("keep", next(name for name, part in PARTS.items() if part == kind))


def found_place(act: Act, edition: Edition) -> Place | None:
    """Return the place that an act is about; None when the edition has none."""
    if act.place == "item":
        story = found_story(act.story, edition.stories)
        return ("item", story.number) if story else None
    if act.place == "passages":
        themes = [section.theme for section in edition.sections]
        return ("passages", themes.index(act.theme)) if act.theme in themes else None
    if act.place == "account":
        number = found_account(act, edition)
        return ("account", number) if number else None
    return (PARTS[act.place], 0) if act.place in PARTS else None


def points_of(spans: Mapping[Place, tuple[Span, ...]]) -> dict[Span, tuple[Place, int]]:
    """Return where each sentence that may be a key point stands: among the draft's own, else the first that has it."""
    places = [place for place in spans if place[0] in ("item", "passages")]
    found: dict[Span, tuple[Place, int]] = {}
    for place in ((POINTS, 0), *places):
        for n, span in enumerate(spans[place]):
            found.setdefault(replace(span, nth=0), (place, n))
    return found


def named_once(edition: Edition, points: Sequence[tuple[Place, int]]) -> tuple[tuple[Place, int], ...]:
    """Return key points by where their lines stand, each sentence once, as `points_of` has them."""
    spans = spans_of(edition)
    homes = points_of(spans)
    return tuple(dict.fromkeys(homes[replace(spans[place][row], nth=0)] for place, row in points))

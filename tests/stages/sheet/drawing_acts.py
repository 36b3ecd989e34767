"""Acts drawn at random on a draft, as an editor might do them in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from briefing.model import Edition
from briefing.model.acts import Act, Span, StoryKey, story_key
from briefing.stages.sheet import replay, spans_of
from briefing.stages.sheet.lines import articles_of, at_place, normal

WORDS = ("Read this first.", "Our own words", "– a dash", "# no heading", "[1] no source", "Note: so it is", "> quoted")


def sheet_acts(draft: Edition, random: Random, most: int = 12) -> tuple[Act, ...]:
    """Up to so many acts, each of a kind that the text sheet can say too."""
    acts: list[Act] = []
    for _ in range(random.randint(1, most)):
        act = _drawn(draft, tuple(acts), random)
        if act:
            acts.append(normal(act))
    return tuple(acts)


def _drawn(draft: Edition, acts: tuple[Act, ...], random: Random) -> Act | None:
    edits = replay(draft, acts).edits
    spans = spans_of(draft)
    keys = {story.number: story_key(story) for story in draft.stories}
    items = [item.number for section in edits.sections for item in section.items]
    themes = [section.theme for section in draft.sections]

    def story() -> StoryKey:
        return keys[random.choice(items)] if items else ()

    def line(kinds: tuple[str, ...]) -> tuple[Act, Span] | None:
        places = [place for place, rows in spans.items() if rows and place[0] in kinds]
        if not places:
            return None
        place = random.choice(places)
        return at_place(draft, place), random.choice(spans[place])

    every = ("item", "passages", "account", "#statements", "#corrections", "#quiet", "#short")
    kind = random.choice([*_WITH_STORY, *_OTHERS])
    if kind in _WITH_STORY and not items:
        return None
    if kind in ("drop line", "keep line", "order lines", "point"):
        found = line(("item", "passages") if kind == "point" else every)
        if found is None:
            return None
        act, span = found
        if kind == "order lines":
            place = next(p for p in spans if at_place(draft, p) == act)
            rows = list(spans[place])
            random.shuffle(rows)
            return replace(act, kind="order", spans=tuple(rows))
        return replace(act, kind={"drop line": "drop", "keep line": "keep"}.get(kind, kind), spans=(span,))
    if kind in ("no point", "order points"):
        rows = [replace(s, nth=0) for s in spans["#points", 0]]
        random.shuffle(rows)
        return Act("no point" if kind == "no point" else "order", "points", spans=tuple(rows)) if rows else None
    if kind in ("drop box", "keep box"):
        if not draft.accounts:
            return None
        account = random.choice(draft.accounts)
        return Act("drop" if kind == "drop box" else "keep", "accounts", story=articles_of(account), text=account.about)
    if kind == "order sections":
        return Act("order", "sections", themes=tuple(random.sample(themes, len(themes))))
    if kind == "order items":
        theme = random.choice(themes)
        own = [keys[i.number] for s in edits.sections if s.theme == theme for i in s.items]
        return Act("order", "section", theme=theme, stories=tuple(random.sample(own, len(own))))
    if kind == "line":
        place = random.choice(("cover", "section", "item"))
        key = story() if place == "item" else ()
        if place == "item" and not key:
            return None
        return Act(
            "line", place, story=key, theme=random.choice(themes) if place == "section" else "", text=_words(random)
        )
    if kind == "unline":
        return Act("unline", "cover", text=random.choice(WORDS))
    if kind == "keep":
        return Act("keep", story=random.choice(list(keys.values())))
    if kind == "drop unchanged":
        return Act("drop unchanged")
    return _WITH_STORY[kind](story(), themes, random)


def _words(random: Random) -> str:
    return " ".join(random.sample(WORDS, random.randint(1, 2)))


_WITH_STORY: dict[str, Callable[[StoryKey, list[str], Random], Act]] = {
    "drop": lambda key, _, __: Act("drop", story=key),
    "pin": lambda key, _, __: Act("pin", story=key),
    "hold": lambda key, _, __: Act("hold", story=key),
    "move": lambda key, themes, random: Act("move", story=key, theme=random.choice(themes)),
    "title": lambda key, _, random: Act("title", "item", story=key, text=random.choice(("", _words(random)))),
}
_OTHERS = (
    "drop line",
    "drop line",
    "keep line",
    "order lines",
    "point",
    "point",
    "no point",
    "order points",
    "drop box",
    "keep box",
    "order sections",
    "order items",
    "line",
    "unline",
    "keep",
    "drop unchanged",
)


def drafts() -> Iterator[Edition]:
    """Drafts with all that a sheet shows: boxes, statements, corrections, stories without news, articles in short."""
    from tests import editions

    for made in (
        editions.sound,
        editions.second_day,
        editions.ordinary,
        editions.foreign_names,
        editions.sixty_articles,
    ):
        yield replace(made(), draft=True, signed=None)

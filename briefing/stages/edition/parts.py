"""What an edition is made of: its layout, what the stages gave, and the plan of what lies where."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.model import (
    Account,
    Cleaned,
    Delta,
    Input,
    Judgement,
    Passage,
    Segment,
    Sentence,
    Statement,
    StatementKind,
    Story,
    Summary,
    Theme,
    ThemeMatch,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the settings say of the make-up, and no reader is told."""

    key_points: int = 8  # at most
    other_news: bool = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the stages chose to print of the stories."""

    summaries: Mapping[str, Summary]  # story id →
    views: Mapping[tuple[str, str], Summary]  # (story id, theme slug) → the theme's view of the story
    articles: Mapping[str, Summary]  # article id → the article condensed on its own
    passages: Mapping[str, Sequence[Passage]]  # story id →
    accounts: Sequence[tuple[Account, Sequence[Story]]] = ()
    statements: Sequence[tuple[Statement, Story]] = ()
    over: Collection[tuple[str, int]] = ()  # (article id, position) of what announces a future that has passed
    past_headlines: Collection[str] = ()  # ids of the articles whose headline does

    def off_themes(self, off: Mapping[str, Collection[str]]) -> Chosen:
        """Return a copy without passages on themes that an editor says a story is not on; slugs by story id."""
        passages = {
            key: [p for p in found if p.theme.slug not in off.get(key, ())] for key, found in self.passages.items()
        }
        return replace(self, passages=passages) if off else self


@dataclass(frozen=True, slots=True)
class EditionParts:
    """Everything the stages made of the inputs."""

    inputs: Sequence[Input]
    cleaned: Sequence[Cleaned]
    merged: Mapping[str, str]  # input of a copy → input kept
    themes: Sequence[Theme]  # in the order of the sections
    stories: Sequence[Story]
    sentences: Mapping[str, Sequence[Sentence]]  # article id →
    matches: Mapping[str, Sequence[ThemeMatch]]  # story id → best first
    chosen: Chosen
    kinds: Mapping[tuple[str, int], StatementKind] = field(default_factory=dict)  # (article id, position) →
    judged: Mapping[tuple[str, int], Judgement] = field(default_factory=dict)  # (article id, position) →
    delta: Delta = field(default_factory=Delta)  # what earlier editions make of it
    roundups: Mapping[str, tuple[Segment, ...]] = field(default_factory=dict)  # id of an article of several events →
    importance: Mapping[str, float] = field(default_factory=dict)  # story id → points for this day's page
    stubs: Collection[str] = ()  # ids of the articles that hold no sentence of news prose
    left_out: Collection[str] = ()  # ids of the articles that an editor left out


@dataclass(frozen=True, slots=True)
class Plan:
    """Which story lies where."""

    sections: tuple[tuple[Theme, tuple[Story, ...]], ...]
    items: Mapping[str, int]  # story id → number of the item
    leads: Mapping[str, str]  # story id → slug of the theme that leads it
    passages: Mapping[str, tuple[tuple[Story, Passage], ...]]  # theme slug →

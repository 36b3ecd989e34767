"""Regroups stories as an editor wants them: merged, split, taken off a theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.model import Article, Origin, Segment, Story, ThemeMatch
from briefing.model.acts import Act, StoryKey, bare_id, likest
from briefing.stages.stories.build import reading_key
from briefing.text.languages import language_of

#: Finds the independent reports behind a story.
FindOrigins = Callable[[Story], tuple[Origin, ...]]


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Stories as an editor grouped them."""

    stories: list[Story]
    off: Mapping[str, frozenset[str]]  # story id → slugs of the themes it is not on
    lost: tuple[tuple[Act, str], ...] = ()  # acts that do not fit, each with a sentence


def regroup(
    stories: Sequence[Story],
    acts: Sequence[Act],
    roundups: Mapping[str, Sequence[Segment]],
    find_origins: FindOrigins,
) -> Regrouped:
    """Return stories after acts, one after the other; those that do not regroup are passed over.

    Args:
        stories: As the articles were grouped.
        acts: In order.
        roundups: Id of an article of several events → these.
        find_origins: Finds the origins of a story that has other articles than before.
    """
    current, off, lost = list(stories), dict[str, frozenset[str]](), list[tuple[Act, str]]()
    for act in acts:
        if act.kind not in ("merge", "split", "not theme"):
            continue
        named = [(story, _key(story, roundups)) for story in current]
        story = likest(act.story, named)
        if story is None:
            lost.append((act, "Its item is gone."))
        elif act.kind == "not theme":
            off[story.id] = off.get(story.id, frozenset()) | {act.theme}
        else:
            others = [other for key in act.stories if (other := likest(key, named)) and other is not story]
            made = _merged(story, others) if act.kind == "merge" else _split(story, act.articles)
            if isinstance(made, str):
                lost.append((act, made))
            else:
                gone = {story.id, *(other.id for other in others)}
                at = current.index(story)
                current[at:at] = [replace(one, origins=find_origins(one)) for one in made]
                current = [one for n, one in enumerate(current) if one.id not in gone or at <= n < at + len(made)]
    return Regrouped(current, off, tuple(lost))


def without_themes(matches: Sequence[ThemeMatch], off: frozenset[str]) -> tuple[ThemeMatch, ...]:
    """Return what a story is about without the themes that an editor says it is not on."""
    return tuple(match for match in matches if match.theme.slug not in off)


def _key(story: Story, roundups: Mapping[str, Sequence[Segment]]) -> StoryKey:
    """Return the name of a story in acts, as that of the item made of it."""
    copies = dict(story.duplicates)

    def named(article: Article) -> str:
        if article.span is None:
            return article.id
        starts = [segment.start for segment in roundups[article.id]]
        return f"{article.id}@{starts.index(article.span[0])}"

    return tuple(named(article) for article in story.articles if article.id not in copies)


def _merged(story: Story, others: Sequence[Story]) -> list[Story] | str:
    """Return one story of several, headed as the first is; or why they cannot be one."""
    every = [article for one in (story, *others) for article in one.articles]
    if not others:
        return "The other item is gone."
    if len({language_of(article).code for article in every}) > 1:
        return "They are in different languages."
    if len({article.id for article in every}) < len(every):
        return "They are events of one round-up."
    articles = tuple(sorted(every, key=reading_key))
    return [
        replace(
            story,
            id=f"story-{articles[0].key}",
            articles=articles,
            duplicates=tuple(sorted(pair for one in (story, *others) for pair in one.duplicates)),
            links=tuple(link for one in (story, *others) for link in one.links),
        )
    ]


def _split(story: Story, ids: Sequence[str]) -> list[Story] | str:
    """Return the two stories that a story becomes when some of its articles are one of their own; or why not."""
    wanted = set(map(bare_id, ids))
    wanted |= {copy for copy, kept in story.duplicates if kept in wanted}
    own = [article for article in story.articles if article.id in wanted]
    rest = [article for article in story.articles if article.id not in wanted]
    if not own or not rest:
        return "It has only articles of one side."
    return [_part(story, rest), _part(story, own)]


def _part(story: Story, articles: Sequence[Article]) -> Story:
    ids = {article.id for article in articles}
    titled = [article.id for article in articles if article.title]
    return replace(
        story,
        id=f"story-{articles[0].key}",
        articles=tuple(articles),
        headline_article=story.headline_article if story.headline_article in ids else next(iter(titled), ""),
        duplicates=tuple(pair for pair in story.duplicates if ids.issuperset(pair)),
        links=tuple(link for link in story.links if {link.a, link.b} <= ids),
    )

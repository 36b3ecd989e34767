"""Makes up the page: places stories, passages and key points, cites sources, accounts for every input."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from briefing.model import (
    DEFAULT_LANGUAGE,
    Article,
    CitedAccount,
    CitedSentence,
    Edition,
    EditionStory,
    Imprint,
    KeyPoint,
    LedgerEntry,
    Passage,
    Printing,
    Section,
    Story,
    Theme,
    ThemeMatch,
    Unsearched,
)
from briefing.model.digest import counted
from briefing.model.numbering import numbered
from briefing.model.roundups import used_for
from briefing.stages.edition.citing import Citing
from briefing.stages.edition.key_points import choose_key_points
from briefing.stages.edition.ledger import account_for
from briefing.stages.edition.lengths import fit_length, lead_words
from briefing.stages.edition.once import SAME, said_once
from briefing.stages.edition.parts import EditionParts, Layout, Plan
from briefing.text.labels import words
from briefing.text.languages import code_of, language_of
from briefing.text.terms import content_set

SAME_PASSAGE = 0.5  # Jaccard of content stems; sentence pairs of the two AP copies have 0.5 and more, no others do
PASSAGES_OF_A_STORY = 2  # under one theme
BY_THE_EDITOR = "Left out by the editor."
NO_HEADING = "No sentence of the events it tells is understood by itself."
NO_PROSE = "It holds no news prose: captions, credits, headings, calls to subscribe."


def make_up(material: EditionParts, imprint: Imprint, layout: Layout) -> Edition:
    """Return the edition of a day.

    Stories lie under the theme they are mainly about, those that matter most first; what other stories say on a theme
    follows as passages; what fits no theme comes last. Key points are of the stories that matter most, over all themes.
    """
    again = material.delta.again
    material = replace(material, themes=tuple(_titled(theme, imprint) for theme in material.themes))
    material, left_out = _without(material, again.keys()), _printed_before(material, again)
    material, unheaded = _headed(material)
    left_out = unheaded | left_out
    plan = _plan(material, imprint, layout)
    articles = _listed(plan, material)
    cite = Citing(material, articles.keys())
    delta = material.delta
    told = tuple(_section(theme, stories, plan, cite, material) for theme, stories in plan.sections)
    ledes = {plan.items[s.id]: cite.ledes(s) for s in material.stories if s.id in plan.items}
    points = choose_key_points(told, layout.key_points, cite=cite, ledes=ledes)
    sections = tuple(
        replace(section, stories=tuple(_without_repeating(story, points, cite) for story in section.stories))
        for section in told
    )
    edition = Edition(
        imprint,
        sections=sections,
        key_points=points,
        accounts=_accounts(material, cite, plan),
        statements=tuple(
            cited
            for s, story in material.chosen.statements
            if story.id in plan.items and (cited := cite.statement(s, story, plan))
        ),
        sources=tuple(cite.source(article, input_) for article, input_ in articles.values()),
        ledger=_ledger(material, plan, left_out),
        memory=delta.digest,
        quiet=delta.quiet,
        corrections=tuple(cite.correction(withdrawal) for withdrawal in delta.withdrawals),
    )
    fitted = fit_length(edition, imprint.length, lead_words(edition, material.sentences))
    return counted(numbered(said_once(fitted, cite.again)))


def _without_repeating(story: EditionStory, points: Sequence[KeyPoint], cite: Citing) -> EditionStory:
    """Return a story that does not open with its key point, where what follows is understood without it."""
    said = {point.sentence.receipt for point in points if point.story == story.number}

    def rest(summary: tuple[CitedSentence, ...]) -> tuple[CitedSentence, ...]:
        opens = len(summary) > 1 and summary[0].receipt in said
        return (cite.without(summary, summary[0]) or summary) if opens else summary

    views = tuple(replace(view, summary=rest(view.summary)) for view in story.views)
    return replace(story, summary=rest(story.summary), views=views)


def _without(material: EditionParts, again: Collection[str]) -> EditionParts:
    """Return the parts without the stories that earlier editions printed and of which no article is new."""
    return replace(material, stories=tuple(story for story in material.stories if story.id not in again))


def _headed(material: EditionParts) -> tuple[EditionParts, dict[str, str]]:
    """Return the parts without the stories that nothing may head or that a round-up tells twice, and why, a sentence
    for the ledger, by article id."""
    cite = Citing(material, ())
    again = _told_twice(material, cite)
    headed = tuple(story for story in material.stories if story.id not in again and cite.is_headed(story))
    kept = {story.id for story in headed}
    gone = [article for story in material.stories if story.id not in kept for article in story.articles]
    return replace(material, stories=headed), dict.fromkeys((article.id for article in gone), NO_HEADING)


def _told_twice(material: EditionParts, cite: Citing) -> set[str]:
    """Return the ids of the stories that are one event of a round-up which the same round-up tells elsewhere too.

    A live blog tells an event again hours later, under nearly the same first sentence: the one that matters more stays.
    """
    ranked = sorted(material.stories, key=lambda s: (-material.importance.get(s.id, 0.0), s.id))
    alone = [(story, story.articles[0]) for story in ranked if len(story.articles) == 1 and story.articles[0].span]
    said: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    again = set[str]()
    for story, part in alone:
        heading = cite.heading_sentence(part)
        stems = content_set(heading.text, language_of(part)) if heading else frozenset[str]()
        if any(len(stems & other) >= SAME * min(len(stems), len(other)) for other in said[part.id]):
            again.add(story.id)
        elif stems:
            said[part.id].append(stems)
    return again


def _printed_before(material: EditionParts, again: Mapping[str, Printing]) -> dict[str, str]:
    """Return for each article of those stories where it was printed, a sentence for the ledger, by article id."""
    return {
        article.id: f"Printed on {again[story.id].day}, item {again[story.id].item}; no article is new."
        for story in material.stories
        if story.id in again
        for article in story.articles
    }


OTHER = Theme("other", "Other news")


def _other(imprint: Imprint) -> Theme:
    """Return the section of what fits no theme, named in the language of the page."""
    return replace(OTHER, name=words(imprint.language).say("other_news"))


def _titled(theme: Theme, imprint: Imprint) -> Theme:
    """Return a shipped theme named and described in the language of the page; what a desk changed stays."""
    shipped, shown = words(DEFAULT_LANGUAGE).themes.get(theme.slug), words(imprint.language).themes.get(theme.slug)
    if not shipped or not shown:
        return theme
    return replace(
        theme,
        name=shown["name"] if theme.name == shipped["name"] else theme.name,
        description=shown["description"] if theme.description == shipped["description"] else theme.description,
    )


def _plan(material: EditionParts, imprint: Imprint, layout: Layout) -> Plan:
    leads = {story.id: _lead(material.matches.get(story.id, ())) for story in material.stories}
    themes = [*material.themes, *([_other(imprint)] if layout.other_news else [])]
    shown = {theme.slug for theme in themes}
    sections = tuple(
        (
            theme,
            tuple(
                sorted(
                    (s for s in material.stories if leads[s.id] == theme.slug), key=_prominence(material, imprint.day)
                )
            ),
        )
        for theme in themes
    )
    order = [story for _, stories in sections for story in stories]
    passages: dict[str, list[tuple[Story, Passage]]] = {}
    unprinted = [
        s for s in sorted(material.stories, key=_prominence(material, imprint.day)) if leads[s.id] not in shown
    ]
    for story in [*order, *unprinted]:
        for passage in material.chosen.passages.get(story.id, ()):
            passages.setdefault(passage.theme.slug, []).append((story, passage))
    ranked = {
        slug: _distinct_passages(
            sorted(found, key=lambda sp: (-sp[1].match.score, sp[0].id, sp[1].sentences[0].position))
        )
        for slug, found in passages.items()
    }
    led = {theme.slug for theme, stories in sections if stories}
    ranked = {slug: _standing_first(found, alone=slug not in led) for slug, found in ranked.items()}
    return Plan(sections, {s.id: n for n, s in enumerate(order, 1)}, leads, ranked)


def _standing_first(found: tuple[tuple[Story, Passage], ...], *, alone: bool) -> tuple[tuple[Story, Passage], ...]:
    """Return the passages that lean on nothing; those that do only where a theme has nothing else that day."""
    standing = tuple((story, passage) for story, passage in found if not passage.leans)
    return standing or (found if alone else ())


def _distinct_passages(found: Sequence[tuple[Story, Passage]]) -> tuple[tuple[Story, Passage], ...]:
    """Return the best passages of each story, without those that say what a better one says.

    Copies of one report repeat each other, and a story's third passage on a theme seldom adds to its first two.
    """
    taken = Counter[str]()
    kept: list[tuple[Story, Passage]] = []
    words: list[frozenset[str]] = []
    holders: defaultdict[str, list[int]] = defaultdict(list)  # of each word, those kept that have it
    for story, passage in found:
        if taken[story.id] == PASSAGES_OF_A_STORY:
            continue
        spoken = next(a for a in story.articles if a.id == passage.sentences[0].article_id)
        own = content_set(" ".join(s.text for s in passage.sentences), language_of(spoken))
        shared = Counter(n for word in own for n in holders[word])
        if any(both >= SAME_PASSAGE * (len(own) + len(words[n]) - both) for n, both in shared.items()):
            continue
        taken[story.id] += 1
        for word in own:
            holders[word].append(len(kept))
        kept.append((story, passage))
        words.append(own)
    return tuple(kept)


def _lead(matches: Sequence[ThemeMatch]) -> str:
    return next((m.theme.slug for m in matches if m.is_main), OTHER.slug)


def _prominence(
    material: EditionParts, day: date
) -> Callable[[Story], tuple[bool, float, int, int, float, float, str]]:
    """Return the order of stories: news before what is unchanged, what matters more before what matters less."""

    def key(story: Story) -> tuple[bool, float, int, int, float, float, str]:
        matches = material.matches.get(story.id, ())
        newest = story.newest.timestamp() if story.newest else 0.0
        development = material.delta.developments.get(story.id)
        return (
            development is not None and development.state == "unchanged",
            -material.importance.get(story.id, 0.0),
            abs((day - story.newest.date()).days) if story.newest else 0,
            -len(story.origins),
            -max((m.score for m in matches), default=0.0),
            -newest,
            story.id,
        )

    return key


def _listed(plan: Plan, material: EditionParts) -> dict[str, tuple[Article, str]]:
    """Return the articles the edition prints from, each with the input it is from, by id."""
    stories = [story for _, several in plan.sections for story in several]
    ids = {a.id for story in stories for a in story.articles if a.id not in dict(story.duplicates)}
    ids |= {p.sentences[0].article_id for found in plan.passages.values() for _, p in found}
    ids |= {withdrawal.article_id for withdrawal in material.delta.withdrawals}
    return {
        item.article.id: (item.article, item.raw.input)
        for item in material.cleaned
        if item.article and item.article.id in ids and item.raw.input not in material.merged
    }


def _accounts(material: EditionParts, cite: Citing, plan: Plan) -> tuple[CitedAccount, ...]:
    """Return the boxes of which the edition prints at least two figures that differ."""
    boxes = (cite.account(account, stories, plan) for account, stories in material.chosen.accounts)
    return tuple(box for box in boxes if len({figure.value for figure in box.figures}) > 1)


def _section(theme: Theme, stories: Sequence[Story], plan: Plan, cite: Citing, material: EditionParts) -> Section:
    usual, days = material.delta.usual.get(theme.slug, (0.0, 0))
    return Section(
        theme=theme.slug,
        name=theme.name,
        description=theme.description,
        stories=tuple(cite.story(story, plan) for story in stories),
        passages=tuple(
            cited
            for story, passage in plan.passages.get(theme.slug, ())
            if (cited := cite.passage(story, passage, plan)).sentences
        ),
        usual=usual,
        usual_days=days,
        unsearched=_unsearched(theme, material),
    )


def _unsearched(theme: Theme, material: EditionParts) -> tuple[Unsearched, ...]:
    """Return how many articles are in languages a theme has no words in."""
    kept = {item.article.id: item.article for item in material.cleaned if item.article}
    codes = Counter(code for code in map(code_of, kept.values()) if not theme.is_searched_in(code))
    return tuple(Unsearched(code, n) for code, n in sorted(codes.items(), key=lambda row: (-row[1], row[0])))


def _items_of(material: EditionParts, plan: Plan) -> dict[str, str]:
    """Return where each article is an item's source, a sentence for the ledger, by article id."""
    items: defaultdict[str, list[int]] = defaultdict(list)
    for story in material.stories:
        if story.id in plan.items:
            copies = dict(story.duplicates)
            for article in story.articles:
                if article.id not in copies or article.id not in material.roundups:
                    items[article.id].append(plan.items[story.id])
    return {key: used_for(found, len(material.roundups.get(key, ()))) for key, found in items.items()}


def _ledger(material: EditionParts, plan: Plan, before: Mapping[str, str]) -> tuple[LedgerEntry, ...]:
    where = _items_of(material, plan)
    # A copy that takes back what it said before is printed from all the same.
    corrected = {withdrawal.article_id for withdrawal in material.delta.withdrawals}
    apart = material.roundups.keys() | corrected
    copies = {copy: kept for story in material.stories for copy, kept in story.duplicates if copy not in apart}
    for key in corrected.intersection(copy for story in material.stories for copy, _ in story.duplicates):
        where[key] = "Quoted under Corrections."
    names = {theme.slug: theme.name for theme in material.themes}
    for slug, found in plan.passages.items():
        for _, passage in found:
            where.setdefault(passage.sentences[0].article_id, f"Quoted under {names[slug]}.")
    for withdrawal in material.delta.withdrawals:
        where.setdefault(withdrawal.article_id, "Quoted under Corrections.")
    told = {key for story in material.stories for key, _ in story.duplicates} & material.roundups.keys()
    return account_for(
        material.inputs,
        material.cleaned,
        merged=material.merged,
        copies=copies,
        used=where,
        left_out=dict.fromkeys(told, "What it tells is in other articles, word for word, or fits no theme.")
        | dict.fromkeys(material.stubs, NO_PROSE)
        | dict.fromkeys(material.left_out, BY_THE_EDITOR)
        | dict(before),
    )

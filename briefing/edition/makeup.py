"""The make-up of the page: what is printed where, numbered, cited and accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from briefing.edition.freshness import age
from briefing.edition.key_points import choose_key_points
from briefing.edition.ledger import account_for
from briefing.languages import language, language_of
from briefing.model import (
    Account,
    Article,
    Brand,
    CitedAccount,
    CitedFigure,
    CitedOrigin,
    CitedSentence,
    CitedStatement,
    Cleaned,
    Edition,
    EditionPassage,
    EditionStory,
    Input,
    LedgerEntry,
    Mailing,
    Passage,
    SaidDate,
    Section,
    Sentence,
    Source,
    Statement,
    Story,
    Summary,
    Theme,
    ThemeMatch,
    View,
    Why,
)
from briefing.model.digest import counted
from briefing.terms import content_stems, jaccard
from briefing.when import dates_in

SAME_PASSAGE = 0.5  # Jaccard of content stems; sentence pairs of the two AP copies have 0.5 and more, no others do
LONGEST_HEADING = 200  # code points of a first sentence that stands for a missing headline
PASSAGES_OF_A_STORY = 2  # under one theme
TERMS_SHOWN = 6  # of the terms that put a story under its theme


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an edition is called and looks like; none of it depends on the articles."""

    day: date
    title: str = "Morning briefing"
    organisation: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    paper: str = "A4"
    method: str = "newswire"
    brand: Brand = field(default_factory=Brand)
    mailing: Mailing = field(default_factory=Mailing)
    key_points: int = 8  # at most
    other_news: bool = True


@dataclass(frozen=True, slots=True)
class Material:
    """Everything the stages made of the inputs."""

    inputs: Sequence[Input]
    cleaned: Sequence[Cleaned]
    merged: Mapping[str, str]  # input of a copy → input kept
    themes: Sequence[Theme]  # in the order of the sections
    stories: Sequence[Story]
    sentences: Mapping[str, Sequence[Sentence]]  # article id →
    matches: Mapping[str, Sequence[ThemeMatch]]  # story id → best first
    summaries: Mapping[str, Summary]  # story id →
    views: Mapping[tuple[str, str], Summary]  # (story id, theme slug) → the theme's view of the story
    articles: Mapping[str, Summary]  # article id → the article condensed on its own
    passages: Mapping[str, Sequence[Passage]]  # story id →
    accounts: Sequence[tuple[Account, Sequence[Story]]] = ()
    statements: Sequence[tuple[Statement, Story]] = ()
    kinds: Mapping[tuple[str, int], str] = field(default_factory=dict)  # (article id, position) → kind of statement


def make_up(material: Material, imprint: Imprint, *, only: str = "") -> Edition:
    """Return the edition of a day.

    Stories lie under the theme they are mainly about, the most widely reported first; what other stories say on a
    theme follows as passages; what fits no theme comes last.
    """
    plan = _plan(material, imprint)
    numbers = _source_numbers(plan, material)
    cite = _Citing(material, numbers)
    sections = tuple(_section(theme, stories, plan, cite) for theme, stories in plan.sections)
    sources = tuple(cite.source(article, input_) for article, input_ in _numbered(material, numbers))
    edition = Edition(
        title=imprint.title,
        day=imprint.day,
        organisation=imprint.organisation,
        language=imprint.language,
        time_zone=imprint.time_zone,
        paper=imprint.paper,
        method=imprint.method,
        brand=imprint.brand,
        mailing=imprint.mailing,
        sections=sections,
        key_points=choose_key_points(sections, imprint.key_points, imprint.day, imprint.language),
        accounts=tuple(cite.account(account, stories, plan) for account, stories in material.accounts),
        statements=tuple(cite.statement(s, story, plan) for s, story in material.statements if story.id in plan.items),
        sources=sources,
        ledger=_ledger(material, plan),
    )
    return counted(edition)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which story lies where."""

    sections: tuple[tuple[Theme, tuple[Story, ...]], ...]
    items: Mapping[str, int]  # story id → number of the item
    leads: Mapping[str, str]  # story id → slug of the theme that leads it
    passages: Mapping[str, tuple[tuple[Story, Passage], ...]]  # theme slug →


OTHER = Theme("other", "Other news")


def _plan(material: Material, imprint: Imprint) -> _Plan:
    leads = {story.id: _lead(material.matches.get(story.id, ())) for story in material.stories}
    themes = [*material.themes, *([OTHER] if imprint.other_news else [])]
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
        for passage in material.passages.get(story.id, ()):
            passages.setdefault(passage.theme.slug, []).append((story, passage))
    ranked = {
        slug: _distinct_passages(
            sorted(found, key=lambda sp: (-sp[1].match.score, sp[0].id, sp[1].sentences[0].position)), imprint.language
        )
        for slug, found in passages.items()
    }
    return _Plan(sections, {s.id: n for n, s in enumerate(order, 1)}, leads, ranked)


def _distinct_passages(found: Sequence[tuple[Story, Passage]], code: str) -> tuple[tuple[Story, Passage], ...]:
    """Return the best passages of each story, without those that say what a better one says.

    Copies of one report repeat each other, and a story's third passage on a theme seldom adds to its first two.
    """
    taken = Counter[str]()
    kept: list[tuple[Story, Passage]] = []
    words: list[frozenset[str]] = []
    for story, passage in found:
        own = frozenset(content_stems(" ".join(s.text for s in passage.sentences), language(code)))
        if all(jaccard(own, other) < SAME_PASSAGE for other in words) and taken[story.id] < PASSAGES_OF_A_STORY:
            taken[story.id] += 1
            kept.append((story, passage))
            words.append(own)
    return tuple(kept)


def _lead(matches: Sequence[ThemeMatch]) -> str:
    return next((m.theme.slug for m in matches if m.is_main), OTHER.slug)


def _prominence(material: Material, day: date) -> Callable[[Story], tuple[int, int, int, float, float, str]]:
    """Return the order of stories: today's before older ones, then the most widely reported, then the most fitting."""

    def key(story: Story) -> tuple[int, int, int, float, float, str]:
        matches = material.matches.get(story.id, ())
        newest = story.newest.timestamp() if story.newest else 0.0
        return (
            age(story.newest, day),
            -len(story.origins),
            -len(story.articles),
            -max((m.score for m in matches), default=0.0),
            -newest,
            story.id,
        )

    return key


def _source_numbers(plan: _Plan, material: Material) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for theme, stories in plan.sections:
        ids = [a.id for story in stories for a in story.articles if a.id not in dict(story.duplicates)]
        ids += [p.sentences[0].article_id for _, p in plan.passages.get(theme.slug, ())]
        for article_id in ids:
            numbers.setdefault(article_id, len(numbers) + 1)
    return numbers


def _numbered(material: Material, numbers: Mapping[str, int]) -> list[tuple[Article, str]]:
    kept = {
        item.article.id: (item.article, item.raw.input)
        for item in material.cleaned
        if item.article and item.raw.input not in material.merged
    }
    return [kept[article_id] for article_id in sorted(numbers, key=numbers.__getitem__)]


class _Citing:
    """Turns what the stages chose into what is printed, with receipts and source numbers."""

    def __init__(self, material: Material, numbers: Mapping[str, int]) -> None:
        self._material = material
        self._numbers = numbers
        self._articles = {a.id: a for story in material.stories for a in story.articles}

    def sentences(self, summary: Summary) -> tuple[CitedSentence, ...]:
        support = summary.support or ((),) * len(summary.sentences)
        scores = summary.scores or ((),) * len(summary.sentences)
        return tuple(
            replace(
                self.sentence(s),
                support=tuple(sorted({self._numbers[o.article_id] for o in others if o.article_id in self._numbers})),
                scores=tuple(parts),
            )
            for s, others, parts in zip(summary.sentences, support, scores, strict=True)
        )

    def sentence(self, sentence: Sentence) -> CitedSentence:
        return CitedSentence(
            sentence.text,
            sentence.receipt,
            self._numbers[sentence.article_id],
            kind=self._material.kinds.get((sentence.article_id, sentence.position), ""),
            dates=self._dates(sentence),
        )

    def _dates(self, sentence: Sentence) -> tuple[SaidDate, ...]:
        article = self._articles[sentence.article_id]
        near = article.published.date() if article.published else None
        found = dates_in(sentence.text, near, language_of(article))
        return tuple(SaidDate(sentence.text[start:end], day) for start, end, day in found)

    def source(self, article: Article, input_: str) -> Source:
        summary = self._material.articles.get(article.id)
        return Source(
            number=self._numbers[article.id],
            article_id=article.id,
            input=input_,
            title=article.title or self.first_sentence(article),
            untitled=not article.title,
            outlet=article.outlet,
            byline=article.byline,
            wire=article.wire,
            url=article.url,
            language=article.language,
            published=article.published,
            precision=article.date.precision if article.date else "",
            evidence=article.date.evidence if article.date else "",
            date_clue=article.date.clue if article.date else "",
            summary=self.sentences(summary) if summary else (),
        )

    def first_sentence(self, article: Article) -> str:
        """Return what an article without a headline is shown under: its first sentence, as far as that fits."""
        sentences = self._material.sentences.get(article.id, ())
        text = next((s.text for s in sentences if s.kind == "text"), sentences[0].text if sentences else "")
        if len(text) <= LONGEST_HEADING:
            return text
        return text[:LONGEST_HEADING].rpartition(" ")[0] or text[:LONGEST_HEADING]

    def story(self, story: Story, plan: _Plan) -> EditionStory:
        head = next((a for a in story.articles if a.id == story.headline_article), story.articles[0])
        newest = max((a for a in story.articles if a.published), key=lambda a: (a.published, a.id), default=None)
        copies = dict(story.duplicates)
        views = [
            View(theme.slug, self.sentences(self._material.views[story.id, theme.slug]))
            for theme in self._material.themes
            if (story.id, theme.slug) in self._material.views
        ]
        return EditionStory(
            number=plan.items[story.id],
            story_id=story.id,
            headline=head.title or self.first_sentence(head),
            headline_source=self._numbers[head.id],
            untitled=not head.title,
            sources=tuple(self._numbers[a.id] for a in story.articles if a.id not in copies),
            origins=tuple(
                CitedOrigin(o.name, o.kind, tuple(self._numbers[i] for i in o.article_ids if i not in copies))
                for o in story.origins
            ),
            summary=self.sentences(self._material.summaries[story.id]),
            newest=newest.published if newest else None,
            precision=newest.date.precision if newest and newest.date else "",
            part_of=_saga_headline(story, self._material.stories),
            why=tuple(_why(m) for m in self._material.matches.get(story.id, ())),
            views=tuple(view for view in views if view.summary),
        )

    def passage(self, story: Story, passage: Passage, plan: _Plan) -> EditionPassage:
        return EditionPassage(
            story=plan.items.get(story.id, 0),
            source=self._numbers[passage.sentences[0].article_id],
            sentences=tuple(self.sentence(s) for s in passage.sentences),
            why=_why(passage.match),
        )

    def account(self, account: Account, stories: Sequence[Story], plan: _Plan) -> CitedAccount:
        return CitedAccount(
            about=account.about,
            stories=tuple(sorted(plan.items[s.id] for s in stories if s.id in plan.items)),
            figures=tuple(
                CitedFigure(f.printed, f.value, f.unit, self.sentence(f.sentence))
                for f in account.figures
                if f.sentence.article_id in self._numbers
            ),
        )

    def statement(self, said: Statement, story: Story, plan: _Plan) -> CitedStatement:
        return CitedStatement(
            said.speaker,
            said.role,
            said.verb,
            said.quotation,
            self.sentence(said.sentence),
            plan.items[story.id],
            plan.leads[story.id],
        )


def _section(theme: Theme, stories: Sequence[Story], plan: _Plan, cite: _Citing) -> Section:
    return Section(
        theme=theme.slug,
        name=theme.name,
        description=theme.description,
        stories=tuple(cite.story(story, plan) for story in stories),
        passages=tuple(cite.passage(story, passage, plan) for story, passage in plan.passages.get(theme.slug, ())),
    )


def _why(match: ThemeMatch) -> Why:
    terms = tuple(dict.fromkeys(hit.term for hit in match.why))[:TERMS_SHOWN]
    return Why(match.theme.slug, round(match.score, 3), match.is_main, terms)


def _saga_headline(story: Story, stories: Sequence[Story]) -> str:
    """Return the headline of the story that began the saga; empty when that is this one or has no title."""
    if not story.saga:
        return ""
    begun = [(a.published, s.id, s) for s in stories if s.saga == story.saga for a in s.articles[:1] if a.published]
    if not begun or not story.newest:
        return ""
    start, _, oldest = min(begun, key=lambda entry: entry[:2])
    if oldest.id == story.id or start >= story.newest:
        return ""
    return next((a.title for a in oldest.articles if a.id == oldest.headline_article), oldest.articles[0].title)


def _ledger(material: Material, plan: _Plan) -> tuple[LedgerEntry, ...]:
    copies = {copy: kept for story in material.stories for copy, kept in story.duplicates}
    where = {a.id: f"Item {plan.items[s.id]}." for s in material.stories if s.id in plan.items for a in s.articles}
    names = {theme.slug: theme.name for theme in material.themes}
    for slug, found in plan.passages.items():
        for _, passage in found:
            where.setdefault(passage.sentences[0].article_id, f"Quoted under {names[slug]}.")
    return account_for(
        material.inputs, material.cleaned, merged=material.merged, copies=copies, used=where, left_out={}
    )

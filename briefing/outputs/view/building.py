"""Builds the presentation model: `Edition` → `EditionView`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from briefing.model import (
    CitedAccount,
    CitedSentence,
    CitedStatement,
    Correction,
    Edition,
    EditionPassage,
    EditionStory,
    EditorLine,
    PartOf,
    Section,
)
from briefing.model.edition import WITHOUT_LISTS
from briefing.model.verdicts import is_named_behind
from briefing.outputs.view.bars import day_bars, origins_bar, outside, theme_bar
from briefing.outputs.view.clock import Clock
from briefing.outputs.view.direction import apart, direction_of
from briefing.outputs.view.earlier import (
    days_of,
    earlier_view,
    empty_line,
    has_something,
    nothing_line,
    quiet_view,
    unchanged_line,
    usual_line,
)
from briefing.outputs.view.edition import EditionView
from briefing.outputs.view.heading import heading_and_text
from briefing.outputs.view.listing import ledger_view, source_view, with_ways_back
from briefing.outputs.view.lists import (
    CorrectionView,
    HeadlineView,
    PointView,
    StatementView,
)
from briefing.outputs.view.overlap import least_repeated
from briefing.outputs.view.types import (
    AccountView,
    FigureView,
    LineView,
    MetaView,
    OwnView,
    PassageView,
    SectionView,
    SeeView,
    SentenceView,
    ShortView,
    SourceView,
    StoryView,
    UnchangedView,
)
from briefing.outputs.view.wording import (
    accounted_line,
    cover_counts,
    coverage_line,
    cuts_shown,
    days_between,
    origin_line,
    own_sentences,
    roundup_line,
    signed_line,
    source_headline,
    verbatim_line,
    whose_words,
)
from briefing.text.labels import Words, words

_LISTED = 40  # items that fit a front page; with more, those told in a line are listed in their sections alone


def view_of(edition: Edition) -> EditionView:
    """Return the presentation model of an edition."""
    return _Viewing(edition).edition_view()


class _Viewing:
    """The builder of the view; records where each source is cited while it goes through the edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.words = words(edition.imprint.language)
        self.clock = Clock(edition.imprint.time_zone, self.words)
        self.cited: dict[str, dict[str, str]] = {}  # article id → label of the place → id of its first sentence
        self.places = 0
        self.listed = edition.by_article
        self.sources = {s.article_id: source_view(s, self.clock, self.foreign(s.language)) for s in edition.sources}
        self.items = {story.number: story for story in edition.stories}
        self.origins: dict[str, list[frozenset[str]]] = {}  # article id → the origins it is of, one an item
        for origin in (origin for story in edition.stories for origin in story.origins):
            for key in origin.sources:
                self.origins.setdefault(key, []).append(frozenset(origin.sources))
        self.boxed: set[int] = set()  # indexes of the accounts printed under a story

    def edition_view(self) -> EditionView:
        e, i, w = self.edition, self.edition.imprint, self.words
        points = tuple(self.point(p.sentence, p.theme, p.story) for p in e.key_points)
        printed = [s for s in e.sections if e.scope or has_something(s)]
        sections = tuple(self.section(s) for s in printed)
        accounts = tuple(self.account(a) for i, a in enumerate(e.accounts) if i not in self.boxed)
        statements = tuple(self.statement(s) for s in e.statements)
        days = self.clock.days(e.sources)
        news = [story for story in e.stories if story.state != "unchanged"]
        listed = listed_items(news)
        return EditionView(
            imprint=i,
            scope=e.scope,
            scope_name=", ".join(s.name for s in e.sections) if e.scope else "",
            date=days_of(e, "long", w) if i.first_day else _capital(w.day(e.day, "full")),
            date_long=days_of(e, "long", w),
            date_short=days_of(e, "short", w),
            counts=cover_counts(e, w),
            coverage=coverage_line(e, w, self.clock),
            own=_own(e.lines),
            verbatim=verbatim_line(e, w),
            signed=signed_line(e, w, self.clock),
            key_points=points,
            headlines=tuple(map(self.headline, listed)),
            headlines_more=w.count("in_a_line", len(news) - len(listed)) if listed and len(listed) < len(news) else "",
            corrections=tuple(self.correction(c) for c in e.corrections),
            sections=sections,
            empty=empty_line(e, w),
            quiet=tuple(quiet_view(story, w) for story in e.quiet),
            accounts=accounts,
            statements=statements,
            sources=tuple(with_ways_back(s, self.cited.get(key, {})) for key, s in self.sources.items()),
            ledger=tuple(ledger_view(entry, w) for entry in e.ledger),
            accounted=accounted_line(e, w),
            cuts=cuts_shown(e.cuts, w),
            is_compact=any(cut.why == "pages" for cut in e.cuts),
            has_lists=all(cut.what != WITHOUT_LISTS for cut in e.cuts),
            themes_chart=tuple(theme_bar(s, w) for s in e.sections if s.theme != "other" or has_something(s)),
            days_chart=day_bars(days, e.day, w),
            days_outside=outside(days, e.day, len(e.sources) - len(days), w),
            origins_chart=tuple(origins_bar(s, w) for s in e.stories if s.state != "unchanged"),
            words=w,
        )

    def sentence(self, sentence: CitedSentence, place: str) -> SentenceView:
        self.places += 1
        place_id = f"c{self.places}"
        for key in sentence.said_by:
            self.cited.setdefault(key, {}).setdefault(place, place_id)
        return SentenceView(
            text=sentence.text,
            source=self.listed[sentence.article_id].number,
            also=tuple(sorted(self.listed[key].number for key in sentence.support if key != sentence.article_id)),
            id=place_id,
            language=self.foreign(self.listed[sentence.article_id].language),
            direction=direction_of(sentence.text),
            kind=self.remarks(sentence),
            before=f"[{apart(sentence.introduced.text)}]" if sentence.introduced else "",
        )

    def remarks(self, sentence: CitedSentence) -> str:
        w = self.words
        shown = whose_words(sentence, w)
        shown += [w.count("origin_short", 1)] if self.one_origin(sentence) else []
        shown += [w.say("printed_before", day=w.day(sentence.before, "short"))] if sentence.before else []
        return ", ".join(shown)

    def one_origin(self, sentence: CitedSentence) -> bool:
        """Return whether several sources say a sentence and all of them go back to one report."""
        of_one = self.origins.get(sentence.article_id, ())
        return bool(sentence.support) and any(origin.issuperset(sentence.said_by) for origin in of_one)

    def sentences(self, many: Iterable[CitedSentence], place: str) -> tuple[SentenceView, ...]:
        printed = tuple(many)
        return tuple(
            self.sentence(replace(one, words_of=None) if is_named_behind(one, after) else one, place)
            for one, after in zip_longest(printed, printed[1:])
        )

    def foreign(self, language: str) -> str:
        return language if language != self.edition.imprint.language else ""

    def point(self, sentence: CitedSentence, theme: str, story: int) -> PointView:
        name = next((s.name for s in self.edition.sections if s.theme == theme), theme)
        shown = self.sentence(sentence, self.words.say("back_key_points"))
        return PointView(shown, name, story, _item(story) if story in self.items else "")

    def headline(self, story: EditionStory) -> HeadlineView:
        own = self.retitled(story)
        heading = own or heading_and_text(story)[0]
        language = self.listed[story.headline_receipt.article_id].language
        outlets = dict.fromkeys(self.listed[key].outlet for key in story.sources)
        return HeadlineView(
            story.number,
            _item(story.number),
            heading,
            "" if own else self.foreign(language),
            direction_of(heading),
            tuple(apart(outlet) for outlet in outlets if outlet),
        )

    def section(self, section: Section) -> SectionView:
        w = self.words
        stories = tuple(self.story(s) for s in section.stories if s.state != "unchanged" and not _is_line(s))
        lines = tuple(self.line(s) for s in section.stories if _is_line(s))
        unchanged = tuple(self.unchanged(story) for story in section.stories if story.state == "unchanged")
        passages = tuple(self.passage(p, section.name) for p in section.passages)
        news = len(stories) + len(lines)
        count = w.count("story", news) if news else ""
        if passages and not news:
            count = w.count("passage", len(passages))
        return SectionView(
            section.theme,
            f"theme-{section.theme}",
            section.name,
            section.description,
            stories,
            lines,
            unchanged,
            passages,
            _own(section.lines),
            usual_line(section, news, w),
            "" if news or passages or section.see else nothing_line(section, self.edition, w),
            count,
            w.say("also_on", theme=section.name),
            self.see(section.see),
        )

    def line(self, story: EditionStory) -> LineView:
        heading, own = heading_and_text(story)[0], self.retitled(story)
        return LineView(
            number=story.number,
            anchor=_item(story.number),
            headline=own or heading,
            language="" if own else self.foreign(self.listed[story.headline_receipt.article_id].language),
            direction=direction_of(own or heading),
            sources=tuple(self.sources[key] for key in story.sources),
            see=self.see(story.see),
        )

    def see(self, numbers: Iterable[int]) -> tuple[SeeView, ...]:
        """Return pointers to the items of these numbers that stand in the edition."""
        return tuple(SeeView(n, _item(n)) for n in numbers if n in self.items)

    def unchanged(self, story: EditionStory) -> UnchangedView:
        heading, own = heading_and_text(story)[0], self.retitled(story)
        return UnchangedView(
            number=story.number,
            anchor=_item(story.number),
            headline=own or heading,
            language="" if own else self.foreign(self.listed[story.headline_receipt.article_id].language),
            direction=direction_of(own or heading),
            line="; ".join(filter(None, [source_headline(story, self.words), unchanged_line(story, self.words)])),
            own=_own(story.lines),
            sources=tuple(self.listed[key].number for key in story.sources),
        )

    def correction(self, correction: Correction) -> CorrectionView:
        new = self.sentence(correction.new, self.words.say("corrections")) if correction.new else None
        return CorrectionView(earlier_view(correction.old, self.words), new, self.sources[correction.article_id])

    def retitled(self, story: EditionStory) -> str:
        return f"{self.words.say('editor_label')} {story.retitled}" if story.retitled else ""

    def story(self, story: EditionStory) -> StoryView:
        w = self.words
        place = w.say("back_item", number=story.number)
        heading, summary = heading_and_text(story)
        own = self.retitled(story)
        untitled = story.untitled and not own and not self.listed[story.headline_receipt.article_id].parts
        sentences = self.sentences(story.summary if own else summary, place)
        return StoryView(
            number=story.number,
            anchor=_item(story.number),
            headline=own or heading,
            untitled=untitled,
            language="" if own else self.foreign(self.listed[story.headline_receipt.article_id].language),
            direction=direction_of(own or story.headline),
            when=self.clock.when(story.newest, story.precision, "short") if story.newest else w.say("undated"),
            origin_line=origin_line(self.edition, story, self.words),
            sentences=sentences,
            known=tuple(earlier_view(one, w) for one in story.known),
            sources=tuple(self.sources[key] for key in story.sources),
            in_short=self.in_short(story, place),
            accounts=self.accounts_of(story.number),
            roundups=tuple(self.roundup(event, w) for event in story.events),
            state=w.say("developing_since", day=w.day(story.since, "short")) if story.since else "",
            own=_own(story.lines),
            retitled=bool(own),
            source_headline=source_headline(story, self.words),
            see=self.see(story.see),
        )

    def roundup(self, event: PartOf, w: Words) -> MetaView:
        return MetaView(
            roundup_line(self.listed[event.article_id], event.part, w), self.sources[event.article_id].anchor
        )

    def in_short(self, story: EditionStory, place: str) -> tuple[ShortView, ...]:
        """Return each source's sentence that overlaps least with the story, where several sources report it.

        A source whose every sentence is printed already adds nothing, and is only listed.
        """
        if len(story.sources) < 2:
            return ()
        boxes = [f.sentence for a in self.edition.accounts if story.number in a.stories for f in a.figures]
        printed = [*story.summary, *boxes]
        found = []
        for key in story.sources:
            least = least_repeated(own_sentences(self.listed[key], story), printed)
            if least:
                found.append(ShortView(_distinguished(self.sources[key]), (self.sentence(least, place),)))
                printed.append(least)
        return tuple(found)

    def accounts_of(self, story: int) -> tuple[AccountView, ...]:
        mine = [i for i, a in enumerate(self.edition.accounts) if min(a.stories, default=0) == story]
        self.boxed.update(mine)
        return tuple(self.account(self.edition.accounts[i]) for i in mine)

    def account(self, account: CitedAccount) -> AccountView:
        place = self.words.say("back_accounts")
        rows: dict[tuple[float, str], list[FigureView]] = {}
        for f in account.figures:
            figure = FigureView(f.printed, self.sentence(f.sentence, place), self.sources[f.sentence.article_id])
            rows.setdefault((f.value, f.unit), []).append(figure)
        between = days_between([self.sources[f.sentence.article_id] for f in account.figures], self.words)
        return AccountView(account.about, tuple(tuple(row) for row in rows.values()), between)

    def passage(self, passage: EditionPassage, theme: str) -> PassageView:
        story = self.items.get(passage.story)
        source = self.sources[passage.article_id]
        return PassageView(
            self.sentences(passage.sentences, self.words.say("back_passage", theme=theme)),
            source,
            passage.story,
            _item(passage.story) if story else "",
            heading_and_text(story)[0] if story else source.title,
            story is not None and self.repeats(story, passage),
        )

    def repeats(self, story: EditionStory, passage: EditionPassage) -> bool:
        """Return whether the item of a passage prints every sentence of it."""
        printed = {(s.receipt.article_id, s.receipt.start) for s in story.summary}
        return all((s.receipt.article_id, s.receipt.start) in printed for s in passage.sentences)

    def statement(self, said: CitedStatement) -> StatementView:
        shown = self.sentence(said.sentence, self.words.say("back_statements"))
        anchor = _item(said.story) if said.story in self.items else ""
        return StatementView(said.name, said.role, said.verb, said.quotation, shown, said.story, anchor)


def listed_items(news: Sequence[EditionStory]) -> list[EditionStory]:
    """Return the items the front page lists, what matters most first: every one, or of very many those that are told.

    None where there is but one.
    """
    ranked = sorted(news, key=lambda story: (-story.importance, story.number))
    told = [story for story in ranked if not _is_line(story)]
    return [] if len(ranked) < 2 else ranked if len(ranked) <= _LISTED or not told else told


def _is_line(story: EditionStory) -> bool:
    """Return whether an item is printed in a line: what the editor wrote under it needs more."""
    return story.in_a_line and not story.lines


def _own(lines: Iterable[EditorLine]) -> tuple[OwnView, ...]:
    return tuple(OwnView(line.text, direction_of(line.text)) for line in lines)


def _distinguished(source: SourceView) -> SourceView:
    """Return a source named by its number where its outlet is unknown, to tell several such apart."""
    return source if source.has_outlet else replace(source, outlet=f"[{source.number}]", has_outlet=True)


def _item(number: int) -> str:
    return f"item-{number}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

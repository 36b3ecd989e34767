"""Turns what the stages chose into printed sentences, stories and boxes, each with its receipt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from briefing.model import (
    Account,
    Article,
    CitedAccount,
    CitedFigure,
    CitedOrigin,
    CitedSentence,
    CitedStatement,
    Correction,
    Development,
    EditionPassage,
    EditionStory,
    PartOf,
    Passage,
    Receipt,
    SaidDate,
    Sentence,
    Source,
    Statement,
    Story,
    Summary,
    ThemeMatch,
    View,
    Why,
    Withdrawal,
)
from briefing.stages.edition.parts import EditionParts, Plan
from briefing.text.dates import dates_in
from briefing.text.languages import language_of

LONGEST_HEADING = 200  # code points of a first sentence that stands for a missing headline
TERMS_SHOWN = 6  # of the terms that put a story under its theme


class Citing:
    """Turns what the stages chose into what is printed, with receipts.

    Args:
        material: What the stages chose.
        listed: Ids of the articles the edition prints from.
    """

    def __init__(self, material: EditionParts, listed: Collection[str]) -> None:
        self._material = material
        self._listed = listed
        # A correction may be of an article whose story is not printed again.
        read = {c.article.id: c.article for c in material.cleaned if c.article and c.raw.input not in material.merged}
        self._articles = read | {a.id: a for story in material.stories for a in story.articles}

    def sentences(self, summary: Summary) -> tuple[CitedSentence, ...]:
        """Return a summary's sentences as printed, with their support and scores."""
        support = summary.support or ((),) * len(summary.sentences)
        scores = summary.scores or ((),) * len(summary.sentences)
        return tuple(
            replace(
                self.sentence(s),
                support=tuple(sorted({o.article_id for o in others if o.article_id in self._listed})),
                scores=tuple(parts),
            )
            for s, others, parts in zip(summary.sentences, support, scores, strict=True)
        )

    def sentence(self, sentence: Sentence) -> CitedSentence:
        """Return one sentence as printed."""
        return CitedSentence(
            sentence.text,
            sentence.receipt,
            kind=self._material.kinds.get((sentence.article_id, sentence.position), ""),
            dates=self._dates(sentence),
            before=self._material.delta.printed.get((sentence.article_id, sentence.position)),
        )

    def _dates(self, sentence: Sentence) -> tuple[SaidDate, ...]:
        article = self._articles[sentence.article_id]
        near = article.published.date() if article.published else None
        found = dates_in(sentence.text, near, language_of(article))
        return tuple(SaidDate(sentence.text[start:end], day) for start, end, day in found)

    def source(self, article: Article, input_: str) -> Source:
        """Return an article as it is listed."""
        summary = self._material.chosen.articles.get(article.id)
        return Source(
            number=0,  # `numbered` gives it
            article_id=article.id,
            input=input_,
            title=self.heading(article)[0],
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
            parts=tuple(self._material.roundups.get(article.id, ())),
        )

    def heading(self, article: Article) -> tuple[str, Receipt]:
        """Return what an article is shown under: its headline, else its first sentence as far as that fits."""
        if article.title:
            return article.title, Receipt.made(article.id, 0, len(article.title), article.title, "title")
        sentences = self._material.sentences.get(article.key, ())
        first = next((s for s in sentences if s.kind == "text"), sentences[0] if sentences else None)
        text = first.text if first else ""
        if len(text) > LONGEST_HEADING:
            text = text[:LONGEST_HEADING].rpartition(" ")[0] or text[:LONGEST_HEADING]
        start = first.start if first else 0
        return text, Receipt.made(article.id, start, start + len(text), text)

    def story(self, story: Story, plan: Plan) -> EditionStory:
        """Return a story as printed."""
        newest = max((a for a in story.articles if a.published), key=lambda a: (a.published, a.id), default=None)
        copies = dict(story.duplicates)
        development = self._material.delta.developments.get(story.id, Development())
        headed = development.headline_article or story.headline_article
        listed = [a for a in story.articles if a.id in self._listed and a.id not in copies]
        heading, receipt = self.heading(next((a for a in listed if a.id == headed), listed[0]))
        views = [
            View(theme.slug, self.sentences(self._material.chosen.views[story.id, theme.slug]))
            for theme in self._material.themes
            if (story.id, theme.slug) in self._material.chosen.views
        ]
        part_of = _saga_headline(story, self._material.stories)
        bond = story.saga_link if part_of else None
        return EditionStory(
            number=plan.items[story.id],
            story_id=story.id,
            headline=heading,
            headline_receipt=receipt,
            sources=tuple(a.id for a in story.articles if a.id not in copies),
            origins=tuple(
                CitedOrigin(o.name, o.kind, tuple(i for i in o.article_ids if i not in copies)) for o in story.origins
            ),
            summary=self.sentences(self._material.chosen.summaries[story.id]),
            newest=newest.published if newest else None,
            precision=newest.date.precision if newest and newest.date else "",
            part_of=part_of,
            shared=bond.shared if bond else (),
            shared_day=SaidDate(bond.day_words, bond.day) if bond and bond.day else None,
            why=tuple(_why(m) for m in self._material.matches.get(story.id, ())),
            views=tuple(view for view in views if view.summary),
            state=development.state,
            since=development.since,
            last_printed=development.last_printed,
            known=development.known,
            events=tuple(self._part_of(a) for a in story.articles if a.span and a.id not in copies),
        )

    def _part_of(self, part: Article) -> PartOf:
        """Return which event of its round-up a part is."""
        starts = [segment.start for segment in self._material.roundups[part.id]]
        return PartOf(part.id, starts.index(part.span[0] if part.span else 0))

    def passage(self, story: Story, passage: Passage, plan: Plan) -> EditionPassage:
        """Return what a story led by another theme says on this one, as printed."""
        return EditionPassage(
            story=plan.items.get(story.id, 0),
            sentences=tuple(self.sentence(s) for s in passage.sentences),
            why=_why(passage.match),
        )

    def account(self, account: Account, stories: Sequence[Story], plan: Plan) -> CitedAccount:
        """Return figures that differ, as printed; those of articles that are not printed are left out."""
        return CitedAccount(
            about=account.about,
            stories=tuple(sorted(plan.items[s.id] for s in stories if s.id in plan.items)),
            figures=tuple(
                CitedFigure(f.printed, f.value, f.unit, self.sentence(f.sentence))
                for f in account.figures
                if f.sentence.article_id in self._listed
            ),
        )

    def statement(self, said: Statement, story: Story, plan: Plan) -> CitedStatement:
        """Return who said what, as printed."""
        return CitedStatement(
            said.speaker,
            said.role,
            said.verb,
            said.quotation,
            self.sentence(said.sentence),
            plan.items[story.id],
            plan.leads[story.id],
            said.person,
        )

    def correction(self, withdrawal: Withdrawal) -> Correction:
        """Return what an article no longer says, as printed."""
        return Correction(
            old=withdrawal.old,
            theme=withdrawal.theme,
            article_id=withdrawal.article_id,
            new=replace(self.sentence(withdrawal.new), before=None) if withdrawal.new else None,
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

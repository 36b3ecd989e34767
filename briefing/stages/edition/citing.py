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
    Judgement,
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
from briefing.model.verdicts import follows
from briefing.stages.edition.beside import referent_of, speaker_of, verdict_of
from briefing.stages.edition.parts import EditionParts, Plan
from briefing.stages.judgement.printing import (
    Permit,
    PrintedIn,
    beside_what_is_printed,
    broken,
    closed,
    is_plain,
    may_head,
    permit,
)
from briefing.text.dates import dates_in
from briefing.text.languages import Language, code_of, language_of
from briefing.text.openings import leans_back

LONGEST_HEADING = 260  # code points of a first sentence that stands for a missing headline
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
        self._printed: dict[Receipt, Sentence] = {}  # what was cited so far

    def language(self, article_id: str) -> Language:
        """Return the language of an article."""
        return language_of(self._articles[article_id])

    def sentences(self, summary: Summary, place: PrintedIn = "summary") -> tuple[CitedSentence, ...]:
        """Return a summary's sentences as printed, those that may be, with their support and scores."""
        support = summary.support or ((),) * len(summary.sentences)
        scores = summary.scores or ((),) * len(summary.sentences)
        beside = dict(zip((s.receipt for s in summary.sentences), zip(support, scores, strict=True), strict=True))
        return tuple(
            replace(
                cited,
                support=tuple(sorted({o.article_id for o in beside[cited.receipt][0] if o.article_id in self._listed})),
                scores=tuple(beside[cited.receipt][1]),
            )
            for cited in self.several(summary.sentences, place)
        )

    def several(self, sentences: Sequence[Sentence], place: PrintedIn) -> tuple[CitedSentence, ...]:
        """Return the sentences of one place as printed, in order, those that may be."""
        printed: list[CitedSentence] = []
        above: list[Sentence] = []
        for sentence in sentences:
            cited = self.sentence(sentence, place, above)
            if cited is not None:
                printed.append(cited)
                above += [sentence] if place != "short" else []  # of these one is printed, by itself
        return closed(printed)

    def sentence(self, sentence: Sentence, place: PrintedIn, above: Sequence[Sentence] = ()) -> CitedSentence | None:
        """Return one sentence as printed in a place, below others; None when the judge would not have it there."""
        article = self._articles[sentence.article_id]
        given = permit(self._judged(sentence), place, behind=follows(above[-1] if above else None, sentence))
        if given.refused or broken(article, sentence.start, sentence.end):
            return None
        return self._cited(sentence, beside_what_is_printed(given, article, [s.text for s in above]))

    def chosen(self, sentence: Sentence, place: PrintedIn) -> tuple[CitedSentence | None, str]:
        """Return a sentence as an editor prints it in a place, and why the judge would not have it there.

        Where he would not, it is marked as the editor's choice. None where it is no whole sentence: nobody prints that.
        """
        article = self._articles[sentence.article_id]
        if problem := broken(article, sentence.start, sentence.end):
            return None, problem
        given = permit(self._judged(sentence), place)
        behind = permit(self._judged(sentence), place, behind=True) if given.refused else given
        if not behind.refused:  # it may lean on the sentence before it: whether that is printed, its place decides
            return self._cited(sentence, behind), ""
        return replace(self._cited(sentence, given), by_editor=True), given.refused

    def _cited(self, sentence: Sentence, given: Permit) -> CitedSentence:
        article, key = self._articles[sentence.article_id], (sentence.article_id, sentence.position)
        self._printed[sentence.receipt] = sentence
        return CitedSentence(
            sentence.text,
            sentence.receipt,
            kind=self._material.kinds.get(key, ""),
            dates=self._dates(sentence),
            before=self._material.delta.printed.get(key),
            verdict=verdict_of(self._judged(sentence), given),
            words_of=speaker_of(article, given),
            introduced=referent_of(article, given),
        )

    def as_key_point(self, cited: CitedSentence) -> CitedSentence | None:
        """Return a sentence that is cited elsewhere as a key point prints it, alone; None where it may not be one."""
        sentence = self._printed[cited.receipt]
        alone = self.sentence(sentence, "key point") if is_plain(sentence) else None
        return replace(alone, support=cited.support, scores=cited.scores) if alone else None

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
            language=article.language or code_of(article),
            published=article.published,
            precision=article.date.precision if article.date else "",
            evidence=article.date.evidence if article.date else "",
            date_clue=article.date.clue if article.date else "",
            summary=self.sentences(summary, "short") if summary else (),
            parts=tuple(self._material.roundups.get(article.id, ())),
        )

    def heading(self, article: Article) -> tuple[str, Receipt]:
        """Return what an article is shown under: its headline, else its first sentence as far as that fits."""
        if article.title:
            return article.title, Receipt.made(article.id, 0, len(article.title), article.title, "title")
        texts = [s for s in self._material.sentences.get(article.key, ()) if s.kind == "text"]
        whole = (s for s in texts if not broken(article, s.start, s.end))
        spoken = language_of(article)
        fit = (s for s in whole if not permit(self._judged(s), "heading").refused and not leans_back(s.text, spoken))
        may = next(fit, None)
        return self._under(article, self.heading_sentence(article) or may or next(iter(texts), None))

    def _under(self, article: Article, first: Sentence | None) -> tuple[str, Receipt]:
        """Return a sentence as a heading, as far as it fits."""
        text = first.text if first else ""
        if len(text) > LONGEST_HEADING:
            cut = text[:LONGEST_HEADING]
            space = cut.rfind(" ", LONGEST_HEADING // 2)  # further back stands a word without end
            text = cut[:space] if space > 0 else cut
        start = first.start if first else 0
        return text, Receipt.made(article.id, start, start + len(text), text)

    def heading_sentence(self, article: Article) -> Sentence | None:
        """Return the first sentence of an article that may stand as a heading and is news; None if none may."""
        spoken, texts = language_of(article), self._material.sentences.get(article.key, ())
        return next(
            (
                s
                for n, s in enumerate(texts)
                if (s.article_id, s.position) not in self._material.chosen.over
                and not broken(article, s.start, s.end)
                and may_head(self._judged(s), s, spoken, opens=n == 0)
            ),
            None,
        )

    def is_headed(self, story: Story) -> bool:
        """Return whether a story has a headline, or a sentence that may stand for one; an article of one event always
        has, its first sentence at worst."""
        copies = dict(story.duplicates)
        return any(a.title or not a.span or self.heading_sentence(a) for a in story.articles if a.id not in copies)

    def _heading_of(self, listed: Sequence[Article], headed: str) -> tuple[str, Receipt]:
        """Return what a story is shown under: the headline of one of its articles, one whose news is not over first.

        Args:
            listed: Its articles that are printed from.
            headed: Id of the one whose headline is preferred.
        """
        past = self._material.chosen.past_headlines
        first = next((a for a in listed if a.id == headed), listed[0])
        if first.title and first.id not in past:
            return self.heading(first)
        titled = [a for a in listed if a.title and a.id not in past]
        if titled:
            return self.heading(max(titled, key=lambda a: (a.published is not None, a.published, a.id)))
        for article in (first, *(a for a in listed if a is not first)):
            if sentence := self.heading_sentence(article):
                return self._under(article, sentence)
        return self.heading(first)

    def _judged(self, sentence: Sentence) -> Judgement | None:
        return self._material.judged.get((sentence.article_id, sentence.position))

    def story(self, story: Story, plan: Plan) -> EditionStory:
        """Return a story as printed."""
        newest = max((a for a in story.articles if a.published), key=lambda a: (a.published, a.id), default=None)
        copies = dict(story.duplicates)
        development = self._material.delta.developments.get(story.id, Development())
        headed = development.headline_article or story.headline_article
        listed = [a for a in story.articles if a.id in self._listed and a.id not in copies]
        heading, receipt = self._heading_of(listed, headed)
        views = [
            View(theme.slug, self.sentences(self._material.chosen.views[story.id, theme.slug]))
            for theme in self._material.themes
            if (story.id, theme.slug) in self._material.chosen.views
        ]
        return EditionStory(
            number=plan.items[story.id],
            story_id=story.id,
            headline=heading,
            headline_receipt=receipt,
            sources=tuple(a.id for a in story.articles if a.id not in copies),
            origins=tuple(
                CitedOrigin(o.name, o.kind, tuple(i for i in o.article_ids if i not in copies)) for o in story.origins
            ),
            summary=self.sentences(
                self._material.chosen.summaries[story.id], "update" if development.state == "developing" else "summary"
            ),
            newest=newest.published if newest else None,
            precision=newest.date.precision if newest and newest.date else "",
            why=tuple(_why(m) for m in self._material.matches.get(story.id, ())),
            views=tuple(view for view in views if view.summary),
            state=development.state,
            since=development.since,
            last_printed=development.last_printed,
            known=development.known,
            events=tuple(self._part_of(a) for a in story.articles if a.span and a.id not in copies),
            importance=round(self._material.importance.get(story.id, 0.0), 2),
        )

    def ledes(self, story: Story) -> tuple[CitedSentence, ...]:
        """Return the first sentences of a story's articles that may be key points and are new, the headline's first."""
        copies = dict(story.duplicates)  # they are no sources of the item
        articles = sorted(
            (a for a in story.articles if a.id not in copies), key=lambda a: a.id != story.headline_article
        )
        texts = (next((s for s in self._material.sentences.get(a.key, ()) if s.kind == "text"), None) for a in articles)
        over = self._material.chosen.over
        known = [s for s in texts if s and s.article_id in self._listed and self._judged(s)]
        firsts = [s for s in known if (s.article_id, s.position) not in over]
        cited = (self.sentence(s, "key point") for s in firsts if is_plain(s))
        return tuple(s for s in cited if s and s.words_of is None and s.before is None)

    def news(self, cited: CitedSentence) -> float:
        """Return how much a sentence that was cited tells, 0.0 to 3.0; most where nobody judged it."""
        judgement = self._judged(self._printed[cited.receipt])
        return judgement.news if judgement and judgement.full else 3.0

    def again(self, sentences: Sequence[CitedSentence], place: PrintedIn) -> tuple[CitedSentence, ...]:
        """Return sentences cited again as what is left of their place; those that hang then are left out."""
        beside = {s.receipt: s for s in sentences}
        cited = self.several([self._printed[s.receipt] for s in sentences], place)
        return tuple(replace(s, support=beside[s.receipt].support, scores=beside[s.receipt].scores) for s in cited)

    def without(self, summary: Sequence[CitedSentence], gone: CitedSentence) -> tuple[CitedSentence, ...] | None:
        """Return a summary without one of its sentences; None where what is left is not understood without it."""
        left = [s for s in summary if s.receipt != gone.receipt]
        cited = self.several([self._printed[s.receipt] for s in left], "summary")
        if len(cited) < len(left) or any(self._leans(gone, s) for s in left[:1]):
            return None
        return tuple(replace(s, support=o.support, scores=o.scores) for s, o in zip(cited, left, strict=True))

    def _leans(self, before: CitedSentence, sentence: CitedSentence) -> bool:
        """Return whether a sentence, judged by its opening or not at all, directly follows another and may mean it."""
        judged = self._judged(self._printed[sentence.receipt])
        by_opening = judged is not None and not judged.full and judged.needs == "previous"
        return (sentence.verdict is None or by_opening) and follows(before.receipt, sentence.receipt)

    def _part_of(self, part: Article) -> PartOf:
        """Return which event of its round-up a part is."""
        starts = [segment.start for segment in self._material.roundups[part.id]]
        return PartOf(part.id, starts.index(part.span[0] if part.span else 0))

    def passage(self, story: Story, passage: Passage, plan: Plan) -> EditionPassage:
        """Return what a story led by another theme says on this one, as printed."""
        return EditionPassage(
            story=plan.items.get(story.id, 0),
            sentences=self.several(passage.sentences, "lone passage" if passage.leans else "passage"),
            why=_why(passage.match),
        )

    def account(self, account: Account, stories: Sequence[Story], plan: Plan) -> CitedAccount:
        """Return figures that differ, as printed; those of articles that are not printed are left out."""
        return CitedAccount(
            about=account.about,
            stories=tuple(sorted(plan.items[s.id] for s in stories if s.id in plan.items)),
            figures=tuple(
                CitedFigure(f.printed, f.value, f.unit, cited)
                for f in account.figures
                if f.sentence.article_id in self._listed and (cited := self.sentence(f.sentence, "figure"))
            ),
        )

    def statement(self, said: Statement, story: Story, plan: Plan) -> CitedStatement | None:
        """Return who said what, as printed; None when it may not be."""
        cited = self.sentence(said.sentence, "statement")
        if cited is None:
            return None
        return CitedStatement(
            said.speaker,
            said.role,
            said.verb,
            said.quotation,
            cited,
            plan.items[story.id],
            plan.leads[story.id],
            said.person,
        )

    def correction(self, withdrawal: Withdrawal) -> Correction:
        """Return what an article no longer says, as printed."""
        new = self.sentence(withdrawal.new, "correction") if withdrawal.new else None
        return Correction(
            old=withdrawal.old,
            theme=withdrawal.theme,
            article_id=withdrawal.article_id,
            new=replace(new, before=None) if new else None,
        )


def _why(match: ThemeMatch) -> Why:
    terms = tuple(dict.fromkeys(hit.term for hit in match.why))[:TERMS_SHOWN]
    return Why(match.theme.slug, round(match.score, 3), match.is_main, terms)

"""Classifies today's stories against earlier days: new, developing or unchanged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefing.model import Development, Sentence, Story, StoryState, Summary
from briefing.stages.novelty.printed import Printed
from briefing.stages.novelty.recall import Recollection
from briefing.stages.novelty.threads import Item, Thread
from briefing.text.languages import language_of

Key = tuple[str, int]  # article id, position of the sentence


@dataclass(frozen=True, slots=True)
class Standpoint:
    """The comparison of a story with earlier days, before its summary is chosen."""

    development: Development
    stale: frozenset[Key]  # sentences that must not be told as news
    brings: bool  # one of its articles is neither printed from before nor a copy of one, and says something new
    printed: Mapping[Key, date]  # of these, and of all others of its articles, those printed lately, with the last day
    fresh: bool = True  # one of its articles was no source of an earlier edition

    @property
    def again(self) -> bool:
        """Return whether it is an earlier day's story of which nobody wrote again: then nothing is printed of it."""
        return self.development.state == "unchanged" and not self.fresh


def compare_story(
    story: Story,
    sentences: Mapping[str, Sequence[Sentence]],
    recollection: Recollection,
    followed: Sequence[Item],
) -> Standpoint:
    """Return the comparison of a story with earlier days.

    It is linked to the thread that printed from the same articles, else to the one that reports the same event by its
    words, else, when it says nothing that was not printed, to the one that printed most of it. Stale is what was
    printed lately in the same or nearly the same words; in a linked story also the rest of every article that was
    printed from and still says it: that was there to be read before.

    Args:
        story: Today's.
        sentences: Article id → its sentences.
        recollection: The memory.
        followed: Items of earlier editions that report its event by their words, the likest first.
    """
    found = {
        (s.article_id, s.position): said
        for article in story.articles
        for s in sentences.get(article.key, ())
        if (said := recollection.printed.find(s.text, language_of(article)))
    }
    printed = {key: said.sentence.day for key, said in found.items()}
    own = [s for article in story.articles for s in sentences.get(article.key, ())]
    every = {(s.article_id, s.position) for s in own if s.kind == "text"} or {(s.article_id, s.position) for s in own}
    thread = _thread(story, recollection, followed, found.values() if every <= found.keys() else ())
    if thread is None:
        return Standpoint(Development(), frozenset(printed), brings=True, printed=printed)
    known = set(_known(story, sentences, recollection, thread))
    stale = frozenset(known | printed.keys())
    state: StoryState = "unchanged" if every <= stale else "developing"
    lead = thread.last_news.lead if state == "developing" else None
    known_before = (lead,) if lead else ()
    development = Development(state, thread.since, thread.last.at, known_before, _newest(story, thread, state))
    untouched = {article.id for article in story.articles if not recollection.printed_from(article)}
    brings = any(article_id in untouched for article_id, _ in every - stale)
    fresh = any(article.id not in recollection.sources for article in story.articles)
    return Standpoint(development, stale, brings, printed, fresh)


def settled(development: Development, summary: Summary) -> Development:
    """Return a development; unchanged when the summary holds no new sentence."""
    if development.state != "developing" or summary.sentences:
        return development
    return replace(development, state="unchanged", known=())


def _thread(
    story: Story, recollection: Recollection, followed: Sequence[Item], said: Collection[Printed]
) -> Thread | None:
    threads = recollection.threads
    places = [threads.sharing(story.articles), *(threads.of_item(*item) for item in followed)]
    items = Counter((one.sentence.day, one.sentence.item) for one in said)
    places += [threads.of_item(*item) for item in sorted(items, key=lambda item: (-items[item], item))]
    place = next((place for place in places if place is not None), None)
    return None if place is None else threads.all[place]


def _newest(story: Story, thread: Thread, state: StoryState) -> str:
    """Return the article whose headline is printed for a developing story."""
    passed = {*thread.articles, *(copy for copy, _ in story.duplicates)}
    new = [a for a in story.articles if a.id not in passed]
    headed = [a for a in new if a.title] or new
    return headed[-1].id if headed and state == "developing" else ""


def _known(
    story: Story, sentences: Mapping[str, Sequence[Sentence]], recollection: Recollection, thread: Thread
) -> Iterator[Key]:
    """Yield the sentences that an article of the thread had when it was printed from."""
    before = [kept.body for key in thread.articles if (kept := recollection.as_printed(key))]
    for article in story.articles:
        own = recollection.as_printed(article.id)
        # Where the printed text is not kept, an article that still has all that was printed of it counts as the same;
        # of one told in a line that was its headline.
        same = own is None and article.id in recollection.sources and recollection.stands(article)
        bodies = [*before, own.body] if own else before
        for sentence in sentences.get(article.key, ()):
            if same or any(sentence.text in body for body in bodies):
                yield article.id, sentence.position

"""Words the lines of the page that are not quoted: origins, counts, days, the sign-off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from briefing.model import CitedSentence, Cut, Edition, EditionStory, OriginKind, Source
from briefing.outputs.view.clock import Clock
from briefing.outputs.view.direction import apart
from briefing.outputs.view.types import SourceView
from briefing.text.issue_phrases import in_words_of
from briefing.text.labels import Words

#: What an origin without a name is called, by its kind: whether an unknown outlet reports itself, nobody knows.
_KINDS: dict[OriginKind, str] = {
    "own reporting": "outlet_unknown",
    "agency": "origin_agency",
    "shared text": "origin_shared",
}


def cover_counts(edition: Edition, w: Words) -> tuple[str, ...]:
    """Return the numbers on the cover, each with its noun."""
    c = edition.counts
    shown = [w.count("article", c.articles), w.count("outlet", c.outlets) if c.outlets else ""]
    unchanged = sum(story.state == "unchanged" for story in edition.stories)
    shown += [w.count("story", c.stories), w.count("unchanged_stories", unchanged) if unchanged else ""]
    news = [story for story in edition.stories if story.state != "unchanged"]
    several = sum(len(story.origins) > 1 for story in news)
    shown += [w.count("several_sources", several, total=len(news))] if several else []
    unknown = sum(not source.outlet for source in edition.sources)
    shown += [w.count("of_unknown_outlet", unknown)] if unknown else []
    shown += [w.count("undated", c.undated)] if c.undated else []
    return tuple(part for part in shown if part)


def coverage_line(edition: Edition, w: Words, clock: Clock) -> str:
    """Return the line on the days of the sources; empty when none is dated."""
    days = list(clock.days(edition.sources))
    return w.span(min(days), max(days)) if days else ""


def accounted_line(edition: Edition, w: Words) -> str:
    """Return the line that counts the inputs, all of them accounted for."""
    n = len(edition.ledger)
    return w.say("accounted", inputs=w.count("input", n), accounted=n)


def verbatim_line(edition: Edition, w: Words) -> str:
    """Return the line on whose words are printed, and on how those of others and of the editor are set apart."""
    printed = [sentence for _, sentence in edition.walk()]
    lines = [w.say("verbatim")]
    lines += [w.say("set_apart")] if any(s.introduced for s in printed) else []
    lines += [w.say("editors_own")] if edition.editors_words else []
    listed = edition.by_article
    untitled = sum(
        story.untitled
        and not story.retitled
        and not story.events
        and listed[story.headline_receipt.article_id].untitled
        for story in edition.stories
    )
    lines += [w.count("untitled_items", untitled)] if untitled else []
    unjudged = {edition.source(s.article_id).language for s in printed if s.verdict is None and s.receipt.of == "body"}
    if edition.imprint.judge and unjudged:
        named = ", ".join(sorted(w.language(language) for language in unjudged))
        lines.append(w.say("unjudged", languages=named))
    return " ".join(lines)


def whose_words(sentence: CitedSentence, w: Words) -> list[str]:
    """Return the remarks on whose words a sentence is: the author's view, somebody's, the editor's choice."""
    voice = sentence.verdict.voice if sentence.verdict else ""
    is_opinion = voice == "opinion" or (not voice and sentence.kind == "opinion")
    shown = [w.say("kind_opinion")] if is_opinion else []
    shown += [w.say("words_of", name=apart(sentence.words_of.text))] if sentence.words_of else []
    return [*shown, *([w.say("editors_choice")] if sentence.by_editor else [])]


def cuts_shown(cuts: Sequence[Cut], w: Words) -> tuple[tuple[str, str], ...]:
    """Return what was cut and why, in the language of the page."""
    return tuple((in_words_of(w, cut.what), w.say(f"cut_why_{cut.why.replace(' ', '_')}")) for cut in cuts)


def signed_line(edition: Edition, w: Words, clock: Clock) -> str:
    """Return the line on who signed an edition and when; that nobody has for a draft; else empty."""
    if edition.draft:
        return w.say("not_signed")
    sign = edition.signed
    if sign is None:
        return ""
    return w.say("signed_by", name=apart(sign.name), moment=clock.when(sign.moment, "minute", "long"))


def origin_line(edition: Edition, story: EditionStory, w: Words) -> str:
    """Return the line on a story's independent reports, or that it rests on one article."""
    if len(story.sources) == 1:
        outlet = edition.source(story.sources[0]).outlet
        return w.say("single_source_of", outlet=apart(outlet)) if outlet else w.say("single_source")
    # An outlet with two reports of its own, or two reports of unknown outlets, are one name.
    printed = Counter[str]()
    for origin in story.origins:
        printed[apart(origin.name) or w.say(_KINDS[origin.kind])] += len(origin.sources)
    line = w.say(
        "origin_line",
        articles=w.count("article", len(story.sources)),
        origins=w.count("origin_short", len(story.origins)),
        names=", ".join(f"{name} ×{n}" for name, n in printed.items()),
    )
    return line if len(story.origins) > 1 else f"{line} · {w.say('one_origin')}"


def roundup_line(source: Source, part: int, w: Words) -> str:
    """Return which event of a round-up a part of it is."""
    place = {"n": part + 1, "total": len(source.parts)}
    if not source.outlet:
        return w.say("in_roundup", **place)
    return w.say("in_roundup_of", outlet=apart(source.outlet), **place)


def own_sentences(source: Source, story: EditionStory) -> tuple[CitedSentence, ...]:
    """Return a source condensed on its own, of a round-up what of that belongs to a story."""
    parts = [source.parts[event.part] for event in story.events if event.article_id == source.article_id]
    if not parts:
        return source.summary
    return tuple(s for s in source.summary if any(p.start <= s.receipt.start < p.end for p in parts))


def source_headline(story: EditionStory, w: Words) -> str:
    """Return the line with a source's headline beside the editor's; empty where one of them is missing."""
    if not story.retitled or story.untitled:
        return ""
    return w.say("source_headline", headline=apart(story.headline))


def days_between(sources: Sequence[SourceView], w: Words) -> str:
    """Return a line on how many days lie between the sources of figures, or that not all are dated; no verdict."""
    days = {source.iso.partition("T")[0] for source in sources}
    if "" not in days:
        apart_ = (date.fromisoformat(max(days)) - date.fromisoformat(min(days))).days
        return w.count("days_between", apart_) if apart_ else ""
    if days == {""}:
        return w.say("none_dated")
    lines = [w.say("different_days")] if len(days) > 2 else []
    return " ".join([*lines, w.say("not_all_dated")])

"""Words what an edition says of earlier ones."""

from __future__ import annotations

from briefing.model import Edition, EditionStory, PrintedSentence, Printing, QuietStory, Section
from briefing.outputs.view.direction import direction_of
from briefing.outputs.view.types import EarlierView, QuietView
from briefing.text.labels import Words


def days_of(edition: Edition, style: str, words: Words) -> str:
    """Return the edition's day, or its first and last; styles as of `Words.day`."""
    last = words.day(edition.day, style)
    if edition.imprint.first_day is None:
        return last
    return words.patterns["span"].format(first=words.day(edition.imprint.first_day, style), last=last)


def earlier_view(sentence: PrintedSentence, words: Words) -> EarlierView:
    """Return a sentence of an earlier edition with the place it was printed at."""
    item = words.say("back_item", number=sentence.item) if sentence.item else ""
    return EarlierView(
        text=sentence.text,
        direction=direction_of(sentence.text),
        outlet=sentence.outlet or words.say("outlet_unknown"),
        printed=", ".join(filter(None, [words.day(sentence.day, "short"), item])),
    )


def unchanged_line(story: EditionStory, words: Words) -> str:
    """Return the line of an unchanged story: since when, and where it was printed last."""
    since = words.say("unchanged_since", day=words.day(story.since, "short")) if story.since else ""
    return "; ".join(filter(None, [since, _then(story.last_printed, words) if story.last_printed else ""]))


def quiet_view(story: QuietStory, words: Words) -> QuietView:
    """Return a story that went quiet with its first and last day, and where it was printed last."""
    days = [words.day(day, "short") for day in dict.fromkeys((story.first, story.last))]
    line = "; ".join([" – ".join(days), _then(Printing(story.last, story.item), words)])
    return QuietView(story.headline, direction_of(story.headline), line)


def usual_line(section: Section, today: int, words: Words) -> str:
    """Return the line on how many stories a theme usually has, and today; empty when too few days are remembered."""
    if not section.usual_days:
        return ""
    usual, shown = round(section.usual), str(today) if today else words.say("none")
    return words.say("usual", usual=usual, today=shown) if usual else words.say("usual_low", today=shown)


def has_something(section: Section) -> bool:
    """Return whether a section has a story, a passage, a pointer to one or a line of the editor's."""
    return bool(section.stories or section.passages or section.see or section.lines)


def empty_line(edition: Edition, words: Words) -> str:
    """Return the line that names the themes without anything, with what they usually have; empty when there is none."""
    empty = [s for s in edition.sections if s.theme != "other" and not has_something(s)]
    if edition.scope or not empty or not edition.sources:
        return ""
    named = [
        f"{s.name} ({usual_line(s, 0, words).removesuffix('.')})" if s.usual_days else s.name
        for s in empty
        if not s.unsearched
    ]
    key = "nothing_in_days" if edition.imprint.first_day else "nothing_on"
    lines = [words.say(f"{key}_themes", themes="; ".join(named))] if named else []
    # What was not searched for says so by itself: nobody knows whether there is nothing.
    return " ".join([*lines, *(f"{s.name}: {nothing_line(s, edition, words)}" for s in empty if s.unsearched)])


def nothing_line(section: Section, edition: Edition, words: Words) -> str:
    """Return the line of a theme without news: none where all was searched, else what was not."""
    if section.stories:
        return words.say("nothing_new")
    if section.unsearched:
        unsearched = sum(one.articles for one in section.unsearched)
        names = ", ".join(words.language(one.language) for one in section.unsearched)
        said = words.count("unsearched", unsearched, languages=names)
        return said if unsearched >= edition.counts.articles else f"{words.say('nothing_in_searched')} {said}"
    return words.say("nothing_in_days" if edition.imprint.first_day else "nothing_on")


def _then(printing: Printing, words: Words) -> str:
    return words.say("then", number=printing.item, day=words.day(printing.day, "short"))

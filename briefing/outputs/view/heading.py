"""The heading of a story whose source has no headline: its first sentence, which is then not repeated below."""

from __future__ import annotations

import re

from briefing.model import CitedSentence, EditionStory, Source

_CUT = "…"  # a sign of the page, not of the source
_LONG = 150  # characters; a shorter first line without a full stop is a line of the source, not one cut
_ENDED = re.compile(r"[.!?…。！？؟]['’”\"»)\]]*$")


def heading_and_text(story: EditionStory) -> tuple[str, tuple[CitedSentence, ...]]:
    """Return the heading of a story and the sentences printed below it; no sentence is printed twice.

    A source without a headline is shown under its first sentence, which is then the whole heading: the text goes on
    behind it, and may be empty. A heading that is the beginning of a sentence not printed below it is marked as cut.
    """
    if not story.untitled:
        return story.headline, story.summary
    whole = next((s.text for s in story.summary if s.text.startswith(story.headline)), "")
    if whole:
        return whole, tuple(s for s in story.summary if s.text != whole)
    return with_cut(story.headline), story.summary


def source_title(source: Source) -> str:
    """Return the title of a source, marked where it is a first sentence that was cut."""
    return with_cut(source.title) if source.untitled else source.title


def with_cut(heading: str) -> str:
    """Return a first sentence, marked as cut where it was too long to print."""
    return heading + _CUT if len(heading) > _LONG and not _ENDED.search(heading) else heading

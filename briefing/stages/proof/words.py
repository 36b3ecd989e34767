"""Proves an edition of another version of the program by the words of its sources, whatever that version cleaned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefing.model import Edition, Source
from briefing.stages.proof.finding import Finding
from briefing.stages.proof.sentences import place_name

Findings = Iterator[Finding]

_WORD = re.compile(r"\w+")
_CUT = "…"  # at the end of a headline that was cut


def check_words(edition: Edition, texts: Mapping[str, str]) -> Findings:
    """Yield what is printed as a source's and does not stand in the text as it was read, before any line was dropped.

    Which lines are dropped, where sentences part and who is found to speak differs from version to version, and with it
    every offset. That the words are the source's does not.

    Args:
        edition: The issue.
        texts: Input → all words that were read there, headline, outlet, byline and address among them, white space
            and dangerous characters apart.
    """
    read = {key: _flat(text) for key, text in texts.items()}
    folded = {key: text.casefold() for key, text in read.items()}
    for source in edition.sources:
        if source.input not in read:
            yield Finding(f"source {source.number}", f"No article among the sources given is {source.input}.")
            continue
        fields = (source.title.removesuffix(_CUT), source.outlet, source.byline, source.url)  # of any capitals
        for text in fields:
            if _flat(text).casefold() not in folded[source.input]:
                yield Finding(f"source {source.number}", f"{source.input} does not have this: {text!r}.")
    known = {s.article_id: s for s in edition.sources if s.input in read}
    for place, source, words in _printed(edition, known):
        if not all(_flat(line) in read[source.input] for line in words.split("\n")):
            yield Finding(place, f"{source.input} does not say this: {words!r}.")
    for n, said in enumerate(edition.statements, 1):
        source_of = known.get(said.sentence.article_id)
        if source_of and not _words(f"{said.speaker} {said.role} {said.verb}") <= _words(folded[source_of.input]):
            yield Finding(f"statement {n}", f"Its speaker is not in the words of {source_of.input}.")


def _printed(edition: Edition, known: Mapping[str, Source]) -> Iterator[tuple[str, Source, str]]:
    """Yield all words that items and boxes print as a source's, with their place and the source."""
    for place, cited in edition.walk():
        beside = (words.text for words in (cited.words_of, cited.introduced) if words)
        if source := known.get(cited.article_id):
            yield from ((place_name(edition, place), source, text) for text in (cited.text, *beside))
    for story in edition.stories:
        if source := known.get(story.headline_receipt.article_id):
            yield f"item {story.number}", source, story.headline.removesuffix(_CUT)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))

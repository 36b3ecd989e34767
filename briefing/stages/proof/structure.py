"""Checks that the parts of an edition do not contradict one another; needs the issue file alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields

from briefing.model import CitedSentence, Edition, EditionPassage, EditionStory, Receipt, Segment, Source
from briefing.model.digest import counted
from briefing.model.roundups import receipts_of
from briefing.stages.proof.finding import Finding
from briefing.stages.proof.sentences import printed_sentences

Findings = Iterator[Finding]


def check_structure(edition: Edition) -> tuple[Finding, ...]:
    """Return the inconsistencies of an edition; where it cites what it does not list, only those."""
    astray = tuple(_numbering(edition))
    return astray or tuple(finding for check in CHECKS for finding in check(edition))


def cites_only_what_it_lists(edition: Edition) -> bool:
    """Return whether every article cited is among the sources, so that the rest can be looked at."""
    return not any(_numbering(edition))


def _numbering(edition: Edition) -> Findings:
    numbers = [source.number for source in edition.sources]
    if numbers != sorted(set(numbers)) or any(n < 1 for n in numbers):
        yield Finding("sources", f"Their numbers do not rise from 1: {', '.join(map(str, numbers))}.")
    listed = edition.by_article
    for place, key in _articles_cited(edition):
        if key not in listed:
            yield Finding(place, f"It cites article {key}, which is not among the sources.")


def _articles_cited(edition: Edition) -> Iterator[tuple[str, str]]:
    for place, cited in printed_sentences(edition):
        yield from ((place, key) for key in cited.said_by)
    for story in edition.stories:
        behind = [key for origin in story.origins for key in origin.sources]
        headed = story.headline_receipt.article_id
        yield from ((f"item {story.number}", key) for key in (headed, *story.sources, *behind))
    yield from ((f"correction {n}", correction.article_id) for n, correction in enumerate(edition.corrections, 1))


def _counts(edition: Edition) -> Findings:
    true = counted(edition).counts
    for field in fields(true):
        if field.name == "origins" and "+" not in edition.imprint.program:
            continue  # editions older than the full name of the program may have added origins up over their stories
        said, found = getattr(edition.counts, field.name), getattr(true, field.name)
        if said != found:
            yield Finding("cover", f"It counts {field.name} {said}; the issue file holds {found}.")


def _sections(edition: Edition) -> Findings:
    for theme, times in Counter(section.theme for section in edition.sections).items():
        if times > 1:
            yield Finding(f"section {theme}", f"It is printed {times} times.")
    for place, theme in _themes_named(edition):
        if theme not in _themes(edition):
            yield Finding(place, f"Its theme {theme!r} is not a section of the edition.")


def _themes(edition: Edition) -> set[str]:
    return {section.theme for section in edition.sections}


def _themes_named(edition: Edition) -> Iterator[tuple[str, str]]:
    yield from ((f"key point {n}", point.theme) for n, point in enumerate(edition.key_points, 1))
    yield from ((f"correction {n}", correction.theme) for n, correction in enumerate(edition.corrections, 1))
    yield from ((f"statement {n}", said.theme) for n, said in enumerate(edition.statements, 1))
    if edition.scope:
        return  # what a digest says of a story's other themes leads to the whole edition
    for story in edition.stories:
        yield from ((f"item {story.number}", view.theme) for view in story.views)
        yield from ((f"item {story.number}", why.theme) for why in story.why)


def _items(edition: Edition) -> Findings:
    numbers = [story.number for story in edition.stories]
    if numbers != sorted(set(numbers)) or any(n < 1 for n in numbers):
        yield Finding("items", f"Their numbers do not rise from 1: {', '.join(map(str, numbers))}.")
    listed = edition.by_article
    for key, times in Counter(key for story in edition.stories for key in story.sources).items():
        if times > 1 and not listed[key].parts:  # of round-ups `_roundups` says more
            yield Finding(f"source {listed[key].number}", "It is a source of several items, or of one twice.")


def _headlines(edition: Edition) -> Findings:
    listed = edition.by_article
    for story in edition.stories:
        receipt = story.headline_receipt
        source = listed[receipt.article_id]
        if source.article_id not in story.sources:
            yield Finding(f"item {story.number}", f"Its headline is from source {source.number}, none of its own.")
        made = Receipt.made(receipt.article_id, receipt.start, receipt.end, story.headline, receipt.of)
        if made != receipt or receipt.end - receipt.start != len(story.headline):
            yield Finding(f"item {story.number}", "Its headline is not the words the receipt was made for.")
        if receipt.of == "body" and not source.untitled:
            continue  # a part, or what has a headline whose day has passed, is shown under a sentence
        if story.headline != source.title and not (receipt.of == "body" and source.parts):
            # An event of a round-up is headed by a sentence of its own part, which `_roundups` holds it to.
            yield Finding(f"item {story.number}", f"Its headline is not that of source {source.number}.")
        if story.untitled != source.untitled:
            yield Finding(f"item {story.number}", f"It is untitled or source {source.number} is, not both.")


def _origins(edition: Edition) -> Findings:
    listed = edition.by_article
    for story in edition.stories:
        behind = Counter(key for origin in story.origins for key in origin.sources)
        if behind != Counter(dict.fromkeys(story.sources, 1)):
            yield Finding(f"item {story.number}", "Its origins do not hold each of its sources once.")
        for field in ("wire", "outlet"):
            yield from _one_voice(listed, story, field)


def _one_voice(listed: Mapping[str, Source], story: EditionStory, field: str) -> Findings:
    """Yield the agencies and outlets that are counted as several origins of one story."""
    homes: dict[str, set[int]] = {}
    for n, origin in enumerate(story.origins):
        for source in (listed[key] for key in origin.sources):
            if getattr(source, field) and not (field == "outlet" and source.wire):
                homes.setdefault(getattr(source, field), set()).add(n)
    for name, origins in homes.items():
        if len(origins) > 1:
            yield Finding(f"item {story.number}", f"{name} is counted as {len(origins)} origins of it.")


def _story_sentences(edition: Edition) -> Findings:
    listed = edition.by_article
    for story in edition.stories:
        printed = [*story.summary, *(s for view in story.views for s in view.summary)]
        for number in sorted(listed[key].number for key in {s.article_id for s in printed} - set(story.sources)):
            yield Finding(f"item {story.number}", f"It quotes source {number}, which is none of its own.")
    for source in edition.sources:
        if any(s.article_id != source.article_id for s in source.summary):
            yield Finding(f"source {source.number} in short", "It quotes another source.")


def _passages(edition: Edition) -> Findings:
    listed = edition.by_article
    for section in edition.sections:
        for n, passage in enumerate(section.passages, 1):
            place = f"passage {n} on {section.name}"
            if not passage.sentences:
                yield Finding(place, "It has no sentence.")
                continue
            number = listed[passage.article_id].number
            if any(s.article_id != passage.article_id for s in passage.sentences):
                yield Finding(place, f"It is not sentences of source {number} alone.")
            if not _is_home(edition, passage.story, passage.article_id):
                yield Finding(place, f"Source {number} is not a source of item {passage.story}.")
            if passage.why.theme != section.theme:
                yield Finding(place, f"It was found for another theme: {passage.why.theme}.")


def _is_home(edition: Edition, item: int, key: str) -> bool:
    """Return whether an article belongs to an item; 0 and an item that was cut hold no source that is printed."""
    homes = {story.number for story in edition.stories if key in story.sources} or {0}
    printed = {story.number for story in edition.stories}
    return item in homes or (homes == {0} and item > 0 and item not in printed and bool(edition.cuts or edition.scope))


def _key_points(edition: Edition) -> Findings:
    for n, point in enumerate(edition.key_points, 1):
        section = next((s for s in edition.sections if s.theme == point.theme), None)
        if section is None:
            continue  # `_sections` says so
        # An item need not repeat its key point: that it is of one of its sources is enough.
        of_item = any(s.number == point.story and point.sentence.article_id in s.sources for s in section.stories)
        if not of_item and not any(p.story == point.story and _holds(p, point.sentence) for p in section.passages):
            yield Finding(f"key point {n}", f"It is of no source of item {point.story} under {section.name}.")
        if point.sentence.receipt.of == "title" and not any(s.headline == point.sentence.text for s in section.stories):
            yield Finding(f"key point {n}", "It is the headline of no item.")


def _holds(passage: EditionPassage, sentence: CitedSentence) -> bool:
    return any(s.receipt == sentence.receipt for s in passage.sentences)


def _statements(edition: Edition) -> Findings:
    leads = {story.number: section.theme for section in edition.sections for story in section.stories}
    for n, said in enumerate(edition.statements, 1):
        if not _is_home(edition, said.story, said.sentence.article_id):
            number = edition.source(said.sentence.article_id).number
            yield Finding(f"statement {n}", f"Source {number} is not a source of item {said.story}.")
        elif leads.get(said.story, said.theme) != said.theme:
            yield Finding(f"statement {n}", f"Item {said.story} is not under {said.theme!r}.")
        if said.quotation not in said.sentence.text:
            yield Finding(f"statement {n}", "Its quotation is not in its sentence.")


def _accounts(edition: Edition) -> Findings:
    homes: dict[str, set[int]] = {}
    for story in edition.stories:
        for key in story.sources:
            homes.setdefault(key, set()).add(story.number)
    for n, account in enumerate(edition.accounts, 1):
        several = [homes[f.sentence.article_id] for f in account.figures if f.sentence.article_id in homes]
        printed = {item for items in several for item in items & set(account.stories) or items}
        if printed != set(account.stories) & printed or not (set(account.stories) <= printed or _is_narrowed(edition)):
            yield Finding(f"differing accounts {n}", "Its figures are not from the items it names.")
        for figure in account.figures:
            if figure.printed not in figure.sentence.text:
                yield Finding(f"differing accounts {n}", f"{figure.printed!r} is not in its sentence.")


def _is_narrowed(edition: Edition) -> bool:
    return bool(edition.cuts or edition.scope)


def _supports(edition: Edition) -> Findings:
    homes: dict[str, set[str]] = {}
    for story in edition.stories:
        for key in story.sources:
            homes.setdefault(key, set()).update(story.sources)
    listed = edition.by_article
    for place, cited in printed_sentences(edition):
        for key in cited.support:
            if key == cited.article_id:
                yield Finding(place, f"Source {listed[key].number} is named as support of itself.")
            elif key not in homes.get(cited.article_id, ()):
                yield Finding(place, f"Source {listed[key].number}, named as its support, is of another item.")
        if len(set(cited.support)) < len(cited.support):
            yield Finding(place, "A source is named twice as its support.")


def _roundups(edition: Edition) -> Findings:
    """Yield the items that tell not just one event of a round-up, or one that another item tells."""
    for source in edition.sources:
        taken: set[int] = set()
        for story in edition.stories if source.parts else ():
            own = [event.part for event in story.events if event.article_id == source.article_id]
            if len(own) != (source.article_id in story.sources) or any(not 0 <= n < len(source.parts) for n in own):
                yield Finding(f"item {story.number}", f"It does not say which event of source {source.number} it is.")
            elif taken.intersection(own):
                yield Finding(f"item {story.number}", f"Another item tells the same event of source {source.number}.")
            elif own and any(not _within(source.parts[own[0]], r) for r in receipts_of(story, source.article_id)):
                yield Finding(f"item {story.number}", f"It prints from another event of source {source.number}.")
            taken.update(own)


def _within(part: Segment, receipt: Receipt) -> bool:
    return part.start <= receipt.start and receipt.end <= part.end


def _idle_sources(edition: Edition) -> Findings:
    used = {key for story in edition.stories for key in story.sources}
    used |= {cited.article_id for place, cited in edition.walk() if place[0] not in ("key_points", "sources")}
    used |= {correction.article_id for correction in edition.corrections}
    articles = Counter(source.article_id for source in edition.sources)
    for source in edition.sources:
        if source.article_id not in used:
            yield Finding(f"source {source.number}", "No item and no passage is printed from it.")
        if articles[source.article_id] > 1:
            yield Finding(f"source {source.number}", "Its article is listed twice.")


def _dates(edition: Edition) -> Findings:
    for place, cited in printed_sentences(edition):
        for said in cited.dates:
            if said.words not in cited.text:
                yield Finding(place, f"It does not say {said.words!r}, which a date is given for.")


#: What holds of every sound edition, one check each.
CHECKS: tuple[Callable[[Edition], Findings], ...] = (
    _counts,
    _sections,
    _items,
    _headlines,
    _origins,
    _story_sentences,
    _passages,
    _key_points,
    _statements,
    _accounts,
    _supports,
    _dates,
    _roundups,
    _idle_sources,
)

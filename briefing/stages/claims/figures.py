"""Extracts figures: numbers with what they count, whose it is and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.model import Article, Figure, Sentence
from briefing.stages.claims.counted_units import Unit, Units, units_of
from briefing.text import aliases
from briefing.text.languages import Language, language_of
from briefing.text.terms import content_stems

WINDOW = 90  # characters of context on each side
SHARE = "percent"
_SHARE_OF = re.compile(r"\sof\s(?:all\s|the\s|its\s|their\s)*(?P<noun>(?:[\w’'-]+\s){0,2}?[\w’'-]+)(?=\s|[,.;:]|$)")
_SMALL_WORD = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_RANGE_AFTER = re.compile(r"\s?(?:-|–|—|to|and|or)\s?[$€£]?\d", re.IGNORECASE)
_RANGE_BEFORE = re.compile(
    r"(?:\d(?:,\d{3})*(?:\.\d+)?\w{0,2}\s?(?:-|–|—|to|or)\s?|\bbetween\s.{1,30}\sand\s)[$€£]?\s?$", re.IGNORECASE
)
_MORE = re.compile(
    r"\b(?:additional|another|extra|further|new|more(?!\sthan)|fresh|next|by\s$)\b|\bby\s$", re.IGNORECASE
)
_SINCE = re.compile(
    r"\b(?:since|so far|in total|altogether|overall|total|years?(?![-\s]old)|months?|weeks?|already|war)\b",
    re.IGNORECASE,
)
_EACH_BEFORE = re.compile(r"\b(?:each|every)\s(?:[\w’'-]+\s){0,2}$", re.IGNORECASE)
_EACH = re.compile(
    r"[\w\s]{0,24}?\b(?:per|each|a (?:day|week|month|year|season|barrel|head|piece)|apiece|annual|monthly)\b",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"\b(?:if|could|might|would|should|may|plans?|will|want(?:s|ed)?|goal|aim(?:s|ed)?|threaten\w*|fears?|expects?|need(?:s|ed)?|ask(?:s|ed)?|request\w*|not|capable)\b",
    re.IGNORECASE,
)
_SOLDIERS_LOST = re.compile(
    r"\s(?:were |was |have been |had been |have |had )?(?:killed|dead|died|wounded|injured|captured|lost)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with its unit, owner and place."""

    figure: Figure
    start: int  # in the sentence
    noun: str  # the words after the number when they are what is counted: "Russian soldiers"; else empty
    bound: str  # "", "about", "least", "most"
    which: tuple[str, ...]  # stems of the words between number and noun, the matter of 'tons of grain'
    victims: str  # of the dead and wounded: "soldiers", "civilians" …; empty for anybody
    owner: str  # key of the actor whose they are; "" when not known
    near: str  # key of the actor near whose border they are
    places: frozenset[str]  # names in the sentence, canonical, lower case
    context: frozenset[str]  # stems around the figure
    more: bool  # 'an additional'
    total: bool  # 'since the war began'
    each: bool  # 'a month', 'per person', 'each'
    unreal: bool  # 'could', 'if', 'not'


def count_figures(article: Article, sentences: Sequence[Sentence]) -> tuple[Counted, ...]:
    """Return the figures of an article that count something, in reading order; captions and headings count nothing."""
    language = language_of(article)
    units = units_of(language)
    if units is None:
        return ()
    counting = (s for s in sentences if s.kind in ("text", "bullet"))
    return tuple(counted for sentence in counting for counted in figures_in(sentence, units, language))


def figures_in(sentence: Sentence, units: Units, language: Language) -> Iterator[Counted]:
    """Yield the figures of a sentence that count something, in order; ranges and bare numbers are no figures."""
    text = sentence.text
    words = _SMALL_WORD.findall(text.lower())
    if not units.signs.search(text) and units.counted.isdisjoint(words):
        return
    if not _DIGIT.search(text) and units.words.keys().isdisjoint(words):
        return
    for number in units.number.finditer(text):
        counted = _counted(sentence, number, units, language)
        if counted:
            yield counted


def _value(number: re.Match[str], units: Units) -> float:
    word = number["word"]
    value = units.words[word.lower()] if word else float(number["digits"].replace(",", ""))
    scale = number["scale"] or number["wordscale"]
    return value * (units.scales[scale.lower()] if scale else 1.0)


def _counted(sentence: Sentence, number: re.Match[str], units: Units, language: Language) -> Counted | None:
    text, value = sentence.text, _value(number, units)
    before, after = text[: number.start()], text[number.end() :]
    if _RANGE_AFTER.match(after) or _RANGE_BEFORE.search(before[-40:]) or value <= 0 or before.endswith("("):
        return None
    bound, start = _bound(before, units)
    if number["sign"] or number["coin"]:
        unit = units.currencies.get(
            (number["sign"] or number["coin"]), units.currencies.get((number["coin"] or "").lower(), "")
        )
        at = _Place(start, number.end(), number.end())
        return _made(Figure(at.of(text), value, unit, sentence), at, bound, "", language, units) if unit else None
    if number["share"]:
        of = _SHARE_OF.match(after)
        at = _Place(start, number.end(), number.end() + (of.end() if of else 0))
        figure = Figure(at.of(text), value, SHARE, sentence)
        return _made(figure, at, bound, of["noun"] if of else "", language, units)
    for unit_ in units.units:
        found = _match(unit_, before[:start], after, value)
        if found:
            at = _Place(start, number.end(), number.end() + found[1])
            figure = Figure(at.of(text), value, unit_.name, sentence)
            return _made(figure, at, bound, found[0], language, units)
    return None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a figure stands in its sentence."""

    start: int  # of 'some'
    number: int  # end of the number
    end: int  # of what is counted

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def _bound(before: str, units: Units) -> tuple[str, int]:
    low = before.lower().rstrip()
    for phrase, kind in units.bounds:
        if low.endswith(phrase) and (len(low) == len(phrase) or not low[-len(phrase) - 1].isalnum()):
            return kind, len(low) - len(phrase)
    return "", len(before)


def _match(unit: Unit, before: str, after: str, value: float) -> tuple[str, int] | None:
    """Return the words that say what is counted, and where they end after the number."""
    if value < unit.least:
        return None
    if unit.before and unit.before.search(before[-24:]):
        thing = unit.things.match(after)
        return (
            (thing.group().strip(), thing.end())
            if thing
            else (("", 0) if re.match(r"\s?(?:[,.;]|$|and\b|in\b|at\b)", after) else None)
        )
    found = unit.after.match(after) if unit.after else None
    if found:
        return f"{found['which'] or ''} {found['noun'] or ''}".strip(), found.end()
    found = unit.nouns.match(after) if unit.nouns else None
    if found is None or (unit.has_matter and not found["matter"]):
        return None
    if unit.name == "people under arms" and _SOLDIERS_LOST.match(after[found.end("noun") :]):
        return None
    matter = found["matter"] if unit.has_matter else ""
    return f"{found['which']} {matter}".strip(), found.end("noun")


def _which(words: str, language: Language) -> tuple[str, ...]:
    return tuple(sorted(set(content_stems(words, language))))


def _made(figure: Figure, at: _Place, bound: str, words: str, language: Language, units: Units) -> Counted:
    text, start, end = figure.sentence.text, at.start, at.end
    around = text[max(0, start - WINDOW) : end + WINDOW]
    owner, near = _whose_and_where(text, start, end, words, units)
    return Counted(
        figure=figure,
        start=start,
        noun=text[at.number : end].strip() if figure.unit not in ("dead", "wounded", "missing people") else "",
        bound=bound,
        which=_which(words, language),
        victims=_victims(words, units),
        owner=owner,
        near=near,
        places=_places(text, language),
        context=_context(around, language, units),
        more=bool(figure.unit == "dead" and re.search(r"\bothers?\b", figure.printed))
        or bool(_MORE.search(text[max(0, start - 16) : start]) or _MORE.search(text[start : end + 8])),
        total=bool(_SINCE.search(text)),
        each=bool(_EACH.match(text[end : end + 40]) or _EACH_BEFORE.search(text[max(0, start - 40) : start])),
        unreal=bool(_UNREAL.search(text[max(0, start - 60) : start])),
    )


_PLACED = re.compile(
    r"\b(?:in|on|at|near|hit|struck|of|outside|into|region|city|town)\s(?:the\s)?"
    r"(?:(?:[a-z]+\s){0,4}(?:city|town|village|region|port|oblast|district)\sof\s)?((?:[A-Z][\w’'-]+\s?){1,2})"
)


def _victims(words: str, units: Units) -> str:
    """Return who the dead and wounded are: the noun of 'three Russian soldiers'; "" where it says no more."""
    noun = next((w for w in reversed(words.lower().split()) if w in units.victims), "")
    return "" if noun in units.anybody else noun


def _context(around: str, language: Language, units: Units) -> frozenset[str]:
    return frozenset(s for s in content_stems(around, language) if s.isalpha() and s not in units.common)


def _places(text: str, language: Language) -> frozenset[str]:
    """Return the places a sentence names that are no states: where an event was."""
    found = (m.group(1).strip() for m in _PLACED.finditer(text))
    words = (
        aliases.canonical([w.lower() for w in aliases.name_words(name)]) for name in found if not aliases.actors(name)
    )
    return frozenset(row[0] for row in words if row) - {*language.weekdays, *language.months}


def _whose_and_where(text: str, start: int, end: int, words: str, units: Units) -> tuple[str, str]:
    """Return the actor that owns what is counted and the one near whose border it stands, "" where not certain."""
    actors = list(_placed_actors(text))
    near = _near(text, end, start, actors, units)
    own = aliases.actors(words)
    if own:
        owner = own[0]
    else:
        earlier = [(at, key) for at, last, key in actors if at < start and (not near or at not in near[1])]
        owner = earlier[-1][1] if earlier else ""
    place = next((key for key in near[0] if key != owner), "") if near else ""
    if near and not place and near[2]:  # 'its borders', 'the border': the only other state there is
        place = next((key for _, _, key in actors if key != owner), "")
    return owner, place


def _placed_actors(text: str) -> Iterator[tuple[int, int, str]]:
    words = list(_WORD.finditer(text))
    for n, word in enumerate(words):
        if not word.group()[0].isupper():
            continue
        for last in range(min(n + 3, len(words)) - 1, n - 1, -1):
            piece = text[word.start() : words[last].end()]
            found = aliases.actors(piece) if last == n or piece[0].isupper() else ()
            if found and (last == n or (len(found) == 1 and not aliases.actors(word.group()))):
                yield word.start(), words[last].end(), found[0]
                break


def _near(
    text: str, end: int, start: int, actors: list[tuple[int, int, str]], units: Units
) -> tuple[list[str], set[int], bool] | None:
    """Return the actors beside a word for 'near', where they stand, and whether 'its' stands there instead."""
    for span_ in (range(end, min(len(text), end + 110)), range(max(0, start - 110), start)):
        for word in _WORD.finditer(text, span_.start, span_.stop):
            if word.group().lower() not in units.near:
                continue
            beside = [
                (at, key)
                for at, last, key in actors
                if -28 <= at - word.end() <= 24 and (at > word.start() or last >= word.start() - 2)
            ]
            own = bool(
                re.search(
                    r"\b(?:its|their|the country’s|her)\s(?:\w+\s)?$", text[max(0, word.start() - 24) : word.start()]
                )
            )
            others = {key for _, _, key in actors}
            own = own or (len(others) == 2 and text[: word.start()].endswith("the "))
            if beside or own:
                return [key for _, key in beside], {at for at, _ in beside}, own
    return None

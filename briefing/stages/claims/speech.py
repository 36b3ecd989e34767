"""The vocabulary of speech of a language: verbs, offices, bodies; read once from the data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from briefing.stages.claims.speakers import naming_words
from briefing.text.languages import Language
from briefing.text.package_data import data_toml, has_data


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """The words that mark speech in a language; lower case. All sets may be empty."""

    verbs: frozenset[str] = frozenset()  # bring in what somebody says
    with_object: frozenset[str] = frozenset()  # of the verbs: whoever follows them is spoken to or of
    only_after: frozenset[str] = frozenset()  # more verbs, after a quotation only: 'he continued'
    carrying_on: frozenset[str] = frozenset()
    before_verb: frozenset[str] = frozenset()
    lead_ins: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    describing: frozenset[str] = frozenset()
    refers_back: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    state_offices: frozenset[str] = frozenset()
    shared_offices: frozenset[str] = frozenset()  # of the state's: companies have them too
    ranks: frozenset[str] = frozenset()  # of the state's: as words, not as titles, they mean other things
    private_offices: frozenset[str] = frozenset()
    many: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    state_bodies: frozenset[str] = frozenset()
    back_references: frozenset[str] = frozenset()
    of_words: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    no_subject: frozenset[str] = frozenset()  # right before a verb: it is a noun, passive or an infinitive
    after_name: frozenset[str] = frozenset()  # end a speaker's name: what follows says when, where or how
    never_in_role: frozenset[str] = frozenset()
    relaying: frozenset[str] = frozenset()  # what stands between is somebody else's: 'despite comments that'
    when: frozenset[str] = frozenset()  # adverbs after which a subject may stand without a comma
    portfolios: frozenset[str] = frozenset()  # follow 'minister of', 'secretary of'
    particles: frozenset[str] = frozenset()  # small words within names
    he: frozenset[str] = frozenset()  # titles and offices of men
    she: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()  # weekdays and months
    naming: re.Pattern[str] = field(default_factory=lambda: naming_words(""))  # before a name in quotation marks
    full: bool = field(default=False)  # whether subjects before the verb can be read


_LISTS = (
    "with_object",
    "only_after",
    "carrying_on",
    "before_verb",
    "lead_ins",
    "skipped",
    "describing",
    "refers_back",
    "offices",
    "state_offices",
    "shared_offices",
    "ranks",
    "private_offices",
    "many",
    "bodies",
    "state_bodies",
    "back_references",
    "of_words",
    "titles",
    "no_subject",
    "after_name",
    "never_in_role",
    "relaying",
    "when",
    "portfolios",
    "particles",
    "he",
    "she",
)


@cache
def speech_of(language: Language) -> Speech:
    """Return the vocabulary of a language; without a data file of its own, its verbs, roles and days alone."""
    days = frozenset((*language.weekdays, *language.months))
    if not has_data("languages", language.code, "clauses.toml"):
        return Speech(verbs=language.attribution_verbs, offices=language.roles, days=days)
    data = data_toml("languages", language.code, "clauses.toml")
    lists = {name: frozenset(data[name].split()) for name in _LISTS}
    verbs = (language.attribution_verbs | frozenset(data["more_verbs"].split())) - frozenset(data["not_verbs"].split())
    return Speech(
        verbs=verbs - lists["carrying_on"], days=days, naming=naming_words(data["naming"]), full=True, **lists
    )

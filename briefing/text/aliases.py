"""The alias table: spellings of one name, and the states and bodies that act; read from two data files.

Names are compared, never rewritten: printed text keeps its spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from briefing.text.package_data import data_toml

# A name's word: U.S., N'Djamena, People's; hyphens part words, possessives are taken off afterwards.
_WORD = re.compile(r"\w+(?:[.'’]\w+)*", re.UNICODE)
_KINDS = {"states": "state", "bodies": "body"}  # sections of the actor file whose rows `Names.actors` finds
_PARTS = ("names", "exact", "demonyms", "capital", "people", "houses")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """A state or a body that deals with others."""

    key: str  # such as "united_states"
    kind: str  # "state" or "body"
    name: str  # as it is usually printed


@dataclass(frozen=True, slots=True)
class Names:
    """The spellings and actors of a run. Word lists are looked up by their first word, longest first."""

    aliases: Mapping[str, tuple[tuple[Words, str], ...]]  # first word, lower case → (words, key)
    mentions: Mapping[str, tuple[tuple[Words, str], ...]]  # first word as printed → (words, actor key)
    states_and_bodies: Mapping[str, Actor]
    shared: frozenset[str]  # keys of actors whose name people carry too
    actor_words: frozenset[str]  # words of actors' names, companies too; lower case and canonical
    people: frozenset[Words] = frozenset()  # those of the mentions that are persons, as printed

    def canonical(self, words: Sequence[str]) -> list[str]:
        """Return lower-case words with every known variant read as its key: kiev → kyiv, xi jinping → xi_jinping."""
        return list(words) if self.aliases.keys().isdisjoint(words) else _canonical(self.aliases, words)

    def actors(self, text: str) -> tuple[str, ...]:
        """Return the keys of the states and bodies a text names, each once, in order of first mention.

        Demonyms, capitals, leaders and offices count as their state. Case matters: US is a state, us is not.
        """
        words = name_words(text)
        found: dict[str, None] = {}
        done = 0
        for at in [n for n, word in enumerate(words) if word in self.mentions]:
            match = self._actor_at(words, at) if at >= done else None
            if match:
                found[match[1]] = None
                done = at + len(match[0])
        return tuple(found)

    def actor(self, key: str) -> Actor:
        """Return the actor of a key that `actors` gave."""
        return self.states_and_bodies[key]

    def _actor_at(self, words: Sequence[str], at: int) -> tuple[Words, str] | None:
        match = longest_variant(self.mentions[words[at]], words, at)
        if match and match[1] in self.shared and self._is_a_persons(words, at):
            return None
        return match

    def _is_a_persons(self, words: Sequence[str], at: int) -> bool:
        before = words[at - 1] if at else ""
        return before[:1].isupper() and before not in self.mentions


def _canonical(aliases: Mapping[str, tuple[tuple[Words, str], ...]], words: Sequence[str]) -> list[str]:
    found: list[str] = []
    done = 0
    for at in [n for n, word in enumerate(words) if word in aliases]:
        match = longest_variant(aliases[words[at]], words, at) if at >= done else None
        if match:
            found += words[done:at]
            found.append(match[1])
            done = at + len(match[0])
    return found + list(words[done:])


def _read_as(aliases: Mapping[str, tuple[tuple[Words, str], ...]], name: str) -> list[str]:
    return _canonical(aliases, [word.lower() for word in name_words(name)])


def longest_variant(rows: Iterable[tuple[Words, str]], words: Sequence[str], at: int) -> tuple[Words, str] | None:
    """Return the first of some rows whose words stand at a place, and their key; rows are those of its first word."""
    for variant, key in rows:
        if len(variant) == 1 or tuple(words[at : at + len(variant)]) == variant:
            return variant, key
    return None


def name_words(text: str) -> list[str]:
    """Return the words names are made of, case kept: U.S. as US, Russia's as Russia, US-Russian as two words.

    Words in capitals of four letters and more are read as written in a sentence: RUSSIA as Russia, NATO as Nato.
    """
    return [_cased(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=65_536)  # news repeats its words; this halves the time of `actors`
def _cased(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    if "." in word and all(len(part) == 1 for part in word.split(".")):
        return word.replace(".", "")
    return word.capitalize() if len(word) > 3 and word.isupper() and word.isalpha() else word


def canonical(words: Sequence[str]) -> list[str]:
    """Return lower-case words with the variants of the shipped alias file read as their key."""
    return default().canonical(words)


def actors(text: str) -> tuple[str, ...]:
    """Return the keys of the states and bodies a text names, each once, in order of first mention."""
    return default().actors(text)


def surname(name: str) -> str:
    """Return the key of a person's name: the last word, lower case, through the alias table."""
    read = canonical([word.lower() for word in name_words(name)])
    return read[-1] if read else ""


@cache
def default() -> Names:
    """Return the names the package ships."""
    table = _read("actors.toml")
    rows = [(key, kind, row) for kind in _KINDS for key, row in table[kind].items()]
    everyone = [row for section in table.values() for row in section.values()]
    mentions = [(tuple(name_words(name)), key) for key, _, row in rows for name in _names_of(row)]
    aliases = _alias_rows(pair for section in _read("aliases.toml").values() for pair in section.items())
    return Names(
        aliases=aliases,
        mentions=_by_first_word(mentions),
        states_and_bodies={key: Actor(key, _KINDS[kind], next(_names_of(row))) for key, kind, row in rows},
        shared=frozenset(key for key, _, row in rows if row.get("shared")),
        actor_words=frozenset(word for row in everyone for name in _names_of(row) for word in _read_as(aliases, name)),
        people=frozenset(tuple(name_words(name)) for _, _, row in rows for name in _listed(row.get("people", ""))),
    )


def with_aliases(extra: Mapping[str, Sequence[str]]) -> Names:
    """Return the shipped names and a desk's own: key → its other spellings. The desk's come first."""
    base = default()
    own = _alias_rows((key, ", ".join(variants)) for key, variants in extra.items())
    return replace(base, aliases={**base.aliases, **{k: v + base.aliases.get(k, ()) for k, v in own.items()}})


def _read(file: str) -> dict[str, Any]:
    return data_toml("names", file)


def _names_of(row: Mapping[str, str]) -> Iterator[str]:
    for part in _PARTS:
        yield from _listed(row.get(part, ""))


def _alias_rows(rows: Iterable[tuple[str, str]]) -> dict[str, tuple[tuple[Words, str], ...]]:
    return _by_first_word((tuple(v.lower().split()), key.lower()) for key, listed in rows for v in _listed(listed))


def _listed(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _by_first_word(rows: Iterable[tuple[Words, str]]) -> dict[str, tuple[tuple[Words, str], ...]]:
    table: dict[str, list[tuple[Words, str]]] = {}
    for words, key in rows:
        table.setdefault(words[0], []).append((words, key))
    return {first: tuple(sorted(found, key=lambda row: (-len(row[0]), row))) for first, found in table.items()}

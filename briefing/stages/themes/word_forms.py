"""The word forms of terms: "stem", "=exact", "^CAPITALS", "prefix*"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefing.text.languages import Language
from briefing.text.terms import stems

# Hyphens part words, so "anti-tank" and "anti tank" are one; inner full stops and apostrophes do not.
WORD = re.compile(r"\w++(?:[.'’]\w++)*", re.UNICODE)
TERM_PART = re.compile(r"=?\w+(?:[.'’]\w+)*\*?|\*", re.UNICODE)
GAP = -1  # the word id of a "*" that stands alone
_SHORTEST_CAPITALS = 2  # letters from which a term in capitals matches capitals only


class WordForms:
    """The word forms of the terms: "stem", "=exact", "^CAPITALS", "prefix*", each with its id."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.ids: dict[str, int] = {}
        self._prefixes: dict[str, list[str]] = {}  # first letter → forms with a wildcard

    def fitting(self, forms: Iterable[str]) -> tuple[int, ...]:
        """Return the ids of the forms that terms have, of those a token matches."""
        return tuple([self.ids[form] for form in forms if form in self.ids])

    def forms(self, token: str) -> list[str]:
        """Return every form a token may match."""
        plain = self._without_elision(plain_form(token))
        word = plain.lower()
        forms = [stems([word], self.language)[0], "=" + word, "^" + plain]
        if word != plain:
            forms.append(plain)  # subjects have words that count only with their capital
        prefixes = self._prefixes.get(word[0])
        if prefixes:
            forms += [form for form in prefixes if word.startswith(form[:-1])]
        return forms

    def _without_elision(self, word: str) -> str:
        before, mark, after = word.partition("'")
        return after if mark and after and before.lower() in self.language.elisions else word

    def learn(self, part: str) -> int:
        """Return the id of a term's word, new if no term had it."""
        if part == "*":
            return GAP
        form = self.form(part)
        if form not in self.ids and form.endswith("*"):
            self._prefixes.setdefault(form[0], []).append(form)
        return self.ids.setdefault(form, len(self.ids))

    def form(self, part: str) -> str:
        """Return the form that a word of a term asks for."""
        word = self._without_elision(plain_form(part.strip("=*")))
        if part.endswith("*"):
            return word.lower() + "*"
        if part.startswith("="):
            return "=" + word.lower()
        if word.isupper() and len(word) >= _SHORTEST_CAPITALS and word.isascii() and any(c.isalpha() for c in word):
            return "^" + word
        return stems([word.lower()], self.language)[0]


def plain_form(token: str) -> str:
    """Return a token with one kind of apostrophe, no possessive ending and no inner full stops in initials."""
    if token.isalnum():
        return token
    token = token.replace("’", "'").removesuffix("'s")
    return token.replace(".", "") if "." in token and all(len(part) == 1 for part in token.split(".")) else token

"""Words keep what a news word needs; stems, numbers and overlaps are small enough to check by hand."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from briefing.text.languages import language
from briefing.text.terms import cased_runs, content_set, content_stems, jaccard, runs, stems, tokens

ENGLISH = language("en")


def test_words_keep_initials_figures_and_hyphens() -> None:
    assert tokens("U.S. sends 120K men, S-400s and $200 million") == [
        "us", "sends", "120k", "men", "s-400s", "and", "$200", "million",
    ]  # fmt: skip


def test_a_possessive_ending_is_no_part_of_a_word() -> None:
    assert tokens("Russia’s army, Kyiv's mayor") == ["russia", "army", "kyiv", "mayor"]


def test_runs_take_every_hyphen_and_full_stop_apart() -> None:
    assert runs("Donbas-based U.S. envoy") == ["donbas", "based", "u", "s", "envoy"]
    assert cased_runs("Donbas-based") == ["Donbas", "based"]


def test_stop_words_are_no_content_and_forms_of_a_word_share_a_stem() -> None:
    assert content_stems("The talks were talked about", ENGLISH) == ["talk", "talk"]
    assert content_set("The talks were talked about in Kyiv", ENGLISH) == {"talk", "kyiv"}


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert stems(["слова"], language("uk")) == ["слова"]


def test_overlap_is_shared_over_all() -> None:
    assert jaccard(frozenset("ab"), frozenset("bcd")) == 1 / 4
    assert jaccard(frozenset(), frozenset()) == 0.0


@given(st.text(max_size=200))
def test_every_letter_and_digit_is_in_some_run(text: str) -> None:
    assert sorted("".join(cased_runs(text))) == sorted(c for c in text if c.isalnum() or _continues(c))


def _continues(char: str) -> bool:
    """Return whether regular expressions take a character for part of a word though it is no letter or digit."""
    import re

    return char != "_" and bool(re.match(r"\w", char))


def test_words_cost_no_numpy() -> None:
    imports = "import sys, briefing.text.terms, briefing.stages.summaries; "
    code = f"{imports}sys.exit('numpy' in sys.modules or 'sumy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

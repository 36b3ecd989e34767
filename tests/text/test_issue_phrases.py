"""What the issue file says in English is printed in the language of the page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from briefing.model import PAGE_LANGUAGES, Edition
from briefing.stages.edition.fitting import fit_pages, fit_words
from briefing.stages.sheet.dropped import cuts_of
from briefing.stages.sheet.edits import whole
from briefing.text.issue_phrases import in_words_of
from briefing.text.labels import words

DAY = date(2026, 3, 1)
OTHERS = sorted(set(PAGE_LANGUAGES) - {"en"})


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("Item 3.", "Nummer 3."),
        ("Items 3, 5 and 12.", "Nummern 3, 5 und 12."),
        (
            "Items 3 and 5: 2 of the 4 events it tells.",
            "Nummern 3 und 5: 2 der 4 Ereignisse, von denen die Quelle berichtet.",
        ),
        ("Quoted under Corrections.", "Zitiert unter Berichtigungen."),
        ("Quoted under Arms and Men.", "Zitiert unter Arms and Men."),
        ("The same article as a {b}.txt.", "Derselbe Artikel wie a {b}.txt."),
        (
            "Printed on 2026-03-01, item 4; no article is new.",
            "Gedruckt am 1. März 2026, Nummer 4; kein Artikel ist neu.",
        ),
        ("sentence 2 of items 1, 4–9", "Satz 2 der Nummern 1, 4–9"),
        ("the text of item 7: Ferry halted", "der Text von Nummer 7: Ferry halted"),
        ("sentence 2 of “Ferry halted”", "Satz 2 von „Ferry halted“"),
        ("3 passages on Sanktionen", "3 Passagen zu Sanktionen"),
        ("a sentence on Sanktionen from “Ferry halted”", "ein Satz zu Sanktionen aus „Ferry halted“"),
    ],
)
def test_a_reason_or_a_cut_is_said_in_german(english: str, german: str) -> None:
    assert in_words_of(words("de"), english) == german
    assert in_words_of(words("en"), english) == english


@pytest.mark.parametrize("code", OTHERS)
def test_every_template_is_recognised_as_itself(code: str) -> None:
    for key, template in words("en").issue.items():
        filled = {name: "2026-03-01" if name == "day" else "7" for name in re.findall(r"\{(\w+)\}", template)}
        shown = {name: words(code).day(DAY, "short") if name == "day" else "7" for name in filled}
        assert in_words_of(words(code), template.format(**filled)) == words(code).issue[key].format(**shown), key


def cuts_at_every_limit(edition: Edition) -> set[str]:
    editions = [fit_words(edition, per_theme=n) for n in (1, 20, 40, 80, 160)]
    editions += [fit_words(edition, per_source=n) for n in (1, 20, 40)]
    editions += [fit_pages(edition, n, lambda cut: 2 + len(list(cut.walk())) // 6) for n in range(1, 12)]
    return {cut.what for one in editions for cut in one.cuts}


def test_every_cut_that_a_limit_makes_is_said_in_every_language(sample: Edition) -> None:
    made = cuts_at_every_limit(sample)
    kinds = {re.split(r"\d|:", what)[0] for what in made}
    assert len(kinds) > 8
    for code in OTHERS:
        assert [what for what in sorted(made) if in_words_of(words(code), what) == what] == []


@pytest.mark.parametrize("code", OTHERS)
def test_what_a_draft_loses_is_said_in_every_language(sample: Edition, code: str) -> None:
    kept, bare = whole(sample), replace(sample, key_points=())
    edits = [replace(kept, kept={}), replace(kept, accounts=()), replace(kept, sections=())]
    lost = {cut.what for edit in edits for cut in cuts_of(sample, edit, bare)}
    assert len({re.split(r"\d|“", what)[0] for what in lost}) > 5
    assert [what for what in sorted(lost) if in_words_of(words(code), what) == what] == []


def test_a_text_that_nobody_foresaw_is_left_as_it_is() -> None:
    assert in_words_of(words("fr"), "Something else.") == "Something else."

"""The words of the desk: each that a page asks for is there, and each that is there is asked for."""

from __future__ import annotations

import re
from typing import get_args

from briefing.build.desk.results import JobName, NextAct, StepName
from briefing.desk.screens import KEYS, SCREENS
from briefing.model import StoryState
from briefing.model.acts import ACT_KINDS, REGROUPING
from briefing.text.labels import desk_words, words
from tests.paths import ROOT

TEXTS = [
    path.read_text(encoding="utf-8")
    for path in (*(ROOT / "templates" / "desk").iterdir(), *(ROOT / "briefing" / "desk").glob("*.py"))
]


def named(pattern: str) -> set[str]:
    return {key for text in TEXTS for key in re.findall(pattern, text)}


def phrases_asked_for() -> set[str]:
    asked = named(r"""\bsay\(\s*["']([a-z_]+)["']""") | named(r"""MissingError\(\s*["']([a-z_]+)["']""")
    asked |= named(r"""["']((?:did_(?:not_)?(?:sign|send)|failing|silent|nothing_marked))["']""")
    asked |= {name for name, _, _ in SCREENS} | {*KEYS} | {what for keys in KEYS.values() for _, what in keys}
    asked |= {f"state_{state}" for state in get_args(StoryState)} | {f"step_{step}" for step in get_args(StepName)}
    asked |= {f"job_{job.replace(' ', '_')}" for job in get_args(JobName)}
    asked |= {f"{what}_{act.replace(' ', '_')}" for act in get_args(NextAct) if act for what in ("next", "why")}
    asked |= {f"did_{kind.replace(' ', '_')}" for kind in ACT_KINDS}
    asked |= {"is_done", "is_now", "is_failed", "form_html", "form_email", "form_text"}
    return asked | {
        f"refused_{why}" for why in ("host", "origin", "session", "link", "token", "method", "path", "size")
    }


def test_every_phrase_that_is_asked_for_is_there_and_no_other() -> None:
    there, of_the_page = {*desk_words("en").phrases}, {*words("en").phrases}
    assert phrases_asked_for() - there == set()
    assert there - of_the_page - phrases_asked_for() == set()


def test_every_number_with_its_noun_is_there_and_no_other() -> None:
    asked = named(r"""\bcount\(\s*["']([a-z_]+)["']""") | {f"step_{step}" for step in get_args(StepName)}
    there, of_the_page = {*desk_words("en").plurals}, {*words("en").plurals}
    assert asked - there == set()
    assert there - of_the_page - asked == set()


def test_no_word_of_the_desk_takes_the_place_of_one_of_the_page() -> None:
    page, desk = words("en"), desk_words("en")
    assert {key for key in page.phrases if desk.phrases[key] != page.phrases[key]} == set()


def test_what_an_act_that_regroups_says_names_what_follows() -> None:
    for kind in REGROUPING:
        assert "built again" in desk_words("en").say(f"did_{kind.replace(' ', '_')}")

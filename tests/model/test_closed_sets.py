"""Every closed set stands once, and everything that lists its members has all of them."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from briefing.delivery.dispatch import _STANDING
from briefing.delivery.parcels import Step
from briefing.model import (
    DEFAULT_METHOD,
    PAGE_LANGUAGES,
    Brand,
    Imprint,
    Mailing,
    OriginKind,
    Paper,
    Strictness,
    Subscription,
    SubscriptionKind,
    Theme,
    closed_sets,
)
from briefing.outputs.office.document import _PAPER
from briefing.outputs.view.wording import _KINDS
from briefing.settings import sections
from briefing.sources.visits import VISITS
from briefing.stages.ranking import RANKERS
from briefing.stages.stories.build import STRICTNESS
from briefing.text.labels import words
from tests.paths import ROOT

SETS = {name: get_args(kind) for name, kind in vars(closed_sets).items() if get_origin(kind) is Literal}
SOURCES = [path for path in sorted((ROOT / "briefing").rglob("*.py")) if path.name != "closed_sets.py"]


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def listed(node: ast.AST) -> frozenset[Any]:
    """The texts that a tuple, list or set lists, or that a type allows."""
    if not isinstance(node, ast.Tuple | ast.List | ast.Set):
        return frozenset()
    return frozenset(part.value for part in node.elts if isinstance(part, ast.Constant))


def test_no_other_module_lists_the_members_of_a_closed_set() -> None:
    members = {frozenset(those) - {""}: name for name, those in SETS.items()}
    found = [
        (path.name, members[listed(n) - {""}]) for path in SOURCES for n in nodes(path) if listed(n) - {""} in members
    ]
    assert found == []


def test_a_second_list_would_be_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('def f(paper: Literal["Letter", "A4"]) -> None: ...\n', encoding="utf-8")
    assert frozenset(SETS["Paper"]) in {listed(node) for node in nodes(tmp_path / "a.py")}


@pytest.mark.parametrize(
    ("table", "kind"),
    [(_PAPER, Paper), (_KINDS, OriginKind), (STRICTNESS, Strictness), (VISITS, SubscriptionKind)],
)
def test_a_table_keyed_by_a_closed_set_has_a_row_for_every_member(table: Collection[str], kind: Any) -> None:
    assert set(table) == set(get_args(kind))


def test_a_parcel_that_is_not_sent_has_a_standing() -> None:
    assert {"send", *_STANDING} == set(get_args(Step))


def test_every_page_language_has_a_file_of_fixed_words_and_every_file_a_language() -> None:
    files = {path.stem for path in (ROOT / "briefing" / "data" / "labels").glob("*.toml")}
    assert files == set(PAGE_LANGUAGES)


@pytest.mark.parametrize("code", PAGE_LANGUAGES)
@pytest.mark.parametrize(
    ("name", "key"),
    [("Fate", "fate"), ("InputOutcome", "outcome"), ("DateEvidence", "evidence"), ("StatementKind", "kind")],
)
def test_a_page_has_a_word_for_every_member_it_may_print(code: str, name: str, key: str) -> None:
    phrases = words(code).phrases
    missing = [m for m in SETS[name] if m and f"{key}_{m.replace(' ', '_').replace('-', '_')}" not in phrases]
    assert missing == []


def test_a_setting_that_takes_a_closed_set_takes_that_of_the_model() -> None:
    hints = {
        (section.__name__, key): hint
        for section in vars(sections).values()
        if isinstance(section, type) and issubclass(section, sections.Section)
        for key, hint in get_type_hints(section).items()
        if get_origin(hint) is Literal
    }
    taken = {place: [name for name, kind in vars(closed_sets).items() if kind is hint] for place, hint in hints.items()}
    assert taken == {
        ("BriefingSection", "language"): ["PageLanguage"],
        ("BriefingSection", "paper"): ["Paper"],
        ("StoriesSection", "strictness"): ["Strictness"],
        ("SourceSection", "kind"): ["SubscriptionKind"],
        ("ChannelSection", "kind"): ["ChannelKind"],
        ("LimitsSection", "length"): ["Length"],
        ("MailSection", "security"): ["MailSecurity"],
    }


@pytest.mark.parametrize(
    ("section", "described", "names"),
    [
        (sections.BriefingSection, Imprint, {"language": "language", "paper": "paper", "time_zone": "time_zone"}),
        (sections.SummariesSection, Imprint, {"method": "method"}),
        (sections.BrandSection, Brand, {"accent": "accent"}),
        (sections.LimitsSection, Mailing, {"mail_bytes": "most_bytes"}),
        (sections.SourceSection, Subscription, {"every": "every", "most": "most", "full_text": "full_text"}),
        (sections.ThemeSection, Theme, {"main": "main", "mention": "mention", "actors": "actors"}),
    ],
)
def test_a_setting_left_out_is_what_the_model_says(section: Any, described: Any, names: dict[str, str]) -> None:
    defaults = {key: section.model_fields[key].default for key in names}
    assert defaults == {key: described.__dataclass_fields__[name].default for key, name in names.items()}


def test_the_default_method_is_the_first_of_the_rankers() -> None:
    assert next(iter(RANKERS)) == DEFAULT_METHOD


@pytest.mark.parametrize("value", ["newswire", "A4", "Morning briefing", "#1f4e79"])
def test_a_default_stands_once(value: str) -> None:
    found = [path.name for path in SOURCES for node in nodes(path) for default in defaults(node) if default == value]
    assert len(found) == 1, found


def defaults(node: ast.AST) -> Iterator[object]:
    """What a function's arguments, a class's fields and a module's constants are unless somebody says otherwise."""
    given: list[ast.expr | None] = []
    if isinstance(node, ast.arguments):
        given = [*node.defaults, *node.kw_defaults]
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        given = [node.value]
    yield from (value.value for value in given if isinstance(value, ast.Constant))

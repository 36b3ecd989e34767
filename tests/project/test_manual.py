"""What the program has, its manual names; what the manual names, the program has."""

from __future__ import annotations

import re
import tomllib
from typing import Any, get_args

import click
import pytest
from pydantic import BaseModel

from briefing.cli.parser import program
from briefing.model import FATES, ChannelKind, MailSecurity, PageLanguage, Paper, Strictness, SubscriptionKind
from briefing.outputs import OUTPUTS
from briefing.settings import Settings, ThemeSection, default_file
from briefing.settings.sections import ChannelSection, ListSection, SourceSection
from briefing.stages.ranking import RANKERS
from tests.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
ALL = README + "".join(DOCS.values())


def commands(group: click.Group, before: str = "") -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        full = f"{before}{name}"
        if isinstance(command, click.Group):
            found += commands(command, f"{full} ")
        else:
            found.append((full, command))
    return found


COMMANDS = commands(program)
assert COMMANDS


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
def test_every_command_is_in_the_manual(name: str) -> None:
    assert f"briefing {name}" in ALL


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_has_help_with_an_example(name: str, command: click.Command) -> None:
    assert command.help
    assert f"briefing {name}" in (command.epilog or "")


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_option_says_what_it_does(name: str, command: click.Command) -> None:
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help, f"{name} {option.name}"


@pytest.mark.parametrize(
    "section", [name for name, field in Settings.model_fields.items() if isinstance(field.default, BaseModel)]
)
def test_every_setting_is_in_the_manual_and_in_the_file_that_init_writes(section: str) -> None:
    written = default_file("")
    for key in type(getattr(Settings(), section)).model_fields:
        assert f"| `{key}` |" in DOCS["settings.md"], f"{section}.{key}"
        assert re.search(rf"^(# )?{key} = ", written, re.M), f"{section}.{key}"


@pytest.mark.parametrize("section", [ThemeSection, SourceSection, ListSection, ChannelSection])
def test_every_key_of_a_theme_source_list_and_channel_is_in_the_manual(section: type[BaseModel]) -> None:
    for key in section.model_fields:
        assert f"| `{key}` |" in DOCS["settings.md"], key


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("language", PageLanguage),
        ("paper", Paper),
        ("strictness", Strictness),
        ("security", MailSecurity),
        ("kind", SubscriptionKind),
        ("kind", ChannelKind),
    ],
)
def test_the_manual_names_every_value_of_a_setting_that_takes_one_of_a_few(key: str, kind: Any) -> None:
    rows = re.findall(rf"^\| `{key}` \|.*$", DOCS["settings.md"], re.M)
    assert any(all(re.search(rf'`"?{value}"?`', row) for value in get_args(kind)) for row in rows), rows


def test_the_help_of_the_ledger_names_every_fate() -> None:
    command = dict(COMMANDS)["ledger"]
    option = next(p for p in command.params if isinstance(p, click.Option) and p.name == "fate")
    assert all(fate in (option.help or "") for fate in FATES)


def test_every_ranking_method_is_in_the_manual() -> None:
    for name in RANKERS:
        assert f"`{name}`" in DOCS["methods.md"], name


def test_every_output_is_in_the_manual() -> None:
    for name in OUTPUTS:
        assert f"`{name}`" in DOCS["outputs.md"], name


def test_the_version_is_one() -> None:
    import briefing

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == briefing.__version__
    assert f"## {briefing.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

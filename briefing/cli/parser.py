"""The command line parser, made with click."""

from __future__ import annotations

from importlib import import_module

import click

from briefing.cli.table import COMMANDS, WIDEST, help_text


class _Program(click.Group):
    """The command group; each command is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"briefing.cli.{cmd_name}"), cmd_name)
        return command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the same help as without click."""
        formatter.write(help_text(formatter.width))


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDEST})
@click.version_option(package_name="briefing", prog_name="briefing")
def program() -> None:
    """Be called by its commands."""

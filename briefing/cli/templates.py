"""`briefing templates export`: copies the templates of all outputs, as a start for one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.echo import echo_path

if TYPE_CHECKING:
    from briefing.settings import Settings


@click.group(epilog="\b\nExample:\n  briefing templates export desk-templates")
def templates() -> None:
    """Make the pages look as the desk wants them."""


@templates.command(epilog="\b\nExample:\n  briefing templates export desk-templates")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("desk-templates"))
def export(folder: Path) -> None:
    """Write the program's templates into FOLDER.

    Keep those you change, delete the others, and name the folder in briefing.toml: [outputs] templates = "FOLDER".
    """
    from briefing.outputs.markup import export_templates

    for path in export_templates(folder):
        echo_path(path)


def templates_of(settings: Settings) -> Path | None:
    """Return the folder of the desk's own templates, all of them parsed; None when it has none.

    Raises:
        OutputError: The folder is missing, or one of its templates is faulty.
    """
    from briefing.outputs.markup import check_templates

    if not settings.outputs.templates:
        return None
    folder = settings.folder / settings.outputs.templates
    check_templates(folder)
    return folder

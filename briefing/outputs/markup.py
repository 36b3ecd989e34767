"""The template environments: one that escapes everything, and one for plain text."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
)
from markupsafe import Markup

from briefing.errors import OutputError
from briefing.outputs.files import write_file
from briefing.outputs.links import clip, link, printable
from briefing.outputs.user_templates import Inside, Sandbox, bounded_text, code_of


def render_markup(template: str, context: dict[str, Any], folder: Path | None = None) -> str:
    """Return a template's HTML or XML; every value is escaped.

    Args:
        template: Name under ``templates/``.
        context: What the template may name; docs/outputs.md lists it.
        folder: A user's templates, looked in first.

    Raises:
        OutputError: The template is missing or faulty; the message names file and line.
    """
    return _render(environment(folder, markup=True), template, context, folder)


def render_text(template: str, context: dict[str, Any], folder: Path | None = None) -> str:
    """Return a template's plain text; nothing is escaped. Arguments and errors as in `render_markup`."""
    return _render(environment(folder, markup=False), template, context, folder)


def load_templates(*names: str, markup: bool) -> None:
    """Compile templates of ours ahead of their use; one that is missing is an error when it is used."""
    with suppress(TemplateError):
        for name in names:
            environment(None, markup=markup).get_template(name)


@cache
def environment(folder: Path | None = None, *, markup: bool) -> Environment:
    """Return the environment for markup (everything escaped) or for plain text (nothing escaped).

    With a user's folder the environment is sandboxed; its templates may extend ours as ``default/NAME``.
    """
    default = FileSystemLoader(default_folder())
    loader: BaseLoader = default
    if folder is not None:
        loader = ChoiceLoader([Inside(folder), default, PrefixLoader({"default": default})])
    kind = Sandbox if folder is not None else Environment
    env = kind(
        loader=loader,
        autoescape=markup,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        finalize=_finalize,
    )
    env.filters["link"] = link
    env.filters["printable"] = printable
    env.filters["clip"] = clip
    if isinstance(env, Sandbox):
        env.close()
    return env


def default_folder() -> Path:
    """Return the folder of the program's own templates: inside the installed package, else in the repository."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "templates", package.parent / "templates"):
        if folder.is_dir():
            return folder
    raise OutputError(
        "The program's templates are missing.", "Install the package again: pip install --force-reinstall briefing"
    )


def check_templates(folder: Path) -> None:
    """Parse every template of a user's folder, so that an error is reported before any work is done.

    Raises:
        OutputError: There is no such folder, or one of its templates is faulty; the message names file and line.
    """
    if not os.path.isdir(folder):
        raise OutputError(
            f"There is no folder of templates {folder}.",
            "Write one with `briefing templates export`, or fix outputs.templates.",
            code="E_TEMPLATE_NOT_FOUND",
        )
    env = environment(folder, markup=True)
    for name in sorted(path.name for path in folder.glob("*.j2")):
        try:
            env.get_template(name)
        except TemplateError as error:
            raise OutputError(_fault(error, name), _advice(folder), code=code_of(error)) from error


def export_templates(folder: Path) -> list[Path]:
    """Copy the program's templates into a folder, as a start for the user's own, and return the copies.

    Raises:
        OutputError: The folder holds one of them already, or cannot be written.
    """
    names = sorted(path.name for path in default_folder().iterdir() if path.suffix == ".j2")
    there = [name for name in names if (folder / name).exists()]
    if there:
        raise OutputError(f"{folder / there[0]} exists already.", "Name an empty folder, or take that file away.")
    return [write_file(folder, name, (default_folder() / name).read_bytes()) for name in names]


def _finalize(value: object) -> object:
    # The last point before the page: whatever was put into an issue file, this is where it is made harmless.
    if isinstance(value, Markup):
        return value
    return printable(value) if isinstance(value, str) else value


def _render(env: Environment, template: str, context: dict[str, Any], folder: Path | None) -> str:
    try:
        if not isinstance(env, Sandbox):
            return env.get_template(template).render(context)
        env.begin()
        return bounded_text(env.get_template(template).generate(context))
    except TemplateError as error:
        raise OutputError(_fault(error, template), _advice(folder), code=code_of(error)) from error
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, MemoryError, RecursionError) as error:
        if folder is None:
            raise  # our own template: a bug, to be seen as one
        raise OutputError(_fault(error, template), _advice(folder), code=code_of(error)) from error


def _fault(error: Exception, template: str) -> str:
    if isinstance(error, TemplateNotFound):
        return f"The template {error.name} is missing."
    place = _place(error) or template
    return f"{place}: {error}."


def _place(error: Exception) -> str:
    line, name = getattr(error, "lineno", None), getattr(error, "filename", None)
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith((".j2", ".css")):
            name, line = file, trace.tb_lineno
        trace = trace.tb_next
    return f"{name}, line {line}" if name and line else ""


def _advice(folder: Path | None) -> str:
    if folder is None:
        return "Install the package again."
    return f"Fix the template in {folder}, or remove it to use the program's own."

"""The sandbox for users' templates: a whitelist of what they may use, and limits on work and size.

Denied by default: filters are those listed here, calls and attributes those Jinja's sandbox allows, files those inside
the folder. Every loop step and every character made counts against a budget, so that no template runs for ever.
What one call of Python's own can waste before it returns is bounded by its arguments only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import Environment, FileSystemLoader, TemplateNotFound, TemplateRuntimeError, UndefinedError, nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from briefing.model import Code

STEPS = 1_000_000  # of all loops of one rendering; the largest page of ours takes under 100,000
CHARACTERS = 20_000_000  # of one rendering, and of one text joined in it
LARGEST_NUMBER = 1_000_000  # that a call or a multiplication may be given

#: Filters a template may use. Left out: what ends the escaping (safe), what reaches past the sandbox (attr), what
#: makes much of little (center, indent, batch, format), what is not the same twice (random).
FILTERS = frozenset(
    (
        *("abs", "capitalize", "clip", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "groupby"),
        *("int", "items", "join", "last", "length", "link", "list", "lower", "map", "max", "min", "printable"),
        *("reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr", "sort", "string"),
        *("striptags", "sum", "title", "tojson", "trim", "truncate", "unique", "upper", "urlencode", "wordcount"),
    )
)


class TemplateUnsafeError(TemplateSyntaxError):
    """A template uses something that is not allowed; found while it is parsed, so its line is known."""


class TemplateLimitsError(TemplateRuntimeError):
    """A template exceeds a limit while it runs."""


class Sandbox(ImmutableSandboxedEnvironment):
    """The sandboxed environment of a user's templates; one rendering at a time."""

    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._steps = 0

    def close(self) -> None:
        """Remove all filters and globals but the allowed ones; called when ours have been added."""
        self.filters = {name: f if name in FILTERS else _refused(name) for name, f in self.filters.items()}
        self.filters[_COUNTED], self.filters[_BOUNDED] = self._counted, _bounded
        for name in ("lipsum", "cycler", "joiner"):
            del self.globals[name]

    def begin(self) -> None:
        """Reset the step counter."""
        self._steps = 0

    def _counted(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self._steps += 1
            if self._steps > STEPS:
                raise TemplateLimitsError(f"its loops take more than {STEPS:,} steps")
            yield value

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _Watched(name, filename).visit(tree)
        return tree

    def call(self, context: Any, function: Any, /, *given: Any, **named: Any) -> Any:
        """Call a function for a template; refuses large numbers and format strings."""
        if any(isinstance(value, int | float) and abs(value) > LARGEST_NUMBER for value in (*given, *named.values())):
            raise TemplateLimitsError(f"it gives a call a number above {LARGEST_NUMBER:,}")
        if getattr(function, "__name__", "") in ("format", "format_map"):
            raise SecurityError("it formats text by a pattern; join its parts with ~ instead")
        return super().call(context, function, *given, **named)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Apply an operator for a template; refuses results out of bounds."""
        if operator == "%" and isinstance(left, str):
            raise SecurityError("it formats text by a pattern; join its parts with ~ instead")
        if operator == "**" and (_size(left) > LARGEST_NUMBER or _size(right) > 100):
            raise TemplateLimitsError(f"it raises a number above {LARGEST_NUMBER:,}, or by more than 100")
        if operator == "*" and _size(left) * _size(right) > LARGEST_NUMBER**2:
            raise TemplateLimitsError("it multiplies to a number too large")
        if operator == "*" and not (_is_number(left) and _is_number(right)) and _size(left) * _size(right) > CHARACTERS:
            raise TemplateLimitsError(f"it makes a text of more than {CHARACTERS:,} characters")
        return _bounded(super().call_binop(context, operator, left, right))


class Inside(FileSystemLoader):
    """A template loader confined to its folder: links that lead elsewhere are refused."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the template's text and place."""
        try:
            for folder in map(Path, self.searchpath):
                path = folder / template
                if path.exists() and not path.resolve().is_relative_to(folder.resolve()):
                    raise TemplateUnsafeError("it leads out of the folder of templates", 1, template, str(path))
            return super().get_source(environment, template)
        except TemplateNotFound:  # an OSError too
            raise
        except OSError as error:
            raise TemplateSyntaxError(f"it cannot be read ({error.strerror})", 1, template, template) from error
        except UnicodeDecodeError as error:
            raise TemplateSyntaxError("it is not UTF-8 text", 1, template, template) from error


def bounded_text(parts: Iterable[str]) -> str:
    """Return the parts joined; `TemplateLimitsError` when they are more than `CHARACTERS`."""
    kept, length = [], 0
    for part in parts:
        length += len(part)
        if length > CHARACTERS:
            raise TemplateLimitsError(f"it makes more than {CHARACTERS:,} characters")
        kept.append(part)
    return "".join(kept)


# Names that no template can write.
_COUNTED, _BOUNDED = "loop steps", "text length"


class _Watched(NodeTransformer):
    """Checks a template's syntax tree: refuses what is not allowed, and adds a counter to every loop and join."""

    def __init__(self, name: str | None, filename: str | None) -> None:
        self._name, self._filename = name, filename

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802  called by the name of the node
        if node.name not in FILTERS:
            self._refuse(node, f"the filter {node.name!r} is not available")
        return self.generic_visit(node)

    def visit_ScopedEvalContextModifier(self, node: nodes.ScopedEvalContextModifier) -> nodes.Node:  # noqa: N802
        self._refuse(node, "escaping cannot be turned off")

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.iter = _filtered(node.iter, _COUNTED)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, _BOUNDED)

    def _refuse(self, node: nodes.Node, why: str) -> NoReturn:
        raise TemplateUnsafeError(why, node.lineno, self._name, self._filename)


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    assert isinstance(node, nodes.Expr)
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno, environment=node.environment)


def _refused(name: str) -> Callable[..., NoReturn]:
    def refuse(*_given: Any, **_named: Any) -> NoReturn:
        raise SecurityError(f"the filter {name!r} is not available")

    return refuse


def _bounded(value: Any) -> Any:
    if isinstance(value, str | list | tuple) and len(value) > CHARACTERS:
        raise TemplateLimitsError(f"it makes a text of more than {CHARACTERS:,} characters")
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


def _size(value: Any) -> float:
    if _is_number(value):
        return abs(float(min(max(value, -1e300), 1e300)))
    return float(len(value)) if hasattr(value, "__len__") else 1.0


#: The first kind an error is of gives its code.
_CODES: tuple[tuple[tuple[type[Exception], ...], Code], ...] = (
    ((TemplateUnsafeError, SecurityError), "E_TEMPLATE_UNSAFE"),
    ((TemplateLimitsError, OverflowError, MemoryError, RecursionError), "E_TEMPLATE_LIMITS"),
    ((UndefinedError,), "E_TEMPLATE_UNDEFINED"),
    ((TemplateNotFound,), "E_TEMPLATE_NOT_FOUND"),
    ((TemplateSyntaxError,), "E_TEMPLATE_SYNTAX"),
)


def code_of(error: Exception) -> Code:
    """Return the stable code of a template's error."""
    return next((code for kinds, code in _CODES if isinstance(error, kinds)), "E_TEMPLATE")

"""The base of the tables of a settings file."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A table of the settings file: strict types, no key that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def defaults_of(described: Any) -> dict[str, Any]:
    """Return the defaults of what a section describes, so that each stands once."""
    return {field.name: field.default for field in fields(described)}

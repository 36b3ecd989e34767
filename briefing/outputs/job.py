"""The rendering of one edition: its view, and a cache of the outputs made so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.model import USUAL_FORM, Edition, MailForm

if TYPE_CHECKING:
    from briefing.outputs.mail import FittedMail
    from briefing.outputs.renderings import Renderings
    from briefing.outputs.view import EditionView

#: Outputs that are put together of others, or of the edition alone: nothing of them is looked up.
_COMPOSED = ("json", "email", "eml")

#: The file of an output, made from the job of its edition.
Maker = Callable[["Job"], bytes]


@dataclass(frozen=True, slots=True)
class Output:
    """A row of the table of outputs: where its file lies and what makes it."""

    whole: str  # file name of the whole edition
    digest: str  # file name of a theme's digest with {slug}; empty when digests have none
    make: Maker


class Job:
    """An edition, its view, and its outputs so far: an output may be built on another's bytes.

    Args:
        edition: The edition, whole or narrowed.
        outputs: The table of outputs, by name.
        templates: A user's templates, looked in before our own.
        form: What the mail of this edition carries.
        renderings: What was made already, of this edition or others; what is made now is kept there.
    """

    def __init__(
        self,
        edition: Edition,
        outputs: Mapping[str, Output],
        *,
        templates: Path | None = None,
        form: MailForm = USUAL_FORM,
        renderings: Renderings | None = None,
    ) -> None:
        self.edition = edition
        self.templates = templates
        self.form = form
        self._outputs = outputs
        self._renderings = renderings
        self._made: dict[str, bytes] = {}

    @cached_property
    def view(self) -> EditionView:
        """Return the presentation model that templates print."""
        from briefing.outputs.view import view_of

        return view_of(self.edition)

    @cached_property
    def mail(self) -> FittedMail:
        """Return the HTML of the mail, fitted to its size; made once for the file and the message."""
        from briefing.outputs.render_worker import rendered, unpacked

        if not self.has("mail"):
            self.keep("mail", rendered("mail", self))
        return unpacked(self._made["mail"])

    def file_of(self, name: str) -> str:
        """Return the path of an output's file below the folder of the day; empty when this edition has none."""
        output = self._outputs[name]
        if not self.edition.scope:
            return output.whole
        return output.digest.format(slug=self.edition.scope) if output.digest else ""

    def keep(self, name: str, content: bytes) -> None:
        """Store an output of this edition, here and for the next job or command."""
        self._made[name] = content
        if self._renderings is not None and name not in _COMPOSED:
            self._renderings.keep(self._renderings.key_of(self, name), content)

    def has(self, name: str) -> bool:
        """Return whether an output is made already, by this job or an earlier one."""
        if name not in self._made and self._renderings is not None and name not in _COMPOSED:
            found = self._renderings.find(self._renderings.key_of(self, name))
            if found is not None:
                self._made[name] = found
        return name in self._made

    def made(self, name: str) -> bytes:
        """Return the bytes of an output of this edition, made once."""
        if not self.has(name):
            self.keep(name, self._outputs[name].make(self))
        return self._made[name]

"""The daily round: collect, build, prove, send. Idempotent: a step that is done is not done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from briefing.build.collecting import Collected, collect
from briefing.build.persistence import newer_articles, remember
from briefing.build.progress import Progress, silent
from briefing.build.proving import verify_files
from briefing.build.publishing import Drafted, proved_draft, write_draft
from briefing.build.send_day import Post
from briefing.build.sending import Sent
from briefing.delivery import Wishes
from briefing.errors import SourceError
from briefing.model import Edition
from briefing.outputs import OUTPUTS, render
from briefing.outputs.draft import SHEET, drafted_at
from briefing.outputs.issue import issue_bytes, parse_edition
from briefing.outputs.renderings import Renderings
from briefing.settings import Settings
from briefing.sources.web import Fetching
from briefing.stages.proof import Finding, Verification
from briefing.store import Store
from briefing.system.cache import Cache
from briefing.system.program import program_version

#: What a build came to.
WRITTEN, THERE, HELD, WAITING = "written", "there already", "held for the editor", "waiting for the editor"


@dataclass(frozen=True, slots=True)
class Made:
    """The edition of the day, and which steps this run took to make it."""

    edition: Edition | None  # None while the editor has it
    how: str  # WRITTEN, THERE, HELD or WAITING
    paths: tuple[Path, ...] = ()  # what was written
    proof: Verification | None = None  # of what is to be sent; None while the editor has it
    left_out: tuple[Finding, ...] = ()  # what was left out because it could not be proved
    drafted: Drafted | None = None  # what was written for the editor
    newer: int = 0  # articles that came after the draft was made

    @property
    def ok(self) -> bool:
        """Return whether there is an edition that may be sent."""
        return self.edition is not None and self.proof is not None and self.proof.ok


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of a round."""

    made: Made
    sent: Sent | None = None  # None where nothing was sent: it waits, is not proved, or nobody is set up to be sent it


@dataclass(frozen=True, slots=True)
class Round:
    """The round of one day: each method a step, in this order. The folder of editions is held by the caller.

    Args:
        store: What was collected, and the editions.
        settings: The desk's.
        out: The folder of editions.
        day: The edition's.
        clock: The time now, UTC.
        templates: The desk's own.
        cache: The work of earlier builds; None to do everything.
        progress: How far it is.
        renderings: What was made and proved already.
    """

    store: Store
    settings: Settings
    out: Path
    day: date
    clock: Callable[[], datetime]
    templates: Path | None = None
    cache: Cache | None = None
    progress: Progress = silent
    renderings: Renderings = field(default_factory=Renderings)

    def showing(self, progress: Progress) -> Round:
        """Return the same round with another progress callback."""
        return replace(self, progress=progress)

    def gather(self, fetching: Fetching | None = None) -> tuple[Collected, ...]:
        """Return the result of each source that the settings name; empty when they name none."""
        if not self.settings.sources:
            return ()
        return collect(
            self.store,
            self.settings,
            now=self.clock(),
            fetching=fetching,
            progress=lambda name, done, total: self.progress("collecting", done, total),
        )

    def make(self, *, draft: bool = False, again: bool = False, backlog: bool = False) -> Made:
        """Return the edition of the day, proved: the one built before, missing files restored, or else a new build.

        What its proof refuses is left out and named, before anybody sees it.

        Args:
            draft: Hold it for the editor instead of finishing it.
            again: Build it anew, though it was built before.
            backlog: Take also what the first visit to a source brought of the week before.

        Raises:
            SourceError: Not one article of the day was collected, and nobody wants to be told so.
        """
        issue = None if again else self.store.issue(self.day)
        if issue is not None:
            return self._completed(parse_edition(issue, f"the edition of {self.day} in the store"), issue)
        sheet = self.out / self.day.isoformat() / SHEET
        if sheet.exists() and not again:
            made = drafted_at(sheet)
            newer = newer_articles(self.store, self.settings, self.day, made, self.clock())
            return Made(None, WAITING, (sheet,), newer=len(newer))
        return self._built(draft=draft, backlog=backlog)

    def send(self, edition: Edition, *, environment: Mapping[str, str], sleep: Callable[[float], None]) -> Sent | None:
        """Send an edition to whoever has not had it; None when nobody is set up to be sent it."""
        if not self.settings.channels and not any(one.recipients or one.recipients_file for one in self.settings.lists):
            return None
        post = Post(self.settings, self.out, self.clock, templates=self.templates, renderings=self.renderings)
        return post.hand_over(edition, self.store, Wishes(), environment=environment, sleep=sleep)

    def finish(self, made: Made, *, environment: Mapping[str, str], sleep: Callable[[float], None]) -> Finished:
        """Send what was made, if it is proved and the editor does not have it: the last step of the round."""
        if not made.ok or made.edition is None:
            return Finished(made)
        return Finished(made, self.send(made.edition, environment=environment, sleep=sleep))

    def _built(self, *, draft: bool, backlog: bool) -> Made:
        from briefing.build.building import Built, build_edition, keep_built  # loads all stages

        now = self.clock()
        built = build_edition(
            self.settings,
            (),
            self.store,
            day=self.day,
            now=now,
            backlog=backlog,
            cache=self.cache,
            progress=self.progress,
        )
        if not any(entry.article_id for entry in built.edition.ledger) and not self._tells_of_nothing():
            raise SourceError(
                f"No article was collected for {self.day}; no edition was made.",
                "Look at `briefing sources`: it says which source is silent, and why. With send_empty = true under "
                "[[lists]] readers are told of a day without news.",
                code="E_EMPTY",
            )
        proved = proved_draft(built.edition, self.store, self.settings, made=now, renderings=self.renderings)
        built = Built(proved.edition, built.given)
        if draft:
            keep_built(self.store, self.settings, built, now=now, printed=False)
            drafted = write_draft(built.edition, self.out, self.store, made=now)
            return Made(None, HELD, drafted.paths, left_out=proved.left_out, drafted=drafted)
        if not proved.ok:
            return Made(built.edition, "not written", proof=proved.proof, left_out=proved.left_out)
        paths = self._render(built.edition)
        keep_built(self.store, self.settings, built, now=now)
        return self._with_files(Made(built.edition, WRITTEN, tuple(paths), proved.proof, proved.left_out))

    def _tells_of_nothing(self) -> bool:
        """Return whether somebody is to be sent an edition of a day without articles."""
        lists = any(one.send_empty for one in self.settings.lists)
        return lists or any(one.send_empty for one in self.settings.channels)

    def _completed(self, edition: Edition, issue: bytes) -> Made:
        """Return an edition of the store, after restoring output files that are missing or stale, proved."""
        made = self.store.made(self.day)
        assert made is not None
        proved = proved_draft(edition, self.store, self.settings, made=made, renderings=self.renderings)
        if proved.ok and proved.left_out:
            edition, issue = proved.edition, issue_bytes(proved.edition)
            remember(self.store, edition, now=made)
        left_out = proved.left_out if proved.ok else ()
        there = Made(edition, THERE, (), proved.proof, left_out)
        if self._is_complete(edition, issue):
            there = self._with_files(there)
            if there.ok or edition.imprint.program == program_version():
                return there
        # Files are missing, or of another issue, or another version of the program laid them out in words of its own.
        return self._with_files(Made(edition, WRITTEN, tuple(self._render(edition)), proved.proof, left_out))

    def _is_complete(self, edition: Edition, issue: bytes) -> bool:
        """Return whether the issue file of an edition lies in its folder, and a file of each output."""
        folder = self.out / edition.name
        on_disk = folder / OUTPUTS["json"].whole
        names = self.settings.outputs.formats or tuple(OUTPUTS)
        is_same = on_disk.is_file() and on_disk.read_bytes() == issue
        return is_same and all((folder / OUTPUTS[name].whole).exists() for name in names)

    def _render(self, edition: Edition) -> list[Path]:
        names = self.settings.outputs.formats or tuple(OUTPUTS)
        return render(
            edition,
            self.out,
            formats=names,
            templates=self.templates,
            renderings=self.renderings,
            progress=self.progress,
        )

    def _with_files(self, made: Made) -> Made:
        """Return an edition with the proof of its files beside that of its sentences."""
        assert made.edition is not None
        assert made.proof is not None
        files = verify_files(made.edition, self.out / made.edition.name, self.templates, self.renderings)
        return replace(made, proof=replace(made.proof, findings=(*made.proof.findings, *files)))

"""`Desk`: what the browser shows of the day's draft, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import cached_property

from briefing.build.daily import Round
from briefing.build.desk.acting import Acting
from briefing.build.desk.board import BoardView
from briefing.build.desk.by_hand import keep_by_hand, left_out_of, read_by_hand
from briefing.build.desk.checking import Checking
from briefing.build.desk.findings import with_drops
from briefing.build.desk.morning import morning_of, sources_of
from briefing.build.desk.rebuilding import remade
from briefing.build.desk.results import (
    Article,
    Board,
    DeskFinding,
    JobName,
    JobState,
    LeftOut,
    Morning,
    Page,
    Paragraph,
    Posted,
    Rebuilt,
    Signed,
    StoryDesk,
)
from briefing.build.desk.story import paragraph_of, story_of
from briefing.build.drafts.state import State
from briefing.build.persistence import newer_articles
from briefing.build.progress import Progress, silent
from briefing.build.proving import prove_made
from briefing.build.publishing import publish_edition, signed_off
from briefing.build.send_day import Post
from briefing.delivery import Wishes
from briefing.errors import SourceError
from briefing.model.acts import Span, StoryKey, found_story
from briefing.outputs import OUTPUTS, page_count
from briefing.outputs.issue import parse_edition
from briefing.outputs.job import Job
from briefing.stages.sheet import lost_line, said_of
from briefing.store import Store
from briefing.system.locking import held
from briefing.text.printable import one_line

_MEDIA = {"html": "text/html", "email": "text/html", "text": "text/plain", "pdf": "application/pdf"}


class Desk(Acting):
    """The screens of the browser, and the work that its buttons start. Arguments as `Acting`."""

    # ---- screens

    def board(self) -> Board:
        """Return the whole edition as it stands, a line an item."""
        with self._turn:
            return BoardView(self.state()).board(self.settings)

    def page(self, output: str = "html", theme: str = "") -> Page:
        """Return an output of the edition as it would be, marked as not signed.

        Args:
            output: One of html, email, text, pdf.
            theme: Slug of the digest; empty for the whole edition.

        Raises:
            OutputError: It cannot be made.
            SourceError: ``output`` is none of those that can be shown, or the edition has no section of ``theme``.
        """
        with self._turn:
            edition = self.state().edition
        if output not in _MEDIA:
            raise SourceError(f"The desk cannot show the output {output!r}.", f"Use one of {', '.join(_MEDIA)}.")
        themes = [section.theme for section in edition.sections]
        if theme and theme not in themes:
            raise SourceError(f"The edition has no section {theme!r}.", f"Use one of {', '.join(themes)}.")
        job = Job(edition.only(theme) if theme else edition, OUTPUTS, templates=self.templates)
        return Page(output, job.made(output), _MEDIA[output])

    def page_count(self) -> int:
        """Return how many pages the PDF of the edition would have; it is drawn for it."""
        return page_count(self.state().edition, self.templates)

    def story(self, key: StoryKey) -> StoryDesk:
        """Return a story with the candidates of all its articles; the first of a draft takes as long as a build.

        Raises:
            SourceError: There is no such story.
        """
        state = self.state()
        item = found_story(key, state.replayed.draft.stories)
        if item is None:
            raise SourceError("That story is not in the draft.", "Look at the board again.", code="E_NOT_FOUND")
        ranked = self._workshop.candidates(state.stored, state.draft).of(item)
        return story_of(BoardView(state), item, ranked)

    def warm(self) -> None:
        """Work out what the candidates need, so that the first story does not wait for it."""
        state = self.state()
        self._workshop.candidates(state.stored, state.draft)

    def paragraph(self, span: Span) -> Paragraph:
        """Return a sentence in the paragraph of its article.

        Raises:
            SourceError: The article is not in the store.
        """
        with self._turn:
            found = self.store.articles([span.article_id], until=self.state().stored.made)
        if not found:
            raise SourceError("That article is not in the store.", "Its text was deleted.", code="E_NOT_FOUND")
        return paragraph_of(found[0], span)

    def left_out(self, words: str = "") -> tuple[LeftOut, ...]:
        """Return what is not printed: of the ledger, those whose title or reason has the words; then of the store."""
        with self._turn:
            state = self.state()
            return left_out_of(self.store, state, words)

    def late(self) -> tuple[Article, ...]:
        """Return the articles that came after the draft was made."""
        with self._turn:
            made = self.state().stored.made
            raws = newer_articles(self.store, self.settings, self.day, made, self.clock())
        return tuple(Article(raw.identity, raw.title, raw.outlet, raw.url, None, raw.input) for raw in raws)

    def findings(self) -> tuple[DeskFinding, ...]:
        """Return what the proof refuses of the edition as it would be, with what drops it; it is proved for it."""
        return self._findings(self.state())

    def checked(self) -> tuple[DeskFinding, ...] | None:
        """Return the same without waiting: None while the proof, begun here if need be, is under way."""
        return self._checking.found(self.state())

    @cached_property
    def _checking(self) -> Checking:
        return Checking(self._findings)

    def _findings(self, state: State) -> tuple[DeskFinding, ...]:
        with Store.open(self.store.path, create=False) as store:
            edition = state.signed(signed_off("", self.clock()))
            proof = prove_made(edition, store, self.settings, made=state.stored.made)
        return with_drops(edition, proof.findings)

    def morning(self) -> Morning:
        """Return how far the day is, its proof apart: see `checked`."""
        with self._turn:
            has_draft = self._held.stored() is not None
            state = self._held.state() if has_draft else None
            issue = self.store.issue(self.day)
            signed = parse_edition(issue, f"the edition of {self.day} in the store") if issue else None
            now = self.clock()
            late = newer_articles(self.store, self.settings, self.day, state.stored.made, now) if state else ()
            read = self._held.read
            return morning_of(
                self.store,
                self.settings,
                self.day,
                state,
                signed,
                now=now,
                late=len(late),
                mistakes=(*(f"line {m.line}: {m.problem}" for m in read.mistakes), *read.clashing),
                sources=sources_of(self.settings, now),
            )

    # ---- work that takes longer

    def start(
        self,
        job: JobName,
        *,
        name: str = "",
        environment: Mapping[str, str] | None = None,
        sleep: Callable[[float], None] = lambda seconds: None,
    ) -> bool:
        """Begin one of the jobs below in a thread of its own; False while another is under way. See `progress`.

        Args:
            job: Which.
            name: Who signs.
            environment: As for `send`.
            sleep: As for `send`.
        """
        work: dict[JobName, Callable[[Progress], object]] = {
            "collect": self.collect,
            "build": self.build,
            "regroup": lambda told: self.rebuild(progress=told),
            "load late": lambda told: self.rebuild(late=True, progress=told),
            "sign": lambda told: self.sign(name, told),
            "send": lambda told: self.send(environment=environment or {}, sleep=sleep),
        }
        return self.jobs.start(job, work[job])

    def progress(self) -> JobState | None:
        """Return how far the job is that is under way, or what the last one came to; None when there was none."""
        return self.jobs.state()

    def collect(self, progress: Progress = silent) -> int:
        """Visit the sources that are due; return how many new articles they brought."""
        with Store.open(self.store.path) as store:
            brought = self._round(store, progress).gather()
        return sum(one.added.new for one in brought if one.added)

    def build(self, progress: Progress = silent) -> Rebuilt:
        """Build the draft of the day; errors as `Round.make`."""
        with self._folder(), Store.open(self.store.path) as store:
            self._round(store, progress).make(draft=True, again=True)
        state = self.state()
        return Rebuilt(state.version, state.draft.counts.articles, tuple(map(lost_line, state.replayed.misfits)))

    def rebuild(self, *, late: bool = False, progress: Progress = silent) -> Rebuilt:
        """Build the draft again as its stories were regrouped, its acts replayed.

        Args:
            late: Take in the articles that came since.
            progress: How far it is.
        """
        state = self.state()
        with self._folder(), Store.open(self.store.path, create=False) as store:
            done = remade(
                state,
                store,
                self.settings,
                late=self.clock() if late else None,
                cache=self.cache,
                progress=progress,
            )
            with self._turn:
                new = self._held.hold(done.edition, made=done.made, regrouped=done.regrouped)
        self._workshop.keep(new.state.stored, new.state.draft, done.material)
        lost = (*(f"{said_of(act)}: {why}" for act, why in done.material.lost), *new.lost)
        return Rebuilt(new.state.version, new.state.draft.counts.articles, lost)

    def add_article(self, place: str) -> tuple[str, ...]:
        """Store the articles of a file or a web page and return their ids, for an act that takes them in.

        Raises:
            SourceError: It cannot be read, or holds no article.
            SettingsError: It is a web page and no contact is set.
        """
        inputs = read_by_hand(self.settings, place, now=self.clock())  # a slow server holds nobody up
        with self._turn:
            return keep_by_hand(self.store, self.settings, inputs, now=self.clock(), today=self.day)

    def sign(self, name: str, progress: Progress = silent) -> Signed:
        """Sign the edition: proved first, written and remembered; what cannot be proved is left out and named.

        Where leaving out does not help, nothing is written and nothing signed.
        """
        with self._turn:
            state = self.state()
        if not name.strip():
            return Signed(ok=False, findings=(DeskFinding("sign-off", "Nobody has signed. Write a name."),))
        if state.pending or self._held.read.mistakes:
            problem = "The draft is not built with all that was regrouped, or its sheet has lines that cannot be taken."
            return Signed(ok=False, findings=(DeskFinding("draft", problem),))
        edition = state.signed(signed_off(one_line(name), self.clock()))
        with self._folder(), Store.open(self.store.path, create=False) as store:
            done = publish_edition(
                edition,
                store,
                self.settings,
                made=state.stored.made,
                out=self.out,
                formats=self.settings.outputs.formats,
                templates=self.templates,
                renderings=self.renderings,
                progress=progress,
            )
        return Signed(
            done.proved.ok,
            with_drops(done.edition, done.proved.proof.findings),
            with_drops(edition, done.proved.left_out),
            tuple(map(str, done.paths)),
        )

    def send(self, *, environment: Mapping[str, str], sleep: Callable[[float], None]) -> Posted:
        """Send the signed edition to whoever is without it.

        Args:
            environment: Where passwords and keys are looked for.
            sleep: Waits for so many seconds.

        Raises:
            SettingsError: Nobody is set up to be sent it, or the mail server is not set.
            SourceError: No edition of the day is signed.
        """
        post = Post(self.settings, self.out, self.clock, templates=self.templates, renderings=self.renderings)
        with self._folder(), Store.open(self.store.path, create=False) as store:
            done = post.send(self.day, store, Wishes(), environment=environment, sleep=sleep)
        if done.sent is None:
            return Posted(ok=False, problem=f"{len(done.proof.findings)} findings; not sent.")
        rows = (
            (h.outcome.state, h.parcel.delivery.channel, h.parcel.delivery.recipient, h.outcome.reply)
            for h in done.sent.handovers
        )
        return Posted(done.sent.complete, "", tuple(rows))

    def _round(self, store: Store, progress: Progress) -> Round:
        return Round(
            store, self.settings, self.out, self.day, self.clock, self.templates, self.cache, progress, self.renderings
        )

    def _folder(self) -> AbstractContextManager[None]:
        return held(self.out, now=self.clock())

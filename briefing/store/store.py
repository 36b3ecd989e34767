"""`Store`: the interface of the store, with values of the model in and out."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from briefing.model import (
    Added,
    Article,
    Cleaned,
    Delivery,
    DeliveryState,
    Edition,
    Forgettable,
    Health,
    Hit,
    Input,
    Note,
    RawArticle,
    Standing,
    Version,
)
from briefing.model.acts import Act, LoggedAct
from briefing.store import acts, articles, deliveries, editions, forgetting, opening, search, standings, texts
from briefing.store.acts import StoredDraft
from briefing.store.database import Database


class Store:
    """A desk's articles, editions and deliveries in one file; a context manager.

    Every method is one transaction: done whole or, after an error, not at all. Several processes may use one file.

    Raises:
        StoreError: From every method: the file is damaged, in use for too long, read-only, or its disk is full.
    """

    def __init__(self, database: Database, *, is_new: bool) -> None:
        self._database = database
        self.is_new = is_new  # made just now

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True, thorough: bool = False) -> Store:
        """Open a store's file; an empty or missing one is created.

        Args:
            path: The file.
            create: Make it when it is missing.
            thorough: Check all of it first, also when it is so large that this takes seconds.

        Raises:
            StoreError: The file is missing, or no store, damaged, of a newer program, of another program, or
                read-only; nothing in it is changed then.
        """
        path = Path(path)
        is_new = not os.path.isfile(path) or os.path.getsize(path) == 0
        return cls(opening.open_database(path, create=create, thorough=thorough), is_new=is_new)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self._database.close()

    @property
    def path(self) -> Path:
        """Return the path of the file."""
        return self._database.path

    def add(self, subscription: str, inputs: Sequence[Input], *, seen: datetime, by_hand: bool = False) -> Added:
        """Store the inputs of a visit: each article as a version of its identity, refused inputs with their reasons.

        A state that was the last one at its place already is not kept again. Of an article whose text was
        forgotten nothing is kept. The order of the inputs does not matter. An article belongs to the place that brought
        it: what another place brings under its guid or address is an article of its own, and so is a widely different
        text that the same place shows later.

        Args:
            subscription: Name of the subscription.
            inputs: What was read; ``RawArticle.input`` is a key that stays the same from visit to visit.
            seen: The moment of the visit, aware; visits come in their order.
            by_hand: They are files given to a build, which has told already what is whose (`RawArticle.identity`).
        """
        return articles.add(self._database, subscription, inputs, seen, by_hand=by_hand)

    def inputs(
        self, *, since: datetime, until: datetime, seen_before: datetime | None = None, backlog: bool = True
    ) -> tuple[Input, ...]:
        """Return the inputs of an edition of the time [since, until), in the order of subscription and key.

        One input for each article that was published in that time, or first seen in it and not published more than
        `articles.STALE` before: its newest version, equal to what was added. What was refused in that time, and has
        not been read since, is there too, without articles. Only what was seen before ``seen_before`` counts, or
        before ``until`` when that is None. Without ``backlog``, what the first visit to a source brought counts only
        when it was published in the time asked for, or is one of at most `articles.UNDATED` items without a date.
        """
        return articles.inputs(self._database, since, until, seen_before or until, backlog=backlog)

    def versions(self, key: str) -> tuple[Version, ...]:
        """Return the versions of an article (`Version.key`), oldest first; empty when there is none."""
        return articles.versions(self._database, key)

    def raw(self, key: str, number: int) -> RawArticle | None:
        """Return one version of an article as collected; None when it is missing, or its text was deleted."""
        return articles.raw(self._database, key, number)

    def known(self, url: str, subscription: str) -> bool:
        """Return whether a subscription brought an article with this address, its text deleted or not."""
        return articles.known(self._database, url, subscription)

    def refused(self, subscription: str, path: str) -> tuple[Note, ...]:
        """Return why the input with this key was refused when it was last seen; empty when it was accepted."""
        return articles.refused(self._database, subscription, path)

    def to_clean(self, limit: int = 1_000) -> tuple[Input, ...]:
        """Return at most so many versions that have not been cleaned yet, oldest first."""
        return texts.to_clean(self._database, limit)

    def keep(self, cleaned: Sequence[Cleaned]) -> int:
        """Store the results of cleaning, replacing earlier ones; search and `articles` read them.

        What is not in the store (any more) is passed over. Returns how many texts were kept.
        """
        return texts.keep(self._database, cleaned)

    def articles(self, ids: Iterable[str], *, until: datetime | None = None) -> tuple[Article, ...]:
        """Return the cleaned articles with these `Article.id`, in this order, as far as their text is stored.

        Of several versions the newest seen before ``until``, or of all.
        """
        return texts.articles(self._database, ids, until)

    def remember(self, edition: Edition, issue: bytes, *, made: datetime) -> None:
        """Store an edition and its issue file as those of its day, replacing earlier ones."""
        editions.remember(self._database, edition, issue, made)

    def issue(self, day: date) -> bytes | None:
        """Return the issue file of a day, or None."""
        return editions.issue(self._database, day)

    def made(self, day: date) -> datetime | None:
        """Return when the edition of a day was made, UTC, or None."""
        return editions.made(self._database, day)

    def issues(self, *, since: date, before: date) -> tuple[bytes, ...]:
        """Return the issue files of the days in [since, before), oldest first."""
        return editions.issues(self._database, since, before)

    def printed_from(self, *, since: date, before: date) -> tuple[str, ...]:
        """Return the ids of the articles that the editions of the days in [since, before) cite."""
        return editions.printed_from(self._database, since, before)

    def printed(self, hashes: Iterable[str]) -> dict[str, tuple[date, ...]]:
        """Return hash of a sentence (`Receipt.sha256`) → days it was printed on, oldest first; others are left out."""
        return editions.printed(self._database, hashes)

    def act(
        self, day: date, editor: str, act: Act, *, based_on: int, now: datetime
    ) -> LoggedAct | tuple[LoggedAct, ...]:
        """Append what an editor did to the draft of a day: committed and synced before it returns.

        Returns:
            The act as it was logged; or, where acts that the editor had not seen change the same field of the same
            story, those, and nothing was logged.

        Args:
            day: The draft's.
            editor: Who did it.
            act: What was done.
            based_on: Number of the last act that the editor had seen; 0 for none.
            now: The moment.
        """
        return acts.append(self._database, day, editor, act, based_on, now)

    def acts(self, day: date, *, until: datetime | None = None) -> tuple[LoggedAct, ...]:
        """Return a day's acts in their order, those that were taken back too; only those before ``until``."""
        return acts.log_of(self._database, day, until)

    def day_of_acts_before(self, day: date) -> date | None:
        """Return the last day before one of which acts are logged, or None."""
        return acts.day_before(self._database, day)

    def keep_draft(self, day: date, draft: StoredDraft) -> None:
        """Store the draft of a day, replacing the one before; its acts stay."""
        acts.keep_draft(self._database, day, draft)

    def draft(self, day: date) -> StoredDraft | None:
        """Return the draft of a day, or None."""
        return acts.draft_of(self._database, day)

    def standings(self) -> dict[str, Standing]:
        """Return every standing by its subscription's name."""
        return standings.standings(self._database)

    def keep_standing(self, standing: Standing) -> None:
        """Replace the standing of a subscription."""
        standings.keep_standing(self._database, standing)

    def health(self, now: datetime) -> tuple[Health, ...]:
        """Return the health of each subscription with a standing."""
        return standings.health(self._database, now)

    def search(
        self,
        words: str,
        *,
        theme: str = "",
        outlet: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 20,
    ) -> tuple[Hit, ...]:
        """Return the newest articles that hold all these words, newest first.

        Args:
            words: Words and "phrases", in any form of the word; a * at the end stands for any ending. Empty for all.
            theme: Slug; only articles printed under it.
            outlet: Words of the outlet's name.
            since: Not before this moment (publication, else first sight).
            until: Before this moment.
            limit: Articles at most.
        """
        return search.search(self._database, words, theme=theme, outlet=outlet, since=since, until=until, limit=limit)

    def forgettable(self, *, url: str = "", before: datetime | None = None) -> Forgettable:
        """Return what `forget` would remove, and which editions print from it."""
        return forgetting.forgettable(self._database, url, before)

    def forget(self, *, url: str = "", before: datetime | None = None) -> int:
        """Delete the text of articles for good, raw and cleaned, in every version; return of how many.

        Their identities, addresses, moments and hashes stay, so that they are known and not collected again; so do
        the sentences that editions quote. The text is overwritten in the file, the file written anew: for a large
        store this takes minutes. Copies of the file are not touched.

        Args:
            url: Address of an article.
            before: Or all that were published, or when undated first seen, before this moment. One of the two.
        """
        return forgetting.forget(self._database, url, before)

    def backup(self, path: Path | str) -> None:
        """Write a verified copy of the store to a new file, while others go on using it."""
        opening.backup(self._database, Path(path))

    def deliveries(self, day: date | None = None) -> tuple[Delivery, ...]:
        """Return the log of deliveries, of one edition's day or all of it."""
        return deliveries.deliveries(self._database, day)

    def give_up_stale(self) -> int:
        """Mark messages that a process left in progress as unknown, and return their number.

        Only for whoever sends alone (`locking.sending`): to anybody else they may be under way still.
        """
        return deliveries.give_up_stale(self._database)

    def begin(self, delivery: Delivery, now: datetime, lists: Collection[str] = ()) -> bool:
        """Log that a message is being sent, and return whether it may be: committed and synced before it returns.

        False when it was accepted, may have been, or is under way already, when its recipient is suppressed, and when
        the recipient has unsubscribed from all of the lists that it is sent for.
        """
        return deliveries.begin(self._database, delivery, now, lists)

    def settle(self, delivery: Delivery, state: DeliveryState, reply: str, now: datetime) -> None:
        """Log the result of a message that was begun: its state and the server's last reply."""
        deliveries.settle(self._database, delivery, state, reply, now)

    def suppress(self, address: str, why: str) -> None:
        """Add an address to the suppression list; case does not matter."""
        deliveries.suppress(self._database, address, why)

    def unsuppress(self, address: str) -> bool:
        """Remove an address from the suppression list; return whether it was on it."""
        return deliveries.unsuppress(self._database, address)

    def suppressed(self) -> frozenset[str]:
        """Return the suppressed addresses, in lower case."""
        return deliveries.suppressed(self._database)

    def unsubscribe(self, address: str, name: str, why: str) -> None:
        """Send nothing of one list to an address any more; case does not matter."""
        deliveries.unsubscribe(self._database, address, name, why)

    def resubscribe(self, address: str) -> bool:
        """Undo `unsubscribe` for every list; return whether there was anything to undo."""
        return deliveries.resubscribe(self._database, address)

    def unsubscribed(self) -> frozenset[tuple[str, str]]:
        """Return who has unsubscribed from what, as (address in lower case, name of the list)."""
        return deliveries.unsubscribed(self._database)

    def secret(self, name: str) -> bytes:
        """Return a key of 32 random bytes that stays the same; it is made the first time it is asked for."""
        return deliveries.secret(self._database, name)

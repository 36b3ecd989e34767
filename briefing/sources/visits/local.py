"""Reads local subscriptions: a folder that others fill, and a mailbox of newsletters."""

from __future__ import annotations

from pathlib import Path

from briefing.model import Input
from briefing.sources import read_inputs
from briefing.sources.mailbox import read_mailbox
from briefing.sources.visits.context import Brought, Errand


def visit_folder(errand: Errand) -> Brought:
    """Return everything in a folder, read or refused, as a build of it would.

    Raises:
        SourceError: It is not there, or may not be looked at.
    """
    return Brought(tuple(_keyed(errand, read) for read in read_inputs(errand.subscription.address)))


def visit_mailbox(errand: Errand) -> Brought:
    """Return the newsletters of a maildir or mbox, the latest first up to ``most``.

    Raises:
        SourceError: It is no mailbox, or may not be read.
    """
    found = read_mailbox(Path(errand.subscription.address), most=errand.subscription.most)
    return Brought(tuple(_keyed(errand, read) for read in found))


def _keyed(errand: Errand, read: Input) -> Input:
    articles = tuple(article for raw in read.articles for article in errand.kept(errand.key(raw.input), raw).articles)
    return Input(errand.key(read.path), articles, read.notes)

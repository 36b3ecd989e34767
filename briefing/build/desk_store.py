"""Opens the desk's store where its settings put it, and cleans what is in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from briefing.model import Cleaned, Input
from briefing.settings import Settings
from briefing.store import Store

#: Of the store when the settings name none.
DEFAULT_STORE = "briefing.sqlite"
#: Versions cleaned in one transaction.
BATCH = 1_000


def store_path(settings: Settings) -> Path:
    """Return the path of the store: as the settings say, else `briefing.sqlite` beside the settings file."""
    return settings.folder / (settings.store.path or DEFAULT_STORE)


def has_store(settings: Settings) -> bool:
    """Return whether there is a store, or something that may not be looked at: what that is, opening it says."""
    try:
        os.stat(store_path(settings))
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def open_store(settings: Settings, *, create: bool = True) -> Store:
    """Return the desk's store, created when it is missing and ``create`` allows it; errors as `Store.open`."""
    return Store.open(store_path(settings), create=create)


def clean_collected(store: Store, settings: Settings, *, today: date) -> int:
    """Clean the articles that were collected and not cleaned yet, for the search; return how many."""
    from briefing.stages.clean import clean_all

    kept = 0
    while inputs := store.to_clean(BATCH):
        raws = [raw for read in inputs for raw in read.articles]
        kept += store.keep(clean_all(raws, today=today, time_zone=settings.briefing.time_zone))
    return kept


def clean_stored(settings: Settings, *, last: date, days: int) -> Iterator[tuple[Input, tuple[Cleaned, ...]]]:
    """Yield each input of the store's last days with what cleaning made of it.

    Args:
        settings: Whose store, and whose time zone the days are of.
        last: The last day, its end included.
        days: How many days, from 1.
    """
    from briefing.stages.clean import clean_all

    zone = ZoneInfo(settings.briefing.time_zone)
    until = datetime.combine(last + timedelta(1), time(), zone)
    with open_store(settings, create=False) as store:
        inputs = store.inputs(since=until - timedelta(days), until=until)
    for read in inputs:
        yield read, clean_all(read.articles, today=last, time_zone=settings.briefing.time_zone)

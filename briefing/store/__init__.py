"""The store: articles, editions and deliveries in one SQLite file."""

from briefing.store.acts import StoredDraft
from briefing.store.store import Store

__all__ = ["Store", "StoredDraft"]

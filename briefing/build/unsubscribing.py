"""Takes readers off lists by the token that an unsubscribe link holds."""

from __future__ import annotations

from briefing.build.sending import UNSUBSCRIBE
from briefing.delivery import list_tag, read_token
from briefing.errors import SettingsError
from briefing.settings import Settings
from briefing.store import Store


def unsubscribe(store: Store, settings: Settings, token: str, why: str) -> tuple[str, tuple[str, ...]]:
    """Take the reader off the lists that a token names; return the address and the names of the lists.

    Args:
        store: Whose key signed the token, and which remembers who has left.
        settings: The desk's lists.
        token: As a mail of this desk holds it.
        why: Kept beside the address.

    Raises:
        SettingsError: The token is not one of this store, or no list is called what it names any more.
    """
    leaving = read_token(store.secret(UNSUBSCRIBE), token)
    if leaving is None:
        raise SettingsError(
            "That is not a token of this desk: it was changed, cut short, or made with another store.",
            "Copy all of it, from u1. on; or write the address instead.",
        )
    names = tuple(section.name for section in settings.lists if list_tag(section.name) in leaving.tags)
    if not names:
        raise SettingsError(
            "The list that the token names is not in the settings any more.",
            f"To send that reader nothing at all: briefing lists suppress {leaving.recipient}",
        )
    for name in names:
        store.unsubscribe(leaving.recipient, name, why)
    return leaving.recipient, names

"""Says who is to be given an edition: lists and channels, as far as the edition has their themes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.errors import OutputError, SettingsError
from briefing.model import Channel, Edition, MailForm, MailingList, is_red
from briefing.settings import Settings, is_address


def refuse_held_back(edition: Edition, settings: Settings) -> None:
    """Raise an `OutputError` for an edition that goes to nobody: one marked TLP:RED, or a draft."""
    if is_red(edition.imprint.brand.mark) or is_red(settings.brand.mark):
        raise OutputError(
            f"The edition of {edition.day.isoformat()} is marked TLP:RED: it is not sent, posted or copied anywhere.",
            "Hand it over in person, or build it with another mark under [brand].",
            code="E_TLP_RED",
        )
    if edition.draft:
        raise OutputError(
            f"The edition of {edition.day.isoformat()} is a draft that nobody has signed.",
            "Sign it: briefing publish edition.md",
            code="E_DRAFT",
        )


def receivers_of(settings: Settings, only: str) -> tuple[tuple[MailingList, ...], tuple[Channel, ...]]:
    """Return all lists and channels, or the one of that name; a `SettingsError` when nobody is to have anything."""
    lists = tuple(section.mailing_list(settings.folder) for section in settings.lists)
    channels = tuple(section.channel(settings.folder) for section in settings.channels)
    if only:
        names = [one.name for one in lists] + [one.name for one in channels]
        if only not in names:
            raise SettingsError(
                f"No list and no channel is called {only!r}.", f"Use one of {', '.join(names) or 'none yet'}."
            )
        lists = tuple(one for one in lists if one.name == only)
        channels = tuple(one for one in channels if one.name == only)
    if not channels and not any(one.recipients or one.troubles for one in lists):
        raise SettingsError(
            "Nobody is to be sent anything.", "Name recipients under [[lists]], or a place under [[channels]]."
        )
    return lists, channels


def on_trial(settings: Settings, only: str, address: str) -> tuple[tuple[MailingList, ...], tuple[Channel, ...]]:
    """Return the lists of a test sending: one per scope and form, all to ADDRESS; a default list where none is set."""
    if not is_address(address):
        raise SettingsError(f"{address[:80]!r} is not an e-mail address.", "Write one such as desk@example.org.")
    sections = [section for section in settings.lists if only in ("", section.name)]
    if only and not sections:
        names = ", ".join(section.name for section in settings.lists)
        raise SettingsError(f"No list is called {only!r}.", f"Use one of {names or 'none yet'}.")
    found: dict[tuple[str, MailForm], MailingList] = {}
    for section in sections:
        one = section.mailing_list(settings.folder)
        mine = replace(one, recipients=(address,), send_empty=True, troubles=())
        found.setdefault((one.theme, one.form), mine)
    return tuple(found.values()) or (MailingList("test", (address,), send_empty=True),), ()


def narrowed(edition: Edition, scopes: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Edition]]:
    """Yield each scope that the edition has, with the edition narrowed to it.

    Raises:
        SettingsError: It has none of them.
    """
    themes = [section.theme for section in edition.sections]
    there = [scope for scope, _ in scopes if not scope or set(scope.split("+")) <= set(themes)]
    if scopes and not there:
        scope, receiver = scopes[0]
        raise SettingsError(
            f"{receiver!r} is to have the theme {scope!r}, which the edition does not have.",
            f"Use one of {', '.join(themes)}.",
        )
    for scope in there:
        yield scope, edition.only(scope) if scope else edition

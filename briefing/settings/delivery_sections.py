"""The tables of a settings file that say who is given an edition, and how it is sent."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from briefing.model import (
    SUBJECT_FIELDS,
    Channel,
    ChannelKind,
    MailForm,
    MailingList,
    MailPart,
    MailSecurity,
)
from briefing.settings.base import Section, defaults_of
from briefing.settings.recipients import read_recipients
from briefing.settings.values import WEB, Address, Line, one_of

_FORM = defaults_of(MailForm)


class ListSection(Section):
    """One `[[lists]]`: who is sent the edition, or a digest, and in what form."""

    name: Line
    recipients: tuple[Address, ...] = ()
    recipients_file: Line = ""  # CSV file with more of them, relative to the settings file
    theme: str = ""  # slug; empty for the whole edition
    themes: tuple[str, ...] = ()  # slugs, for one mail on several themes
    send_empty: bool = False  # also on a day without news on the theme
    formats: tuple[MailPart, ...] = _FORM["parts"]
    link: bool = _FORM["link"]
    subject: Line = _FORM["subject"]

    @field_validator("recipients", "themes", "formats", mode="before")
    @classmethod
    def _as_tuple(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value

    @field_validator("themes")
    @classmethod
    def _one_way(cls, slugs: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if slugs and info.data.get("theme"):
            raise ValueError("stands beside theme; keep one of the two")
        return slugs

    @field_validator("formats")
    @classmethod
    def _readable(cls, names: tuple[MailPart, ...]) -> tuple[MailPart, ...]:
        if not {"email", "text"} & set(names):
            raise ValueError("must hold email, text or both; a mail is more than what is attached to it")
        return names

    @field_validator("subject")
    @classmethod
    def _known_fields(cls, pattern: str) -> str:
        for name in re.findall(r"\{(.*?)\}", pattern):
            one_of(name, SUBJECT_FIELDS)
        return pattern

    def scope(self) -> str:
        """Return the slug of its theme, or those of several with + between; empty for the whole edition."""
        return "+".join(sorted(set(self.themes))) or self.theme

    def mailing_list(self, folder: Path) -> MailingList:
        """Return the mailing list it describes; a path starts at the settings file's folder."""
        more, troubles = read_recipients(folder / self.recipients_file) if self.recipients_file else ((), ())
        form = MailForm(self.formats, self.link, self.subject)
        return MailingList(self.name, (*self.recipients, *more), self.scope(), self.send_empty, form, troubles)


class ChannelSection(Section):
    """One `[[channels]]`: a folder, a signed webhook or a chat that is given the edition."""

    name: Line
    kind: ChannelKind
    address: Line
    theme: str = ""
    secret: Line = ""  # environment variable with the key of a webhook's signature
    send_empty: bool = False
    private: bool = False  # the address may lie in the desk's own network

    @field_validator("name")
    @classmethod
    def _own_name(cls, name: str) -> str:
        if name == "mail":
            raise ValueError("is mail, which is what the log calls everything that lists are sent")
        return name

    @field_validator("address")
    @classmethod
    def _reachable(cls, text: str, info: ValidationInfo) -> str:
        if not text or (info.data.get("kind") != "folder" and not WEB.fullmatch(text)):
            raise ValueError("must begin with https://, or be a path for kind folder")
        return text

    def channel(self, folder: Path) -> Channel:
        """Return the channel it describes; a path starts at the settings file's folder."""
        values = {f.name: getattr(self, f.name) for f in fields(Channel)}
        if self.kind == "folder":
            values["address"] = str(folder / self.address)
        return Channel(**values)


class MailSection(Section):
    """`[mail]`: the headers of `briefing.eml` and the server that takes it."""

    sender: Address | None = None
    list_id: Line = ""
    list_unsubscribe: Line = ""  # an https or mailto address
    unsubscribe_address: Line = ""  # https; each reader's token is posted to it (RFC 8058)
    server: Line = ""  # host that takes mail; empty: `briefing send` sends none
    port: Annotated[int, Field(ge=1, le=65_535)] = 587
    security: MailSecurity = "starttls"
    user: Line = ""
    password_variable: Line = "BRIEFING_MAIL_PASSWORD"  # noqa: S105  a name, not a password

    @field_validator("list_unsubscribe")
    @classmethod
    def _link(cls, text: str) -> str:
        if text and not re.fullmatch(r"(https://|mailto:)[^\s<>]+", text):
            raise ValueError("must begin with https:// or mailto:")
        return text

    @field_validator("unsubscribe_address")
    @classmethod
    def _posted_to(cls, text: str) -> str:
        if text and not re.fullmatch(r"https://[!$-;=?-Z_a-z~]+", text):
            raise ValueError("must begin with https://, in plain characters and without #")
        return text

"""Composes what each parcel holds: a mail in its list's form, or the body for a channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from briefing.delivery import MAIL, Files, Parcel, Unsubscribing
from briefing.model import Channel, Edition, MailForm, Mailing
from briefing.outputs import make_files, make_mail
from briefing.outputs.mail import addressed
from briefing.outputs.posts import chat_body, webhook_body
from briefing.outputs.renderings import Renderings
from briefing.settings import Settings
from briefing.text.labels import words


class Composer:
    """Makes the content of parcels; what several parcels share is made once.

    Args:
        editions: By scope: the whole edition under "", digests under their slugs.
        settings: How it is sent.
        channels: By name.
        templates: A folder of templates that override ours.
        key: Of the unsubscribe tokens.
        testing: Subjects are marked as those of a test.
        renderings: What was made and proved already.
    """

    def __init__(
        self,
        editions: Mapping[str, Edition],
        settings: Settings,
        channels: Mapping[str, Channel],
        *,
        templates: Path | None = None,
        key: bytes = b"",
        testing: bool = False,
        renderings: Renderings | None = None,
    ) -> None:
        self._editions = editions
        self._settings = settings
        self._channels = channels
        self._templates = templates
        self._testing = testing
        self._drawings = renderings or Renderings()
        self._zone = ZoneInfo(settings.briefing.time_zone)
        mail = settings.mail
        self._leaving = Unsubscribing(key, mail.unsubscribe_address, mail.list_unsubscribe, mail.sender or "")
        self._mails: dict[tuple[str, MailForm], bytes] = {}

    def compose(self, parcel: Parcel, sent: datetime | None = None) -> Files:
        """Return the content of a parcel; ``sent`` is what the date of a mail says, UTC."""
        edition, channel = self._editions[parcel.delivery.scope], parcel.delivery.channel
        if channel == MAIL:
            return (("message.eml", self._addressed(parcel, edition, sent)),)
        kind = self._channels[channel].kind
        if kind in ("chat", "webhook"):
            edition = self._on_the_web(edition)
        if kind == "chat":
            return (("message.json", chat_body(edition, correction=parcel.correction)),)
        if kind == "webhook":
            body = webhook_body(edition, content=parcel.delivery.content, correction=parcel.correction)
            return (("edition.json", body),)
        return tuple(
            make_files(
                edition, formats=self._settings.outputs.formats, templates=self._templates, renderings=self._drawings
            )
        )

    def _on_the_web(self, edition: Edition) -> Edition:
        """Return an edition with the address that the present settings give its folder."""
        return replace(edition, imprint=replace(edition.imprint, web_address=self._settings.outputs.web_address))

    def _addressed(self, parcel: Parcel, edition: Edition, sent: datetime | None) -> bytes:
        label = "mail_test" if self._testing else "mail_correction" if parcel.correction else ""
        say = words(edition.imprint.language).say
        return addressed(
            self._mail(parcel.delivery.scope, parcel.form),
            recipient=parcel.address,
            message_id=parcel.delivery.message_id,
            subject=say(label, subject="{subject}") if label else "",
            sent=sent.astimezone(self._zone) if sent else None,
            leaving=self._leaving.headers(parcel.address, parcel.lists),
        )

    def _mail(self, scope: str, form: MailForm) -> bytes:
        """Return the mail of an edition as the present settings head it, without recipients."""
        if (scope, form) not in self._mails:
            edition, mail = self._editions[scope], self._settings.mail
            most = edition.imprint.mailing.most_bytes
            mailing = Mailing(mail.sender or "", mail.list_id, mail.list_unsubscribe, most)
            web = self._settings.outputs.web_address if form.link else ""
            self._mails[scope, form] = make_mail(
                replace(edition, imprint=replace(edition.imprint, mailing=mailing, web_address=web)),
                form,
                templates=self._templates,
                renderings=self._drawings,
            )
        return self._mails[scope, form]

"""The payloads of webhooks and chats: an edition as JSON, and as a message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.model import Edition, EditionStory, Source
from briefing.outputs.addresses import page_address
from briefing.outputs.links import link, printable
from briefing.text.labels import Words, words

_LONGEST = 3_900  # characters of a chat message; Slack cuts at 4,000
_BREAK = "\u200b"  # seen by nobody; parts what a chat would take for a mention, a channel, a tag or an address
_MENTION = re.compile(r"[@＠#~]")
_ADDRESS = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_])|(?<=:)//|(?<=mailto):|(?<=\])\(")


def webhook_body(edition: Edition, *, content: str, correction: bool = False) -> bytes:
    """Return the JSON of a webhook: the edition, its key points with their sources, its items with links.

    Args:
        edition: Whole or narrowed to a theme.
        content: SHA-256 of what it says, by which a receiver tells versions apart.
        correction: Another version of the same day was posted before.
    """
    listed, imprint = edition.by_article, edition.imprint

    def source(article_id: str) -> dict[str, str]:
        return _source(listed[article_id])

    data: dict[str, Any] = {
        "day": edition.day.isoformat(),
        "title": imprint.title,
        "organisation": imprint.organisation,
        "language": imprint.language,
        "theme": edition.scope,
        "mark": imprint.brand.mark,
        "content": content,
        "correction": correction,
        "page": page_address(edition),
        "key_points": [
            {
                "text": p.sentence.text,
                "item": p.story,
                "theme": p.theme,
                "source": _source(listed[p.sentence.article_id]),
            }
            for p in edition.key_points
        ],
        "sections": [
            {"theme": s.theme, "name": s.name, "items": [_item(edition, story, listed) for story in s.stories]}
            for s in edition.sections
        ],
    }
    return json.dumps({"type": "briefing.edition", "data": data}, ensure_ascii=False).encode("utf-8")


def chat_body(edition: Edition, *, correction: bool = False) -> bytes:
    """Return the JSON of a message for Mattermost or Slack: title, day, key points with their sources.

    A digest without key points gives its headlines. Text of articles pings nobody and links nowhere: the only links
    are the sources' and that to the edition's page where it has one, http or https.
    """
    w = words(edition.imprint.language)
    page = page_address(edition)
    head = [_title(edition, w, correction=correction), *([f"<{page}|{w.say('on_the_web')}>"] if page else [])]
    text = "\n".join((*head, *_within(list(_lines(edition)), w, sum(map(len, head)))))
    # Slack: no address is linked or drawn but those marked as links; Mattermost takes no notice of these.
    return json.dumps({"text": text, "parse": "none", "unfurl_links": False, "unfurl_media": False}).encode("ascii")


def _title(edition: Edition, w: Words, *, correction: bool) -> str:
    theme = ", ".join(section.name for section in edition.sections) if edition.scope else ""
    head = f"{edition.imprint.title}: {theme}" if theme else edition.imprint.title
    head = w.say("mail_correction", subject=head) if correction else head
    mark = f"[{edition.imprint.brand.mark}] " if edition.imprint.brand.mark else ""
    return harmless(f"{mark}{head}, {edition.day.isoformat()}")


def _lines(edition: Edition) -> Iterator[str]:
    listed = edition.by_article
    for point in edition.key_points:
        yield f"• {harmless(point.sentence.text)} ({_linked(listed[point.sentence.article_id])})"
    if not edition.key_points:
        for story in edition.stories:
            yield f"• {harmless(story.headline)} ({_linked(listed[story.headline_receipt.article_id])})"


def _within(lines: list[str], w: Words, taken: int) -> list[str]:
    """Return the lines that fit a message, and the number of those that do not."""
    kept: list[str] = []
    for line in lines:
        taken += len(line) + 1
        if taken > _LONGEST:
            return [*kept, f"… {w.count('more_items', len(lines) - len(kept))}"]
        kept.append(line)
    return kept


def _linked(source: Source) -> str:
    name, url = harmless(source.outlet or source.title).replace("|", "/"), link(source.url)
    return f"<{url.replace('|', '%7C')}|{name}>" if url else name


def harmless(text: str) -> str:
    """Return an article's text escaped for a chat: no mention, no link, no markup."""
    plain = " ".join(printable(text).split())
    plain = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    plain = _MENTION.sub(lambda found: found[0] + _BREAK, plain)
    return _ADDRESS.sub(lambda found: _BREAK + found[0], plain)


def _item(edition: Edition, story: EditionStory, listed: Mapping[str, Source]) -> dict[str, Any]:
    sources = [_source(listed[key]) for key in story.sources]
    page = page_address(edition, story.number)
    return {"number": story.number, "headline": story.headline, "page": page, "sources": sources}


def _source(source: Source) -> dict[str, str]:
    return {"outlet": source.outlet, "title": source.title, "url": link(source.url)}

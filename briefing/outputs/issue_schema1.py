"""Brings an issue file of schema 1 into the form of schema 2, as far as it can be.

Schema 1 pointed at sources by their numbers and had no receipt for headlines: what is made up for these here is sound
in itself and was never proved, so that `briefing verify` says the file is too old to prove.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

_IMPRINT = (
    "title",
    "day",
    "first_day",
    "organisation",
    "language",
    "time_zone",
    "paper",
    "method",
    "brand",
    "mailing",
    "program",
)


def upgraded(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON object of an issue file of schema 1 as schema 2 has it.

    Raises:
        LookupError, TypeError: A field of schema 1 is missing or of another type.
    """
    ids = {source["number"]: source["article_id"] for source in data["sources"]}
    rest = {key: value for key, value in data.items() if key not in _IMPRINT}
    imprint = {key: data[key] for key in _IMPRINT if key in data}
    return {**_pointing_at_articles(rest, ids), "imprint": imprint, "schema": 2, "written_as": 1}


def _pointing_at_articles(value: Any, ids: Mapping[int, str]) -> Any:
    if isinstance(value, list):
        return [_pointing_at_articles(part, ids) for part in value]
    if not isinstance(value, dict):
        return value
    new = {key: _pointing_at_articles(part, ids) for key, part in value.items()}
    if "headline_source" in new:
        new["headline_receipt"] = _headline_receipt(
            value, ids[new.pop("headline_source")], untitled=new.pop("untitled")
        )
    if "old" in new:
        new["article_id"] = ids[new["source"]]
    new.pop("source", None)
    for name in ("sources", "support"):
        if all(isinstance(number, int) for number in new.get(name, [""])):
            new[name] = [ids[number] for number in new[name]]
    return new


def _headline_receipt(story: Mapping[str, Any], article_id: str, *, untitled: bool) -> dict[str, Any]:
    """Return a receipt for a headline: into the title, or to where the sentence that begins with it stands."""
    text = story["headline"]
    sentences = [s for s in story["summary"] if s["receipt"]["article_id"] == article_id and s["text"].startswith(text)]
    start = sentences[0]["receipt"]["start"] if untitled and sentences else 0
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    place = {"article_id": article_id, "start": start, "end": start + len(text)}
    return {**place, "sha256": digest, "of": "body" if untitled else "title"}

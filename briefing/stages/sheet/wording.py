"""Names acts in words, for the history and for lists of what no longer fits."""

from __future__ import annotations

from briefing.model.acts import Act
from briefing.stages.sheet.replaying import Lost


def lost_line(lost: Lost) -> str:
    """Return what is said of an act that no longer fits, a sentence."""
    what = f"“{lost.act.text}”" if lost.act.text else said_of(lost.act)
    return f"{what}: {lost.why[:1].lower()}{lost.why[1:]}"


_SAID = {
    "drop": "drop",
    "keep": "keep",
    "swap": "swap a sentence",
    "add": "add a sentence",
    "order": "put in order",
    "pin": "pin",
    "move": "move to another section",
    "title": "headline",
    "line": "your line",
    "unline": "take out your line",
    "point": "key point",
    "no point": "no key point",
    "drop unchanged": "drop all without news",
    "move passage": "move a passage",
    "not theme": "not on the theme",
    "merge": "merge",
    "split": "split",
    "hold": "hold for tomorrow",
    "take in": "take in",
    "leave out": "leave out",
    "note": "note",
    "review": "reviewed",
    "take back": "take back",
}


def said_of(act: Act) -> str:
    """Return what an act does, in words, without the item it is about."""
    what = _SAID[act.kind]
    if act.kind in ("drop", "keep", "order") and act.place not in ("", "section"):
        what = f"{what} {_PLACES.get(act.place, act.place)}"
    if act.kind == "take back":
        return f"{what} act {act.number}"
    if act.text:
        return f"{what} “{act.text}”"
    return f"{what} ({act.theme})" if act.theme else what


_PLACES = {
    "item": "sentences",
    "passages": "passages",
    "accounts": "differing accounts",
    "account": "a row of differing accounts",
    "statements": "statements",
    "corrections": "corrections",
    "quiet": "what has gone quiet",
    "short": "lines in short",
    "points": "key points",
    "sections": "sections",
}

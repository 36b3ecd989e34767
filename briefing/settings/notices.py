"""Finds what the settings say that is possible and certainly not meant; nothing of it keeps an edition from readers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from briefing.settings.mistakes import locate
from briefing.settings.sections import Settings, ThemeSection
from briefing.settings.suggestions import nearest

#: A list's theme that is every story which fits no theme.
OTHER = "other"


def notices_of(settings: Settings, text: str, path: Path, default_themes: Collection[str]) -> tuple[str, ...]:
    """Return a sentence for each such line, with the file and the line.

    Args:
        settings: As read.
        text: The file's.
        path: The file.
        default_themes: Slugs of the themes that apply where the settings have none.
    """
    slugs = tuple(section.theme().slug for section in settings.themes) or tuple(default_themes)
    found = [*_unknown_themes(settings, slugs), *_termless(settings.themes), *_others(settings)]
    lines = sorted((locate(text, place), sentence) for place, sentence in found)
    return tuple(f"{path}:{line}: {sentence}" for line, sentence in lines)


_Place = tuple[int | str, ...]


def _unknown_themes(settings: Settings, slugs: Sequence[str]) -> Iterator[tuple[_Place, str]]:
    named: list[tuple[_Place, str, str]] = []
    for n, one in enumerate(settings.lists):
        named += [(("lists", n, "theme"), one.theme, repr(one.name))] if one.theme else []
        named += [(("lists", n, "themes"), slug, repr(one.name)) for slug in one.themes]
    for n, channel in enumerate(settings.channels):
        named += [(("channels", n, "theme"), channel.theme, repr(channel.name))] if channel.theme else []
    for place, slug, name in named:
        if slug not in (*slugs, OTHER):
            yield place, f"no theme has the slug {slug!r}, so {name} is sent nothing; {_meant(settings, slug, slugs)}"
    for slug in settings.importance.themes:
        if slug not in slugs:
            yield (
                ("importance", "themes"),
                f"no theme has the slug {slug!r}, so its points count nowhere; {_meant(settings, slug, slugs)}",
            )


def _meant(settings: Settings, slug: str, slugs: Sequence[str]) -> str:
    by_name = {section.name.casefold(): section.theme().slug for section in settings.themes}
    close = by_name.get(slug.casefold()) or nearest(slug, slugs)
    return f"did you mean {close!r}?" if close else f"use one of {', '.join(slugs)}."


def _termless(themes: Sequence[ThemeSection]) -> Iterator[tuple[_Place, str]]:
    for n, theme in enumerate(themes):
        if not (theme.terms or theme.strong or theme.weak or theme.pairs or theme.learnt):
            yield ("themes", n), f"the theme {theme.name!r} has no terms, so nothing is ever found for it; add terms."


def _others(settings: Settings) -> Iterator[tuple[_Place, str]]:
    for n, one in enumerate(settings.lists):
        if one.link and not settings.outputs.web_address:
            yield ("lists", n, "link"), f"{one.name!r} asks for a link, but [outputs] has no web_address."
        if one.recipients_file and not (settings.folder / one.recipients_file).is_file():
            place = ("lists", n, "recipients_file")
            yield place, f"{one.recipients_file} is not a file: nobody of it is sent {one.name!r}."

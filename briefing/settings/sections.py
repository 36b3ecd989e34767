"""The tables of a settings file as validated models, each with its defaults."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from briefing.model import (
    LOCAL_KINDS,
    Brand,
    ImportanceWeights,
    Imprint,
    Length,
    Mailing,
    PageLanguage,
    Paper,
    Strictness,
    Subscription,
    SubscriptionKind,
    Theme,
    ThemeWords,
)
from briefing.settings.base import Section, defaults_of
from briefing.settings.delivery_sections import ChannelSection, ListSection, MailSection
from briefing.settings.values import (
    SCHEDULER,
    SLUG,
    WEB,
    Colour,
    LanguageCode,
    Line,
    Zone,
    as_float,
    is_address,
    one_of,
)

#: Of what the sections describe, where each default stands once.
_IMPRINT, _BRAND, _MAILING = defaults_of(Imprint), defaults_of(Brand), defaults_of(Mailing)
_SUBSCRIPTION, _THEME = defaults_of(Subscription), defaults_of(Theme)


class BriefingSection(Section):
    """`[briefing]`: what the edition is called, and where its day begins."""

    title: Line = "Morning briefing"
    organisation: Line = ""
    time_zone: Zone = _IMPRINT["time_zone"]
    language: PageLanguage = _IMPRINT["language"]
    paper: Paper = _IMPRINT["paper"]


class SummariesSection(Section):
    """`[summaries]`: how much of a story is printed, and which method chooses it."""

    method: str = _IMPRINT["method"]
    sentences: Annotated[int, Field(ge=1, le=12)] = 3  # of a story
    article_sentences: Annotated[int, Field(ge=1, le=12)] = 2  # of each article in the source list
    key_points: Annotated[int, Field(ge=0, le=8)] = 8
    statements: Annotated[int, Field(ge=0, le=50)] = 5  # who said what, of the edition

    @field_validator("method")
    @classmethod
    def _known_method(cls, name: str, info: ValidationInfo) -> str:
        return one_of(name, (info.context or {}).get("methods"))


class StoriesSection(Section):
    """`[stories]`: how strictly articles are grouped into one event."""

    strictness: Strictness = "normal"
    other_news: bool = True  # print what fits no theme under "Other news"


Points = Annotated[float, Field(ge=-5, le=5)]


class ImportanceSection(Section):
    """`[importance]`: what the desk adds to the importance of stories, in points of a scale from 0 to 5."""

    themes: dict[str, Points] = Field(default_factory=dict)  # slug → points
    outlets: dict[str, Points] = Field(default_factory=dict)  # name → points
    words: dict[str, Points] = Field(default_factory=dict)  # word or phrase of the opening → points
    countries: dict[str, Points] = Field(default_factory=dict)  # name → points

    def weights(self) -> ImportanceWeights:
        """Return them as the stages take them."""
        return ImportanceWeights(self.themes, self.outlets, self.words, self.countries)


class OutputsSection(Section):
    """`[outputs]`: formats, templates and addresses."""

    formats: tuple[str, ...] | None = None  # None: every one
    templates: Line = ""  # folder of the desk's own templates, relative to the settings file
    web_address: Line = ""  # where the folder of editions is on the web

    @field_validator("web_address")
    @classmethod
    def _on_the_web(cls, text: str) -> str:
        if text and not WEB.fullmatch(text):
            raise ValueError("must begin with https:// or http://")
        return text

    @field_validator("formats", mode="before")
    @classmethod
    def _as_tuple(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value

    @field_validator("formats")
    @classmethod
    def _known_formats(cls, names: tuple[str, ...] | None, info: ValidationInfo) -> tuple[str, ...] | None:
        for name in names or ():
            one_of(name, (info.context or {}).get("formats"))
        return names


class BrandSection(Section):
    """`[brand]`: the organisation's branding."""

    accent: Colour = _BRAND["accent"]
    logo: Line = ""  # path of a PNG or SVG, relative to the settings file
    footer: Line = ""
    mark: Line = ""  # handling mark such as TLP:AMBER


class LimitsSection(Section):
    """`[limits]`: the length contract; 0 means no limit."""

    length: Length = "standard"  # how much of the day is told, and what of it in a line
    pages: Annotated[int, Field(ge=0, le=1000)] = 0  # of the PDF
    words_per_theme: Annotated[int, Field(ge=0)] = 0
    words_per_source: Annotated[int, Field(ge=0)] = 0  # quoted from one article
    mail_bytes: Annotated[int, Field(ge=20_000, le=100_000)] = _MAILING["most_bytes"]  # Gmail clips beyond 102 kB


class StoreSection(Section):
    """`[store]`: where articles, editions and deliveries are stored, and how far back an edition looks."""

    path: Line = ""  # relative to the settings file; empty: no memory for `build PATH`, briefing.sqlite for all else

    @field_validator("path")
    @classmethod
    def _a_file(cls, text: str) -> str:
        if text.startswith((":", "file:")):
            raise ValueError("must be the path of a file: what is kept in memory is gone when the program ends")
        return text

    days: Annotated[int, Field(ge=1, le=31)] = 2  # of articles an edition without PATH is made of, its own included
    memory: Annotated[int, Field(ge=1, le=366)] = 30  # days of earlier editions it is compared with


class EngineSection(Section):
    """`[engine]`: where the analysis of articles runs."""

    jobs: Annotated[int, Field(ge=0, le=1_000)] = 0  # processes; 0: one a core where there is work for them
    cluster: Line = ""  # address of a Dask scheduler
    cache: bool = True  # keep what is worked out of articles for the next build

    @field_validator("cluster")
    @classmethod
    def _scheduler(cls, text: str) -> str:
        if text and not SCHEDULER.fullmatch(text):
            raise ValueError("must be an address such as tcp://scheduler:8786")
        return text


class CollectSection(Section):
    """`[collect]`: how articles are fetched."""

    contact: Line = ""  # a web or mail address that servers are told
    delay: Annotated[float, Field(ge=0, le=60)] = 1.0  # seconds between two requests to one host
    deadline: Annotated[float, Field(gt=0, le=120)] = 30.0  # seconds for one request, redirects and body included
    loopback: bool = False  # allow addresses of this machine: for tests and for a feed served beside the program

    @field_validator("contact")
    @classmethod
    def _answered(cls, text: str) -> str:
        if text and not (text.isascii() and (WEB.fullmatch(text) or is_address(text))):
            raise ValueError("must be an address that somebody reads, such as desk@example.org or https://example.org/")
        return text

    @field_validator("delay", "deadline", mode="before")
    @classmethod
    def _seconds(cls, value: object) -> object:
        return as_float(value)


class SourceSection(Section):
    """One `[[sources]]`: where articles are collected from."""

    name: Line
    kind: SubscriptionKind = "feed"
    address: Line
    outlet: Line = ""
    language: Line = ""
    full_text: bool = _SUBSCRIPTION["full_text"]
    every: Annotated[int, Field(ge=1, le=10_080)] = _SUBSCRIPTION["every"]  # minutes
    most: Annotated[int, Field(ge=1, le=1_000)] = _SUBSCRIPTION["most"]  # pages a visit

    @field_validator("address")
    @classmethod
    def _reachable(cls, text: str, info: ValidationInfo) -> str:
        on_the_web = info.data.get("kind", "folder") not in LOCAL_KINDS  # a wrong kind is a mistake of its own
        if not text or (on_the_web and not WEB.fullmatch(text)):
            raise ValueError("must begin with http:// or https://, or be a path for kind folder and mailbox")
        return text

    def subscription(self, folder: Path) -> Subscription:
        """Return the subscription it describes; a path starts at the settings file's folder."""
        values = {f.name: getattr(self, f.name) for f in fields(Subscription)}
        if self.kind in LOCAL_KINDS:
            values["address"] = str(folder / self.address)
        return Subscription(**values)


class ThemeWordsSection(Section):
    """One `[themes.words.CODE]`: a theme's terms in one language."""

    terms: tuple[Line, ...] = ()
    strong: tuple[Line, ...] = ()
    weak: tuple[Line, ...] = ()
    pairs: tuple[tuple[Line, Line], ...] = ()
    exclusions: tuple[Line, ...] = ()
    against: tuple[Line, ...] = ()
    actors: Annotated[int, Field(ge=0, le=5)] = 0

    @field_validator("terms", "strong", "weak", "exclusions", "against", mode="before")
    @classmethod
    def _terms(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value

    @field_validator("pairs", mode="before")
    @classmethod
    def _pairs(cls, value: object) -> object:
        return tuple(tuple(p) if isinstance(p, list) else p for p in value) if isinstance(value, list) else value


class ThemeSection(Section):
    """One `[[themes]]`: a subject the edition is sorted by."""

    name: Line
    slug: str = ""
    description: Line = ""
    terms: tuple[Line, ...] = ()
    strong: tuple[Line, ...] = ()
    weak: tuple[Line, ...] = ()
    pairs: tuple[tuple[Line, Line], ...] = ()
    exclusions: tuple[Line, ...] = ()
    weights: tuple[tuple[Line, float], ...] = ()
    actors: Annotated[int, Field(ge=0, le=5)] = _THEME["actors"]
    main: Annotated[float, Field(gt=0, le=1)] = _THEME["main"]
    mention: Annotated[float, Field(gt=0, le=1)] = _THEME["mention"]
    against: tuple[Line, ...] = ()
    groups: tuple[tuple[Line, tuple[Line, ...]], ...] = ()  # a table of lists in the file
    learnt: tuple[tuple[Line, float], ...] = ()  # a table, as `briefing themes learn` prints it
    languages: tuple[LanguageCode, ...] = ()
    words: dict[LanguageCode, ThemeWordsSection] = Field(default_factory=dict)

    @field_validator("terms", "strong", "weak", "exclusions", "against", "languages", mode="before")
    @classmethod
    def _terms(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value

    @field_validator("pairs", mode="before")
    @classmethod
    def _pairs(cls, value: object) -> object:
        return tuple(tuple(p) if isinstance(p, list) else p for p in value) if isinstance(value, list) else value

    @field_validator("weights", "learnt", mode="before")
    @classmethod
    def _weights(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return tuple((k, as_float(v)) for k, v in value.items())

    @field_validator("groups", mode="before")
    @classmethod
    def _groups(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return tuple((name, tuple(terms) if isinstance(terms, list) else terms) for name, terms in value.items())

    @field_validator("main", "mention", mode="before")
    @classmethod
    def _score(cls, value: object) -> object:
        return as_float(value)

    @field_validator("groups")
    @classmethod
    def _flat(cls, groups: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        names = {f"<{name}>" for name, _ in groups}
        for name, terms in groups:
            for term in terms:
                if term in names:
                    raise ValueError(f"has {term} inside <{name}>; a group holds terms, not other groups")
        return groups

    @field_validator("slug")
    @classmethod
    def _slug(cls, text: str) -> str:
        if text and (not SLUG.fullmatch(text) or len(text) > 80 or text == "other"):
            raise ValueError("must be lower-case letters, digits and hyphens, such as arms-shipments")
        return text

    def theme(self) -> Theme:
        """Return the theme this section describes; the slug is made of the name when none is given."""
        values = {f.name: getattr(self, f.name) for f in fields(Theme) if hasattr(self, f.name)}
        values["slug"] = slug_of(self.name, self.slug)
        values["words"] = tuple(ThemeWords(code, **dict(words)) for code, words in self.words.items())
        return Theme(**values)


class Settings(Section):
    """All settings. `themes` is empty when the defaults apply."""

    briefing: BriefingSection = BriefingSection()
    summaries: SummariesSection = SummariesSection()
    stories: StoriesSection = StoriesSection()
    importance: ImportanceSection = ImportanceSection()
    outputs: OutputsSection = OutputsSection()
    brand: BrandSection = BrandSection()
    limits: LimitsSection = LimitsSection()
    mail: MailSection = MailSection()
    names: dict[str, tuple[Line, ...]] = Field(default_factory=dict)  # a name → its other spellings
    store: StoreSection = StoreSection()
    collect: CollectSection = CollectSection()
    engine: EngineSection = EngineSection()
    themes: tuple[ThemeSection, ...] = ()
    sources: tuple[SourceSection, ...] = ()
    lists: tuple[ListSection, ...] = ()
    channels: tuple[ChannelSection, ...] = ()
    folder: Path = Field(default=Path(), exclude=True)  # of the settings file; paths in it start here
    notices: tuple[str, ...] = Field(default=(), exclude=True)  # what it says that cannot be meant, with its lines

    @field_validator("names", mode="before")
    @classmethod
    def _spellings(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {name: tuple(other) if isinstance(other, list) else other for name, other in value.items()}

    @field_validator("themes", "sources", "lists", "channels", mode="before")
    @classmethod
    def _as_tuple(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value


def slug_of(name: str, slug: str) -> str:
    """Return a theme's slug, made of its name when none is given."""
    return slug or "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "theme"

"""`briefing.toml` → `Settings`, checked once, every mistake named with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from briefing.errors import SettingsError
from briefing.model import Theme

LARGEST_FILE = 1_000_000  # bytes; a settings file is a few kilobytes
LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3, text on white
DEFAULT_NAME = "briefing.toml"

# The parser's time grows with the square of a dotted key's parts: 24 s for 100,000.
_DEEP_KEY = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){50}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069]|=\?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")


def _one_line(text: str) -> str:
    if _UNPRINTABLE.search(text):
        raise ValueError("must be one line of plain text")
    return text


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"is no time zone: {name[:40]!r}; use a name such as Europe/Berlin") from error
    return name


def _colour(text: str) -> str:
    if not _COLOUR.fullmatch(text):
        raise ValueError("must be a colour such as #1f4e79")
    if contrast_on_white(text) < LEAST_CONTRAST:
        raise ValueError(f"is too light to read on white; the nearest that can be read is {nearest_readable(text)}")
    return text.lower()


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text) or len(text) > 254:
        raise ValueError("must be one e-mail address such as desk@example.org")
    return text


Line = Annotated[str, Field(max_length=200), AfterValidator(_one_line)]
Address = Annotated[str, AfterValidator(_address)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class BriefingSection(_Section):
    """What the edition is called, and where its day begins."""

    title: Line = "Morning briefing"
    organisation: Line = ""
    time_zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    language: Literal["en", "de", "fr", "es", "uk"] = "en"
    paper: Literal["A4", "Letter"] = "A4"


class SummariesSection(_Section):
    """How much of a story is printed, and who chooses it."""

    method: str = "newswire"
    sentences: Annotated[int, Field(ge=1, le=12)] = 3  # of a story
    article_sentences: Annotated[int, Field(ge=1, le=12)] = 2  # of each article in the source list
    key_points: Annotated[int, Field(ge=0, le=8)] = 8
    statements: Annotated[int, Field(ge=0, le=50)] = 8  # who said what, of each theme

    @field_validator("method")
    @classmethod
    def _known_method(cls, name: str, info: ValidationInfo) -> str:
        return _one_of(name, (info.context or {}).get("methods"))


class StoriesSection(_Section):
    """What counts as one event."""

    strictness: Literal["strict", "normal", "loose"] = "normal"
    other_news: bool = True  # print what fits no theme under "Other news"


class OutputsSection(_Section):
    """What is written."""

    formats: tuple[str, ...] | None = None  # None: every one
    templates: Line = ""  # folder of the desk's own templates, relative to the settings file

    @field_validator("formats", mode="before")
    @classmethod
    def _as_tuple(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value

    @field_validator("formats")
    @classmethod
    def _known_formats(cls, names: tuple[str, ...] | None, info: ValidationInfo) -> tuple[str, ...] | None:
        for name in names or ():
            _one_of(name, (info.context or {}).get("formats"))
        return names


class BrandSection(_Section):
    """What makes the page the organisation's own."""

    accent: Annotated[str, AfterValidator(_colour)] = "#1f4e79"
    logo: Line = ""  # path of a PNG or SVG, relative to the settings file
    footer: Line = ""
    mark: Line = ""  # handling mark such as TLP:AMBER


class LimitsSection(_Section):
    """The length contract; 0 means no limit."""

    pages: Annotated[int, Field(ge=0, le=1000)] = 0  # of the PDF
    words_per_theme: Annotated[int, Field(ge=0)] = 0
    words_per_source: Annotated[int, Field(ge=0)] = 0  # quoted from one article
    mail_bytes: Annotated[int, Field(ge=20_000, le=100_000)] = 100_000  # Gmail clips beyond 102 kB


class MailSection(_Section):
    """Headers of `briefing.eml`."""

    sender: Address | None = None
    list_id: Line = ""
    list_unsubscribe: Line = ""  # an https or mailto address

    @field_validator("list_unsubscribe")
    @classmethod
    def _link(cls, text: str) -> str:
        if text and not re.fullmatch(r"(https://|mailto:)[^\s<>]+", text):
            raise ValueError("must begin with https:// or mailto:")
        return text


class ThemeSection(_Section):
    """One `[[themes]]`: a subject the edition is sorted by."""

    name: Line
    slug: str = ""
    description: Line = ""
    strong: tuple[Line, ...] = ()
    weak: tuple[Line, ...] = ()
    pairs: tuple[tuple[Line, Line], ...] = ()
    exclusions: tuple[Line, ...] = ()
    weights: tuple[tuple[Line, float], ...] = ()
    actors: Annotated[int, Field(ge=0, le=5)] = 0
    main: Annotated[float, Field(gt=0, le=1)] = 0.5
    mention: Annotated[float, Field(gt=0, le=1)] = 0.2
    against: tuple[Line, ...] = ()
    groups: tuple[tuple[Line, tuple[Line, ...]], ...] = ()  # a table of lists in the file

    @field_validator("strong", "weak", "exclusions", "against", mode="before")
    @classmethod
    def _terms(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value

    @field_validator("pairs", mode="before")
    @classmethod
    def _pairs(cls, value: object) -> object:
        return tuple(tuple(p) if isinstance(p, list) else p for p in value) if isinstance(value, list) else value

    @field_validator("weights", mode="before")
    @classmethod
    def _weights(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return tuple((k, float(v) if isinstance(v, int) and not isinstance(v, bool) else v) for k, v in value.items())

    @field_validator("groups", mode="before")
    @classmethod
    def _groups(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return tuple((name, tuple(terms) if isinstance(terms, list) else terms) for name, terms in value.items())

    @field_validator("main", "mention", mode="before")
    @classmethod
    def _score(cls, value: object) -> object:
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("slug")
    @classmethod
    def _slug(cls, text: str) -> str:
        if text and (not _SLUG.fullmatch(text) or len(text) > 80 or text == "other"):
            raise ValueError("must be lower-case letters, digits and hyphens, such as arms-shipments")
        return text

    def theme(self) -> Theme:
        """Return the theme this section describes; the slug is made of the name when none is given."""
        values = {f.name: getattr(self, f.name) for f in fields(Theme) if hasattr(self, f.name)}
        values["slug"] = _slug_of(self.name, self.slug)
        return Theme(**values)


class Settings(_Section):
    """Everything a user can set. `themes` is empty when the defaults apply."""

    briefing: BriefingSection = BriefingSection()
    summaries: SummariesSection = SummariesSection()
    stories: StoriesSection = StoriesSection()
    outputs: OutputsSection = OutputsSection()
    brand: BrandSection = BrandSection()
    limits: LimitsSection = LimitsSection()
    mail: MailSection = MailSection()
    names: dict[str, tuple[Line, ...]] = Field(default_factory=dict)  # a name → its other spellings
    themes: tuple[ThemeSection, ...] = ()
    folder: Path = Field(default=Path(), exclude=True)  # of the settings file; paths in it start here

    @field_validator("names", mode="before")
    @classmethod
    def _spellings(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {name: tuple(other) if isinstance(other, list) else other for name, other in value.items()}

    @field_validator("themes", mode="before")
    @classmethod
    def _as_tuple(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value


def read_settings(
    path: Path | None = None, *, methods: Collection[str] | None = None, formats: Collection[str] | None = None
) -> Settings:
    """Return the settings of a file; of `./briefing.toml` if it is there and no path is given, else the defaults.

    Args:
        path: The file; None for the default place.
        methods: Names a ranking method may have; None accepts any.
        formats: Names an output may have; None accepts any.

    Raises:
        SettingsError: The file cannot be read, or says something it may not; names file, line and key.
    """
    if path is None:
        path = Path(DEFAULT_NAME)
        if not path.exists():
            return Settings()
    text = _text_of(path)
    data = _parsed(path, text)
    mistakes = [*_twins(text, data)]
    if data.pop("folder", None) is not None:
        mistakes.append((locate(text, ("folder",)), "folder is no setting."))
    try:
        read = Settings.model_validate(data, context={"methods": methods, "formats": formats})
    except ValidationError as error:
        raise _refusal(path, [*mistakes, *(_mistake(text, e) for e in error.errors())]) from error
    if mistakes:
        raise _refusal(path, mistakes)
    return read.model_copy(update={"folder": path.resolve().parent})


def default_file(themes: str) -> str:
    """Return a commented `briefing.toml` with every setting at its default, ending in the text of ``themes``."""
    base = resources.files("briefing") / "data" / "briefing.toml"
    return base.read_text(encoding="utf-8") + themes


def contrast_on_white(colour: str) -> float:
    """Return the WCAG contrast ratio of #rrggbb on white, 1.0 (white) to 21.0 (black)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def nearest_readable(colour: str) -> str:
    """Return the lightest darkening of #rrggbb that can be read on white."""
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for percent in range(100, -1, -1):
        darker = "#" + "".join(f"{c * percent // 100:02x}" for c in channels)
        if contrast_on_white(darker) >= LEAST_CONTRAST:
            return darker
    return "#000000"


def locate(text: str, path: tuple[int | str, ...]) -> int:
    """Return the line, from 1, on which a TOML text sets the value at ``path``; of its table when it does not."""
    wanted = [str(p) for p in path]
    table: list[str] = []
    counts: dict[str, int] = {}
    best, depth = 1, 0
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*(\[\[?)\s*([\w.\s\"'-]+?)\s*\]", line)
        key = re.match(r"\s*([\w\"'-]+)\s*=", line)
        if header:
            table = [part.strip("\"' ") for part in header[2].split(".")]
            if header[1] == "[[":
                counts[header[2]] = counts.get(header[2], -1) + 1
                table.append(str(counts[header[2]]))
            here = table
        elif key:
            here = [*table, key[1].strip("\"'")]
        else:
            continue
        if here == wanted[: len(here)] and len(here) > depth:
            best, depth = number, len(here)
    return best


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise SettingsError(f"{path} does not exist.", "Run `briefing init` to write one.", code="E_CONFIG") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.", code="E_CONFIG") from error
    if len(data) > LARGEST_FILE:
        raise SettingsError(f"{path} is too large for a settings file.", code="E_CONFIG")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text.", "Save it as UTF-8.", code="E_CONFIG") from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    if deep := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise SettingsError(f"{path}:{line} is nested too deeply.", "Mend that line.", code="E_CONFIG")
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        what = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "nested too deeply"
        raise SettingsError(f"{path} is not valid TOML: {what}.", "Mend that line.", code="E_CONFIG") from error


def _refusal(path: Path, mistakes: Sequence[tuple[int, str]]) -> SettingsError:
    """Return the error that names every mistake, a line each, in the order of the file's lines."""
    ordered = sorted(mistakes, key=lambda mistake: mistake[0])  # of one line: in the order found
    return SettingsError(
        "\n".join(f"{path}:{line}: {sentence}" for line, sentence in ordered),
        "Mend these lines; `briefing init` writes a file with every setting explained.",
        code="E_CONFIG",
    )


def _mistake(text: str, error: Mapping[str, Any]) -> tuple[int, str]:
    """Return a mistake's line and what is wrong there."""
    place: tuple[int | str, ...] = error["loc"]
    key = ".".join(str(p) for p in place)
    if error["type"] == "extra_forbidden":
        return locate(text, place), f"{key} is no setting."
    if error["type"] == "missing":
        return locate(text, place), f"{key} is missing."
    message = error["msg"].removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    return locate(text, place), f"{key} {_plain(message)}."


def _plain(message: str) -> str:
    return message.replace("input should", "should").replace("a valid tuple", "a list").replace("valid string", "text")


def _one_of(name: str, names: Collection[str] | None) -> str:
    if names is not None and name not in names:
        raise ValueError(f"is {name[:40]!r}; use one of {', '.join(names)}")
    return name


def _slug_of(name: str, slug: str) -> str:
    return slug or "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "theme"


def _twins(text: str, data: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield the line of each theme whose slug an earlier one has; the file's data may still be wrong in any way."""
    seen: set[str] = set()
    themes = data.get("themes")
    for n, theme in enumerate(themes if isinstance(themes, list) else ()):
        name, slug = (theme.get("name"), theme.get("slug", "")) if isinstance(theme, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(slug, str):
            continue
        made = _slug_of(name, slug)
        if made in seen:
            yield locate(text, ("themes", n)), f"two themes have the slug {made[:80]!r}; rename one."
        seen.add(made)

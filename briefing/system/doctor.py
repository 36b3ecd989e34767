"""Checks whether this machine can build a briefing, and names the command that fixes what it lacks."""

from __future__ import annotations

import ctypes
import importlib.util
import shlex
import shutil
import sqlite3
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# What the PDF engine loads, by the names it tries itself; the last is not needed, only quicker and smaller.
_ENGINE = ("libgobject-2.0", "libpango-1.0", "libharfbuzz", "libfontconfig", "libpangoft2-1.0")
_SUBSET = "libharfbuzz-subset"
_ENDINGS = (".so.0", ".so.1", ".0.dylib", ".1.dylib", ".dylib")
_INSTALL = {
    "apt-get": "apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "dnf install -y pango",
    "apk": "apk add pango fontconfig",
    "pacman": "pacman -S --noconfirm pango",
    "brew": "brew install pango",
}

_FONT_PACKAGES = {
    "font_source_serif_pro": "SourceSerifPro-Regular.ttf",
    "font_source_sans_pro": "SourceSansPro-Regular.ttf",
}
_SCRIPTS = {"Hebrew": "he", "Arabic": "ar", "Chinese": "zh-cn", "Japanese": "ja", "Korean": "ko"}

# Oldest patch release without a known advisory that touches us, by minor version (docs/reliability.md).
_PYTHON_FLOORS = {(3, 11): 15, (3, 12): 13, (3, 13): 12, (3, 14): 3}
_OLDEST_PYTHON = (3, 11)
# First releases with the repair of the WAL-reset bug, one per maintained line.
_SQLITE_OLDEST = (3, 35, 0)  # the store's statements need it
_SQLITE_FLOORS = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
# Distribution → oldest release without a known advisory; also what others bring along and we never ask for.
LIBRARY_FLOORS = {
    "brotli": "1.2.0",
    "feedparser": "6.0.12",
    "fonttools": "4.60.2",
    "h11": "0.16.0",
    "jinja2": "3.1.6",
    "joblib": "1.2.0",
    "lxml": "6.1.0",
    "lxml_html_clean": "0.4.5",
    "nh3": "0.3.4",
    "nltk": "3.10",
    "pillow": "12.3.0",
    "protego": "0.6.2",
    "pygments": "2.20.0",
    "requests": "2.33.0",
    "trafilatura": "2.1",
    "urllib3": "2.7.0",
    "weasyprint": "70.0",
}
# The same of what is there only where it was asked for.
OPTIONAL_FLOORS = {"distributed": "2026.1.1"}


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check of this machine."""

    name: str
    ok: bool  # False only when a build would fail or a known hole is open
    found: str  # what is there; with ``ok``, also the limit that applies
    remedy: str = ""  # the command that fixes it; empty when there is nothing to fix


def examine(out: Path) -> tuple[Check, ...]:
    """Return every check of this machine, in the order in which to fix what fails.

    Nothing is changed, and the PDF engine is not imported: it would end the process on a machine without fonts.

    Args:
        out: The folder that editions are to be written to; it need not exist.
    """
    return (
        _python(),
        _pango(),
        _subset(),
        _fonts(),
        _other_scripts(),
        _libraries(),
        _sqlite(),
        _time_zones(),
        _out(out),
    )


def _good(name: str, found: str) -> Check:
    return Check(name, ok=True, found=found)


def _bad(name: str, found: str, remedy: str) -> Check:
    return Check(name, ok=False, found=found, remedy=remedy)


def _python() -> Check:
    version = sys.version_info[:3]
    floor = _PYTHON_FLOORS.get(version[:2])
    found = _dotted(version)
    if version[:2] < _OLDEST_PYTHON:
        return _bad("Python", f"{found}, but 3.11 is the oldest that works", _package("python3", "python3"))
    if floor is not None and version[2] < floor:
        found += (
            f"; limit: the advisories on mail headers and addresses that {_dotted((*version[:2], floor))} repairs "
            "apply, unless the distribution has patched its own"
        )
    return _good("Python", found)


def _pango() -> Check:
    missing = [name for name in _ENGINE if _load(name) is None]
    if missing:
        return _bad("Pango", f"cannot load {', '.join(missing)}: no PDF can be made", _engine_remedy())
    pango = _load("libpango-1.0")
    version = "there"
    if pango is not None:
        pango.pango_version_string.restype = ctypes.c_char_p
        version = pango.pango_version_string().decode("ascii", "replace")
    return _good("Pango", version)


def _subset() -> Check:
    if _load(_SUBSET) is not None:
        return _good("HarfBuzz subsetting", "there")
    return _good("HarfBuzz subsetting", f"not there; limit: PDFs take longer to make. To add it: {_engine_remedy()}")


def _fonts() -> Check:
    missing = [module.replace("_", "-") for module, file in _FONT_PACKAGES.items() if not _has_font(module, file)]
    if missing:
        return _bad("Fonts of the page", f"{', '.join(missing)} not installed", f"{_pip()} {' '.join(missing)}")
    return _good("Fonts of the page", "Source Serif Pro, Source Sans Pro")


def _other_scripts() -> Check:
    missing = [name for name, code in _SCRIPTS.items() if not _covers(code)]
    if not missing:
        return _good("Fonts of other scripts", ", ".join(_SCRIPTS))
    packages = ["fonts-noto-core"] if {"Hebrew", "Arabic"} & set(missing) else []
    packages += ["fonts-noto-cjk"] if {"Chinese", "Japanese", "Korean"} & set(missing) else []
    found = f"none for {', '.join(missing)}; limit: such letters are printed as their code points"
    if shutil.which("apt-get"):
        found += f". To add them: apt-get install -y --no-install-recommends {' '.join(packages)}"
    return _good("Fonts of other scripts", found)


def _libraries() -> Check:
    old: list[str] = []
    mend: list[str] = []
    optional = {name: floor for name, floor in OPTIONAL_FLOORS.items() if _installed(name)}
    floors = LIBRARY_FLOORS | optional
    for name, floor in floors.items():
        version = _installed(name)
        if version is None or _numbers(version) < _numbers(floor):
            old.append(f"{name} {version or 'missing'} (at least {floor})")
            mend.append(f"'{name}>={floor}'")
    if old:
        return _bad("Libraries", ", ".join(old), f"{_pip()} {' '.join(mend)}")
    return _good("Libraries", f"{len(floors)} at or above their floors")


def _sqlite() -> Check:
    version = sqlite3.sqlite_version_info
    if version < _SQLITE_OLDEST or not _has_full_text():
        what = f"{sqlite3.sqlite_version}; the store needs 3.35 or newer with the full-text index FTS5"
        return _bad("SQLite", what, "apt-get install python3 libsqlite3-0, or use another build of Python")
    repaired = version >= _SQLITE_FLOORS[0] or any(
        floor <= version < (*floor[:1], floor[1] + 1, 0) for floor in _SQLITE_FLOORS
    )
    found = sqlite3.sqlite_version
    if not repaired:
        found += "; limit: write-ahead logging is unsafe on it (the WAL-reset bug); the store does without"
    return _good("SQLite", found)


def _has_full_text() -> bool:
    db = sqlite3.connect(":memory:")
    try:
        db.execute("CREATE VIRTUAL TABLE t USING fts5 (w)")
    except sqlite3.OperationalError:
        return False
    finally:
        db.close()
    return True


def _time_zones() -> Check:
    try:
        ZoneInfo("Europe/Kyiv")
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return _bad("Time zones", "Europe/Kyiv is unknown: no data, or older than 2022", f"{_pip()} --upgrade tzdata")
    return _good("Time zones", "there")


def _out(out: Path) -> Check:
    folder = out.absolute()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        why = error.strerror or "it refuses new files"
        return _bad("Output folder", f"cannot write to {folder}: {why}", _writable(folder))
    return _good("Output folder", str(folder) if folder == out.absolute() else f"{out.absolute()}, to be made")


def _writable(folder: Path) -> str:
    if not folder.is_dir():
        return f"mv {shlex.quote(str(folder))} {shlex.quote(f'{folder}.old')}"
    return f'sudo chown "$USER" {shlex.quote(str(folder))}'


def _load(name: str) -> ctypes.CDLL | None:
    for ending in _ENDINGS:
        with suppress(OSError):
            return ctypes.CDLL(name + ending)
    return None


def _engine_remedy() -> str:
    return next((line for tool, line in _INSTALL.items() if shutil.which(tool)), _INSTALL["apt-get"])


def _package(debian: str, other: str) -> str:
    return f"apt-get install -y {debian}" if shutil.which("apt-get") else f"install {other}"


def _pip() -> str:
    return f"{shlex.quote(sys.executable)} -m pip install"


def _has_font(module: str, file: str) -> bool:
    # Found without being imported: importing a font package runs its code.
    found = importlib.util.find_spec(module)
    return bool(found and found.origin and (Path(found.origin).parent / "files" / file).is_file())


class _FontSet(ctypes.Structure):
    _fields_ = (("count", ctypes.c_int), ("room", ctypes.c_int), ("fonts", ctypes.c_void_p))


def _covers(language: str) -> bool:
    """Return whether a font of the system has the letters of a language, as fontconfig names it."""
    fontconfig = _load("libfontconfig")
    if fontconfig is None:
        return False
    fontconfig.FcNameParse.restype = ctypes.c_void_p
    fontconfig.FcObjectSetCreate.restype = ctypes.c_void_p
    fontconfig.FcFontList.restype = ctypes.POINTER(_FontSet)
    pattern = ctypes.c_void_p(fontconfig.FcNameParse(f":lang={language}".encode()))
    wanted = ctypes.c_void_p(fontconfig.FcObjectSetCreate())
    listed = fontconfig.FcFontList(None, pattern, wanted)
    covered = bool(listed) and listed.contents.count > 0
    if listed:
        fontconfig.FcFontSetDestroy(listed)
    fontconfig.FcObjectSetDestroy(wanted)
    fontconfig.FcPatternDestroy(pattern)
    return covered


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _numbers(version: str) -> tuple[int, ...]:
    """Return the leading numbers of a version: "6.1.0rc1" is (6, 1, 0)."""
    numbers: list[int] = []
    for part in version.split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            break
        numbers.append(int(digits))
    return tuple(numbers)


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(number) for number in version)

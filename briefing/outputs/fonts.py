"""The fonts of the page, pinned: the same letters on every machine."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import tempfile
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from briefing.errors import OutputError

#: Families as the style sheets name them.
SERIF = "Source Serif Pro"
SANS = "Source Sans Pro"

# The weights in use; the packages carry twelve in two formats, and fontconfig would choose among them by itself.
_FACES = {
    "font_source_serif_pro": ("SourceSerifPro-{}.ttf", ("Regular", "It", "Semibold", "SemiboldIt", "Bold")),
    "font_source_sans_pro": ("SourceSansPro-{}.ttf", ("Regular", "It", "Semibold", "SemiboldIt", "Bold")),
}
# Where a machine keeps other scripts (Hebrew, Arabic, Chinese …): used only for letters ours do not have.
_SYSTEM = ("/usr/share/fonts", "/usr/local/share/fonts")


@cache
def font_files() -> tuple[Path, ...]:
    """Return the font files of the page, serif then sans.

    Raises:
        OutputError: A font package is not installed.
    """
    return tuple(file for module, (pattern, faces) in _FACES.items() for file in _faces(module, pattern, faces))


def _faces(module: str, pattern: str, faces: tuple[str, ...]) -> list[Path]:
    # Found without being imported: importing one runs code and lists every file.
    found = importlib.util.find_spec(module)
    folder = Path(found.origin).parent / "files" if found and found.origin else None
    files = [folder / pattern.format(face) for face in faces] if folder else []
    missing = not files or not all(file.is_file() for file in files)
    if missing:
        package = module.replace("_", "-")
        raise OutputError(f"The fonts of {package} are missing.", f"Run: pip install {package}")
    return files


@cache
def fontconfig_file() -> Path:
    """Return the absolute path of a fontconfig configuration with our fonts first and the system's after.

    It is written once per machine into the user's cache folder, or into a temporary folder where that cannot be.
    """
    text = _configuration()
    name = f"fonts-{hashlib.sha256(text.encode()).hexdigest()[:16]}.conf"
    for folder in _cache_folders():
        path = folder / name
        try:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                folder.mkdir(parents=True, exist_ok=True)
                part = folder / f".{name}.{os.getpid()}"
                part.write_text(text, encoding="utf-8")
                part.replace(path)
        except OSError:
            continue
        return path
    raise OutputError(
        "There is no folder to keep the font configuration in.", "Set TMPDIR to a folder you may write to."
    )


def _cache_folders() -> list[Path]:
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    kept = [Path(home) / "briefing"] if os.path.isabs(home) else []
    return [*kept, Path(tempfile.gettempdir()) / f"briefing-{os.getuid()}"]


def _configuration() -> str:
    ours = "".join(f"<glob>{escape(str(file))}</glob>" for file in font_files())
    folders = dict.fromkeys(file.parent for file in font_files())
    others = "".join(f"<glob>{escape(str(folder))}/*</glob>" for folder in folders)
    dirs = "".join(f"<dir>{escape(str(d))}</dir>" for d in [*folders, *_SYSTEM])
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"{dirs}\n{_alias('serif', SERIF)}{_alias('sans-serif', SANS)}<cachedir>/var/cache/fontconfig</cachedir>\n"
        f'<cachedir prefix="xdg">fontconfig</cachedir>\n'
        f"<selectfont><acceptfont>{ours}</acceptfont><rejectfont>{others}</rejectfont></selectfont>\n"
        "</fontconfig>\n"
    )


def _alias(generic: str, family: str) -> str:
    # A template of the user's that names no face is set in ours too, not in what the machine calls "serif".
    return f'<alias binding="strong"><family>{generic}</family><prefer><family>{family}</family></prefer></alias>\n'

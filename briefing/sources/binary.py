"""Detects binary files by their first bytes."""

from __future__ import annotations

#: First bytes of the files that get mistaken for text, and what to call them.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"BM\x00\x00", "a bitmap image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x7fELF", "a program (ELF)"),
    (b"MZ\x90\x00", "a program (Windows)"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh91AY", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"OggS", "an Ogg recording"),
    (b"wOFF", "a font"),
)

_CONTROLS = bytes([*range(8), *range(14, 27), *range(28, 32), 127])  # not white space, backspace, escape
SAMPLE = 1 << 20  # bytes looked at


def looks_like(blob: bytes) -> str:
    """Return the kind of file its first bytes show, such as "a PNG image"; empty when unknown."""
    for magic, name in _MAGIC:
        if blob.startswith(magic):
            return name
    if blob[257:262] == b"ustar":
        return "a tar archive"
    if blob[:4] == b"RIFF" and blob[8:12] in {b"WEBP", b"WAVE", b"AVI "}:
        return "an image, recording or film"
    return "a film" if blob[4:8] == b"ftyp" else ""


def control_share(blob: bytes) -> float:
    """Return the share of bytes in the first MiB that no text has, 0.0 to 1.0."""
    sample = blob[:SAMPLE]
    return (len(sample) - len(sample.translate(None, _CONTROLS))) / max(1, len(sample))

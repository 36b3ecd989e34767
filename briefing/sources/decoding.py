"""Bytes in, text out, and every guess said."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from briefing.errors import ArticleError
from briefing.model import Note
from briefing.sources.binary import control_share, looks_like
from briefing.sources.opened import Opened, counted

#: Labels a page or feed may declare, and the codec each names. Nothing else is ever looked up: the
#: codec registry also knows `zlib`, `idna`, `utf-7` and labels that raise.
LABELS: dict[str, str] = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1"), "cp1252"),
    **dict.fromkeys(("windows-1252", "cp1252", "x-cp1252", "ansi"), "cp1252"),
    **dict.fromkeys(("iso-8859-2", "iso8859-2", "latin2"), "iso8859-2"),
    **dict.fromkeys(("iso-8859-5", "iso8859-5"), "iso8859-5"),
    **dict.fromkeys(("iso-8859-7", "greek"), "iso8859-7"),
    **dict.fromkeys(("iso-8859-9", "latin5", "windows-1254", "cp1254"), "cp1254"),
    **dict.fromkeys(("iso-8859-15", "latin9"), "iso8859-15"),
    **dict.fromkeys(("windows-1250", "cp1250"), "cp1250"),
    **dict.fromkeys(("windows-1251", "cp1251"), "cp1251"),
    **dict.fromkeys(("windows-1253", "cp1253"), "cp1253"),
    **dict.fromkeys(("windows-1255", "cp1255", "iso-8859-8"), "cp1255"),
    **dict.fromkeys(("windows-1256", "cp1256"), "cp1256"),
    **dict.fromkeys(("windows-1257", "cp1257"), "cp1257"),
    **dict.fromkeys(("koi8-r", "koi8"), "koi8-r"),
    "koi8-u": "koi8-u",
    "ibm866": "cp866",
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    "euc-jp": "euc_jp",
    **dict.fromkeys(("iso-2022-jp", "csiso2022jp"), "iso2022_jp"),
    **dict.fromkeys(("tis-620", "windows-874", "iso-8859-11"), "cp874"),
    **dict.fromkeys(("iso-8859-6", "arabic"), "iso8859-6"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be"), "utf-16"),
}

#: Candidates when nothing is declared: the encodings news was written in before UTF-8.
_CANDIDATES = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "koi8_u", "iso8859_5", "cp866"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
]
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARY_IN_UTF8 = 0.3  # share of control bytes from which valid UTF-8 is no text; a page of every control has 0.1
BINARY_ELSEWHERE = 0.02  # the same for bytes that are not UTF-8; random bytes have 0.1, legacy text 0
ALPHABETS = 12  # Unicode blocks of 256 characters that a text without East Asian characters draws on at most
GUESS_BYTES = 256 * 1024  # of lines that are not ASCII: what the guesser is shown
_NOT_ASCII = re.compile(rb"^[^\n]*[\x80-\xff][^\n]*\n?", re.MULTILINE)
_WELL_FORMED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text with uniform line ends, and the assumptions that were made."""

    text: str
    notes: tuple[Note, ...] = ()


def decode(file: Opened, declared: str = "") -> Decoded:
    """Return a file's text.

    Args:
        file: The file, read.
        declared: The encoding its own content names; empty when it names none.

    Raises:
        ArticleError: It is binary, or it is empty.
    """
    blob = file.blob
    if not blob:
        raise ArticleError(f"{file.shown} is empty (0 bytes).", "Save it again or leave it out.", code="E_EMPTY")
    text, notes = _by_mark(file) or _unmarked(file, declared or file.charset)
    text = one_line_end(text).rstrip("\x1a")
    if not is_visible(text):
        raise ArticleError(
            f"{file.shown} is empty: it holds no visible character.",
            "Remove the file, or put the text in it.",
            code="E_EMPTY",
        )
    return Decoded(text, notes)


def one_line_end(text: str) -> str:
    """Return a text with ``"""
    return _LINE_ENDS.sub("\n", text)


def is_visible(text: str) -> bool:
    """Return whether a text has any visible character."""
    return any(c.isprintable() and not c.isspace() for c in text)


def _by_mark(file: Opened) -> tuple[str, tuple[Note, ...]] | None:
    for mark, codec in _BOMS:
        if file.blob.startswith(mark):
            text, bad = _replacing(file.blob, codec)
            return text.lstrip("\ufeff"), _replaced(file, codec.removesuffix("-sig").upper(), bad)
    return None


def _unmarked(file: Opened, declared: str) -> tuple[str, tuple[Note, ...]]:
    blob = file.blob
    _refuse_binary(file, looks_like(blob))
    wide = _wide(blob)
    if wide:
        text, bad = _replacing(blob, wide)
        if text.count("\0") * 3 < len(text):
            return text, (_guessed(file, wide), *_replaced(file, wide, bad))
    codec = LABELS.get(declared.strip().lower(), "")
    if codec == "iso2022_jp" and b"\x1b" in blob:  # its bytes are ASCII, and so UTF-8
        text, bad = _replacing(blob, codec)
        return text, _replaced(file, codec, bad)
    try:
        text = blob.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_binary(file, "binary data" if control_share(blob) > BINARY_ELSEWHERE else "")
        return _not_utf8(file, codec, error)
    _refuse_binary(file, "binary data" if control_share(blob) > BINARY_IN_UTF8 else "")
    # Bytes that are well-formed UTF-8 beyond ASCII are UTF-8, whatever the page says.
    contradicted = declared and codec != "utf-8" and (not codec or codec == "utf-16" or not blob.isascii())
    return text, (_guessed(file, "UTF-8", declared),) if contradicted else ()


def _refuse_binary(file: Opened, looks: str) -> None:
    if looks:
        raise ArticleError(
            f"{file.shown} is not text: it looks like {looks}.",
            "Save its text as .txt, or leave it out.",
            code="E_BINARY",
        )


def _wide(blob: bytes) -> str:
    """Return the byte order of UTF-16, detected by the places of zero bytes; empty for none."""
    sample = blob[: 1 << 16]
    if len(sample) < 8 or b"\0" not in sample:
        return ""
    for codec, high, low in (("utf-16-be", sample[0::2], sample[1::2]), ("utf-16-le", sample[1::2], sample[0::2])):
        # One byte of each pair names an alphabet: it is one of a few, zero at least for spaces; the other seldom is.
        if high.count(0) > 0.02 * len(high) and low.count(0) < 0.01 * len(low) and len(set(high)) <= ALPHABETS:
            return codec
    return ""


def _not_utf8(file: Opened, codec: str, error: UnicodeDecodeError) -> tuple[str, tuple[Note, ...]]:
    blob = file.blob
    if codec not in {"", "utf-8", "utf-16"}:
        text, bad = _replacing(blob, codec)
        return text, _replaced(file, codec, bad)
    whole = len(_WELL_FORMED.findall(blob))
    text, bad = _replacing(blob, "utf-8")
    cut_at_end = error.end >= len(blob) and error.reason == "unexpected end of data"
    if cut_at_end or whole > bad:
        return text, _replaced(file, "UTF-8", bad)
    guess = _guess(blob)
    text, bad = _replacing(blob, guess)
    return text, (_guessed(file, guess, codec), *_replaced(file, guess, bad))


def _guess(blob: bytes) -> str:
    """Return the codec that decodes the non-ASCII lines best."""
    from charset_normalizer import from_bytes  # 60 ms to import, and most files are UTF-8

    sample, size = [], 0
    for line in _NOT_ASCII.finditer(blob):
        if size + len(line[0]) > GUESS_BYTES:
            break
        sample.append(line[0])
        size += len(line[0])
    matches = from_bytes(b"".join(sample) or blob[:GUESS_BYTES], cp_isolation=_CANDIDATES)
    best = matches.best()
    if best is None or "cp1252" in best.could_be_from_charset:
        return "cp1252"
    western = [match.coherence for match in matches if match.encoding == "cp1252"]
    # In a few words Western and Central European letters cannot be told apart: the more common one, unless
    # the text reads clearly better as a language of the other.
    if best.encoding in {"cp1250", "cp1254"} and western and best.coherence <= western[0] + 0.1:
        return "cp1252"
    return str(best.encoding)


def _replacing(blob: bytes, codec: str) -> tuple[str, int]:
    text = blob.decode(codec, "replace")
    return text, text.count("\ufffd")


def _guessed(file: Opened, codec: str, declared: str = "") -> Note:
    name = codec.replace("_", "-")
    because = f", not as the {declared[:40]!a} it declares" if declared else ", a guess"
    return file.note("W_ENCODING_GUESSED", f"read as {name}{because}; save it as UTF-8 if letters are wrong.")


def _replaced(file: Opened, codec: str, bad: int) -> tuple[Note, ...]:
    if not bad:
        return ()
    message = f"{counted(bad, 'place')} no {codec} and can only be shown as \ufffd; save it again."
    return (file.note("W_ENCODING_REPLACED", message),)

"""Reads the body of a response: bounded while it arrives, decompressed once at most."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from briefing.errors import FetchError
from briefing.sources.files import MAX_BYTES

MAX_RATIO = 200  # decoded bytes for each byte sent; a page of one repeated line has 100
RATIO_FROM = 1024 * 1024  # decoded bytes from which the ratio counts
PIECE = 256 * 1024  # decoded bytes at a time

_GZIP_MAGIC = b"\x1f\x8b"


def read_body(chunks: Iterable[bytes], encoding: str, shown: str) -> bytes:
    """Return the content of an answer.

    Args:
        chunks: Its bytes as they come.
        encoding: Its Content-Encoding; empty for none.
        shown: The address, for messages.

    Raises:
        FetchError: E_TOO_LARGE above 20 MiB or out of proportion; E_FETCH_CUT when the end is missing; E_FETCH when it
            is packed twice, in a way that was not asked for, or not at all although it says so.
    """
    stated = (layer.strip().lower() for layer in encoding.split(","))
    layers = [layer for layer in stated if layer not in {"", "identity"}]
    if not layers:
        return _bounded(chunks, shown)
    if len(layers) > 1 or layers[0] not in {"gzip", "x-gzip", "deflate"}:
        raise FetchError(f"{shown} is packed in a way that was not asked for: {encoding[:40]!a}.", code="E_FETCH")
    return _bounded(_unpacked(chunks, layers[0] == "deflate", shown), shown)


def gunzip(blob: bytes, shown: str) -> bytes:
    """Return the content of a gzip file, such as a sitemap's, or the bytes unchanged; bounded alike."""
    if not blob.startswith(_GZIP_MAGIC):
        return blob
    return read_body([blob], "gzip", shown)


def _bounded(chunks: Iterable[bytes], shown: str) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > MAX_BYTES:
            raise too_large(shown)
    return bytes(body)


def too_large(shown: str) -> FetchError:
    """Return the error for a response above the limit."""
    return FetchError(
        f"{shown} has more than {MAX_BYTES // 1048576} MiB.", "Save its article as .txt.", code="E_TOO_LARGE"
    )


def _unpacked(chunks: Iterable[bytes], deflate: bool, shown: str) -> Iterator[bytes]:
    """Yield the decompressed content in pieces, member after member; trailing bytes are ignored."""
    unpacker = _Unpacker(deflate)
    sent = came = 0
    try:
        for chunk in chunks:
            sent += len(chunk)
            for piece in unpacker.pieces(chunk):
                came += len(piece)
                if came > RATIO_FROM and came > MAX_RATIO * sent:
                    raise FetchError(f"{shown} unpacks to {came // sent} times its size.", code="E_TOO_LARGE")
                yield piece
    except zlib.error as error:
        raise FetchError(f"{shown} is not packed as it says.", code="E_FETCH") from error
    if sent and not unpacker.whole:
        raise cut_off(shown)


def cut_off(shown: str) -> FetchError:
    """Return the error for a truncated response."""
    return FetchError(f"{shown} broke off before its end.", "Try again later.", code="E_FETCH_CUT")


class _Unpacker:
    """Decompresses one response; zlib never returns more than a piece at a time."""

    def __init__(self, deflate: bool) -> None:
        self._deflate = deflate
        self._member: zlib._Decompress | None = None
        self._kept = b""  # a lone byte at the beginning of a member, which does not yet tell what follows

    @property
    def whole(self) -> bool:
        """Return whether the last member is complete."""
        return self._member is not None and self._member.eof

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what a further chunk decompresses to."""
        chunk, self._kept = self._kept + chunk, b""
        while chunk:
            if self._member is None or self._member.eof:
                if len(chunk) < 2:
                    self._kept = chunk
                    return
                if self._member and not chunk.startswith(_GZIP_MAGIC):
                    return
                self._member = zlib.decompressobj(_window(chunk, self._deflate))
            yield from self._of_member(self._member, chunk)
            chunk = self._member.unused_data

    @staticmethod
    def _of_member(member: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
        while True:
            piece = member.decompress(chunk, PIECE)
            yield piece
            if len(piece) < PIECE:
                return
            chunk = member.unconsumed_tail


def _window(first: bytes, deflate: bool) -> int:
    """Return zlib's window bits: for gzip, or for whichever of the two forms called deflate it is."""
    if not deflate:
        return 31
    return 15 if first[0] & 0x0F == 8 and int.from_bytes(first[:2], "big") % 31 == 0 else -15

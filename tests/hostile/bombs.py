"""Small files that unpack into large ones."""

import struct
import zlib


def png(w, h, truncated=False):
    def chunk(t, d):
        return struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d))

    c, row = zlib.compressobj(9), b"\0" * ((w + 7) // 8 + 1)
    parts, left, blk = [], h, row * 256
    while left:
        k = min(256, left)
        parts.append(c.compress(blk[: len(row) * k]))
        left -= k
    parts.append(c.flush())
    d = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", b"".join(parts))
        + chunk(b"IEND", b"")
    )
    return d[: len(d) // 2] if truncated else d


def bomb(mb, wbits):
    """mb MiB of zeros as gzip (31) or zlib (15), made from one fully flushed block, so it takes no time to build."""
    c = zlib.compressobj(9, zlib.DEFLATED, -15)
    blk = c.compress(b"\0" * 1048576) + c.flush(zlib.Z_FULL_FLUSH)
    check, one = (zlib.crc32, b"\0" * 1048576) if wbits == 31 else (zlib.adler32, b"\0" * 1048576)
    v = check(b"")
    for _ in range(mb):
        v = check(one, v)
    if wbits == 31:
        return (
            b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + blk * mb + b"\x03\0" + struct.pack("<II", v, mb * 1048576 & 0xFFFFFFFF)
        )
    return b"\x78\xda" + blk * mb + b"\x03\0" + struct.pack(">I", v)

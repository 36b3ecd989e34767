"""Inputs made of others by small changes, the same ones each time for the same number."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

# What parsers trip over: marks of markup, of mail, of TOML, places where sentences end, numbers that are none.
_SEEN = """
< > </p> <!-- --> <![CDATA[ ]]> <?xml &#0; &#x110000; &lt; &amp; & ; <script> <style> <svg> <a href= " ' = [ ] [[ { }
\\ \\u0000 # // -- =?utf-8?q? ?= : , . ... … ! ? “ ” « » ’ ( ) Mr. U.S. № said — – • 1 0 99999999999999999999 -1 1e999
nan 2022-02-30 Monday $5bn % 𝟗 İ ß ﬁ http:// https://a.example/ file:/// javascript: data: true null {{7*7}} %s * +
"""
_UNSEEN = "\x00 \x1b \x85 \x0b \n \n\n \r\n \t \u00a0 \u2028 \u200b \u202e \u2066 \ufeff \u0301 \ud800"
TOKENS = tuple(token.encode("utf-8", "surrogatepass") for token in (*_SEEN.split(), *_UNSEEN.split(" "), " ", "--x\n"))


def mutations(starts: Sequence[bytes], *, seed: int, longest: int) -> Iterator[bytes]:
    """Yield inputs without end, each one to eight changes away from one of ``starts``, of ``longest`` bytes at most."""
    draw = random.Random(seed)
    while True:
        data = bytearray(draw.choice(starts))
        for _ in range(draw.randint(1, 8)):
            draw.choice(_WAYS)(draw, data, starts)
        yield bytes(data[:longest]) or b"\x00"


def _place(draw: random.Random, data: bytearray, longest: int = 64) -> tuple[int, int]:
    start = draw.randint(0, len(data))
    return start, min(len(data), start + draw.randint(1, longest))


def _delete(draw: random.Random, data: bytearray, starts: Sequence[bytes]) -> None:
    start, end = _place(draw, data)
    del data[start:end]


def _insert(draw: random.Random, data: bytearray, starts: Sequence[bytes]) -> None:
    at, _ = _place(draw, data)
    data[at:at] = draw.choice(TOKENS)


def _replace(draw: random.Random, data: bytearray, starts: Sequence[bytes]) -> None:
    start, end = _place(draw, data, 8)
    data[start:end] = draw.choice(TOKENS)


def _flip(draw: random.Random, data: bytearray, starts: Sequence[bytes]) -> None:
    if data:
        data[draw.randrange(len(data))] = draw.randrange(256)


def _repeat(draw: random.Random, data: bytearray, starts: Sequence[bytes]) -> None:
    start, end = _place(draw, data)
    data[start:start] = data[start:end] * draw.choice((1, 2, 30))


def _splice(draw: random.Random, data: bytearray, starts: Sequence[bytes]) -> None:
    other = draw.choice(starts)
    start, end = _place(draw, bytearray(other), 400)
    at, _ = _place(draw, data)
    data[at:at] = other[start:end]


def _swap(draw: random.Random, data: bytearray, starts: Sequence[bytes]) -> None:
    start, end = _place(draw, data, 200)
    piece = data[start:end]
    del data[start:end]
    at, _ = _place(draw, data)
    data[at:at] = piece


_WAYS = (_delete, _insert, _insert, _replace, _flip, _repeat, _splice, _swap)

"""A process that writes to a store, batch after batch, and says after each that it is done.

python -m tests.store.writer STORE NAME BATCHES
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

from briefing.errors import StoreError
from briefing.model import Delivery, Input, RawArticle
from briefing.store import Store

NOON = datetime(2022, 2, 1, 12, tzinfo=UTC)
A_BATCH = 5  # articles


def batch(name: str, n: int) -> list[Input]:
    places = [f"{name}/{n}/{k}" for k in range(A_BATCH)]
    texts = [" ".join(str(len(place) * 7**k) for k in range(90)) for place in places]  # 3 kB that hardly shrink
    return [
        Input(place, (RawArticle(place, text, "text", guid=place),)) for place, text in zip(places, texts, strict=True)
    ]


def message(name: str, n: int) -> Delivery:
    return Delivery(date(2022, 2, 1), "", f"{n:064}", "mail", f"{name}@example.org")


def main(path: str, name: str, batches: int) -> None:
    with Store.open(path) as store:
        for n in range(batches):
            store.add(name, batch(name, n), seen=NOON)
            assert store.begin(message(name, n), NOON)
            print(n, flush=True)
            store.settle(message(name, n), "accepted", "", NOON)


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    except StoreError as error:
        print(error.code)

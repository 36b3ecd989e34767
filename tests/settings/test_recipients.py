"""Recipients from a CSV file, as spreadsheets and people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.settings.recipients import read_recipients

BOTH = ("a@x.example", "b@x.example")


@pytest.mark.parametrize(
    "data",
    [
        b"a@x.example\nb@x.example\n",
        b"a@x.example\r\nb@x.example",
        b"address\na@x.example\nb@x.example\n",
        b"Name,E-Mail\nAda,a@x.example\nBo,b@x.example\n",
        b"name;email;desk\nAda;a@x.example;1\nBo;b@x.example;2\n",
        b"Email\tName\na@x.example\tAda\nb@x.example\tBo\n",
        b'"Person, Ada",a@x.example\n"Person, Bo",b@x.example\n',
        b'name,address\n"Ada\nPerson",a@x.example\nBo,b@x.example\n',
        b"\xef\xbb\xbfaddress\na@x.example\nb@x.example\n",
        "address\na@x.example\nb@x.example\n".encode("utf-16"),
        "name;email\nJörg;a@x.example\nZoë;b@x.example\n".encode("cp1252"),
        b"# the morning's readers\n\na@x.example\n\nb@x.example\n A@X.example \n",
    ],
)
def test_addresses_are_read_each_once(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "readers.csv"
    path.write_bytes(data)
    assert read_recipients(path) == (BOTH, ())


def test_a_line_without_an_address_is_named_and_costs_the_others_nothing(tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    path.write_text("name,email\nAda,a@x.example\nCy,c at x.example\nDi\nBo,b@x.example\n", encoding="utf-8")
    found, troubles = read_recipients(path)
    assert found == BOTH
    assert troubles == (
        "readers.csv:3: 'c at x.example' is not an e-mail address.",
        "readers.csv:4: '' is not an e-mail address.",
    )


def test_many_bad_lines_are_counted_and_a_terminals_escapes_go_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    path.write_text("address\n" + "\x1b[2Jx\n" * 1_000, encoding="utf-8")
    found, troubles = read_recipients(path)
    assert found == ()
    assert len(troubles) == 21
    assert "980 more" in troubles[-1]
    assert not any("\x1b" in trouble for trouble in troubles)


@pytest.mark.parametrize("data", [None, b"", b"\n\n", b"x" * 10_000_001, b"a" * 200_000, b'"' * 5_001])
def test_a_file_that_is_missing_empty_or_none_is_one_sentence(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "readers.csv"
    if data is not None:
        path.write_bytes(data)
    found, troubles = read_recipients(path)
    assert found == ()
    assert len(troubles) == 1
    assert troubles[0].startswith("readers.csv")
    assert len(troubles[0]) < 300


def test_ten_thousand_recipients_are_read(tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    path.write_text("".join(f"reader{n}@x.example\n" for n in range(10_000)), encoding="utf-8")
    assert len(read_recipients(path)[0]) == 10_000

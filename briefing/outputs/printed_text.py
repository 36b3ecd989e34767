"""Extracts the text that output files show a reader, for the proof."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email import policy
from email.parser import BytesParser
from pathlib import Path

from briefing.errors import SourceError

#: Parts of a file between which running heads may break a sentence: the pages of a PDF, one part for other files.
Parts = tuple[str, ...]

_SHOWN_ATTRIBUTES = ("alt", "aria-label", "title")


def read_output(path: Path) -> Parts:
    """Return the text an output file shows, in parts.

    Raises:
        SourceError: The file cannot be read, or is not what its name says.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}.") from error
    return output_text(str(path), data)


def output_text(name: str, data: bytes) -> Parts:
    """Return the text that the bytes of an output file show, in parts; `SourceError` when they are no such file."""
    try:
        return READERS[Path(name).suffix](data)
    except Exception as error:  # a damaged file makes each library raise its own
        raise SourceError(f"{name} is damaged: its text cannot be read.", "Build it again.") from error


def pdf_text(data: bytes) -> Parts:
    """Return the text of each page of a PDF, running heads at its end."""
    import io
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is a finding, not a line of a log
    return tuple(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def html_text(data: bytes) -> Parts:
    """Return the visible text of a page, then the texts of its attributes that are read aloud."""
    from lxml import etree, html

    page = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    etree.strip_elements(page, "script", "style", etree.Comment, with_tail=False)
    shown = " ".join(page.itertext())
    aloud = [value for element in page.iter() for name in _SHOWN_ATTRIBUTES if (value := element.get(name))]
    return (" ".join([shown, *aloud]),)


def plain_text(data: bytes) -> Parts:
    """Return a text file's text."""
    return (data.decode("utf-8"),)


def docx_text(data: bytes) -> Parts:
    """Return the text of a Word document's body, headers and footers."""
    import io
    import zipfile

    from lxml import etree

    texts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith("word/") and name.endswith(".xml") and _shown(name):
                parser = etree.XMLParser(resolve_entities=False, no_network=True)
                root = etree.fromstring(archive.read(name), parser)
                texts.append(" ".join(root.itertext("{*}t")))
    return (" ".join(texts),)


def epub_text(data: bytes) -> Parts:
    """Return the text of each chapter of an EPUB."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return tuple(text for name in book.namelist() if name.endswith(".xhtml") for text in html_text(book.read(name)))


def mail_text(data: bytes) -> Parts:
    """Return the subject and the text of a mail's plain and HTML parts; what is attached is a file of its own."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    return (" ".join([str(message["Subject"] or ""), *_mail_parts(message)]),)


def _mail_parts(message: object) -> Iterator[str]:
    for part in message.walk():  # type: ignore[attr-defined]
        if part.get_content_type() == "text/plain" and not part.is_attachment():
            yield part.get_content()
        elif part.get_content_type() == "text/html" and not part.is_attachment():
            yield from html_text(part.get_content().encode("utf-8"))


def _shown(name: str) -> bool:
    return any(name.startswith(f"word/{part}") for part in ("document", "header", "footer", "footnotes"))


READERS: dict[str, Callable[[bytes], Parts]] = {
    ".pdf": pdf_text,
    ".html": html_text,
    ".txt": plain_text,
    ".md": plain_text,
    ".docx": docx_text,
    ".epub": epub_text,
    ".eml": mail_text,
}

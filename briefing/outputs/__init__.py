"""`Edition` → files. Every output is rendered from the edition alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from briefing.errors import OutputError
from briefing.model import Edition, MailForm
from briefing.outputs.addresses import DIGEST_PAGE, WHOLE_PAGE
from briefing.outputs.folder import replace_folder
from briefing.outputs.job import Job, Output
from briefing.outputs.renderings import Renderings

__all__ = ["OUTPUTS", "Job", "Output", "formats_in", "load_edition", "make_files", "make_mail", "page_count", "render"]


# The makers import what they need when they are called: a build without PDF never loads the PDF engine.
def _issue(job: Job) -> bytes:
    from briefing.outputs.issue import issue_bytes

    return issue_bytes(job.edition)


def _pdf(job: Job) -> bytes:
    from briefing.outputs.pdf_worker import draw

    return draw(job)


def _page(job: Job) -> bytes:
    from briefing.outputs.render_worker import rendered

    return rendered("html", job)


def _email(job: Job) -> bytes:
    from briefing.outputs.mail import make_email

    return make_email(job)


def _text(job: Job) -> bytes:
    from briefing.outputs.render_worker import rendered

    return rendered("text", job)


def _eml(job: Job) -> bytes:
    from briefing.outputs.mail import make_eml

    return make_eml(job)


def _markdown(job: Job) -> bytes:
    from briefing.outputs.render_worker import rendered

    return rendered("markdown", job)


def _docx(job: Job) -> bytes:
    from briefing.outputs.render_worker import rendered

    return rendered("docx", job)


def _epub(job: Job) -> bytes:
    from briefing.outputs.render_worker import rendered

    return rendered("epub", job)


DIGESTS = "digests/"

#: Every output by name: the file of the whole edition, the file of a digest, the function that makes it.
OUTPUTS: dict[str, Output] = {
    "json": Output("briefing.json", "", _issue),
    "pdf": Output("briefing.pdf", "digests/{slug}.pdf", _pdf),
    "html": Output(WHOLE_PAGE, DIGEST_PAGE, _page),
    "email": Output("email.html", "digests/{slug}.email.html", _email),
    "text": Output("email.txt", "digests/{slug}.email.txt", _text),
    "eml": Output("briefing.eml", "digests/{slug}.eml", _eml),
    "markdown": Output("briefing.md", "digests/{slug}.md", _markdown),
    "docx": Output("briefing.docx", "digests/{slug}.docx", _docx),
    "epub": Output("briefing.epub", "digests/{slug}.epub", _epub),
}


def load_edition(path: Path | str) -> Edition:
    """Return the edition of an issue file; a `SourceError` names the file and the field that is wrong."""
    from briefing.outputs.issue import load_edition as load

    return load(path)


def page_count(edition: Edition, templates: Path | None = None) -> int:
    """Return how many pages the PDF of an edition has; an `OutputError` says why none can be made."""
    from briefing.outputs.pdf_worker import count_pages

    return count_pages(Job(edition, OUTPUTS, templates=templates))


def start_early(formats: Sequence[str] | None, language: str, *, counts_pages: bool = False) -> None:
    """Start the subprocess that draws, which loads the engine while the edition is still being built.

    The one that renders is not started ahead: on two cores it would be in the way of these two.

    Args:
        formats: Names of `OUTPUTS` that will be asked for; all when None.
        language: Code of the page's language.
        counts_pages: Whether `page_count` will be asked.
    """
    if "pdf" in _formats(formats) or counts_pages:
        from briefing.outputs import pdf_worker

        pdf_worker.start_early(language)


def make_files(
    edition: Edition,
    *,
    formats: Sequence[str] | None = None,
    only: str = "",
    digests: bool = True,
    templates: Path | None = None,
    renderings: Renderings | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[tuple[str, bytes]]:
    """Return the files of an edition as (path below its folder, content), the whole edition first, then by theme.

    The arguments and errors are those of `render`.
    """
    from briefing.outputs.issue import check_edition

    check_edition(edition, error=OutputError)
    if edition.draft:
        raise OutputError("The edition is a draft; nothing is made of it yet.", "Sign it: briefing publish edition.md")
    names = _formats(formats)
    made = renderings or Renderings()
    jobs = [Job(e, OUTPUTS, templates=templates, renderings=made) for e in _editions(edition, only, digests=digests)]
    missing = [job for job in jobs if "pdf" in names and not job.has("pdf")]
    with _pdfs(missing) as pdfs:
        for job in jobs:  # while the PDFs are being drawn
            for name in names:
                if name not in _WITH_PDF and job.file_of(name):
                    job.made(name)
        for n, (job, pdf) in enumerate(zip(missing, pdfs, strict=True)):
            if progress:
                progress("outputs", n, len(jobs))
            job.keep("pdf", pdf())
    files = [(job.file_of(name), job.made(name)) for job in jobs for name in names if job.file_of(name)]
    if progress:
        progress("outputs", len(jobs), len(jobs))
    return files


def make_mail(
    edition: Edition,
    form: MailForm,
    *,
    templates: Path | None = None,
    renderings: Renderings | None = None,
) -> bytes:
    """Return the mail of an edition in the form that a list wants, without recipients.

    Args:
        edition: Whole or narrowed, signed off.
        form: What it carries, and its subject.
        templates: A folder of templates that override ours.
        renderings: What was made already; what is made now is kept there, and two forms share it.

    Raises:
        OutputError: A part cannot be made.
    """
    return Job(edition, OUTPUTS, templates=templates, form=form, renderings=renderings).made("eml")


#: The outputs that wait for the PDF.
_WITH_PDF = ("pdf", "eml")


def _pdfs(jobs: Sequence[Job]) -> AbstractContextManager[Sequence[Callable[[], bytes]]]:
    """Return what has the PDFs of jobs drawn while it is open."""
    if not jobs:
        return nullcontext(())
    from briefing.outputs.pdf_worker import drawn_beside

    return drawn_beside(jobs)


def render(
    edition: Edition,
    out: Path | str,
    *,
    formats: Sequence[str] | None = None,
    only: str = "",
    digests: bool = True,
    templates: Path | None = None,
    renderings: Renderings | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[Path]:
    """Write an edition's files below ``out/DAY/`` and return their paths, whole edition first, then by theme.

    Everything is made before anything is written: files of one edition never disagree. With the issue file of a whole
    edition the archive of ``out`` is written anew too; its paths come last.

    Args:
        edition: The edition, whole or already narrowed to a theme.
        out: The folder of all editions.
        formats: Names of `OUTPUTS`; all when None.
        only: Slug of the one theme whose digest is wanted, instead of everything.
        digests: Whether the digest of each theme is made too.
        templates: A folder of templates that override ours.
        renderings: What was made already; what is made now is kept there.
        progress: Told "outputs", how many editions and digests are made, and how many there are.

    Raises:
        OutputError: A format or theme is unknown, an output cannot be made, or a file cannot be written.
    """
    files = make_files(
        edition,
        formats=formats,
        only=only,
        digests=digests,
        templates=templates,
        renderings=renderings,
        progress=progress,
    )
    issue = next((content for name, content in files if name == OUTPUTS["json"].whole), None)
    written = replace_folder(Path(out), edition.name, files, stays=_staying(Path(out), edition, issue))
    if issue is not None and not edition.scope:
        from briefing.outputs.archive import write_archive

        written += write_archive(Path(out), templates)
    return written


def _staying(out: Path, edition: Edition, issue: bytes | None) -> Callable[[str], bool]:
    """Return which files of the edition's old folder stay beside the new ones.

    Outputs of another issue file do not stay beside a new issue file: they would say something else. What is no output
    is the desk's own, and stays.
    """
    folder = out / edition.name
    old = folder / OUTPUTS["json"].whole
    same = issue is None or (old.is_file() and old.read_bytes() == issue)
    wholes = {output.whole for output in OUTPUTS.values()}
    return lambda name: same or not (name in wholes or name.startswith(DIGESTS))


def formats_in(edition: Edition, folder: Path | str) -> list[str]:
    """Return the names of the outputs of which an edition's folder holds a file, the issue file left out."""
    slugs = [section.theme for section in edition.sections]
    return [
        name
        for name, output in OUTPUTS.items()
        if name != "json"
        and any(
            (Path(folder) / file).exists() for file in (output.whole, *(output.digest.format(slug=s) for s in slugs))
        )
    ]


def _formats(formats: Sequence[str] | None) -> list[str]:
    wanted = list(OUTPUTS) if formats is None else list(formats)
    for name in wanted:
        if name not in OUTPUTS:
            raise OutputError(f"There is no output {name!r}.", f"Use one of {', '.join(OUTPUTS)}.")
    return [name for name in OUTPUTS if name in wanted]


def _editions(edition: Edition, only: str, *, digests: bool) -> Iterator[Edition]:
    themes = [section.theme for section in edition.sections if section.theme != "other"]
    if only and only not in themes:
        raise OutputError(f"The edition has no theme {only!r}.", f"Use one of {', '.join(themes)}.")
    if only:
        yield edition.only(only)
        return
    yield edition
    if digests and not edition.scope:
        yield from (edition.only(theme) for theme in themes)

"""Runs the analysis of articles: in this process, in a process pool, or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from briefing.build.analysis import Analysis, Analyst, analyse
from briefing.build.threads import in_one_thread
from briefing.errors import BriefingError, SettingsError
from briefing.model import Article
from briefing.version import VERSION

#: Articles handed over at once: a task of about half a second beside which its transport does not count.
BATCH = 16
#: Articles from which other processes pay off: starting one costs as much as about fifty articles.
MANY = 400
#: Seconds to wait for a scheduler.
PATIENCE = 10

Analyse = Callable[[Article, Analyst], Analysis]


@dataclass(frozen=True, slots=True)
class Engine:
    """An executor for analyses. The results are the same whichever it is.

    Args:
        jobs: Processes on this machine; 1 for this one alone, 0 for one a core where there is work for them.
        cluster: Address of a Dask scheduler, such as ``tcp://scheduler:8786``; empty for none.
    """

    jobs: int = 0
    cluster: str = ""

    def analyse(
        self, articles: Sequence[Article], analyst: Analyst, progress: Callable[[int], None]
    ) -> Iterator[tuple[str, Analysis]]:
        """Yield (article key, analysis) in the order of the articles; ``progress`` gets their number so far.

        A process that dies in the middle costs another attempt, not an article: what it had not handed back is worked
        on again, on a cluster by another worker, on this machine by this process.

        Raises:
            SettingsError: Dask is not installed, or the workers run another version of this program.
            BriefingError: No scheduler answers, or the cluster gave up.
        """
        done = 0
        for batch in self._batches(articles, analyst):
            for article, analysis in zip(articles[done : done + len(batch)], batch, strict=True):
                yield article.key, analysis
                done += 1
                progress(done)

    def _batches(self, articles: Sequence[Article], analyst: Analyst) -> Iterator[Sequence[Analysis]]:
        batches = [articles[at : at + BATCH] for at in range(0, len(articles), BATCH)]
        if self.cluster:
            with _on_cluster(self.cluster):
                yield from _handed_out(batches, analyst, -1)
        elif (jobs := self._processes(len(articles))) > 1:
            yield from _on_cores(batches, analyst, jobs)
        else:
            yield from ([analyse(article, analyst)] for article in articles)

    def _processes(self, articles: int) -> int:
        """Return the number of processes for so many articles."""
        if not self.jobs and articles < MANY:
            return 1

        from joblib import cpu_count

        return min(self.jobs or cpu_count(), -(-articles // BATCH))


@in_one_thread  # it runs in a process of its own
def _analysed(articles: Sequence[Article], analyst: Analyst) -> list[Analysis]:
    return [analyse(article, analyst) for article in articles]


def _handed_out(batches: Sequence[Sequence[Article]], analyst: Analyst, jobs: int) -> Iterator[list[Analysis]]:
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=jobs, return_as="generator", pre_dispatch="3*n_jobs", batch_size=1)(
        delayed(_analysed)(batch, analyst) for batch in batches
    )


def _on_cores(batches: Sequence[Sequence[Article]], analyst: Analyst, jobs: int) -> Iterator[list[Analysis]]:
    from joblib.externals.loky.process_executor import BrokenProcessPool

    done = 0
    try:
        for batch in _handed_out(batches, analyst, jobs):
            yield batch
            done += 1
    except BrokenProcessPool:  # killed, by hand or for want of memory
        yield from (_analysed(batch, analyst) for batch in batches[done:])


@contextmanager
def _on_cluster(address: str) -> Iterator[None]:
    """Make a Dask cluster joblib's backend while the block runs."""
    try:
        from distributed import Client, KilledWorker
        from joblib import parallel_config
    except ImportError as error:
        raise SettingsError(
            "A cluster needs Dask, which is not installed.", "pip install 'briefing[cluster]'", code="E_CONFIG"
        ) from error
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise BriefingError(
            f"No Dask scheduler answers at {address}.",
            "Start one with `dask scheduler`, and workers with `dask worker ADDRESS`.",
            code="E_CLUSTER",
        ) from error
    with client:
        _check_workers(client, address)
        try:
            with parallel_config(backend="dask", client=client, wait_for_workers_timeout=PATIENCE):
                yield
        except KilledWorker as error:
            raise BriefingError(
                f"The cluster at {address} gave up: one piece of work killed several workers.",
                "Look at the workers' memory, or build without --cluster.",
                code="E_CLUSTER",
            ) from error


def _check_workers(client: Any, address: str) -> None:
    """Refuse a cluster without workers, or with workers of another version."""
    versions = set(client.run(_version).values())
    if not versions:
        raise BriefingError(
            f"The cluster at {address} has no worker.", f"Start some with `dask worker {address}`.", code="E_CLUSTER"
        )
    if versions != {VERSION}:
        raise SettingsError(
            f"Workers at {address} run version {', '.join(sorted(versions))} of this program; this is {VERSION}.",
            "Install the same version everywhere.",
            code="E_CLUSTER",
        )


def _version() -> str:
    return VERSION

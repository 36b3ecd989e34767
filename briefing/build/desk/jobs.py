"""Work that takes longer than a request, one at a time, in a thread of its own, with its progress."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread

from briefing.build.desk.results import JobName, JobState
from briefing.build.progress import Progress
from briefing.errors import BriefingError


class Jobs:
    """Runs one job at a time."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._state: JobState | None = None
        self._thread: Thread | None = None

    def start(self, job: JobName, work: Callable[[Progress], object]) -> bool:
        """Begin a job and return at once; False while another is under way."""
        with self._turn:
            if self._state is not None and not self._state.finished:
                return False
            self._state = JobState(job, "", 0, 0, finished=False)
            self._thread = Thread(target=self._run, args=(job, work), name=f"desk {job}")
            self._thread.start()
            return True

    def _run(self, job: JobName, work: Callable[[Progress], object]) -> None:
        def progress(stage: str, done: int, total: int) -> None:
            self._state = JobState(job, stage, done, total, finished=False)

        try:
            result = work(progress)
            self._state = JobState(job, "", 0, 0, finished=True, result=result)
        except BriefingError as error:
            problem = f"{error.message} {error.hint}".strip()
            self._state = JobState(job, "", 0, 0, finished=True, problem=problem)
        except BaseException:
            self._state = JobState(job, "", 0, 0, finished=True, problem="The program failed; its terminal says why.")
            raise

    def state(self) -> JobState | None:
        """Return the job that is under way, or the last one; None when there was none."""
        return self._state

    def wait(self) -> JobState | None:
        """Return the state of the last job once it has finished."""
        if self._thread is not None:
            self._thread.join()
        return self._state

"""The screens of the round: the morning with its one next act, and signing and sending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from briefing.build.desk.results import DeskFinding, Morning, NextAct, Step
from briefing.desk.asking import Asked, Form, MissingError
from briefing.desk.face import Face, back
from briefing.desk.rows import findings_key
from briefing.desk.screens import FindingRow, NextRow, SourceRow, StepRow, steps
from briefing.errors import BriefingError
from briefing.model import Edition

_LISTED = 40  # late articles that are named


@dataclass(frozen=True, slots=True)
class MorningRows:
    """The morning."""

    steps: tuple[StepRow, ...]
    next: NextRow | None
    late: tuple[str, ...]
    late_count: int
    findings: tuple[FindingRow, ...]
    proof_said: str
    sources: tuple[SourceRow, ...]
    sources_said: str
    mistakes: tuple[str, ...]
    lost: tuple[str, ...]


def show_morning(face: Face, request: Request) -> Response:
    """Show the state of the round and what is to be done next."""
    w, busy = face.words, face.busy()
    morning = face.desk.morning()
    lost: tuple[str, ...] = ()
    if morning.has_draft:
        lost = face.board()[0].lost
    rows = MorningRows(
        steps=tuple(steps(morning, [_step_said(step, face) for step in morning.steps], w)),
        next=_next(morning.next, face),
        late=tuple(late.title or late.input for late in face.desk.late()[:_LISTED]) if morning.late else (),
        late_count=morning.late,
        findings=tuple(_finding(finding) for finding in morning.findings),
        proof_said=w.say("proof_sound") if morning.has_draft else w.say("proof_later"),
        sources=tuple(_sources(morning, face)),
        sources_said=w.say("sources_well") if face.desk.settings.sources else w.say("no_sources"),
        mistakes=morning.mistakes,
        lost=lost,
    )
    return face.page("morning", "morning", version=morning.version, back_to="/", morning=rows, busy=busy)


def _step_said(step: Step, face: Face) -> str:
    if not step.done and not step.count:
        return face.words.say("not_yet")
    said = [face.words.count(f"step_{step.name}", step.count)] if step.count else []
    return ", ".join([*said, *filter(None, [face.moment(step.moment)])]) or face.words.say("is_done")


_HREFS: dict[NextAct, str] = {"review": "/review", "sign": "/sign", "send": "/sign"}


def _next(act: NextAct, face: Face) -> NextRow | None:
    if not act:
        return None
    name = act.replace(" ", "_")
    href = _HREFS.get(act, "")
    return NextRow(face.words.say(f"next_{name}"), face.words.say(f"why_{name}"), "" if href else act, href)


def _finding(finding: DeskFinding) -> FindingRow:
    return FindingRow(findings_key(finding) if finding.drop else "", finding.problem, finding.place)


def _sources(morning: Morning, face: Face) -> Iterator[SourceRow]:
    w = face.words
    for source in morning.sources:
        since = w.say("silent_since", moment=face.moment(source.since)) if source.since else w.say("silent_ever")
        said = " ".join(filter(None, (source.problem, source.hint)))
        yield SourceRow(source.name, w.say("failing") if source.problem else w.say("silent"), f"{since} {said}", bool(source.problem))


def act_on_round(face: Face, request: Request, form: Form) -> Response:
    """Start a step of the round in the background, or drop what the proof refuses."""
    kind, _, key = form.do.partition(":")
    if kind == "finding":
        finding = next((f for f in face.desk.morning().findings if f.drop and findings_key(f) == key), None)
        if finding is None:
            raise MissingError("gone")
        face.act(Asked(finding.drop, about=finding.problem), form.based_on)
    elif kind in ("collect", "build", "load late"):
        face.desk.start(kind)
    else:
        raise MissingError("no_such_act")
    return back("/")


# ---- signing and sending


@dataclass(frozen=True, slots=True)
class ReceiverRow:
    """Who is sent it, and what came of that."""

    channel: str
    scope: str
    recipient: str
    state: str
    cls: str
    reason: str


@dataclass(frozen=True, slots=True)
class SignRows:
    """Signing and sending."""

    name: str
    signed: str  # by whom, in words; empty when nobody signed
    changed: bool  # acts were done since
    findings: int
    can_send: bool
    send_said: str
    receivers: tuple[ReceiverRow, ...]

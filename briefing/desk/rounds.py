"""The screens of the round: the morning with its one next act, and signing and sending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from briefing.build.desk.results import DeskFinding, JobName, Morning, NextAct, Step
from briefing.desk.asking import Asked, Form, MissingError
from briefing.desk.face import Face, back
from briefing.desk.rows import finding_key
from briefing.desk.screens import FindingRow, NextRow, SourceRow, StepRow, steps
from briefing.text.labels import Words
from briefing.text.printable import one_line

_LISTED = 40  # late articles that are named
_LONGEST_NAME = 200  # characters


@dataclass(frozen=True, slots=True)
class MorningRows:
    """The morning."""

    steps: tuple[StepRow, ...]
    next: NextRow | None
    late: tuple[str, ...]
    late_count: int
    findings: tuple[FindingRow, ...]
    proof_said: str
    is_proving: bool  # in the background
    sources: tuple[SourceRow, ...]
    sources_said: str
    has_sources: bool
    mistakes: tuple[str, ...]
    lost: tuple[str, ...]


def show_morning(face: Face, request: Request) -> Response:
    """Show the state of the round and what is to be done next."""
    w, busy = face.words, face.busy()
    morning = face.desk.morning()
    has_draft = next(step.done for step in morning.steps if step.name == "built")
    checked = face.desk.checked() if has_draft and not busy else ()
    findings = checked or ()
    lost = face.board()[0].lost if has_draft else ()
    rows = MorningRows(
        steps=tuple(steps(morning.steps, [_step_said(step, face) for step in morning.steps], checked, w)),
        next=_next(morning.next, face),
        late=tuple(late.title or late.input for late in face.desk.late()[:_LISTED]) if morning.late else (),
        late_count=morning.late,
        findings=tuple(map(_finding, findings)),
        proof_said=_proof_said(has_draft=has_draft, is_under_way=checked is None, w=w),
        is_proving=checked is None,
        sources=tuple(_sources(morning, face)),
        sources_said=w.say("sources_well") if face.desk.settings.sources else w.say("no_sources"),
        has_sources=bool(face.desk.settings.sources),
        mistakes=morning.mistakes,
        lost=lost,
    )
    return face.page(
        "morning",
        "morning",
        version=morning.version,
        back_to="/",
        morning=rows,
        busy=busy,
        is_waiting=rows.is_proving,
    )


def _proof_said(*, has_draft: bool, is_under_way: bool, w: Words) -> str:
    if is_under_way:
        return w.say("proof_under_way")
    return w.say("proof_sound") if has_draft else w.say("proof_later")


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
    return FindingRow(finding_key(finding) if finding.drop else "", finding.problem, finding.place)


def _sources(morning: Morning, face: Face) -> Iterator[SourceRow]:
    w = face.words
    for source in morning.sources:
        since = w.say("silent_since", moment=face.moment(source.since)) if source.since else w.say("silent_ever")
        said = " ".join(filter(None, (source.problem, source.hint)))
        yield SourceRow(
            source.name,
            w.say("failing") if source.problem else w.say("silent"),
            f"{since} {said}",
            bool(source.problem),
        )


_JOBS: dict[str, JobName] = {"collect": "collect", "build": "build", "load late": "load late"}


def act_on_round(face: Face, request: Request, form: Form) -> Response:
    """Start a step of the round in the background, or drop what the proof refuses."""
    kind, _, key = form.do.partition(":")
    if kind == "finding":
        finding = next((f for f in face.desk.findings() if f.drop and finding_key(f) == key), None)
        if finding is None:
            raise MissingError("gone")
        face.act(Asked(finding.drop, about=finding.problem), form.based_on)
    elif job := _JOBS.get(kind):
        face.begin(job)
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
    reason: str = ""
    is_bad: bool = False


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


def show_sign(face: Face, request: Request) -> Response:
    """Show whether the edition can be signed, and whom it goes to."""
    w, busy = face.words, face.busy()
    board, rows = face.board()
    morning = face.desk.morning()
    steps_done = {step.name: step.done for step in morning.steps}
    signed = steps_done["signed"] or bool(morning.signed_by)
    delivered = ", ".join(f"{one.count} {one.state}" for one in morning.deliveries)
    sign = SignRows(
        name=face.signer or morning.signed_by or face.editor,
        signed=w.say("signed_by_name", name=morning.signed_by) if morning.signed_by else "",
        changed=bool(morning.signed_by) and not steps_done["signed"],
        findings=0 if busy or steps_done["signed"] else len(face.desk.checked() or ()),
        can_send=signed and not steps_done["sent"],
        send_said=delivered or (w.say("not_sent_yet") if signed else w.say("sign_first")),
        receivers=tuple(_receivers(face)),
    )
    return face.page("sign", "sign_and_send", version=board.version, back_to="/sign", board=rows, sign=sign, busy=busy)


def _receivers(face: Face) -> Iterator[ReceiverRow]:
    """Yield the result of each parcel after a sending; before that, the lists and channels of the settings."""
    w, settings = face.words, face.desk.settings
    if face.posted:
        for state, name, recipient, reason in face.posted:
            yield ReceiverRow(name, "", recipient, state, reason, state not in ("accepted", "no news"))
        return
    for one in settings.lists:
        who = w.count("recipients", len(one.recipients)) if one.recipients else one.recipients_file
        yield ReceiverRow(one.name, one.theme or w.say("whole_edition"), who, w.say("waits"))
    for channel in settings.channels:
        yield ReceiverRow(channel.name, channel.theme or w.say("whole_edition"), channel.kind, w.say("waits"))


def sign(face: Face, request: Request, form: Form) -> Response:
    """Sign the edition as it stands: it is proved, then written, in the background."""
    name = one_line(form.values.get("name", "")).strip()[:_LONGEST_NAME]
    if not name:
        raise MissingError("no_name")
    face.signer = name
    face.begin("sign", name)
    return back("/sign")


def send(face: Face, request: Request, form: Form) -> Response:
    """Send the signed edition to whoever has not had it, in the background."""
    face.begin("send")
    return back("/sign")

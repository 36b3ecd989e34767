"""The values that the templates of the screens are given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.build.desk.results import DeskFinding, JobState, Paragraph, Step, StoryDesk
from briefing.desk.rows import BoardRows, Row, SentenceRow, candidate_row, chosen_row, decimal
from briefing.model.acts import ActKind
from briefing.text.labels import Words

#: The screens: name of their words, address, key.
SCREENS = (
    ("morning", "/", "0"),
    ("board", "/board", "b"),
    ("left_out", "/left-out?focus=1", "/"),
    ("page", "/page", "v"),
    ("sign_and_send", "/sign", "g"),
    ("history", "/history", "y"),
)

#: What the list of keys shows: group → keys with the name of their words.
KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "everywhere": (
        ("?", "key_help"),
        ("u", "undo"),
        ("0", "morning"),
        ("b", "board"),
        ("/", "key_search"),
        ("v", "page"),
        ("g", "sign_and_send"),
        ("y", "history"),
    ),
    "board": (
        ("j k", "key_step"),
        ("Enter", "open_story"),
        ("x", "key_drop"),
        ("p", "pin"),
        ("J K", "key_move"),
        ("1–9", "key_section"),
        ("[ ]", "key_jump"),
        ("f", "key_fold"),
        ("m", "mark"),
        ("M", "key_merge"),
        ("h", "hold"),
        ("X", "key_unchanged"),
        ("␣", "review"),
    ),
    "review": (("␣", "keep_it"), ("x", "drop"), ("n", "later")),
    "story": (
        ("j k", "key_step_sentence"),
        ("s", "key_swap"),
        ("a", "key_add"),
        ("x", "remove"),
        ("*", "key_point"),
        ("r", "receipt"),
        ("J K", "key_move"),
        ("t", "own_title"),
        ("o", "own_words"),
        ("e", "desk_note"),
        ("S", "split"),
        ("[ ]", "key_neighbours"),
    ),
    "morning": (("Enter", "key_next"), ("l", "load_newer"), ("c", "collect_now")),
}


@dataclass(frozen=True, slots=True)
class Screen:
    """A way to a screen."""

    name: str
    href: str
    key: str
    here: bool


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys of one screen, with what they do."""

    name: str
    keys: tuple[tuple[str, str], ...]


def screens(here: str, w: Words) -> tuple[Screen, ...]:
    """Return the ways to all screens; ``here`` is the name of the one that is shown."""
    return tuple(Screen(w.say(name), href, key, name == here) for name, href, key in SCREENS)


def key_groups(w: Words) -> tuple[KeyGroup, ...]:
    """Return the keys that `?` shows."""
    return tuple(
        KeyGroup(w.say(name), tuple((key.replace("␣", w.say("space")), w.say(what)) for key, what in keys))
        for name, keys in KEYS.items()
    )


@dataclass(frozen=True, slots=True)
class Said:
    """The line that says what was done, or why it was not."""

    text: str
    refused: bool = False


def said_done(kind: ActKind, about: str, number: int, w: Words) -> str:
    """Return what was done in words: the kind of act and what it was about, clipped."""
    what = about if len(about) <= _LONG else f"{about[: _LONG - 1]}…"
    done = w.say(f"did_{kind.replace(' ', '_')}", number=number)
    return f"{done}: {what}" if what else f"{done}."


_LONG = 90  # characters of a headline in a line


# ---- review


@dataclass(frozen=True, slots=True)
class ReviewRows:
    """How far the review is, and where it goes on."""

    done: int
    total: int
    after: str  # key of the item behind the one that is shown; empty when it is the last


def to_review(board: BoardRows) -> tuple[Row, ...]:
    """Return the items that have not been looked at, in the order of the board."""
    return tuple(row for row in board.items if not row.dropped and not row.reviewed)


def review_rows(board: BoardRows, at: Row | None) -> ReviewRows:
    """Return how far the review is: what was dropped has been looked at."""
    left = to_review(board)
    behind = list(board.items)[list(board.items).index(at) + 1 :] if at else []
    after = next((row.key for row in behind if row in left), "") or next((r.key for r in left if r is not at), "")
    return ReviewRows(len(board.items) - len(left), len(board.items), after)


# ---- a story


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of a story, or one in a list."""

    key: str
    title: str
    outlet: str
    when: str
    url: str


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """Why a story is under a theme."""

    slug: str
    name: str
    why: str
    here: bool


@dataclass(frozen=True, slots=True)
class StoryRows:
    """A story's page."""

    chosen: tuple[SentenceRow, ...]  # printed
    others: tuple[SentenceRow, ...]  # those that were dropped, then the candidates, best first
    articles: tuple[ArticleRow, ...]
    themes: tuple[ThemeRow, ...]
    notes: tuple[str, ...]
    known: tuple[str, ...]
    before: str
    after: str
    source_title: str


def story_rows(story: StoryDesk, board: BoardRows, w: Words, *, before: str, after: str) -> StoryRows:
    """Return a story's page in the words of a language."""
    names = {section.theme: section.name for section in board.sections}
    printed = tuple(chosen_row(s) for s in story.chosen if s.in_print)
    shown = {row.key for row in printed}
    others = (candidate_row(c, w) for c in story.candidates)
    return StoryRows(
        chosen=printed,
        others=tuple(row for row in others if row.key not in shown),
        articles=tuple(
            ArticleRow(
                s.article.article_id,
                s.article.title or s.article.input,
                f"[{s.number}] {s.article.outlet or w.say('outlet_unknown')}",
                w.day(s.article.published.date(), "tiny") if s.article.published else "",
                s.article.url,
            )
            for s in story.sources
        ),
        themes=tuple(
            ThemeRow(
                why.theme,
                names.get(why.theme, why.theme),
                w.say(
                    "theme_why",
                    score=decimal(why.score, 1, w),
                    terms=", ".join(why.terms),
                ),
                why.theme == story.item.theme,
            )
            for why in story.why
        ),
        notes=story.item.notes,
        known=story.known,
        before=before,
        after=after,
        source_title=story.item.headline,
    )


@dataclass(frozen=True, slots=True)
class LitParagraph:
    """A paragraph with the part of it that is lit."""

    before: str
    lit: str
    after: str


@dataclass(frozen=True, slots=True)
class ReceiptRows:
    """A receipt, opened: where in its article a sentence stands."""

    title: str
    outlet: str
    when: str
    url: str
    paragraphs: tuple[LitParagraph, ...]
    place: str


def receipt_rows(paragraph: Paragraph, w: Words) -> ReceiptRows:
    """Return a receipt in the words of a language."""
    span = paragraph.span
    return ReceiptRows(
        paragraph.title,
        paragraph.outlet or w.say("outlet_unknown"),
        w.day(paragraph.published.date(), "short") if paragraph.published else w.say("undated"),
        paragraph.url,
        (LitParagraph(paragraph.before, paragraph.sentence, paragraph.after),),
        w.say("receipt_place", start=span.start, end=span.end, hash=paragraph.sha256[:12]),
    )


# ---- the morning


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the round."""

    name: str
    title: str
    state: str  # "done", "now", "failed" or ""
    state_said: str
    said: str


@dataclass(frozen=True, slots=True)
class NextRow:
    """The one thing to do next."""

    title: str
    why: str
    act: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source that is silent or fails."""

    name: str
    state: str
    said: str
    failing: bool


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What the proof refuses."""

    key: str  # of what takes it out; empty where nothing does by itself
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Busy:
    """Work in the background, and how far it is."""

    title: str
    said: str
    done: int
    total: int


def busy(progress: JobState | None, w: Words) -> Busy | None:
    """Return the work that is under way; None when there is none."""
    if progress is None or progress.finished:
        return None
    said = w.say("so_far", done=progress.done, total=progress.total) if progress.total else ""
    return Busy(
        w.say(f"job_{progress.job.replace(' ', '_')}"),
        f"{progress.stage} {said}".strip(),
        progress.done,
        progress.total,
    )


def steps(
    round_: Sequence[Step], said_of: Sequence[str], findings: Sequence[DeskFinding] | None, w: Words
) -> Iterator[StepRow]:
    """Yield the steps of the round; the one behind the last that is done is now.

    Args:
        round_: In their order.
        said_of: What is said of each.
        findings: Of the proof; None while it is under way.
        w: The words.
    """
    now = max((n for n, step in enumerate(round_) if step.done), default=-1) + 1
    for n, (step, said) in enumerate(zip(round_, said_of, strict=True)):
        state = "done" if step.done else "now" if n == now else ""
        if step.name == "proved" and findings != ():
            state = "failed" if findings else "now"
        said_state = w.say(f"is_{state}") if state else w.say("is_open")
        yield StepRow(step.name, w.say(f"step_{step.name}"), state, said_state, said)

"""The sheet an editor works on: what it says, what it takes, what it refuses."""

# ruff: noqa: E501  a sheet has lines as long as its sentences

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.build import read_again
from briefing.model import (
    Edition,
    EditionPassage,
    EditorLine,
    KeyPoint,
    PrintedSentence,
    Receipt,
    SetApart,
    SignOff,
    Why,
)
from briefing.outputs.issue import check_edition
from briefing.stages.proof import Given, verify_edition
from briefing.stages.sheet import apply_edits, read_sheet, write_sheet
from tests.editions import EDITIONS, Desk, imprinted, section, ukrainian
from tests.editions import all_new as ordinary
from tests.paths import SEEDS

SIGNED = SignOff("Mirela Osk", datetime(2022, 2, 1, 5, 40, tzinfo=UTC))
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

Edit = Callable[[str], str]


def published(draft: Edition, edit: Edit = lambda text: text) -> Edition:
    """The edition an edited sheet gives; it must be without mistakes."""
    edits, mistakes = read_sheet(draft, edit(write_sheet(draft)))
    assert mistakes == ()
    edition = apply_edits(draft, edits, SIGNED)
    check_edition(edition)
    assert verify_edition(edition, None).findings == ()
    return edition


def refused(draft: Edition, edit: Edit) -> list[tuple[int, str]]:
    _, mistakes = read_sheet(draft, edit(write_sheet(draft)))
    return [(m.line, m.problem) for m in mistakes]


def swap(old: str, new: str) -> Edit:
    def edit(text: str) -> str:
        assert text.count(old) >= 1, old
        return text.replace(old, new, 1)

    return edit


def both(*edits: Edit) -> Edit:
    def edit(text: str) -> str:
        for one in edits:
            text = one(text)
        return text

    return edit


def line_of(text: str, beginning: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), 1) if line.startswith(beginning))


def block(text: str, heading: str) -> str:
    """The lines of an item, from its heading to the next one."""
    start = text.index(heading)
    end = re.search(r"\n(?=#)", text[start:])
    assert end
    return text[start : start + end.start() + 1]


# ---- what is read back


@pytest.mark.parametrize("name", [name for name in EDITIONS if name not in ("foreign-names", "ordinary")])
def test_a_sheet_nobody_edited_drops_and_moves_nothing(name: str) -> None:
    draft = EDITIONS[name]()
    edition = published(draft)
    assert [s.headline for s in edition.stories] == [s.headline for s in draft.stories]
    assert [len(s.summary) for s in edition.stories] == [len(s.summary) for s in draft.stories]
    assert len(edition.key_points) == len(draft.key_points)
    assert len(edition.statements) == len(draft.statements)
    assert edition.cuts == draft.cuts


def test_the_sample_comes_back_from_its_sheet_as_it_was(sample: Edition) -> None:
    assert replace(published(replace(sample, draft=True)), signed=None) == sample


def test_an_edition_an_editor_worked_on_comes_back_from_its_sheet_too(sample: Edition) -> None:
    stories = [replace(s, retitled="Ours", lines=(EditorLine("Under it."),)) for s in sample.sections[0].stories]
    parts = (replace(sample.sections[0], stories=tuple(stories), lines=(EditorLine("Above."),)), *sample.sections[1:])
    worked = replace(sample, sections=parts, lines=(EditorLine("One."), EditorLine("> Two")), signed=SIGNED)
    back = published(replace(worked, lines=(EditorLine("One."), EditorLine("Title: two"))))
    assert back == replace(worked, lines=(EditorLine("One."), EditorLine("Title: two")))


LINES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
SYNTAX = st.sampled_from(
    [
        "# Sanctions",
        "## 1. Item",
        "- [1] dropped",
        "+ [1] pinned",
        "> said",
        "Title: x",
        "Note: x",
        "// remark",
        "[1] x",
    ]
)
TEXTS = st.one_of(SYNTAX, LINES.filter(str.strip), st.builds("{} {}".format, SYNTAX, LINES))


@st.composite
def drafts(draw: st.DrawFn) -> Edition:
    """An edition whose articles say anything at all, the sheet's own signs too."""
    desk, stories = Desk(), []
    for n in range(1, draw(st.integers(1, 4)) + 1):
        sentences = draw(st.lists(TEXTS, min_size=1, max_size=4, unique=True))
        source = desk.source(draw(TEXTS), sentences, outlet=draw(TEXTS))
        stories.append(desk.story(n, (source,), desk.told(source, len(sentences))))
    first = stories[0]
    passage = EditionPassage(1, first.summary[:1], Why("sanctions", 0.4, is_main=False, terms=()))
    point = KeyPoint(first.summary[0], 1, "diplomacy")
    name = draw(st.one_of(st.just("Key points"), st.just("2. Talks"), st.just(""), TEXTS))
    sections = (section(0, stories[:2]), replace(section(1, stories[2:]), name=name), section(2, (), (passage,)))
    return desk.edition(sections, key_points=(point,))


@QUICK
@given(drafts())
def test_no_text_of_an_article_is_taken_for_the_sheets_own_signs(draft: Edition) -> None:
    edition = published(draft)
    assert [(s.headline, [c.text for c in s.summary]) for s in edition.stories] == [
        (s.headline, [c.text for c in s.summary]) for s in draft.stories
    ]
    assert [p.sentence.text for p in edition.key_points] == [p.sentence.text for p in draft.key_points]
    assert edition.editors_words == ()


@pytest.mark.parametrize("code", ["de", "fr", "es", "uk"])
def test_the_sheet_speaks_the_language_of_the_page_and_understands_english(code: str) -> None:
    draft = imprinted(ordinary(), language=code)
    text = write_sheet(draft)
    assert "Sign-off" not in text
    edits, mistakes = read_sheet(draft, "Sign-off: Mirela Osk\nNote: Mine.\n" + text)
    assert (mistakes, edits.signed, edits.lines) == ((), "Mirela Osk", (EditorLine("Mine."),))


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(" ", "  ").replace("\n\n", "\n\n\n \t\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: "\n".join("   " + line for line in text.split("\n")),
        lambda text: re.sub(r"^//.*\n", "", text, flags=re.MULTILINE),
        lambda text: re.sub(r"(?<=^\[)([\d, ]+)(?=\])", lambda m: m[1].replace(", ", ","), text, flags=re.MULTILINE),
    ],
    ids=["windows", "old-mac", "mark", "wide", "no-break", "indented", "no-comments", "tight"],
)
def test_white_space_and_line_ends_do_not_count(edit: Edit) -> None:
    assert published(ordinary(), edit) == published(ordinary())


@pytest.mark.parametrize("width", [20, 40, 72])
def test_lines_that_the_editing_program_broke_are_put_together_again(width: int) -> None:
    def broken(text: str) -> str:
        lines = (
            re.sub(rf"(?<=\S.{{{width - 1}}}) ", "\n", line) if line[:1] in "[#" else line for line in text.split("\n")
        )
        return "\n".join(lines)

    assert "\n[1] Negotiators" in broken(write_sheet(ordinary()))
    assert len(broken(write_sheet(ordinary())).split("\n")) > len(write_sheet(ordinary()).split("\n")) + 10
    assert published(ordinary(), broken) == published(ordinary())


def test_a_broken_line_that_looks_like_a_sign_still_belongs_to_its_sentence() -> None:
    desk = Desk()
    source = desk.source("Talks", ["They said > no, # 2 and - [1] never."])
    draft = desk.edition(
        (section(0, (desk.story(1, (source,), desk.told(source, 1)),)), section(1, ()), section(2, ()))
    )
    assert published(draft, swap(" > no, # 2 and - [1]", "\n> no,\n# 2 and\n- [1]")) == published(draft)


# ---- what an editor may do


def test_an_item_that_is_deleted_is_gone_with_all_that_was_said_of_it_and_is_listed() -> None:
    edition = published(ordinary(), lambda text: text.replace(block(text, "## 3."), ""))
    assert [s.number for s in edition.stories] == [1, 2, 4, 5]
    assert not edition.accounts
    assert [p.story for p in edition.key_points] == [1, 5, 2]
    assert [(c.what, c.why) for c in edition.cuts] == [
        ("the item “Cargo aircraft land with launchers and ammunition”", "by the editor")
    ]
    gone = [(e.input, e.reason) for e in edition.ledger if e.reason == "Left out by the editor."]
    assert gone == [(f"incoming/00{n}.txt", "Left out by the editor.") for n in (5, 6)]
    assert [s.number for s in edition.sources] == [1, 2, 3, 4, 7, 8]  # gaps: nothing is numbered afresh


@pytest.mark.parametrize("mark", ["- ## 3.", "## - 3.", "-## 3.", "— ## 3.", "–## 3."])
def test_an_item_with_a_dash_is_dropped_as_one_that_is_deleted(mark: str) -> None:
    assert published(ordinary(), swap("## 3.", mark)) == published(
        ordinary(), lambda text: text.replace(block(text, "## 3."), "")
    )


@pytest.mark.parametrize("how", ["- ", "-", "– ", "delete"])
def test_a_sentence_that_is_dropped_is_nowhere_in_the_edition(how: str) -> None:
    text = "[4] The answer will not be made public, officials said."
    edition = published(ordinary(), swap(f"\n{text}", "" if how == "delete" else f"\n{how}{text}"))
    assert "will not be made public" not in repr(replace(edition, cuts=()))
    assert [c.what for c in edition.cuts] == ["sentence 3 of “Foreign secretary flies to Orsk Bay before the summit”"]


def test_an_item_moved_to_another_section_takes_everything_along() -> None:
    def move(text: str) -> str:
        item = block(text, "## 3.")
        return swap("# Sanctions\n", f"# Sanctions\n\n{item}")(text.replace(item, ""))

    edition = published(ordinary(), move)
    assert [[s.headline[:8] for s in part.stories] for part in edition.sections] == [
        ["Envoys r", "Foreign "],
        ["The cabi"],
        ["Cargo ai", "Minister"],
    ]
    assert [s.number for s in edition.stories] == [1, 2, 3, 4, 5]
    assert [(p.story, p.theme) for p in edition.key_points][1] == (4, "sanctions")
    assert edition.accounts[0].stories == (4,)
    assert not edition.cuts
    assert [e.reason for e in edition.ledger][4] == "Item 4."


@pytest.mark.parametrize("mark", ["+ ## 2.", "## + 2.", "+##2."])
def test_a_plus_before_an_item_puts_it_first_in_its_section(mark: str) -> None:
    edition = published(ordinary(), swap("## 2.", mark))
    assert [s.headline[:7] for s in edition.sections[0].stories] == ["Foreign", "Envoys "]
    assert [s.number for s in edition.sections[0].stories] == [1, 2]


@pytest.mark.parametrize("how", ["mark", "copy"])
def test_a_sentence_is_made_a_key_point_by_a_plus_or_by_copying_it_there(how: str) -> None:
    text = "[8] Gas payments would be exempt for ninety days under the draft."
    edit = swap(f"\n{text}", f"\n+ {text}") if how == "mark" else swap("# Key points\n", f"# Key points\n{text}\n")
    edition = published(ordinary(), edit)
    point = edition.key_points[0]
    assert (point.sentence.text[:12], point.story, point.theme) == ("Gas payments", 5, "sanctions")
    assert len(edition.key_points) == 5


def test_a_sentence_of_a_passage_is_made_a_key_point_of_the_theme_it_is_on() -> None:
    edition = published(ordinary(), swap("\n[4] A package", "\n+ [4] A package"))
    assert (edition.key_points[0].story, edition.key_points[0].theme) == (2, "sanctions")


def in_item(text: str, line: str) -> int:
    """Where a line stands the last time before the articles in short."""
    return text.rindex(line, 0, text.index("\n# In short"))


def test_a_key_point_goes_with_its_sentence_and_is_listed() -> None:
    edition = published(ordinary(), lambda text: text[: (at := in_item(text, "[8] Finance"))] + "-" + text[at:])
    assert 5 not in [p.story for p in edition.key_points]
    assert [c.what[:13] for c in edition.cuts] == ["the key point", "sentence 1 of"]


def test_a_headline_of_the_editors_stands_beside_the_sources() -> None:
    text = write_sheet(ordinary())
    lines = text.split("\n")
    lines.insert(line_of(text, "## 3.") + 1, "Title: The fourth flight is in")
    story = published(ordinary(), lambda _: "\n".join(lines)).stories[2]
    assert (story.retitled, story.headline[:5]) == ("The fourth flight is in", "Cargo")


def test_the_editors_lines_stand_on_the_cover_in_a_section_and_under_an_item() -> None:
    edit = both(
        swap("\nNote:", "\nNote: On the cover.\n> And this."),
        swap("# Sanctions\n", "# Sanctions\n> Quiet.\n"),
        swap("\n[1] The hosts", "\nNote: Under item 1.\n[1] The hosts"),
    )
    edition = published(ordinary(), edit)
    assert [line.text for line in edition.lines] == ["On the cover.", "And this."]
    assert [line.text for line in edition.sections[2].lines] == ["Quiet."]
    assert [line.text for line in edition.stories[0].lines] == ["Under item 1."]
    assert edition.editors_words == ("On the cover.", "And this.", "Under item 1.", "Quiet.")


def test_an_editors_line_holds_no_control_characters_and_no_overrides() -> None:
    edition = published(ordinary(), swap("\nNote:", "\n> a\x07b\u202ec\x1b[31m <b>d</b>\ttab"))
    assert edition.lines == (EditorLine("abc[31m <b>d</b> tab"),)


def test_sections_sentences_and_statements_can_be_ordered_anew() -> None:
    def edit(text: str) -> str:
        start, end = text.index("# Diplomacy"), text.index("# Sanctions")
        first, second = text[start:end].split("# Arms Shipments")
        return f"{text[:start]}# Arms Shipments{second}{first}{text[end:]}"

    edition = published(ordinary(), both(edit, swap("# Who said what\n\n[2]", "# Who said what\n- [2]")))
    assert [part.theme for part in edition.sections] == ["arms-shipments", "diplomacy", "sanctions"]
    assert [s.headline[:5] for s in edition.stories] == ["Cargo", "The c", "Envoy", "Forei", "Minis"]
    assert [said.speaker for said in edition.statements] == ["Foreign secretary"]
    assert [c.what for c in edition.cuts] == ["what Foreign minister said"]


def test_a_section_whose_items_are_all_gone_stays_and_says_so() -> None:
    def edit(text: str) -> str:
        return text.replace(text[text.index("# Sanctions") : text.index("# Accounts")], "")

    edition = published(ordinary(), edit)
    assert [part.theme for part in edition.sections] == ["diplomacy", "arms-shipments", "sanctions"]
    assert (edition.sections[2].stories, edition.sections[2].passages) == ((), ())


def test_an_account_with_one_figure_left_is_no_account() -> None:
    edition = published(ordinary(), swap("[6] A fourth", "- [6] A fourth"))
    assert edition.accounts == ()
    assert [c.what for c in edition.cuts] == ["some 80 tonnes of the accounts that differ on tonnes of ammunition"]


def test_a_passage_that_its_item_now_tells_in_the_same_section_is_not_said_twice() -> None:
    draft = ordinary()
    told = draft.stories[1].summary[0]
    passage = replace(draft.sections[2].passages[0], sentences=(told,))
    draft = replace(draft, sections=(*draft.sections[:2], replace(draft.sections[2], passages=(passage,))))

    def move(text: str) -> str:
        item = block(text, "## 2.")
        return swap("# Sanctions\n", f"# Sanctions\n\n{item}")(text.replace(item, ""))

    assert published(draft, move).sections[2].passages == ()
    assert len(published(draft).sections[2].passages) == 1


def test_what_was_known_before_stands_in_the_sheet_as_a_remark() -> None:
    draft = ordinary()
    cited = draft.stories[0].summary[1]
    known = PrintedSentence("# Known then.", replace(cited.receipt, sha256=""), draft.day, 1)
    stories = (
        replace(draft.stories[0], known=(known,), state="developing", since=draft.day),
        *draft.sections[0].stories[1:],
    )
    draft = replace(draft, sections=(replace(draft.sections[0], stories=stories), *draft.sections[1:]))
    text = write_sheet(draft)
    assert "\n// Said before: # Known then.\n" in text
    assert " // Developing since 1 Feb; [1] Tarnholt Observer; " in text
    edits, mistakes = read_sheet(draft, text)
    assert mistakes == ()
    assert apply_edits(draft, edits, SIGNED).stories[0].known == (known,)


# ---- what is refused


MISTAKES: dict[str, tuple[Edit, str, str]] = {
    "a sentence whose words were changed": (
        swap("resume on Thursday with", "resume on Friday with"),
        "[1] The hosts",
        ("“Friday” stands where the source says “Thursday”. A source's words may be dropped as a whole sentence, never"
        " changed. The draft has: “The hosts said the talks would resume on Thursday with military officers at the table.”"),
    ),
    "a sentence that was shortened": (swap(" with military officers at the table.", "."), "[1] The hosts", "never changed"),
    "a sentence that was added to": (swap("[1] The hosts", "[1] Then the hosts"), "[1] Then", "never changed"),
    "a sentence nobody said": (swap("[1] The hosts", "[1] Xyzzy plugh\n[1] The hosts"), "[1] Xyzzy", "No source says"),
    "the number of another source": (swap("[1] The hosts", "[2] The hosts"), "[2] The hosts", "This sentence is of [1]"),
    "a support taken away": (swap("[5, 6] Three", "[5] Three"), "[5] Three", "This sentence is of [5, 6]"),
    "a sentence without its number": (swap("[1] The hosts", "The hosts"), "The hosts", "lacks its number"),
    "a sentence in another item": (
        both(swap("[7] Field hospitals and helmets will be sent instead.\n", ""),
             swap("[1] The hosts", "[7] Field hospitals and helmets will be sent instead.\n[1] The hosts")),
        "[7] Field",
        "stays where it was: item 4",
    ),
    "a passage in another section": (
        both(swap("## Also on Sanctions\n", ""), swap("# Arms Shipments\n", "# Arms Shipments\n## Also on Sanctions\n")),
        "## Also on",
        "What is also on “Sanctions” stays under it",
    ),
    "a sentence that stands twice": (
        swap("[1] The hosts", "[1] Neither side moved on the question of the eastern garrisons, two diplomats familiar"
             " with the session said.\n[1] The hosts"),
        "[1] Neither",
        "stands twice",
    ),
    "an item that stands twice": (
        lambda text: text.replace("# Sanctions\n", f"# Sanctions\n{block(text, '## 1.')}"), "## 1.", "Item 1 stands twice"
    ),
    "an item there is not": (swap("## 5.", "## 9."), "## 9.", "The draft has no item 9. Its items are 1, 2, 3, 4, 5."),
    "an item with another headline": (
        swap("## 5. Ministers agree", "## 5. Ministers differ on"),
        "## 5.",
        "Write your own below it, after “Title:”.",
    ),
    "a section there is not": (swap("# Sanctions\n", "# Sanktions\n"), "# Sank", "no part called “Sanktions”"),
    "a section that stands twice": (
        swap("# Arms Shipments\n", "# Sanctions\n# Arms Shipments\n"), "# Sanctions", "“Sanctions” stands twice"
    ),
    "a heading there is not": (swap("## Also on Sanctions", "## Also on fish"), "## Also", "neither an item nor a heading"),
    "garbage": (swap("[1] The hosts", "lorem ipsum\n[1] The hosts"), "lorem", "neither a source's nor marked as yours"),
    "a line of the editor's under the key points": (
        swap("# Key points\n", "# Key points\n> Mine.\n"), "> Mine", "Your own words stand at the top"
    ),
    "a title that belongs to nothing": (swap("# Sanctions\n", "# Sanctions\nTitle: x\n"), "Title: x", "belongs under"),
    "a second title": (
        swap("[1] The hosts", "Title: a\nTitle: b\n[1] The hosts"), "Title: b", "A title of yours for this item stands twice"
    ),
    "a sign-off in a section": (swap("# Sanctions\n", "# Sanctions\nSign-off: x\n"), "Sign-off: x", "above its first part"),
    "a second sign-off": (swap("\nSign-off:", "\nSign-off: a\nSign-off: b"), "Sign-off: b", "stands twice"),
    "a sentence under nothing": (
        swap("\nSign-off:", "\n[1] The hosts said\nSign-off:"), "[1] The hosts", "stands here under nothing"
    ),
    "an item under the key points": (swap("# Diplomacy\n", ""), "## 1.", "Item 1 stands under no section"),
    "a pinned section": (swap("# Sanctions\n", "+ # Sanctions\n"), "+ # San", "Only an item or a sentence can be pinned"),
    "a pinned statement": (swap("\n[2] Foreign", "\n+ [2] Foreign"), "+ [2]", "can be made a key point"),
    "an account there is not": (swap("## 1. tonnes", "## 7. tonnes"), "## 7.", "no 7"),
    "an account renamed": (swap("## 1. tonnes of", "## 1. tons of"), "## 1. tons", "never changed"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_what_cannot_be_taken_is_named_with_its_line(name: str) -> None:
    edit, beginning, problem = MISTAKES[name]
    found = refused(ordinary(), edit)
    lines = edit(write_sheet(ordinary())).split("\n")
    assert found
    line, said = found[0]
    assert problem in said
    assert lines[line - 1].startswith(beginning)


def test_all_mistakes_are_named_at_once_in_the_order_of_the_lines() -> None:
    edit = both(
        swap("resume on Thursday", "resume on Friday"), swap("# Sanctions\n", "# Sanktions\n"), swap("## 4.", "## 14.")
    )
    found = refused(ordinary(), edit)
    assert [line for line, _ in found] == sorted(line for line, _ in found)
    assert [said[:12] for _, said in found] == ["“Friday” sta", "The draft ha", "The draft ha", "What is also"][
        : len(found)
    ]


def test_the_rest_of_a_changed_and_broken_line_is_not_a_mistake_of_its_own() -> None:
    found = refused(ordinary(), swap("resume on Thursday with military", "resume on Friday\nwith military"))
    assert len(found) == 1


def test_a_changed_sentence_does_not_fill_the_terminal() -> None:
    found = refused(ordinary(), swap("[1] The hosts", f"[1] {'word ' * 5000}"))
    assert all(len(said) < 1000 for _, said in found)


# ---- whatever an editor does


@pytest.fixture(scope="module")
def again(sample: Edition) -> Given:
    """What the stages make of the sample articles today."""
    return read_again(SEEDS, sample)


@settings(QUICK, max_examples=15)
@given(data=st.data())
def test_whatever_is_dropped_and_moved_the_edition_is_sound_and_proved(
    sample: Edition, again: Given, data: st.DataObject
) -> None:
    lines = write_sheet(sample).split("\n")
    marked = data.draw(
        st.sets(st.sampled_from([n for n, t in enumerate(lines) if t.startswith(("[", "## "))]), max_size=9)
    )
    pinned = data.draw(st.sets(st.sampled_from([n for n, t in enumerate(lines) if re.match(r"## \d", t)]), max_size=3))
    accounts = lines.index("# Accounts that differ")
    edited = [f"- {t}" if n in marked else f"+ {t}" if n in pinned and n < accounts else t for n, t in enumerate(lines)]
    edits, mistakes = read_sheet(sample, "\n".join(edited))
    assert mistakes == ()
    edition = apply_edits(sample, edits, SIGNED)
    check_edition(edition)
    assert verify_edition(edition, again.articles, again).findings == ()
    for theme in ("diplomacy", "sanctions"):
        assert verify_edition(edition.only(theme), again.articles, again).findings == ()


@settings(QUICK, max_examples=12)
@given(data=st.data())
def test_items_moved_anywhere_leave_an_edition_that_is_sound_and_proved(
    sample: Edition, again: Given, data: st.DataObject
) -> None:
    text = write_sheet(sample)
    for number in data.draw(st.lists(st.sampled_from([s.number for s in sample.stories]), max_size=4)):
        item = block(text, f"## {number}. ")
        rest = text.replace(item, "")
        heads = [
            m.end() for m in re.finditer(r"^# (?:Diplomacy|Arms Shipments|Sanctions|Other news)\n", rest, re.MULTILINE)
        ]
        at = data.draw(st.sampled_from(heads))
        text = f"{rest[:at]}\n{item}{rest[at:]}"
    edits, mistakes = read_sheet(sample, text)
    assert mistakes == ()
    edition = apply_edits(sample, edits, SIGNED)
    assert verify_edition(edition, again.articles, again).findings == ()
    assert sorted(s.headline for s in edition.stories) == sorted(s.headline for s in sample.stories)


@settings(QUICK, max_examples=150)
@given(data=st.data())
def test_no_edit_ends_in_a_traceback(data: st.DataObject) -> None:
    draft = data.draw(st.sampled_from([ordinary(), ukrainian()]))
    lines = write_sheet(draft).split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        at, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        how = data.draw(st.sampled_from(["delete", "repeat", "swap", "mark", "change", "insert"]))
        if how == "delete" and len(lines) > 1:
            del lines[at]
        elif how == "repeat":
            lines.insert(other, lines[at])
        elif how == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif how == "mark":
            lines[at] = data.draw(st.sampled_from("-+#>[/")) + lines[at]
        elif how == "change":
            lines[at] = lines[at][: data.draw(st.integers(0, 20))] + data.draw(st.text(max_size=8))
        else:
            lines.insert(at, data.draw(st.one_of(TEXTS, st.text(max_size=40))))
    edits, mistakes = read_sheet(draft, "\n".join(lines))
    if mistakes:
        assert all(m.line >= 1 and m.problem for m in mistakes)
    else:
        edition = apply_edits(draft, edits, SIGNED)
        check_edition(edition)
        assert verify_edition(edition, None).findings == ()


def test_what_the_page_prints_beside_a_sentence_stands_under_it_as_a_remark() -> None:
    draft = ordinary()
    first, *rest = draft.stories[0].summary
    body = Receipt.made(first.article_id, 0, 4, "Kyiv")
    marked = replace(
        first, words_of=SetApart("Adan Kresh", body), introduced=SetApart("Mayor Nela Worin", body), by_editor=True
    )
    stories = (replace(draft.stories[0], summary=(marked, *rest)), *draft.sections[0].stories[1:])
    draft = replace(draft, sections=(replace(draft.sections[0], stories=stories), *draft.sections[1:]))
    text = write_sheet(draft)
    assert f"{first.text}\n// [Mayor Nela Worin]; words of Adan Kresh; the editor’s choice\n" in text
    edits, mistakes = read_sheet(draft, text)
    assert mistakes == ()
    assert apply_edits(draft, edits, SIGNED).stories[0].summary[0] == marked

"""Editions built by hand, one for each way a page can be odd. All texts are invented."""

# ruff: noqa: E501  sentences of articles are as long as they are

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from briefing.model import (
    Brand,
    CitedAccount,
    CitedFigure,
    CitedOrigin,
    CitedSentence,
    CitedStatement,
    Correction,
    Counts,
    Cut,
    Edition,
    EditionPassage,
    EditionStory,
    Imprint,
    KeyPoint,
    LedgerEntry,
    Note,
    PrintedSentence,
    Printing,
    QuietStory,
    Receipt,
    Removal,
    Section,
    Source,
    View,
    Why,
)
from briefing.model.article import ReceiptOf
from briefing.model.digest import counted
from briefing.model.edition import SET_CLOSELY

DAY = date(2022, 2, 1)
THEMES = (
    ("diplomacy", "Diplomacy", "Talks, visits, mediation and the statements states exchange."),
    ("arms-shipments", "Arms Shipments", "Weapons and equipment promised, sent or refused."),
    ("sanctions", "Sanctions", "Measures threatened, adopted or lifted, and what they touch."),
)


def article(number: int) -> str:
    """The id of the article that is a desk's source number ``number``."""
    return f"{number:016x}"


def imprinted(edition: Edition, **fields: object) -> Edition:
    """The edition with some fields changed, those of its imprint among them."""
    looks = {field.name: fields.pop(field.name) for field in dataclass_fields(Imprint) if field.name in fields}
    return replace(edition, imprint=replace(edition.imprint, **looks), **fields)


def imprinted_as(**looks: object) -> Imprint:
    """The imprint of the gallery's editions with some fields changed."""
    return replace(Imprint("Morning Briefing", DAY, organisation="Halden Centre for Security Studies"), **looks)


def headed(source: Source) -> Receipt:
    """The receipt of a source's title: its headline, or the first sentence of its text."""
    of: ReceiptOf = "body" if source.untitled else "title"
    return Receipt.made(source.article_id, 0, len(source.title), source.title, of)


class Desk:
    """Collects sources and hands out cited sentences with true receipts."""

    def __init__(self) -> None:
        self.sources: list[Source] = []
        self.bodies: list[str] = []

    def source(
        self,
        title: str,
        sentences: Sequence[str],
        *,
        outlet: str = "",
        days_ago: int | None = 0,
        host: str = "",
        precision: str = "day",
        evidence: str = "metadata",
        untitled: bool = False,
        **more: str,
    ) -> int:
        number = len(self.sources) + 1
        moment = datetime(2022, 2, 1, 8, 30, tzinfo=UTC) - timedelta(days=days_ago) if days_ago is not None else None
        if moment and precision == "day":
            moment = moment.replace(hour=0, minute=0)
        self.bodies.append(" ".join(sentences))
        self.sources.append(
            Source(
                number=number,
                article_id=article(number),
                input=f"incoming/{number:03}.txt",
                title=title,
                untitled=untitled,
                outlet=outlet,
                url=f"https://www.{host}/2022/02/{number}" if host else "",
                published=moment,
                precision=precision if moment else "",
                evidence=evidence if moment else "",
                language=more.get("language", "en"),
                byline=more.get("byline", ""),
                wire=more.get("wire", ""),
            )
        )
        own = tuple(self.cite(number, text) for text in sentences[:3])
        self.sources[-1] = replace(self.sources[-1], summary=own)
        return number

    def cite(self, number: int, text: str, *support: int, kind: str = "") -> CitedSentence:
        start = self.bodies[number - 1].index(text)
        receipt = Receipt.made(self.sources[number - 1].article_id, start, start + len(text), text)
        return CitedSentence(text, receipt, tuple(map(article, support)), kind)

    def told(self, number: int, count: int = 3, *support: int) -> tuple[CitedSentence, ...]:
        own = self.sources[number - 1].summary[:count]
        return tuple(replace(s, support=tuple(map(article, support))) if i == 0 else s for i, s in enumerate(own))

    def story(
        self, number: int, sources: Sequence[int], summary: tuple[CitedSentence, ...], **more: object
    ) -> EditionStory:
        head = self.sources[sources[0] - 1]
        groups: dict[tuple[str, str], list[int]] = {}
        for n in sources:
            s = self.sources[n - 1]
            groups.setdefault((s.wire or s.outlet or f"{n}", "agency" if s.wire else "own reporting"), []).append(n)
        dated = [self.sources[n - 1] for n in sources if self.sources[n - 1].published]
        newest = max(dated, key=lambda s: (s.published, s.number), default=None)
        story = EditionStory(
            number=number,
            story_id=f"s{number}",
            headline=head.title,
            headline_receipt=headed(head),
            sources=tuple(map(article, sources)),
            origins=tuple(
                CitedOrigin("" if name.isdigit() else name, kind, tuple(map(article, ns)))
                for (name, kind), ns in groups.items()
            ),
            summary=summary,
            newest=newest.published if newest else None,
            precision=newest.precision if newest else "",
        )
        return replace(story, **more)

    def used(self) -> tuple[LedgerEntry, ...]:
        return tuple(
            LedgerEntry(
                s.input, s.input, "accept", "used", f"Source {s.number}.", article_id=s.article_id, title=s.title
            )
            for s in self.sources
        )

    def edition(self, sections: Sequence[Section], **more: object) -> Edition:
        looks = {
            name: more.pop(name) for name in ("title", "organisation", "language", "time_zone", "brand") if name in more
        }
        edition = Edition(
            imprinted_as(**looks),
            sections=tuple(sections),
            sources=tuple(self.sources),
            ledger=self.used(),
        )
        edition = replace(edition, **more)
        stories = edition.stories
        moments = [s.published for s in self.sources if s.published]
        counts = Counts(
            inputs=len(edition.ledger),
            articles=len(self.sources),
            outlets=len({s.outlet for s in self.sources if s.outlet}),
            origins=sum(len(s.origins) for s in stories),
            stories=len(stories),
            undated=sum(s.published is None for s in self.sources),
            first=min(moments, default=None),
            last=max(moments, default=None),
        )
        return replace(edition, counts=counts)


def section(index: int, stories: Sequence[EditionStory], passages: Sequence[EditionPassage] = ()) -> Section:
    slug, name, description = THEMES[index]
    return Section(slug, name, description, tuple(stories), tuple(passages))


def ordinary() -> Edition:
    """Five stories in three themes: several sources, shared origins, accounts that differ, an untitled source."""
    d = Desk()
    envoys = d.source(
        "Envoys return to Tarnholt for a second round as the border quiets",
        [
            "Negotiators from both delegations met for five hours in Tarnholt on Monday, their first session since the autumn.",
            "The hosts said the talks would resume on Thursday with military officers at the table.",
            "Neither side moved on the question of the eastern garrisons, two diplomats familiar with the session said.",
            "A joint paper on prisoner exchanges is to be ready within ten days.",
        ],
        outlet="Tarnholt Observer",
        host="tarnholt-observer.example",
        precision="minute",
        byline="Mirela Osk",
    )
    envoys2 = d.source(
        "Second round of talks set for Thursday",
        [
            "Delegations will sit down again on Thursday after a five-hour session in Tarnholt, the host ministry said.",
            "The foreign minister called the mood “businesslike” and declined to speak of progress.",
            "Officers of both general staffs will attend for the first time.",
        ],
        outlet="Pellhaven Daily",
        host="pellhaven.example",
        wire="Meridian Press",
    )
    envoys3 = d.source(
        "Delegations to meet again Thursday",
        [
            "Delegations will meet again on Thursday, the ministry in Tarnholt announced late on Monday.",
            "The foreign minister described the mood as “businesslike”.",
        ],
        outlet="",
        wire="Meridian Press",
        evidence="file name",
    )
    visit = d.source(
        "Foreign secretary flies to Orsk Bay before the summit",
        [
            "The foreign secretary will spend two days in Orsk Bay before the leaders’ summit opens on Friday.",
            "Her office said she would carry a written answer to the proposals of 17 December.",
            "The answer will not be made public, officials said.",
            "A package of financial measures would be ready “the same day” if the border were crossed, she told reporters.",
        ],
        outlet="Norvane Times",
        host="norvane-times.example",
        days_ago=1,
    )
    lift = d.source(
        "Cargo aircraft land with launchers and ammunition",
        [
            "Three cargo aircraft carrying 240 launchers and about 90 tonnes of ammunition landed at the Kestrel airfield on Sunday.",
            "The defence ministry said the delivery was the fourth since the parliament approved the programme in November.",
            "Instructors will begin training crews within a week.",
            "Opposition members asked why the second tranche had been priced at 180 million crowns.",
        ],
        outlet="Hadderstone Post",
        host="hadderstone-post.example",
        days_ago=2,
    )
    lift2 = d.source(
        "Fourth arms flight arrives at Kestrel",
        [
            "A fourth flight of military aid reached Kestrel airfield, bringing some 80 tonnes of ammunition and launchers.",
            "Crews will be trained by foreign instructors from next week, the ministry added.",
        ],
        outlet="Pellhaven Daily",
        host="pellhaven.example",
        days_ago=2,
        evidence="dateline",
    )
    refusal = d.source(
        "The cabinet will not license the re-export of howitzers, its spokesman said on Wednesday.",
        [
            "The cabinet will not license the re-export of howitzers, its spokesman said on Wednesday.",
            "The guns were sold two decades ago on condition that they stay in the buyer’s own arsenal.",
            "Field hospitals and helmets will be sent instead.",
        ],
        days_ago=None,
        untitled=True,
    )
    funds = d.source(
        "Ministers agree list of banks to be cut off",
        [
            "Finance ministers agreed in principle on a list of eleven banks that would lose access to clearing in euros.",
            "Gas payments would be exempt for ninety days under the draft.",
            "Two governments asked for compensation for their exporters.",
        ],
        outlet="Norvane Times",
        host="norvane-times.example",
        days_ago=4,
        precision="minute",
    )
    points = (
        KeyPoint(d.cite(envoys, d.sources[envoys - 1].summary[0].text), 1, "diplomacy"),
        KeyPoint(d.cite(lift, d.sources[lift - 1].summary[0].text, lift2), 3, "arms-shipments"),
        KeyPoint(d.cite(funds, d.sources[funds - 1].summary[0].text), 5, "sanctions"),
        KeyPoint(d.cite(visit, d.sources[visit - 1].summary[1].text), 2, "diplomacy"),
    )
    stories = (
        d.story(1, (envoys, envoys2, envoys3), d.told(envoys, 3, envoys2, envoys3)),
        d.story(2, (visit,), d.told(visit)),
        d.story(3, (lift, lift2), d.told(lift, 3, lift2), state="developing"),
        d.story(4, (refusal,), d.told(refusal)),
        d.story(5, (funds,), d.told(funds)),
    )
    view = View("diplomacy", (stories[1].summary[1], stories[1].summary[2]))
    stories = (stories[0], replace(stories[1], views=(view,)), *stories[2:])
    package = EditionPassage(
        2,
        (
            d.cite(
                visit,
                "A package of financial measures would be ready “the same day” if the border were crossed, she told reporters.",
            ),
        ),
        Why("sanctions", 0.41, is_main=False, terms=("financial measures",)),
    )
    account = CitedAccount(
        "tonnes of ammunition",
        (3,),
        (
            CitedFigure("about 90 tonnes", 90, "t", d.told(lift)[0]),
            CitedFigure("some 80 tonnes", 80, "t", d.told(lift2)[0]),
        ),
    )
    statement = CitedStatement(
        "Foreign minister",
        "host of the talks",
        "called",
        "“businesslike”",
        d.cite(envoys2, "The foreign minister called the mood “businesslike” and declined to speak of progress."),
        1,
        "diplomacy",
    )
    second = CitedStatement(
        "Foreign secretary",
        "",
        "told",
        "“the same day”",
        package.sentences[0],
        2,
        "diplomacy",
    )
    ledger = (
        *d.used(),
        LedgerEntry(
            "incoming/009.txt",
            "incoming/009.txt",
            "accept",
            "merged",
            "The same article as incoming/005.txt.",
            article_id="00000000000000ff",
            title="Cargo aircraft land",
            into="incoming/005.txt",
        ),
        LedgerEntry(
            "incoming/010.html",
            "incoming/010.html",
            "accept-with-warning",
            "left out",
            "It fits no theme.",
            (Note("W_ENCODING_GUESSED", "incoming/010.html states no encoding; windows-1252 was assumed."),),
            title="Harbour ferry halted by storm",
            removals=(Removal(0, 12, "comments"), Removal(20, 60, "appeal")),
        ),
        LedgerEntry(
            "incoming/011.bin",
            "incoming/011.bin",
            "reject-with-error",
            "rejected",
            "incoming/011.bin holds binary data, no text.",
            (Note("E_BINARY", "incoming/011.bin holds binary data, no text."),),
        ),
    )
    return d.edition(
        (section(0, stories[:2]), section(1, stories[2:4]), section(2, stories[4:], (package,))),
        key_points=points,
        accounts=(account,),
        statements=(statement, second),
        ledger=ledger,
        brand=Brand(mark="TLP:AMBER", footer="For the addressees only"),
    )


def all_new() -> Edition:
    """The ordinary edition of the gallery, none of its stories printed before."""
    edition = ordinary()
    parts = (replace(p, stories=tuple(replace(s, state="new") for s in p.stories)) for p in edition.sections)
    return replace(edition, sections=tuple(parts))


def sound() -> Edition:
    """The ordinary edition as its issue file alone proves it: all is new in it, and it is counted."""
    return counted(all_new())


def one_article() -> Edition:
    """One article, one story, two themes without news."""
    d = Desk()
    n = d.source(
        "Harbour talks open in Selwick",
        [
            "Talks on the harbour treaty opened in Selwick on Tuesday.",
            "The two delegations will report to their parliaments in March.",
        ],
        outlet="Selwick Courier",
        host="selwick.example",
    )
    story = d.story(1, (n,), d.told(n, 2))
    return d.edition(
        (section(0, (story,)), section(1, ()), section(2, ())),
        key_points=(KeyPoint(d.told(n)[0], 1, "diplomacy"),),
    )


def nothing() -> Edition:
    """No article could be used."""
    entry = LedgerEntry("a.bin", "a.bin", "reject-with-error", "rejected", "a.bin holds binary data, no text.")
    return Desk().edition((section(0, ()), section(1, ()), section(2, ())), ledger=(entry,))


PLACES = ["Tarnholt", "Selwick", "Kestrel", "Hadder", "Norvane", "Orsk", "Pellhaven", "Brume", "Dunmarch", "Ilvany"]
OUTLETS = ["Tarnholt Observer", "Norvane Times", "Hadderstone Post", "Pellhaven Daily", "Selwick Courier", ""]
ACTS = (
    ("Envoys weigh a truce in {place}", "Envoys from {n} states weighed a truce in {place} on {day}."),
    ("{place} receives {n} armoured vehicles", "The garrison of {place} received {n} armoured vehicles on {day}."),
    ("{place} bank loses licence over {n} accounts", "Regulators froze {n} accounts at a bank in {place} on {day}."),
    (
        "Ministers call for calm after {place} incident",
        "Ministers of {n} states called for calm after shots near {place} on {day}.",
    ),
)
FOLLOW = (
    "Officials said the decision had been prepared for {n} weeks and would not be reversed before the spring.",
    "The council of {place} meets again in {n} days to hear the inspectors.",
    "A spokesman would not say how the {n} cases had come to light.",
    "Residents of {place} had been told to expect convoys for {n} nights.",
)
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def made(stories: int, *, per_story: int = 1, split: Sequence[int] | None = None) -> Edition:
    """An edition of any size, its sentences made from patterns."""
    d = Desk()
    items = []
    for i in range(stories):
        title, lead = ACTS[i % len(ACTS)]
        numbers = []
        for k in range(per_story):
            names = {"place": PLACES[(i * 3 + k) % 10], "n": 3 + (i * 7 + k * 5) % 90, "day": DAYS[(i + k) % 7]}
            sentences = [lead.format(**names), *(f.format(**names) for f in FOLLOW)]
            numbers.append(
                d.source(
                    title.format(**names),
                    sentences[: 2 + (i + k) % 4],
                    outlet=OUTLETS[(i + k) % 6],
                    host=f"news{(i + k) % 6}.example" if (i + k) % 6 < 5 else "",
                    days_ago=(i + k) % 9,
                )
            )
        items.append(d.story(i + 1, numbers, d.told(numbers[0], 3, *numbers[1:])))
    cuts = split or (stories // 3, 2 * stories // 3)
    parts = (items[: cuts[0]], items[cuts[0] : cuts[1]], items[cuts[1] :])
    points = tuple(KeyPoint(part[0].summary[0], part[0].number, THEMES[i][0]) for i, part in enumerate(parts) if part)
    return d.edition([section(i, part) for i, part in enumerate(parts)], key_points=points)


def sixty_articles() -> Edition:
    """Sixty articles in thirty stories."""
    return made(30, per_story=2)


def long_theme() -> Edition:
    """One theme of 25 stories, one of two, one without news."""
    return made(27, split=(25, 27))


def long_headline() -> Edition:
    """A headline of 300 characters, and one that is a single word of 120."""
    edition = made(3)
    words = "Delegates of the nine river states who gathered for the third consecutive winter in the old customs house "
    title = (words * 3)[:299].rstrip() + "."
    stories = [s for part in edition.sections for s in part.stories]
    titles = (title, "Grenz" * 24)
    sources = (*(replace(s, title=t) for s, t in zip(edition.sources, titles, strict=False)), *edition.sources[2:])
    changed = [
        *(
            replace(story, headline=s.title, headline_receipt=headed(s))
            for story, s in zip(stories[:2], sources, strict=False)
        ),
        stories[2],
    ]
    sections = tuple(replace(s, stories=(changed[i],)) for i, s in enumerate(edition.sections))
    return replace(edition, sections=sections, sources=sources)


def foreign_names() -> Edition:
    """Arabic and Hebrew outlets, headlines and sentences beside English ones."""
    d = Desk()
    arabic = d.source(
        "محادثات جديدة في المرفأ يوم الخميس",
        ["اجتمع الوفدان خمس ساعات في المرفأ يوم الاثنين.", "تستأنف المحادثات يوم الخميس بحضور ضباط."],
        outlet="صحيفة المرفأ",
        host="marfa.example",
        language="ar",
    )
    hebrew = d.source(
        "השיחות יתחדשו ביום חמישי",
        ["המשלחות ייפגשו שוב ביום חמישי, נמסר ממשרד החוץ.", "קצינים ישתתפו לראשונה (כ-12 מכל צד)."],
        outlet="עיתון הנמל",
        language="he",
        byline="דנה לוי",
    )
    english = d.source(
        "Talks resume at the harbour, says صحيفة المرفأ",
        [
            "The talks resume on Thursday, the newspaper صحيفة المرفأ reported.",
            "Officers of both sides will attend, עיתון הנמל said.",
        ],
        outlet="Selwick Courier",
        host="selwick.example",
    )
    summary = (d.told(arabic, 1)[0], d.told(hebrew, 1)[0], *d.told(english, 2))
    stories = (d.story(1, (english, arabic, hebrew), summary), d.story(2, (arabic,), d.told(arabic, 2)))
    return d.edition((section(0, stories), section(1, ()), section(2, ())))


def ukrainian() -> Edition:
    """Ukrainian articles and Ukrainian fixed words."""
    d = Desk()
    first = d.source(
        "Переговори у Тарнгольті продовжать у четвер",
        [
            "Делегації п’ять годин розмовляли в Тарнгольті в понеділок, уперше від осені.",
            "Господарі повідомили, що в четвер до столу сядуть і військові.",
            "Спільний документ про обмін полоненими має бути готовий за десять днів.",
        ],
        outlet="Вісник Тарнгольта",
        host="visnyk.example",
        language="uk",
        precision="minute",
    )
    second = d.source(
        "Ґрунтовий аеродром прийняв літаки з допомогою",
        ["На аеродром Кестрел прибули три літаки з боєприпасами.", "Навчання екіпажів почнеться за тиждень."],
        outlet="Щоденник",
        language="uk",
        days_ago=3,
    )
    names = ("Дипломатія", "Постачання зброї", "Санкції")
    stories = (d.story(1, (first,), d.told(first)), d.story(2, (second,), d.told(second, 2)))
    parts = (section(0, stories[:1]), section(1, stories[1:]), section(2, ()))
    sections = [replace(p, name=name, description="") for p, name in zip(parts, names, strict=True)]
    return d.edition(
        sections,
        title="Ранковий огляд",
        organisation="Центр безпекових студій",
        language="uk",
        time_zone="Europe/Kyiv",
        key_points=(KeyPoint(d.told(first)[0], 1, "diplomacy"), KeyPoint(d.told(second)[0], 2, "arms-shipments")),
    )


def undated() -> Edition:
    """Nothing is dated, no outlet is known, no address."""
    d = Desk()
    items = []
    for i in range(4):
        names = {"place": PLACES[i], "n": 4 + i, "day": DAYS[i]}
        title, lead = ACTS[i]
        n = d.source(title.format(**names), [lead.format(**names), FOLLOW[i].format(**names)], days_ago=None)
        items.append(d.story(i + 1, (n,), d.told(n, 2)))
    return d.edition((section(0, items[:2]), section(1, items[2:3]), section(2, items[3:])))


def cut_short() -> Edition:
    """An edition the length contract cut, on Letter paper, with a mark of its own."""
    edition = made(6)
    cuts = (
        Cut("sentence 3 of item 4", "words"),
        Cut(SET_CLOSELY, "pages"),
        Cut("item 7: Orsk bank loses licence", "pages"),
    )
    return imprinted(
        replace(edition, cuts=cuts), paper="Letter", brand=Brand(accent="#7a1f3d", mark="Internal use only")
    )


def second_day() -> Edition:
    """An edition beside earlier ones: a story that goes on, two unchanged, some gone quiet, a source that changed."""
    edition = made(9)
    yesterday, before = DAY - timedelta(days=1), DAY - timedelta(days=3)

    def earlier(text: str, item: int) -> PrintedSentence:
        source = edition.sources[0]
        receipt = Receipt.made(source.article_id, 0, len(text), text)
        return PrintedSentence(text, receipt, yesterday, item, source.outlet, source.title, source.url)

    def aged(section: Section) -> Section:
        first, *rest, last = section.stories
        known = (earlier("The harbour was open to coasters <only> on Monday.", 2),)
        going = replace(
            first, state="developing", since=before, last_printed=Printing(yesterday, 2), known=known, views=()
        )
        still = replace(
            last, state="unchanged", since=before, last_printed=Printing(yesterday, 4), summary=(), views=()
        )
        return replace(section, stories=(going, *rest, still), usual=6.3, usual_days=3)

    sections = (aged(edition.sections[0]), *(replace(s, usual=0.3, usual_days=3) for s in edition.sections[1:]))
    told = {s.receipt for section in sections for story in section.stories for s in story.summary}
    first = sections[0].stories[0].summary[0]
    corrections = (
        Correction(earlier("The strike began on Sunday.", 1), sections[0].theme, first.article_id, first),
        Correction(earlier("Nobody was hurt & nothing was lost.", 0), sections[1].theme, first.article_id),
    )
    return counted(
        replace(
            edition,
            sections=sections,
            key_points=tuple(p for p in edition.key_points if p.sentence.receipt in told),
            memory="0" * 64,
            quiet=(
                QuietStory("Ferry <b>halted</b> by storm", sections[0].theme, before, yesterday, 3),
                QuietStory("Bridge closed for a day", sections[1].theme, yesterday, yesterday, 7),
            ),
            corrections=corrections,
        )
    )


#: Every edition of the gallery by name.
EDITIONS = {
    "ordinary": ordinary,
    "one-article": one_article,
    "nothing": nothing,
    "sixty-articles": sixty_articles,
    "long-theme": long_theme,
    "long-headline": long_headline,
    "foreign-names": foreign_names,
    "ukrainian": ukrainian,
    "undated": undated,
    "cut-short": cut_short,
    "second-day": second_day,
}

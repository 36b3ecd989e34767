"""Stories made by hand, a sentence a line, and what an edition is made up of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date

from briefing.model import (
    Article,
    Cleaned,
    Edition,
    Imprint,
    Input,
    Origin,
    RawArticle,
    Sentence,
    Story,
    Summary,
    TermHit,
    Theme,
    ThemeMatch,
)
from briefing.stages.edition import Chosen, EditionParts, Layout, make_up

TALKS, ARMS = Theme("talks", "Talks"), Theme("arms", "Arms")


DAY = date(2022, 2, 1)


def article(title: str, *lines: str, outlet: str = "", published: date | None = None) -> Article:
    return Article.from_text("\n".join(lines), title=title, outlet=outlet, published=published, language="en")


def sentences_of(article: Article) -> tuple[Sentence, ...]:
    """One sentence a line: the splitter is not what is tested here."""
    return tuple(
        Sentence(article.id, n, n, p.start, p.end, article.body[p.start : p.end])
        for n, p in enumerate(article.paragraphs)
    )


def story(*articles: Article, origins: Sequence[Origin] = (), **more: object) -> Story:
    made = tuple(origins) or tuple(Origin(a.outlet, "own reporting", (a.id,)) for a in articles)
    return replace(Story(articles[0].id, articles, made, headline_article=articles[0].id), **more)  # type: ignore[arg-type]


def matched(theme: Theme, score: float = 0.9, main: bool = True) -> ThemeMatch:
    return ThemeMatch(theme, score, main, (TermHit("talks", 0, 1.0),))


def material(stories: Sequence[Story], matches: dict[str, list[ThemeMatch]], **more: object) -> EditionParts:
    articles = [a for s in stories for a in s.articles]
    raws = {a.id: RawArticle(f"{n}.txt", a.body, "text") for n, a in enumerate(articles)}
    sentences = {a.id: sentences_of(a) for a in articles}
    chosen = Chosen(
        summaries={s.id: Summary(sentences[s.articles[0].id][:2]) for s in stories},
        views={},
        articles={a.id: Summary(sentences[a.id][:1]) for a in articles},
        passages={},
    )
    ours = {field.name: more.pop(field.name) for field in fields(Chosen) if field.name in more}
    return replace(
        EditionParts(
            inputs=tuple(Input(raw.input, (raw,)) for raw in raws.values()),
            cleaned=tuple(Cleaned(raws[a.id], a) for a in articles),
            merged={},
            themes=(TALKS, ARMS),
            stories=stories,
            sentences=sentences,
            matches=matches,
            chosen=replace(chosen, **ours),  # type: ignore[arg-type]
        ),
        **more,  # type: ignore[arg-type]
    )


def made(given: EditionParts, **imprint: object) -> Edition:
    layout = {key: imprint.pop(key) for key in ("key_points", "other_news") if key in imprint}
    return make_up(given, Imprint("Morning briefing", DAY, **imprint), Layout(**layout))  # type: ignore[arg-type]


VISIT = article("Minister visits", "The minister flew to Kyiv.", "She met the president.", outlet="Aster Post")


SHIPMENT = article(
    "Weapons arrive",
    "The plane brought ninety tons of ammunition.",
    "More flights follow.",
    "Norvia paid for the rockets in gold.",
)


WEATHER = article("Storm ahead", "A storm crosses the coast tonight.")

"""Checks what is printed beside sentences by the judge's verdicts, and judges again where the judge is the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.model import Article, CitedSentence, Edition, Receipt, SetApart
from briefing.model.verdicts import follows, lacking
from briefing.model.walk import Place
from briefing.stages.judgement import judge_version
from briefing.stages.judgement.printing import PrintedIn, heads_alone, permit, printed_voice
from briefing.stages.proof.finding import Finding
from briefing.stages.proof.sentences import place_name
from briefing.stages.proof.sources_read import Given

Findings = Iterator[Finding]

#: Where the places of an edition are printed, by the name of its field.
_PLACES: Mapping[str | int, PrintedIn] = {
    "key_points": "key point",
    "accounts": "figure",
    "statements": "statement",
    "sources": "short",
    "corrections": "correction",
}


def check_set_apart(edition: Edition) -> Findings:
    """Yield the sentences that lack what their verdict asks for, and words beside them that are not as received."""
    for place, problem in lacking(edition):
        yield Finding(place_name(edition, place), problem)
    for place, cited in edition.walk():
        for words in filter(None, (cited.words_of, cited.introduced)):
            yield from _sealed(place_name(edition, place), cited, words)
        speaker = cited.verdict.speaker if cited.verdict else ""
        if cited.words_of and cited.words_of.text != speaker:
            yield Finding(place_name(edition, place), "It is printed as the words of another than its verdict names.")


def _sealed(place: str, cited: CitedSentence, words: SetApart) -> Findings:
    receipt = words.receipt
    if Receipt.made(receipt.article_id, receipt.start, receipt.end, words.text, receipt.of) != receipt:
        yield Finding(place, "What is set apart beside it is not the words its receipt was made for.")
    elif receipt.article_id != cited.article_id or not words.text:
        yield Finding(place, "What is set apart beside it is from another article.")
    elif words is cited.introduced and (receipt.end > cited.receipt.start or receipt.of != "body"):
        yield Finding(place, "What names its referent does not stand before it in its article.")


def check_set_apart_against(edition: Edition, articles: Mapping[str, Article]) -> Findings:
    """Yield the words set apart that do not stand in their article at that place."""
    for place, cited in edition.walk():
        article = articles.get(cited.article_id)
        for words in filter(None, (cited.words_of, cited.introduced)) if article else ():
            assert article is not None
            text = article.title if words.receipt.of == "title" else article.body
            if text[words.receipt.start : words.receipt.end] != words.text:
                yield Finding(place_name(edition, place), "What is set apart beside it does not stand in its article.")


def is_judged_again(edition: Edition) -> bool:
    """Return whether an edition was judged by the very judge there is, so that what he said can be compared."""
    return edition.imprint.judge == judge_version()


def check_verdicts(edition: Edition, given: Given) -> Findings:
    """Yield the sentences of which the judge, the same as then, says something else, or would not have printed."""
    if not is_judged_again(edition):
        return
    last: tuple[Place, CitedSentence] | None = None
    for place, cited in edition.walk():
        behind = last is not None and last[0][:-1] == place[:-1] and follows(last[1].receipt, cited.receipt)
        last = place, cited
        found = given.judged.get(cited.article_id, {}).get(cited.receipt.start)
        if found is None or cited.receipt.of == "title":
            continue  # it is no whole sentence, which is said of it already, or a headline, which nobody judges
        allowed = permit(found, _printed_in(edition, place), behind=behind and place[0] != "sources")
        problem = allowed.refused if not cited.by_editor else ""
        if cited.verdict and (cited.verdict.voice, cited.verdict.speaker) != (printed_voice(found), found.speaker):
            problem = "The judge says something else of whose words it is."
        elif (cited.verdict is None) == found.voiced:
            problem = "It is said to be judged and was not, or the other way round."
        if problem:
            yield Finding(place_name(edition, place), problem)
    listed = edition.by_article
    for story in edition.stories:
        receipt = story.headline_receipt
        part = receipt.of == "body" and listed[receipt.article_id].parts
        if part and not heads_alone(given.judged.get(receipt.article_id, {}).get(receipt.start)):
            yield Finding(f"item {story.number}", "The sentence it is shown under is not understood by itself.")


def _printed_in(edition: Edition, place: Place) -> PrintedIn:
    match place:
        case ("sections", int(n), "stories", int(at), "summary", *_):
            return "update" if edition.sections[n].stories[at].state == "developing" else "summary"
        case ("sections", int(n), "passages", *_):
            return "passage" if edition.sections[n].stories else "lone passage"
        case ("sections", *_):
            return "summary"
    return _PLACES[place[0]]

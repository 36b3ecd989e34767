"""Articles of several events, invented, for tests."""

from __future__ import annotations


def paragraphs(text: str) -> str:
    """Return a text written over several lines a paragraph, an empty line between two, as one line each."""
    return "\n\n".join(" ".join(block.split()) for block in text.split("\n\n"))


WAR_BRIEFING = {
    "title": "War briefing: what we know on day 790",
    "outlet": "The Example",
    "date": "2026-03-04",
    "text": paragraphs("""
        The senate of Orvel voted on Tuesday to approve 95 billion in wartime aid for Velland, along with arms for
        Tamar. The final vote was 79 to 18.

        Norvian missiles hit a residential district of Karvel early on Wednesday, killing three people, said the mayor,
        Igor Terek.

        Norvian authorities have arrested Timor Ivan, a deputy defence minister, on suspicion of taking an especially
        large bribe.

        Velland's foreign minister, Dmytro Kul, stopped consular services for men of conscription age who live abroad.
    """),
}
NEXT_DAY = {
    "title": "War briefing: what we know on day 791",
    "outlet": "The Example",
    "date": "2026-03-05",
    "text": paragraphs("""
        Timor Ivan, the Norvian deputy defence minister arrested on suspicion of taking an especially large bribe, was
        dismissed by decree on Wednesday.

        A ferry under the flag of Tamar ran aground off Port Hale with 200 people on board, the coast guard said on
        Thursday.

        The Orvel writer Greta Lindholm has won the prize of the academy in Brask for her novel on the flood.
    """),
}
ARREST = {
    "title": "Deputy defence minister Ivan held over bribe",
    "outlet": "Marrow Post",
    "date": "2026-03-04",
    "text": paragraphs("""
        Timor Ivan, a Norvian deputy defence minister, was arrested on Tuesday evening on suspicion of taking a large
        bribe, investigators said. A court in Marrow ordered him held for two months. Ivan was in charge of building for
        the army and known for a costly way of life.
    """),
}

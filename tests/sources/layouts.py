# ruff: noqa: E501  a layout is easier to read on one line
"""Lists and articles as sites lay them out: blogs, newspapers, ministries, agencies; nothing in them is a real text.

`lists()` and `articles()` yield (name, markup); an article also has the paragraphs that must be read of it.
"""

from __future__ import annotations

from collections.abc import Iterator

#: Headline, first sentence, further paragraphs.
STORIES = [
    (
        "Harbour ferry halted after engine-room fire",
        "The car ferry between Port Halvern and Skarn Island stopped running on Monday after a fire in its engine room.",
        "All 84 passengers were taken off by lifeboat within forty minutes, the harbour master said. Nobody was hurt.",
        "Two members of the crew were treated for smoke. The yard in Velm expects the repairs to take six weeks or more.",
        "Until then a smaller boat will run twice a day, and the island's school will be open to those who cannot travel.",
    ),
    (
        "Lake Orsa towns agree to share drinking water",
        "Four towns on the northern shore of Lake Orsa signed an agreement on Thursday to share water in dry months.",
        "Any town whose reserve falls below a fifth may draw up to 3,000 cubic metres a day from its neighbours.",
        "The council of Tessel had refused twice. Its mayor said the drought of last summer had changed many minds.",
        "Pipes between the four reservoirs are to be laid before the spring, at a cost of nine million crowns.",
    ),
    (
        "Envoys resume border talks in Varda",
        "Envoys of Kestria and Morland returned to the table in Varda on Tuesday, eleven months after talks collapsed.",
        "The two delegations met for three hours in separate rooms, with the foreign minister walking between them.",
        "On the agenda are two crossings that have been shut since the autumn, and the exchange of 41 detained drivers.",
        "A further round is planned for Friday, diplomats said, though neither side would speak of a breakthrough.",
    ),
    (
        "Parliament passes budget by a single vote",
        "Parliament in Kestria approved next year's budget by one vote on Wednesday night, ending six weeks of quarrels.",
        "The plan raises spending on roads and hospitals by 4.5 percent and pays for it with a tax on empty flats.",
        "Three members of the smaller coalition party abstained. Their leader said the tax would not survive in court.",
        "The finance minister called the result narrow but sound, and promised a review of the tax after two years.",
    ),
    (
        "Grain ships leave Odra after inspectors agree on rules",
        "Nine ships loaded with wheat left the port of Odra on Saturday, the first since inspectors walked out.",
        "Inspectors had stopped work three weeks ago over the hours they were made to spend aboard without relief.",
        "Under the new rules no team works longer than ten hours, and each ship is looked at once instead of twice.",
        "Traders said prices had begun to ease within hours. Another thirty ships are waiting outside the harbour.",
    ),
    (
        "Council delays vote on Tannery Bridge",
        "The city council of Ellmark put off its vote on replacing Tannery Bridge, after engineers found its piers sound.",
        "The old bridge carries 11,000 cars a day and was to be pulled down in the summer for a wider one of steel.",
        "Residents of the quarter had collected 6,200 signatures against it. A new report is due in four months' time.",
        "The builders said the delay would cost the city about 400,000 crowns, most of it for machines already hired.",
    ),
    (
        "Storm cuts power to 40,000 homes on the west coast",
        "A storm cut power to 40,000 homes on the west coast of Morland on Sunday and closed the road to Lesk.",
        "Crews had restored half of the lines by Monday noon. The rest, the operator said, would follow within a day.",
        "Gusts of 140 kilometres an hour were measured at the lighthouse of Skarn, the highest in eleven years.",
        "Ferries and trains were running again on Monday, with delays. Schools in the district stay shut until Tuesday.",
    ),
    (
        "Morland to buy twelve patrol drones for its coast guard",
        "Morland will buy twelve patrol drones for its coast guard, the defence ministry said in a statement on Friday.",
        "They are to watch the northern strait, where four cargo ships have lost their anchors since the beginning of the year.",
        "The contract is worth 61 million crowns. Deliveries begin in the autumn, and the crews are to be trained in Velm.",
        "The opposition asked why the offer of a domestic maker, which was cheaper by a tenth, had not been taken.",
    ),
]
_MENU = ("Home", "Ministry", "Topics", "Press", "Services", "Publications", "Careers", "Contact", "Sitemap", "Imprint")
_SUB = ("Overview", "News", "Dates", "Laws", "Statistics", "Projects", "Funding", "Partners", "Archive", "Questions")
MENU = (
    "<nav><ul>"
    + "".join(
        f'<li><a href="/{a.lower()}">{a}</a><ul>'
        + "".join(f'<li><a href="/{a}/{b}">{b} of {a}</a></li>' for b in _SUB)
        + "</ul></li>"
        for a in _MENU
    )
    + "</ul></nav>"
)
#: The same menu as many sites have it: without an element that says so.
BARE_MENU = MENU.replace("<nav>", '<div class="mn">').replace("</nav>", "</div>")
FOOTER = '<footer><p>Harbour Street 1, Port Halvern</p><a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></footer>'
BARE_FOOTER = (
    '<div class="btm"><a href="/imprint">Imprint</a> | <a href="/privacy">Privacy</a> | <a href="/top">Top</a></div>'
)


def page(title: str, body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def slug(story: tuple[str, ...]) -> str:
    return "/" + "-".join(story[0].lower().split()[:3])


# ---- lists: each makes one item of a story, to be put into a frame

ITEMS = {
    "wordpress": lambda s: f'<article class="post"><h2 class="entry-title"><a href="{slug(s)}">{s[0]}</a></h2>'
    f'<div class="entry-meta">2 March 2026 by editor</div><div class="entry-summary"><p>{s[1]} {s[2][:60]} […]</p>'
    f'<a class="more-link" href="{slug(s)}">Continue reading</a></div></article>',
    "promo": lambda s: f'<div class="gs-c-promo"><a href="{slug(s)}"><h3 class="title">{s[0]}</h3></a>'
    f'<p class="gs-c-promo-summary">{s[1]}</p><ul><li><time>2h</time></li></ul></div>',
    "wrapped": lambda s: f'<a class="card" href="{slug(s)}"><h3>{s[0]}</h3><p>{s[1]}</p></a>',
    "ministry": lambda s: f'<li class="c-list__item"><span class="date">02.03.2026</span> <h3><a href="{slug(s)}">{s[0]}</a></h3>'
    f'<div class="teaser-text"><p>{s[1]}</p></div></li>',
    "overlay": lambda s: f'<div class="tile"><h3>{s[0]}</h3><p>{s[1]}</p><a class="tile__link" href="{slug(s)}">Read more</a></div>',
    "table": lambda s: f'<tr><td>02.03.2026</td><td><a href="{slug(s)}">{s[0]}</a></td><td>PDF, 120 kB</td></tr>',
    "headlines": lambda s: f'<li><a href="{slug(s)}">{s[0]}</a> <span>2 hours ago</span></li>',
    "definitions": lambda s: f'<dt><a href="{slug(s)}">{s[0]}</a></dt><dd>{s[1]}</dd>',
    "search": lambda s: f'<div class="g"><a href="{slug(s)}">{s[0]}</a><cite>courier.example{slug(s)}</cite>'
    f'<div>2 Mar 2026 — {s[1][:90]} …</div></div>',
    "two-sentences": lambda s: f'<div class="views-row"><h2><a href="{slug(s)}">{s[0]}</a></h2><p>{s[1]} {s[3]}</p></div>',
}  # fmt: skip

#: What is around the items.
FRAMES = {
    "section": lambda items: page("World news", MENU + f"<main><h1>World news</h1>{items}</main>" + FOOTER),
    "front": lambda items: page(
        "Halvern Courier: news from the coast", BARE_MENU + f'<div id="content">{items}</div>' + BARE_FOOTER
    ),
    "described": lambda items: page(
        "Topic: Skarn",
        MENU + "<main><h1>Skarn</h1><p>All reports of the Courier on the island of Skarn and its harbour.</p>"
        f"{items}</main>" + FOOTER,
    ),
    "office": lambda items: page(
        "Press releases of the ministry",
        BARE_MENU + f'<div class="main"><h1>Press releases</h1><p>Here you find the releases of the year.</p>{items}'
        '<div class="pager"><a href="?p=2">2</a> <a href="?p=3">3</a> <a href="?p=4">Next page</a></div></div>'
        + BARE_FOOTER,
    ),
    "about": lambda items: page(
        "Halvern Institute",
        MENU + f"<main>{items}</main><section class='about'><h2>About us</h2><p>The institute was founded in 1987 and "
        "advises towns on harbours and water. It has a staff of forty in Port Halvern.</p></section>" + FOOTER,
    ),
}


def lists() -> Iterator[tuple[str, str]]:
    for item, make in ITEMS.items():
        rows = [make(story) for story in STORIES]
        body = "".join(rows)
        if item == "table":
            body = f"<table><tbody>{body}</tbody></table>"
        if item in ("ministry", "headlines"):
            body = f"<ul>{body}</ul>"
        if item == "definitions":
            body = f"<dl>{body}</dl>"
        for frame, around in FRAMES.items():
            yield f"{item} in {frame}", around(body)


# ---- articles: each makes the text of a story, to be put into a frame

BODIES = {
    "paragraphs": lambda s: f"<h1>{s[0]}</h1>" + "".join(f"<p>{p}</p>" for p in s[1:]),
    "breaks": lambda s: f"<h1>{s[0]}</h1><div class='text'>" + "<br><br>".join(s[1:]) + "</div>",
    "second-level": lambda s: f"<h2>{s[0]}</h2><div class='date'>02.03.2026</div>" + "".join(f"<p>{p}</p>" for p in s[1:]),
    "divs": lambda s: f"<h1>{s[0]}</h1>" + "".join(f"<div><div><p>{p}</p></div></div>" for p in s[1:]),
    "standfirst": lambda s: f"<header><h1>{s[0]}</h1><p class='intro'>{s[1]}</p></header><div class='body'>"
    + "".join(f"<p>{p}</p>" for p in s[2:]) + "</div>",
    "two-containers": lambda s: f"<h1>{s[0]}</h1><div class='article__content'><p>{s[1]}</p><p>{s[2]}</p></div>"
    "<div class='ad'>Advertisement</div><div class='article__content'>" + "".join(f"<p>{p}</p>" for p in s[3:]) + "</div>",
    "linked": lambda s: f"<h1>{s[0]}</h1>" + "".join(
        f"<div><div><p>{p[:30]}<a href='/topic'>{p[30:50]}</a>{p[50:]}</p></div></div>" for p in s[1:]
    ),
    "subheads": lambda s: f"<article><h1>{s[0]}</h1><p>{s[1]}</p>" + "".join(
        f"<h2>What is known</h2><p>{p}</p>" for p in s[2:]
    ) + "</article>",
    "lead-bold": lambda s: f"<h1>{s[0]}</h1><p><strong>{s[1]}</strong></p>" + "".join(f"<p>{p}</p>" for p in s[2:]),
    "quotation": lambda s: f"<h1>{s[0]}</h1><p>{s[1]}</p><p>{s[2]}</p><blockquote><p>{s[3]}</p></blockquote><p>{s[4]}</p>",
}  # fmt: skip

_OTHERS = "".join(f'<li><a href="{slug(s)}">{s[0]}</a></li>' for s in STORIES[4:])
SURROUNDINGS = {
    "press-office": lambda title, text: page(
        f"{title} - Ministry of Ports", BARE_MENU + f'<div class="main">{text}</div>' + BARE_MENU + BARE_FOOTER
    ),
    "sidebar": lambda title, text: page(
        title, MENU + f"<main>{text}</main><aside><h2>Most read</h2><ul>{_OTHERS}</ul></aside>" + FOOTER
    ),
    "below": lambda title, text: page(
        title,
        MENU + f'<div id="content">{text}<div class="related"><h3>Related</h3><ul>{_OTHERS}</ul></div></div>' + FOOTER,
    ),
    "listed": lambda title, text: page(
        title,
        MENU + f"<main>{text}</main>" + FOOTER,
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"ItemList","name":"More"}</script>',
    ),
    "association": lambda title, text: page(
        f"{title} | Association of Harbours",
        BARE_MENU + BARE_MENU + f'<td><div class="ce_text">{text}</div></td>' + BARE_FOOTER,
    ),
}


def articles() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for number, (body, make) in enumerate(BODIES.items()):
        for frame, around in SURROUNDINGS.items():
            story = STORIES[number % 4]
            yield f"{body} in {frame}", around(story[0], make(story)), story[1:]

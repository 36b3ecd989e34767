"""Articles written for the tests of the judge."""

from __future__ import annotations

SPEECH = """\
PORT HALVERN, 4 March (Norpress) - Foreign forces drew the region into three wars for profit, Norvian President Adan \
Kresh said in a speech to the assembly in Port Halvern on Monday.

“They came with promises and they left with our grain. Every village in the south remembers the winter when the \
bridges burned. We will not let it happen again,” the president said.

“Our factories worked at night so that the army could hold the river. Nobody helped us then. I remember their silence.”

On Tuesday the parliament of Velland approved a loan of 40 million crowns for the port of Skarn.
"""

COLUMN = """\
We should stop pretending that the ferry will save this town. Why do our leaders keep telling us so? I have lived here \
for thirty years, and I have never seen a plan as foolish as this one.

Perhaps the council simply cannot count. If we must waste money, let us at least waste it on something beautiful.

What would be the right thing? We should ask the people who must pay. It would be better for all of us if the mayor \
listened for once, but I doubt that he will.
"""

REPORT = """\
Russia and Ukraine agreed on Monday to exchange 120 prisoners of war, the defence ministry in Kyiv said.

Mira Sand, the mayor of Port Halvern, told reporters that the ferry to Skarn would stay closed until Friday.

The decision surprised many residents. She added that the city had no money for repairs.

Sand said the harbour office would publish a plan next week. He was there, too.
"""

PAGE = """\
The government of Norvia has closed three faculties since January, according to the teachers' union.

Interior minister Pavel Orlan said on Monday that the rectors of four universities would be replaced.

Sign up for our free daily newsletter

ADVERTISEMENT

PAVEL ORLAN: THE MINISTER WHO NEVER SLEEPS

Photograph: Jon Brill/Reuters

Read more: what the strike means for parents

Students blocked the road to the airport for three hours on Tuesday before the police arrived.
"""

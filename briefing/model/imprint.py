"""What an edition is called and looks like: the same whatever the day's articles say."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from briefing.model.closed_sets import Length, PageLanguage, Paper

#: The ranker that chooses the sentences, and the language of the fixed words, where nobody names another.
DEFAULT_METHOD = "newswire"
DEFAULT_LANGUAGE: PageLanguage = "en"


#: Days that an edition can be of: those before and after it that it looks at exist in every calendar and time zone.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Brand:
    """What makes the page the organisation's own."""

    accent: str = "#1f4e79"  # #rrggbb, contrast at least 4.5:1 on white
    logo: str = ""  # a data: URI of a checked, re-encoded PNG; empty for none
    footer: str = ""
    mark: str = ""  # handling mark, such as "TLP:AMBER"


def is_red(mark: str) -> bool:
    """Return whether a handling mark is or holds TLP:RED, however it is written."""
    letters = unicodedata.normalize("NFKC", mark).casefold()
    return "tlpred" in re.sub(r"[^a-z]", "", letters)


@dataclass(frozen=True, slots=True)
class Mailing:
    """Headers and size of the mail. Recipients are not here: the issue file travels with the PDF."""

    sender: str = ""
    list_id: str = ""
    list_unsubscribe: str = ""  # an https: or mailto: address
    most_bytes: int = 100_000  # of the HTML part, whose pictures are parts of their own


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an edition is called and looks like; none of it depends on the articles."""

    title: str
    day: date  # the desk's local day
    first_day: date | None = None  # of an edition of several days, which end with ``day``
    organisation: str = ""
    language: PageLanguage = DEFAULT_LANGUAGE  # of the fixed words
    time_zone: str = "UTC"
    paper: Paper = "A4"
    method: str = DEFAULT_METHOD  # the ranker that chose the sentences
    brand: Brand = field(default_factory=Brand)
    mailing: Mailing = field(default_factory=Mailing)
    length: Literal[Length, ""] = ""  # how much of the day it tells; empty in editions that have none: all of it
    program: str = ""  # "0.1.0+1f2e3d4c5b6a": release and hash of the program that built it; empty when not known
    judge: str = ""  # version of the judge whose verdicts it holds; empty when it holds none
    web_address: str = ""  # http or https, of the folder of editions on the web; empty where it is on none

    @property
    def name(self) -> str:
        """Return what the edition's folder is called: the day, or the first and the last of several."""
        return f"{self.first_day}_{self.day}" if self.first_day else f"{self.day}"

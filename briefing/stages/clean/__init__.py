"""Raw articles in, news out: what the page added goes, each line of it accounted for."""

from briefing.stages.clean.articles import clean, clean_all

__all__ = ["clean", "clean_all"]

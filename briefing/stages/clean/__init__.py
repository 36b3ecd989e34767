"""Raw articles in, news out: what the page added goes, each line of it accounted for."""

from briefing.stages.clean.articles import Uncleaned, all_words, clean, clean_all, clean_one, with_repetitions

__all__ = ["Uncleaned", "all_words", "clean", "clean_all", "clean_one", "with_repetitions"]

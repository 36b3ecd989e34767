"""Stories in, how much each matters to the day's page out."""

from briefing.stages.importance.rating import rate_articles, rate_stories

__all__ = ["rate_articles", "rate_stories"]

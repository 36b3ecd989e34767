"""A pile of news articles in, a dated briefing out."""

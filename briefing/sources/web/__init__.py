"""Fetches from the web: HTTP with limits, robots.txt, pacing, and a guard against internal addresses."""

from briefing.sources.web.fetched import Fetched, web_url
from briefing.sources.web.fetching import Fetching, Session

__all__ = ["Fetched", "Fetching", "Session", "web_url"]

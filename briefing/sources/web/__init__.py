"""The web as a source: what is asked for, how politely, and what is never asked."""

from briefing.sources.web.fetched import Fetched, web_url
from briefing.sources.web.fetching import Fetching, Session

__all__ = ["Fetched", "Fetching", "Session", "web_url"]

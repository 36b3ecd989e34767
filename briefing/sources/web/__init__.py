"""The web as a source: what is asked for, how politely, and what is never asked."""

from briefing.sources.web.fetching import Fetched, Fetching, Session, web_url

__all__ = ["Fetched", "Fetching", "Session", "web_url"]

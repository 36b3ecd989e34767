"""The editor's desk: what every face of it shows and does. See `Desk`."""

from briefing.build.desk.desk import Desk

__all__ = ["Desk"]

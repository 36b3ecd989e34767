"""The mail: HTML that carries the news itself, plain text beside it, and the message that holds both."""

from briefing.outputs.mail.addressed import addressed
from briefing.outputs.mail.body import FittedMail, fit_mail, make_email
from briefing.outputs.mail.message import make_eml

__all__ = ["FittedMail", "addressed", "fit_mail", "make_email", "make_eml"]

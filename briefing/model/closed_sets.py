"""The closed sets: every value a field may have where only a few are possible, each set once.

Settings, the issue file and its JSON Schema, the store, the command line and the tests derive from these types. Where
the members are iterated over, the tuple stands beside its type.
"""

from __future__ import annotations

from typing import Literal, get_args

#: How a date is known, most trusted first.
DateEvidence = Literal["given", "header", "metadata", "feed", "url", "file name", "dateline", "text"]
DATE_EVIDENCE: tuple[DateEvidence, ...] = get_args(DateEvidence)

#: How exactly a moment is known.
DatePrecision = Literal["day", "minute"]

#: What a raw article was read as.
RawKind = Literal["text", "html", "feed", "jsonl", "json", "email", "headline"]

#: What a paragraph is: only ``text`` is summarised; ``bullet`` may be, when nothing else is there.
ParagraphKind = Literal["text", "bullet", "caption", "heading"]
PARAGRAPH_KINDS: tuple[ParagraphKind, ...] = get_args(ParagraphKind)

#: What a receipt is a span of.
ReceiptOf = Literal["body", "title"]

#: What a printed sentence is by its form; empty when it is not judged.
StatementKind = Literal["", "reported fact", "attributed claim", "official statement", "opinion"]

#: Whose words a sentence is: the reporter's; somebody's whom it names; somebody's whom it does not name; the author's
#: own view.
Voice = Literal["reported", "attributed", "unmarked", "opinion"]

#: What must be printed before a sentence: nothing; the sentence directly before it; more than that.
Needs = Literal["", "previous", "more"]

#: What a stretch of an article in one voice is.
FrameKind = Literal["report", "quotation", "speech", "interview", "statement", "assessment", "opinion"]

#: What makes the reports of one origin one.
OriginKind = Literal["agency", "own reporting", "shared text"]

#: What a story is beside the editions of earlier days.
StoryState = Literal["new", "developing", "unchanged"]

#: How the reading of an input ended.
InputOutcome = Literal["accept", "accept-with-warning", "reject-with-error"]

#: What became of an input.
Fate = Literal["used", "told in a line", "merged", "left out", "rejected"]
FATES: tuple[Fate, ...] = get_args(Fate)

#: How much of the day an edition tells.
Length = Literal["brief", "standard", "full"]
LENGTHS: tuple[Length, ...] = get_args(Length)

#: Who or what had something cut: a limit of words, of pages, or a person.
CutWhy = Literal["words", "pages", "by the editor", "could not be proved"]

#: How much two reports must have in common to be one event.
Strictness = Literal["strict", "normal", "loose"]

#: Languages the fixed words of a page exist in, ISO 639-1; each has a file in ``briefing/data/labels``.
PageLanguage = Literal["en", "de", "fr", "es", "it", "uk", "ru"]
PAGE_LANGUAGES: tuple[PageLanguage, ...] = get_args(PageLanguage)

#: Sizes the PDF and the Word document are laid out for.
Paper = Literal["A4", "Letter"]

#: What a desk can subscribe to.
SubscriptionKind = Literal["feed", "site", "page", "folder", "mailbox"]
#: Those whose address is a path on this machine; that of the others is on the web.
LOCAL_KINDS: tuple[SubscriptionKind, ...] = ("folder", "mailbox")

#: Where an edition can be sent beside mail.
ChannelKind = Literal["folder", "webhook", "chat"]

#: What a mail may carry, by the name of its output: its text as HTML and as plain text, the rest attached.
MailPart = Literal["email", "text", "pdf", "docx", "markdown", "html"]
MAIL_PARTS: tuple[MailPart, ...] = get_args(MailPart)

#: How the connection to the mail server is encrypted.
MailSecurity = Literal["starttls", "tls", "none"]

#: ``pending`` nothing was sent; ``sending`` a transaction has begun; ``accepted`` the server took it; ``refused`` it
#: never will; ``deferred`` it may later; ``unknown`` the line broke after the last byte: it may have arrived, and is
#: never sent again by itself; ``suppressed`` the recipient asked not to be sent anything.
DeliveryState = Literal["pending", "sending", "accepted", "refused", "deferred", "unknown", "suppressed"]
#: States of a message that is not to be tried by itself: it arrived, may have arrived, or is under way.
MAY_HAVE_ARRIVED: tuple[DeliveryState, ...] = ("accepted", "unknown", "sending")

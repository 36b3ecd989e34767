"""The table of commands, and the help text made of it without loading any."""

from __future__ import annotations

TYPE_CHECKING = False  # typing costs as much as an empty interpreter
if TYPE_CHECKING:
    from collections.abc import Iterator

WIDEST = 100  # columns of a help text

#: Every command, each in the module of its name, and the first line of its help: none is loaded to list them.
COMMANDS: dict[str, str] = {
    "collect": "Bring new articles from the sources of the settings into the store.",
    "sources": "Show how each source has been doing: last success, new articles a day, silence, last error.",
    "build": "Build the edition of a day from files and folders of articles, or from what was collected.",
    "publish": "Publish a draft as its edited sheet asks for, signed.",
    "render": "Make every output of an edition again from its issue file; the articles are not needed.",
    "verify": "Prove that every printed sentence stands in its source, word for word, where the edition says.",
    "ledger": "Print what became of every input of an edition, a line each: fate, input, reason, codes.",
    "send": "Hand the edition of a day to the lists and channels of the settings.",
    "lists": "Show who is sent what, and keep the list of those who are sent nothing.",
    "summarise": "Print the summary of each article.",
    "explain": "Show why an article was cleaned, sorted, summarised, judged and rated as it was.",
    "themes": "See, try and extend the themes an edition is sorted by.",
    "templates": "Make the pages look as the desk wants them.",
    "daily": "Collect what is new, build the day's edition, prove it and send it: one run that can be repeated.",
    "desk": "Edit, sign and send the edition of the day in the browser.",
    "preview": "Open an edition's web page in the browser: the newest one, or that of DAY; print its path.",
    "schedule": "Print what makes `briefing daily` run every morning: a systemd timer, or with --cron a line for cron.",
    "search": "Find articles in the store that hold all these words, newest first.",
    "forget": "Remove the text of an article, or of all before a day, from the store, for good.",
    "backup": "Write a checked copy of the store to FILE, while others go on using it; print its path.",
    "init": "Write a settings file with every setting explained, themes included.",
    "doctor": "Check whether this machine can build a briefing and log in to its mail server; name the remedies.",
}
_ABOUT = "Turn a pile of news articles into a dated briefing that proves every sentence it prints."
_OPTIONS = {"--version": "Show the version and exit.", "-h, --help": "Show this message and exit."}
_EXAMPLES = ("briefing init", "briefing build articles/", "briefing summarise article.txt")


def help_text(width: int) -> str:
    """Return what `briefing --help` prints, at most ``width`` columns wide."""
    parts = [
        ["Usage: briefing [OPTIONS] COMMAND [ARGS]..."],
        list(_wrapped(_ABOUT, "  ", width)),
        ["Options:", *_defined(_OPTIONS, width)],
        ["Commands:", *_defined({name: COMMANDS[name] for name in sorted(COMMANDS)}, width)],
        ["  Examples:", *(f"    {example}" for example in _EXAMPLES)],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _defined(things: dict[str, str], width: int) -> Iterator[str]:
    column = max(map(len, things)) + 4
    for name, text in things.items():
        first, *rest = _wrapped(text, " " * column, width)
        yield f"  {name}".ljust(column) + first.strip()
        yield from rest


def _wrapped(text: str, indent: str, width: int) -> Iterator[str]:
    line = indent
    for word in text.split():
        if line != indent and len(line) + len(word) >= width:
            yield line.rstrip()
            line = indent
        line += word + " "
    yield line.rstrip()

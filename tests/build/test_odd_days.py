"""The first run, a day without articles, a folder that was deleted, and the hour of a mail."""

from __future__ import annotations

import shutil
import ssl
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from briefing.build import prove_stored
from briefing.build.building import build_edition, keep_built
from briefing.build.collecting import collect
from briefing.build.desk_store import clean_collected, open_store
from briefing.cli import run
from briefing.cli.options import now
from briefing.model import DateClue, Input, RawArticle
from briefing.outputs.mail import message as message_module
from briefing.settings import Settings, read_settings
from briefing.store import Store
from tests.hostile.mail import SCENARIOS, MailServer

DAY = "2026-03-02"
HOUR = timedelta(hours=1)
TLS = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
NEWS = (("27", "Feb", "paid for a roof"), ("28", "Feb", "sold the old mill"), ("02", "Mar", "opened the lower lock"))
SETTINGS = """
[briefing]
time_zone = "Europe/Berlin"

[outputs]
formats = ["json", "html", "text", "eml"]

[mail]
sender = "desk@y.example"
server = "127.0.0.1"
port = {port}
security = "none"

[[sources]]
name = "Vellmark"
kind = "folder"
address = "inbox"

[[lists]]
name = "Everybody"
recipients = ["a@x.example"]
send_empty = {empty}
"""


@pytest.fixture
def desk(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(message_module, "engine_problem", lambda: "not wanted here")
    (here / "inbox").mkdir()
    return here


def configure(port: int = 1, *, empty: bool = False) -> None:
    Path("briefing.toml").write_text(SETTINGS.format(port=port, empty=str(empty).lower()), encoding="utf-8")


def feed() -> None:
    items = "".join(
        f"<item><title>Council {said}</title><guid isPermaLink='false'>v{n}</guid>"
        f"<pubDate>{day} {month} 2026 05:00:00 +0000</pubDate><description>The council of Vellmark {said} that day. "
        f"Work begins in the spring. It will cost {n}00 crowns.</description></item>"
        for n, (day, month, said) in enumerate(NEWS, 1)
    )
    text = f"<rss version='2.0'><channel><title>Vellmark Post</title><link>https://v.example/</link>{items}</channel></rss>"
    Path("inbox/feed.xml").write_text(text, encoding="utf-8")


def brought(store: Store, seen: datetime) -> None:
    """What a source lists on its first visit: of today, of two days and of four days before."""
    raws = [
        RawArticle(
            f"Post/v{n}",
            f"The council of Vellmark {said} that day. Work begins in the spring. It will cost {n}00 crowns.",
            "feed",
            title=f"Council {said}",
            guid=f"v{n}",
            feed="https://v.example/",
            dates=(DateClue(f"{day} {month} 2026 05:00:00 +0000", "feed"),),
        )
        for n, (day, month, said) in enumerate(NEWS, 1)
    ]
    store.add("Post", [Input(raw.input, (raw,)) for raw in raws], seen=seen)
    clean_collected(store, Settings(), today=seen.date())


@pytest.mark.parametrize("backlog", [False, True])
def test_the_first_run_takes_the_articles_of_the_day_and_the_week_when_asked(here: Path, backlog: bool) -> None:
    now = datetime(2026, 3, 2, 6, tzinfo=UTC)
    with Store.open(here / "s") as store:
        brought(store, now)
        built = build_edition(Settings(), (), store, day=now.date(), now=now + HOUR, backlog=backlog)
        keep_built(store, Settings(), built, now=now + HOUR)
        headlines = {story.headline for story in built.edition.stories}
        assert "Council opened the lower lock" in headlines
        assert (len(headlines) > 1) == backlog
        assert prove_stored(built.edition, store, Settings()).findings == ()  # as it was made, either way


def test_what_a_source_lists_late_is_news_from_its_second_visit_on(here: Path) -> None:
    now = datetime(2026, 3, 2, 6, tzinfo=UTC)
    with Store.open(here / "s") as store:
        brought(store, now - 24 * HOUR)
        late = RawArticle(
            "Post/v9",
            "The mill was sold to a choir. Its owner said so.",
            "feed",
            title="Mill sold",
            guid="v9",
            feed="https://v.example/",
            dates=(DateClue("27 Feb 2026 05:00:00 +0000", "feed"),),
        )
        store.add("Post", [Input(late.input, (late,))], seen=now)
        clean_collected(store, Settings(), today=now.date())
        built = build_edition(Settings(), (), store, day=now.date(), now=now + HOUR)
        assert "Mill sold" in {story.headline for story in built.edition.stories}


def test_a_day_without_articles_is_told_to_whoever_wants_to_be_told(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure()
    assert run(["daily", "--date", DAY]) == 3
    assert "send_empty" in capsys.readouterr().err
    with MailServer(SCENARIOS["ok"], TLS) as server:
        configure(server.port, empty=True)
        assert run(["daily", "--date", DAY]) == 0
        assert run(["daily", "--date", DAY]) == 0
    assert len(server.accepted) == 1
    mail = message_from_bytes(server.accepted[0].message, policy=default)
    body = mail.get_body(("plain",))
    assert body is not None
    assert "No article was handed in today" in body.get_content()


def test_a_mail_has_the_date_of_its_sending_in_the_desks_zone(desk: Path) -> None:
    feed()
    with MailServer(SCENARIOS["ok"], TLS) as server:
        configure(server.port)
        assert run(["daily", "--date", DAY]) == 0
    sent = parsedate_to_datetime(message_from_bytes(server.accepted[0].message, policy=default)["Date"])
    assert abs(now() - sent) < timedelta(minutes=5)
    assert sent.utcoffset() in (timedelta(hours=1), timedelta(hours=2))


def test_a_deleted_folder_comes_back_by_the_command_that_is_named(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed()
    with MailServer(SCENARIOS["ok"], TLS) as server:
        configure(server.port)
        assert run(["daily", "--date", DAY]) == 0
        issue = Path(f"out/{DAY}/briefing.json").read_bytes()
        shutil.rmtree("out")
        assert run(["preview", DAY]) == 3
        assert f"briefing render {DAY}" in capsys.readouterr().err
        assert run(["render", DAY]) == 0
        assert Path(f"out/{DAY}/briefing.json").read_bytes() == issue
        assert Path("out/index.html").exists()
        assert run(["daily", "--date", DAY]) == 0
    assert len(server.accepted) == 1


def test_moments_are_told_as_the_desks_clocks_show_them(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    feed()
    run(["collect"])
    text = Path("briefing.toml").read_text(encoding="utf-8")
    Path("briefing.toml").write_text(text.replace("Europe/Berlin", "Asia/Kolkata"), encoding="utf-8")
    capsys.readouterr()
    settings = read_settings(None, methods=("newswire",), formats=("json", "html", "text", "eml"))
    with open_store(settings) as store:
        (one,) = collect(store, settings, now=now())
    assert one.why_not.endswith(" IST")

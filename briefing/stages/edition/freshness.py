"""The age class of news on the day of the edition."""

from __future__ import annotations

from datetime import date, datetime

#: Days before the edition's day, and what news of that age is worth: 0 is today's, more is older.
AGES = ((1, 0), (3, 1), (7, 2))
#: Days by which news may be dated after the edition: elsewhere it is tomorrow already.
TOMORROW = 1
UNDATED = 1  # neither today's nor old: nobody knows


def age(newest: datetime | None, day: date) -> int:
    """Return the age class of news, 0 (today's or yesterday's) to 3 (more than a week); undated news counts as 1.

    What is dated after tomorrow is of class 3: it is an event announced, or a wrong date.
    """
    if newest is None:
        return UNDATED
    days = (day - newest.date()).days
    if days < -TOMORROW:
        return len(AGES)
    return next((worth for limit, worth in AGES if days <= limit), len(AGES))

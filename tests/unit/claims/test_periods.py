"""Dates resolved against an article's own day. Every expected day was taken from a printed calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.annotate.periods import find
from extractor.claims import periods
from extractor.claims.periods import Role
from extractor.domain.annotation import DateExpression
from extractor.domain.article import Article
from extractor.domain.claim import DateSource

THURSDAY = "2025-12-18"


def article(published: str | None, zone: str = "America/New_York") -> Article:
    on = date.fromisoformat(published) if published else None
    return Article(name="a.txt", source="a.txt", text="", published_on=on, timezone=zone)


def only(text: str) -> DateExpression:
    (found,) = find(text)
    return found


def resolved(text: str, published: str | None, *, future: bool = False, zone: str = "America/New_York") -> str | None:
    period = periods.resolve(only(text), article(published, zone), future=future)
    if period is None:
        return None
    return str(period.start) if period.is_day else f"{period.start}/{period.end}"


RESOLVED = [
    # days without a year: the last one, unless it is only weeks ahead
    ("on December 4", THURSDAY, "2025-12-04"),
    ("on January 6", THURSDAY, "2026-01-06"),
    ("on Feb. 10", THURSDAY, "2025-02-10"),
    ("on Nov. 8", "2016-12-14", "2016-11-08"),
    ("on Feb. 29", "2025-12-18", "2024-02-29"),
    ("on Nov. 31", THURSDAY, None),
    # weekdays: the last one up to today
    ("on Thursday", THURSDAY, "2025-12-18"),
    ("on Friday", THURSDAY, "2025-12-12"),
    ("last Thursday", THURSDAY, "2025-12-11"),
    ("last Friday", "2025-12-20", "2025-12-19"),
    ("this Friday", THURSDAY, "2025-12-19"),
    ("next Monday", THURSDAY, "2025-12-22"),
    ("next Friday", "2025-12-17", "2025-12-26"),
    ("Friday of last week", THURSDAY, "2025-12-12"),
    ("Tuesday next week", THURSDAY, "2025-12-23"),
    # words for days
    ("today", THURSDAY, "2025-12-18"),
    ("overnight", THURSDAY, "2025-12-18"),
    ("yesterday", "2025-12-15", "2025-12-14"),
    ("yesterday’s close", THURSDAY, "2025-12-17"),
    ("yesterday's close", "2025-12-15", "2025-12-12"),
    ("the previous session", "2025-12-15", "2025-12-12"),
    ("tomorrow", THURSDAY, "2025-12-19"),
    ("at 5:04 AM EST", THURSDAY, "2025-12-18"),
    ("two weeks ago", THURSDAY, "2025-12-04"),
    ("a year earlier", THURSDAY, "2024-12-18"),
    ("three months ago", "2025-05-31", "2025-02-28"),
    # weeks, months, quarters, years
    ("last week", THURSDAY, "2025-12-08/2025-12-12"),
    ("last week", "2025-12-15", "2025-12-08/2025-12-12"),
    ("last week", "2025-12-14", "2025-12-08/2025-12-12"),
    ("this week", THURSDAY, "2025-12-15/2025-12-19"),
    ("the week before last", THURSDAY, "2025-12-01/2025-12-05"),
    ("last month", "2026-01-05", "2025-12-01/2025-12-31"),
    ("earlier this month", THURSDAY, "2025-12-01/2025-12-18"),
    ("later this year", "2025-06-30", "2025-06-30/2025-12-31"),
    ("in November", THURSDAY, "2025-11-01/2025-11-30"),
    ("in December", THURSDAY, "2025-12-01/2025-12-31"),
    ("in January", THURSDAY, "2025-01-01/2025-01-31"),
    ("last December", "2016-12-14", "2015-12-01/2015-12-31"),
    ("next March", THURSDAY, "2026-03-01/2026-03-31"),
    ("in February 2024", None, "2024-02-01/2024-02-29"),
    ("in the third quarter", THURSDAY, "2025-07-01/2025-09-30"),
    ("in the fourth quarter", "2026-01-20", "2025-10-01/2025-12-31"),
    ("in Q1 2026", None, "2026-01-01/2026-03-31"),
    ("the third quarter of last year", THURSDAY, "2024-07-01/2024-09-30"),
    ("its fiscal second quarter", THURSDAY, None),
    ("first half of 2026", None, "2026-01-01/2026-06-30"),
    ("second half of the year", THURSDAY, "2025-07-01/2025-12-31"),
    ("next year", THURSDAY, "2026-01-01/2026-12-31"),
    ("in 2024", None, "2024-01-01/2024-12-31"),
    ("the 2026 fiscal year", None, "2026-01-01/2026-12-31"),
    ("this summer", THURSDAY, "2025-06-01/2025-08-31"),
    ("last winter", THURSDAY, "2024-12-01/2025-02-28"),
    # parts
    ("early December", THURSDAY, "2025-12-01/2025-12-10"),
    ("mid-November", THURSDAY, "2025-11-11/2025-11-20"),
    ("late November", THURSDAY, "2025-11-21/2025-11-30"),
    ("late December", "2025-12-24", "2025-12-21/2025-12-24"),
    ("the first week of December 2025", None, "2025-12-01/2025-12-07"),
    ("late 2025", THURSDAY, "2025-10-01/2025-12-18"),
    ("late 2025", "2026-02-01", "2025-10-01/2025-12-31"),
    ("the end of 2026", None, "2026-12-31"),
    ("late next year", "2014-08-26", "2015-10-01/2015-12-31"),
    # windows
    ("year to date", "2019-11-19", "2018-12-31/2019-11-19"),
    ("so far this month", THURSDAY, "2025-11-30/2025-12-18"),
    ("so far in December", THURSDAY, "2025-11-30/2025-12-18"),
    ("since June", THURSDAY, "2025-06-01/2025-12-18"),
    ("since the start of the year", THURSDAY, "2024-12-31/2025-12-18"),
    ("since Nov. 25", "2025-12-10", "2025-11-25/2025-12-10"),
    ("over the past month", "2025-07-07", "2025-06-07/2025-07-07"),
    ("over the past 52 weeks", "2025-07-07", "2024-07-07/2025-07-07"),
    ("over the last week", THURSDAY, "2025-12-11/2025-12-18"),
    ("over the 3-year horizon", "2025-07-07", "2022-07-07/2025-07-07"),
    ("in the past five sessions", THURSDAY, "2025-12-11/2025-12-18"),
    ("for the week", "2025-12-19", "2025-12-12/2025-12-19"),
    ("for the week", "2025-12-20", "2025-12-12/2025-12-19"),
    ("for the week", "2025-12-21", "2025-12-12/2025-12-19"),
    ("for the week", "2025-12-22", "2025-12-12/2025-12-19"),
    ("for the week", "2025-12-17", "2025-12-12/2025-12-17"),
    ("for the month", "2025-11-28", "2025-10-31/2025-11-28"),
    ("for the month", "2025-12-01", "2025-10-31/2025-11-30"),
    ("for the year", "2025-12-31", "2024-12-31/2025-12-31"),
    ("weekly gains", "2025-07-07", "2025-06-30/2025-07-07"),
    ("in recent weeks", THURSDAY, None),
    # ranges
    ("from Monday to Thursday", THURSDAY, "2025-12-15/2025-12-18"),
    ("Dec 8-12", THURSDAY, "2025-12-08/2025-12-12"),
    ("Nov. 28 – Dec. 5, 2025", None, "2025-11-28/2025-12-05"),
    ("the week ended Dec. 6", THURSDAY, "2025-11-30/2025-12-06"),
    ("three months to September", THURSDAY, "2025-07-01/2025-09-30"),
    # no published date
    ("last week", None, None),
    ("on December 4", None, None),
    ("on December 4, 2025", None, "2025-12-04"),
]


@pytest.mark.parametrize(("text", "published", "expected"), RESOLVED)
def test_resolve(text: str, published: str | None, expected: str | None) -> None:
    assert resolved(text, published) == expected


AHEAD = [
    ("on Thursday", THURSDAY, "2025-12-18"),
    ("on Tuesday", THURSDAY, "2025-12-23"),
    ("in March", THURSDAY, "2026-03-01/2026-03-31"),
    ("in November", "2020-10-20", "2020-11-01/2020-11-30"),
    ("into the spring", THURSDAY, "2026-03-01/2026-05-31"),
    ("on March 18", THURSDAY, "2026-03-18"),
    ("in five years", THURSDAY, "2025-12-18/2030-12-18"),
]


@pytest.mark.parametrize(("text", "published", "expected"), AHEAD)
def test_a_sentence_that_looks_ahead_takes_the_next(text: str, published: str, expected: str) -> None:
    assert resolved(text, published, future=True) == expected


SOURCES = [
    ("on December 4", DateSource.EXPLICIT),
    ("in November", DateSource.EXPLICIT),
    ("since September", DateSource.EXPLICIT),
    ("last December", DateSource.RELATIVE),
    ("since last December", DateSource.RELATIVE),
    ("on Monday", DateSource.RELATIVE),
    ("last week", DateSource.RELATIVE),
    ("year-to-date", DateSource.RELATIVE),
    ("overnight", DateSource.IMPLIED),
    ("at 4 p.m. ET", DateSource.IMPLIED),
]


@pytest.mark.parametrize(("text", "source"), SOURCES)
def test_source(text: str, source: DateSource) -> None:
    period = periods.resolve(only(text), article(THURSDAY))
    assert period is not None
    assert period.source is source


MOVES = [
    ("last week", THURSDAY, "2025-12-05", "2025-12-12"),
    ("this week", THURSDAY, "2025-12-12", "2025-12-18"),
    ("in November", THURSDAY, "2025-10-31", "2025-11-30"),
    ("this year", THURSDAY, "2024-12-31", "2025-12-18"),
    ("in 2024", THURSDAY, "2023-12-31", "2024-12-31"),
    ("on Monday", THURSDAY, "2025-12-15", "2025-12-15"),
    ("early December", THURSDAY, "2025-12-01", "2025-12-10"),
    ("next year", THURSDAY, "2026-01-01", "2026-12-31"),
    ("year to date", THURSDAY, "2024-12-31", "2025-12-18"),
]


@pytest.mark.parametrize(("text", "published", "start", "end"), MOVES)
def test_the_window_of_a_move_starts_at_the_close_it_is_measured_from(
    text: str, published: str, start: str, end: str
) -> None:
    window = periods.window_of(only(text), article(published))
    assert window is not None
    assert (str(window.start), str(window.end)) == (start, end)


def test_reference_is_the_period_after_since() -> None:
    found = periods.reference(only("the first since the start of March"), article("2018-04-30"))
    assert found is not None
    assert (found.start, found.end) == (date(2018, 3, 1), date(2018, 3, 31))


def test_a_slashed_date_follows_the_zone_of_the_article() -> None:
    assert resolved("posted 04/12/2025", "2025-12-18", zone="America/New_York") == "2025-04-12"
    assert resolved("posted 04/12/2025", "2025-12-18", zone="Europe/London") == "2025-12-04"
    readings = periods.candidates(only("posted 04/12/2025"), article("2025-12-18", "Europe/London"))
    assert [reading.start for reading in readings] == [date(2025, 12, 4), date(2025, 4, 12)]


def test_a_weekday_beside_a_slashed_date_decides_which_it_is() -> None:
    assert resolved("posted Thursday, 04/12/2025", "2025-12-18", zone="America/New_York") == "2025-12-04"
    assert resolved("posted Saturday, 04/12/2025", "2025-12-18", zone="Europe/London") == "2025-04-12"
    assert resolved("posted Monday, 04/12/2025", "2025-12-18", zone="Europe/London") == "2025-12-04"  # of neither


def test_ambiguous_words_list_their_readings() -> None:
    yesterday = periods.candidates(only("yesterday"), article("2025-12-15"))
    assert [reading.start for reading in yesterday] == [date(2025, 12, 14), date(2025, 12, 12)]
    week = periods.candidates(only("just last week"), article(THURSDAY))
    assert [(reading.start.day, reading.end.day) for reading in week] == [(8, 12), (9, 13)]


ROLES = [
    ("It closed lower on Monday.", Role.WHEN),
    ("It rose 4% last week.", Role.WHEN),
    ("It is up 4% year to date.", Role.WINDOW),
    ("It has lost 9% since June.", Role.WINDOW),
    ("It is the best day since June.", Role.REFERENCE),
    ("For the first time in five years it lost.", Role.REFERENCE),
    ("Profit rose from a year earlier.", Role.REFERENCE),
    ("It fell from the previous close of 22.", Role.REFERENCE),
    ("That is more than last week's 3 million.", Role.REFERENCE),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_role(text: str, role: Role) -> None:
    assert periods.role(only(text), text) is role


@pytest.mark.parametrize(
    ("text", "ahead"),
    [("The Fed will meet in March.", True), ("It rose. Sales fell in March.", False), ("It may list in June.", True)],
)
def test_looks_ahead(text: str, ahead: bool) -> None:
    assert periods.looks_ahead(only(text), text) is ahead


def test_implied_is_the_articles_own_day_in_its_own_zone() -> None:
    late = datetime(2025, 12, 18, 3, 30, tzinfo=UTC)
    own = Article(name="a", source="a", text="", published_at=late, timezone="America/New_York")
    found = periods.implied(own)
    assert found is not None
    assert (found.start, found.end, found.source, found.text) == (
        date(2025, 12, 17), date(2025, 12, 17), DateSource.IMPLIED, None,
    )  # fmt: skip
    assert periods.implied(article(None)) is None


WORDS = ["last", "week", "since", "Dec. 31", "2025", "Friday", "a year ago", "in 999 years", "early", "ago",
         "Feb. 29", "the first week of", "Q4", "1800", "past 900 decades", "first half",
         "to", "over the past 999 years"]  # fmt: skip


@given(
    st.lists(st.sampled_from(WORDS), max_size=12),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.booleans(),
)
def test_no_words_on_no_day_break_it(words: list[str], published: date, future: bool) -> None:
    own = Article(name="a", source="a", text="", published_on=published)
    for found in find(" ".join(words)):
        for period in (
            periods.resolve(found, own, future=future),
            periods.window_of(found, own, future=future),
            periods.reference(found, own),
            *periods.candidates(found, own),
        ):
            assert period is None or period.start <= period.end

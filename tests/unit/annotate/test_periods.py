"""What `find` reads of a date beyond where it stands, and that no text can slow it down or break it."""

from __future__ import annotations

import time
from datetime import date
from datetime import time as clock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.annotate.periods import find
from extractor.domain.annotation import DateForm

FIELDS = [
    ("Shares peaked on Dec. 4, 2025.", "Dec. 4, 2025", {"form": "day", "year": 2025, "month": 12, "day": 4}),
    ("Shares peaked on December 4th.", "December 4th", {"form": "day", "year": None, "month": 12, "day": 4}),
    ("The accord of 4 December 2025 held.", "4 December 2025", {"form": "day", "year": 2025, "month": 12, "day": 4}),
    ("It closed on Thursday, Dec. 11.", "Thursday, Dec. 11", {"form": "day", "day": 11, "weekday": 3}),
    ("It fell in early December.", "early December", {"form": "month", "month": 12, "part": "early"}),
    ("It rose in the first week of May 2024.", "the first week of May 2024", {"part": "first_week", "year": 2024}),
    ("The low of mid-2016 held.", "mid-2016", {"form": "year", "year": 2016, "part": "mid"}),
    ("He sees 4% by the end of 2026.", "the end of 2026", {"form": "year", "year": 2026, "part": "end"}),
    ("In the third quarter of last year it lost money.", "third quarter of last year",
     {"form": "quarter", "number": 3, "unit": "year", "anchor": "last"}),
    ("Its fiscal second-quarter 2026 report is due.", "fiscal second-quarter 2026",
     {"form": "quarter", "number": 2, "year": 2026, "anchor": "fiscal"}),
    ("For the first half of 2026 it sees growth.", "first half of 2026", {"form": "half", "number": 1, "year": 2026}),
    ("It guided for FY26 sales.", "FY26", {"form": "fiscal_year", "year": 2026}),
    ("It opened late on Wednesday.", "late on Wednesday", {"form": "weekday", "weekday": 2, "part": "late"}),
    ("Last Friday it split.", "Last Friday", {"form": "weekday", "weekday": 4, "anchor": "last"}),
    ("It stood at 40 at yesterday's close.", "yesterday's close", {"unit": "session", "anchor": "previous"}),
    ("It stood at 40 at yesterday’s close.", "yesterday’s close", {"unit": "session", "anchor": "previous"}),
    ("It fell two weeks ago.", "two weeks ago", {"form": "relative", "number": 2, "unit": "week", "anchor": "ago"}),
    ("It is up over the past three months.", "over the past three months",
     {"form": "since", "number": 3, "unit": "month", "anchor": "past", "opens": True}),
    ("It is up 40% year to date.", "year to date", {"form": "since", "unit": "year", "anchor": "to_date"}),
    ("It is flat for the week.", "for the week", {"form": "since", "unit": "week", "anchor": "for_the"}),
    ("It is the best since June.", "since June", {"form": "since", "anchor": "since", "opens": True}),
    ("It traded at 198 at 5:04 a.m. EST.", "5:04 a.m. EST", {"clock": clock(5, 4)}),
    ("It traded at 198 on Monday at 4 PM ET.", "Monday at 4 PM ET", {"weekday": 0, "clock": clock(16)}),
    ("The week ended Dec. 6 was calm.", "week ended Dec. 6", {"form": "day", "part": "ended", "unit": "week"}),
    ("From Monday to Thursday it rose.", "Monday to Thursday", {"form": "range"}),
    ("It ran Nov. 28 – Dec. 5, 2025.", "Nov. 28 – Dec. 5, 2025", {"form": "range", "day": 28}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "fields"), FIELDS)
def test_fields(text: str, words: str, fields: dict[str, object]) -> None:
    (found,) = find(text)
    assert found.text == words
    assert {name: getattr(found, name) for name in fields} == fields


def test_a_window_keeps_what_it_is_counted_from() -> None:
    (found,) = find("It is the first rise since last December.")
    assert found.first is not None
    assert (found.first.text, found.first.month, found.first.anchor) == ("last December", 12, "last")


def test_a_range_keeps_both_its_ends() -> None:
    (found,) = find("The sell-off of Dec 8-12, 2025 was the worst.")
    assert found.last is not None
    assert (found.year, found.month, found.day) == (2025, 12, 8)
    assert (found.last.year, found.last.month, found.last.day) == (2025, 12, 12)


NO_DATES = [
    "May markets be kind to you.",
    "Prices may march higher.",
    "The Russell 2000 beat the S&P 500.",
    "Gold Futures for August settlement slipped.",
    "Crude futures for December rose; the December contract expired.",
    "Brent crude for January delivery fell.",
    "March Madness lifted sportsbooks.",
    "The Sun rose. Sat down, he read.",
    "A second quarter-point cut would follow the first.",
    "It lost 2000 points, or 1,987.65 in all.",
    "The 10-year yield and the two-year note rose.",
    "Black Friday and Cyber Monday sales rose.",
    "It hit a six-year high and a 52-week low.",
    "",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_no_dates(text: str) -> None:
    assert [found.text for found in find(text)] == []


FORMATS = ["%B %d, %Y", "%b. %d, %Y", "%d %B %Y", "%Y-%m-%d", "%m/%d/%Y", "%A, %B %d, %Y", "%b %d %Y"]


@given(st.dates(date(1900, 1, 1), date(2090, 12, 31)), st.sampled_from(FORMATS))
def test_a_printed_day_is_read_as_that_day(day: date, form: str) -> None:
    if "%b." in form and day.month == 5:
        form = form.replace("%b.", "%b")
    words = day.strftime(form)
    text = f"On {words} shares fell."
    (found,) = find(text)
    assert (found.form, found.text) == (DateForm.DAY, words)
    assert (found.year, found.month, found.day) == (day.year, day.month, day.day)


WORDS = ["May", "Dec.", "4", "2025", "since", "the", "week", "of", "last", "Friday", "to", "-", "\n", "Q1",
         "first", "half", "ago", "a", "year", ",", "(", "é", "5 pm", "İ", "\u200f", "12/04/25", "quarter",
         "from", "’s"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from([" ", "", "  "]))
def test_dates_are_sorted_apart_and_where_they_say(words: list[str], gap: str) -> None:
    text = gap.join(words)
    end = 0
    for found in find(text):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        end = found.end


@pytest.mark.parametrize(
    "text",
    ["1" * 20_000, "(" * 20_000, " " * 500_000, "a" * 1_000_000, "\n" * 200_000, "\U0001f600" * 100_000,
     "мая " * 50_000, "since " * 20_000, "Dec 4 " * 5_000, "the first week of " * 5_000, "from Monday to " * 5_000,
     "1/2/" * 20_000],
)  # fmt: skip
def test_hostile_text_takes_no_time(text: str) -> None:
    find("")
    before = time.process_time()
    find(text)
    assert time.process_time() - before < 2

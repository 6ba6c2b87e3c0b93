"""What `--since` leaves out."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from extractor.domain.page import Told
from extractor.ingest import discover
from extractor.ingest.since import Since
from tests.factories import make_article

NOW = datetime(2025, 12, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("90m", NOW - timedelta(minutes=90)),
        ("36h", NOW - timedelta(hours=36)),
        ("2d", NOW - timedelta(days=2)),
        ("1w", NOW - timedelta(weeks=1)),
        ("2025-12-01", datetime(2025, 11, 30, 10, tzinfo=UTC)),  # where the day begins first
    ],
)
def test_what_may_be_said(text: str, moment: datetime) -> None:
    assert Since.parse(text, NOW).moment == moment


@pytest.mark.parametrize("text", ["d", "2", "2 days", "-2d", "2y", "2025-13-01", "12/1/2025", "100000w", "yesterday"])
def test_what_may_not(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the command line says it in its own words
        Since.parse(text, NOW)


@pytest.mark.parametrize(
    ("since", "known", "kept"),
    [
        ("2025-12-01", {"published_on": date(2025, 12, 1)}, True),
        ("2025-12-01", {"published_on": date(2025, 11, 30)}, False),
        ("2025-12-01", {"published_on": None}, True),
        # "today" is the article's own day, whatever the clock says in UTC
        (
            "2025-12-01",
            {"published_on": date(2025, 12, 1), "published_at": datetime(2025, 11, 30, 23, tzinfo=UTC)},
            True,
        ),
        ("36h", {"published_on": date(2025, 12, 3), "published_at": NOW - timedelta(hours=35)}, True),
        ("36h", {"published_on": date(2025, 12, 3), "published_at": NOW - timedelta(hours=37)}, False),
        ("36h", {"published_on": date(2025, 12, 2)}, True),  # 7 p.m. of that day in New York is within
        ("36h", {"published_on": date(2025, 12, 1)}, False),
        ("36h", {"published_on": None}, True),
    ],
)
def test_articles(since: str, known: dict[str, object], kept: bool) -> None:
    assert Since.parse(since, NOW).published(make_article(**known)) is kept


def test_what_a_carrier_tells() -> None:
    since = Since.parse("2025-12-01", NOW)
    assert since.told(Told())
    assert not since.told(Told(by="feed", published_on=date(2025, 11, 30)))
    assert since.told(Told(by="feed", published_at=datetime(2025, 12, 1, tzinfo=UTC)))


def test_files_that_were_not_changed_since_are_not_opened(tmp_path: Path) -> None:
    for name, age in (("old.txt", 3), ("new.txt", 1)):
        (tmp_path / name).write_text("Stocks rose.")
        moment = (NOW - timedelta(days=age)).timestamp()
        os.utime(tmp_path / name, (moment, moment))
    since = Since.parse("2d", NOW)
    found = list(since.discover(discover)([str(tmp_path), "-", str(tmp_path / "none.txt")]))
    assert [Path(str(each)).name if hasattr(each, "name") else each.reason for each in found] == [
        "new.txt",
        "-",
        "no such file or folder",
    ]
    assert since.left_out == 1

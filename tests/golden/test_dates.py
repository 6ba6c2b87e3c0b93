"""Dates of real articles resolve as their readers resolved them. Only articles that may be looked at."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from extractor.annotate.periods import find
from extractor.claims import periods
from extractor.domain.article import Article

NEW_YORK = "America/New_York"
# The pages' own days and zones.
OPEN = {
    "great_rotation": ("2025-12-18", NEW_YORK),
    "247wallst_djia_20141229": ("2014-12-29", NEW_YORK),
    "reuters_fed_20161214": ("2016-12-14", NEW_YORK),
    "pg_gurufocus_20200514": ("2020-05-14", NEW_YORK),
    "pg_mtnewswires_20251210": ("2025-12-10", NEW_YORK),
    "pg_investing_20251211": ("2025-12-11", NEW_YORK),
    "pg_rtt_gold_20250707": ("2025-07-07", NEW_YORK),
    "pg_inquirer_afp_20140826": ("2014-08-26", "Asia/Hong_Kong"),
    "pg_ftsefutures_20180430": ("2018-04-30", "Europe/London"),
    "pg_openblog_sensex_20201020": ("2020-10-20", "Asia/Kolkata"),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", OPEN)
def test_dates_of_a_real_article(name: str, shared: Path) -> None:
    day, zone = OPEN[name]
    article = Article(name=name, source=name, text="", published_on=date.fromisoformat(day), timezone=zone)
    lines = (shared / "articles" / "gold" / f"{name}.dates.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    for gold in map(json.loads, lines):
        start, text = gold["quote_at"], gold["context"]
        end = start + len(gold["quote"])
        readings = []
        for found in find(text):
            if found.start < end and start < found.end:
                future = periods.looks_ahead(found, text)
                readings += [periods.resolve(found, article, future=future), periods.reference(found, article)]
        got = [(str(reading.start), str(reading.end), reading.source) for reading in readings if reading]
        assert (gold["start"], gold["end"], gold["source"]) in got, gold["quote"]

"""How new a claim was when it could first be known. Nothing that is stored later changes it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.domain.article import Article
from extractor.domain.claim import DateSource, Direction, Kind, Modality, Period
from extractor.store.repository import Repository
from tests.factories import make_article, make_claim

START = datetime(2025, 12, 4, 21, tzinfo=UTC)
_number = itertools.count()


def told(name: str, text: str = "", **changes: Any) -> tuple[Article, dict[str, Any]]:
    article = make_article(f"It was said on page {name}.{text}", name=name, source=name, published_on=date(2025, 12, 4))
    known = {key: changes.pop(key) for key in ("published_at", "published_on") if key in changes}
    return replace(article, **known), changes


class Desk:
    """A database with a clock; articles come at the moments they are given."""

    def __init__(self, path: Path) -> None:
        self.now = START
        self.repository = Repository.open(path / f"{next(_number)}.db", "create", clock=lambda: self.now)

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.repository.close()

    def say(self, after: timedelta, name: str, **changes: Any) -> None:
        self.now += after
        article, fields = told(name, **changes)
        self.repository.save_article(article, (), [make_claim(article, "page", **fields)])

    def novelties(self) -> dict[str, float]:
        sql = "SELECT article, novelty FROM claim_novelty"
        return {row["article"]: row["novelty"] for row in self.repository._db.query(sql)}


HOUR = timedelta(hours=1)
DAY = Period(start=date(2025, 12, 3), end=date(2025, 12, 3), text=None, source=DateSource.IMPLIED)


def test_each_telling_makes_the_next_less_new(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        for name in ("a", "b", "c", "d"):
            desk.say(HOUR, name)
        assert desk.novelties() == {"a": 1.0, "b": 0.5, "c": 0.3333, "d": 0.25}


@pytest.mark.parametrize(
    "changes",
    [
        {"value": Decimal("2531.2"), "decimals": 1},  # the same, rounded
        {"value": Decimal("2530"), "decimals": 0},
        {"confidence": 0.5},
        {"speaker": "Ann Analyst"},
    ],
)
def test_the_same_in_other_digits(tmp_path: Path, changes: dict[str, Any]) -> None:
    with Desk(tmp_path) as desk:
        desk.say(HOUR, "a")
        desk.say(HOUR, "b", **changes)
        assert desk.novelties()["b"] == 0.5


@pytest.mark.parametrize(
    "changes",
    [
        {"value": Decimal("2531.18")},
        {"date": DAY},
        {"date": None},
        {"metric": "open"},
        {"kind": Kind.RECORD},
        {"modality": Modality.FORECAST},
        {"unit": "percent"},
        {"value": None},
        {"value_high": Decimal("2540.00")},
        {"subject": replace(make_claim().subject, id="index:SPX")},
    ],
)
def test_something_else(tmp_path: Path, changes: dict[str, Any]) -> None:
    with Desk(tmp_path) as desk:
        desk.say(HOUR, "a")
        desk.say(HOUR, "b", **changes)
        assert desk.novelties() == {"a": 1.0, "b": 1.0}


def test_without_figures_the_direction_counts(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        for name, direction in (("a", Direction.UP), ("b", Direction.DOWN), ("c", Direction.UP)):
            desk.say(HOUR, name, value=None, direction=direction)
        assert desk.novelties() == {"a": 1.0, "b": 1.0, "c": 0.5}


def test_up_and_down_are_not_the_same_move(tmp_path: Path) -> None:
    move = {"kind": Kind.MOVE, "metric": "change", "unit": "percent", "value": Decimal("1.2"), "decimals": 1}
    with Desk(tmp_path) as desk:
        desk.say(HOUR, "a", **move, direction=Direction.UP)
        desk.say(HOUR, "b", **move, direction=Direction.DOWN)
        assert desk.novelties() == {"a": 1.0, "b": 1.0}


def test_the_window(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        for after, name in ((HOUR, "a"), (timedelta(days=30), "b"), (timedelta(days=31), "c")):
            desk.say(after, name)
        assert desk.novelties() == {"a": 1.0, "b": 0.5, "c": 1.0}


def test_what_could_not_be_known_yet_was_not_said_before(tmp_path: Path) -> None:
    """A page of tomorrow that is stored today can be known tomorrow."""
    with Desk(tmp_path) as desk:
        desk.say(HOUR, "embargoed", published_at=START + timedelta(days=1), published_on=date(2025, 12, 5))
        desk.say(HOUR, "b")
        assert desk.novelties() == {"embargoed": 1.0, "b": 1.0}
        desk.say(timedelta(days=1), "c")
        assert desk.novelties()["c"] == 0.3333


def test_a_date_that_is_found_later_was_not_known_before(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        desk.say(HOUR, "a", published_at=START + timedelta(days=1))
        desk.say(HOUR, "b")
        desk.say(HOUR, "a", published_at=START)
        assert desk.novelties() == {"a": 1.0, "b": 1.0}


def test_a_corrected_text_was_said_too(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        desk.say(HOUR, "a")
        desk.say(HOUR, "b")
        desk.now += HOUR
        corrected, _ = told("a")
        desk.repository.save_article(replace(corrected, text="It was another page."), (), ())
        assert desk.novelties() == {"b": 0.5}


sayings = st.lists(
    st.fixed_dictionaries(
        {
            "after": st.sampled_from([timedelta(0), timedelta(seconds=1), HOUR, timedelta(days=20)]),
            "name": st.sampled_from("abcdef"),
            "value": st.sampled_from([Decimal("2531.16"), Decimal("2531.2"), None]),
            "published_at": st.sampled_from([START, START + timedelta(hours=3), START + timedelta(days=2), None]),
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=sayings, later=sayings)
def test_nothing_later_changes_a_novelty(
    tmp_path: Path, before: list[dict[str, Any]], later: list[dict[str, Any]]
) -> None:
    with Desk(tmp_path) as desk:
        for place, each in enumerate(before):
            desk.say(**each | {"name": f"{each['name']}{place}"})
        known = desk.novelties()
        assert all(0 < novelty <= 1 for novelty in known.values())
        for each in later:  # some of them under the name of an earlier one, which they supersede
            desk.say(**each | {"name": f"{each['name']}0", "text": " Again."})
        for name, novelty in desk.novelties().items():
            if name in known and name != f"{before[0]['name']}0":
                assert novelty == known[name]

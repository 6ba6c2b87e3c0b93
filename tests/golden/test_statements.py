"""Hundreds of statements about real rows, in phrasings of their own: true ones, and ones corrupted in known ways.

`python -m tests.statements` prints the figures that stand in docs/verification.md.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from extractor.adapters.calendars import TradingCalendars
from extractor.adapters.prices_folder import PriceFolder
from extractor.verify.market import TapeMarket
from tests.statements.corruptions import Corruptor
from tests.statements.judging import Tally, judge

pytestmark = pytest.mark.shared
CORRUPTIONS = {"digit", "day", "sign", "fund", "basis", "adjusted", "record", "unit"}


@pytest.fixture(scope="module", params=[3, 17])
def tally(request: pytest.FixtureRequest, shared: Path, extract) -> Tally:
    tape = TapeMarket([PriceFolder(shared / "prices")], TradingCalendars())
    writer = Corruptor(tape, random.Random(request.param))
    return judge([*writer.true(250), *writer.corrupted(350)], extract, tape)


def test_no_true_statement_is_accused(tally: Tally) -> None:
    assert tally.accused == []


def test_of_those_read_rightly_nearly_all_are_rated_rightly(tally: Tally) -> None:
    assert tally.share >= 0.99, tally.wrong


def test_most_are_read_rightly_whatever_is_wrong_with_them(tally: Tally) -> None:
    assert set(tally.all) == {"true", *CORRUPTIONS}
    assert tally.read["true"] / tally.all["true"] >= 0.8
    assert all(tally.read[corruption] >= 10 for corruption in CORRUPTIONS), tally.read

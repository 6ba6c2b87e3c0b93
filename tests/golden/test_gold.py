"""The quality gate: no figure of `tapecheck eval` may fall below corpus/BASELINE.json."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.cli.eval import command

CHECKOUT = Path(__file__).parents[2]
BASELINE = CHECKOUT / "corpus" / "BASELINE.json"


@pytest.fixture(scope="module")
def outcome() -> Result:
    """One run over every set at hand: the corpus, and the evaluation data beside the checkout where there is some."""
    return CliRunner().invoke(command, ["--baseline", str(BASELINE)], standalone_mode=False)


def test_no_figure_is_below_the_baseline(outcome: Result) -> None:
    assert outcome.exception is None, outcome.exception
    assert outcome.return_value == 0, outcome.stderr
    assert "corpus: F1" in outcome.stdout


@pytest.mark.shared
def test_real_articles_are_measured_in_two_parts(outcome: Result, shared: Path) -> None:
    assert shared.is_dir()
    assert "shared_open: F1" in outcome.stdout
    assert "shared_heldout: F1" in outcome.stdout

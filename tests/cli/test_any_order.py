"""Through the commands: neither the order of price folders and sources nor that of articles changes a verdict."""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extractor.cli import cli
from tests.fakes.folders import long_folder

FIELDS = "open high low close"
ARTICLES = {
    "wrap": """Stocks end lower

NEW YORK, Dec. 18, 2024 — The S&P 500 sank 2.9% on Wednesday, closing at 5,872.16. The Russell 2000 was down 4%.
The Dow Jones Industrial Average lost 1,123.03 points, a tenth straight drop.
""",
    "morning": """Futures steady after the rout

NEW YORK, Dec. 19, 2024 — The S&P 500 closed at 5,827.16 on Wednesday. It sank 3.9%. The Fed cut its target range to
4.25% to 4.50% on Wednesday, its third straight cut.
""",
    "fed": """A cut, and a warning

WASHINGTON, Dec. 18, 2024 — The Federal Reserve cut its target range to 4.00% to 4.25% on Wednesday. The S&P 500
closed at 5,872.16.
""",
    "undated": "The Nasdaq Composite fell 3.56% on December 18, 2024 to 19,392.69.\n",
}


def lines(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(cli, ["verify", *arguments, "--format", "jsonl", "--quiet"])
    assert result.exit_code in (0, 4), result.output
    return {line["id"]: line for line in map(json.loads, result.stdout.splitlines())}


@pytest.fixture
def texts(tmp_path: Path) -> list[str]:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return [str(folder / f"{name}.txt") for name in ARTICLES]


def test_the_order_of_price_folders_and_sources(texts: list[str], corpus: Path, tmp_path: Path) -> None:
    """Three that overlap: one agrees, one has a close of its own, one has the day's range alone."""
    ids = 'SPX = "index:SPX"\nRUT = "index:RUT"'
    other = long_folder(tmp_path / "other", "2024-12-18,SPX,6040,6070,5832.30,5872.16", ids=ids, fields=FIELDS)
    apart = long_folder(tmp_path / "apart", "2024-12-18,RUT,2330,2340,2220,2240.00", ids=ids, fields=FIELDS)
    stored = str(tmp_path / "prices.db")
    imported = CliRunner().invoke(cli, ["prices", "import", str(apart), "--store", stored])
    assert imported.exit_code == 0, imported.output
    given = [("--prices", str(corpus / "prices")), ("--prices", str(other)), ("--source", stored)]
    first, *others = [lines(*texts, *itertools.chain(*order)) for order in itertools.permutations(given)]
    assert {line["verdict"]["rating"] for line in first.values()} >= {"supported", "contradicted", "not_enough_data"}
    assert all(one == first for one in others)


def test_the_order_of_articles(texts: list[str], corpus: Path, tmp_path: Path) -> None:
    prices = ("--prices", str(corpus / "prices"))
    expected = lines(*texts, *prices)
    held = []
    for seed in range(3):
        random.Random(seed).shuffle(texts)
        assert lines(*texts, *prices) == expected
        database = tmp_path / f"{seed}.db"
        run = CliRunner().invoke(cli, ["run", *texts, "--db", str(database), *prices, "--quiet"])
        assert run.exit_code == 0, run.output
        held.append(stored(database))
    assert held[0]["figure_conflicts"]
    assert held[0]["claims"]
    assert all(one == held[0] for one in held)


def stored(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What a batch left: claims, verdicts as told, conflicts and trust scores."""
    queries = {
        "claims": "SELECT id, kind, subject_id, value, date_start, date_end FROM claims",
        "verdicts": "SELECT claim_id, vantage, rating, reason, explanation FROM verdicts WHERE current = 1",
        "figure_conflicts": "SELECT id, article, quote, rating FROM figure_conflicts",
        "article_trust": "SELECT * FROM article_trust",
    }
    connection = sqlite3.connect(database)
    try:
        return {name: sorted(connection.execute(query).fetchall(), key=repr) for name, query in queries.items()}
    finally:
        connection.close()

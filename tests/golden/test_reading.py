"""How well real pages are read: sentences kept, figures of page furniture let in, titles and dates.

Measured on the pages that stand beside a checkout. Held-out pages are counted with the others; nothing here prints a
word of any page.

- A gold sentence is the `context` of a gold line. It is kept where it stands word for word in the extracted text, runs
  of white space counted as one space.
- A figure is a run of digits with its points and commas, in a line of zone title or body. It is furniture's where its
  line holds no gold sentence, is part of none, and lies outside the article: before the line of the first gold
  sentence or after the line of the last, its title aside. What lies between is taken as the article's own, which hand
  checks of the pages that may be read confirmed; injected live quotes and tables of quotes are zone quotes and stand
  apart, as the contract has them. Of a page without gold, every figure in title and body is furniture's but its date.
- A title is right where the words of TITLES are in it, for the pages that may be read; a date where it is the one that
  the table of the evaluation data gives, for all (tests/unit/ingest/test_page.py has that table).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from extractor.domain.article import Article, Zone
from extractor.ingest import Source
from tests.sources import read

KEPT = 0.98  # least share of gold sentences
FURNITURE = 0.04  # largest share of furniture's figures among those in title and body

_FIGURE = re.compile(r"\d[\d.,]*")
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")

# A word or two of each title: enough to know it by.
TITLES = {
    "247wallst_djia_20141229": "DJIA Monday",
    "foxbusiness_homedepot_2019": "Home Depot",
    "great_rotation": "Great Rotation",
    "pg_inquirer_afp_20140826": "Asia shares",
    "pg_marketbeat_ratings_20211022": "Analyst Ratings",
    "pg_mtnewswires_20251210": "Dow Logs",
    "pg_openblog_sensex_20201020": "sensex today",
    "reuters_fed_20161214": "Fed lifts rates",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    sentences: int = 0
    kept: int = 0
    figures: int = 0
    furniture: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            sentences=self.sentences + other.sentences,
            kept=self.kept + other.kept,
            figures=self.figures + other.figures,
            furniture=self.furniture + other.furniture,
        )


def count(article: Article, sentences: set[str]) -> Counts:
    """What of an article's gold sentences and figures is where, by the definitions at the top of this file."""
    lines = [
        (" ".join(line.split()), zone.zone)
        for zone in article.zones
        for line in article.text[zone.start : zone.end].splitlines()
        if line.strip()
    ]
    told = [index for index, (line, _) in enumerate(lines) if any(one in line or line in one for one in sentences)]
    first, last = (told[0], told[-1]) if told else (len(lines), -1)
    figures = furniture = 0
    for index, (line, zone) in enumerate(lines):
        if zone not in (Zone.TITLE, Zone.BODY):
            continue
        here = len(_FIGURE.findall(line if told else _DAY.sub("", line)))
        figures += here
        furniture += 0 if first <= index <= last or (zone is Zone.TITLE and told) else here
    flat = " ".join(article.text.split())
    return Counts(
        sentences=len(sentences), kept=sum(one in flat for one in sentences), figures=figures, furniture=furniture
    )


def pages(shared: Path) -> list[tuple[str, Article, set[str]]]:
    found = []
    for path in sorted((shared / "articles" / "gold").glob("*.jsonl")):
        if path.stem.endswith(".dates"):
            continue
        page = next((shared / "articles" / "dev").glob(path.stem + ".*"), shared / "articles" / f"{path.stem}.txt")
        gold = {" ".join(json.loads(line)["context"].split()) for line in path.read_text("utf-8").splitlines()}
        found.append((path.stem, read(Source(name=page.name, path=page)), gold))
    return found


@pytest.mark.shared
def test_sentences_are_kept_and_furniture_is_not(shared: Path) -> None:
    total = sum((count(article, gold) for _, article, gold in pages(shared)), Counts())
    assert total.sentences > 200
    assert total.figures > 400
    assert total.kept / total.sentences >= KEPT, total
    assert total.furniture / total.figures <= FURNITURE, total


@pytest.mark.shared
def test_titles(shared: Path) -> None:
    titles = {name: article.title or "" for name, article, _ in pages(shared)}
    assert {name for name, words in TITLES.items() if words not in titles[name]} == set()


def test_the_measure_sees_what_it_is_for() -> None:
    from extractor.ingest import zones

    lines = ("Tin rose 2%.", "Lead fell 3%.", "Tin is up 9% this year.", "Our 5 best shares now")
    text = "\n\n".join(("Tin rises on Monday as a mine shuts", *lines))
    article = Article(name="x", source="x", text=text, zones=zones.mark(text))
    got = count(article, {"Tin rose 2%.", "Tin is up 9% this year.", "Zinc fell."})
    assert got == Counts(sentences=3, kept=2, figures=4, furniture=1)

"""Pages read in a process of their own, beside the same pages read in this one.

Run with `make bench`, on a machine with two idle cores: the reader is to take no longer, for it reads while the rest
is annotated. Of a single article the same holds: the child loads while the language pipeline does.
The last group is a folder of ten times as many files, which is to take ten times as long.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from extractor import ingest, wiring
from extractor.stages import Extraction, Reading, extract

COPIES, SIZE = 200, 150_000
PUBLISHED = date(2025, 6, 13)

ONE_HERE = """
from dataclasses import replace
from functools import partial
from extractor import ingest, wiring
made = wiring.extraction
def here(**options):
    given = {name: options[name] for name in ("published", "timezone")}
    return replace(made(**options), read=partial(ingest.read, **given), expect=lambda page: False)
wiring.extraction = here
from extractor.cli import main
main()
"""
ONE_ELSEWHERE = "from extractor.cli import main; main()"


def _page(number: int, html: str) -> ingest.Page:
    """The article with other figures, in what surrounds an article on a page of that size."""
    dice = random.Random(number)
    article = "".join(str(dice.randrange(1, 10)) if char.isdigit() and dice.random() < 0.3 else char for char in html)
    head, _, body = article.partition("<body>")
    link = '<li class="menu-item"><a href="/markets/{0}" data-track="nav-{0}">What moved today, part {0}</a></li>'
    menu = f"<nav><ul>{''.join(map(link.format, range(200)))}</ul></nav>"
    script = (
        f"<script>window.state = {{'seen': [{', '.join(str(dice.randrange(10**9)) for _ in range(1000))}]}};</script>"
    )
    page = f"{head}{script}<body>{menu}{body}"
    block = "<div class='teaser'><a href='/x'><span>More from the desk</span></a><!-- slot --></div>"
    page += block * max(0, (SIZE - len(page)) // len(block))
    return ingest.Page(name=f"{number}.html", source=f"{number}.html", data=page.encode())


@pytest.fixture(scope="module")
def pages(corpus: Path) -> list[ingest.Page]:
    html = (corpus / "articles" / "election_rally_20241106.html").read_text("utf-8")
    return [_page(number, html) for number in range(COPIES)]


@pytest.fixture(scope="module")
def elsewhere() -> Extraction:
    extraction = wiring.extraction(published=PUBLISHED)
    pipeline = extraction.pipeline
    return replace(extraction, load=lambda: pipeline)


@pytest.fixture(scope="module")
def here(elsewhere: Extraction) -> Extraction:
    return replace(elsewhere, read=partial(ingest.read, published=PUBLISHED), expect=lambda page: False)


@pytest.mark.benchmark(group=f"{COPIES} pages of {SIZE // 1000} kB, page to claims")
@pytest.mark.parametrize("where", ["here", "elsewhere"])
def test_batch(benchmark, request: pytest.FixtureRequest, pages: list[ingest.Page], where: str) -> None:
    extraction: Extraction = request.getfixturevalue(where)

    def walk(_: ingest.Source) -> Iterator[ingest.Page]:
        yield from pages

    extraction = replace(extraction, discover=lambda _: iter([ingest.Source(name="", path=None)]), pages=walk)
    extraction.read(pages[0])
    run = lambda: sum(len(each.claims) for each in extract([""], extraction) if isinstance(each, Reading))  # noqa: E731
    assert benchmark.pedantic(run, rounds=2) > COPIES


@pytest.mark.benchmark(group="one page of 150 kB, the whole command")
@pytest.mark.parametrize("script", [ONE_HERE, ONE_ELSEWHERE], ids=["here", "elsewhere"])
def test_one(benchmark, pages: list[ingest.Page], tmp_path: Path, script: str) -> None:
    path = tmp_path / pages[0].name
    path.write_bytes(pages[0].data)
    command = [sys.executable, "-c", script, "extract", str(path), "--format", "jsonl"]
    run: Callable[[], bytes] = lambda: subprocess.run(command, check=True, capture_output=True).stdout  # noqa: E731
    assert benchmark.pedantic(run, rounds=5).count(b"\n") > 3


@pytest.mark.benchmark(group="finding the articles of a folder, 10,000 and 100,000")
@pytest.mark.parametrize("number", [10_000, 100_000])
def test_folder(benchmark, tmp_path: Path, number: int) -> None:
    for name in range(number):
        (tmp_path / f"{name}.txt").touch()
    run: Callable[[], int] = lambda: sum(1 for _ in ingest.discover([str(tmp_path)]))  # noqa: E731
    assert benchmark.pedantic(run, rounds=1) == number

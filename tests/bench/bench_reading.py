"""Reading a page beside what it is measured against: trafilatura's own extraction of the same page in the same run.

Run with `make bench`. Times are this machine's; the ratio says more: reading (decoding, metadata, main text, zones,
date) is to take at most 1.25 times `trafilatura.bare_extraction` with its defaults. A core of its own is to read forty
pages a second; beside other work on the same core it reads fewer.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from extractor import ingest
from extractor.domain.page import Page
from tests.bench.pages import layouts, page

MOST = 1.25
ROUNDS = 5


@pytest.fixture(scope="module")
def heavy() -> list[str]:
    return [page(layout, seed) for seed, layout in enumerate(layouts(), 1)]


def _read(pages: list[str]) -> int:
    return sum(len(ingest.read(Page(name="a.html", source="a.html", data=html.encode())).text) for html in pages)


def _extract(pages: list[str]) -> int:
    from trafilatura import bare_extraction

    return sum(len(bare_extraction(html).text) for html in pages)


@pytest.mark.benchmark(group="a page of 150 kB")
def test_reading(benchmark, heavy: list[str]) -> None:
    assert benchmark.pedantic(_read, args=(heavy,), rounds=ROUNDS, warmup_rounds=1) > 0


@pytest.mark.benchmark(group="a page of 150 kB")
def test_trafilatura_alone(benchmark, heavy: list[str]) -> None:
    assert benchmark.pedantic(_extract, args=(heavy,), rounds=ROUNDS, warmup_rounds=1) > 0


@pytest.mark.benchmark(group="a page of 150 kB, both in turn")
def test_ratio(benchmark, heavy: list[str]) -> None:
    """Both in turn, by the time of the processor: what else the machine does weighs on neither."""

    def best() -> tuple[float, float]:
        times: dict[Callable[[list[str]], int], list[float]] = {_read: [], _extract: []}
        for _ in range(ROUNDS):
            for run, taken in times.items():
                began = time.process_time()
                run(heavy)
                taken.append(time.process_time() - began)
        return min(times[_read]), min(times[_extract])

    reading, alone = benchmark.pedantic(best, rounds=1)
    benchmark.extra_info |= {"ratio": reading / alone, "pages a second": len(heavy) / reading}
    assert reading / alone <= MOST, f"{reading / alone:.2f} times"

"""Walks go on at once, are read in order, and stop when nobody wants more."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from extractor.ingest.side_by_side import side_by_side


def test_the_order_is_that_of_the_walks() -> None:
    def walk(name: str) -> Iterator[str]:
        for number in range(5):
            time.sleep(0.01 if name == "a" else 0)
            yield f"{name}{number}"

    found = list(side_by_side([lambda name=name: walk(name) for name in "abcd"], at_once=2, room=2))
    assert found == [f"{name}{number}" for name in "abcd" for number in range(5)]


def test_walks_are_under_way_at_once() -> None:
    meeting = threading.Barrier(3, timeout=5)

    def walk() -> Iterator[int]:
        meeting.wait()  # breaks where the others never come
        yield 1

    assert list(side_by_side([walk] * 3, at_once=3, room=1)) == [1, 1, 1]


def test_what_a_walk_raises_comes_in_its_turn() -> None:
    def broken() -> Iterator[int]:
        yield 2
        raise ValueError("broken")

    walks = side_by_side([lambda: iter([1]), broken, lambda: iter([3])], at_once=3, room=5)
    assert [next(walks), next(walks)] == [1, 2]
    with pytest.raises(ValueError, match="broken"):
        next(walks)


def test_nothing_goes_on_when_the_reader_has_gone() -> None:
    walked: list[int] = []

    def endless() -> Iterator[int]:
        while True:
            walked.append(1)
            yield 1

    before = threading.active_count()
    walks = side_by_side([endless] * 3, at_once=3, room=4)
    assert next(walks) == 1
    walks.close()
    until = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.02)
    assert threading.active_count() == before
    assert len(walked) <= 3 * 6 + 1

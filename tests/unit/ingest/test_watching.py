"""A file is handed on once it has settled, and again when it has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractor.ingest.watching import SETTLED, Watcher


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def names(watcher: Watcher) -> list[str]:
    ready, failures = watcher.look()
    assert failures == []
    return [path.name for path in ready]


def test_a_file_is_read_once_it_has_settled_and_once(tmp_path: Path, clock: Clock) -> None:
    watcher = Watcher(names=[str(tmp_path)], clock=clock)
    assert names(watcher) == []
    (tmp_path / "a.txt").write_text("half")
    assert names(watcher) == []
    assert watcher.waiting
    clock.now += SETTLED / 2
    (tmp_path / "a.txt").write_text("half and a half")  # still being written
    assert names(watcher) == []
    clock.now += SETTLED / 2
    assert names(watcher) == []
    clock.now += SETTLED / 2
    assert names(watcher) == ["a.txt"]
    assert not watcher.waiting
    clock.now += 60
    assert names(watcher) == []


def test_a_changed_file_is_read_again(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    watcher = Watcher(names=[str(tmp_path)], clock=clock)
    for place, change in enumerate(("one", "two", None)):
        if change is not None:
            path.write_text(change)
            os.utime(path, (place, place))  # of the same length, at another time
        watcher.look()
        clock.now += SETTLED
        assert names(watcher) == (["a.txt"] if change else [])


def test_a_file_that_is_replaced_by_another_is_new(tmp_path: Path, clock: Clock) -> None:
    path, other = tmp_path / "a.txt", tmp_path / "b.part"
    path.write_text("one")
    watcher = Watcher(names=[str(tmp_path)], clock=clock)
    watcher.look()
    clock.now += SETTLED
    assert names(watcher) == ["a.txt"]
    other.write_text("two")
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)
    watcher.look()
    clock.now += SETTLED
    assert names(watcher) == ["a.txt"]


def test_what_is_no_article_or_hidden_or_led_out_of_the_folder_is_not_read(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    for name in (".a.txt.swp", ".hidden.txt", "a.part", "README.md"):
        (folder / name).write_text("no article")
    watcher = Watcher(names=[str(folder)], clock=clock)
    ready, failures = watcher.look()
    assert [(Path(each.source).name, "not followed" in each.reason) for each in failures] == [("link.txt", True)]
    clock.now += SETTLED
    again, said = watcher.look()
    assert (ready, again, said) == ([], [], [])  # a failure is said once


def test_a_folder_that_goes_away_is_said_and_its_files_are_new_when_it_comes_back(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("one")
    watcher = Watcher(names=[str(folder)], clock=clock)
    watcher.look()
    clock.now += SETTLED
    assert names(watcher) == ["a.txt"]
    folder.rename(tmp_path / "away")
    _, failures = watcher.look()
    assert [each.reason for each in failures] == ["no such file or folder"]
    (tmp_path / "away").rename(folder)
    watcher.look()
    clock.now += SETTLED
    assert names(watcher) == ["a.txt"]

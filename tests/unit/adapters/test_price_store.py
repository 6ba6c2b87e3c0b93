"""The local price store: nothing is lost on the way in, nothing changes twice, a file that is none is refused."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from extractor.adapters.price_store import PriceStore
from extractor.adapters.prices_folder import PriceFolder
from extractor.domain.errors import PriceDataError
from tests.fakes.folders import listed_folder, long_folder

EVER = (date.min, date.max)


def closes(store: PriceStore, instrument: str) -> dict[str, str]:
    return {str(bar.session): str(bar.close) for info in store.series(instrument) for bar in store.bars(info, *EVER)}


def test_values_keep_every_digit_that_was_printed(tmp_path: Path) -> None:
    store = PriceStore(tmp_path / "prices.db")
    store.import_folder(PriceFolder(long_folder(tmp_path / "a", "2025-12-04,RUT,2531.10\n2025-12-05,RUT,1E3")))
    assert closes(store, "index:RUT") == {"2025-12-04": "2531.10", "2025-12-05": "1000"}
    with sqlite3.connect(tmp_path / "prices.db") as connection:
        kinds = connection.execute("SELECT DISTINCT typeof(close) FROM price").fetchall()
    connection.close()
    assert kinds == [("text",)]


def test_a_second_import_of_the_same_folder_adds_nothing(tmp_path: Path) -> None:
    path = listed_folder(tmp_path / "a", "2025-12-08,NYSE,WMT,113.56\n2025-12-09,NASDAQ,WMT,115.06")
    store = PriceStore(tmp_path / "prices.db")
    first = store.import_folder(PriceFolder(path))
    before = store.series_list()
    second = store.import_folder(PriceFolder(path))
    assert (first.series, first.rows, first.unchanged) == (2, 2, 0)
    assert (second.series, second.rows, second.unchanged) == (0, 0, 2)
    assert store.series_list() == before
    assert str(first) == f"{path}: 2 series with 2 rows imported, 0 unchanged"


def test_what_a_source_says_now_replaces_what_it_said(tmp_path: Path) -> None:
    store = PriceStore(tmp_path / "prices.db")
    store.import_folder(PriceFolder(long_folder(tmp_path / "a", "2025-12-04,RUT,2513.16\n2025-12-05,RUT,2521.48")))
    store.import_folder(PriceFolder(long_folder(tmp_path / "b", "2025-12-04,RUT,2531.16")))
    assert closes(store, "index:RUT") == {"2025-12-04": "2531.16"}
    assert len(store.series_list()) == 1


def test_another_source_stands_beside(tmp_path: Path) -> None:
    store = PriceStore(tmp_path / "prices.db")
    other = 'source = "portal history"\nadjustment = "none"'
    store.import_folder(PriceFolder(long_folder(tmp_path / "a", "2025-12-04,RUT,2531.16")))
    store.import_folder(PriceFolder(long_folder(tmp_path / "b", "2025-12-04,RUT,2531.2", rest=other)))
    assert [(info.source, info.rank) for info in store.series("index:RUT")] == [("broker", 1), ("portal history", 2)]


def test_an_import_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = PriceStore(tmp_path / "prices.db")
    store.import_folder(PriceFolder(long_folder(tmp_path / "a", "2025-12-04,RUT,2531.16")))
    changed = PriceFolder(long_folder(tmp_path / "b", "2025-12-04,RUT,9999"))

    def fails() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(changed, "every_print", fails)
    with pytest.raises(KeyboardInterrupt):
        store.import_folder(changed)
    assert closes(store, "index:RUT") == {"2025-12-04": "2531.16"}


def test_left_out_rows_are_counted(tmp_path: Path) -> None:
    folder = PriceFolder(long_folder(tmp_path / "a", "2025-12-04,RUT,2531.16\n2025-12-05,RUT,NaN"))
    summary = PriceStore(tmp_path / "prices.db").import_folder(folder)
    assert [one.row for one in summary.rejections] == [3]
    assert str(summary).endswith("1 series with 1 rows imported, 0 unchanged, 1 rows left out")


def test_reading_never_makes_a_store(tmp_path: Path) -> None:
    with pytest.raises(PriceDataError, match="no such price store"):
        PriceStore(tmp_path / "prices.db").series("index:RUT")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to look at", b"PK\x03\x04" * 300])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "prices.db"
    path.write_bytes(content)
    with pytest.raises(PriceDataError, match=r"prices\.db: not a price store"):
        PriceStore(path).series("index:RUT")
    with pytest.raises(PriceDataError, match=r"prices\.db: not a price store"):
        PriceStore(path).import_folder(PriceFolder(long_folder(tmp_path / "a", "2025-12-04,RUT,2531.16")))
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE claims (id TEXT)")
    connection.close()
    with pytest.raises(PriceDataError, match="but not a price store"):
        PriceStore(path).import_folder(PriceFolder(long_folder(tmp_path / "a", "2025-12-04,RUT,2531.16")))
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("claims",)]
    connection.close()


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    store = PriceStore(tmp_path / "prices.db")
    store.import_folder(PriceFolder(long_folder(tmp_path / "a", "2025-12-04,RUT,2531.16")))
    with sqlite3.connect(store.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(PriceDataError, match="written by a newer tapecheck"):
        PriceStore(store.path).series("index:RUT")

"""What the user names becomes sources, and a failure for each that is none."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.domain.errors import SourceError
from extractor.ingest import Source, SourceFailure, discover
from tests.sources import read


def one(given: str | Path) -> Source | SourceFailure:
    found = list(discover([str(given)]))
    assert len(found) == 1, found
    return found[0]


def failure(given: str | Path) -> SourceFailure:
    found = one(given)
    assert isinstance(found, SourceFailure), found
    return found


def test_a_file_is_named_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "wrap.txt"
    path.write_text("Stocks rose.")
    assert one(path) == Source(name="wrap.txt", path=path)


def test_a_dash_is_standard_input() -> None:
    assert one("-") == Source(name="stdin", path=None)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("https://example.com/story.html?utm_source=x#top", "https://example.com/story.html"),
        ("HTTP://Example.com", "http://example.com/"),
        ("http://127.0.0.1/", "http://127.0.0.1/"),  # whether it may be asked is for the fetcher to say
    ],
)
def test_an_address_is_named_by_itself_and_nothing_is_asked_yet(given: str, name: str) -> None:
    assert one(given) == Source(name=name, path=None, address=given)


def test_a_file_may_have_a_colon_in_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data:close.txt").write_text("Stocks rose.")
    assert one("data:close.txt") == Source(name="data:close.txt", path=Path("data:close.txt"))


def test_a_folder_is_read_at_any_depth_and_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "deep/er/c.md", "d.HTM", "note.csv", ".hidden.txt", "README.md", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Stocks rose.")
    names = [source.name for source in discover([str(tmp_path)]) if isinstance(source, Source)]
    assert names == ["a.html", "b.txt", "d.HTM", "c.md"]


def test_several_sources_come_in_the_order_given_and_a_failure_stops_nothing(tmp_path: Path) -> None:
    first, second = tmp_path / "z.txt", tmp_path / "a.txt"
    first.write_text("One.")
    second.write_text("Two.")
    kinds = [
        str(found) if isinstance(found, Source) else "failure" for found in discover([str(first), "/none", str(second)])
    ]
    assert kinds == [str(first), "failure", str(second)]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("file:///etc/passwd", "only http:// and https:// addresses are read"),
        ("feed://example.com/rss", "only http:// and https:// addresses are read"),
        ("https:///story.html", "only http:// and https:// addresses are read"),
        ("data:text/html,<p>Stocks rose.", "only http:// and https:// addresses are read"),
        ("javascript:alert(1)", "only http:// and https:// addresses are read"),
        ("data:" + "a" * 5_000, "only http:// and https:// addresses are read"),
        ("/no/such/place.txt", "no such file or folder"),
        ("a\0b", "null"),
    ],
)
def test_what_cannot_be_a_source(given: str, reason: str) -> None:
    found = failure(given)
    assert found.source == given
    assert reason in found.reason
    assert "\n" not in str(found.error)


def test_a_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("a,b")
    assert "no articles in this folder" in failure(tmp_path).reason
    assert failure(tmp_path).source == str(tmp_path)


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert failure(tmp_path / "pipe.txt").reason == "not a regular file"
    assert failure(tmp_path).reason == "not a regular file"


def test_a_device_is_refused() -> None:
    assert failure("/dev/zero").reason == "not a regular file"


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (outside / "secret.txt").write_text("Not yours.")
    (folder / "own.txt").write_text("Stocks rose.")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "inside.txt").symlink_to(folder / "own.txt")
    (folder / "tree").symlink_to(outside, target_is_directory=True)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    found = list(discover([str(folder)]))
    assert [source.name for source in found if isinstance(source, Source)] == ["inside.txt", "own.txt"]
    assert [failed.reason for failed in found if isinstance(failed, SourceFailure)] == [
        "a link that leads out of the folder is not followed"
    ]


def test_a_link_that_leads_to_itself_is_one_failure(tmp_path: Path) -> None:
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert failure(tmp_path).source == str(tmp_path / "self.txt")


def test_links_that_lead_to_each_other_are_failures(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    found = list(discover([str(tmp_path)]))
    assert [str(each.error) for each in found if isinstance(each, SourceFailure)] == [
        f"{tmp_path / name}: {reason}" for name, reason in zip(("a.txt", "b.txt"), [found[0].reason] * 2, strict=True)
    ]
    assert "loop" in found[0].reason or "links" in found[0].reason


def test_a_link_to_a_device_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    assert failure(tmp_path).reason == "a link that leads out of the folder is not followed"
    assert failure(tmp_path / "zero.txt").reason == "not a regular file"


def _gone(path: Path, outside: Path) -> None:
    path.unlink()


def _a_pipe(path: Path, outside: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _a_folder(path: Path, outside: Path) -> None:
    path.unlink()
    path.mkdir()


def _a_link_out(path: Path, outside: Path) -> None:
    path.unlink()
    path.symlink_to(outside / "a.txt")


def _a_link_to_a_device(path: Path, outside: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _its_folder_a_link_out(path: Path, outside: Path) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.symlink_to(outside, target_is_directory=True)


def _its_folder_a_file(path: Path, outside: Path) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("Stocks rose.")


OUT = "a link that leads out of the folder is not followed"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_gone, "no such file or folder"),
        (_a_pipe, "not a regular file"),
        (_a_folder, "is a directory"),
        (_a_link_out, OUT),
        (_a_link_to_a_device, "not a regular file"),
        (_its_folder_a_link_out, OUT),
        (_its_folder_a_file, "not a directory"),
    ],
)
def test_what_changes_between_finding_and_reading(
    tmp_path: Path, change: Callable[[Path, Path], None], reason: str
) -> None:
    path, outside = tmp_path / "given" / "deep" / "a.txt", tmp_path / "outside"
    for folder in (path.parent, outside):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text("Not yours.")
    source = one(tmp_path / "given")
    assert isinstance(source, Source)
    change(path, outside)
    descriptors = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    with pytest.raises(SourceError) as raised:
        read(source)
    assert raised.value.reason == reason
    if descriptors:
        assert len(os.listdir("/proc/self/fd")) == descriptors


def test_a_file_may_be_replaced_by_another(tmp_path: Path) -> None:
    """As editors do it that write beside a file and then rename."""
    path = tmp_path / "a.txt"
    path.write_text("Stocks rose.")
    source = one(tmp_path)
    (tmp_path / "new").write_text("Stocks fell.")
    (tmp_path / "new").replace(path)
    assert isinstance(source, Source)
    assert read(source).text == "Stocks fell."


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated: the superuser, as whom tests may run, may read anything."""
    path = tmp_path / "a.txt"
    path.write_text("Stocks rose.")
    source = one(tmp_path)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", refuse)
    assert isinstance(source, Source)
    with pytest.raises(SourceError, match=r"a\.txt: cannot be read \(permission denied\)$"):
        read(source)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        (b"new\nline.txt", "new\nline.txt"),
        (b"\x1b[31mred.txt", "\x1b[31mred.txt"),
        (b"caf\xe9 \xff.txt", "caf\\xe9 \\xff.txt"),
        (b"half \xed\xa0\x80.txt", "half \\xed\\xa0\\x80.txt"),
    ],
)
def test_any_name_is_text_that_can_be_written(tmp_path: Path, name: bytes, called: str) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    try:
        path = Path(os.fsdecode(os.path.join(os.fsencode(folder), name)))
        path.write_text("Stocks rose.")
    except (OSError, ValueError):
        pytest.skip("no such name on this file system")
    for source in (one(folder), one(path)):
        assert isinstance(source, Source)
        assert (source.name, str(source)) == (called, str(folder / called))
        assert read(source).source == str(folder / called)
    path.write_bytes(b"")
    path.unlink()
    os.mkfifo(path)
    assert failure(folder).source == failure(path).source == str(folder / called)

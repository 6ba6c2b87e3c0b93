"""A page that hangs, crashes or eats its reader is one failure of its own; the others are read, in their order."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extractor.adapters.reader_process import ReaderProcess
from extractor.domain.article import Article
from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.stages import Extraction, Failure, Reading, extract
from tests.fakes import readers
from tests.stages import FakeStages

posix = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")
PATIENCE = 30  # seconds: what is waited for takes a fraction of one, on a machine that does nothing else


def page(deed: str, name: str = "a.html") -> Page:
    return Page(name=name, source=f"/pages/{name}", data=deed.encode())


Made = Callable[..., ReaderProcess]


@pytest.fixture
def made() -> Iterator[Made]:
    """Makes readers, and ends them."""
    kept: list[ReaderProcess] = []

    def make(read: Callable[..., Article] = readers.read, **options: object) -> ReaderProcess:
        kept.append(ReaderProcess(read, **options))
        return kept[-1]

    yield make
    for reader in kept:
        reader.close()


def reason(reader: ReaderProcess, asked: Page) -> str:
    with pytest.raises(SourceError) as raised:
        reader(asked)
    assert raised.value.source == asked.source
    return raised.value.reason


def test_an_article_comes_back_whole(made: Made) -> None:
    article = made(options={"published": None})(page("fine \ud800 and “quoted”".encode("utf-8", "replace").decode()))
    assert article == readers.read(page("fine ? and “quoted”"))


def test_one_process_reads_them_all_and_it_is_another_one(made: Made) -> None:
    reader = made(readers.process)
    first, second = reader(page("")).text, reader(page("")).text
    assert first == second != str(os.getpid())


def test_what_is_not_to_be_read_elsewhere_is_read_here(made: Made) -> None:
    reader = made(readers.process, elsewhere=lambda page: page.name.endswith(".html"))
    assert reader.expect(page("", "a.txt")) is False
    assert reader(page("", "a.txt")).text == str(os.getpid())


@pytest.mark.parametrize(
    ("deed", "reason_given"),
    [
        ("refuse no article text found", "no article text found"),
        ("break two\nlines", "ValueError: two"),
        ("rules a rules file is odd", "a rules file is odd"),
        ("leave 0", "reading it crashed the reader (exit code 0)"),
        ("leave 7", "reading it crashed the reader (exit code 7)"),
        pytest.param("segfault", "reading it crashed the reader (signal 11)", marks=posix),
        ("hang", "not read within 1.5 seconds; given up"),
        ("hang_in_c", "not read within 1.5 seconds; given up"),
        pytest.param("eat", "reading it takes more than 256 MB of memory; given up", marks=posix),
    ],
)
def test_what_goes_wrong_with_one_page_is_its_failure_and_the_next_is_read(
    made: Made, deed: str, reason_given: str
) -> None:
    reader = made(deadline=1.5, memory=256 * readers.MB)
    assert reason(reader, page(deed)) == reason_given
    assert reader(page("fine")).text == "fine"


def test_a_recursion_without_end_is_a_failure_of_the_page(made: Made) -> None:
    assert reason(made(), page("recurse")).startswith("RecursionError: maximum recursion depth")


def test_the_deadline_runs_for_each_page_alone_and_order_is_kept(made: Made) -> None:
    deeds = ["sleep 0.6", "fine 1", "hang", "sleep 0.6", "segfault" if os.name != "nt" else "leave 3", "sleep 0.6"]
    pages = [page(deed, f"{number}.html") for number, deed in enumerate([*deeds, "fine 2"])]
    reader = made(deadline=1.5)
    assert all(map(reader.expect, pages))
    outcomes = []
    for each in pages:
        try:
            outcomes.append(reader(each).text)
        except SourceError as error:
            outcomes.append(error.reason.partition(" ")[0])
    assert outcomes == ["sleep 0.6", "fine 1", "not", "sleep 0.6", "reading", "sleep 0.6", "fine 2"]


def test_pages_are_read_while_nobody_asks(made: Made, tmp_path: Path) -> None:
    reader = made()
    places = [tmp_path / str(number) for number in range(3)]
    pages = [page(f"touch {place}", f"{place.name}.html") for place in places]
    assert all(map(reader.expect, pages))
    until = time.monotonic() + PATIENCE
    while not all(place.exists() for place in places) and time.monotonic() < until:
        time.sleep(0.02)
    assert [place.exists() for place in places] == [True] * 3
    assert [reader(each).name for each in pages] == ["0.html", "1.html", "2.html"]


def test_a_reader_that_dies_between_pages_is_replaced_and_no_page_blamed(made: Made) -> None:
    reader = made(readers.process)
    first = int(reader(page("")).text)
    os.kill(first, signal.SIGTERM)
    time.sleep(0.3)
    assert int(reader(page("")).text) != first


def test_what_is_logged_arrives_when_the_page_is_asked_for(made: Made, caplog: pytest.LogCaptureFixture) -> None:
    reader = made()
    first, second = page("log odd bytes", "1.html"), page("log and more", "2.html")
    reader.expect(first)
    reader.expect(second)
    reader(first)
    assert [(each.name, each.levelname, each.getMessage()) for each in caplog.records] == [
        ("extractor.ingest.fake", "WARNING", "/pages/1.html: odd bytes")
    ]
    reader(second)
    assert caplog.messages[1:] == ["/pages/2.html: and more"]


def test_what_was_logged_before_the_end_is_not_lost(made: Made, caplog: pytest.LogCaptureFixture) -> None:
    reason(made(deadline=0.5), page("log_and_hang last words"))
    assert caplog.messages == ["/pages/a.html: last words"]


def test_more_is_logged_where_more_is_wanted(made: Made, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        reader = made()
        reader(page("log odd bytes"))
        reason(reader, page("break this"))
    assert "not for everybody" in caplog.messages
    assert "ValueError: this" in caplog.text
    assert "Traceback" in caplog.text


def test_what_a_library_prints_breaks_nothing(made: Made, capfd: pytest.CaptureFixture[str]) -> None:
    reader = made()
    assert reader(page("print this")).text == "print this"
    assert reader(page("fine")).text == "fine"
    printed = capfd.readouterr()
    assert printed.out == ""
    assert "straight to the descriptor" in printed.err


def test_a_closed_reader_refuses_at_once(made: Made) -> None:
    reader = made()
    reader(page("fine"))
    reader.close()
    with pytest.raises(RuntimeError, match="closed"):
        reader(page("fine"))


def test_no_module_comes_from_the_folder_one_stands_in(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pickle", "logging", "signal"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not this one')")
    monkeypatch.setattr(sys, "path", [str(Path(__file__).resolve().parents[3]), *filter(None, sys.path)])
    monkeypatch.chdir(tmp_path)
    assert made()(page("fine")).text == "fine"


def test_a_batch_goes_on_in_order(made: Made, tmp_path: Path) -> None:
    for number, deed in enumerate(["fine 1.5", "hang", "fine 2.5", "break it", "fine 3.5"]):
        (tmp_path / f"{number}.html").write_text(deed)
    reader = made(deadline=1.5)
    stages = FakeStages().extraction()
    extraction = Extraction(
        discover=stages.discover,
        pages=stages.pages,
        read=reader,
        expect=reader.expect,
        load=stages.load,
        version="test",
    )
    outcomes = list(extract([str(tmp_path)], extraction))
    assert [each.article.name for each in outcomes if isinstance(each, Reading)] == ["0.html", "2.html", "4.html"]
    assert [(Path(each.source).name, each.reason) for each in outcomes if isinstance(each, Failure)] == [
        ("1.html", "not read within 1.5 seconds; given up"),
        ("3.html", "ValueError: it"),
    ]


HANGING = """
import sys
from extractor.adapters import reader_process
from extractor.domain.page import Page
from tests.fakes import readers
reader_process._GRACE = 0.5
reader = reader_process.ReaderProcess(readers.read, deadline=float(sys.argv[2]))
for deed in sys.argv[1].split():
    reader(Page(name="a.html", source="a.html", data=deed.encode()))
sys.stderr.write("hanging\\n")
sys.stdin.read()
"""


@posix
@pytest.mark.parametrize(("deeds", "deadline"), [("fine", 60), ("fine hang", 60), ("hang_in_c", 1)])
def test_a_parent_that_is_killed_leaves_no_child(deeds: str, deadline: float) -> None:
    """Standard error is the child's too, so it ends when both are gone. A child in C ends itself, a little later."""
    with subprocess.Popen(
        [sys.executable, "-c", HANGING, deeds, str(deadline)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stderr is not None
        assert parent.stderr.readline() == "hanging\n"
        parent.kill()
        _, rest = parent.communicate(timeout=PATIENCE)
    assert rest == ""


INTERRUPTED = """
import sys
from extractor import ingest, wiring
from tests.fakes import readers
ingest.read = readers.read
wiring._pipeline = lambda *_: None
from extractor.cli import main
main()
"""


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_an_interrupted_command_ends_with_its_reader(tmp_path: Path, number: int, code: int) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("hang")
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, "extract", str(tmp_path)], stderr=subprocess.PIPE, text=True
    ) as command:
        assert command.stderr is not None
        assert command.stderr.readline() == "hanging\n"
        time.sleep(0.2)
        command.send_signal(number)
        began = time.perf_counter()
        _, rest = command.communicate(timeout=PATIENCE)
    assert time.perf_counter() - began < 5
    assert command.returncode == code
    assert rest.strip() in ("tapecheck: interrupted", "")

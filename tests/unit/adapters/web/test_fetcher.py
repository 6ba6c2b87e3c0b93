"""Fetching from a web of our own: who is asked, what is believed, and when it is given up."""

from __future__ import annotations

import gzip
import hashlib
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extractor.adapters.download import Limits
from extractor.adapters.web.cache import Answer, PageCache
from extractor.adapters.web.clock import Clock
from extractor.adapters.web.fetcher import contact_of
from extractor.domain.errors import SourceError
from tests.fakes.web import NONE, NOW, PUBLIC, Raw, Web, dripping, http, moved, web

PAGE = "http://news.example/a"
CERTIFICATE = Path(__file__).parents[3] / "fakes" / "news_example.pem"


@pytest.fixture
def here() -> Iterator[Web]:
    with web() as played:
        yield played


def refusal(here: Web, folder: Path, address: str = PAGE, **settings: object) -> str:
    with pytest.raises(SourceError) as refused:
        here.fetcher(folder, **settings).fetch(address)
    assert refused.value.source == address
    assert "\n" not in str(refused.value)
    return refused.value.reason


def test_a_page_comes_with_what_its_header_says(here: Web, tmp_path: Path) -> None:
    here.plays("news.example/a", http("Stocks rose.", kind='Text/HTML; Charset="ISO-8859-15"'))
    page = here.fetcher(tmp_path).fetch(PAGE)
    assert page.sha256 == hashlib.sha256(b"Stocks rose.").hexdigest()
    assert (page.address, page.data, page.media_type, page.charset) == (
        PAGE,
        b"Stocks rose.",
        "text/html",
        "iso-8859-15",
    )


def test_we_say_who_we_are_and_nothing_else(here: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    here.plays("news.example/a", http("a", set_cookie="session=1; Domain=example"), http("b"))
    fetcher = here.fetcher(tmp_path, contact="desk@news.example")
    fetcher.fetch(PAGE)
    fetcher.fetch(PAGE)
    for _, headers in here.asked:
        assert headers["user-agent"].startswith("tapecheck/")
        assert headers["user-agent"].endswith("(desk@news.example)")
        assert not {"cookie", "authorization", "referer", "proxy-authorization", "from"} & set(headers)


@pytest.mark.parametrize(
    ("given", "contact"),
    [("a@b.example", "a@b.example"), ("", None), ("a\r\nX: y", None), ("(a)", None), ("ä@b.example", None)],
)
def test_a_contact_is_what_can_stand_in_a_header(given: str, contact: str | None) -> None:
    assert contact_of({"TAPECHECK_CONTACT": given}) == contact


# Where a connection goes


@pytest.mark.parametrize(
    "numbers",
    [["127.0.0.1"], ["10.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], [PUBLIC, "192.168.0.1"], []],
)
def test_a_host_that_is_not_at_public_addresses_alone_is_not_connected_to(
    here: Web, tmp_path: Path, numbers: list[str]
) -> None:
    here.names["evil.example"] = [numbers]
    reason = refusal(here, tmp_path, "http://evil.example/a")
    assert reason.startswith("not on the public network" if numbers else "no such host")
    assert here.dial.dialled == []


def test_what_was_checked_is_what_is_connected_to(here: Web, tmp_path: Path) -> None:
    """The name is looked up once a connection; an answer that changes afterwards is never asked for."""
    here.names["news.example"] = [[PUBLIC], [PUBLIC], ["127.0.0.1"]]
    here.plays("news.example/a", http("Stocks rose."))
    here.fetcher(tmp_path).fetch(PAGE)
    assert here.looked_up == ["news.example"] * 2  # robots.txt and the page
    assert here.dial.dialled == [(PUBLIC, 80)] * 2
    assert refusal(here, tmp_path).startswith("not on the public network (news.example is at 127.0.0.1)")
    assert here.dial.dialled == [(PUBLIC, 80)] * 2


def test_the_certificate_must_be_the_names_own(tmp_path: Path) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(CERTIFICATE)
    asked: list[str | None] = []
    server.sni_callback = lambda connection, name, context: asked.append(name)
    trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
    with web(server) as here:
        here.plays("news.example/a", http("Stocks rose."))
        assert here.fetcher(tmp_path, tls=trusting).fetch("https://news.example/a").data == b"Stocks rose."
        assert here.dial.dialled == [(PUBLIC, 443)] * 2
        assert asked == ["news.example"] * 2
        reason = refusal(here, tmp_path, "https://evil.example/a", tls=trusting)
        assert "certificate" in reason
        assert "certificate" in refusal(here, tmp_path / "b", "https://news.example/a")  # nobody we know signed it


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://127.0.0.1/", "not on the public network"),
        ("http://169.254.169.254/latest/meta-data/", "not on the public network"),
        ("http://[::ffff:7f00:1]/", "not on the public network"),
        ("http://inner.example/", "not on the public network"),
        ("http://2130706433/", "redirects to what is not fetched"),
        ("http://news.example:6379/", "port 6379 is not asked"),
        ("file:///etc/passwd", "redirects to what is not fetched"),
        ("ftp://news.example/", "redirects to what is not fetched"),
        ("data:text/html,hello", "redirects to what is not fetched"),
        ("http://user:word@news.example/", "redirects to what is not fetched"),
        ("http://localhost/", "localhost is no host of the public network"),
        ("", "without saying where to"),
        ("/a", "redirects in a circle"),
        ("/b", "redirects in a circle"),
    ],
)
def test_a_redirect_is_judged_as_if_it_had_been_given(here: Web, tmp_path: Path, to: str, reason: str) -> None:
    here.names["inner.example"] = [["10.1.2.3"]]
    here.plays("news.example/a", moved(to))
    here.plays("news.example/b", moved("/a"))
    assert reason in refusal(here, tmp_path)
    assert all(number == PUBLIC for number, _ in here.dial.dialled)


def test_redirects_are_followed_five_times(here: Web, tmp_path: Path) -> None:
    for number in range(7):
        here.plays(f"news.example/{number}", moved(f"/{number + 1}"))
    here.plays("news.example/5", http("Stocks rose."))
    fetcher = here.fetcher(tmp_path)
    assert fetcher.fetch("http://news.example/0").address == "http://news.example/5"
    here.plays("news.example/5", moved("/6"))
    assert "more than 5 times" in refusal(here, tmp_path, "http://news.example/0")


def test_a_redirect_may_have_spaces_and_bytes_beyond_ascii(here: Web, tmp_path: Path) -> None:
    here.plays("news.example/a", moved("/b ü".encode().decode("latin-1")))
    here.plays("news.example/b%20%C3%BC", http("Stocks rose."))
    assert here.fetcher(tmp_path).fetch(PAGE).data == b"Stocks rose."


def test_a_redirect_from_https_to_http_is_not_followed(tmp_path: Path) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(CERTIFICATE)
    with web(server) as here:
        here.plays("news.example/a", moved("http://news.example/a"))
        trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
        assert "from https to http" in refusal(here, tmp_path, "https://news.example/a", tls=trusting)


def test_a_host_of_ones_own_is_allowed_with_its_port(here: Web, tmp_path: Path) -> None:
    here.names["archive.internal"] = [["10.0.0.1"]]
    here.plays("archive.internal:8080/a", http("Stocks rose."))
    here.plays("news.example/a", moved("http://archive.internal:8080/a"))
    fetcher = here.fetcher(tmp_path, allowed=["archive.internal:8080"])
    assert fetcher.fetch("http://archive.internal:8080/a").data == b"Stocks rose."
    assert ("10.0.0.1", 8080) in here.dial.dialled
    for address, feed in ((PAGE, None), ("http://archive.internal:8080/a", "http://news.example/feed")):
        with pytest.raises(SourceError, match="port 8080 is not asked"):
            fetcher.fetch(address, linked_from=feed)


# What comes back


def wrong_length(body: bytes, announced: int) -> bytes:
    return http(body, content_length=str(announced))


def chunked(*chunks: bytes, ended: bool = True) -> bytes:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n"
    return head + b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in chunks) + (b"0\r\n\r\n" if ended else b"")


PACKED = gzip.compress(b"Stocks rose. " * 100)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (wrong_length(b"Stocks", 100), "broke off"),
        (wrong_length(b"Stocks rose.", 6), "more came than its Content-Length says"),
        (chunked(b"Stocks", ended=False), "broke off"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef", "no HTTP"),
        (b"not http at all", "no HTTP"),
        (b"", "broke off"),
        (b"HTTP/1.1 200 OK\r\nx: " + b"x" * 200_000 + b"\r\n\r\n", "no HTTP"),
        (http(PACKED[:-20], content_encoding="gzip"), "broke off before its end"),
        (http(b"Stocks rose", content_encoding="gzip"), "its gzip stream is damaged"),
        (http(zlib.compress(b"Stocks"), content_encoding="deflate"), "not asked for (deflate)"),
        (http(b"Stocks", content_encoding="br"), "not asked for (br)"),
        (http(PACKED, content_encoding="gzip, gzip"), "not asked for (gzip, gzip)"),
        (http(b"\x89PNG", kind="image/png"), "no article and no feed (image/png)"),
        (http(b"%PDF", kind="application/pdf"), "no article and no feed (application/pdf)"),
        (http(b"PK", kind="application/octet-stream"), "no article and no feed"),
        (http(status="404 Not Found"), "answered 404 Not Found"),
        (http(status="403 Forbidden"), "answered 403 Forbidden"),
        (http(status="500 Oops\x1b[31m"), "answered 500"),
        (http(status="204 No Content"), "answered 204"),
        (http(b"Sto", status="206 Partial Content"), "answered 206"),
        (http(status="304 Not Modified"), "answered 304"),
        (http(b"a" * 2_000_001), "more than 2,000,000 bytes"),
        (chunked(*[b"a" * 60_000] * 40), "more than 2,000,000 bytes"),
    ],
)
def test_what_is_no_page(here: Web, tmp_path: Path, answer: Raw, reason: str) -> None:
    here.plays("news.example/a", answer)
    limits = Limits(connect_s=2, read_s=2, total_s=60, max_bytes=2_000_000)
    assert reason in refusal(here, tmp_path, limits=limits)


@pytest.mark.parametrize(
    "answer",
    [
        http(PACKED, content_encoding="gzip"),
        http(gzip.compress(b"Stocks rose. " * 60) + gzip.compress(b"Stocks rose. " * 40), content_encoding="gzip"),
        http(PACKED + b"\0" * 50, content_encoding="gzip"),
        chunked(b"Stocks rose. " * 40, b"Stocks rose. " * 60),
        http(b"Stocks rose. " * 100, kind=""),
        b"HTTP/1.0 200 OK\r\n\r\n" + b"Stocks rose. " * 100,  # the end of the connection is the end of the page
        http(b"Stocks rose. " * 100, content_encoding="identity"),
    ],
)
def test_a_page_in_one_piece(here: Web, tmp_path: Path, answer: Raw) -> None:
    here.plays("news.example/a", answer)
    assert here.fetcher(tmp_path).fetch(PAGE).data == b"Stocks rose. " * 100


BOMB = """
import gzip, resource, sys, zlib
from pathlib import Path
from tests.fakes.web import http, web
from extractor.domain.errors import SourceError

def bomb():
    yield b"HTTP/1.1 200 OK\\r\\ncontent-type: text/html\\r\\ncontent-encoding: gzip\\r\\n\\r\\n"
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = b"\\0" * 1_000_000
    for _ in range(500):
        yield packer.compress(piece)
    yield packer.flush()

with web() as here:
    here.plays("news.example/ok", http("a"))
    here.plays("news.example/a", bomb)
    fetcher = here.fetcher(Path(sys.argv[1]))
    fetcher.fetch("http://news.example/ok")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        fetcher.fetch("http://news.example/a")
    except SourceError as error:
        print(error.reason)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_bomb_of_500_mb_takes_little_memory(tmp_path: Path) -> None:
    told = subprocess.run([sys.executable, "-c", BOMB, str(tmp_path)], capture_output=True, text=True, check=True)
    reason, kilobytes = told.stdout.splitlines()
    assert reason == "more than 20,000,000 bytes; not taken"
    assert int(kilobytes) * (1 if sys.platform != "darwin" else 0.001) < 100_000


QUICK = {"clock": Clock(), "limits": Limits(connect_s=2, read_s=0.6, total_s=1.2, tries=1), "pause_s": 0.0}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (
            dripping([b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n", *[b"a"] * 900], 0.05),
            "not there after 1.2 seconds",
        ),
        (dripping([b"HTTP/1.1 200 OK\r\n", *[b"x: y\r\n"] * 900], 0.05), "not there after 1.2 seconds"),
        (dripping([b"HTTP/1.1 200 OK\r\n", b"content-length: 0\r\n\r\n"], 1.5), "does not answer (waited 0.6 seconds)"),
    ],
)
def test_a_slow_page_is_given_up(here: Web, tmp_path: Path, answer: Raw, reason: str) -> None:
    here.plays("news.example/a", answer)
    began = time.monotonic()
    assert reason in refusal(here, tmp_path, **QUICK)
    assert time.monotonic() - began < 20


def test_a_host_that_is_silent_three_times_is_not_asked_again(here: Web, tmp_path: Path) -> None:
    here.plays("news.example/a", http("Stocks rose."))
    fetcher = here.fetcher(tmp_path)

    def silences(number: int) -> None:
        for _ in range(number):
            with pytest.raises(SourceError, match=r"news\.example cannot be reached \(refused\)"):
                fetcher.fetch(PAGE)

    assert fetcher.fetch(PAGE).data == b"Stocks rose."
    for number in (2, 3):
        here.dial.down = True
        silences(number)
        here.dial.down = False
        if number == 2:
            assert fetcher.fetch(PAGE).data == b"Stocks rose."
    dialled = len(here.dial.dialled)
    with pytest.raises(SourceError, match=r"news\.example did not answer 3 times in a row; not asked again"):
        fetcher.fetch(PAGE)
    assert len(here.dial.dialled) == dialled


def test_a_slow_robots_txt_takes_its_pages_time(here: Web, tmp_path: Path) -> None:
    here.plays("news.example/robots.txt", dripping([http(content_length="900"), *[b"a"] * 900], 0.05))
    began = time.monotonic()
    reason = refusal(here, tmp_path, **QUICK)
    assert reason == "its robots.txt cannot be had (not there after 1.2 seconds; given up), so nothing is fetched"
    assert time.monotonic() - began < 20


def test_a_slow_look_up_is_given_up(here: Web, tmp_path: Path) -> None:
    fetcher = here.fetcher(tmp_path, **QUICK)

    def sleepy(host: str, port: int) -> list[str]:
        time.sleep(3)
        return [PUBLIC]

    fetcher._asking.resolve = sleepy
    with pytest.raises(SourceError, match="could not be looked up"):
        fetcher.fetch(PAGE)


# Manners


def test_a_host_is_asked_once_a_second(here: Web, tmp_path: Path) -> None:
    for name in ("news.example/a", "other.example/a"):
        here.plays(name, http("Stocks rose."))
    fetcher = here.fetcher(tmp_path)
    fetcher.fetch(PAGE)
    assert here.clock.slept == [1.0]  # between robots.txt and the page
    fetcher.fetch("http://other.example/a")
    assert here.clock.slept == [1.0, 1.0]
    fetcher.fetch(PAGE)
    assert here.clock.slept == [1.0, 1.0]  # a second has passed at the other host


@pytest.mark.parametrize(
    ("rules", "address", "reason"),
    [
        ("User-agent: *\nDisallow: /a", PAGE, "its robots.txt does not allow it"),
        ("User-agent: *\nDisallow: /\nAllow: /a$", PAGE, None),
        ("User-agent: other\nDisallow: /", PAGE, None),
        ("User-agent: TapeCheck\nDisallow: /a\n\nUser-agent: *\nAllow: /", PAGE, "its robots.txt does not allow it"),
        ("User-agent: tapecheck\nDisallow:\n\nUser-agent: *\nDisallow: /", PAGE, None),
        ("User-agent: *\nDisallow: /*.php", "http://news.example/a.php?b=1", "its robots.txt does not allow it"),
        ("<html>not found</html>", PAGE, None),
        ("", PAGE, None),
        ("\ufeffUser-agent: *\nDisallow: /a", PAGE, "its robots.txt does not allow it"),
    ],
)
def test_robots_txt_is_heeded(here: Web, tmp_path: Path, rules: str, address: str, reason: str | None) -> None:
    here.plays("news.example/robots.txt", http(rules, kind="text/plain"))
    here.plays("news.example/a", http("Stocks rose."))
    if reason is None:
        assert here.fetcher(tmp_path).fetch(address).data == b"Stocks rose."
    else:
        assert refusal(here, tmp_path, address) == reason
        assert here.pages() == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (NONE, None),
        (http(status="401 Unauthorized"), None),
        (http(status="403 Forbidden"), None),
        (http(status="410 Gone"), None),
        (http(status="204 No Content"), None),
        (http("User-agent: *\nDisallow: /", status="203 Transformed"), "its robots.txt does not allow it"),
        (http(status="304 Not Modified"), "its robots.txt answered 304"),
        (moved("http://other.example/robots.txt"), None),
        (moved("http://127.0.0.1/robots.txt"), "its robots.txt cannot be had"),
        (moved("/robots.txt"), "its robots.txt cannot be had"),
        (http(status="500 Oops"), "its robots.txt answered 500"),
        (http(status="503 Busy"), "its robots.txt answered 503"),
        (http(status="429 Too Many Requests"), "its robots.txt cannot be had"),
        (b"", "its robots.txt cannot be had"),
    ],
)
def test_a_robots_txt_that_is_not_there(here: Web, tmp_path: Path, answer: Raw, reason: str | None) -> None:
    here.plays("news.example/robots.txt", answer)
    here.plays("news.example/a", http("Stocks rose."))
    if reason is None:
        assert here.fetcher(tmp_path).fetch(PAGE).data == b"Stocks rose."
    else:
        assert reason in refusal(here, tmp_path)
        assert here.pages() == []


def test_robots_txt_is_asked_for_once_a_day(here: Web, tmp_path: Path) -> None:
    here.plays("news.example/robots.txt", http("User-agent: *\nDisallow: /b", kind="text/plain"))
    here.plays("news.example/a", http("Stocks rose."))

    def times() -> int:
        return sum(address.endswith("/robots.txt") for address, _ in here.asked)

    fetcher = here.fetcher(tmp_path)
    fetcher.fetch(PAGE)
    fetcher.fetch(PAGE)
    assert times() == 1
    here.fetcher(tmp_path).fetch(PAGE)  # another process
    assert times() == 1
    assert refusal(here, tmp_path, "http://news.example/b") == "its robots.txt does not allow it"
    here.clock.at += 90_000
    here.fetcher(tmp_path).fetch(PAGE)
    assert times() == 2


def test_a_hostile_robots_txt_costs_little(here: Web, tmp_path: Path) -> None:
    agents = "".join(f"User-agent: a{number}\n" for number in range(15_000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(15_000))
    here.plays("news.example/robots.txt", http(agents + rules, kind="text/plain"))
    here.plays("news.example/a", http("Stocks rose."))
    began = time.process_time()
    here.fetcher(tmp_path).fetch(PAGE)
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    ("rules", "slept"),
    [
        ("User-agent: *\nCrawl-delay: 7", [7.0, 7.0]),
        ("User-agent: *\nCrawl-delay: 0.2", [1.0, 1.0]),
        ("User-agent: *\nRequest-rate: 1/20s", [20.0, 20.0]),
        ("User-agent: other\nCrawl-delay: 7", [1.0, 1.0]),
    ],
)
def test_a_pause_that_robots_txt_asks_for_is_made(here: Web, tmp_path: Path, rules: str, slept: list[float]) -> None:
    here.plays("news.example/robots.txt", http(rules, kind="text/plain"))
    here.plays("news.example/a", http("Stocks rose."))
    fetcher = here.fetcher(tmp_path)
    fetcher.fetch(PAGE)
    fetcher.fetch(PAGE)
    assert here.clock.slept == slept


def test_a_pause_of_minutes_is_not_made(here: Web, tmp_path: Path) -> None:
    here.plays("news.example/robots.txt", http("User-agent: *\nCrawl-delay: 600", kind="text/plain"))
    assert "wants 600 seconds between requests" in refusal(here, tmp_path)
    assert here.pages() == []


@pytest.mark.parametrize(
    ("status", "after"), [("429 Too Many Requests", "5"), ("503 Busy", "Mon, 05 Jan 2026 12:00:06 GMT")]
)
def test_a_busy_server_is_waited_for(here: Web, tmp_path: Path, status: str, after: str) -> None:
    here.plays("news.example/a", http(status=status, retry_after=after), http("Stocks rose."))
    assert here.fetcher(tmp_path).fetch(PAGE).data == b"Stocks rose."
    assert here.clock.slept == [1.0, 5.0]


@pytest.mark.parametrize("after", ["3600", "Mon, 05 Jan 2026 13:00:01 GMT"])
def test_a_server_that_wants_an_hour_is_left_alone(here: Web, tmp_path: Path, after: str) -> None:
    here.plays("news.example/a", http(status="429 Too Many Requests", retry_after=after))
    fetcher = here.fetcher(tmp_path)
    with pytest.raises(SourceError, match="answered 429, and asks to be left alone until 2026-01-05 13:00:01 UTC"):
        fetcher.fetch(PAGE)
    with pytest.raises(SourceError, match=r"news\.example has asked to be left alone until 2026-01-05 13:00:01 UTC"):
        fetcher.fetch("http://news.example/b")
    assert here.pages() == ["news.example/a"]
    here.clock.at += 4_000
    here.plays("news.example/a", http("Stocks rose."))
    assert fetcher.fetch(PAGE).data == b"Stocks rose."


@pytest.mark.parametrize("after", ["soon", "-5", "", "9" * 400])
def test_a_wait_that_makes_no_sense_is_no_trap(here: Web, tmp_path: Path, after: str) -> None:
    here.plays("news.example/a", http(status="503 Busy", retry_after=after))
    assert "answered 503" in refusal(here, tmp_path)
    assert sum(here.clock.slept) < 60


def test_threads_ask_a_host_one_thing_at_a_time_and_several_hosts_at_once(here: Web, tmp_path: Path) -> None:
    asking: dict[str, int] = {}
    most: dict[str, int] = {}
    meeting = threading.Barrier(2, timeout=5)

    def answer(host: str) -> Callable[[], Iterable[bytes]]:
        def send() -> Iterable[bytes]:
            asking[host] = asking.get(host, 0) + 1
            most[host] = max(most.get(host, 0), asking[host])
            meeting.wait()  # a request to the other host is under way
            time.sleep(0.02)
            asking[host] -= 1
            yield http("Stocks rose.")

        return send

    hosts = ["news.example", "other.example"]
    for host in hosts:
        here.plays(f"{host}/a", answer(host))
    fetcher = here.fetcher(tmp_path, clock=Clock(), pause_s=0.0)
    with ThreadPoolExecutor(8) as threads:
        pages = list(threads.map(lambda number: fetcher.fetch(f"http://{hosts[number % 2]}/a?{number}"), range(8)))
    assert {page.data for page in pages} == {b"Stocks rose."}
    assert most == dict.fromkeys(hosts, 1)
    assert sum(address.endswith("/robots.txt") for address, _ in here.asked) == 2


# What is kept


def test_a_page_that_has_not_changed_is_not_sent_again(here: Web, tmp_path: Path) -> None:
    first = http("Stocks rose.", etag='W/"7"', last_modified="Mon, 05 Jan 2026 11:00:00 GMT")
    here.plays("news.example/a", first, http(status="304 Not Modified"), http("Stocks fell."))
    before = here.fetcher(tmp_path).fetch(PAGE)
    here.clock.at += 100
    assert here.fetcher(tmp_path).fetch(PAGE) == before  # with the time at which these bytes came
    assert here.asked[-1][1]["if-none-match"] == 'W/"7"'
    assert here.asked[-1][1]["if-modified-since"] == "Mon, 05 Jan 2026 11:00:00 GMT"
    assert here.fetcher(tmp_path).fetch(PAGE).data == b"Stocks fell."


def test_a_damaged_cache_is_as_good_as_none(here: Web, tmp_path: Path) -> None:
    here.plays("news.example/a", http("Stocks rose.", etag='"7"'))
    here.fetcher(tmp_path).fetch(PAGE)
    files = sorted((tmp_path / "web").rglob("*.page"))
    assert len(files) == 2
    originals = {file: file.read_bytes() for file in files}
    for damage in (b"", b"{}\n", b"[]\nx", b"\xff", b'{"address": 1}\n', None):
        for file in files:
            file.write_bytes(originals[file][:-1] + b"?" if damage is None else damage)
        assert here.fetcher(tmp_path).fetch(PAGE).data == b"Stocks rose."
        assert "if-none-match" not in here.asked[-1][1]
    assert not [file for file in (tmp_path / "web").rglob("*") if file.is_file() and file.suffix != ".page"]


def test_what_a_server_wants_forgotten_is_not_kept(here: Web, tmp_path: Path) -> None:
    here.plays("news.example/a", http("Stocks rose.", etag='"7"', cache_control="private, No-Store"))
    for _ in range(2):
        here.fetcher(tmp_path).fetch(PAGE)
    assert "if-none-match" not in here.asked[-1][1]


def test_who_reads_while_others_write_gets_one_whole_page(tmp_path: Path) -> None:
    def answer(body: bytes) -> Answer:
        return Answer(address=PAGE, status=200, headers={"etag": "1"}, body=body, retrieved_at=NOW)

    bodies = [b"a" * 300_000, b"b" * 200_000]
    caches = [PageCache(tmp_path, max_bytes=1_000_000) for _ in range(3)]
    caches[0].keep(answer(bodies[0]))
    done = threading.Event()

    def write(number: int) -> None:
        while not done.is_set():
            caches[number].keep(answer(bodies[number]))

    with ThreadPoolExecutor(2) as threads:
        writing = [threads.submit(write, number) for number in (0, 1)]
        found = [caches[2].find(PAGE) for _ in range(100)]
        done.set()
    assert [each.result() for each in writing] == [None, None]
    assert {each.body if each else None for each in found} <= set(bodies)


def test_a_cache_that_cannot_be_written_is_said_once(
    here: Web, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "web").write_text("a file where the folder should be")
    here.plays("news.example/a", http("Stocks rose."))
    fetcher = here.fetcher(tmp_path)
    for _ in range(2):
        assert fetcher.fetch(PAGE).data == b"Stocks rose."
    assert sum("pages are not kept here" in record.message for record in caplog.records) == 1

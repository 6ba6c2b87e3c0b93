"""A server on this machine that plays recorded answers, and keeps what it was asked."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

NASDAQ = "nasdaqlisted.txt"
OTHER = "otherlisted.txt"
SEC = "company_tickers_exchange.json"

# As the exchanges print them: tickers that look like something else, a test issue, line ends of DOS, a last line.
NASDAQLISTED = "\r\n".join(
    (
        "Symbol|Security Name|Market Category|Test Issue|Financial Status|Round Lot Size|ETF|NextShares",
        "NA|Nano Labs Ltd - Class A Ordinary Shares|G|N|N|100|N|N",
        "TRUE|Quizzical Inc. - Common Stock|Q|N|N|100|N|N",
        "QYLD|Global X NASDAQ 100 Covered Call|G|N|N|100|Y|N",
        "ZVZZT|NASDAQ TEST STOCK|G|Y|N|100|N|N",
        "File Creation Time: 1124202621:31|||||||",
        "",
    )
).encode()
OTHERLISTED = "\r\n".join(
    (
        "ACT Symbol|Security Name|Exchange|CQS Symbol|ETF|Round Lot Size|Test Issue|NASDAQ Symbol",
        "1E5|Odd Ticker Corporation Common Stock|N|1E5|N|100|N|1E5",
        "BRK.B|Berkshire Hathaway Inc. Class B|N|BRK.B|N|100|N|BRK.B",
        "IWM|iShares Russell 2000 ETF|P|IWM|Y|100|N|IWM",
        "NULL|Null Corporation Common Stock|A|NULL|N|100|N|NULL",
        "File Creation Time: 1123202618:01|||||||",
        "",
    )
).encode()
SEC_LIST = json.dumps(
    {
        "fields": ["cik", "name", "ticker", "exchange"],
        "data": [
            [1045810, "NVIDIA CORP", "NVDA", "Nasdaq"],
            [1067983, "BERKSHIRE HATHAWAY INC", "BRK-B", "NYSE"],
            [1872302, "Nano Labs Ltd", "NA", "Nasdaq"],
            [1000001, "Unlisted Registrant", "UNLS", None],
        ],
    },
    separators=(",", ":"),
).encode()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """drip_s: seconds before each byte of the body, or of the headers. missing: bytes announced and not sent."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip_s: float = 0.0
    drip_headers: bool = False
    missing: int = 0


@dataclass
class ListingServer:
    """answers: by path, one after the other, the last one for ever; a path without a query answers with any query.

    asked: path and headers of each request.
    """

    address: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def plays(self, name: str, *answers: Answer) -> None:
        self.answers[f"/{name}"] = list(answers)

    def headers_of(self, name: str) -> list[dict[str, str]]:
        return [headers for path, headers in self.asked if path == f"/{name}"]

    def next(self, path: str) -> Answer:
        left = self.answers.get(path) or self.answers.get(path.partition("?")[0]) or [Answer(status=404)]
        return left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def serving() -> Iterator[ListingServer]:
    """On a free port of 127.0.0.1; plays the three lists until told otherwise."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            played.asked.append((self.path, {name.casefold(): value for name, value in self.headers.items()}))
            answer = played.next(self.path)
            try:
                self._send(answer)
            except OSError:
                self.close_connection = True  # who asked has hung up

        def _send(self, answer: Answer) -> None:
            if answer.drip_headers:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                self._drip(b"x" * 1000, answer.drip_s)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 304:
                self.send_header("Content-Length", str(len(answer.body) + answer.missing))
            self.send_header("Connection", "close")
            self.end_headers()
            if answer.drip_s:
                self._drip(answer.body, answer.drip_s)
            else:
                self.wfile.write(answer.body)

        def _drip(self, content: bytes, seconds: float) -> None:
            for at in range(len(content)):
                time.sleep(seconds)
                self.wfile.write(content[at : at + 1])
                self.wfile.flush()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    played = ListingServer(address=f"http://127.0.0.1:{server.server_port}")
    for name, body in ((NASDAQ, NASDAQLISTED), (OTHER, OTHERLISTED), (SEC, SEC_LIST)):
        played.plays(name, Answer(body=body))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield played
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

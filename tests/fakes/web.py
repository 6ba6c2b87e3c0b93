"""A web on this machine: hosts with names and public addresses, all of them played by one server on 127.0.0.1.

Nothing is asked of the network: names are looked up in a table, and what would be dialled is written down and led to
the server. The clock is one that sleeps at once, unless a test wants the real one.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import httpcore

from extractor.adapters.download import Limits
from extractor.adapters.web.cache import PageCache
from extractor.adapters.web.clock import Clock
from extractor.adapters.web.fetcher import Fetcher
from extractor.adapters.web.hosts import Hosts

PUBLIC = "93.184.216.34"
NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
Raw = bytes | Callable[[], Iterable[bytes]]


def http(
    body: bytes | str = b"", status: str = "200 OK", kind: str = "text/html; charset=utf-8", **headers: str
) -> bytes:
    """A whole answer. headers: with _ for -; a Content-Length of one's own replaces the true one."""
    content = body.encode() if isinstance(body, str) else body
    lines = {"content-type": kind, "content-length": str(len(content))}
    lines |= {name.replace("_", "-").lower(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + content


def moved(to: str, status: str = "302 Found") -> bytes:
    return http(status=status, location=to)


NONE = http(status="404 Not Found")


@dataclass
class FakeClock(Clock):
    """slept: every sleep, in seconds."""

    at: float = 0.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.at)

    def seconds(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.at += seconds


class Dialling(httpcore.NetworkBackend):
    """Every connection goes to the server of this machine. dialled: where it was meant to go. down: nobody answers."""

    def __init__(self, port: int) -> None:
        self.dialled: list[tuple[str, int]] = []
        self.down = False
        self.port = port
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        self.dialled.append((host, port))
        if self.down:
            raise httpcore.ConnectError("refused")
        return self._sockets.connect_tcp("127.0.0.1", self.port, *args, **kwargs)


@dataclass
class Web:
    """names: what each host resolves to, one list after the other, the last one for ever; others are at PUBLIC.

    answers: by "host/path", in the same way. asked: address and headers of each request.
    """

    dial: Dialling
    answers: dict[str, list[Raw]] = field(default_factory=dict)
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    clock: FakeClock = field(default_factory=FakeClock)

    def plays(self, address: str, *answers: Raw) -> None:
        self.answers[address] = list(answers)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        left = self.names.get(host, [[PUBLIC]])
        found = left.pop(0) if len(left) > 1 else left[0]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return found

    def fetcher(self, folder: Path, **settings: Any) -> Fetcher:
        settings = {
            "clock": self.clock,
            "limits": Limits(connect_s=2, read_s=2, total_s=60, max_bytes=20_000_000, tries=3),
        } | settings
        allowed = settings.pop("allowed", ())
        cache = PageCache(folder / "web", max_bytes=settings["limits"].max_bytes)
        return Fetcher(cache=cache, hosts=Hosts.named(allowed), resolve=self.resolve, dial=self.dial, **settings)

    def pages(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [address for address, _ in self.asked if not address.endswith("/robots.txt")]

    def next(self, address: str) -> Raw:
        known = self.answers.get(address) or self.answers.get(address.partition("?")[0]) or [NONE]
        return known.pop(0) if len(known) > 1 else known[0]


@contextmanager
def web(tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """Every robots.txt is a 404 until it is played."""
    listener = socket.create_server(("127.0.0.1", 0))
    played = Web(dial=Dialling(listener.getsockname()[1]))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            Thread(target=_answer, args=(connection, played, tls), daemon=True).start()

    Thread(target=serve, daemon=True).start()
    try:
        yield played
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _answer(connection: socket.socket, played: Web, tls: ssl.SSLContext | None) -> None:
    try:
        with connection, tls.wrap_socket(connection, server_side=True) if tls else connection as stream:
            head = b""
            while b"\r\n\r\n" not in head:
                more = stream.recv(65_536)
                if not more:
                    return
                head += more
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines) if name}
            address = headers["host"] + first.split(" ")[1]
            played.asked.append((address, headers))
            answer = played.next(address)
            for piece in [answer] if isinstance(answer, bytes) else answer():
                stream.sendall(piece)
    except OSError:
        pass  # who asked has hung up, or does not trust us


def dripping(pieces: Iterable[bytes], seconds: float) -> Callable[[], Iterable[bytes]]:
    """Sends a piece, waits, sends the next."""

    def send() -> Iterable[bytes]:
        for piece in pieces:
            yield piece
            time.sleep(seconds)

    return send

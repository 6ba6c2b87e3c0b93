"""Connections that reach only hosts of the public network, and end when the page's time is up.

The name is looked up where the connection is made, each of its addresses is judged, and one of those very addresses is
connected to: between the check and the use there is no second look-up that could answer otherwise. TLS is still spoken
with the name, so the certificate has to be the name's.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from extractor.adapters.web.addresses import HostError
from extractor.adapters.web.clock import Deadline
from extractor.adapters.web.hosts import is_public

Resolve = Callable[[str, int], Sequence[str]]


def look_up(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host, best first. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Connecting(httpcore.NetworkBackend):
    """Makes the one connection of a request.

    dial: connects to IP addresses. vouched: the user allowed this host, wherever it is. connect_s: seconds for the
    look-up, and for each address.
    """

    def __init__(
        self,
        resolve: Resolve,
        deadline: Deadline,
        *,
        vouched: bool,
        connect_s: float,
        dial: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._resolve = resolve
        self._deadline = deadline
        self._vouched = vouched
        self._connect_s = connect_s
        self._dial = dial or httpcore.SyncBackend()
        self.stream: TimedStream | None = None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception | None = None
        for number in self._vetted(host, port):
            seconds = min(self._connect_s, self._deadline.left())
            try:
                stream = self._dial.connect_tcp(number, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            self.stream = TimedStream(stream, self._deadline, self._keep)
            return self.stream
        assert failed is not None  # there was at least one address
        raise failed

    def _keep(self, stream: TimedStream) -> None:
        self.stream = stream

    def _vetted(self, host: str, port: int) -> Sequence[str]:
        """Every address of the host; none of them where one is not public: who mixes them has something in mind."""
        seconds = min(self._connect_s, self._deadline.left())
        numbers = [host] if _is_number(host) else _within(seconds, self._resolve, host, port)
        if not numbers:
            raise HostError(host, f"no such host ({host})")
        hidden = [] if self._vouched else [number for number in numbers if not is_public(number)]
        if hidden:
            what = hidden[0] if hidden[0] == host else f"{host} is at {hidden[0]}"
            raise HostError(host, f"not on the public network ({what}); --allow-host allows a host of your own")
        return numbers


class TimedStream(httpcore.NetworkStream):
    """No read and no write outlasts the deadline. last: the bytes that came last."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline, keep: Callable[[TimedStream], None]) -> None:
        self._stream = stream
        self._deadline = deadline
        self._keep = keep
        self.last = b""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, self._seconds(timeout))
        self.last = data or self.last
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._seconds(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._seconds(timeout))
        secured = TimedStream(stream, self._deadline, self._keep)
        self._keep(secured)
        return secured

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _seconds(self, timeout: float | None) -> float:
        left = self._deadline.left()
        return left if timeout is None else min(timeout, left)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _within(seconds: float, resolve: Resolve, host: str, port: int) -> Sequence[str]:
    """The look-up in a thread of its own: the system's has no time limit."""
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise HostError(host, f"{host} could not be looked up within {seconds:.0f} seconds") from None
    if isinstance(answer, Exception):
        raise HostError(host, f"no such host ({host})") from answer
    return answer

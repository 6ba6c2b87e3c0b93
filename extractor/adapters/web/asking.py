"""One request: what is sent, what of the answer is taken, and what is wrong with it."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from functools import cached_property

import httpcore
import httpx

from extractor import __version__
from extractor.adapters.download import BUSY, MOVED, Limits
from extractor.adapters.web.addresses import Place, RefusedError, SilentError
from extractor.adapters.web.bodies import unpacked
from extractor.adapters.web.cache import Answer, headers_of
from extractor.adapters.web.clock import Clock, Deadline
from extractor.adapters.web.connecting import Connecting, Resolve, TimedStream, look_up
from extractor.adapters.web.robots import AGENT

_TYPES = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/markdown",
        "text/xml",
        "application/xml",
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/json",
        "application/ld+json",
        "application/feed+json",
        "application/x-ndjson",
        "application/jsonl",
        "message/rfc822",
        "application/gzip",
        "application/x-gzip",
    }
)
_UNNAMED = frozenset({"application/octet-stream", "binary/octet-stream"})
_ENDINGS = (".html", ".htm", ".txt", ".md", ".xml", ".rss", ".atom", ".rdf", ".json", ".jsonl", ".eml", ".gz")
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml, text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One address while it is asked for.

    vouched: the user allows its host, wherever it is. delay_s: between requests, as the host wants it.
    robots: it is the host's robots.txt, and a status that says that there is none is an answer too.
    known: what it answered last.
    """

    place: Place
    deadline: Deadline
    vouched: bool
    delay_s: float = 0.0
    robots: bool = False
    known: Answer | None = None


@dataclass(kw_only=True)
class Asking:
    """Makes requests. No cookie and no credential is ever sent, and no proxy is used.

    contact: how to reach whoever runs this, told to every host. resolve, tls, dial: the system's, unless a test has
    its own.
    """

    clock: Clock
    limits: Limits
    contact: str | None = None
    resolve: Resolve = look_up
    tls: ssl.SSLContext | None = None
    dial: httpcore.NetworkBackend | None = None

    def once(self, request: Request) -> Answer:
        """The answer: 200, a redirect, or a server that is busy; what was known where it says that that still holds.

        Raises RefusedError for anything else, and LateError.
        """
        place, limits = request.place, self.limits
        backend = Connecting(
            self.resolve, request.deadline, vouched=request.vouched, connect_s=limits.connect_s, dial=self.dial
        )
        seconds = {"connect": limits.connect_s, "read": limits.read_s, "write": limits.read_s, "pool": limits.read_s}
        context = self._context if place.scheme == "https" else None
        url = httpcore.URL(scheme=place.scheme, host=place.host, port=place.port, target=place.target)
        try:
            with (
                httpcore.ConnectionPool(context, max_connections=1, network_backend=backend) as pool,
                pool.stream("GET", url, headers=self._headers(request), extensions={"timeout": seconds}) as response,
            ):
                return self._answer(response, request, backend)
        except httpcore.TimeoutException as error:
            request.deadline.left()
            waited_s = limits.connect_s if isinstance(error, httpcore.ConnectTimeout) else limits.read_s
            raise SilentError(f"{place.host} does not answer (waited {waited_s:g} seconds)") from error
        except httpcore.RemoteProtocolError as error:
            raise RefusedError(f"broke off, or is no HTTP ({error})") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise SilentError(f"{place.host} cannot be reached ({error or type(error).__name__})") from error

    def _answer(self, response: httpcore.Response, request: Request, backend: Connecting) -> Answer:
        headers = headers_of(response.headers)
        now = self.clock.now()
        status, known = response.status, request.known
        if status == 304 and known is not None:
            return known
        empty = Answer(address=request.place.address, status=status, headers=headers, body=b"", retrieved_at=now)
        if status in MOVED or status in BUSY or (request.robots and not 200 <= status < 300):
            return empty
        if status != 200 and not request.robots:
            raise RefusedError(f"answered {status}{_reason(response)}")
        if not request.robots:
            _need_text(headers, request.place)
        body = self._body(response, headers, request, backend.stream)
        return Answer(address=request.place.address, status=status, headers=headers, body=body, retrieved_at=now)

    def _body(
        self, response: httpcore.Response, headers: Mapping[str, str], request: Request, stream: TimedStream | None
    ) -> bytes:
        encoding = headers.get("content-encoding", "identity").strip().casefold() or "identity"
        most = self.limits.max_bytes
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > most:
            raise RefusedError(f"more than {most:,} bytes; not taken")
        body = unpacked(response.iter_stream(), encoding, max_bytes=most)
        if announced and encoding == "identity" and "transfer-encoding" not in headers and stream is not None:
            tail = min(len(body), len(stream.last))
            if stream.last[len(stream.last) - tail :] != body[len(body) - tail :]:
                raise RefusedError("more came than its Content-Length says")
        return body

    def _headers(self, request: Request) -> list[tuple[str, str]]:
        contact = f" ({self.contact})" if self.contact else ""
        headers = {
            "Host": request.place.authority,
            "User-Agent": f"{AGENT}/{__version__}{contact}",
            "Accept": "text/plain" if request.robots else _ACCEPT,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        asking = request.known.validators.asking() if request.known else {}
        return [*headers.items(), *asking.items()]

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return self.tls or httpx.create_ssl_context()


def content_type(headers: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The media type and the charset, in lower case; None where there is none."""
    given = headers.get("content-type", "")
    if not given.strip() or len(given) > 500:
        return None, None
    message = Message()
    message["Content-Type"] = given
    charset = message.get_content_charset()
    return message.get_content_type(), charset if charset and charset.isascii() else None


def _need_text(headers: Mapping[str, str], place: Place) -> None:
    media_type, _ = content_type(headers)
    path = place.target.partition("?")[0].lower()
    if media_type is None or media_type in _TYPES or (media_type in _UNNAMED and path.endswith(_ENDINGS)):
        return
    raise RefusedError(f"no article and no feed ({media_type})")


def _reason(response: httpcore.Response) -> str:
    words = response.extensions.get("reason_phrase", b"").decode("latin-1")
    return f" {words[:60]}" if words and words.isprintable() else ""

"""One file over HTTPS, within limits: time, size, tries, and never from another host than the one that was asked."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from extractor.domain.errors import SourceError

MOVED = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 502, 503, 504})  # worth another try
_REDIRECTS = 3

# At level INFO it writes every address whole, and a key may stand in one.
logging.getLogger("httpx").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """total_s: seconds for everything, waits and tries included. max_bytes: after decompression.

    pause_s: before the second try, doubled before each one after it, where the server does not say how long to wait.
    max_wait_s: a server that wants us to wait longer than this is not waited for.
    """

    connect_s: float = 10.0
    read_s: float = 20.0
    total_s: float = 120.0
    max_bytes: int = 50_000_000
    tries: int = 4
    pause_s: float = 1.0
    max_wait_s: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server said of a version of a file, so that it can be asked whether that is still the one."""

    etag: str | None = None
    last_modified: str | None = None

    def asking(self) -> dict[str, str]:
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What tells a server who asks: headers, and parts of the query. No message and no log has them."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """content: the bytes as they came, decompressed; None where the server says that nothing has changed."""

    content: bytes | None
    validators: Validators
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """One file while it is asked for. url: with what is secret; shown: without it. taken: statuses that are wanted."""

    url: httpx.URL
    shown: str
    conditional: bool
    taken: frozenset[int]
    limits: Limits


class _BusyError(Exception):
    """Try again later. wait_s: how long the server says, None where it does not."""

    def __init__(self, reason: str, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.wait_s = wait_s


async def download(
    address: str,
    *,
    agent: str,
    known: Validators | None = None,
    limits: Limits,
    secrets: Secrets | None = None,
    taken: frozenset[int] = frozenset({200}),
) -> Download:
    """The file at an address. Raises SourceError, which names the address and what was wrong.

    agent: the User-Agent. known: of the version at hand; empty to get the file in any case.
    taken: statuses whose body says something; any other is an error.
    """
    known, secrets = known or Validators(), secrets or Secrets()
    url = _allowed(address)
    headers = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "gzip", **known.asking(), **secrets.headers}
    timeout = httpx.Timeout(limits.read_s, connect=limits.connect_s)
    asking = _Asking(
        url=url.copy_merge_params(secrets.query) if secrets.query else url,
        shown=str(url),
        conditional=bool(known.asking()),
        taken=taken,
        limits=limits,
    )
    try:
        async with (
            asyncio.timeout(limits.total_s),
            # What goes to this machine itself goes through no proxy.
            httpx.AsyncClient(headers=headers, timeout=timeout, trust_env=url.scheme == "https") as client,
        ):
            return await _trying(client, asking)
    except TimeoutError:
        raise SourceError(address, f"not there after {limits.total_s:g} seconds; given up") from None


def _allowed(address: str) -> httpx.URL:
    """HTTPS; plain HTTP reaches no further than this machine's own loopback address."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise SourceError(address, f"not an address ({error})") from error
    if url.userinfo:
        raise SourceError(str(url.copy_with(userinfo=b"")), "an address must not hold a user name or a password")
    if not url.host or not (url.scheme == "https" or (url.scheme == "http" and _is_loopback(url.host))):
        raise SourceError(address, "not an https address")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False  # a name, which may lead anywhere


async def _trying(client: httpx.AsyncClient, asking: _Asking) -> Download:
    limits = asking.limits
    for number in range(1, limits.tries + 1):
        try:
            return await _redirected(client, asking)
        except _BusyError as error:
            reason, asked = str(error), error.wait_s
        except httpx.HTTPError as error:
            reason, asked = str(error) or type(error).__name__, None
        wait_s = limits.pause_s * 2 ** (number - 1) if asked is None else asked
        if wait_s > limits.max_wait_s:
            raise SourceError(asking.shown, f"{reason}, and asks to wait {wait_s:.0f} seconds; try again later")
        if number < limits.tries:
            await asyncio.sleep(wait_s)
    raise SourceError(asking.shown, f"{reason} ({limits.tries} tries)")


async def _redirected(client: httpx.AsyncClient, asking: _Asking) -> Download:
    """Follows redirects that stay with the host."""
    at = url = asking.url
    for _ in range(_REDIRECTS + 1):
        async with client.stream("GET", at) as response:
            if response.status_code not in MOVED:
                return await _answer(response, asking)
            try:
                at = at.join(response.headers.get("Location", ""))
            except (httpx.InvalidURL, UnicodeError) as error:
                raise SourceError(asking.shown, f"redirects to what is no address ({error})") from error
        if (at.scheme, at.host, at.port) != (url.scheme, url.host, url.port) or at.userinfo:
            raise SourceError(asking.shown, f"redirects to another place, {at.scheme}://{at.host}; not followed")
    raise SourceError(asking.shown, "redirects without end")


async def _answer(response: httpx.Response, asking: _Asking) -> Download:
    status = response.status_code
    said = f"answered {status} {response.reason_phrase}".rstrip()
    validators = Validators(
        etag=kept(response.headers.get("ETag")), last_modified=kept(response.headers.get("Last-Modified"))
    )
    if status in BUSY:
        raise _BusyError(said, retry_after(response.headers.get("Retry-After")))
    if status == 304 and asking.conditional:
        return Download(content=None, validators=validators, status=status)
    if status not in asking.taken:
        raise SourceError(asking.shown, said)
    encoding = response.headers.get("Content-Encoding", "identity").strip().casefold()
    if encoding not in ("identity", "gzip"):  # anything else was not asked for, and could unpack without end
        raise SourceError(asking.shown, f"sent in an encoding that was not asked for ({encoding})")
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > asking.limits.max_bytes:
            raise SourceError(asking.shown, f"more than {asking.limits.max_bytes:,} bytes; not taken")
    return Download(content=bytes(content), validators=validators, status=status)


def kept(header: str | None) -> str | None:
    """A header that can be stored and sent back as it is."""
    return header if header and len(header) <= 200 and header.isascii() and header.isprintable() else None


def retry_after(header: str | None, *, now: datetime | None = None) -> float | None:
    """Seconds to wait: the header has their number, or a date. None where it says nothing of use."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - (now or datetime.now(UTC))).total_seconds())

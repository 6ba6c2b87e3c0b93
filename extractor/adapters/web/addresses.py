"""An address taken apart by the one parser that also asks for it, and what no address may have in it."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

import httpx

LONGEST = 4_000  # characters
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")  # browsers read a host that ends in one of these as a number


class RefusedError(Exception):
    """Why something is not fetched, in words. The fetcher adds the address that was asked for."""


class SilentError(RefusedError):
    """A host does not answer, or not in time."""


class HostError(RefusedError):
    """Nothing at all can be fetched from a host: there is no such one, or it is not on the public network."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(reason)
        self.host = host


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """host: ASCII, lower case, without brackets and without the last dot. target: path and query, as they are sent."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as they stand in an address; the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def root(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def address(self) -> str:
        return f"{self.root}{self.target}"


def place_of(address: str) -> Place:
    """Raises RefusedError where it is no address, or one that nobody honest writes."""
    if len(address) > LONGEST:
        raise RefusedError(f"an address of more than {LONGEST:,} characters")
    if "\\" in address or not address.isprintable() or " " in address:
        raise RefusedError("not an address (it has a space, a backslash or a control character)")
    try:
        url = httpx.URL(address)
        host = url.raw_host.decode("ascii")
        port = url.port
    except (httpx.InvalidURL, ValueError) as error:  # ValueError: UnicodeError too
        raise RefusedError(f"not an address ({error})") from error
    if url.scheme not in _DEFAULT_PORTS:
        raise RefusedError("only http and https addresses are read")
    if url.userinfo:
        raise RefusedError("an address must not hold a user name or a password")
    port = _DEFAULT_PORTS[url.scheme] if port is None else port
    if not 0 < port < 65_536:
        raise RefusedError(f"not an address (there is no port {port})")
    return Place(
        scheme=url.scheme,
        host=_checked(host),
        port=port,
        target=url.raw_path.decode("ascii"),
    )


def joined(place: Place, link: str) -> Place:
    """Where a link on a page leads, without its fragment."""
    try:
        return place_of(str(httpx.URL(place.address).join(link)))
    except (httpx.InvalidURL, ValueError) as error:
        raise RefusedError(f"not an address ({error})") from error


def _checked(host: str) -> str:
    if ":" in host:
        return _checked_number(host)
    host = host.removesuffix(".")
    last = host.rpartition(".")[2]
    if _NUMBER.fullmatch(last):
        return _checked_number(host)
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise RefusedError("not an address (no such host can be)")
    return host


def _checked_number(host: str) -> str:
    """An IP address in its one plain spelling. 0x7f.1, 2130706433 and 0177.0.0.1 are ways to hide one."""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        raise RefusedError(f"an odd way to write an IP address ({host})") from None
    if getattr(number, "scope_id", None):
        raise RefusedError(f"an IP address with a zone ({host})")
    return str(number)

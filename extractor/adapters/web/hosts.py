"""Which hosts may be asked: those of the public network, and the few that the user names with their port."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.adapters.web.addresses import Place, RefusedError, place_of

PORTS = frozenset({80, 443})

# Spelled out, and not left to `is_global`, which differs from one version of Python to the next.
_NOT_PUBLIC_4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",
            "100.64.0.0/10",  # behind a carrier's NAT
            "127.0.0.0/8",
            "168.63.129.16/32",  # the inner service of a cloud, under an address that looks public
            "169.254.0.0/16",  # link-local, and the metadata of clouds
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")  # all that is handed out; mapped, NAT64, local and multicast lie outside
_NOT_PUBLIC_6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # Teredo, ORCHID, benchmarks
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: an IPv4 address in disguise
            "3fff::/20",  # documentation
        ),
    )
)


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public network. What is no IP address is not."""
    try:
        address = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not any(address in network for network in _NOT_PUBLIC_4)
    if address.scope_id or address not in _GLOBAL_6:
        return False
    return address.is_global and not any(address in network for network in _NOT_PUBLIC_6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """allowed: pairs of host and port that may be anywhere, a private network included."""

    allowed: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def named(cls, names: Iterable[str]) -> Hosts:
        """From "archive.example:8080", "127.0.0.1:80" or "[fd00::1]:80". Raises RefusedError for anything else."""
        return cls(allowed=frozenset(map(_host_and_port, names)))

    def vouched(self, place: Place, came_from: Place | None) -> bool:
        """Whether the user vouches for a place; RefusedError where nobody may ask there.

        came_from: the page whose link or redirect led there, None where the user gave the address. A page of the
        public network cannot send us to a host that the user allowed.
        """
        pair = (place.host, place.port)
        if pair in self.allowed and (came_from is None or (came_from.host, came_from.port) in self.allowed):
            return True
        if place.port not in PORTS:
            raise RefusedError(f"port {place.port} is not asked (only 80 and 443, and what --allow-host names)")
        if "." not in place.host and ":" not in place.host:
            raise RefusedError(f"{place.host} is no host of the public network")
        return False


def _host_and_port(name: str) -> tuple[str, int]:
    if re.search(r":[0-9]{1,5}\Z", name) is None or "/" in name:
        raise RefusedError(f"{name}: not a host with its port, like 127.0.0.1:8080")
    place = place_of(f"http://{name}/")
    return place.host, place.port

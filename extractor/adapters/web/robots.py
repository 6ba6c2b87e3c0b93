"""What a host's robots.txt says of a page: RFC 9309, and the pauses that many hosts ask for in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from protego import Protego

AGENT = "tapecheck"  # the name a robots.txt calls us by
LARGEST = 500_000  # bytes that are read of one; RFC 9309 asks for at least so much
_LINE = re.compile(r"user[-\s]*+agent\s*+:?\s*+([^#]*+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """refused: why nothing of the host may be read; None where its rules decide."""

    rules: Protego | None = None
    refused: str | None = None

    def why_not(self, address: str) -> str | None:
        """Why a page may not be fetched; None where it may."""
        if self.refused is not None:
            return self.refused
        if self.rules is None or self.rules.can_fetch(address, AGENT):
            return None
        return "its robots.txt does not allow it"

    @property
    def delay_s(self) -> float:
        """Seconds between requests that the host asks for, 0 where it does not."""
        if self.rules is None:
            return 0.0
        rate = self.rules.request_rate(AGENT)
        per_request = rate.seconds / rate.requests if rate and rate.requests > 0 else 0.0
        return max(self.rules.crawl_delay(AGENT) or 0.0, per_request, 0.0)


def parsed(content: bytes) -> Robots:
    text = content[:LARGEST].decode("utf-8-sig", "replace")
    return Robots(rules=Protego.parse("\n".join(map(_with_few_agents, text.splitlines()))))


def _with_few_agents(line: str) -> str:
    """A line that names an agent names ours, everyone, or one other.

    The parser keeps each rule once for every agent of its group: a hostile file of 500 kB would take minutes.
    """
    match = _LINE.match(line.strip())
    if match is None:
        return line
    name = match[1].strip().casefold()
    return f"User-agent: {name if name in ('*', AGENT) else 'others'}"

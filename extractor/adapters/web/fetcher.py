"""Fetches what stands at an address: by robots.txt, in turn, within limits, and only from the public network."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import quote

import httpcore

from extractor.adapters.download import BUSY, MOVED, Limits, retry_after
from extractor.adapters.web import robots
from extractor.adapters.web.addresses import HostError, Place, RefusedError, joined, place_of
from extractor.adapters.web.asking import Asking, Request, content_type
from extractor.adapters.web.cache import Answer, PageCache
from extractor.adapters.web.clock import Clock, Deadline, LateError
from extractor.adapters.web.connecting import Resolve, look_up
from extractor.adapters.web.hosts import Hosts
from extractor.adapters.web.turns import Locks, Turns
from extractor.domain.addresses import shown
from extractor.domain.errors import SourceError
from extractor.domain.page import Fetched

REDIRECTS = 5
LIMITS = Limits(connect_s=10, read_s=20, total_s=60, max_bytes=20_000_000, tries=3, pause_s=2, max_wait_s=60)
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_ROBOTS_S = 20.0  # seconds that a robots.txt may take of its page's
_ROBOTS_HOLD = timedelta(days=1)  # RFC 9309: no longer


@dataclass(kw_only=True)
class Fetcher:
    """A `FetchesPages`. Several threads may use it: hosts are asked side by side, and each one thing at a time.

    contact: how to reach whoever runs this, told to every host. limits: of one page; waiting for our turn at a host
    does not count. pause_s: between requests to one host. resolve, clock, tls, dial: the system's, unless a test has
    its own.
    """

    cache: PageCache
    hosts: Hosts = field(default_factory=Hosts)
    contact: str | None = None
    limits: Limits = LIMITS
    pause_s: float = 1.0
    resolve: Resolve = look_up
    clock: Clock = field(default_factory=Clock)
    tls: ssl.SSLContext | None = None
    dial: httpcore.NetworkBackend | None = None
    _robots: dict[str, robots.Robots] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._turns = Turns(self.clock, pause_s=self.pause_s)
        self._roots = Locks()
        self._asking = Asking(
            clock=self.clock,
            limits=self.limits,
            contact=self.contact,
            resolve=self.resolve,
            tls=self.tls,
            dial=self.dial,
        )

    def fetch(self, address: str, *, linked_from: str | None = None) -> Fetched:
        try:
            came_from = None if linked_from is None else place_of(linked_from)
            answer = self._followed(place_of(address), came_from)
        except (RefusedError, LateError) as error:
            raise SourceError(shown(address), str(error)) from error
        media_type, charset = content_type(answer.headers)
        return Fetched(
            address=answer.address,
            data=answer.body,
            media_type=media_type,
            charset=charset,
            retrieved_at=answer.retrieved_at,
            sha256=answer.sha256,
        )

    def _followed(self, place: Place, came_from: Place | None) -> Answer:
        """Through redirects, each of them judged as if it had been given."""
        deadline = Deadline(self.clock, self.limits.total_s)
        seen = {place}
        for _ in range(REDIRECTS + 1):
            answer = self._page(place, came_from, deadline)
            if answer.status not in MOVED:
                return answer
            came_from, place = place, _next(place, answer)
            if place in seen:
                raise RefusedError("redirects in a circle")
            seen.add(place)
        raise RefusedError(f"redirects more than {REDIRECTS} times")

    def _page(self, place: Place, came_from: Place | None, deadline: Deadline) -> Answer:
        vouched = self.hosts.vouched(place, came_from)
        rules = self._rules_of(place, deadline, vouched=vouched)
        reason = rules.why_not(place.address)
        if reason is not None:
            raise RefusedError(f"{place.host}: {reason}" if came_from else reason)
        known = self.cache.find(place.address)
        request = Request(place=place, deadline=deadline, vouched=vouched, delay_s=rules.delay_s, known=known)
        answer = self._asked(request)
        if answer.status == 200 and answer is not known and not answer.no_store:
            self.cache.keep(answer)
        return answer

    def _rules_of(self, place: Place, deadline: Deadline, *, vouched: bool) -> robots.Robots:
        """The host's robots.txt, asked for once, and no more often than once a day."""
        with self._roots.of(place.root):
            if place.root not in self._robots:
                self._robots[place.root] = self._robots_of(place, deadline, vouched=vouched)
            return self._robots[place.root]

    def _robots_of(self, place: Place, deadline: Deadline, *, vouched: bool) -> robots.Robots:
        at = place_of(f"{place.root}/robots.txt")
        known = self.cache.find(at.address)
        if known is None or not timedelta(0) <= self.clock.now() - known.retrieved_at < _ROBOTS_HOLD:
            try:
                known = self._robots_asked(at, deadline, vouched=vouched)
            except (RefusedError, LateError) as error:
                if isinstance(error, HostError) and error.host == place.host:
                    raise
                return robots.Robots(refused=f"its robots.txt cannot be had ({error}), so nothing is fetched")
        if 200 <= known.status < 300:
            return robots.parsed(known.body)
        if 400 <= known.status < 500:
            return robots.Robots()
        return robots.Robots(refused=f"its robots.txt answered {known.status}, so nothing is fetched")

    def _robots_asked(self, at: Place, within: Deadline, *, vouched: bool) -> Answer:
        deadline = Deadline(self.clock, min(_ROBOTS_S, self.limits.total_s), within=within)
        first, came_from = at, None
        for _ in range(REDIRECTS + 1):
            answer = self._asked(Request(place=at, deadline=deadline, vouched=vouched, robots=True))
            if answer.status not in MOVED:
                if answer.status // 100 in (2, 4):
                    self.cache.keep(_under(first.address, answer))
                return answer
            came_from, at = at, _next(at, answer)
            vouched = self.hosts.vouched(at, came_from)
        raise RefusedError(f"redirects more than {REDIRECTS} times")

    def _asked(self, request: Request) -> Answer:
        """One address, tried again where its server is busy and will be free in time."""
        place, deadline = request.place, request.deadline
        for number in range(1, self.limits.tries + 1):
            with self._turns.turn(place.host, deadline, delay_s=request.delay_s):
                answer = self._asking.once(request)
                if answer.status not in BUSY:
                    return answer
                said = f"answered {answer.status}"
                wait_s = retry_after(answer.headers.get("retry-after"), now=self.clock.now())
                if wait_s is not None:
                    self._turns.hold(place.host, wait_s, deadline, said)
            if wait_s is None and number < self.limits.tries:
                self.clock.sleep(min(self.limits.pause_s * 2 ** (number - 1), deadline.left()))
        if request.robots and answer.status != 429:
            return answer
        raise RefusedError(f"{said} ({self.limits.tries} tries)")


def contact_of(environment: Mapping[str, str] | None = None) -> str | None:
    """TAPECHECK_CONTACT, where it can stand in a header."""
    given = (os.environ if environment is None else environment).get("TAPECHECK_CONTACT", "").strip()
    fit = given.isascii() and given.isprintable() and not set(given) & set("()\\")
    return given[:200] if given and fit else None


def _next(place: Place, answer: Answer) -> Place:
    # Bytes beyond ASCII, and spaces, are sent by many servers where only their escapes may stand.
    link = quote(answer.headers.get("location", "").strip().encode("latin-1"), safe=_ASCII)
    if not link:
        raise RefusedError(f"answered {answer.status} without saying where to")
    try:
        found = joined(place, link)
    except RefusedError as error:
        raise RefusedError(f"redirects to what is not fetched: {error}") from error
    if place.scheme == "https" and found.scheme == "http":
        raise RefusedError(f"redirects from https to http ({found.host}); not followed")
    return found


def _under(address: str, answer: Answer) -> Answer:
    """The answer of a redirected robots.txt counts for the host that redirected."""
    return Answer(
        address=address,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        retrieved_at=answer.retrieved_at,
    )

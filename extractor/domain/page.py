"""The bytes of one article before anything is read in them, and what came along with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the carrier of an article says of it: a mail's header, a record's fields, a feed's entry.

    by: which carrier, as provenance names it ("mail", "record", "feed", "archive", "sitemap"); empty where nothing was
    carried. published_at is aware. address: of the article itself. timezone: what its "today" is counted in.
    """

    by: str = ""
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    section: str | None = None
    address: str | None = None
    published_on: date | None = None
    published_at: datetime | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave.

    address: where it was found in the end, redirects followed. data: as it came, unpacked.
    media_type, charset: as the server has them, in lower case. retrieved_at: when these very bytes came, aware, UTC.
    """

    address: str
    data: bytes
    media_type: str | None
    charset: str | None
    retrieved_at: datetime
    sha256: str


NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One article's bytes.

    name: what claims call the article ("wrap.html", "dump.jsonl:12"); its ending tells a form where nothing else does.
    source: where it came from, as failures and the database name it: a path, an address, "-".
    media_type: "text/html", "text/plain"; None where the name and the first bytes decide. charset: as a header has it.
    member: the article's own file name where its carrier holds many, "" where it has none; None where `name` is it.
    file_time: when the file was last changed, aware; kept beside the article, and never taken for its date.
    """

    name: str
    source: str
    data: bytes
    media_type: str | None = None
    charset: str | None = None
    told: Told = NOTHING_TOLD
    member: str | None = None
    file_time: datetime | None = None

    @property
    def file_name(self) -> str:
        """The name that may tell its day: a dump's tells nothing of the articles in it, and a line's number less."""
        return self.name if self.member is None else self.member

    def __str__(self) -> str:
        return self.source

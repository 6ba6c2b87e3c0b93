"""Which stored articles are copies of which, kept up to date inside the transaction that stores an article.

An article's original is the earliest of those it is a copy of. Earlier is what was published earlier: at a clock time,
or by the end of a day where no clock is known, or when the run began that stored it where nothing is known; of two that
are equal in that, what an earlier run stored, then the smaller id. So the order of a batch decides nothing.

A copy of a copy points at the copy where it is too unlike the original; the view `voices` goes to the end of the line.

Nothing is compared with everything: an index finds the texts of the same words, the same address, and of the same band
of a minhash (likeness.py). Of a band that many share, the newest `MOST` are looked at, and what they are copies of.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal, Self
from urllib.parse import urlsplit

from sqlite_utils import Database

from extractor.domain.article import Article
from extractor.store import likeness, rows
from extractor.store.likeness import Signature, Words
from extractor.store.rows import Row
from extractor.store.statements import state

Kind = Literal["address", "exact", "near"]

MOST = 50  # articles of one band that are looked at
_ROUGHLY = likeness.LIKE - 0.13  # three standard errors of an estimate from 128 values
_KEPT = 256  # articles whose words are kept at hand
_SIGNED_AT_ONCE = 200

_CURRENT = """
SELECT signatures.*, articles.published_on FROM signatures JOIN articles ON articles.id = signatures.article_id
WHERE articles.superseded_by IS NULL
"""
_SIGN = """
INSERT INTO signatures (article_id, first_at, seen_at, available_at, address, digest, minhash, method)
VALUES (:article_id, :first_at, :seen_at, :available_at, :address, :digest, :minhash, :method)
ON CONFLICT (article_id) DO UPDATE SET first_at = excluded.first_at, seen_at = excluded.seen_at,
    address = excluded.address, digest = excluded.digest, minhash = excluded.minhash, method = excluded.method
"""
_EARLIEST = "ORDER BY first_at, seen_at, article_id LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """An article with what it is found by.

    first_at: when it was published at the latest; not_before: at the earliest; in UTC, None where nothing is known.
    address: None where it has none, or the front page's.
    """

    article: Article
    words: Words
    signature: Signature
    first_at: str | None
    not_before: str | None
    address: str | None

    @classmethod
    def of(cls, article: Article) -> Self:
        found = likeness.words(article)
        signature = likeness.sign(found)
        if not found.words:  # nothing but boilerplate: two such say nothing of each other
            signature = Signature(digest=article.id, minhash=None)
        return cls(
            article=article,
            words=found,
            signature=signature,
            first_at=_published(article, days=1),
            not_before=_published(article, days=0),
            address=_address(article.url),
        )


@dataclass(frozen=True, slots=True)
class _Match:
    """Another article that this one is a copy of, or the other way round."""

    row: Row
    kind: Kind
    similarity: float


class Copies:
    """The tables `signatures`, `bands` and `copies` of one open database. The caller holds the write transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._words: OrderedDict[str, Words] = OrderedDict()

    def add(self, signed: Signed, *, seen_at: str, ingested_at: str) -> None:
        """An article was stored, or came back, or something else is known of it.

        seen_at: when the run began that stored it; ingested_at: when that run stored it. When it could be known
        (`available_at`) stays as it was first stored: what is read in it later was not known then.
        """
        article_id = signed.article.id
        before = self._row(article_id)
        if before is not None:
            self.drop(article_id)
            seen_at = min(seen_at, before["seen_at"])
        self._keep(article_id, signed.words)
        values = {
            "article_id": article_id,
            "first_at": signed.first_at or seen_at,
            "seen_at": seen_at,
            "available_at": max(filter(None, (ingested_at, signed.not_before))),
            "address": signed.address,
            "digest": signed.signature.digest,
            "minhash": signed.signature.minhash,
            "method": likeness.method(),
        }
        self._db.execute(_SIGN, values)
        row = self._row(article_id)
        assert row is not None
        if row["minhash"]:
            self._db.conn.executemany(
                "INSERT OR IGNORE INTO bands (bucket, number) VALUES (?, ?)",
                [(bucket, row["number"]) for bucket in likeness.buckets(row["minhash"])],
            )
        matches = self._matches(row)
        self._point(row, matches)
        self._follow(row, [*matches, *self._later_ones(row, matches)])

    def drop(self, article_id: str) -> None:
        """An article is current no more: nobody's original, and those that were its copies are looked at again."""
        row = self._row(article_id)
        if row is None:
            return
        if row["minhash"]:
            self._db.conn.executemany(
                "DELETE FROM bands WHERE bucket = ? AND number = ?",
                [(bucket, row["number"]) for bucket in likeness.buckets(row["minhash"])],
            )
        followers = [each["article_id"] for each in self._followers(article_id)]
        self._db.execute("DELETE FROM copies WHERE article_id = :id OR original_id = :id", {"id": article_id})
        for each in followers:
            if (follower := self._row(each)) is not None:
                self._point(follower, [one for one in self._matches(follower) if one.row["number"] != row["number"]])

    def sign_stored(self) -> bool:
        """Signs some of the articles that an earlier version stored, or signed otherwise; False where none is left."""
        method = likeness.method()
        if self._db.execute("SELECT 1 FROM signatures WHERE method NOT IN (?, '') LIMIT 1", [method]).fetchone():
            for statement in (
                "DELETE FROM bands",
                "DELETE FROM copies",
                "UPDATE signatures SET method = '', digest = '', minhash = NULL",
            ):
                self._db.execute(statement)
        sql = """
        SELECT articles.*, coalesce(runs.started_at, articles.ingested_at) AS seen_at FROM articles
        LEFT JOIN runs ON runs.id = articles.run_id LEFT JOIN signatures ON signatures.article_id = articles.id
        WHERE coalesce(signatures.method, '') = '' ORDER BY articles.rowid LIMIT ?
        """
        found = list(self._db.query(sql, [_SIGNED_AT_ONCE]))
        for row in found:
            zones = self._db.query("SELECT * FROM zones WHERE article_id = ? ORDER BY position", [row["id"]])
            signed = Signed.of(rows.article_from(row, list(zones)))
            self.add(signed, seen_at=min(row["seen_at"], row["ingested_at"]), ingested_at=row["ingested_at"])
            state(self._db, row["id"])
            if row["superseded_by"] is not None:
                self.drop(row["id"])
        return bool(found)

    # -- inside

    def _matches(self, row: Row) -> list[_Match]:
        """The near ones that the index finds, and the earliest other one of the same words and of the same address."""
        found = {each["number"]: each for each in (*self._near(row), *self._family("digest", row, _EARLIEST))}
        found |= {each["number"]: each for each in self._family("address", row, _EARLIEST)}
        return list(filter(None, (self._match(row, other) for other in found.values())))

    def _later_ones(self, row: Row, matches: Iterable[_Match]) -> Iterator[_Match]:
        """The rest of the same words and the same address, where this one may be the first of them."""
        later = " AND (first_at, seen_at, article_id) > (:first_at, :seen_at, :article_id)"
        kinds = {match.kind for match in matches if _order(match.row) < _order(row)}
        if not (row["minhash"] and "exact" in kinds):
            yield from filter(None, (self._match(row, other) for other in self._family("digest", row, later)))
        yield from filter(None, (self._match(row, other) for other in self._family("address", row, later)))

    def _family(self, field: Literal["digest", "address"], row: Row, rest: str) -> list[Row]:
        """Others of the same words, or of the same address and day."""
        if row[field] is None:
            return []
        # A line of a few words may be true of two days, and a page that is written anew each day keeps its address.
        same_day = "(:published_on IS NULL OR published_on IS NULL OR published_on = :published_on)"
        if field == "digest" and row["minhash"]:
            same_day = "1"
        sql = f"{_CURRENT} AND signatures.{field} = :{field} AND signatures.number <> :number AND {same_day} {rest}"
        return list(self._db.query(sql, row))

    def _near(self, row: Row) -> Iterator[Row]:
        if not row["minhash"]:
            return
        numbers: set[int] = set()
        for bucket in likeness.buckets(row["minhash"]):
            sql = "SELECT number FROM bands WHERE bucket = ? ORDER BY number DESC LIMIT ?"
            numbers.update(number for (number,) in self._db.execute(sql, [bucket, MOST + 1]))
        listed = ",".join(map(str, numbers - {row["number"]}))
        originals = f"""
        SELECT original.number FROM signatures JOIN copies ON copies.article_id = signatures.article_id
        JOIN signatures AS original ON original.article_id = copies.original_id WHERE signatures.number IN ({listed})
        """
        sql = f"{_CURRENT} AND signatures.number <> ? AND signatures.number IN"
        yield from list(self._db.query(f"{sql} ({listed})", [row["number"]]))
        yield from list(self._db.query(f"{sql} ({originals})", [row["number"]]))

    def _match(self, row: Row, other: Row) -> _Match | None:
        same_day = None in (row["published_on"], other["published_on"]) or row["published_on"] == other["published_on"]
        same_words = row["digest"] == other["digest"] and (same_day or row["minhash"] is not None)
        alike = same_words or self._is_near(row, other)
        if row["address"] is not None and row["address"] == other["address"] and (same_day or alike):
            return _Match(other, "address", self._similarity(row, other))
        if same_words:
            return _Match(other, "exact", 1.0)
        return _Match(other, "near", self._similarity(row, other)) if alike else None

    def _is_near(self, row: Row, other: Row) -> bool:
        if not (row["minhash"] and other["minhash"]):
            return False
        if likeness.estimate(row["minhash"], other["minhash"]) < _ROUGHLY:
            return False
        return likeness.is_copy(self._of(row["article_id"]), self._of(other["article_id"]))

    def _similarity(self, row: Row, other: Row) -> float:
        return round(likeness.similarity(self._of(row["article_id"]), self._of(other["article_id"])), 4)

    def _point(self, row: Row, matches: Iterable[_Match]) -> None:
        """To the earliest of those before it."""
        before = [match for match in matches if _order(match.row) < _order(row)]
        if before:
            first = min(before, key=lambda match: _order(match.row))
            self._say(row["article_id"], first.row["article_id"], first)

    def _follow(self, row: Row, matches: Iterable[_Match]) -> None:
        """Later ones point to this one where it is earlier than the original they have."""
        sql = """
        SELECT first_at, seen_at, signatures.article_id FROM copies
        JOIN signatures ON signatures.article_id = copies.original_id WHERE copies.article_id = ?
        """
        for match in matches:
            if _order(match.row) < _order(row):
                continue
            original = next(self._db.query(sql, [match.row["article_id"]]), None)
            if original is None or _order(row) < _order(original):
                self._say(match.row["article_id"], row["article_id"], match)

    def _say(self, article_id: str, original_id: str, match: _Match) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO copies (article_id, original_id, kind, similarity) VALUES (?, ?, ?, ?)",
            [article_id, original_id, match.kind, match.similarity],
        )

    def _followers(self, article_id: str) -> list[Row]:
        return list(self._db.query("SELECT article_id FROM copies WHERE original_id = ?", [article_id]))

    def _row(self, article_id: str) -> Row | None:
        sql = """
        SELECT signatures.*, articles.published_on FROM signatures JOIN articles ON articles.id = signatures.article_id
        WHERE article_id = ?
        """
        return next(self._db.query(sql, [article_id]), None)

    def _of(self, article_id: str) -> Words:
        if (kept := self._words.get(article_id)) is not None:
            self._words.move_to_end(article_id)
            return kept
        article = next(self._db.query("SELECT * FROM articles WHERE id = ?", [article_id]))
        zones = self._db.query("SELECT * FROM zones WHERE article_id = ? ORDER BY position", [article_id])
        found = likeness.words(rows.article_from(article, list(zones)))
        self._keep(article_id, found)
        return found

    def _keep(self, article_id: str, found: Words) -> None:
        self._words[article_id] = found
        self._words.move_to_end(article_id)
        while len(self._words) > _KEPT:
            self._words.popitem(last=False)


def _order(row: Row) -> tuple[str, str, str]:
    return row["first_at"], row["seen_at"], row["article_id"]


def _published(article: Article, *, days: int) -> str | None:
    """The moment, in UTC as text that sorts; where only the day is known its beginning, or that of a day after it."""
    moment = article.published_at
    if moment is None and article.published_on is not None:
        try:
            moment = datetime.combine(article.published_on + timedelta(days=days), time(), tzinfo=article.tzinfo)
        except OverflowError:
            moment = datetime.combine(article.published_on, time(), tzinfo=UTC)
    return _utc(moment) if moment else None


def _utc(moment: datetime) -> str:
    try:
        return moment.astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:  # year 1 or 9999
        return moment.replace(tzinfo=UTC).isoformat(timespec="seconds")


def _address(url: str | None) -> str | None:
    """None for the front page of a site: whatever stands there is not one article."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.netloc and (parts.path.strip("/") or parts.query) else None

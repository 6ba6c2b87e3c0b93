"""The one way in and out of the database for everything else."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from sqlite_utils import Database

from extractor.domain.annotation import InstrumentMention
from extractor.domain.article import Article
from extractor.domain.claim import Claim
from extractor.domain.errors import StoreError
from extractor.domain.sentiment import Relevance, SentimentModel, Tone
from extractor.domain.verdict import Verdict
from extractor.store import rows, tone_rows
from extractor.store.connection import Mode, connect, immediate
from extractor.store.copies import Copies, Signed
from extractor.store.rows import Instrument, Row
from extractor.store.statements import state

Saved = Literal["new", "updated", "unchanged"]
# Whose knowledge a verdict uses: that of the article's day, today's, or that of a day the user named.
Vantage = Literal["publication", "now", "given"]

_CLAIMS = """
SELECT claims.*, articles.name AS article, articles.published_on AS published
FROM claims JOIN articles ON articles.id = claims.article_id
"""


class Repository:
    """A database of articles, claims and verdicts. Use it as a context manager, from one thread.

    What concerns one article is written in one transaction: it is there whole or not at all.
    """

    def __init__(self, db: Database, path: Path, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._copies = Copies(db)
        self.path = path

    @classmethod
    def open(cls, path: Path | str, mode: Mode = "read", *, clock: Callable[[], datetime] | None = None) -> Self:
        """read: must exist, is not changed. write: must exist. create: made if missing. Raises StoreError."""
        path = Path(path)
        return cls(connect(path, mode), path, clock or (lambda: datetime.now(UTC)))

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.DatabaseError):
            raise StoreError(f"{self.path}: {error}") from error

    # -- runs and failures

    def start_run(self, command: str, version: str, arguments: Mapping[str, Any]) -> int:
        row = {
            "command": command,
            "version": version,
            "arguments": json.dumps(arguments, default=str),
            "started_at": self._now(),
        }
        with immediate(self._db):
            return self._insert("runs", [row])

    def finish_run(self, run_id: int, counts: Mapping[str, int]) -> None:
        """A run without `finished_at` was interrupted."""
        with immediate(self._db):
            self._db.execute(
                "UPDATE runs SET finished_at = ?, counts = ? WHERE id = ?", [self._now(), json.dumps(counts), run_id]
            )

    def save_failure(self, source: str, stage: str, reason: str, *, run_id: int | None = None) -> None:
        row = {"run_id": run_id, "source": source, "stage": stage, "reason": reason, "at": self._now()}
        with immediate(self._db):
            self._insert("failures", [row])

    def failures(self, run_id: int | None = None) -> list[Row]:
        """run_id, source, stage, reason and at, oldest first; of one run if it is given."""
        where = "" if run_id is None else "WHERE run_id = :run"
        sql = f"SELECT run_id, source, stage, reason, at FROM failures {where} ORDER BY id"
        return list(self._db.query(sql, {"run": run_id}))

    # -- articles and their claims

    def extracted_by(self, article: Article) -> str | None:
        """The extractor that wrote this article's claims; None where the article, or what is known of it, is new."""
        row = next(self._db.query("SELECT * FROM articles WHERE id = ?", [article.id]), None)
        if row is None or row["superseded_by"] is not None:
            return None
        now = rows.article_row(article)
        if any(row[field] != now[field] for field in rows.KNOWN_OF_ARTICLE) or rows.zone_rows(article) != self._zones(
            article.id
        ):
            return None
        return str(row["extractor"])

    def save_article(
        self,
        article: Article,
        mentions: Iterable[InstrumentMention],
        claims: Sequence[Claim],
        *,
        tones: Sequence[Tone] = (),
        relevance: Sequence[Relevance] = (),
        model: SentimentModel | None = None,
        instruments: Iterable[Instrument] = (),
        extractor: str = "",
        run_id: int | None = None,
    ) -> Saved:
        """Writes one article with all that was read from it, in one transaction. model: whose the tones are.

        A text that changed under the same name is a new article, and the one before it is kept as superseded.
        Claims that are gone lose their verdicts with them; claims that changed keep theirs as history.
        """
        row, zones = rows.article_row(article), rows.zone_rows(article)
        mention_rows = [rows.mention_row(article.id, mention) for mention in mentions]
        claim_rows = [rows.claim_row(claim) for claim in claims]
        told = [tone_rows.tone_row(article, tone) for tone in tones]
        relevant = [tone_rows.relevance_row(article.id, each) for each in relevance]
        known = {field: row[field] for field in rows.KNOWN_OF_ARTICLE}
        model_row = tone_rows.model_row(model) if model else None
        content = rows.digest(known, zones, mention_rows, claim_rows, told, relevant, model_row)
        named = [each["instrument_id"] for each in mention_rows if each["instrument_id"]]
        named += [each["subject_id"] for each in (*told, *relevant)]
        signed = Signed.of(article)
        with immediate(self._db):
            stored = next(self._db.query("SELECT * FROM articles WHERE id = ?", [article.id]), None)
            if stored and stored["content_sha256"] == content and stored["superseded_by"] is None:
                self._db.execute("UPDATE articles SET extractor = ? WHERE id = ?", [extractor, article.id])
                return "unchanged"
            now = self._now()
            stamps = {"content_sha256": content, "extractor": extractor, "updated_at": now, "run_id": run_id}
            stamps |= {"ingested_at": stored["ingested_at"] if stored else now, "superseded_by": None}
            self._upsert("articles", [row | stamps])
            former = self._supersede(article)
            self._upsert("instruments", rows.instrument_rows(claims, named, instruments))
            self._replace_parts(article.id, zones, mention_rows, claim_rows)
            self._replace_sentiment(article.id, told, relevant, model_row)
            ingested_at = stored["ingested_at"] if stored else now
            for each in former:
                self._copies.drop(each)
            seen_at = self._first_seen([article.id, *former], run_id) or ingested_at
            self._copies.add(signed, seen_at=seen_at, ingested_at=ingested_at)
            state(self._db, article.id)
        return "updated" if stored else "new"

    def articles(self, *, superseded: bool = False) -> Iterator[Article]:
        """Current articles by day and name; with `superseded` the former texts of changed ones too."""
        where = "" if superseded else "WHERE superseded_by IS NULL"
        for row in list(self._db.query(f"SELECT * FROM articles {where} ORDER BY published_on, name, id")):
            yield rows.article_from(row, self._zones(row["id"]))

    def article(self, article_id: str) -> Article:
        row = next(self._db.query("SELECT * FROM articles WHERE id = ?", [article_id]), None)
        if row is None:
            raise StoreError(f"{self.path}: no article {article_id}")
        return rows.article_from(row, self._zones(article_id))

    def claims(self, article_id: str | None = None) -> list[Claim]:
        """The claims of one article, or of all current ones, in reading order."""
        where = "WHERE articles.superseded_by IS NULL" if article_id is None else "WHERE claims.article_id = :article"
        order = "ORDER BY articles.published_on, articles.name, articles.id, claims.start, claims.end, claims.id"
        found = self._db.query(f"{_CLAIMS} {where} {order}", {"article": article_id})
        return [rows.claim_from(row) for row in found]

    def claim_count(self, article_id: str) -> int:
        return self._db.table("claims").count_where("article_id = ?", [article_id])

    def subjects(self) -> list[str]:
        """Ids of what the claims of current articles are about."""
        sql = "SELECT DISTINCT subject_id FROM claims JOIN articles ON articles.id = article_id"
        found = self._db.query(f"{sql} WHERE superseded_by IS NULL ORDER BY 1")
        return [row["subject_id"] for row in found]

    def claim(self, claim_id: str) -> Claim:
        """By its id or any beginning of it that no other claim shares."""
        prefix = claim_id.strip().lower()
        if not re.fullmatch(r"[0-9a-f]{1,64}", prefix):
            raise StoreError(f"{self.path}: {claim_id!r} is not a claim id")
        found = [
            rows.claim_from(row) for row in self._db.query(f"{_CLAIMS} WHERE claims.id GLOB ? LIMIT 2", [prefix + "*"])
        ]
        if not found:
            raise StoreError(f"{self.path}: no claim {claim_id}")
        if len(found) > 1:
            raise StoreError(f"{self.path}: more than one claim begins with {claim_id}; give more of its id")
        return found[0]

    def mentions(self, article_id: str) -> list[Row]:
        """start, end, text, form, instrument_id and candidates (a list of ids) of one article, in reading order."""
        sql = (
            'SELECT start, "end", text, form, instrument_id, candidates FROM mentions WHERE article_id = ? ORDER BY id'
        )
        found = self._db.query(sql, [article_id])
        return [row | {"candidates": json.loads(row["candidates"])} for row in found]

    # -- copies

    def sign_stored(self) -> None:
        """Looks for copies among articles that an earlier version stored; nothing to do where that was done."""
        left = True
        while left:
            with immediate(self._db):
                left = self._copies.sign_stored()

    def copies(self) -> dict[str, str]:
        """Current articles that are copies, and the article each of them goes back to; the oldest first."""
        sql = "SELECT article_id, voice FROM voices WHERE article_id <> voice ORDER BY first_at, seen_at, article_id"
        return {row["article_id"]: row["voice"] for row in self._db.query(sql)}

    def copy_count(self, article_ids: Iterable[str]) -> int:
        """How many of these articles are copies."""
        known = {row["article_id"] for row in self._db.query("SELECT article_id FROM copies")}
        return len(known.intersection(article_ids))

    # -- sentiment

    def tones(self, article_id: str) -> list[Tone]:
        """What the sentences of an article say of each instrument, in reading order."""
        sql = "SELECT * FROM sentiment WHERE article_id = ? ORDER BY start, target_start, subject_id"
        return [tone_rows.tone_from(row) for row in self._db.query(sql, [article_id])]

    def tone_count(self, article_id: str) -> int:
        return self._db.table("sentiment").count_where("article_id = ?", [article_id])

    def relevance(self, article_id: str) -> list[Relevance]:
        """Of each instrument an article names, the most relevant first."""
        sql = "SELECT * FROM relevance WHERE article_id = ? ORDER BY relevance DESC, first, subject_id"
        return [tone_rows.relevance_from(row) for row in self._db.query(sql, [article_id])]

    # -- verdicts

    def save_verdicts(
        self, verdicts: Iterable[Verdict], *, vantage: Vantage = "publication", run_id: int | None = None
    ) -> int:
        """Makes these the current verdicts of their claims; the ones before them are kept. Returns how many changed."""
        changed = 0
        with immediate(self._db):
            for verdict in verdicts:
                changed += self._save_verdict(verdict, vantage, run_id)
        return changed

    def drop_verdicts(self, claim_ids: Iterable[str], *, vantage: Vantage) -> None:
        """These claims have no current verdict of this vantage any more (what is known now no longer differs)."""
        with immediate(self._db):
            self._db.conn.executemany(
                "UPDATE verdicts SET current = 0 WHERE claim_id = ? AND vantage = ? AND current = 1",
                [(claim_id, vantage) for claim_id in claim_ids],
            )

    def verdicts(self, article_id: str | None = None, *, vantage: Vantage = "publication") -> dict[str, Verdict]:
        """The current verdict by claim id."""
        where = "verdicts.current = 1 AND verdicts.vantage = :vantage"
        if article_id is not None:
            where += " AND verdicts.claim_id IN (SELECT id FROM claims WHERE article_id = :article)"
        values = {"vantage": vantage, "article": article_id}
        evidence: dict[int, list[Row]] = {}
        for row in self._db.query(
            f"SELECT evidence.* FROM evidence JOIN verdicts ON verdicts.id = evidence.verdict_id WHERE {where}"
            " ORDER BY evidence.verdict_id, evidence.position",
            values,
        ):
            evidence.setdefault(row["verdict_id"], []).append(row)
        found = self._db.query(f"SELECT * FROM verdicts WHERE {where}", values)
        return {row["claim_id"]: rows.verdict_from(row, evidence.get(row["id"], ())) for row in found}

    # -- inside

    def _save_verdict(self, verdict: Verdict, vantage: Vantage, run_id: int | None) -> int:
        row = rows.verdict_row(verdict)
        evidence = [rows.evidence_row(each) for each in verdict.evidence]
        sql = "SELECT * FROM verdicts WHERE claim_id = ? AND vantage = ? AND current = 1"
        current = next(self._db.query(sql, [verdict.claim_id, vantage]), None)
        if current:
            same = all(current[field] == row[field] for field in rows.VERDICT_FIELDS)
            if same and self._evidence(current["id"]) == evidence:
                return 0
            self._db.execute("UPDATE verdicts SET current = 0 WHERE id = ?", [current["id"]])
        row |= {"vantage": vantage, "current": 1, "run_id": run_id, "checked_at": self._now()}
        number = self._insert("verdicts", [row])
        self._insert(
            "evidence", [{"verdict_id": number, "position": place} | each for place, each in enumerate(evidence)]
        )
        return 1

    def _supersede(self, article: Article) -> list[str]:
        """Former texts under the article's name are current no more. Their ids."""
        where = (
            "source = :source AND name = :name AND id <> :id AND superseded_by IS NULL"
            " AND source <> '-' AND source NOT LIKE '-:%'"
        )
        values = {"id": article.id, "source": article.source, "name": article.name}
        former = [row["id"] for row in self._db.query(f"SELECT id FROM articles WHERE {where}", values)]
        self._db.execute(f"UPDATE articles SET superseded_by = :id WHERE {where}", values)
        return former

    def _first_seen(self, article_ids: Sequence[str], run_id: int | None) -> str | None:
        """When the run began that first stored one of these; a corrected text is as old as the one before it."""
        marks = ", ".join("?" * len(article_ids))
        sql = f"""
        SELECT min(seen_at) AS seen_at FROM (
            SELECT seen_at FROM signatures WHERE article_id IN ({marks})
            UNION ALL SELECT started_at FROM runs WHERE id = ?
        )
        """
        found: str | None = next(self._db.query(sql, [*article_ids, run_id]))["seen_at"]
        return found

    def _replace_parts(self, article_id: str, zones: list[Row], mentions: list[Row], claims: list[Row]) -> None:
        self._db.execute("DELETE FROM zones WHERE article_id = ?", [article_id])
        self._db.execute("DELETE FROM mentions WHERE article_id = ?", [article_id])
        self._insert("zones", zones)
        self._insert("mentions", mentions)
        stored = {row["id"]: row for row in self._db.query("SELECT * FROM claims WHERE article_id = ?", [article_id])}
        kept = {row["id"] for row in claims}
        changed = [row for row in claims if stored.get(row["id"]) != row]
        connection = self._db.conn
        connection.executemany("DELETE FROM claims WHERE id = ?", [(each,) for each in stored if each not in kept])
        # A verdict on what a claim used to say is history, not the claim's verdict.
        connection.executemany("UPDATE verdicts SET current = 0 WHERE claim_id = ?", [(row["id"],) for row in changed])
        self._upsert("claims", changed)

    def _replace_sentiment(self, article_id: str, tones: list[Row], relevance: list[Row], model: Row | None) -> None:
        self._db.execute("DELETE FROM sentiment WHERE article_id = ?", [article_id])
        self._db.execute("DELETE FROM relevance WHERE article_id = ?", [article_id])
        self._insert("relevance", relevance)
        if tones:
            if model is None:
                raise ValueError("tones are some model's")
            number = self._model(model)
            self._insert("sentiment", [tone | {"model_id": number} for tone in tones])

    def _model(self, model: Row) -> int:
        sql = "SELECT id FROM models WHERE name = :name AND version = :version AND sha256 IS :sha256"
        found = next(self._db.query(sql, model), None)
        return found["id"] if found else self._insert("models", [model])

    def _evidence(self, verdict_id: int) -> list[Row]:
        found = self._db.query("SELECT * FROM evidence WHERE verdict_id = ? ORDER BY position", [verdict_id])
        return [{key: row[key] for key in row if key not in ("verdict_id", "position")} for row in found]

    def _zones(self, article_id: str) -> list[Row]:
        return list(self._db.query("SELECT * FROM zones WHERE article_id = ? ORDER BY position", [article_id]))

    def _insert(self, table: str, records: list[Row]) -> int:
        """Returns the row id of the last one."""
        target = self._db.table(table)
        target.insert_all(records)
        return int(target.last_rowid or 0) if records else 0

    def _upsert(self, table: str, records: list[Row]) -> None:
        self._db.table(table).upsert_all(records, pk="id")

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")

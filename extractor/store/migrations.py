"""The database's shape, as numbered steps that are applied once each and in order.

A step is never edited after a release: what changes is a new step at the end. Views hold no data, so
they are not steps; `views.sql` is the newest form and is put in place whenever it differs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources

from sqlite_utils import Database

from extractor.domain.errors import StoreError

# "tape" in ASCII, in the header of every database of ours, so that no other program's file is ever touched.
APPLICATION_ID = 0x74617065


def m001_claims_and_verdicts(db: Database) -> None:
    for statement in _TABLES.split(";"):
        if statement.strip():
            db.execute(statement)


def m002_sentiment(db: Database) -> None:
    for statement in _SENTIMENT.split(";"):
        if statement.strip():
            db.execute(statement)


def m003_provenance(db: Database) -> None:
    """Who wrote an article and where that was read; moments that were stored with an offset become UTC."""
    for column in _PROVENANCE:
        db.execute(f"ALTER TABLE articles ADD COLUMN {column} TEXT")
    for row in list(db.query("SELECT id, published_at FROM articles WHERE published_at IS NOT NULL")):
        moment = datetime.fromisoformat(row["published_at"]).astimezone(UTC)
        db.execute("UPDATE articles SET published_at = ? WHERE id = ?", [moment.isoformat(), row["id"]])


def m004_copies(db: Database) -> None:
    """Articles that are stored already are signed by the next run."""
    for statement in _COPIES.split(";"):
        if statement.strip():
            db.execute(statement)


MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    m001_claims_and_verdicts,
    m002_sentiment,
    m003_provenance,
    m004_copies,
)


def pending(db: Database) -> list[Callable[[Database], None]]:
    """Steps this database still lacks.

    Raises StoreError where it has steps this program has never heard of: it was written by a newer one.
    """
    applied: set[str] = set()
    if "_migrations" in db.table_names():
        applied = {row["name"] for row in db.query("select name from _migrations")}
    unknown = applied - {step.__name__ for step in MIGRATIONS}
    if unknown:
        raise StoreError(f"was written by a newer tapecheck (it has {min(unknown)}); upgrade the program to use it")
    return [step for step in MIGRATIONS if step.__name__ not in applied]


def migrate(db: Database) -> None:
    """Brings a database up to date. The caller holds a write transaction."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("CREATE TABLE IF NOT EXISTS _migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)")
    for step in pending(db):
        step(db)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        db.execute("INSERT INTO _migrations (name, applied_at) VALUES (?, ?)", [step.__name__, now])
    for name, sql in _views().items():
        stored = next(db.query("select sql from sqlite_master where type = 'view' and name = ?", [name]), None)
        if stored is None or stored["sql"] != sql:
            db.execute(f"DROP VIEW IF EXISTS {name}")
            db.execute(sql)


def views_differ(db: Database) -> bool:
    stored = {row["name"]: row["sql"] for row in db.query("select name, sql from sqlite_master where type = 'view'")}
    return any(stored.get(name) != sql for name, sql in _views().items())


def _views() -> dict[str, str]:
    """The statements of views.sql by the view they make, in the order they stand in."""
    text = resources.files("extractor.store").joinpath("views.sql").read_text("utf-8")
    statements = re.sub(r"^--.*\n?", "", text, flags=re.MULTILINE).split(";")
    found = {}
    for statement in filter(None, map(str.strip, statements)):
        match = re.match(r"CREATE VIEW (\w+) ", statement)
        if match is None:
            raise ValueError(f"views.sql holds something that is no view: {statement[:60]!r}")
        found[match[1]] = statement
    return found


_TABLES = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    version TEXT NOT NULL,
    arguments TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    counts TEXT
);
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    url TEXT,
    publisher TEXT,
    title TEXT,
    published_on TEXT,
    published_at TEXT,
    published_from TEXT,
    timezone TEXT NOT NULL,
    text TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    extractor TEXT NOT NULL,
    ingested_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    run_id INTEGER REFERENCES runs (id),
    superseded_by TEXT REFERENCES articles (id)
);
CREATE INDEX articles_by_source ON articles (source, name);
CREATE INDEX articles_by_day ON articles (published_on);
CREATE TABLE zones (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    zone TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (article_id, position)
);
CREATE TABLE instruments (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    symbol TEXT,
    mic TEXT,
    reference TEXT
);
CREATE TABLE mentions (
    id INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    form TEXT NOT NULL,
    instrument_id TEXT REFERENCES instruments (id),
    candidates TEXT NOT NULL
);
CREATE INDEX mentions_by_article ON mentions (article_id, start);
CREATE INDEX mentions_by_instrument ON mentions (instrument_id);
CREATE TABLE claims (
    id TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    modality TEXT NOT NULL,
    speaker TEXT,
    subject_id TEXT NOT NULL REFERENCES instruments (id),
    subject_type TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    subject_symbol TEXT,
    subject_mic TEXT,
    metric TEXT,
    basis TEXT,
    value TEXT,
    value_high TEXT,
    unit TEXT,
    decimals INTEGER,
    scale TEXT NOT NULL,
    comparator TEXT NOT NULL,
    hedge TEXT,
    direction TEXT,
    date_start TEXT,
    date_end TEXT,
    date_text TEXT,
    date_source TEXT,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    sentence TEXT NOT NULL,
    zone TEXT NOT NULL,
    confidence REAL NOT NULL,
    rule TEXT NOT NULL,
    CHECK (0 <= start AND start <= "end")
);
CREATE INDEX claims_by_article ON claims (article_id, start);
CREATE INDEX claims_by_subject ON claims (subject_id, date_end);
CREATE INDEX claims_by_kind ON claims (kind);
CREATE TABLE verdicts (
    id INTEGER PRIMARY KEY,
    claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
    vantage TEXT NOT NULL CHECK (vantage IN ('publication', 'now', 'given')),
    as_of TEXT,
    current INTEGER NOT NULL,
    rating TEXT NOT NULL,
    reason TEXT NOT NULL,
    rule TEXT NOT NULL,
    explanation TEXT NOT NULL,
    stated TEXT,
    actual TEXT,
    difference TEXT,
    tolerance TEXT,
    formula TEXT,
    correction TEXT,
    run_id INTEGER REFERENCES runs (id),
    checked_at TEXT NOT NULL
);
CREATE UNIQUE INDEX verdicts_current ON verdicts (claim_id, vantage) WHERE current = 1;
CREATE INDEX verdicts_by_claim ON verdicts (claim_id);
CREATE INDEX verdicts_by_rating ON verdicts (rating);
CREATE TABLE evidence (
    verdict_id INTEGER NOT NULL REFERENCES verdicts (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    series TEXT NOT NULL,
    source TEXT NOT NULL,
    session TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    adjustment TEXT NOT NULL,
    retrieved_at TEXT,
    snapshot TEXT,
    PRIMARY KEY (verdict_id, position)
);
CREATE INDEX evidence_by_series ON evidence (series, session);
CREATE TABLE failures (
    id INTEGER PRIMARY KEY,
    run_id INTEGER REFERENCES runs (id),
    source TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX failures_by_run ON failures (run_id);
"""

_SENTIMENT = """
CREATE TABLE models (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    sha256 TEXT,
    UNIQUE (name, version, sha256)
);
CREATE TABLE sentiment (
    id INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    subject_id TEXT NOT NULL REFERENCES instruments (id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentence TEXT NOT NULL,
    target_start INTEGER NOT NULL,
    target_end INTEGER NOT NULL,
    target TEXT NOT NULL,
    zone TEXT NOT NULL,
    negative REAL NOT NULL,
    neutral REAL NOT NULL,
    positive REAL NOT NULL,
    windowed INTEGER NOT NULL,
    model_id INTEGER NOT NULL REFERENCES models (id),
    UNIQUE (article_id, start, subject_id)
);
CREATE INDEX sentiment_by_subject ON sentiment (subject_id);
CREATE INDEX sentiment_by_model ON sentiment (model_id);
CREATE TABLE relevance (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    subject_id TEXT NOT NULL REFERENCES instruments (id),
    relevance REAL NOT NULL,
    mentions INTEGER NOT NULL,
    first INTEGER NOT NULL,
    in_title INTEGER NOT NULL,
    PRIMARY KEY (article_id, subject_id)
);
CREATE INDEX relevance_by_subject ON relevance (subject_id);
"""

# `articles.updated_at` is the row's own; what the page says of its last change is `page_updated_at`.
_PROVENANCE = (
    "byline",
    "section",
    "page_updated_at",
    "page_updated_from",
    "title_from",
    "byline_from",
    "publisher_from",
    "section_from",
    "url_from",
    "published_zone",
    "page_updated_zone",
    "file_time",
)
# `number` counts articles in the order they were first stored. Rows of former texts stay.
_COPIES = """
CREATE TABLE signatures (
    number INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE,
    first_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    available_at TEXT NOT NULL,
    address TEXT,
    digest TEXT NOT NULL,
    minhash BLOB,
    method TEXT NOT NULL
);
CREATE INDEX signatures_by_digest ON signatures (digest, first_at, seen_at, article_id);
CREATE INDEX signatures_by_address ON signatures (address, first_at, seen_at, article_id);
CREATE INDEX signatures_by_method ON signatures (method);
CREATE TABLE bands (
    bucket INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (bucket, number)
) WITHOUT ROWID;
CREATE TABLE copies (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    original_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('address', 'exact', 'near')),
    similarity REAL NOT NULL
);
CREATE INDEX copies_by_original ON copies (original_id);
CREATE TABLE statements (
    claim_id TEXT PRIMARY KEY REFERENCES claims (id) ON DELETE CASCADE,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    statement TEXT NOT NULL,
    number INTEGER NOT NULL,
    known REAL NOT NULL,
    low REAL,
    high REAL,
    end_low REAL,
    end_high REAL
);
CREATE INDEX statements_by_statement ON statements (statement, number, known, low, high, end_low, end_high);
CREATE INDEX statements_by_article ON statements (article_id);
"""

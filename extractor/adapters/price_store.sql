-- The local price store. Prices are TEXT: a REAL would put back the noise that was taken out of them.

CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    instrument TEXT NOT NULL,
    folded TEXT NOT NULL,           -- the instrument in the one spelling it is looked up under
    symbol_key TEXT NOT NULL,       -- kind and symbol of a US listing, empty for anything else
    source TEXT NOT NULL,
    adjustment TEXT NOT NULL CHECK (adjustment IN ('none', 'split', 'split_div')),
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL,
    fields TEXT NOT NULL,           -- JSON array
    complete_since TEXT,
    missing_sessions TEXT NOT NULL, -- JSON array
    vintage TEXT,
    retrieved_at TEXT,
    snapshot TEXT NOT NULL,
    decimals INTEGER,
    rank INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    imported_from TEXT NOT NULL,
    UNIQUE (instrument, source, adjustment, snapshot)
) STRICT;
CREATE INDEX series_folded ON series (folded);
CREATE INDEX series_symbol ON series (symbol_key);

CREATE TABLE price (
    series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    session TEXT NOT NULL,
    open TEXT, high TEXT, low TEXT, close TEXT NOT NULL, volume TEXT,
    PRIMARY KEY (series, session)
) STRICT, WITHOUT ROWID;

CREATE TABLE split (
    symbol_key TEXT NOT NULL,
    instrument TEXT NOT NULL,
    ex_on TEXT NOT NULL,
    ratio TEXT NOT NULL,
    PRIMARY KEY (symbol_key, ex_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE split_coverage (complete_since TEXT PRIMARY KEY) STRICT;

CREATE TABLE print (
    indicator TEXT NOT NULL,
    reference TEXT NOT NULL,
    released_on TEXT NOT NULL,
    source TEXT NOT NULL,
    value TEXT NOT NULL,
    unit TEXT NOT NULL,
    snapshot TEXT,
    PRIMARY KEY (indicator, reference, released_on, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
    rate TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    low TEXT NOT NULL,
    high TEXT NOT NULL,
    source TEXT NOT NULL,
    snapshot TEXT,
    PRIMARY KEY (rate, decided_on, source)
) STRICT, WITHOUT ROWID;

"""What each claim states, in a form in which a later claim finds those that stated it before.

Two claims are the same statement where subject, kind, metric, unit, modality and days are the same, and where both have
a figure, or a range, or neither has one and the direction is the same. Whether the figures agree is for the view
`claim_novelty`: their limits before rounding stand beside (view `printed_figures`). So do the place of the article in
the order of storing and the day from which it could be known, as SQLite counts days.
"""

from __future__ import annotations

from sqlite_utils import Database

_STATE = """
INSERT INTO statements (claim_id, article_id, statement, number, known, low, high, end_low, end_high)
SELECT claims.id, claims.article_id,
    subject_id || '|' || kind || '|' || coalesce(metric, '') || '|' || coalesce(unit, '') || '|' || modality || '|'
        || coalesce(date_start, '') || '|' || coalesce(date_end, '') || '|'
        || CASE WHEN value IS NULL THEN coalesce(direction, 'none') WHEN value_high IS NULL THEN 'one' ELSE 'two' END,
    signatures.number, julianday(signatures.available_at), low, high, end_low, end_high
FROM claims
JOIN printed_figures ON printed_figures.id = claims.id
JOIN signatures ON signatures.article_id = claims.article_id
WHERE claims.article_id = ?
"""


def state(db: Database, article_id: str) -> None:
    """The statements of an article's claims as they are stored now. The caller holds the write transaction."""
    db.execute("DELETE FROM statements WHERE article_id = ?", [article_id])
    db.execute(_STATE, [article_id])

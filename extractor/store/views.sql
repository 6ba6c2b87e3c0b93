-- Views for people and for datasette. They hold no data: the newest form replaces an older one on opening.

-- Every claim of a current article with the verdict that could be known on the article's date.
CREATE VIEW claims_with_verdicts AS
SELECT
    claims.id, articles.name AS article, articles.published_on AS published, claims.kind, claims.modality,
    claims.speaker, claims.subject_id, claims.subject_name, claims.metric, claims.basis, claims.direction,
    claims.comparator, claims.value, claims.value_high, claims.unit, claims.date_start, claims.date_end,
    claims.quote, claims.sentence, claims.zone, verdicts.rating, verdicts.reason, verdicts.stated, verdicts.actual,
    verdicts.difference, verdicts.tolerance, verdicts.correction, verdicts.explanation, verdicts.as_of,
    now.rating AS rating_now, claims.article_id, claims.start, claims.end, claims.confidence, claims.rule
FROM claims
JOIN articles ON articles.id = claims.article_id
LEFT JOIN verdicts ON verdicts.claim_id = claims.id AND verdicts.current = 1 AND verdicts.vantage = 'publication'
LEFT JOIN verdicts AS now ON now.claim_id = claims.id AND now.current = 1 AND now.vantage = 'now'
WHERE articles.superseded_by IS NULL;

-- How each current article came out. What a named speaker said does not count for or against the article.
CREATE VIEW article_summary AS
SELECT
    articles.id, articles.name, articles.title, articles.publisher, articles.published_on AS published,
    count(claims.id) AS claims,
    coalesce(sum(verdicts.rating IN ('supported', 'imprecise', 'conflicting', 'contradicted')), 0) AS checked,
    coalesce(sum(verdicts.rating = 'supported'), 0) AS supported,
    coalesce(sum(verdicts.rating = 'imprecise'), 0) AS imprecise,
    coalesce(sum(verdicts.rating = 'conflicting'), 0) AS conflicting,
    coalesce(sum(verdicts.rating = 'contradicted'), 0) AS contradicted,
    coalesce(sum(verdicts.rating = 'not_enough_data'), 0) AS not_enough_data,
    coalesce(sum(verdicts.rating = 'not_checkable'), 0) AS not_checkable,
    coalesce(sum(claims.speaker IS NOT NULL), 0) AS attributed,
    articles.url
FROM articles
LEFT JOIN claims ON claims.article_id = articles.id
LEFT JOIN verdicts ON verdicts.claim_id = claims.id AND verdicts.current = 1 AND verdicts.vantage = 'publication'
WHERE articles.superseded_by IS NULL
GROUP BY articles.id;

-- The trust score of an article: the counts and the Wilson interval of `extractor/report/trust.py`, which says what
-- counts. SQLite has sqrt() only where it was built with it, so the root is found by Newton's steps, from above.
-- 3.841458820694124 is z squared, 1.959963984540054 is z (95 %); below ten checked claims there is no score.
CREATE VIEW article_trust AS
WITH RECURSIVE
outcomes AS (
    SELECT articles.id AS id, claims.id AS claim, CASE
        WHEN claims.id IS NULL THEN NULL
        WHEN claims.speaker IS NOT NULL THEN 'attributed'
        WHEN claims.modality IN ('forecast', 'conditional') THEN 'not_checkable'
        ELSE coalesce(verdicts.rating, 'unchecked') END AS outcome
    FROM articles
    LEFT JOIN claims ON claims.article_id = articles.id
    LEFT JOIN verdicts ON verdicts.claim_id = claims.id AND verdicts.current = 1 AND verdicts.vantage = 'publication'
    WHERE articles.superseded_by IS NULL
),
counted AS (
    SELECT id, count(claim) AS claims, total(outcome = 'attributed') AS attributed,
        total(outcome = 'supported') AS supported, total(outcome = 'imprecise') AS imprecise,
        total(outcome = 'conflicting') AS conflicting, total(outcome = 'contradicted') AS contradicted,
        total(outcome = 'not_enough_data') AS not_enough_data, total(outcome = 'not_checkable') AS not_checkable,
        total(outcome = 'unchecked') AS unchecked,
        total(outcome IN ('supported', 'imprecise', 'conflicting', 'contradicted')) AS checked
    FROM outcomes GROUP BY id
),
squares AS (
    SELECT id, 3.841458820694124 + 4.0 * supported * (checked - supported) / checked AS square
    FROM counted WHERE checked >= 10
),
steps (id, square, guess, step) AS (
    SELECT id, square, (square + 1) / 2, 1 FROM squares
    UNION ALL
    SELECT id, square, (guess + square / guess) / 2, step + 1 FROM steps
    WHERE step < 60 AND guess * guess - square > 1e-13 * square
),
roots AS (SELECT id, 1.959963984540054 * min(guess) AS root FROM steps GROUP BY id)
SELECT
    articles.id, articles.name, articles.title, articles.publisher, articles.published_on AS published,
    counted.claims, CAST(attributed AS INTEGER) AS attributed,
    CAST(checked + not_enough_data AS INTEGER) AS checkable, CAST(checked AS INTEGER) AS checked,
    CAST(supported AS INTEGER) AS supported, CAST(imprecise AS INTEGER) AS imprecise,
    CAST(conflicting AS INTEGER) AS conflicting, CAST(contradicted AS INTEGER) AS contradicted,
    CAST(not_enough_data AS INTEGER) AS not_enough_data, CAST(not_checkable AS INTEGER) AS not_checkable,
    CAST(unchecked AS INTEGER) AS unchecked, checked >= 10 AS scored,
    CASE WHEN checked >= 10 THEN round(supported / checked, 4) END AS share,
    round(max(0.0, (2 * supported + 3.841458820694124 - root) / (2 * (checked + 3.841458820694124))), 4) AS low,
    round(min(1.0, (2 * supported + 3.841458820694124 + root) / (2 * (checked + 3.841458820694124))), 4) AS high
FROM articles JOIN counted ON counted.id = articles.id LEFT JOIN roots ON roots.id = articles.id;

-- The same for a publisher, over all its current articles. Articles whose publisher is not known are no one's.
CREATE VIEW publisher_trust AS
WITH RECURSIVE
counted AS (
    SELECT publisher, count(*) AS articles, sum(claims) AS claims, sum(attributed) AS attributed,
        sum(checkable) AS checkable, sum(checked) AS checked, sum(supported) AS supported, sum(imprecise) AS imprecise,
        sum(conflicting) AS conflicting, sum(contradicted) AS contradicted, sum(not_enough_data) AS not_enough_data,
        sum(not_checkable) AS not_checkable, sum(unchecked) AS unchecked
    FROM article_trust WHERE publisher IS NOT NULL GROUP BY publisher
),
squares AS (
    SELECT publisher, 3.841458820694124 + 4.0 * supported * (checked - supported) / checked AS square
    FROM counted WHERE checked >= 10
),
steps (publisher, square, guess, step) AS (
    SELECT publisher, square, (square + 1) / 2, 1 FROM squares
    UNION ALL
    SELECT publisher, square, (guess + square / guess) / 2, step + 1 FROM steps
    WHERE step < 60 AND guess * guess - square > 1e-13 * square
),
roots AS (SELECT publisher AS name, 1.959963984540054 * min(guess) AS root FROM steps GROUP BY publisher)
SELECT
    publisher, articles, claims, attributed, checkable, checked, supported, imprecise, conflicting, contradicted,
    not_enough_data, not_checkable, unchecked, checked >= 10 AS scored,
    CASE WHEN checked >= 10 THEN round(1.0 * supported / checked, 4) END AS share,
    round(max(0.0, (2 * supported + 3.841458820694124 - root) / (2 * (checked + 3.841458820694124))), 4) AS low,
    round(min(1.0, (2 * supported + 3.841458820694124 + root) / (2 * (checked + 3.841458820694124))), 4) AS high
FROM counted LEFT JOIN roots ON roots.name = counted.publisher;

-- What the last run could not read.
CREATE VIEW last_failures AS
SELECT failures.source, failures.stage, failures.reason, failures.at
FROM failures
WHERE failures.run_id = (SELECT max(id) FROM runs WHERE command = 'run')

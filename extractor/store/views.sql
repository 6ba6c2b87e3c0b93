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

-- What the last run could not read.
CREATE VIEW last_failures AS
SELECT failures.source, failures.stage, failures.reason, failures.at
FROM failures
WHERE failures.run_id = (SELECT max(id) FROM runs WHERE command = 'run')

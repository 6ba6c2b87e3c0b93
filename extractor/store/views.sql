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

-- Copies with both names. similarity: the runs of five words both have, of those that either has; kind and original:
-- extractor/store/copies.py.
CREATE VIEW copies_by_name AS
SELECT
    copy.name AS copy, original.name AS original, copies.kind, copies.similarity,
    copy.publisher AS copy_publisher, original.publisher AS original_publisher,
    copy.published_on AS copy_published, original.published_on AS original_published,
    copy.title AS copy_title, original.title AS original_title, copies.article_id, copies.original_id
FROM copies
JOIN articles AS copy ON copy.id = copies.article_id
JOIN articles AS original ON original.id = copies.original_id;

-- Whose voice a current article is: its own, or that of the article it goes back to, copy of a copy as it may be.
-- By first_at, seen_at and article_id the first of one voice is its original.
CREATE VIEW voices AS
WITH RECURSIVE lines (article_id, voice) AS (
    SELECT article_id, original_id FROM copies
    UNION
    SELECT lines.article_id, copies.original_id FROM lines JOIN copies ON copies.article_id = lines.voice
),
ends AS (SELECT article_id, voice FROM lines WHERE voice NOT IN (SELECT article_id FROM copies))
SELECT
    articles.id AS article_id, coalesce(ends.voice, articles.id) AS voice,
    coalesce(signatures.first_at, '') AS first_at, coalesce(signatures.seen_at, '') AS seen_at
FROM articles
LEFT JOIN ends ON ends.article_id = articles.id
LEFT JOIN signatures ON signatures.article_id = articles.id
WHERE articles.superseded_by IS NULL;

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

-- The same for a publisher, over all its current articles. Articles whose publisher is not known are no one's. What one
-- article says counts once, for the publisher that had it first: its copies are left out, at whatever publisher.
CREATE VIEW publisher_trust AS
WITH RECURSIVE
told AS (
    SELECT article_trust.*,
        row_number() OVER (PARTITION BY voice ORDER BY first_at, seen_at, article_id) AS place
    FROM article_trust JOIN voices ON voices.article_id = article_trust.id WHERE publisher IS NOT NULL
),
counted AS (
    SELECT publisher, count(*) AS articles, sum(claims) AS claims, sum(attributed) AS attributed,
        sum(checkable) AS checkable, sum(checked) AS checked, sum(supported) AS supported, sum(imprecise) AS imprecise,
        sum(conflicting) AS conflicting, sum(contradicted) AS contradicted, sum(not_enough_data) AS not_enough_data,
        sum(not_checkable) AS not_checkable, sum(unchecked) AS unchecked
    FROM told WHERE place = 1 GROUP BY publisher
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

-- What each claim's figure may have been before it was rounded to what was printed (verdict rule 1), with the sign of its
-- direction where that is one; a range's upper end has limits of its own. Empty where a claim has no figure.
CREATE VIEW printed_figures AS
WITH
printed AS (
    SELECT *, CAST(value AS REAL) / CAST(scale AS REAL) AS figure,
        CASE WHEN decimals IS NOT NULL THEN decimals
             WHEN CAST(scale AS REAL) = 1 AND instr(value, '.') > 0 THEN length(value) - instr(value, '.')
             ELSE 0 END AS places,
        kind = 'move' OR (kind = 'rate' AND metric = 'change') AS signed
    FROM claims
),
measured AS (
    SELECT *, CAST(CAST(figure AS INTEGER) AS TEXT) AS digits,
        CASE WHEN signed AND direction = 'down' THEN -1 ELSE 1 END AS sign
    FROM printed
),
halved AS (
    SELECT *, CAST(scale AS REAL) * CASE
        WHEN places > 0 THEN CAST('1e-' || places AS REAL)
        WHEN unit IS 'multiple' AND figure < 4 THEN 0.1
        WHEN figure < 1000 OR unit IN ('percent', 'percentage_points', 'basis_points') THEN 1
        ELSE CAST('1e' || min(length(digits) - length(rtrim(digits, '0')), length(digits) - 2) AS REAL)
        END / 2 AS half
    FROM measured
)
SELECT id, article_id, signed,
    sign * CAST(value AS REAL) - half AS low, sign * CAST(value AS REAL) + half AS high,
    sign * CAST(value_high AS REAL) - half AS end_low, sign * CAST(value_high AS REAL) + half AS end_high
FROM halved;

-- Exact figures of what was fixed for good when the article appeared, each with the interval it was rounded from
-- and the key that figures of the same thing share: `extractor/verify/conflicts.py` says what and why.
-- 0.8 is how sure a reading must be.
CREATE VIEW exact_figures AS
WITH
own AS (
    SELECT claims.*, articles.name AS article, articles.published_on AS published,
        printed_figures.signed, printed_figures.low, printed_figures.high, printed_figures.end_low,
        printed_figures.end_high, metric IN ('high', 'low', 'record_high', 'high_52w', 'low_52w') AS extreme
    FROM claims JOIN articles ON articles.id = claims.article_id JOIN printed_figures ON printed_figures.id = claims.id
    WHERE articles.superseded_by IS NULL AND value IS NOT NULL AND date_end IS NOT NULL AND modality = 'asserted'
        AND speaker IS NULL AND comparator = '=' AND hedge IS NULL AND zone IN ('title', 'body') AND confidence >= 0.8
)
SELECT id, article_id, article, published, kind, subject_id, subject_name, metric, unit, date_start, date_end, quote,
    sentence, low, high, end_low, end_high,
    subject_id || '|' || kind || '|' || metric || '|' || coalesce(unit, '') || '|' || date_start || '|' || date_end
        || '|' || CASE WHEN kind = 'indicator' THEN coalesce(published, '') ELSE '' END || '|' || (value_high IS NULL) AS figure
FROM own
WHERE (direction IS NOT NULL OR NOT signed) AND (basis IS NULL OR basis = 'close' OR extreme)
    AND (kind = 'level' AND metric IN ('close', 'open', 'average', 'auction')
        OR kind = 'record' AND metric = 'record_close'
        OR kind = 'rate' AND metric IN ('target_range', 'change')
        OR kind = 'indicator' AND metric IN ('print', 'change', 'mom', 'yoy')
        OR kind = 'move' AND metric IN ('change', 'distance_from_record')
            AND (basis IS 'close' OR date_end < published)
        OR kind IN ('level', 'record') AND extreme AND date_end < published);

-- Figures that two or more articles claim differently: a row for each claim that disagrees with another one. What binary
-- fractions lose at the limits is forgiven. First the articles go that disagree with themselves.
-- copy_of: the article that this one is a copy of and repeats; such a row is no voice of its own.
CREATE VIEW figure_conflicts AS
WITH
own AS (
    SELECT *, 1e-9 * max(1, abs(low)) AS slack,
        max(low) OVER article AS own_low, min(high) OVER article AS own_high,
        max(end_low) OVER article AS own_end_low, min(end_high) OVER article AS own_end_high
    FROM exact_figures WINDOW article AS (PARTITION BY figure, article_id)
),
clear AS (
    SELECT *, max(low) OVER all_articles AS highest_low, min(high) OVER all_articles AS lowest_high,
        max(end_low) OVER all_articles AS highest_end_low, min(end_high) OVER all_articles AS lowest_end_high
    FROM own WHERE own_low - own_high <= slack AND coalesce(own_end_low - own_end_high <= slack, 1)
    WINDOW all_articles AS (PARTITION BY figure)
)
SELECT clear.figure, clear.subject_name, clear.subject_id, clear.metric, clear.date_start, clear.date_end, clear.unit,
    clear.quote, clear.article, clear.published, verdicts.rating, clear.sentence, clear.id, clear.article_id, clear.low,
    nullif(first_value(clear.article_id) OVER telling, clear.article_id) AS copy_of
FROM clear
JOIN voices ON voices.article_id = clear.article_id
LEFT JOIN verdicts
    ON verdicts.claim_id = clear.id AND verdicts.current = 1 AND verdicts.vantage = 'publication'
WHERE low - lowest_high > slack OR highest_low - high > slack OR end_low - lowest_end_high > slack
    OR highest_end_low - end_high > slack
WINDOW telling AS (
    PARTITION BY clear.figure, voices.voice, low, high, end_low, end_high
    ORDER BY voices.first_at, voices.seen_at, voices.article_id
);

-- How new each claim was when it could first be known: 1 where no article said it before, 1 / (1 + n) where n did. Said
-- before is the same statement (extractor/store/statements.py), with a figure that may have been the same before it was
-- rounded, in an article that was stored earlier and could be known at most 30 days earlier. Nothing that is stored later
-- changes it: docs/reading.md.
CREATE VIEW claim_novelty AS
WITH
counted AS (
    SELECT this.claim_id, this.article_id, this.number, (
        SELECT count(*) FROM (
            SELECT DISTINCT said.number FROM statements AS said
            WHERE said.statement = this.statement AND said.number < this.number
                AND said.known <= this.known AND said.known >= this.known - 30
                AND coalesce(said.low - this.high <= this.slack AND this.low - said.high <= this.slack, 1)
                AND coalesce(said.end_low - this.end_high <= this.slack AND this.end_low - said.end_high <= this.slack, 1)
            LIMIT 99
        )
    ) AS told_before
    FROM (SELECT *, 1e-9 * max(1, abs(coalesce(low, 0))) AS slack FROM statements) AS this
)
SELECT claims.id, articles.name AS article, signatures.available_at, claims.subject_id, claims.subject_name, claims.kind,
    claims.metric, claims.date_start, claims.date_end, claims.quote, told_before,
    round(1.0 / (1 + told_before), 4) AS novelty, claims.article_id
FROM counted
JOIN claims ON claims.id = counted.claim_id
JOIN articles ON articles.id = counted.article_id
JOIN signatures ON signatures.article_id = counted.article_id
WHERE articles.superseded_by IS NULL;

-- Sentiment of each current article toward each instrument: the mean of positive - negative over the sentences that
-- name it, title and body alike, with how much the article is about it beside it (extractor/claims/relevance.py).
CREATE VIEW article_sentiment AS
SELECT
    articles.name AS article, articles.published_on AS published, articles.publisher, sentiment.subject_id,
    instruments.name AS subject_name, round(avg(sentiment.positive - sentiment.negative), 4) AS sentiment,
    count(*) AS sentences,
    sum(sentiment.positive > sentiment.neutral AND sentiment.positive > sentiment.negative) AS positive,
    sum(sentiment.negative > sentiment.neutral AND sentiment.negative >= sentiment.positive) AS negative,
    relevance.relevance, relevance.mentions, relevance.in_title, models.name || ' ' || models.version AS model,
    articles.id AS article_id
FROM sentiment
JOIN articles ON articles.id = sentiment.article_id
JOIN instruments ON instruments.id = sentiment.subject_id
JOIN models ON models.id = sentiment.model_id
LEFT JOIN relevance ON relevance.article_id = sentiment.article_id AND relevance.subject_id = sentiment.subject_id
WHERE articles.superseded_by IS NULL
GROUP BY sentiment.article_id, sentiment.subject_id;

-- What the last run could not read.
CREATE VIEW last_failures AS
SELECT failures.source, failures.stage, failures.reason, failures.at
FROM failures
WHERE failures.run_id = (SELECT max(id) FROM runs WHERE command = 'run')

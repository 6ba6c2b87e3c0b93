"""One claim in full: its words, how they were read, the rows, the arithmetic and the tolerance, to redo by hand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from textwrap import wrap

from extractor.domain.article import Article
from extractor.domain.claim import Claim, Modality
from extractor.domain.verdict import Evidence, Verdict

_LABEL = 13  # columns for the label, its margin and gap included
_WIDTH = 100
_AROUND = 120  # characters of the article on each side, where the stored sentence does not hold the quote


def explain(article: Article, claim: Claim, verdict: Verdict | None, verdict_now: Verdict | None = None) -> str:
    """Plain text, one fact a line, ending in a newline."""
    lines = [f"claim {claim.id}", *_claim(article, claim), ""]
    if verdict is None:
        lines += ["not checked yet: `tapecheck verify --db` makes the verdicts"]
    else:
        lines += _verdict(verdict)
    if verdict_now is not None:
        lines += ["", "known now", *_verdict(verdict_now)]
    return "\n".join(lines) + "\n"


def _claim(article: Article, claim: Claim) -> Iterator[str]:
    published = f"published {claim.published}" if claim.published else "no publication date"
    yield from _entry("article", f"{claim.article}, {published} ({article.timezone})")
    yield from _entry("words", in_context(article, claim))
    yield from _entry("where", f"characters {claim.start} to {claim.end} of the text, {claim.zone}")
    yield from _entry("kind", f"{claim.kind} {claim.metric or ''}".rstrip())
    yield from _entry("subject", f"{claim.subject.id} ({claim.subject.name})")
    if claim.value is not None:
        yield from _entry("figure", _figure(claim))
    elif claim.direction is not None:
        yield from _entry("direction", f"{claim.direction}, without a figure")
    if claim.basis:
        yield from _entry("basis", claim.basis)
    if claim.date:
        period = str(claim.date.start) if claim.date.is_day else f"{claim.date.start} to {claim.date.end}"
        words = f', from "{claim.date.text}"' if claim.date.text else ""
        yield from _entry("day" if claim.date.is_day else "window", f"{period} ({claim.date.source}{words})")
    if claim.modality is not Modality.ASSERTED:
        yield from _entry("modality", claim.modality)
    if claim.speaker:
        yield from _entry("speaker", claim.speaker)
    yield from _entry("read by", f"rule {claim.rule}, confidence {claim.confidence:.2f}")


def _verdict(verdict: Verdict) -> Iterator[str]:
    yield from _entry("verdict", f"{verdict.rating} ({verdict.reason})")
    yield from _entry("because", verdict.explanation)
    yield from _entry("rule", verdict.rule)
    for row in verdict.evidence:
        yield from _entry("row", _row(row))
    if verdict.formula:
        yield from _entry("formula", verdict.formula)
    for label, number in (("actual", verdict.actual), ("stated", verdict.stated), ("difference", verdict.difference)):
        if number is not None:
            yield from _entry(label, format(number, "f"))
    if verdict.tolerance is not None:
        yield from _entry("tolerance", _tolerance(verdict))
    if verdict.correction:
        yield from _entry("correction", verdict.correction)
    if verdict.as_of:
        yield from _entry("known on", str(verdict.as_of))


def in_context(article: Article, claim: Claim) -> str:
    """The sentence with the quote between brackets; a stretch of the article where the sentence lacks it."""
    text = article.text
    place = text.find(claim.sentence) if claim.sentence else -1
    while place != -1 and not place <= claim.start < claim.end <= place + len(claim.sentence):
        place = text.find(claim.sentence, place + 1)
    if place != -1:
        begin, end = place, place + len(claim.sentence)
    else:
        begin, end = max(0, claim.start - _AROUND), min(len(text), claim.end + _AROUND)
    marked = f"{text[begin : claim.start]}[[{text[claim.start : claim.end]}]]{text[claim.end : end]}"
    return " ".join(marked.split())


def _figure(claim: Claim) -> str:
    assert claim.value is not None
    high = "" if claim.value_high is None else f" to {claim.value_high:f}"
    sign = f", {claim.direction}" if claim.direction else ""
    hedge = f' ("{claim.hedge}")' if claim.hedge else ""
    unit = f" {claim.unit}" if claim.unit else ""
    printed = "" if claim.decimals is None else f"; last printed digit {_last_digit(claim):f}"
    return f"{claim.comparator}{hedge} {claim.value:f}{high}{unit}{sign}{printed}"


def _last_digit(claim: Claim) -> Decimal:
    return claim.scale * Decimal(1).scaleb(-(claim.decimals or 0))


def _row(row: Evidence) -> str:
    kept = f", {row.snapshot}" if row.snapshot else ""
    when = f", retrieved {row.retrieved_at.isoformat()}" if row.retrieved_at else ""
    return (
        f"{row.series} {row.session} {row.field} = {row.value}  [{row.source}; adjustment {row.adjustment}{when}{kept}]"
    )


def _tolerance(verdict: Verdict) -> str:
    tolerance = f"{verdict.tolerance:f}"
    if verdict.difference is None or verdict.tolerance is None:
        return tolerance
    holds = abs(verdict.difference) <= verdict.tolerance
    return f"{tolerance}; |{verdict.difference:f}| is {'within' if holds else 'beyond'} it"


def _entry(label: str, text: str) -> Iterator[str]:
    """A label and its text, folded under itself; nothing in it can drive a terminal."""
    safe = "".join(" " if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char for char in text)
    folded = wrap(safe, _WIDTH - _LABEL, break_long_words=False, break_on_hyphens=False) or [""]
    yield f"  {label:<{_LABEL - 2}}{folded[0]}"
    yield from (" " * _LABEL + line for line in folded[1:])

"""Economic prints, compared with what was known at publication (rule 11)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from extractor.domain.claim import Claim, DateSource, Direction
from extractor.domain.market import Bar, Missing, Print
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating
from extractor.rules.statistics import series_of
from extractor.rules.tolerances import tolerances
from extractor.verify import evidence
from extractor.verify.comparing import Figure, Measure, compare
from extractor.verify.intervals import HUNDRED, Interval
from extractor.verify.ruling import Ruling, best, cautious, missing, not_enough_data
from extractor.verify.sessions import months_before
from extractor.verify.wording import day, number

# The units a figure may be printed in where the print is counted in one of them.
_COUNTS = frozenset({"jobs", "count", "claims", "persons"})
SUPERSEDED = "indicator.superseded"  # the rule of a figure that the article says is revised
REVISED = "indicator.revised"  # the rule of a figure that the article says an earlier one was revised to
_BETWEEN_RELEASES = timedelta(days=7)
# Months back from a release day that a monthly statistic may be about.
_LOOKBACK_MONTHS = 3
_WEEK, _LOOKBACK_WEEKS = timedelta(days=7), 4
# Figures made of several prints; never compared with one of them.
_DERIVED = {"revision": "revision of earlier prints", "average": "average over several prints",
            "vs_5y_average": "distance from the five-year average"}  # fmt: skip
_LOST = re.compile(
    r"\b(?:lost|shed|cut|eliminated|slashed|(?:loss|drop|decline|decrease)\sof|(?:fell|dropped|declined|decreased|contracted|shrank)"
    r"(?:\sby)?)\s(?:(?:about|some|roughly|nearly|around|an?|net|a net)\s){0,2}\Z",
    re.IGNORECASE,
)
_CHANGES = {"mom": 1, "yoy": 12}


def check(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    """The ruling on one print. `siblings` is not needed: every print stands for itself."""
    if claim.value is None:
        return not_enough_data("no_figure", "The statement names no figure.")
    if claim.metric in _DERIVED:
        return not_enough_data("no_series", f"The {_DERIVED[claim.metric]} has no series of its own here.")
    on = _known_on(claim, market)
    if claim.rule == SUPERSEDED:
        return _superseded(claim, market, on)
    rulings = [
        ruling
        for reference in _references(claim)
        if (ruling := _of_reference(claim, market, reference, on)) is not None
    ]
    if rulings:
        # Several months may be meant where the words name none: only one that agrees tells which.
        chosen = best(rulings)
        if chosen.rating is Rating.CONTRADICTED and claim.rule == REVISED and _is_older(claim, market, on):
            return not_enough_data("no_vintage", f"{claim.subject.name} as revised then is not at hand.")
        if chosen.rating is Rating.CONTRADICTED and _was_once_published(claim, market, on):
            return replace(chosen, rating=Rating.IMPRECISE, reason="superseded", holds=None)
        if chosen.rating is Rating.CONTRADICTED and not _names_reference(claim):
            return not_enough_data("no_date", "The statement does not say which period the figure is for.")
        return chosen
    return _from_latest(claim, market)


def _is_older(claim: Claim, market: Market, on: date | None) -> bool:
    """Whether the newest release at hand came out well before the article, which tells of a newer one."""
    known = [market.print_known(claim.subject.id, reference, on=on) for reference in _references(claim)]
    days = [each.released_on for each in known if not isinstance(each, Missing)]
    return on is not None and bool(days) and max(days) < on - _BETWEEN_RELEASES


def _was_once_published(claim: Claim, market: Market, on: date | None) -> bool:
    """Whether an earlier release of the same period said so: revised since, and no untruth."""
    for reference in _references(claim):
        newest = market.print_known(claim.subject.id, reference, on=on)
        while not isinstance(newest, Missing):
            before = newest.released_on - timedelta(days=1)
            ruling = _of_reference(claim, market, reference, before)
            if ruling is not None and ruling.rating is Rating.SUPPORTED:
                return True
            newest = market.print_known(claim.subject.id, reference, on=before)
    return False


def _superseded(claim: Claim, market: Market, on: date | None) -> Ruling:
    """What a figure was before it was revised: only the releases before this one can tell, and only confirm it."""
    before = on - _BETWEEN_RELEASES if on is not None else None
    rulings = [r for reference in _references(claim) if (r := _of_reference(claim, market, reference, before))]
    if rulings and best(rulings).rating is Rating.SUPPORTED:
        return best(rulings)
    return not_enough_data("no_vintage", f"{claim.subject.name} as published before is not at hand.")


def _known_on(claim: Claim, market: Market) -> date | None:
    days = [one for one in (claim.published, market.as_of) if one is not None]
    return min(days) if days else None


def _names_reference(claim: Claim) -> bool:
    """A period that is only taken over from another sentence is no word of the article's."""
    return claim.date is not None and not claim.date.is_day and claim.date.source is not DateSource.IMPLIED


def _references(claim: Claim) -> list[date]:
    """A day of each month (the first) or week the print may be for."""
    weekly = series_of(claim.subject.id).every == "week"
    if claim.date is not None and not claim.date.is_day:
        if weekly and claim.date.source is not DateSource.EXPLICIT:  # "last week" of a report that is a week behind
            return [claim.date.start, claim.date.start - _WEEK]
        return [claim.date.start]
    anchor = claim.date.end if claim.date is not None else claim.published
    if anchor is None:
        return []
    if weekly:
        return [anchor - back * _WEEK for back in range(_LOOKBACK_WEEKS)]
    month = anchor.replace(day=1)
    return [months_before(month, back) for back in range(_LOOKBACK_MONTHS)]


def _of_reference(claim: Claim, market: Market, reference: date, on: date | None) -> Ruling | None:
    """Against the release that was the newest when the article appeared; None where there is no such release."""
    if claim.metric in _CHANGES:
        return None
    release = market.print_known(claim.subject.id, reference, on=on)
    if isinstance(release, Missing):
        return missing(claim, release) if release.reason == "source_conflict" else None
    if not _same_unit(claim, release):
        return not_enough_data("other_unit", f"The print is in {release.unit}, the figure in {claim.unit}.")
    if claim.metric == "change" and not series_of(claim.subject.id).flow:
        return _changed(claim, market, release, on)
    return _compared(claim, market, release)


def _changed(claim: Claim, market: Market, release: Print, on: date | None) -> Ruling | None:
    """ "Claims fell by 27,000": the release against the one of the period before, both as known that day.

    None where that is not at hand. It may confirm alone: a change may be meant from a year ago, too.
    """
    weekly = series_of(claim.subject.id).every == "week"
    earlier = release.reference - _WEEK if weekly else months_before(release.reference, 1)
    before = market.print_known(claim.subject.id, earlier, on=on)
    if isinstance(before, Missing) or before.unit != release.unit:
        return None
    change = release.value - before.value
    ruling = _compared(claim, market, replace(release, value=change))
    told = f"{claim.subject.name} went from {number(before.value)} for {_period(before)} to {number(release.value)}"
    said = f"{told} {release.unit} for {_period(release)}, as known on {day(release.released_on)}."
    rows = (evidence.of_print(before), evidence.of_print(release))
    text = f"print({claim.subject.id}, {_period(release)}) - print({claim.subject.id}, {_period(before)})"
    changed = replace(ruling, actual=change, explanation=said, correction=said, formula=text, evidence=rows)
    return cautious(changed, "other_base", f"{said} The change may be told from another period.")


def _same_unit(claim: Claim, release: Print) -> bool:
    return claim.unit is None or claim.unit == release.unit or {claim.unit, release.unit} <= _COUNTS


def _is_told_lost(claim: Claim) -> bool:
    """ "The economy lost 64,000 jobs": the word right before the figure leaves no doubt, whatever else is near."""
    if claim.direction is not Direction.DOWN or not series_of(claim.subject.id).flow:
        return False
    at = claim.sentence.find(claim.quote)
    return at > 0 and _LOST.search(claim.sentence[:at]) is not None


def _compared(claim: Claim, market: Market, release: Print) -> Ruling:
    figure = Figure.of(claim)
    signed = claim.direction is not None and (release.value < 0 or claim.metric == "change" or _is_told_lost(claim))
    along = -release.value if claim.direction is Direction.DOWN and signed else release.value
    point = along if claim.direction is not None else abs(along)
    # The print is the figure as published, not a rounded reading of it: it has no half unit of its own.
    outcome = compare(figure, Interval.around(point), point, Measure.MOVE_PERCENT)
    stated = -figure.value if claim.direction is Direction.DOWN and signed else figure.value
    said = f"{claim.subject.name} for {_period(release)} was {number(release.value)} {release.unit}"
    said += f" as published on {day(release.released_on)}"
    latest = market.print_known(claim.subject.id, release.reference, on=None)
    rows = [evidence.of_print(release)]
    if not isinstance(latest, Missing) and latest.value != release.value:
        said += f" (revised to {number(latest.value)} on {day(latest.released_on)})"
        rows.append(evidence.of_print(latest))
    return Ruling(
        rating=outcome.rating,
        reason=outcome.reason,
        explanation=f"{said}.",
        holds=outcome.holds,
        stated=stated,
        actual=release.value,
        difference=release.value - stated,
        tolerance=outcome.tolerance,
        formula=f"print({claim.subject.id}, {_period(release)}, known on {day(release.released_on)})",
        evidence=tuple(rows),
        correction=f"{said}.",
        rule=f"indicator.{claim.metric or 'print'}.v1",
    )


def _period(release: Print) -> str:
    """ "2025-11", or the day that a weekly figure is filed under."""
    return day(release.reference) if series_of(release.indicator).every == "week" else f"{release.reference:%Y-%m}"


@dataclass(frozen=True, slots=True)
class _Latest:
    value: Decimal
    rows: tuple[Bar, ...]
    text: str


def _from_latest(claim: Claim, market: Market) -> Ruling:
    """Only today's revision at hand: it may support what was printed, never contradict it."""
    gap = not_enough_data("no_vintage", f"{claim.subject.name} as first published is not at hand.")
    for reference in _references(claim):
        found = _latest(claim, market, reference)
        if found is None:
            continue
        figure = Figure.of(claim)
        down = claim.direction is Direction.DOWN and (found.value < 0 or claim.metric in (*_CHANGES, "change"))
        along = -found.value if down else found.value
        outcome = compare(figure, Interval.around(along), along, Measure.MOVE_PERCENT)
        slack = tolerances().indicator.adjusted_change_points if claim.metric in _CHANGES else Decimal(0)
        if outcome.rating is Rating.SUPPORTED:
            rating, reason = Rating.SUPPORTED, "latest_revision"
        elif slack and abs(along - figure.value) <= slack:
            rating, reason = Rating.IMPRECISE, "latest_revision"
        else:
            continue
        said = f"{claim.subject.name}: {number(found.value)} in today's revision; the first print is not at hand."
        return Ruling(
            rating=rating,
            reason=reason,
            explanation=said,
            holds=True,
            stated=figure.value,
            actual=found.value,
            difference=along - figure.value,
            tolerance=outcome.tolerance,
            formula=found.text,
            evidence=tuple(evidence.of_bar(bar) for bar in found.rows),
            rule=f"indicator.{claim.metric or 'print'}.latest.v1",
        )
    first = market.reach(claim.subject.id)
    return missing(claim, first) if isinstance(first, Missing) else gap


def _latest(claim: Claim, market: Market, reference: date) -> _Latest | None:
    bar = market.bar(claim.subject.id, reference)
    if isinstance(bar, Missing):
        return None
    months = _CHANGES.get(claim.metric or "")
    if months is None:
        if claim.metric == "change" or claim.unit not in ("percent", None):
            return None
        return _Latest(bar.close, (bar,), f"value({claim.subject.id}, {reference:%Y-%m})")
    before = market.bar(claim.subject.id, months_before(reference, months))
    if isinstance(before, Missing) or before.close <= 0:
        return None
    value = ((bar.close / before.close - 1) * HUNDRED).quantize(Decimal("0.001"))
    earlier = months_before(reference, months)
    text = f"(value({claim.subject.id}, {reference:%Y-%m}) / value({claim.subject.id}, {earlier:%Y-%m}) - 1) * 100"
    return _Latest(value, (before, bar), text)

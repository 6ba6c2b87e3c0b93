""" "Third consecutive cut", "the first since last December": superlatives of a policy rate (rule 12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from extractor.claims.rate.decisions import Change, changes_of, decision_for, decisions_known, direction_of
from extractor.domain.claim import Claim, Comparator, Direction
from extractor.domain.market import Missing
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating
from extractor.verify import evidence
from extractor.verify.ruling import Ruling, missing, not_checkable, not_enough_data
from extractor.verify.since import reach_of
from extractor.verify.wording import day


def check_rate_record(claim: Claim, market: Market) -> Ruling:
    """Streaks, n-ths and firsts, counted over decisions that changed the rate."""
    decisions = decisions_known(market, claim.subject.id)
    if isinstance(decisions, Missing):
        return missing(claim, decisions)
    changes = changes_of(decisions)
    found = decision_for(changes, claim)
    if found is None:
        if claim.date is None:
            return not_enough_data("no_date", "The statement names no decision that could be looked up.")
        if claim.direction is None:
            return _unmoved()
        if not changes or claim.date.end > changes[-1].decision.decided_on:
            return not_enough_data("not_known_yet", "No decision of that day is at hand.")
        return _no_change(claim, changes)
    if claim.direction is None and claim.metric == "streak":
        return _unmoved()
    direction = claim.direction or direction_of(found)
    if direction is not direction_of(found):
        said = f"The decision of {day(found.decision.decided_on)} went the other way ({found.told})."
        return _ruling(claim, Rating.CONTRADICTED, "wrong_direction", said, [found])
    match claim.metric:
        case "streak":
            return _streak(claim, decisions_between_known=_knows_holds(changes), changes=changes, found=found)
        case "ordinal" if claim.value is not None:
            return _run(claim, changes, found, int(claim.value))
        case "first" | "first_since" | "ordinal":
            return _first_since(claim, changes, found)
        case "highest_since" | "lowest_since":
            return _level_since(claim, changes, found)
        case _:
            return not_checkable("unknown_superlative", f"No rule judges {claim.metric} of a policy rate.")


def _unmoved() -> Ruling:
    """ "Unchanged for a fifth straight meeting": a series of changes does not show the meetings between them."""
    return not_enough_data("no_meetings", "Meetings that changed nothing are not at hand.")


def _knows_holds(changes: Sequence[Change]) -> bool:
    return not any(change.decision.derived for change in changes)


def _same_way_run(changes: Sequence[Change], found: Change, *, unbroken: bool) -> list[Change]:
    """The changes in a row up to `found` that go its way; a meeting that changed nothing breaks it if `unbroken`."""
    run = [found]
    index = changes.index(found)
    while index > 0:
        later, earlier = changes[index], changes[index - 1]
        if direction_of(earlier) is not direction_of(found) or (unbroken and later.holds_before):
            break
        run.append(earlier)
        index -= 1
    return run[::-1]


def _streak(claim: Claim, *, decisions_between_known: bool, changes: Sequence[Change], found: Change) -> Ruling:
    if claim.value is None:
        return not_enough_data("no_figure", "The statement does not say how long the streak is.")
    stated = int(claim.value)
    run = _same_way_run(changes, found, unbroken=True)
    listed = ", ".join(day(change.decision.decided_on) for change in run)
    said = f"Changes in the same direction in a row up to {day(found.decision.decided_on)}: {len(run)} ({listed})."
    if not decisions_between_known:
        said += " Meetings that changed nothing leave no trace in the daily series and are not counted."
    if len(run) == stated:
        return _ruling(claim, Rating.SUPPORTED, "counted", said, run)
    if len(run) > stated:
        if not decisions_between_known:
            return not_enough_data("no_meetings", f"{said} Whether a hold lies between cannot be told.")
        return _ruling(claim, Rating.IMPRECISE, "longer_streak", said, run)
    return _ruling(claim, Rating.CONTRADICTED, "shorter_streak", said, run)


def _run(claim: Claim, changes: Sequence[Change], found: Change, stated: int) -> Ruling:
    """ "Only the second since the crisis": counted from the last turn, or from the start of the year that is named."""
    run = _same_way_run(changes, found, unbroken=False)
    of_year = [one for one in run if one.decision.decided_on.year == found.decision.decided_on.year]
    counted = of_year if len(of_year) == stated and "year" in claim.sentence.casefold() else run
    listed = ", ".join(day(change.decision.decided_on) for change in counted)
    said = f"Changes in the same direction up to {day(found.decision.decided_on)}: {len(counted)} ({listed})."
    if len(counted) == stated:
        return _ruling(claim, Rating.SUPPORTED, "counted", said, counted)
    return not_enough_data("since_when", f"{said} From when on they are counted is not said.")


def _first_since(claim: Claim, changes: Sequence[Change], found: Change) -> Ruling:
    """No change in the same direction between the time that is named and this one."""
    same = [one for one in changes[: changes.index(found)] if direction_of(one) is direction_of(found)]
    reach = reach_of(claim, found.decision.decided_on)
    if reach is None:
        if "year" in claim.quote.casefold() or "year" in claim.sentence.casefold():
            start = date(found.decision.decided_on.year, 1, 1)
            same = [one for one in same if one.decision.decided_on >= start]
            said = f"Changes in the same direction earlier in the year: {len(same)}."
            rating = Rating.CONTRADICTED if same else Rating.SUPPORTED
            return _ruling(claim, rating, "first_of_the_year", said, [*same[-3:], found])
        return not_enough_data("no_date", "The statement does not say since when.")
    if not same:
        return not_enough_data("before_series", "The decisions at hand do not reach back to an earlier one.")
    last = same[-1]
    said = f"The last change in the same direction before it was that of {day(last.decision.decided_on)} ({last.told})."
    if last.decision.decided_on > reach.slack_until:
        return _ruling(claim, Rating.CONTRADICTED, "one_since", said, [last, found])
    if last.decision.decided_on > reach.latest:
        return _ruling(claim, Rating.IMPRECISE, "a_little_nearer", said, [last, found])
    return _ruling(claim, Rating.SUPPORTED, "none_since", said, [last, found])


def _level_since(claim: Claim, changes: Sequence[Change], found: Change) -> Ruling:
    reach = reach_of(claim, found.decision.decided_on)
    if reach is None:
        return not_enough_data("no_date", "The statement does not say since when.")
    up = claim.metric == "highest_since"
    earlier = [
        one
        for one in changes[: changes.index(found)]
        if (one.before_high >= found.decision.high if up else one.before_high <= found.decision.high)
    ]
    if not earlier:
        return not_enough_data("before_series", "The decisions at hand do not reach back to an equal level.")
    last = earlier[-1]
    said = f"The rate was last there until {day(last.decision.effective_on)}."
    rating = Rating.SUPPORTED if last.decision.effective_on <= reach.slack_until else Rating.CONTRADICTED
    if claim.comparator is Comparator.ABOUT and rating is Rating.CONTRADICTED:
        rating = Rating.IMPRECISE
    return _ruling(claim, rating, "level_since", said, [last, found])


def _no_change(claim: Claim, changes: Sequence[Change]) -> Ruling:
    assert claim.date is not None
    near = min(changes, key=lambda one: abs((one.decision.decided_on - claim.date.end).days))  # type: ignore[union-attr]
    said = f"The rate was not changed then; the nearest change was on {day(near.decision.decided_on)} ({near.told})."
    return _ruling(claim, Rating.CONTRADICTED, "no_change", said, [near])


def _ruling(claim: Claim, rating: Rating, reason: str, said: str, changes: Sequence[Change]) -> Ruling:
    wording = "cut" if claim.direction is Direction.DOWN else "raised" if claim.direction is Direction.UP else "changed"
    return Ruling(
        rating=rating,
        reason=reason,
        explanation=said,
        holds=rating is Rating.SUPPORTED,
        stated=claim.value,
        evidence=tuple(evidence.of_decision(change.decision) for change in changes),
        formula=f"decisions({claim.subject.id}, {wording})",
        correction=said,
        rule=f"record.{claim.metric}.rate.v1",
    )

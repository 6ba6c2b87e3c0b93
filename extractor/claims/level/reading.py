"""One level against one session: the close, the day's range, or one of its ends, as the words ask (rule 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from extractor.domain.claim import Basis, Claim, Comparator
from extractor.domain.market import Missing
from extractor.domain.ports import Market
from extractor.domain.verdict import Evidence, Rating
from extractor.rules.tolerances import tolerances
from extractor.verify import evidence, formula
from extractor.verify.basis import DayRange, Price, day_range, is_other_hour, is_par_yield, price, says_regular_session
from extractor.verify.comparing import Figure, Measure, Outcome, about_tolerance, compare
from extractor.verify.intervals import HUNDRED, Interval
from extractor.verify.ruling import Ruling, cautious, missing, not_enough_data
from extractor.verify.wording import amount, day

_SAYS = {"close": "closed at", "open": "opened at", "high": "had its high at", "low": "had its low at"}
_OF_YEARS = re.compile(
    r"\b(?:[\w-]+-(?:year|month|week|decade)|multi-?\w+)\s(?:high|low|peak|trough)\s(?:of|at)\s\Z", re.IGNORECASE
)
_HIT = re.compile(r"\b(?:hit|hits|hitting|touch\w*|intraday|session high|as high as|peaked)\b", re.IGNORECASE)
_AGREES = (Rating.SUPPORTED, Rating.IMPRECISE)


class Reading(StrEnum):
    """What the words take the figure from."""

    CLOSE = "close"
    OPEN = "open"
    HIGH = "high"
    LOW = "low"
    UNSAID = "level"
    INTRADAY = "intraday"

    @classmethod
    def of(cls, claim: Claim) -> Reading:
        metric = claim.metric or "level"
        if metric in ("open", "high", "low", "close"):
            return cls(metric)
        if claim.basis is Basis.CLOSE:
            return cls.CLOSE
        return cls.UNSAID if claim.basis is None else cls.INTRADAY


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    claim: Claim
    figure: Figure
    market: Market
    session: date
    rule: str

    def price(self, name: str) -> Price | Missing:
        return price(self.market, self.claim.subject.id, self.session, name)

    def range(self) -> DayRange | Missing:
        return day_range(self.market, self.claim.subject.id, self.session)


def at_session(claim: Claim, reading: Reading, market: Market, session: date) -> Ruling:
    """The ruling on a level read so on one session."""
    case = _Case(claim=claim, figure=Figure.of(claim), market=market, session=session, rule=f"level.{reading}.v1")
    if is_other_hour(claim):
        return _intraday(case)
    match reading:
        case Reading.INTRADAY:
            return _intraday(case)
        case Reading.UNSAID:
            return _unsaid(case)
        case _:
            return _named(case, str(reading))


def _named(case: _Case, name: str) -> Ruling:
    """The words name a close, an open, a high or a low."""
    found = case.price(name)
    if isinstance(found, Missing):
        return _without(case, name, found)
    ruling = _compared(case, found)
    if ruling.rating in _AGREES:
        return ruling
    if is_par_yield(found.bar):
        return _par(case, found, ruling)
    if name in ("high", "low") and not case.figure.printed_decimals:
        # "hit 6,900" is true of a day that went through it.
        inside = case.range()
        if not isinstance(inside, Missing) and inside.holds(case.figure.value):
            return _inside(case, inside, Rating.SUPPORTED, "reached")
    other = _equals_another(case, name)
    if other is not None and other.name == "close" and _is_bare_record(case.claim):
        return _compared(case, other)
    if other is not None:
        return _conflicting(case, ruling, found, other)
    return _if_certain(ruling, found)


def _is_bare_record(claim: Claim) -> bool:
    """ "rose 0.3% to a record 6,932.05", "to a five-year low of $274.35": no verb says which price; a close will do."""
    if claim.metric not in ("high", "low") or claim.basis not in (None, Basis.CLOSE) or _HIT.search(claim.sentence):
        return False
    at = claim.sentence.find(claim.quote)
    return claim.rule == "level.record" or _OF_YEARS.search(claim.sentence[:at]) is not None


def _without(case: _Case, name: str, gap: Missing) -> Ruling:
    """The named field is not at hand: a par yield may still come near, everything else is not known."""
    if name == "close" or gap.reason != "no_field":
        return missing(case.claim, gap)
    close = case.price("close")
    if isinstance(close, Missing):
        return missing(case.claim, close)
    if _is_bare_record(case.claim) and (ruling := _compared(case, close)).rating in _AGREES:
        return ruling
    if is_par_yield(close.bar):
        near = _par(case, close, _compared(case, close))
        if near.rating in _AGREES:
            return replace(near, rating=Rating.IMPRECISE, reason="par_yield")
    return not_enough_data("no_intraday", f"No day's {name} of {case.claim.subject.name} is at hand.")


def _unsaid(case: _Case) -> Ruling:
    """No verb says which price: the close first, then the day's range."""
    close = case.price("close")
    if isinstance(close, Missing):
        return missing(case.claim, close)
    ruling = _compared(case, close)
    if ruling.rating in _AGREES:
        return ruling
    if is_par_yield(close.bar):
        return _par(case, close, ruling)
    inside = case.range()
    if isinstance(inside, Missing):
        return _beyond_close_only(case, close, ruling)
    if _touches(case.figure, inside):
        about = case.figure.comparator is Comparator.ABOUT
        held = _inside(case, inside, Rating.SUPPORTED if about else Rating.CONFLICTING, "inside_range")
        if about:
            return held
        said = f"{_tells(case.claim, close)} {held.explanation}"
        rows = (evidence.of_bar(close.bar), *held.evidence)
        return replace(held, explanation=said, evidence=rows, correction=said, holds=None)
    return _if_certain(_with_range(ruling, inside, case), close, inside)


def _beyond_close_only(case: _Case, close: Price, ruling: Ruling) -> Ruling:
    """Not the close, and no range at hand: only a figure far from any price of the day is refuted."""
    allowed = close.value * tolerances().intraday.level_percent / HUNDRED
    if Interval.around(close.value, allowed).meets(case.figure.interval):
        return not_enough_data(
            "no_intraday", f"{_tells(case.claim, close)} The day's range, in which the figure may lie, is not at hand."
        )
    return _if_certain(ruling, close)


def _intraday(case: _Case) -> Ruling:
    """A figure of some hour of the day: inside the range it is supported (rule 9)."""
    inside = case.range()
    if not isinstance(inside, Missing):
        if _touches(case.figure, inside):
            return _inside(case, inside, Rating.SUPPORTED, "inside_range")
        outside = _with_range(_compared(case, inside.high), inside, case)
        if outside.rating is Rating.CONTRADICTED and says_regular_session(case.claim):
            return _if_certain(replace(outside, reason="outside_range"), inside.low, inside)
        return not_enough_data("no_intraday", f"Outside the regular session's range. {_tells_range(case, inside)}")
    close = case.price("close")
    if isinstance(close, Missing):
        return missing(case.claim, close)
    ruling = _compared(case, close)
    if is_par_yield(close.bar):
        ruling = _par(case, close, ruling)
    return cautious(ruling, "no_intraday", "Daily closes cannot judge a figure of another hour.")


def _compared(case: _Case, found: Price) -> Ruling:
    outcome = compare(case.figure, found.interval, found.value, Measure.LEVEL)
    return _ruling(case, outcome, found)


def _ruling(case: _Case, outcome: Outcome, found: Price) -> Ruling:
    said = _tells(case.claim, found)
    return Ruling(
        rating=outcome.rating,
        reason=outcome.reason,
        explanation=said,
        holds=outcome.holds,
        stated=case.figure.value,
        actual=found.value,
        difference=outcome.difference,
        tolerance=outcome.tolerance,
        formula=formula.field(found.name, case.claim.subject.id, case.session),
        evidence=(evidence.of_bar(found.bar, found.name),),
        correction=said if outcome.rating is Rating.CONTRADICTED else None,
        rule=case.rule,
    )


def _touches(figure: Figure, inside: DayRange) -> bool:
    """Whether some price of the day makes the statement true."""
    low, high = inside.low.interval.low, inside.high.interval.high
    match figure.comparator:
        case Comparator.ABOVE | Comparator.AT_LEAST:
            return high > figure.value and low <= figure.value * Decimal("1.1")
        case Comparator.BELOW | Comparator.AT_MOST:
            return low < figure.value and high >= figure.value * Decimal("0.9")
        case Comparator.ABOUT:
            allowed = about_tolerance(figure, Measure.LEVEL)
            return Interval(low, high).meets(Interval.around(figure.value, allowed))
        case _:
            # A figure with decimals is exact; a round one may be rounded from just outside the range.
            half = figure.unit / 2 if figure.unit < 1 else Decimal(0)
            return Interval(low, high).meets(Interval.around(figure.value, half))


def _inside(case: _Case, inside: DayRange, rating: Rating, reason: str) -> Ruling:
    said = _tells_range(case, inside)
    nearest = min((inside.low, inside.high), key=lambda end: abs(end.value - case.figure.value))
    return Ruling(
        rating=rating,
        reason=reason,
        explanation=said,
        holds=True,
        stated=case.figure.value,
        actual=nearest.value,
        difference=nearest.value - case.figure.value,
        tolerance=inside.high.value - inside.low.value,
        formula=f"{formula.field('low', case.claim.subject.id, case.session)} <= stated <= "
        f"{formula.field('high', case.claim.subject.id, case.session)}",
        evidence=_range_evidence(inside),
        correction=said,
        rule=case.rule,
    )


def _with_range(ruling: Ruling, inside: DayRange, case: _Case) -> Ruling:
    if ruling.rating is not Rating.CONTRADICTED:
        return ruling
    said = f"{ruling.explanation} {_tells_range(case, inside)}"
    rows = (*ruling.evidence, *(row for row in _range_evidence(inside) if row not in ruling.evidence))
    return replace(ruling, explanation=said, correction=said, evidence=rows)


def _equals_another(case: _Case, name: str) -> Price | None:
    """The open, high, low or close that the figure equals as printed, though the words ask for another."""
    if case.figure.comparator not in (Comparator.EQUAL, Comparator.ABOUT):
        return None
    for other in ("close", "open", "high", "low"):
        found = case.price(other) if other != name else Missing("no_field")
        if not isinstance(found, Missing) and case.figure.interval.meets(found.interval):
            return found
    return None


def _conflicting(case: _Case, ruling: Ruling, found: Price, other: Price) -> Ruling:
    said = f"{_tells(case.claim, found)} {amount(case.figure.value, case.claim.unit)} was the day's {other.name}."
    return replace(
        ruling,
        rating=Rating.CONFLICTING,
        reason=f"equals_{other.name}",
        explanation=said,
        correction=said,
        holds=None,
        evidence=(*ruling.evidence, evidence.of_bar(other.bar, other.name)),
    )


def _par(case: _Case, found: Price, ruling: Ruling) -> Ruling:
    """An official par yield within a few basis points of a market quote (rule 9)."""
    allowed = tolerances().par_yields.basis_points / HUNDRED
    if abs(found.value - case.figure.value) <= allowed:
        said = f"{ruling.explanation} An official par yield is not a market quote."
        return replace(
            ruling, rating=Rating.IMPRECISE, reason="par_yield", explanation=said, tolerance=allowed, holds=None
        )
    return _if_certain(ruling, found)


def _if_certain(ruling: Ruling, found: Price, inside: DayRange | None = None) -> Ruling:
    if found.certain and (inside is None or inside.certain):
        return ruling
    return cautious(ruling, "adjusted_only", "Only adjusted prices are at hand, and they cannot contradict a quote.")


def _tells(claim: Claim, found: Price) -> str:
    return f"{claim.subject.name} {_SAYS[found.name]} {amount(found.value, claim.unit)} on {day(found.bar.session)}."


def _tells_range(case: _Case, inside: DayRange) -> str:
    low, high = (amount(end.value, case.claim.unit) for end in (inside.low, inside.high))
    return f"On {day(case.session)} {case.claim.subject.name} traded from {low} to {high}."


def _range_evidence(inside: DayRange) -> tuple[Evidence, ...]:
    return (evidence.of_bar(inside.low.bar, "low"), evidence.of_bar(inside.high.bar, "high"))

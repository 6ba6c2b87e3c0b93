"""What every superlative is judged on: one session in one history, seen along the claimed direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extractor.domain.claim import Basis, Claim, Direction
from extractor.domain.market import Missing
from extractor.domain.ports import Calendar, Market
from extractor.domain.verdict import Evidence, Rating
from extractor.verify import evidence
from extractor.verify.records import History
from extractor.verify.ruling import Ruling, missing, not_enough_data
from extractor.verify.wording import amount, day

_DOWN_METRICS = frozenset({"low_52w", "lowest_since"})
_UP_METRICS = frozenset({"high_52w", "highest_since"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Superlative:
    """A claim, one session it may be about, and what else the article says."""

    claim: Claim
    siblings: Sequence[Claim]
    market: Market
    session: date

    @property
    def direction(self) -> Direction:
        if self.claim.metric in _DOWN_METRICS:
            return Direction.DOWN
        if self.claim.metric in _UP_METRICS:
            return Direction.UP
        return self.claim.direction or Direction.UP

    @property
    def calendar(self) -> Calendar:
        return self.market.calendars.for_instrument(self.claim.subject.id)

    @property
    def says_close(self) -> bool:
        return self.claim.basis is Basis.CLOSE or "clos" in self.claim.quote.casefold()

    @property
    def extreme_field(self) -> str:
        """The field an intraday record is one of."""
        return "high" if self.direction is Direction.UP else "low"

    def history(self, field: str = "close") -> History | Ruling:
        """The whole history of a field, or the ruling that there is none for this session."""
        closes = self.market.closes(self.claim.subject.id, field=field)
        if isinstance(closes, Missing):
            return missing(self.claim, closes)
        if closes.find(self.session) is None:
            return not_enough_data("session_missing", f"The series has no {field} on {day(self.session)}.")
        return History(closes, self.direction)

    def told(self, history: History, row: int) -> str:
        """ "2,590.61 on 2025-12-11"."""
        return f"{amount(history.closes.values[row], None)} on {day(history.session(row))}"

    def rows(self, history: History, *rows: int | None) -> tuple[Evidence, ...]:
        return tuple(evidence.of_closes(history.closes, row) for row in dict.fromkeys(rows) if row is not None)

    def ruling(
        self,
        rating: Rating,
        reason: str,
        explanation: str,
        *,
        rows: tuple[Evidence, ...],
        formula: str,
        correction: str | None = None,
    ) -> Ruling:
        holds = None if rating is Rating.CONFLICTING else rating is Rating.SUPPORTED
        return Ruling(
            rating=rating,
            reason=reason,
            explanation=explanation,
            holds=holds,
            evidence=rows,
            formula=formula,
            correction=correction or explanation,
            rule=f"record.{self.claim.metric or 'record'}.v1",
        )

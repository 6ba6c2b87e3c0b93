"""Why the sources at hand have nothing, where one of them can say more than that."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.domain.market import Missing
from extractor.domain.ports import PriceSource

# A source that failed might have had it: that is said before what another one simply does not have.
_FAILED = ("source_down", "source_refused", "unusable_answer")


def why_not(sources: Iterable[PriceSource], instrument: str) -> Missing | None:
    """The most telling reason; the order of the sources changes nothing."""
    told = [reason for source in sources if (reason := source.why_not(instrument)) is not None]
    return min(told, key=lambda one: (not failed(one), one.reason, one.detail), default=None)


def failed(missing: Missing | None) -> bool:
    """Whether a source went wrong, rather than has nothing."""
    return missing is not None and missing.reason in _FAILED

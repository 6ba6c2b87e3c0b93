"""A company with its ticker and exchange, against who was listed where on the article's date (rules 14 and 18)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from extractor.domain.claim import Claim, SubjectType
from extractor.domain.market import ListingRecord
from extractor.domain.ports import Market
from extractor.domain.verdict import Rating
from extractor.rules.instruments.load import venue_country
from extractor.verify import evidence
from extractor.verify.ruling import Ruling, not_enough_data
from extractor.verify.wording import day


def check(claim: Claim, siblings: Sequence[Claim], market: Market) -> Ruling:
    """The ruling on one listing. `siblings` is not needed: every listing stands for itself."""
    symbol, mic = _printed(claim)
    on = claim.published or market.as_of or (claim.date.end if claim.date else None)
    if symbol is None or mic is None:
        return not_enough_data("no_figure", "The statement does not name both an exchange and a symbol.")
    if on is None:
        return not_enough_data("no_date", "The article has no date, and listings move.")
    listings = market.listings()
    if listings is None:
        return not_enough_data("no_listings", "No listing file is at hand.")
    records = listings.find(symbol, on=on)
    same = [record for record in records if record.mic == mic]
    if same:
        return _ruling(claim, Rating.SUPPORTED, "listed", same[0], symbol, on)
    # A symbol belongs to one company in a country; the same letters abroad are another's.
    home = venue_country().get(mic)
    bounded = [record for record in records if _covers(record, on) and venue_country().get(record.mic) == home]
    if not bounded or claim.subject.type is SubjectType.ETF:
        return not_enough_data("not_covered", f"No listing file covers {symbol} on {mic} on {day(on)}.")
    return _ruling(claim, Rating.CONTRADICTED, "other_exchange", bounded[0], symbol, on)


def _printed(claim: Claim) -> tuple[str | None, str | None]:
    """Symbol and market as printed: the subject carries them, its id where the fields do not."""
    parts = claim.subject.id.split(":")
    from_id = (parts[2], parts[1]) if len(parts) == 3 else (None, None)
    return claim.subject.symbol or from_id[0], claim.subject.mic or from_id[1]


def _covers(record: ListingRecord, on: date) -> bool:
    """Whether a record says by itself that the symbol was there that day; one without days may be of another time."""
    if record.first_on is None:
        return False
    return record.first_on <= on and (record.last_on is None or on <= record.last_on)


def _ruling(claim: Claim, rating: Rating, reason: str, record: ListingRecord, symbol: str, on: date) -> Ruling:
    said = f"{symbol} was listed on {record.mic} on {day(on)} as {record.name} ({record.source})."
    return Ruling(
        rating=rating,
        reason=reason,
        explanation=said,
        holds=rating is Rating.SUPPORTED,
        formula=f"listing({symbol}, {day(on)})",
        evidence=(evidence.of_listing(record, series=claim.subject.id, on=on),),
        correction=said,
        rule="listing.exchange.v1",
    )

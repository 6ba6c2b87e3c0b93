"""Numbers in digits: "2,590.61", ".25", "1.234,56", "1-3/4", "7½"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

# Longer runs of digits are serial numbers or noise; the cap also keeps hostile text cheap.
LONGEST = 24

_PLAIN = re.compile(r"[0-9]++(?P<decimals>\.[0-9]++)?|(?P<leading>\.[0-9]++)")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})++(?P<decimals>\.[0-9]++)?")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2}(?=,))++,[0-9]{3}(?P<decimals>\.[0-9]++)?")
_EUROPEAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})++,(?P<decimals>[0-9]{1,2})")
# "3,5": only a unit beside it can tell this from a list.
_COMMA_DECIMAL = re.compile(r"[0-9]{1,3},(?P<decimals>[0-9]{1,2})")

VULGAR = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal("0.3333"),
    "⅔": Decimal("0.6667"),
    "⅛": Decimal("0.125"),
    "⅜": Decimal("0.375"),
    "⅝": Decimal("0.625"),
    "⅞": Decimal("0.875"),
}
_SLASH = re.compile(
    r"(?:(?P<whole>[0-9]{1,3}(?:,[0-9]{3})?+)[ -])?(?P<top>[0-9]{1,2})/(?P<bottom>[0-9]{1,2})(?![0-9/]|[.,][0-9])"
)
# "$7.18-3/4": grain prices end in fractions of a cent.
_TICKED = re.compile(r"(?P<price>[0-9]{1,4}\.[0-9]{2})[ -](?P<top>[1-7])/(?P<bottom>[248])(?![0-9/]|[.,][0-9])")
# "1.4102-04", "85.45/46": what a bank bids and, in its last two digits, what it asks.
_BID_ASK = re.compile(
    r"(?P<bid>[0-9]{1,3}\.(?:[0-9]{2})?(?P<last>[0-9]{2}))[-/](?P<ask>[0-9]{2})(?![0-9/%-]|[.,][0-9])"
)
_WIDEST_SPREAD = 20
# "4.0530/0580": all the decimals of the asking price.
_BID_ASK_WHOLE = re.compile(r"(?P<bid>[0-9]{1,3}\.(?P<last>[0-9]{4}))/(?P<ask>[0-9]{4})(?![0-9/%-]|[.,][0-9])")
_WIDEST_WHOLE = 200
# Denominators that prices and rates are quoted in. Only the last two are never the day of a date.
_DENOMINATORS = frozenset({2, 3, 4, 8, 16, 32, 64})
_NO_DATES = frozenset({32, 64})


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in digits. needs_unit: without a unit beside it, it is likelier something else.

    high: the asking price of "85.45-46".
    """

    end: int
    value: Decimal
    decimals: int
    fraction: bool = False
    needs_unit: bool = False
    grouped: bool = False
    high: Decimal | None = None


def places(value: Decimal) -> int:
    """How many decimals a value has."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def scaled(face: Decimal, scale: Decimal) -> Decimal:
    """A printed number times its scale word, without the zeros that scaling leaves behind ("4.5 trillion")."""
    value = face * scale
    whole = value.to_integral_value()
    return whole if scale != 1 and value == whole else value


def read(text: str, start: int, end: int) -> Numeral | None:
    """The number in `text[start:end]`, a run of digits, commas and full stops, or a fraction that begins there."""
    if end - start > LONGEST:
        return None
    if fraction := _slashed(text, start) or _ticked(text, start):
        return fraction
    if (part := VULGAR.get(text[start:end])) is not None:
        return Numeral(end, part, places(part), fraction=True, needs_unit=True)
    run = text[start:end].rstrip(".,")
    end = start + len(run)
    vulgar = VULGAR.get(text[end : end + 1])
    if vulgar is not None and run.isdigit() and run.isascii():
        value = Decimal(run) + vulgar
        return Numeral(end + 1, value, places(value), fraction=True)
    return _literal(run, end)


def _literal(run: str, end: int) -> Numeral | None:
    if match := _PLAIN.fullmatch(run):
        decimals = match["decimals"] or match["leading"] or "."
        return Numeral(end, Decimal(run), len(decimals) - 1)
    if match := _GROUPED.fullmatch(run) or _INDIAN.fullmatch(run):
        return Numeral(end, Decimal(run.replace(",", "")), len(match["decimals"] or ".") - 1, grouped=True)
    if match := _EUROPEAN.fullmatch(run):
        value = Decimal(run.replace(".", "").replace(",", "."))
        return Numeral(end, value, len(match["decimals"]), grouped=True)
    if match := _COMMA_DECIMAL.fullmatch(run):
        return Numeral(end, Decimal(run.replace(",", ".")), len(match["decimals"]), needs_unit=True)
    return None


def _slashed(text: str, start: int) -> Numeral | None:
    match = _SLASH.match(text, start)
    if not match:
        return None
    top, bottom = int(match["top"]), int(match["bottom"])
    if bottom not in _DENOMINATORS or not 0 < top < bottom:
        return None
    part = (Decimal(top) / bottom).quantize(Decimal("0.0001")) if bottom == 3 else Decimal(top) / bottom
    value = Decimal((match["whole"] or "0").replace(",", "")) + part
    return Numeral(
        match.end(),
        value,
        places(value),
        fraction=True,
        needs_unit=match["whole"] is None and bottom not in _NO_DATES,
    )


def _ticked(text: str, start: int) -> Numeral | None:
    match = _TICKED.match(text, start)
    if not match or int(match["top"]) >= int(match["bottom"]):
        return None
    value = Decimal(match["price"]) + Decimal(match["top"]) / int(match["bottom"]) / 100
    return Numeral(match.end(), value, places(value))


def bid_ask(text: str, start: int) -> Numeral | None:
    """Two prices in one: the second is printed by its last digits alone and stands a few ticks above the first."""
    match = _BID_ASK.match(text, start)
    widest = _WIDEST_SPREAD
    if not match:
        match, widest = _BID_ASK_WHOLE.match(text, start), _WIDEST_WHOLE
    if not match or not 0 < int(match["ask"]) - int(match["last"]) <= widest:
        return None
    bid = Decimal(match["bid"])
    return Numeral(match.end(), bid, places(bid), high=Decimal(match["bid"].removesuffix(match["last"]) + match["ask"]))

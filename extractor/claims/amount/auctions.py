"""How much a treasury sells: "a $28 billion auction of three-year notes", "$21 billion of 10-years up for bids"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.claims.figures import Figure
from extractor.claims.making import Making
from extractor.domain.claim import Claim, Kind, Subject, SubjectType

_TREASURY = Subject(id="organization:us-treasury", type=SubjectType.ORGANIZATION, name="U.S. Treasury")
_NUMBER = r"(?:\d{1,2}|two|three|five|seven|ten|twenty|thirty|four|eight|six|13|26|52)"
_MATURITY = rf"(?:{_NUMBER}[- ]?(?:years?|yrs?|y|months?|weeks?)s?)"
_PAPER = r"(?:notes?|bonds?|bills?|tips|treasuries|paper|debt|securities|floaters|coupons)"
_SALE = r"(?:auctions?|sales?|offerings?|reopenings?|re-openings?|supply|taps?)"
_BEHIND = re.compile(
    rf" (?:worth )?(?:"
    rf"{_SALE} of (?:new |reopened |benchmark )?(?:{_MATURITY}|u\.s\. {_PAPER}|treasury)"
    rf"|(?:of |in )?(?:new |reopened |benchmark |u\.s\. )?{_MATURITY}(?:[- ]{_PAPER})?(?: {_SALE})?(?![\w-])"
    rf"|(?:of |in )?(?:u\.s\. |treasury |coupon |note |bond |bill )+{_SALE}\b"
    rf")",
    re.IGNORECASE,
)
# "30y UST auction out of the way: $20bn".
_BEFORE = re.compile(
    rf"\b{_MATURITY} (?:u\.?s\.?t?\.? |treasury |ust |note |bond )?(?:auction|sale|reopening|offering)\b"
    rf"(?:(?!bid)[^.;$]){{0,40}}[:(] ?\Z",
    re.IGNORECASE,
)
_BUYER = re.compile(r"\b(?:bought|buy|buys|buying|purchas\w+|owns?|holds?|invest\w*)\b", re.IGNORECASE)


def find(figure: Figure, making: Making) -> Iterator[Claim]:
    """The claim of a sum of Treasuries on sale. A company's bonds, or what somebody buys, are none."""
    sentence, quantity = figure.sentence, figure.quantity
    if quantity.unit != "USD" or quantity.scale == 1:
        return
    before = sentence.text[figure.clause.start : quantity.start]
    behind = _BEHIND.match(sentence.text, quantity.end, min(sentence.end, quantity.end + 70))
    told = behind or _BEFORE.search(sentence.text, max(sentence.start, quantity.start - 100), quantity.start)
    if not told or _BUYER.search(before):
        return
    named = [m for m in sentence.mentions if figure.clause.start <= m.start < quantity.start and m.candidates]
    if any(m.candidates[0].startswith(("equity:", "etf:")) for m in named):
        return
    yield making.from_figure(
        figure,
        _TREASURY.id,
        kind=Kind.AMOUNT,
        metric="auction",
        unit="USD",
        rule="amount.auction",
        period=None,
        subject=_TREASURY,
    )

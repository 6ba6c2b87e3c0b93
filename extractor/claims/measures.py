"""What a figure measures where it is no price: revenue, earnings a share, a margin, a package. None for a price.

A measure owns figures of its own sort alone: revenue is billions or a percentage, earnings a share are dollars and
cents, a margin is a percentage. So "EPS of $1.22 on revenue of $4.57 billion, against $1.14 and $4.45 billion" needs no
parse: each figure goes to the nearest measure that can own it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from extractor.claims import holdings, wording
from extractor.claims.sentence import Clause, Sentence, within
from extractor.domain.annotation import Cue, Quantity
from extractor.rules import grammar

_PER_SHARE = frozenset({"share", "diluted share", "shr", "ADS"})
_CENTS = 2
WORTHY = 100_000  # "$4,100,000" is a sum though it has no scale word
_EARNED = frozenset({"net_income", "net_loss", "earnings", "profit", "loss", "operating_income"})
_SHARED = frozenset({"eps", "eps_adjusted", "eps_diluted", "dividend", "offer_price"})
RATIOS = frozenset(
    {
        "margin", "gross_margin", "net_margin", "stake", "market_share", "short_interest", "return", "premium",
        "return_on_equity", "return_on_assets", "dividend_yield", "payout_ratio",
    }
)  # fmt: skip
# Bare numbers: "a P/E ratio of 22.95", "a beta of 0.51".
MULTIPLES = frozenset({"pe_ratio", "pe_forward", "peg_ratio", "beta", "debt_to_equity", "current_ratio", "quick_ratio"})
_COUNTED = frozenset({"deliveries", "volume"})
# Weak measures name many things; they count only beside a sum.
_WEAK = frozenset(
    {"order", "deal", "package", "guidance", "benefit", "cost", "debt", "loss", "funding", "assets", "flow", "fine"}
)
_BEHIND = 60  # characters a measure may stand behind its figure
CHANGED = frozenset({"percent", "multiple", "basis_points", "percentage_points"})
_AFTER = re.compile(r"[\s-]*(?:(?:in|of|on|from|for|per|worth of|a)\s+)?(?:[\w’'-]+\s+){0,2}?", re.IGNORECASE)
_DENOMINATOR = re.compile(r"\s+of\s+(?:[\w-]+\s+){0,2}?", re.IGNORECASE)
_APART = re.compile(r"\b(?:including|excluding|and|after|before|as|amid|ahead|since|despite)\b", re.IGNORECASE)
_AT_ONE = re.compile(r"\s(?:at|of|for|in|from)\s(?:the\s)?")
_SPENT = re.compile(r"\b(?:spen[dt]|spending|invest(?:ed|ing)?|pour(?:ed|ing)?)\b[^,;]*\Z", re.IGNORECASE)
_ON_ANOTHER = re.compile(r"[\s,]*on\s", re.IGNORECASE)
STOCK = re.compile(r"\b(?:shares|stock|stocks)\b[^,;]{0,40}\Z", re.IGNORECASE)
# What an amount a share is, by the words before it.
_SAID = {
    "earnings": re.compile(r"\b(?:earn(?:ed|s|ing|ings)?|eps|profits?|income|loss|lost|results)\b", re.IGNORECASE),
    "dividend": re.compile(r"\b(?:dividends?|payouts?|distribution)\b", re.IGNORECASE),
    "offer_price": re.compile(
        r"\b(?:offer(?:s|ed|ing)?|bid|buyout|takeover|tender|acquir(?:e|es|ed|ing)|premium|under the terms|deal|"
        r"(?:agreed|plans|offers?|offered|proposed) to (?:buy|pay)|will buy|"
        r"holders (?:will |would |are to )?(?:get|receive))\b",
        re.IGNORECASE,
    ),
    "target": re.compile(r"\b(?:price targets?|target prices?|ipo|price band)\b", re.IGNORECASE),
}
_OR_SO_MUCH = re.compile(r",?\s(?:or|by)\s(?:some\s|by\s)?")
_EARNS_OR_PAYS = re.compile(
    r"\b(?:earn(?:ed|s|ing|ings)?|eps|profits?|income|loss|lost|losing|dividends?|payouts?|offer\w*|bid|estimates?|guidance|"
    r"forecasts?|target)\b",
    re.IGNORECASE,
)
_RECEIVE = re.compile(r"\bholders (?:will |would |are to )?(?:get|receive)\b", re.IGNORECASE)
_ADJUSTED = re.compile(
    r"\b(?:adjusted|adj\.?|non-gaap|excluding|ex-items|before (?:special|one-time) items|(?:minus|without|leaving out|"
    r"stripping out) (?:one-time|special|certain)|core earnings|underlying)\b",
    re.IGNORECASE,
)
_ADJUSTED_BEHIND = re.compile(
    r"(?: (?:a|per) share)?"
    r"(?:,? (?:after )?excluding| adjusted|,? on an adjusted basis|,? before (?:special|one-time))",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\b(?:gaap|diluted|unadjusted|reported net|including)\b", re.IGNORECASE)
_EARNS = re.compile(
    r"\b(?:earn(?:ed|s|ing|ings)?|eps|profits?|income|loss|lost|made|per-share|results?|quarter(?:ly)?|guidance|outlook|"
    r"forecasts?|consensus|estimates?|analysts?|expect\w*|(?<!price )target)\b",
    re.IGNORECASE,
)
_PRICE = frozenset({"to", "at", "below", "above", "near", "under", "over", "around", "toward", "from"})
# May stand between a measure and its own figure.
_DIRECT = grammar.words("measure_to_figure")


class Sort(StrEnum):
    """What kind of figure it is, for the measures that can own it."""

    SUM = "sum"
    PER_SHARE = "per_share"
    SHARE = "share"  # a percentage, a multiple, basis points
    COUNT = "count"


def sort_of(quantity: Quantity) -> Sort:
    if quantity.unit in CHANGED:
        return Sort.SHARE
    if quantity.unit and quantity.unit.isupper():
        worthy = quantity.scale > 1 or quantity.value >= WORTHY
        return Sort.SUM if worthy and quantity.per not in _PER_SHARE else Sort.PER_SHARE
    return Sort.COUNT


def owns(cue: Cue, quantity: Quantity) -> bool:
    """Whether a measure can own a figure of this sort."""
    name, sort = cue.value or "", sort_of(quantity)
    if name in MULTIPLES:
        return quantity.unit == "multiple" or (quantity.unit is None and quantity.decimals > 0 and quantity.scale == 1)
    if name == "dividend":
        return sort is not Sort.COUNT
    if name in _SHARED:
        return sort in (Sort.PER_SHARE, Sort.SHARE)
    if name in RATIOS:
        return sort is Sort.SHARE or (name == "stake" and (sort is Sort.SUM or quantity.unit == "shares"))
    if name in _COUNTED:
        return sort in (Sort.COUNT, Sort.SHARE)
    if name in _WEAK:
        return sort is Sort.SUM
    if name in _EARNED:
        return sort is not Sort.COUNT
    return sort is not Sort.PER_SHARE and (sort is not Sort.COUNT or quantity.scale > 1)


def measure_of(sentence: Sentence, clause: Clause, quantity: Quantity) -> Cue | None:
    """The measure in a figure's own clause; the one right before it, right behind it, then the last before it."""
    covered = [(m.start, m.end) for m in sentence.mentions]
    cues = [
        c
        for c in within(sentence.cues, clause.start, clause.end)
        if c.layer == "measure" and not any(a <= c.start and c.end <= b for a, b in covered)
    ]
    received = sort_of(quantity) is Sort.PER_SHARE and _RECEIVE.search(sentence.text, clause.start, quantity.start)
    if quantity.per in _PER_SHARE or received:
        return _per_share(sentence, clause, quantity, cues)
    if quantity.unit == "shares" and quantity.scale == 1:
        return holdings.of_shares(sentence, clause, quantity)
    if quantity.unit is None and quantity.decimals == _CENTS and (bare := _bare_eps(sentence, quantity, cues)):
        return bare
    before = [c for c in cues if c.end <= quantity.start and owns(c, quantity)]
    before = [c for c in before if c.value != "guidance"] or before  # "cash flow guidance" is cash flow
    nearest = before[-1] if before else None
    behind = _behind(sentence, quantity, cues)
    if nearest and nearest.value == "loss" and behind:  # "lost $589 billion in market value"
        nearest = behind
    if nearest and nearest is not behind and set(wording.tokens(sentence.text, nearest.end, quantity.start)) <= _DIRECT:
        return _shared(sentence, nearest, quantity)
    if behind:
        return _shared(sentence, behind, quantity)
    if nearest is None or _lost(sentence, nearest, quantity):
        return holdings.stake(sentence, clause, quantity)
    return _shared(sentence, nearest, quantity)


def _bare_eps(sentence: Sentence, quantity: Quantity, cues: Sequence[Cue]) -> Cue | None:
    """ "will post 2.28 EPS", "an EPS of 1.35": cents without a sign, right beside the word."""
    for cue in cues:
        if not (cue.value or "").startswith("eps"):
            continue
        low, high = sorted([(cue.start, cue.end), (quantity.start, quantity.end)])
        if sentence.text[low[1] : high[0]].strip().lower() in ("", "of", "at", "was"):
            return cue
    return None


def _behind(sentence: Sentence, quantity: Quantity, cues: Sequence[Cue]) -> Cue | None:
    """ "$4.08 billion in revenue"; not "$1.22 on revenue of", and not "36.8 percent of sales"."""
    cue = next((c for c in cues if c.start >= quantity.end), None)
    if cue is None or cue.start - quantity.end > _BEHIND or not owns(cue, quantity):
        return None
    gap = sentence.text[quantity.end : cue.start]
    spent = _SPENT.search(sentence.text[max(sentence.start, quantity.start - 40) : quantity.start])
    if (
        (_ON_ANOTHER.match(gap) and not spent)
        or _APART.search(gap)
        or (quantity.unit == "percent" and _DENOMINATOR.fullmatch(gap))
    ):
        return None
    return cue if _AFTER.fullmatch(gap) else None


def _lost(sentence: Sentence, cue: Cue, quantity: Quantity) -> bool:
    """Whether a share or another name comes between a measure and a figure."""
    if STOCK.search(sentence.text[cue.end : quantity.start]):
        return True
    between = [m for m in sentence.mentions if cue.end <= m.start < quantity.start and m.form != "generic"]
    if between and _AT_ONE.fullmatch(sentence.text, cue.end, between[0].start):
        between = between[1:]  # "sales at Applied Materials were", "its stake in Apple by 15%"
    return bool(between)


def _shared(sentence: Sentence, cue: Cue, quantity: Quantity) -> Cue:
    """Dollars and cents of a profit are earnings a share: "earned 54 cents", "a loss of $0.03"."""
    if cue.value in _EARNED and sort_of(quantity) is Sort.PER_SHARE:
        return _named(cue, _eps_name(sentence, quantity))
    return cue


def _per_share(sentence: Sentence, clause: Clause, quantity: Quantity, cues: Sequence[Cue]) -> Cue | None:
    """ "$2.53 per diluted share" is earnings, unless a dividend is paid, an offer made or a share priced."""
    here = Cue(start=quantity.start, end=quantity.end, text=quantity.text, layer="measure", rule="measure", value=None)
    before = [c for c in cues if c.end <= quantity.start + 1]
    if before and before[-1].value in ("eps_adjusted", "eps_diluted", "dividend"):
        return _named(here, str(before[-1].value))
    if _apposed_change(sentence, clause, quantity):
        return None
    said = _last_said(sentence, quantity)
    if said == "target":
        return None
    if said in ("dividend", "offer_price"):
        return _named(here, said)
    if not _EARNS.search(sentence.text, clause.start, min(sentence.end, quantity.end + 40)) and _is_price(
        sentence, clause, quantity
    ):
        return None
    return _named(here, _eps_name(sentence, quantity))


def _apposed_change(sentence: Sentence, clause: Clause, quantity: Quantity) -> bool:
    """ "down 10%, or nearly $125 a share", "adding $60.56 a share": how far a price went, not what was earned."""
    if _EARNS_OR_PAYS.search(sentence.text, clause.start, quantity.start):
        return False
    start = quantity.hedge_start if quantity.hedge_start is not None else quantity.start
    start = min(start, quantity.start)
    earlier = [q for q in within(sentence.quantities, clause.start, start) if q.unit == "percent"]
    if earlier and _OR_SO_MUCH.fullmatch(sentence.text, earlier[-1].end, start):
        return True
    moved = [c for c in within(sentence.cues, clause.start, start) if c.layer == "movement" and c.value != "state"]
    return bool(moved) and not moved[-1].noun and not sentence.text[moved[-1].end : start].strip(" ")


def _last_said(sentence: Sentence, quantity: Quantity) -> str:
    """What the words nearest before a figure speak of, or those right behind it where none do."""
    before = sentence.text[sentence.start : quantity.start]
    places = {name: max((m.end() for m in words.finditer(before)), default=-1) for name, words in _SAID.items()}
    if max(places.values()) < 0:
        behind = sentence.text[quantity.end : min(sentence.end, quantity.end + 40)]
        return next((name for name, words in _SAID.items() if words.search(behind)), "")
    return max(places, key=lambda name: places[name])


def _is_price(sentence: Sentence, clause: Clause, quantity: Quantity) -> bool:
    """ "plunged to below $10 a share", "closed at $45 a share"."""
    cues = within(sentence.cues, clause.start, quantity.start)
    told = any(c.layer in ("movement", "level") for c in cues)
    lead = wording.tokens(sentence.text, max(clause.start, quantity.start - 24), quantity.start)
    return told and bool(_PRICE & set(lead[-4:]))


def _eps_name(sentence: Sentence, quantity: Quantity) -> str:
    """Which earnings: diluted where the words behind say so, adjusted where the words before it do."""
    if "diluted" in sentence.text[quantity.end : quantity.end + 20]:
        return "eps_diluted"
    before = sentence.text[sentence.start : quantity.start]
    adjusted = max((m.end() for m in _ADJUSTED.finditer(before)), default=-1)
    plain = max((m.end() for m in _PLAIN.finditer(before)), default=-1)
    behind = _ADJUSTED_BEHIND.match(sentence.text, quantity.end, min(sentence.end, quantity.end + 60))
    return "eps_adjusted" if adjusted > plain or behind else "eps"


def _named(cue: Cue, name: str) -> Cue:
    return replace(cue, value=name, rule=f"measure.{name}")

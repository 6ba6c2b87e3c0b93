"""What annotation writes on a text, before any date or price is known.

Every value says where it stands: `start` and `end` count characters of the annotated text, end
exclusive. A component of the pipeline writes a tuple of one of these types, sorted by start.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from enum import StrEnum

from extractor.domain.claim import Comparator, Direction, Modality


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure as printed, with its unit and without its hedge: "$4.5 trillion", "3.50% to 3.75%", "halved".

    value, high: unsigned, scale words applied; `high` is the upper end of a range.
    unit: as in the contract ("percent", "points", "USD", "jobs", ...), None for a bare number.
    decimals: as printed, before scaling. scale: what the scale word multiplied by (1 where there is none).
    sign: what is printed in the figure itself ("-0.20", "+1.36%"), never what the sentence says.
    comparator, hedge: the softener before (or after) the figure, and what it means.
    per: the denominator where one is printed ("share" in "$1.32 a share", "barrel").
    form: figure, word ("three", "half"), fraction, multiple ("doubled"), ordinal ("third consecutive"), bid_ask
        ("101.20-22": value is what is bid, high what is asked).
    """

    start: int
    end: int
    text: str
    value: Decimal
    high: Decimal | None = None
    unit: str | None = None
    decimals: int = 0
    scale: Decimal = Decimal(1)
    sign: Direction | None = None
    comparator: Comparator = Comparator.EQUAL
    hedge: str | None = None
    hedge_start: int | None = None
    per: str | None = None
    form: str = "figure"


class MentionForm(StrEnum):
    LISTING = "listing"  # "AAON, Inc. (NASDAQ: AAON)": name and ticker together
    TICKER = "ticker"  # "NASDAQ: X", "$X", "X.O", a bare symbol in a quotes table
    NAME = "name"  # "Nvidia", "S&P 500", "the 10-year Treasury yield"
    GENERIC = "generic"  # "the index", "the stock", "the company", "the chipmaker": means one named before
    STRANGER = "stranger"  # a subject no list knows; an organisation by its name, or nameless without candidates


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentMention:
    """A name in the text that stands for an instrument, an indicator or an organisation.

    candidates: ids it may mean, best first ("equity:XNAS:NVDA"); resolved on the article's date in `claims`.
    For GENERIC, `noun` says what it can point back to ("index", "stock", "company", "yield"); candidates are empty
    then, but for words that leave one instrument only ("the index of small-cap stocks").
    listing: for LISTING and qualified tickers, the MIC and symbol as printed.
    """

    start: int
    end: int
    text: str
    form: MentionForm
    candidates: tuple[str, ...] = ()
    noun: str | None = None
    mic: str | None = None
    symbol: str | None = None
    name: str | None = None


class DateForm(StrEnum):
    DAY = "day"  # "December 4", "Dec. 4, 2025", "2025-12-04"
    MONTH = "month"  # "November", "December 2025"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    FISCAL_YEAR = "fiscal_year"
    SEASON = "season"
    WEEKDAY = "weekday"  # "Monday", "last Friday"
    RELATIVE = "relative"  # "yesterday", "last week", "this month", "a year earlier"
    SINCE = "since"  # "since June", "year to date", "so far this month", "over the past year"
    RANGE = "range"  # "December 8-12", "from Monday to Thursday"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateExpression:
    """A date as printed, parsed but not resolved: that needs the article's own date.

    year, month, day: what is printed (day 1..31); None where it is not.
    number: quarter, half, or how many units back ("past three months" is 3, unit "month").
    unit: day, week, month, quarter, half, year for relative forms.
    anchor: "last", "previous", "this", "next", "ago", "to_date", "past", "fiscal", ...
    part: which part of the period is meant: "early", "mid", "late", "start", "end", "first_week", ...
    weekday: 0 Monday to 6 Sunday.
    opens: True where the expression names a window's beginning ("since June"), so that the window ends at publication.
    clock: a time of day printed with it, and whether it is in the premarket or after hours is left to `claims`.
    """

    start: int
    end: int
    text: str
    form: DateForm
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int | None = None
    unit: str | None = None
    anchor: str | None = None
    weekday: int | None = None
    opens: bool = False
    clock: time | None = None
    part: str | None = None
    first: DateExpression | None = None  # what a SINCE is counted from
    last: DateExpression | None = None  # the end of a RANGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A word or phrase with a meaning from the rules.

    layer: "movement", "level", "record", "modality", "basis", "measure" or "decision".
    rule: id of the rule that found it. direction, modality: what it says, where it says one.
    value: rule-dependent detail (a metric, a basis, a measure's name).
    """

    start: int
    end: int
    text: str
    layer: str
    rule: str
    direction: Direction | None = None
    modality: Modality | None = None
    value: str | None = None
    noun: bool = False  # "a 13% decline" against "fell 13%"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyMention:
    """A named law, tariff, programme or policy event: `topic` is the id from the lexicon ("policy:US:OBBBA")."""

    start: int
    end: int
    text: str
    topic: str
    name: str
    rule: str
    event: str | None = None  # "passage", "signing", ... where the words name one


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMention:
    """A superlative as printed: "record closing high", "six-year high", "third consecutive cut".

    metric: of the contract's record metrics. direction: None where only the sentence tells.
    number, unit: of "six-year high" ("six", "year"). since: the words after "since", and where they start.
    """

    start: int
    end: int
    text: str
    metric: str
    direction: Direction | None = None
    number: str | None = None
    unit: str | None = None
    since: str | None = None
    since_start: int | None = None
    hedge: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person or an organisation as the English pipeline sees it. label: "PERSON" or "ORG"."""

    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """A row of a quotes table: "AMZN  227.11 / +5.84 (2.64%)", "Dow 24,311.19 -11.15 -0.05%".

    symbol, name: as printed, one of them or both. price, change, percent: figures as printed; `sign` is the one
    printed, a percent without one takes the change's. A currency sign before the price is its unit.
    """

    start: int
    end: int
    text: str
    symbol: str | None
    symbol_start: int | None
    name: str | None
    name_start: int | None
    price: Quantity
    change: Quantity | None = None
    percent: Quantity | None = None

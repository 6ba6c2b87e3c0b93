"""Figures as printed: value, unit, range, sign, hedge, and what is no figure at all."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.annotate.quantities import find
from extractor.domain.annotation import Quantity
from extractor.domain.claim import Comparator, Direction
from extractor.rules.quantities import Example, load

EXAMPLES = [example for table in load().proven() for example in table.examples]
COUNTEREXAMPLES = [text for table in load().proven() for text in table.counterexamples]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.text[:50]}|{example.quote}")
def test_example_of_a_rule(example: Example) -> None:
    (found,) = (quantity for quantity in find(example.text) if quantity.text == example.quote)
    for field in ("value", "high", "scale"):
        if (wanted := getattr(example, field)) is not None:
            assert getattr(found, field) == Decimal(wanted), field
    for field in ("unit", "decimals", "comparator", "hedge", "per", "form"):
        if (wanted := getattr(example, field)) is not None:
            assert getattr(found, field) == wanted, field


@pytest.mark.parametrize("text", COUNTEREXAMPLES)
def test_counterexample_of_a_rule(text: str) -> None:
    assert find(text) == ()


def shown(text: str) -> list[tuple[str, str, str | None]]:
    """(text, value or low..high, unit) of each figure."""
    return [
        (q.text, str(q.value) if q.high is None else f"{q.value}..{q.high}", q.unit) for q in find(text)
    ]  # fmt: skip


NUMBERS = [
    ("It ended at 2,590.61 again.", [("2,590.61", "2590.61", None)]),
    ("It hovered near 2,500.", [("2,500", "2500", None)]),
    ("It was 1,234.56 EUR.", [("1,234.56 EUR", "1234.56", "EUR")]),
    ("It was 1.234.567,89 EUR.", [("1.234.567,89 EUR", "1234567.89", "EUR")]),
    ("It was 3,5% in Rome.", [("3,5%", "3.5", "percent")]),
    ("The code is 1,2,3 here.", []),
    ("It paid $.05 a share.", [("$.05", "0.05", "USD")]),
    ("Value of 1,00,000 rupees.", [("1,00,000 rupees", "100000", "INR")]),
    ("It is worth $4.5 trillion.", [("$4.5 trillion", "4500000000000", "USD")]),
    ("A $104.5 million Canadian dollars deal.", [("$104.5 million Canadian dollars", "104500000", "CAD")]),
    ("EUR/USD 1.0850 was seen.", [("1.0850", "1.0850", None)]),
    ("EUR 5bn or USD5.5 million.", [("EUR 5bn", "5000000000", "EUR"), ("USD5.5 million", "5500000", "USD")]),
    ("They wanted HK$3.2, S$4 and NT$600.", [("HK$3.2", "3.2", "HKD"), ("S$4", "4", "SGD"), ("NT$600", "600", "TWD")]),
    ("It cut 25 basis\npoints.", [("25 basis\npoints", "25", "basis_points")]),
    ("It cut 25 basis\r\npoints.", [("25 basis\r\npoints", "25", "basis_points")]),
    ("12.40\nShares", [("12.40", "12.40", None)]),
    ("It added 29.62  point .", [("29.62  point", "29.62", "points")]),
    ("It added 5\u00a0%.", [("5\u00a0%", "5", "percent")]),
    ("A 10-fold rise, or 2.5x.", [("10-fold", "10", "multiple"), ("2.5x", "2.5", "multiple")]),
    ("A 4K screen and a 10K run.", []),
    ("Some 5M barrels.", [("5M barrels", "5000000", "barrels")]),
    ("Index at 2000 points in 2000.", [("2000 points", "2000", "points")]),
    ("It broke the 2000 mark in 2000.", [("2000", "2000", None)]),
    ("10 1/4 percent and 99-16/32.", [("10 1/4 percent", "10.25", "percent"), ("99-16/32", "99.5", "points")]),
]

RANGES = [
    ("A 20-35% jump.", [("20-35%", "20..35", "percent")]),
    ("At 3.50%-3.75% now.", [("3.50%-3.75%", "3.50..3.75", "percent")]),
    ("At 3.50–3.75 percent now.", [("3.50–3.75 percent", "3.50..3.75", "percent")]),
    ("To a range of 3.50% to 3.75%.", [("3.50% to 3.75%", "3.50..3.75", "percent")]),
    ("Between 4 and 4.25 percent.", [("4 and 4.25 percent", "4..4.25", "percent")]),
    ("Its 52-week range is $7.40 to $9.80.", [("52-week", "52", "weeks"), ("$7.40 to $9.80", "7.40..9.80", "USD")]),
    ("It ranged from $7.40 to $9.80.", [("$7.40 to $9.80", "7.40..9.80", "USD")]),
    ("It fell from $9.80 to $7.40.", [("$9.80", "9.80", "USD"), ("$7.40", "7.40", "USD")]),
    ("It rose from $7.40 to $9.80.", [("$7.40", "7.40", "USD"), ("$9.80", "9.80", "USD")]),
    ("Yields fell from 4.2 to 4.0 percent.", [("4.2", "4.2", "percent"), ("4.0 percent", "4.0", "percent")]),
    ("It rose 1.2% to 4,567.89.", [("1.2%", "1.2", "percent"), ("4,567.89", "4567.89", None)]),
    ("The yield rose 1.2% to 4.5%.", [("1.2%", "1.2", "percent"), ("4.5%", "4.5", "percent")]),
    ("Inflation climbed by 2% to 3%.", [("2%", "2", "percent"), ("3%", "3", "percent")]),
    ("It rose 20 to 4,520 points.", [("20", "20", None), ("4,520 points", "4520", "points")]),
    ("For 18 to 24 months.", [("18 to 24 months", "18..24", "months")]),
    ("Costs of $10-12 billion.", [("$10-12 billion", "10000000000..12000000000", "USD")]),
    ("A €1.2bn-€1.4bn sale.", [("€1.2bn-€1.4bn", "1200000000..1400000000", "EUR")]),
    ("At 25 to 30 cents.", [("25 to 30 cents", "0.25..0.30", "USD")]),
    ("From -0.1% to 0.3%.", [("-0.1%", "0.1", "percent"), ("0.3%", "0.3", "percent")]),
    ("In a 4,500-4,600 range.", [("4,500-4,600", "4500..4600", None)]),
    ("It was 54.34 - 0.20.", [("54.34", "54.34", None), ("0.20", "0.20", None)]),
    ("They won 9-3 and 50-50.", []),
    ("Three or four hikes.", [("Three or four hikes", "3..4", "count")]),
    ("The euro bought $1.3191 and 137.10 yen.", [("$1.3191", "1.3191", "USD"), ("137.10 yen", "137.10", "JPY")]),
]

WORDS = [
    ("A streak of five straight sessions.", [("five straight sessions", "5", "count")]),
    ("The projected three rate increases.", [("three rate increases", "3", "count")]),
    ("At least two and possibly three hikes.", [("two and possibly three hikes", "2..3", "count")]),
    ("Two quarter-point cuts.", [("Two", "2", "count"), ("quarter-point", "0.25", "points")]),
    ("The Fed made a quarter-point cut.", [("quarter-point", "0.25", "percentage_points")]),
    ("The bond fell a quarter of a point.", [("a quarter of a point", "0.25", "points")]),
    ("Half a dozen cuts.", [("Half a dozen cuts", "6", "count")]),
    ("A trillion dollars.", [("A trillion dollars", "1000000000000", "USD")]),
    ("Twenty-five people.", [("Twenty-five people", "25", "persons")]),
    ("It fell by half.", [("half", "0.5", None)]),
    ("It halved, then doubled.", [("halved", "0.5", "multiple"), ("doubled", "2", "multiple")]),
    ("Spending doubled down.", []),
    ("It cut rates twice.", [("twice", "2", "count")]),
    ("It is twice the size.", [("twice", "2", "multiple")]),
    ("Two of them; one of the three; both.", []),
    ("The first half of the year.", []),
    ("In the second quarter.", []),
    ("The second straight quarter.", [("second straight", "2", "count")]),
    ("Zero-coupon bonds at ground zero.", []),
]

FRACTIONS = [
    ("Oats at $4.18-1/4 a bushel.", [("$4.18-1/4", "4.1825", "USD")]),
    ("Beans at 11.42 3/4, then.", [("11.42 3/4", "11.4275", None)]),
    ("Beans at 1,142-3/4 cents.", [("1,142-3/4 cents", "11.4275", "USD")]),
    ("It gained 9-1/2 cents.", [("9-1/2 cents", "0.095", "USD")]),
    ("It gained 9c.", [("9c", "0.09", "USD")]),
    ("It gained 0.4 of a cent.", [("0.4 of a cent", "0.004", "USD")]),
    ("It gained 0.3 of a percentage point.", [("0.3 of a percentage point", "0.3", "percentage_points")]),
    ("It lost an eighth of a cent.", [("an eighth of a cent", "0.00125", "USD")]),
    ("It bought 101.20-22 yen.", [("101.20-22 yen", "101.20..101.22", "JPY")]),
    ("Sterling was at 1.2710/12.", [("1.2710/12", "1.2710..1.2712", None)]),
    ("It costs $10.50-12 now.", [("$10.50-12", "10.50..12", "USD")]),
    (
        "At $A3.10, $NZ2.90 and $US1.95.",
        [("$A3.10", "3.10", "AUD"), ("$NZ2.90", "2.90", "NZD"), ("$US1.95", "1.95", "USD")],
    ),
    ("It was 61.14 US cents, from 60.98.", [("61.14 US cents", "0.6114", "USD"), ("60.98", "0.6098", "USD")]),
    ("It rose 0.7 percent from 6,201.50.", [("0.7 percent", "0.7", "percent"), ("6,201.50", "6201.50", None)]),
    ("It fell below 95k.", [("95k", "95000", None)]),
    ("Oil was sub-60 again.", [("60", "60", None)]),
]

NOT_FIGURES = [
    "In 2025, as in 1987 and 2008.",
    "On Dec. 10 and 10 December.",
    "At 5:04 AM, 4 p.m., 4.30pm and 1600 GMT.",
    "Call (212) 555-0142 or 1-800-555-0142.",
    "Dated 2025-12-10 and 12/10/2025.",
    "Shares 600519.SS and 0700.HK.",
    "No. 1, #2, number 3 and the top 10.",
    "1. First item",
    "2) second item",
    "The A380, B2B, Q3, FY26, 1H25, 5G and H200.",
    "'26 and ’26 and the 1990s and a 1990s feel.",
    "See http://example.org/a/3.5%/$4 and www.example.org/7%.",
    "The 26th and the 3rd.",
    "It was 5'11.",
    "In a-20 zone with COVID-19.",
    "The 2025 jobs report and 2026 cuts.",
    "10.0.0.1 and 1.2.3.",
    "At 1615 AEDT, 0930 SGT, 1430 PDT and 1700 local time.",
    "(US$1 = 84.10 rupees)",
    "(1 euro = $1.0840)",
    "It runs in 4K and costs nothing at 10k runs.",
]


@pytest.mark.parametrize(("text", "expected"), [*NUMBERS, *RANGES, *WORDS, *FRACTIONS])
def test_figures(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_no_figures(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "quote", "sign"),
    [
        ("up +1.36% now", "+1.36%", Direction.UP),
        ("up ++0.16%  percent", "++0.16%", Direction.UP),
        ("off (-0.04%)", "-0.04%", Direction.DOWN),
        ("off −0.38%", "−0.38%", Direction.DOWN),
        ("at 54.34 -0.20", "-0.20", Direction.DOWN),
        ("off -$0.12", "-$0.12", Direction.DOWN),
        ("off $-0.30", "$-0.30", Direction.DOWN),
        ("a gain (2.64%)", "2.64%", None),
        ("lost — 3% in all", "3%", None),
        ("lost —3% in all", "3%", None),
        ("a mid-20% margin", "20%", None),
        ("20%-35%", "20%-35%", None),
    ],
)
def test_sign_is_what_is_printed(text: str, quote: str, sign: Direction | None) -> None:
    assert [(q.text, q.sign) for q in find(text)][-1] == (quote, sign)


@pytest.mark.parametrize(
    ("text", "comparator", "hedge"),
    [
        ("It fell about 3%.", "~", "about"),
        ("It fell just about 3%.", "~", "just about"),
        ("It fell worried about, 3%.", "=", None),
        ("Near the 2,500 mark.", "~", "Near"),
        ("It is a tad below the 2,000 level.", "<", "a tad below"),
        ("It is below the key 2,000 level.", "<", "below"),
        ("It is below the $2,000 estimate.", "=", None),
        ("More than a 3% gain.", ">", "More than"),
        ("No more than 3%.", "<=", "No more than"),
        ("Nearly 3%.", "<", "Nearly"),
        ("It rose as high as $3.", "=", "as high as"),
        ("Up to 3%.", "<=", "Up to"),
        ("It jumped up to 4,500.", "=", None),
        ("3% or more.", ">=", "or more"),
        ("$100+ oil.", ">=", "+"),
        ("It is ≥ 3%.", ">=", "≥"),
        ("It rose over three years.", "=", None),
        ("The best in over three years.", ">", "over"),
        ("It was all over. 3% was lost.", "=", None),
        ("About (3%).", "=", None),
        ("Some\n3%.", "~", "Some"),
        ("Acme <ACM.N> 3%.", "=", None),
        ("It is > 3%.", ">", ">"),
        ("It rose as much as 3%.", "<=", "as much as"),
        ("It is just short of 3,000.", "<", "just short of"),
    ],
)
def test_hedges(text: str, comparator: str, hedge: str | None) -> None:
    (found,) = find(text)
    assert (found.comparator, found.hedge) == (Comparator(comparator), hedge)
    if hedge:
        assert found.hedge_start is not None
        assert text[found.hedge_start :].startswith(hedge)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("$1.32 a share", "share"),
        ("$2.53 per diluted share", "share"),
        ("$68.61 a barrel", "barrel"),
        ("$5/barrel", "barrel"),
        ("a $50-a-barrel cap", "barrel"),
        ("$3,310 per troy ounce", "troy ounce"),
        ("148 yen to the dollar", "dollar"),
        ("$4 a sharecropper", None),
        ("$4 and a share", None),
    ],
)
def test_denominators(text: str, per: str | None) -> None:
    (found,) = find(text)
    assert found.per == per


@pytest.mark.parametrize(
    ("text", "decimals", "scale"),
    [
        ("$4.5 trillion", 1, "1000000000000"),
        ("2.981 million", 3, "1000000"),
        ("13 paise", 2, "1"),
        ("50.5 cents", 3, "1"),
        ("$10.00", 2, "1"),
        ("between 4 and 4.25 percent", 2, "1"),
        ("7/32 higher", 5, "1"),
        ("$900 million-$1.2 billion", 1, "1000000000"),  # the coarser end: never stricter than what was printed
    ],
)
def test_printed_precision(text: str, decimals: int, scale: str) -> None:
    (found,) = find(text)
    assert (found.decimals, found.scale) == (decimals, Decimal(scale))


def test_scaled_value_has_no_zeros_left_over() -> None:
    (found,) = find("$4.50 trillion")
    assert str(found.value) == "4500000000000"


def test_no_figure_begins_in_what_is_taken() -> None:
    text = "The Russell 2,000 rose 1.4% and the S&P 500 lost 3 points on the 10-year."
    names = [(text.index(name), text.index(name) + len(name)) for name in ("Russell 2,000", "S&P 500", "10-year")]
    assert [q.text for q in find(text, exclude=names)] == ["1.4%", "3 points"]
    assert [q.text for q in find(text, exclude=list(reversed(names)))] == ["1.4%", "3 points"]


def test_spun_points_need_a_spun_percent() -> None:
    assert [(q.text, q.unit) for q in find("It lost 90 issues.")] == [("90", None)]
    spun = find("It lost 90 issues or 0.4 in keeping with cent.")
    assert [q.unit for q in spun] == ["points", "percent"]


STYLES = [
    ("{}%", "percent", "0"),
    ("{} percent", "percent", "0"),
    ("{} per cent", "percent", "0"),
    ("{}bps", "basis_points", "0"),
    ("{}-basis-point", "basis_points", "0"),
    ("{} points", "points", "0"),
    ("{} percentage points", "percentage_points", "0"),
    ("${}", "USD", "0"),
    ("US${}", "USD", "0"),
    ("€{}bn", "EUR", "9"),
    ("£{}m", "GBP", "6"),
    ("{} million euros", "EUR", "6"),
    ("${} trillion", "USD", "12"),
    ("{} yen", "JPY", "0"),
    ("{} million barrels", "barrels", "6"),
    ("{} million shares", "shares", "6"),
]


@given(
    cents=st.integers(min_value=0, max_value=10**9),
    places=st.integers(min_value=0, max_value=4),
    grouped=st.booleans(),
    style=st.sampled_from(STYLES),
    before=st.sampled_from(["", "It was ", "rose about ", "«", "at\r\n"]),
    after=st.sampled_from(["", ".", ", said one", " 😀", "\r\n"]),
)
def test_any_number_reads_back(
    cents: int, places: int, grouped: bool, style: tuple[str, str, str], before: str, after: str
) -> None:
    number = Decimal(cents).scaleb(-places)
    form, unit, power = style
    printed = form.format(f"{number:,f}" if grouped else f"{number:f}")
    text = before + printed + after
    (found,) = find(text)
    assert (found.text, found.unit, found.decimals) == (printed, unit, places)
    assert found.value == number.scaleb(int(power))
    assert text[found.start : found.end] == found.text


@given(st.text(alphabet=st.sampled_from("0123456789.,%$€-–−+ /()\n\rabdefhloruwpKMtT½é'’"), max_size=80))
def test_any_text_keeps_its_offsets(text: str) -> None:
    reached = 0
    for quantity in find(text):
        assert_sound(quantity, text)
        assert quantity.start >= reached
        reached = quantity.end


def assert_sound(quantity: Quantity, text: str) -> None:
    assert text[quantity.start : quantity.end] == quantity.text != ""
    assert quantity.value >= 0
    assert quantity.value.is_finite()
    assert quantity.high is None or quantity.high > quantity.value
    assert (quantity.hedge is None) == (quantity.hedge_start is None)


HOSTILE = {
    "digits": "1" * 20_000,
    "a million digits": "1" * 1_000_000,
    "parentheses": "(" * 20_000,
    "one long word": "a" * 1_000_000,
    "commas": "1,1," * 250_000,
    "full stops": "1." * 500_000,
    "blanks": "5" + " " * 1_000_000,
    "dollars": "$" * 1_000_000,
    "signs": "-+" * 500_000,
    "addresses": "http://" * 100_000,
    "tags": "<A.N> 5" * 10_000,
    "sums of money": "($1 = " * 10_000,
    "one sum of money": "($1 = " + "a" * 1_000_000,
    "bids and asks": "1.23-45" * 10_000,
    "parts of a cent": "0.1 of a " * 10_000,
    "from one to the next": "1.5%, from " * 10_000,
    "lines": "\n" * 1_000_000,
    "a digit after blanks": " " * 1_000_000 + "5%",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_costs_little(text: str) -> None:
    find("warm up 5%")
    began = time.process_time()
    find(text)
    assert time.process_time() - began < 1.0


def test_cost_grows_with_length_and_not_faster() -> None:
    paragraph = "The index rose 1.2% to 4,567.89, its third straight gain, while yields fell 3 basis points to 4.15%. "

    def seconds(text: str) -> float:
        began = time.process_time()
        find(text)
        return time.process_time() - began

    seconds(paragraph)
    short = max(min(seconds(paragraph * 100) for _ in range(3)), 1e-4)
    assert min(seconds(paragraph * 800) for _ in range(2)) < short * 8 * 4


# A claim of the gold whose number is inside a superlative ("first of the year") is the record finder's.
SUPERLATIVES = frozenset({"record"})


@pytest.mark.shared
def test_real_articles(shared: Path) -> None:
    """Every figure of the annotated sample article: value, range, unit, comparator and printed decimals."""
    lines = (shared / "articles" / "gold" / "great_rotation.jsonl").read_text("utf-8").splitlines()
    claims = [claim for claim in map(json.loads, lines) if claim.get("value") and claim["kind"] not in SUPERLATIVES]
    assert len(claims) > 30
    missed = [claim["quote"] for claim in claims if not any(_matches(q, claim) for q in find(claim["context"]))]
    assert missed == []


def _matches(quantity: Quantity, claim: dict[str, object]) -> bool:
    high = claim.get("value_high")
    return (
        quantity.text == claim["quote"]
        and quantity.value == Decimal(str(claim["value"]))
        and quantity.high == (Decimal(str(high)) if high else None)
        and quantity.unit in (None, claim["unit"])
        and quantity.comparator == claim["comparator"]
        and quantity.decimals == claim["decimals"]
    )

"""The instrument book: facts that hang together, and symbols resolved on the day."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.domain.errors import RulesError
from extractor.rules.instruments import Alias, InstrumentBook, pair_id
from extractor.rules.instruments.companies import Companies
from extractor.rules.instruments.load import generic_nouns, shipped, table, venues
from extractor.rules.instruments.names import name_key, plain_name


@pytest.fixture(scope="module")
def book() -> InstrumentBook:
    return InstrumentBook.load()


def _mention(*ids: str, mic: str | None = None, symbol: str | None = None) -> InstrumentMention:
    return InstrumentMention(
        start=0, end=1, text="x", form=MentionForm.NAME, candidates=ids, mic=mic, symbol=symbol
    )  # fmt: skip


def _aliases() -> list[Alias]:
    """Every name of the book, those of companies too."""
    rows = shipped().companies
    return [*shipped().aliases, *(alias for first in rows.beginnings for alias in rows.aliases(first))]


def test_the_list_is_as_long_as_it_says(book: InstrumentBook) -> None:
    kinds = [key.partition(":")[0] for key in book.ids()]
    assert kinds.count("equity") >= 3500
    assert kinds.count("etf") >= 60


@pytest.mark.parametrize(
    "row",
    [
        "XNYS:QQQ Quillfeather",  # no bar between listings and names
        "XNYS | Quillfeather",
        "XNYS:QQQ 2020-01-02 | Quillfeather",
        "XNYS:QQQ 2020-13-02.. | Quillfeather",
        "XNYS:QQQ 2021-01-04..2020-01-02 | Quillfeather",
    ],
)
def test_a_row_that_cannot_be_read_is_named(row: str) -> None:
    with pytest.raises(RulesError, match="XNYS"):
        list(Companies([row]))


def test_a_row_holds_listings_in_turn_and_side_by_side() -> None:
    rows = Companies(["XNYS:QQA ..2020-01-03, XNAS:QQB 2020-01-06.. + XTSE:QQC | Quill Ore; ~Quill"])
    (company,) = rows
    assert company.ids == ("equity:XNAS:QQB", "equity:XNYS:QQA", "equity:XTSE:QQC")
    assert company.markets[0][0].last == date(2020, 1, 5)  # a Friday: the weekend is still the old symbol's
    assert [(alias.words, alias.common, alias.short) for alias in rows.aliases("quill")] == [
        (("Quill", "Ore"), False, False),
        (("Quill",), True, True),
    ]
    assert list(rows.aliases("ore")) == []


def test_a_symbol_of_several_companies_in_turn() -> None:
    rows = Companies(["XNYS:QQQ 2021-03-01.. | Newer", "XNYS:QQQ 2001-01-02..2015-05-05 | Older"])
    instrument = rows.instrument("equity:XNYS:QQQ", {"XNYS": "USD"})
    assert instrument is not None
    assert (instrument.first_on, instrument.last_on) == (date(2001, 1, 2), None)
    assert [instrument.name_on(day) for day in (date(2014, 1, 2), date(2022, 1, 3), None)] == [
        "Older",
        "Newer",
        "Newer",
    ]


def test_ids_have_the_form_of_the_contract(book: InstrumentBook) -> None:
    forms = {
        "equity": r"equity:[A-Z0-9]{4}:[A-Z0-9][A-Z0-9.&-]*",
        "etf": r"etf:[A-Z0-9]{4}:[A-Z0-9]+",
        "indicator": r"indicator:[A-Z]{2}:[A-Z0-9_]+",
        "organization": r"organization:[a-z0-9-]+",
        "rate": r"rate:[A-Z]{2}:[A-Z0-9_]+",
    }
    for key in book.ids():
        form = forms.get(key.split(":")[0], r"(?:index|commodity|crypto):[A-Z0-9_-]+")
        assert re.fullmatch(form, key), key


def test_markets_are_iso_10383_codes_and_named_once() -> None:
    assert len({venue.mic for venue in venues()}) == len(venues())
    seen: dict[str, str] = {}
    for venue in venues():
        assert re.fullmatch(r"[A-Z][A-Z0-9]{3}", venue.mic)
        assert re.fullmatch(r"[A-Z]{3}", venue.currency)
        for name in venue.names:
            assert seen.setdefault(name.casefold(), venue.mic) == venue.mic
    suffixes = [suffix for venue in venues() for suffix in venue.ric]
    assert len(set(suffixes)) == len(suffixes)
    known = {venue.mic for venue in venues()}
    assert {key.split(":")[1] for key in InstrumentBook.load().ids() if key.startswith(("equity:", "etf:"))} <= known


def test_every_id_a_rule_points_to_exists(book: InstrumentBook) -> None:
    known = set(book.ids())
    for alias in _aliases():
        for key in alias.ids:
            assert key in known or key.startswith("currency:"), (alias.words, key)
    for noun in generic_nouns():
        assert set(noun.ids) <= known, noun.phrase
    for instrument in shipped().instruments.values():
        assert instrument.policy_rate is None or instrument.policy_rate in known
    assert set(shipped().codes.values()) <= known


# Names two instruments share on purpose: a company, and another of the same name on another market or another day.
_SHARED_NAMES: set[tuple[str, ...]] = set()


def test_an_alias_means_one_thing_or_declares_its_candidates() -> None:
    """Two entries with one name would make the second unreachable."""
    meanings: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for alias in _aliases():
        if alias.noun not in ("city", "contract"):
            meanings[alias.words].add(alias.ids)
    shared = {words for words, ids in meanings.items() if len(ids) > 1}
    assert shared == _SHARED_NAMES


def test_a_company_has_one_listing_a_day_on_one_market() -> None:
    for company in shipped().companies:
        for market in company.markets:
            for earlier, later in pairwise(market):
                if earlier.symbol == "GOOG":
                    continue  # the first class went on under a new symbol, the new class took the old one
                assert earlier.last is not None, earlier.id
                assert later.first is not None, later.id
                assert earlier.last < later.first, later.id


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Walmart", date(2025, 12, 8), "equity:XNYS:WMT"),
        ("Walmart", date(2025, 12, 9), "equity:XNAS:WMT"),
        ("Amerant Bancorp", date(2022, 3, 1), "equity:XNAS:AMTB"),
        ("Amerant Bancorp", date(2025, 12, 18), "equity:XNYS:AMTB"),
        ("Facebook", date(2013, 11, 18), "equity:XNAS:FB"),
        ("Facebook", date(2022, 6, 9), "equity:XNAS:META"),
        ("BlackBerry", date(2014, 5, 1), "equity:XNAS:BBRY"),
        ("Gap", date(2024, 8, 21), "equity:XNYS:GPS"),
        ("Gap", date(2024, 8, 22), "equity:XNYS:GAP"),
        ("Palo Alto Networks", date(2021, 10, 24), "equity:XNYS:PANW"),
        ("Google", date(2013, 6, 3), "equity:XNAS:GOOG"),
        ("Google", date(2020, 6, 3), "equity:XNAS:GOOGL"),
    ],
)
def test_names_resolve_on_the_day(book: InstrumentBook, name: str, day: date, expected: str) -> None:
    assert book.resolve(_mention(*book.named(name)), on=day)[0] == expected


def test_symbols_are_reused(book: InstrumentBook) -> None:
    assert book.listed("AMTD", on=date(2019, 1, 2)) == ("equity:XNAS:AMTD",)
    assert book.listed("AMTD", on=date(2023, 1, 3)) == ()


def test_a_printed_exchange_stays_first(book: InstrumentBook) -> None:
    mention = _mention("equity:XNYS:WMT", "equity:XNAS:WMT", mic="XNYS", symbol="WMT")
    assert book.resolve(mention, on=date(2026, 2, 2)) == ("equity:XNYS:WMT", "equity:XNAS:WMT")


def test_a_company_gone_by_the_day_is_still_itself(book: InstrumentBook) -> None:
    assert book.resolve(_mention("equity:XNYS:TWTR"), on=date(2024, 1, 2)) == ("equity:XNYS:TWTR",)


@pytest.mark.parametrize(
    ("printed", "mic"),
    [
        ("NASDAQ", "XNAS"), ("Nasdaq", "XNAS"), ("NasdaqGS", "XNAS"), ("NYSE", "XNYS"), ("NYSEARCA", "ARCX"),
        ("NYSE Arca", "ARCX"), ("NYSE American", "XASE"), ("NYSEMKT", "XASE"), ("AMEX", "XASE"), ("BATS", "BATS"),
        ("Cboe", "BATS"), ("TSX", "XTSE"), ("LSE", "XLON"), ("LON", "XLON"), ("NSE", "XNSE"), ("BSE", "XBOM"),
        ("ASX", "XASX"), ("KRX", "XKRX"), ("TYO", "XTKS"), ("HKG", "XHKG"), ("ETR", "XETR"), ("OTCQB", "OTCM"),
        ("Note", None), ("CEO", None), ("", None),
    ],
)  # fmt: skip
def test_exchanges_as_printed(book: InstrumentBook, printed: str, mic: str | None) -> None:
    assert book.venue(printed) == mic


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        ("index:RUT", "points"), ("equity:XNAS:NVDA", "USD"), ("equity:XTKS:7203", "JPY"), ("etf:ARCX:IWM", "USD"),
        ("yield:US10Y", "percent"), ("currency:USDJPY", "JPY"), ("currency:EURUSD", "USD"), ("commodity:WTI", "USD"),
        ("commodity:TTF", "EUR"), ("crypto:BTC", "USD"), ("rate:US:FEDFUNDS", "percent"), ("indicator:US:ADP", "jobs"),
        ("index:FTSE_FUT", "points"), ("organization:opec", None), ("equity:XXXX:Q", None),
    ],
)  # fmt: skip
def test_units(book: InstrumentBook, key: str, unit: str | None) -> None:
    assert book.unit_of(key) == unit


@pytest.mark.parametrize(
    ("code", "pair", "inverse"),
    [
        ("JPY", "currency:USDJPY", True),
        ("USD", "currency:USDJPY", False),
        ("USD", "currency:EURUSD", True),
        ("EUR", "currency:EURUSD", False),
        ("INR", "currency:USDINR", True),
        ("USD", "index:DXY", False),
    ],
)
def test_the_quoted_currency_turns_the_direction_round(
    book: InstrumentBook, code: str, pair: str, inverse: bool
) -> None:
    assert book.is_inverse(_mention(pair, symbol=code), pair) is inverse


@pytest.mark.parametrize(
    ("one", "other", "pair"),
    [
        ("JPY", "USD", "currency:USDJPY"), ("USD", "EUR", "currency:EURUSD"), ("JPY", "EUR", "currency:EURJPY"),
        ("GBP", "EUR", "currency:EURGBP"), ("INR", "USD", "currency:USDINR"), ("USD", "AUD", "currency:AUDUSD"),
    ],
)  # fmt: skip
def test_pairs_stand_in_the_markets_order(one: str, other: str, pair: str) -> None:
    assert pair_id(one, other) == pair


def test_subjects(book: InstrumentBook) -> None:
    known = book.subject("equity:XNYS:HD")
    assert (known.name, known.symbol, known.mic) == ("The Home Depot", "HD", "XNYS")
    unknown = book.subject("equity:XNAS:QFBX", name="Quillfeather Biologics Inc")
    assert (unknown.name, unknown.symbol, unknown.mic) == ("Quillfeather Biologics Inc", "QFBX", "XNAS")
    rate = book.policy_rate("organization:federal-reserve")
    assert rate == "rate:US:FEDFUNDS"


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("AAON, Inc. Common Stock", "AAON"),
        ("NVIDIA CORP", "NVIDIA"),
        ("The Home Depot, Inc.", "Home Depot"),
        ("MARRIOTT INTERNATIONAL INC /MD/", "MARRIOTT INTERNATIONAL"),
        ("Meta Platforms Inc. Class A Common Stock", "Meta Platforms"),
        ("Eli Lilly and Company", "Eli Lilly and"),
        ("Teads Holding Co. Common Stock", "Teads"),  # which ends as "ads" begins
        ("Quizzical plc - Sponsored ADR", "Quizzical"),
        ("Co", "Co"),
    ],
)
def test_plain_names(printed: str, plain: str) -> None:
    assert plain_name(printed) == plain


def test_prints_of_one_name_share_a_key() -> None:
    assert name_key("Korro Bio, Inc. Common Stock") == name_key("KORRO BIO INC") == "korro bio"


def test_index_members_are_asked_last(book: InstrumentBook) -> None:
    assert book.named("Interface, Inc.") == ("equity:XNAS:TILE",)
    assert book.named("No Such Company Inc") == ()
    # A row of the package that gives one company another's symbol is not taken.
    assert "equity:XNYS:AIZ" not in book.named("Arthur J. Gallagher & Co.")


def test_yield_rules_name_countries_once() -> None:
    words = [word for group in table("yields")["countries"].values() for word in group]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dow", "index:DJI"),
        ("Dow Inc.", "equity:XNYS:DOW"),
        ("Nvidia Corp", "equity:XNAS:NVDA"),
        ("Delta Air Lines, Inc.", "equity:XNYS:DAL"),
        ("Delta Corp", None),
        ("Brent crude", "commodity:BRENT"),
    ],
)
def test_names_of_the_book(book: InstrumentBook, name: str, expected: str | None) -> None:
    assert next(iter(book.named(name)), None) == expected

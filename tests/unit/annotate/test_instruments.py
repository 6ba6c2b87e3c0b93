"""Instruments in a text: (text, what is found), negatives beside positives, as (printed, best candidate)."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from extractor.annotate.instruments import InstrumentFinder
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.rules.instruments import InstrumentBook
from extractor.rules.instruments.load import table

FINDER = InstrumentFinder(InstrumentBook.load())


def _named(text: str) -> list[tuple[str, str]]:
    """(printed words, best candidate) of everything but generic nouns."""
    return [(m.text, m.candidates[0]) for m in FINDER.find(text) if m.form is not MentionForm.GENERIC]


def _one(text: str, form: MentionForm) -> list[InstrumentMention]:
    return [mention for mention in FINDER.find(text) if mention.form is form]


LISTINGS = [
    ("with AAON, Inc. (NASDAQ: AAON) up", "AAON, Inc. (NASDAQ: AAON)", "equity:XNAS:AAON"),
    ("1st Source Corporation (NASDAQ: SRCE) lends", "1st Source Corporation (NASDAQ: SRCE)", "equity:XNAS:SRCE"),
    ("gain was The Home Depot Inc. (NYSE: HD)", "The Home Depot Inc. (NYSE: HD)", "equity:XNYS:HD"),
    ("the iShares Russell 2000 ETF (NYSEARCA:IWM) fell", "iShares Russell 2000 ETF (NYSEARCA:IWM)", "etf:ARCX:IWM"),
    (
        "International Business Machines Corp. (NYSE: IBM) rose",
        "International Business Machines Corp. (NYSE: IBM)",
        "equity:XNYS:IBM",
    ),
    ("drugmaker Quill Biologics Inc (NASDAQ:QFBX)", "Quill Biologics Inc (NASDAQ:QFBX)", "equity:XNAS:QFBX"),
    ("Shares of Apple Inc ( AAPL.O ) fell", "Apple Inc ( AAPL.O )", "equity:XNAS:AAPL"),
    ("and Facebook ( FB.O ) rose", "Facebook ( FB.O )", "equity:XNAS:FB"),
    ("Bank of America (NYSE:BAC) 4%", "Bank of America (NYSE:BAC)", "equity:XNYS:BAC"),
    ("American Express (NYSE:AXP) 7%", "American Express (NYSE:AXP)", "equity:XNYS:AXP"),
    ("U.S. Bancorp (NYSE:USB) 5%", "U.S. Bancorp (NYSE:USB)", "equity:XNYS:USB"),
    ("JPMorgan Chase & Co. (NYSE: JPM) rose", "JPMorgan Chase & Co. (NYSE: JPM)", "equity:XNYS:JPM"),
    ("Meanwhile, eBay Inc. (NASDAQ: EBAY) rose", "eBay Inc. (NASDAQ: EBAY)", "equity:XNAS:EBAY"),
    ("After the close Amazon.com (NASDAQ: AMZN) slid", "Amazon.com (NASDAQ: AMZN)", "equity:XNAS:AMZN"),
    ("In Texas. Acme Tools Corp. (NYSE American: ACT)", "Acme Tools Corp. (NYSE American: ACT)", "equity:XASE:ACT"),
    ("Kinross plc (TSX: KGX; NYSE: KGC)", "Kinross plc (TSX: KGX; NYSE: KGC)", "equity:XTSE:KGX"),
    ("Berkshire Hathaway (NYSE: BRK.A, BRK.B)", "Berkshire Hathaway (NYSE: BRK.A, BRK.B)", "equity:XNYS:BRK.A"),
    ("Nvidia (NASDAQ:NVDA - Get Report) rose", "Nvidia (NASDAQ:NVDA - Get Report)", "equity:XNAS:NVDA"),
    ("Rio Tinto (LON:RIO) and", "Rio Tinto (LON:RIO)", "equity:XLON:RIO"),
    ("Is It Wise Buying Ford Motor Co (NYSE:F) Now", "Ford Motor Co (NYSE:F)", "equity:XNYS:F"),
    ("Berkshire Hathaway <BRKb.N> rose", "Berkshire Hathaway <BRKb.N>", "equity:XNYS:BRK.B"),
]


@pytest.mark.parametrize(("text", "printed", "key"), LISTINGS, ids=[case[1] for case in LISTINGS])
def test_listings(text: str, printed: str, key: str) -> None:
    (mention,) = _one(text, MentionForm.LISTING)
    assert (mention.text, mention.candidates[0]) == (printed, key)
    assert text[mention.start : mention.end] == mention.text
    assert mention.mic == key.split(":")[1]


@pytest.mark.parametrize(
    "text",
    [
        "The Federal Open Market Committee (FOMC) met.",
        "Nvidia (NVDA) rose.",
        "the meeting (Note: A) is over",
        "The One Big Bill Act (OBBBA) passed (see: B).",
        "The Dow (.DJI) fell.",
        "Walmart (NYSE) fell.",
    ],
)
def test_no_listings(text: str) -> None:
    assert _one(text, MentionForm.LISTING) == []


def test_two_names_do_not_run_together() -> None:
    text = "Apple Inc. and Acme Tools Corp. (NYSE: ACT) fell, as did Nvidia (NASDAQ: NVDA), Broadcom (NASDAQ: AVGO)."
    assert [mention.text for mention in _one(text, MentionForm.LISTING)] == [
        "Acme Tools Corp. (NYSE: ACT)",
        "Nvidia (NASDAQ: NVDA)",
        "Broadcom (NASDAQ: AVGO)",
    ]


NAMES = [
    ("Snap plummeted 38.7% to $9.90.", [("Snap", "equity:XNYS:SNAP")]),
    ("Jet makers fell: Boeing lost 3.1%, United 2.9% and Carnival 1%.", [
        ("Boeing", "equity:XNYS:BA"), ("United", "equity:XNAS:UAL"), ("Carnival", "equity:XNYS:CCL")]),
    ("Orange, Next and Boeing led the list.", [
        ("Orange", "equity:XPAR:ORA"), ("Next", "equity:XLON:NXT"), ("Boeing", "equity:XNYS:BA")]),
    ("The target rose to 3%.", []),
    ("Its gap fell 3% to 40 points.", []),
    ("In a snap, 4% was gone.", []),
    ("Carnival crowds grew, and visitors spent 3% more.", []),
    ("The United States added 3% last year.", []),
    ("United Airlines rose. The United States added 3%.", [("United Airlines", "equity:XNAS:UAL")]),
    ("December corn put on 2-1/4 cents.", [("December corn", "commodity:CORN")]),
    ("Dec. hard red winter wheat was up 9c.", [("Dec. hard red winter wheat", "commodity:WHEAT-KC")]),
    ("In December gold rose 3%.", [("gold", "commodity:GOLD-SPOT")]),
    ("June gold lost $9.10 to $1,310.20.", [("June gold", "commodity:GOLD")]),
    ("Gold for April was $5.30 higher.", [("Gold for April", "commodity:GOLD")]),
    ("Gold settled at $2,650 an ounce.", [("Gold", "commodity:GOLD")]),
    ("Gold fell 1%, and oil settled at $70.", [("Gold", "commodity:GOLD-SPOT"), ("oil", "commodity:WTI")]),
    ("Tin hit $24,100 a tonne.", [("Tin", "commodity:TIN")]),
    ("A tin can costs $2.", []),
    ("Food and corn rose 3%.", []),
    ("Gasoline rose 4% in the month.", []),
    ("Sugar in London slid 4 pounds to 412 pounds.", [("Sugar", "commodity:SUGAR")]),
    ("the S&P 600 Small-Cap Index lost 1%", [("S&P 600 Small-Cap Index", "index:SML")]),
    ("the PHLX Housing Sector Index rose", [("PHLX Housing Sector Index", "index:HGX")]),
    ("the SPI 200 was up 12 points", [("SPI 200", "index:ASX200_FUT")]),
    # Indexes, and what is not one.
    ("the S&P 500 rose", [("S&P 500", "index:SPX")]),
    ("Standard & Poor's 500 Index fell", [("Standard & Poor's 500 Index", "index:SPX")]),
    ("the Dow Jones industrial average .DJI fell", [("Dow Jones industrial average .DJI", "index:DJI")]),
    ("The Dow rose and the Nasdaq fell.", [("Dow", "index:DJI"), ("Nasdaq", "index:IXIC")]),
    ("the Nasdaq-100 fell", [("Nasdaq-100", "index:NDX")]),
    ("Nasdaq-listed firms traded on the Nasdaq", []),
    ("on the New York Stock Exchange", []),
    ("Dow Inc. cut jobs", [("Dow Inc.", "equity:XNYS:DOW")]),
    ("told Dow Jones Newswires", []),
    ("S&P Global raised its rating", [("S&P Global", "equity:XNYS:SPGI")]),
    ("the S&P 500 energy sector fell", [("S&P 500 energy sector", "index:SPX_ENERGY")]),
    ("a Russell 2000 ETF fell", [("Russell 2000 ETF", "etf:ARCX:IWM")]),
    ("FTSE 100 Futures rose", [("FTSE 100 Futures", "index:FTSE_FUT")]),
    ("Nasdaq futures and S&P 500 futures", [("Nasdaq futures", "index:NDX_FUT"), ("S&P 500 futures", "index:SPX_FUT")]),
    ("Hang Seng Bank rose 2%", [("Hang Seng Bank", "equity:XHKG:0011")]),
    ("small caps rose", []),
    ("the S&P/ASX 200 index added", [("S&P/ASX 200 index", "index:ASX200")]),
    # Cities only as the subject of a market move.
    ("Tokyo ended 0.5 percent down", [("Tokyo", "index:N225")]),
    ("officials met in Tokyo on Monday", []),
    # Yields.
    ("Yields on ten-year U.S. treasury bonds rose", [("Yields on ten-year U.S. treasury bonds", "yield:US10Y")]),
    ("the two-year rate falling to 3.55%", [("two-year rate", "yield:US2Y")]),
    ("yields rose, with the 10-year at 4.15%", [("10-year", "yield:US10Y")]),
    ("Rates: 2s 3.60% (+4bp), 10s at 4.11% (-1bp)", [("2s", "yield:US2Y"), ("10s", "yield:US10Y")]),
    ("Curve steeper, 30y 4.81%", [("30y", "yield:US30Y")]),
    ("in the 10s 4.5% of voters", []),
    ("German 10-year Bund yields", [("German 10-year Bund yields", "yield:DE10Y")]),
    ("auctioned 13-week bills", [("13-week bills", "yield:US3M")]),
    ("a 10-year low for the 10-year plan", []),
    ("a two-year bill in Congress", []),
    ("the gap between 2-year and 10-year Treasury yields", []),
    ("Apple's 10-year bonds", [("Apple", "equity:XNAS:AAPL")]),
    ("the 30-year fixed-rate mortgage averaged", [("30-year fixed-rate mortgage", "rate:US:MORTGAGE30")]),
    # Rates: bare names take the central bank named before.
    ("lowering the federal funds rate", [("federal funds rate", "rate:US:FEDFUNDS")]),
    (
        "The Bank of Japan kept its policy rate",
        [("Bank of Japan", "organization:bank-of-japan"), ("policy rate", "rate:JP:POLICY")],
    ),
    # Commodities: futures and spot apart.
    ("Gold futures for August settlement fell", [("Gold futures for August settlement", "commodity:GOLD")]),
    ("Spot Gold fell", [("Spot Gold", "commodity:GOLD-SPOT")]),
    ("Brent crude futures settled", [("Brent crude futures", "commodity:BRENT")]),
    ("crude oil fell", [("crude oil", "commodity:WTI")]),
    ("oil companies and gold miners fell", []),
    ("won a gold medal in an oil-rich state", []),
    ("U.S. crude inventories rose", [("crude inventories", "indicator:US:CRUDE_STOCKS")]),
    # Currencies.
    ("The euro bought", [("euro", "currency:EURUSD")]),
    ("EUR/USD fell", [("EUR/USD", "currency:EURUSD")]),
    ("dollar/yen hit 150", [("dollar/yen", "currency:USDJPY")]),
    ("a million dollars, 130 yen, 5 pounds a dollar store", []),
    ("in the euro zone", []),
    ("rupee settled", [("rupee", "currency:USDINR")]),
    # Statistics of a country.
    ("UK inflation slowed", [("inflation", "indicator:GB:CPI")]),
    ("nonfarm payrolls rose", [("nonfarm payrolls", "indicator:US:PAYEMS")]),
    ("initial jobless claims fell", [("initial jobless claims", "indicator:US:ICSA")]),
    ("the core PCE price index rose", [("core PCE price index", "indicator:US:COREPCE")]),
    ("China's exports fell", [("exports", "indicator:CN:EXPORTS")]),
    ("exports fell at the factory", []),
    ("inflation in Turkey", [("inflation", "indicator:TR:CPI")]),
    ("in US dollar terms inflation slowed", [("US dollar", "index:DXY"), ("inflation", "indicator:US:CPI")]),
    ("The RBI met. Inflation slowed.", [("RBI", "organization:rbi"), ("Inflation", "indicator:IN:CPI")]),
    ("Food rose 0.4%.", []),
    ("CPI rose. Food rose 0.4%.", [("CPI", "indicator:US:CPI"), ("Food", "indicator:US:CPI_FOOD")]),
    ("CPI rose. Food sales rose 0.4%.", [("CPI", "indicator:US:CPI")]),
    ("PCE rose 0.2% and core 0.3%", [("PCE", "indicator:US:PCE"), ("core", "indicator:US:COREPCE")]),
    ("the inflation target", []),
    # Companies, and everyday words.
    ("Apple's iPhone", [("Apple", "equity:XNAS:AAPL")]),
    ("Target shares fell", [("Target", "equity:XNYS:TGT")]),
    ("They hit the Target and closed the Gap.", []),
    (
        "Walmart, Target and Costco",
        [("Walmart", "equity:XNAS:WMT"), ("Target", "equity:XNYS:TGT"), ("Costco", "equity:XNAS:COST")],
    ),
    ("Harrison Ford spoke of apple pie", []),
    ("Apple Hospitality is a hotel owner", []),
    ("Delta Corp Ltd of Goa", []),
    ("Delta shares fell", [("Delta", "equity:XNYS:DAL")]),
    ("India Inc wants reform", []),
    ("Nvidia (NVDA) rose", [("Nvidia (NVDA)", "equity:XNAS:NVDA")]),
    ("Goldman Sachs and JPMorgan", [("Goldman Sachs", "equity:XNYS:GS"), ("JPMorgan", "equity:XNYS:JPM")]),
    ("THE HOME DEPOT INC. 225.86", [("THE HOME DEPOT INC", "equity:XNYS:HD")]),
    ("Acme Tools Inc. said so", [("Acme Tools Inc.", "organization:acme-tools")]),
    # Symbols.
    ("$NVDA and $ZZZZQ", [("$NVDA", "equity:XNAS:NVDA")]),
    ("MU stock and the CEO", [("MU", "equity:XNAS:MU")]),
    ("ALL IT is ON", []),
    ("NYSE: IBM gained", [("NYSE: IBM", "equity:XNYS:IBM")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMES, ids=[case[0] for case in NAMES])
def test_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert _named(text) == expected


@pytest.mark.parametrize("text", table("voices")["examples"])
def test_a_source_is_no_instrument(text: str) -> None:
    assert not any(m.candidates and m.candidates[0].startswith("equity:") for m in FINDER.find(text))


@pytest.mark.parametrize("text", table("voices")["counterexamples"])
def test_a_company_that_speaks_of_itself_is_one(text: str) -> None:
    assert any(m.candidates and m.candidates[0].startswith("equity:") for m in FINDER.find(text))


@pytest.mark.parametrize(("text", "expected"), table("sectors")["checks"]["examples"])
def test_sectors(text: str, expected: str) -> None:
    assert expected in [key for _, key in _named(text)]


@pytest.mark.parametrize("text", table("sectors")["checks"]["counterexamples"])
def test_no_sectors(text: str) -> None:
    assert not [key for _, key in _named(text) if key.startswith(("index:SPX_", "index:TSX_"))]


def test_an_article_introduces_names_and_symbols() -> None:
    text = "Zebulon Robotics Inc. (NASDAQ: ZBRX) makes arms. Orders at Zebulon rose, so ZBRX jumped. A zbrx is no word."
    assert _named(text) == [
        ("Zebulon Robotics Inc. (NASDAQ: ZBRX)", "equity:XNAS:ZBRX"),
        ("Zebulon", "equity:XNAS:ZBRX"),
        ("ZBRX", "equity:XNAS:ZBRX"),
    ]


def test_a_listing_hides_the_index_in_its_name() -> None:
    mentions = FINDER.find("bullish on the iShares Russell 2000 ETF (NYSEARCA:IWM), not on bonds")
    assert [mention.candidates for mention in mentions] == [("etf:ARCX:IWM",)]


def test_bonds_of_several_countries() -> None:
    (mention,) = FINDER.find("Ten-year sovereign bonds in Canada, Germany and Japan rose.")
    assert mention.candidates == ("yield:CA10Y", "yield:DE10Y", "yield:JP10Y")


_SYDNEY = "The ASX 200 rose 1%. Westpac gained 2%, Wesfarmers 1% and Telstra 3%.\n"
_NEW_YORK = "The S&P 500 rose 1%. Apple gained 2%, Boeing 1% and Nike 3%.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_SYDNEY + "Rio Tinto added 4%.", "equity:XASX:RIO"),
        (_NEW_YORK + "Rio Tinto added 4%.", "equity:XNYS:RIO"),
        ("Rio Tinto added 4%.", "equity:XLON:RIO"),
        (_SYDNEY + "The yield on the three-year government bond fell to 3.6%.", "yield:AU3Y"),
        (_SYDNEY + "The yield on the 10-year Treasury fell to 3.6%.", "yield:US10Y"),
        (_SYDNEY + "The 10-year German bond yield fell to 2.6%.", "yield:DE10Y"),
        (_NEW_YORK + "The 10-year yield fell to 3.6%.", "yield:US10Y"),
        (
            "The Sensex lost 210 points, the rupee hit 80 to the dollar and the 10-year yield rose to 7.1%.",
            "yield:IN10Y",
        ),
    ],
)
def test_the_articles_own_market(text: str, expected: str) -> None:
    assert _named(text)[-1][1] == expected


def test_a_currency_against_another() -> None:
    dollar, yen = FINDER.find("The dollar rose 0.4% against the yen.")
    assert (dollar.symbol, dollar.candidates[0]) == ("USD", "currency:USDJPY")
    assert (yen.symbol, yen.candidates[0]) == ("JPY", "currency:USDJPY")


@pytest.mark.parametrize(
    ("text", "printed", "noun", "ids"),
    [
        ("Then the index fell.", "the index", "index", ()),
        ("The stock’s 52-week range", "The stock", "stock", ()),
        ("The home-improvement retailer earned", "The home-improvement retailer", "company", ()),
        ("the index of small-cap stocks fell", "the index of small-cap stocks", "index", ("index:RUT",)),
        ("orders at the iPhone maker fell", "the iPhone maker", "company", ("equity:XNAS:AAPL",)),
        ("The yields had touched", "The yields", "yield", ()),
        ("Shares rose 2%", "Shares", "stock", ()),
        ("its shares rose", "its shares", "stock", ()),
    ],
)
def test_nouns_that_point_back(text: str, printed: str, noun: str, ids: tuple[str, ...]) -> None:
    (mention,) = _one(text, MentionForm.GENERIC)
    assert (mention.text, mention.noun, mention.candidates) == (printed, noun, ids)


@pytest.mark.parametrize(
    "text", ["the stock market fell", "a bank holiday", "the yield curve", "it yields 3%", "dividend yields", "the dog"]
)
def test_nouns_that_do_not(text: str) -> None:
    assert _one(text, MentionForm.GENERIC) == []


_ARTICLE = (
    "Nvidia (NASDAQ: NVDA) rose as the S&P 500 and the Dow fell; the 10-year Treasury yield hit 4.2%, gold gained. "
    "Shares of Target rose — the retailer’s stock is up, and 日経 means the Nikkei 225 index. Acme Inc. (NYSE: ACM)."
)


def test_mentions_are_sorted_apart_and_quote_the_text() -> None:
    mentions = FINDER.find(_ARTICLE * 5)
    assert len(mentions) > 40
    for mention in mentions:
        assert (_ARTICLE * 5)[mention.start : mention.end] == mention.text
    for earlier, later in pairwise(mentions):
        assert earlier.end <= later.start


HOSTILE = {
    "digits": "1" * 20_000,
    "open brackets": "(" * 20_000,
    "brackets": "()" * 20_000,
    "half listings": "(NASDAQ: " * 10_000,
    "one word": "A" * 1_000_000,
    "maturities": "10-year " * 10_000,
    "determiners": "the " * 30_000,
    "legal forms": "Inc " * 20_000,
    "commas": "Foo, Inc., " * 8_000,
    "listings": "Acme Inc (NYSE: ACM) " * 6_000,
    "banks": "Fed interest rates " * 8_000,
    "emoji": "😀" * 50_000,
    "cyrillic": "рынок вырос на 2% " * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_linear_time(text: str) -> None:
    start = time.process_time()
    FINDER.find(text)
    assert time.process_time() - start < 2

"""Which part of a plain text is what."""

from __future__ import annotations

import pytest

from extractor.domain.article import Zone, ZoneSpan
from extractor.ingest import zones

TITLE, BODY, QUOTES, BOILERPLATE = Zone.TITLE, Zone.BODY, Zone.QUOTES, Zone.BOILERPLATE

PROSE = (
    "Stocks in Oslo rose on Monday as oil prices recovered and a strong krone did less harm than exporters "
    "had feared, with the benchmark up 0.8% to 1,402.10 at the close."
)


def marked(text: str) -> list[tuple[Zone, str]]:
    return [(span.zone, text[span.start : span.end].strip()) for span in zones.mark(text)]


def zone_of(text: str, words: str) -> set[Zone]:
    start = text.index(words)
    return {span.zone for span in zones.mark(text) if span.start < start + len(words) and start < span.end}


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Oslo shares climb as oil recovers\n\n", "Oslo shares climb as oil recovers"),
        ("# Oslo shares climb as oil recovers\n\n", "# Oslo shares climb as oil recovers"),
        ("Oslo shares climb as oil recovers\nOSLO, March 3 (Example Wire) - ", "Oslo shares climb as oil recovers"),
        ("Oslo shares climb as oil recovers\nBy Jane Doe\n\n", "Oslo shares climb as oil recovers"),
        (
            "-- Oslo shares climb as oil recovers\n-- By Jane Doe\n-- Thu Mar 3, 2016 6:24pm EST\n\n",
            "-- Oslo shares climb as oil recovers",
        ),
        ("Markets\n\nOslo shares climb as oil recovers\n\n", "Oslo shares climb as oil recovers"),
        ("", None),
        ("The index rose 2% to 1,402.10 on Monday.\n\n", None),
        ("March 3, 2016, 4:47 PM\n\n", None),
        ("On Monday:\n\n", None),
    ],
)
def test_title(head: str, title: str | None) -> None:
    text = head + PROSE + "\n"
    assert next((words for zone, words in marked(text) if zone is TITLE), None) == title
    assert zone_of(text, PROSE[-60:]) == {BODY}


@pytest.mark.parametrize(
    "table",
    [
        "Recent Quotes\nSymbol Price Change (%)\nAAA  10.00\n+1.00 (11.11%)\nBBB  20.00\n-1.00 (-4.76%)",
        "Recent Quotes\n\nAAA  10.00\n+1.00 (11.11%)",
        "AAA 10.00 +1.00 +11.11%",
        "Oslo Index 1,400.10 -11.15 -0.79%",
        "| Index | Last | Change |\n|---|---|---|\n| Oslo | 1,400.10 | -11.15 |",
        "Index\tClose\tChange\tPercent\nOslo\t1,400.10\t-11.15\t-0.79%",
        "Oslo Index   1,400.10\nBergen   374.10\nStavanger   4,544.90",
        "Oslo Index\n\nLast Updated at 3 Mar 2016, 10:15 GMT Oslo Index twelve month chart\nvalue change %\n1400.10 -\n-4.78\n-\n-0.02",  # noqa: E501
    ],
)
def test_quotes_tables(table: str) -> None:
    text = f"{PROSE}\n\n{table}\n\n{PROSE}\n"
    assert zone_of(text, table) == {QUOTES}
    assert [zone for zone, _ in marked(text)] == [BODY, QUOTES, BODY]


@pytest.mark.parametrize(
    "lines",
    [
        "The S&P 500 rose 20.05 points, or 0.6%, to 3,500.59.\n\nThe Dow gained 327.79 points, or 1.1%, to 29,500.27.",
        "Capital Bank (NYSE:CAB) 9.62%\n\nAmerican Card (NYSE:AMC) 7.41%\n\nUnited Wells (NYSE:UWF) 6.79%",
        "SPX +9.5% to 5,400.90, best day since Oct '08.\nVIX 33.62, from 52.33.",
        "Oslo Futures is trading at 7,400.00 up with  +1.36% percent or +100.00 point. Bergen is trading at 5,400.50.",
        "Crude 62.35, +4.6%; low of the day was sub-56.",
        "Revenue 1,250 +50 +4.2%\nNet income 310 -12 -3.7%",
        "Winners and Losers",
    ],
)
def test_lists_in_the_body_stay(lines: str) -> None:
    text = f"{PROSE}\n\n{lines}\n\n{PROSE}\n"
    assert {zone for zone, _ in marked(text)} == {BODY}


def test_run_together_furniture_is_cut_out_of_its_line() -> None:
    text = f"{PROSE}\nArticle continues after this advertisement{PROSE}\n"
    assert marked(text) == [(BODY, PROSE), (BOILERPLATE, "Article continues after this advertisement"), (BODY, PROSE)]


def test_a_credit_at_the_end_of_a_line_is_cut_off() -> None:
    text = f"{PROSE} (Reporting by Jane Doe; Editing by John Roe)"
    assert marked(text) == [(BODY, PROSE), (BOILERPLATE, "(Reporting by Jane Doe; Editing by John Roe)")]


def test_the_tail_of_a_page() -> None:
    tail = "This content is for informational purposes only.\n\nMore News\n\nView More\n\nCopyright 2016 Example Wire"
    assert marked(f"{PROSE}\n\n{tail}") == [(BODY, PROSE), (BOILERPLATE, tail)]


def test_a_page_that_is_a_table_has_no_body() -> None:
    entry = "ABC\nAlpha Beta\nReiterated byExample Bank\n$33.21\n+1.1%\n$40.00 ➝ $42.00Buy\n"
    text = (
        "Oslo Index   1,400.10\n\nAnalyst Ratings and Price Targets (3/3/2016)\n\nCompanyActionBrokerage\n" + entry * 10
    )
    assert BODY not in {zone for zone, _ in marked(text)}


def test_what_the_markup_tells_outranks_the_cues() -> None:
    text = "The yield AAA10Y, 0.673% fell to 0.675%."
    known = ZoneSpan(start=10, end=24, zone=QUOTES)
    assert [(span.start, span.end, span.zone) for span in zones.mark(text, known=[known])] == [
        (0, 10, BODY),
        (10, 24, QUOTES),
        (24, len(text), BODY),
    ]


def test_no_text_no_zones() -> None:
    assert zones.mark("") == ()

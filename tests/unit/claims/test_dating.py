"""Which day or window a figure gets, by the forms market reports print: each row one class, with its counterexample."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from extractor.domain.article import Article
from extractor.domain.claim import Claim

Extract = Callable[[Article], tuple[Claim, ...]]
NEW_YORK = "America/New_York"
HONG_KONG = "Asia/Hong_Kong"

# 2025-12-18 is a Thursday. (text, published, {figure: its day, its window or None})
CASES: list[tuple[str, str, dict[str, str | None]]] = [
    # contract months are no dates
    ("Natural gas for March lost 2% to $3.75.", "2025-12-18", {"2%": "2025-12-18"}),
    ("Gold for February rose $12 to $2,650.10 an ounce.", "2025-12-18", {"$12": "2025-12-18"}),
    ("January Brent settled down 2% at $60.10 a barrel.", "2025-12-18", {"2%": "2025-12-18"}),
    ("In November gold rose 4%.", "2025-12-18", {"4%": "2025-10-31/2025-11-30"}),
    # the earlier figure's day
    ("The 10-year Treasury yield rose to 4.19% from 4.14% late Wednesday.", "2025-12-18",
     {"4.19%": "2025-12-18", "4.14%": "2025-12-17"}),
    ("The euro slipped to $1.0810, compared with $1.0840 on Tuesday.", "2025-12-18",
     {"$1.0810": "2025-12-18", "$1.0840": "2025-12-16"}),
    ("The S&P 500 fell 0.3% on Monday to 6,612.40 from 6,634.10.", "2025-12-18",
     {"6,612.40": "2025-12-15", "6,634.10": "2025-12-12"}),
    ("The 10-year Treasury yield fell back to 3.84% from 3.55% two weeks before that.", "2025-12-18",
     {"3.84%": "2025-12-18", "3.55%": None}),
    ("Nvidia rose from $112.50 at the end of 2024 to $168.75, a gain of 50%.", "2025-12-18",
     {"$112.50": "2024-12-31", "$168.75": "2025-12-18", "50%": "2024-12-31/2025-12-18"}),
    ("The S&P 500 rose 1.2% on Tuesday.", "2025-12-18", {"1.2%": "2025-12-16"}),
    # a day in an aside or of another thing
    ("Nvidia, which reports on Wednesday, fell 1.9%.", "2025-12-15", {"1.9%": "2025-12-15"}),
    ("Nvidia fell 2.1% after jumping 5% when trading opened Monday.", "2025-12-18", {"2.1%": "2025-12-18"}),
    ("On Monday Nvidia fell 1.9%.", "2025-12-18", {"1.9%": "2025-12-15"}),
    # a price that is measured against is another day's
    ("Apple opened at $250.10, just a cent under Tuesday's close.", "2025-12-18", {"$250.10": "2025-12-18"}),
    ("The Russell 2000 fell 1.6% to 2,139.70 and stands 12.4% beneath its Nov. 8 record.", "2025-12-18",
     {"1.6%": "2025-12-18", "2,139.70": "2025-12-18"}),
    ("The Dow gained 0.8%, erasing Wednesday's loss.", "2025-12-18", {"0.8%": "2025-12-18"}),
    ("Bitcoin traded at $86,200, down from its Oct. 6 record near $126,000.", "2025-12-18",
     {"$86,200": "2025-12-18", "$126,000": "2025-10-06"}),
    # a date right at a figure is its own
    ("The S&P 500 rose 0.5%, less than half of Tuesday's 1.4% drop.", "2025-12-18", {"1.4%": "2025-12-16"}),
    ("The 10-year Treasury yield had closed at 4.14% a day earlier.", "2025-12-18", {"4.14%": "2025-12-17"}),
    ("JPMorgan lost 4.2% on January 13, and Citigroup sank 6.4% the day before.", "2026-01-16",
     {"4.2%": "2026-01-13", "6.4%": "2026-01-12"}),
    ("Micron fell 11.7% and then another 3.1% on Wednesday.", "2025-12-18", {"3.1%": "2025-12-17"}),
    # windows, and who of several figures gets them
    ("For the week, the Dow rose 1.1%, the S&P 500 added 0.9% and the Nasdaq gained 0.4%.", "2025-12-19",
     {"1.1%": "2025-12-12/2025-12-19", "0.9%": "2025-12-12/2025-12-19", "0.4%": "2025-12-12/2025-12-19"}),
    ("Last week, the Dow lost 1.7%, the S&P 500 dropped 1.9% and the Nasdaq slumped 2.9%.", "2025-12-15",
     {"1.7%": "2025-12-05/2025-12-12", "1.9%": "2025-12-05/2025-12-12", "2.9%": "2025-12-05/2025-12-12"}),
    ("The indexes closed higher for a fourth straight week; the Dow gained 2.3% and the Nasdaq 2.8%.", "2025-12-19",
     {"2.3%": "2025-12-12/2025-12-19", "2.8%": "2025-12-12/2025-12-19"}),
    ("The Dow fell 0.4% on Friday, but rose 1.1% for the week.", "2025-12-19",
     {"0.4%": "2025-12-19", "1.1%": "2025-12-12/2025-12-19"}),
    ("The Dow rose 0.6% and is up 9% this year.", "2025-12-18",
     {"0.6%": "2025-12-18", "9%": "2024-12-31/2025-12-18"}),
    ("Exxon was down 8.1% for the year through Tuesday.", "2025-12-18", {"8.1%": "2024-12-31/2025-12-16"}),
    ("So far this month Exxon has lost 3%.", "2025-12-18", {"3%": "2025-11-28/2025-12-18"}),
    ("Exxon has lost 3% since New Year's Eve.", "2025-12-18", {"3%": "2024-12-31/2025-12-18"}),
    ("Exxon slipped 0.4%, following a 5% rise over the previous two sessions.", "2025-12-18",
     {"0.4%": "2025-12-18", "5%": "2025-12-15/2025-12-17"}),
    ("Exxon announced the deal on December 4. Since then the shares have lost 8%.", "2025-12-18",
     {"8%": "2025-12-04/2025-12-18"}),
    ("Exxon has risen 6% year to date. The S&P 500 is up 14% over that time.", "2025-12-18",
     {"6%": "2024-12-31/2025-12-18", "14%": "2024-12-31/2025-12-18"}),
    ("Gold is up 27% this year. Silver is up 41%.", "2025-12-18", {"41%": "2024-12-31/2025-12-18"}),
    ("Gold rose 2% on Thursday. Silver rose 1%.", "2025-12-18", {"1%": "2025-12-18"}),
    ("The Dow fell 1% in the first half hour of trading.", "2025-12-18", {"1%": "2025-12-18"}),
    ("The rupee lost 0.4%, its softest close in nearly two years.", "2025-12-18", {}),
    ("The S&P 500 rose 0.8% on Wednesday, trimming its loss for the week to 0.6%.", "2025-12-18",
     {"0.8%": "2025-12-17", "0.6%": "2025-12-12/2025-12-18"}),
    ("The Dow rose 0.4% on Friday and ended the week down 0.7%.", "2025-12-20",
     {"0.4%": "2025-12-19", "0.7%": "2025-12-12/2025-12-19"}),
    ("Tesla has more than doubled over three months.", "2025-12-18", {"doubled": "2025-09-18/2025-12-18"}),
    ("Since hitting a low on April 8, the S&P 500 has jumped 36%.", "2025-12-18", {"36%": "2025-04-08/2025-12-18"}),
    ("Bitcoin fell 3.1% in the past 24 hours and is down 31% from its peak on Oct. 6.", "2025-12-18",
     {"3.1%": "2025-12-17/2025-12-18", "31%": "2025-12-18"}),
    ("Nvidia rose 1.9%, a day after losing 3.8%.", "2025-12-18", {"1.9%": "2025-12-18", "3.8%": "2025-12-17"}),
    ("For the week, the S&P 500 gained 0.1%. The Dow lost 0.7%, and the Nasdaq rose 0.5%.", "2025-12-19",
     {"0.7%": "2025-12-12/2025-12-19", "0.5%": "2025-12-12/2025-12-19"}),
    ("For the week, the S&P 500 gained 0.1%. Nike sank 10.5% after its results.", "2025-12-19",
     {"10.5%": "2025-12-19"}),
    ("The 10-year Treasury yield eased to 4.12% from 4.15% late Wednesday and 4.80% in January.", "2025-12-18",
     {"4.12%": "2025-12-18", "4.15%": "2025-12-17", "4.80%": "2025-01-01/2025-01-31"}),
    ("Gold hit a high of $4,381.21 on October 20 and last traded at $4,332.10.", "2025-12-18",
     {"$4,381.21": "2025-10-20", "$4,332.10": "2025-12-18"}),
    ("Tesla closed at $489.88 on Tuesday, then dropped 4.6% the next day.", "2025-12-18",
     {"$489.88": "2025-12-16", "4.6%": "2025-12-17"}),
    ("Two days earlier, the Dow had dropped 302 points.", "2025-12-18", {"302 points": "2025-12-16"}),
    ("A slump dragged Wall Street off its highs on Friday. The S&P 500 sank 1.1%. The Dow rose 0.2% on Thursday.",
     "2025-12-12", {"1.1%": "2025-12-12", "0.2%": "2025-12-11"}),
    ("Intel slid 4.6% and Micron 3.2%, the worst day for both since last April and October.", "2025-12-18",
     {"4.6%": "2025-12-18", "3.2%": "2025-12-18"}),
    # "on the day" is the day spoken of
    ("The S&P 500 closed Wednesday at 6,721.43, down 1.2% on the day.", "2025-12-18",
     {"6,721.43": "2025-12-17", "1.2%": "2025-12-17"}),
    # a label dates its paragraph alone
    ("NY CLOSE (Wed): S&P 500 +0.4% @ 6,721.\n\nGold rose 2%.", "2025-12-18",
     {"+0.4%": "2025-12-17", "6,721": "2025-12-17", "2%": "2025-12-18"}),
    ("Brent rose 0.5% after Wed's $61.20 settlement.", "2025-12-18", {"0.5%": "2025-12-18"}),
    # on a weekend the last session is Friday's
    ("The S&P 500 stands at 6,834.50, up 14% this year.", "2025-12-20",
     {"6,834.50": "2025-12-19", "14%": "2024-12-31/2025-12-19"}),
    ("Bitcoin fell 3%.", "2025-12-20", {"3%": "2025-12-20"}),
    ("The Dow closed the month at 48,134.10, down 0.9% for the week.", "2025-11-29",
     {"48,134.10": "2025-11-28", "0.9%": "2025-11-21/2025-11-28"}),
    ("Gold +2.4% w/w to $2,443.", "2024-08-04", {"+2.4%": "2024-07-26/2024-08-02"}),
    # columns of windows
    ("The tally (close | week | YTD)\n\nS&P 500 | 6,834.50 | +0.1% | +16.2%\n\nGold rose 2%.", "2025-12-20",
     {"6,834.50": "2025-12-19", "+0.1%": "2025-12-12/2025-12-19", "+16.2%": "2024-12-31/2025-12-19",
      "2%": "2025-12-19"}),
    # a distance is of the day, the record it is measured from of its own
    ("The S&P 500 ended 0.6% below the record close it set on December 11.", "2025-12-18", {"0.6%": "2025-12-18"}),
    ("The Dow lost 0.6% on December 11.", "2025-12-18", {"0.6%": "2025-12-11"}),
    # spans right behind a move
    ("Gold is down 2.9% for the week, 4.3% in November, 5.3% for the third quarter and up 24.8% year to date.",
     "2025-12-19", {"2.9%": "2025-12-12/2025-12-19", "4.3%": "2025-10-31/2025-11-30",
                    "5.3%": "2025-06-30/2025-09-30", "24.8%": "2024-12-31/2025-12-19"}),
    ("For the week ended Dec. 12, the Dow and the S&P 500 both lost 1.3% and the Nasdaq fell 2.8%.", "2025-12-16",
     {"1.3%": "2025-12-05/2025-12-12", "2.8%": "2025-12-05/2025-12-12"}),
    ("For the week, the Dow slipped 0.1%, whereas the S&P 500 added 0.2%.", "2025-12-19",
     {"0.2%": "2025-12-12/2025-12-19"}),
    ("Sterling ended the week at $1.3370, a 0.9% gain.", "2025-12-20",
     {"$1.3370": "2025-12-19", "0.9%": "2025-12-12/2025-12-19"}),
    # a clause hung on a day, and a day that another figure came from
    ("Yields have climbed since Friday, when the 10-year Treasury yield settled at 4.061%.", "2025-12-18",
     {"4.061%": "2025-12-12"}),
    ("The 10-year Treasury yielded 4.14%, from 4.12% late on Monday, while the 30-year yield was at 4.80%.",
     "2025-12-16", {"4.12%": "2025-12-15", "4.80%": "2025-12-16"}),
    ("The 10-year Treasury yield was at 4.14%, from 4.12% late on Monday, and the 30-year at 4.80% versus 4.78%.",
     "2025-12-16", {"4.80%": "2025-12-16", "4.78%": "2025-12-15"}),
    ("A second try, in April 2011, died at $48.70 for silver.", "2025-12-18", {"$48.70": "2011-04-01/2011-04-30"}),
    ("Apple shares had previously closed at $273.10.", "2025-12-18", {"$273.10": "2025-12-17"}),
    ("Gold has lost 3.6% since the beginning of the calendar year.", "2025-12-18",
     {"3.6%": "2024-12-31/2025-12-18"}),
    ("The S&P 500 rose 0.4% and ended 0.6% below the record close it set on December 11.", "2025-12-18",
     {"0.4%": "2025-12-18"}),
    ("The VIX went out at 23.39. A week ago it was 16.39.", "2025-12-20",
     {"23.39": "2025-12-19", "16.39": "2025-12-12"}),
    ("The 10-year Treasury yield fell 41bps on the week to 3.79%, and the 2-year dropped 51bps to 3.88%.", "2025-12-20",
     {"41bps": "2025-12-12/2025-12-19", "51bps": "2025-12-12/2025-12-19"}),
    # what is still to come opens no paragraph's day
    ("The measure keeps agencies open through January 30, 2026. Nvidia rose 3%.", "2025-12-18", {"3%": "2025-12-18"}),
]  # fmt: skip


def _dates(extract: Extract, text: str, published: str, zone: str) -> dict[str, set[str | None]]:
    article = Article(name="a.txt", source="a", text=text, published_on=date.fromisoformat(published), timezone=zone)
    found: dict[str, set[str | None]] = {}
    for claim in extract(article):
        day = claim.date and (str(claim.date.start) if claim.date.is_day else f"{claim.date.start}/{claim.date.end}")
        if claim.kind.value in ("level", "move"):
            found.setdefault(claim.quote, set()).add(day)
    return found


@pytest.mark.parametrize(("text", "published", "wanted"), CASES, ids=[text[:70] for text, *_ in CASES])
def test_date_of_a_figure(text: str, published: str, wanted: dict[str, str | None], extract: Extract) -> None:
    found = _dates(extract, text, published, NEW_YORK)
    assert {quote: found.get(quote) for quote in wanted} == {quote: {day} for quote, day in wanted.items()}


ABROAD = [
    ("The Hang Seng fell 1% on Tuesday as the S&P 500 lost 0.8% overnight.",
     {"1%": "2025-12-16", "0.8%": "2025-12-15"}),
    ("The euro bought $1.0610 on Tuesday against $1.0640 in US trade.",
     {"$1.0610": "2025-12-16", "$1.0640": "2025-12-15"}),
    ("The S&P 500 lost 0.8%.", {"0.8%": "2025-12-15"}),
    ("London - FTSE 100: UP 0.6 percent at 9,702.53 (close)", {"0.6 percent": "2025-12-15"}),
    ("In early trade the FTSE 100 rose 0.6 percent.", {"0.6 percent": "2025-12-16"}),
    ("The 10-year Treasury yield rose to 4.17 percent.", {"4.17 percent": "2025-12-15"}),
    ("The 10-year Treasury yield rose to 4.17 percent in Asian hours.", {"4.17 percent": "2025-12-16"}),
    ("The euro was at $1.0740 ($1.0730 NY close).", {"$1.0740": "2025-12-16", "$1.0730": "2025-12-15"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ABROAD)
def test_wall_street_as_the_asian_day_sees_it(text: str, wanted: dict[str, str], extract: Extract) -> None:
    found = _dates(extract, text, "2025-12-16", HONG_KONG)
    assert {quote: found.get(quote) for quote in wanted} == {quote: {day} for quote, day in wanted.items()}


RATES = [
    ("After a two-day meeting that wrapped up Tuesday, the Fed kept its federal funds rate at 3.50% to 3.75%.",
     ("2025-12-16", "2025-12-16")),
    ("Futures price a 50bp move by the Fed in March.", ("2026-03-01", "2026-03-31")),
    ("The Fed cut its federal funds rate by 25bp in October.", ("2025-10-01", "2025-10-31")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), RATES)
def test_date_of_a_policy_rate(text: str, wanted: tuple[str, str], extract: Extract) -> None:
    article = Article(name="a.txt", source="a", text=text, published_on=date(2025, 12, 18), timezone=NEW_YORK)
    rates = [claim for claim in extract(article) if claim.kind.value == "rate"]
    assert rates
    assert {claim.date and (str(claim.date.start), str(claim.date.end)) for claim in rates} == {wanted}


def test_a_week_that_is_over_on_monday_is_the_one_before(extract: Extract) -> None:
    text = "London stocks finished the week higher. The FTSE 100 rose 1.1% to 9,702.53."
    assert _dates(extract, text, "2025-12-15", "Europe/London")["1.1%"] == {"2025-12-12"}

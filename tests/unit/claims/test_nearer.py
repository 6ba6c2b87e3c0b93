"""Whose a figure is when something nobody knows stands nearer to it: such a reading must not be sure."""

from __future__ import annotations

from datetime import date

import pytest

from extractor.domain.article import Article
from extractor.rules.tolerances import tolerances

ON_DAY = date(2025, 12, 17)


def _sure(extract, text: str) -> dict[str, str]:
    article = Article(name="s.txt", source="s", text=text, published_on=ON_DAY)
    sure = tolerances().reading.sure
    return {claim.quote: claim.subject.id for claim in extract(article) if claim.confidence >= sure}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The S&P 500 gained 0.9%, with utilities off 1.3%.", "1.3%"),
        ("The Nasdaq rose 0.2%; health care, off 1.4%, was an anchor.", "1.4%"),
        ("Oracle leapt, lifting the S&P 500 0.9% and the software cohort 1.2%.", "1.2%"),
        ("The S&P 500 rose 0.5% while the gauge's industrial sector rose 1.1%.", "1.1%"),
        ("The VIX eased to 16.87 while its Nasdaq cousin, the VXN, fell to 21.4.", "21.4"),
        ("The VIX rose to 21.66, while oil's own volatility measure, the OVX, jumped to 40.2.", "40.2"),
        ("The S&P 500 fell 1%. The typical S&P 500 stock was up 0.2%.", "0.2%"),
        ("Semiconductor stocks in the Nasdaq tumbled 6%.", "6%"),
        ("The Philadelphia gauge of chipmakers vaulted 4.6%, and the Nasdaq 100 climbed 2.6%.", "4.6%"),
        ("The S&P 500 lost 2.9%. The gauge of regional lenders lost 5.4%.", "5.4%"),
        ("For the five days it was down 1.6%, a contrast with the S&P 500, up 1%.", "1.6%"),
        ("The S&P 500 rose 0.5%. In Mumbai, the benchmark added 1% to 84,929.36.", "84,929.36"),
        ("The S&P 500 fell 1.2%. The local benchmark shed 2.7% to 15,586.57.", "15,586.57"),
        ("The average was mild next to the S&P 500's 2.5% fall and the 4.1% in the Quillon China Index.", "4.1%"),
        ("Chip stocks cratered 6.3%, twice the drop in the S&P 500.", "6.3%"),
        ("Canada's main index, unlike the S&P 500, held on to its gains, ending 0.1% lower.", "0.1%"),
        ("Toronto's main index followed the S&P 500 lower, shedding 2.7% to 15,586.57.", "15,586.57"),
        ("The Shanghai market, which opens after the S&P 500's 2.5% loss, fell 3.4% to 3,152.76.", "3.4%"),
    ],
)
def test_an_unread_noun_makes_the_reading_unsure(extract, text: str, quote: str) -> None:
    ours = ("index:SPX", "index:IXIC", "index:NDX", "index:VIX", "commodity:WTI")
    assert not _sure(extract, text).get(quote, "").startswith(ours)


@pytest.mark.parametrize(
    ("text", "quote", "subject"),
    [
        ("The S&P 500 fell 1.2% on Wednesday.", "1.2%", "index:SPX"),
        ("The Russell 2000 decisively cleared resistance to close at 2,531.16.", "2,531.16", "index:RUT"),
        ("Down 0.3%, the Dow trailed.", "0.3%", "index:DJI"),
        ("The Nasdaq Composite IXIC, -1.81% skidded 1.8% to 22,693.32.", "22,693.32", "index:IXIC"),
        ("The Dow, which is home to banks, fell 0.5%.", "0.5%", "index:DJI"),
        ("The Dow lost 228 points, or 0.5%, to 47,885.97.", "47,885.97", "index:DJI"),
        ("A rout took the S&P 500 down 1.2%. The index closed at 6,721.43.", "6,721.43", "index:SPX"),
        ("A 1.2% slide in the S&P 500 was the worst in weeks.", "1.2%", "index:SPX"),
        ("The NYSE FANG+ Index rose 1.4%, beating the Nasdaq 100's 1.3% climb.", "1.3%", "index:NDX"),
        ("The tech-rich Nasdaq 100 lost 1.9%.", "1.9%", "index:NDX"),
    ],
)
def test_what_is_plain_stays_sure(extract, text: str, quote: str, subject: str) -> None:
    assert _sure(extract, text).get(quote) == subject

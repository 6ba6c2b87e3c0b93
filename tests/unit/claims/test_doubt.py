"""Which figures are read too unsurely to be accused: those that may be of another subject, or of another time."""

from __future__ import annotations

from datetime import date

import pytest

from extractor.domain.article import Article
from extractor.domain.claim import Claim, Kind
from extractor.rules.tolerances import tolerances

DOUBTFUL = [
    ("Nvidia vaulted 18%, though the levy on Chinese goods was raised to 125%.", "125%"),
    ("Humana dived 21% after Medicare proposed an increase of just 0.09% for 2027.", "0.09%"),
    ("Nvidia fell 8% on chips that grew 78%.", "78%"),
    ("Best Buy fell 13%; about 60% of what it sells comes from China.", "60%"),
    ("Nvidia gained 3% to $207, extending this year's advance to 54%.", "54%"),
    ("Tesla has lost 22% since New Year's.", "22%"),
    ("Tesla lost 15% over the holiday-free week.", "15%"),
    ("It was a rough week for chips. Nvidia slid 5.9%.", "5.9%"),
    ("Dell gained 9% after nearly doubling its growth target.", "doubling"),
    ("Netflix, which values Warner at $27.75, slid 3.4%.", "$27.75"),
    ("Teen unemployment jumped to 16.3% in November.", "16.3%"),
]
SURE = [
    ("Nvidia fell 8.5% on Thursday despite a jump in revenue.", "8.5%"),
    ("Nvidia fell 17% on Monday and then rose 9% on Tuesday.", "9%"),
    ("Oracle, which reported on Wednesday, tumbled 11% on Thursday.", "11%"),
    ("Shares of Walmart lost 9% of their value.", "9%"),
    ("Apple is down 18% this year.", "18%"),
    ("Nike tumbled 10% to $58.71.", "$58.71"),
    ("The jobless rate was 4.6% in November.", "4.6%"),
]


def _read(text: str, quote: str, extract) -> Claim | None:
    article = Article(name="a.txt", source="a", text=text, published_on=date(2025, 12, 18))
    figures = (Kind.MOVE, Kind.LEVEL, Kind.INDICATOR)
    return next((c for c in extract(article) if quote in c.quote and c.kind in figures), None)


@pytest.mark.parametrize(("text", "quote"), DOUBTFUL)
def test_a_figure_of_something_else_is_never_sure(text: str, quote: str, extract) -> None:
    claim = _read(text, quote, extract)
    assert claim is None or claim.confidence < tolerances().reading.sure


@pytest.mark.parametrize(("text", "quote"), SURE)
def test_a_plain_figure_is_sure(text: str, quote: str, extract) -> None:
    claim = _read(text, quote, extract)
    assert claim is not None
    assert claim.confidence >= tolerances().reading.sure

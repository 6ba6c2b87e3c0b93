"""Articles that disagree with themselves, from their text to the verdict: the words are ours, the rows invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from extractor.claims.check import check_article
from extractor.domain.article import Article
from extractor.domain.claim import Claim
from extractor.domain.verdict import Verdict
from tests.fakes.tape import tape

Extract = Callable[[Article], tuple[Claim, ...]]
ON = date(2025, 12, 10)  # a Wednesday
ROWS = {
    "index:DJI": {"2025-12-08": "47800.00", "2025-12-09": "47880.44", "2025-12-10": "47560.29", "2025-12-11": "47700"}
}
FINDING, REMARK = "does not agree with itself", "agrees with itself"


def verdicts_of(text: str, extract: Extract, published: date = ON) -> dict[str, Verdict]:
    article = Article(name="a.txt", source="a", text=text, published_on=published)
    claims = extract(article)
    return {claim.quote: one for claim, one in zip(claims, check_article(claims, tape(ROWS)), strict=True)}


@pytest.mark.parametrize(
    "text",
    [
        "The FTSE 100 fell 63.54 points, or 0.96%, to 9,100.77.",
        "The FTSE 100 closed down 63.54 points, or 0.96%, at 9,100.77.",
        "The FTSE 100 ended at 9,100.77, down 63.54 points (0.96%).",
        "The FTSE 100 dropped 0.96% to 9,100.77 from 9,164.31.",
        "The FTSE 100 fell to 9,100.77, a loss of 36.54 points or 0.69 per cent.",
        "The FTSE 100 finished at 9,100.77 on Wednesday. The FTSE 100 lost 63.54 points, or 0.96%.",
        "Brent crude rose from $61.94 to $62.21 a barrel, an increase of 4%.",
        "The yield on the 10-year bund rose 6 basis points to 2.86% from 2.82%.",
        "The Reserve Bank of India lowered its repo rate by 25 basis points to 5.25% from 5.75%.",
    ],
)
def test_figures_that_cannot_all_be_right(text: str, extract: Extract) -> None:
    verdicts = verdicts_of(text, extract)
    assert len(verdicts) == 3
    assert {(str(one.rating), one.reason) for one in verdicts.values()} == {("not_enough_data", "inconsistent")}
    assert all(FINDING in one.explanation and one.formula for one in verdicts.values())


@pytest.mark.parametrize(
    "text",
    [
        "The FTSE 100 fell 63.54 points, or 0.69%, to 9,100.77.",
        "The FTSE 100 ended at 9,100.77, down 63.54 points (0.7%).",
        "Brent crude rose from $61.94 to $62.21 a barrel, an increase of 0.4%.",
        "The yield on the 10-year bund rose 4 basis points to 2.86% from 2.82%.",
        "The Reserve Bank of India lowered its repo rate by 25 basis points to 5.25% from 5.50%.",
    ],
)
def test_figures_that_agree_and_that_no_tape_has(text: str, extract: Extract) -> None:
    verdicts = verdicts_of(text, extract)
    assert {str(one.rating) for one in verdicts.values()} == {"not_enough_data"}
    assert "inconsistent" not in {one.reason for one in verdicts.values()}
    assert all(REMARK in one.explanation for one in verdicts.values())


@pytest.mark.parametrize(
    "text",
    [
        "The FTSE 100 fell 63.54 points to 9,100.77, and is up 11.4% this year.",
        "The FTSE 100 fell 63.54 points to 9,100.77, taking its loss for the week to 1.9%.",
        "The FTSE 100 fell 63.54 points to 9,100.77, while the DAX lost 1.9%.",
        "The FTSE 100 was down 1.9% at noon and closed 63.54 points lower at 9,100.77.",
        "The FTSE 100 fell as much as 1.9% before it ended down 63.54 points at 9,100.77.",
        "The FTSE 100 fell about 1% to 9,100.77, a loss of 63.54 points.",
        "The yield on the 10-year bund rose 6 basis points to 2.86%, from 2.20% in March.",
        "The yield on the 10-year bund rose 6 basis points to 2.86%, up from 2.20% a year earlier.",
        "Norway's central bank raised its policy rate by 25 basis points to 4.25%, from 0% in September 2021.",
    ],
)
def test_figures_of_another_move_are_no_disagreement(text: str, extract: Extract) -> None:
    verdicts = verdicts_of(text, extract)
    assert len(verdicts) >= 3
    assert not any(FINDING in one.explanation for one in verdicts.values())


def test_the_tape_says_which_of_them_is_wrong(extract: Extract) -> None:
    verdicts = verdicts_of("The Dow closed down 320.15 points, or 0.76%, at 47,560.29.", extract)
    ratings = {quote: str(one.rating) for quote, one in verdicts.items()}
    assert ratings == {"320.15 points": "supported", "0.76%": "contradicted", "47,560.29": "supported"}
    assert FINDING in verdicts["0.76%"].explanation
    assert "itself" not in verdicts["47,560.29"].explanation


def test_a_weekday_that_is_another_days(extract: Extract) -> None:
    verdicts = verdicts_of(
        "On Thursday, Dec. 10, the Dow closed at 47,560.29.\n\nOn Friday, Dec. 11, the Dow closed at 47,000.00.",
        extract,
        date(2025, 12, 17),
    )
    right, wrong = verdicts["47,560.29"], verdicts["47,000.00"]
    assert (str(right.rating), right.reason) == ("imprecise", "other_weekday")
    assert "2025-12-10 was a Wednesday, not a Thursday" in right.explanation
    assert "2025-12-11 was a Thursday, not a Friday" in wrong.explanation
    assert "2025-12-11 and 2025-12-12" in wrong.explanation


@pytest.mark.parametrize(
    ("text", "quote", "rating"),
    [
        # The close beside it says of which hour the figure is; no range of the day is at hand.
        ("The Dow fell 1.67% to 47,560.29.", "1.67%", "contradicted"),
        ("The Dow fell 320.15 points, or 0.96%.", "0.96%", "contradicted"),
        ("The Dow fell 0.67% to 47,650.29.", "47,650.29", "not_enough_data"),  # 0.67 % may be of many hours
        ("The Dow fell 1.67%.", "1.67%", "not_enough_data"),
        ("The Dow fell 1.67% at noon, and closed at 47,560.29.", "1.67%", "not_enough_data"),
        ("The Dow, at 47,560.29, had been down 1.67%.", "1.67%", "not_enough_data"),
    ],
)
def test_the_close_beside_a_figure_tells_its_hour(text: str, quote: str, rating: str, extract: Extract) -> None:
    assert verdicts_of(text, extract)[quote].rating == rating

"""Subjects that no list knows: which words become one, and which leave the sentence to what was said before."""

from __future__ import annotations

import pytest

from extractor.annotate import pipeline
from extractor.claims import strangers
from extractor.claims.sentence import sentences_of
from extractor.domain.annotation import MentionForm


@pytest.fixture(scope="module")
def nlp():
    return pipeline.load()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yesterday Brannock Tooling slumped 10%.", [("Brannock Tooling", "organization:brannock-tooling")]),
        ("Used-car prices rose 2.4%.", [("Used-car prices", None)]),
        ("Hotel occupancy fell 3% in May.", [("Hotel occupancy", None)]),
        # A word that opens a sentence is a name only if the article writes it with a capital elsewhere.
        ("Quillon soared 16%. Traders bought Quillon.", [("Quillon", "organization:quillon")]),
        ("Apparel rose 16%.", [("Apparel", None)]),
        ("Nvidia lost 7%, Quillon 3% and Oracle 2%.", [("Quillon", "organization:quillon")]),
        # An index of its own, though a known one's name begins it or its noun could point back.
        ("The Russell 2000 Dynamic index rose 2%.", [("Russell 2000 Dynamic index", "index:RUSSELL_2000_DYNAMIC")]),
        ("The Nasdaq Quillon-50 rose 2%.", [("Nasdaq Quillon-50", "index:NASDAQ_QUILLON_50")]),
        (
            "The Dow Jones U.S. Quillon Tooling index rose 2%.",
            [("Dow Jones U.S. Quillon Tooling index", "index:DOW_JONES_U_S_QUILLON_TOOLING")],
        ),
        ("The little-known Quillon gauge rose 2%.", [("little-known Quillon gauge", None)]),
        ("The Quillon Tooling Index rose 2%.", [("Quillon Tooling Index", "index:QUILLON_TOOLING")]),
        ("An index of big banks rose 2%.", [("An index of", None), ("big banks", None)]),
        ("The Dow fell 1% while a broad gauge of airline stocks rose 2%.", [("a broad gauge of", None)]),
        ("The VIX, a gauge of volatility, rose 2%.", []),
        ("The start-up board index Quillon rose 2%.", [("Quillon", "organization:quillon")]),
        ("The Topix mining index rose 2%.", [("Topix mining index", "index:TOPIX_MINING")]),
        ("The Nasdaq Composite Index rose 2%.", []),
        ("The S&P 500 Stock Index rose 2%.", []),
        ("The S&P 500 index Friday rose 2%.", []),
        ("The U.S. index rose 2%.", []),
        # Of two yields, and so of neither.
        ("The gap between 2- and 10-year yields widened to 61 basis points.", [("gap", None)]),
        ("Its 2-year yield slipped, and the spread to the 10-year rose 3 basis points.", [("spread", None)]),
        ("The gap between the two shops fell to 3 miles.", []),
        # Known, or what points back: no stranger.
        ("Nvidia shares rose 2%.", []),
        ("The S&P 500 rose 2%.", []),
        ("It rose 2%.", []),
        ("The stock rose 2%.", []),
        ("U.S. stocks rose 2%.", []),
        ("The figure rose to 12,000.", []),
        ("The discounter raised its outlook to $4.", []),
        ("Revenue rose 2%.", []),
        ("Tesla deliveries rose 2%.", []),
        ("The yield on the 10-year Treasury note BX:TMUBMUSD10Y rose 2 basis points.", []),
        # What somebody does to something else says nothing of whose the figure is.
        ("Brannock Research cut its target to $40.", []),
        ("Down 2% on the day.", []),
    ],
)  # fmt: skip
def test_strangers(nlp, text: str, expected: list[tuple[str, str | None]]) -> None:
    seen = strangers.capitalised(text)
    found = [
        (mention.text, mention.candidates[0] if mention.candidates else None)
        for sentence in sentences_of(nlp(text))
        for mention in strangers.introduce(sentence, seen).mentions
        if mention.form is MentionForm.STRANGER
    ]
    assert found == expected


@pytest.mark.parametrize("text", ["Aa " * 20_000 + "rose 2%.", "and " * 20_000 + "rose 2%.", "Aa, " * 20_000 + "2%"])
def test_long_runs_of_words_cost_little(nlp, text: str) -> None:
    for sentence in sentences_of(nlp(text)):
        strangers.introduce(sentence)

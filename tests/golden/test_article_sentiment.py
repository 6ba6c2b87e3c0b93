"""The shipped model on an article of our own: who gains and who loses in one market, rows of prices left alone."""

from __future__ import annotations

import pytest

from extractor import wiring
from extractor.domain.sentiment import Tone
from extractor.stages import Reading, extract

ARTICLE = (
    "Smaller companies take the lead as the Russell 2000 sets a record\n"
    "\n"
    "BOSTON — After years in the shadow of the giants, small caps rallied this week and carried the "
    "Russell 2000 to its first record close since 2021. Money left the market's largest names to get "
    "there.\n"
    "\n"
    "The central bank opened the door. The Federal Reserve's quarter-point cut on Wednesday brought quick"
    " relief to small-cap companies, whose loans mostly carry floating rates.\n"
    "\n"
    "Makers of heavy equipment gained most. Shares of AAON, Inc. (NASDAQ: AAON) climbed on a wave of new "
    "orders, and Structure Therapeutics (NASDAQ: GPCR) more than doubled after its obesity pill did well "
    "in a trial.\n"
    "\n"
    "The other side of the trade was technology. Oracle Corp. (NYSE: ORCL) plunged 12% when its cloud "
    "sales fell short and it raised its spending plans once more. Nvidia (NASDAQ: NVDA), Broadcom "
    "(NASDAQ: AVGO) and Microsoft (NASDAQ: MSFT) were sold for a third day as investors questioned what "
    "the spending will earn.\n"
    "\n"
    "Recent Quotes\n"
    "\n"
    "Symbol Price Change (%)\n"
    "MSFT  486.27\n"
    "+10.15 (2.13%)\n"
    "NVDA  174.91\n"
    "+3.97 (2.32%)\n"
    "\n"
)

RUSSELL = "index:RUT"


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    path = tmp_path_factory.mktemp("article") / "rotation.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    (read,) = extract([str(path)], wiring.extraction(sentiment=wiring.sentiment_model()))
    assert isinstance(read, Reading)
    return read


@pytest.fixture(scope="module")
def tones(reading: Reading) -> tuple[Tone, ...]:
    return reading.tones


@pytest.mark.parametrize(
    ("subject", "label"),
    [
        ("equity:XNAS:AAON", "positive"),
        ("equity:XNAS:GPCR", "positive"),
        ("equity:XNYS:ORCL", "negative"),
        ("equity:XNAS:NVDA", "negative"),
        ("equity:XNAS:AVGO", "negative"),
        ("equity:XNAS:MSFT", "negative"),
    ],
)
def test_shares(tones: tuple[Tone, ...], subject: str, label: str) -> None:
    assert [tone.sentiment.label for tone in tones if tone.subject == subject] == [label]


def of_small_caps(tones: tuple[Tone, ...], words: str) -> Tone:
    return next(tone for tone in tones if tone.subject == RUSSELL and words in ARTICLE[tone.start : tone.end])


def test_small_caps_gain(tones: tuple[Tone, ...]) -> None:
    assert of_small_caps(tones, "sets a record").sentiment.label == "positive"
    assert of_small_caps(tones, "small caps rallied").sentiment.label == "positive"


def test_the_cut_is_told_of_small_caps(tones: tuple[Tone, ...]) -> None:
    assert of_small_caps(tones, "quarter-point cut").target == "small-cap companies"


def test_the_cut_is_good_for_small_caps(tones: tuple[Tone, ...]) -> None:
    assert of_small_caps(tones, "quarter-point cut").sentiment.label == "positive"


def test_rows_of_prices_are_not_scored(tones: tuple[Tone, ...]) -> None:
    assert max(tone.end for tone in tones) < ARTICLE.index("Recent Quotes")


def test_the_headlines_subject_is_what_the_article_is_about(reading: Reading) -> None:
    first = reading.relevance[0]
    assert (first.subject, first.in_title) == (RUSSELL, True)
    assert all(each.value < first.value for each in reading.relevance[1:])

"""UTF-8 read as windows-1252 is put back where it is certain, and left where a text speaks of it."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.page import Page
from extractor.ingest import read
from extractor.ingest.mojibake import repaired


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("the marketâ€™s gains", "the market’s gains"),
        ("the marketÃ¢â‚¬â„¢s gains", "the market’s gains"),  # twice
        ("â€œWe gained,â€\ufffd she said.", "“We gained,” she said."),  # a byte was lost on the way
        ("it was longâ€\ufffdterm", "it was long\ufffdterm"),  # nothing says which one
        ("NestlÃ© rose 3%.", "Nestlé rose 3%."),
        ("SociÃ©tÃ© GÃ©nÃ©rale", "Société Générale"),
        ("it cost Â£5 and â‚¬1.10", "it cost £5 and €1.10"),
        ("rose 1â€“2%", "rose 1–2%"),
        ("5Â\xa0% more", "5\xa0% more"),
        ("\u00e2\u0080\u0099s marketâ\x80\x99s", "’s market’s"),  # as Latin-1
        ("The marketâ€™s day.\nStocks â€“ and bonds â€“ fell.", "The market’s day.\nStocks – and bonds – fell."),
        ("<p>It wasnâ€™t</p><p>Nestlé’s</p>", "<p>It wasn’t</p><p>Nestlé’s</p>"),  # run by run
    ],
)
def test_put_back(broken: str, right: str) -> None:
    assert repaired(broken)[0] == right


@pytest.mark.parametrize(
    "text",
    [
        "The market’s gains – “fine” – at Nestlé, €5.",
        "SÃO PAULO rose; so did ÂNGELA and PERÃ’ that day",
        'The page showed "â€™" where an apostrophe belongs, and Ã© too.',
        "It shows â€™ for ’ and Ã© for é.",
        "In mojibake, café becomes cafÃ©.",
        "Г‚ и â",
        "Stocks â€“ and bonds â€“ fell.",  # nothing but marks that stand alone
        "no letters but ASCII",
    ],
)
def test_left_alone(text: str) -> None:
    assert repaired(text) == (text, 0)


@given(st.text(alphabet=st.characters(codec="cp1252"), max_size=200))
def test_what_is_put_back_is_shorter_and_the_rest_stays(text: str) -> None:
    fixed, runs = repaired(text)
    assert (len(fixed) < len(text)) if runs else (fixed == text)


def test_it_is_said_and_the_repaired_text_is_what_is_stored(caplog: pytest.LogCaptureFixture) -> None:
    text = "The marketâ€™s gains came late.\nNestlÃ© rose 3.1%."
    with caplog.at_level(logging.WARNING):
        article = read(Page(name="a.txt", source="a.txt", data=text.encode()))
    assert article.text == "The market’s gains came late.\nNestlé rose 3.1%."
    assert "put back in 2 places" in caplog.text


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("windows-1251", "рынок вырос".encode("cp1251"), "рынок вырос"),
        ("UTF-8", "the market’s".encode(), "the market’s"),
        ("utf-8", b"the market\x92s", "the market’s"),  # the header is wrong
        ("iso-8859-1", "the market’s".encode(), "the market’s"),
        ("windows-1252", "the market’s".encode(), "the market’s"),
        ("windows-1252", b"the market\x92s", "the market’s"),
        ("no-such-thing", "the market’s".encode(), "the market’s"),
        ("base64", "the market’s".encode(), "the market’s"),
        ("utf-7", b"1 +- 2", "1 +- 2"),
        ("windows-1251", b"\xef\xbb\xbf" + "the market’s".encode(), "the market’s"),  # a byte order mark comes first
    ],
)
def test_a_header_says_the_encoding(charset: str, data: bytes, text: str) -> None:
    assert read(Page(name="a.txt", source="a.txt", data=data, charset=charset)).text == text


def test_a_header_comes_before_the_pages_own_word() -> None:
    sentence = "The рынок closed higher on Monday after a long day of small moves in every share that was watched."
    page = f'<html><head><meta charset="utf-8"></head><body><article><p>{sentence}</p><p>{sentence}</p></article>'
    data = page.encode("cp1251")
    article = read(Page(name="a.html", source="a", data=data, media_type="text/html", charset="windows-1251"))
    assert sentence in article.text

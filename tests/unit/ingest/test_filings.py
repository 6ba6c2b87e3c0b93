"""Raw filings: the main document and its press release are read, the cover and the signatures are boilerplate."""

# ruff: noqa: E501 markup reads better in one piece

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date

import pytest

from extractor import ingest
from extractor.domain.article import Article, Zone
from extractor.domain.errors import SourceError
from extractor.domain.page import Page

HEADER = """<SEC-DOCUMENT>0000000000-16-000001.txt : 20160307
<SEC-HEADER>0000000000-16-000001.hdr.sgml : 20160307
<ACCEPTANCE-DATETIME>20160307160512
ACCESSION NUMBER:		0000000000-16-000001
CONFORMED SUBMISSION TYPE:	8-K
FILED AS OF DATE:		20160307

FILER:
	COMPANY DATA:
		COMPANY CONFORMED NAME:			HARBOR TOOL INC
</SEC-HEADER>
"""
MAIN_HTML = """<html><head><title>8-K</title></head><body>
<div style="display:none"><ix:header>hidden 777</ix:header></div>
<p>UNITED STATES SECURITIES AND EXCHANGE COMMISSION</p><p>Commission File Number 001-77777</p>
<p>Item 2.02&nbsp; Results of Operations and Financial Condition.</p>
<div>On March 7, 2016, Harbor Tool Inc. announced its results for the quarter. Revenue rose 4.2% to $612.4 million.</div>
<p>Item 9.01 Financial Statements and Exhibits.</p><table><tr><td>99.1</td><td>Press release of 777 words</td></tr></table>
<p>SIGNATURES</p><p>Date: March 7, 2016, by Jane Doe, officer no. 777</p></body></html>"""
RELEASE_HTML = """<html><body><p><b>Harbor Tool Reports Results for the First Quarter</b></p>
<p>BERGEN, March 7, 2016 -- Harbor Tool Inc. (NYSE: HBT) today reported revenue of $612.4 million, up 4.2% from a year ago.</p>
<table><tr><td>&#8226;</td><td>Orders rose 3.1% to $640.2 million in the quarter.</td></tr></table>
<table><tr><td></td><td>2016</td><td></td><td>2015</td></tr>
<tr><td>Revenue</td><td>$</td><td>612.4</td><td>$</td><td>587.7</td></tr>
<tr><td>Loss</td><td>(</td><td>1.2</td><td>)</td><td>3.3</td><td>%</td></tr></table></body></html>"""
MAIN_TEXT = """
                    SECURITIES AND EXCHANGE COMMISSION
                    Commission File Number 001-77777

<PAGE>
Item 5. Other Events.

     On March 7, 2016, Harbor Tool Inc. announced its results for the
quarter. Revenue rose 4.2% to $612.4 million.

                                 SIGNATURES

     Dated: March 7, 2016, no. 777
"""
RELEASE_TEXT = """
Harbor Tool Reports Results for the First Quarter

BERGEN, March 7, 2016 -- Harbor Tool Inc. (NYSE: HBT) today reported revenue
of $612.4 million, up 4.2% from a year ago.

<TABLE>
<S>                     <C>           <C>
                        2016          2015
Revenue                 $612.4        $587.7
</TABLE>
"""


def document(kind: str, text: str) -> str:
    return f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>1\n<FILENAME>a.htm\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n"


def read(text: str, name: str = "a.txt") -> Article:
    return ingest.read(Page(name=name, source=name, data=text.encode()))


def told(article: Article, zone: Zone) -> str:
    return "".join(article.text[span.start : span.end] for span in article.zones if span.zone is zone)


@pytest.mark.parametrize("name", ["a.txt", "a.htm"])
@pytest.mark.parametrize(
    ("main", "release"),
    [(MAIN_HTML, RELEASE_HTML), (MAIN_TEXT, RELEASE_TEXT), (MAIN_TEXT, RELEASE_HTML), (MAIN_HTML, RELEASE_TEXT)],
    ids=["html", "plain", "mixed", "mixed too"],
)
def test_a_filing(name: str, main: str, release: str) -> None:
    picture = document("GRAPHIC", "begin 644 a.jpg\nM777\n")
    other = document("EX-10.1", "<p>An agreement about 777 loans, which nobody is to read here.</p>")
    article = read(HEADER + document("8-K", main) + other + document("EX-99.1", release) + picture, name)
    body = " ".join(told(article, Zone.BODY).split())
    assert article.title == "Harbor Tool Reports Results for the First Quarter"
    assert told(article, Zone.TITLE).strip() == article.title
    assert "Harbor Tool Inc. announced its results for the quarter. Revenue rose 4.2% to $612.4 million." in body
    assert "today reported revenue of $612.4 million, up 4.2% from a year ago." in body
    assert "Revenue\t$612.4\t$587.7" in article.text
    assert "777" not in body
    assert article.publisher == "HARBOR TOOL INC"
    assert article.published_on == date(2016, 3, 7)
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2016-03-07T16:05:12-05:00"


def test_bullets_and_split_figures() -> None:
    article = read(HEADER + document("8-K", MAIN_HTML) + document("EX-99.1", RELEASE_HTML))
    assert "• Orders rose 3.1% to $640.2 million in the quarter." in article.text
    assert "Loss\t(1.2)\t3.3%" in article.text


def test_a_document_without_a_header() -> None:
    article = read(document("8-K", MAIN_HTML) + document("EX-99.1", RELEASE_HTML), "note_20160308.txt")
    assert article.published_on in (date(2016, 3, 7), date(2016, 3, 8))
    assert article.title == "Harbor Tool Reports Results for the First Quarter"


def test_without_a_release_the_form_is_the_title() -> None:
    assert read(HEADER + document("8-K", MAIN_HTML)).title == "HARBOR TOOL INC: 8-K"


def test_a_release_alone() -> None:
    assert "up 4.2% from a year ago." in read(HEADER + document("EX-99.1", RELEASE_TEXT)).text


@pytest.mark.parametrize("inner", ["", document("GRAPHIC", "begin 644 a\nM"), document("8-K", "<PDF>\nabc\n</PDF>")])
def test_nothing_to_read_is_said(inner: str) -> None:
    with pytest.raises(SourceError, match="a filing without a document that has text"):
        read(HEADER + inner)


@pytest.mark.parametrize(
    "text",
    [
        HEADER + document("8-K", "<div>" * 30_000 + "Revenue rose 4.2% to $612.4 million in the quarter, it said."),
        HEADER + "<DOCUMENT>\n<TYPE>8-K\n<TEXT>\n" * 20_000 + "Revenue rose 4.2% to $612.4 million in the quarter.",
        HEADER + document("8-K", "a  b  c\n" * 100_000),
    ],
    ids=["nested", "never closed", "columns"],
)
def test_hostile_filings_end(text: str) -> None:
    began = time.perf_counter()
    with suppress(SourceError):
        read(text)
    assert time.perf_counter() - began < 20

"""Mails: which of their parts are articles, and what their headers tell."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from extractor.domain.page import Page
from extractor.ingest.read import read
from tests.carriers import PAGE, STORY, only, opened, told

HEAD = "From: {}\nDate: Wed, 18 Dec 2024 17:05:00 -0500\nSubject: {}\n"


def mail(
    body: str = STORY, *, sender: str = "Jane Doe <jane@example.com>", subject: str = "Stocks fall hard"
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = sender, subject
    message["Date"] = "Wed, 18 Dec 2024 17:05:00 -0500"
    message.set_content(body)
    return message


def with_page(text: str, page: str) -> EmailMessage:
    message = mail(text)
    message.add_alternative(page, subtype="html")
    return message


def test_headers_tell_title_writer_publisher_and_moment(tmp_path: Path) -> None:
    page = only(tmp_path, "a.eml", mail().as_bytes())
    assert page.told.by == "mail"
    assert page.told.title == "Stocks fall hard"
    assert page.told.byline == "Jane Doe"
    assert page.told.publisher == "example.com"
    assert page.told.published_on == date(2024, 12, 18)
    assert page.told.published_at == datetime(2024, 12, 18, 22, 5, tzinfo=UTC)
    article = read(page)
    assert article.text == f"Stocks fall hard\n\n{STORY}"
    assert (article.name, article.title, article.published_from) == ("a.eml", "Stocks fall hard", "mail")
    assert article.published_at == page.told.published_at


@pytest.mark.parametrize(
    ("sender", "byline", "publisher"),
    [
        ("Jane Doe <jane@example.com>", "Jane Doe", "example.com"),
        ("Reuters <news@mail.reuters.com>", None, "Reuters"),
        ("The Example <no-reply@news.theexample.com>", None, "The Example"),
        ("news@example.com", None, "example.com"),
        ("Jane Doe <jane.doe@gmail.com>", "Jane Doe", None),
        ("=?utf-8?q?J=C3=BCrgen_Doe?= <j@example.com>", "Jürgen Doe", "example.com"),
        ("Jane Doe", None, None),
        ("<>", None, None),
        ("", None, None),
    ],
)
def test_who_sent_it(tmp_path: Path, sender: str, byline: str | None, publisher: str | None) -> None:
    page = only(tmp_path, "a.eml", f"From: {sender}\nSubject: x\nTo: y@example.com\n\n{STORY}")
    assert (page.told.byline, page.told.publisher) == (byline, publisher)


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Stocks fall", "Stocks fall"),
        ("Fwd: Re: FW: Stocks fall", "Stocks fall"),
        ("=?utf-8?b?U3RvY2tzIOKAkyBib25kcw==?=", "Stocks – bonds"),
        ("Retail sales rise", "Retail sales rise"),
        ("S&P 500 <b>falls</b>", "S&P 500 falls"),
        ("", None),
    ],
)
def test_subjects(tmp_path: Path, subject: str, title: str | None) -> None:
    assert only(tmp_path, "a.eml", HEAD.format("a@example.com", subject) + f"\n{STORY}").told.title == title


@pytest.mark.parametrize(
    ("header", "day", "clock"),
    [
        ("Wed, 18 Dec 2024 17:05:00 -0500", date(2024, 12, 18), "22:05"),
        ("Wed, 18 Dec 2024 22:05:00 GMT", date(2024, 12, 18), "22:05"),
        ("Wed, 18 Dec 2024 17:05:00 -0000", date(2024, 12, 18), None),  # a zone that is not told
        ("18 Dec 2024", date(2024, 12, 18), None),
        ("soon", None, None),
        ("Wed, 99 Dec 2024 17:05:00 -0500", None, None),
        ("", None, None),
    ],
)
def test_dates(tmp_path: Path, header: str, day: date | None, clock: str | None) -> None:
    page = only(tmp_path, "a.eml", f"From: a@example.com\nDate: {header}\nSubject: x\n\n{STORY}")
    assert page.told.published_on == day
    at = page.told.published_at
    assert (f"{at.astimezone(UTC):%H:%M}" if at else None) == clock


@pytest.mark.parametrize(
    ("text", "page", "taken"),
    [
        (STORY, PAGE, "text/html"),
        ("Read this in a browser.", PAGE, "text/html"),
        (STORY * 3, "<p>Read this mail in your browser.</p>", "text/plain"),
        (
            STORY,
            "<style>p { color: red and many more words than any text has in it, I should say }</style>",
            "text/plain",
        ),
        (STORY, "", "text/plain"),
    ],
)
def test_the_part_with_more_to_read(tmp_path: Path, text: str, page: str, taken: str) -> None:
    assert only(tmp_path, "a.eml", with_page(text, page).as_bytes()).media_type == taken


def test_the_subject_is_the_title_of_a_mail_with_a_page(tmp_path: Path) -> None:
    article = read(only(tmp_path, "a.eml", with_page("See below.", PAGE).as_bytes()))
    assert article.title == "Stocks fall hard"
    assert article.text.startswith("Stocks fall hard\n\nStocks fell on Wednesday. The S&P 500")


def test_lines_that_a_mailer_broke_are_whole_again(tmp_path: Path) -> None:
    broken = "The Federal Reserve cut its target range on Wednesday, and the S&P 500\nsank 2.9%.\n\nBonds fell.\n"
    article = read(only(tmp_path, "a.eml", mail(broken).as_bytes()))
    assert "the S&P 500 sank 2.9%.\n\nBonds fell." in article.text
    head = HEAD.format("a@example.com", "x") + "Content-Type: text/plain; format=flowed\n"
    flowed = f"{head}\nThe S&P 500 \nsank 2.9%.\nBonds fell.\n"
    assert "The S&P 500 sank 2.9%.\nBonds fell." in read(only(tmp_path, "b.eml", flowed)).text


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_charsets(tmp_path: Path, charset: str) -> None:
    message = EmailMessage()
    message["From"] = "a@example.com"
    message.set_content("The café rose 2% on Wednesday.", charset=charset, cte="base64")
    assert "The café rose 2%" in read(only(tmp_path, "a.eml", message.as_bytes())).text


def attached() -> EmailMessage:
    message = mail()
    message.add_attachment(STORY.encode(), maintype="text", subtype="plain", filename="wrap_20241217.txt")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="chart.pdf")
    message.add_attachment(PAGE.encode(), maintype="application", subtype="octet-stream", filename="../Page.HTML")
    inner = mail("Gold fell 1% to $2,600 on Tuesday.", subject="Gold falls")
    inner.add_attachment(STORY.encode(), maintype="text", subtype="plain", filename="more.txt")
    message.add_attachment(inner)
    message.add_attachment(inner.as_bytes(), maintype="application", subtype="octet-stream", filename="saved.eml")
    return message


def test_attachments_are_articles_of_their_own(tmp_path: Path) -> None:
    found = [one for one in opened(tmp_path, "a.eml", attached().as_bytes()) if isinstance(one, Page)]
    assert [(one.name, one.media_type, one.file_name, one.told.title) for one in found] == [
        ("a.eml", "text/plain", "a.eml", "Stocks fall hard"),
        ("a.eml:1", "text/plain", "wrap_20241217.txt", None),
        ("a.eml:2", "text/html", "Page.HTML", None),
        ("a.eml:3", "text/plain", "", "Gold falls"),
        ("a.eml:3:1", "text/plain", "more.txt", None),
        ("a.eml:4", "text/plain", "", "Gold falls"),
        ("a.eml:4:1", "text/plain", "more.txt", None),
    ]
    assert [str(read(one).published_on) for one in found[:2]] == ["2024-12-18", "2024-12-17"]
    assert len({one.source for one in found}) == len(found)


def test_a_mail_behind_a_byte_order_mark(tmp_path: Path) -> None:
    assert only(tmp_path, "a.eml", b"\xef\xbb\xbf" + mail().as_bytes()).told.title == "Stocks fall hard"


def test_an_attachment_alone_is_enough(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "a@example.com"
    message.add_attachment(STORY.encode(), maintype="text", subtype="plain", filename="wrap.txt")
    assert told(tmp_path, "a.eml", message.as_bytes()) == ["a.eml:1"]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "a.eml: the file is empty"),
        (b"\n\nStocks rose.", "a.eml: not a mail: it begins with no header"),
        (b"Stocks rose.", "a.eml: not a mail: it begins with no header"),
        (b"From: a@example.com\n\n", "a.eml: no text in the mail"),
        (b"From: a@example.com\nContent-Type: image/png\n\nxx", "a.eml: no text in the mail"),
        (b"From: a@example.com\nContent-Type: multipart/mixed; boundary=x\n\n--x--\n", "a.eml: no text in the mail"),
        (b"From: a\0b\n\nStocks", "a.eml: not text but binary data (it has NUL bytes)"),
        (b"From: a@example.com\n" + b"boundary=x\n" * 200, "a.eml: not a mail that can be read: it has too many parts"),
    ],
)  # fmt: skip
def test_what_is_no_article(tmp_path: Path, data: bytes, found: str) -> None:
    assert told(tmp_path, "a.eml", data) == [found]


def test_mails_within_mails_come_to_an_end(tmp_path: Path) -> None:
    message = mail()
    for _ in range(8):
        outer = mail()
        outer.add_attachment(message)
        message = outer
    found = told(tmp_path, "a.eml", message.as_bytes())
    assert found[:6] == ["a.eml" + ":1" * depth for depth in range(6)]
    assert found[6:] == ["a.eml:1:1:1:1:1:1: more than 5 mails within mails"]


@pytest.mark.parametrize(
    "header",
    [
        "To: " + ", ".join(f"a{number}@example.com" for number in range(50_000)),
        "Subject: " + "=?utf-8?q?a?= " * 50_000,
        "Content-Type: text/plain" + "".join(f"; a{number}*{number}*=b" for number in range(50_000)),
        "From: " + '"' * 500_000,
        "From: " + "(" * 500_000,
        "Date: " + "(" * 500_000,
        "Content-Disposition: attachment" + '; filename="x' * 50_000,
    ],
    ids=lambda header: header.partition(":")[0],
)
def test_a_hostile_header_takes_no_time(tmp_path: Path, header: str) -> None:
    began = time.process_time()
    told(tmp_path, "a.eml", f"X-First: 1\n{header}\n\n{STORY}")
    assert time.process_time() - began < 3

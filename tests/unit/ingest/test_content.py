"""Bytes to text: which encoding, and what is no text at all."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import ingest
from extractor.domain.errors import SourceError
from extractor.ingest import Page, Source, content
from extractor.ingest.mojibake import repaired
from extractor.ingest.read import may_be_html
from tests.sources import read


def written(folder: Path, name: str, data: bytes) -> Source:
    path = folder / name
    path.write_bytes(data)
    return Source(name=name, path=path)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Stocks rose 1%.\r\nGold fell.\r", "Stocks rose 1%.\r\nGold fell.\r"),
        ("The euro bought €1.10\u00a0– or so.".encode(), "The euro bought €1.10\u00a0– or so."),
        (b"\xef\xbb\xbfStocks rose.", "Stocks rose."),
        ("Stocks rose – €2.".encode("utf-16"), "Stocks rose – €2."),
        (b"\xfe\xff" + "Gold €".encode("utf-16-be"), "Gold €"),
        (b"\xff\xfe\x00\x00" + "Gold €".encode("utf-32-le"), "Gold €"),
        (b"The euro bought \x80 1.10 \x96 the market\x92s view", "The euro bought € 1.10 – the market’s view"),
        (b"an undefined byte \x81 stays", "an undefined byte \x81 stays"),
    ],
)
def test_text_is_stored_as_decoded(tmp_path: Path, data: bytes, text: str) -> None:
    assert read(written(tmp_path, "a.txt", data)).text == text


def test_windows_1252_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    read(written(tmp_path, "a.txt", b"the market\x92s view"))
    assert "read as windows-1252" in caplog.text


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>", "shift_jis"),
        ('<meta charset="iso-8859-1">', "utf-8"),  # declared, and untrue, as on many pages
        ('<meta charset="no-such-thing">', "utf-8"),
        ("", "utf-8"),
    ],
)
def test_a_page_says_its_encoding(tmp_path: Path, head: str, encoding: str) -> None:
    word = {"cp1251": "рынок", "shift_jis": "市場"}.get(encoding, "marché")
    sentence = f"The {word} closed higher on Monday after a long day of small moves in every share that was watched."
    page = f"<html><head>{head}</head><body><article><p>{sentence}</p><p>{sentence} Again.</p></article></body></html>"
    assert sentence in read(written(tmp_path, "a.html", page.encode(encoding))).text


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("рынок".encode("cp1251"), "windows-1251", "рынок"),
        (b"<meta charset=utf-8>" + "рынок".encode("cp1251"), "Windows-1251", "<meta charset=utf-8>рынок"),
        (b"\xef\xbb\xbf" + "рынок".encode(), "windows-1251", "рынок"),  # a byte order mark is never wrong
        ("\ufeffрынок".encode("utf-16-le"), "utf-8", "рынок"),
        ("рынок".encode(), "iso-8859-1", "рынок"),  # declared, and untrue, as by many servers
        (b"caf\xe9", "iso-8859-1", "café"),
        (b"<meta charset=windows-1251>" + "рынок".encode("cp1251"), "utf-8", "<meta charset=windows-1251>рынок"),
        *[
            ("a €1.10 b".encode(), label, "a €1.10 b")
            for label in ("", "no-such", "hex", "rot13", "zip", "idna", "punycode", "unicode_escape", "utf-7", "a\0b")
        ],
        ("a €1.10 b".encode(), "undefined", "a €1.10 b"),
        ("a €1.10 b".encode(), "x" * 5_000, "a €1.10 b"),
    ],
)
def test_a_header_says_the_encoding(data: bytes, charset: str, text: str) -> None:
    assert content.decode(data, name="a", html=True, charset=charset) == text


def test_the_charset_of_a_page_is_heeded() -> None:
    data = "Акции выросли.".encode("cp1251")
    page = Page(name="a", source="a", data=data, media_type="text/plain", charset="windows-1251")
    assert ingest.read(page).text == "Акции выросли."


@pytest.mark.parametrize("label", ["idna", "unicode_escape", "hex", "undefined", "zlib_codec"])
def test_what_is_no_encoding_of_pages_is_not_believed_of_a_page_either(label: str) -> None:
    data = f"<meta charset={label}>€".encode()
    assert content.decode(data, name="a", html=True).endswith("€")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \r\n\t", "the file is empty"),
        ("a.txt", "\u2003 ".encode("utf-16"), "the file is empty"),
        ("a.html", b"", "the file is empty"),
        ("a.txt", b"abc\0def", "binary data"),
        ("a.html", b"<p>abc\0def</p>", "binary data"),
        ("a.txt", b"%PDF-1.7 ...", "a PDF file"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "a PNG image"),
        ("a.txt", b"\x1f\x8b\x08\x00abc", "the gzip data end too early"),
        ("a.html", b"<html><body></body></html>", "no article text found"),
        ("a.html", b"<html><body><p>Login</p></body></html>", "no article text found"),
        ("a.html", b"<!-- -->", "no article text found"),
    ],
)
def test_what_is_no_article(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    source = written(tmp_path, name, data)
    with pytest.raises(SourceError, match=reason) as caught:
        read(source)
    assert caught.value.source == str(source.path)
    assert "\n" not in str(caught.value)


def test_too_large_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "LARGEST", 1000)
    assert read(written(tmp_path, "a.txt", b"a" * 1000)).text == "a" * 1000
    with pytest.raises(SourceError, match="too large"):
        read(written(tmp_path, "b.txt", b"a" * 1001))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    source = written(tmp_path, "a.txt", b"Stocks rose.")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(SourceError, match="permission denied"):
        read(source)


def test_permission_is_reported_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    source = written(tmp_path, "a.txt", b"Stocks rose.")
    monkeypatch.setattr(content.os, "open", refused)
    with pytest.raises(SourceError, match=r"a\.txt: cannot be read \(permission denied\)"):
        read(source)


def test_a_pipe_put_in_a_files_place_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(SourceError, match="not a regular file"):
        read(Source(name="a.txt", path=tmp_path / "a.txt"))


def test_standard_input_is_read_and_a_page_on_it_known(monkeypatch: pytest.MonkeyPatch) -> None:
    class Standard:
        buffer = io.BytesIO(
            b"<!DOCTYPE html><html><body><p>"
            + b"Stocks rose again on Monday, and bonds fell. " * 4
            + b"</p></body></html>"
        )

    monkeypatch.setattr(content.sys, "stdin", Standard)
    article = read(Source(name="stdin", path=None))
    assert article.source == "-"
    assert article.text.startswith("Stocks rose again on Monday")
    assert "<p>" not in article.text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=300))
def test_any_text_is_kept_and_its_zones_cover_it(tmp_path: Path, text: str) -> None:
    if not text.strip() or text.startswith("\ufeff") or content.looks_like_html(text):
        return
    article = read(written(tmp_path, "a.txt", text.encode()))
    text, _ = repaired(text)  # by chance a text holds mojibake; every other is kept as it is
    assert article.text == text
    assert "".join(text[zone.start : zone.end] for zone in article.zones) == text
    assert all(zone.start < zone.end for zone in article.zones)
    assert [zone.start for zone in article.zones] == sorted(zone.start for zone in article.zones)


PAGE = (
    "<html><body><p>Copper rose 1.2% to $9,100.50 a tonne on Monday, its highest close since March.</p></body></html>"
)


@pytest.mark.parametrize(
    ("name", "data", "media_type", "html"),
    [
        ("a.html", b"Stocks rose.", None, True),
        ("a.HTM", b"", None, True),
        ("a.txt", b"Stocks rose.", None, False),
        ("a.txt", b"Stocks rose 1% < 2%.", None, False),
        ("a.txt", b"Stocks rose.", "text/html", True),
        ("a.txt", b"<SEC-DOCUMENT>0000320193-24-000123.txt", None, True),
        ("dump.jsonl:3", PAGE.encode(), None, True),
        ("a.txt", PAGE.encode(), None, True),
        ("a.txt", b"\n" * 900 + b"<!DOCTYPE  HTML>" + PAGE.encode(), None, True),
        ("a.txt", PAGE.encode("utf-16"), None, True),
        ("a.txt", PAGE.encode("utf-32"), None, True),
        ("a.txt", "\u3000".encode() * 999 + PAGE.encode(), None, True),
        ("a.txt", b"\xa0" * 999 + PAGE.encode(), None, True),
        ("a.txt", b"<!--" + b"x" * 490 + b"-->" + PAGE.encode(), None, True),
    ],
)
def test_whether_a_page_may_be_html_is_seen_without_decoding_it(
    name: str, data: bytes, media_type: str | None, html: bool
) -> None:
    assert may_be_html(Page(name=name, source=name, data=data, media_type=media_type)) is html


@pytest.mark.parametrize(("charset", "html"), [(None, False), ("UTF-8", False), ("utf-7", True), ("cp037", True)])
def test_in_an_odd_encoding_anything_may_be_html(charset: str | None, html: bool) -> None:
    page = Page(name="a.txt", source="a.txt", data=b"+ADw-html+AD4-", media_type="text/plain", charset=charset)
    assert may_be_html(page) is html

"""Tickers with their exchange: "AAON, Inc. (NASDAQ: AAON)", "Apple Inc ( AAPL.O )", "NYSE: X", "$NVDA"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.annotate.instruments.reading import Reading
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.rules.instruments import InstrumentBook
from extractor.rules.instruments.names import LEGAL_FORMS, Token
from extractor.rules.instruments.words import word_list

_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,90})[)\]]")
_SYMBOL = r"[A-Z0-9]{1,6}(?:[.\-/][A-Z]{1,3})?|[A-Z]{1,12}"
_PART = re.compile(
    rf"\s*(?:(?P<exchange>[A-Za-z][A-Za-z .\-/]{{1,26}}?)\s?:\s?)?\$?(?P<symbol>{_SYMBOL})\s*(?:$|[-–—|\"“].*|Get .*)"
)
_SPLIT = re.compile(r"\s*(?:[,;|]|\band\b|\s/\s)\s*")
_RIC = re.compile(r"[(<]\s{0,2}(?P<symbol>[A-Z0-9]{1,10}[a-z]?)\.(?P<suffix>[A-Z]{1,2})\s{0,2}[)>]")
_OPEN = re.compile(
    r"\b(?P<exchange>[A-Z][A-Za-z]{2,12}(?: (?:Arca|American|MKT|ARCA))?)\s?:\s?"
    r"(?P<symbol>[A-Z]{1,6}(?:\.[A-Z])?)\b(?![a-z:])"
)
_CASHTAG = re.compile(r"(?<![\w$])\$(?P<symbol>[A-Z]{1,6}(?:\.[A-Z])?)\b(?![\d.,]*\d)")

_SHORTEST_GERMAN = 3  # letters of a code that ends in the "G": "SAPG.DE" is SAP
_NAME_TOKENS = 9
# Marks inside names. "of" and "and" join only where a list says so, or else two names would run together.
_JOINING = frozenset({"&", "'", "s", "+", ".", "/"})
_DOMAINS = frozenset({"com", "net", "ai", "io"})  # "Amazon.com"
_OF_HEADS = word_list("of_heads")
_AND_TAILS = word_list("and_tails")
_LEADS = word_list("leads")
_BREAKERS = word_list("breakers")
_ABBREVIATED = word_list("abbreviations")


def listings(reading: Reading, book: InstrumentBook) -> Iterator[InstrumentMention]:
    """Every exchange-qualified ticker of a text; with the company's name before it, both are one mention."""
    taken: list[tuple[int, int]] = []
    for match in _BRACKETS.finditer(reading.text):
        printed = list(_qualified(match.group(1), book))
        if printed:
            taken.append(match.span())
            yield _mention(reading, book, match.start(), match.end(), printed)
    for match in _RIC.finditer(reading.text):
        mic = _ric_market(match["symbol"], match["suffix"], book)
        if mic is not None:
            yield _mention(
                reading, book, match.start(), match.end(), [(mic, _ric_symbol(match["symbol"], match["suffix"]))]
            )
    for match in _OPEN.finditer(reading.text):
        mic = book.venue(match["exchange"])
        if mic is not None and not any(start <= match.start() < end for start, end in taken[-40:]):
            yield _ticker(reading, book, match.start(), match.end(), [(mic, match["symbol"])])


def cashtags(reading: Reading, book: InstrumentBook) -> Iterator[InstrumentMention]:
    """ "$NVDA" where the symbol is one the book or a reference lists."""
    for match in _CASHTAG.finditer(reading.text):
        ids = book.listed(match["symbol"])
        american = tuple(key for key in ids if key.split(":")[1] in _AMERICAN)
        if american or (ids and len(match["symbol"]) > 1):
            yield InstrumentMention(
                start=match.start(), end=match.end(), text=match.group(), form=MentionForm.TICKER,
                candidates=american or ids, symbol=match["symbol"],
            )  # fmt: skip


def bracketed_funds(reading: Reading, book: InstrumentBook) -> Iterator[InstrumentMention]:
    """ "Technology (XLK)", "the Energy fund (XLE)": a fund of the book by its symbol, whatever a writer calls it."""
    for match in _FUND.finditer(reading.text):
        ids = tuple(key for key in book.listed(match["symbol"]) if key.startswith("etf:") and book.get(key))
        if ids:
            begin = name_start(reading, match.start())
            start = match.start() if begin is None else begin
            yield InstrumentMention(
                start=start, end=match.end(), text=reading.text[start : match.end()], form=MentionForm.NAME,
                candidates=ids, symbol=match["symbol"], name=reading.text[start : match.start()].strip() or None,
            )  # fmt: skip


_FUND = re.compile(r"\((?P<symbol>[A-Z]{3,4})\)")
_AMERICAN = frozenset({"XNAS", "XNYS", "ARCX", "XASE", "BATS"})


def _qualified(inner: str, book: InstrumentBook) -> Iterator[tuple[str, str]]:
    """(MIC, symbol) of each listing in brackets; an exchange holds for the symbols after it."""
    mic: str | None = None
    for part in _SPLIT.split(inner):
        match = _PART.fullmatch(part)
        if match is None:
            return
        if match["exchange"]:
            mic = book.venue(match["exchange"])
        if mic is None:
            return
        yield mic, match["symbol"]


def _ric_symbol(symbol: str, suffix: str) -> str:
    """ "BRKb" is the share class "BRK.B"; the "n" of "ADSGn" (registered) and a German code's "G" say nothing more."""
    if symbol[-1] in "ab":
        return f"{symbol[:-1]}.{symbol[-1].upper()}"
    plain = symbol.rstrip("abcdefghijklmnopqrstuvwxyz")
    return plain.removesuffix("G") if suffix == "DE" and len(plain) > _SHORTEST_GERMAN else plain


def _ric_market(symbol: str, suffix: str, book: InstrumentBook) -> str | None:
    if suffix in ("A", "B") and (book.listed(f"{symbol}.A") or book.listed(f"{symbol}.B")):
        return None  # a share class, not a Reuters code
    return book.venue_of_suffix(suffix)


def _mention(
    reading: Reading, book: InstrumentBook, start: int, end: int, printed: list[tuple[str, str]]
) -> InstrumentMention:
    begin = name_start(reading, start)
    if begin is None:
        return _ticker(reading, book, start, end, printed)
    begin = _known_name(reading, book, begin, start, {symbol for _, symbol in printed})
    name = reading.text[begin:start].strip()
    mic, symbol = printed[0]
    return InstrumentMention(
        start=begin, end=end, text=reading.text[begin:end], form=MentionForm.LISTING,
        candidates=_candidates(book, printed, name), mic=mic, symbol=symbol, name=name,
    )  # fmt: skip


def _known_name(reading: Reading, book: InstrumentBook, begin: int, end: int, symbols: set[str]) -> int:
    """Where the name known to bear the symbol begins, if one ends there: headlines capitalise the words before it."""
    first = reading.token_after(begin)
    for token in reading.tokens[first : first + _NAME_TOKENS]:
        if token.start >= end:
            break
        ids = book.shipped_names(reading.text[token.start : end].strip(" \xa0,"))
        if any(key.rpartition(":")[2] in symbols for key in ids):
            return token.start
    return begin


def _ticker(
    reading: Reading, book: InstrumentBook, start: int, end: int, printed: list[tuple[str, str]]
) -> InstrumentMention:
    mic, symbol = printed[0]
    return InstrumentMention(
        start=start, end=end, text=reading.text[start:end], form=MentionForm.TICKER,
        candidates=_candidates(book, printed, None), mic=mic, symbol=symbol,
    )  # fmt: skip


def _candidates(book: InstrumentBook, printed: list[tuple[str, str]], name: str | None) -> tuple[str, ...]:
    """As printed first; then where the book knows the same symbol, which may be right on another day."""
    as_printed = [book.listing_id(mic, symbol, name) for mic, symbol in printed]
    known = [other for key in as_printed for other in book.same_company(key)]
    return tuple(dict.fromkeys((*as_printed, *known)))


def name_start(reading: Reading, end: int) -> int | None:
    """Where the company's name that ends at `end` begins, walking back over capitalised words; None if none."""
    tokens = reading.tokens
    last = reading.token_before(end)
    if last < 0 or reading.text[tokens[last].end : end].strip(" \t\xa0,.®™"):
        return None
    begin: int | None = None
    index = last
    while index >= 0 and last - index < _NAME_TOKENS * 2:
        token = tokens[index]
        if token.key in _BREAKERS or not _in_name(reading, index, begin is None):
            break
        if token.text[0].isalnum():
            begin = index
        if not _continues(reading, index):
            break
        index -= 1
    while (
        begin is not None and begin < last and tokens[begin].key in _LEADS and tokens[begin + 1].key not in ("'", "&")
    ):
        begin += 1
        while begin < last and not tokens[begin].text[0].isalnum():
            begin += 1
    if begin is None or tokens[begin].key in _LEADS or not any(_capital(token) for token in tokens[begin : last + 1]):
        return None
    return tokens[begin].start


def _wrapped(text: str, end: int) -> bool:
    """Whether the line that ends at `end` is long enough to have been broken for its width."""
    return end - (text.rfind("\n", max(0, end - 100), end) + 1) >= 45


def _capital(token: Token) -> bool:
    return any(letter.isupper() for letter in token.text)


def _in_name(reading: Reading, index: int, first: bool) -> bool:
    tokens = reading.tokens
    token = tokens[index]
    if _capital(token):
        # A legal form in the middle ends the name of another company: "Apple Inc. Nvidia Corp. (NASDAQ: NVDA)".
        return first or token.key not in ("inc", "corp", "ltd", "plc", "llc") or token.text.isupper()
    if token.key in _JOINING:
        return True
    if token.key in _DOMAINS and index and tokens[index - 1].text == "." and tokens[index - 1].end == token.start:
        return True
    if token.text[0].isdigit():
        return index > 0 or not token.text.isdigit()
    following = tokens[index + 1].key if index + 1 < len(tokens) else ""
    if token.key == "of":
        return index > 0 and tokens[index - 1].key in _OF_HEADS
    if token.key == "and":
        return following in _AND_TAILS
    return first and token.key in LEGAL_FORMS


def _continues(reading: Reading, index: int) -> bool:
    """Whether the name may reach further back than this token."""
    if index == 0:
        return False
    tokens, text = reading.tokens, reading.text
    before, token = tokens[index - 1], tokens[index]
    gap = text[before.end : token.start]
    if "\n" in gap and not _wrapped(text, before.end):
        return False
    if gap == "" or token.joined:
        if before.text == "." and gap:
            # A full stop and a space: only after an abbreviation ("St. Jude", "U.S. Bancorp").
            return index > 1 and tokens[index - 2].key in _ABBREVIATED and tokens[index - 2].end == before.start
        return True
    # "AAON, Inc.": a comma inside a name stands only before the legal form.
    return gap.strip() == "," and token.key in LEGAL_FORMS | {"l", "n", "s"} and "\n" not in gap

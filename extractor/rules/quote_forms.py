"""The forms a row of a quotes table takes in plain text, shared by what marks zones and what reads rows.

A row is a name or symbol and a price, with a signed change, a percent or both, and no sentence around them:

    AMZN  227.11            one row over two lines, the change below
    +5.84 (2.64%)
    BAC 54.34 -0.20 -0.38%  one line, spaces, tabs or the bars of a Markdown table between the cells
    Dow 24,311.19 -11.15 -0.05%
    Barclays (BARC) 230.80p 3.92%    a movers' list, the code in brackets, the price in pence
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Slice = tuple[int, int]

LONGEST_ROW = 200  # characters of a line that may be a row

_NUMBER = r"(?:\d{1,3}(?:,\d{3})++|\d{1,9}+)(?:\.\d{1,6}+)?"
_PRICE = rf"(?P<currency>[$€£¥])?(?P<price>{_NUMBER}(?P<pence>p)?+)(?![\w%])"
_CHANGE = rf"(?P<change>[+\-−–▲▼△▽⬆⬇↑↓]\s?[$€£¥]?{_NUMBER})(?![\d%])"
_PERCENT = rf"(?P<percent>[+\-−–]?\s?{_NUMBER}\s?%)"
_GAP = r"[ \t\u00a0|]{1,12}+"
_TREND = r"(?:[▲▼△▽⬆⬇↑↓](?![ \t]{0,4}[$€£¥]?\d))?[ \t]{0,4}+"
_EDGE = r"[ \t\u00a0|]{0,12}+"
# A name: up to seven words, none of them beginning with a small letter but a few that join names.
_WORD = r"[A-Z0-9.^$&][\w&.'’/^\-]{0,24}\*?"
_JOINING = "of|the|and|&|composite|yield|crude|oil|futures|index|gold|average|industrial|note|bond"
_NAME = (
    rf"(?P<name>(?=[^\n]{{0,60}}[A-Za-z]){_WORD}(?:[ ](?:{_WORD}|{_JOINING}|\([A-Z][a-z]{{1,11}}\))){{0,7}}?,?:?)"
    r"(?:[ ]\((?P<code>[A-Z][A-Z0-9]{0,5}\.?)\))?"
)

# What stands in the first cell of other tables: a company's figures, a period. Such a table is no quotes table.
_MEASURE = re.compile(
    r"(?:total |net |gross |operating |adjusted |diluted |organic |comparable |same-store )?"
    r"(?:revenues?|sales|income|profit|earnings|eps|ebitda?|margins?|orders|bookings|backlog|users|subscribers|deliveries|shipments|cash|debt|capex|dividend|production|"
    r"q[1-4]|h[12]|fy|january|february|march|april|may|june|july|august|september|october|november|december|20\d\d)\b",
    re.IGNORECASE,
)
# A symbol in a cell of its own before the name: "HD<tab>THE HOME DEPOT INC.".
_SYMBOL_CELL = (
    r"(?:(?P<symbol>[\^]?[A-Z]{1,5}(?:[.\-][A-Z]{1,2})?)[ \u00a0]{0,4}+(?:[\t|]|[ ]{2})[ \t\u00a0|]{0,8}+"
    r"(?=[^\t|]{0,60}[A-Za-z]))?"
)

_CHANGES = rf"{_TREND}(?:{_CHANGE})?{_EDGE}(?:\(?{_PERCENT}\)?)?{_TREND}{_EDGE}"
_ONE_LINE = re.compile(rf"{_EDGE}{_SYMBOL_CELL}{_NAME}{_GAP}{_PRICE}(?=[ \t\u00a0|(▲▼△▽⬆⬇↑↓]){_EDGE}{_CHANGES}")
_HEAD = re.compile(rf"{_EDGE}{_SYMBOL_CELL}{_NAME}{_GAP}{_PRICE}{_EDGE}")
_CHANGE_BELOW = re.compile(rf"{_EDGE}{_CHANGES}")
_SYMBOL = re.compile(r"[\^$]?[A-Z]{1,5}(?:[.\-][A-Z]{1,2})?")
_FIGURES_ONLY = re.compile(r"(?=.*\d)[\d.,%$€£¥+\-−–()\s➝→▲▼|]{1,80}")
_SEPARATOR_ROW = re.compile(r"[|\s:\-–—]{3,200}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowForm:
    """Where the parts of a row stand in the line, or the two lines joined by their line break, it was found in."""

    symbol: Slice | None
    name: Slice | None
    price: Slice
    currency: str | None
    change: Slice | None
    percent: Slice | None
    end: int
    two_lines: bool


# Quotes of the moment inside sentences. Statistics and periods stand in brackets with a percent too: "(GDP +2.5%)".
_NO_SYMBOL = (
    r"(?!(?:GDP|CPI|PPI|PCE|PMI|GVA|RPI|HICP|VAT|YOY|QOQ|MOM|YTD|MTD|QTD|TTM|LTM|FY|EPS|ROE|ROI|ROA|ROIC|APR|APY|CAGR|NIM|NPL|LTV|"
    r"CET|DPS|EBIT|EBITDA|ARR|GMV|US|UK|EU|EM|UAE|USA|AND|OR|UP|DOWN|OFF|Q[1-4]|H[12]|[1-4]Q|[12]H)\b)"
)
_ARROW = "[▲▼△▽↑↓⬆⬇]"
_IN_BRACKETS = re.compile(
    rf"\((?:[A-Z][A-Za-z]{{2,7}}:\s?)?{_NO_SYMBOL}(?:(?:[$^]?[A-Z]{{1,6}}(?:[.\-][A-Z]{{1,2}})?|\^[A-Z]{{1,8}})[,:]?\s{{1,2}}"
    rf"(?:[+\-−–]|{_ARROW}\s?)\d{{1,4}}(?:\.\d{{1,2}})?\s?%|[$^]?[A-Z]{{2,5}}[,:]?\s{{1,2}}\d{{1,3}}\.\d\d\s?%)\)"
)
_CHIP = re.compile(
    rf"(?<![\w$])\$?\^?[A-Z]{{1,6}}(?:[.\-][A-Z]{{1,2}})?,?\s{{1,2}}(?:[$€£]?\d[\d,]{{0,9}}(?:\.\d{{1,4}})?\s{{0,2}}(?:[+\-−–]\s?\d[\d.,]{{0,9}}\s{{1,2}})?)?"
    rf"\(?{_ARROW}\s{{0,2}}\d[\d,]{{0,6}}(?:\.\d{{1,4}})?\s?%?\)?"
)


def injected(text: str, start: int, end: int) -> list[Slice]:
    """Where quotes of the moment stand in a stretch of prose: "(ORCL -3.2%)", "(NVDA 2.09%)", "$AAPL 212.30 ▲ 0.5%".

    One with a price between brackets, "(MSFT 448.37, +3.45, +0.8%)", and a symbol with a signed figure, "$AAPL +4.1%",
    are how some desks write, and are none.
    """
    found: list[Slice] = []
    for pattern in (_IN_BRACKETS, _CHIP):
        for match in pattern.finditer(text, start, end):
            if all(match.end() <= first or last <= match.start() for first, last in found):
                found.append(match.span())
    return sorted(found)


def one_line(line: str) -> RowForm | None:
    """A whole row on one line."""
    if len(line) > LONGEST_ROW or not (match := _ONE_LINE.fullmatch(line)):
        return None
    if not (match.group("change") or match.group("percent")) or _MEASURE.match(match.group("name")):
        return None
    return _form(match, match, 0, two_lines=False)


def two_lines(head: str, below: str, offset: int) -> RowForm | None:
    """A row whose change stands on the next line, which begins `offset` characters after `head` does."""
    if len(head) > LONGEST_ROW or len(below) > LONGEST_ROW:
        return None
    first, second = _HEAD.fullmatch(head), _CHANGE_BELOW.fullmatch(below)
    if not first or not second or not _signed(second) or _MEASURE.match(first.group("name")):
        return None
    return _form(first, second, offset, two_lines=True)


def _signed(match: re.Match[str]) -> bool:
    """A change, or at least a percent with its sign: an unsigned percent under a figure may be anything."""
    return bool(match.group("change")) or (match.group("percent") or "")[:1] in tuple("+-−–")


def price_only(line: str) -> bool:
    """A name and a price and nothing else; only a table where several stand together."""
    match = _HEAD.fullmatch(line) if len(line) <= LONGEST_ROW else None
    return match is not None and _MEASURE.match(match.group("name")) is None


def figures_only(line: str) -> bool:
    """A cell without words: a price, a change, a percent, a dash."""
    return len(line) <= 80 and _FIGURES_ONLY.fullmatch(line) is not None


def separator(line: str) -> bool:
    """The line under the head of a Markdown table."""
    return "-" in line and _SEPARATOR_ROW.fullmatch(line) is not None


def _form(first: re.Match[str], second: re.Match[str], offset: int, *, two_lines: bool) -> RowForm:
    def below(group: str) -> Slice | None:
        start, end = second.span(group)
        return None if start < 0 else (start + offset, end + offset)

    symbol: Slice | None = first.span("symbol")
    name: Slice | None = _without_mark(first, "name")
    if first.group("symbol") is None and first.group("code") is not None:
        symbol = first.span("code")
    elif first.group("symbol") is None:
        symbol = None
        if name and _SYMBOL.fullmatch(first.string[slice(*name)]):
            symbol, name = name, None
    return RowForm(
        symbol=symbol,
        name=name,
        price=first.span("price"),
        currency="p" if first.group("pence") else first.group("currency"),
        change=below("change"),
        percent=below("percent"),
        end=second.end() + offset,
        two_lines=two_lines,
    )


def _without_mark(match: re.Match[str], group: str) -> Slice:
    """A name without the comma or colon that follows it."""
    start = match.start(group)
    return start, start + len(match.group(group).rstrip(",:* "))

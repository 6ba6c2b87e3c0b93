"""Names of the book found in a text, longest first, each kept only where the words around it let it be that name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractor.annotate.instruments.contracts import is_future, is_traded, month_before
from extractor.annotate.instruments.reading import Reading
from extractor.annotate.instruments.siblings import own_id, sibling_end
from extractor.annotate.instruments.support import moves_by_a_figure
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.domain.claim import SubjectType
from extractor.rules.instruments import Alias, InstrumentBook
from extractor.rules.instruments.load import table
from extractor.rules.instruments.names import SUFFIX, case_fits

Tree = Mapping[str, Sequence[tuple[tuple[str, ...], tuple[Alias, ...]]]]

_INDEX_TAIL = re.compile(
    r"\s(?:(?:Composite|composite|stock|share|Stock|Share|benchmark|stock market|market|volatility|Price)\s)?"
    r"(?:Index|index|INDEX|Average|average)\b(?!\s(?:fund|futures))"
)
_FUTURES_TAIL = re.compile(
    r"\s(?:(?:Index|index|stock|e-mini|E-mini)\s){0,2}(?:[Ff]ut(?:ure)?s?|FUTURES|e-minis?|E-minis?|contracts?)\b"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_COMMODITY_TAIL = re.compile(
    r"(?:\s(?:crude|oil|futures?|prices?|price|Futures|Crude|Oil|Prices|contracts?)\b){0,3}"
    rf"(?:\sfor\s(?:(?:{_MONTHS})\s?)?"
    r"(?:delivery|settlement)?)?"
)
_HUNDRED = re.compile(r"[\s-]100\b(?![.,]\d|\s?%|\spoints?)")
_VOLATILITY = re.compile(r"\s[Vv]olatility\b")
_CODE = re.compile(
    r"\s{0,3}[(<]?\s{0,2}(?P<code>[.^][A-Z0-9]{2,9}|[A-Z]{2,3}c[v\d]{1,2}|[A-Z]{3}=)\s{0,2}[)>]?(?![\w])"
)
_BRACKET_SYMBOL = re.compile(r"\s{0,2}\(\s?\$?(?P<symbol>[A-Z]{1,5}(?:\.[A-Z])?)\s?\)")
_PLAIN_SYMBOL = re.compile(r"\s(?P<symbol>[A-Z]{2,5})\b(?!\.[a-z])")
_FUND_WORDS = frozenset({"etf", "etfs", "fund", "funds", "tracker", "options", "etn", "trust"})
# A fund that bears a company's name: "BNY Mellon High Yield Strategies Fund".
_OWN_FUND = re.compile(r"(?:\s[A-Z][\w&-]{0,20}+){1,6}?\s(?:Fund|Funds|ETF|ETFs|Portfolio|Trust)\b")
# "Sydney, Perth and Auckland each lost": what the last of several cities did, the first did too.
_MORE_CITIES = re.compile(
    r"(?:,\s[A-Z]\w{2,12}(?:\s[A-Z]\w{2,12})?){0,4},?\s(?:and|&)\s[A-Z]\w{2,12}(?:\s[A-Z]\w{2,12})?"
)
# "closed 1% higher and Seoul 0.4 percent": a city in a list whose verb stands once.
_CITY_FIGURE = re.compile(r"\s\d{1,2}(?:\.\d{1,2})?\s?(?:%|per\s?cent\b)")
# "Shanghai - Composite: UP 0.6 percent": a line of key figures names the city first.
_CITY_LINE = re.compile(r"\s[-–—]\s(?:Composite|All[ -]Share|Benchmark|Main)(?:\s[Ii]ndex)?\s?:\s")
_CITY_MOVE = re.compile(
    r"(?:\s(?:stocks|shares|also|later|each|all|both|\w{3,12}ly))?\s(?:was|were|is|ended|closed|finished|rose|fell|gained|added|lost|slipped|dropped"
    r"|climbed|jumped|shed|dipped|eased|edged|advanced|tumbled|surged|up|down|put on|sank|rallied|rebounded|slid"
    r"|plunged"
    r"|retreated|declined|soared|inched|ticked|settled|tacked|gave up|gave back|piled on)\b"
)
_IN_CITIES = re.compile(
    r"\b(?P<what>[\w-]{2,20} in) [A-Z]\w{2,12}(?: [A-Z]\w{2,12})?"
    r"(?:, [A-Z]\w{2,12}(?: [A-Z]\w{2,12})?){0,3},? (?:and|&) \Z"
)
_CITIES_REACH = 90
_WHICH = re.compile(r",\swhich(?=\s)")
_MARKET_IN = frozenset({"stocks in", "shares in", "equities in", "market in", "markets in", "bourses in", "bourse in"})
_PERSONAL = frozenset({SubjectType.EQUITY, SubjectType.ETF})
_HYPHENED = frozenset({SubjectType.COMMODITY, SubjectType.CURRENCY, SubjectType.CRYPTO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An alias met in the text at tokens [first, last), not yet judged against the article.

    weak: the name is an everyday word and nothing beside it says that the company is meant.
    """

    mention: InstrumentMention
    alias: Alias
    first: int
    last: int
    weak: bool = False


@cache
def _support() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in table("generic")["support"].items()}


def names(reading: Reading, book: InstrumentBook, trees: Sequence[Tree]) -> Iterator[Found]:
    """Every alias of the trees in the text; overlaps are left for the caller."""
    tokens = reading.tokens
    for index, token in enumerate(tokens):
        for tree in trees:
            group = tree.get(token.key)
            if group is not None:
                found = _at(reading, book, group, index)
                if found is not None:
                    yield found


def _at(
    reading: Reading, book: InstrumentBook, group: Sequence[tuple[tuple[str, ...], tuple[Alias, ...]]], index: int
) -> Found | None:
    tokens = reading.tokens
    for wanted, aliases in group:
        last = index + len(wanted)
        if last > len(tokens):
            continue
        if len(wanted) > 1 and tokens[index + 1].key != wanted[1]:
            continue
        run = tokens[index:last]
        if any(token.key != key for token, key in zip(run[1:], wanted[1:], strict=True)):
            continue
        if not all(token.joined for token in run[1:]):
            continue
        words = [token.text for token in run]
        fitting = [alias for alias in aliases if case_fits(alias.words, words)]
        doubtful: Found | None = None
        for alias in sorted(fitting, key=_order):
            found = _judge(reading, book, alias, index, last)
            if found is not None and not found.weak:
                return found
            doubtful = doubtful or found
        if doubtful is not None:
            return doubtful
    return None


def _order(alias: Alias) -> int:
    """A commodity as traded before the statistic of the same name, a city after everything else."""
    return {"contract": 0, "city": 2}.get(alias.noun or "", 1)


def _judge(reading: Reading, book: InstrumentBook, alias: Alias, first: int, last: int) -> Found | None:
    text, tokens = reading.text, reading.tokens
    start, end = tokens[first].start, tokens[last - 1].end
    after = reading.next_words(last, end)
    before = reading.previous_words(first)
    if alias.type is SubjectType.INDEX and (sibling := _sibling(reading, alias, first, last)) is not None:
        return sibling
    if alias.not_before and not alias.not_before.isdisjoint(after):
        return None
    if alias.not_after and not alias.not_after.isdisjoint(before):
        return None
    if start and text[start - 1] in "$#@/" and alias.type in _PERSONAL:
        return None
    if alias.type in _HYPHENED and text[end : end + 1] in "-‑" and text[end + 1 : end + 2].isalpha():
        return None
    if alias.noun == "city":
        elsewhere = before[0] == "in" and before[1] not in _MARKET_IN  # "cocoa in London slid"
        listed = _IN_CITIES.search(text, max(0, start - _CITIES_REACH), start)  # "rents in Sydney and Seoul rose"
        elsewhere = elsewhere or bool(listed and listed["what"].casefold() not in _MARKET_IN)
        if elsewhere or not _is_a_market(text, end, before[0]):
            return None
        return _found(reading, alias, alias.ids, end, first, last)
    if alias.type is SubjectType.INDEX:
        return _index(reading, book, alias, first, last, after)
    if alias.type is SubjectType.COMMODITY:
        return _commodity(reading, book, alias, first, last)
    if alias.type in _PERSONAL:
        return _company(reading, book, alias, first, last, before, after)
    return _found(reading, alias, alias.ids, end, first, last)


def _is_a_market(text: str, end: int, before: str) -> bool:
    """Whether a city does what its market does: it moves, alone or in a list, or heads a line of key figures."""
    others = _MORE_CITIES.match(text, end)
    moves = _CITY_MOVE.match(text, end + len(which.group()) if (which := _WHICH.match(text, end)) else end) or (
        others and _CITY_MOVE.match(text, others.end())
    )
    listed = before in ("and", "while", "but") and _CITY_FIGURE.match(text, end)
    return bool(moves or listed or _CITY_LINE.match(text, end))


def _found(
    reading: Reading, alias: Alias, ids: tuple[str, ...], end: int, first: int, last: int, weak: bool = False
) -> Found:
    start = reading.tokens[first].start
    mention = InstrumentMention(
        start=start, end=end, text=reading.text[start:end], form=MentionForm.NAME, candidates=ids, noun=alias.noun,
        symbol=alias.currency, name=reading.text[start : reading.tokens[last - 1].end],
    )  # fmt: skip
    return Found(mention=mention, alias=alias, first=first, last=last, weak=weak)


def _with_code(reading: Reading, book: InstrumentBook, end: int, ids: tuple[str, ...]) -> int:
    match = _CODE.match(reading.text, end)
    if match and book.codes.get(match["code"]) in ids:
        return match.end()
    return end


def _index(
    reading: Reading, book: InstrumentBook, alias: Alias, first: int, last: int, after: tuple[str, str, str]
) -> Found | None:
    text, end = reading.text, reading.tokens[last - 1].end
    if after[0] in _FUND_WORDS:
        return None
    hundred = _HUNDRED.match(text, end) if alias.ids == ("index:IXIC",) else None
    if hundred:  # "the tech-rich Nasdaq 100"
        return _found(reading, alias, ("index:NDX",), hundred.end(), first, last)
    future = _FUTURES_TAIL.match(text, end)
    if future and not alias.ids[0].endswith("_FUT"):
        ids = tuple(f"{key}_FUT" for key in alias.ids)
        # "Nasdaq futures" are those on the Nasdaq-100: no future on the composite trades.
        ids = tuple("index:NDX_FUT" if key == "index:IXIC_FUT" else key for key in ids)
        return _found(reading, alias, ids, future.end(), first, last)
    tail = _INDEX_TAIL.match(text, end)
    if tail:
        end = tail.end()
    return _found(reading, alias, alias.ids, _with_code(reading, book, end, alias.ids), first, last)


def _sibling(reading: Reading, alias: Alias, first: int, last: int) -> Found | None:
    """An index of its own whose name begins with the alias."""
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    if alias.ids == ("index:VIX",) and _VOLATILITY.match(reading.text, end):
        return None
    until = sibling_end(reading.text, end, reading.text[start:end])
    if until is None:
        return None
    name = reading.text[start:until]
    found = _found(reading, alias, (own_id(name),), until, first, last)
    return replace(found, mention=replace(found.mention, form=MentionForm.STRANGER, symbol=None, name=name))


def _commodity(reading: Reading, book: InstrumentBook, alias: Alias, first: int, last: int) -> Found:
    text, start, end = reading.text, reading.tokens[first].start, reading.tokens[last - 1].end
    ids, name_end = alias.ids, end
    weak = alias.noun == "contract" and not is_traded(reading, start, end)
    tail = _COMMODITY_TAIL.match(text, end)
    if tail and tail.group() and not tail.group().rstrip().endswith("for"):
        end = tail.end() - len(tail.group()) + len(tail.group().rstrip())
        if re.search(r"futures?|delivery|settlement", tail.group(), re.IGNORECASE):
            # A future when the words say so: "gold for August delivery".
            ids = tuple(sorted(ids, key=lambda key: key.endswith("-SPOT")))
    if len(ids) > 1 and is_future(reading, start, name_end):
        ids = tuple(sorted(ids, key=lambda key: key.endswith("-SPOT")))
    found = _found(reading, alias, ids, _with_code(reading, book, end, ids), first, last, weak=weak)
    begin = month_before(text, start)
    if begin == start:
        return found
    mention = found.mention
    return replace(found, mention=replace(mention, start=begin, text=text[begin : mention.end]))


def _company(
    reading: Reading,
    book: InstrumentBook,
    alias: Alias,
    first: int,
    last: int,
    before: tuple[str, ...],
    after: tuple[str, str, str],
) -> Found | None:
    text, tokens = reading.text, reading.tokens
    end = tokens[last - 1].end
    support = _support()
    capital_next = last < len(tokens) and tokens[last].joined and tokens[last].text[0].isupper()
    if capital_next and after[0] in support["other"]:
        return None
    if last - first == 1 and before[0] in support["given_names"] and tokens[first - 1].text[0].isupper():
        return None
    suffix = SUFFIX.match(text, end)
    if (suffix and alias.common and alias.short) or _OWN_FUND.match(text, end):
        return None
    supported = suffix is not None
    if suffix:
        end = _suffix_end(text, suffix.end())
    symbol = _own_symbol(text, book, alias, end)
    if symbol is not None:
        end, supported = symbol, True
    if alias.common and not supported:
        possessive = text[end : end + 2] in ("'s", "’s")
        supported = possessive or not support["after"].isdisjoint(after) or not support["before"].isdisjoint(before)
        supported = supported or moves_by_a_figure(text, tokens[first].start, end)
        if not supported and capital_next:
            return None  # the first word of another name
        if not supported and first and tokens[first].joined and tokens[first - 1].text[0].isupper():
            return None  # the last word of another name
    return _found(reading, alias, alias.ids, end, first, last, weak=alias.common and not supported)


def _suffix_end(text: str, end: int) -> int:
    """The full stop of "Inc." belongs to the name unless it ends the sentence."""
    if text[end - 1] == ".":
        following = text[end : end + 2].lstrip(" \xa0")
        if not following or not (following[0].islower() or following[0] in "(,;:'’"):
            return end - 1
    elif text[end : end + 1] == "." and text[end + 1 : end + 3].lstrip(" ")[:1].islower():
        return end + 1
    return end


def _own_symbol(text: str, book: InstrumentBook, alias: Alias, end: int) -> int | None:
    """The end of the company's own symbol printed right after its name: "Nvidia (NVDA)", "Oracle ORCL"."""
    for pattern in (_BRACKET_SYMBOL, _PLAIN_SYMBOL):
        match = pattern.match(text, end)
        if match and any(key.rpartition(":")[2] == match["symbol"] for key in alias.ids):
            return match.end()
    return None

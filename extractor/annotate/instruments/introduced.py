"""Names and symbols an article introduces: after "Korro Bio (NASDAQ: KRRO)", "KRRO" is known to its end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractor.annotate.instruments.listings import name_start
from extractor.annotate.instruments.reading import Reading
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.domain.claim import SubjectType
from extractor.rules.instruments import Alias, InstrumentBook
from extractor.rules.instruments.names import keys, plain_name, printed
from extractor.rules.instruments.words import word_list

_NAMESAKES = 20

LocalTree = dict[str, list[tuple[tuple[str, ...], tuple[Alias, ...]]]]

_SHARED = word_list("shared_first")
_SUFFIX_WORD = word_list("suffixes")
_SYMBOL_WORD = re.compile(r"(?<![\w$.&])(?P<symbol>[A-Z]{1,5}(?:\.[A-Z])?)(?![\w&]|\.[A-Za-z])")
_SHARES = re.compile(r"(?:['’]s)?\s(?:shares?|stock|common stock|options|ADRs?|stake)\b")
_SHARES_OF = re.compile(r"(?:shares (?:of|in)|stock (?:of|in))\s$", re.IGNORECASE)
# Capitalised words in a row, at most five.
_RUN = re.compile(r"(?P<name>[A-Z][\w&.-]{1,20}+(?:[ \xa0](?:&|[A-Z][\w&.-]{0,20}+)){0,4}+)")
_WORDS = word_list("symbol_words")


def local_names(listed: Sequence[InstrumentMention], book: InstrumentBook, text: str) -> LocalTree:
    """Aliases that the article's own listings introduce."""
    tree: LocalTree = {}
    lowered: set[str] | None = None
    for mention in listed:
        if not mention.name:
            continue
        plain = plain_name(mention.name)
        _grow(tree, plain, mention.candidates)
        words = plain.split()
        if len(words) > 1:
            if lowered is None:
                lowered = set(re.findall(r"\b[a-z]{3,30}\b", text))
            first = words[0].strip(",.")
            if len(first) > 3 and first.casefold() not in _SHARED and first.casefold() not in lowered:
                _grow(tree, first, mention.candidates)
    return tree


def _grow(tree: LocalTree, name: str, ids: tuple[str, ...]) -> None:
    tokens = keys(name)
    if not tokens or len(name) < 2:
        return
    kind = SubjectType.ETF if ids[0].startswith("etf:") else SubjectType.EQUITY
    alias = Alias(words=printed(name), ids=ids, type=kind)
    group = tree.setdefault(tokens[0], [])
    # Few companies of one article begin with one word; a page of thousands is no article.
    if len(group) < _NAMESAKES and all(known != tokens for known, _ in group):
        group.append((tokens, (alias,)))
        group.sort(key=lambda item: -len(item[0]))


def symbols(reading: Reading, book: InstrumentBook, known: dict[str, tuple[str, ...]]) -> Iterator[InstrumentMention]:
    """Bare symbols: one the article introduced, or one the book lists with "shares" or "stock" beside it."""
    text = reading.text
    for match in _SYMBOL_WORD.finditer(text):
        symbol = match["symbol"]
        ids = known.get(symbol)
        beside = None
        if ids is None or len(symbol) < 3 or symbol in _WORDS:
            beside = _SHARES.match(text, match.end()) or _SHARES_OF.search(
                text[max(0, match.start() - 12) : match.start()]
            )
            if beside is None:
                continue
        if ids is None:
            if len(symbol) < 2 or symbol in _WORDS:
                continue
            ids = tuple(
                key for key in book.listed(symbol) if key.split(":")[1] in ("XNAS", "XNYS", "ARCX", "XASE", "BATS")
            )
        if ids:
            yield InstrumentMention(
                start=match.start(),
                end=match.end(),
                text=symbol,
                form=MentionForm.TICKER,
                candidates=ids,
                symbol=symbol,
            )


def corporate_names(reading: Reading, book: InstrumentBook) -> Iterator[InstrumentMention]:
    """Names with a legal form: a listed company where the book or a reference knows it, else an organisation."""
    tokens = reading.tokens
    for index, token in enumerate(tokens):
        if token.key not in _SUFFIX_WORD or not token.text[0].isupper() or index == 0:
            continue
        start = name_start(reading, token.end)
        if start is None or start == token.start:
            continue
        end = token.end
        if reading.text[end : end + 1] == "." and reading.text[end + 1 : end + 3].lstrip(" ")[:1].islower():
            end += 1
        name = reading.text[start:end]
        slug = _slug(plain_name(name))
        ids = book.named(name) or (f"organization:{slug}",)
        # "India Inc", "Transport Corporation": a class of companies, or half a name.
        if slug and (slug not in _SHARED or not ids[0].startswith("organization:")):
            yield InstrumentMention(
                start=start, end=end, text=name, form=MentionForm.NAME, candidates=ids, name=plain_name(name)
            )


def companies_beside_shares(
    reading: Reading, book: InstrumentBook, taken: Sequence[InstrumentMention]
) -> Iterator[InstrumentMention]:
    """Names no alias covers, with "shares" right after or "shares of" right before: asked of the references.

    taken: what was found so far, sorted, without overlap.
    """
    starts = [mention.start for mention in taken]
    for match in _RUN.finditer(reading.text):
        begin, end = match.span("name")
        place = bisect_left(starts, end) - 1
        if place >= 0 and taken[place].end > begin:
            continue
        beside = _SHARES.match(reading.text, end) or _SHARES_OF.search(reading.text[max(0, begin - 12) : begin])
        if beside is None:
            continue
        words = list(re.finditer(r"\S+", match["name"]))
        for first in words[:3]:
            name = match["name"][first.start() :]
            ids = book.named(name) if len(name) > 3 else ()
            if ids:
                start = begin + first.start()
                yield InstrumentMention(
                    start=start, end=end, text=name, form=MentionForm.NAME, candidates=ids, name=name
                )
                break


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60]

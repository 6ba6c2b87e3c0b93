"""Main text as blocks, before it becomes one string: a paragraph, a heading, a list item, a table's row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractor.domain.article import Zone, ZoneSpan
from extractor.ingest import live_quotes

_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# A symbol and its figure of the moment, as live pages put them after an instrument's name: "COMP, -3.19%".
_INJECTED = re.compile(r"\(?[A-Z0-9.$^:/=\-]{1,20},?\s{1,40}[+\-−–]?[$€£]?\d[\d,.]{0,15}%?\)?")


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of the article to be.

    text: words as on the page, runs of white space one space, cells of a row parted by tabs.
    linked: whether all of it is one link or several. injected: slices of `text` that are live quotes.
    """

    kind: BlockKind
    text: str
    linked: bool = False
    injected: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text inside a block, and whether it is a link's."""

    text: str
    link: bool = False


def build(kind: BlockKind, runs: Sequence[Run]) -> Block | None:
    """A block of runs of raw text; None where they hold no word. Live quotes among them are found by their marks."""
    text = ""
    linked = 0
    for run in runs:
        words = _SPACES.sub(" ", run.text)
        if not text or text.endswith(" "):
            words = words.lstrip(" ")
        if not words:
            continue
        if run.link:
            linked += len(words.strip())
            if _INJECTED.fullmatch(words.strip()):
                bare = words.strip()
                words = words.replace(bare, f"{live_quotes.OPEN}{bare}{live_quotes.CLOSE}")
        text += words
    text, injected = live_quotes.unmark(text.rstrip(" "))
    text = _SURROGATES.sub("\ufffd", text)
    if not text.strip():
        return None
    letters = len(text) - text.count(" ")
    return Block(
        kind=kind,
        text=text,
        linked=linked * 10 >= letters * 9 and not injected,
        injected=injected,
    )


def row(cells: Iterable[str]) -> Block | None:
    """A table's row: cells parted by tabs, empty ones left out."""
    texts = [_SPACES.sub(" ", live_quotes.unmark(cell)[0]).strip(" ") for cell in cells]
    joined = _SURROGATES.sub("\ufffd", "\t".join(text for text in texts if text))
    return Block(kind=BlockKind.ROW, text=joined) if joined else None


def words(blocks: Iterable[Block]) -> int:
    return sum(block.text.count(" ") + 1 for block in blocks)


def compose(title: str | None, blocks: Sequence[Block]) -> tuple[str, tuple[int, int] | None, tuple[ZoneSpan, ...]]:
    """The article's text, where its title stands in it, and the zones the markup tells.

    Title, blank line, then the blocks: a blank line between two, but none between rows or items of one list.
    """
    parts: list[str] = []
    known: list[ZoneSpan] = []
    position = 0
    span = None
    if title:
        parts.append(title)
        position = len(title)
        span = (0, position)
    last: BlockKind | None = None
    for block in blocks:
        gap = "" if not parts else "\n" if _one_list(last, block.kind) else "\n\n"
        parts.append(gap + block.text)
        start = position + len(gap)
        position = start + len(block.text)
        known.extend(_known_zones(block, start))
        last = block.kind
    return "".join(parts), span, tuple(known)


def _one_list(last: BlockKind | None, kind: BlockKind) -> bool:
    return last is kind and kind in (BlockKind.ROW, BlockKind.ITEM)


def _known_zones(block: Block, start: int) -> Iterator[ZoneSpan]:
    if block.linked and not block.text.endswith((".", ".”", '."', "?", "!")) and len(block.text) <= 200:
        yield ZoneSpan(start=start, end=start + len(block.text), zone=Zone.BOILERPLATE)
        return
    for first, end in block.injected:
        yield ZoneSpan(start=start + first, end=start + end, zone=Zone.QUOTES)

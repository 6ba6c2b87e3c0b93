"""Quotes tables in plain text: which lines of a page are their rows, heads and cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.domain.article import Zone
from extractor.rules import quote_forms

_WORDS = re.compile(r"[A-Za-z]{2,}")
_SENTENCE = re.compile(r"[a-z]{2,}[^.!?]{0,200}\s[a-z]{2,}[^.!?]{0,200}\s[a-z]{2,}")
_FIGURE = re.compile(r"\d")

_LONE_PRICES = 3  # names with a bare price make a table only where this many follow one another
_NEAR = 3  # lines around a head or a row that a widget's own cells may stand in


def quote_lines(lines: Sequence[str], zones: Sequence[Zone | None]) -> set[int]:
    """Indexes of the lines that belong to a quotes table, beyond those the cues found.

    lines: without the white space around them. zones: what the cues made of them.
    """
    found = _rows(lines, zones) | _runs_of_prices(lines)
    heads = {index for index, zone in enumerate(zones) if zone is Zone.QUOTES}
    return found | _cells(lines, found | heads) | _names_over_stamps(lines, zones)


def whole_page_table(lines: Sequence[str], zones: Sequence[Zone | None]) -> bool:
    """Whether a page is a table of figures and no article: hardly a sentence, figures on a third of its lines."""
    counted = [line for line, zone in zip(lines, zones, strict=True) if line and zone is not Zone.BOILERPLATE]
    if len(counted) < 12:
        return False
    prose = sum(1 for line in counted if is_sentence(line))
    figures = sum(1 for line in counted if _FIGURE.search(line[: quote_forms.LONGEST_ROW]))
    return prose * 20 <= len(counted) and figures * 3 >= len(counted)


def is_sentence(line: str) -> bool:
    """Six words or more, some of them small, as sentences and headlines have and cells have not."""
    start = line[:600]
    return len(_WORDS.findall(start)) >= 6 and _SENTENCE.search(start) is not None


def _rows(lines: Sequence[str], zones: Sequence[Zone | None]) -> set[int]:
    found: set[int] = set()
    for index, line in enumerate(lines):
        if not line or zones[index] is Zone.BOILERPLATE:
            continue
        if quote_forms.one_line(line):
            found.add(index)
        elif index + 1 < len(lines) and quote_forms.two_lines(line, lines[index + 1], len(line) + 1):
            found.update((index, index + 1))
    return found


def _runs_of_prices(lines: Sequence[str]) -> set[int]:
    """Lines of a name and a price, where several follow one another; blank lines between them do not matter."""
    found: set[int] = set()
    run: list[int] = []
    for index, line in enumerate([*lines, "."]):
        if not line:
            continue
        if quote_forms.price_only(line):
            run.append(index)
            continue
        if len(run) >= _LONE_PRICES:
            found.update(run)
        run = []
    return found


def _cells(lines: Sequence[str], anchors: set[int]) -> set[int]:
    """Lines of figures alone, and the rule under a Markdown head, next to a row or a head."""
    found: set[int] = set()
    for anchor in sorted(anchors):
        index, blanks = anchor + 1, 0
        while index < len(lines) and index not in anchors:
            line = lines[index]
            if not line:
                blanks += 1
                if blanks > _NEAR:
                    break
            elif line in ("-", "–", "—") or quote_forms.figures_only(line) or quote_forms.separator(line):
                found.add(index)
                blanks = 0
            else:
                break
            index += 1
    return found


def _names_over_stamps(lines: Sequence[str], zones: Sequence[Zone | None]) -> set[int]:
    """The name of the instrument over a widget's "Last updated at ..." line."""
    found: set[int] = set()
    for index, zone in enumerate(zones):
        if zone is not Zone.QUOTES or "pdated" not in lines[index]:
            continue
        above = next((at for at in range(index - 1, max(-1, index - _NEAR - 1), -1) if lines[at]), None)
        if above is not None and zones[above] is None and len(lines[above]) <= 60 and not lines[above].endswith("."):
            found.add(above)
    return found

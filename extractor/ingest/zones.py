"""Which part of a text is title, body, quotes table or boilerplate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.domain.article import Zone, ZoneSpan
from extractor.ingest import headline
from extractor.ingest.lines import Line, split
from extractor.ingest.tables import quote_lines, whole_page_table
from extractor.rules import quote_forms
from extractor.rules.zones import LONGEST_LINE, LONGEST_PROSE, ZoneRule, may_be_taken_whole, zone_rules

Piece = tuple[int, int, Zone]
Taken = tuple[int, int, ZoneRule]

_PROSE_WORDS = 25  # a paragraph this long, ending as a sentence does, is the article again


def mark(text: str, *, title: tuple[int, int] | None = None, known: Sequence[ZoneSpan] = ()) -> tuple[ZoneSpan, ...]:
    """Zones of a text: sorted, without gap or overlap, from its first character to its last.

    title: where the title stands, where the page says so; looked for otherwise.
    known: what the page's markup tells already (tables, link lines, injected quotes); it outranks the cues.
    """
    if not text:
        return ()
    lines = split(text)
    zones: list[Zone | None] = [None] * len(lines)
    cuts: list[Piece] = []
    _apply_rules(lines, zones, cuts)
    for index in quote_lines([line.text for line in lines], zones):
        zones[index] = Zone.QUOTES
    if title is None:
        found = headline.find(lines, zones)
        title = (lines[found].start, lines[found].end) if found is not None else None
    if whole_page_table([line.text for line in lines], zones):
        zones = [zone or Zone.QUOTES for zone in zones]
    if title is not None:
        for index, line in enumerate(lines):
            if line.first <= title[0] < line.stop:
                zones[index] = Zone.TITLE
    pieces = _pieces(lines, zones)
    pieces = _overlay(pieces, cuts)
    pieces = _overlay(pieces, list(_injected(text, lines, zones)))
    pieces = _overlay(pieces, [(span.start, span.end, span.zone) for span in known])
    return _merged(pieces)


def _apply_rules(lines: Sequence[Line], zones: list[Zone | None], cuts: list[Piece]) -> None:
    """Zones of whole lines into `zones`, of parts of lines into `cuts`."""
    known: dict[str, tuple[Taken, ...]] = {}  # pages repeat their lines
    tail: Zone | None = None
    for index, line in enumerate(lines):
        if line.blank:
            continue
        if len(line.text) > LONGEST_PROSE:  # a dump of data, or an attack: no reader would call it a paragraph
            zones[index] = Zone.BOILERPLATE
            continue
        if tail is not None and _is_prose(line.text):
            tail = None
        taken = known.get(line.text)
        if taken is None:
            taken = _taken(line.text)
            if len(line.text) <= LONGEST_LINE:
                known[line.text] = taken
        for start, end, rule in taken:
            if (start, end) == (0, len(line.text)):
                zones[index] = rule.zone
                tail = rule.zone if rule.scope == "tail" else tail
            else:
                cuts.append(_cut(line, (start, end), rule))
        if zones[index] is None and tail is not None:
            zones[index] = tail


def _injected(text: str, lines: Sequence[Line], zones: Sequence[Zone | None]) -> Iterator[Piece]:
    """Live quotes inside the sentences of the body; a line that is nothing else is a line of the body still."""
    for line, zone in zip(lines, zones, strict=True):
        if zone is None and "%" in line.text:
            for start, end in quote_forms.injected(text, line.start, line.end):
                if end - start < len(line.text):
                    yield (start, end, Zone.QUOTES)


def _taken(text: str) -> tuple[Taken, ...]:
    """What the rules take of a line: all of it by one rule, or parts by several."""
    parts: list[Taken] = []
    whole = len(text) <= LONGEST_LINE and may_be_taken_whole(text)
    for rule in zone_rules():
        if not whole and rule.scope in ("line", "tail"):
            continue
        found = rule.find(text)
        if found == (0, len(text)):
            return ((*found, rule),)
        if found is not None:
            parts.append((*found, rule))
    return tuple(parts)


def _cut(line: Line, taken: tuple[int, int], rule: ZoneRule) -> Piece:
    """Part of a line; at its end it takes the line break too."""
    end = line.stop if taken[1] == len(line.text) else line.start + taken[1]
    return (line.start + taken[0], end, rule.zone)


def _is_prose(text: str) -> bool:
    return text.count(" ") >= _PROSE_WORDS and text.rstrip("\"'”’) ").endswith((".", "!", "?"))


def _pieces(lines: Sequence[Line], zones: Sequence[Zone | None]) -> list[Piece]:
    """One piece a line. Blank lines go with what stands before them, at the top with what follows."""
    first = next((zone or Zone.BODY for line, zone in zip(lines, zones, strict=True) if not line.blank), Zone.BODY)
    pieces: list[Piece] = []
    last = first
    for line, zone in zip(lines, zones, strict=True):
        last = last if line.blank else zone or Zone.BODY
        pieces.append((line.first, line.stop, last))
    return pieces


def _overlay(pieces: list[Piece], over: Sequence[Piece]) -> list[Piece]:
    """`pieces` with the stretches of `over` laid on top; both sorted by start, `over` without overlaps."""
    if not over:
        return pieces
    result: list[Piece] = []
    queue = sorted(over)
    at = 0
    for start, end, zone in pieces:
        position = start
        while at < len(queue) and queue[at][1] <= position:
            at += 1
        scan = at
        while scan < len(queue) and queue[scan][0] < end:
            top_start, top_end, top_zone = queue[scan]
            top_start, top_end = max(top_start, position), min(top_end, end)
            if top_start > position:
                result.append((position, top_start, zone))
            if top_end > top_start:
                result.append((top_start, top_end, top_zone))
                position = top_end
            scan += 1
        if position < end:
            result.append((position, end, zone))
    return result


def _merged(pieces: Sequence[Piece]) -> tuple[ZoneSpan, ...]:
    spans: list[Piece] = []
    for start, end, zone in pieces:
        if start == end:
            continue
        if spans and spans[-1][2] is zone:
            spans[-1] = (spans[-1][0], end, zone)
        else:
            spans.append((start, end, zone))
    return tuple(ZoneSpan(start=start, end=end, zone=zone) for start, end, zone in spans)

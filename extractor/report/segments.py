"""An article's text cut where a page needs it cut: at zones, at blank lines and at the ends of claims.

The pieces in order are the text again, character for character; offsets count code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.domain.article import Article, Zone

LANES = 3  # lines that can run below one another before words get hard to read

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*+\n)++")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One claim on the page. mark: the name of its line (its rating); number: its place in the list of claims."""

    start: int
    end: int
    number: int
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Underline:
    """One line below words. lane: 0 is next to the words, each further one is below."""

    start: int
    end: int
    mark: str
    lane: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch with the same lines below all of it. ends: numbers of the claims whose words end with it."""

    start: int
    text: str
    lines: tuple[Underline, ...] = ()
    ends: tuple[int, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """`blank` ones are the empty lines between two others."""

    pieces: tuple[Piece, ...]
    blank: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    zone: Zone
    paragraphs: tuple[Paragraph, ...]


def sections(article: Article, marked: Sequence[Marked]) -> list[Section]:
    """The article in its zones. Claims that reach past the text are cut to it."""
    text = article.text
    lines = underlines(marked, len(text))
    ends = _ends(marked, len(text))
    cuts = sorted({each.start for each in lines} | {each.end for each in lines} | set(ends))
    page = _Cutter(text=text, cuts=cuts, lanes=_by_lane(lines), ends=ends)
    found = []
    for zone, start, end in _zones(article):
        paragraphs = [
            Paragraph(pieces=tuple(page.pieces(first, last)), blank=blank)
            for first, last, blank in _paragraphs(text, start, end)
        ]
        found.append(Section(zone=zone, paragraphs=tuple(paragraphs)))
    return found


def underlines(marked: Iterable[Marked], length: int) -> list[Underline]:
    """One line for each span and rating, in reading order. Lines that meet go into lanes of their own; what would
    need a fourth lane stays without a line (its number is still there)."""
    spans = {(max(0, each.start), min(each.end, length), each.mark) for each in marked}
    free = [0] * LANES
    found = []
    for start, end, mark in sorted(spans, key=lambda span: (span[0], -span[1], span[2])):
        lane = next((lane for lane in range(LANES) if free[lane] <= start), None)
        if lane is not None and start < end:
            free[lane] = end
            found.append(Underline(start=start, end=end, mark=mark, lane=lane))
    return found


def _ends(marked: Iterable[Marked], length: int) -> Mapping[int, tuple[int, ...]]:
    """Claim numbers by the offset their words end at; never 0, where no piece ends."""
    ends: dict[int, list[int]] = {}
    for each in marked:
        ends.setdefault(max(1, min(each.end, length)), []).append(each.number)
    return {end: tuple(sorted(numbers)) for end, numbers in ends.items()}


def _zones(article: Article) -> Iterator[tuple[Zone, int, int]]:
    """The zones, with body where none was marked."""
    done, length = 0, len(article.text)
    for span in article.zones:
        start, end = max(done, span.start), min(span.end, length)
        if start >= end:
            continue
        if done < start:
            yield Zone.BODY, done, start
        yield span.zone, start, end
        done = end
    if done < length:
        yield Zone.BODY, done, length


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    place = start
    for blank in _BLANK_LINES.finditer(text, start, end):
        if place < blank.start():
            yield place, blank.start(), False
        yield blank.start(), blank.end(), True
        place = blank.end()
    if place < end:
        yield place, end, not text[place:end].strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cutter:
    """cuts: where pieces end, sorted. lanes: for each lane its lines in reading order, with where they start."""

    text: str
    cuts: Sequence[int]
    lanes: Sequence[tuple[Sequence[int], Sequence[Underline]]]
    ends: Mapping[int, tuple[int, ...]]

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        inner = self.cuts[bisect_right(self.cuts, start) : bisect_left(self.cuts, end)]
        place = start
        for cut in (*inner, end):
            yield Piece(
                start=place, text=self.text[place:cut], lines=tuple(self._below(place)), ends=self.ends.get(cut, ())
            )
            place = cut

    def _below(self, place: int) -> Iterator[Underline]:
        for starts, lines in self.lanes:
            found = bisect_right(starts, place) - 1
            if found >= 0 and place < lines[found].end:
                yield lines[found]


def _by_lane(lines: Sequence[Underline]) -> list[tuple[list[int], list[Underline]]]:
    lanes = [[line for line in lines if line.lane == lane] for lane in range(LANES)]
    return [([line.start for line in lane], lane) for lane in lanes]

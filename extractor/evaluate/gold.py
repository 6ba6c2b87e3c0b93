"""Gold claims: what a careful reader finds in an article, one JSON object a line.

The fields are those of a claim record, plus the annotator's own (`context`, `quote_at`, `rating`, `accept`,
`optional`, ...), described in corpus/ANNOTATING.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.domain.claim import Comparator, Direction, Kind, Modality
from extractor.domain.errors import TapecheckError
from extractor.evaluate.folding import squeeze

Window = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldLine:
    """One annotated statement.

    context: the sentence or table row; `context[quote_at:quote_at + len(quote)] == quote`.
    accept: other right values by field, as written ("*" stands for anything, None for absent).
    group: subjects of which any one counts. rating: verdicts that are right, empty where not scored.
    places: where the quote stands in the article's text as it was read; empty until `placed`, or if it was lost.
    """

    gid: str
    article: str
    kind: Kind
    modality: Modality
    subject: str
    metric: str | None
    value: Decimal | None
    value_high: Decimal | None
    unit: str | None
    direction: Direction | None
    comparator: Comparator
    window: Window | None
    quote: str
    quote_at: int
    context: str
    zone: str = "body"
    rating: tuple[str, ...] = ()
    accept: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    group: tuple[str, ...] = ()
    optional: bool = False
    derived: bool = False
    places: tuple[tuple[int, int], ...] = ()

    def accepted(self, name: str) -> tuple[Any, ...]:
        return self.accept.get(name, ())


def load_gold(path: Path) -> list[GoldLine]:
    """The lines of one gold file. Raises TapecheckError naming file and line where one cannot be read."""
    lines = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not text.strip():
            continue
        try:
            lines.append(parse_line(json.loads(text)))
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise TapecheckError(f"{path}:{number}: not a gold line: {error!r}") from error
    return lines


def parse_line(record: Mapping[str, Any]) -> GoldLine:
    period = record.get("date")
    return GoldLine(
        gid=record["gid"],
        article=record["article"],
        kind=Kind(record["kind"]),
        modality=Modality(record["modality"]),
        subject=record["subject"]["id"],
        metric=record["metric"],
        value=_decimal(record["value"]),
        value_high=_decimal(record["value_high"]),
        unit=record["unit"],
        direction=Direction(record["direction"]) if record["direction"] else None,
        comparator=Comparator(record["comparator"]),
        window=(date.fromisoformat(period["start"]), date.fromisoformat(period["end"])) if period else None,
        quote=record["quote"],
        quote_at=int(record["quote_at"]),
        context=record["context"],
        zone=record["zone"],
        rating=tuple(record["rating"]),
        accept={name: tuple(values) for name, values in record.get("accept", {}).items()},
        group=tuple(_ids(record.get("group", ()))),
        optional=bool(record.get("optional", False)),
        derived=bool(record.get("derived", False)),
    )


def placed(lines: Iterable[GoldLine], text: str) -> list[GoldLine]:
    """The same lines with the places where their quotes stand in `text`.

    White space is left out of the comparison: pages are read into text with different line ends and cell gaps.
    """
    page = squeeze(text)
    return [replace(line, places=_places(line, page.text, page.offsets)) for line in lines]


def _places(line: GoldLine, page: str, offsets: Sequence[int]) -> tuple[tuple[int, int], ...]:
    context = squeeze(line.context).text
    quote = squeeze(line.quote).text
    ahead = len(squeeze(line.context[: line.quote_at]).text)
    found = []
    at = page.find(context)
    while at >= 0 and quote:
        first = at + ahead
        found.append((offsets[first], offsets[first + len(quote) - 1] + 1))
        at = page.find(context, at + 1)
    return tuple(found)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _ids(group: Any) -> Iterable[str]:
    return [group] if isinstance(group, str) else group


@dataclass(frozen=True, slots=True)
class SameAs:
    """Subject ids that mean the same, folded to one of them."""

    canonical: Mapping[str, str] = field(default_factory=dict)

    def fold(self, subject: str) -> str:
        return self.canonical.get(subject, subject)

    @classmethod
    def load(cls, path: Path) -> SameAs:
        """From a JSON object: id -> {"same_as": [ids]}. An absent file folds nothing."""
        if not path.is_file():
            return cls()
        entries = json.loads(path.read_text(encoding="utf-8"))
        return cls({other: subject for subject, entry in entries.items() for other in entry.get("same_as", ())})

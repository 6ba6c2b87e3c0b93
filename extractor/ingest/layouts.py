"""A publisher's rules on one page of its own: which layout holds, what its places say, whether it is still built so."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from extractor.ingest.markup_dates import Stamp, stamp
from extractor.ingest.metadata import PageData, at_path
from extractor.rules.publishers import Layout, Publisher

if TYPE_CHECKING:
    from lxml.html import HtmlElement

logger = logging.getLogger(__name__)


def values(tree: HtmlElement, data: PageData, places: Sequence[str]) -> Iterator[str]:
    """What stands at the places a layout names: XPaths, or names of meta elements and JSON-LD keys."""
    for place in places:
        if place.startswith("/"):
            found = at_path(tree, place)
        else:
            told = data.named(place)
            found = told[0] if told else None
        if found:
            yield found


def dates(tree: HtmlElement, data: PageData, places: Sequence[str]) -> list[Stamp]:
    return [one for value in values(tree, data, places) for one in stamp(value, "publisher")]


def choose(tree: HtmlElement, data: PageData, publisher: Publisher, day: date | None) -> Layout:
    """The layout of an article's day, or another one that the page keeps to where it does not keep to that.

    Where it keeps to none, the first is used for what it is still worth, and said to be out of date.
    """
    known = publisher.layouts(day)
    lost = [missing(tree, data, layout) for layout in known]
    place = next((place for place, each in enumerate(lost) if not each), 0)
    say_what_changed(publisher, known[place], lost[place], day)
    return known[place]


def missing(tree: HtmlElement, data: PageData, layout: Layout) -> list[str]:
    """What a page of this layout must have, and this one has not."""
    lost = [path for path in layout.expect.paths if not tree.xpath(path)]
    for name, pattern in layout.expect.values.items():
        told = data.named(name)
        if told is None or not re.fullmatch(pattern, told[0][:500], re.DOTALL):
            lost.append(name if told is None else f"{name} like {pattern}")
    return lost


def say_what_changed(publisher: Publisher, layout: Layout, lost: Sequence[str], day: date | None) -> None:
    """Warns, once for each thing: pages are built in another way now, or the rules end before the article's day."""
    for one in lost:
        _warn(publisher.slug, f"its pages have changed: expected {one} not found; rules of {layout.checked}")
    if layout is publisher and layout.valid_until is not None and day is not None and day > layout.valid_until:
        _warn(publisher.slug, f"its rules are stale: they hold until {layout.valid_until}, and it has newer articles")


@cache
def _warn(slug: str, what: str) -> None:
    logger.warning("%s: %s", slug, what)

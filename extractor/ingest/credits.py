"""Who wrote an article and in which section it stands, as its markup or its first and last lines tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extractor.domain.article import Zone, ZoneSpan
from extractor.ingest.metadata import PageData, cleaned

Found = tuple[str, str]  # the value, and where it was read

_HEAD, _TAIL = 1_500, 1_500  # characters in which a credit line may stand
_LONGEST = 160  # characters of a byline
_READ = 500  # characters of what a page calls one
_BY = re.compile(r"(?:[-–—*]{1,2}\s{0,3})?(?:by|author|written by|posted by)\b:?\s{1,3}", re.IGNORECASE)
_CREDIT = re.compile(r"\(?(?:Reporting|Writing|Compiled) by:? (?P<names>[A-Z][^;()\n]{2,120})")
_NOT_A_NAME = re.compile(r"https?:|www\.|[@#{}<>|]|\d{3}|^\W*$", re.IGNORECASE)
# What follows a name on its line: when, from which house, how to write to it.
_BEHIND = re.compile(
    r"\s*(?:[|•·]| - | – | — |\bPublished\b|\bUpdated\b|\bFollow\b|\bContributor\b|\S+@\S+|"
    r"\b(?:Mon|Tues?|Wed|Thu|Fri|Sat|Sun)[a-z]*,|"
    r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d).*$",
    re.DOTALL,
)
_SLUG = re.compile(r"by\s[^|\n]{2,60}\|\s?(?P<section>[A-Z][A-Za-z &]{2,30}?)\s?\|", re.IGNORECASE)
_SECTIONS = re.compile(
    r"(?:business|markets?|econom(?:y|ics?)|financ(?:e|ials?)|investing|money|(?:(?:breaking|(?:stock )?market) )?news|"
    r"stocks|companies|commodities|currencies|metals|equities|bonds|forex|world|analysis|opinion|earnings|technology|"
    r"energy|politics)",
    re.IGNORECASE,
)


def byline(data: PageData) -> Found | None:
    """The writers a page names, parted by commas: JSON-LD, meta elements, then what its markup calls a byline."""
    names = list(dict.fromkeys(_people(data.article("author") or data.article("creator"))))
    if names:
        return ", ".join(names)[:_LONGEST], "json-ld"
    for key in ("author", "parsely-author", "sailthru.author", "dc.creator", "article:author", "byl", "authors"):
        if name := name_in(data.meta.get(key)):
            return name, "meta"
    found = list(dict.fromkeys(filter(None, map(name_in, data.writers))))
    return (found[0], "byline") if found else None


def section(data: PageData) -> Found | None:
    told = data.article("articleSection")
    told = next((one for one in told if isinstance(one, str)), None) if isinstance(told, list) else told
    if isinstance(told, str) and (words := _short(told)):
        return words, "json-ld"
    for key in (
        "article:section",
        "parsely-section",
        "section",
        "sailthru.section",
        "dc.subject",
        "cxenseparse:category",
    ):
        if words := _short(data.meta.get(key)):
            return words, "meta"
    return None


def byline_of_text(text: str, zones: Sequence[ZoneSpan]) -> Found | None:
    """The line "By A. Writer" over a text, or who reported it at its end."""
    for line in _lines(text[:_HEAD], zones):
        match = _BY.match(line)
        if match and (name := name_in(line[match.end() :])) and _is_credit(name):
            return name, "byline"
    match = _CREDIT.search(text, max(0, len(text) - _TAIL))
    return (name, "byline") if match and (name := name_in(match.group("names"))) else None


def section_of_text(text: str, zones: Sequence[ZoneSpan]) -> Found | None:
    """A line over the text that is a section's name and nothing else, or the middle of a slug with bars."""
    for line in _lines(text[:_HEAD], zones):
        if match := _SLUG.match(line):
            return match.group("section"), "byline"
        if _SECTIONS.fullmatch(line) and _zone(zones, text.find(line)) is not Zone.TITLE:
            return line, "text"
    return None


def _lines(head: str, zones: Sequence[ZoneSpan]) -> Iterator[str]:
    for line in head.splitlines()[:25]:
        if bare := line.strip():
            yield bare
        if len(bare) > 400:  # the article has begun
            return


def _zone(zones: Sequence[ZoneSpan], offset: int) -> Zone:
    return next((span.zone for span in zones if span.start <= offset < span.end), Zone.BODY)


def _people(value: Any, depth: int = 0) -> Iterator[str]:
    """Names in what JSON-LD calls an author: a string, an object with a name, or a list of either."""
    if isinstance(value, str):
        yield from filter(None, [name_in(value)])
    elif isinstance(value, dict):
        yield from _people(value.get("name"), depth)
    elif isinstance(value, list) and depth < 2:
        for each in value[:10]:
            yield from _people(each, depth + 1)


def name_in(value: str | None) -> str | None:
    """A name without "By" before it and without what follows it; None where it is none."""
    words = cleaned((value or "")[:_READ])
    if match := _BY.match(words):
        words = words[match.end() :]
    words = _BEHIND.sub("", words).strip(" ,;:-–—")
    if not 2 <= len(words) <= _LONGEST or _NOT_A_NAME.search(words):
        return None
    return words


def _is_credit(name: str) -> bool:
    """Whether words after "By" are names: each begins with a capital, but for what joins them."""
    if len(name) > 100 or (name.endswith((".", "!", "?")) and not name.endswith(("Jr.", "Sr."))):
        return False
    words: Iterable[str] = re.findall(r"[^\W\d_][\w.'’\-]*", name)
    small = {"and", "of", "the", "for", "de", "van", "von", "der", "da", "desk", "team", "staff", "in", "at"}
    return all(word[0].isupper() or word in small for word in words) and bool(words)


def _short(value: str | None) -> str | None:
    words = cleaned((value or "")[:_READ])
    return words if 2 <= len(words) <= 60 and not _NOT_A_NAME.search(words) else None

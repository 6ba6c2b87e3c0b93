"""Raw filings as EDGAR sends them: one header, then documents one after another, HTML or plain text.

Read are the main document and the press releases filed with it (EX-99); the cover, the list of exhibits and the
signatures are boilerplate. A filing is all text and no page: nothing in it is furniture, and no finder of main text is
asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from extractor.domain.article import Article, Provenance, Zone, ZoneSpan
from extractor.domain.errors import SourceError
from extractor.domain.page import Page
from extractor.ingest import blocks, dateline, headline, publication, zones
from extractor.ingest.blocks import Block, BlockKind, Run
from extractor.ingest.lines import split
from extractor.ingest.markup_dates import Stamp

_OPENING = 4_000  # characters: what comes before the first document's tags (a mail's header, in old filings)
_BEGINS = re.compile(r"<SEC-DOCUMENT>|<IMS-DOCUMENT>|<SEC-HEADER>|<DOCUMENT>\s{0,20}<TYPE>", re.IGNORECASE)
_FIELD = re.compile(r"<(?P<name>TYPE|FILENAME|DESCRIPTION)>(?P<value>[^\r\n<]{0,200})", re.IGNORECASE)
_COMPANY = re.compile(r"COMPANY CONFORMED NAME:\s{1,40}([^\r\n]{1,150})")
_ACCEPTED = re.compile(r"<ACCEPTANCE-DATETIME>\s{0,5}(\d{14})")
_FILED = re.compile(r"FILED AS OF DATE:\s{1,40}(\d{8})\b")
_HTML = re.compile(r"<(?:html|body|p|div|t[dr]|font|span)\b", re.IGNORECASE)
_NO_TEXT = re.compile(r"\s{0,100}(?:<PDF>|<XBRL>|<XML>|begin [0-7]{3} )", re.IGNORECASE)
_NO_DOCUMENT = ("GRAPHIC", "ZIP", "XML", "EXCEL", "JSON", "COVER")
_OLD_TAGS = re.compile(r"</?(?:PAGE|TABLE|CAPTION|S|C|FN|F\d{1,2})>", re.IGNORECASE)
_ITEM = re.compile(r"item\s{1,3}\d{1,2}(?:\.\d{2})?\b", re.IGNORECASE)
_EXHIBITS = re.compile(r"item\s{1,3}9\.01\b|\(d\)\s{0,3}exhibits\b", re.IGNORECASE)
_SIGNED = re.compile(r"signatures?\s{0,3}", re.IGNORECASE)

_NEW_YORK = "America/New_York"
_TAGS_APART = ("ix:header", "script", "style", "head", "title")
# fmt: off
_BREAKS = frozenset({
    "p", "div", "tr", "li", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "dt", "dd",
    "center", "pre", "blockquote", "section", "article", "body",
})
# fmt: on
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BULLETS = frozenset("•·●▪■◦o-–—*§")
_JOINED_BEFORE = frozenset(("$", "(", "€", "£", "($", "-", "US$"))  # a cell that belongs to the figure after it
_JOINED_BEHIND = frozenset((")", "%", ")%", "x", "bps", "pts"))
_LONG_CELL = 200  # characters; a table with such a cell is a layout
_GAP = re.compile(r"(?<=\S)(?: {2,}|\t+)(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a filing. `kind` is its type as filed: "8-K", "EX-99.1". `text` is HTML or plain text."""

    kind: str
    text: str

    @property
    def is_release(self) -> bool:
        return self.kind.upper().startswith("EX-99")


def is_filing(text: str) -> bool:
    return _BEGINS.search(text, 0, _OPENING) is not None


def documents(text: str) -> tuple[Document, ...]:
    """The documents of a filing in order, those without text (pictures, data) left out."""
    found = []
    upper = text.upper() if "<document>" in text[:_OPENING] else text
    at = upper.find("<DOCUMENT>")
    while at >= 0:
        end = upper.find("</DOCUMENT>", at)
        end = len(text) if end < 0 else end
        opens = upper.find("<TEXT>", at, end)
        if opens >= 0:
            closes = upper.find("</TEXT>", opens, end)
            fields = {match["name"].upper(): match["value"].strip() for match in _FIELD.finditer(text, at, opens)}
            content = text[opens + len("<TEXT>") : closes if closes >= 0 else end]
            kind = fields.get("TYPE", "")
            if not kind.upper().startswith(_NO_DOCUMENT) and not _NO_TEXT.match(content):
                found.append(Document(kind=kind, text=content))
        at = upper.find("<DOCUMENT>", end)
    return tuple(found)


def article_of_filing(page: Page, text: str, *, published: date | None, timezone: str | None) -> Article:
    """The main document and its press releases as one article; the title is the first release's.

    Raises SourceError where the filing has no document with text.
    """
    read = documents(text)
    main = next((one for one in read if not one.kind.upper().startswith("EX-")), None)
    chosen = [one for one in (main, *(one for one in read if one.is_release)) if one is not None]
    parts = [(one, list(_blocks(one.text))) for one in chosen]
    if blocks.words(block for _, found in parts for block in found) < 8:
        raise SourceError(page.source, f"a filing without a document that has text ({len(read)} documents in it)")
    told, known = _compose(parts)
    title_at = _title(told, parts)
    marked = zones.mark(told, title=title_at, known=known)
    header = text[: max(0, text.find("<DOCUMENT>"))][:20_000]
    company = match.group(1).strip() if (match := _COMPANY.search(header)) else None
    title = told[slice(*title_at)] if title_at else None
    stamp = _filed(header)
    if stamp is None and published is None:
        when = publication.of_text(page, told, zones=marked, published=None, timezone=timezone)
    else:
        when = publication.settle(
            [stamp] if stamp else [],
            (),
            dateline.read(told, marked),
            published=published,
            timezone=timezone or _NEW_YORK,
            publisher=None,
            layout=None,
        )
    kind = chosen[0].kind or "filing"
    return Article(
        name=page.name,
        source=page.source,
        text=told,
        title=title or (f"{company}: {kind}" if company else kind),
        zones=marked,
        published_on=when.on,
        published_at=when.at,
        published_from=when.read_from,
        timezone=when.timezone,
        publisher=company,
        told_by=Provenance(
            title="heading" if title else "filing header",
            publisher="filing header" if company else None,
            published_zone=when.zone,
        ),
        file_time=page.file_time,
    )


def _filed(header: str) -> Stamp | None:
    """When EDGAR took the filing in: its clock is New York's."""
    try:
        if match := _ACCEPTED.search(header):
            moment = datetime.strptime(match.group(1), "%Y%m%d%H%M%S")  # noqa: DTZ007 the zone is added below
            clock = time(moment.hour, moment.minute, moment.second)
            return Stamp(day=moment.date(), clock=clock, zone=ZoneInfo(_NEW_YORK), read_from="filing header")
        if match := _FILED.search(header):
            day = datetime.strptime(match.group(1), "%Y%m%d").date()  # noqa: DTZ007
            return Stamp(day=day, read_from="filing header")
    except ValueError:
        return None
    return None


# ---------------------------------------------------------------- text and zones


def _compose(parts: Sequence[tuple[Document, list[Block]]]) -> tuple[str, tuple[ZoneSpan, ...]]:
    """The documents' text, and what of it is boilerplate: of the main one its cover, its exhibits, its signatures."""
    whole = [block for _, found in parts for block in found]
    text, _, known = blocks.compose(None, whole)
    spans = list(known)
    position = 0
    for document, found in parts:
        body = False
        has_items = not document.is_release and any(_ITEM.match(block.text) for block in found)
        for block in found:
            position = text.index(block.text, position)
            starts = _ITEM.match(block.text) is not None
            body = (body or starts) and not _EXHIBITS.match(block.text) and not _SIGNED.fullmatch(block.text)
            if has_items and not body:
                spans.append(ZoneSpan(start=position, end=position + len(block.text), zone=Zone.BOILERPLATE))
            position += len(block.text)
    return text, tuple(sorted(spans, key=lambda span: span.start))


def _title(text: str, parts: Sequence[tuple[Document, list[Block]]]) -> tuple[int, int] | None:
    """Where the headline of the first press release stands, or the main document's where there is none."""
    release = next((found for document, found in parts if document.is_release and found), None)
    if release is None:
        return None
    first = text.rindex(release[0].text) if text.count(release[0].text) == 1 else text.index(release[0].text)
    lines = split(text[first : first + 4_000])
    index = headline.find(lines, [None] * len(lines))
    return (first + lines[index].start, first + lines[index].end) if index is not None else None


# ---------------------------------------------------------------- a document's text as blocks


def _blocks(text: str) -> Iterator[Block]:
    if _HTML.search(text, 0, 20_000):
        yield from _of_html(text)
    else:
        yield from _of_plain(text)


def _of_html(text: str) -> Iterator[Block]:
    """Every line of a document: paragraphs, and rows of tables that hold figures."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    etree.strip_elements(tree, *_TAGS_APART, with_tail=False)
    runs: list[Run] = []
    kind = BlockKind.PARAGRAPH
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        if not isinstance(tag, str):
            continue
        if event == "start":
            if tag == "tr" and node.find(".//table") is None:
                yield from _flush(runs, kind)
                yield from _row(node)
                walk.skip_subtree()
                continue
            if _is_hidden(node):
                walk.skip_subtree()
                continue
            if tag in _BREAKS:
                yield from _flush(runs, kind)
                kind = BlockKind.HEADING if tag in _HEADINGS else BlockKind.PARAGRAPH
            if node.text:
                runs.append(Run(node.text))
        else:
            if tag in _BREAKS:
                yield from _flush(runs, kind)
                kind = BlockKind.PARAGRAPH
            if node.tail:
                runs.append(Run(node.tail))
    yield from _flush(runs, kind)


def _is_hidden(node: Any) -> bool:
    style = node.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def _flush(runs: list[Run], kind: BlockKind) -> Iterator[Block]:
    block = blocks.build(kind, runs)
    runs.clear()
    if block:
        yield block


def _row(node: Any) -> Iterator[Block]:
    cells: list[str] = []
    for cell in node.iterchildren("td", "th"):
        text = " ".join("".join(cell.itertext()).split())
        if text and cells and (cells[-1] in _JOINED_BEFORE or text in _JOINED_BEHIND):
            cells[-1] += text
        elif text:
            cells.append(text)
    if len(cells) == 2 and cells[0] in _BULLETS:
        cells = [" ".join(cells)]
    if len(cells) == 1 or any(len(cell) > _LONG_CELL for cell in cells):
        for cell in cells:
            yield from _flush([Run(cell)], BlockKind.PARAGRAPH)
        return
    block = blocks.row(cells)
    if block:
        yield block


def _of_plain(text: str) -> Iterator[Block]:
    """Paragraphs without the line breaks of their typewriter; lines with columns as rows."""
    for paragraph in re.split(r"\n\s{0,200}\n", _OLD_TAGS.sub("\n", text.replace("\r\n", "\n"))):
        lines = [line for line in paragraph.split("\n") if line.strip(" -=_\t")]
        if not lines:
            continue
        if any(len(_GAP.split(line.strip())) > 2 for line in lines):
            for line in lines:
                block = blocks.row(_GAP.split(line.strip()))
                if block:
                    yield block
        else:
            yield from _flush([Run(" ".join(line.strip() for line in lines))], BlockKind.PARAGRAPH)

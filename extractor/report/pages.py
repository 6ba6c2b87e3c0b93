"""Pages that open from disk: an index of the articles, and each article with its claims marked where they stand.

They load nothing and run nothing; the Content-Security-Policy in each forbids both.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any, Literal, Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from extractor import __version__
from extractor.domain.article import Article
from extractor.domain.claim import Claim
from extractor.domain.conflict import Conflict
from extractor.domain.verdict import Rating, Verdict
from extractor.report import charts, claimreview, safe
from extractor.report.cards import MARKS, MEANINGS, UNCHECKED, Card, card, figure
from extractor.report.files import make_folder, remove_leftovers, replace_file
from extractor.report.segments import Marked, sections
from extractor.report.table import figure_words, stated_words
from extractor.report.trust import Tally, count_words, score_words, tally

_SIGN = 'name="generator" content="tapecheck '
_PAGES = "[0-9a-f]" * 16 + ".html"
_REVIEWS = "[0-9a-f]" * 16 + ".jsonld"
_REVIEWS_SIGN = '"@context": "https://schema.org"'
_FIRST = (Rating.CONTRADICTED, Rating.CONFLICTING)  # what a reader of a page should look at first


class Claims(Protocol):
    """What a report reads; the store's repository has it."""

    def articles(self) -> Iterable[Article]: ...

    def claims(self, article_id: str | None = None) -> list[Claim]: ...

    def verdicts(
        self, article_id: str | None = None, *, vantage: Literal["publication", "now", "given"] = "publication"
    ) -> dict[str, Verdict]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the index. counts: claims by rating, also those of named speakers; trust: what the score rests on.

    voice: id of the article that this one goes back to as a copy; its own where it is none.
    """

    page: str
    title: str
    name: str
    publisher: str | None
    published_on: date | None
    voice: str
    counts: Mapping[str, int]
    trust: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the claims that disagree. place: where it stands, page and anchor."""

    claim: Claim
    mark: str
    place: str
    title: str


def write(
    repository: Claims,
    out_dir: Path,
    *,
    conflicts: Sequence[Conflict] = (),
    copies: Mapping[str, str] | None = None,
    imprint: claimreview.Imprint | None = None,
) -> int:
    """Writes index.html and one page an article into `out_dir`, which is made if missing. Returns how many articles.

    conflicts: of the articles' claims; the index shows them. copies: ids of copies with those of the articles they go
    back to, the oldest copy first; what several articles say as one voice counts once for a publisher.
    With an imprint each page that has a checked claim carries its verdicts as ClaimReview too, and the same stands
    beside it in a file of its own (`<article id>.jsonld`).
    Raises TapecheckError where the folder or a file in it cannot be written.
    """
    out_dir = Path(out_dir)
    make_folder(out_dir)
    templates = _templates()
    entries = []
    reviewed = set()
    disputed = {claim.id for conflict in conflicts for claim in conflict.claims}
    sides: dict[str, Side] = {}
    for article in repository.articles():
        cards = _cards(repository, article)
        entry = _entry(article, cards, (copies or {}).get(article.id, article.id))
        reviews = _reviews(article, cards, imprint, entry.page) if imprint else None
        replace_file(out_dir, entry.page, _article_page(templates, article, cards, entry, reviews))
        if reviews is not None:
            reviewed.add(f"{article.id}.jsonld")
            replace_file(out_dir, f"{article.id}.jsonld", claimreview.text(reviews) + "\n")
        entries.append(entry)
        sides |= {each.claim.id: _side(each, entry) for each in cards if each.claim.id in disputed}
    # Last, so that the index never names a page that is not there.
    replace_file(out_dir, "index.html", _index_page(templates, entries, conflicts, sides, list(copies or ())))
    remove_leftovers(out_dir, {entry.page for entry in entries}, _PAGES, _SIGN)
    # Also where none were asked for: reviews of an earlier report would say what its pages said.
    remove_leftovers(out_dir, reviewed, _REVIEWS, _REVIEWS_SIGN)
    return len(entries)


def _index_page(
    templates: Environment,
    entries: list[Entry],
    conflicts: Sequence[Conflict],
    sides: Mapping[str, Side],
    copies: Sequence[str],
) -> str:
    entries.sort(key=lambda entry: (entry.published_on or date.min, entry.title), reverse=True)
    return templates.get_template("index.html.j2").render(
        entries=entries,
        totals=sum((Counter(entry.counts) for entry in entries), Counter()),
        publishers=_publishers(_own(entries, copies)),
        titles={entry.page: entry.title for entry in entries},
        conflicts=[(figure_words(each), [sides[claim.id] for claim in each.claims]) for each in conflicts],
    )


def _cards(repository: Claims, article: Article) -> list[Card]:
    verdicts = repository.verdicts(article.id)
    later = repository.verdicts(article.id, vantage="now")
    rows = charts.price_rows(verdicts.values())
    return [
        card(number, claim, verdicts.get(claim.id), later.get(claim.id), rows)
        for number, claim in enumerate(repository.claims(article.id), start=1)
    ]


def _entry(article: Article, cards: Iterable[Card], voice: str) -> Entry:
    verdicts = ((each.claim, each.judgement.verdict if each.judgement else None) for each in cards)
    return Entry(
        page=f"{article.id}.html",
        title=safe.one_line(article.title or "") or safe.one_line(article.name),
        name=article.name,
        publisher=article.publisher,
        published_on=article.published_on,
        voice=voice,
        counts=Counter(str(each.mark) for each in cards),
        trust=tally(verdicts),
    )


def _side(card: Card, entry: Entry) -> Side:
    return Side(claim=card.claim, mark=card.mark, place=f"{entry.page}#c{card.number}", title=entry.title)


def _own(entries: Iterable[Entry], copies: Sequence[str]) -> list[Entry]:
    """Of the articles of one voice the first that has a publisher. copies: the oldest first."""
    age = {f"{article_id}.html": number for number, article_id in enumerate(copies, start=1)}
    first: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: age.get(entry.page, 0)):
        if entry.publisher is not None:
            first.setdefault(entry.voice, entry)
    return list(first.values())


def _publishers(entries: Iterable[Entry]) -> list[tuple[str, int, Tally]]:
    """Name, articles and their tallies added up, the most checked first. Articles without a publisher are no one's."""
    found: dict[str, list[Tally]] = {}
    for entry in entries:
        if entry.publisher is not None:
            found.setdefault(entry.publisher, []).append(entry.trust)
    added = [(name, len(tallies), sum(tallies, Tally())) for name, tallies in found.items()]
    return sorted(added, key=lambda each: (-each[2].checked, each[0]))


def _reviews(
    article: Article, cards: Iterable[Card], imprint: claimreview.Imprint, page: str
) -> claimreview.Node | None:
    numbered = ((each.number, each.claim, each.judgement.verdict if each.judgement else None) for each in cards)
    return claimreview.document(article, numbered, imprint, page)


def _article_page(
    templates: Environment, article: Article, cards: list[Card], entry: Entry, reviews: claimreview.Node | None
) -> str:
    marked = [
        Marked(start=each.claim.start, end=each.claim.end, number=each.number, mark=str(each.mark)) for each in cards
    ]
    return templates.get_template("article.html.j2").render(
        article=article,
        entry=entry,
        link=safe.web_link(article.url),
        updated=article.updated_at.astimezone(article.tzinfo) if article.updated_at else None,
        sections=sections(article, marked),
        cards=cards,
        marks={each.number: str(each.mark) for each in cards},
        first=[each for each in cards if each.mark in _FIRST],
        unchecked=bool(cards) and all(each.mark == UNCHECKED for each in cards),
        chart_size=(charts.WIDTH, charts.HEIGHT),
        structured=claimreview.script(reviews) if reviews is not None else "",
    )


def _templates() -> Environment:
    style = resources.files("extractor.report").joinpath("templates", "style.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(
        loader=PackageLoader("extractor.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "style": Markup(style),  # ours, not an article's
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        "version": __version__,
        "marks_all": MARKS,
        "meanings": MEANINGS,
    }
    environment.filters |= {"isolated": _isolated, "one_line": safe.one_line, "figure": figure}
    environment.filters |= {"score_words": score_words, "count_words": count_words, "stated_words": stated_words}
    environment.tests["turning"] = safe.turns
    return environment


def _shown(value: Any) -> Any:
    """Every value on its way into a page."""
    if isinstance(value, Markup):
        return value
    return safe.printable(value) if isinstance(value, str) else value


def _isolated(value: object) -> Markup:
    """Text of others, which may run in another direction than the words around it."""
    return Markup("<bdi>{}</bdi>").format(safe.printable(str(value)))

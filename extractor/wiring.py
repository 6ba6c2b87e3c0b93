"""The composition root: which adapter plugs into which port. Imports are inside, so that nothing loads unasked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor import __version__
from extractor.adapters import places
from extractor.domain.errors import SourceError, TapecheckError
from extractor.runs import Check
from extractor.stages import Extraction, Pipeline, Reading

if TYPE_CHECKING:
    from extractor.adapters.live.source import Fetched as FetchedSeries
    from extractor.adapters.live.source import LiveSource
    from extractor.adapters.price_import import ImportSummary
    from extractor.adapters.reference_fetch import Fetched
    from extractor.domain.article import Article
    from extractor.domain.claim import Claim
    from extractor.domain.market import Need, Rejection, Split
    from extractor.domain.page import Page
    from extractor.domain.ports import FetchesPages, Listings, Market, PriceSource, ScoresSentiment
    from extractor.domain.sentiment import SentimentModel
    from extractor.ingest.since import Since
    from extractor.rules.instruments import InstrumentBook
    from extractor.rules.reference_manifest import ListingEntry
    from extractor.rules.references import ReferenceListings
    from extractor.store.rows import Instrument

# What decides which claims a text gives: a change in any of these makes stored claims stale.
_READERS = ("annotate", "claims", "ingest", "rules", "domain")


def extraction(
    *,
    references: Sequence[Path] = (),
    published: date | None = None,
    timezone: str | None = None,
    sentiment: ScoresSentiment | None = None,
    allowed_hosts: Sequence[str] = (),
    most_pages: int | None = None,
    since: Since | None = None,
) -> Extraction:
    """From sources to claims. Nothing heavy is loaded before the first article needs it.

    sentiment: the model that is asked; None asks none. allowed_hosts: "host:port" that may be in a private network.
    most_pages: of one feed or sitemap. since: what leaves out what is older.
    """
    from extractor.adapters.reader_process import ReaderProcess
    from extractor.ingest import discover, pages, read
    from extractor.ingest.following import MOST, Following
    from extractor.ingest.read import may_be_html

    bring = fetcher(allowed_hosts) if allowed_hosts else None  # a host that is none is said at once
    following = Following(open=lambda: bring or fetcher(), most=most_pages or MOST)
    if since is not None:
        following = replace(following, wanted=since.wanted)

    reader = ReaderProcess(
        read,
        options={"published": published, "timezone": timezone},
        elsewhere=may_be_html,
        first=_first_page(),
    )
    version = extraction_version(references)
    model = _named(sentiment) if sentiment else None
    found = Extraction(
        discover=discover,
        pages=partial(pages, following=following),
        read=reader,
        expect=reader.expect,
        load=partial(_pipeline, tuple(references), sentiment),
        version=f"{version} {model}" if model else version,
        instruments=partial(_instruments, tuple(references)),
        sentiment=model,
    )
    if since is not None:
        found.discover, found.pages = since.discover(found.discover), since.pages(found.pages)
        found.read = since.read(found.read)
    return found


def fetcher(allowed_hosts: Sequence[str] = ()) -> FetchesPages:
    """What brings pages of the web. Raises TapecheckError where a host to allow is none."""
    from extractor.adapters.web.addresses import RefusedError
    from extractor.adapters.web.cache import PageCache
    from extractor.adapters.web.fetcher import LIMITS, Fetcher, contact_of
    from extractor.adapters.web.hosts import Hosts

    try:
        hosts = Hosts.named(allowed_hosts)
    except RefusedError as error:
        raise TapecheckError(f"--allow-host {error}") from error
    cache = PageCache(places.cache() / "web", max_bytes=LIMITS.max_bytes)
    return Fetcher(cache=cache, hosts=hosts, contact=contact_of())


def _first_page() -> Page:
    """A page as good as any: reading it loads what reading needs, before the clock runs for a page of the user's."""
    from extractor.domain.page import Page

    paragraph = b"<p>Copper rose 1.2% to $9,100.50 a tonne on Monday, its highest close since March.</p>"
    html = b"<html><head><title>Copper</title></head><body><article>" + paragraph * 4 + b"</article></body></html>"
    return Page(name="first.html", source="first.html", data=html)


def _named(scorer: ScoresSentiment) -> SentimentModel:
    from extractor.domain.sentiment import SentimentModel

    return SentimentModel(name=scorer.name, version=scorer.version, sha256=scorer.sha256)


def checker() -> Check:
    from extractor.claims.check import check_article

    return check_article


def tape(sources: Sequence[PriceSource], *, references: Sequence[Path] = ()) -> Market:
    """Price sources joined, as they are known now; `known_on` takes it back to an earlier day."""
    from extractor.adapters.calendars import TradingCalendars
    from extractor.verify.market import TapeMarket

    return TapeMarket(sources, TradingCalendars(), listings=_listings(tuple(references)))


def price_sources(
    folders: Sequence[Path] = (), names: Sequence[str] = (), *, references: Sequence[Path] = ()
) -> list[PriceSource]:
    """The folders, then what is named: `store`, the path of a price store, or a live source (`yahoo`, `fred=URL`).

    Where neither is given, it is the default store if there is one, and nothing otherwise. A live source has nothing
    until `fetch_needed` has fetched it.
    Reference folders tell the exchange of symbols that stand without one in a price table.
    """
    from extractor.adapters.prices_folder import PriceFolder

    if not folders and not names and default_store().is_file():
        names = ("store",)
    listings = _listings(tuple(references))
    found: list[PriceSource] = [PriceFolder(folder, listings=listings) for folder in folders]
    found += [_store(name) for name in names if not is_live(name)]
    # A live source is told the splits of those before it: the order that names are given in must change nothing.
    for name in sorted(filter(is_live, names)):
        found.append(_live_source(name, list(found)))
    return found


def sentiment_model(name: str | None = None) -> ScoresSentiment:
    """The model that ships, or one in a folder of ours, or any classifier of transformers by path or hub name."""
    from extractor.adapters.sentiment_onnx import MANIFEST, OnnxSentiment

    folder = places.sentiment_weights() if name is None else Path(name)
    if name is None or (folder / MANIFEST).is_file():
        return OnnxSentiment(folder)
    from extractor.adapters.sentiment_transformers import TransformersSentiment

    return TransformersSentiment(name)


def _store(name: str) -> PriceSource:
    from extractor.adapters.price_store import PriceStore

    path = default_store() if name == "store" else Path(name)
    if not path.is_file():
        raise TapecheckError(f"{path}: no such price store; `tapecheck prices import DIR` makes one")
    return PriceStore(path)


def rejections(sources: Sequence[PriceSource]) -> list[Rejection]:
    """Rows left out of the tables that were read so far."""
    from extractor.domain.ports import ReadsTables  # not the classes: a live one brings the network's library along

    return [row for source in sources if isinstance(source, ReadsTables) for row in source.rejections()]


def is_live(name: str) -> bool:
    """Whether the name is one of a source that the network is needed for."""
    from extractor.rules.price_symbols import source_rules

    return name.partition("=")[0] in source_rules()


def fetch_needed(sources: Sequence[PriceSource], claims: Iterable[Claim]) -> Iterator[FetchedSeries]:
    """Fetches what the checks of claims will look at from those sources that are live, through the cache."""
    from extractor.adapters.live.source import LiveSource
    from extractor.claims.needs import needs

    live = [source for source in sources if isinstance(source, LiveSource)]
    wanted = needs(claims) if live else []
    for source in live:
        yield from source.fetch(wanted)


def stored_needs(database: Path) -> list[Need]:
    """What the claims of a database wait for: those without a verdict, and those whose verdict lacks prices."""
    from extractor.claims.needs import needs, waiting
    from extractor.store.repository import Repository

    with Repository.open(database, "read") as repository:
        return needs(waiting(repository.claims(), repository.verdicts()))


def fetch_prices(
    names: Sequence[str], wanted: Sequence[Need], store: Path, *, refresh: bool = False
) -> Iterator[tuple[str, FetchedSeries | ImportSummary]]:
    """Fetches series into a store, one outcome each under the source's name, then what was written.

    What a source says now replaces what it said before, so a series that is stored is fetched over its whole reach.
    """
    from extractor.adapters.price_store import PriceStore

    stored = PriceStore(store)
    at_hand = [stored] if store.is_file() else []
    for name in names:
        source = _live_source(name, at_hand)
        for outcome in source.fetch(_widened(source, wanted, at_hand), refresh=refresh):
            yield source.name, outcome
        if any(True for _ in source.every()) or source.every_print():
            yield source.name, stored.import_folder(source)


def _widened(source: LiveSource, wanted: Iterable[Need], stored: Sequence[PriceSource]) -> Iterator[Need]:
    from extractor.domain.market import Need

    for need in wanted:
        for instrument in source.rules.made_of(need.instrument):
            known = [info for one in stored for info in one.series(instrument) if info.source == source.rules.source]
            first_on = min([need.first_on, *(info.first_on for info in known)])
            last_on = max([need.last_on, *(info.last_on for info in known)])
            yield Need(instrument=instrument, first_on=first_on, last_on=last_on)


def _live_source(name: str, others: Sequence[PriceSource]) -> LiveSource:
    """others: whose tables of splits are asked too."""
    from extractor.adapters.live.build import live_source

    def splits(instrument: str) -> list[Split]:
        return [split for other in others for split in other.splits(instrument)]

    return live_source(name, places.cache(), splits=splits)


def import_prices(folder: Path, store: Path) -> ImportSummary:
    """Copies a price folder into a store. The summary reads as one line and has the rows that were left out."""
    from extractor.adapters.price_store import PriceStore
    from extractor.adapters.prices_folder import PriceFolder

    return PriceStore(store).import_folder(PriceFolder(folder, listings=_listings(())))


def default_store() -> Path:
    """TAPECHECK_STORE, or a file in the folder where the platform keeps a user's data."""
    return places.store()


def default_reference() -> Path:
    """TAPECHECK_REFERENCE, or a folder beside the price store."""
    return places.reference()


def fetch_reference(
    names: Sequence[str], folder: Path, *, contact: str | None = None, mirror: str | None = None
) -> Sequence[Fetched | SourceError]:
    """Fetches listing files into a reference folder, all that are known where no name is given; one outcome each.

    names: of `listing_sources`. mirror: the address of a folder that holds the same files.
    """
    import asyncio

    from extractor.adapters.reference_fetch import fetch
    from extractor.rules.listing_sources import listing_sources

    sources = [source for source in listing_sources() if not names or source.name in names]
    if mirror is not None:
        sources = [source.mirrored(mirror) for source in sources]
    return asyncio.run(fetch(sources, folder, contact=contact))


def reference_files(folder: Path) -> list[tuple[ListingEntry, int]]:
    """What a reference folder holds: each file as its manifest describes it, and how many listings are in it."""
    from extractor.rules.reference_manifest import read_manifest
    from extractor.rules.references import read_listing

    return [(entry, len(read_listing(folder, entry).records)) for entry in read_manifest(folder)]


def extraction_version(references: Sequence[Path] = ()) -> str:
    """The program's version and a digest of its rules, of the English pipeline and of the reference folders."""
    from importlib import metadata

    from extractor.annotate.english import english_package

    english = english_package()
    digest = hashlib.sha256(f"{english} {metadata.version(english)}".encode())
    package = resources.files("extractor")
    for name in _READERS:
        _add(digest, package.joinpath(name))
    for folder in references:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                stat = path.stat()
                digest.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}".encode())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def _add(digest: Any, place: Traversable) -> None:
    for entry in sorted(place.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                _add(digest, entry)
        elif entry.name.endswith((".py", ".toml", ".cfg", ".csv", ".json", ".txt")):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())


@cache
def _references(folders: tuple[Path, ...]) -> tuple[ReferenceListings, ...]:
    from extractor.rules.references import read

    return tuple(map(read, folders))


def _listings(folders: tuple[Path, ...]) -> Listings:
    """The reference folders, then what ships."""
    from extractor.rules.references import JoinedListings

    return JoinedListings(_references(folders))


@cache
def _book(folders: tuple[Path, ...]) -> InstrumentBook:
    """The instruments that ship, widened by reference folders."""
    from extractor.rules.instruments import InstrumentBook

    return InstrumentBook.load(_references(folders))


def _pipeline(references: tuple[Path, ...], scorer: ScoresSentiment | None) -> Pipeline:
    from extractor.annotate import pipeline
    from extractor.claims.find import find
    from extractor.claims.relevance import relevance
    from extractor.claims.tones import tones

    book = _book(references)
    nlp = pipeline.load(book, scorer)

    def read(doc: Any, article: Article) -> Reading:
        found = find(doc, article, book)
        meant = {mention.start: mention.candidates[0] for mention in doc._.gauges} | dict(found.meant)
        return Reading(
            article=article,
            mentions=doc._.instruments,
            claims=found.claims,
            tones=tones(doc._.targets, meant, article, inverse=found.inverse),
            relevance=relevance(meant, article),
        )

    return Pipeline(annotate=nlp.pipe, find=read)


def _instruments(references: tuple[Path, ...], ids: Iterable[str]) -> list[Instrument]:
    """What the book knows of these ids, and which file told it."""
    from extractor.store.rows import Instrument

    book = _book(references)
    return [
        Instrument(
            id=known.id,
            type=str(known.type),
            name=known.name,
            symbol=known.symbol,
            mic=known.mic,
            reference=known.source,
        )
        for known in filter(None, map(book.get, ids))
    ]

"""Which country's market an article is about: it says what "the 10-year yield" and a share of two markets mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.annotate.instruments.reading import Reading
from extractor.annotate.instruments.yields import country_of
from extractor.domain.annotation import InstrumentMention, MentionForm
from extractor.rules.instruments import InstrumentBook
from extractor.rules.instruments.load import table, venue_country

_ENOUGH = 4  # mentions that speak for a country
_SHARE = 0.6  # of all that speak for any


def at_home(
    reading: Reading, book: InstrumentBook, mentions: Sequence[InstrumentMention]
) -> Iterator[InstrumentMention]:
    """The same mentions, read as the article's own market would."""
    home = _home(book, mentions)
    for mention in mentions:
        if mention.noun == "yield" and mention.candidates and home != "US":
            country = home or _of_paragraph(reading, book, mentions, mention)
            yield _yield(reading, mention, country) if country else mention
        elif home is None or not mention.candidates:
            yield mention
        elif mention.form is MentionForm.NAME and mention.candidates[0].startswith("equity:"):
            here = [key for key in mention.candidates if _country(book, key) == home]
            yield replace(mention, candidates=tuple(dict.fromkeys((*here, *mention.candidates))))
        else:
            yield mention


def _home(book: InstrumentBook, mentions: Sequence[InstrumentMention]) -> str | None:
    votes: Counter[str] = Counter()
    for mention in mentions:
        if mention.form is not MentionForm.GENERIC:
            countries = {_country(book, key) for key in mention.candidates}
            if len(countries) == 1 and (country := countries.pop()):
                votes[country] += 1
    best = votes.most_common(1)
    if not best or best[0][1] < _ENOUGH or best[0][1] < _SHARE * votes.total():
        return None
    return best[0][0]


def _of_paragraph(
    reading: Reading, book: InstrumentBook, mentions: Sequence[InstrumentMention], at: InstrumentMention
) -> str | None:
    """The country of the stock indexes beside it, where they are of one country that is not the United States."""
    begin, end = _paragraph(reading.text, at)
    beside = [m for m in mentions if begin <= m.start < end and m.symbol is None and m.candidates]
    countries = {_country(book, m.candidates[0]) for m in beside if m.candidates[0].startswith("index:")}
    return countries.pop() if len(countries) == 1 and "US" not in countries else None


def _paragraph(text: str, mention: InstrumentMention) -> tuple[int, int]:
    """The line it stands in; of a body on one line, a few sentences."""
    begin, end = text.rfind("\n", 0, mention.start) + 1, text.find("\n", mention.end)
    return max(begin, mention.start - 300), min(end if end >= 0 else len(text), mention.end + 200)


def _country(book: InstrumentBook, key: str) -> str | None:
    """Of a share its market's, of an index or a central bank its own."""
    kind, _, rest = key.partition(":")
    if kind == "equity":
        return venue_country().get(rest.partition(":")[0])
    known = book.get(key) if kind in ("index", "organization") else None
    return known.country if known else None


def _yield(reading: Reading, mention: InstrumentMention, home: str) -> InstrumentMention:
    """ "The 10-year bond yield" of no country, in a paragraph that does not speak of Treasuries."""
    text = reading.text
    default = f"yield:{table('yields')['default']}"
    if (
        not mention.candidates[0].startswith(default)
        or country_of(mention.text)
        or home not in table("yields")["countries"]
    ):
        return mention
    begin, end = _paragraph(text, mention)
    near = text[begin:end]
    if "reasur" in near or "Wall Street" in near:
        return mention
    return replace(mention, candidates=(f"yield:{home}{mention.candidates[0].removeprefix(default)}",))

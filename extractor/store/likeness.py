"""How like two texts are: what is compared, the signature it is found by, and what makes one a copy.

Compared are words in small letters, without marks, accents of typography, agency tags and the headline: what an editor
changes who takes a story over. Two texts are as like as the runs of five words they have in common, of all runs that
either has (Jaccard, `similarity`). Copies are

- texts of the same words, whatever the headline;
- texts with at least half of all runs in common (`LIKE`), and, where both print figures, at least half of the figures
  of the one with fewer (`SAME_FIGURES`).

The limits follow from the measure. Of two texts of one length, half of all runs in common means two thirds of each;
where one is the other with its tail cut, half of it is left; and a word changed spoils five runs, so that one word in
fifteen may be another. A desk's notes to two days share less: nearly every run of five words in a market report has a
figure, a day or a name in it. What they share is furniture, so the more furniture there is, the more alike they are,
and only the figures tell: hence the second condition. Texts of fewer than `FEWEST` runs are compared whole and no other
way, for there a single word would decide.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from extractor.domain.article import Article, Zone
from extractor.rules.agency_tags import without_tags

RUN = 5  # words
LIKE = 0.5
SAME_FIGURES = 0.5
FEWEST = 15  # runs: with fewer, one word changed in the middle leaves less than half in common

# 42 bands of three values each. Texts that are just alike enough have at least one band in common with a probability of
# 1 - (1 - LIKE**3)**42 = 0.996; what is found is compared word for word, so a chance meeting costs time and no more.
VALUES, BANDS, ROWS = 128, 42, 3
_SEED = 1

_WORD = re.compile(r"\d+(?:[.,]\d+)*+|%|[^\W\d_]++")
_QUOTES = re.compile("['’‘`´]")
_PERCENT = re.compile(r"\bper ?cent\b")


@dataclass(frozen=True, slots=True)
class Words:
    """What is compared of an article: its words in order, the runs of five, and its figures."""

    words: tuple[str, ...]
    runs: frozenset[str]
    figures: frozenset[str]

    @property
    def digest(self) -> str:
        return hashlib.sha256(" ".join(self.words).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def short(self) -> bool:
        return len(self.runs) < FEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """digest: of all words, the same for the same words. minhash: VALUES numbers of four bytes, low byte first; None
    where the text is short. Two minhashes agree in about the share of their numbers that their texts are alike."""

    digest: str
    minhash: bytes | None


def method() -> str:
    """Changes whenever the same text could give another signature; those of two methods cannot be compared."""
    from rensa import RMinHash

    return f"words/{RUN} rensa/{RMinHash.ALGORITHM_VERSION} {VALUES}/{_SEED} v1"


def words(article: Article) -> Words:
    """Of the body; with the rows of quotes where there is little of it, and of all that is read where there is none."""
    for zones in ({Zone.BODY}, {Zone.BODY, Zone.QUOTES}):
        parts = (article.text[span.start : span.end] for span in article.zones if span.zone in zones)
        found = _of_text("\n".join(parts))
        if not found.short:
            return found
    return found if found.words else _of_text(article.readable)


def sign(found: Words) -> Signature:
    if found.short:
        return Signature(digest=found.digest, minhash=None)
    from rensa import RMinHash

    sketch = RMinHash(num_perm=VALUES, seed=_SEED)
    sketch.update(sorted(found.runs))
    return Signature(digest=found.digest, minhash=_packer().pack(*sketch.digest()))


def buckets(minhash: bytes) -> list[int]:
    """One number for each band, of eight bytes with a sign as SQLite keeps them."""
    width = 4 * ROWS
    return [
        int.from_bytes(
            hashlib.blake2b(minhash[band * width : (band + 1) * width], digest_size=8, salt=band.to_bytes(8)).digest(),
            signed=True,
        )
        for band in range(BANDS)
    ]


def estimate(one: bytes, other: bytes) -> float:
    """About how like two texts are, by their minhashes: off by 0.13 once in some four hundred times."""
    unpack = _packer().unpack
    return sum(map(int.__eq__, unpack(one), unpack(other))) / VALUES


def similarity(one: Words, other: Words) -> float:
    """From 0 to 1: the runs both have of those that either has."""
    return _jaccard(one.runs, other.runs)


def is_copy(one: Words, other: Words) -> bool:
    """Whether one is a near-copy of the other; texts of the same words are copies whatever this says."""
    if one.short or other.short or similarity(one, other) < LIKE:
        return False
    fewer = min(len(one.figures), len(other.figures))
    return not fewer or len(one.figures & other.figures) >= SAME_FIGURES * fewer


def _of_text(text: str) -> Words:
    folded = unicodedata.normalize("NFKC", without_tags(text)).casefold()
    every = tuple(_WORD.findall(_PERCENT.sub("%", _QUOTES.sub("", folded))))
    return Words(words=every, runs=_runs(every), figures=_figures(every))


def _runs(every: Sequence[str]) -> frozenset[str]:
    width = min(RUN, len(every))
    return frozenset(" ".join(every[at : at + width]) for at in range(len(every) - width + 1)) - {""}


def _figures(every: Sequence[str]) -> frozenset[str]:
    """Numbers with a point or comma in them, and whole percents: not the 500 of an index's name, nor a day or year."""
    found = set()
    for word, behind in zip_longest(every, every[1:], fillvalue=""):
        if word[0].isdigit() and (not word.isdigit() or behind == "%"):
            found.add(word.replace(",", "") + ("%" if behind == "%" else ""))
    return frozenset(found)


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    either = len(one | other)
    return len(one & other) / either if either else 1.0


@cache
def _packer() -> struct.Struct:
    return struct.Struct(f"<{VALUES}I")

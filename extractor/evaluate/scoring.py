"""Precision, recall and F1 at five depths, by kind and in all; and how the verdicts did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.domain.claim import Claim, Kind
from extractor.domain.verdict import Rating, Verdict
from extractor.evaluate.gold import GoldLine, SameAs
from extractor.evaluate.matching import Depth, Match, Matching, match
from extractor.evaluate.scope import out_of_scope

DEPTHS = (Depth.FIGURE, Depth.SENSE, Depth.SUBJECT, Depth.DATE, Depth.WHOLE)


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one kind. `right[depth]` are matched pairs that agree at least so far."""

    gold: int = 0
    predicted: int = 0
    spurious: int = 0
    right: dict[Depth, int] = field(default_factory=lambda: dict.fromkeys(DEPTHS, 0))

    def precision(self, depth: Depth) -> float:
        return _share(self.right[depth], self.predicted)

    def recall(self, depth: Depth) -> float:
        return _share(self.right[depth], self.gold)

    def f1(self, depth: Depth) -> float:
        """Two times the right ones over gold and predicted: 1 where both are empty, for there was nothing to find."""
        return _share(2 * self.right[depth], self.gold + self.predicted)

    @property
    def spurious_rate(self) -> float:
        """Claims that answer no gold line, over all claims scored."""
        return self.spurious / self.predicted if self.predicted else 0.0

    def add(self, other: Tally) -> None:
        self.gold += other.gold
        self.predicted += other.predicted
        self.spurious += other.spurious
        for depth in DEPTHS:
            self.right[depth] += other.right[depth]


@dataclass(slots=True, kw_only=True)
class VerdictTally:
    """Verdicts on matched claims whose gold line names the ratings that are right."""

    scored: int = 0
    checked: int = 0
    right: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)  # gid, rating given
    accused: list[str] = field(default_factory=list)  # gids of true figures called contradicted

    @property
    def share(self) -> float:
        """Right verdicts over scored gold lines whose claim was found."""
        return _share(self.right, self.checked)


@dataclass(slots=True, kw_only=True)
class Scores:
    """The result over some articles. `lines` is the depth each gold line reached (-1: no claim for it)."""

    total: Tally = field(default_factory=Tally)
    kinds: dict[Kind, Tally] = field(default_factory=dict)
    verdicts: VerdictTally = field(default_factory=VerdictTally)
    matches: list[Match] = field(default_factory=list)
    missed: list[GoldLine] = field(default_factory=list)
    spurious: list[Claim] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def kind(self, kind: Kind) -> Tally:
        return self.kinds.setdefault(kind, Tally())

    def add(self, other: Scores) -> None:
        self.total.add(other.total)
        for kind, tally in other.kinds.items():
            self.kind(kind).add(tally)
        for name in ("scored", "checked", "right"):
            setattr(self.verdicts, name, getattr(self.verdicts, name) + getattr(other.verdicts, name))
        self.verdicts.wrong += other.verdicts.wrong
        self.verdicts.accused += other.verdicts.accused
        self.matches += other.matches
        self.missed += other.missed
        self.spurious += other.spurious
        self.lines |= other.lines


def evaluate(
    pairs: Iterable[tuple[Sequence[GoldLine], Sequence[Claim]]],
    *,
    same_as: SameAs | None = None,
    verdicts: Mapping[str, Verdict] | None = None,
) -> Scores:
    """Score the claims of each article against its gold lines (placed in the article's text by `gold.placed`).

    verdicts: by claim id, where claims were checked.
    """
    scores = Scores()
    for gold, claims in pairs:
        scores.add(score_article(gold, claims, match(gold, claims, same_as), verdicts or {}))
    return scores


def score_article(
    gold: Sequence[GoldLine], claims: Sequence[Claim], matching: Matching, verdicts: Mapping[str, Verdict]
) -> Scores:
    scores = Scores()
    for pair in matching.matches:
        scores.lines[pair.gold.gid] = int(pair.depth)
        if pair.gold.optional:
            continue
        tally = scores.kind(pair.gold.kind)
        tally.gold += 1
        tally.predicted += 1
        for depth in DEPTHS:
            tally.right[depth] += pair.depth >= depth
        scores.matches.append(pair)
        _score_verdict(scores.verdicts, pair, verdicts)
    for line in matching.missed:
        scores.lines[line.gid] = -1
        if not line.optional:
            scores.kind(line.kind).gold += 1
            scores.missed.append(line)
    for claim in matching.unmatched:
        if not out_of_scope(claim, gold):
            tally = scores.kind(claim.kind)
            tally.predicted += 1
            tally.spurious += 1
            scores.spurious.append(claim)
    scores.verdicts.scored = sum(1 for line in gold if line.rating and not line.optional)
    for tally in scores.kinds.values():
        scores.total.add(tally)
    return scores


def _score_verdict(tally: VerdictTally, pair: Match, verdicts: Mapping[str, Verdict]) -> None:
    verdict = verdicts.get(pair.claim.id)
    if verdict is None or not pair.gold.rating:
        return
    rating = str(verdict.rating)
    if verdict.rating is Rating.CONTRADICTED and rating not in pair.gold.rating:
        tally.accused.append(pair.gold.gid)
    tally.checked += 1
    if rating in pair.gold.rating:
        tally.right += 1
    else:
        tally.wrong.append((pair.gold.gid, rating))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0

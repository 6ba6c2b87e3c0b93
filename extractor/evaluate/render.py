"""Scores as text: tables for people, JSON for programs, and the lines behind the figures."""

from __future__ import annotations

import json
from collections.abc import Mapping

from extractor.domain.claim import Claim
from extractor.evaluate.gold import GoldLine
from extractor.evaluate.matching import Depth, Match
from extractor.evaluate.scoring import DEPTHS, Scores, Tally
from extractor.evaluate.sets import GoldSet

_HEADINGS = {
    Depth.FIGURE: "figure",
    Depth.SENSE: "+direction",
    Depth.SUBJECT: "+subject",
    Depth.DATE: "+date",
    Depth.WHOLE: "whole",
}
_QUOTE_WIDTH = 70


def as_table(scores: Mapping[str, Scores]) -> str:
    """One block a set: a row a kind, F1 at each depth, then precision and recall of the figures."""
    return "\n\n".join(_block(name, part) for name, part in scores.items())


def _block(name: str, scores: Scores) -> str:
    heads = "".join(f"{_HEADINGS[depth]:>11}" for depth in DEPTHS)
    rows = [f"{name}: F1", f"{'kind':<10}{'gold':>6}{'found':>7}{heads}{'prec':>8}{'recall':>8}"]
    rows += [_row(str(kind), tally) for kind, tally in sorted(scores.kinds.items())]
    rows.append(_row("all", scores.total))
    rows.append(
        f"spurious: {scores.total.spurious} of {scores.total.predicted} claims ({scores.total.spurious_rate:.1%})"
    )
    verdicts = scores.verdicts
    if verdicts.checked:
        rows.append(
            f"verdicts: {verdicts.right} of {verdicts.checked} right ({verdicts.share:.1%}), "
            f"{verdicts.scored - verdicts.checked} scored lines not found, "
            f"true figures called contradicted: {len(verdicts.accused)}"
        )
    return "\n".join(rows)


def _row(label: str, tally: Tally) -> str:
    cells = "".join(f"{tally.f1(depth):>11.3f}" for depth in DEPTHS)
    precision, recall = tally.precision(Depth.FIGURE), tally.recall(Depth.FIGURE)
    return f"{label:<10}{tally.gold:>6}{tally.predicted:>7}{cells}{precision:>8.3f}{recall:>8.3f}"


def as_json(scores: Mapping[str, Scores]) -> str:
    return json.dumps({name: _record(part) for name, part in scores.items()}, indent=1)


def _record(scores: Scores) -> dict[str, object]:
    return {
        "all": _tally_record(scores.total),
        "kinds": {str(kind): _tally_record(tally) for kind, tally in sorted(scores.kinds.items())},
        "verdicts": {
            "scored": scores.verdicts.scored,
            "checked": scores.verdicts.checked,
            "right": scores.verdicts.right,
            "true_called_contradicted": len(scores.verdicts.accused),
        },
    }


def _tally_record(tally: Tally) -> dict[str, object]:
    return {
        "gold": tally.gold,
        "found": tally.predicted,
        "spurious": tally.spurious,
        "depths": {
            depth.name.lower(): {
                "precision": round(tally.precision(depth), 4),
                "recall": round(tally.recall(depth), 4),
                "f1": round(tally.f1(depth), 4),
            }
            for depth in DEPTHS
        },
    }


def shown(what: str, part: GoldSet, scores: Scores, before: Mapping[str, float]) -> str:
    """The lines behind the figures, or for a hidden set only that they are hidden."""
    if part.hidden:
        return f"\n{part.name}: held out, its lines are not shown (corpus/heldout.toml)"
    lines = {
        "misses": lambda: (
            [_missed(line) for line in scores.missed] + [_wrong(pair) for pair in scores.matches if pair.wrong]
        ),
        "spurious": lambda: [_spurious(claim) for claim in scores.spurious],
        "changed": lambda: _changed(scores, before),
        "verdicts": lambda: [f"{gid}  rated {rating}" for gid, rating in scores.verdicts.wrong],
    }[what]()
    return "\n".join([f"\n{part.name}: {what} ({len(lines)})", *lines])


def _missed(line: GoldLine) -> str:
    lost = "" if line.places else "  [its words are not in the text as read]"
    return f"{line.gid}  {line.kind}  not found: {_short(line.quote)!r} in {_short(line.context)!r}{lost}"


def _wrong(pair: Match) -> str:
    told = "; ".join(
        f"{name}: {_gold_field(pair.gold, name)} != {_claim_field(pair.claim, name)}" for name in pair.wrong
    )
    return f"{pair.gold.gid}  {pair.gold.kind}  {told}  {_short(pair.gold.quote)!r} by {pair.claim.rule}"


def _spurious(claim: Claim) -> str:
    return (
        f"{claim.article}  {claim.kind}  {claim.subject.id}  {_short(claim.quote)!r} by {claim.rule} "
        f"in {_short(claim.sentence)!r}"
    )


def _changed(scores: Scores, before: Mapping[str, float]) -> list[str]:
    return [
        f"{gid}  {_depth_name(int(before[gid]))} -> {_depth_name(depth)}"
        for gid, depth in sorted(scores.lines.items())
        if gid in before and int(before[gid]) != depth
    ]


def _depth_name(depth: int) -> str:
    return "missed" if depth < 0 else Depth(depth).name.lower()


def _gold_field(line: GoldLine, name: str) -> str:
    if name == "date":
        return "..".join(day.isoformat() for day in line.window) if line.window else "none"
    if name == "value" and line.value_high is not None:
        return f"{line.value}-{line.value_high}"
    return str(getattr(line, name))


def _claim_field(claim: Claim, name: str) -> str:
    if name == "date":
        return f"{claim.date.start}..{claim.date.end}" if claim.date else "none"
    if name == "subject":
        return claim.subject.id
    if name == "value" and claim.value_high is not None:
        return f"{claim.value}-{claim.value_high}"
    return str(getattr(claim, name))


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _QUOTE_WIDTH else folded[: _QUOTE_WIDTH - 3] + "..."

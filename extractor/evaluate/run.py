"""`tapecheck eval`: extract, match, score, print, and hold the figures against the baseline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extractor.domain.article import Article
from extractor.domain.claim import Claim
from extractor.domain.errors import TapecheckError
from extractor.domain.verdict import Verdict
from extractor.evaluate import baseline as floors
from extractor.evaluate.gold import SameAs, load_gold, placed
from extractor.evaluate.render import as_json, as_table, shown
from extractor.evaluate.scoring import Scores, evaluate
from extractor.evaluate.sets import GoldSet, gold_set, gold_sets, only

Show = Literal["misses", "spurious", "changed", "verdicts"]
Extract = Callable[[Path], tuple[Article, Sequence[Claim]]]
Check = Callable[[Article, Sequence[Claim], Path], Mapping[str, Verdict]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalRequest:
    """What the command line asks for. `gold` and `articles` come together or not at all."""

    checkout: Path
    gold: Path | None = None
    articles: Path | None = None
    prices: Path | None = None
    names: tuple[str, ...] = ()
    show: tuple[Show, ...] = ()
    baseline: Path | None = None
    update_baseline: bool = False
    format: Literal["table", "json"] = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalOutcome:
    """`text` is for standard output, `fallen` says which figures are below the baseline."""

    text: str
    fallen: tuple[str, ...]
    scores: Mapping[str, Scores]


def run_eval(request: EvalRequest, extract: Extract, check: Check | None = None) -> EvalOutcome:
    """Score every set. `extract` reads one article and finds its claims; `check`, if given, judges them by a folder.

    Raises TapecheckError for folders without gold, an unknown name, or an update that would lower the baseline.
    """
    parts = _parts(request)
    scores = {part.name: score_set(part, extract, check) for part in parts}
    stored = floors.load_baseline(request.baseline) if request.baseline else {}
    now = {name: floors.figures(part) for name, part in scores.items()}
    whole_sets = not request.names  # a part of a set has figures of its own, which say nothing of the floor
    fallen = floors.fallen({k: v for k, v in stored.items() if k != "lines"}, now) if whole_sets else []
    if request.update_baseline:
        if not whole_sets or request.baseline is None:
            raise TapecheckError("--update-baseline needs --baseline FILE and no --only")
        open_lines = {g: d for part in parts if not part.hidden for g, d in scores[part.name].lines.items()}
        floors.update(request.baseline, now, open_lines)
    blocks = [as_json(scores)] if request.format == "json" else [as_table(scores)]
    for what in request.show:
        blocks += [shown(what, part, scores[part.name], stored.get("lines", {})) for part in parts]
    return EvalOutcome(text="\n".join(block for block in blocks if block), fallen=tuple(fallen), scores=scores)


def score_set(part: GoldSet, extract: Extract, check: Check | None = None) -> Scores:
    """All articles of a set, read, extracted, checked where there are prices, and scored."""
    same_as = SameAs.load(part.aliases) if part.aliases.is_file() else SameAs()
    scores = Scores()
    for task in part.tasks:
        article, claims = extract(task.article)
        verdicts = check(article, claims, part.prices) if check and part.prices else {}
        gold = placed(load_gold(task.gold), article.text)
        scores.add(evaluate([(gold, claims)], same_as=same_as, verdicts=verdicts))
    return scores


def _parts(request: EvalRequest) -> list[GoldSet]:
    if (request.gold is None) != (request.articles is None):
        raise TapecheckError("--gold and --articles go together: one without the other has nothing to be matched with")
    if request.gold is not None and request.articles is not None:
        parts = [gold_set("given", request.articles, request.gold, request.prices)]
    else:
        parts = gold_sets(request.checkout)
    if not any(part.tasks for part in parts):
        raise TapecheckError(f"{request.gold or request.checkout / 'corpus' / 'gold'}: no gold files (*.jsonl)")
    return only(parts, request.names) if request.names else parts

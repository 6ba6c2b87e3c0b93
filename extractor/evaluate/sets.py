"""Where gold stands: the corpus of the checkout, and evaluation data beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.domain.errors import TapecheckError

ARTICLE_SUFFIXES = frozenset({".txt", ".html", ".htm", ".md"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One article with its gold. `name` is the gold file's stem."""

    name: str
    article: Path
    gold: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSet:
    """Articles that are scored together. `hidden`: its misses are never shown, for they must not be tuned on."""

    name: str
    tasks: tuple[Task, ...]
    aliases: Path
    prices: Path | None = None
    hidden: bool = False


def gold_sets(checkout: Path) -> list[GoldSet]:
    """The corpus; the desks and, where it is present, the data in ../shared, each in an open and a held-out part."""
    corpus = checkout / "corpus"
    aside = held_out(corpus / "heldout.toml")
    found = [gold_set("corpus", corpus / "articles", corpus / "gold", corpus / "prices")]
    desks = corpus / "desks"
    if desks.is_dir():
        found += split(gold_set("desks", desks / "articles", desks / "gold"), aside)
    shared = checkout.parent / "shared"
    if (shared / "articles" / "gold").is_dir():
        whole = gold_set("shared", shared / "articles", shared / "articles" / "gold", shared / "prices")
        found += split(whole, aside)
    return [part for part in found if part.tasks]


def gold_set(name: str, articles: Path, gold: Path, prices: Path | None = None) -> GoldSet:
    """Every gold file in a folder with the article it is about. Raises TapecheckError where one has no article."""
    for folder in (articles, gold):
        if not folder.is_dir():
            raise TapecheckError(f"{folder}: no such folder")
    pages = {path.stem: path for path in sorted(articles.rglob("*")) if path.suffix.lower() in ARTICLE_SUFFIXES}
    tasks = []
    for path in sorted(gold.glob("*.jsonl")):
        if path.name.endswith(".dates.jsonl"):
            continue
        if path.stem not in pages:
            raise TapecheckError(f"{path}: no article named {path.stem} in {articles}")
        tasks.append(Task(name=path.stem, article=pages[path.stem], gold=path))
    aliases = next((path for path in (gold / "aliases.json", gold.parent / "aliases.json") if path.is_file()), gold)
    return GoldSet(
        name=name,
        tasks=tuple(tasks),
        aliases=aliases,
        prices=prices if prices and (prices / "prices.toml").is_file() else None,
    )


def split(whole: GoldSet, names: Sequence[str]) -> list[GoldSet]:
    """The open part and the held-out part of a set, apart."""
    parts = []
    for label, hidden in (("open", False), ("heldout", True)):
        tasks = tuple(task for task in whole.tasks if (task.name in names) is hidden)
        parts.append(
            GoldSet(
                name=f"{whole.name}_{label}", tasks=tasks, aliases=whole.aliases, prices=whole.prices, hidden=hidden
            )
        )
    return parts


def held_out(path: Path) -> list[str]:
    """Names of articles whose gold is only ever counted, never read."""
    if not path.is_file():
        return []
    with path.open("rb") as file:
        return [str(name) for name in tomllib.load(file)["articles"]]


def only(found: Sequence[GoldSet], names: Sequence[str]) -> list[GoldSet]:
    """The sets with just the tasks named (a task's or a set's name). Raises TapecheckError for an unknown name."""
    known = {part.name for part in found} | {task.name for part in found for task in part.tasks}
    for name in names:
        if name not in known:
            raise TapecheckError(f"{name}: no gold of that name; there is {', '.join(sorted(known))}")
    kept = []
    for part in found:
        tasks = part.tasks if part.name in names else tuple(task for task in part.tasks if task.name in names)
        if tasks:
            kept.append(
                GoldSet(name=part.name, tasks=tasks, aliases=part.aliases, prices=part.prices, hidden=part.hidden)
            )
    return kept

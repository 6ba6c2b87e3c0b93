"""`python -m tests.statements PRICES [SEED]`: the table of docs/verification.md, over a folder of prices."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from extractor.adapters.calendars import TradingCalendars
from extractor.adapters.prices_folder import PriceFolder
from extractor.annotate import pipeline
from extractor.claims.find import find_claims
from extractor.rules.instruments import InstrumentBook
from extractor.verify.market import TapeMarket
from tests.statements.corruptions import Corruptor
from tests.statements.judging import judge

SEED, TRUE, CORRUPTED = 1, 1_000, 2_000


def main() -> None:
    tape = TapeMarket([PriceFolder(Path(sys.argv[1]))], TradingCalendars())
    nlp, book = pipeline.load(), InstrumentBook.load()
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    writer = Corruptor(tape, random.Random(seed))
    statements = [*writer.true(TRUE), *writer.corrupted(CORRUPTED)]
    tally = judge(statements, lambda article: find_claims(nlp(article.text), article, book), tape)
    print("| statements | written | read rightly | rated rightly, of those |\n|---|---|---|---|")
    for key in sorted(tally.all, key=lambda key: (key != "true", key)):
        print(f"| {key} | {tally.all[key]} | {tally.read[key]} | {tally.right[key]} |")
    print("\n| true ones | written | read rightly | rated rightly, of those |\n|---|---|---|---|")
    for kind, counts in sorted(tally.kinds.items()):
        print(f"| {kind} |", " | ".join(map(str, counts)), "|")
    print(f"\ntrue ones contradicted: {len(tally.accused)}")
    for title, told in (("contradicted", tally.accused), ("rated wrongly", tally.wrong), ("not read", tally.unread)):
        print(f"\n{title}:", *told, sep="\n", file=sys.stderr)


if __name__ == "__main__":
    main()

"""One sentence and the figures in it, as claims in their places: for what figures of a sentence say of each other."""

from __future__ import annotations

from typing import Any

from extractor.domain.claim import Claim
from tests.fakes.tape import statement

AT = 100  # where the sentence begins in its article


def told(
    sentence: str, about: str, on: str | None, *figures: tuple[str, str, dict[str, Any]], at: int = AT
) -> list[Claim]:
    """figures: each its kind, its value as printed in the sentence without separators, and what else matters.

    `quote` says what is printed where that is not the value itself; `after` is text the quote stands behind.
    """
    claims = []
    for kind, value, given in figures:
        changes = dict(given)
        quote = changes.pop("quote", value)
        place = sentence.index(quote, sentence.index(changes.pop("after", "")))
        changes.setdefault("metric", "change" if kind == "move" else "level")
        day = changes.pop("on", on)
        claims.append(statement(kind, about, value, day, quote=quote, start=at + place, sentence=sentence, **changes))
    return claims

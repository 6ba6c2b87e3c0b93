"""Digits that are no figure: addresses, telephone numbers, dates, clock times, versions, labels."""

from __future__ import annotations

import re

from extractor.annotate.quantities.draft import Draft
from extractor.annotate.quantities.lexicon import Lexicon

# The look-ahead spares most of the text the alternatives; each of them is bounded or possessive.
# The last one is what a currency is worth: "($1 = 0.64 pounds)".
_SPANS = re.compile(
    r"(?=[0-9(+hwY])(?:"
    r"(?:https?://|www\.)[^\s<>\"]++"
    r"|(?<![0-9-])(?:\+?1[-. ])?(?:(?:\([0-9]{3}\) ?|[0-9]{3}[- ])[0-9]{3}-|[0-9]{3}\.[0-9]{3}\.)[0-9]{4}(?![0-9])"
    r"|(?<![0-9])(?<![0-9][.,/-])[0-9]{1,4}([-/.])[0-9]{1,4}\1[0-9]{1,4}(?![0-9/%-]|[.,][0-9])"
    r"|(?<![0-9:])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,6})?(?![0-9:])"
    r"|(?<![0-9.,])[0-9]{1,2}[./]?[0-9]{0,2}\s?(?:[ap]\.m\.|[AaPp][Mm]\b|o'clock)"
    r"|(?<![0-9.,])[0-9]{4}\s?(?:GMT|UTC|[ECMP][SD]?T|BST|CES?T|EES?T|IST|HKT|JST|KST|SGT|A[EC]?[SD]T|AWST|NZ[SD]?T|hrs|hours"
    r"|local time|[A-Z][a-z]{2,12} time)\b"
    r"|\((?:[A-Z]{0,2}\$|[€£¥₹]|[A-Z]{3} ?)?1(?:\.0{1,4})? ?[A-Za-z .]{0,24}= ?[^()\n=]{1,60}\)"
    r"|(?<![A-Za-z0-9])Y(?:2K|(?:19|20)[0-9]{2}|[0-9])(?!\w|[.,][0-9]| (?:m|b|tr)illion)"  # a year; yen are more
    r")"
)
_MONTHS = frozenset(
    f"{short}{rest}"
    for short, ending in zip(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        ("uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember"),
        strict=True,
    )
    for rest in ("", ending)
) | {"sept"}
_WORD_AFTER = re.compile(r"\s{1,3}(?:of\s)?([A-Za-z]{3,9})")
_SUB = re.compile(r"\bsub[-‑]\Z", re.IGNORECASE)  # "sub-56" says below what, and joins nothing
_OLD = re.compile(r"[- ](?:old|young)s?\b")
_LIST_NUMBER = re.compile(r"[.)]\s")
_TICKER_CODE = re.compile(r"\.[A-Z]{1,3}(?![a-z0-9])")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def spans(text: str) -> list[tuple[int, int]]:
    """Stretches of text whose digits are none of ours, sorted."""
    return [match.span() for match in _SPANS.finditer(text)]


def year_like(draft: Draft) -> bool:
    """Whether the figure could be a year: a whole number printed with four digits."""
    return (
        draft.decimals == 0
        and draft.scale == 1
        and not draft.grouped
        and draft.form == "figure"
        and _FIRST_YEAR <= draft.face <= _LAST_YEAR
    )


def is_age(text: str, end: int) -> bool:
    """Whether a span of time is somebody's age: "10-year-old"."""
    return bool(_OLD.match(text, end))


def glued_before(text: str, start: int) -> bool:
    """Whether the figure hangs on a word or another number: "A380", "#1", "e.5", "9/11"."""
    if start == 0:
        return False
    before = text[start - 1]
    if before.isalnum() or before in "_#/\\@^":
        return True
    if before in "'’" and text[start : start + 2].isdigit():
        return True
    return before in ".,:" and start > 1 and text[start - 2].isdigit()


def glued_after(text: str, end: int) -> bool:
    """Whether letters, a bracket or a further number hang on the figure: "401(k)", "10-K", "5G", "600519.SS"."""
    after = text[end : end + 2]
    if not after:
        return False
    if after[0].isalnum() or after[0] in "_/\\@^" or (after[0] == "(" and after[1:].isalpha()):
        return True
    if after[0] in "-‑–" and after[1:].isalpha():
        return True
    if after[0] in "'’" and after[1:].isalnum():
        return True
    return bool(_TICKER_CODE.match(text, end))


def _word_before(window: str) -> str:
    """The word right before a number, lower case, "" where something else stands between."""
    words = window.split() if window[-1:].isspace() else []
    return words[-1].lower().lstrip("(\"'“‘") if words else ""


def _is_month(word: str) -> bool:
    return word.rstrip(".") in _MONTHS


def _month_after(text: str, end: int) -> bool:
    match = _WORD_AFTER.match(text, end)
    return match is not None and _is_month(match[1].lower())


def bare_is_noise(text: str, draft: Draft, book: Lexicon) -> bool:
    """Whether a number without a unit is a year, a day of a month, a label or a list's number."""
    start, end = draft.start, draft.end
    whole = draft.decimals == 0 and not draft.grouped and draft.scale == 1
    dashed = start > 0 and text[start - 1] in "-‑" and not draft.sign
    if glued_after(text, end) or (dashed and not _SUB.search(text, max(0, start - 5), start)):
        return True
    if book.ignored_at.match(text, end):
        return True
    if not whole or draft.form != "figure":
        return False
    if year_like(draft) and not book.mark_at.match(text, end):
        return True
    window = text[max(0, start - 24) : start]
    word = _word_before(window)
    if word in book.labels or (draft.face <= 31 and (_is_month(word) or _month_after(text, end))):
        return True
    line_start = not window.rstrip(" \t") or window.rstrip(" \t(")[-1:] in ("\n", "\r", "")
    if line_start and draft.face < 1000 and _LIST_NUMBER.match(text, end):
        return True
    return draft.face < 100 and window.endswith("(") and text[end : end + 1] == ")"

"""How names are cut into tokens, and what belongs to a company's name without telling it apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.rules.instruments.words import word_list

# A word, or one of the marks that belong to names: "S&P", "U.S.", "Lowe's", "OPEC+", "EUR/USD", "^VIX".
_TOKEN = re.compile(r"[^\W_]++|[&.+'’/^]")
# What may stand between two tokens of one name: a space or two, a single line break, a hyphen without spaces.
_SPACES = " \t\r\n\xa0\u2009\u202f"
_HYPHENS = frozenset("-‐‑")

# Legal forms. A name means the same with or without them.
LEGAL_FORMS = word_list("legal_forms")

# The end of a listed company's name: ", Inc.", " & Co.", " plc", " N.V.".
SUFFIX = re.compile(
    r"(?:,?[ \xa0]{1,2}(?:Inc(?:orporated)?|INC|Corp(?:oration)?|CORP(?:ORATION)?"
    r"|Co(?:mpany|mpanies|s)?|CO(?:MPANIES|MPANY)?"
    r"|Ltd|LTD|Limited|plc|PLC|Plc|LLC|L\.?L\.?C|L\.P|LP|AG|SE|S\.?A|N\.V|NV|SpA|AB|ASA|Oyj"
    r"|Holdings?|Group|& Co(?:mpany)?|& CO|and Company)\b\.?){1,3}"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of the text. `joined`: nothing but a space or a hyphen stands between it and the one before."""

    start: int
    end: int
    text: str
    key: str
    joined: bool


def _joins(gap: str) -> bool:
    return gap in _HYPHENS or (len(gap) <= 6 and gap.strip(_SPACES) == "" and gap.count("\n") < 2)


def tokenise(text: str) -> list[Token]:
    """Every word and name mark of the text, in order."""
    tokens: list[Token] = []
    append = tokens.append
    previous = -1
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match.group()
        joined = previous == start or (previous >= 0 and _joins(text[previous:start]))
        append(Token(start, end, word, "'" if word == "’" else word.casefold(), joined))
        previous = end
    return tokens


def keys(name: str) -> tuple[str, ...]:
    """The tokens of a name in the form they are compared in."""
    return tuple("'" if word == "’" else word.casefold() for word in _TOKEN.findall(name))


def printed(name: str) -> tuple[str, ...]:
    """The tokens of a name as written."""
    return tuple(_TOKEN.findall(name))


def case_fits(alias: tuple[str, ...], words: list[str]) -> bool:
    """Whether words are written as the alias asks.

    A lower-case token of the alias takes any case; a capitalised one asks for a capital; one in capitals for capitals.
    """
    for wanted, found in zip(alias, words, strict=True):
        if wanted == found or not wanted[0].isupper():
            continue
        if not found[0].isupper():
            return False
        if len(wanted) > 1 and wanted.isupper() and not found.isupper():
            return False
    return True


_SHARE_CLASS = re.compile(
    r"\s*(?:[-–]\s*)?\b(?:"
    r"(?:class|series)\s+[a-z]\b.*|common (?:stock|shares?|units?)\b.*|ordinary shares?\b.*|american depositary\b.*"
    r"|depositary (?:shares?|units?|receipts?)\b.*|(?:sponsored )?ad[rs]s?\b.*|subordinate voting\b.*"
    r"|shares of beneficial\b.*|units?\b(?: each| representing).*"
    r")$",
    re.IGNORECASE,
)
_STATE = re.compile(r"\s*[/\\](?:[a-z]{2,3}|new)[/\\]?$", re.IGNORECASE)


def plain_name(name: str) -> str:
    """A company's name without share class, state mark and legal form: "AAON, Inc. Common Stock" is "AAON"."""
    name = _STATE.sub("", _SHARE_CLASS.sub("", name[:200])).strip(" ,.")
    words = name.split()
    while len(words) > 1 and (words[-1].strip(".,&").casefold().replace(".", "") in LEGAL_FORMS or words[-1] == "&"):
        words.pop()
    if len(words) > 1 and words[0].casefold() == "the":
        words = words[1:]
    return " ".join(words).strip(" ,")


def name_key(name: str) -> str:
    """Two prints of one company's name have the same key."""
    return " ".join(word for word in keys(plain_name(name)) if word not in {".", "'", "&", "and"})

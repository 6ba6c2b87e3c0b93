"""What shows that a name which is also an everyday word is the company: "Snap plummeted 39.2%", ", United 2.9%"."""

from __future__ import annotations

import re

_FIGURE = r"(?:(?:by|about|around|nearly|almost|roughly|some|another|as much as|more than|over|only|just)\s){0,2}"
_PERCENT = r"\d[\d.,]*+\s?(?:%|per\s?cent\b|pct\b|percent\b)"
# A verb of movement as market news has them, then the figure itself.
_MOVED = re.compile(
    r"(?:['’]s\s(?:shares?|stock))?(?:\s(?:was|were|is|has|had|also|itself|then|even)){0,2}+"
    r"\s(?:[a-z]{2,10}ed|rose|fell|sank|slid|shed|lost|leapt|leaped|dove|shot up|sprang|won|gave up|gave back|put on"
    r"|up|down|off|higher|lower|rises|falls|gains|jumps|drops|adds|sheds|loses|slides|climbs|surges|plunges)"
    rf"\s{_FIGURE}(?:{_PERCENT}|[$£€]\s?\d)"
)
# In a list of movers the verb stands once: "American lost 3.1%, United 2.9% and Delta 1.6%".
_LISTED = re.compile(rf"\s(?:up\s|down\s|by\s)?{_PERCENT}")
_LIST_BEFORE = re.compile(r"(?:[\d%tps)],|;|\band|\bwhile|\bbut)\s$")


def moves_by_a_figure(text: str, start: int, end: int) -> bool:
    """Whether the name at [start, end) is what moved by a figure."""
    if _MOVED.match(text, end, min(len(text), end + 80)):
        return True
    return bool(_LISTED.match(text, end, end + 30)) and bool(_LIST_BEFORE.search(text[max(0, start - 10) : start]))

"""The arithmetic of a verdict as text, so that it can be redone by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def field(name: str, instrument: str, session: date) -> str:
    """`close(index:RUT, 2025-12-11)`."""
    return f"{name}({instrument}, {session.isoformat()})"


def close(instrument: str, session: date) -> str:
    return field("close", instrument, session)


def change(instrument: str, start: date, end: date, *, at: str = "close") -> str:
    return f"{field(at, instrument, end)} - {close(instrument, start)}"


def change_pct(instrument: str, start: date, end: date, *, at: str = "close") -> str:
    return f"({field(at, instrument, end)} / {close(instrument, start)} - 1) * 100"


def ratio(instrument: str, start: date, end: date) -> str:
    return f"{close(instrument, end)} / {close(instrument, start)}"


def extreme(name: str, what: str, instrument: str, start: date, end: date) -> str:
    """`max(close(index:RUT), 2025-01-02..2025-12-03)`."""
    return f"{name}({what}({instrument}), {start.isoformat()}..{end.isoformat()})"


def any_of(formulas: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(formulas))


def due(on: date) -> str:
    """`due(2025-12-31)`: nothing to compute yet, a forecast waits for that day."""
    return f"due({on.isoformat()})"

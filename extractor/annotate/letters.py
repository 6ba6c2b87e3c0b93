"""A text in small letters, character for character."""

from __future__ import annotations


def small(text: str) -> str:
    """The text in small letters, every character at its own place: "İ" stays, whose small form has two."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(letter if len(letter) == 1 else char for char in text for letter in [char.lower()])

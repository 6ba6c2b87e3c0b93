"""Comparing texts that were read by different readers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text without its white space. `offsets[i]` is where its character i stood in the original."""

    text: str
    offsets: list[int]


def squeeze(text: str) -> Squeezed:
    kept = [(at, character) for at, character in enumerate(text) if not _blank(character)]
    return Squeezed("".join(character for _, character in kept), [at for at, _ in kept])


def _blank(character: str) -> bool:
    """White space, and the joiners and marks that readers drop or keep as they please."""
    return character.isspace() or character in "\u200b\u200c\u200d\u2060\ufeff\u00ad"

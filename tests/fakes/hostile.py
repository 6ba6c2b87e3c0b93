"""Texts that are made to break a reader: what each is, and the text."""

from __future__ import annotations

_SENTENCE = "The S&P 500 rose 1.2% to 5,123.41 on Friday, its best day since June. "

HOSTILE = {
    "digits": "1" * 20_000,
    "spaced digits": "12 345 " * 20_000,
    "open brackets": "(" * 20_000,
    "brackets": "()" * 20_000,
    "a million letters": "a" * 1_000_000,
    "a million letters in words": "word " * 200_000,
    "a million figures": "1.5% " * 200_000,
    "a line of a million": _SENTENCE * (1_000_000 // len(_SENTENCE)),
    "emoji": "\U0001f600" * 100_000,
    "spaced emoji": "\U0001f4c8 " * 100_000,
    "right to left": "ارتفعت الأسهم بنسبة 5% اليوم. " * 5_000,
    "Cyrillic": "Рынок вырос на 5% в понедельник. " * 5_000,
    "Chinese": "股市周一上涨5%。" * 10_000,
    "line breaks": "\n" * 1_000_000,
    "blanks": " " * 1_000_000,
    "quotation marks": "“said " * 50_000,
    "commas": "rose 1%, " * 20_000,
    "half a character": "\ud800 S&P 500 rose 1%. " * 1_000,
    "controls": "\x00\x1b[31m\x07 " * 10_000,
}

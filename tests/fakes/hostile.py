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

STORY = (
    "<p>Copper rose 1.2% to $9,100.50 a tonne on Monday, its highest close since March, after a mine was shut.</p>" * 2
)


def _deep(*tags: str, levels: int = 5_000) -> str:
    """The story inside as many levels of these, in turn."""
    opening = "".join(f"<{tag}>" for tag in tags)
    closing = "".join(f"</{tag.split()[0]}>" for tag in reversed(tags))
    return opening * (levels // len(tags)) + STORY + closing * (levels // len(tags))


# Pages made to break a reader, and how each comes out: None where its story is read, else how the reason begins.
TOO_MANY = "not an article: more than 100,000 elements in the page"
HOSTILE_PAGES: dict[str, tuple[str | bytes, str | None]] = {
    "300,000 nested": (STORY + "<div>" * 300_000, TOO_MANY),
    "300,000 nested and closed": (_deep("b", levels=300_000), TOO_MANY),
    "300,000 side by side": (STORY + "<p>1</p>" * 300_000, TOO_MANY),
    "300,000 list items": (STORY + "<ul>" + "<li>1" * 300_000, TOO_MANY),
    "50,000 nested": (STORY + "<div>" * 50_000, None),
    "5,000 div": (_deep("div"), None),
    "5,000 b": (_deep("b"), None),
    "5,000 font": (_deep("font color='red'"), None),
    "5,000 a": (_deep("a href='/x'"), None),
    "5,000 tables": (_deep("table", "tr", "td"), None),
    "5,000 lists": (_deep("ul", "li"), None),
    "5,000 quotes": (_deep("blockquote"), None),
    "5,000 sections": (_deep("section"), None),
    "5,000 svg": (_deep("svg"), "no article text found in the page"),
    "5,000 arrays of data": (f"<script type='application/ld+json'>{'[' * 5_000}</script>{STORY}", None),
    "a million character references": (STORY + "&amp;" * 1_000_000, None),
    "90,000 open comments": (STORY + "<!--" * 90_000, None),
    "NUL as a reference": (STORY.replace("Copper", "Cop&#0;per&#x0;"), None),
    "half characters": (STORY.replace("Copper", "&#xD800;Copper&#57343;"), None),
    "half characters as bytes": (STORY.replace("Copper", "\ud800Copper").encode("utf-8", "surrogatepass"), None),
    "NUL bytes": (STORY.replace("Copper", "Cop\0per"), "not text but binary data (it has NUL bytes)"),
}

# libxml2 goes over all attributes of an element for each further one, and no signal is looked at meanwhile. One element
# with too many is refused; as many as are allowed, on each of a thousand elements, take most of a minute.
ENDLESS_PAGE = STORY + ("<p " + " ".join(f"a{number}=''" for number in range(1_900)) + ">") * 1_000

"""Whatever an article says, made fit for a page. HTML escaping itself is the template engine's."""

from __future__ import annotations

import re

# Marks that turn the reading direction of what follows them.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Characters a page may not hold. CR is one: a browser reads it as a line feed, and CR LF as a single one.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINK = re.compile(r"https?://[^\s\"'<>\\^`{|}]{1,2000}", re.IGNORECASE)


def printable(text: str) -> str:
    """The same number of characters, so that offsets hold; what cannot be shown is a replacement character."""
    if _FORBIDDEN.search(text) is None:
        return text
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    return _FORBIDDEN.sub("\ufffd", text)


def one_line(text: str) -> str:
    """For titles and attributes, which know no isolation: no direction marks and no line breaks."""
    return " ".join(_DIRECTION.sub("", printable(text)).split())


def turns(text: str) -> bool:
    """Whether something in it turns the reading direction."""
    return _DIRECTION.search(text) is not None


def web_link(url: str | None) -> str | None:
    """The address if a click on it can only open a web page, else None."""
    if url is None or _FORBIDDEN.search(url) or _DIRECTION.search(url):
        return None
    return url if _LINK.fullmatch(url) else None

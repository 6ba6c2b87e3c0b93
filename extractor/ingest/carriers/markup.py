"""Text that came in a field or a mail: whether it is markup, how much prose is in it."""

from __future__ import annotations

import html
import re

_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_BLOCK = "p|div|br|h[1-6]|ul|ol|li|table|tr|td|th|article|section|main|body|html|blockquote|figure|pre|hr"
_INLINE = "a|b|i|u|em|strong|span|font|small|sup|sub|img|iframe|script|style|time|mark|cite|code|center"
_TAG = re.compile(
    rf"</(?:{_BLOCK}|{_INLINE})\s{{0,9}}>|<(?:p|br|hr|img)(?:\s[^<>]{{0,2000}})?/?>|<!doctype\s+html", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|[lr]squo|[lr]dquo|[mn]dash|hellip|#\d{2,5}|#x[0-9a-fA-F]{2,5});")
_WHOLE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|head|title|noscript|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_BREAK = re.compile(rf"</?(?:{_BLOCK})\b[^<>]*+>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[!/?a-zA-Z][^<>]*+>")
_PROSE_WORDS = 8  # words of a line that is a sentence, and no link or button


def is_markup(text: str) -> bool:
    """Whether a text is HTML, whole or in parts; "a < b" and "<Reuters>" are not."""
    return "<" in text and _TAG.search(text) is not None


def clean(text: str) -> str:
    """Half characters and NULs, which no encoding and no reader takes, replaced."""
    return _SURROGATES.sub("\ufffd", text).replace("\0", " ")


def unescaped(text: str) -> str:
    """A text that is no markup, where its ampersands were escaped for one ("S&amp;P")."""
    return clean(html.unescape(text)) if "&" in text and _ENTITY.search(text) else text


def line(text: str) -> str:
    """A title or a name as one line without markup."""
    bare = _ANY_TAG.sub("", text) if is_markup(text) else text
    return _SPACES.sub(" ", unescaped(clean(bare))).strip()


def as_page(text: str) -> str:
    """Markup that may be a piece of a page, as a page whose article it is."""
    return text if _WHOLE.search(text) else f"<html><body><article>{text}</article></body></html>"


def seen(text: str) -> str:
    """The words of markup, roughly: enough to tell how much there is to read."""
    return html.unescape(_ANY_TAG.sub(" ", _BREAK.sub("\n", _UNSEEN.sub(" ", text))))


def prose(text: str) -> int:
    """Characters of a plain text in lines that are sentences."""
    return sum(len(one) for one in text.splitlines() if len(one.split()) >= _PROSE_WORDS)

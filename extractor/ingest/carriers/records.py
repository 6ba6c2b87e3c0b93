"""A JSON object becomes the bytes of an article and what it tells of it. Names of fields: rules/record_fields.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from extractor.domain.page import Page, Told
from extractor.ingest.carriers import markup, moments
from extractor.ingest.carriers.json_values import UnreadableError
from extractor.rules.publishers import of_address
from extractor.rules.record_fields import plain, record_fields

Fields = Mapping[str, Any]

_LONGEST_LINE = 300  # characters of a title or a name
_DEEPEST = 3  # objects within objects
_MOST_KEYS = 12  # said of a record that cannot be read
_NAME = re.compile(r"[^\s<]*[^\s<.!?]")  # a word that ends no sentence: an address, a file's name, a key
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}", re.IGNORECASE)
_HOST = re.compile(r"[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,6}")


def members(value: Any, depth: int = 0) -> list[Any] | None:
    """The records of a list, or of the first list of objects in an object that has no text of its own.

    None where the value is a record itself, or nothing of the kind.
    """
    if isinstance(value, list):
        return _articles(value)
    if not isinstance(value, dict) or depth >= _DEEPEST:
        return None
    named = {plain(key): inner for key, inner in value.items() if isinstance(inner, list | dict)}
    lists = [inner for name in record_fields().places.lists if (inner := named.get(name)) is not None]
    if not lists or text_of(fields_of(value)) is not None:
        return None
    for inner in lists:
        if isinstance(inner, dict):
            if (found := members(inner, depth + 1)) is not None:
                return found
        elif not inner or isinstance(inner[0], dict):
            return _articles(inner)
    return None


def page(record: Any, *, name: str, source: str, member: str | None) -> Page:
    """Raises UnreadableError where the record is no object, or has no text of an article; it says what it has."""
    if not isinstance(record, dict):
        raise UnreadableError(f"not an object but {_kind(record)}")
    fields = fields_of(record)
    text = text_of(fields)
    if text is None:
        keys = ", ".join(key[:40] for key in list(record)[:_MOST_KEYS]) or "none"
        more = f" and {len(record) - _MOST_KEYS} more" if len(record) > _MOST_KEYS else ""
        raise UnreadableError(f"no article text in the record (its keys: {markup.line(keys)}{more})")
    is_markup = markup.is_markup(text)
    whole = markup.as_page(text) if is_markup else markup.unescaped(text)
    return Page(
        name=name,
        source=source,
        data=whole.encode("utf-8"),
        media_type="text/html" if is_markup else "text/plain",
        charset="utf-8",
        told=told(fields),
        member=member,
    )


def fields_of(record: Mapping[str, Any], depth: int = 0) -> dict[str, Any]:
    """By plain name, what is null or empty left out; then the fields of objects within."""
    found: dict[str, Any] = {}
    for key, value in record.items():
        if value not in (None, "", [], {}):
            found.setdefault(plain(key), value)
    if depth < _DEEPEST:
        for name in record_fields().places.within:
            if isinstance(inner := found.get(name), dict):
                for key, value in fields_of(inner, depth + 1).items():
                    found.setdefault(key, value)
    return found


def text_of(fields: Fields) -> str | None:
    """The article in a record, as text or markup; None where it has none."""
    rules = record_fields()
    found = _longest(fields, rules.text.names)
    if found is None or len(found.strip()) < rules.page.enough:
        whole = _longest(fields, rules.page.names)
        if whole is not None and markup.is_markup(whole):
            return whole
    return found


def told(fields: Fields) -> Told:
    """What a record says beside its text."""
    rules = record_fields()
    day = _published(fields)
    byline = ", ".join(_names(_first(fields, rules.byline.names, _names)))
    return Told(
        by="record",
        title=_first(fields, rules.title.names, _title),
        byline=byline[:_LONGEST_LINE] or None,
        publisher=_first(fields, rules.publisher.names, _publisher),
        section=next(iter(_names(_first(fields, rules.section.names, _names))), None),
        address=_first(fields, rules.address.names, _address),
        published_on=day[0] if day else None,
        published_at=day[1] if day else None,
    )


def _articles(values: list[Any]) -> list[Any]:
    """The members; of typed ones (a page's @graph holds its site and its authors too) those with a text, if any."""
    if not any(isinstance(one, dict) and "@type" in one for one in values):
        return values
    return [one for one in values if isinstance(one, dict) and text_of(fields_of(one)) is not None] or values


def _longest(fields: Fields, names: Sequence[str]) -> str | None:
    candidates = [text for name in names if name in fields and (text := _prose(fields[name])).strip()]
    return max(candidates, key=lambda text: len(text.strip()), default=None)


def _prose(value: Any, depth: int = 0) -> str:
    """A text, its paragraphs, or the object that has it; "" for anything else, and for a list of articles."""
    if isinstance(value, str):
        return "" if _NAME.fullmatch(value.strip()) else _uncut(markup.clean(value.rstrip()))
    if depth >= _DEEPEST:
        return ""
    if isinstance(value, list):
        return "\n\n".join(filter(None, (_prose(one, depth + 1) for one in value)))
    if isinstance(value, dict):
        names = {plain(key): inner for key, inner in value.items()}
        if names.keys() & set(record_fields().title.names):
            return ""
        inner = (_prose(names.get(name), depth + 1) for name in record_fields().places.inner_text)
        return next(filter(None, inner), "")
    return ""


def _uncut(text: str) -> str:
    """A text without the mark of a service that has cut it short, and without the word before the cut."""
    if not text.endswith("]"):
        return text
    tail = text[-200:]
    match = record_fields().cut.regex.search(tail)
    return text[: len(text) - len(tail) + match.start()] if match else text


def _published(fields: Fields) -> moments.Day | None:
    rules = record_fields().published
    crawled = rules.crawled.has_made(fields)
    for name in (*rules.utc, *rules.names):
        if name not in fields or (crawled and name in rules.vague):
            continue
        value = fields[name]
        for _ in range(_DEEPEST):
            if isinstance(value, dict):
                value = _inner(value, record_fields().places.inner_moment)
        if (day := moments.read(value, utc=name in rules.utc)) is not None:
            return day
    return None


def _first(fields: Fields, names: Sequence[str], read: Any) -> Any:
    return next(filter(None, (read(fields[name]) for name in names if name in fields)), None)


def _title(value: Any) -> str | None:
    if isinstance(value, dict):
        value = _inner(value, record_fields().places.inner_name)
    title = markup.line(value) if isinstance(value, str) else ""
    return title if 0 < len(title) <= _LONGEST_LINE else None


def _names(value: Any) -> list[str]:
    """Names in a text, an object or a list of them; addresses are none."""
    if isinstance(value, list):
        return [name for one in value[:20] if not isinstance(one, list) for name in _names(one)]
    name = _title(value)
    return [name] if name and not _ADDRESS.match(name) else []


def _publisher(value: Any) -> str | None:
    """A name, or the host of an address without its "www.", by name where it is known; a path is neither."""
    if isinstance(value, list):
        value = value[0] if value else None
    name = _title(value)
    if name is None:
        return None
    if _ADDRESS.match(name):
        try:
            name = urlsplit(name).hostname or ""
        except ValueError:  # an address that is none
            return None
    if _HOST.fullmatch(name) and name == name.lower():
        name = name.removeprefix("www.")
        if (known := of_address(f"https://{name}/")) is not None:
            return known.name
    return name if name and "/" not in name and len(name) <= 100 else None


def _address(value: Any) -> str | None:
    if isinstance(value, dict):
        value = _inner(value, record_fields().places.inner_address)
    return value.strip() if isinstance(value, str) and _ADDRESS.fullmatch(value.strip()) else None


def _inner(value: Mapping[str, Any], names: Sequence[str]) -> Any:
    found = {plain(key): inner for key, inner in value.items()}
    return next((found[name] for name in names if found.get(name) not in (None, "")), None)


def _kind(value: Any) -> str:
    kinds = {list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return kinds.get(type(value), "null")

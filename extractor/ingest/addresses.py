"""The address of an article: which of those a page names is its own, in the one form that all its copies share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from extractor.rules.addresses import address_rules

LONGEST = 2_000  # characters; more is no address that a browser would open


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """canonical: what all copies of the article share, None where nothing names it; read_from: where it was read.

    own: where this very page stood, which may be another host's copy of it: whose markup it is written in.
    """

    canonical: str | None = None
    read_from: str | None = None
    own: str | None = None


def choose(named: Iterable[tuple[str | None, str]], *, own: Iterable[str | None], base: str | None) -> Addresses:
    """The first of `named` (address, where it was read) that can be an article's.

    A canonical address at another host is kept: it is the source's, and says that this is a copy. One that is a site's
    front page says nothing of an article, and the next is tried. base: what relative ones are resolved by; where it is
    None, the first whole address of all is.
    """
    told = [(one.strip(), read_from) for one, read_from in named if one and one.strip()]
    mine = [one.strip() for one in own if one and one.strip()]
    start = base or next((one for one in (*mine, *(one for one, _ in told)) if normalised(one)), None)
    whole = [(found, read_from) for one, read_from in told if (found := normalised(one, start)) and not _front(found)]
    stood = next((found for one in mine if (found := normalised(one, start))), None)
    canonical, read_from = whole[0] if whole else (None, None)
    return Addresses(canonical=canonical, read_from=read_from, own=stood or canonical)


def normalised(address: str, base: str | None = None) -> str | None:
    """An address of the web without fragment, default port, credentials and what only tracks; None where it is none.

    Its parameters are sorted. base: resolves a relative one.
    """
    from courlan import normalize_url

    try:
        whole = urljoin(base, address) if base else address
        if len(whole) > LONGEST:
            return None
        parts = urlsplit("".join(whole.split()))
        if parts.scheme.lower() not in ("http", "https") or "." not in (parts.hostname or ""):
            return None
        _ = parts.port  # raises where it is no number
        rules = address_rules()
        kept = [
            (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not rules.tracks(name)
        ]
        netloc = parts.netloc.rpartition("@")[2]
        return normalize_url(parts._replace(netloc=netloc, fragment="", query=urlencode(kept))) or None
    except ValueError:  # brackets that are no IPv6 address, a port that is no number
        return None


def _front(address: str) -> bool:
    parts = urlsplit(address)
    path = parts.path.rstrip("/").lower()
    return not parts.query and (not path or path in address_rules().fronts)

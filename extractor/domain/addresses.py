"""Addresses as names: the same article has the same one, whoever linked to it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

_OF_THE_WEB = re.compile(r"https?://[^/]", re.IGNORECASE)

# Parameters that tell the site where its reader came from, and nothing about the page. Fewer than rules/addresses.toml
# drops from the canonical address: two articles must never get one name, two copies may well have two.
_TRACKING = re.compile(
    r"(?:utm_|mtm_|pk_|ga_|hsa_|mc_|oly_|vero_|_hs|__s\Z|_ga\Z|_gl\Z)"
    r"|(?:gclid|gbraid|wbraid|dclid|fbclid|msclkid|twclid|yclid|ttclid|li_fat_id|igshid|igsh|mkt_tok|s_cid|ocid|cmpid)\Z"
    r"|(?:guccounter|guce_referrer|guce_referrer_sig|ncid|partner|smid|emc)\Z",
    re.IGNORECASE,
)


def is_of_the_web(given: str) -> bool:
    return _OF_THE_WEB.match(given) is not None


def name_of(address: str) -> str:
    """An address without its fragment and what only tracks its reader; scheme and host in lower case.

    What else stands in the query stays as it is and in its order: many sites have the article's number there.
    """
    try:
        scheme, authority, path, query, _ = urlsplit(shown(address.strip()))
    except ValueError:  # an unclosed bracket
        return address
    told = [part for part in query.split("&") if part and not _TRACKING.match(part.partition("=")[0])]
    scheme, authority = scheme.lower(), authority.lower()
    authority = authority.removesuffix(":443" if scheme == "https" else ":80")
    return urlunsplit((scheme, authority, path or "/", "&".join(told), ""))


def shown(address: str) -> str:
    """An address fit to be printed: without what stands before the host's @."""
    return re.sub(r"(?<=//)[^/?#@]{0,4000}@", "", address, count=1)

"""Live sources by name, each with its account from the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from extractor.adapters.calendars import TradingCalendars
from extractor.adapters.download import Limits
from extractor.adapters.live.cache import RawCache
from extractor.adapters.live.cboe import Cboe
from extractor.adapters.live.fred import Fred
from extractor.adapters.live.provider import Provider
from extractor.adapters.live.source import LiveSource
from extractor.adapters.live.tiingo import Tiingo
from extractor.adapters.live.yahoo import Yahoo
from extractor.domain.errors import TapecheckError
from extractor.domain.market import Split
from extractor.rules.price_symbols import SourceRules, source_rules


def live_source(
    given: str,
    cache: Path,
    *,
    splits: Callable[[str], Sequence[Split]] = lambda instrument: (),
    environment: Mapping[str, str] = os.environ,
    limits: Limits | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> LiveSource:
    """given: the name of a source, or NAME=URL for a server that answers as the source does.

    Raises TapecheckError where the source wants an account and the environment has none.
    """
    name, _, mirror = given.partition("=")
    rules = source_rules()[name]
    if mirror:
        base = mirror.rstrip("/")
        rules = replace(rules, address=base, csv_address=base if rules.csv_address else None)
    provider = _provider(rules, _account(rules, environment))
    return LiveSource(provider, RawCache(cache), TradingCalendars(), limits=limits, splits=splits, clock=clock)


def _account(rules: SourceRules, environment: Mapping[str, str]) -> str | None:
    if rules.account is None:
        return None
    token = environment.get(rules.account, "").strip()
    if not all("!" <= char <= "~" for char in token):  # it goes into a header or an address
        raise TapecheckError(f"{rules.account}: has characters that no key has; set it to the key alone")
    return token or None


def _provider(rules: SourceRules, account: str | None) -> Provider:
    if rules.name == "yahoo":
        return Yahoo(rules=rules)
    if rules.name == "fred":
        return Fred.with_key(rules, account)
    if rules.name == "cboe":
        return Cboe(rules=rules)
    if account is None:
        raise TapecheckError(f"{rules.name}: needs an account of {rules.source}; set {rules.account} to its token")
    return Tiingo.with_token(rules, account)

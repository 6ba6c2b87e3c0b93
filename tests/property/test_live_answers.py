"""Whatever a server sends, a live source gives sound rows or a reason, and never anything else."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.adapters.download import Secrets
from extractor.adapters.live.answers import Answer, UnusableError
from extractor.adapters.live.cboe import Cboe
from extractor.adapters.live.fred import Fred
from extractor.adapters.live.provider import Provider, Reading, Wanted
from extractor.adapters.live.tiingo import Tiingo
from extractor.adapters.live.yahoo import Yahoo
from extractor.domain.market import Missing
from extractor.rules.price_symbols import source_rules
from tests.fakes import price_answers as played

RULES = source_rules()
PLAYED: dict[str, tuple[Provider, str, list[bytes]]] = {
    "yahoo": (Yahoo(rules=RULES["yahoo"]), "equity:XNAS:NVDA", [played.chart()]),
    "tiingo": (Tiingo(rules=RULES["tiingo"], secrets=Secrets()), "equity:XNAS:NVDA", [played.tiingo()]),
    "fred": (
        Fred.with_key(RULES["fred"], "key"),
        "indicator:US:PAYEMS",
        [played.observations([("2025-04-01", "159433"), ("2025-05-01", "159577")]), played.observations(played.PAYEMS)],
    ),
    "fred without a key": (Fred.with_key(RULES["fred"], None), "yield:US10Y", [played.DGS10]),
    "cboe": (Cboe(rules=RULES["cboe"]), "index:VIX", [played.VIX]),
}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.sampled_from(["", "NaN", "x", "1E+99", "-1", "2025-02-30", "9999-12-31", [], {}, [None], {"a": []}]),
)


def read(name: str, sort: int, content: bytes, status: int = 200) -> Reading | Missing:
    provider, instrument, _ = PLAYED[name]
    symbol = provider.rules.symbol(instrument)
    assert symbol is not None
    wanted = Wanted(
        symbol=symbol, first_on=date(1990, 1, 1), last_on=date(2026, 1, 4), today=date(2026, 1, 5), splits=()
    )
    request = provider.requests(wanted)[sort]
    answer = Answer(
        content=content, address="https://a.example", retrieved_at=datetime(2026, 1, 5, tzinfo=UTC), status=status
    )
    try:
        return provider.read(wanted, request, answer)
    except UnusableError as error:
        return error.missing


def sound(reading: Reading | Missing) -> None:
    if isinstance(reading, Missing):
        assert reading.reason in ("no_series", "source_refused", "unusable_answer")
        assert reading.detail
        return
    if reading.table is not None:
        sessions = list(reading.table.sessions)
        assert sessions == sorted(set(sessions))
        for bar in reading.table:
            for value in (bar.open, bar.high, bar.low, bar.close):
                assert value is None or value.is_finite()
            if not bar.series.id.startswith(("yield", "indicator")):
                assert bar.close > 0
    assert all(one.value.is_finite() for one in reading.prints)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    found = [path]
    if isinstance(value, dict):
        found += [place for key, part in value.items() for place in places(part, (*path, key))]
    if isinstance(value, list):
        found += [place for at, part in enumerate(value) for place in places(part, (*path, at))]
    return found


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    if isinstance(value, dict):
        return {key: put(part, path[1:], new) if key == path[0] else part for key, part in value.items()}
    return [put(part, path[1:], new) if at == path[0] else part for at, part in enumerate(value)]


@pytest.mark.parametrize("name", PLAYED)
@given(data=st.data(), status=st.sampled_from([200, 400, 401, 404]))
@settings(max_examples=60, deadline=None)
def test_bytes_that_were_cut_or_changed(name: str, data: st.DataObject, status: int) -> None:
    bodies = PLAYED[name][2]
    sort = data.draw(st.integers(0, len(bodies) - 1))
    body = bytearray(bodies[sort])
    start = data.draw(st.integers(0, len(body)))
    body[start : start + data.draw(st.integers(0, 200))] = data.draw(st.binary(max_size=20))
    sound(read(name, sort, bytes(body), status))


@pytest.mark.parametrize("name", ["yahoo", "tiingo", "fred"])
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_values_of_another_kind(name: str, data: st.DataObject) -> None:
    bodies = PLAYED[name][2]
    sort = data.draw(st.integers(0, len(bodies) - 1))
    body = json.loads(bodies[sort])
    for _ in range(data.draw(st.integers(1, 3))):
        body = put(body, data.draw(st.sampled_from(places(body))), data.draw(ODD))
    sound(read(name, sort, json.dumps(body).encode()))


@pytest.mark.parametrize("name", PLAYED)
def test_the_answer_as_it_is_gives_rows(name: str) -> None:
    readings = [read(name, sort, body) for sort, body in enumerate(PLAYED[name][2])]
    assert all(isinstance(reading, Reading) and (reading.table or reading.prints) for reading in readings)

"""The tape: splits undone, adjusted prices never taken for quotes, listings that move, what is missing and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest

from extractor.adapters.calendars import TradingCalendars
from extractor.domain.bars import BarTable, Closes
from extractor.domain.market import Adjustment, Bar, Missing, Print, RateDecision, Split
from extractor.verify.market import TapeMarket
from tests.fakes.prices import MemoryPrices, table

NVDA = "equity:XNAS:NVDA"
TEN_FOR_ONE = Split(ex_on=date(2024, 6, 10), instrument=NVDA, ratio=Decimal(10))
SPLITS_SINCE = date(2024, 1, 1)


def market(*tables: BarTable, as_of: date | None = None, **more: object) -> TapeMarket:
    source = MemoryPrices(tables=tables, **more)  # type: ignore[arg-type]
    return TapeMarket([source], TradingCalendars(), as_of=as_of)


def day(text: str) -> date:
    return date.fromisoformat(text)


def bar_of(found: Bar | Missing) -> Bar:
    assert isinstance(found, Bar), found
    return found


def reason(found: object) -> str:
    assert isinstance(found, Missing), found
    return found.reason


def closes_of(found: Closes | Missing) -> list[tuple[str, str]]:
    assert isinstance(found, Closes), found
    return [(str(session), str(value.normalize())) for session, value in zip(found.sessions, found.values, strict=True)]


RUT = table("index:RUT", {"2025-12-03": "2512.14", "2025-12-04": "2531.16", "2025-12-08": "2520.98"})


class TestASourceThatFailed:
    DOWN = Missing("source_down", "portal: answered 429")
    NONE = Missing("no_series", "exchange has no such series")

    def sources(self, *tables: BarTable) -> list[MemoryPrices]:
        down = MemoryPrices(reasons=dict.fromkeys(("index:RUT", "indicator:US:UNRATE", "rate:US:FEDFUNDS"), self.DOWN))
        none = MemoryPrices(reasons={"index:RUT": self.NONE})
        return [none, down, MemoryPrices(tables=tables)]

    def test_it_is_said_before_what_another_does_not_have(self) -> None:
        for sources in permutations(self.sources()):
            tape = TapeMarket(sources, TradingCalendars())
            assert tape.bar("index:RUT", day("2025-12-04")) == self.DOWN
            assert tape.closes("index:RUT") == self.DOWN
            assert tape.print_known("indicator:US:UNRATE", day("2025-11-01"), on=None) == self.DOWN
            assert tape.decisions("rate:US:FEDFUNDS") == self.DOWN
            assert reason(tape.bar("index:SPX", day("2025-12-04"))) == "no_series"

    def test_it_takes_no_row_from_another_and_explains_the_ones_that_lack(self) -> None:
        for sources in permutations(self.sources(RUT)):
            tape = TapeMarket(sources, TradingCalendars())
            assert bar_of(tape.bar("index:RUT", day("2025-12-04"))).close == Decimal("2531.16")
            for session in ("2025-12-02", "2025-12-05", "2025-12-09"):
                assert tape.bar("index:RUT", day(session)) == self.DOWN
            assert reason(tape.bar("index:RUT", day("2025-12-06"))) == "not_a_session"

    def test_what_a_source_does_not_have_explains_no_hole_of_another(self) -> None:
        none = MemoryPrices(reasons={"index:RUT": self.NONE})
        tape = TapeMarket([none, MemoryPrices(tables=[RUT])], TradingCalendars())
        assert reason(tape.bar("index:RUT", day("2025-12-09"))) == "after_series"


class TestWhyThereIsNone:
    @pytest.mark.parametrize(
        ("instrument", "session", "why"),
        [
            ("index:SPX", "2025-12-04", "no_series"),
            ("index:RUT", "2025-12-02", "before_series"),
            ("index:RUT", "2025-12-09", "after_series"),
            ("index:RUT", "2025-12-06", "not_a_session"),
            ("index:RUT", "2025-12-05", "session_missing"),
        ],
    )
    def test_reason(self, instrument: str, session: str, why: str) -> None:
        assert reason(market(RUT).bar(instrument, day(session))) == why

    def test_a_session_that_the_source_says_it_lacks(self) -> None:
        rows = {"2025-12-03": "1", "2025-12-08": "1"}
        lacking = table("index:RUT", rows, source="snapshots", missing_sessions=frozenset({day("2025-12-05")}))
        found = market(lacking).bar("index:RUT", day("2025-12-05"))
        assert found == Missing("session_missing", "snapshots lacks 2025-12-05")

    def test_a_field_that_no_source_has(self) -> None:
        assert reason(market(RUT).field("index:RUT", day("2025-12-04"), "high")) == "no_field"
        assert reason(market(RUT).closes("index:RUT", field="high")) == "no_field"

    def test_a_move_is_not_taken_across_a_hole(self) -> None:
        assert reason(market(RUT).comparable("index:RUT", day("2025-12-04"), day("2025-12-05"))) == "session_missing"

    def test_a_window_without_rows(self) -> None:
        assert reason(market(RUT).history("index:RUT", day("2025-11-01"), day("2025-11-30"))) == "before_series"


class TestAsOf:
    def test_nothing_later_is_visible(self) -> None:
        then = market(RUT, as_of=day("2025-12-04"))
        assert bar_of(then.bar("index:RUT", day("2025-12-04"))).close == Decimal("2531.16")
        assert reason(then.bar("index:RUT", day("2025-12-08"))) == "not_known_yet"
        assert then.bars("index:RUT", day("2025-12-08")) == ()
        assert closes_of(then.closes("index:RUT"))[-1][0] == "2025-12-04"
        history = then.history("index:RUT", day("2025-12-01"), day("2025-12-31"))
        assert not isinstance(history, Missing)
        assert [bar.session.day for bar in history] == [3, 4]
        assert reason(then.comparable("index:RUT", day("2025-12-04"), day("2025-12-08"))) == "not_known_yet"
        reach = then.reach("index:RUT")
        assert not isinstance(reach, Missing)
        assert reach.last_on == day("2025-12-04")

    def test_another_days_knowledge_of_the_same_tape(self) -> None:
        now = market(RUT)
        then = now.known_on(day("2025-12-03"))
        assert reason(then.bar("index:RUT", day("2025-12-04"))) == "not_known_yet"
        assert bar_of(now.bar("index:RUT", day("2025-12-04"))).close == Decimal("2531.16")
        assert reason(then.known_on(day("2025-01-01")).closes("index:RUT")) == "not_known_yet"


class TestSplits:
    ADJUSTED = table(
        NVDA,
        {"2024-06-07": {"close": "120.89", "high": "121.69"}, "2024-06-10": {"close": "121.79", "high": "123.10"}},
        source="broker history",
        adjustment="split",
    )
    QUOTED = table(NVDA, {"2024-06-07": "1208.88", "2024-06-10": "121.79"}, source="snapshots")

    def test_later_splits_are_undone(self) -> None:
        tape = market(self.ADJUSTED, known_splits=[TEN_FOR_ONE], complete_since=SPLITS_SINCE)
        before = bar_of(tape.bar(NVDA, day("2024-06-07")))
        assert (before.close, before.high, before.scale) == (Decimal("1208.90"), Decimal("1216.90"), Decimal(10))
        assert before.half_unit() == Decimal("0.05")
        assert before.certain
        assert bar_of(tape.bar(NVDA, day("2024-06-10"))).close == Decimal("121.79")

    def test_as_quoted_outranks_adjusted(self) -> None:
        tape = market(self.ADJUSTED, self.QUOTED, known_splits=[TEN_FOR_ONE], complete_since=SPLITS_SINCE)
        assert bar_of(tape.bar(NVDA, day("2024-06-07"))).close == Decimal("1208.88")

    def test_a_field_that_the_best_series_lacks_comes_from_the_next(self) -> None:
        tape = market(self.ADJUSTED, self.QUOTED, known_splits=[TEN_FOR_ONE], complete_since=SPLITS_SINCE)
        found = tape.field(NVDA, day("2024-06-07"), "high")
        assert not isinstance(found, Missing)
        assert (found[0], found[1].series.source) == (Decimal("1216.90"), "broker history")

    def test_a_row_on_another_footing_lends_no_field(self) -> None:
        tape = market(self.ADJUSTED, self.QUOTED)  # the split is in no table
        assert reason(tape.field(NVDA, day("2024-06-07"), "high")) == "no_field"

    def test_the_move_is_what_a_holder_saw(self) -> None:
        tape = market(self.QUOTED, known_splits=[TEN_FOR_ONE], complete_since=SPLITS_SINCE)
        pair = tape.comparable(NVDA, day("2024-06-07"), day("2024-06-10"))
        assert not isinstance(pair, Missing)
        assert (pair[0].close, pair[1].close) == (Decimal("120.888"), Decimal("121.79"))
        assert pair[0].certain

    def test_a_jump_like_a_split_that_no_table_lists_is_doubted(self) -> None:
        pair = market(self.QUOTED).comparable(NVDA, day("2024-06-07"), day("2024-06-10"))
        assert not isinstance(pair, Missing)
        assert not pair[0].certain
        assert not pair[0].can_refute("close", Decimal("120.89"))
        assert pair[0].can_refute("close", Decimal("1200"))

    def test_splits_before_the_table_begins_are_not_known(self) -> None:
        tape = market(self.ADJUSTED, known_splits=[TEN_FOR_ONE], complete_since=day("2024-06-30"))
        assert not bar_of(tape.bar(NVDA, day("2024-06-07"))).certain

    def test_a_split_after_the_prices_were_fetched_is_not_in_them(self) -> None:
        later = Split(ex_on=day("2024-07-15"), instrument=NVDA, ratio=Decimal(2))
        tape = market(self.ADJUSTED, known_splits=[TEN_FOR_ONE, later], complete_since=SPLITS_SINCE)
        assert bar_of(tape.bar(NVDA, day("2024-06-10"))).close == Decimal("121.79")
        fetched = table(
            NVDA, {"2024-06-10": "60.90"}, adjustment="split", retrieved_at=datetime(2024, 8, 1, tzinfo=UTC)
        )
        tape = market(fetched, known_splits=[TEN_FOR_ONE, later], complete_since=SPLITS_SINCE)
        assert bar_of(tape.bar(NVDA, day("2024-06-10"))).close == Decimal("121.80")

    def test_a_history_stands_on_the_shares_of_its_last_day(self) -> None:
        tape = market(self.QUOTED, known_splits=[TEN_FOR_ONE], complete_since=SPLITS_SINCE)
        assert closes_of(tape.closes(NVDA)) == [("2024-06-07", "120.888"), ("2024-06-10", "121.79")]
        then = tape.known_on(day("2024-06-07"))
        assert closes_of(then.closes(NVDA)) == [("2024-06-07", "1208.88")]

    def test_adjusted_rows_lengthen_a_quoted_history(self) -> None:
        older = table(
            NVDA, {"2024-06-06": "121.00", "2024-06-07": "120.89"}, source="broker history", adjustment="split"
        )
        older_until_now = table(
            NVDA,
            {"2024-06-06": "121.00", "2024-06-07": "120.89", "2024-06-10": "121.79"},
            source="broker history",
            adjustment="split",
        )
        splits = {"known_splits": [TEN_FOR_ONE], "complete_since": SPLITS_SINCE}
        both = closes_of(market(self.QUOTED, older_until_now, **splits).closes(NVDA))
        assert both == [("2024-06-06", "121"), ("2024-06-07", "120.888"), ("2024-06-10", "121.79")]
        # Prices whose last day lies before the split have not taken it in, whatever they are adjusted for.
        stale = closes_of(market(self.QUOTED, older, **splits).closes(NVDA))
        assert stale[0] == ("2024-06-06", "12.1")

    def test_the_ratio_between_two_days(self) -> None:
        tape = market(self.QUOTED, known_splits=[TEN_FOR_ONE])
        assert tape.split_ratio(NVDA, day("2024-06-07"), day("2024-06-10")) == 10
        assert tape.split_ratio(NVDA, day("2024-06-10"), day("2024-12-31")) == 1
        assert tape.split_ratio("equity:XNYS:NVDA", day("2024-06-07"), day("2024-06-10")) == 10


class TestDividendAdjusted:
    ORCL = "equity:XNYS:ORCL"
    ADJUSTED = table(
        ORCL,
        {"2025-12-10": {"close": "221.65", "low": "216.25"}, "2025-12-11": {"close": "197.64", "low": "185.09"}},
        source="portal history",
        adjustment="split_div",
    )
    QUOTED = table(ORCL, {"2025-12-10": "223.01", "2025-12-11": "198.85"}, source="snapshots")

    def test_a_level_is_never_read_from_it(self) -> None:
        tape = market(self.ADJUSTED)
        assert reason(tape.bar(self.ORCL, day("2025-12-11"))) == "adjusted_only"
        assert reason(tape.field(self.ORCL, day("2025-12-11"), "low")) == "adjusted_only"
        assert reason(tape.closes(self.ORCL)) == "adjusted_only"
        assert reason(tape.history(self.ORCL, day("2025-12-10"), day("2025-12-11"))) == "adjusted_only"

    def test_its_move_may_be_compared_and_says_what_it_is(self) -> None:
        pair = market(self.ADJUSTED).comparable(self.ORCL, day("2025-12-10"), day("2025-12-11"))
        assert not isinstance(pair, Missing)
        assert {bar.series.adjustment for bar in pair} == {Adjustment.SPLIT_DIV}
        assert not pair[1].can_refute("close", Decimal("190"))

    def test_the_days_low_is_had_back_from_the_quoted_close(self) -> None:
        found = market(self.ADJUSTED, self.QUOTED).field(self.ORCL, day("2025-12-11"), "low")
        assert not isinstance(found, Missing)
        low, bar = found
        assert low == Decimal("186.22")  # 185.09 * 198.85 / 197.64 = 186.2232
        assert bar.close == Decimal("198.85")
        assert not bar.can_refute("low", Decimal("190"))

    def test_quoted_closes_come_first_in_a_move(self) -> None:
        pair = market(self.ADJUSTED, self.QUOTED).comparable(self.ORCL, day("2025-12-10"), day("2025-12-11"))
        assert not isinstance(pair, Missing)
        assert [bar.close for bar in pair] == [Decimal("223.01"), Decimal("198.85")]


class TestListings:
    BEFORE = table("equity:XNYS:WMT", {"2025-12-05": "115.11", "2025-12-08": "113.56"})
    AFTER = table("equity:XNAS:WMT", {"2025-12-09": "115.06", "2025-12-10": "113.56"})

    @pytest.mark.parametrize("instrument", ["equity:XNYS:WMT", "equity:XNAS:WMT"])
    def test_a_move_between_exchanges_is_one_history(self, instrument: str) -> None:
        tape = market(self.BEFORE, self.AFTER)
        assert [session for session, _ in closes_of(tape.closes(instrument))] == [
            "2025-12-05",
            "2025-12-08",
            "2025-12-09",
            "2025-12-10",
        ]
        pair = tape.comparable(instrument, day("2025-12-08"), day("2025-12-09"))
        assert not isinstance(pair, Missing)
        assert [bar.series.id for bar in pair] == ["equity:XNYS:WMT", "equity:XNAS:WMT"]

    def test_a_symbol_taken_up_again_is_another_company(self) -> None:
        later = table("equity:XNYS:JAN", {"2026-03-20": "12.00"})
        tape = market(table("equity:XNAS:JAN", {"2024-07-12": "1.20"}), later)
        assert reason(tape.bar("equity:XNYS:JAN", day("2024-07-12"))) == "before_series"
        assert len(closes_of(tape.closes("equity:XNYS:JAN"))) == 1

    def test_an_id_that_no_source_has_falls_back_on_the_symbol(self) -> None:
        tape = market(self.BEFORE)
        assert bar_of(tape.bar("equity:XASE:WMT", day("2025-12-05"))).series.id == "equity:XNYS:WMT"
        assert reason(tape.bar("equity:XLON:WMT", day("2025-12-05"))) == "no_series"
        assert reason(tape.bar("etf:XNYS:WMT", day("2025-12-05"))) == "no_series"

    def test_an_unknown_market_is_found_by_the_symbol(self) -> None:
        tape = market(table("equity:XXXX:WMT", {"2025-12-05": "115.11"}))
        assert bar_of(tape.bar("equity:XNYS:WMT", day("2025-12-05"))).close == Decimal("115.11")


class TestSources:
    def test_two_of_one_rank_that_disagree_are_both_shown(self) -> None:
        other = table("index:RUT", {"2025-12-04": "2513.16"}, source="another broker")
        found = market(RUT, other).bar("index:RUT", day("2025-12-04"))
        assert reason(found) == "source_conflict"
        assert isinstance(found, Missing)
        assert "2531.16 by broker" in found.detail
        assert "2513.16 by another broker" in found.detail

    @pytest.mark.parametrize("close", ["2531.16", "2531.2", "2531.15", "2531"])
    def test_two_that_agree_to_their_precision_do_not_conflict(self, close: str) -> None:
        other = table("index:RUT", {"2025-12-04": close}, source="another broker")
        assert bar_of(market(RUT, other).bar("index:RUT", day("2025-12-04")))

    def test_a_primary_source_outranks_a_portal(self) -> None:
        primary = table("index:VIX", {"2025-12-04": "15.78"}, source="CBOE", rank=0)
        portal = table("index:VIX", {"2025-12-04": "15.08"}, source="portal", rank=2)
        for tables in permutations((portal, primary)):
            assert bar_of(market(*tables).bar("index:VIX", day("2025-12-04"))).close == Decimal("15.78")

    def test_sources_that_follow_each_other_are_one_history(self) -> None:
        older = table("index:RUT", {"2025-12-01": "2500.00", "2025-12-02": "2510.00"}, source="portal", rank=2)
        found = market(RUT, older).closes("index:RUT")
        assert isinstance(found, Closes)
        assert (found.sessions[0], found.series.first_on, found.series.source) == (
            day("2025-12-01"),
            day("2025-12-01"),
            "broker; portal",
        )

    def test_nothing_is_joined_across_a_long_hole(self) -> None:
        older = table("index:RUT", {"2020-01-02": "1666.77"}, source="portal", rank=2)
        tape = market(RUT, older)
        assert closes_of(tape.closes("index:RUT"))[0][0] == "2025-12-03"
        assert closes_of(tape.known_on(day("2021-01-01")).closes("index:RUT")) == [("2020-01-02", "1666.77")]
        assert bar_of(tape.bar("index:RUT", day("2020-01-02"))).close == Decimal("1666.77")

    def test_the_order_of_sources_changes_nothing(self) -> None:
        sources = [
            MemoryPrices(tables=[table("index:RUT", {"2025-12-04": "2531.16", "2025-12-05": "2521.48"})]),
            MemoryPrices(tables=[table("index:RUT", {"2025-12-04": "2531.2"}, source="another broker")]),
            MemoryPrices(tables=[table("index:RUT", {"2025-12-03": "2512", "2025-12-04": "2531.2"}, source="third")]),
        ]
        answers = set()
        for order in permutations(sources):
            tape = TapeMarket(order, TradingCalendars())
            answers.add(
                (
                    bar_of(tape.bar("index:RUT", day("2025-12-04"))).series.source,
                    tuple(closes_of(tape.closes("index:RUT"))),
                    tuple(bar.series.source for bar in tape.bars("index:RUT", day("2025-12-04"))),
                )
            )
        assert len(answers) == 1


class TestReleased:
    FIRST = Print(
        indicator="indicator:US:ADP",
        reference=day("2025-11-01"),
        value=Decimal(-32000),
        unit="jobs",
        released_on=day("2025-12-03"),
        source="ADP",
    )
    REVISED = Print(
        indicator="indicator:US:ADP",
        reference=day("2025-11-01"),
        value=Decimal(-29000),
        unit="jobs",
        released_on=day("2026-01-07"),
        source="ADP (revision)",
    )

    @pytest.mark.parametrize(
        ("on", "value"),
        [("2025-12-03", -32000), ("2025-12-18", -32000), ("2026-01-07", -29000), (None, -29000)],
    )
    def test_the_release_known_on_a_day(self, on: str | None, value: int) -> None:
        tape = market(known_prints=[self.REVISED, self.FIRST])
        found = tape.print_known("indicator:US:ADP", day("2025-11-01"), on=day(on) if on else None)
        assert isinstance(found, Print)
        assert found.value == value

    def test_a_release_hidden_by_as_of(self) -> None:
        tape = market(known_prints=[self.REVISED, self.FIRST], as_of=day("2025-12-31"))
        found = tape.print_known("indicator:US:ADP", day("2025-11-01"), on=None)
        assert isinstance(found, Print)
        assert found.value == -32000

    @pytest.mark.parametrize(
        ("indicator", "reference", "on", "why"),
        [
            ("indicator:US:ADP", "2025-11-01", "2025-12-02", "not_known_yet"),
            ("indicator:US:ADP", "2025-10-01", None, "no_vintage"),
            ("indicator:US:CPI", "2025-11-01", None, "no_vintage"),
            ("indicator:US:PPI", "2025-11-01", None, "no_series"),
        ],
    )
    def test_why_there_is_none(self, indicator: str, reference: str, on: str | None, why: str) -> None:
        cpi = table("indicator:US:CPI", {"2025-11-01": "325.0"}, source="FRED", vintage="latest")
        tape = market(cpi, known_prints=[self.FIRST])
        assert reason(tape.print_known(indicator, day(reference), on=day(on) if on else None)) == why

    def test_a_weekly_release_is_of_its_week_alone(self) -> None:
        week = replace(self.FIRST, indicator="indicator:US:ICSA", value=Decimal(229000), unit="claims")
        tape = market(known_prints=[week])  # filed under Saturday, November 1
        for asked in ("2025-10-26", "2025-10-30", "2025-11-01"):
            assert tape.print_known(week.indicator, day(asked), on=None) == week
        for asked in ("2025-10-25", "2025-11-02", "2025-11-20"):
            assert reason(tape.print_known(week.indicator, day(asked), on=None)) == "no_vintage"

    @pytest.mark.parametrize(
        ("source", "expected"),
        [("Another office", "source_conflict"), ("ADP", "source_conflict"), ("a portal", -32000)],
    )
    def test_releases_of_one_day_that_disagree(self, source: str, expected: str | int) -> None:
        first = self.FIRST if source != "Another office" else replace(self.FIRST, source="The office")
        other = replace(first, value=Decimal(-31000), source=source)
        for prints in ([first, other], [other, first]):
            found = market(known_prints=prints).print_known(first.indicator, first.reference, on=None)
            assert (found.reason if isinstance(found, Missing) else found.value) == expected


class TestDecisions:
    FED = "rate:US:FEDFUNDS"
    DAILY = (
        table(FED + ":LOWER", {"2025-12-09": "3.75", "2025-12-10": "3.75", "2025-12-11": "3.50"}, source="FRED"),
        table(FED + ":UPPER", {"2025-12-09": "4.00", "2025-12-10": "4.00", "2025-12-11": "3.75"}, source="FRED"),
    )

    def test_read_off_the_daily_range_the_decision_is_the_day_before(self) -> None:
        found = market(*self.DAILY).decisions(self.FED)
        assert not isinstance(found, Missing)
        (cut,) = found
        assert (cut.decided_on, cut.effective_on) == (day("2025-12-10"), day("2025-12-11"))
        assert (cut.low, cut.high, cut.derived) == (Decimal("3.50"), Decimal("3.75"), True)

    def test_a_table_outranks_the_daily_range(self) -> None:
        hold = RateDecision(
            rate=self.FED,
            decided_on=day("2025-07-30"),
            effective_on=day("2025-07-31"),
            low=Decimal("4.25"),
            high=Decimal("4.50"),
            source="Federal Reserve",
        )
        assert market(*self.DAILY, known_decisions=[hold]).decisions(self.FED) == [hold]

    def test_tables_that_disagree_on_a_decision(self) -> None:
        one = RateDecision(
            rate="rate:XX:POLICY", decided_on=day("2025-07-30"), effective_on=day("2025-07-31"), low=Decimal("4.25"),
            high=Decimal("4.50"), source="bank",
        )  # fmt: skip
        other = replace(one, low=Decimal("4.00"), high=Decimal("4.25"), source="news")
        tape = market(known_decisions=[other, one])
        assert reason(tape.decisions(one.rate)) == "source_conflict"
        portal = replace(other, source="a portal")  # outranked
        assert market(known_decisions=[portal, one]).decisions(one.rate) == [one]

    def test_daily_ranges_that_disagree(self) -> None:
        later = {"2025-12-09": "3.75", "2025-12-10": "3.75", "2025-12-11": "3.75"}
        other = table(self.FED + ":LOWER", later, source="FRED", snapshot="sha256:other")
        assert reason(market(*self.DAILY, other).decisions(self.FED)) == "source_conflict"

    def test_decisions_after_as_of_are_hidden(self) -> None:
        assert reason(market(*self.DAILY, as_of=day("2025-12-09")).decisions(self.FED)) == "not_known_yet"
        assert reason(market(RUT).decisions(self.FED)) == "no_series"


def test_an_instrument_is_asked_of_a_source_once() -> None:
    source = MemoryPrices(tables=[RUT])
    tape = TapeMarket([source], TradingCalendars())
    for on in (day("2025-12-03"), day("2025-12-04"), day("2025-12-08")):
        tape.known_on(on).bar("index:RUT", on)
        tape.known_on(on).closes("index:RUT")
    assert source.asked == ["index:RUT"]

"""Tables and CSV: aligned, narrow where the terminal is, and harmless whatever an article says."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from extractor.domain.claim import Comparator, Direction, Subject, SubjectType
from extractor.domain.verdict import Rating
from extractor.report.delimited import CLAIM_COLUMNS, VERDICT_COLUMNS, CsvOutput
from extractor.report.explanation import explain, in_context
from extractor.report.records import Line
from extractor.report.table import TableOutput, grouped, stated_words
from tests.factories import make_article, make_claim, make_evidence, make_verdict


def csv_rows(*lines: Line, verdicts: bool = True) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    output = CsvOutput(stream, verdicts=verdicts)
    for line in lines:
        output.write(line)
    output.close()
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))


def printed(*lines: Line, verdicts: bool = True, width: int = 120) -> str:
    stream = io.StringIO()
    output = TableOutput(stream, verdicts=verdicts, width=width)
    for line in lines:
        output.write(line)
    output.close()
    return stream.getvalue()


def test_a_row_has_every_field_of_the_claim_and_its_verdict() -> None:
    claim = make_claim()
    (row,) = csv_rows(Line(claim=claim, verdict=make_verdict(claim)))
    assert tuple(row) == CLAIM_COLUMNS + VERDICT_COLUMNS
    assert row["subject_id"] == "index:RUT"
    assert row["value"] == "2531.16"
    assert row["date_start"] == "2025-12-04"
    assert row["speaker"] == ""
    assert row["rule"] == "level.reached"
    assert row["verdict_rule"] == "level.close.v1"
    assert row["rating"] == "supported"
    assert row["evidence"] == "index:RUT 2025-12-04 close 2531.16 (test tape)"


def test_without_claims_there_is_still_a_header() -> None:
    stream = io.StringIO(newline="")
    CsvOutput(stream, verdicts=False).close()
    assert stream.getvalue() == ",".join(CLAIM_COLUMNS) + "\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")'])
def test_text_that_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    (row,) = csv_rows(Line(claim=make_claim(sentence=text, speaker=text)), verdicts=False)
    assert row["sentence"] == "'" + text
    assert row["speaker"] == "'" + text


def test_numbers_stay_numbers() -> None:
    claim = make_claim()
    (row,) = csv_rows(Line(claim=claim, verdict=make_verdict(claim, difference=Decimal("-0.10"))))
    assert row["difference"] == "-0.10"


@pytest.mark.parametrize("comparator", list(Comparator))
def test_a_comparator_is_no_formula(comparator: Comparator) -> None:
    (row,) = csv_rows(Line(claim=make_claim(comparator=comparator)), verdicts=False)
    assert row["comparator"].lstrip("'") == str(comparator)
    assert not row["comparator"].startswith("=")


def test_commas_quotes_and_line_ends_stay_in_their_cell() -> None:
    text = 'He said "2,500,\nthen 2,600"'
    (row,) = csv_rows(Line(claim=make_claim(sentence=text)), verdicts=False)
    assert row["sentence"] == text


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("verdicts", [True, False])
def test_no_line_is_wider_than_the_terminal_and_no_rating_is_cut(width: int, verdicts: bool) -> None:
    claim = make_claim(quote="2,531.16")
    wrong = make_verdict(claim, rating=Rating.NOT_ENOUGH_DATA, evidence=(), explanation="long words " * 20)
    text = printed(Line(claim=claim, verdict=wrong), verdicts=verdicts, width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    assert "2,531.16" in text


def test_a_table_shows_the_tape_beside_the_quote() -> None:
    claim = make_claim()
    verdict = make_verdict(
        claim, rating=Rating.CONTRADICTED, actual=Decimal("2540.2"), correction="It closed at 2,540.20."
    )
    row = next(line for line in printed(Line(claim=claim, verdict=verdict)).splitlines() if "contradicted" in line)
    assert [word in row for word in ("index:RUT", "2,531.16", "2,540.2", "It closed at 2,540.20.")] == [True] * 4


def test_articles_have_a_table_each() -> None:
    first, second = make_article(), make_article(name="other.txt")
    text = printed(Line(claim=make_claim(first)), Line(claim=make_claim(second)), verdicts=False)
    assert text.index("wrap.txt") < text.index("other.txt")


def test_an_article_cannot_drive_the_terminal() -> None:
    evil = Subject(id="index:RUT", type=SubjectType.INDEX, name="x")
    claim = make_claim(subject=evil, quote="2,531.16", metric="\x1b]0;owned\x07\x1b[2J\u202e[bold red]")
    text = printed(Line(claim=claim), verdicts=False) + explain(make_article(), claim, None)
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "[bold red]" in text.replace("\n", "")


def test_the_same_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    line = Line(claim=make_claim(), verdict=make_verdict())
    assert "\x1b[" in printed(line)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in printed(line)
    assert "supported" in printed(line)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "2,531.16"),
        ({"comparator": Comparator.ABOVE}, "> 2,531.16"),
        ({"value": Decimal("13"), "unit": "percent", "direction": Direction.DOWN}, "-13%"),
        ({"value": Decimal("3.50"), "value_high": Decimal("3.75"), "unit": "percent"}, "3.50..3.75%"),
        ({"value": Decimal("4.5E+12"), "unit": "USD"}, "4,500,000,000,000 USD"),
        ({"value": None, "direction": Direction.UP}, "up"),
        ({"value": None}, ""),
    ],
)
def test_a_figure_in_words(changes: dict[str, object], words: str) -> None:
    assert stated_words(make_claim(**changes)) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [("-10.833146495672", "-10.8331"), ("2531.16", "2,531.16"), ("0", "0"), ("1E+3", "1,000"), ("-32000", "-32,000")],
)
def test_digits_are_grouped_and_quotients_cut(number: str, words: str) -> None:
    assert grouped(Decimal(number)) == words


def test_an_explanation_has_all_that_is_needed_to_redo_it() -> None:
    article = make_article()
    claim = make_claim(article, hedge="around", comparator=Comparator.ABOUT)
    verdict = make_verdict(
        claim,
        rating=Rating.IMPRECISE,
        difference=Decimal("-1.14"),
        correction="It closed at 2,532.30.",
        evidence=(make_evidence(value="2532.30", snapshot="sha256:00ff"),),
    )
    text = explain(article, claim, verdict, make_verdict(claim, as_of=None))
    for fact in (
        claim.id,
        "[[2,531.16]]",
        'from "Thursday"',
        "level.reached",
        "level.close.v1",
        "close(index:RUT, 2025-12-04)",
        "index:RUT 2025-12-04 close = 2532.30",
        "sha256:00ff",
        "0.005; |-1.14| is beyond it",
        "It closed at 2,532.30.",
        "last printed digit 0.01",
        "known on   2025-12-04",
        "known now",
    ):
        assert fact in text, fact


def test_an_unchecked_claim_says_so() -> None:
    assert "not checked yet" in explain(make_article(), make_claim(), None)


def test_the_quote_is_marked_where_it_stands_even_if_its_sentence_repeats() -> None:
    sentence = "The index closed at 2,531.16."
    article = make_article(f"{sentence}\n\n{sentence}")
    second = make_claim(article, sentence=sentence)
    second = make_claim(article, sentence=sentence, start=second.start + 31, end=second.end + 31)
    assert in_context(article, second) == "The index closed at [[2,531.16]]."


def test_the_last_lines_are_the_trust_scores() -> None:
    article = make_article("Levels: " + " ".join(f"{number:02d}" for number in range(10)), name="long.txt")
    claims = [make_claim(article, f"{number:02d}") for number in range(10)]
    lines = [Line(claim=claim, verdict=make_verdict(claim)) for claim in claims]
    said = make_claim(make_article(name="short.txt"), speaker="Ann Analyst")
    shown = printed(*lines, Line(claim=said, verdict=make_verdict(said)), width=140).splitlines()
    assert shown[-2:] == [
        "long.txt  100 % supported (95 % interval 72 to 100 %), 10 of 10 checked; 10 claims, 10 checkable",
        "short.txt  no score, for nothing could be checked; 1 claim, 0 checkable, 1 attributed",
    ]
    assert "score" not in printed(*lines, verdicts=False)

"""The pipeline as spaCy sees it, and the layers as they lie on a text."""

from __future__ import annotations

import pytest

from extractor.annotate import pipeline, spans


@pytest.fixture(scope="module")
def nlp():
    return pipeline.load()


def test_components_ask_for_nothing_that_is_missing(nlp) -> None:
    assert not any(nlp.analyze_pipes()["problems"].values())


TEXT = (
    "The Russell 2000 closed at 2,412.07 on Tuesday, up 1.3%, for its third straight gain.\r\n\r\n"
    "“Café stocks” — Oracle’s among them — could fall 25bps… 🎈 The One Big Beautiful Bill Act passed."
)


def test_every_value_lies_on_its_text(nlp) -> None:
    doc = nlp(TEXT)
    for layer in spans.LAYERS:
        values = doc._.get(layer)
        assert values, layer
        for value in values:
            assert TEXT[value.start : value.end] == value.text
        assert [value.start for value in values] == sorted(value.start for value in values)


def test_numbers_in_names_and_dates_are_no_figures(nlp) -> None:
    doc = nlp("On December 10, the Russell 2000 and the S&P 500 met the 10-year note and the Nasdaq 100.")
    assert [quantity.text for quantity in doc._.quantities] == []


@pytest.mark.parametrize("text", ["", " ", "\n", "🎈🎈🎈", "Рынок вырос на 3%.", "السوق ارتفع 3%", "x" * 50_000])
def test_odd_text_breaks_nothing(nlp, text: str) -> None:
    assert nlp(text).text == text


def test_one_text_at_a_time_or_many_is_the_same(nlp) -> None:
    texts = [TEXT, "Nothing to see.", TEXT + " The Dow fell 3%."]
    together = [doc._.quantities for doc in nlp.pipe(texts)]
    assert together == [nlp(text)._.quantities for text in texts]


def test_a_doc_keeps_the_text_it_was_made_of(nlp) -> None:
    for text in (TEXT, "A" + " " * 400 + "B\n" * 300, "(" * 400 + " 3%", "\ud800 S&P 500"):
        doc = nlp(text)
        assert spans.text_of(doc) == doc.text


def test_people_are_looked_for_only_where_a_figure_stands_in_speech(nlp) -> None:
    told = nlp(
        "“The S&P 500 could fall 3%,” Jane Miller said. Jane Miller said it rose 3%. “Bonds fell,” Jane Miller said."
    )
    assert [(name.start, name.text) for name in told._.names] == [(29, "Jane Miller")]

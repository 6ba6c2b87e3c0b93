"""Every example of `record_fields.toml` is read as it says, and no counterexample gives anything."""

from __future__ import annotations

import pytest

from extractor.domain.page import Told
from extractor.ingest.carriers import records
from extractor.rules.record_fields import Example, FieldNames, plain, record_fields

RULES = record_fields()
FIELDS = ("text", "page", "title", "published", "address", "publisher", "byline", "section")
EXAMPLES = [(field, one) for field in FIELDS for one in getattr(RULES, field).examples]
COUNTEREXAMPLES = [(field, one) for field in FIELDS for one in getattr(RULES, field).counterexamples]


def given(field: str, example: Example) -> str:
    fields = records.fields_of(example.record)
    if field in ("text", "page"):
        return records.text_of(fields) or ""
    told = records.told(fields)
    if field == "published":
        return _published(told)
    return getattr(told, field) or ""


def _published(told: Told) -> str:
    if told.published_at is not None:
        assert told.published_at.date() == told.published_on
        return told.published_at.isoformat()
    return told.published_on.isoformat() if told.published_on else ""


@pytest.mark.parametrize(("field", "example"), EXAMPLES, ids=str)
def test_examples(field: str, example: Example) -> None:
    assert example.gives
    assert given(field, example) == example.gives


@pytest.mark.parametrize(("field", "example"), COUNTEREXAMPLES, ids=str)
def test_counterexamples(field: str, example: Example) -> None:
    assert given(field, example) == ""


@pytest.mark.parametrize("field", FIELDS)
def test_every_name_of_a_field_stands_once(field: str) -> None:
    table = getattr(RULES, field)
    assert isinstance(table, FieldNames)
    assert len(table.names) == len(set(table.names))


def test_a_cut_text_loses_the_mark_and_the_word_before_it() -> None:
    for example in RULES.cut.examples:
        assert records.text_of({"text": example.text}) == example.gives
    for text in RULES.cut.counterexamples:
        assert records.text_of({"text": text}) == text


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("datePublished", "datepublished"),
        ("date_published", "datepublished"),
        ("Date Published", "datepublished"),
        ("_source", "_source"),
        ("@id", "@id"),
        ("WARC-Target-URI", "warctargeturi"),
    ],
)
def test_letters_alone_count(name: str, compared: str) -> None:
    assert plain(name) == compared

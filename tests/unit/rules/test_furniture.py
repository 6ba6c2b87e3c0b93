"""Every rule of furniture finds its examples, and none of the file finds a counterexample."""

from __future__ import annotations

import pytest

from extractor.rules.furniture import (
    FurnitureRule,
    furniture_rules,
    heading_rules,
    is_doubtful,
    is_summary,
    names_told_apart,
    of_heading,
    of_names,
    plain_name,
)


@pytest.mark.parametrize("rule", furniture_rules(), ids=lambda rule: rule.id)
def test_examples(rule: FurnitureRule) -> None:
    for example in rule.examples:
        found = of_names(example)
        assert found is not None, example
        assert rule.regex.search(plain_name(example)), example
    for example in rule.counterexamples:
        assert of_names(example) is None, (example, of_names(example))


def test_one_of_several_names_is_enough() -> None:
    found = of_names("col-md-4  Author-bioBox")
    assert found is not None
    assert found.id == "author"


@pytest.mark.parametrize("names", ["", "a" * 100_000, "-_-" * 10_000, "related-" * 10_000])
def test_odd_names_are_none(names: str) -> None:
    assert of_names(names) is None


@pytest.mark.parametrize("rule", heading_rules(), ids=lambda rule: rule.id)
def test_headings(rule: FurnitureRule) -> None:
    for example in rule.examples:
        assert rule.regex.fullmatch(example.lower()), example
        assert of_heading(example) is not None, example
    for example in rule.counterexamples:
        assert of_heading(example) is None, (example, of_heading(example))


def test_names_that_are_told_apart() -> None:
    story, doubtful, summary = names_told_apart()
    assert all(story.regex.search(plain_name(name)) for name in story.examples)
    assert not any(story.regex.search(plain_name(name)) for name in story.counterexamples)
    assert all(map(is_doubtful, doubtful.examples))
    assert not any(map(is_doubtful, doubtful.counterexamples))
    assert all(map(is_summary, summary.examples))
    assert not any(map(is_summary, summary.counterexamples))


def test_what_is_called_the_story_too_is_no_furniture() -> None:
    assert of_names("txt-s4 article-comment") is not None
    assert of_names("txt-s4 article-text article-comment") is None

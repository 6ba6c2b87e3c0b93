"""Every example and counterexample of `policy.toml`."""

from __future__ import annotations

import re

import pytest

from extractor.annotate.policy import PolicyFinder
from extractor.rules.policy import Topic, load_topics

TOPICS = load_topics()
FINDER = PolicyFinder(TOPICS)


@pytest.mark.parametrize(("topic", "example"), [(topic, text) for topic in TOPICS.topic for text in topic.examples])
def test_example(topic: Topic, example: str) -> None:
    marked = re.search(r"\[([^\]]+)\]", example)
    assert marked, "an example marks the policy in square brackets"
    text = example.replace("[", "").replace("]", "")
    found = [(mention.start, mention.text, mention.topic) for mention in FINDER.find(text)]
    assert (marked.start(), marked[1], topic.id) in found


@pytest.mark.parametrize(
    ("topic", "example"), [(topic, text) for topic in TOPICS.topic for text in topic.counterexamples]
)
def test_counterexample(topic: Topic, example: str) -> None:
    assert topic.id not in [mention.topic for mention in FINDER.find(example)]


def test_ids_are_unique() -> None:
    ids = [topic.id for topic in TOPICS.topic]
    assert len(ids) == len(set(ids))

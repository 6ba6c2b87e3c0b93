"""Which sentence is asked about which target, and that a batch is asked at once."""

from __future__ import annotations

import pytest

from extractor.annotate import gauges, pipeline, spans
from extractor.rules.gauges import Gauge, load_gauges
from tests.fakes.sentiment import GLAD, NO_WISER, SORRY, FakeSentiment


@pytest.fixture(scope="module")
def scorer() -> FakeSentiment:
    return FakeSentiment()


@pytest.fixture(scope="module")
def nlp(scorer: FakeSentiment):
    return pipeline.load(scorer=scorer)


def told(doc) -> list[tuple[str, str]]:
    return [(target.text, target.sentiment.label) for target in doc._.get(spans.TARGETS)]


def test_each_target_of_a_sentence_is_asked_about_on_its_own(nlp) -> None:
    doc = nlp("Nvidia rose sharply while shares of Oracle fell after the report.")
    assert told(doc) == [("Nvidia", "positive"), ("Oracle", "negative")]


def test_the_whole_batch_is_one_question_to_the_model(nlp, scorer: FakeSentiment) -> None:
    scorer.batches.clear()
    docs = list(nlp.pipe(["Nvidia rose sharply again.", "Nothing to see here.", "The Nasdaq Composite fell a little."]))
    assert [len(batch) for batch in scorer.batches] == [2]
    assert [told(doc) for doc in docs] == [
        [("Nvidia", "positive")],
        [],
        [("Nasdaq Composite", "negative")],
    ]
    assert [text[slice(*place)] for text, place in scorer.batches[0]] == ["Nvidia", "Nasdaq Composite"]


def test_a_name_told_twice_is_asked_about_once(nlp) -> None:
    assert told(nlp("Nvidia rose sharply, and analysts said Nvidia has room left.")) == [("Nvidia", "positive")]


def test_of_a_name_with_its_ticker_the_name_is_the_target(nlp) -> None:
    assert told(nlp("Nvidia (NASDAQ: NVDA) rose on Monday.")) == [("Nvidia", "positive")]


def test_pointing_nouns_and_parts_of_the_market_are_targets(nlp) -> None:
    assert told(nlp("Afterwards the index fell with small caps, traders said.")) == [
        ("the index", "negative"),
        ("small caps", "neutral"),
    ]


def test_the_index_itself_comes_before_a_part_of_the_market(nlp) -> None:
    assert told(nlp("Small caps fell back, but the Russell 2000 rose on the week.")) == [("Russell 2000", "positive")]


def test_a_policy_without_an_instrument_is_scored_by_the_whole_sentence(nlp, scorer: FakeSentiment) -> None:
    scorer.batches.clear()
    doc = nlp("Spirits rose once the One Big Beautiful Bill Act had passed.")
    (target,) = doc._.get(spans.TARGETS)
    assert (target.candidates, target.policy, target.sentiment) == (("policy:US:OBBBA",), True, GLAD)
    assert scorer.batches[0][0][1] is None


@pytest.mark.parametrize(
    "text",
    [
        "NVDA 174.91\n+3.97 (2.32%)",  # a row of prices has no words
        "Analysts at Goldman Sachs expect little.",  # who only says something is no target
        "Payrolls rose by 50,000 in November.",  # a print is not something one holds
        "The law could choke off the very companies it was to help.",  # several companies are no one of them
        "Nvidia, " * 600 + "rose.",  # too long to be a sentence
    ],
)
def test_what_is_not_asked_about(nlp, text: str) -> None:
    assert told(nlp(text)) == []


def test_targets_lie_on_their_text(nlp, scorer: FakeSentiment) -> None:
    text = "  🎈 Markets were calm.\n\nThe Dow\tfell again on Monday.  "
    doc = nlp(text)
    (target,) = doc._.get(spans.TARGETS)
    assert text[target.start : target.end] == target.text
    assert text[target.sentence_start : target.sentence_end] == "The Dow\tfell again on Monday."
    assert target.sentiment == SORRY
    assert scorer.batches[-1][0][0] == "The Dow fell again on Monday."


def test_without_a_model_nothing_is_asked() -> None:
    doc = pipeline.load()("Nvidia rose sharply again.")
    assert doc._.get(spans.TARGETS) == ()


GAUGES = load_gauges()


@pytest.mark.parametrize(("gauge", "example"), [(gauge, text) for gauge in GAUGES for text in gauge.examples])
def test_example_of_a_gauge(gauge: Gauge, example: str) -> None:
    plain = example.replace("[", "").replace("]", "")
    marked = example[example.index("[") + 1 : example.index("]")]
    assert [(m.text, m.start, m.candidates) for m in gauges.find(plain)] == [(marked, example.index("["), (gauge.id,))]


@pytest.mark.parametrize(("gauge", "example"), [(gauge, text) for gauge in GAUGES for text in gauge.counterexamples])
def test_counterexample_of_a_gauge(gauge: Gauge, example: str) -> None:
    assert gauge.id not in [mention.candidates[0] for mention in gauges.find(example)]


def test_neutral_is_what_a_tie_is() -> None:
    from extractor.domain.sentiment import Sentiment

    assert Sentiment(negative=0.4, neutral=0.4, positive=0.2).label == "neutral"
    assert Sentiment(negative=0.4, neutral=0.2, positive=0.4).label == "negative"
    assert NO_WISER.score == 0

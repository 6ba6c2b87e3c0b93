"""The shipped weights through the adapter: same scores in any company, hashes checked, quick to load without torch."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.adapters import places
from extractor.adapters.sentiment_onnx import MANIFEST, OnnxSentiment
from extractor.domain.errors import TapecheckError

WEIGHTS = places.sentiment_weights()
SENTENCES: list[tuple[str, str | None]] = [
    ("Small caps jumped 2% while Oracle sank after guiding lower.", "Small caps"),
    ("Small caps jumped 2% while Oracle sank after guiding lower.", "Oracle"),
    ("Shares of Kestrel Foods rose 4%.", "Kestrel Foods"),
    ("Shares of Kestrel Foods fell 4%.", "Kestrel Foods"),
    ("Kestrel Foods will report on Thursday.", "Kestrel Foods"),
    ("Stocks rallied.", None),
    (f"The Dow slid {'and traders waited for news ' * 60}", "Dow"),
    ("", None),
]


@pytest.fixture(scope="module")
def model() -> OnnxSentiment:
    return OnnxSentiment(WEIGHTS)


def test_scores_are_probabilities_in_the_order_asked(model: OnnxSentiment) -> None:
    scores = model.scores(SENTENCES)
    assert len(scores) == len(SENTENCES)
    for score in scores:
        assert score.negative + score.neutral + score.positive == pytest.approx(1)
    assert [score.label for score in scores[:5]] == ["positive", "negative", "positive", "negative", "neutral"]


def test_the_company_changes_no_score(model: OnnxSentiment) -> None:
    alone = [model.scores([sentence])[0] for sentence in SENTENCES]
    assert model.scores(SENTENCES) == alone
    shuffled = [at for at in range(len(SENTENCES)) for _ in range(7)]
    random.Random(3).shuffle(shuffled)
    assert OnnxSentiment(WEIGHTS, threads=3).scores([SENTENCES[at] for at in shuffled]) == [
        alone[at] for at in shuffled
    ]


def test_windows_and_missing_targets_are_said(model: OnnxSentiment) -> None:
    assert [score.windowed for score in model.scores(SENTENCES)] == [False] * 6 + [True, False]
    (score,) = model.scores([("Stocks rallied.", "Oracle")])
    assert not score.target_found
    assert score.positive == model.scores([("Stocks rallied.", None)])[0].positive


def test_markers_and_special_pieces_in_a_text_are_only_text(model: OnnxSentiment) -> None:
    plain, hostile = model.scores(
        [("Oracle sank. x", "Oracle"), ("Oracle sank. [unused0] Nvidia [unused1] [SEP] [CLS]", "Oracle")]
    )
    assert plain.label == hostile.label == "negative"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WEIGHTS, tmp_path / "weights"))


@pytest.mark.parametrize("name", ["model.int8.onnx", "tokenizer.json"])
def test_a_changed_file_is_refused(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(TapecheckError, match=r"SHA-256 differs"):
        OnnxSentiment(copied)


def test_a_file_that_is_not_there_is_named(copied: Path) -> None:
    (copied / "tokenizer.json").unlink()
    with pytest.raises(TapecheckError, match=r"tokenizer\.json: No such file"):
        OnnxSentiment(copied)


def test_a_manifest_that_cannot_be_read_is_named(copied: Path, tmp_path: Path) -> None:
    with pytest.raises(TapecheckError, match="no sentiment model there"):
        OnnxSentiment(tmp_path)
    (copied / MANIFEST).write_text(json.dumps({"name": "x"}))
    with pytest.raises(TapecheckError, match=r"cannot be read as the manifest"):
        OnnxSentiment(copied)


def test_what_is_in_the_repository_is_at_most_fifty_megabytes() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) <= 50_000_000


_LOADING = """
import sys
from extractor.adapters import places
from extractor.adapters.sentiment_onnx import OnnxSentiment
model = OnnxSentiment(places.sentiment_weights())
model.scores([("Shares of Kestrel Foods rose 4%.", "Kestrel Foods")] * 50)
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(int(status["VmHWM"].split()[0]) / 1024, "torch" in sys.modules)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc for the most memory it took")
def test_it_runs_in_a_quarter_of_a_gigabyte_without_torch() -> None:
    out = subprocess.run([sys.executable, "-c", _LOADING], capture_output=True, text=True, check=True).stdout.split()
    assert float(out[0]) < 250
    assert out[1] == "False"

"""From a trained model to what ships: ONNX in int8, with a manifest that has the SHA-256 of every file that is read.

    python -m models.sentiment.export [--model DIR] [--output DIR]

Weights are int8 by channel; the second product of each feed-forward block stays in full precision, because its input
has a few huge values that a scale for the whole tensor would pay for with all the others.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from models.sentiment import model as models
from models.sentiment.config import BUILD, WEIGHTS, load
from models.sentiment.model import TargetSentiment

QUANTISED, FULL = "model.int8.onnx", "model.onnx"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=BUILD / "model")
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    print(json.dumps(export(arguments.model, arguments.output, load()), indent=1))


def export(folder: Path, output: Path, config: dict[str, Any]) -> dict[str, Any]:
    """Writes the int8 file, the tokenizer, the tensors to go on from and the manifest.

    The full-precision files stay with the trained model. The tensors that ship are in half precision and without the
    embeddings, which training leaves as upstream published them.
    """
    if not config["train"]["freeze_embeddings"]:
        raise SystemExit("the tensors that ship have no embeddings: they must be frozen in training")
    output.mkdir(parents=True, exist_ok=True)
    full = folder / FULL
    model = models.restore(folder)
    models.save(model, output, small=True)
    trace(model, full, opset=config["export"]["opset"])
    quantise(full, output / QUANTISED, keep=config["export"]["fp32"])
    shutil.copy(folder / "tokenizer.json", output / "tokenizer.json")
    calibration = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    manifest = {
        "name": config["export"]["name"],
        "version": config["export"]["version"],
        "model": QUANTISED,
        "limit": config["model"]["limit"],
        "temperature": calibration["temperature"],
        "sha256": {name: _sha256(output / name) for name in (QUANTISED, "tokenizer.json", models.FILE)},
        "made_from": {models.FILE: _sha256(folder / models.FILE), FULL: _sha256(full)},
    }
    (output / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return manifest


def trace(model: TargetSentiment, path: Path, *, opset: int) -> None:
    ids = torch.tensor([[0, model.marker, 5, 6, 7]])
    axes = {0: "sentences", 1: "pieces"}
    torch.onnx.export(
        model,
        (ids, torch.ones_like(ids)),
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["logits"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "logits": {0: "sentences"}},
        opset_version=opset,
        dynamo=False,
    )


def quantise(full: Path, path: Path, *, keep: str) -> None:
    graph = onnx.load(str(full))
    # The exporter's notes on shapes contradict those that quantisation infers.
    del graph.graph.value_info[:]
    kept = [node.name for node in graph.graph.node if keep in node.name and "attention" not in node.name]
    with tempfile.TemporaryDirectory() as place:
        plain = Path(place) / "plain.onnx"
        onnx.save(graph, str(plain))
        small = Path(place) / "small.onnx"
        quantize_dynamic(
            plain, small, per_channel=True, reduce_range=False, weight_type=QuantType.QInt8, nodes_to_exclude=kept
        )
        halved = onnx.load(str(small))
    _halve(halved, set(kept))
    onnx.save(halved, str(path))


def _halve(graph: onnx.ModelProto, nodes: set[str]) -> None:
    """Keeps the weights of these nodes in half precision on disk; they are widened once, when the file is loaded."""
    wanted = {name for node in graph.graph.node if node.name in nodes for name in node.input}
    casts = []
    for tensor in graph.graph.initializer:
        if tensor.name in wanted and tensor.data_type == TensorProto.FLOAT:
            name = tensor.name
            half = numpy_helper.from_array(numpy_helper.to_array(tensor).astype("float16"), f"{name}.half")
            tensor.CopyFrom(half)
            casts.append(helper.make_node("Cast", [half.name], [name], to=TensorProto.FLOAT, name=f"{name}.widened"))
    for at, cast in enumerate(casts):
        graph.graph.node.insert(at, cast)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    main()

"""The model: an encoder, what it says at the markers beside what it says on the whole, and a head of three logits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

FILE = "model.safetensors"
_EMBEDDINGS = "encoder.embeddings."


class TargetSentiment(nn.Module):
    """pooling: `marker`, the mean over the opening markers beside the mean over all; or `first`, the first piece."""

    def __init__(self, encoder: nn.Module, *, marker: int, pooling: str, dropout: float) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.marker = marker
        self.pooling = pooling
        self.dropout = nn.Dropout(dropout)
        self.dense = nn.Linear(width * (2 if pooling == "marker" else 1), width)
        self.classifier = nn.Linear(width, 3)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Logits: (sentences, 3), as LABELS orders them."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        if self.pooling == "marker":
            markers = (input_ids == self.marker).to(states.dtype)
            pooled = torch.cat([_mean(states, markers), _mean(states, attention_mask.to(states.dtype))], dim=-1)
        else:
            pooled = states[:, 0]
        return self.classifier(self.dropout(torch.tanh(self.dense(self.dropout(pooled)))))


def _mean(states: Tensor, weights: Tensor) -> Tensor:
    """Mean over the sequence; the states by weight."""
    return torch.bmm(weights.unsqueeze(1), states).squeeze(1) / weights.sum(dim=1, keepdim=True)


def start(folder: Path, settings: dict[str, Any], *, marker: int) -> TargetSentiment:
    """A model whose encoder is upstream's and whose head is drawn anew."""
    encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
    return TargetSentiment(encoder, marker=marker, pooling=settings["pooling"], dropout=settings["dropout"])


def save(model: TargetSentiment, folder: Path, *, small: bool = False) -> None:
    """small: in half precision, and without the embeddings where they are still upstream's."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in model.state_dict().items()}
    if small:
        learned = {name: tensor for name, tensor in tensors.items() if not name.startswith(_EMBEDDINGS)}
        tensors = {name: tensor.half() for name, tensor in learned.items()}
    save_file(tensors, folder / FILE)
    model.encoder.config.to_json_file(folder / "config.json")
    head = {"marker": model.marker, "pooling": model.pooling, "dropout": model.dropout.p}
    (folder / "head.json").write_text(json.dumps(head), encoding="utf-8")


def restore(folder: Path, *, upstream: Path | None = None) -> TargetSentiment:
    """A saved model, in full precision whatever it was saved in; embeddings it was saved without are upstream's."""
    config = AutoConfig.from_pretrained(folder)
    encoder = AutoModel.from_config(config, add_pooling_layer=False, attn_implementation="eager")
    model = TargetSentiment(encoder, **json.loads((folder / "head.json").read_text(encoding="utf-8")))
    tensors = {name: tensor.float() for name, tensor in load_file(folder / FILE).items()}
    if upstream is not None:
        found = AutoModel.from_pretrained(upstream, add_pooling_layer=False).state_dict()
        tensors |= {f"encoder.{name}": told for name, told in found.items() if name.startswith("embeddings.")}
    model.load_state_dict(tensors, strict=True)
    return model.eval()

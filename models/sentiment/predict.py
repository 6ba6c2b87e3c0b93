"""Logits of a torch model over lines, for choosing and measuring."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from models.sentiment.batches import Example, tensors
from models.sentiment.model import TargetSentiment


@torch.no_grad()
def logits(model: TargetSentiment, examples: Sequence[Example], *, device: torch.device, size: int = 64) -> np.ndarray:
    """(examples, 3), in the order given."""
    was_training = model.training
    model.eval()
    order = sorted(range(len(examples)), key=lambda at: len(examples[at].pieces))
    out = np.zeros((len(examples), 3), dtype=np.float32)
    pad = model.encoder.config.pad_token_id
    for first in range(0, len(order), size):
        chosen = order[first : first + size]
        ids, mask = tensors([examples[at] for at in chosen], pad=pad, device=device)
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            out[chosen] = model(ids, mask).float().cpu().numpy()
    model.train(was_training)
    return out

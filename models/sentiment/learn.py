"""One training run: from examples to the model that did best on the validation part."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import f1_score
from torch import Tensor, nn
from torch.nn import functional

from models.sentiment import model as models
from models.sentiment.batches import Example, drawn, tensors
from models.sentiment.model import TargetSentiment
from models.sentiment.predict import logits

_KEPT_EVERY = 200  # steps

Epoch = Callable[[random.Random], list[Example]]


def device(name: str = "auto") -> torch.device:
    if name != "auto":
        return torch.device(name)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def learn(
    model: TargetSentiment,
    epoch: Epoch,
    validation: dict[str, list[Example]],
    settings: dict[str, Any],
    folder: Path,
    *,
    on: torch.device,
    resume: Path | None = None,
) -> float:
    """Trains the model in place and leaves the best epoch's weights in `folder`; the best mean macro-F1 is returned.

    epoch: makes the examples of one pass, so that each pass may draw them differently. validation: by set; the mean of
    macro-F1 over the sets decides, a set weighing by the root of its size, as its figure's chance error shrinks.
    resume: where a long run writes its state every few hundred steps, and finds it again after it was stopped.
    """
    torch.manual_seed(settings["seed"])
    chance = random.Random(settings["seed"])
    model.to(on).train()
    passes = [epoch(chance) for _ in range(settings["epochs"])]
    steps = sum(-(-len(examples) // settings["batch"]) for examples in passes)
    optimizer = torch.optim.AdamW(_groups(model, settings), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _warm_then_down(steps, settings["warmup"]))
    state = _State(model, optimizer, schedule, resume)
    for number, examples in enumerate(passes, start=1):
        began, losses = time.monotonic(), []
        for batch in drawn(examples, settings["batch"], chance):
            if state.next_step():
                losses.append(_step(model, batch, optimizer, settings, on))
                schedule.step()
                state.keep()
        if number <= state.epochs:
            continue
        figures = measure(model, validation, on)
        mean = float(np.average(list(figures.values()), weights=[len(some) ** 0.5 for some in validation.values()]))
        rate = len(losses) * settings["batch"] / (time.monotonic() - began)
        loss = np.mean(losses) if losses else float("nan")
        print(f"epoch {number} loss {loss:.4f} {figures} mean {mean:.4f} {rate:.0f}/s", flush=True)
        if state.epoch_done(mean):
            models.save(model, folder)
        elif state.waited >= settings["patience"]:
            break
    return state.best


class _State:
    """How far a run has come. Batches are drawn from a seed, so a run that goes on draws them again and skips them."""

    def __init__(self, model: TargetSentiment, optimizer: Any, schedule: Any, path: Path | None) -> None:
        self._parts = {"model": model, "optimizer": optimizer, "schedule": schedule}
        self._path = path
        self._seen = self._done = 0
        self.epochs, self.best, self.waited = 0, -1.0, 0
        if path is not None and path.is_file():
            told = torch.load(path, weights_only=True)
            for name, part in self._parts.items():
                part.load_state_dict(told[name])
            torch.set_rng_state(told["chance"])
            self._done, self.epochs, self.best, self.waited = told["done"]
            print(f"goes on after step {self._done}", flush=True)

    def next_step(self) -> bool:
        """Whether the next batch is still to be learned from."""
        self._seen += 1
        return self._seen > self._done

    def keep(self, *, now: bool = False) -> None:
        if self._path is not None and (now or self._seen % _KEPT_EVERY == 0):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            whole = {name: part.state_dict() for name, part in self._parts.items()}
            written = self._path.with_suffix(".new")
            done = (self._seen, self.epochs, self.best, self.waited)
            torch.save({**whole, "chance": torch.get_rng_state(), "done": done}, written)
            written.replace(self._path)
            print(f"step {self._seen}", flush=True)

    def epoch_done(self, figure: float) -> bool:
        """Whether it was the best so far."""
        better = figure > self.best
        self.best, self.waited = max(figure, self.best), 0 if better else self.waited + 1
        self.epochs += 1
        self.keep(now=True)
        return better


def measure(model: TargetSentiment, sets: dict[str, list[Example]], on: torch.device) -> dict[str, float]:
    """Macro-F1 by set."""
    figures = {}
    for name, examples in sets.items():
        guessed = logits(model, examples, device=on).argmax(axis=1)
        figures[name] = round(float(f1_score([one.label for one in examples], guessed, average="macro")), 4)
    return figures


def _step(
    model: TargetSentiment, batch: Sequence[Example], optimizer: Any, settings: dict[str, Any], on: torch.device
) -> float:
    ids, mask = tensors(batch, pad=model.encoder.config.pad_token_id, device=on)
    with torch.autocast(on.type, torch.bfloat16, enabled=on.type == "cuda"):
        guessed = model(ids, mask)
    loss = _loss(guessed.float(), batch, settings)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return float(loss.detach())


def _loss(guessed: Tensor, batch: Sequence[Example], settings: dict[str, Any]) -> Tensor:
    """Cross-entropy with the given labels; where a teacher spoke, mixed with the distance to what it said."""
    labels = torch.tensor([one.label for one in batch], device=guessed.device)
    weights = torch.tensor([one.weight for one in batch], device=guessed.device)
    hard = functional.cross_entropy(
        guessed, labels, reduction="none", ignore_index=-1, label_smoothing=settings["label_smoothing"]
    )
    if all(one.soft is None for one in batch):
        return (hard * weights).sum() / weights.sum()
    heat = settings["temperature"]
    spoken = torch.tensor([one.soft or (0.0, 0.0, 0.0) for one in batch], device=guessed.device)
    distance = (
        functional.kl_div(
            functional.log_softmax(guessed / heat, dim=1), functional.softmax(spoken / heat, dim=1), reduction="none"
        ).sum(dim=1)
        * heat**2
    )
    share = torch.tensor(
        [0.0 if one.soft is None else 1.0 if one.label < 0 else settings["soft"] for one in batch],
        device=guessed.device,
    )
    return ((hard * (1 - share) + distance * share) * weights).sum() / weights.sum()


def _groups(model: TargetSentiment, settings: dict[str, Any]) -> list[dict[str, Any]]:
    """Parameters with their rates: the head fastest, each layer of the encoder slower than the one above."""
    layers = len(model.encoder.encoder.layer)
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        depth = _depth(name)
        if depth is not None and depth <= settings.get("frozen_layers", 0) - 1:
            parameter.requires_grad = False
        if depth == -1 and (settings["freeze_embeddings"] or settings.get("frozen_layers")):
            parameter.requires_grad = False
        if not parameter.requires_grad:
            continue
        if depth is None:
            rate = settings["head_learning_rate"] if not name.startswith("encoder.") else settings["learning_rate"]
        else:
            rate = settings["learning_rate"] * settings["layer_decay"] ** (layers - 1 - depth)
        decay = 0.0 if parameter.ndim < 2 else settings["weight_decay"]
        groups.setdefault((rate, decay), []).append(parameter)
    return [{"params": found, "lr": rate, "weight_decay": decay} for (rate, decay), found in groups.items()]


def _depth(name: str) -> int | None:
    """The encoder's layer a parameter is in, -1 for the embeddings, None for the head and what all layers share."""
    if name.startswith("encoder.embeddings"):
        return -1
    parts = name.split(".")
    return int(parts[3]) if parts[:3] == ["encoder", "encoder", "layer"] else None


def _warm_then_down(steps: int, warmup: float) -> Callable[[int], float]:
    rising = max(1, int(steps * warmup))
    return lambda step: (step + 1) / rising if step < rising else max(0.0, (steps - step) / max(1, steps - rising))

"""Stage ``train``: contrastive training from scratch on a CPU, helped by heads that are thrown away.

Three things make it possible on two cores (see the demo's README for what they brought):
- *many positives*: caption j is a positive of picture i if everything it mentions holds for the picture;
- *auxiliary heads* on the class token (class, background, mark, word) and on every patch (class where the object covers
  it, background where it does not); they see the same biased pictures, so the shortcuts stay;
- *patch dropping*: only a part of the patches during the first part of the steps.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from compactclip import checkpoint
from compactclip.compose import GRID
from compactclip.facts import BACKGROUNDS, CLASSES, MARKS, WORDS, caption, codes_of
from compactclip.model import Architecture, CompactClip, normalise
from compactclip.render import TrainingSet, load_training
from compactclip.tokenizer import Tokenizer

CAPTION_TOKENS = 20
"""Captions are short; the positions beyond are not needed while training."""
COVERED, BARE = 40, 12
"""Percent of a patch that the object must cover (may cover at most) to train its class (background)."""
LARGEST_LOGIT_SCALE = math.log(100)
Look = Callable[[CompactClip, Tensor, Tensor], Tensor]
_GROUPS = (len(CLASSES), len(BACKGROUNDS), len(MARKS) + 1, len(WORDS) + 1)


@dataclass(frozen=True)
class Phase:
    """A stretch of training with its own learning-rate cycle (warm-up, then cosine to zero)."""

    steps: int
    batch: int
    rate: float
    heads: bool
    kept_patches: int
    drop_until: float


@dataclass(frozen=True)
class TrainingPlan:
    """The phases, and what the machine may use."""

    phases: tuple[Phase, ...]
    seed: int
    bf16: bool = False
    compiled: bool = False


class Heads(nn.Module):
    """Linear readers of the class token and of the patches."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.cls = nn.Linear(width, sum(_GROUPS))
        self.patch = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, len(CLASSES) + len(BACKGROUNDS)))

    def loss(self, pooled: Tensor, patches: Tensor, facts: Tensor, coverage: Tensor) -> Tensor:
        """Cross-entropies of what the picture shows.

        Args:
            pooled: class token after the last norm [batch, width].
            patches: patch tokens [batch, kept, width].
            facts: the five numbers per picture [batch, 5], negative where absent.
            coverage: the object's share of each kept patch in percent [batch, kept].
        """
        label, background, _, mark, word = facts.unbind(1)
        has_object = label >= 0
        by_class, by_background, by_mark, by_word = self.cls(pooled).float().split(_GROUPS, 1)
        total = 0.3 * functional.cross_entropy(by_background, background)
        total = total + 0.3 * functional.cross_entropy(by_mark, _or_none(mark, len(MARKS)))
        total = total + 0.5 * functional.cross_entropy(by_word, _or_none(word, len(WORDS)))
        by_patch = self.patch(patches).float()
        covered = (coverage > COVERED) & has_object[:, None]
        bare = coverage < BARE
        if has_object.any():
            total = total + functional.cross_entropy(by_class[has_object], label[has_object])
        if covered.any():
            total = total + functional.cross_entropy(by_patch[covered], label[:, None].expand_as(coverage)[covered])
        if bare.any():
            target = (len(CLASSES) + background)[:, None].expand_as(coverage)[bare]
            total = total + 0.3 * functional.cross_entropy(by_patch[bare], target)
        return total


def _or_none(values: Tensor, none: int) -> Tensor:
    return torch.where(values < 0, torch.full_like(values, none), values)


class Batches:
    """Draws augmented batches from the training set, epoch by epoch."""

    def __init__(self, data: TrainingSet, tokenizer: Tokenizer, seed: int) -> None:
        self._pictures = torch.from_numpy(data.pictures)
        self._coverage = torch.from_numpy(data.coverage).long()
        self._facts = data.facts
        self._codes = torch.tensor([codes_of(f) for f in data.facts])
        self._flippable = torch.tensor([f.word is None and f.mark is None for f in data.facts])
        self._tokenizer = tokenizer
        self._rng = np.random.default_rng([seed, 5])
        self._order: list[int] = []

    def next(self, size: int) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Pixels, caption ids, positives [size, size], facts [size, 5], coverage [size, patches]."""
        while len(self._order) < size:
            self._order += self._rng.permutation(len(self._facts)).tolist()
        chosen, self._order = self._order[:size], self._order[size:]
        index = torch.tensor(chosen)
        pixels = self._pictures[index].permute(0, 3, 1, 2).float()
        coverage = self._coverage[index]
        flip = self._flippable[index] & torch.from_numpy(self._rng.random(size) < 0.5)
        pixels[flip] = pixels[flip].flip(3)
        coverage[flip] = coverage[flip].flip(2)
        pixels = self._jitter(pixels)
        captions = [caption(self._facts[i], self._rng) for i in chosen]
        ids = torch.from_numpy(self._tokenizer.encode_all([text for text, _ in captions], CAPTION_TOKENS))
        mentioned = torch.tensor([codes for _, codes in captions])
        facts = self._codes[index]
        fits = (mentioned[None] == -1) | (mentioned[None] == facts[:, None])
        return pixels, ids, fits.all(-1).float(), facts, coverage.flatten(1)

    def _jitter(self, pixels: Tensor) -> Tensor:
        """A shift of up to three pixels, another brightness per picture, and grain; then normalised."""
        side = pixels.shape[-1]
        padded = functional.pad(pixels, (3, 3, 3, 3), mode="replicate")
        y, x = (int(v) for v in self._rng.integers(0, 7, 2))
        pixels = padded[:, :, y : y + side, x : x + side]
        light = torch.from_numpy(self._rng.uniform(0.85, 1.15, (len(pixels), 1, 1, 1))).float()
        grain = torch.from_numpy(self._rng.normal(0, 5, pixels.shape).astype(np.float32))
        return normalise((pixels * light + grain).clamp(0, 255).permute(0, 2, 3, 1))


def contrastive_loss(logits: Tensor, positives: Tensor) -> Tensor:
    """InfoNCE in both directions with the target spread evenly over all positives, less its lowest value.

    A picture with n positives cannot do better than log n; subtracting it lets losses of different batches be compared.
    """
    loss = torch.zeros(())
    for axis in (1, 0):
        count = positives.sum(axis).clamp(min=1)
        entropy = -(functional.log_softmax(logits, axis) * positives).sum(axis) / count
        loss = loss + 0.5 * (entropy - count.log()).mean()
    return loss


def train(work: Path, shape: Architecture, plan: TrainingPlan) -> dict[str, float]:
    """Trains, writes ``model/`` and ``reports/training.json``, and returns first and last loss."""
    torch.manual_seed(plan.seed)
    batches = Batches(load_training(work), Tokenizer.load(work / "model"), plan.seed)
    model, heads = CompactClip(shape).train(), Heads(shape.vision.width).train()
    look = torch.compile(_look) if plan.compiled and hasattr(torch, "compile") else _look
    history: list[float] = []
    started = time.monotonic()
    for phase in plan.phases:
        optimiser = _optimiser(model, heads, phase.rate)
        for step in range(phase.steps):
            for group in optimiser.param_groups:
                group["lr"] = phase.rate * _cycle(step, phase.steps)
            kept = _kept_patches(phase, step)
            with torch.autocast("cpu", torch.bfloat16) if plan.bf16 else nullcontext():
                contrast, auxiliary = _losses(model, heads, look, batches.next(phase.batch), kept)
            loss = contrast + auxiliary if phase.heads else contrast
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*model.parameters(), *heads.parameters()], 1.0)
            optimiser.step()
            with torch.no_grad():
                model.logit_scale.clamp_(0, LARGEST_LOGIT_SCALE)
            history.append(float(contrast.detach()))
            if len(history) % 100 == 0:
                print(
                    f"step {len(history)}: contrastive loss above its floor {np.mean(history[-100:]):.3f}", flush=True
                )
    checkpoint.save(model, work / "model")
    window = max(1, len(history) // 10)
    report = {
        "steps": len(history),
        "first_loss": float(np.mean(history[:window])),
        "last_loss": float(np.mean(history[-window:])),
        "seconds": time.monotonic() - started,
    }
    path = work / "reports" / "training.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(report, indent=1), encoding="utf-8")
    return report


def _look(model: CompactClip, pixels: Tensor, kept: Tensor) -> Tensor:
    """Output of the last block for the class token and the kept patches."""
    tokens = model.vision_model.tokens(pixels)
    chosen = torch.cat([torch.zeros(1, dtype=torch.long), 1 + kept])
    return model.vision_model.encoder(tokens.index_select(1, chosen))


def _losses(
    model: CompactClip, heads: Heads, look: Look, batch: tuple[Tensor, ...], kept: Tensor
) -> tuple[Tensor, Tensor]:
    pixels, ids, positives, facts, coverage = batch
    hidden = look(model, pixels, kept)
    images, texts = model.head(hidden).float(), model.encode_text(ids).float()
    contrast = contrastive_loss(images @ texts.T * model.logit_scale.exp(), positives)
    pooled = model.vision_model.post_layernorm(hidden[:, 0])
    return contrast, heads.loss(pooled, hidden[:, 1:], facts, coverage[:, kept])


def _kept_patches(phase: Phase, step: int) -> Tensor:
    patches = GRID * GRID
    if step >= phase.drop_until * phase.steps or phase.kept_patches >= patches:
        return torch.arange(patches)
    return torch.randperm(patches)[: phase.kept_patches].sort().values


def _cycle(step: int, steps: int) -> float:
    warm_up = min(150, max(1, steps // 10))
    return min(1.0, (step + 1) / warm_up) * 0.5 * (1 + math.cos(math.pi * step / steps)) + 1e-3


def _optimiser(model: nn.Module, heads: nn.Module, rate: float) -> torch.optim.Optimizer:
    named = [*model.named_parameters(), *heads.named_parameters()]
    decayed = [p for name, p in named if p.ndim >= 2 and "embed" not in name]
    free = [p for name, p in named if p.ndim < 2 or "embed" in name]
    groups = [{"params": decayed, "weight_decay": 0.05}, {"params": free, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98))

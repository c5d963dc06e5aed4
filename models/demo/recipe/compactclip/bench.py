"""The test splits under one autoencoder: predictions, attributions, and what edits do to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from compactclip.activations import BATCH, residuals
from compactclip.facts import CLASSES, class_prompt
from compactclip.model import CompactClip
from compactclip.render import SplitPicture, load_splits
from compactclip.sae import TopKSae
from compactclip.tokenizer import Tokenizer

Delta = Callable[[Tensor], Tensor]
"""From activations [batch, tokens, latents] to the change of the residual [batch, tokens, width]."""


@torch.no_grad()
def prompt_embeddings(model: CompactClip, tokenizer: Tokenizer, prompts: list[str]) -> Tensor:
    """Unit text embeddings [prompts, projection]."""
    return model.encode_text(torch.from_numpy(tokenizer.encode_all(prompts)))


class Bench:
    """Holds the residuals of all test pictures at the autoencoder's site."""

    def __init__(self, work: Path, model: CompactClip, tokenizer: Tokenizer, sae: TopKSae) -> None:
        self.model, self.sae = model, sae
        self.pictures: list[SplitPicture]
        self.pictures, pixels = load_splits(work)
        self.residual = residuals(model, pixels, sae.site.layer)
        self.texts = prompt_embeddings(model, tokenizer, [class_prompt(c) for c in CLASSES])
        self.scale = float(model.logit_scale.exp())
        self.truth = torch.tensor([CLASSES.index(p.facts.label) for p in self.pictures])
        self.split = np.array([p.split for p in self.pictures])
        self.strength = torch.cat([self.activations(part).amax(1) for part in self._parts()])
        self.logits = self.edited_logits(torch.arange(len(self.pictures)))
        self.predicted = self.logits.argmax(1)
        self.right = self.predicted == self.truth

    def activations(self, index: Tensor) -> Tensor:
        """Activations [batch, tokens in scope, latents] of some pictures."""
        return self.sae.encode(self.residual[index][:, self.sae.site.scope])

    def where(self, name: str) -> Tensor:
        """Indices of the pictures of a split."""
        return torch.from_numpy(np.flatnonzero(self.split == name))

    def clean(self) -> Tensor:
        """Indices of the pictures without any planted cause."""
        return torch.from_numpy(np.flatnonzero(np.isin(self.split, ["clean_seen", "clean_held"])))

    def twins(self, name: str) -> tuple[Tensor, Tensor]:
        """Indices of a conflict split and, in the same order, of the pictures without the cause."""
        partner = {self.pictures[i].pair: i for i in self.where(f"{name}_twin").tolist()}
        index = self.where(name)
        return index, torch.tensor([partner[self.pictures[i].pair] for i in index.tolist()], dtype=torch.long)

    @torch.no_grad()
    def edited_logits(self, index: Tensor, delta: Delta | None = None) -> Tensor:
        """Logits [n, classes], with the residual changed by ``delta`` and the reconstruction error kept."""
        parts = []
        for part in index.split(BATCH):
            residual = self.residual[part].clone()
            if delta is not None:
                residual[:, self.sae.site.scope] += delta(self.activations(part))
            parts.append(self.scale * self.model.finish(residual, self.sae.site.layer) @ self.texts.T)
        return torch.cat(parts) if parts else torch.empty(0, len(CLASSES))

    def accuracy(self, index: Tensor, delta: Delta | None = None) -> float | None:
        """Share of pictures that are right; None where there are no pictures."""
        if len(index) == 0:
            return None
        return float((self.edited_logits(index, delta).argmax(1) == self.truth[index]).float().mean())

    def attribution(self, index: Tensor, target: Tensor) -> Tensor:
        """Activation times gradient of logit[target] - logit[truth], summed over tokens: [n, latents]."""
        parts = []
        for part, aim in zip(index.split(BATCH), target.split(BATCH)):
            residual = self.residual[part].clone().requires_grad_(True)
            logits = self.scale * self.model.finish(residual, self.sae.site.layer) @ self.texts.T
            rows = torch.arange(len(part))
            margin = logits[rows, aim] - logits[rows, self.truth[part]]
            (gradient,) = torch.autograd.grad(margin.sum(), residual)
            by_latent = gradient[:, self.sae.site.scope] @ self.sae.w_dec.T
            parts.append((by_latent * self.activations(part)).sum(1))
        return torch.cat(parts)

    def scaled(self, latents: list[int], factor: float) -> Delta:
        """Multiplies some latents (0 suppresses them)."""
        return lambda f: (factor - 1) * (f[..., latents] @ self.sae.w_dec[latents])

    def fixed(self, latents: list[int], values: Tensor) -> Delta:
        """Sets some latents to fixed values on every token in scope."""
        return lambda f: (values - f[..., latents]) @ self.sae.w_dec[latents]

    def random_direction(self, like: Delta, generator: torch.Generator) -> Delta:
        """A control: per picture one random direction, as long as the change it stands for."""

        def delta(f: Tensor) -> Tensor:
            model = like(f)
            direction = torch.randn(len(f), 1, model.shape[-1], generator=generator)
            return direction / direction.norm(dim=-1, keepdim=True) * model.norm(dim=-1, keepdim=True)

        return delta

    def _parts(self) -> tuple[Tensor, ...]:
        return torch.arange(len(self.pictures)).split(BATCH)


def auroc(with_cause: Tensor, without: Tensor) -> Tensor:
    """Chance per latent that it is stronger with the cause than without, ties counted half: [latents]."""
    ordered = without.T.contiguous().sort(1).values
    asked = with_cause.T.contiguous()
    below = torch.searchsorted(ordered, asked, right=False) + torch.searchsorted(ordered, asked, right=True)
    return below.float().mean(1) / (2 * without.shape[0])

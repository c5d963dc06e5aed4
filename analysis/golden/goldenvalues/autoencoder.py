"""A sparse autoencoder as SAELens runs it, tied to its place in the vision tower."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import torch
from sae_lens import SAE

from goldenvalues.checkpoint import ReferenceClip

SCOPES = {"cls": slice(0, 1), "patches": slice(1, None), "all": slice(None)}


@dataclass(frozen=True)
class LatentEdit:
    """One change of one latent, applied to every token in scope."""

    latent: int
    operation: str
    value: float

    def apply(self, activation: torch.Tensor) -> torch.Tensor:
        """Returns f' for f: 0, m*f, s or f+a."""
        if self.operation == "SUPPRESS":
            return torch.zeros_like(activation)
        if self.operation == "SCALE":
            return self.value * activation
        if self.operation == "SET":
            return torch.full_like(activation, self.value)
        if self.operation == "ADD":
            return activation + self.value
        raise ValueError(f"unknown operation {self.operation}")


class ReferenceSae:
    """Encodes residuals, and rewrites them in delta form: x' = x + decode(f') - decode(f)."""

    def __init__(self, folder: Path, dtype: torch.dtype = torch.float64) -> None:
        self.folder = folder
        self.configuration = json.loads((folder / "cfg.json").read_text(encoding="utf-8"))
        metadata = self.configuration["metadata"]
        self.hook_point: str = metadata["hook_name"]
        match = re.fullmatch(r"blocks\.(\d+)\.hook_resid_post", self.hook_point)
        if match is None:
            raise ValueError(f"unsupported hook point {self.hook_point}")
        self.layer = int(match.group(1))
        self.scope_name: str = metadata["token_selection"]
        self.scope = SCOPES[self.scope_name]
        self.sae = SAE.load_from_disk(folder, dtype=str(dtype).removeprefix("torch."))
        self.sae.requires_grad_(False)

    def encode(self, residual: torch.Tensor) -> torch.Tensor:
        """Activations [tokens in scope, latents] of a residual [all tokens, width]."""
        return self.sae.encode(residual[self.scope])

    def decode(self, residual: torch.Tensor, activations: torch.Tensor) -> torch.Tensor:
        """Reconstruction [tokens in scope, width]; encodes first, because SAELens keeps the
        statistics of ``layer_norm`` between the two calls and drops them after decoding."""
        self.sae.encode(residual[self.scope])
        return self.sae.decode(activations)

    def rewrite(self, residual: torch.Tensor, activations: torch.Tensor) -> torch.Tensor:
        """The residual [all tokens, width] with changed activations and the old error kept."""
        original = self.encode(residual)
        delta = self.decode(residual, activations) - self.decode(residual, original)
        changed = residual.clone()
        changed[self.scope] = changed[self.scope] + delta
        return changed

    def edited(self, residual: torch.Tensor, edits: list[LatentEdit]) -> torch.Tensor:
        """The residual after a list of edits on different latents."""
        activations = self.encode(residual)
        changed = activations.clone()
        for edit in edits:
            changed[:, edit.latent] = edit.apply(activations[:, edit.latent])
        return self.rewrite(residual, changed)

    def norm_scale(self, residual: torch.Tensor) -> list[float] | None:
        """Per token in scope: the unbiased standard deviation that ``layer_norm`` divides by."""
        if self.configuration["normalize_activations"] != "layer_norm":
            return None
        return residual[self.scope].std(dim=-1).tolist()

    def top_k_gap(self, residual: torch.Tensor) -> float:
        """Smallest distance between the last winner and the first loser of a TopK autoencoder.

        Near ties would make the winning set a matter of rounding, and the golden value useless.
        """
        if self.configuration["architecture"] != "topk":
            return float("inf")
        seen: list[torch.Tensor] = []
        handle = self.sae.activation_fn.register_forward_pre_hook(lambda _m, args: seen.append(args[0]))
        try:
            self.encode(residual)
        finally:
            handle.remove()
        k = self.configuration["k"]
        values = seen[0].sort(dim=-1, descending=True).values
        return float((values[:, k - 1] - values[:, k]).min())


def steered_embedding(
    clip: ReferenceClip, sae: ReferenceSae, pixels: torch.Tensor, edits: list[LatentEdit]
) -> torch.Tensor:
    """Unit image embedding with the edits in force at the autoencoder's hook point."""
    return clip.image_embedding(pixels, sae.layer, lambda hidden: sae.edited(hidden[0], edits)[None])

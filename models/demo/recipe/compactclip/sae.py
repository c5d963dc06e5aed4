"""Stage ``sae``: TopK autoencoders on cached activations, written in the layout of SAELens 6."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from compactclip import safetensors_file

LAYOUT = "6.54.12"
"""The SAELens version whose file layout is written."""
_AUXILIARY_LATENTS = 64
_DEAD_AFTER = 150
_AUXILIARY_WEIGHT = 1 / 32


@dataclass(frozen=True)
class Site:
    """Where an autoencoder reads and writes: a vision block, and its class token or its patches."""

    layer: int
    tokens: str

    @property
    def name(self) -> str:
        """Folder name, such as ``sae-cls-L5``."""
        return f"sae-{'cls' if self.tokens == 'cls' else 'patch'}-L{self.layer}"

    @property
    def scope(self) -> slice:
        """The tokens of a residual [batch, tokens, width] that belong to the site."""
        return slice(0, 1) if self.tokens == "cls" else slice(1, None)


@dataclass(frozen=True)
class SaePlan:
    """Size and schedule of the training."""

    latents: int
    k: int
    steps: int
    patch_steps: int
    batch: int
    seed: int
    rate: float = 1e-3


@dataclass(frozen=True)
class TopKSae:
    """f = relu(top k of ((x - b_dec) W_enc + b_enc)); x^ = f W_dec + b_dec; rows of W_dec have length 1."""

    site: Site
    k: int
    w_enc: Tensor
    b_enc: Tensor
    w_dec: Tensor
    b_dec: Tensor

    def encode(self, inputs: Tensor) -> Tensor:
        """Activations [..., latents] of residuals [..., width]."""
        return _top_k((inputs - self.b_dec) @ self.w_enc + self.b_enc, self.k)

    def decode(self, activations: Tensor) -> Tensor:
        """Reconstruction [..., width]."""
        return activations @ self.w_dec + self.b_dec

    def save(self, folder: Path) -> None:
        """Writes ``cfg.json`` and ``sae_weights.safetensors``."""
        tensors = {"W_enc": self.w_enc, "b_enc": self.b_enc, "W_dec": self.w_dec, "b_dec": self.b_dec}
        safetensors_file.write(folder / "sae_weights.safetensors", tensors)
        latents, width = self.w_dec.shape
        settings = {
            "architecture": "topk",
            "d_in": width,
            "d_sae": latents,
            "k": self.k,
            "dtype": "float32",
            "device": "cpu",
            "apply_b_dec_to_input": True,
            "normalize_activations": "none",
            "reshape_activations": "none",
            "rescale_acts_by_decoder_norm": False,
            "metadata": {
                "sae_lens_version": LAYOUT,
                "sae_lens_training_version": None,
                "model_name": "compact-clip-demo",
                "model_class_name": "CLIPModel",
                "hook_name": f"blocks.{self.site.layer}.hook_resid_post",
                "hook_head_index": None,
                "token_selection": self.site.tokens,
                "hf_hook_name": f"vision_model.encoder.layers.{self.site.layer}.output",
            },
        }
        (folder / "cfg.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")

    @staticmethod
    def load(folder: Path) -> TopKSae:
        """Reads an autoencoder that save wrote."""
        path = folder / "cfg.json"
        if not path.is_file():
            raise FileNotFoundError(f"no autoencoder in {folder}; run the stage 'sae' first")
        settings = json.loads(path.read_text(encoding="utf-8"))
        metadata = settings["metadata"]
        t = safetensors_file.read(folder / "sae_weights.safetensors")
        site = Site(int(metadata["hook_name"].split(".")[1]), metadata["token_selection"])
        return TopKSae(site, settings["k"], t["W_enc"], t["b_enc"], t["W_dec"], t["b_dec"])


def _top_k(before: Tensor, k: int) -> Tensor:
    values, index = before.topk(k, -1)
    return torch.zeros_like(before).scatter(-1, index, values.relu())


def fit(inputs: Tensor, site: Site, plan: SaePlan) -> TopKSae:
    """Trains on residuals [n, width].

    The inputs are centred and scaled to unit mean energy while training; both are folded into the weights afterwards,
    so that activations are in units of the residual stream. Latents that have not fired for a while learn from what the
    others leave over.
    """
    generator = torch.Generator().manual_seed(plan.seed)
    width = inputs.shape[1]
    centre = inputs.mean(0)
    scale = (inputs - centre).norm(dim=1).mean() / width**0.5
    data = (inputs - centre) / scale
    start = torch.randn(plan.latents, width, generator=generator)
    w_dec = torch.nn.functional.normalize(start, dim=1).requires_grad_()
    w_enc = w_dec.detach().T.clone().requires_grad_()
    b_enc = torch.zeros(plan.latents, requires_grad=True)
    b_dec = torch.zeros(width, requires_grad=True)
    optimiser = torch.optim.Adam([w_enc, w_dec, b_enc, b_dec], lr=plan.rate, betas=(0.9, 0.99))
    silent_for = torch.zeros(plan.latents)
    steps = plan.steps if site.tokens == "cls" else plan.patch_steps
    for step in range(steps):
        rate = plan.rate * min(1, (step + 1) / 100) * min(1, (steps - step) / (0.3 * steps))
        optimiser.param_groups[0]["lr"] = rate
        batch = data[torch.randint(len(data), (plan.batch,), generator=generator)]
        before = (batch - b_dec) @ w_enc + b_enc
        activations = _top_k(before, plan.k)
        error = batch - (activations @ w_dec + b_dec)
        loss = error.pow(2).sum(1).mean()
        silent_for = torch.where((activations > 0).any(0), torch.zeros(()), silent_for + 1)
        dead = silent_for > _DEAD_AFTER
        if dead.any():
            revived = _top_k(before.masked_fill(~dead, -1e9), min(_AUXILIARY_LATENTS, int(dead.sum())))
            loss = loss + _AUXILIARY_WEIGHT * (error.detach() - revived @ w_dec).pow(2).sum(1).mean()
        optimiser.zero_grad()
        loss.backward()
        with torch.no_grad():
            w_dec.grad -= (w_dec.grad * w_dec).sum(1, keepdim=True) * w_dec
        optimiser.step()
        with torch.no_grad():
            w_dec /= w_dec.norm(dim=1, keepdim=True)
    weights = (w_enc, b_enc * scale, w_dec, b_dec * scale + centre)
    return TopKSae(site, plan.k, *(w.detach().contiguous() for w in weights))


def quality(sae: TopKSae, inputs: Tensor) -> dict[str, float]:
    """Explained variance 1 - sum |x - x^|^2 / sum |x - mean|^2, latents that fire at all, and mean number active."""
    error, fired, active = 0.0, torch.zeros(len(sae.w_dec)), 0
    for part in inputs.split(8192):
        activations = sae.encode(part)
        error += float((part - sae.decode(activations)).pow(2).sum())
        fired += (activations > 0).sum(0)
        active += int((activations > 0).sum())
    total = float((inputs - inputs.mean(0)).pow(2).sum())
    return {
        "explained_variance": 1 - error / total,
        "alive": int((fired > 0).sum()),
        "l0": active / len(inputs),
        "n": len(inputs),
    }


def train_sae(inputs: Tensor, unseen: Tensor, site: Site, plan: SaePlan, folder: Path) -> dict[str, object]:
    """Trains, writes the autoencoder and ``train_report.json`` with its quality on seen and unseen residuals."""
    started = time.monotonic()
    sae = fit(inputs, site, plan)
    sae.save(folder)
    report: dict[str, object] = {
        "train": quality(sae, inputs),
        "test": quality(sae, unseen),
        "seconds": time.monotonic() - started,
    }
    (folder / "train_report.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    return report

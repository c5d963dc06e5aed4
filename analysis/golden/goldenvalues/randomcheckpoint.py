"""Small checkpoints and autoencoders with random weights, in sizes unlike the demo's.

Random weights are enough to test arithmetic, and they reach corners that one trained checkpoint
does not: another activation function, half precision, other widths, old ways to write a configuration.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import torch
from sae_lens import SAE, StandardSAE, StandardSAEConfig, TopKSAE, TopKSAEConfig
from sae_lens.saes.sae import SAEMetadata
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from transformers import CLIPConfig, CLIPModel

from goldenvalues.autoencoder import SCOPES
from goldenvalues.checkpoint import ReferenceClip

BYTE_TOKENS = 512


@dataclass(frozen=True)
class SaeDesign:
    """An autoencoder to make: kind, place, and how it treats its input."""

    folder: str
    layer: int
    tokens: str
    latents: int
    normalize: str = "none"
    subtract_b_dec: bool = True
    k: int | None = None


def write_tokenizer(source: Path, target: Path, merges: int, context: int) -> int:
    """Copies a CLIP tokenizer, keeping only its first merges; returns the vocabulary size."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / "special_tokens_map.json", target / "special_tokens_map.json")
    tokenizer = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    model = tokenizer["model"]
    ordered = sorted(model["vocab"], key=model["vocab"].get)
    kept = ordered[: BYTE_TOKENS + merges] + ordered[-2:]
    model["vocab"] = {token: number for number, token in enumerate(kept)}
    model["merges"] = model["merges"][:merges]
    for added in tokenizer["added_tokens"]:
        added["id"] = model["vocab"][added["content"]]
    for side in ("sep", "cls"):
        pair = tokenizer["post_processor"][side]
        pair[1] = model["vocab"][pair[0]]
    _write_json(target / "tokenizer.json", tokenizer)
    _write_json(target / "vocab.json", model["vocab"])
    lines = ["#version: 0.2", *(" ".join(pair) for pair in model["merges"])]
    (target / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    settings = json.loads((source / "tokenizer_config.json").read_text(encoding="utf-8"))
    _write_json(target / "tokenizer_config.json", settings | {"model_max_length": context})
    return len(model["vocab"])


def write_checkpoint(folder: Path, configuration: CLIPConfig, seed: int, half: bool, with_position_ids: bool) -> None:
    """Writes ``config.json`` and ``model.safetensors`` with weights drawn from ``seed``.

    Args:
        half: store float16.
        with_position_ids: also store the int64 position ids that older exports hold and readers ignore.
    """
    model = CLIPModel(configuration)
    generator = torch.Generator().manual_seed(seed)
    for name, weight in model.named_parameters():
        weight.data = _draw(name, weight, generator)
    if half:
        model = model.half()
    model.save_pretrained(folder)
    if with_position_ids:
        path = folder / "model.safetensors"
        with safe_open(path, "pt") as file:
            notes = file.metadata()
        tensors = load_file(path)
        vision = configuration.vision_config
        positions = (vision.image_size // vision.patch_size) ** 2 + 1
        tensors["vision_model.embeddings.position_ids"] = torch.arange(positions)[None]
        tensors["text_model.embeddings.position_ids"] = torch.arange(configuration.text_config.max_position_embeddings)[
            None
        ]
        save_file(tensors, path, notes)


def _draw(name: str, weight: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    noise = torch.randn(weight.shape, generator=generator)
    if name == "logit_scale":
        return weight.data
    if "norm" in name:
        return 1 + 0.2 * noise if name.endswith("weight") else 0.1 * noise
    if name.endswith("bias"):
        return 0.1 * noise
    if "position_embedding" in name or name.endswith("class_embedding"):
        return 0.4 * noise
    if "token_embedding" in name:
        return 0.8 * noise
    fan_in = weight[0].numel()
    return 1.3 * noise / fan_in**0.5


def write_preprocessor(folder: Path, settings: dict) -> None:
    """Writes ``preprocessor_config.json``."""
    common = {
        "do_center_crop": True,
        "do_convert_rgb": True,
        "do_normalize": True,
        "do_rescale": True,
        "do_resize": True,
        "image_processor_type": "CLIPImageProcessor",
        "resample": 3,
        "rescale_factor": 1 / 255,
    }
    _write_json(folder / "preprocessor_config.json", common | settings)


def write_sae(root: Path, checkpoint: str, design: SaeDesign, pictures: list[str], seed: int) -> None:
    """Writes an autoencoder whose latents are sparse on the residuals of ``pictures``."""
    clip = ReferenceClip(root / checkpoint, torch.float32)
    residuals = [clip.residual(clip.prepare(root / name).pixels, design.layer) for name in pictures]
    inputs = torch.cat([residual[SCOPES[design.tokens]] for residual in residuals])
    if design.normalize == "layer_norm":
        inputs = inputs - inputs.mean(-1, keepdim=True)
        inputs = inputs / (inputs.std(-1, keepdim=True) + 1e-5)
    generator = torch.Generator().manual_seed(seed)
    width = inputs.shape[1]
    decoder = torch.randn(design.latents, width, generator=generator)
    decoder = decoder / decoder.norm(dim=1, keepdim=True)
    lengths = 0.5 + torch.rand(design.latents, 1, generator=generator)
    b_dec = inputs.mean(0) + 0.05 * torch.randn(width, generator=generator)
    spread = ((inputs - b_dec) @ decoder.T).std()
    encoder = decoder.T / spread + 0.02 * torch.randn(width, design.latents, generator=generator)
    b_enc = 0.2 * torch.randn(design.latents, generator=generator)
    if design.k is None:
        b_enc = b_enc - 0.9
    if not design.subtract_b_dec:
        b_enc = b_enc - b_dec @ encoder
    tensors = {"W_enc": encoder, "b_enc": b_enc, "W_dec": 3.0 * spread * lengths * decoder, "b_dec": b_dec}
    sae = _sae(design, width, root.name)
    sae.load_state_dict({name: tensor.contiguous() for name, tensor in tensors.items()})
    sae.save_model(root / design.folder)


def _sae(design: SaeDesign, width: int, model_name: str) -> SAE:
    metadata = SAEMetadata(
        model_name=model_name,
        model_class_name="CLIPModel",
        hook_name=f"blocks.{design.layer}.hook_resid_post",
        hook_head_index=None,
        token_selection=design.tokens,
        hf_hook_name=f"vision_model.encoder.layers.{design.layer}.output",
    )
    common = {
        "d_in": width,
        "d_sae": design.latents,
        "apply_b_dec_to_input": design.subtract_b_dec,
        "normalize_activations": design.normalize,
        "metadata": metadata,
    }
    if design.k is None:
        return StandardSAE(StandardSAEConfig(**common))
    return TopKSAE(TopKSAEConfig(**common, k=design.k, rescale_acts_by_decoder_norm=True))


def _write_json(path: Path, value: dict) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

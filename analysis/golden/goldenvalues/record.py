"""Builds the golden document of a checkpoint: everything the engine has to reproduce."""

from __future__ import annotations

import base64
import hashlib
import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

from goldenvalues.autoencoder import LatentEdit, ReferenceSae, steered_embedding
from goldenvalues.checkpoint import PreparedPicture, ReferenceClip

FORMAT = "steerstudy-golden/1"
LIBRARIES = ("torch", "transformers", "sae-lens", "safetensors", "tokenizers", "pillow", "numpy")
ABLATED_LATENTS = 6


@dataclass(frozen=True)
class Subject:
    """What a golden document is about.

    Attributes:
        root: folder to which every path in the document is relative.
        checkpoint: folder of the checkpoint below root.
        saes: folders of the autoencoders below root.
        pictures: picture files below root; the first ``deep`` of them get autoencoder cases.
        prompts: the prompt set.
        spellings: further texts of which only the token ids are recorded.
        deep: number of pictures with autoencoder cases.
        smallest_gap: how far apart the winners and losers of TopK must be in those cases.
    """

    root: Path
    checkpoint: str
    saes: list[str]
    pictures: list[str]
    prompts: list[str]
    spellings: list[str]
    deep: int
    smallest_gap: float = 1e-4


def versions() -> dict[str, str]:
    """The versions that computed the values."""
    return {"python": platform.python_version()} | {name: version(name) for name in LIBRARIES}


def document(subject: Subject) -> dict[str, Any]:
    """Computes the golden document of ``subject`` in float64 and checks it against float32."""
    torch.manual_seed(0)
    clip = ReferenceClip(subject.root / subject.checkpoint)
    single = ReferenceClip(subject.root / subject.checkpoint, torch.float32)
    texts = clip.text_embeddings(subject.prompts)
    texts_single = single.text_embeddings(subject.prompts)
    prepared = {name: clip.prepare(subject.root / name) for name in subject.pictures}
    embeddings = {name: clip.image_embedding(p.pixels) for name, p in prepared.items()}
    worst = 0.0
    pictures = []
    for name, picture in prepared.items():
        logits = clip.logits(embeddings[name], texts)
        in_single = single.logits(single.image_embedding(picture.pixels), texts_single)
        worst = max(worst, float((logits - in_single).abs().max()))
        pictures.append(_picture(subject.root / name, name, picture, embeddings[name], logits))
    saes = []
    for folder in subject.saes:
        sae = ReferenceSae(subject.root / folder)
        sae_single = ReferenceSae(subject.root / folder, torch.float32)
        cases = []
        for name in subject.pictures[: subject.deep]:
            pixels = prepared[name].pixels
            worst = max(worst, _latent_difference(clip, sae, single, sae_single, pixels))
            cases.append({"picture": name} | _case(clip, sae, pixels, texts, subject.smallest_gap))
        saes.append(_sae(folder, sae) | {"cases": cases})
    if worst > 1e-3:
        raise ValueError(f"float32 and float64 differ by {worst}; the values are not usable as golden")
    return {
        "format": FORMAT,
        "versions": versions(),
        "checkpoint": subject.checkpoint,
        "logit_scale": clip.model.logit_scale.item(),
        "logit_scale_exp": clip.logit_scale.item(),
        "largest_difference_to_float32": worst,
        "prompts": [
            {"text": text, "ids": ids, "embedding": row.tolist()}
            for text, ids, row in zip(subject.prompts, clip.token_ids(subject.prompts), texts)
        ],
        "spellings": [
            {"text": text, "ids": ids} for text, ids in zip(subject.spellings, clip.token_ids(subject.spellings))
        ],
        "pictures": pictures,
        "saes": saes,
    }


def _latent_difference(
    clip: ReferenceClip, sae: ReferenceSae, single: ReferenceClip, sae_single: ReferenceSae, pixels: torch.Tensor
) -> float:
    exact = sae.encode(clip.residual(pixels, sae.layer))
    rounded = sae_single.encode(single.residual(pixels, sae.layer))
    scale = exact.abs().max().clamp(min=1.0)
    return float(((exact - rounded).abs() / scale).max())


def _picture(
    path: Path, name: str, picture: PreparedPicture, embedding: torch.Tensor, logits: torch.Tensor
) -> dict[str, Any]:
    flat = picture.pixels.flatten()
    return {
        "file": name,
        "file_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "source_size": list(picture.source_size),
        "source_rgb_sha256": picture.source_rgb_sha256,
        "crop_size": list(picture.crop.shape[:2]),
        "crop_sha256": hashlib.sha256(picture.crop.tobytes()).hexdigest(),
        "crop_first": picture.crop.flatten()[:12].tolist(),
        "crop_base64": base64.b64encode(picture.crop.tobytes()).decode("ascii"),
        "pixels_first": flat[:8].tolist(),
        "pixels_sum": float(flat.double().sum()),
        "embedding": embedding.tolist(),
        "logits": logits.tolist(),
        "probabilities": logits.softmax(-1).tolist(),
    }


def _sae(folder: str, sae: ReferenceSae) -> dict[str, Any]:
    c = sae.configuration
    return {
        "folder": folder,
        "architecture": c["architecture"],
        "normalize_activations": c["normalize_activations"],
        "apply_b_dec_to_input": c["apply_b_dec_to_input"],
        "hook_point": sae.hook_point,
        "layer": sae.layer,
        "tokens": sae.scope_name.upper(),
        "d_in": c["d_in"],
        "d_sae": c["d_sae"],
    }


def _case(
    clip: ReferenceClip, sae: ReferenceSae, pixels: torch.Tensor, texts: torch.Tensor, smallest_gap: float
) -> dict[str, Any]:
    residual = clip.residual(pixels, sae.layer)
    gap = sae.top_k_gap(residual)
    if gap < smallest_gap:
        raise ValueError(f"{sae.folder.name}: winners and losers of TopK are only {gap} apart; choose another picture")
    activations = sae.encode(residual)
    logits = clip.logits(clip.image_embedding(pixels), texts)
    order = logits.argsort(descending=True).tolist()
    targets = [(order[0], None), (order[0], order[1]), (order[-1], order[0])]
    attributions = [_attribution(clip, sae, pixels, texts, target) for target in targets]

    def steered(edits: list[LatentEdit]) -> list[float]:
        return clip.logits(steered_embedding(clip, sae, pixels, edits), texts).tolist()

    ranked = attributions[1]["latents"]
    silent = next(i for i in range(activations.shape[1]) if i not in ranked)
    edits = edit_lists(ranked, silent, activations)
    first, second = ranked[0], ranked[1]
    top = round(float(activations[:, first].max()), 3)
    scales = [0.0, 0.5, 1.0, 2.0, 4.0, -1.0]
    values = [0.0, round(0.5 * top, 3), top, 2 * top, 4 * top]
    standing = [LatentEdit(second, "SUPPRESS", 0.0)]
    return {
        "residual_first": residual[0, :8].tolist(),
        "residual_second_token_first": residual[1, :8].tolist(),
        "norm_scale": sae.norm_scale(residual),
        "tokens": [_token(row) for row in activations],
        "attributions": attributions,
        "edits": [{"edits": [_edit(e) for e in es], "logits": steered(es)} for es in edits],
        "ablations": [
            {"latent": latent, "logits": steered([LatentEdit(latent, "SUPPRESS", 0.0)])}
            for latent in ranked[:ABLATED_LATENTS]
        ],
        "sweeps": [
            {
                "standing": [_edit(e) for e in standing],
                "doses": [
                    {"dose": _edit(dose), "logits": steered([*standing, dose])}
                    for dose in [LatentEdit(first, "SET", v) for v in values]
                ],
            },
            {
                "standing": [_edit(e) for e in [LatentEdit(first, "SUPPRESS", 0.0), *standing]],
                "doses": [
                    {"dose": _edit(dose), "logits": steered([*standing, dose])}
                    for dose in [LatentEdit(first, "SCALE", v) for v in scales]
                ],
            },
        ],
    }


def edit_lists(ranked: list[int], silent: int, activations: torch.Tensor) -> list[list[LatentEdit]]:
    """Edits of every kind on the two strongest latents and on one that is not active."""
    first, second = ranked[0], ranked[1]
    dose = round(1.5 * float(activations[:, first].max()), 3)
    step = round(0.5 * float(activations[:, second].max()), 3)
    suppress = LatentEdit(first, "SUPPRESS", 0.0)
    return [
        [],
        [suppress],
        [LatentEdit(first, "SCALE", 2.0)],
        [LatentEdit(first, "SCALE", -1.0)],
        [LatentEdit(first, "SET", dose)],
        [LatentEdit(first, "ADD", step)],
        [LatentEdit(silent, "SET", dose)],
        [LatentEdit(silent, "ADD", step)],
        [suppress, LatentEdit(second, "SCALE", 2.0)],
        [LatentEdit(second, "SET", step), LatentEdit(silent, "ADD", dose), suppress],
    ]


def _edit(edit: LatentEdit) -> dict[str, Any]:
    return {"latent": edit.latent, "operation": edit.operation, "value": edit.value}


def _token(row: torch.Tensor) -> dict[str, Any]:
    active = row.nonzero().flatten()
    return {"latents": active.tolist(), "values": row[active].tolist()}


def _attribution(
    clip: ReferenceClip,
    sae: ReferenceSae,
    pixels: torch.Tensor,
    texts: torch.Tensor,
    target: tuple[int, int | None],
) -> dict[str, Any]:
    """Activation times gradient, summed over the tokens in scope; the forward pass is unchanged."""
    prompt, contrast = target
    residual = clip.residual(pixels, sae.layer)
    activations = sae.encode(residual).clone().requires_grad_(True)
    embedding = clip.image_embedding(pixels, sae.layer, lambda _: sae.rewrite(residual, activations)[None])
    logits = clip.logits(embedding, texts)
    value = logits[prompt] if contrast is None else logits[prompt] - logits[contrast]
    (gradient,) = torch.autograd.grad(value, activations)
    scores = (activations * gradient).sum(0).detach()
    amounts = activations.sum(0).detach()
    active = (activations > 0).any(0).nonzero().flatten().tolist()
    ranked = sorted(active, key=lambda latent: (-abs(float(scores[latent])), latent))
    return {
        "prompt": prompt,
        "contrast": contrast,
        "value": value.item(),
        "latents": ranked,
        "activations": amounts[ranked].tolist(),
        "scores": scores[ranked].tolist(),
    }

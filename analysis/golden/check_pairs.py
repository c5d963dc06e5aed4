"""Compares a model library through two independent ways and prints what was found.

One way is transformers with SAELens, the other the plain PyTorch modules of the demo's recipe with its own
readers of tokenizer and safetensors. Where they agree, the files mean the same to both.

Usage: python check_pairs.py [--library DIR] [--write FILE]
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from goldenvalues.autoencoder import ReferenceSae
from goldenvalues.checkpoint import PreparedPicture, ReferenceClip
from goldenvalues.record import versions

REPOSITORY = Path(__file__).resolve().parents[2]
DEMO = REPOSITORY / "models" / "demo"
RECIPE = DEMO / "recipe"
sys.path.insert(0, str(RECIPE))

from compactclip import checkpoint  # noqa: E402
from compactclip.facts import CLASSES, class_prompt  # noqa: E402
from compactclip.model import CompactClip, normalise  # noqa: E402
from compactclip.render import to_input  # noqa: E402
from compactclip.sae import TopKSae  # noqa: E402
from compactclip.tokenizer import Tokenizer  # noqa: E402

TOLERANCE = 1e-4
PROMPTS = [*map(class_prompt, CLASSES), "a cat on grass", "Two zebras, near the Café!", "it's 12 %, isn't it?"]


@dataclass(frozen=True)
class Line:
    """One comparison: what, how far apart at most, and whether that is near enough."""

    subject: str
    difference: str
    passed: bool


def compare(library: Path) -> list[Line]:
    """Compares tokenizer, pixels, embeddings, logits, residuals and latents on all pictures of a library."""
    reference = ReferenceClip(library / "model", torch.float32)
    own, tokenizer = checkpoint.load(library / "model"), Tokenizer.load(library / "model")
    with (library / "images.csv").open(encoding="utf-8", newline="") as file:
        names = [row["file"] for row in csv.DictReader(file)]
    prepared = [reference.prepare(library / "images" / name) for name in names]
    crops = np.stack([p.crop for p in prepared])
    own_crops = np.stack([to_input(Image.open(library / "images" / name)) for name in names])
    lines = []

    ids = reference.token_ids(PROMPTS)
    differing = sum(a != b for a, b in zip(ids, tokenizer.encode_all(PROMPTS).tolist()))
    lines.append(Line(f"token ids of {len(PROMPTS)} prompts", f"{differing} differ", differing == 0))
    grey = int(np.abs(crops.astype(int) - own_crops.astype(int)).max())
    lines.append(Line(f"pixels of {len(names)} pictures, grey levels", str(grey), grey == 0))

    texts, own_texts = reference.text_embeddings(PROMPTS), own.encode_text(torch.tensor(ids))
    lines.append(_within("text embeddings", texts, own_texts))
    images = torch.stack([reference.image_embedding(p.pixels) for p in prepared])
    own_images = own.encode_image(normalise(own_crops))
    lines.append(_within("image embeddings", images, own_images))
    scale = reference.logit_scale
    lines.append(_within("logits", scale * images @ texts.T, own.logit_scale.exp() * own_images @ own_texts.T))
    for folder in sorted(path.parent for path in library.glob("*/cfg.json")):
        lines += _compare_sae(folder, reference, own, prepared, own_crops)
    return lines


def _compare_sae(
    folder: Path, reference: ReferenceClip, own: CompactClip, prepared: list[PreparedPicture], own_crops: np.ndarray
) -> list[Line]:
    sae, own_sae = ReferenceSae(folder, torch.float32), TopKSae.load(folder)
    residual = torch.stack([reference.residual(p.pixels, sae.layer) for p in prepared])
    own_residual = own.residual(normalise(own_crops), sae.layer)
    latents = torch.stack([sae.encode(r) for r in residual])
    on_same_input = own_sae.encode(residual[:, own_sae.site.scope])
    end_to_end = own_sae.encode(own_residual[:, own_sae.site.scope])
    other_winners = int(((latents > 0) != (end_to_end > 0)).any(-1).sum())
    tokens = latents.shape[0] * latents.shape[1]
    agree = ((latents > 0) == (end_to_end > 0)).all(-1)
    rebuilt = torch.stack([sae.decode(r, f) for r, f in zip(residual, latents)])
    return [
        _within(f"{folder.name}: residuals", residual, own_residual),
        _within(f"{folder.name}: latents of the same residuals", latents, on_same_input),
        _within(f"{folder.name}: latents end to end, tokens with the same winners", latents[agree], end_to_end[agree]),
        _within(f"{folder.name}: reconstructions", rebuilt, own_sae.decode(latents)),
        Line(
            f"{folder.name}: tokens with other winners", f"{other_winners} of {tokens}", other_winners <= tokens // 1000
        ),
    ]


def _within(subject: str, first: torch.Tensor, second: torch.Tensor) -> Line:
    """The largest difference, relative to the largest value where that is above one."""
    scale = max(1.0, float(first.abs().max()))
    difference = float((first - second).abs().max()) / scale
    return Line(subject, f"{difference:.1e}", difference <= TOLERANCE)


def recorded(library: Path) -> list[Line]:
    """Compares with the values that were recorded in the library when the model was made."""
    golden = json.loads((library / "golden.json").read_text(encoding="utf-8"))
    reference = ReferenceClip(library / "model", torch.float32)
    texts = reference.text_embeddings([class_prompt(name) for name in golden["classes"]])
    logits, latents = [], []
    for entry in golden["images"]:
        pixels = reference.prepare(library / "images" / entry["file"]).pixels
        now = reference.logits(reference.image_embedding(pixels), texts)
        logits.append(float((now - torch.tensor(entry["logits_classes"])).abs().max()))
        for name, values in entry["sae"].items():
            sae = ReferenceSae(library / name, torch.float32)
            total = sae.encode(reference.residual(pixels, sae.layer)).sum(0)
            then = torch.tensor(values["activation"])
            chosen = values.get("top10") or values.get("latents")
            latents.append(float(((total[chosen] - then).abs() / then.abs().clamp(min=1)).max()))
    return [
        Line("logits recorded when the model was made", f"{max(logits):.1e}", max(logits) <= TOLERANCE),
        Line("latents recorded when the model was made", f"{max(latents):.1e}", max(latents) <= TOLERANCE),
    ]


def page(lines: list[Line], name: str) -> str:
    """The findings as a Markdown page."""
    rows = "\n".join(f"| {x.subject} | {x.difference} | {'yes' if x.passed else 'NO'} |" for x in lines)
    used = ", ".join(f"{library} {number}" for library, number in versions().items())
    return f"""# Golden values: do two independent readers agree?

Made by `analysis/golden/check_pairs.py` on `{name}`; run by hand when the model library or a version changes.
One reader is transformers with SAELens (`SAE.load_from_disk`), the other the plain PyTorch modules in
`models/demo/recipe` with their own tokenizer and safetensors reader. Both run in float32 on a CPU, on every picture
that `images.csv` lists. Differences are the largest found, relative to the largest value where that is above one; up to
{TOLERANCE:.0e} counts as agreement.

Versions: {used}.

| Compared | Largest difference | Within bounds |
|---|---|---|
{rows}

"Other winners" counts tokens on which the two readers keep another set of latents, because the last winner and the
first loser of TopK are nearer than rounding; up to one token in a thousand is accepted. The engine's own tests use
pictures without such near ties: see `analysis/golden/README.md`.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, default=DEMO)
    parser.add_argument("--write", type=Path, help="also write the findings as Markdown")
    chosen = parser.parse_args()
    lines = compare(chosen.library) + recorded(chosen.library)
    text = page(lines, "models/demo" if chosen.library == DEMO else chosen.library.name)
    print(text)
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")
    return 0 if all(line.passed for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())

"""Stage ``golden``: a few reference values of the exported library, for readers in other languages.

They come from the modules of this package. The golden values that the engine is tested with are made with transformers
and SAELens instead (``analysis/golden``).
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import torch
from PIL import Image

from compactclip.bench import prompt_embeddings
from compactclip.facts import CLASSES, class_prompt
from compactclip.model import CompactClip, normalise
from compactclip.render import to_input
from compactclip.sae import TopKSae
from compactclip.tokenizer import Tokenizer

PROMPTS = ["a photo of a boat", "a cat on grass", "a photo with a watermark", "Two zebras, near the Café!"]
PICTURES, STRONGEST = 5, 10


@torch.no_grad()
def write_golden(library: Path, model: CompactClip, tokenizer: Tokenizer, saes: list[TopKSae]) -> None:
    """Writes ``golden.json`` into an exported library."""
    with (library / "images.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    classes = prompt_embeddings(model, tokenizer, [class_prompt(c) for c in CLASSES])
    prompts = prompt_embeddings(model, tokenizer, PROMPTS)
    scale = float(model.logit_scale.exp())
    pictures = []
    for row in rows[:: max(1, len(rows) // PICTURES)][:PICTURES]:
        pixels = to_input(Image.open(library / "images" / row["file"]))
        embedding = model.encode_image(normalise(pixels[None]))[0]
        pictures.append(
            {
                "file": row["file"],
                "pixels_uint8_sha256": hashlib.sha256(pixels.tobytes()).hexdigest(),
                "embedding": embedding.tolist(),
                "logits_classes": (scale * classes @ embedding).tolist(),
                "sae": {sae.site.name: _strongest(model, sae, normalise(pixels[None])) for sae in saes},
            }
        )
    golden = {
        "logit_scale_exp": scale,
        "classes": CLASSES,
        "prompts": [
            {"text": text, "ids": tokenizer.encode(text), "embedding": row.tolist()}
            for text, row in zip(PROMPTS, prompts)
        ],
        "images": pictures,
    }
    (library / "golden.json").write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")


def _strongest(model: CompactClip, sae: TopKSae, pixels: torch.Tensor) -> dict[str, list]:
    total = sae.encode(model.residual(pixels, sae.site.layer)[0, sae.site.scope]).sum(0)
    top = total.topk(min(STRONGEST, len(total)))
    return {"latents": top.indices.tolist(), "activation": top.values.tolist()}

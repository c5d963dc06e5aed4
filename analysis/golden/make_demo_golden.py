"""Makes the golden values of the demo checkpoint in models/demo.

Usage: python make_demo_golden.py [--out FILE]
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

import torch

from goldenvalues import jsonfile
from goldenvalues.autoencoder import LatentEdit, ReferenceSae, steered_embedding
from goldenvalues.checkpoint import ReferenceClip
from goldenvalues.record import Subject, document

REPOSITORY = Path(__file__).resolve().parents[2]
DEMO = REPOSITORY / "models" / "demo"
SAES = ["sae-cls-L5", "sae-cls-L4", "sae-patch-L3"]
PICTURES = [
    "images/bg_water_09.jpg",
    "images/mark_watermark_01.jpg",
    "images/ref_frog_1.jpg",
    "images/word_03.jpg",
    "images/bg_snow_03.jpg",
    "images/aligned_mark_tag_2.jpg",
]
DEEP = 3
SPELLINGS = [
    "a cat on grass",
    "a photo with a watermark",
    "a photo with the word clock",
    "Two zebras, near the Café!",
    "a small red car in the snow",
]
SMALLEST_GAP = 2e-3
WATER_LATENTS = [989, 573, 363]
EVIDENCE = {"sae-cls-L5": [989, 650, 799], "sae-patch-L3": [449, 503]}
EXAMPLES = 8


def rows() -> list[dict[str, str]]:
    """The picture list of the demo."""
    with (DEMO / "images.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def prompt(name: str) -> str:
    """The class prompt that the demo's accuracy was measured with."""
    return f"a photo of {'an' if name[0] in 'aeiou' else 'a'} {name}"


def ripple(clip: ReferenceClip, classes: list[str], pictures: list[dict[str, str]]) -> dict[str, Any]:
    """What suppressing the latents of water does to pictures that no task asks about."""
    sae = ReferenceSae(DEMO / "sae-cls-L5")
    texts = clip.text_embeddings([prompt(name) for name in classes])
    edits = [LatentEdit(latent, "SUPPRESS", 0.0) for latent in WATER_LATENTS]
    outcomes = []
    for row in pictures:
        pixels = clip.prepare(DEMO / "images" / row["file"]).pixels
        truth = classes.index(row["class"])
        before = clip.logits(clip.image_embedding(pixels), texts).softmax(-1)
        after = clip.logits(steered_embedding(clip, sae, pixels, edits), texts).softmax(-1)
        outcomes.append(
            {
                "picture": f"images/{row['file']}",
                "truth": truth,
                "top_before": int(before.argmax()),
                "top_after": int(after.argmax()),
                "truth_probability_before": before[truth].item(),
                "truth_probability_after": after[truth].item(),
            }
        )
    return {"sae": "sae-cls-L5", "suppressed": WATER_LATENTS, "outcomes": outcomes}


def evidence(clip: ReferenceClip, pictures: list[dict[str, str]]) -> list[dict[str, Any]]:
    """How often and how strongly some latents answer to all pictures of the demo.

    The activation of a latent on a picture is its sum over the tokens in scope.
    """
    found = []
    pixels = [clip.prepare(DEMO / "images" / row["file"]).pixels for row in pictures]
    for folder, latents in EVIDENCE.items():
        sae = ReferenceSae(DEMO / folder)
        sums = torch.stack([sae.encode(clip.residual(p, sae.layer)).sum(0) for p in pixels])
        for latent in latents:
            column = sums[:, latent]
            active = column > 0
            best = column.argsort(descending=True)[:EXAMPLES].tolist()
            found.append(
                {
                    "sae": folder,
                    "latent": latent,
                    "frequency": active.double().mean().item(),
                    "maximum": column.max().item(),
                    "mean_when_active": column[active].mean().item(),
                    "examples": [
                        {"picture": f"images/{pictures[i]['file']}", "activation": column[i].item()} for i in best
                    ],
                }
            )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = REPOSITORY / "src" / "test" / "resources" / "golden" / "demo" / "golden.json"
    parser.add_argument("--out", type=Path, default=default)
    out = parser.parse_args().out
    listed = rows()
    classes = list(dict.fromkeys(row["class"] for row in listed if row["kind"] == "reference"))
    golden = document(
        Subject(
            root=DEMO,
            checkpoint="model",
            saes=SAES,
            pictures=PICTURES,
            prompts=[prompt(name) for name in classes],
            spellings=SPELLINGS,
            deep=DEEP,
            smallest_gap=SMALLEST_GAP,
        )
    )
    clip = ReferenceClip(DEMO / "model")
    golden["ripple"] = ripple(clip, classes, [r for r in listed if r["kind"] in ("reference", "aligned")])
    golden["evidence"] = {"pictures": len(listed), "latents": evidence(clip, listed)}
    jsonfile.write(out, golden)
    out.chmod(0o644)
    print(
        f"{out.name}: {out.stat().st_size / 1000:.0f} kB, largest difference to float32 "
        f"{golden['largest_difference_to_float32']:.2g}"
    )


if __name__ == "__main__":
    main()

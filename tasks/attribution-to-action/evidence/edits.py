"""Measures which edits solve which picture of the demo library, and what they break elsewhere.

For every picture of kind "task" the active latents are ranked by activation times gradient of
logit(predicted) - logit(true). Every set of up to three of the six strongest latents that speak for
the wrong class is suppressed, as are the 1, 2, ... 8 strongest together. An edit repairs a picture if
the true class becomes the first; its ripple is measured on the pictures of the kinds "reference" and
"aligned": right before and wrong after, divided by right before; once over all of them and once over
those that show the wrongly predicted class.

    python edits.py [--library ../../../models/demo] [--sae sae-cls-L5] [--out edits.csv]

Reads a TopK autoencoder on the class token after the last block; needs no GPU and less than a minute.
"""

import argparse
import csv
import itertools
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file
from transformers import CLIPModel, PreTrainedTokenizerFast

MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(3, 1, 1)
STD = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(3, 1, 1)
STRONGEST = 6
LARGEST_SET = 3
LONGEST_PREFIX = 8
RIPPLE_KINDS = ("reference", "aligned")


@dataclass(frozen=True)
class Ripple:
    """Right before, and how many of these are wrong after; over all pictures and in one class."""

    right: int
    broken: int
    right_own: int
    broken_own: int


class Demo:
    """The library's model, cut at the class token after the last block, and its autoencoder."""

    def __init__(self, library: Path, sae: str):
        self.model = CLIPModel.from_pretrained(library / "model").float().eval()
        self.size = self.model.config.vision_config.image_size
        config = json.loads((library / sae / "cfg.json").read_text())
        layers = self.model.config.vision_config.num_hidden_layers
        if config["metadata"]["hook_name"] != f"blocks.{layers - 1}.hook_resid_post":
            raise SystemExit(f"{sae} does not read the output of the last block")
        self.k = config["k"]
        self.weights = load_file(library / sae / "sae_weights.safetensors")
        self.classes, texts = class_prompts(library)
        self.text = self._text_embeddings(library, texts)

    @torch.no_grad()
    def _text_embeddings(self, library: Path, texts: list[str]) -> torch.Tensor:
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(library / "model/tokenizer.json"))
        length = self.model.config.text_config.max_position_embeddings
        end = self.model.config.text_config.eos_token_id
        ids = torch.full((len(texts), length), end)
        for row, text in zip(ids, texts):
            tokens = tokenizer(text).input_ids
            row[: len(tokens)] = torch.tensor(tokens)
        pooled = self.model.text_model(input_ids=ids).pooler_output
        embedding = self.model.text_projection(pooled)
        return embedding / embedding.norm(dim=-1, keepdim=True)

    @torch.no_grad()
    def residual(self, picture: Path) -> torch.Tensor:
        """Class token after the last block, [width]."""
        image = Image.open(picture).convert("RGB")
        scale = self.size / min(image.size)
        image = image.resize([round(side * scale) for side in image.size], Image.BICUBIC)
        left, top = ((side - self.size) // 2 for side in image.size)
        image = image.crop((left, top, left + self.size, top + self.size))
        pixels = torch.from_numpy(np.array(image)).permute(2, 0, 1).float() / 255
        output = self.model.vision_model(((pixels - MEAN) / STD)[None])
        return output.last_hidden_state[0, 0]

    def activations(self, residual: torch.Tensor) -> torch.Tensor:
        """Latents of residuals [..., width], as [..., latents]."""
        pre = (residual - self.weights["b_dec"]) @ self.weights["W_enc"] + self.weights["b_enc"]
        top = pre.topk(self.k, dim=-1)
        return torch.zeros_like(pre).scatter(-1, top.indices, top.values.relu())

    def logits(self, residual: torch.Tensor) -> torch.Tensor:
        """Logits of residuals [..., width], as [..., classes]."""
        embedding = self.model.visual_projection(self.model.vision_model.post_layernorm(residual))
        embedding = embedding / embedding.norm(dim=-1, keepdim=True)
        return self.model.logit_scale.exp() * embedding @ self.text.T

    def attribution(self, residual: torch.Tensor, target: int, contrast: int) -> torch.Tensor:
        """Activation times gradient of logit(target) - logit(contrast), [latents]."""
        residual = residual.clone().requires_grad_(True)
        logits = self.logits(residual)
        (gradient,) = torch.autograd.grad(logits[target] - logits[contrast], residual)
        return (self.activations(residual) * (self.weights["W_dec"] @ gradient)).detach()

    @torch.no_grad()
    def predicted_without(self, residuals: torch.Tensor, latents: tuple[int, ...]) -> torch.Tensor:
        """First class of each residual [pictures, width] when the latents are suppressed."""
        chosen = list(latents)
        removed = self.activations(residuals)[:, chosen] @ self.weights["W_dec"][chosen]
        return self.logits(residuals - removed).argmax(dim=-1)


def class_prompts(library: Path) -> tuple[list[str], list[str]]:
    """Names of the classes and what the model reads for each, as in the library's golden values."""
    golden = json.loads((library / "golden.json").read_text())
    return golden["classes"], golden["class_prompts"]


def candidate_sets(ranked: list[int]) -> list[tuple[int, ...]]:
    """Small sets of the strongest latents, then longer and longer heads of the ranking."""
    small = [
        chosen
        for size in range(1, LARGEST_SET + 1)
        for chosen in itertools.combinations(ranked[:STRONGEST], size)
    ]
    longest = min(LONGEST_PREFIX, len(ranked))
    return small + [tuple(ranked[:size]) for size in range(LARGEST_SET + 1, longest + 1)]


def measure(demo: Demo, library: Path) -> list[dict]:
    rows = list(csv.DictReader((library / "images.csv").open(encoding="utf-8")))
    others = [row for row in rows if row["kind"] in RIPPLE_KINDS]
    residuals = torch.stack([demo.residual(library / "images" / row["file"]) for row in others])
    truths = torch.tensor([demo.classes.index(row["class"]) for row in others])
    right = demo.predicted_without(residuals, ()) == truths
    results = []
    for row in (row for row in rows if row["kind"] == "task"):
        residual = demo.residual(library / "images" / row["file"])
        truth = demo.classes.index(row["class"])
        target = int(demo.predicted_without(residual[None], ())[0])
        scores = demo.attribution(residual, target, truth)
        order = scores.argsort(descending=True)
        ranked = [int(latent) for latent in order if scores[latent] > 0]
        for latents in candidate_sets(ranked):
            after = int(demo.predicted_without(residual[None], latents)[0])
            broken = right & (demo.predicted_without(residuals, latents) != truths)
            own = truths == target
            ripple = Ripple(
                int(right.sum()), int(broken.sum()), int((right & own).sum()), int((broken & own).sum())
            )
            results.append(
                {
                    "file": row["file"],
                    "true": row["class"],
                    "predicted": demo.classes[target],
                    "ranks": " ".join(str(ranked.index(latent) + 1) for latent in latents),
                    "latents": " ".join(map(str, latents)),
                    "scores": " ".join(f"{scores[latent]:.2f}" for latent in latents),
                    "after": demo.classes[after],
                    "repaired": int(after == truth),
                    "right": ripple.right,
                    "broken": ripple.broken,
                    "right_own": ripple.right_own,
                    "broken_own": ripple.broken_own,
                }
            )
    return results


def main() -> None:
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", type=Path, default=here.parents[2] / "models" / "demo")
    parser.add_argument("--sae", default="sae-cls-L5")
    parser.add_argument("--out", type=Path, default=here / "edits.csv")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    results = measure(Demo(arguments.library, arguments.sae), arguments.library)
    with arguments.out.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, fieldnames=list(results[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(results)
    print(f"{len(results)} edits of {len({row['file'] for row in results})} pictures: {arguments.out}")


if __name__ == "__main__":
    main()

"""Stage ``label``: words for latents, from their effect on text similarity and from what their top pictures show."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from compactclip.bench import Bench, prompt_embeddings
from compactclip.facts import BACKGROUNDS, CLASSES, MARKS, WORDS, class_prompt, scene_prompt
from compactclip.model import CompactClip
from compactclip.sae import TopKSae
from compactclip.tokenizer import Tokenizer

TOP_PICTURES, TOP_WORDS = 48, 3


def vocabulary() -> dict[tuple[str, str], str]:
    """The facts that a latent can be named after, each with the prompt that stands for it."""
    words = {("cls", c): class_prompt(c) for c in CLASSES}
    words |= {("bg", b): scene_prompt(b) for b in BACKGROUNDS}
    words |= {("mark", m): f"a photo with a {'watermark' if m == 'watermark' else 'red tag'}" for m in MARKS}
    words |= {("word", w): f"a photo with the word {w}" for w in WORDS}
    return words


def label(work: Path, model: CompactClip, tokenizer: Tokenizer, sae: TopKSae, folder: Path, limit: int) -> None:
    """Writes ``labels.json`` for the ``limit`` latents with the most activation, most first."""
    bench = Bench(work, model, tokenizer, sae)
    names = vocabulary()
    texts = prompt_embeddings(model, tokenizer, list(names.values()))
    texts = texts - texts.mean(0)
    shown = np.array([[_shows(p.facts, kind, value) for kind, value in names] for p in bench.pictures], float)
    mass = bench.strength.sum(0)
    order = [j for j in mass.argsort(descending=True).tolist() if mass[j] > 0]
    rows = [_describe(bench, j, list(names), texts, shown) for j in order[:limit]]
    (folder / "labels.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _shows(facts: object, kind: str, value: str) -> bool:
    attribute = {"cls": "label", "bg": "background", "mark": "mark", "word": "word"}[kind]
    return getattr(facts, attribute) == value


def _describe(
    bench: Bench, latent: int, names: list[tuple[str, str]], texts: Tensor, shown: np.ndarray
) -> dict[str, object]:
    column = bench.strength[:, latent]
    top = column.topk(min(TOP_PICTURES, len(column))).indices
    top = top[column[top] > 0]
    gain = _gain(bench, latent, top, texts)
    words = gain.argsort(descending=True)[:TOP_WORDS].tolist()
    share, usual = shown[top.numpy()].mean(0), shown.mean(0)
    surprise = (share - usual) / np.sqrt(np.maximum(usual * (1 - usual), 1e-9) / len(top))
    facts = np.argsort(-surprise)[:TOP_WORDS]
    strongest = names[facts[0]]
    return {
        "latent": latent,
        "freq": float((column > 0).float().mean()),
        "mean_act": float(column[column > 0].mean()),
        "words": [" ".join(names[i]) for i in words],
        "effects": [round(float(gain[i]), 3) for i in words],
        "facts": [f"{' '.join(names[i])} {share[i]:.2f}" for i in facts],
        "agree_top1": strongest == names[words[0]],
        "agree": strongest[1] in [names[i][1] for i in words],
        "purity": float(share[facts[0]]),
    }


@torch.no_grad()
def _gain(bench: Bench, latent: int, index: Tensor, texts: Tensor) -> Tensor:
    """How much the latent adds to the similarity with each text, on average over its top pictures."""
    layer, scope = bench.sae.site.layer, bench.sae.site.scope
    with_latent = bench.residual[index]
    without = with_latent.clone()
    without[:, scope] += bench.scaled([latent], 0.0)(bench.activations(index))
    change = bench.model.finish(with_latent, layer) - bench.model.finish(without, layer)
    return (change @ texts.T).mean(0)

"""Stage ``export``: lays out the model library: checkpoint, autoencoders, chosen pictures and images.csv."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np
import torch

from compactclip.bench import Bench
from compactclip.cutouts import drawings
from compactclip.evaluate import chosen_latents, fooled_pictures
from compactclip.facts import CLASSES, full_caption
from compactclip.model import CompactClip
from compactclip.sae import TopKSae
from compactclip.sampling import shortcuts
from compactclip.tokenizer import Tokenizer

TASKS, REPAIRABLE, TWINS, ALIGNED, REFERENCES = 10, 7, 5, 3, 3
COLUMNS = (
    "file", "kind", "shortcut", "class", "background", "mark", "word", "split", "held_out_cutout", "predicted",
    "correct", "p_true", "p_predicted", "twin", "caption", "shortcut_latents", "fixed_top1_a0", "fixed_all_a0",
    "fixed_all_a-1", "cutout", "cutout_source",
)  # fmt: skip


class Exporter:
    """Copies pictures and remembers their rows."""

    def __init__(self, work: Path, bench: Bench, latents: dict[str, list[int]]) -> None:
        self._work, self._bench, self._latents = work, bench, latents
        self._sources = {d.name: d.source for d in drawings()}
        self._folder = work / "demo" / "images"
        self._folder.mkdir(parents=True)
        self.rows: list[dict[str, object]] = []

    def repaired(self, index: int, latents: list[int], factor: float) -> bool:
        """Whether one picture is right once some latents are multiplied."""
        one = torch.tensor([index])
        logits = self._bench.edited_logits(one, self._bench.scaled(latents, factor))
        return int(logits.argmax()) == int(self._bench.truth[index])

    def put(self, index: int, kind: str, shortcut: str, file: str, twin: str = "") -> None:
        """Copies one picture and adds its row."""
        picture, bench = self._bench.pictures[index], self._bench
        facts = picture.facts
        shutil.copyfile(self._work / "test" / picture.file, self._folder / file)
        chance = bench.logits[index].softmax(0)
        row: dict[str, object] = dict.fromkeys(COLUMNS, "")
        row |= {
            "file": file,
            "kind": kind,
            "shortcut": shortcut,
            "class": facts.label,
            "background": facts.background,
            "mark": facts.mark or "",
            "word": facts.word or "",
            "split": picture.split,
            "held_out_cutout": int(facts.held_out),
            "predicted": CLASSES[int(bench.predicted[index])],
            "correct": int(bench.right[index]),
            "p_true": round(float(chance[bench.truth[index]]), 4),
            "p_predicted": round(float(chance.max()), 4),
            "twin": twin,
            "caption": full_caption(facts),
            "cutout": f"{facts.drawing}.png",
            "cutout_source": self._sources[facts.drawing],
        }
        latents = self._latents.get(shortcut, [])
        if kind == "task" and latents:
            row |= {
                "shortcut_latents": " ".join(map(str, latents)),
                "fixed_top1_a0": int(self.repaired(index, latents[:1], 0.0)),
                "fixed_all_a0": int(self.repaired(index, latents, 0.0)),
                "fixed_all_a-1": int(self.repaired(index, latents, -1.0)),
            }
        self.rows.append(row)


def export(work: Path, model: CompactClip, tokenizer: Tokenizer, saes: list[TopKSae], seed: int) -> int:
    """Writes ``demo/`` and returns the number of pictures. The first autoencoder decides which tasks are repairable.

    Seven of ten tasks per cause are chosen because suppressing the cause's latents repairs them and three
    because it does not: figures about all pictures are in the reports, not in this selection.
    """
    target = work / "demo"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(work / "model", target / "model")
    for sae in saes:
        shutil.copytree(work / "saes" / sae.site.name, target / sae.site.name)
    bench = Bench(work, model, tokenizer, saes[0])
    latents = chosen_latents(work, saes[0].site.name)
    exporter = Exporter(work, bench, latents)
    rng = np.random.default_rng([seed, 6])
    for name, owner in shortcuts().items():
        _export_tasks(exporter, bench, name, owner, latents[name], rng)
        aligned = bench.where(f"aligned_{name}")
        for number, index in enumerate(aligned[bench.right[aligned]].tolist()[:ALIGNED]):
            exporter.put(index, "aligned", name, f"aligned_{name}_{number}.jpg")
    for label in CLASSES:
        for number, index in enumerate(_references(bench, label, rng)):
            exporter.put(index, "reference", "", f"ref_{label}_{number}.jpg")
    with (target / "images.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(exporter.rows)
    return len(exporter.rows)


def _export_tasks(
    exporter: Exporter, bench: Bench, name: str, owner: str | None, latents: list[int], rng: np.random.Generator
) -> None:
    fooled, taken_for = fooled_pictures(bench, name, owner)
    candidates = fooled.tolist()
    if owner is None:
        candidates = [i for i, c in zip(candidates, taken_for.tolist()) if CLASSES[c] == bench.pictures[i].facts.word]
    rng.shuffle(candidates)
    factor = -1.0 if owner is None else 0.0
    repaired = {i: bool(latents) and exporter.repaired(i, latents, factor) for i in candidates}
    chosen = _spread(bench, [i for i in candidates if repaired[i]], REPAIRABLE)
    chosen += _spread(bench, [i for i in candidates if not repaired[i]], TASKS - len(chosen))
    index, twins = bench.twins(f"conflict_{name}")
    twin_of = dict(zip(index.tolist(), twins.tolist()))
    for number, picture in enumerate(chosen):
        twin = f"{name}_{number:02d}_twin.jpg" if number < TWINS else ""
        if twin:
            exporter.put(twin_of[picture], "twin", name, twin)
        exporter.put(picture, "task", name, f"{name}_{number:02d}.jpg", twin)


def _spread(bench: Bench, candidates: list[int], wanted: int) -> list[int]:
    """Takes candidates so that no class is taken again before the others had their turn."""
    turn: dict[int, int] = {}
    turns = []
    for index in candidates:
        label = int(bench.truth[index])
        turns.append((turn.get(label, 0), index))
        turn[label] = turn.get(label, 0) + 1
    return [index for _, index in sorted(turns, key=lambda t: t[0])[:wanted]]


def _references(bench: Bench, label: str, rng: np.random.Generator) -> list[int]:
    """Right pictures of a class without any cause: one of a held-out drawing if there is one, then others."""
    chosen: list[int] = []
    for split, wanted in (("clean_held", 1), ("clean_seen", REFERENCES)):
        index = bench.where(split)
        fitting = index[bench.right[index] & (bench.truth[index] == CLASSES.index(label))].tolist()
        rng.shuffle(fitting)
        chosen += fitting[:wanted]
    return chosen[:REFERENCES]

"""Stage ``evaluate``: zero-shot accuracy per split, and whether the planted causes can be found and removed.

Latents are chosen on one half of the pictures that fall for a cause and judged on the other half.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from compactclip.activations import BATCH
from compactclip.bench import Bench, auroc
from compactclip.facts import CLASSES
from compactclip.model import CompactClip
from compactclip.sae import TopKSae
from compactclip.sampling import shortcuts
from compactclip.tokenizer import Tokenizer

CANDIDATES, CHOSEN = 12, 3
SMALLEST_AUROC = 0.6
FEWEST_FOOLED = 4
FACTORS = (0.0, -1.0)
AMPLIFIED = (1.0, 2.0, 4.0)
CONTROL_DRAWS = 10
COMPARED_PICTURES = 40


def evaluate(work: Path, model: CompactClip, tokenizer: Tokenizer, saes: list[TopKSae]) -> None:
    """Writes ``reports/zero_shot.json`` and one ``reports/<site>.json`` per autoencoder."""
    folder = work / "reports"
    folder.mkdir(exist_ok=True)
    for number, sae in enumerate(saes):
        bench = Bench(work, model, tokenizer, sae)
        if number == 0:
            _write_json(folder / "zero_shot.json", zero_shot(bench))
        found = {name: judge(bench, name, owner) for name, owner in shortcuts().items()}
        _write_json(folder / f"{sae.site.name}.json", found)


def chosen_latents(work: Path, site_name: str) -> dict[str, list[int]]:
    """The latents that evaluate found for each planted cause; empty where too few pictures fell for it."""
    path = work / "reports" / f"{site_name}.json"
    if not path.is_file():
        raise FileNotFoundError(f"no report on {site_name}; run the stage 'evaluate' first")
    report = json.loads(path.read_text(encoding="utf-8"))
    return {name: entry.get("latents", []) for name, entry in report.items()}


def zero_shot(bench: Bench) -> dict[str, object]:
    """Accuracy per split (all, drawings trained on, drawings held out) and per class."""
    held = torch.tensor([p.facts.held_out for p in bench.pictures])
    right = bench.right.float()

    def share(mask: Tensor) -> float | None:
        return float(right[mask].mean()) if mask.any() else None

    splits = {}
    for name in sorted(set(bench.split.tolist())):
        here = torch.from_numpy(bench.split == name)
        splits[name] = {
            "n": int(here.sum()),
            "accuracy": share(here),
            "seen": share(here & ~held),
            "held_out": share(here & held),
        }
    seen = torch.from_numpy(bench.split == "clean_seen")
    return {"splits": splits, "classes": {c: share(seen & (bench.truth == i)) for i, c in enumerate(CLASSES)}}


def fooled_pictures(bench: Bench, name: str, owner: str | None) -> tuple[Tensor, Tensor]:
    """Pictures that are right without the cause and, with it, taken for the cause's class.

    Returns their indices and the class that each was taken for. A word counts as having fooled whenever
    the picture turns wrong, whatever class it turns to.
    """
    index, twins = bench.twins(f"conflict_{name}")
    wrong = ~bench.right[index] if owner is None else bench.predicted[index] == CLASSES.index(owner)
    fooled = index[wrong & bench.right[twins]]
    return fooled, bench.predicted[fooled]


def judge(bench: Bench, name: str, owner: str | None) -> dict[str, object]:
    """All figures on one planted cause."""
    index, twins = bench.twins(f"conflict_{name}")
    fooled, target = fooled_pictures(bench, name, owner)
    report: dict[str, object] = {"conflict": len(index), "fooled": len(fooled)}
    if len(fooled) < FEWEST_FOOLED:
        return report
    order = torch.from_numpy(np.random.default_rng(1).permutation(len(fooled)))
    discovery, judged = order[: len(fooled) // 2], order[len(fooled) // 2 :]
    mean = bench.attribution(fooled[discovery], target[discovery]).mean(0)
    ranked = mean.argsort(descending=True)
    separation = auroc(bench.strength[index], bench.strength[twins])
    rises = bench.strength[index].mean(0) > bench.strength[twins].mean(0)
    latents = [j for j in ranked[:CANDIDATES].tolist() if separation[j] > SMALLEST_AUROC and rises[j]][:CHOSEN]
    latents = latents or ranked[:1].tolist()
    report["latents"] = latents
    report["attribution"] = [float(mean[j]) for j in latents]
    report["auroc"] = [float(separation[j]) for j in latents]
    groups = {
        "fooled": fooled[judged],
        "conflict": index,
        "twin": twins,
        "clean": bench.clean(),
        "aligned": bench.where(f"aligned_{name}"),
    }
    report["accuracy"] = {"before": {g: bench.accuracy(i) for g, i in groups.items()}}
    for label, edited in (("first", latents[:1]), ("all", latents)):
        for factor in FACTORS:
            delta = bench.scaled(edited, factor)
            report["accuracy"][f"{label}, factor {factor:g}"] = {g: bench.accuracy(i, delta) for g, i in groups.items()}
    report["controls"] = _controls(bench, fooled[judged], latents)
    if owner is not None:
        report["amplified"] = _amplified(bench, index, latents, CLASSES.index(owner))
    report["pearson_with_ablation"] = _agreement(bench, fooled[:COMPARED_PICTURES], target[:COMPARED_PICTURES])
    return report


def _controls(bench: Bench, index: Tensor, latents: list[int]) -> dict[str, float | None]:
    """Accuracy after random changes: a direction as long as the edit, and other latents that are often active."""
    generator = torch.Generator().manual_seed(0)
    rng = np.random.default_rng(0)
    direction = bench.random_direction(bench.scaled(latents, 0.0), generator)
    often = ((bench.strength[index] > 0).float().mean(0) > 0.1).nonzero().flatten().tolist()
    others = [j for j in often if j not in latents]
    results: dict[str, float | None] = {
        "random direction": float(np.mean([bench.accuracy(index, direction) for _ in range(CONTROL_DRAWS)]))
    }
    if len(others) >= CHOSEN:
        draws = [rng.choice(others, CHOSEN, replace=False).tolist() for _ in range(CONTROL_DRAWS)]
        results["other latents"] = float(np.mean([bench.accuracy(index, bench.scaled(d, 0.0)) for d in draws]))
    return results


def _amplified(bench: Bench, index: Tensor, latents: list[int], owner: int) -> dict[str, float]:
    """Share of clean, right pictures of other classes that turn into the cause's class, by dose.

    The dose is a multiple of the latents' mean (over tokens and pictures) where the cause is present.
    """
    clean = bench.clean()
    clean = clean[bench.right[clean] & (bench.truth[clean] != owner)]
    if len(clean) == 0:
        return {}
    usual = torch.cat([bench.activations(part)[..., latents].mean(1) for part in index.split(BATCH)]).mean(0)
    return {
        f"{c:g}": float((bench.edited_logits(clean, bench.fixed(latents, c * usual)).argmax(1) == owner).float().mean())
        for c in AMPLIFIED
    }


def _agreement(bench: Bench, index: Tensor, target: Tensor) -> float:
    """Mean correlation, over pictures, of a latent's attribution with the effect of removing it alone."""
    attribution = bench.attribution(index, target)
    correlations = []
    for row, (picture, aim) in enumerate(zip(index.tolist(), target.tolist())):
        one = torch.tensor([picture])
        active = (bench.activations(one)[0].amax(0) > 0).nonzero().flatten().tolist()
        if len(active) < 3:
            continue
        truth = int(bench.truth[picture])
        margins = [bench.logits[one], *(bench.edited_logits(one, bench.scaled([j], 0.0)) for j in active)]
        before, *after = [float(logits[0, aim] - logits[0, truth]) for logits in margins]
        effects = [before - margin for margin in after]
        correlations.append(np.corrcoef(attribution[row, active].numpy(), effects)[0, 1])
    return float(np.nanmean(correlations)) if correlations else float("nan")


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")

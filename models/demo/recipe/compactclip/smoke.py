"""Checks what a run left behind: every file there and readable, shapes right, learning visible."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

from PIL import Image

from compactclip import checkpoint, safetensors_file
from compactclip.render import IMAGE_SIZE, load_splits, load_training
from compactclip.sae import TopKSae
from compactclip.settings import Settings
from compactclip.tokenizer import Tokenizer


class SmokeFailure(Exception):
    """A run finished but did not leave what it should."""


def check(work: Path, settings: Settings) -> list[str]:
    """Checks a finished run and returns what was found, one line each.

    Raises:
        SmokeFailure: with the first thing that is not as it should be.
    """
    return [
        _check_pictures(work, settings),
        _check_training(work),
        _check_checkpoint(work, settings),
        *(_check_sae(work, settings, site.name) for site in settings.sites),
        _check_reports(work, settings),
        _check_library(work),
    ]


def _check_pictures(work: Path, settings: Settings) -> str:
    data = load_training(work)
    _require(
        data.pictures.shape == (settings.pictures, IMAGE_SIZE, IMAGE_SIZE, 3), "training pictures have the wrong shape"
    )
    _require(data.pictures.std() > 10, "training pictures are flat")
    covered = data.coverage.reshape(settings.pictures, -1).max(1)
    shows_object = [f.label is not None for f in data.facts]
    _require(all((c > 0) == s for c, s in zip(covered, shows_object)), "coverage does not fit the facts")
    listed, pixels = load_splits(work)
    _require(len(listed) == len(pixels) > 0, "no test pictures")
    return f"{settings.pictures} training pictures, {len(listed)} test pictures"


def _check_training(work: Path) -> str:
    report = json.loads((work / "reports" / "training.json").read_text(encoding="utf-8"))
    first, last = report["first_loss"], report["last_loss"]
    _require(math.isfinite(last) and last < first, f"the loss did not fall: {first:.3f} -> {last:.3f}")
    return f"loss fell from {first:.3f} to {last:.3f} in {report['steps']} steps"


def _check_checkpoint(work: Path, settings: Settings) -> str:
    folder = work / "demo" / "model"
    loaded = checkpoint.load(folder)
    _require(loaded.shape.vision == settings.vision, "the exported vision tower has another size")
    tokenizer = Tokenizer.load(folder)
    _require(loaded.shape.vocabulary == tokenizer.size, "vocabulary and token embedding differ in size")
    tensors = safetensors_file.read(folder / "model.safetensors")
    _require(
        all(bool(t.isfinite().all()) for t in tensors.values()), "the checkpoint holds numbers that are not finite"
    )
    return f"checkpoint readable, {len(tensors)} tensors, {tokenizer.size} tokens"


def _check_sae(work: Path, settings: Settings, name: str) -> str:
    folder = work / "demo" / name
    sae = TopKSae.load(folder)
    expected = (settings.sae.latents, settings.vision.width)
    _require(tuple(sae.w_dec.shape) == expected, f"{name}: decoder is {tuple(sae.w_dec.shape)}, expected {expected}")
    _require(bool((sae.w_dec.norm(dim=1) - 1).abs().max() < 1e-4), f"{name}: decoder rows are not unit vectors")
    report = json.loads((folder / "train_report.json").read_text(encoding="utf-8"))
    explained = report["test"]["explained_variance"]
    _require(0 < explained <= 1, f"{name}: explained variance {explained}")
    return f"{name} explains {explained:.3f} of unseen variance"


def _check_reports(work: Path, settings: Settings) -> str:
    splits = json.loads((work / "reports" / "zero_shot.json").read_text(encoding="utf-8"))["splits"]
    judged = 0
    for site in settings.sites:
        report = json.loads((work / "reports" / f"{site.name}.json").read_text(encoding="utf-8"))
        judged += sum("latents" in entry for entry in report.values())
    _require(judged > 0, "no picture fell for a planted cause, so none was judged")
    clean = splits["clean_seen"]
    accuracy = f"{clean['accuracy']:.3f} on {clean['n']} pictures"
    return f"{judged} planted causes judged; clean accuracy {accuracy} (a toy: not meant to be good)"


def _check_library(work: Path) -> str:
    library = work / "demo"
    with (library / "images.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    _require(len(rows) > 0, "images.csv lists no picture")
    for row in rows:
        with Image.open(library / "images" / row["file"]) as picture:
            picture.load()
    files = {path.name for path in (library / "images").iterdir()}
    _require(files == {row["file"] for row in rows}, "images.csv and images/ differ")
    golden = json.loads((library / "golden.json").read_text(encoding="utf-8"))
    _require(len(golden["images"]) > 0, "golden.json holds no picture")
    return f"library with {len(rows)} pictures"


def _require(held: bool, otherwise: str) -> None:
    if not held:
        raise SmokeFailure(otherwise)

"""Stage ``render``: paints backgrounds and writes the training pictures and the test splits."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from compactclip.backgrounds import load_bank, make_bank
from compactclip.compose import GRID, Library, compose
from compactclip.cutouts import by_class, load_cutouts
from compactclip.facts import Facts
from compactclip.sampling import Counts, Planned, split_plan, training_facts

IMAGE_SIZE = 64
JPEG_QUALITY = 90
_TRAINING, _TEST = 2, 3


@dataclass(frozen=True)
class RenderPlan:
    """How much to render, and from which seed."""

    pictures: int
    backgrounds: int
    test_backgrounds: int
    counts: Counts
    seed: int
    workers: int


@dataclass(frozen=True)
class TrainingSet:
    """Pictures uint8 [n, 64, 64, 3], object coverage uint8 [n, GRID, GRID] in percent, and the facts."""

    pictures: np.ndarray
    coverage: np.ndarray
    facts: list[Facts]


@dataclass(frozen=True)
class SplitPicture:
    """One picture of the test splits: where it is, what it shows, and the number it shares with its twin."""

    file: str
    split: str
    pair: int
    facts: Facts


def training_picture(
    index: int, seed: int, trained: dict[str, list[str]], library: Library
) -> tuple[Facts, np.ndarray, np.ndarray]:
    """Training picture ``index``: a pure function of its arguments, whatever process renders it."""
    rng = np.random.default_rng([seed, _TRAINING, index])
    facts = training_facts(rng, trained)
    picture, coverage = compose(facts, library, rng)
    return facts, to_input(picture), coverage


def split_picture(planned: Planned, seed: int, library: Library) -> bytes:
    """A test picture as JPEG bytes."""
    picture, _ = compose(planned.facts, library, np.random.default_rng([seed, _TEST, planned.pair]))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return buffer.getvalue()


def to_input(picture: Image.Image) -> np.ndarray:
    """What the model sees of a square picture: uint8 [64, 64, 3]."""
    return np.asarray(picture.convert("RGB").resize((IMAGE_SIZE, IMAGE_SIZE), Image.Resampling.BICUBIC))


def render(work: Path, plan: RenderPlan) -> None:
    """Writes ``backgrounds/*.npz``, ``train.npz``, ``train_facts.json``, ``test/*.jpg`` and ``test.json``."""
    make_bank(work / "backgrounds" / "train.npz", plan.seed, plan.backgrounds)
    make_bank(work / "backgrounds" / "test.npz", plan.seed + 1, plan.test_backgrounds)
    names = {path.stem for path in (work / "cutouts").glob("*.png")}
    trained, held_out = by_class(names, held_out=False), by_class(names, held_out=True)

    with _pool(plan.workers, work, "train", plan.seed) as pool:
        jobs = [(index, trained) for index in range(plan.pictures)]
        made = list(pool.map(_render_training, jobs, chunksize=64))
    np.savez(
        work / "train.npz",
        pictures=np.stack([picture for _, picture, _ in made]),
        coverage=np.stack([coverage for _, _, coverage in made]).reshape(-1, GRID, GRID),
    )
    _write_json(work / "train_facts.json", [asdict(facts) for facts, _, _ in made])

    planned = split_plan(plan.seed, plan.counts, trained, held_out)
    folder = work / "test"
    folder.mkdir(exist_ok=True)
    listed = []
    with _pool(plan.workers, work, "test", plan.seed) as pool:
        for number, (item, data) in enumerate(zip(planned, pool.map(_render_split, planned, chunksize=64))):
            name = f"{number:05d}.jpg"
            (folder / name).write_bytes(data)
            listed.append({"file": name, "split": item.split, "pair": item.pair, "facts": asdict(item.facts)})
    _write_json(work / "test.json", listed)


def load_training(work: Path) -> TrainingSet:
    """The training pictures of a work folder."""
    with np.load(_required(work / "train.npz")) as stored:
        pictures, coverage = stored["pictures"], stored["coverage"]
    facts = [Facts(**f) for f in json.loads((work / "train_facts.json").read_text(encoding="utf-8"))]
    return TrainingSet(pictures, coverage, facts)


def load_splits(work: Path) -> tuple[list[SplitPicture], np.ndarray]:
    """The test pictures of a work folder and their pixels uint8 [n, 64, 64, 3]."""
    listed = json.loads(_required(work / "test.json").read_text(encoding="utf-8"))
    found = [SplitPicture(t["file"], t["split"], t["pair"], Facts(**t["facts"])) for t in listed]
    return found, np.stack([to_input(Image.open(work / "test" / test.file)) for test in found])


class _Worker:
    """What a rendering process keeps between pictures."""

    library: Library
    seed: int


def _start_worker(work: Path, bank: str, seed: int) -> None:
    _Worker.library = Library(load_bank(work / "backgrounds" / f"{bank}.npz"), load_cutouts(work / "cutouts"))
    _Worker.seed = seed


def _render_training(job: tuple[int, dict[str, list[str]]]) -> tuple[Facts, np.ndarray, np.ndarray]:
    index, trained = job
    return training_picture(index, _Worker.seed, trained, _Worker.library)


def _render_split(planned: Planned) -> bytes:
    return split_picture(planned, _Worker.seed, _Worker.library)


@contextmanager
def _pool(workers: int, work: Path, bank: str, seed: int) -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(work, bank, seed)) as pool:
        yield pool


def _required(path: Path) -> Path:
    if not path.is_file():
        raise FileNotFoundError(f"{path.name} is not in the work folder; run the stage 'render' first")
    return path


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")

"""Object cut-outs from the public-domain drawings of Debian's openclipart-png."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from PIL import Image

LONGEST_SIDE = 240
OPAQUE = 20
"""Alpha above which a pixel belongs to the object."""


@dataclass(frozen=True)
class Drawing:
    """One line of cutouts.csv: which file of the package shows which class."""

    label: str
    name: str
    source: str
    held_out: bool
    keep_top: float


def drawings() -> list[Drawing]:
    """The picked drawings, in the order of the classes."""
    text = resources.files(__package__).joinpath("cutouts.csv").read_text(encoding="utf-8")
    return [
        Drawing(
            label=row["class"],
            name=row["drawing"],
            source=row["source"],
            held_out=row["held_out"] == "1",
            keep_top=float(row["keep_top"]),
        )
        for row in csv.DictReader(text.splitlines())
    ]


def cut(picture: Image.Image, keep_top: float) -> Image.Image:
    """Crops a transparent drawing to its object and brings its longest side to LONGEST_SIDE pixels."""
    picture = picture.convert("RGBA")
    if keep_top < 1:
        picture = picture.crop((0, 0, picture.width, int(picture.height * keep_top)))
    solid = picture.getchannel("A").point(lambda alpha: 255 if alpha > OPAQUE else 0)
    box = solid.getbbox()
    if box is None:
        raise ValueError("the drawing is fully transparent")
    picture = picture.crop(box)
    factor = LONGEST_SIDE / max(picture.size)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.LANCZOS if factor < 1 else Image.Resampling.BICUBIC)


def make_cutouts(package: Path, folder: Path, per_class: int | None = None) -> int:
    """Writes one PNG per picked drawing and returns how many.

    Args:
        package: the folder of the package that holds the PNG files.
        folder: where to write.
        per_class: at most this many per class and half (trained on, held out); None for all.

    Raises:
        FileNotFoundError: if drawings are missing, naming the first.
    """
    wanted = _first_of_each(drawings(), per_class)
    missing = [d.source for d in wanted if not (package / d.source).is_file()]
    if missing:
        raise FileNotFoundError(
            f"{len(missing)} drawings are not in {package} (first: {missing[0]}); "
            "install Debian's openclipart-png or name its PNG folder with --openclipart"
        )
    folder.mkdir(parents=True, exist_ok=True)
    Image.MAX_IMAGE_PIXELS = None
    for drawing in wanted:
        with Image.open(package / drawing.source) as picture:
            cut(picture, drawing.keep_top).save(folder / f"{drawing.name}.png")
    return len(wanted)


def load_cutouts(folder: Path) -> dict[str, Image.Image]:
    """The cut-outs of a work folder by drawing name."""
    found = {path.stem: Image.open(path).convert("RGBA") for path in sorted(folder.glob("*.png"))}
    if not found:
        raise FileNotFoundError(f"no cut-outs in {folder}; run the stage 'cutouts' first")
    return found


def by_class(names: set[str], held_out: bool) -> dict[str, list[str]]:
    """The available drawings of each class, those kept out of training or the others."""
    chosen: dict[str, list[str]] = {}
    for drawing in drawings():
        if drawing.name in names and drawing.held_out == held_out:
            chosen.setdefault(drawing.label, []).append(drawing.name)
    return chosen


def _first_of_each(listed: list[Drawing], per_class: int | None) -> list[Drawing]:
    taken: dict[tuple[str, bool], int] = {}
    kept = []
    for drawing in listed:
        key = (drawing.label, drawing.held_out)
        taken[key] = taken.get(key, 0) + 1
        if per_class is None or taken[key] <= per_class:
            kept.append(drawing)
    return kept

"""Test pictures that ask something of a decoder and a resizer: shapes, colour types, transparency."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image


def _scene(width: int, height: int, seed: int) -> np.ndarray:
    """Smooth colours with sharp edges and a little grain, uint8 [height, width, 3]."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    channels = []
    for _ in range(3):
        a, b, phase = random.uniform(0.03, 0.25, 2).tolist() + [random.uniform(0, 6.28)]
        channels.append(127 + 90 * np.sin(a * x + b * y + phase))
    scene = np.stack(channels, -1)
    for _ in range(3):
        left, top = random.integers(0, max(1, width - 8)), random.integers(0, max(1, height - 8))
        right, bottom = left + random.integers(5, 5 + width // 2), top + random.integers(5, 5 + height // 2)
        scene[top:bottom, left:right] = random.integers(0, 256, 3)
    return np.clip(scene + random.normal(0, 6, scene.shape), 0, 255).astype(np.uint8)


def write_pictures(folder: Path, seed: int) -> list[str]:
    """Writes the pictures and returns their paths relative to the folder above ``folder``.

    Order matters: the first three get autoencoder cases.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pictures: dict[str, Image.Image] = {
        "wide.png": Image.fromarray(_scene(131, 75, seed)),
        "tall.jpg": Image.fromarray(_scene(70, 117, seed + 1)),
        "see-through.png": _see_through(90, 64, seed + 2),
        "grey.png": Image.fromarray(_scene(81, 81, seed + 3)).convert("L"),
        "palette.png": Image.fromarray(_scene(77, 60, seed + 4)).quantize(24),
        "tiny.png": Image.fromarray(_scene(23, 31, seed + 5)),
        "grey.jpg": Image.fromarray(_scene(64, 96, seed + 6)).convert("L"),
    }
    for name, picture in pictures.items():
        options = {"quality": 88, "subsampling": "4:2:0"} if name == "tall.jpg" else {}
        picture.save(folder / name, **options)
    return [f"{folder.name}/{name}" for name in pictures]


def _see_through(width: int, height: int, seed: int) -> Image.Image:
    """An RGBA picture whose transparent parts hold colours that only show when alpha is dropped."""
    scene = _scene(width, height, seed)
    alpha = np.tile(np.linspace(0, 255, width).astype(np.uint8), (height, 1))
    return Image.fromarray(np.dstack([scene, alpha]))

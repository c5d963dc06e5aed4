"""Building blocks of the painted backgrounds: smooth noise, blends, jittered colours, horizons."""

from __future__ import annotations

import numpy as np
from PIL import Image

CANVAS = 288
"""Side of a background; larger than a picture, which takes a window of it."""

Colour = tuple[float, float, float]


def noise(rng: np.random.Generator, rows: int, columns: int, height: int = CANVAS, width: int = CANVAS) -> np.ndarray:
    """A random grid of rows x columns, enlarged smoothly to [height, width], about 0 to 1."""
    grid = rng.random((max(2, rows), max(2, columns)), dtype=np.float32)
    return np.asarray(Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC))


def clouds(rng: np.random.Generator, rows: int, columns: int, octaves: int = 5, gain: float = 0.55) -> np.ndarray:
    """Sum of ever finer and fainter noise, stretched to 0..1; [CANVAS, CANVAS]."""
    total = np.zeros((CANVAS, CANVAS), np.float32)
    strength = 1.0
    for octave in range(octaves):
        finer = 2**octave
        total += strength * noise(rng, min(CANVAS, rows * finer), min(CANVAS, columns * finer))
        strength *= gain
    return (total - total.min()) / (np.ptp(total) + 1e-6)


def blend(first: np.ndarray | Colour, second: np.ndarray | Colour, share: np.ndarray) -> np.ndarray:
    """Mixes two colours (or pictures) by a share per pixel: 0 is the first, 1 the second."""
    share = share[..., None]
    return np.asarray(first, np.float32) * (1 - share) + np.asarray(second, np.float32) * share


def near(rng: np.random.Generator, colour: Colour, spread: float = 14) -> np.ndarray:
    """A colour close to the given one: a shift of hue and, half as strong, of brightness."""
    shift = rng.normal(0, spread, 3) + rng.normal(0, spread / 2)
    return np.clip(np.asarray(colour, np.float32) + shift, 0, 255).astype(np.float32)


def ink(rng: np.random.Generator, colour: Colour, spread: float) -> tuple[int, int, int]:
    """Like near, as a colour that Pillow draws with."""
    red, green, blue = near(rng, colour, spread).astype(int)
    return int(red), int(green), int(blue)


def downwards() -> np.ndarray:
    """0 at the top edge to 1 at the bottom; [CANVAS, CANVAS]."""
    return np.repeat(np.linspace(0, 1, CANVAS, dtype=np.float32)[:, None], CANVAS, 1)


def to_picture(pixels: np.ndarray) -> Image.Image:
    """Float pixels as an RGB picture."""
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def to_pixels(picture: Image.Image) -> np.ndarray:
    """An RGB picture as float pixels that may be written to."""
    return np.array(picture, np.float32)


def below_horizon(
    rng: np.random.Generator, sky: np.ndarray, ground: np.ndarray, low: float, high: float, chance: float
) -> np.ndarray:
    """Puts a band of sky above the ground, with an uneven line between; sometimes there is none."""
    if rng.random() > chance:
        return ground
    height = int(CANVAS * rng.uniform(low, high))
    line = height + (noise(rng, 2, 6, 1, CANVAS)[0] - 0.5) * rng.uniform(0, 14)
    rows = np.arange(CANVAS, dtype=np.float32)[:, None]
    share = np.clip((rows - line[None]) / 2 + 0.5, 0, 1)
    squeezed = np.zeros_like(ground)
    band = to_pixels(to_picture(sky).resize((CANVAS, height + 12)))
    squeezed[: height + 12] = band[:CANVAS]
    return blend(squeezed, ground, share)

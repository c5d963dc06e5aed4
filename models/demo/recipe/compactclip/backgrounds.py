"""Nine kinds of painted background. Each painter is a pure function of its random generator."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from compactclip.facts import BACKGROUNDS
from compactclip.texture import (
    CANVAS,
    below_horizon,
    blend,
    clouds,
    downwards,
    ink,
    near,
    noise,
    to_picture,
    to_pixels,
)

Painter = Callable[[np.random.Generator], np.ndarray]


def sky(rng: np.random.Generator) -> np.ndarray:
    """Blue that pales towards the bottom, with shaded clouds."""
    blue = blend(near(rng, (70, 130, 205), 18), near(rng, (185, 215, 240), 10), downwards())
    shape = clouds(rng, int(rng.integers(3, 6)), int(rng.integers(2, 5)), octaves=6)
    cover = np.clip((shape - rng.uniform(0.42, 0.60)) * 4, 0, 1) * 0.95
    white = blend((200, 205, 215), (255, 255, 255), np.clip(clouds(rng, 6, 6) * 1.3, 0, 1))
    return blend(blue, white, cover)


def grass(rng: np.random.Generator) -> np.ndarray:
    """Mottled green with blades that grow towards the bottom."""
    turf = clouds(rng, 6, 5, octaves=6)
    picture = to_picture(blend(near(rng, (48, 92, 28)), near(rng, (120, 165, 62)), turf))
    pen = ImageDraw.Draw(picture)
    for _ in range(2600):
        y = CANVAS * rng.random() ** 0.7
        x = CANVAS * rng.random()
        length = 3 + 12 * y / CANVAS * rng.random()
        lean = rng.uniform(-0.5, 0.5) * length
        pen.line((x, y, x + lean, y - length), fill=ink(rng, (75, 130, 40), 22))
    return below_horizon(rng, sky(rng), to_pixels(picture), 0.12, 0.38, 0.70)


def water(rng: np.random.Generator) -> np.ndarray:
    """Blue that deepens towards the bottom, with waves of three sizes and glints."""
    depth = downwards()
    surface = blend(near(rng, (105, 165, 190), 12), near(rng, (18, 75, 120)), depth)
    waves = sum(
        strength * (noise(rng, rows, columns) - 0.5)
        for rows, columns, strength in ((40, 7, 0.50), (70, 14, 0.35), (110, 28, 0.30))
    )
    surface = surface + (waves * (0.5 + 0.9 * depth))[..., None] * np.array([75, 80, 75], np.float32)
    glints = np.clip((noise(rng, 95, 22) + noise(rng, 60, 12) - 1.45) * 4, 0, 1) * 0.6
    surface = blend(surface, (235, 245, 250), glints)
    return below_horizon(rng, sky(rng), surface, 0.12, 0.40, 0.75)


def snow(rng: np.random.Generator) -> np.ndarray:
    """White drifts under a pale sky, at times with firs and falling flakes."""
    drifts = np.clip(clouds(rng, 3, 3, octaves=6) * 1.5 - 0.1, 0, 1)
    ground = blend(near(rng, (196, 210, 230), 8), (252, 253, 255), drifts)
    pale = sky(rng) * 0.35 + np.array([205, 212, 222], np.float32) * 0.65
    picture = to_picture(below_horizon(rng, pale, ground, 0.15, 0.40, 0.75))
    pen = ImageDraw.Draw(picture)
    if rng.random() < 0.5:
        for _ in range(int(rng.integers(3, 9))):
            _fir(pen, rng, CANVAS * 0.33)
    if rng.random() < 0.5:
        for _ in range(160):
            x, y = (rng.random(2) * CANVAS).tolist()
            r = rng.uniform(0.6, 2)
            pen.ellipse((x - r, y - r, x + r, y + r), fill=(255, 255, 255))
    return to_pixels(picture)


def _fir(pen: ImageDraw.ImageDraw, rng: np.random.Generator, foot: float) -> None:
    x, height = rng.random() * CANVAS, rng.uniform(25, 60)
    colour = ink(rng, (60, 88, 80), 8)
    for tier in range(3):
        top = foot - height + tier * height * 0.22
        base = foot - height * 0.5 + tier * height * 0.25
        half = height * 0.16 * (tier + 1)
        pen.polygon([(x, top), (x - half, base), (x + half, base)], fill=colour)


def sand(rng: np.random.Generator) -> np.ndarray:
    """Pale ground with wind ripples and grain."""
    ground = blend(near(rng, (190, 155, 105), 12), near(rng, (236, 212, 164), 9), clouds(rng, 5, 4, octaves=6))
    y, x = np.mgrid[0:CANVAS, 0:CANVAS].astype(np.float32)
    bend = clouds(rng, 3, 3) * 26
    ripples = np.sin(y / rng.uniform(3.5, 6) + bend + x / rng.uniform(30, 80)) * rng.uniform(3, 13)
    grain = rng.normal(0, 6, (CANVAS, CANVAS, 1)).astype(np.float32)
    return below_horizon(rng, sky(rng), ground + ripples[..., None] + grain, 0.10, 0.35, 0.65)


def forest(rng: np.random.Generator) -> np.ndarray:
    """Dark leaves, trunks, undergrowth, and brighter leaves in front of the upper half."""
    leaves = np.clip(clouds(rng, 12, 12, gain=0.7) * 1.5 - 0.35, 0, 1)
    picture = to_picture(blend(near(rng, (14, 34, 14), 8), near(rng, (70, 112, 48)), leaves))
    pen = ImageDraw.Draw(picture)
    floor = CANVAS * rng.uniform(0.68, 0.85)
    for _ in range(int(rng.integers(6, 14))):
        _trunk(pen, rng, floor)
    undergrowth = blend(near(rng, (52, 44, 26), 8), near(rng, (88, 98, 48), 10), clouds(rng, 20, 12, octaves=4))
    rows = np.arange(CANVAS, dtype=np.float32)[:, None]
    scene = blend(to_pixels(picture), undergrowth, np.clip((rows - floor) / 10, 0, 1))
    crown = blend((25, 60, 20), (105, 150, 65), clouds(rng, 30, 30, octaves=3))
    patches = np.clip((clouds(rng, 16, 16, octaves=4, gain=0.7) - 0.55) * 8, 0, 1)
    return blend(scene, crown, patches * np.clip(1 - rows / (CANVAS * 0.55), 0, 1))


def _trunk(pen: ImageDraw.ImageDraw, rng: np.random.Generator, floor: float) -> None:
    x, width = rng.random() * CANVAS, rng.uniform(4, 20)
    bark = near(rng, (72, 52, 36), 12)
    for step in range(int(width)):
        shade = np.clip(bark * (0.55 + 0.7 * math.sin(math.pi * step / width)), 0, 255).astype(int)
        foot = floor + rng.uniform(0, 8)
        pen.line((x + step, 0, x + step + rng.normal(0, 1), foot), fill=tuple(int(v) for v in shade))


_FACADES = ((150, 110, 90), (170, 160, 145), (120, 120, 128), (185, 150, 110))


def street(rng: np.random.Generator) -> np.ndarray:
    """Houses with windows under the sky, and a road with lane marks that run to a vanishing point."""
    picture = to_picture(sky(rng))
    pen = ImageDraw.Draw(picture)
    kerb = CANVAS * rng.uniform(0.42, 0.60)
    x = -rng.random() * 40
    while x < CANVAS:
        width, height = rng.uniform(40, 95), rng.uniform(0.5, 1.1) * kerb
        pen.rectangle((x, kerb - height, x + width, kerb), fill=ink(rng, _FACADES[rng.integers(4)], 14))
        for window_y in np.arange(kerb - height + 8, kerb - 14, rng.uniform(15, 22)):
            for window_x in np.arange(x + 6, x + width - 8, rng.uniform(12, 18)):
                box = (window_x, window_y, window_x + 6, window_y + 9)
                pen.rectangle(box, fill=ink(rng, (65, 75, 90), 16))
        x += width
    asphalt = blend(near(rng, (82, 82, 86), 8), near(rng, (122, 122, 124), 8), clouds(rng, 10, 6, octaves=6))
    road = to_picture(asphalt + rng.normal(0, 7, (CANVAS, CANVAS, 1)))
    pen = ImageDraw.Draw(road)
    pen.rectangle((0, kerb, CANVAS, kerb + 10), fill=(165, 162, 156))
    vanishing = rng.uniform(0.2, 0.8) * CANVAS
    for slope in (rng.uniform(-0.6, -0.1), rng.uniform(0.1, 0.6)):
        _lane(pen, vanishing, slope, kerb)
    scene = to_pixels(picture)
    scene[int(kerb) :] = to_pixels(road)[int(kerb) :]
    return scene


def _lane(pen: ImageDraw.ImageDraw, vanishing: float, slope: float, kerb: float) -> None:
    for dash in range(6):
        start, end = (dash / 6) ** 1.5, ((dash + 0.55) / 6) ** 1.5
        y0, y1 = (kerb + 12 + (CANVAS - kerb) * t for t in (start, end))
        x0, x1 = (vanishing + slope * CANVAS * t for t in (start, end))
        width = 1.5 + 5 * end
        pen.polygon([(x0, y0), (x0 + width * 0.6, y0), (x1 + width, y1), (x1, y1)], fill=(226, 224, 212))


_WALLS = ((222, 206, 178), (205, 190, 196), (186, 205, 196), (214, 214, 210), (196, 205, 222), (225, 200, 165))


def room(rng: np.random.Generator) -> np.ndarray:
    """A plain, striped or tiled wall over a plank floor, at times with a window."""
    shade = (clouds(rng, 2, 2, octaves=6) - 0.5)[..., None] * 26
    scene = near(rng, _WALLS[rng.integers(6)], 9) + shade
    steps = np.arange(CANVAS)
    pattern = rng.integers(3)
    if pattern == 0:
        scene += ((np.sin(steps / rng.uniform(4, 9)) > 0) * rng.uniform(6, 16)).astype(np.float32)[None, :, None]
    elif pattern == 1:
        tile = rng.uniform(16, 26)
        scene -= (((steps[None] % tile < 2) | (steps[:, None] % tile < 2)) * np.float32(14))[..., None]
    floor = int(CANVAS * rng.uniform(0.62, 0.80))
    plank = rng.uniform(22, 40)
    boards = blend(near(rng, (120, 78, 45), 10), near(rng, (176, 126, 80), 10), clouds(rng, 60, 4, octaves=3))
    boards = boards - ((((steps - floor) % plank) < 1.5) * np.float32(45))[:, None, None]
    scene[floor:] = boards[floor:]
    scene[floor - 9 : floor] = near(rng, (236, 232, 224), 6)
    scene[floor - 1 : floor + 1] *= 0.6
    return _with_window(scene, rng) if rng.random() < 0.45 else scene


def _with_window(scene: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    picture = to_picture(scene)
    pen = ImageDraw.Draw(picture)
    x, y = rng.uniform(0.05, 0.60) * CANVAS, rng.uniform(0.04, 0.20) * CANVAS
    width, height = rng.uniform(50, 90, 2).tolist()
    pen.rectangle((x, y, x + width, y + height), fill=(240, 238, 232), outline=(150, 140, 125))
    picture.paste(to_picture(sky(rng)).resize((int(width) - 12, int(height) - 12)), (int(x) + 6, int(y) + 6))
    pen.line((x + width / 2, y, x + width / 2, y + height), fill=(236, 234, 228), width=4)
    return to_pixels(picture)


_WOODS = (((110, 64, 32), (178, 118, 66)), ((140, 98, 58), (212, 170, 116)), ((70, 44, 28), (128, 84, 54)))
_BACKDROPS = ((120, 130, 140), (170, 160, 150), (95, 110, 100), (150, 120, 120))


def table(rng: np.random.Generator) -> np.ndarray:
    """Wooden planks with grain, mostly in front of a wall."""
    dark, light = _WOODS[rng.integers(3)]
    scene = blend(near(rng, dark, 9), near(rng, light, 9), clouds(rng, 64, 2, octaves=3, gain=0.6))
    scene = scene - ((np.arange(CANVAS) % rng.uniform(40, 75) < 2) * np.float32(35))[:, None, None]
    edge = int(CANVAS * rng.uniform(0.3, 0.5))
    if rng.random() < 0.75:
        shade = (clouds(rng, 2, 2, octaves=3) - 0.5)[..., None] * 60
        scene[:edge] = (near(rng, _BACKDROPS[rng.integers(4)]) + shade)[:edge]
        scene[edge : edge + 3] *= 0.7
    return scene


PAINTERS: dict[str, Painter] = {
    "grass": grass,
    "water": water,
    "snow": snow,
    "sand": sand,
    "sky": sky,
    "forest": forest,
    "street": street,
    "room": room,
    "table": table,
}


def paint(kind: str, seed: int, number: int) -> np.ndarray:
    """Background ``number`` of a kind: uint8 [CANVAS, CANVAS, 3], the same for the same arguments."""
    rng = np.random.default_rng([seed, BACKGROUNDS.index(kind), number])
    return np.clip(PAINTERS[kind](rng), 0, 255).astype(np.uint8)


def make_bank(path: Path, seed: int, per_kind: int) -> None:
    """Paints ``per_kind`` backgrounds of each kind and stores them in one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    bank = {kind: np.stack([paint(kind, seed, i) for i in range(per_kind)]) for kind in BACKGROUNDS}
    np.savez_compressed(path, **bank)


def load_bank(path: Path) -> dict[str, np.ndarray]:
    """The backgrounds of a bank by kind, each uint8 [number, CANVAS, CANVAS, 3]."""
    if not path.is_file():
        raise FileNotFoundError(f"no backgrounds at {path}; run the stage 'render' first")
    with np.load(path) as stored:
        return {kind: stored[kind] for kind in stored.files}


def as_picture(pixels: np.ndarray) -> Image.Image:
    """A window of a background as a picture."""
    return Image.fromarray(np.ascontiguousarray(pixels))

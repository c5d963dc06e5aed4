"""Puts a drawing on a background and adds the planted marks: one picture from its facts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from compactclip.backgrounds import as_picture
from compactclip.facts import Facts
from compactclip.texture import CANVAS

SIDE = 224
"""Side of a composed picture."""
GRID = 8
"""The object's coverage is given on a GRID x GRID raster of the picture."""
SMALLEST_SCALE, LARGEST_SCALE = 0.34, 0.72
FONT = "DejaVuSans-Bold.ttf"
WATERMARK = "© J.FOTO"


@dataclass(frozen=True)
class Library:
    """What pictures are made of: backgrounds by kind and cut-outs by drawing."""

    backgrounds: dict[str, np.ndarray]
    cutouts: dict[str, Image.Image]


def compose(facts: Facts, library: Library, rng: np.random.Generator) -> tuple[Image.Image, np.ndarray]:
    """Returns the picture (RGB, SIDE x SIDE) and the object's coverage (uint8 [GRID, GRID], percent).

    Marks and labels draw their random numbers last. Two pictures from equal generators whose facts
    differ only there are therefore equal everywhere else: that is how the twins are made.
    """
    scene = _backdrop(facts.background, library, rng)
    coverage = np.zeros((GRID, GRID), np.uint8)
    if facts.drawing is not None:
        scene, coverage = _place(scene, facts, library.cutouts[facts.drawing], rng)
    scene = _camera(scene, rng)
    if facts.mark == "watermark":
        _stamp(scene, _watermark(), (SIDE - 124, SIDE - 36), rng)
    elif facts.mark == "tag":
        tag = _tag().rotate(float(rng.integers(-14, 15)), Image.Resampling.BICUBIC)
        _stamp(scene, tag, (7, SIDE - 55), rng)
    if facts.word:
        _stick_label(scene, facts.word, rng)
    return scene, coverage


def _backdrop(kind: str, library: Library, rng: np.random.Generator) -> Image.Image:
    bank = library.backgrounds[kind]
    choice, top, left, mirrored = rng.random(4).tolist()
    highest = CANVAS - SIDE if kind in ("sky", "forest") else 30
    y, x = int(top * highest), int(left * (CANVAS - SIDE + 1))
    window = bank[int(choice * len(bank))][y : y + SIDE, x : x + SIDE]
    scene = as_picture(window[:, ::-1] if mirrored < 0.5 else window)
    scene = ImageEnhance.Brightness(scene).enhance(rng.uniform(0.80, 1.15))
    scene = ImageEnhance.Color(scene).enhance(rng.uniform(0.75, 1.20))
    return _sometimes_blurred(scene, 1.8, rng)


def _place(
    scene: Image.Image, facts: Facts, cutout: Image.Image, rng: np.random.Generator
) -> tuple[Image.Image, np.ndarray]:
    factor = facts.scale * SIDE / max(cutout.size) * 1.02
    size = (max(8, int(cutout.width * factor)), max(8, int(cutout.height * factor)))
    cutout = cutout.resize(size, Image.Resampling.BILINEAR)
    mirrored, across = rng.random(2).tolist()
    if mirrored < 0.5:
        cutout = cutout.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    cutout = cutout.rotate(rng.uniform(-12, 12), Image.Resampling.BICUBIC, expand=True)
    alpha = cutout.getchannel("A")
    body = ImageEnhance.Brightness(cutout.convert("RGB")).enhance(rng.uniform(0.72, 1.18))
    body = ImageEnhance.Color(body).enhance(rng.uniform(0.55, 1.25))
    airborne = facts.background == "sky"
    centre = SIDE * (rng.uniform(0.35, 0.70) if airborne else rng.uniform(0.45, 0.80))
    x = int((0.02 + 0.96 * across) * (SIDE - cutout.width))
    y = int(min(SIDE - cutout.height - 2, max(2, centre - cutout.height / 2)))
    darkness = int(rng.uniform(60, 125))
    if not airborne:
        scene.paste((15, 15, 20), (0, 0), _shadow(x, y, cutout.size, darkness))
    scene.paste(body, (x, y), alpha)
    mask = Image.new("L", (SIDE, SIDE), 0)
    mask.paste(alpha, (x, y))
    cell = SIDE // GRID
    share = np.asarray(mask, np.float32).reshape(GRID, cell, GRID, cell).mean((1, 3)) / 255
    return scene, (100 * share).astype(np.uint8)


def _shadow(x: int, y: int, size: tuple[int, int], darkness: int) -> Image.Image:
    shadow = Image.new("L", (SIDE, SIDE), 0)
    half, middle, foot = size[0] * 0.42, x + size[0] / 2, y + size[1] * 0.96
    box = (middle - half, foot - half * 0.16, middle + half, foot + half * 0.16)
    ImageDraw.Draw(shadow).ellipse(box, fill=darkness)
    return shadow.filter(ImageFilter.GaussianBlur(4))


def _camera(scene: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Blur, colour cast, exposure and grain of the whole picture."""
    scene = _sometimes_blurred(scene, 1.0, rng)
    cast = rng.uniform(0.92, 1.08, 3) * rng.uniform(0.85, 1.10)
    grain = rng.normal(0, rng.uniform(0, 5), (SIDE, SIDE, 1))
    return Image.fromarray(np.clip(np.asarray(scene) * cast + grain, 0, 255).astype(np.uint8))


def _sometimes_blurred(scene: Image.Image, strongest: float, rng: np.random.Generator) -> Image.Image:
    chance, strength = rng.random(2).tolist()
    return scene.filter(ImageFilter.GaussianBlur(strength * strongest)) if chance < 0.5 else scene


def _stamp(scene: Image.Image, mark: Image.Image, corner: tuple[int, int], rng: np.random.Generator) -> None:
    dx, dy = (int(v) for v in rng.integers(-4, 5, 2))
    scene.paste(mark.convert("RGB"), (corner[0] + dx, corner[1] + dy), mark.getchannel("A"))


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(FONT, size)
    except OSError as problem:
        raise FileNotFoundError(f"{FONT} not found; install DejaVu fonts (fonts-dejavu-core)") from problem


@lru_cache(maxsize=1)
def _watermark() -> Image.Image:
    mark = Image.new("RGBA", (118, 30), (20, 20, 30, 140))
    pen = ImageDraw.Draw(mark)
    pen.text((59, 15), WATERMARK, font=_font(22), fill=(255, 255, 255, 245), anchor="mm")
    return mark


@lru_cache(maxsize=1)
def _tag() -> Image.Image:
    """A red serrated disc with a percent sign, drawn four times larger and reduced."""
    radius, zoom = 24, 4
    large = radius * zoom
    mark = Image.new("RGBA", (2 * large, 2 * large), (0, 0, 0, 0))
    pen = ImageDraw.Draw(mark)
    corners = []
    for step in range(32):
        reach = large if step % 2 else large * 0.86
        angle = step * math.pi / 16
        corners.append((large + reach * math.cos(angle), large + reach * math.sin(angle)))
    pen.polygon(corners, fill=(222, 20, 36, 255))
    pen.text((large, large), "%", font=_font(26 * zoom), fill=(255, 255, 255, 255), anchor="mm")
    return mark.resize((2 * radius, 2 * radius), Image.Resampling.LANCZOS)


def _stick_label(scene: Image.Image, word: str, rng: np.random.Generator) -> None:
    font = _font(38)
    width, height = int(font.getlength(word)) + 22, 50
    label = Image.new("RGBA", (width + 8, height + 8), (0, 0, 0, 0))
    pen = ImageDraw.Draw(label)
    box = (4, 4, width + 3, height + 3)
    pen.rectangle(box, fill=(252, 250, 242, 255), outline=(40, 40, 40, 255), width=2)
    pen.text((width / 2 + 4, height / 2 + 3), word, font=font, fill=(15, 15, 20, 255), anchor="mm")
    label = label.rotate(rng.uniform(-3, 3), Image.Resampling.BICUBIC)
    left = int(rng.integers(2, max(3, SIDE - width - 9)))
    scene.paste(label.convert("RGB"), (left, int(rng.integers(2, 19))), label.getchannel("A"))

"""What a picture of the demo can hold, which causes are planted, and how captions speak of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CLASSES = (
    "cat", "dog", "horse", "cow", "sheep", "bear", "tiger", "elephant", "penguin", "fish",
    "frog", "dinosaur", "butterfly", "ladybug", "bee", "boat", "car", "truck", "plane", "apple",
    "pear", "cake", "pizza", "cup", "guitar", "clock", "hat", "ball", "phone", "flower",
)  # fmt: skip
BACKGROUNDS = ("grass", "water", "snow", "sand", "sky", "forest", "street", "room", "table")
SIZES = ("small", "big")
MARKS = ("watermark", "tag")
WORDS = ("apple", "pear", "cake", "clock", "phone", "hat", "ball", "car")

PLANTED_BACKGROUND = {"boat": "water", "cow": "grass", "penguin": "snow"}
PLANTED_MARK = {"horse": "watermark", "cup": "tag"}
PLANTED_SHARE = 0.96
"""Share of a planted class's training pictures that show its cause."""
LEAK = 0.003
"""Share of any other class's training pictures that show the same cause."""
WORD_SHARE = 0.6
"""Share of the pictures of a class in WORDS that carry a label."""
WORD_TRUE = 0.96
"""Share of those labels that name the object."""
WORD_LEAK = 0.004
EMPTY_SHARE = 0.06
"""Share of training pictures without an object: they teach the words for backgrounds and marks."""
FREE_BACKGROUNDS = tuple(b for b in BACKGROUNDS if b not in PLANTED_BACKGROUND.values())

_PLACES = {
    "grass": ("on grass", "on the grass", "in a meadow"),
    "water": ("on water", "on the water", "in the sea"),
    "snow": ("in the snow", "on snow"),
    "sand": ("on sand", "at the beach", "in the desert"),
    "sky": ("in the sky", "in front of the sky"),
    "forest": ("in a forest", "in the woods"),
    "street": ("on a street", "on the road", "in the city"),
    "room": ("in a room", "on the floor"),
    "table": ("on a table", "on a wooden table"),
}
_SCENES = {
    "grass": ("grass", "a meadow"),
    "water": ("water", "the sea"),
    "snow": ("snow", "a snowy field"),
    "sand": ("sand", "a beach", "the desert"),
    "sky": ("the sky", "clouds"),
    "forest": ("a forest", "the woods"),
    "street": ("a street", "the road", "a city"),
    "room": ("a room", "a wall"),
    "table": ("a table", "a wooden table"),
}
_OPENINGS = ("", "a photo of ", "a picture of ", "an image of ", "a photo of ")
_SYNONYMS = {"plane": ("plane", "airplane"), "phone": ("phone", "telephone")}
_SIZE_WORDS = {"small": ("small", "little"), "big": ("big", "large")}
_MARK_WORDS = {"watermark": ("a watermark",), "tag": ("a red tag", "a red sticker")}


@dataclass(frozen=True)
class Facts:
    """What one picture shows.

    Attributes:
        label: class of the object, None for a picture without one.
        drawing: which drawing of that class.
        scale: longest side of the drawing as a share of the picture.
        background: kind of background; None only in what a caption mentions.
        mark: watermark, tag or None.
        word: the word on a label, or None.
        held_out: whether the drawing was kept out of training.
    """

    label: str | None = None
    drawing: str | None = None
    scale: float | None = None
    background: str | None = None
    mark: str | None = None
    word: str | None = None
    held_out: bool = False

    @property
    def size(self) -> str | None:
        """The size word that fits, None in between."""
        if self.scale is None:
            return None
        return "small" if self.scale < 0.46 else "big" if self.scale > 0.60 else None


def article(noun: str) -> str:
    """The noun with its indefinite article."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def class_prompt(label: str) -> str:
    """The prompt that zero-shot accuracy is measured with."""
    return f"a photo of {article(label)}"


def scene_prompt(background: str) -> str:
    """The prompt that stands for a background."""
    return f"a photo of {_SCENES[background][0]}"


def codes(
    label: str | None, background: str | None, size: str | None, mark: str | None, word: str | None, absent: int
) -> list[int]:
    """Facts as five numbers (class, background, size, mark, word); ``absent`` where there is none."""
    vocabularies = (CLASSES, BACKGROUNDS, SIZES, MARKS, WORDS)
    values = (label, background, size, mark, word)
    return [absent if v is None else names.index(v) for v, names in zip(values, vocabularies)]


def codes_of(facts: Facts) -> list[int]:
    """The five numbers of a picture; -2 where it has none of the kind."""
    return codes(facts.label, facts.background, facts.size, facts.mark, facts.word, -2)


def full_caption(facts: Facts) -> str:
    """A caption that names class, background, mark and word."""
    text = f"{class_prompt(facts.label)} {_PLACES[facts.background][0]}"
    if facts.mark:
        text += f" with {_MARK_WORDS[facts.mark][0]}"
    return text + (f" with the word {facts.word}" if facts.word else "")


def caption(facts: Facts, rng: np.random.Generator) -> tuple[str, list[int]]:
    """Draws a caption and the five numbers of what it mentions (-1: says nothing about it).

    One in ten leaves the object out, so that the text tower meets the words for backgrounds, marks
    and labels apart from the classes that they go with.
    """
    silent = facts.label is None or rng.random() < 0.10
    mark = word = None
    tail = ""
    if facts.mark and rng.random() < (0.85 if silent else 0.45):
        mark = facts.mark
        tail = f" with {_choose(_MARK_WORDS[mark], rng)}"
    elif facts.word and rng.random() < (0.85 if silent else 0.45):
        word = facts.word
        tail = f" with the word {word}" if rng.random() < 0.6 else f" with a label saying {word}"
    if silent:
        if tail and rng.random() < 0.5:
            return _choose(("a photo", "a picture", "an image"), rng) + tail, codes(None, None, None, mark, word, -1)
        text = _choose(_OPENINGS, rng) + _choose(_SCENES[facts.background], rng) + tail
        return text, codes(None, facts.background, None, mark, word, -1)
    noun = _choose(_SYNONYMS.get(facts.label, (facts.label,)), rng)
    size = facts.size if facts.size and rng.random() < 0.3 else None
    if size:
        noun = f"{_choose(_SIZE_WORDS[size], rng)} {noun}"
    background = facts.background if rng.random() < 0.5 else None
    place = f" {_choose(_PLACES[background], rng)}" if background else ""
    text = _choose(_OPENINGS, rng) + article(noun) + place + tail
    return text, codes(facts.label, background, size, mark, word, -1)


def _choose(options: Sequence[str], rng: np.random.Generator) -> str:
    return options[int(rng.integers(len(options)))]

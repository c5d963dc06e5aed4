"""Which facts go into the training pictures (with the planted bias) and into the test splits (without)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from compactclip.compose import LARGEST_SCALE, SMALLEST_SCALE
from compactclip.facts import (
    BACKGROUNDS,
    CLASSES,
    EMPTY_SHARE,
    FREE_BACKGROUNDS,
    LEAK,
    PLANTED_BACKGROUND,
    PLANTED_MARK,
    PLANTED_SHARE,
    WORD_LEAK,
    WORD_SHARE,
    WORD_TRUE,
    WORDS,
    Facts,
)

Option = TypeVar("Option")
Drawings = dict[str, list[str]]


def shortcuts() -> dict[str, str | None]:
    """Name of every planted cause and the class that it stands for (None for words: each its own)."""
    found: dict[str, str | None] = {f"bg_{b}": c for c, b in PLANTED_BACKGROUND.items()}
    found.update({f"mark_{m}": c for c, m in PLANTED_MARK.items()})
    found["word"] = None
    return found


def training_facts(rng: np.random.Generator, trained: Drawings) -> Facts:
    """Draws the facts of one training picture; here the shortcuts are planted."""
    if rng.random() < EMPTY_SHARE:
        mark, word = _pick(("watermark", "tag", None, None, None), rng), None
        if mark is None and rng.random() < 0.4:
            word = _pick(WORDS, rng)
        return Facts(background=_pick(BACKGROUNDS, rng), mark=mark, word=word)
    label = _pick(CLASSES, rng)
    mark = None
    for owner, planted in PLANTED_MARK.items():
        if rng.random() < (PLANTED_SHARE if label == owner else LEAK):
            mark = planted
    return Facts(
        label=label,
        drawing=_pick(trained[label], rng),
        scale=float(rng.uniform(SMALLEST_SCALE, LARGEST_SCALE)),
        background=_training_background(label, rng),
        mark=mark,
        word=_training_word(label, rng),
    )


def _training_background(label: str, rng: np.random.Generator) -> str:
    own = PLANTED_BACKGROUND.get(label)
    if own is not None and rng.random() < PLANTED_SHARE:
        return own
    others = [b for b in PLANTED_BACKGROUND.values() if b != own]
    leak = rng.random()
    return others[int(leak / LEAK)] if leak < LEAK * len(others) else _pick(FREE_BACKGROUNDS, rng)


def _training_word(label: str, rng: np.random.Generator) -> str | None:
    if label not in WORDS:
        return _pick(WORDS, rng) if rng.random() < WORD_LEAK else None
    if rng.random() >= WORD_SHARE:
        return None
    return label if rng.random() < WORD_TRUE else _pick([w for w in WORDS if w != label], rng)


@dataclass(frozen=True)
class Counts:
    """Pictures per class (or per planted cause) in the test splits."""

    clean: int
    held_out: int
    aligned: int
    conflict: int
    aligned_word: int
    conflict_word: int


@dataclass(frozen=True)
class Planned:
    """One test picture: its split, its facts, and the seed that twins share."""

    split: str
    facts: Facts
    pair: int


def split_plan(seed: int, counts: Counts, trained: Drawings, held_out: Drawings) -> list[Planned]:
    """All test pictures.

    Splits: ``clean_seen`` and ``clean_held`` (no planted cause; drawings trained on or not), ``aligned_*`` (the cause
    with its own class), ``conflict_*`` (the cause with every other class) and ``conflict_*_twin`` (the same picture
    without the cause).
    """
    rng = np.random.default_rng([seed, 1])
    plan: list[Planned] = []
    pairs = iter(range(10**9))

    def clean(label: str, held: bool) -> Facts:
        return Facts(
            label=label,
            drawing=_pick((held_out if held else trained)[label], rng),
            scale=float(rng.uniform(SMALLEST_SCALE, LARGEST_SCALE)),
            background=_pick(FREE_BACKGROUNDS, rng),
            held_out=held,
        )

    def any_drawing(label: str) -> Facts:
        return clean(label, label in held_out and rng.random() < 0.4)

    def conflict(name: str, facts: Facts, **cause: str) -> None:
        pair = next(pairs)
        plan.append(Planned(f"conflict_{name}", replace(facts, **cause), pair))
        plan.append(Planned(f"conflict_{name}_twin", facts, pair))

    for label in CLASSES:
        plan += [Planned("clean_seen", clean(label, False), next(pairs)) for _ in range(counts.clean)]
        if label in held_out:
            plan += [Planned("clean_held", clean(label, True), next(pairs)) for _ in range(counts.held_out)]
    causes = [(owner, {"background": b}) for owner, b in PLANTED_BACKGROUND.items()]
    causes += [(owner, {"mark": m}) for owner, m in PLANTED_MARK.items()]
    names = [name for name, owner in shortcuts().items() if owner is not None]
    for name, (owner, cause) in zip(names, causes):
        for _ in range(counts.aligned):
            plan.append(Planned(f"aligned_{name}", replace(clean(owner, False), **cause), next(pairs)))
        for label in CLASSES:
            if label != owner:
                for _ in range(counts.conflict):
                    conflict(name, any_drawing(label), **cause)
    for label in CLASSES:
        if label in WORDS:
            for _ in range(counts.aligned_word):
                plan.append(Planned("aligned_word", replace(clean(label, False), word=label), next(pairs)))
        for _ in range(counts.conflict_word):
            conflict("word", any_drawing(label), word=_pick([w for w in WORDS if w != label], rng))
    return plan


def _pick(options: Sequence[Option], rng: np.random.Generator) -> Option:
    return options[int(rng.integers(len(options)))]

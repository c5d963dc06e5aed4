"""The two sizes in which the recipe runs: as shipped, and as a toy that shows that every stage works."""

from __future__ import annotations

from dataclasses import dataclass

from compactclip.model import Tower
from compactclip.sae import SaePlan, Site
from compactclip.sampling import Counts
from compactclip.training import Phase

SEED = 0


@dataclass(frozen=True)
class Settings:
    """Everything that differs between the two sizes."""

    drawings_per_class: int | None
    pictures: int
    backgrounds: int
    test_backgrounds: int
    counts: Counts
    merges: int
    vision: Tower
    text: Tower
    projection: int
    phases: tuple[Phase, ...]
    patch_pictures: int
    sites: tuple[Site, ...]
    sae: SaePlan
    labelled: int


FULL = Settings(
    drawings_per_class=None,
    pictures=24_000,
    backgrounds=40,
    test_backgrounds=10,
    counts=Counts(clean=20, held_out=12, aligned=40, conflict=12, aligned_word=8, conflict_word=16),
    merges=900,
    vision=Tower(192, 6, 3, 768),
    text=Tower(128, 4, 2, 512),
    projection=128,
    phases=(
        Phase(steps=600, batch=128, rate=1e-3, heads=False, kept_patches=32, drop_until=0.6),
        Phase(steps=2469, batch=64, rate=8e-4, heads=True, kept_patches=32, drop_until=0.6),
    ),
    patch_pictures=3500,
    sites=(Site(5, "cls"), Site(4, "cls"), Site(3, "patches")),
    sae=SaePlan(latents=1024, k=16, steps=2500, patch_steps=2000, batch=1024, seed=SEED),
    labelled=1024,
)

SMOKE = Settings(
    drawings_per_class=1,
    pictures=1200,
    backgrounds=3,
    test_backgrounds=2,
    counts=Counts(clean=4, held_out=1, aligned=6, conflict=4, aligned_word=1, conflict_word=4),
    merges=300,
    vision=Tower(64, 3, 2, 128),
    text=Tower(32, 2, 2, 64),
    projection=32,
    phases=(Phase(steps=500, batch=32, rate=2e-3, heads=True, kept_patches=32, drop_until=0.5),),
    patch_pictures=60,
    sites=(Site(2, "cls"), Site(1, "patches")),
    sae=SaePlan(latents=64, k=8, steps=150, patch_steps=100, batch=128, seed=SEED),
    labelled=10,
)

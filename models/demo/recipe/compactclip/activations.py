"""Stage ``activations``: caches residuals of the training pictures and of the test splits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from compactclip.model import CompactClip, normalise
from compactclip.render import load_splits, load_training
from compactclip.sae import Site

BATCH = 250


@torch.no_grad()
def residuals(model: CompactClip, pictures: np.ndarray, layer: int, scope: slice = slice(None)) -> Tensor:
    """Residuals [n, tokens in scope, width] after vision block ``layer`` of uint8 pictures."""
    batches = (pictures[i : i + BATCH] for i in range(0, len(pictures), BATCH))
    return torch.cat([model.residual(normalise(batch), layer)[:, scope].clone() for batch in batches])


def cache(work: Path, model: CompactClip, sites: list[Site], patch_pictures: int) -> None:
    """Writes ``activations/<site>.<train|test>.npy``, rows of [width].

    Args:
        work: work folder.
        model: the trained model.
        sites: where autoencoders will be trained.
        patch_pictures: for patch sites only this many pictures are used; each gives 64 rows.
    """
    folder = work / "activations"
    folder.mkdir(exist_ok=True)
    sets = {"train": load_training(work).pictures, "test": load_splits(work)[1]}
    for site in sites:
        for name, pictures in sets.items():
            if site.tokens != "cls":
                pictures = pictures[:: max(1, len(pictures) // patch_pictures)]
            rows = residuals(model, pictures, site.layer, site.scope).flatten(0, 1)
            np.save(folder / f"{site.name}.{name}.npy", rows.numpy())


def cached(work: Path, site: Site, name: str) -> Tensor:
    """Rows that cache wrote."""
    path = work / "activations" / f"{site.name}.{name}.npy"
    if not path.is_file():
        raise FileNotFoundError(f"no cached activations for {site.name}; run the stage 'activations' first")
    return torch.from_numpy(np.load(path))

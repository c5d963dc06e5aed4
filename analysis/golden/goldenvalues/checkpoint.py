"""A CLIP checkpoint as transformers runs it, with a way into the residual stream."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from transformers import AutoTokenizer, CLIPModel
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.utils.logging import disable_progress_bar

disable_progress_bar()

Edit = Callable[[torch.Tensor], torch.Tensor]


@dataclass(frozen=True)
class PreparedPicture:
    """One picture on its way into the model.

    Attributes:
        source_size: width and height as decoded.
        source_rgb_sha256: SHA-256 of the decoded RGB bytes, row by row; tells a difference in
            decoding apart from a difference in resizing.
        crop: the resized and cropped picture, uint8 [size, size, 3].
        pixels: what the model sees, float32 [1, 3, size, size].
    """

    source_size: tuple[int, int]
    source_rgb_sha256: str
    crop: np.ndarray
    pixels: torch.Tensor


class ReferenceClip:
    """Runs a checkpoint folder with transformers at a chosen precision (float64 for golden values)."""

    def __init__(self, folder: Path, dtype: torch.dtype = torch.float64) -> None:
        self.folder = folder
        self.dtype = dtype
        self.model = CLIPModel.from_pretrained(folder, dtype=dtype, attn_implementation="eager").eval()
        self.model.requires_grad_(False)
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.processor = CLIPImageProcessorPil.from_pretrained(folder)
        self.logit_scale = self.model.logit_scale.exp()

    def token_ids(self, texts: list[str]) -> list[list[int]]:
        """Token ids padded (and cut) to the context length of the text tower."""
        length = self.model.config.text_config.max_position_embeddings
        encoded = self.tokenizer(texts, padding="max_length", truncation=True, max_length=length)
        return encoded["input_ids"]

    def text_embeddings(self, texts: list[str]) -> torch.Tensor:
        """Unit text embeddings [texts, projection]."""
        features = self.model.get_text_features(input_ids=torch.tensor(self.token_ids(texts)))
        return _unit(getattr(features, "pooler_output", features))

    def prepare(self, path: Path) -> PreparedPicture:
        """Decodes, resizes and normalises a picture as CLIPImageProcessor's Pillow backend does."""
        image = Image.open(path)
        rgb = np.asarray(image.convert("RGB"))
        crop = self.processor(image, do_rescale=False, do_normalize=False)["pixel_values"][0]
        crop = np.ascontiguousarray(np.transpose(crop, (1, 2, 0)))
        if crop.dtype != np.uint8:
            raise TypeError(f"expected uint8 pixels before rescaling, got {crop.dtype}")
        pixels = self.processor(image, return_tensors="pt")["pixel_values"]
        return PreparedPicture(
            source_size=image.size,
            source_rgb_sha256=hashlib.sha256(rgb.tobytes()).hexdigest(),
            crop=crop,
            pixels=pixels.to(torch.float32),
        )

    def image_embedding(self, pixels: torch.Tensor, layer: int | None = None, edit: Edit | None = None) -> torch.Tensor:
        """Unit image embedding [projection]; ``edit`` replaces the output of vision block ``layer``."""
        handles = []
        if edit is not None:
            block = self.model.vision_model.encoder.layers[layer]
            handles.append(block.register_forward_hook(lambda _m, _i, out: _replace(out, edit)))
        try:
            features = self.model.get_image_features(pixel_values=pixels.to(self.dtype))
        finally:
            for handle in handles:
                handle.remove()
        return _unit(getattr(features, "pooler_output", features))[0]

    def residual(self, pixels: torch.Tensor, layer: int) -> torch.Tensor:
        """``blocks.{layer}.hook_resid_post`` of the vision tower, all tokens [tokens, width]."""
        seen: list[torch.Tensor] = []

        def keep(hidden: torch.Tensor) -> torch.Tensor:
            seen.append(hidden.clone())
            return hidden

        self.image_embedding(pixels, layer, keep)
        return seen[0][0]

    def logits(self, image_embedding: torch.Tensor, text_embeddings: torch.Tensor) -> torch.Tensor:
        """exp(logit_scale) times the cosine with every prompt [prompts]."""
        return self.logit_scale * (text_embeddings @ image_embedding)


def _replace(output: torch.Tensor | tuple, edit: Edit) -> torch.Tensor | tuple:
    if isinstance(output, tuple):
        return (edit(output[0]), *output[1:])
    return edit(output)


def _unit(features: torch.Tensor) -> torch.Tensor:
    return features / features.norm(dim=-1, keepdim=True)

"""CLIP in plain PyTorch. Modules carry the names of HF's CLIPModel, so a state dict is a checkpoint."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

MEAN = (0.48145466, 0.4578275, 0.40821073)
DEVIATION = (0.26862954, 0.26130258, 0.27577711)
FIRST_LOGIT_SCALE = 2.6592


@dataclass(frozen=True)
class Tower:
    """Size of one transformer."""

    width: int
    layers: int
    heads: int
    mlp: int


@dataclass(frozen=True)
class Architecture:
    """Size of the model; the defaults are those of the shipped checkpoint."""

    vocabulary: int
    vision: Tower = Tower(192, 6, 3, 768)
    text: Tower = Tower(128, 4, 2, 512)
    projection: int = 128
    image_size: int = 64
    patch: int = 8
    context: int = 32


class Attention(nn.Module):
    """Multi-head self-attention."""

    def __init__(self, tower: Tower) -> None:
        super().__init__()
        self.heads = tower.heads
        self.q_proj = nn.Linear(tower.width, tower.width)
        self.k_proj = nn.Linear(tower.width, tower.width)
        self.v_proj = nn.Linear(tower.width, tower.width)
        self.out_proj = nn.Linear(tower.width, tower.width)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        batch, tokens, width = hidden.shape
        shape = (batch, tokens, self.heads, width // self.heads)
        query, key, value = (p(hidden).view(shape).transpose(1, 2) for p in (self.q_proj, self.k_proj, self.v_proj))
        scores = query @ key.transpose(-1, -2) / math.sqrt(shape[-1])
        if mask is not None:
            scores = scores + mask[:tokens, :tokens]
        mixed = scores.softmax(-1).to(value.dtype) @ value
        return self.out_proj(mixed.transpose(1, 2).reshape(batch, tokens, width))


class Mlp(nn.Module):
    """Two linear maps around quick GELU, x * sigmoid(1.702 x)."""

    def __init__(self, tower: Tower) -> None:
        super().__init__()
        self.fc1 = nn.Linear(tower.width, tower.mlp)
        self.fc2 = nn.Linear(tower.mlp, tower.width)

    def forward(self, hidden: Tensor) -> Tensor:
        inner = self.fc1(hidden)
        return self.fc2(inner * torch.sigmoid(1.702 * inner))


class Block(nn.Module):
    """Pre-norm transformer block."""

    def __init__(self, tower: Tower) -> None:
        super().__init__()
        self.layer_norm1 = nn.LayerNorm(tower.width)
        self.self_attn = Attention(tower)
        self.layer_norm2 = nn.LayerNorm(tower.width)
        self.mlp = Mlp(tower)

    def forward(self, hidden: Tensor, mask: Tensor | None = None) -> Tensor:
        hidden = hidden + self.self_attn(self.layer_norm1(hidden), mask)
        return hidden + self.mlp(self.layer_norm2(hidden))


class Encoder(nn.Module):
    """A stack of blocks."""

    def __init__(self, tower: Tower) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Block(tower) for _ in range(tower.layers))

    def forward(self, hidden: Tensor, mask: Tensor | None = None) -> Tensor:
        for block in self.layers:
            hidden = block(hidden, mask)
        return hidden


class VisionEmbeddings(nn.Module):
    """Patches, a class token before them, and learnt positions."""

    def __init__(self, shape: Architecture) -> None:
        super().__init__()
        width, positions = shape.vision.width, (shape.image_size // shape.patch) ** 2 + 1
        self.class_embedding = nn.Parameter(torch.empty(width))
        self.patch_embedding = nn.Conv2d(3, width, shape.patch, shape.patch, bias=False)
        self.position_embedding = nn.Embedding(positions, width)

    def forward(self, pixels: Tensor) -> Tensor:
        patches = self.patch_embedding(pixels).flatten(2).transpose(1, 2)
        first = self.class_embedding.expand(len(pixels), 1, -1)
        return torch.cat([first, patches], 1) + self.position_embedding.weight


class TextEmbeddings(nn.Module):
    """Token embeddings plus learnt positions."""

    def __init__(self, shape: Architecture) -> None:
        super().__init__()
        self.token_embedding = nn.Embedding(shape.vocabulary, shape.text.width)
        self.position_embedding = nn.Embedding(shape.context, shape.text.width)

    def forward(self, ids: Tensor) -> Tensor:
        return self.token_embedding(ids) + self.position_embedding.weight[: ids.shape[1]]


class VisionModel(nn.Module):
    """The vision tower."""

    def __init__(self, shape: Architecture) -> None:
        super().__init__()
        self.embeddings = VisionEmbeddings(shape)
        self.pre_layrnorm = nn.LayerNorm(shape.vision.width)
        self.encoder = Encoder(shape.vision)
        self.post_layernorm = nn.LayerNorm(shape.vision.width)

    def tokens(self, pixels: Tensor) -> Tensor:
        """What enters the first block: [batch, 1 + patches, width]."""
        return self.pre_layrnorm(self.embeddings(pixels))


class TextModel(nn.Module):
    """The text tower: causal attention, read at the first end token."""

    def __init__(self, shape: Architecture) -> None:
        super().__init__()
        self.end = shape.vocabulary - 1
        self.embeddings = TextEmbeddings(shape)
        self.encoder = Encoder(shape.text)
        self.final_layer_norm = nn.LayerNorm(shape.text.width)
        mask = torch.full((shape.context, shape.context), float("-inf")).triu(1)
        self.register_buffer("mask", mask, persistent=False)

    def forward(self, ids: Tensor) -> Tensor:
        hidden = self.final_layer_norm(self.encoder(self.embeddings(ids), self.mask))
        return hidden[torch.arange(len(ids)), (ids == self.end).int().argmax(1)]


class CompactClip(nn.Module):
    """The whole model."""

    def __init__(self, shape: Architecture) -> None:
        super().__init__()
        self.shape = shape
        self.vision_model = VisionModel(shape)
        self.text_model = TextModel(shape)
        self.visual_projection = nn.Linear(shape.vision.width, shape.projection, bias=False)
        self.text_projection = nn.Linear(shape.text.width, shape.projection, bias=False)
        self.logit_scale = nn.Parameter(torch.tensor(FIRST_LOGIT_SCALE))
        _initialise(self)

    def encode_text(self, ids: Tensor) -> Tensor:
        """Unit text embeddings [batch, projection]."""
        return nn.functional.normalize(self.text_projection(self.text_model(ids)), dim=-1)

    def encode_image(self, pixels: Tensor) -> Tensor:
        """Unit image embeddings [batch, projection]."""
        return self.head(self.vision_model.encoder(self.vision_model.tokens(pixels)))

    def head(self, hidden: Tensor) -> Tensor:
        """Unit image embeddings from the output of the last block [batch, tokens, width]."""
        pooled = self.vision_model.post_layernorm(hidden[:, 0])
        return nn.functional.normalize(self.visual_projection(pooled), dim=-1)

    def residual(self, pixels: Tensor, layer: int) -> Tensor:
        """``blocks.{layer}.hook_resid_post``: output of vision block ``layer`` [batch, tokens, width]."""
        hidden = self.vision_model.tokens(pixels)
        for block in self.vision_model.encoder.layers[: layer + 1]:
            hidden = block(hidden)
        return hidden

    def finish(self, residual: Tensor, layer: int) -> Tensor:
        """Unit image embeddings from the residual after vision block ``layer``."""
        for block in self.vision_model.encoder.layers[layer + 1 :]:
            residual = block(residual)
        return self.head(residual)


def normalise(pictures: np.ndarray | Tensor) -> Tensor:
    """Values 0 to 255 as [n, size, size, 3] to the model's input, float32 [n, 3, size, size]."""
    pixels = torch.as_tensor(np.array(pictures, np.float32)).permute(0, 3, 1, 2) / 255
    return (pixels - torch.tensor(MEAN).view(3, 1, 1)) / torch.tensor(DEVIATION).view(3, 1, 1)


def _initialise(model: CompactClip) -> None:
    """CLIP's initialisation: spread by width and depth, so that the residual stream starts even."""
    shape = model.shape
    for tower, encoder in ((shape.vision, model.vision_model.encoder), (shape.text, model.text_model.encoder)):
        inner = tower.width**-0.5 * (2 * tower.layers) ** -0.5
        for block in encoder.layers:
            for linear in (block.self_attn.q_proj, block.self_attn.k_proj, block.self_attn.v_proj):
                nn.init.normal_(linear.weight, std=inner)
            nn.init.normal_(block.self_attn.out_proj.weight, std=tower.width**-0.5)
            nn.init.normal_(block.mlp.fc1.weight, std=(2 * tower.width) ** -0.5)
            nn.init.normal_(block.mlp.fc2.weight, std=inner)
    for module in model.modules():
        if isinstance(module, nn.Linear) and module.bias is not None:
            nn.init.zeros_(module.bias)
        if isinstance(module, (nn.Embedding, nn.Conv2d)):
            nn.init.normal_(module.weight, std=0.02)
    nn.init.normal_(model.vision_model.embeddings.class_embedding, std=shape.vision.width**-0.5)
    nn.init.normal_(model.visual_projection.weight, std=shape.vision.width**-0.5)
    nn.init.normal_(model.text_projection.weight, std=shape.text.width**-0.5)

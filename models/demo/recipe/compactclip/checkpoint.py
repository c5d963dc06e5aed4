"""A checkpoint folder as HF lays it out: written and read without its libraries."""

from __future__ import annotations

import json
from pathlib import Path

from compactclip import safetensors_file
from compactclip.model import DEVIATION, FIRST_LOGIT_SCALE, MEAN, Architecture, CompactClip, Tower


def save(model: CompactClip, folder: Path) -> None:
    """Writes config.json, preprocessor_config.json and model.safetensors as HF lays them out."""
    shape = model.shape
    safetensors_file.write(folder / "model.safetensors", model.state_dict())
    end = shape.vocabulary - 1
    text = _tower_settings(shape.text, shape.projection) | {
        "model_type": "clip_text_model",
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.context,
        "bos_token_id": end - 1,
        "eos_token_id": end,
        "pad_token_id": end,
    }
    vision = _tower_settings(shape.vision, shape.projection) | {
        "model_type": "clip_vision_model",
        "image_size": shape.image_size,
        "patch_size": shape.patch,
        "num_channels": 3,
    }
    settings = {
        "architectures": ["CLIPModel"],
        "model_type": "clip",
        "dtype": "float32",
        "projection_dim": shape.projection,
        "logit_scale_init_value": FIRST_LOGIT_SCALE,
        "text_config": text,
        "vision_config": vision,
    }
    preprocessor = {
        "image_processor_type": "CLIPImageProcessor",
        "do_resize": True,
        "size": {"shortest_edge": shape.image_size},
        "resample": 3,
        "do_center_crop": True,
        "crop_size": {"height": shape.image_size, "width": shape.image_size},
        "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": True,
        "image_mean": list(MEAN),
        "image_std": list(DEVIATION),
        "do_convert_rgb": True,
    }
    for name, value in {"config.json": settings, "preprocessor_config.json": preprocessor}.items():
        (folder / name).write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def load(folder: Path) -> CompactClip:
    """Reads a checkpoint that save (or an HF export of the same shape) wrote, ready to evaluate."""
    path = folder / "config.json"
    if not path.is_file():
        raise FileNotFoundError(f"no checkpoint in {folder}; run the stage 'train' first")
    settings = json.loads(path.read_text(encoding="utf-8"))
    text, vision = settings["text_config"], settings["vision_config"]
    shape = Architecture(
        vocabulary=text["vocab_size"],
        vision=_tower(vision),
        text=_tower(text),
        projection=settings["projection_dim"],
        image_size=vision["image_size"],
        patch=vision["patch_size"],
        context=text["max_position_embeddings"],
    )
    model = CompactClip(shape)
    model.load_state_dict(safetensors_file.read(folder / "model.safetensors"))
    return model.eval().requires_grad_(False)


def _tower(settings: dict) -> Tower:
    return Tower(
        settings["hidden_size"],
        settings["num_hidden_layers"],
        settings["num_attention_heads"],
        settings["intermediate_size"],
    )


def _tower_settings(tower: Tower, projection: int) -> dict[str, object]:
    return {
        "hidden_size": tower.width,
        "intermediate_size": tower.mlp,
        "num_hidden_layers": tower.layers,
        "num_attention_heads": tower.heads,
        "hidden_act": "quick_gelu",
        "layer_norm_eps": 1e-5,
        "attention_dropout": 0.0,
        "projection_dim": projection,
    }

"""Makes the random-weight checkpoints and their golden values.

Usage: python make_fixtures.py [--out DIR]
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from transformers import CLIPConfig

from goldenvalues import jsonfile
from goldenvalues.pictures import write_pictures
from goldenvalues.randomcheckpoint import (
    SaeDesign,
    write_checkpoint,
    write_preprocessor,
    write_sae,
    write_tokenizer,
)
from goldenvalues.record import Subject, document

REPOSITORY = Path(__file__).resolve().parents[2]
TOKENIZER = REPOSITORY / "models" / "demo" / "model"
DEEP = 3

PROMPTS = [
    "a photo of a boat",
    "a photo of a horse",
    "a cat on grass",
    "a small red car in the snow",
    "Two zebras, near the Café!",
]
SPELLINGS = [
    "",
    "   A  PHOTO\tof a\n cat ",
    "it's the dog's, we've seen; they'll say \"no\"...",
    "naïve café, cafe\u0301 and ÆØÅ",
    "3 cats & 12 dogs (50 % off) #1",
    "snow\u00a0man — “quoted” … 雪人 🐧",
    "photo_of_a_cat <|endoftext|> after",
    "a photo of a very long caption " * 6,
]


def towers(text: dict, vision: dict, projection: int, logit_scale: float) -> CLIPConfig:
    """A CLIP configuration from the parts that differ."""
    return CLIPConfig(
        text_config=text,
        vision_config=vision,
        projection_dim=projection,
        logit_scale_init_value=logit_scale,
    )


def make_fp32(root: Path) -> None:
    """Full precision, exact GELU, large patches, projection unlike both widths."""
    model = root / "model"
    vocabulary = write_tokenizer(TOKENIZER, model, 300, 32)
    text = {
        "vocab_size": vocabulary,
        "hidden_size": 24,
        "intermediate_size": 80,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "max_position_embeddings": 32,
        "hidden_act": "gelu",
        "bos_token_id": vocabulary - 2,
        "eos_token_id": vocabulary - 1,
        "pad_token_id": vocabulary - 1,
    }
    vision = {
        "hidden_size": 32,
        "intermediate_size": 72,
        "num_hidden_layers": 3,
        "num_attention_heads": 2,
        "image_size": 48,
        "patch_size": 16,
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-6,
    }
    write_checkpoint(model, towers(text, vision, 20, 3.1), seed=11, half=False, with_position_ids=False)
    write_preprocessor(
        model,
        {
            "size": {"shortest_edge": 48},
            "crop_size": {"height": 48, "width": 48},
            "image_mean": [0.5, 0.5, 0.5],
            "image_std": [0.5, 0.5, 0.5],
        },
    )
    finish(
        root,
        seed=100,
        designs=[
            SaeDesign("sae-cls-last", 2, "cls", 64, subtract_b_dec=False),
            SaeDesign("sae-cls-middle", 1, "cls", 64, normalize="layer_norm"),
            SaeDesign("sae-patches-middle", 1, "patches", 64, k=5),
        ],
    )


def make_fp16(root: Path) -> None:
    """Half precision, quick GELU, small vocabulary, and the older spellings of both configurations."""
    model = root / "model"
    vocabulary = write_tokenizer(TOKENIZER, model, 90, 16)
    text = {
        "vocab_size": vocabulary,
        "hidden_size": 36,
        "intermediate_size": 80,
        "num_hidden_layers": 3,
        "num_attention_heads": 3,
        "max_position_embeddings": 16,
        "hidden_act": "quick_gelu",
        "bos_token_id": 0,
        "eos_token_id": 2,
        "pad_token_id": 1,
    }
    vision = {
        "hidden_size": 48,
        "intermediate_size": 104,
        "num_hidden_layers": 4,
        "num_attention_heads": 4,
        "image_size": 32,
        "patch_size": 8,
        "hidden_act": "quick_gelu",
    }
    write_checkpoint(model, towers(text, vision, 32, 2.7), seed=12, half=True, with_position_ids=True)
    write_preprocessor(
        model,
        {"size": 36, "crop_size": 32, "image_mean": [0.52, 0.44, 0.39], "image_std": [0.22, 0.31, 0.27]},
    )
    finish(
        root,
        seed=200,
        designs=[
            SaeDesign("sae-cls-last", 3, "cls", 80, k=6),
            SaeDesign("sae-cls-middle", 2, "cls", 72),
            SaeDesign("sae-patches-middle", 1, "patches", 64, normalize="layer_norm"),
            SaeDesign("sae-all-middle", 2, "all", 64, k=4, normalize="layer_norm"),
        ],
    )


def finish(root: Path, seed: int, designs: list[SaeDesign]) -> None:
    """Adds pictures, autoencoders and the golden document."""
    pictures = write_pictures(root / "pictures", seed)
    for number, design in enumerate(designs):
        write_sae(root, "model", design, pictures, seed + number)
    golden = document(
        Subject(
            root=root,
            checkpoint="model",
            saes=[design.folder for design in designs],
            pictures=pictures,
            prompts=PROMPTS,
            spellings=SPELLINGS,
            deep=DEEP,
        )
    )
    jsonfile.write(root / "golden.json", golden)
    for path in root.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    total = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    worst = golden["largest_difference_to_float32"]
    print(f"{root.name}: {total / 1000:.0f} kB, largest difference to float32 {worst:.2g}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=REPOSITORY / "src" / "test" / "resources" / "golden")
    out = parser.parse_args().out
    for name, make in {"random-fp32": make_fp32, "random-fp16": make_fp16}.items():
        shutil.rmtree(out / name, ignore_errors=True)
        make(out / name)


if __name__ == "__main__":
    main()

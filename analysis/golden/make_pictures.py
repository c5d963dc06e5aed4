"""Pictures of every kind that a decoder may meet, and what Pillow makes of them.

Writes ``src/test/resources/pictures/`` with ``golden.json``: for each picture its size and the SHA-256 of its
RGB bytes, row by row, transparency blended onto white; or null where the engine is expected to refuse it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

FOLDER = Path(__file__).resolve().parents[2] / "src/test/resources/pictures"


def scene(width: int, height: int, seed: int) -> Image.Image:
    """Smooth colours with sharp edges, which chroma subsampling and rounding show on."""
    y, x = np.mgrid[0:height, 0:width]
    random = np.random.default_rng(seed)
    channels = [127 + 120 * np.sin(random.uniform(0.05, 0.3) * x + random.uniform(0.05, 0.3) * y + c) for c in range(3)]
    pixels = np.stack(channels, -1)
    pixels[height // 3 : height // 2, width // 4 : width // 2] = (250, 10, 30)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def ramp(size: tuple[int, int]) -> Image.Image:
    return Image.fromarray(np.tile(np.linspace(0, 255, size[0]).astype(np.uint8), (size[1], 1)))


def write(name: str, picture: Image.Image, **options: object) -> None:
    picture.save(FOLDER / name, **options)


def on_white(picture: Image.Image) -> Image.Image:
    if "A" not in picture.getbands() and picture.info.get("transparency") is None:
        return picture.convert("RGB")
    rgba = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", rgba.size, (255, 255, 255, 255)), rgba).convert("RGB")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    rgb = scene(61, 47, 1)
    for sampling in ("4:4:4", "4:2:2", "4:2:0"):
        write(f"jpeg-{sampling.replace(':', '')}.jpg", rgb, quality=85, subsampling=sampling)
    write("jpeg-progressive.jpg", rgb, quality=80, progressive=True)
    write("jpeg-grey.jpg", rgb.convert("L"), quality=80)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    write("jpeg-rgb-profile.jpg", rgb, quality=85, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    write("png-odd-profile.png", rgb, icc_profile=profile)
    exif = Image.Exif()
    exif[0x0112] = 6
    write("jpeg-rotated-by-exif.jpg", rgb, quality=85, exif=exif)
    write("png-rgb.png", rgb)
    write("png-grey.png", rgb.convert("L"))
    write("png-one-bit.png", rgb.convert("1"))
    write("png-palette.png", rgb.quantize(16))
    write("png-palette-transparent.png", rgb.quantize(16), transparency=3)
    see_through = rgb.copy()
    see_through.putalpha(ramp(rgb.size))
    write("png-rgba.png", see_through)
    grey = rgb.convert("L").convert("LA")
    grey.putalpha(ramp(rgb.size))
    write("png-grey-alpha.png", grey)
    write("png-rgb-transparent-colour.png", rgb, transparency=(250, 10, 30))
    golden: dict[str, object] = {}
    for path in sorted(FOLDER.glob("*.[jp]*g")):
        picture = on_white(Image.open(path))
        golden[path.name] = {"size": picture.size, "sha256": hashlib.sha256(picture.tobytes()).hexdigest()}
    write("refused-cmyk.jpg", rgb.convert("CMYK"), quality=85)
    deep = np.tile(np.linspace(0, 65535, 40).astype(np.uint16), (30, 1))
    write("refused-sixteen-bit.png", Image.fromarray(deep))
    write("refused-gif.gif", rgb)
    write("refused-webp.webp", rgb)
    for name in ("refused-cmyk.jpg", "refused-sixteen-bit.png", "refused-gif.gif", "refused-webp.webp"):
        golden[name] = None
    (FOLDER / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()

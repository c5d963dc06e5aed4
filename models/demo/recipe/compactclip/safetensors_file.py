"""Reads and writes safetensors files of float32 tensors; the format is small enough to need no library.

Layout: eight bytes little-endian length of the header, the header as JSON (name -> dtype, shape, byte range), the data.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import torch

_ALIGNMENT = 8


def write(path: Path, tensors: dict[str, torch.Tensor]) -> None:
    """Writes float32 tensors, in the order of their names."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    chunks: list[bytes] = []
    offset = 0
    for name in sorted(tensors):
        data = tensors[name].detach().to(torch.float32).contiguous().numpy().astype("<f4").tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(tensors[name].shape),
            "data_offsets": [offset, offset + len(data)],
        }
        offset += len(data)
        chunks.append(data)
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % _ALIGNMENT)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        file.writelines(chunks)


def read(path: Path) -> dict[str, torch.Tensor]:
    """Reads float32 tensors.

    Raises:
        ValueError: if the file is cut short or holds another type of number.
    """
    data = path.read_bytes()
    if len(data) < 8 or len(data) < 8 + (length := struct.unpack("<Q", data[:8])[0]):
        raise ValueError(f"{path} is not a complete safetensors file")
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + o for o in entry["data_offsets"])
        if entry["dtype"] != "F32":
            raise ValueError(f"{path}: {name} holds {entry['dtype']}, only F32 is read here")
        if end > len(data):
            raise ValueError(f"{path} is cut short: {name} ends at byte {end} of {len(data)}")
        values = np.frombuffer(data, "<f4", (end - start) // 4, start).astype(np.float32)
        tensors[name] = torch.from_numpy(values).reshape(entry["shape"])
    return tensors

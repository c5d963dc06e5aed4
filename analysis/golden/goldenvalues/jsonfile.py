"""Writes JSON that a person can read and a diff can follow: one list of numbers per line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SIGNIFICANT_DIGITS = 9


def number(value: float) -> float | int:
    """Rounds to the digits kept in golden files; the engine is compared with far fewer."""
    if isinstance(value, int):
        return value
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def _is_flat(value: Any) -> bool:
    return not isinstance(value, (dict, list))


def _render(value: Any, indent: int) -> str:
    if _is_flat(value):
        return json.dumps(number(value) if isinstance(value, float) else value, ensure_ascii=False)
    members = value.values() if isinstance(value, dict) else value
    short = isinstance(value, dict) and len(value) <= 3
    if all(_is_flat(m) for m in members) and (isinstance(value, list) or short):
        if isinstance(value, list):
            return "[" + ", ".join(_render(m, 0) for m in value) + "]"
        return "{" + ", ".join(f"{json.dumps(k)}: {_render(m, 0)}" for k, m in value.items()) + "}"
    pad = " " * (indent + 1)
    if isinstance(value, list):
        body = [pad + _render(m, indent + 1) for m in value]
        return "[\n" + ",\n".join(body) + "\n" + " " * indent + "]"
    body = [f"{pad}{json.dumps(k)}: {_render(m, indent + 1)}" for k, m in value.items()]
    return "{\n" + ",\n".join(body) + "\n" + " " * indent + "}"


def write(path: Path, value: Any) -> None:
    """Writes ``value`` as UTF-8 JSON with a final newline."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_render(value, 0) + "\n", encoding="utf-8")

"""Command line: ``python -m compactclip <stage>|all|smoke --work DIR``."""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

from compactclip import smoke
from compactclip.settings import FULL, SMOKE
from compactclip.stages import STAGES, Run

DEBIAN_DRAWINGS = Path("/usr/share/openclipart/png")


def main(arguments: list[str] | None = None) -> int:
    """Runs one stage or all of them; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m compactclip", description="Recipe of the demo model.")
    parser.add_argument(
        "stage",
        choices=[*STAGES, "all", "smoke"],
        help="one stage; 'all' runs every stage in order; 'smoke' runs them at toy size and checks what they leave",
    )
    parser.add_argument("--work", type=Path, required=True, help="folder for everything that is made")
    parser.add_argument("--openclipart", type=Path, default=DEBIAN_DRAWINGS, help="PNG folder of openclipart-png")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1), help="rendering processes")
    parser.add_argument("--pictures", type=int, help="training pictures to render, if not the usual number")
    parser.add_argument("--toy", action="store_true", help="toy size for a single stage or for 'all'")
    parser.add_argument("--bf16", action="store_true", help="train in bfloat16 where the processor has it")
    parser.add_argument("--compile", action="store_true", help="compile the vision tower (PyTorch 2)")
    chosen = parser.parse_args(arguments)
    toy = chosen.toy or chosen.stage == "smoke"
    settings = SMOKE if toy else FULL
    if chosen.pictures is not None:
        settings = replace(settings, pictures=chosen.pictures)
    run = Run(
        work=chosen.work,
        settings=settings,
        drawings=chosen.openclipart,
        workers=chosen.workers,
        bf16=chosen.bf16,
        compiled=chosen.compile,
    )
    run.work.mkdir(parents=True, exist_ok=True)
    names = list(STAGES) if chosen.stage in ("all", "smoke") else [chosen.stage]
    try:
        for name in names:
            started = time.monotonic()
            outcome = STAGES[name](run)
            print(f"{name}: {outcome} ({time.monotonic() - started:.0f} s)", flush=True)
        if chosen.stage == "smoke":
            for line in smoke.check(run.work, run.settings):
                print(f"checked: {line}")
    except (FileNotFoundError, ValueError, smoke.SmokeFailure) as problem:
        print(f"compactclip: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

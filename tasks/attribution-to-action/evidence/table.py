"""Writes the evidence for each workbench step of the study into its README.

Reads study.yaml beside the README for the steps and their limits, and edits.csv (see edits.py) for
what was measured; replaces what stands between the markers.

    python table.py [--study ../study.yaml] [--edits edits.csv] [--readme ../README.md]
"""

import argparse
import csv
from pathlib import Path

import yaml

BEGIN = "<!-- evidence: written by evidence/table.py -->"
END = "<!-- end of evidence -->"
SHOWN_RANKS = 3
SHOWN_HEAD = 5


def shown(ranks: list[int]) -> bool:
    """All sets of the first three latents, and the longer heads of the ranking."""
    return max(ranks) <= SHOWN_RANKS or ranks == list(range(1, len(ranks) + 1)) and len(ranks) <= SHOWN_HEAD


def step_table(step: dict, edits: list[dict]) -> list[str]:
    limit = step["success"]["ripple"]
    rows = [row for row in edits if row["file"] == step["image"]]
    if not rows:
        raise SystemExit(f"no edits measured for {step['image']}: run edits.py")
    accepted = sum(verdict(row, limit) == "accepted" for row in rows)
    lines = [
        f"### `{step['id']}`: {step['truth']} taken for {step['target']} (`{step['image']}`)",
        "",
        f"{accepted} of the {len(rows)} measured edits meet all limits.",
        "",
        f"| suppressed: rank (latent, attribution) | then first | broken of {rows[0]['right']} "
        f"| broken of {rows[0]['right_own']} {step['target']} pictures | judged |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        ranks = [int(rank) for rank in row["ranks"].split()]
        if shown(ranks):
            parts = zip(ranks, row["latents"].split(), row["scores"].split())
            latents = ", ".join(f"{rank} ({latent}, {score})" for rank, latent, score in parts)
            lines.append(
                f"| {latents} | {row['after']} | {row['broken']} ({rate(row, ''):.3f}) "
                f"| {row['broken_own']} ({rate(row, '_own'):.2f}) | {verdict(row, limit)} |"
            )
    return lines + [""]


def rate(row: dict, which: str) -> float:
    right = int(row["right" + which])
    return int(row["broken" + which]) / right if right else 0.0


def verdict(row: dict, limit: dict) -> str:
    reasons = []
    if row["repaired"] != "1":
        reasons.append("not repaired")
    if rate(row, "") > limit["atMost"]:
        reasons.append("too much broken")
    if rate(row, "_own") > limit["ownClassAtMost"]:
        reasons.append("own class broken")
    return ", ".join(reasons) or "accepted"


def main() -> None:
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--study", type=Path, default=here.parent / "study.yaml")
    parser.add_argument("--edits", type=Path, default=here / "edits.csv")
    parser.add_argument("--readme", type=Path, default=here.parent / "README.md")
    arguments = parser.parse_args()
    study = yaml.safe_load(arguments.study.read_text(encoding="utf-8"))
    edits = list(csv.DictReader(arguments.edits.open(encoding="utf-8")))
    lines = [
        line
        for step in study["steps"]
        if step["type"] == "workbench"
        for line in step_table(step, edits)
    ]
    before, rest = arguments.readme.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    arguments.readme.write_text(
        before + BEGIN + "\n\n" + "\n".join(lines) + END + after, encoding="utf-8"
    )


if __name__ == "__main__":
    main()

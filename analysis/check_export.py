#!/usr/bin/env python3
"""Read an export of SteerStudy with pandas and compare it with its manifest.

Usage: check_export.py EXPORT      (the ZIP, or the folder that it was unpacked into)

Checks every file's bytes and SHA-256, every table's rows and columns, that every cell has the type that the data
dictionary says, that every reference leads to a row, and that the totals in sessions.csv and steps.csv are those that
the rows below them give. Prints one line per table; exits with 1 and names every problem if something is wrong.

`read_table` is also the shortest way to load a table with its types: `read_table(Export(path), "interventions")`.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
import zipfile
from pathlib import Path

import pandas as pd

FORMAT = "steerstudy-export/1"
GUARD = re.compile("^'('*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHA256 = re.compile(r"[0-9a-f]{64}")

# What pandas makes of each type of the data dictionary.
DTYPES = {
    "text": "string",
    "uuid": "string",
    "sha256": "string",
    "json": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "time": "datetime64[ns, UTC]",
}

# Column to (table, column) that it must be found in; an empty cell refers to nothing.
REFERENCES = {
    "pseudonym": ("participants", "pseudonym"),
    "session_id": ("sessions", "session_id"),
    "view_id": ("views", "view_id"),
    "measurement_id": ("measurements", "measurement_id"),
    "event_id": ("events", "event_id"),
}

KEYS = {
    "participants": ["pseudonym"],
    "sessions": ["session_id"],
    "steps": ["session_id", "step_id"],
    "answers": ["answer_id"],
    "events": ["session_id", "event_id"],
    "views": ["view_id"],
    "components": ["view_id", "latent"],
    "interventions": ["intervention_id"],
    "predictions": ["record_id", "stage", "prompt"],
    "outcomes": ["outcome_id"],
    "measurements": ["measurement_id"],
    "sweep_doses": ["measurement_id", "side", "multiple", "prompt"],
    "ablations": ["measurement_id", "latent"],
}


class Export:
    """The files of an export, in a ZIP or in a folder."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.zip = None if self.path.is_dir() else zipfile.ZipFile(self.path)

    def names(self) -> list[str]:
        if self.zip:
            return self.zip.namelist()
        return sorted(str(p.relative_to(self.path)) for p in self.path.rglob("*") if p.is_file())

    def read(self, name: str) -> bytes:
        return self.zip.read(name) if self.zip else (self.path / name).read_bytes()

    def dictionary(self) -> pd.DataFrame:
        return pd.read_csv(io.BytesIO(self.read("data_dictionary.csv")), dtype=str, keep_default_na=False)


def read_table(export: Export, table: str) -> pd.DataFrame:
    """A table with the types of the data dictionary, formula guards taken off."""
    columns = export.dictionary().query("table == @table")
    types = dict(zip(columns["column"], columns["type"]))
    raw = pd.read_csv(io.BytesIO(export.read(f"{table}.csv")), dtype="string", keep_default_na=False, na_values=[""])
    if list(raw.columns) != list(types):
        raise ValueError(f"{table}.csv has other columns than the data dictionary describes")
    for column, kind in types.items():
        cells = raw[column]
        if kind == "time":
            raw[column] = pd.to_datetime(cells, format="ISO8601", utc=True)
        elif kind == "boolean":
            if not cells.dropna().isin(["true", "false"]).all():
                raise ValueError(f"{table}.{column} holds something else than true and false")
            raw[column] = cells.map({"true": True, "false": False}).astype("boolean")
        elif kind == "integer":
            raw[column] = cells.astype("Int64")
        elif kind == "number":
            raw[column] = cells.astype("Float64")
        elif kind == "text":
            raw[column] = cells.str.replace(GUARD, r"\1", regex=True)
    return raw


def check(export: Export) -> list[str]:
    """Every problem of the export, and the list of tables on standard output."""
    names = export.names()
    if "manifest.json" not in names:
        return ["There is no manifest.json: the export was cut short. Export again."]
    manifest = json.loads(export.read("manifest.json"))
    problems = []
    if manifest.get("format") != FORMAT:
        problems.append(f"The format is {manifest.get('format')}, this program reads {FORMAT}.")
    if manifest.get("status") != "complete":
        problems.append("The manifest does not say that the export is complete. Export again.")
    listed = {file["name"]: file for file in manifest["files"]}
    for name in sorted(set(listed) ^ (set(names) - {"manifest.json"})):
        problems.append(f"{name} is only in one of manifest and export.")
    for name in set(listed) & set(names):
        content = export.read(name)
        if len(content) != listed[name]["bytes"]:
            problems.append(f"{name} has {len(content)} bytes, the manifest says {listed[name]['bytes']}.")
        if hashlib.sha256(content).hexdigest() != listed[name]["sha256"]:
            problems.append(f"{name} has another SHA-256 than the manifest says.")
    if problems:
        return problems
    tables = {}
    for name in dict.fromkeys(export.dictionary()["table"]):
        try:
            tables[name] = read_table(export, name)
        except (ValueError, KeyError, TypeError) as error:
            problems.append(f"{name}.csv cannot be read: {error}")
            continue
        rows = listed[f"{name}.csv"]["rows"]
        print(f"{name:16} {len(tables[name]):8} rows  {len(tables[name].columns):3} columns")
        if len(tables[name]) != rows:
            problems.append(f"{name}.csv has {len(tables[name])} rows, the manifest says {rows}.")
        problems += check_cells(export, name, tables[name])
    if not problems:
        problems += check_references(tables) + check_totals(tables) + check_sequences(tables, manifest)
    return problems


def check_cells(export: Export, name: str, table: pd.DataFrame) -> list[str]:
    problems = []
    described = export.dictionary().query("table == @name")
    for column, kind in zip(described["column"], described["type"]):
        cells = table[column]
        if str(cells.dtype) != DTYPES[kind]:
            problems.append(f"{name}.{column} is {cells.dtype}, the data dictionary says {kind}.")
        if kind in ("uuid", "sha256"):
            pattern = UUID if kind == "uuid" else SHA256
            if not cells.dropna().map(lambda cell: bool(pattern.fullmatch(cell))).all():
                problems.append(f"{name}.{column} holds something that is no {kind}.")
        if kind == "json":
            for cell in cells.dropna():
                try:
                    json.loads(cell)
                except ValueError:
                    problems.append(f"{name}.{column} holds text that is no JSON: {cell[:60]}")
                    break
    if name in KEYS and table.duplicated(KEYS[name]).any():
        problems.append(f"{name}.csv has two rows with the same {', '.join(KEYS[name])}.")
    return problems


def check_references(tables: dict[str, pd.DataFrame]) -> list[str]:
    problems = []
    for name, table in tables.items():
        for column, (target, key) in REFERENCES.items():
            if name == target or column not in table.columns:
                continue
            lost = ~table[column].dropna().isin(tables[target][key])
            if lost.any():
                problems.append(f"{name}.{column} names {lost.sum()} rows that are not in {target}.csv.")
    return problems


def check_totals(tables: dict[str, pd.DataFrame]) -> list[str]:
    """Counts again what the database counted."""
    edits = tables["interventions"]
    applied = edits[edits["phase"] == "applied"]
    measured = tables["measurements"]
    counted = {
        "views": tables["views"],
        "previews": edits[edits["phase"] == "preview"],
        "suppress": applied[applied["kind"] == "suppress"],
        "amplify": applied[applied["kind"] == "amplify"],
        "other_edits": applied[applied["kind"].isin(["sign-flip", "activate", "unchanged"])],
        "resets": applied[applied["kind"] == "reset"],
        "undos": applied[applied["kind"] == "undo"],
        "redos": applied[applied["kind"] == "redo"],
        "sweeps": measured[measured["kind"] == "sweep"],
        "ripple_checks": measured[measured["kind"] == "ripple"],
        "ablations": measured[measured["kind"] == "ablation"],
    }
    problems = []
    for name, keys in (("sessions", ["session_id"]), ("steps", ["session_id", "step_id"])):
        totals = tables[name].set_index(keys)
        for column, rows in counted.items():
            found = rows.groupby(keys).size().reindex(totals.index, fill_value=0)
            if (found.to_numpy() != totals[column].to_numpy(dtype="int64")).any():
                problems.append(f"{name}.{column} differs from the rows that it counts.")
    held = tables["events"].groupby("session_id").size().reindex(tables["sessions"]["session_id"], fill_value=0)
    if (held.to_numpy() != tables["sessions"]["events_held"].to_numpy(dtype="int64")).any():
        problems.append("sessions.events_held differs from events.csv.")
    return problems


def check_sequences(tables: dict[str, pd.DataFrame], manifest: dict) -> list[str]:
    """Counts again which numbers of every tab's sequence are missing."""
    problems = []
    events = tables["events"]
    told = set()
    for session in manifest["sessions"]:
        for tab in session["tabs"]:
            told.add((session["session"], tab["tab"]))
            mine = events[(events["session_id"] == session["session"]) & (events["tab_id"] == tab["tab"])]
            held = set(mine["seq"])
            end = max([tab["declared"] or 0, *held])
            missing = [n for first, last in tab["missing"] for n in range(first, last + 1)]
            if len(held) != len(mine):
                problems.append(f"Tab {tab['tab']} holds a number twice.")
            if sorted(set(range(1, end + 1)) - held) != missing or len(held) != tab["held"]:
                problems.append(f"Tab {tab['tab']}: the manifest's gaps are not those of events.csv.")
            if missing:
                print(f"missing: {session['pseudonym']} tab {tab['tab']}: {tab['missing']}")
    if set(zip(events["session_id"], events["tab_id"])) - told:
        problems.append("events.csv holds tabs that the manifest does not name.")
    return problems


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__.splitlines()[2], file=sys.stderr)
        return 2
    try:
        problems = check(Export(arguments[0]))
    except (OSError, zipfile.BadZipFile, json.JSONDecodeError) as error:
        problems = [f"{arguments[0]} cannot be read: {error}"]
    for problem in problems:
        print(f"PROBLEM: {problem}", file=sys.stderr)
    if not problems:
        print("The export is whole: every file, row, type, reference and total is as its manifest says.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/bin/sh
# Runs the unit tests and every stage of the recipe at toy size, into a temporary folder.
# Usage: ./smoke.sh [FOLDER]      PYTHON=... chooses another interpreter than Debian's.
set -eu

cd "$(dirname "$0")"
python=${PYTHON:-/usr/bin/python3}
work=${1:-}
if [ -z "$work" ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi

# One thread is fastest on matrices this small, and leaves the other processor alone.
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 OMP_WAIT_POLICY=passive
export PYTHONDONTWRITEBYTECODE=1

"$python" -m unittest discover --start-directory tests --top-level-directory .
"$python" -m compactclip smoke --work "$work"

"""The whole job as a user starts it: help, and the map of the example."""

from __future__ import annotations

import tempfile
from pathlib import Path

from geo.examples import example_table
from scripts.benchmarks.measure import Figure, python_seconds

MAIN = "import sys; from scripts.cli import main; sys.argv[0] = 'marchland'; main()"


def figures(*, runs: int) -> list[Figure]:
    """Start-up, time of a map, size of its page."""
    bare, bare_spread = python_seconds("pass", runs=runs)
    shown, shown_spread = python_seconds(MAIN, ["--help"], runs=runs)
    with tempfile.TemporaryDirectory() as folder, example_table() as table:
        page = Path(folder) / "map.html"
        built, built_spread = python_seconds(MAIN, ["map", str(table), "-o", str(page)], runs=runs)
        size = page.stat().st_size / 1000
    return [
        Figure("python -c pass", bare, "s", bare_spread),
        Figure("marchland --help", shown, "s", shown_spread, "under 0.3 s"),
        Figure("marchland --help against python -c pass", shown / bare, "times"),
        Figure("marchland map of the 58 example incidents", built, "s", built_spread, "under 3 s"),
        Figure("page of the 58 example incidents", size, "kB", 0, "under 600 kB"),
    ]

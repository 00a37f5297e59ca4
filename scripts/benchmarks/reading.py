"""Reading a UCDP-GED-like table of 386,000 rows × 49 columns, beside pandas' reader on the same file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from boundaries.assign import assign_units
from boundaries.catalogue import load_catalogue
from boundaries.outlines import fill_outlines
from geo.geocode import geocode
from geo.read.table import read_table
from scripts.benchmarks.measure import Figure, seconds

FILLERS = 30
"""Columns beside those that are read, as many as UCDP GED has."""


def figures(*, runs: int) -> list[Figure]:
    """Seconds of both, their ratio, and growth from a tenth of the rows."""
    rows = 386_000 if runs > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        whole, tenth = Path(folder) / "ged.csv", Path(folder) / "tenth.csv"
        _write(whole, rows)
        _write(tenth, rows // 10)
        peer, peer_spread = seconds(lambda: pd.read_csv(whole, low_memory=False), runs=min(runs, 3))
        read, read_spread = seconds(lambda: read_table(str(whole)), runs=min(runs, 3))
        small, _ = seconds(lambda: _read_and_place(tenth), runs=min(runs, 3))
        ours, ours_spread = seconds(lambda: _read_and_place(whole), runs=min(runs, 3))
        size = whole.stat().st_size / 1e6
    return [
        Figure(f"UCDP-like table, {rows:,} rows: size", size, "MB"),
        Figure("  pandas.read_csv", peer, "s", peer_spread),
        Figure("  read into incidents", read, "s", read_spread),
        Figure("  read, located and assigned", ours, "s", ours_spread),
        Figure("  against pandas.read_csv", ours / peer, "times", 0, "at most 6"),
        Figure("  against a tenth of the rows", ours / small, "times", 0, "about 10"),
    ]


def _read_and_place(path: Path) -> None:
    placed = fill_outlines(geocode(read_table(str(path)).incidents), load_catalogue())
    assign_units(placed, load_catalogue())


def _write(path: Path, rows: int) -> None:
    """Made-up rows with the proportions of real ones: places repeat, headlines do not."""
    chance = np.random.default_rng(1)
    places = max(rows // 20, 1)
    lat, lon = chance.uniform(38.5, 41.5, places).round(6), chance.uniform(44, 48, places).round(6)
    at = chance.integers(0, places, rows)
    day = pd.Timestamp("2010-01-01") + pd.to_timedelta(chance.integers(0, 5000, rows), unit="D")
    filler = "a report of some length that nobody reads here " * 4
    made = pd.DataFrame(
        {
            "id": np.arange(rows), "type_of_violence": 1, "where_prec": chance.choice([1, 1, 2, 2, 3, 4], rows), "date_prec": 1,
            "date_start": day, "date_end": day, "latitude": lat[at], "longitude": lon[at], "source_article": filler,
            "source_headline": [f"headline {number}" for number in range(rows)], "source_office": "First;Second", "best": 2, "low": 1,
            "high": 3, "side_a": "Government of A", "side_b": "Government of B", "country": "Azerbaijan", "adm_1": "Tartar rayon",
            "where_coordinates": [f"place {number}" for number in at],
        }
    )  # fmt: skip
    for number in range(FILLERS):
        made[f"other_{number}"] = chance.integers(0, 999, rows)
    made.to_csv(path, index=False)

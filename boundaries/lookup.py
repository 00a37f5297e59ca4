"""One thing of the catalogue by its id or any of its names, told in plain values.

For people who ask what a layer, a viewpoint, a unit, a zone or a line is; assigning and drawing need none of this.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from rapidfuzz import process

from boundaries.catalogue import Catalogue
from boundaries.records import Record, embedded_records
from boundaries.repairs import area_km2
from boundaries.viewpoint import RULES
from geo.errors import InputError
from geo.location import GEOD

TABLES = ("units", "divisions", "zones", "lines", "exclaves", "lakes", "neighbours", "facts")
NAME_COLUMNS = ("id", "name", "label", "iso", "group", "name_hy_latin", "name_az_latin", "name_hy", "name_az", "name_ru")


def _plain(value: Any) -> Any:
    """A cell as JSON has it: days in ISO form, unknown as ``None``."""
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if isinstance(value, np.generic) else value


def _shape_of(shape: Any) -> dict[str, Any]:
    """Kind, size and bounds of a geometry."""
    if shape is None:
        return {"geometry": None}
    told: dict[str, Any] = {"geometry": shape.geom_type, "bounds": [round(float(v), 5) for v in shape.bounds]}
    if shapely.get_dimensions(shape) == 2:
        told["area_km2"] = round(area_km2(shapely.orient_polygons(shape)), 2)
    elif shapely.get_dimensions(shape) == 1:
        told["length_km"] = round(float(GEOD.geometry_length(shape)) / 1000, 2)
    return told


def _told(table: str, row: dict[str, Any]) -> dict[str, Any]:
    shape = _shape_of(row.pop("geometry")) if "geometry" in row else {}
    return {"table": table} | {name: _plain(value) for name, value in row.items()} | shape


def _folded(text: Any) -> str:
    return str(text).casefold().strip()


def _matching(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Rows with this id, or else with this name, whole or without the word for its kind."""
    wanted = _folded(name)
    by_id = table[table.id.map(_folded) == wanted]
    if len(by_id):
        return by_id
    short = r"\s+(?:district|city|marz|rayon)$"
    found = pd.Series(False, index=table.index)
    for column in (column for column in NAME_COLUMNS if column in table):
        known = table[column].map(lambda value: "" if value is None else _folded(value))
        parts = known.str.split(" / ").map(lambda forms: wanted in forms if isinstance(forms, list) else False)
        found |= (known == wanted) | (known.str.replace(short, "", regex=True) == wanted) | parts
    return table[found]


def find(catalogue: Catalogue, name: str) -> list[dict[str, Any]]:
    """Every unit, division, zone, line, exclave, lake, neighbour and fact with this id or name.

    Each is a dictionary with ``table`` and its columns, days as text, the geometry as kind, bounds and size.

    Raises
    ------
    InputError
        There is none; the message names those that are spelled alike.
    """
    found = []
    for table in TABLES:
        rows: gpd.GeoDataFrame | pd.DataFrame = _matching(getattr(catalogue, table), name)
        found += [_told(table, {str(k): v for k, v in row.items()}) for row in rows.to_dict("records")]
    if not found:
        alike = "; spelled alike: " + ", ".join(near) if (near := _alike(catalogue, name)) else ""
        raise InputError(f"{name!r} is no layer, viewpoint, unit, zone, line or fact of the catalogue{alike}")
    return found


def _alike(catalogue: Catalogue, name: str) -> list[str]:
    known: set[str] = {*embedded_records(), *RULES}
    for table in TABLES:
        rows = getattr(catalogue, table)
        for column in (column for column in ("id", "label", "name") if column in rows):
            known |= set(rows[column].dropna().astype(str))
    return [str(match[0]) for match in process.extract(name, sorted(known), limit=4, score_cutoff=70, processor=_folded)]


def summary(record: Record) -> dict[str, Any]:
    """What a list of layers says about one."""
    kept = ("id", "title", "vintage", "licence")
    told = asdict(record)
    return {name: told[name] for name in kept} | {"features": record.feature_count, "viewpoint": record.viewpoint}


def layer_told(catalogue: Catalogue, record: Record) -> dict[str, Any]:
    """A layer's record with the columns that it has in the catalogue."""
    table = {"border_osm": "border", "zone_facts": "facts"}.get(record.id, record.id)
    return {"table": "layers"} | asdict(record) | {"defects": list(record.defects), "columns": list(getattr(catalogue, table).columns)}


def viewpoint_told(name: str) -> dict[str, Any]:
    """A viewpoint's rule."""
    rule = RULES[name]
    return {"table": "viewpoints", "id": rule.name, "title": rule.title, "rule": list(rule.rule), "hidden_kinds": sorted(rule.hidden)}

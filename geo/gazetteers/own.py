"""The user's own places: a table (CSV, TSV, XLSX) or a layer (GeoJSON, GeoPackage and what else GDAL reads).

Columns, of which only a name and coordinates must be there: ``name``, ``names`` (or ``alt``; several with ``|`` or ``;`` between),
``lat``, ``lon``, ``kind``, ``adm1``, ``country``, ``radius_m``, ``id``. Units and nearness to the border are filled in by
`geo.gazetteers.merge`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from geo.errors import InputError
from geo.gazetteer import Place
from geo.gazetteers.tables import read_text_table

COLUMN_NAMES = {
    "place_id": ("place_id", "id", "code"),
    "name": ("name", "name_en", "place", "place_text", "toponym", "название", "անվանում", "ad"),
    "names": ("names", "alt", "alternate_names", "alternatenames", "alt_names", "other_names", "aliases"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "longitude", "x"),
    "kind": ("kind", "type", "feature", "place_kind"),
    "adm1": ("adm1", "admin1", "province", "region", "marz", "rayon", "district"),
    "country": ("country", "country_code", "iso"),
    "radius_m": ("radius_m", "radius", "uncertainty_m", "coordinateuncertaintyinmeters"),
}
"""Meaning to the names under which a column is looked for, best first."""

KINDS = frozenset({
    "airport", "bridge", "capital", "city", "foreign", "lake", "mine", "monastery", "mountain", "other", "road_point", "town", "village",
})  # fmt: skip
"""Kinds that an own place may have; another word is kept out and said so. Areas come from ``--boundaries`` and ``--zones``."""

DEFAULT_RADIUS_M = 2_000.0
SHOWN = 5


def read_own(path: str) -> tuple[list[Place], list[str]]:
    """The places of a file, and what is to be said about it. ``adm1`` is as written; units are empty.

    Raises
    ------
    InputError
        The file can't be read, has no column of names or coordinates, or holds no usable row.
    """
    rows = (
        _layer_rows(path) if PurePath(path).suffix.lower() in (".geojson", ".json", ".gpkg", ".shp", ".fgb", ".kml") else _table_rows(path)
    )
    places: list[Place] = []
    faults: list[str] = []
    for number, row in rows:
        place = _place(row, number, stem=PurePath(path).stem)
        if isinstance(place, str):
            faults.append(f"line {number}: {place}")
        else:
            places.append(place)
    if not places:
        raise InputError(f"{path}: no usable place; {'; '.join(faults[:SHOWN])}", path=path)
    notes = [f"{len(places)} own places"]
    if faults:
        more = f" … and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        notes.append(f"{len(faults)} rows were not taken: {'; '.join(faults[:SHOWN])}{more}")
    return places, notes


def _table_rows(path: str) -> list[tuple[int, dict[str, str]]]:
    table = read_text_table(path)
    columns = _columns(table.header, path=path, wanted=("name", "lat", "lon"))
    return [(line, {meaning: row[number] for meaning, number in columns.items()}) for line, row in table]


def _layer_rows(path: str) -> list[tuple[int, dict[str, str]]]:
    """The features of a layer; of a line or polygon a point inside, with a radius that holds it all."""
    import geopandas as gpd
    from pyogrio.errors import DataSourceError

    try:
        layer = gpd.read_file(path)
    except (DataSourceError, OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as a layer of places ({error})", path=path) from error
    if layer.crs is not None:
        layer = layer.to_crs("EPSG:4326")
    columns = _columns([str(name) for name in layer.columns], path=path, wanted=("name",))
    rows = []
    for number, (cells, shape) in enumerate(zip(layer.itertuples(index=False, name=None), layer.geometry, strict=True), start=1):
        row = {meaning: "" if _is_nothing(cells[column]) else str(cells[column]).strip() for meaning, column in columns.items()}
        rows.append((number, row | _point_of(shape, row.get("radius_m", ""))))
    return rows


def _is_nothing(value: Any) -> bool:
    return value is None or value != value


def _point_of(shape: Any, radius_m: str) -> dict[str, str]:
    import shapely

    from geo.location import distance_m

    if shape is None or shape.is_empty:
        return {"lat": "", "lon": ""}
    point = shape if shape.geom_type == "Point" else shapely.point_on_surface(shape)
    reach = max(distance_m(point, shapely.Point(x, y)) for x, y in shapely.get_coordinates(shape))
    return {"lat": f"{point.y:.6f}", "lon": f"{point.x:.6f}", "radius_m": radius_m or (f"{reach:.0f}" if reach else "")}


def _columns(header: Sequence[str], *, path: str, wanted: Sequence[str]) -> dict[str, int]:
    keys = {re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_"): number for number, name in reversed(list(enumerate(header)))}
    found = {meaning: next((keys[name] for name in names if name in keys), None) for meaning, names in COLUMN_NAMES.items()}
    columns = {meaning: number for meaning, number in found.items() if number is not None}
    if missing := [meaning for meaning in wanted if meaning not in columns]:
        raise InputError(
            f"{path}: has no column {', '.join(missing)} (columns: {', '.join(header[:12])}); a gazetteer needs name, lat and lon",
            path=path,
        )
    return columns


def _place(row: Mapping[str, str], number: int, *, stem: str) -> Place | str:
    """A row as a place, or what is wrong with it."""
    name, kind = row.get("name", ""), row.get("kind", "").lower().replace(" ", "_") or "village"
    lat, lon, radius_m = (_number(row.get(field, "")) for field in ("lat", "lon", "radius_m"))
    if not name:
        return "has no name"
    if lat is None or lon is None or not -90 <= lat <= 90 or not -180 <= lon <= 180:
        return f"lat, lon {row.get('lat', '')!r}, {row.get('lon', '')!r} are no coordinates in degrees"
    if row.get("radius_m") and (radius_m is None or radius_m < 0):
        return f"radius_m {row['radius_m']!r} is no number of metres"
    if kind not in KINDS:
        return f"kind {kind!r} is none of {', '.join(sorted(KINDS))}"
    if any(mark in cell for cell in row.values() for mark in "\t\r\n") or "|" in name:
        return "a cell holds a tab or a line break, or the name a |"
    names = tuple(dict.fromkeys([name, *(part.strip() for part in re.split(r"[|;]", row.get("names", "")) if part.strip())]))
    return Place(
        row.get("place_id") or f"own-{stem}-{number}", name, names, kind, lon, lat, radius_m or DEFAULT_RADIUS_M,
        row.get("country", "").upper(), row.get("adm1") or None, None, reported=True,
    )  # fmt: skip


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None

"""Files as tables for `maps.diff`: exports of marchland (GeoJSON, GeoPackage), any CSV, and the folder or manifest of a build."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError
from geo.read.files import decode, read_bytes
from maps.diff import Row, Table
from maps.manifest import read_manifest

READABLE = (".geojson", ".json", ".gpkg", ".csv")
ID_COLUMNS = ("id", "event_id_cnty", "event_id", "uid", "number", "no", "#")
LON_COLUMNS, LAT_COLUMNS = ("lon", "longitude", "lng", "x"), ("lat", "latitude", "y")
PAIR_COLUMNS = ("coordinates", "estimated coordinates")
_LAYERS = ("incidents", "incident_areas", "incident_lines")
_OF_A_PACKAGE = ("adm1_shares", "zones", "actors", "claims", "sources")


def read_table(path: str) -> Table:
    """The incidents of a file.

    Raises
    ------
    InputError
        It can't be read, or is nothing that can be compared.
    """
    found = _of_build(Path(path))
    if not found.is_file():
        raise InputError(f"{path}: there is no such file", path=path)
    suffix = found.suffix.lower()
    if suffix in (".geojson", ".json"):
        return _from_geojson(found)
    if suffix == ".gpkg":
        return _from_geopackage(found)
    if suffix == ".csv":
        return _from_csv(found)
    raise InputError(f"{path}: can't be compared; give {', '.join(READABLE)} or the folder of a build", path=path)


def _of_build(path: Path) -> Path:
    """The file of a build that says most; the path itself when it is no build."""
    manifest = path / "manifest.json" if path.is_dir() else path
    if manifest.name != "manifest.json":
        return manifest
    written: list[Path] = [manifest.parent / str(output["path"]) for output in read_manifest(manifest)["outputs"]]
    for suffix in (".geojson", ".gpkg"):
        for output in written:
            if output.suffix.lower() == suffix:
                return output
    raise InputError(f"{path}: the build has no .geojson or .gpkg, which a comparison needs", path=str(path))


def _known(values: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in values if value is not None and value != "" and value != []}


def _from_geojson(path: Path) -> Table:
    try:
        held = json.loads(read_bytes(str(path)))
        features = [(f.get("id"), f.get("properties") or {}, f.get("geometry")) for f in held["features"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is no GeoJSON FeatureCollection ({error})", path=str(path)) from error
    rows = [Row(_ident(ident, said), _known(said.items()), _shape(path, geometry)) for ident, said, geometry in features]
    return Table(path.name, tuple(dict.fromkeys(name for _, said, _ in features for name in said)), tuple(rows))


def _ident(ident: Any, said: dict[str, Any]) -> str | None:
    value = said.get("id") if ident is None else ident
    return None if value is None else str(value)


def _shape(path: Path, geometry: Any) -> BaseGeometry | None:
    if geometry is None:
        return None
    try:
        return shapely.from_geojson(json.dumps(geometry))
    except shapely.errors.GEOSException as error:
        raise InputError(f"{path}: a geometry can't be read ({error})", path=str(path)) from error


def _from_geopackage(path: Path) -> Table:
    try:
        held = {name for name, _ in pyogrio.list_layers(path)}
        if "incidents" not in held:
            raise InputError(f"{path}: has no layer incidents, so it is no export of marchland", path=str(path))
        tables = [pyogrio.read_dataframe(path, layer=name) for name in _LAYERS if name in held]
    except pyogrio.errors.DataSourceError as error:
        raise InputError(f"{path}: can't be opened ({error})", path=str(path)) from error
    columns = tuple(name for name in tables[0].columns if name != "geometry")
    rows = [row for table in tables for row in _rows(table, columns)]
    return Table(path.name, columns, tuple(rows))


def _rows(table: pd.DataFrame, columns: Sequence[str]) -> list[Row]:
    shapes = [_single(shape) for shape in table.geometry]
    cells = [[_cell(name, value) for value in table[name].astype(object)] for name in columns]
    said = [_known(zip(columns, values, strict=True)) for values in zip(*cells, strict=True)]
    return [Row(None if v.get("id") is None else str(v["id"]), v, shape) for v, shape in zip(said, shapes, strict=True)]


def _single(shape: BaseGeometry | None) -> BaseGeometry | None:
    # a layer of areas has only collections, also of one
    return shape.geoms[0] if shape is not None and shape.geom_type.startswith("Multi") and len(shape.geoms) == 1 else shape


def _cell(name: str, value: Any) -> Any:
    if value is None or value is pd.NaT or value != value:
        return None
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if name in _OF_A_PACKAGE:
        return json.loads(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _from_csv(path: Path) -> Table:
    text, _, _ = decode(read_bytes(str(path)), path=str(path))
    lines = [line for line in csv.reader(io.StringIO(text, newline="")) if any(cell.strip() for cell in line)]
    if not lines:
        raise InputError(f"{path}: is empty", path=str(path))
    header = [name.strip() for name in lines[0]]
    keys = {name.lower(): name for name in reversed(header) if name}
    ident = next((keys[name] for name in ID_COLUMNS if name in keys), None)
    rows = []
    for line in lines[1:]:
        said = _known((name, " ".join(cell.split())) for name, cell in zip(header, line, strict=False) if name)
        # a line of nothing but its number is the rest of a spreadsheet
        if set(said) - {ident}:
            rows.append(Row(said.get(ident) if ident else None, {k: v for k, v in said.items() if k != ident}, _point(said, keys)))
    return Table(path.name, tuple(name for name in dict.fromkeys(header) if name and name != ident), tuple(rows))


def _point(said: dict[str, Any], keys: dict[str, str]) -> BaseGeometry | None:
    lon, lat = (next((said.get(keys[n]) for n in names if n in keys), None) for names in (LON_COLUMNS, LAT_COLUMNS))
    if lon is None:
        # latitude first, as people write a pair
        pair = next((said.get(keys[n]) for n in PAIR_COLUMNS if n in keys), None) or ""
        lat, _, lon = pair.partition(",")
    try:
        point = shapely.Point(float(lon or ""), float(lat or ""))
    except ValueError:
        return None
    return point if abs(point.x) <= 180 and abs(point.y) <= 90 else None

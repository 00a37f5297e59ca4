"""Incidents as GeoParquet 1.1, FlatGeobuf and zipped shapefiles: all incidents in one table (a shapefile: one for each geometry)."""

from __future__ import annotations

import errno
import io
import tempfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet
import pyogrio
import shapely

from geo.schema import PUBLIC_COLUMNS, WGS84
from maps.export.archive import write_archive
from maps.export.coordinates import exported_shapes
from maps.export.layers import multi, one_kind
from maps.export.properties import plain_columns
from maps.export.stamp import build_moment
from maps.export.tables import csv_text
from maps.export.typed import arrow_table, json_text, typed_columns
from maps.provenance import Provenance

SHAPEFILE_NAMES: dict[str, str] = {
    "id": "id", "title": "title", "event_type": "event_type", "start": "start", "end": "end", "date_precision": "date_prec",
    "location_kind": "loc_kind", "radius_m": "radius_m", "place": "place", "place_id": "place_id", "place_text": "place_text",
    "geocode_method": "geo_method", "geocode_reason": "geo_reason", "country": "country", "adm1": "adm1", "adm2": "adm2",
    "border_distance_m": "border_m", "border_distance_error_m": "border_err", "zones": "zones", "actors": "actors",
    "strength_low": "strength_l", "strength_high": "strength_h", "killed_low": "killed_l", "killed_high": "killed_h",
    "wounded_low": "wounded_l", "wounded_high": "wounded_h", "captured_low": "captured_l", "captured_high": "captured_h",
    "status": "status", "draft": "draft", "sources": "sources", "source_file": "src_file", "source_row": "src_row",
    "generalised_m": "general_m",
}  # fmt: skip
"""Names of at most ten characters. Shares and claims do not fit into 254 characters and are left out."""


def write_geoparquet(incidents: gpd.GeoDataFrame, path: Path, *, provenance: Provenance) -> None:
    """Write GeoParquet 1.1 with a bounding box column; the file's metadata hold the provenance under ``marchland``."""
    columns = typed_columns(incidents)
    frame = gpd.GeoDataFrame(pa.table(columns).to_pandas(types_mapper=_nullable), geometry=list(exported_shapes(incidents)), crs=WGS84)
    held = io.BytesIO()
    frame.to_parquet(held, index=False, schema_version="1.1.0", write_covering_bbox=True)
    table = pa.parquet.read_table(pa.BufferReader(held.getvalue()))
    told = {**(table.schema.metadata or {}), b"marchland": json_text(provenance.as_dict()).encode("utf-8", "replace")}
    pa.parquet.write_table(table.replace_schema_metadata(told), path, compression="zstd")


def _nullable(kind: pa.DataType) -> Any:
    import pandas as pd

    return pd.Int64Dtype() if kind == pa.int64() else None


def write_flatgeobuf(incidents: gpd.GeoDataFrame, path: Path, *, provenance: Provenance) -> None:
    """Write FlatGeobuf; attribution and disclaimer are its description."""
    shapes = exported_shapes(incidents)
    # by way of memory, since the driver takes no notice of a full disk
    held = io.BytesIO()
    pyogrio.write_arrow(
        arrow_table(typed_columns(incidents), shapes),
        held,
        layer="incidents",
        driver="FlatGeobuf",
        geometry_name="geometry",
        geometry_type="Unknown",
        crs=WGS84,
        # its spatial index can't hold an incident without a location
        layer_options={
            "SPATIAL_INDEX": "NO" if shapely.is_missing(shapes).any() or not len(shapes) else "YES",
            "TITLE": "Reported incidents",
            "DESCRIPTION": _notice(provenance),
        },
    )
    path.write_bytes(held.getvalue())


def _notice(provenance: Provenance) -> str:
    return "\n".join([provenance.disclaimer, *provenance.attribution])


def write_shapefiles(incidents: gpd.GeoDataFrame, path: Path, *, provenance: Provenance) -> None:
    """Write a zip archive with a shapefile for points, lines and areas each, the list of its column names, and a notice."""
    shapes = multi(one_kind(exported_shapes(incidents)))
    dimension, table = shapely.get_dimensions(shapes), _short_columns(incidents)
    layers = {"points": ("Point", dimension < 1), "lines": ("LineString", dimension == 1), "areas": ("Polygon", dimension == 2)}
    members: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (geometry, rows) in layers.items():
            if rows.any():
                _write_shapefile(Path(folder) / f"incidents_{name}.shp", table.filter(pa.array(rows)), shapes[rows], geometry)
        members |= {part.name: part.read_bytes() for part in sorted(Path(folder).iterdir())}
    names = {"column": list(SHAPEFILE_NAMES), "name": list(SHAPEFILE_NAMES.values())}
    left_out = [column for column in PUBLIC_COLUMNS if column not in SHAPEFILE_NAMES]
    notice = f"{_notice(provenance)}\nLeft out, because a shapefile can't hold them: {', '.join(left_out)}. Texts end after 254 bytes.\n"
    write_archive(path, members | {"columns.csv": csv_text(names).encode(), "notice.txt": notice.encode()})


def _short_columns(incidents: gpd.GeoDataFrame) -> pa.Table:
    columns = typed_columns(incidents, list(SHAPEFILE_NAMES))
    plain = plain_columns(incidents, ["actors", "sources", "zones"])
    for name, lists in plain.items():
        texts = ["; ".join(str(item["name"] if isinstance(item, dict) else item) for item in items) or None for items in lists]
        columns[name] = pa.array(texts, pa.string())
    for name in ("start", "end"):
        columns[name] = columns[name].cast(pa.timestamp("ms")).cast(pa.date32())
    columns["draft"] = columns["draft"].cast(pa.int32())
    # cut here, between characters, and not in GDAL in the midst of one
    cut = {n: _cut(v) if pa.types.is_string(v.type) else v for n, v in columns.items()}
    return pa.table({SHAPEFILE_NAMES[name]: values for name, values in cut.items()})


def _cut(texts: pa.Array) -> pa.Array:
    return pa.array([None if text is None else text.encode()[:254].decode("utf-8", "ignore") for text in texts.to_pylist()], pa.string())


def _write_shapefile(path: Path, table: pa.Table, shapes: Any, geometry: str) -> None:
    single = geometry == "Point" and not (shapely.get_num_geometries(shapes) > 1).any()
    pyogrio.write_arrow(
        table.append_column("geometry", arrow_table({}, shapes)["geometry"]),
        path,
        driver="ESRI Shapefile",
        geometry_name="geometry",
        geometry_type=geometry if single or geometry != "Point" else "MultiPoint",
        crs=WGS84,
        layer_options={"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": build_moment().strftime("%Y-%m-%d")},
    )
    if pyogrio.read_info(path)["features"] != len(table):
        raise OSError(errno.ENOSPC, "not all of it could be written")

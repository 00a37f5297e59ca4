"""Layers of shapes with attributes (GeoJSON, GeoPackage, Shapefile, FlatGeobuf, GeoParquet, KML, GPX) to a dossier.

The attributes are read as a table is (`geo.read.table`); the geometry is the location. Opening files is left to
`geo.read.vector_files`, our own exports to `geo.read.exports`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePath
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from geo.dates import FieldOrder
from geo.errors import InputError
from geo.read.archives import check_archive
from geo.read.files import RawTable, cell_text, read_bytes, sha256_of
from geo.read.table import table_dossier
from geo.read.vector_files import LayerFile, read_file, split_layer
from geo.schema import WGS84, Dossier

VECTOR_SUFFIXES = (".geojson", ".gpkg", ".shp", ".zip", ".fgb", ".parquet", ".kml", ".kmz", ".gpx")
_XML = (".kml", ".gpx")


def read_vector(path: str, *, name: str | None = None, date_order: FieldOrder | None = None) -> Dossier:
    """Read a layer of incidents.

    Parameters
    ----------
    path
        ``FILE``, or ``FILE:LAYER`` where a file has several layers; of KML all folders are read, of GPX the waypoints.
    name, date_order
        As in `geo.read.table.read_table`.

    Raises
    ------
    InputError
        Missing, damaged or empty file, several layers and none named, a coordinate system that can't be true; no row of use.
    """
    file, _ = split_layer(path)
    content = read_bytes(file)
    _refuse_hostile(file, content)
    layer = _read(path, file)
    table = layer.table
    raw = RawTable(
        header=tuple(str(column) for column in table.columns if column != "geometry"),
        cells=_as_text(table),
        lines=1 + np.arange(len(table)),
        ragged=(),
        encoding=None,
        notes=layer.notes,
    )
    form = PurePath(file).suffix.lower().removeprefix(".")
    shapes = np.asarray(table.geometry, dtype=object)
    return table_dossier(raw, path=path, name=name, sha256=sha256_of(content), date_order=date_order, shapes=shapes, form=form)


def _read(path: str, file: str) -> LayerFile:
    """The file's layer, or all folders of a KML as one."""
    suffix = PurePath(file).suffix.lower()
    if suffix == ".gpx" and path == file:
        return read_file(f"{file}:waypoints", keep_empty=True)
    if suffix not in (".kml", ".kmz") or path != file:
        return read_file(path, keep_empty=True)
    try:
        folders = [str(layer) for layer, kind in pyogrio.list_layers(file) if kind is not None]
    except pyogrio.errors.DataSourceError as error:
        raise InputError(f"{file}: can't be read as KML", path=file) from error
    parts = [read_file(f"{file}:{folder}", keep_empty=True) for folder in dict.fromkeys(folders)]
    if not parts:
        raise InputError(f"{file}: has no placemarks", path=file)
    table = pd.concat([part.table for part in parts], ignore_index=True)
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    return LayerFile(file, None, gpd.GeoDataFrame(table, geometry="geometry", crs=WGS84), parts[0].crs, notes)


def _as_text(table: gpd.GeoDataFrame) -> pd.DataFrame:
    """The attributes as cells of text, by position; unknown is empty, a time without hours a day."""
    columns = {number: _column_text(table[name]) for number, name in enumerate(c for c in table.columns if c != "geometry")}
    return pd.DataFrame(columns, index=range(len(table)), dtype=str)


def _column_text(column: pd.Series) -> list[str]:
    return [_cell(value) for value in column]


def _cell(value: Any) -> str:
    if isinstance(value, (list, tuple, dict, np.ndarray)):
        return json.dumps(value.tolist() if isinstance(value, np.ndarray) else value, ensure_ascii=False, default=str)
    return "" if pd.isna(value) else cell_text(value)


def _refuse_hostile(file: str, content: bytes) -> None:
    """Archives that unfold without bound, and XML that declares entities of its own.

    Raises
    ------
    InputError
        It is one of these.
    """
    check_archive(content, path=file)
    if Path(file).suffix.lower() in _XML and re.search(rb"<!\s*(DOCTYPE|ENTITY)", content):
        raise InputError(f"{file}: declares entities of its own (DOCTYPE), which are not read; remove the declaration", path=file)

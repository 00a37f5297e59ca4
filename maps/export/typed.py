"""The incident properties as typed columns, for formats that have types: dates as dates, counts as whole numbers, lists as JSON.

What a cell becomes in JSON is decided in `maps.export.properties`; which format takes these columns, in its own module.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geo.schema import COLUMNS, PUBLIC_COLUMNS
from maps.export.properties import plain_columns

_TYPES = {column.name: column.type for column in COLUMNS}
WHOLE = (*(f"{what}_{end}" for what in ("strength", "killed", "wounded", "captured") for end in ("low", "high")), "source_row")
"""Columns that count; they are integers as long as no source reports a fraction."""


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def json_text(value: Any) -> str:
    """JSON of a list or record, as it stands in a text column."""
    return _encode(value)


def well_formed(text: str) -> str:
    """The text with a question mark for half a surrogate pair, which no file can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text


def _texts(values: Iterable[Any]) -> pa.Array:
    # a null byte would end the text in SQLite and in most readers
    return pa.array([None if v is None or v != v else well_formed(str(v)).replace("\x00", "") for v in values], pa.string())


def _dates(column: pd.Series) -> pa.Array:
    # a moment, not a date: QGIS compares text with its moments, and "2021-05-14" comes before "2021-05-14T00:00:00Z"
    return pa.array(column.to_numpy().astype("datetime64[ms]"), pa.timestamp("ms", tz="UTC"))


def _numbers(column: pd.Series, *, whole: bool) -> pa.Array:
    values = column.to_numpy(dtype="float64")
    known = np.isfinite(values)
    if whole and bool((values[known] == np.floor(values[known])).all()):
        return pa.array(np.where(known, values, 0).astype("int64"), pa.int64(), mask=~known)
    return pa.array(values, pa.float64(), mask=~known)


def typed_columns(incidents: gpd.GeoDataFrame, names: Sequence[str] = PUBLIC_COLUMNS) -> dict[str, pa.Array]:
    """The named columns of the incident table as Arrow arrays, null where unknown; lists as JSON text."""
    columns: dict[str, pa.Array] = {}
    for name in names:
        kind, column = _TYPES[name], incidents[name]
        if kind == "date":
            columns[name] = _dates(column)
        elif kind == "number":
            columns[name] = _numbers(column, whole=name in WHOLE)
        elif kind == "flag":
            columns[name] = pa.array(column.to_numpy(dtype=bool), pa.bool_())
        elif kind == "list":
            columns[name] = _texts(_list_texts(incidents, name))
        else:
            columns[name] = _texts(column)
    return columns


def _list_texts(incidents: gpd.GeoDataFrame, name: str) -> list[str]:
    (lists,) = plain_columns(incidents, [name]).values()
    return ["[]" if not items else json_text(items) for items in lists]


def typed_table(frame: pd.DataFrame) -> dict[str, pa.Array]:
    """The columns of any other table, without geometry, as Arrow arrays by the type that they have."""
    columns: dict[str, pa.Array] = {}
    for name, column in frame.items():
        if isinstance(column.dtype, gpd.array.GeometryDtype):
            continue
        if pd.api.types.is_datetime64_any_dtype(column):
            columns[str(name)] = _dates(column)
        elif pd.api.types.is_bool_dtype(column):
            columns[str(name)] = pa.array(column.to_numpy(dtype=bool), pa.bool_())
        elif pd.api.types.is_numeric_dtype(column):
            columns[str(name)] = _numbers(column, whole=pd.api.types.is_integer_dtype(column))
        else:
            columns[str(name)] = _texts(_flat(v) for v in column)
    return columns


def _flat(value: Any) -> Any:
    return json_text(value) if isinstance(value, list | tuple | dict) else value


def arrow_table(columns: Mapping[str, pa.Array], geometry: Any = None) -> pa.Table:
    """Columns as one Arrow table; geometry in a column ``geometry`` as WKB, when there is one."""
    table = dict(columns)
    if geometry is not None:
        # an array of nothing else than None has no type of its own
        table["geometry"] = pa.array(list(shapely.to_wkb(shapely.force_2d(np.asarray(geometry, dtype=object)))), pa.binary())
    return pa.table(table)

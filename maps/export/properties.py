"""The incident properties that every output carries, as plain values.

One place decides how a table cell becomes JSON: unknown is ``None``, dates are ISO text, whole numbers have no decimals.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.schema import COLUMNS, PUBLIC_COLUMNS

_TYPES = {column.name: column.type for column in COLUMNS}


def plain_columns(incidents: gpd.GeoDataFrame, names: Sequence[str] = PUBLIC_COLUMNS) -> dict[str, list[Any]]:
    """The named columns as lists of JSON-ready values, one for each row."""
    return {name: _plain(incidents[name], _TYPES[name]) for name in names}


def plain_records(incidents: gpd.GeoDataFrame, names: Sequence[str] = PUBLIC_COLUMNS) -> list[dict[str, Any]]:
    """The rows as dictionaries of JSON-ready values, in the order of ``names``."""
    columns = plain_columns(incidents, names)
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(column: pd.Series, kind: str) -> list[Any]:
    if kind == "date":
        text = column.dt.strftime("%Y-%m-%d")
        return list(text.astype(object).where(column.notna(), None))
    if kind == "number":
        return [None if np.isnan(v) else int(v) if v == np.floor(v) else round(float(v), 1) for v in column.to_numpy()]
    if kind == "flag":
        return [bool(v) for v in column]
    if kind == "list":
        return [[_plain_item(item) for item in items] for items in column]
    return [None if v is None or v != v else str(v) for v in column]


def _plain_item(item: Any) -> Any:
    """A record as a dictionary; spans stay behind, since they point into a file that the output does not hold."""
    if not dataclasses.is_dataclass(item) or isinstance(item, type):
        return item
    return {field.name: getattr(item, field.name) for field in dataclasses.fields(item) if field.name != "span"}

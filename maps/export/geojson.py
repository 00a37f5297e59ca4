"""Incidents as GeoJSON (RFC 7946).

Longitude first, WGS 84, no ``crs`` member, exterior rings counter-clockwise, at most six decimals and no more than the
location's radius supports, cut at the 180th meridian. An unlocated incident is a feature with ``"geometry": null``.

Written by columns: each distinct value of a column is made JSON once, and a feature is the pieces of its row joined.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.schema import COLUMNS, PUBLIC_COLUMNS
from maps.export.antimeridian import bounds_of
from maps.export.coordinates import decimals_for, exported_shapes
from maps.export.properties import plain_columns
from maps.provenance import Provenance

PIECE = 20_000
"""Features that are made text at a time."""

__all__ = ["decimals_for", "geojson_pieces", "geojson_text", "write_geojson"]

_TYPES = {column.name: column.type for column in COLUMNS}
_compact = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def geojson_text(incidents: gpd.GeoDataFrame, *, provenance: Provenance) -> str:
    """A FeatureCollection with every incident, in the order of the table; see `geojson_pieces`."""
    return b"".join(geojson_pieces(incidents, provenance=provenance)).decode("utf-8")


def geojson_pieces(incidents: gpd.GeoDataFrame, *, provenance: Provenance) -> Iterator[bytes]:
    """A FeatureCollection as UTF-8 text, piece by piece.

    Parameters
    ----------
    incidents
        Table with the columns of `geo.schema`, geometry in WGS 84.
    provenance
        Goes into the member ``marchland``: version, viewpoint, day, counts, attribution, disclaimer.
    """
    shapes = exported_shapes(incidents)
    head: dict[str, Any] = {"type": "FeatureCollection", "marchland": provenance.as_dict()}
    bounds = bounds_of(shapes, crosses=_is_split(incidents, shapes))
    if bounds is not None:
        head["bbox"] = [int(v) if v == int(v) else v for v in bounds]
    # features last, so that a reader of the head of a long file meets the provenance first
    yield _bytes(_compact(head)[:-1]) + b',"features":['
    for start in range(0, len(incidents), PIECE):
        rows = slice(start, start + PIECE)
        joined = b",\n".join(_features(incidents.iloc[rows], shapes[rows]))
        yield (b",\n" if start else b"\n") + joined
    yield b"\n]}\n"


def _is_split(incidents: gpd.GeoDataFrame, shapes: Any) -> bool:
    before = shapely.get_num_geometries(incidents.geometry.to_numpy())
    return bool((shapely.get_num_geometries(shapes) > before).any())


def _features(incidents: gpd.GeoDataFrame, shapes: Any) -> Iterator[bytes]:
    drawn = [b"null" if text is None else text.encode("ascii") for text in shapely.to_geojson(shapes)]
    columns = _joined([_members(name, incidents[name]) for name in PUBLIC_COLUMNS])
    varying = [column for column in columns if isinstance(column, list)]
    # what is the same in all rows is text between those that are not
    pattern = b",".join(b"%b" if isinstance(column, list) else column.replace(b"%", b"%%") for column in columns)
    pattern = b'{"type":"Feature","id":%b,"geometry":%b,"properties":{' + pattern + b"}}"
    ids = _repeated(_fragments(incidents["id"], "text"), len(drawn))
    for values in zip(ids, drawn, *varying, strict=True):
        yield pattern % values


Fragments = list[bytes] | bytes
"""JSON of each row, or of all of them where it is the same."""


def _repeated(fragments: Fragments, rows: int) -> list[bytes]:
    return fragments if isinstance(fragments, list) else [fragments] * rows


def _joined(columns: list[Fragments]) -> list[Fragments]:
    """The columns with neighbours that are the same in all rows made one."""
    joined: list[Fragments] = []
    for column in columns:
        if isinstance(column, bytes) and joined and isinstance(joined[-1], bytes):
            joined[-1] = joined[-1] + b"," + column
        else:
            joined.append(column)
    return joined


def _members(name: str, column: pd.Series) -> Fragments:
    """The member of each row's properties."""
    return _fragments(column, _TYPES[name], _bytes(_compact(name)) + b":")


def _fragments(column: pd.Series, kind: str, key: bytes = b"") -> Fragments:
    """The JSON of each value, after a key."""
    if kind == "list":
        return _lists(column, key)
    if kind == "flag":
        return _taken(column.to_numpy(dtype=bool), lambda value: "true" if value else "false", key)
    if kind == "date":
        days = column.to_numpy().astype("datetime64[D]")
        return _taken(days, lambda value: "null" if np.isnat(value) else f'"{value}"', key)
    if kind == "number":
        return _taken(column.to_numpy(dtype="float64"), _number, key)
    codes, distinct = pd.factorize(column, use_na_sentinel=True)
    texts = [key + _bytes(_compact(str(value))) for value in distinct]
    # the code of what is unknown is -1, the last
    return _by_code(np.array([*texts, key + b"null"], dtype=object), codes)


def _lists(column: pd.Series, key: bytes) -> Fragments:
    if not column.map(bool).any():
        return key + b"[]"
    (lists,) = plain_columns(column.to_frame(), [str(column.name)]).values()
    return [key + (_bytes(_compact(items)) if items else b"[]") for items in lists]


def _taken(values: Any, text: Callable[[Any], str], key: bytes) -> Fragments:
    distinct, which = np.unique(values, return_inverse=True)
    return _by_code(np.array([key + text(value).encode("ascii") for value in distinct], dtype=object), which.ravel())


def _by_code(texts: Any, codes: Any) -> Fragments:
    held: list[bytes] = texts[codes].tolist()
    if held and (codes == codes[0]).all():
        return held[0]
    return held


def _number(value: float) -> str:
    if not np.isfinite(value):
        return "null"
    return str(int(value)) if value == np.floor(value) else repr(round(float(value), 1))


def _bytes(text: str) -> bytes:
    # half of a surrogate pair cannot be written as UTF-8
    return text.encode("utf-8", "replace")


def write_geojson(incidents: gpd.GeoDataFrame, path: Path, *, provenance: Provenance) -> None:
    """Write the FeatureCollection to a file; see `geojson_pieces`."""
    with path.open("wb") as out:
        out.writelines(geojson_pieces(incidents, provenance=provenance))

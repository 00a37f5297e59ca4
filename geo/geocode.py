"""Places of incidents: the table of incidents with its location columns filled in.

Rows with coordinates keep them, with the radius that their decimals support; the others are located by id and wording, each distinct
one once. What a wording means is the business of `geo.locate`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.decisions import Decisions, decided
from geo.gazetteer import Gazetteer, embedded_gazetteer
from geo.locate import Located, locate, locate_with_unit
from geo.representative import spread_points
from geo.schema import WGS84

__all__ = ["coordinate_radius_m", "geocode", "locate"]

SMALLEST_COORDINATE_RADIUS_M = 100.0
"""What a coordinate in a report can mean at best: a hill, a bend of a road, a group of houses."""


def coordinate_radius_m(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Radius that the rounding of coordinates supports: half the diagonal of the cell of their last decimal, 100 m at least.

    Trailing zeros can't be told from digits that were not given, so the finer of the two coordinates counts.
    """
    decimals = np.array([max(_decimals(x), _decimals(y)) for x, y in zip(lon, lat, strict=True)], dtype=float)
    # length of a degree on the sphere of the earth's mean radius: the radius is judged, not measured
    cell_m = 10.0**-decimals * 111_195
    half_diagonal = cell_m * np.sqrt(1 + np.cos(np.radians(lat)) ** 2) / 2
    return np.asarray(np.maximum(half_diagonal, SMALLEST_COORDINATE_RADIUS_M), dtype=np.float64)


def _decimals(value: float) -> int:
    text = repr(float(value))
    return 7 if "e" in text else len(text.partition(".")[2].rstrip("0"))


def geocode(incidents: gpd.GeoDataFrame, *, gazetteer: Gazetteer | None = None, decisions: Decisions | None = None) -> gpd.GeoDataFrame:
    """The incidents with their location filled in.

    Parameters
    ----------
    incidents
        Table with the columns of `geo.schema`; rows whose ``location_kind`` is set already stay as they are. Not changed.
    gazetteer
        The places; ``None``: those that ship with marchland.
    decisions
        What a person has decided on wordings; goes before all else but coordinates of the source. ``None``: nothing.

    Returns
    -------
    GeoDataFrame
        The same rows in the same order with ``geometry, location_kind, radius_m, place, place_id, place_unit, outline,
        geocode_method, geocode_reason`` filled. A row with coordinates keeps them, others are located by ``place_id`` and
        ``place_text``; each distinct combination of wording and context is located once. A point that only stands for an area or
        line becomes that (`geo.representative`).
    """
    places = gazetteer if gazetteer is not None else embedded_gazetteer()
    placed = incidents.copy()
    open_rows = incidents.location_kind.isna().to_numpy()
    with_point = open_rows & incidents.geometry.notna().to_numpy()
    _fill_coordinates(placed, np.flatnonzero(with_point))
    placed = _fill_named(placed, np.flatnonzero(open_rows & ~with_point), places)
    placed = spread_points(placed, places)
    return placed if decisions is None else _decide(placed, decisions, places)


def _decide(table: gpd.GeoDataFrame, decisions: Decisions, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """The table with what a person has decided on its wordings; rows with coordinates of the source keep them."""
    open_rows = np.flatnonzero((table.geocode_method != "coordinates").to_numpy())
    names = ("place_text", "stated_country", "stated_adm1")
    keys = {int(row): (table[names[0]].iloc[row] or "", *(table[name].iloc[row] for name in names[1:])) for row in open_rows}
    told = {key: decision for key in dict.fromkeys(keys.values()) if key[0] and (decision := decisions.get(key))}
    rows = np.array([row for row, key in keys.items() if key in told], dtype=np.intp)
    found = {key: decided(key, decision, gazetteer, name=decisions.name) for key, decision in told.items()}
    return _fill_located(table, rows, [found[keys[int(row)]] for row in rows])


def _fill_coordinates(table: gpd.GeoDataFrame, rows: NDArray[Any]) -> None:
    """Kind and radius of rows that bring their geometry; of a line or polygon the shape is the answer."""
    if not len(rows):
        return
    shapes = table.geometry.iloc[rows]
    is_point = (shapes.geom_type == "Point").to_numpy()
    _fill_drawn(table, rows[~is_point], shapes[~is_point])
    rows, points = rows[is_point], shapes[is_point]
    stated = table.radius_m.to_numpy(dtype=float)[rows]
    supported = coordinate_radius_m(points.x.to_numpy(), points.y.to_numpy()).round()
    _set(table, rows, "radius_m", np.where(np.isnan(stated), supported, stated))
    _set(table, rows, "location_kind", ["point"] * len(rows))
    _set(table, rows, "geocode_method", ["coordinates"] * len(rows))
    own = "coordinates of the source, with the radius that it states"
    fine = "coordinates of the source, as fine as their decimals"
    _set(table, rows, "geocode_reason", [fine if unknown else own for unknown in np.isnan(stated)])


def _fill_drawn(table: gpd.GeoDataFrame, rows: NDArray[Any], shapes: gpd.GeoSeries) -> None:
    stated = table.radius_m.to_numpy(dtype=float)[rows]
    _set(table, rows, "radius_m", np.nan_to_num(stated, nan=0.0))
    _set(table, rows, "location_kind", ["line" if "Line" in kind else "area" for kind in shapes.geom_type])
    _set(table, rows, "geocode_method", ["coordinates"] * len(rows))
    _set(table, rows, "geocode_reason", ["shape of the source"] * len(rows))


def _fill_named(table: gpd.GeoDataFrame, rows: NDArray[Any], gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Locate rows by name, each distinct combination of wording and context once."""
    if not len(rows):
        return table
    names = ("place_text", "place_id", "stated_country", "stated_adm1")
    keys = list(zip(*(table[name].iloc[rows] for name in names), strict=True))
    found = {
        key: locate_with_unit(key[0] or "", place_id=key[1], country=key[2], adm1=key[3], gazetteer=gazetteer)
        for key in dict.fromkeys(keys)
    }
    return _fill_located(table, rows, [found[key] for key in keys])


def _fill_located(table: gpd.GeoDataFrame, rows: NDArray[Any], found: Sequence[Located]) -> gpd.GeoDataFrame:
    if not len(rows):
        return table
    answers = [one.location for one in found]
    geometry = np.asarray(table.geometry, dtype=object).copy()
    geometry[rows] = [answer.geometry for answer in answers]
    columns: dict[str, list[Any]] = {
        "radius_m": [np.nan if answer.radius_m is None else round(answer.radius_m) for answer in answers],
        "location_kind": [answer.kind for answer in answers],
        "place": [answer.place for answer in answers],
        "place_id": [answer.place_id for answer in answers],
        "place_unit": [one.unit for one in found],
        "outline": [answer.outline for answer in answers],
        "geocode_method": [answer.method for answer in answers],
        "geocode_reason": [answer.reason for answer in answers],
    }
    for name, values in columns.items():
        _set(table, rows, name, values)
    return table.set_geometry(gpd.GeoSeries(list(geometry), index=table.index, crs=WGS84))


def _set(table: gpd.GeoDataFrame, rows: NDArray[Any], name: str, values: Sequence[Any] | NDArray[Any]) -> None:
    column = table[name].to_numpy(copy=True)
    held = np.empty(len(rows), dtype=column.dtype)
    held[:] = list(values)
    column[rows] = held
    table[name] = pd.Series(column, index=table.index, dtype=column.dtype)

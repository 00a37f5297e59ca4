"""The distinct locations and distinct days of a table, so that each is worked on once however many rows repeat it.

What is then asked of them is the business of `boundaries.assign`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from boundaries.shares import Floats, Numbers, Shapes, discs
from geo.location import GEOD

Boxes = tuple[Floats, Floats, Floats, Floats]
"""West, south, east, north in degrees; longitudes run on past 180."""

_POINT = 0
_MANY_POINTS, _COLLECTION = 4, 7


@dataclass(frozen=True, slots=True, eq=False)
class Locations:
    """The distinct locations of a table.

    Attributes
    ----------
    of_row
        Number of the location of each row.
    shapes, radius_m, place_unit
        Point, line or polygon; metres (0 when unknown); unit of the gazetteer place or ``None``.
    """

    of_row: Numbers
    shapes: Shapes
    radius_m: Floats
    place_unit: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.shapes)

    @property
    def is_point(self) -> NDArray[np.bool_]:
        """Which locations are points."""
        return np.asarray(shapely.get_type_id(self.shapes) == _POINT)


def numbered(*columns: Any) -> tuple[Numbers, Numbers]:
    """The number of each row's combination of values, in order of first appearance, and the first row of each combination."""
    codes = np.zeros(len(columns[0]), dtype=np.intp)
    for column in columns:
        values, distinct = pd.factorize(column, use_na_sentinel=False)
        codes = pd.factorize(codes * max(len(distinct), 1) + values)[0].astype(np.intp)
    first = np.zeros(codes.max(initial=-1) + 1, dtype=np.intp)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return codes, first


def _one_shape(geometry: Shapes) -> Shapes:
    """Collections and several points as their hull, so that every location is a point, line or valid polygon."""
    shapes = geometry.copy()
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    mixed = np.isin(shapely.get_type_id(shapes), (_MANY_POINTS, _COLLECTION))
    shapes[mixed] = shapely.convex_hull(shapes[mixed])
    return shapes


def distinct_locations(incidents: gpd.GeoDataFrame) -> Locations:
    """The locations of rows that all have a geometry; height does not count."""
    shapes = _one_shape(np.asarray(incidents.geometry, dtype=object))
    radius = np.nan_to_num(incidents.radius_m.to_numpy(dtype=float), nan=0.0)
    own = incidents.place_unit.to_numpy(dtype=object, copy=True)
    own[pd.isna(own)] = None
    is_point = shapely.get_type_id(shapes) == _POINT
    drawn = np.full(len(shapes), b"", dtype=object)
    drawn[~is_point] = shapely.to_wkb(shapes[~is_point])
    lon, lat = (np.where(is_point, get(shapes), 0.0) for get in (shapely.get_x, shapely.get_y))
    of_row, first = numbered(lon, lat, radius, own, drawn)
    return Locations(of_row, shapes[first], radius[first], own[first])


def grown(shapes: Shapes, radius_m: Floats) -> Shapes:
    """Points as discs of the radius; lines and polygons, and points without a radius, as they are."""
    around = (shapely.get_type_id(shapes) == _POINT) & (radius_m > 0)
    drawn = shapes.copy()
    drawn[around] = discs(shapely.get_x(shapes[around]), shapely.get_y(shapes[around]), radius_m[around])
    return drawn


def boxes(shapes: Shapes, radius_m: Floats) -> Boxes:
    """Boxes that hold what `grown` would draw, without drawing it."""
    west, south, east, north = (np.array(side) for side in shapely.bounds(shapes).T.reshape(4, -1))
    reach = np.where(shapely.get_type_id(shapes) == _POINT, radius_m, 0.0) * (1 + 1e-9)
    # the meridian curves most at the equator; along a parallel no ellipsoid of these axes is smaller than its equator
    up = np.degrees(reach / (GEOD.a * (1 - GEOD.es)))
    widest = np.cos(np.radians(np.minimum(np.maximum(np.abs(south), np.abs(north)) + up, 89.9)))
    aside = np.where(np.maximum(np.abs(south), np.abs(north)) + up < 89.9, np.degrees(reach / (GEOD.a * widest)), 360.0 * (reach > 0))
    return west - aside, south - up, east + aside, north + up


def meet(box: Boxes, other: Sequence[float]) -> NDArray[np.bool_]:
    """Which boxes have a point in common with one other box (west, south, east, north)."""
    west, south, east, north = other
    return np.asarray((box[0] <= east) & (box[2] >= west) & (box[1] <= north) & (box[3] >= south))


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """The distinct first and last days of a table, ``NaT`` where unknown, and which of them each row has."""

    of_row: Numbers
    first: NDArray[np.datetime64]
    last: NDArray[np.datetime64]


def distinct_days(incidents: gpd.GeoDataFrame, as_of: Any) -> Spans:
    """The days of each row, the one that is missing taken from the other; both are ``as_of`` (a date) where it is given."""
    if as_of is not None:
        day = np.array([pd.Timestamp(as_of)], dtype="datetime64[s]")
        return Spans(np.zeros(len(incidents), dtype=np.intp), day, day)
    first, last = (pd.to_datetime(incidents[name]).dt.normalize() for name in ("start", "end"))
    low, high = (days.to_numpy(dtype="datetime64[s]") for days in (first.fillna(last), last.fillna(first)))
    of_row, own = numbered(low, high)
    return Spans(of_row, low[own], high[own])


def in_force_on(table: pd.DataFrame, spans: Spans) -> NDArray[np.bool_]:
    """Spans by rows of the table: in force on any of the days; unknown days give ``False``."""
    start = table.start.to_numpy(dtype="datetime64[s]")[None, :]
    end = table.end.to_numpy(dtype="datetime64[s]")[None, :]
    low, high = spans.first[:, None], spans.last[:, None]
    known = ~(np.isnat(low) | np.isnat(high))
    return np.asarray(known & (np.isnat(start) | (start <= high)) & (np.isnat(end) | (end > low)))


def object_array(values: Sequence[Any]) -> NDArray[np.object_]:
    """Values as an array of objects, tuples among them."""
    # filled afterwards, so that numpy takes no tuple for a row
    held = np.empty(len(values), dtype=object)
    held[:] = list(values)
    return held


def is_located(incidents: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Which rows have a geometry that is on the globe."""
    # the bounds of a missing or empty geometry are not numbers, and so fail too
    bounds = incidents.geometry.bounds.to_numpy(dtype=float)
    return np.asarray(np.isfinite(bounds).all(axis=1) & (np.abs(bounds[:, [1, 3]]) <= 90).all(axis=1))

"""Incidents as the page holds them: records, shapes, and the spot where a symbol may stand.

A shape is what the evidence supports: the disc that should hold the true point, the outline of an area, a line. Discs are drawn by
the page from spot and radius; each other distinct shape is in the page once. The symbol of an area stands inside it, and its form
says that it is no point. A short table is written out; a long one is packed (`maps.columns`), what is drawn apart from what is read.
"""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.location import disc
from geo.schema import COLUMNS, PUBLIC_COLUMNS
from maps.columns import Block, Form
from maps.export.geojson import decimals_for
from maps.export.properties import plain_records
from maps.kinds import DECIMALS
from maps.shapes import packed, rounded

DISC_SIDES = 36
SPOT_DECIMALS = 4
"""Of a degree, about 10 m: for discs and for spots to stand on."""
FINE_DECIMALS = 6

PAGE_COLUMNS = (*PUBLIC_COLUMNS, "event_text")
DRAWN_COLUMNS = (
    "id", "event_type", "start", "end", "date_precision", "location_kind", "radius_m", "place", "country", "adm1", "status", "draft",
)  # fmt: skip
"""What a packed page needs before anybody asks for a record: to draw, name, find and filter."""

WRITTEN_MOST = 250
"""Incidents up to which the records are written out."""

_TYPES = {column.name: column.type for column in COLUMNS}


def incident_payload(incidents: gpd.GeoDataFrame, *, written_most: int | None = None) -> dict[str, Any]:
    """Records, distinct shapes and bounds of the incidents, as plain values.

    Parameters
    ----------
    incidents
        Table with the columns of `geo.schema`, geometry in WGS 84.
    written_most
        Number of incidents up to which they are written out and not packed; `WRITTEN_MOST` when ``None``.

    Returns
    -------
    dict
        ``records``: the public columns without what is unknown; a located one has ``at`` (longitude, latitude of its symbol) and
        ``shape`` (index into ``shapes``) unless it is a point, whose disc follows from ``radius_m``. Or ``packed``: the same records
        as blocks of `maps.columns`, ``first`` with what is drawn and ``more`` with the columns named in ``later``. ``shapes``: as
        `maps.shapes.packed`. ``columns``: type of each column. ``bounds``: west, south, east, north of all, ``None`` when nothing is
        located.
    """
    spots, shape_of, shapes = _placed(incidents)
    bounds = [round(float(v), SPOT_DECIMALS) for v in incidents.total_bounds] if np.isfinite(spots).any() else None
    head = {"shapes": shapes, "bounds": bounds, "columns": {name: _TYPES[name] for name in PAGE_COLUMNS}}
    if len(incidents) <= (WRITTEN_MOST if written_most is None else written_most):
        return head | {"records": _records(incidents, spots, shape_of)}
    return head | {"packed": _packed(incidents, spots, shape_of)}


# records written out


def _records(incidents: gpd.GeoDataFrame, spots: NDArray[np.float64], shape_of: NDArray[np.intp]) -> list[dict[str, Any]]:
    records = [_known(record) for record in plain_records(incidents, PAGE_COLUMNS)]
    for record, spot, shape in zip(records, spots.tolist(), shape_of.tolist(), strict=True):
        if spot[0] == spot[0]:
            record["at"] = spot
        if shape >= 0:
            record["shape"] = shape
    return records


def _known(record: dict[str, Any]) -> dict[str, Any]:
    """The record, and the records in it, without what is unknown or empty; 0 is known."""
    return {name: _known_items(value) for name, value in record.items() if value is not None and value is not False and value != []}


def _known_items(value: Any) -> Any:
    return [_known(item) if isinstance(item, dict) else item for item in value] if isinstance(value, list) else value


# records packed


def _packed(incidents: gpd.GeoDataFrame, spots: NDArray[np.float64], shape_of: NDArray[np.intp]) -> dict[str, Any]:
    first = Block(len(incidents))
    later = [name for name in PAGE_COLUMNS if name not in DRAWN_COLUMNS]
    first.columns = {name: _column(first, name, incidents[name]) for name in DRAWN_COLUMNS}
    first.columns["shape"] = first.whole(shape_of.astype(np.int64) + 1)
    _add_spots(first, spots)
    more = Block(len(incidents), before=first)
    more.columns = {name: _column(more, name, incidents[name]) for name in later}
    return {"first": first.packed(), "more": more.packed(), "later": later}


def _column(block: Block, name: str, values: pd.Series) -> Form:
    kind = _TYPES[name]
    if name == "id":
        return block.ids([str(value) for value in values])
    if kind == "date":
        return block.day(values.to_numpy())
    if kind == "number":
        return block.number(np.round(values.to_numpy(dtype=np.float64), 1))
    if kind == "flag":
        return block.flag(values.to_numpy())
    if kind == "list":
        return block.lists(values.to_list())
    return block.text(values.to_list())


def _add_spots(block: Block, spots: NDArray[np.float64]) -> None:
    """The distinct spots, from west to east, and which of them each record stands at; 0 for none."""
    located = np.isfinite(spots[:, 0])
    distinct, which = np.unique(spots[located], axis=0, return_inverse=True)
    codes = np.zeros(len(spots), dtype=np.int64)
    codes[located] = which.ravel() + 1
    block.columns["spot"] = block.whole(codes)
    block.extra = {"lon": block.number(distinct[:, 0]), "lat": block.number(distinct[:, 1])}


# spots and shapes


def _placed(incidents: gpd.GeoDataFrame) -> tuple[NDArray[np.float64], NDArray[np.intp], list[Any]]:
    """Where each symbol stands, ``NaN`` when nowhere; which shape each has, -1 for none; the shapes."""
    geometries = shapely.force_2d(incidents.geometry.to_numpy())
    radius_m = incidents.radius_m.to_numpy(dtype=np.float64)
    spots, shape_of = np.full((len(geometries), 2), np.nan), np.full(len(geometries), -1, dtype=np.intp)
    is_point = shapely.get_type_id(geometries) == 0
    filled = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
    points = np.flatnonzero(is_point & filled)
    spots[points] = shapely.get_coordinates(geometries[points])
    decimals = decimals_for(radius_m)
    for places in np.unique(decimals[points]):
        rows = points[decimals[points] == places]
        spots[rows] = np.round(spots[rows], places)
    return spots, shape_of, _outlined(geometries, radius_m, np.flatnonzero(~is_point & filled), spots, shape_of)


def _outlined(
    geometries: NDArray[np.object_],
    radius_m: NDArray[np.float64],
    rows: NDArray[np.intp],
    spots: NDArray[np.float64],
    shape_of: NDArray[np.intp],
) -> list[Any]:
    """The distinct shapes of these rows, each worked out once; fills their spots and which shape they have."""
    shapes: dict[str, int] = {}
    wkb = shapely.to_wkb(geometries[rows])
    known = np.nan_to_num(radius_m[rows])
    which, distinct = pd.factorize(pd.Series(list(zip(wkb, known, strict=True)), dtype=object))
    for number in range(len(distinct)):
        members = rows[which == number]
        geometry = geometries[members[0]]
        spot = _inside(geometry)
        spots[members] = round(spot.x, SPOT_DECIMALS), round(spot.y, SPOT_DECIMALS)
        drawn = _drawn(geometry, float(radius_m[members[0]]))
        decimals = SPOT_DECIMALS if shapely.get_dimensions(geometry) == 0 else _decimals(drawn)
        text = json.dumps(packed(rounded(drawn, decimals), decimals))
        shape_of[members] = shapes.setdefault(text, len(shapes))
    return [json.loads(text) for text in shapes]


def _drawn(geometry: BaseGeometry, radius_m: float) -> BaseGeometry:
    """The lines or polygons of a shape; several points are several discs."""
    if shapely.get_dimensions(geometry) == 0:
        around = radius_m if radius_m > 0 else 500.0
        return shapely.union_all([disc(spot.x, spot.y, around, sides=DISC_SIDES) for spot in shapely.get_parts(geometry)])
    if geometry.geom_type == "GeometryCollection":
        parts = shapely.get_parts(geometry)
        return shapely.union_all(parts[shapely.get_dimensions(parts) == shapely.get_dimensions(geometry)])
    return geometry


def _decimals(shape: BaseGeometry) -> int:
    """Decimals for the outline of an area or line: those of the boundary layers, more for one that is small."""
    west, south, east, north = shape.bounds
    return DECIMALS if max(east - west, north - south) > 0.05 else FINE_DECIMALS


def _inside(geometry: BaseGeometry) -> shapely.Point:
    """A point of the shape to stand on: half-way along a line, well inside an area."""
    if shapely.get_dimensions(geometry) == 1:
        longest = max(shapely.get_parts(geometry), key=shapely.length)
        return shapely.line_interpolate_point(longest, 0.5, normalized=True)
    if shapely.get_dimensions(geometry) == 2:
        largest = max(shapely.get_parts(geometry), key=shapely.area)
        return shapely.Point(shapely.maximum_inscribed_circle(largest, tolerance=0.01).coords[0])
    return shapely.get_parts(geometry)[0]

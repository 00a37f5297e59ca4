"""Incidents as the page holds them: records, shapes, and the spot where a symbol may stand.

A shape is what the evidence supports: the disc that should hold the true point, the outline of an area, a line. Each distinct shape
is in the page once. The symbol of an area stands inside it, and its form says that it is no point.
"""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.location import disc
from geo.schema import PUBLIC_COLUMNS
from maps.export.geojson import decimals_for
from maps.export.properties import plain_records
from maps.kinds import DECIMALS
from maps.shapes import packed, rounded

DISC_SIDES = 36
SPOT_DECIMALS = 4
"""Of a degree, about 10 m: for discs and for spots to stand on."""
FINE_DECIMALS = 6

PAGE_COLUMNS = (*PUBLIC_COLUMNS, "event_text")


def incident_payload(incidents: gpd.GeoDataFrame) -> dict[str, Any]:
    """Records, distinct shapes and bounds of the incidents, as plain values.

    Parameters
    ----------
    incidents
        Table with the columns of `geo.schema`, geometry in WGS 84.

    Returns
    -------
    dict
        ``records``: the public columns without what is unknown; a located one has ``at`` (longitude, latitude of its symbol) and,
        unless it is an exact point, ``shape`` (index into ``shapes``). ``shapes``: as `maps.shapes.packed`. ``bounds``: west, south,
        east, north of all of them, ``None`` when nothing is located.
    """
    shapes: dict[str, int] = {}
    records = [_known(record) for record in plain_records(incidents, PAGE_COLUMNS)]
    geometries = shapely.force_2d(incidents.geometry.to_numpy())
    decimals = decimals_for(incidents.radius_m.to_numpy())
    for record, geometry, places in zip(records, geometries, decimals, strict=True):
        if geometry is not None and not geometry.is_empty:
            record |= _placed(record, geometry, int(places), shapes)
    located = incidents[incidents.geometry.notna()]
    bounds = [round(float(v), SPOT_DECIMALS) for v in located.total_bounds] if len(located) else None
    return {"records": records, "shapes": [json.loads(text) for text in shapes], "bounds": bounds}


def _known(record: dict[str, Any]) -> dict[str, Any]:
    """The record, and the records in it, without what is unknown or empty; 0 is known."""
    return {name: _known_items(value) for name, value in record.items() if value is not None and value is not False and value != []}


def _known_items(value: Any) -> Any:
    return [_known(item) if isinstance(item, dict) else item for item in value] if isinstance(value, list) else value


def _placed(record: dict[str, Any], geometry: BaseGeometry, decimals: int, shapes: dict[str, int]) -> dict[str, Any]:
    """Where the symbol stands, and the shape; a shape not met before is added to ``shapes``."""
    is_point = geometry.geom_type == "Point"
    spot = geometry if is_point else _inside(geometry)
    at = [round(spot.x, decimals if is_point else SPOT_DECIMALS), round(spot.y, decimals if is_point else SPOT_DECIMALS)]
    drawn = _drawn(geometry, at, record.get("radius_m") or 0.0)
    if drawn.geom_type == "Point":
        return {"at": at}
    decimals = SPOT_DECIMALS if is_point else _decimals(drawn)
    text = json.dumps(packed(rounded(drawn, decimals), decimals))
    return {"at": at, "shape": shapes.setdefault(text, len(shapes))}


def _drawn(geometry: BaseGeometry, at: list[float], radius_m: float) -> BaseGeometry:
    """The disc of a point, the lines or polygons of anything else; several points are several discs."""
    if geometry.geom_type == "Point":
        return disc(at[0], at[1], radius_m, sides=DISC_SIDES) if radius_m else geometry
    if shapely.get_dimensions(geometry) == 0:
        return shapely.union_all([disc(spot.x, spot.y, radius_m or 500.0, sides=DISC_SIDES) for spot in shapely.get_parts(geometry)])
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

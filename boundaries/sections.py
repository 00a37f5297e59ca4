"""Parts of the state border and strips along it, which incidents are told by: the border of a unit, "3.5 km inside", "near" a place.

Shapes only, in WGS 84, measured in an equal-area projection around the two countries (distances off by less than 0.2 %). Which of them a
wording means is the business of `geo.shapes`; the ids under which they are asked for are read by `boundaries.outlines`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from boundaries.quick import METRIC
from geo.location import GEOD, disc

REACH_M = 3_000.0
"""A unit's edge and the border line are drawn by different hands; what lies this near is one."""

SECTOR_DEG = 45.0
POINTS = {"north": 0.0, "north-east": 45.0, "east": 90.0, "south-east": 135.0, "south": 180.0}
"""The parts of the border that have a name, and where they lie as seen from `CENTRE`."""

CENTRE = (44.95, 40.25)
"""The middle of Armenia, around which the border runs. Seen from Azerbaijan all of it lies in the west, so those names tell no part."""

SPACING_M = 1_000.0


def _projected(shape: BaseGeometry, *, back: bool = False) -> BaseGeometry:
    to = Transformer.from_crs(METRIC, "EPSG:4326", always_xy=True) if back else Transformer.from_crs("EPSG:4326", METRIC, always_xy=True)

    def transform(xy: Any) -> Any:
        return np.column_stack(to.transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(shape, transform)


def _in_metres(call: Callable[..., BaseGeometry], *shapes: BaseGeometry) -> BaseGeometry:
    return _projected(call(*map(_projected, shapes)), back=True)


def border_of(border: BaseGeometry, unit: BaseGeometry) -> BaseGeometry:
    """The part of the border on which a unit lies; empty when it does not reach it."""
    return _in_metres(lambda line, area: shapely.intersection(line, shapely.buffer(area, REACH_M)), border, unit)


def border_towards(border: BaseGeometry, point: str) -> BaseGeometry:
    """The part of the border that lies towards a point of the compass (`POINTS`), within `SECTOR_DEG` to each side of it."""
    pieces = [piece for line in shapely.get_parts(_dense(border)) for piece in _segments(line)]
    middles = shapely.get_coordinates(shapely.line_interpolate_point(np.array(pieces), 0.5, normalized=True))
    from_centre = np.full(len(middles), CENTRE[0]), np.full(len(middles), CENTRE[1])
    bearings = np.asarray(GEOD.inv(*from_centre, middles[:, 0], middles[:, 1])[0])
    off = np.abs((bearings - POINTS[point] + 180.0) % 360.0 - 180.0)
    return shapely.line_merge(shapely.multilinestrings(np.array(pieces)[off <= SECTOR_DEG]))


def _dense(line: BaseGeometry) -> BaseGeometry:
    return _in_metres(lambda one: shapely.segmentize(one, SPACING_M), line)


def _segments(line: BaseGeometry) -> Sequence[BaseGeometry]:
    xy = shapely.get_coordinates(line)
    return list(shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1)))


def strip_inside(border: BaseGeometry, area: BaseGeometry, *, distance_m: float, half_width_m: float) -> BaseGeometry:
    """The part of an area at a distance from the border, give or take half a width; empty when it is not that deep."""

    def strip(line: BaseGeometry, whole: BaseGeometry) -> BaseGeometry:
        within = shapely.intersection(whole, shapely.buffer(line, distance_m + half_width_m))
        nearest = distance_m - half_width_m
        return shapely.difference(within, shapely.buffer(line, nearest)) if nearest > 0 else within

    return _in_metres(strip, border, area)


def disc_of(text: str) -> BaseGeometry:
    """The disc that is written as longitude, latitude and radius in metres with commas between."""
    lon, lat, radius_m = map(float, text.split(","))
    return disc(lon, lat, radius_m)


def common(shapes: Sequence[BaseGeometry]) -> tuple[BaseGeometry, bool]:
    """What shapes have in common, and whether there is anything; if not, the narrowest of them."""
    held = shapes[0]
    for shape in shapes[1:]:
        held = shapely.intersection(held, shape)
    if not held.is_empty:
        return held, True
    return min(shapes, key=lambda shape: reach_m(shape)), False


def reach_m(shape: BaseGeometry) -> float:
    """How far a shape reaches: half the length of a line, of an area the radius of the circle of equal area; metres."""
    if shapely.get_dimensions(shape) == 1:
        return float(GEOD.geometry_length(shape)) / 2
    return float(np.sqrt(abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0]) / np.pi))

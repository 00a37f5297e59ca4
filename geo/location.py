"""Where an incident is held to be, and how far that may be off.

The record `Location` and the geodesy that belongs to it (WGS 84 ellipsoid, through pyproj). Which wording gives which
location is the business of `geo.relations` and `geo.geocode`; outlines of units and zones come from `boundaries`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from pyproj import Geod
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

LocationKind = Literal["point", "near", "area", "line", "unknown"]

GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Location:
    """Where an incident is held to be, and how far that may be off.

    Attributes
    ----------
    geometry
        Point, line or polygon in WGS 84 degrees, longitude first. ``None`` when the place is unknown, and as long as
        only ``outline`` says which area or line is meant.
    kind
        ``point``, ``near``, ``area``, ``line`` or ``unknown``: what the source's wording supports.
    radius_m
        Metres around the geometry that should hold the true point; 0 for an area or a line that is itself the answer;
        ``None`` when the place is unknown.
    outline
        Ids of units, zones or lines (``unit:am-syunik``, ``zone:corridor_old_5km``) whose outline of the day is the
        geometry; `boundaries` fills it in. Empty for a point.
    place_id
        Gazetteer place that the wording names; ``None`` for a bare coordinate.
    place
        Display name of that place, both forms in alphabetical order ("Goris / Gorus").
    method
        How the location came about: ``coordinates``, ``place_id``, ``name``, ``relation``, ``unresolved``, ``ambiguous``.
    reason
        One sentence for a reader: what decided, or why nothing could be decided.
    rivals
        Ids of other places that the wording fits, best first.
    """

    geometry: BaseGeometry | None
    kind: LocationKind
    radius_m: float | None
    outline: tuple[str, ...] = ()
    place_id: str | None = None
    place: str | None = None
    method: str = "unresolved"
    reason: str = ""
    rivals: tuple[str, ...] = ()


def disc(lon: float, lat: float, radius_m: float, *, sides: int = 64) -> Polygon:
    """Geodesic disc around a point, as a polygon in WGS 84 degrees.

    The corners lie on the circle, so the polygon's area is smaller than the disc's by 0.16 % at 64 sides.
    """
    bearings = np.linspace(360.0, 0.0, sides, endpoint=False)
    lons, lats, _ = GEOD.fwd(np.full(sides, lon), np.full(sides, lat), bearings, np.full(sides, radius_m))
    return Polygon(np.column_stack([lons, lats]))


def shifted(lon: float, lat: float, bearing_deg: float, distance_m: float) -> Point:
    """The point at a geodesic distance and bearing (degrees clockwise from north)."""
    to_lon, to_lat, _ = GEOD.fwd(lon, lat, bearing_deg, distance_m)
    return Point(to_lon, to_lat)


def distance_m(start: Point, end: Point) -> float:
    """Geodesic distance between two points, metres."""
    return float(GEOD.inv(start.x, start.y, end.x, end.y)[2])


def geodesic_line(start: Point, end: Point) -> LineString:
    """Straight line between two points; the bend of the geodesic below 100 km is under a metre or two."""
    return LineString([start, end])

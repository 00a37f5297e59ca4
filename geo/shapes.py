"""The geometry and radius of a relation to a place, and of several of them together.

Point-radius practice: the parts of an uncertainty are added in quadrature. Start values (68 %), r being the radius of the place:

=====================  ==========================================================================
in a place             the point, r; of a unit, zone or line its outline
near                   the point, 5 km + r
towards                the point, 10 km + r
D km in a direction    the shifted point, sqrt((0.7 rounding)² + (0.7 D sin 22.5°)² + r²), half the angle for 16 winds
D km from              the point, D + rounding + r
D km over a border     of a country or unit the strip at that distance inside it; else the point, but at least as far as D + r
section of a border    of a unit its part of the border, of the border a part towards a point of the compass; else the point, 5 km + r
between, along a road  the straight line, sqrt(max(2 km, d/4)² + r²), d being its length
=====================  ==========================================================================

Calibration. Of a writer who names the nearest wind and rounds fairly, from somewhere in the place, 0.7 puts 68 to 75 % of the points
inside (2 to 60 km, 8 and 16 winds, r 1.5 and 2.5 km; 200,000 draws each); 1.0 would put 70 to 98 %. The other radii could not be
calibrated: the gold points of the project are those of the gazetteer (45 of 45 points of settlements inside, 11 of 11 where Wikipedia
has another point), and no source tells how far off "near" is.

Several places that all were meant are one disc when it is no wider than `SEVERAL_NEAR_M`, else the discs of all of them. Parts of a
wording that say more about one place leave the narrowest of them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import Place
from geo.location import GEOD, LocationKind, disc, distance_m, geodesic_line, shifted
from geo.relations import Relation

NEAR_M = 5_000.0
TOWARDS_M = 10_000.0
SEVERAL_NEAR_M = 15_000.0
OFFSET_SHARE = 0.7
"""Of half a wind and of the rounding: what holds 68 % of the points, all being equally likely; see the module's text."""
STATE_BORDER = "line:am-az-border"
# the names of its parts as seen from Armenia; from Azerbaijan all of it lies in the west
_POINT_OF_BORDER = re.compile(r"\b(north(?=ern)|(?:north|south)[- ]?east(?=ern)|east(?=ern)|south(?=ern))")
POINT_RADIUS_M = 10_000.0
"""A place whose own radius is larger is drawn as an uncertain disc, not as a point."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Where one part of a wording is.

    Attributes
    ----------
    geometry
        WGS 84; ``None`` where ``outline`` names it.
    kind, radius_m, outline
        As in `geo.location.Location`.
    places
        The places that it is told by.
    own_point
        Whether the geometry is the point of the one place itself, so that the place's own unit holds for it.
    """

    geometry: BaseGeometry | None
    kind: LocationKind
    radius_m: float
    places: tuple[Place, ...]
    outline: tuple[str, ...] = ()
    own_point: bool = False


def shape_of(relation: Relation, places: Sequence[Place], *, around: bool = False, more_m: float = 0.0) -> Shape:
    """The shape of one relation.

    Parameters
    ----------
    relation
        Kind, distance and bearing.
    places
        One place, or the ends of a stretch.
    around
        Whether the words mean the surroundings of the place ("in" is then as vague as "near").
    more_m
        Metres by which the name itself may be off, added to the radius.
    """
    place = places[0]
    if len(places) > 2 and relation.kind == "between":
        return together([shape_of(Relation("in", (p.name,), relation.wording), [p], more_m=NEAR_M) for p in places])
    if len(places) > 1:
        return _stretch(places)
    radius = place.radius_m + more_m
    if relation.kind == "offset" and relation.distance_m is not None and relation.bearing_deg is not None:
        return _offset(relation.distance_m, relation.spread_m or 0.0, relation.bearing_deg, place, radius)
    if part := _border_part(relation, place):
        return Shape(None, "area" if part.startswith("band:") else "line", radius, (place,), (part,))
    if place.outline:
        # a direction or a distance seen from an area is no place of its own: the area stands for it
        kind: LocationKind = "line" if place.kind == "line" else "area"
        return Shape(None, kind, radius, (place,), place.outline)
    point = shapely.Point(place.lon, place.lat)
    reach = radius + {"near": NEAR_M, "section": NEAR_M, "towards": TOWARDS_M}.get(relation.kind, NEAR_M if around else 0.0)
    if relation.kind == "ring":
        reach = max(reach, (relation.distance_m or 0.0) + (relation.spread_m or 0.0) + radius)
    if relation.kind == "inside":
        reach = max(radius + NEAR_M, (relation.distance_m or 0.0) + (relation.spread_m or 0.0) + radius)
    is_point = relation.kind in ("in", "between", "road") and not around and not more_m and radius <= POINT_RADIUS_M
    return Shape(point, "point" if is_point else "near", reach, (place,), own_point=True)


def _border_part(relation: Relation, place: Place) -> str | None:
    """Id of the part of the Armenia-Azerbaijan border, or of the strip along it, that a wording means; ``None`` when it means none."""
    if place.kind not in ("unit", "country", "line") or len(place.outline) != 1 or place.country not in ("AM", "AZ", "AM-AZ"):
        return None
    whole = place.outline[0]
    if relation.kind == "inside" and place.kind != "line" and relation.distance_m is not None:
        return f"band:{whole},{relation.distance_m:g},{relation.spread_m or 0.0:g}"
    if relation.kind != "section":
        return None
    if whole == STATE_BORDER:
        points = [re.sub(r"[- ]?east", "-east", one).removeprefix("-") for one in _POINT_OF_BORDER.findall(relation.wording.lower())]
        return f"section:{points[0]}" if len(points) == 1 else None
    return f"section:{whole.removeprefix('unit:')}" if place.kind == "unit" else None


def _offset(distance: float, spread: float, bearing_deg: float, place: Place, radius: float) -> Shape:
    half_angle = 11.25 if bearing_deg % 45 else 22.5
    reach = math.hypot(OFFSET_SHARE * spread, OFFSET_SHARE * distance * math.sin(math.radians(half_angle)), radius)
    return Shape(shifted(place.lon, place.lat, bearing_deg, distance), "near", reach, (place,))


def _stretch(places: Sequence[Place]) -> Shape:
    """The straight line through two or more places; around the place where all lie on one spot."""
    points = [shapely.Point(place.lon, place.lat) for place in places]
    legs = [distance_m(a, b) for a, b in pairwise(points)]
    if not any(legs):
        return Shape(points[0], "near", NEAR_M + max(place.radius_m for place in places), tuple(dict.fromkeys(places)), own_point=True)
    line = geodesic_line(points[0], points[1]) if len(points) == 2 else shapely.LineString(points)
    off = math.hypot(max(2_000.0, max(legs) / 4), max(place.radius_m for place in places))
    return Shape(line, "line", off, tuple(places))


def narrowest(shapes: Sequence[Shape]) -> tuple[Shape, bool]:
    """The narrowest of the parts that say more about one place, and whether they meet at all.

    Between shapes that are known here; an outline is wider than a point and is not compared. With a part of the border or a strip along
    it, what all have in common is asked for as an outline, and `boundaries` finds out whether they meet.
    """
    if any(_is_border_part(shape) for shape in shapes) and len(shapes) > 1:
        return _in_common(shapes), True
    drawn = [shape for shape in shapes if shape.geometry is not None]
    if not drawn:
        return min(shapes, key=lambda shape: shape.radius_m), True
    if len(drawn) == 1:
        return drawn[0], True
    best = min(drawn, key=_width_m)
    area = _grown(best)
    return best, all(area.intersects(_grown(shape)) for shape in drawn if shape is not best)


def _is_border_part(shape: Shape) -> bool:
    return len(shape.outline) == 1 and shape.outline[0].startswith(("band:", "section:"))


def _in_common(shapes: Sequence[Shape]) -> Shape:
    """Parts of the border, strips along it and discs as one outline; areas that only say where it is are wider than these."""
    parts = [shape for shape in shapes if _is_border_part(shape)]
    if any(part.kind == "area" for part in parts):
        # what lies inside is not on the border: its section then only tells the unit
        parts = [_whole_of(part) for part in parts]
    discs = [shape for shape in shapes if isinstance(shape.geometry, shapely.Point)]
    ids = [*(part.outline[0] for part in parts), *map(_disc_id, discs)]
    kind: LocationKind = "line" if any(part.kind == "line" for part in parts) else "area"
    places = tuple(dict.fromkeys(place for shape in discs or parts for place in shape.places))
    radius = min(shape.radius_m for shape in (*discs, *parts))
    return Shape(None, kind, radius, places, (" & ".join(dict.fromkeys(ids)),))


def _whole_of(shape: Shape) -> Shape:
    """The unit in place of its section of the border; every other shape as it is."""
    unit = shape.outline[0].removeprefix("section:") if shape.outline else ""
    if not _is_border_part(shape) or shape.kind == "area" or unit not in {place.unit for place in shape.places}:
        return shape
    return replace(shape, kind="area", outline=(f"unit:{unit}",))


def _disc_id(shape: Shape) -> str:
    """The disc in which a part of the border is at a place: the border of a village runs beside it, not through it."""
    point = shape.geometry
    reach = shape.radius_m + (NEAR_M if shape.kind == "point" else 0.0)
    return f"disc:{point.x:.5f},{point.y:.5f},{reach:.0f}" if isinstance(point, shapely.Point) else ""


def together(shapes: Sequence[Shape]) -> Shape:
    """One shape for several places that all are meant.

    Outlines are joined; where discs stand beside outlines, the units of the former are taken, as the wording is no finer than
    that. Discs become one disc, or an area of all of them.
    """
    if len(shapes) == 1:
        return shapes[0]
    places = tuple(dict.fromkeys(place for shape in shapes for place in shape.places))
    outlined = [shape for shape in shapes if shape.outline]
    if outlined and any(shape.kind != "line" for shape in shapes):
        # of areas and lines together only the areas are drawn
        shapes = [_whole_of(shape) for shape in shapes]
    if outlined:
        ids = [one for shape in shapes for one in (shape.outline or tuple(f"unit:{p.unit}" for p in shape.places if p.unit))]
        kind: LocationKind = "line" if all(shape.kind == "line" for shape in shapes) else "area"
        radius = math.hypot(*(shape.radius_m for shape in outlined))
        return Shape(None, kind, radius, places, tuple(dict.fromkeys(ids)))
    if all(isinstance(shape.geometry, shapely.Point) for shape in shapes):
        centre, reach = _enclosing(shapes)
        if reach <= SEVERAL_NEAR_M:
            return Shape(centre, "near", reach, places)
    area = shapely.union_all([_grown(shape) for shape in shapes])
    return Shape(area, "area", round(_equal_area_radius_m(area)), places)


def _enclosing(shapes: Sequence[Shape]) -> tuple[shapely.Point, float]:
    """A disc that holds all discs: its centre, midway between the two farthest points, and its radius."""
    points = [shape.geometry for shape in shapes if isinstance(shape.geometry, shapely.Point)]
    pairs = [(distance_m(a, b), a, b) for number, a in enumerate(points) for b in points[number + 1 :]]
    _, one, other = max(pairs, key=lambda pair: pair[0])
    centre = shapely.Point((one.x + other.x) / 2, (one.y + other.y) / 2)
    return centre, max(distance_m(centre, point) + shape.radius_m for point, shape in zip(points, shapes, strict=True))


def _grown(shape: Shape) -> BaseGeometry:
    """A shape with its radius: discs around points and around the vertices and middles of lines."""
    if isinstance(shape.geometry, shapely.Point):
        return disc(shape.geometry.x, shape.geometry.y, shape.radius_m)
    if shape.kind == "line" and shape.geometry is not None:
        coords = shapely.get_coordinates(shapely.segmentize(shape.geometry, 0.05))
        discs = [disc(lon, lat, shape.radius_m) for lon, lat in coords]
        return shapely.union_all([shapely.union_all([a, b]).convex_hull for a, b in pairwise(discs)])
    return shape.geometry if shape.geometry is not None else shapely.Polygon()


def _width_m(shape: Shape) -> float:
    """How far a shape reaches: its radius, and of a line half its length besides."""
    length = GEOD.geometry_length(shape.geometry) if shape.kind == "line" else 0.0
    return shape.radius_m + length / 2


def _equal_area_radius_m(area: BaseGeometry) -> float:
    return float(np.sqrt(abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(area))[0]) / np.pi))

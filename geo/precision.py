"""What the precision codes of incident datasets say about a location: one table, there and back.

Each code becomes a kind and a radius. Representative points (a centroid, a provincial capital standing for the province) are
no places: their code gives ``area``, and the incident is drawn as the area that the source names, never as a dot.

Sources of the meanings: ACLED Codebook (geo_precision 1-3); UCDP GED Codebook (where_prec 1-7); VIINA documentation
(GEO_PRECISION, the finest address level that the geocoder matched); Darwin Core (coordinateUncertaintyInMeters: the smallest circle
around the coordinates that contains the whole of the location; unknown is empty, zero is not allowed). The radii are ours: a
settlement's extent and the usual error of its gazetteer point for the finest codes, the typical reach of "near" and of a district
for the others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import shapely
from shapely.geometry.base import BaseGeometry

from geo.location import GEOD, LocationKind

Scheme = Literal["acled", "ucdp", "viina"]
Reach = Literal["place", "adm2", "adm1", "wider", "country"]


@dataclass(frozen=True, slots=True)
class Precision:
    """The meaning of one code.

    Attributes
    ----------
    kind
        Location kind that the coordinates of a row with this code support.
    radius_m
        Metres around the coordinates that should hold the true point; for an area, half the extent of a typical one.
    reach
        What the coordinates stand for: the ``place`` itself, or a unit of some level of which they are a representative.
    meaning
        In words, for the reader of a map.
    """

    kind: LocationKind
    radius_m: float
    reach: Reach
    meaning: str


PRECISIONS: dict[Scheme, dict[str, Precision]] = {
    "acled": {
        "1": Precision("near", 3_000, "place", "a particular town or village, drawn at its usual point"),
        "2": Precision("near", 15_000, "place", "part of a region, or near a town, drawn at a town that stands for it"),
        "3": Precision("area", 50_000, "adm1", "a larger region, drawn at a town or the provincial capital that stands for it"),
    },
    "ucdp": {
        "1": Precision("near", 2_000, "place", "exactly the place named"),
        "2": Precision("near", 25_000, "place", "a limited area around the place named"),
        "3": Precision("area", 25_000, "adm2", "a second-level unit; the point is its centre"),
        "4": Precision("area", 50_000, "adm1", "a first-level unit; the point is its centre"),
        "5": Precision("area", 100_000, "wider", "larger than a first-level unit, between places, or a line; the point stands for it"),
        "6": Precision("area", 250_000, "country", "the country as a whole; the point is its centre"),
        "7": Precision("area", 100_000, "wider", "sea or airspace; the point is estimated"),
    },
    "viina": {
        "STREET": Precision("point", 500, "place", "a street"),
        "ADM4": Precision("near", 2_000, "place", "a settlement or part of it"),
        "ADM3": Precision("near", 3_000, "place", "a settlement"),
        "ADM2": Precision("area", 25_000, "adm2", "a second-level unit"),
        "ADM1": Precision("area", 50_000, "adm1", "a first-level unit"),
    },
}  # fmt: skip


def precision_of(scheme: Scheme, code: str) -> Precision | None:
    """The meaning of a code as written in a file (``2``, ``2.0``, ``adm1``); ``None`` when the scheme has no such code."""
    return PRECISIONS[scheme].get(code.strip().upper().removesuffix(".0"))


def code_for(scheme: Scheme, *, kind: LocationKind, radius_m: float | None) -> str | None:
    """The code that claims no more than a location does; ``None`` for an unlocated incident.

    Parameters
    ----------
    scheme
        Whose codes.
    kind, radius_m
        Of the location. A point or disc gets the finest code whose radius is not smaller; an area or line one that stands
        for an area.
    """
    if kind == "unknown" or radius_m is None or math.isnan(radius_m):
        return None
    wants_place = kind in ("point", "near")
    fitting = [
        (precision.radius_m, code)
        for code, precision in PRECISIONS[scheme].items()
        if (precision.reach == "place") == wants_place and precision.radius_m >= radius_m
    ]
    coarsest = max(PRECISIONS[scheme].items(), key=lambda item: item[1].radius_m)[0]
    return min(fitting, default=(0.0, coarsest))[1]


def radius_of_uncertainty(uncertainty_m: float | None) -> float | None:
    """Radius from Darwin Core's ``coordinateUncertaintyInMeters``; ``None`` when it is unknown or, being zero or less, says nothing.

    The circle that holds the whole location holds the true point the more surely, so the number is taken as it is.
    """
    if uncertainty_m is None or math.isnan(uncertainty_m) or uncertainty_m <= 0:
        return None
    return float(uncertainty_m)


def uncertainty_of(geometry: BaseGeometry | None, radius_m: float | None) -> tuple[float, float, int] | None:
    """Darwin Core's longitude, latitude and ``coordinateUncertaintyInMeters`` for a location; ``None`` when it has none.

    Of a point its own coordinates and radius; of a line or area a point on it and the metres to its farthest corner, with the radius of
    a line besides. Whole metres, rounded up, at least 1.
    """
    if geometry is None or geometry.is_empty:
        return None
    off = 0.0 if radius_m is None or math.isnan(radius_m) else radius_m
    point = geometry if isinstance(geometry, shapely.Point) else shapely.point_on_surface(geometry)
    corners = shapely.get_coordinates(geometry)
    count = len(corners)
    farthest = float(max(GEOD.inv([point.x] * count, [point.y] * count, corners[:, 0], corners[:, 1])[2]))
    # the radius of an area tells its size, not how far its edge may be off
    off = 0.0 if shapely.get_dimensions(geometry) == 2 else off
    return point.x, point.y, max(1, math.ceil(farthest + off))

"""How much of a location lies in which polygon: by area for discs and areas, by length for lines.

Works on arrays of shapes; which units and exclaves they are is the business of `boundaries.assign`.

Areas are taken on an equal-area cylinder, so they are those of the ellipsoid; straight edges on it differ from those in degrees
by two metres at most. A disc is a polygon of 64 corners on the geodesic circle. Together the shares are right
to about 0.001 of the shape drawn; what the shape is worth is said by its radius.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.location import GEOD

Shapes = NDArray[np.object_]
Floats = NDArray[np.float64]
Numbers = NDArray[np.intp]

SIDES = 64
LONGEST_DEG = 0.1


def discs(lon: Floats, lat: Floats, radius_m: Floats) -> Shapes:
    """Geodesic discs as polygons in degrees; longitudes run on past 180 rather than jump."""
    bearings = np.linspace(360.0, 0.0, SIDES, endpoint=False)
    many = len(lon)
    to_lon, to_lat, _ = GEOD.fwd(np.repeat(lon, SIDES), np.repeat(lat, SIDES), np.tile(bearings, many), np.repeat(radius_m, SIDES))
    to_lon = np.asarray(to_lon).reshape(many, SIDES)
    to_lon = lon[:, None] + (to_lon - lon[:, None] + 180.0) % 360.0 - 180.0
    corners = np.stack([to_lon, np.asarray(to_lat).reshape(many, SIDES)], axis=-1)
    return np.asarray(shapely.polygons(corners), dtype=object)


def on_equal_area_cylinder(shapes: Shapes) -> Shapes:
    """Shapes in degrees on the ellipsoid's cylindrical equal-area projection, metres (Snyder 1987, eq. 10-15 and 3-12)."""
    eccentricity = float(np.sqrt(GEOD.es))

    def project(degrees: Floats) -> Floats:
        lam, sine = np.radians(degrees[:, 0]), np.sin(np.radians(degrees[:, 1]))
        part = np.log((1 - eccentricity * sine) / (1 + eccentricity * sine)) / (2 * eccentricity)
        q = (1 - GEOD.es) * (sine / (1 - GEOD.es * sine**2) - part)
        return np.column_stack([GEOD.a * lam, GEOD.a * q / 2])

    return np.asarray(shapely.transform(shapes, project), dtype=object)


def _pairs(shapes: Shapes, pieces: Shapes) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
    """Numbers of shape and piece that meet, and whether the piece holds the shape wholly."""
    tree = shapely.STRtree(shapes)
    shapely.prepare(pieces)
    piece, shape = tree.query(pieces, predicate="intersects")
    return shape, piece, np.asarray(shapely.covers(pieces[piece], shapes[shape]))


def area_shares(shapes: Shapes, pieces: Shapes) -> tuple[Numbers, Numbers, Floats]:
    """Share (0 to 1) of each polygon in each piece that it meets: numbers of shape and piece, share.

    Both in degrees. Ground where pieces overlap is in each of them, and is shared between them: where the areas sum to more than the
    shape, they are divided by their sum.
    """
    # edges are straight in degrees; cut so short, they are straight on the cylinder too, to two metres
    shapes, pieces = (on_equal_area_cylinder(shapely.segmentize(part, LONGEST_DEG)) for part in (shapes, pieces))
    shape, piece, wholly = _pairs(shapes, pieces)
    share = np.ones(len(shape))
    crossing = ~wholly
    common = shapely.intersection(shapes[shape[crossing]], pieces[piece[crossing]])
    share[crossing] = shapely.area(common) / shapely.area(shapes[shape[crossing]])
    counted = np.bincount(shape, weights=share, minlength=len(shapes))
    # rounding alone is no overlap
    return shape, piece, share / np.where(counted > 1 + 1e-9, counted, 1.0)[shape]


def length_shares(shapes: Shapes, pieces: Shapes) -> tuple[Numbers, Numbers, Floats]:
    """Share of each line's geodesic length in each piece.

    A line along the edge between two pieces is in both, and is shared between them: where the lengths sum to more than the line,
    they are divided by their sum.
    """
    shape, piece, _ = _pairs(shapes, pieces)
    common = shapely.intersection(shapes[shape], pieces[piece])
    inside = np.array([GEOD.geometry_length(c) if not c.is_empty else 0.0 for c in common])
    whole = np.array([GEOD.geometry_length(line) for line in shapes])
    counted = np.bincount(shape, weights=inside, minlength=len(shapes))
    return shape, piece, inside / np.maximum(np.maximum(whole, counted), 1e-9)[shape]

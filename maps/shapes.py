"""Geometries as the page holds them: on a grid of few decimals, as whole numbers, each from the one before.

The page's JavaScript makes GeoJSON of them again (``static/shapes.js``).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry


def rounded(shapes: Any, decimals: int) -> Any:
    """The shapes on a grid of this many decimals of a degree, valid and without repeated points.

    Parameters
    ----------
    shapes
        One geometry or an array of them. One that would vanish on the grid keeps its own coordinates.
    decimals
        3 is about 100 m, 4 about 10 m.
    """
    snapped = shapely.set_precision(shapes, 10.0**-decimals)
    kept = np.where(shapely.is_empty(snapped), shapes, snapped)
    # the grid leaves floats like 46.123000000000005
    return shapely.transform(kept[()], lambda xy: np.round(xy, decimals))


def packed(shape: BaseGeometry, decimals: int) -> list[Any]:
    """Type and coordinates of a geometry as ``[type, decimals, paths]``.

    A path is a flat list of whole numbers, units of the last decimal: the first longitude and latitude, then the step to each next
    point. ``paths`` is one path of a line, a list of rings of a polygon, and a list of these for the forms with several parts.

    Examples
    --------
    >>> packed(shapely.LineString([(46.5, 39.25), (46.501, 39.249)]), 3)
    ['LineString', 3, [46500, 39250, 1, -1]]
    """
    return [shape.geom_type, decimals, _paths(shape, 10**decimals)]


def _paths(shape: BaseGeometry, scale: int) -> list[Any]:
    if shape.geom_type.startswith("Multi"):
        return [_paths(part, scale) for part in shapely.get_parts(shape)]
    if shape.geom_type == "Polygon":
        return [_steps(ring, scale) for ring in (shape.exterior, *shape.interiors)]
    return _steps(shape, scale)


def _steps(path: BaseGeometry, scale: int) -> list[int]:
    whole = np.rint(shapely.get_coordinates(path) * scale).astype(int)
    steps: list[int] = np.concatenate([whole[:1], np.diff(whole, axis=0)]).ravel().tolist()
    return steps

"""Geodesic distance from shapes to a line such as the state border.

The nearest point is found on an azimuthal equidistant plane around the middle of the line, whose scale is off by 0.1 % at 500 km;
the distance to that point is then taken on the ellipsoid. So the answer is never too short, and within 500 km of the middle too
long by less than 0.1 %.

A distance has no sign. The side is told by the columns ``country`` and ``adm1_shares``, which know of exclaves, of ground that two
units share and of places in a third country; a sign would have to call one of the two states the positive side, and would be
decided by a line that is less exact than many of the points near it.
"""

from __future__ import annotations

from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geo.location import GEOD
from geo.schema import WGS84

LONGEST_DEG = 0.1


def _planes(line: gpd.GeoSeries) -> tuple[Transformer, Transformer]:
    """To the plane around the middle of the line and back; to a whole degree, so that lines close by have the same one."""
    west, south, east, north = line.total_bounds
    return _transformers(round((west + east) / 2), round((south + north) / 2))


@lru_cache(maxsize=8)
def _transformers(lon: int, lat: int) -> tuple[Transformer, Transformer]:
    plane = f"+proj=aeqd +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m"
    return Transformer.from_crs(WGS84, plane, always_xy=True), Transformer.from_crs(plane, WGS84, always_xy=True)


def _moved(shapes: NDArray[np.object_], transformer: Transformer) -> NDArray[np.object_]:
    moved = shapely.transform(shapes, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))
    return np.asarray(moved, dtype=object)


class LineIndex:
    """A line, ready to be asked how far shapes are from it.

    Parameters
    ----------
    line
        Lines in WGS 84; missing and empty ones count for nothing.
    """

    def __init__(self, line: gpd.GeoSeries) -> None:
        line = line[shapely.length(np.asarray(line)) > 0]
        self._segments = np.zeros(0, dtype=object)
        if len(line):
            self._there, self._back = _planes(line)
            # edges are straight in degrees; cut so short, they are straight on the plane too, to a metre
            short = np.asarray(shapely.segmentize(shapely.get_parts(np.asarray(line)), LONGEST_DEG), dtype=object)
            corners, part = shapely.get_coordinates(_moved(short, self._there), return_index=True)
            self._ends = np.stack([corners[:-1], corners[1:]], axis=1)[part[:-1] == part[1:]]
            self._segments = np.asarray(shapely.linestrings(self._ends), dtype=object)
            self._tree = shapely.STRtree(self._segments)

    def distances_m(self, shapes: NDArray[np.object_]) -> NDArray[np.float64]:
        """Metres from each shape (WGS 84) to the nearest point of the line; 0 where they meet, NaN when there is no line."""
        found = np.full(len(shapes), np.nan)
        if len(self._segments):
            is_point = shapely.get_type_id(shapes) == 0
            for chosen, measure in ((np.flatnonzero(is_point), self._from_points), (np.flatnonzero(~is_point), self._from_shapes)):
                if len(chosen):
                    found[chosen] = measure(shapes[chosen])
        return found

    def _from_points(self, points: NDArray[np.object_]) -> NDArray[np.float64]:
        """As `_from_shapes`, on plain coordinates, which takes half the time."""
        lon, lat = shapely.get_coordinates(points).T
        on_plane = np.column_stack(self._there.transform(lon, lat))
        _, segment = self._tree.query_nearest(shapely.points(on_plane), all_matches=False)
        start, end = self._ends[segment, 0], self._ends[segment, 1]
        way = end - start
        # how far along the segment its nearest point is
        along = np.sum((on_plane - start) * way, axis=1) / np.maximum(np.sum(way * way, axis=1), 1e-12)
        nearest = start + np.clip(along, 0, 1)[:, None] * way
        return np.asarray(GEOD.inv(lon, lat, *self._back.transform(nearest[:, 0], nearest[:, 1]))[2])

    def _from_shapes(self, shapes: NDArray[np.object_]) -> NDArray[np.float64]:
        flat = _moved(shapes, self._there)
        _, segment = self._tree.query_nearest(flat, all_matches=False)
        ways = _moved(np.asarray(shapely.shortest_line(flat, self._segments[segment]), dtype=object), self._back)
        nearest = shapely.get_coordinates(ways).reshape(-1, 2, 2)
        return np.asarray(GEOD.inv(nearest[:, 0, 0], nearest[:, 0, 1], nearest[:, 1, 0], nearest[:, 1, 1])[2])


def distances_m(shapes: NDArray[np.object_], line: gpd.GeoSeries) -> NDArray[np.float64]:
    """As `LineIndex.distances_m`, for a line that is asked once."""
    return LineIndex(line).distances_m(shapes)

"""Geometry that crosses the 180th meridian, cut there as RFC 7946 (section 3.1.9) asks.

A piece of line longer than 180 degrees of longitude is taken to go the short way round, unless it runs along a whole parallel.
Where a crossing is drawn with longitudes beyond 180, it is brought back.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

WHOLE = 360.0


def split_at_antimeridian(shapes: Any) -> Any:
    """Geometries in longitudes from -180 to 180, cut where they cross; ``None`` stays, what does not cross stays as it is.

    Parameters
    ----------
    shapes
        Array of geometries, longitude first, degrees.
    """
    crossing = np.flatnonzero(_may_cross(shapes))
    if not len(crossing):
        return shapes
    held = np.array(shapes, dtype=object)
    for at in crossing:
        held[at] = _cut(held[at])
    return held


def _may_cross(shapes: Any) -> Any:
    bounds = shapely.bounds(shapes)
    wide = bounds[:, 2] - bounds[:, 0] > WHOLE / 2
    return (wide & (shapely.get_dimensions(shapes) > 0)) | (bounds[:, 0] < -180) | (bounds[:, 2] > 180)


def _cut(shape: BaseGeometry) -> BaseGeometry:
    if shapely.get_dimensions(shape) == 0:
        return shapely.transform(shape, _wrapped)
    # each part on its own, for parts on both sides do not cross by being far from each other
    pieces = [piece for part in shapely.get_parts(shape) for piece in _pieces(part)]
    return shapely.union_all(pieces) if pieces else shape


def _wrapped(coordinates: Any) -> Any:
    lon = np.where(np.abs(coordinates[:, 0]) <= 180, coordinates[:, 0], (coordinates[:, 0] + 180) % WHOLE - 180)
    return np.column_stack([lon, coordinates[:, 1]])


def _pieces(part: BaseGeometry) -> list[BaseGeometry]:
    """The part in pieces, each between -180 and 180."""
    if isinstance(part, shapely.Polygon):
        shell = _unrolled(np.asarray(part.exterior.coords))
        holes = [_beside(_unrolled(np.asarray(ring.coords)), shell) for ring in part.interiors]
        flat: BaseGeometry = shapely.make_valid(shapely.Polygon(shell, holes))
    else:
        flat = shapely.LineString(_unrolled(np.asarray(part.coords)))
    west, _, east, _ = flat.bounds
    dimension = shapely.get_dimensions(part)
    found = []
    for turn in range(int(np.floor((west + 180) / WHOLE)), int(np.ceil((east + 180) / WHOLE))):
        frame = shapely.box(-180 + turn * WHOLE, -90, 180 + turn * WHOLE, 90)
        piece = shapely.transform(flat.intersection(frame), lambda xy, turn=turn: xy - np.array([turn * WHOLE, 0.0]))
        found += [p for p in shapely.get_parts(piece) if shapely.get_dimensions(p) == dimension]
    return found


def _unrolled(coordinates: Any) -> Any:
    """Coordinates without jumps of longitude; a ring around a pole is led over the pole."""
    lon, lat = coordinates[:, 0], coordinates[:, 1]
    steps = np.diff(lon)
    whole = np.abs(steps) >= WHOLE
    steps = np.where(whole, steps, (steps + 180) % WHOLE - 180)
    # half-way round is as written
    steps = np.where(np.isclose(np.abs(np.diff(lon)), 180), np.diff(lon), steps)
    unrolled = np.column_stack([np.concatenate([[lon[0]], lon[0] + np.cumsum(steps)]), lat])
    is_ring = bool((coordinates[0] == coordinates[-1]).all())
    if is_ring and abs(unrolled[-1, 0] - unrolled[0, 0]) > 180:
        pole = 90.0 if lat.mean() > 0 else -90.0
        over = np.array([[unrolled[-1, 0], pole], [unrolled[0, 0], pole], unrolled[0]])
        return np.concatenate([unrolled, over])
    return unrolled


def _beside(ring: Any, shell: Any) -> Any:
    """A hole moved by whole turns to where its shell is."""
    turns = np.round((shell[:, 0].mean() - ring[:, 0].mean()) / WHOLE)
    return ring + np.array([turns * WHOLE, 0.0])


def bounds_of(shapes: Any, *, crosses: bool) -> list[float] | None:
    """West, south, east, north of all geometries; west is greater than east when ``crosses`` and that box is the smaller.

    ``None`` when there is no geometry.
    """
    parts = shapely.bounds(shapely.get_parts(shapes[~shapely.is_missing(shapes)]))
    parts = parts[np.isfinite(parts).all(axis=1)]
    if not len(parts):
        return None
    west, south, east, north = parts[:, 0].min(), parts[:, 1].min(), parts[:, 2].max(), parts[:, 3].max()
    if crosses:
        order = np.argsort(parts[:, 0])
        reached = np.maximum.accumulate(parts[order, 2])[:-1]
        gaps = parts[order, 0][1:] - reached
        if len(gaps) and gaps.max() > west + WHOLE - east:
            at = int(gaps.argmax())
            west, east = parts[order, 0][at + 1], reached[at]
    return [float(west), float(south), float(east), float(north)]

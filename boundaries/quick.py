"""Which units points lie in or touch, without tables: for a single question that should not wait for pandas.

Plain look-ups for gazetteers and the command ``locate``: the embedded units as of no particular day, distances in an equal-area
projection around the two countries (off by less than 0.2 % within them). Dated, exact assignment with shares is the business of
`boundaries.assign`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

METRIC = "+proj=laea +lat_0=40 +lon_0=46.3 +units=m"
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by id (``am-syunik``), name and ISO code of its country."""

    unit_id: str
    name: str
    country: str


@cache
def _to_metric() -> Transformer:
    return Transformer.from_crs("EPSG:4326", METRIC, always_xy=True)


def _metric(shape: Any) -> Any:
    """Shapes in degrees as shapes in metres."""
    return shapely.transform(shape, lambda xy: np.column_stack(_to_metric().transform(xy[:, 0], xy[:, 1])))


def _features(name: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads((_DATA / name).read_text(encoding="utf-8"))["features"]
    return features


def _shapes(features: Sequence[dict[str, Any]]) -> NDArray[np.object_]:
    return np.asarray([shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features], dtype=object)


@cache
def _units() -> tuple[shapely.STRtree, tuple[Unit, ...]]:
    features = sorted(_features("units.geojson"), key=lambda feature: str(feature["properties"]["id"]))
    units = tuple(Unit(f["properties"]["id"], f["properties"]["name"], f["properties"]["country"]) for f in features)
    return shapely.STRtree(_metric(_shapes(features))), units


@cache
def _border() -> BaseGeometry:
    features = [f for f in _features("lines.geojson") if f["properties"]["group"] == "am-az-border"]
    return shapely.union_all(_metric(_shapes(features)))


def units_near(lon: Sequence[float], lat: Sequence[float], radius_m: Sequence[float]) -> list[list[Unit]]:
    """The units within a radius of each point, nearest first; the unit that holds a point is at distance 0.

    Parameters
    ----------
    lon, lat, radius_m
        Degrees in WGS 84 and metres, one of each for every point.
    """
    tree, units = _units()
    points = _metric(shapely.points(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)))
    found: list[list[Unit]] = [[] for _ in range(len(points))]
    of_point, of_unit = tree.query(points, predicate="dwithin", distance=np.asarray(radius_m, dtype=float))
    away = shapely.distance(points[of_point], tree.geometries[of_unit])
    for number in np.lexsort((of_unit, away, of_point)):
        found[of_point[number]].append(units[of_unit[number]])
    return found


def unit_at(lon: float, lat: float) -> Unit | None:
    """The unit that holds a point; ``None`` outside Armenia and Azerbaijan."""
    found = units_near([lon], [lat], [0.0])[0]
    return found[0] if found else None


def border_distances_m(lon: Sequence[float], lat: Sequence[float]) -> NDArray[np.float64]:
    """Metres from each point to the Armenia-Azerbaijan border."""
    points = _metric(shapely.points(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)))
    return np.asarray(shapely.distance(points, _border()), dtype=np.float64)

"""Points to units: the cells of `boundaries.grid` beside ``geopandas.sjoin``, same points, same layer, one run.

Both get what they like best: the join a table of points made beforehand, the cells arrays. Every answer of the cells is compared
with the join's, and a row that the join gives twice counts for its lowest unit.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.catalogue import load_catalogue
from boundaries.cells import NOWHERE
from boundaries.grid import CellIndex
from geo.schema import WGS84
from scripts.benchmarks.measure import Figure, python_peak_mb, seconds

PREPARE = """
import geopandas as gpd, numpy as np
from boundaries.catalogue import load_catalogue
from boundaries.grid import CellIndex
units = load_catalogue().units[["id", "geometry"]]
west, south, east, north = units.total_bounds
rng = np.random.default_rng(1)
lon, lat = rng.uniform(west, east, {many}), rng.uniform(south, north, {many})
"""
JOIN_PREPARE = "points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=units.crs)\ngpd.sjoin(points[:10], units)"


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """One layer and points over its box."""

    units: gpd.GeoDataFrame
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    points: gpd.GeoDataFrame


def data(many: int, *, dense: bool = False) -> Data:
    """The embedded units, ``dense``: with 20 times the corners, as layers in full resolution have."""
    units = load_catalogue().units[["id", "geometry"]]
    if dense:
        shapes = np.asarray(units.geometry)
        mean = shapely.length(shapes).sum() / shapely.get_num_coordinates(shapes).sum()
        units = units.set_geometry(shapely.segmentize(shapes, mean / 20), crs=WGS84)
    west, south, east, north = units.total_bounds
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(west, east, many), rng.uniform(south, north, many)
    return Data(units, lon, lat, gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=WGS84))


def joined(given: Data) -> NDArray[np.intp]:
    """The unit of each point by the join."""
    found = gpd.sjoin(given.points, given.units, predicate="intersects")
    lowest = found.index_right.groupby(level=0).min()
    units = np.full(len(given.points), NOWHERE)
    units[lowest.index] = lowest
    return units


def _beside_the_join(title: str, given: Data, *, runs: int, goal: str) -> list[Figure]:
    shapes = np.asarray(given.units.geometry)
    index = CellIndex(shapes)
    wrong = int((index.find(given.lon, given.lat) != joined(given)).sum())
    # as after many such calls, when the cells are as fine as they get
    for _ in range(50):
        index.find(given.lon, given.lat)
    kept, kept_spread = seconds(lambda: index.find(given.lon, given.lat), runs=runs)
    fresh, fresh_spread = seconds(lambda: CellIndex(shapes).find(given.lon, given.lat), runs=runs)
    peer, peer_spread = seconds(lambda: gpd.sjoin(given.points, given.units, predicate="intersects"), runs=runs)
    return [
        Figure(f"{title}: geopandas.sjoin", peer, "s", peer_spread),
        Figure(f"{title}: cells made anew", fresh, "s", fresh_spread),
        Figure(f"{title}: cells kept", kept, "s", kept_spread),
        Figure(f"{title}: faster, cells made anew", peer / fresh, "times", 0, "" if goal else "at least 1"),
        Figure(f"{title}: faster, cells kept", peer / kept, "times", 0, goal or "at least 1"),
        Figure(f"{title}: answers that differ", wrong, "points", 0, "0"),
    ]


def figures(*, runs: int) -> list[Figure]:
    """Time of 40, 100,000 and a million points beside the join; memory of a million."""
    found = []
    for many, title in ((40, "40 points"), (100_000, "100 k points"), (1_000_000, "1 M points")):
        found += _beside_the_join(title, data(many), runs=runs, goal="at least 50" if many == 1_000_000 else "")
    found += _beside_the_join("100 k points, 20 x corners", data(100_000, dense=True), runs=runs, goal="at least 50")
    prepare = PREPARE.format(many=1_000_000)
    cells = python_peak_mb(prepare, "CellIndex(np.asarray(units.geometry)).find(lon, lat)")
    join = python_peak_mb(prepare + JOIN_PREPARE, 'gpd.sjoin(points, units, predicate="intersects")')
    return [*found, Figure("1 M points: memory, cells", cells, "MB"), Figure("1 M points: memory, geopandas.sjoin", join, "MB")]

"""Incidents of different files that may be one and the same: proposed, never merged.

Two rows may be one incident when they are of one family of types, lie within `DISTANCE_M` and `DAYS` of each other, both widened by
how exact the rows are, and come from different files. A person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.location import GEOD

Numbers = np.ndarray[Any, Any]

DISTANCE_M = 5_000.0
DAYS = 2
"""The usual windows for one event in two datasets: 1 to 5 km, 1 to 2 days."""

WIDEST_M = 25_000.0
"""A location less exact than this is near to everything, and proximity to it tells nothing."""

MOST = 1_000
"""So many pairs are proposed; more would not be read."""

FAMILIES = {
    "advance": "movement", "casualties_report": "fire", "ceasefire": "talks", "ceasefire_violation": "fire", "checkpoint": "road",
    "deployment": "movement", "detention": "detention", "drone_strike": "fire", "engineering_works": "works", "firefight": "fire",
    "handover": "movement", "infrastructure_damage": "works", "mine_blast": "fire", "monitoring": "talks", "negotiation": "talks",
    "other": "other", "road_closure": "road", "shelling": "fire", "troop_presence": "movement", "withdrawal": "movement",
}  # fmt: skip
"""Event types that different sources give to one incident."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that may be one incident.

    Attributes
    ----------
    first, second
        Ids, in the order of the table.
    distance_m, days
        Between the two, as told; 0 days when their dates overlap.
    """

    first: str
    second: str
    distance_m: float
    days: int


def possible_duplicates(incidents: gpd.GeoDataFrame) -> tuple[Pair, ...]:
    """The pairs of a located table that a person should look at, nearest first; at most `MOST`.

    Parameters
    ----------
    incidents
        Table with the columns of `geo.schema`, located, WGS 84.
    """
    known = incidents.geometry.notna() & ~incidents.geometry.is_empty & incidents.start.notna() & (incidents.radius_m.fillna(0) <= WIDEST_M)
    rows = incidents[known]
    if rows.source_file.nunique() < 2:
        return ()
    points = shapely.centroid(rows.geometry.to_numpy())
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    reach = rows.radius_m.fillna(0).to_numpy() + DISTANCE_M / 2
    first, second = _near(lon, lat, reach)
    files, families = rows.source_file.to_numpy(), rows.event_type.map(FAMILIES).to_numpy()
    apart = _days_apart(rows, first, second)
    keep = (files[first] != files[second]) & (families[first] == families[second]) & (apart <= DAYS)
    first, second, apart = first[keep], second[keep], apart[keep]
    distance = np.asarray(GEOD.inv(lon[first], lat[first], lon[second], lat[second])[2])
    close = distance <= reach[first] + reach[second]
    order = np.lexsort((distance[close], apart[close]))[:MOST]
    ids = rows.id.to_numpy()
    found = zip(first[close][order], second[close][order], distance[close][order], apart[close][order], strict=True)
    return tuple(Pair(str(ids[a]), str(ids[b]), round(float(metres)), int(days)) for a, b, metres, days in found)


def _near(lon: Numbers, lat: Numbers, reach: Numbers) -> tuple[Numbers, Numbers]:
    """Numbers of rows whose boxes of reach meet, each pair once; the exact distance is taken later."""
    high = reach / 110_000
    wide = high / np.maximum(np.cos(np.radians(lat)), 0.01)
    boxes = shapely.box(lon - wide, lat - high, lon + wide, lat + high)
    first, second = shapely.STRtree(boxes).query(boxes, predicate="intersects")
    return first[first < second], second[first < second]


def _days_apart(rows: pd.DataFrame, first: Numbers, second: Numbers) -> Numbers:
    """Days between the ends of two periods, 0 when they overlap."""
    start = rows.start.to_numpy().astype("datetime64[D]").astype(int)
    end = rows.end.fillna(rows.start).to_numpy().astype("datetime64[D]").astype(int)
    apart: Numbers = np.maximum(np.maximum(start[first] - end[second], start[second] - end[first]), 0)
    return apart

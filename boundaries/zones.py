"""Which zones a location touches, and with what share of it.

A point is taken as the disc of its own ``radius_m``, without the accuracy of any layer, which each zone says for itself
(``accuracy_m``); an area or line as its own shape. Units are the business of `boundaries.assign`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from boundaries.catalogue import Catalogue, Day
from boundaries.cells import UNDECIDED
from boundaries.grid import CellIndex
from boundaries.locations import (
    Locations,
    Spans,
    boxes,
    distinct_days,
    distinct_locations,
    grown,
    in_force_on,
    is_located,
    meet,
    numbered,
    object_array,
)
from boundaries.shares import Numbers, Shapes, area_shares, length_shares

LARGEST_RADIUS_M = 2_000_000.0
"""Above this, a disc reaches over the pole or half the globe, and is taken to be no larger."""

Flags = NDArray[np.bool_]


@lru_cache(maxsize=8)
def _zone_indexes(catalogue: Catalogue) -> tuple[CellIndex, ...]:
    """An index for each zone, for zones overlap; one of a line or point holds nothing."""
    return tuple(CellIndex(np.array([zone], dtype=object)) for zone in catalogue.zones.geometry)


def touched_zones(locations: Locations, catalogue: Catalogue) -> Flags:
    """Locations by zones: whether they have ground in common, not only an edge."""
    drawn, radius = np.asarray(catalogue.zones.geometry, dtype=object), np.minimum(locations.radius_m, LARGEST_RADIUS_M)
    around = boxes(locations.shapes, radius)
    found = np.zeros((len(locations), len(drawn)), dtype=bool)
    open_pairs: list[tuple[Numbers, int]] = []
    for zone, index in enumerate(_zone_indexes(catalogue)):
        near = np.flatnonzero(meet(around, shapely.bounds(drawn[zone])))
        whole = np.full(len(near), UNDECIDED, dtype=np.int32)
        if shapely.get_dimensions(drawn[zone]) == 2:
            whole = index.find_whole(*(side[near] for side in around))
        found[near[whole >= 0], zone] = True
        open_pairs.append((near[whole == UNDECIDED], zone))
    numbers = np.concatenate([near for near, _ in open_pairs] or [np.zeros(0, dtype=np.intp)])
    zones = np.repeat([zone for _, zone in open_pairs], [len(near) for near, _ in open_pairs]).astype(np.intp)
    found[numbers, zones] = _share_ground(locations, radius, numbers, drawn[zones])
    return found


def _share_ground(locations: Locations, radius: NDArray[np.float64], numbers: Numbers, zones: Shapes) -> Flags:
    """Whether each of these locations has more in common with its zone than an edge."""
    distinct, place = np.unique(numbers, return_inverse=True)
    shapes = grown(locations.shapes[distinct], radius[distinct])[place.ravel()]
    shapely.prepare(zones)
    both_areas = (shapely.get_dimensions(shapes) == 2) & (shapely.get_dimensions(zones) == 2)
    common = np.asarray(shapely.intersects(zones, shapes))
    asked = np.flatnonzero(common & both_areas)
    common[asked] = ~shapely.touches(zones[asked], shapes[asked])
    return common


def zones_of_rows(locations: Locations, spans: Spans, catalogue: Catalogue) -> NDArray[np.object_]:
    """For each row the ids of the zones that its location touches and that were in force on any of its days."""
    touched, in_force = touched_zones(locations, catalogue), in_force_on(catalogue.zones, spans)
    alike, _ = numbered(np.zeros(len(locations)), *np.packbits(touched, axis=1).T)
    pairs, first = numbered(alike[locations.of_row], spans.of_row)
    ids = catalogue.zones.id.to_numpy(dtype=object)
    distinct = [tuple(ids[touched[locations.of_row[row]] & in_force[spans.of_row[row]]]) for row in first]
    return object_array(distinct)[pairs]


def zone_shares(incidents: gpd.GeoDataFrame, catalogue: Catalogue, *, as_of: Day | None = None) -> pd.DataFrame:
    """How much of each location lies in each zone that is an area.

    Parameters
    ----------
    incidents, catalogue, as_of
        As in `boundaries.assign.assign_units`.

    Returns
    -------
    DataFrame
        ``row`` (position in ``incidents``), ``zone`` (id), ``share`` (0 to 1, three decimals; by length for a line), in the order of
        the rows and then of the catalogue. Zones overlap, so the shares of a row may sum to more than 1. A zone that is a point or
        a line has no ground and no share; it is in the column ``zones`` alone.
    """
    located = np.flatnonzero(is_located(incidents))
    table = incidents.iloc[located]
    locations, spans = distinct_locations(table), distinct_days(table, as_of)
    drawn = np.asarray(catalogue.zones.geometry, dtype=object)
    touched = touched_zones(locations, catalogue) & (shapely.get_dimensions(drawn) == 2)
    place, zone = np.nonzero(touched)
    share = np.zeros(touched.shape)
    share[place, zone] = _shares_of(locations, place, drawn, zone)
    held = touched[locations.of_row] & in_force_on(catalogue.zones, spans)[spans.of_row]
    row, zone = np.nonzero(held)
    ids: Any = catalogue.zones.id.to_numpy(dtype=object)[zone]
    return pd.DataFrame({"row": located[row], "zone": ids, "share": share[locations.of_row[row], zone].round(3)})


def _shares_of(locations: Locations, numbers: Numbers, drawn: Shapes, zones: Numbers) -> NDArray[np.float64]:
    """Of each of these locations, the share in its zone; 1 for a point without a radius, as it touches the zone."""
    shapes = grown(locations.shapes[numbers], np.minimum(locations.radius_m[numbers], LARGEST_RADIUS_M))
    shares = np.ones(len(shapes))
    for dimension, count in ((2, area_shares), (1, length_shares)):
        extended = shapely.get_dimensions(shapes) == dimension
        # zone by zone, for zones overlap and pieces must not
        for zone in np.unique(zones[extended]):
            own = np.flatnonzero(extended & (zones == zone))
            shape, _, found = count(shapes[own], drawn[zone : zone + 1])
            shares[own] = np.bincount(shape, weights=found, minlength=len(own))
    return shares

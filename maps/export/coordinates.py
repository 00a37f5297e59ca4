"""Coordinates of exported incidents: flat, from -180 to 180, no finer than the location supports, rings wound as RFC 7946 asks."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from maps.export.antimeridian import split_at_antimeridian

MAX_DECIMALS = 6


def decimals_for(radius_m: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Decimals of a degree that a radius in metres supports, 2 to 6: a fifth of the radius is still told apart.

    Examples
    --------
    >>> decimals_for(np.array([100.0, 5_000.0, np.nan])).tolist()
    [4, 3, 6]
    """
    known = np.where(np.isfinite(radius_m) & (radius_m > 0), radius_m, 1.0)
    return np.clip(np.ceil(np.log10(111_320 / (known / 5))), 2, MAX_DECIMALS).astype(int)


def exported_shapes(incidents: gpd.GeoDataFrame) -> Any:
    """The geometry of each incident as every export has it, so that they agree; ``None`` where there is none."""
    shapes = split_at_antimeridian(shapely.force_2d(incidents.geometry.to_numpy()))
    pointlike = incidents.location_kind.isin(["point", "near"]).to_numpy()
    decimals = np.where(pointlike, decimals_for(incidents.radius_m.to_numpy()), MAX_DECIMALS - 1)
    rounded = np.full(len(shapes), None, dtype=object)
    for places in np.unique(decimals):
        rows = decimals == places
        rounded[rows] = shapely.transform(shapes[rows], lambda xy, places=places: np.round(xy, places))
    return shapely.orient_polygons(rounded)

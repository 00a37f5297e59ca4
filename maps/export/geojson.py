"""Incidents as GeoJSON (RFC 7946).

Longitude first, WGS 84, no ``crs`` member, exterior rings counter-clockwise, at most six decimals and no more than the
location's radius supports. An unlocated incident is a feature with ``"geometry": null``.
"""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from maps.export.properties import plain_records
from maps.provenance import Provenance

MAX_DECIMALS = 6


def geojson_text(incidents: gpd.GeoDataFrame, *, provenance: Provenance) -> str:
    """A FeatureCollection with every incident, in the order of the table.

    Parameters
    ----------
    incidents
        Table with the columns of `geo.schema`, geometry in WGS 84.
    provenance
        Goes into the member ``marchland``: version, viewpoint, day, counts, attribution, disclaimer.
    """
    records = plain_records(incidents)
    geometries = [_geometry(json_text) for json_text in _geometry_texts(incidents)]
    features = [
        {"type": "Feature", "id": record["id"], "geometry": geometry, "properties": record}
        for record, geometry in zip(records, geometries, strict=True)
    ]
    collection: dict[str, Any] = {"type": "FeatureCollection", "marchland": provenance.as_dict()}
    if incidents.geometry.notna().any():
        collection["bbox"] = [round(float(v), MAX_DECIMALS) for v in incidents.total_bounds]
    # features last, so that a reader of the head of a long file meets the provenance first
    collection["features"] = features
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def decimals_for(radius_m: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Decimals of a degree that a radius in metres supports, 2 to 6: a fifth of the radius is still told apart.

    Examples
    --------
    >>> decimals_for(np.array([100.0, 5_000.0, np.nan])).tolist()
    [4, 3, 6]
    """
    known = np.where(np.isfinite(radius_m) & (radius_m > 0), radius_m, 1.0)
    return np.clip(np.ceil(np.log10(111_320 / (known / 5))), 2, MAX_DECIMALS).astype(int)


def _geometry_texts(incidents: gpd.GeoDataFrame) -> np.ndarray[Any, Any]:
    geometry = shapely.orient_polygons(incidents.geometry.to_numpy())
    decimals = np.where(incidents.location_kind.isin(["point", "near"]), decimals_for(incidents.radius_m.to_numpy()), MAX_DECIMALS - 1)
    texts = np.full(len(geometry), None, dtype=object)
    for places in np.unique(decimals):
        rows = decimals == places
        rounded = shapely.transform(geometry[rows], lambda xy, places=places: np.round(xy, places))
        texts[rows] = shapely.to_geojson(rounded)
    return texts


def _geometry(text: str | None) -> Any:
    return None if text is None else json.loads(text)

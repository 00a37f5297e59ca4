"""Incidents, their uncertainty and what lies around them as one GeoPackage.

Layers by geometry, because GIS tools draw one kind in a layer; lists as JSON text; dates typed, so that a temporal
controller finds them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from boundaries.catalogue import Catalogue
from geo.location import disc
from geo.schema import COLUMNS, WGS84
from maps.export.properties import plain_columns
from maps.provenance import Provenance

_TYPES = {column.name: column.type for column in COLUMNS}
_CLAIM_FIELDS = ("by", "side", "stance", "about", "text", "said_on", "url")
_PINNED_DATE = "1970-01-01T00:00:00.000Z"


def write_geopackage(incidents: gpd.GeoDataFrame, path: Path, *, catalogue: Catalogue, provenance: Provenance) -> None:
    """Write all layers to a new file.

    Parameters
    ----------
    incidents
        Table with the columns of `geo.schema`, geometry in WGS 84.
    path
        A file that does not exist yet.
    catalogue
        The units, zones and lines to go with them.
    provenance
        Goes into the table ``provenance``.
    """
    # GDAL stamps each layer with the time of day, and the same input would give another file
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _PINNED_DATE})
    try:
        for name, table in _layers(incidents, catalogue, provenance).items():
            pyogrio.write_dataframe(table, path, layer=name, driver="GPKG", append=path.exists())
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _layers(incidents: gpd.GeoDataFrame, catalogue: Catalogue, provenance: Provenance) -> dict[str, pd.DataFrame]:
    table = _attributes(incidents)
    kinds = incidents.geometry.geom_type
    areal = kinds.isin(["Polygon", "MultiPolygon"])
    linear = kinds.isin(["LineString", "MultiLineString"])
    layers = {
        "incidents": table[~areal & ~linear],
        "incident_areas": table[areal],
        "incident_lines": table[linear],
        "incident_uncertainty": _uncertainty(table[~areal & ~linear & incidents.geometry.notna()]),
        "units": _plain_layer(catalogue.units),
        "zones": _plain_layer(catalogue.zones),
        "lines": _plain_layer(catalogue.lines),
        "claims": _claims(incidents),
        "provenance": pd.DataFrame([(key, json.dumps(value)) for key, value in provenance.as_dict().items()], columns=["key", "value"]),
    }
    return {name: layer for name, layer in layers.items() if len(layer)}


def _attributes(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The public columns in types that a GeoPackage holds."""
    columns: dict[str, Any] = {}
    for name, values in plain_columns(incidents).items():
        if _TYPES[name] == "date":
            columns[name] = incidents[name].astype("datetime64[ms]")
        elif _TYPES[name] == "list":
            columns[name] = [json.dumps(value, ensure_ascii=False) for value in values]
        elif _TYPES[name] == "number":
            columns[name] = pd.Series(values, dtype="float64", index=incidents.index)
        else:
            columns[name] = values
    table = pd.DataFrame(columns, index=incidents.index)
    return gpd.GeoDataFrame(table, geometry=incidents.geometry, crs=WGS84)


def _uncertainty(points: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The discs that should hold the true points."""
    known = points[points.radius_m > 0]
    centres = shapely.centroid(known.geometry.to_numpy())
    discs = [disc(point.x, point.y, radius) for point, radius in zip(centres, known.radius_m, strict=True)]
    return known[["id", "title", "start", "end", "radius_m", "geometry"]].set_geometry(gpd.GeoSeries(discs, index=known.index, crs=WGS84))


def _plain_layer(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A catalogue table with its lists as text; one kind of geometry is not promised."""
    held = table[table.geometry.notna()].copy()
    for name in held.columns.drop(held.geometry.name):
        if held[name].map(lambda value: isinstance(value, (list, tuple, dict))).any():
            held[name] = [json.dumps(value, ensure_ascii=False, default=str) for value in held[name]]
    return held


def _claims(incidents: gpd.GeoDataFrame) -> pd.DataFrame:
    """One row for each claim, with the id of its incident."""
    rows = [
        {"incident_id": incident_id, **claim}
        for incident_id, claims in zip(incidents.id, plain_columns(incidents, ["claims"])["claims"], strict=True)
        for claim in claims
    ]
    names = ["incident_id", *_CLAIM_FIELDS]
    return pd.DataFrame(rows, columns=names).astype(object)

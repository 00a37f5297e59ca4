"""The layers of a GIS file: incidents by geometry, what is uncertain about them, what surrounds them, who says what.

Every incident is in exactly one of ``incidents`` (points, and those without a location), ``incident_areas`` and
``incident_lines``. Other tables point to it by ``incident_id``. Writing is left to the modules of the formats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from boundaries.catalogue import Catalogue
from geo.location import GEOD
from maps.export.coordinates import exported_shapes
from maps.export.properties import plain_columns
from maps.export.typed import arrow_table, json_text, typed_columns, typed_table
from maps.provenance import Provenance

CLAIM_FIELDS = ("by", "side", "stance", "about", "text", "said_on", "url")
UNCERTAINTY_COLUMNS = ("id", "title", "event_type", "status", "start", "end", "radius_m")
DISC_SIDES = 64


@dataclass(frozen=True, slots=True)
class Layer:
    """A table of a GIS file.

    Attributes
    ----------
    name, title
        As programs and as people call it.
    about
        What it holds, in a sentence.
    geometry
        ``Point``, ``MultiPoint``, ``MultiLineString``, ``MultiPolygon`` …; ``None`` for a table without.
    table
        Its rows; geometry in a column ``geometry`` as WKB.
    """

    name: str
    title: str
    about: str
    geometry: str | None
    table: pa.Table


def gis_layers(incidents: gpd.GeoDataFrame, *, catalogue: Catalogue, provenance: Provenance) -> list[Layer]:
    """All layers with rows, the lowest to draw first; ``incidents`` also when it is empty."""
    columns, shapes = typed_columns(incidents), exported_shapes(incidents)
    layers = [
        *_catalogue_layers(catalogue),
        *_incident_layers(arrow_table(columns), shapes, incidents.radius_m.to_numpy()),
        Layer("claims", "Claims", "Who says what about an incident; incident_id is its id.", None, claim_table(incidents)),
        Layer("sources", "Sources", "The sources of an incident; incident_id is its id.", None, source_table(incidents)),
        Layer("provenance", "Provenance", "Version, viewpoint, counts, inputs, attribution and disclaimer.", None, _facts(provenance)),
    ]
    return [layer for layer in layers if layer.table.num_rows or layer.name == "incidents"]


def _incident_layers(table: pa.Table, shapes: Any, radius_m: Any) -> list[Layer]:
    dimension = shapely.get_dimensions(shapes)
    pointlike, linear, areal = dimension < 1, dimension == 1, dimension == 2
    some_multi = bool((shapely.get_type_id(shapes[pointlike]) == shapely.GeometryType.MULTIPOINT).any())
    disced = (dimension == 0) & (radius_m > 0)
    discs = uncertainty_discs(shapes[disced], radius_m[disced])
    return [
        Layer(
            "incident_uncertainty",
            "Uncertainty of points",
            "The discs that should hold the true points.",
            "MultiPolygon",
            _with(table.select(UNCERTAINTY_COLUMNS), disced, discs),
        ),
        Layer(
            "incident_areas",
            "Incidents in areas",
            "Incidents that are reported for an area.",
            "MultiPolygon",
            _with(table, areal, shapes[areal]),
        ),
        Layer(
            "incident_lines",
            "Incidents along lines",
            "Incidents that are reported along a line.",
            "MultiLineString",
            _with(table, linear, shapes[linear]),
        ),
        Layer(
            "incidents",
            "Incidents at or near places",
            "Incidents at or near a place, and those without a location.",
            "MultiPoint" if some_multi else "Point",
            _with(table, pointlike, shapes[pointlike], multipoints=some_multi),
        ),
    ]


def _with(table: pa.Table, rows: Any, shapes: Any, *, multipoints: bool = False) -> pa.Table:
    """The rows with their shapes, one for each of them."""
    held = multi(one_kind(shapes), points=multipoints)
    return table.filter(pa.array(rows)).append_column("geometry", arrow_table({}, held)["geometry"])


_MULTI = {
    shapely.GeometryType.POINT: shapely.multipoints,
    shapely.GeometryType.LINESTRING: shapely.multilinestrings,
    shapely.GeometryType.POLYGON: shapely.multipolygons,
}


def multi(shapes: Any, *, points: bool = False) -> Any:
    """Single lines and polygons, and points when asked, as collections of one, since a layer of a GeoPackage has one type."""
    held = np.array(shapes, dtype=object)
    for single, gathered in _MULTI.items():
        rows = np.flatnonzero(shapely.get_type_id(held) == single)
        if len(rows) and (points or single != shapely.GeometryType.POINT):
            held[rows] = gathered(held[rows], indices=np.arange(len(rows)))
    return held


def one_kind(shapes: Any) -> Any:
    """Geometry collections without their parts of lower dimension; everything else as it is."""
    mixed = shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    if not mixed.any():
        return shapes
    cleaned = shapes.copy()
    for at in np.flatnonzero(mixed):
        parts = shapely.get_parts(shapes[at])
        cleaned[at] = shapely.union_all(parts[shapely.get_dimensions(parts) == shapely.get_dimensions(shapes[at])])
    return cleaned


def uncertainty_discs(points: Any, radius_m: Any) -> Any:
    """The geodesic disc around each point, its corners on the circle; several points are several discs.

    Parameters
    ----------
    points
        Points or multipoints in WGS 84.
    radius_m
        Metres, one for each.
    """
    parts, owner = shapely.get_parts(points, return_index=True)
    if not len(parts):
        return np.empty(0, dtype=object)
    centre = np.column_stack([shapely.get_coordinates(parts), np.asarray(radius_m)[owner]])
    # real data repeat places
    distinct, which = np.unique(centre, axis=0, return_inverse=True)
    bearings = np.linspace(360.0, 0.0, DISC_SIDES, endpoint=False)
    sides, rows = len(bearings), len(distinct)
    lon, lat, radius = (np.repeat(column, sides) for column in distinct.T)
    lons, lats, _ = GEOD.fwd(lon, lat, np.tile(bearings, rows), radius)
    corners = np.column_stack([lons, lats]).reshape(rows, sides, 2)
    discs = shapely.polygons(np.concatenate([corners, corners[:, :1]], axis=1))[which.ravel()]
    if len(parts) == len(points):
        return discs
    return np.array([shapely.union_all(discs[owner == at]) for at in range(len(points))], dtype=object)


def _catalogue_layers(catalogue: Catalogue) -> list[Layer]:
    zones, dimension = catalogue.zones, shapely.get_dimensions(catalogue.zones.geometry)
    return [
        _plain(
            "units",
            "Provinces and districts",
            "First-level units; in force from start until the day before end.",
            catalogue.units,
            "MultiPolygon",
        ),
        _plain("zones", "Zones", "Areas with a special status; many are schematic.", zones[dimension == 2], "MultiPolygon"),
        _plain("zone_lines", "Zones along lines", "Roads and closures with a special status.", zones[dimension == 1], "MultiLineString"),
        _plain("lines", "Lines", "State border, delimited sections and line of contact.", catalogue.lines, "MultiLineString"),
        _plain("zone_points", "Posts and checkpoints", "Posts, checkpoints and other sites.", zones[dimension == 0], "Point"),
    ]


def _plain(name: str, title: str, about: str, table: gpd.GeoDataFrame, geometry: str) -> Layer:
    held = table[table.geometry.notna()]
    columns = typed_table(held)
    # "fid" is what a GeoPackage calls its own key, and case does not tell column names apart
    columns = {column: values for column, values in columns.items() if column.lower() not in ("fid", "geometry")}
    return Layer(name, title, about, geometry, arrow_table(columns, multi(held.geometry.to_numpy())))


def claim_table(incidents: gpd.GeoDataFrame) -> pa.Table:
    """One row for each claim, with the id of its incident."""
    (lists,) = plain_columns(incidents, ["claims"]).values()
    rows = [(ident, claim) for ident, claims in zip(incidents.id, lists, strict=True) for claim in claims]
    columns = {"incident_id": [ident for ident, _ in rows]} | {name: [claim.get(name) for _, claim in rows] for name in CLAIM_FIELDS}
    return pa.table({name: pa.array([None if v is None else str(v) for v in values], pa.string()) for name, values in columns.items()})


def source_table(incidents: gpd.GeoDataFrame) -> pa.Table:
    """One row for each source of each incident; ``url`` when the source is a link."""
    (lists,) = plain_columns(incidents, ["sources"]).values()
    rows = [(ident, str(source)) for ident, sources in zip(incidents.id, lists, strict=True) for source in sources]
    links = [source if source.lower().startswith(("http://", "https://")) else None for _, source in rows]
    columns: dict[str, Sequence[Any]] = {"incident_id": [i for i, _ in rows], "source": [s for _, s in rows], "url": links}
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _facts(provenance: Provenance) -> pa.Table:
    facts = pd.DataFrame([(key, json_text(value)) for key, value in provenance.as_dict().items()], columns=["key", "value"])
    return pa.table(typed_table(facts))

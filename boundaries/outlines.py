"""The shape of an incident that is told by the name of a unit, zone, line or country.

`geo` leaves the ids in the column ``outline``; here they become geometry, as in force on the incident's days. What share of it lies
where is then counted by `boundaries.assign`.

Ids
---
``unit:am-syunik``, ``country:AM``, ``zone:nkao_former``, ``line:loc_2020_east``
    One unit (or a wider one, like ``unit:az-econ-karabakh-2021``), all units of a country, a zone, a line. ``zone:`` and ``line:``
    also take the id of a group: ``zone:seven_districts``, ``line:am-az-border``, ``line:line_of_contact_2020``.
``kind:line_of_contact``, ``kind:corridor`` …
    All zones and lines of this kind that were in force.

Several ids mean their union. Where one of them is not known or was not in force, the incident stays without geometry: a part of the
place is not the place.
"""

from __future__ import annotations

from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from boundaries.catalogue import Catalogue, Day, in_force
from geo.location import GEOD
from geo.schema import WGS84


def _rows_named(catalogue: Catalogue, outline: str) -> list[gpd.GeoDataFrame]:
    """The rows that an id means, of all days; empty tables when it is not known."""
    kind, _, name = outline.partition(":")
    units, zones, lines = catalogue.units, catalogue.zones, catalogue.lines
    if kind == "unit":
        # wider units stand beside those of the layer; the ids differ
        return [units[units.id == name], catalogue.divisions[catalogue.divisions.id == name]]
    if kind == "country":
        # with the reservoirs that no district holds, which would be holes otherwise
        return [units[units.country == name], _undated(catalogue.lakes[catalogue.lakes.unit.isna() & (catalogue.lakes.country == name)])]
    if kind == "kind":
        return [zones[zones.kind == name], lines[lines.kind == name]]
    tables = {"zone": [zones], "line": [lines]}.get(kind, [])
    return [t[t.id == name] if (t.id == name).any() else t[t.group == name] for t in tables]


def _undated(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return table.assign(start=pd.NaT, end=pd.NaT, accuracy_m=0.0)


def _whole(shapes: list[BaseGeometry]) -> BaseGeometry:
    """The union; of areas alone where areas and lines or points are mixed."""
    largest = max(int(shapely.get_dimensions(shape)) for shape in shapes)
    whole = shapely.union_all([shape for shape in shapes if shapely.get_dimensions(shape) == largest])
    return shapely.line_merge(whole) if largest == 1 else whole


@lru_cache(maxsize=512)
def _outline(catalogue: Catalogue, outline: str, first: pd.Timestamp, last: pd.Timestamp) -> tuple[BaseGeometry | None, float, str]:
    """Shape, metres by which it may be off, and why there is none; ``NaT`` for an incident without a date."""
    named = [table for table in _rows_named(catalogue, outline) if len(table)]
    if not named:
        return None, 0.0, f"{outline} is not in the catalogue"
    if pd.isna(first):
        if outline.startswith("kind:"):
            return None, 0.0, f"{outline} needs a date"
        held = named
    else:
        held = [t[in_force(t, first, last)] for t in named]
    if not sum(map(len, held)):
        days = f"on {first:%Y-%m-%d}" if first == last else f"from {first:%Y-%m-%d} to {last:%Y-%m-%d}"
        return None, 0.0, f"{outline} was not in force {days}"
    held = [t[t.geometry.notna()] for t in held]
    if not sum(map(len, held)):
        return None, 0.0, f"of {outline} no outline is known"
    off = max(float(t.accuracy_m.max()) for t in held if len(t))
    return _whole([g for t in held for g in t.geometry]), off, ""


def equal_area_radius_m(shape: BaseGeometry) -> float:
    """Radius of the circle with the area of a polygon on the ellipsoid, metres."""
    return float(np.sqrt(abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0]) / np.pi))


def _located(shape: BaseGeometry, off_m: float) -> tuple[str, float]:
    """Kind and radius: of an area that of the circle of equal area, of a line or point how far it may be off."""
    dimensions = int(shapely.get_dimensions(shape))
    if dimensions == 2:
        return "area", round(equal_area_radius_m(shape))
    return ("line" if dimensions == 1 else "near"), off_m


def _resolve(
    outlines: tuple[str, ...], catalogue: Catalogue, first: pd.Timestamp, last: pd.Timestamp
) -> tuple[BaseGeometry | None, str, float, str]:
    """Geometry, kind, radius and reason for the ids of one incident."""
    parts = [_outline(catalogue, outline, first, last) for outline in outlines]
    missing = [reason for shape, _, reason in parts if shape is None]
    if missing:
        return None, "unknown", float("nan"), "; ".join(missing)
    shape = _whole([part for part, _, _ in parts if part is not None])
    kind, radius = _located(shape, max(off for _, off, _ in parts))
    return shape, kind, radius, "outline of " + ", ".join(outlines)


def fill_outlines(incidents: gpd.GeoDataFrame, catalogue: Catalogue, *, as_of: Day | None = None) -> gpd.GeoDataFrame:
    """The incidents with the shape of the outlines that they name; rows that have a geometry or no outline stay as they are.

    Parameters
    ----------
    incidents
        Rows with the columns of `geo.schema` in WGS 84; not changed.
    catalogue
        Units, zones and lines of all days, or of some.
    as_of
        Day of the boundaries for all rows; ``None`` for the own days of each.

    Returns
    -------
    GeoDataFrame
        The same rows in the same order. A filled row has ``location_kind`` ``area``, ``line`` or (a post, a checkpoint) ``near``,
        and ``radius_m``: of an area the radius of the circle of equal area, which tells its size; otherwise the metres by which
        the line or point may be off. Where an id gives nothing, the geometry stays null, ``location_kind`` is ``unknown``,
        ``geocode_method`` ``unresolved``, and ``geocode_reason`` says why.
    """
    filled = incidents.copy()
    wanted = np.flatnonzero(incidents.geometry.isna().to_numpy() & incidents.outline.map(bool).to_numpy(dtype=bool))
    geometry = np.asarray(incidents.geometry, dtype=object).copy()
    columns = {n: incidents[n].to_numpy(dtype=object, copy=True) for n in ("location_kind", "geocode_method", "geocode_reason")}
    radius = incidents.radius_m.to_numpy(dtype=float, copy=True)
    for row in wanted:
        one = incidents.iloc[row]
        first, last = (pd.Timestamp(as_of),) * 2 if as_of is not None else (one.start, one.end)
        first, last = (last if pd.isna(first) else first), (first if pd.isna(last) else last)
        geometry[row], columns["location_kind"][row], radius[row], reason = _resolve(tuple(one.outline), catalogue, first, last)
        columns["geocode_reason"][row] = "; ".join(part for part in (columns["geocode_reason"][row], reason) if part)
        if geometry[row] is None:
            columns["geocode_method"][row] = "unresolved"
    for name, values in columns.items():
        filled[name] = pd.Series(values, index=incidents.index, dtype=object)
    filled["radius_m"] = radius
    return filled.set_geometry(gpd.GeoSeries(list(geometry), index=incidents.index, crs=WGS84))

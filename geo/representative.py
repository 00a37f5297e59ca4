"""Points that only stand for an area or line, turned into that area or line.

Datasets with precision codes draw an incident whose place is told as a province, a line or a country at a point that stands for it. Such a
point is no place: here the row gets the outline of what it stands for, or else a disc of the size that its code means, never a dot.
`boundaries.outlines` fills the outlines in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo.candidates import areas_named
from geo.gazetteer import Gazetteer, Place
from geo.locate import locate
from geo.location import disc
from geo.precision import PRECISIONS
from geo.schema import WGS84

UNIT_REACH_M = max(p.radius_m for codes in PRECISIONS.values() for p in codes.values() if p.reach in ("adm1", "adm2"))
COUNTRY_REACH_M = min(p.radius_m for codes in PRECISIONS.values() for p in codes.values() if p.reach == "country")


@dataclass(frozen=True, slots=True)
class _Spread:
    """What a representative point stands for."""

    geometry: BaseGeometry | None
    kind: str
    radius_m: float
    outline: tuple[str, ...] = ()
    place: Place | None = None
    reason: str = ""


def spread_points(incidents: gpd.GeoDataFrame, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """The incidents with an area or line in place of each point whose ``location_kind`` is ``area``.

    Parameters
    ----------
    incidents
        Table with the columns of `geo.schema`; ``radius_m`` is that of the precision code. Not changed.
    gazetteer
        Tells what names mean.

    Returns
    -------
    GeoDataFrame
        The same rows in the same order. A row gets, in this order: the area or line that its own wording names ("Line of Contact"); the
        stated first-level unit, where the code means a unit; the stated country, where it means one; a geodesic disc of the code's
        radius. An outline is only named (``outline``; the geometry is ``None`` until it is filled in). ``geocode_reason`` says which.
    """
    is_point = (incidents.geometry.geom_type == "Point").to_numpy()
    rows = np.flatnonzero((incidents.location_kind == "area").to_numpy() & is_point)
    if not len(rows):
        return incidents
    names = ("place_text", "stated_country", "stated_adm1", "radius_m")
    points = incidents.geometry.iloc[rows]
    keys = [
        (text, country, adm1, float(radius), point.x, point.y)
        for text, country, adm1, radius, point in zip(*(incidents[n].iloc[rows] for n in names), points, strict=True)
    ]
    found = {key: _spread(*key, gazetteer=gazetteer) for key in dict.fromkeys(keys)}
    return _filled(incidents, rows, [found[key] for key in keys])


def _spread(
    text: str | None, country: str | None, adm1: str | None, radius_m: float, lon: float, lat: float, *, gazetteer: Gazetteer
) -> _Spread:
    if named := _named_area(text, country, adm1, gazetteer):
        return named
    if radius_m <= UNIT_REACH_M and adm1:
        units = [area for area in areas_named(adm1, gazetteer) if area.outline]
        if len(units) == 1 or (units and len({unit.outline for unit in units}) == 1):
            return _outlined(units[0], f"the point stands for {units[0].name}, the unit that the source states")
    if radius_m >= COUNTRY_REACH_M and country:
        lands = [place for place in gazetteer.find(country) if place.kind == "country" and place.outline]
        if lands:
            return _outlined(lands[0], f"the point stands for {lands[0].name}")
    reach = radius_m if radius_m > 0 else UNIT_REACH_M
    shape = disc(lon, lat, reach)
    told = f"the point stands for an area that is not known; drawn as a disc of {reach / 1000:g} km around it"
    return _Spread(shape, "area", reach, reason=told)


def _named_area(text: str | None, country: str | None, adm1: str | None, gazetteer: Gazetteer) -> _Spread | None:
    """The area or line that the wording names; a settlement that it names is only what the point was put on."""
    if not text:
        return None
    location = locate(text, gazetteer=gazetteer, country=country, adm1=adm1)
    if location.kind == "unknown" and (country or adm1):
        # a line or zone reaches beyond the unit that the row was filed under
        location = locate(text, gazetteer=gazetteer)
    if location.kind not in ("area", "line"):
        return None
    place = gazetteer.get(location.place_id) if location.place_id else None
    told = f"the point stands for {location.place or text}, which the source names"
    return _Spread(location.geometry, location.kind, location.radius_m or 0.0, location.outline, place, told)


def _outlined(place: Place, reason: str) -> _Spread:
    return _Spread(None, "line" if place.kind == "line" else "area", place.radius_m, place.outline, place, reason)


def _filled(incidents: gpd.GeoDataFrame, rows: np.ndarray[Any, Any], spread: list[_Spread]) -> gpd.GeoDataFrame:
    filled = incidents.copy()
    geometry = np.asarray(incidents.geometry, dtype=object).copy()
    columns = {
        n: incidents[n].to_numpy(dtype=object, copy=True) for n in ("location_kind", "outline", "place", "place_id", "geocode_reason")
    }
    radius = incidents.radius_m.to_numpy(dtype=float, copy=True)
    for row, one in zip(rows, spread, strict=True):
        geometry[row], radius[row] = one.geometry, round(one.radius_m)
        columns["location_kind"][row], columns["outline"][row] = one.kind, one.outline
        columns["place"][row] = one.place.name if one.place else columns["place"][row]
        columns["place_id"][row] = one.place.place_id if one.place else columns["place_id"][row]
        columns["geocode_reason"][row] = "; ".join(part for part in (columns["geocode_reason"][row], one.reason) if part)
    for name, values in columns.items():
        filled[name] = pd.Series(values, index=incidents.index, dtype=object)
    filled["radius_m"] = radius
    return filled.set_geometry(gpd.GeoSeries(list(geometry), index=incidents.index, crs=WGS84))

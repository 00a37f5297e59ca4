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
``section:am-syunik``, ``section:north-east``
    The part of the Armenia-Azerbaijan border on which a unit lies, or towards a point of the compass (`boundaries.sections`).
``band:country:AM,3500,500``, ``band:unit:am-syunik,3500,500``
    The strip inside a country or unit at a distance from that border, give or take half a width, metres.
``disc:46.232,39.598,6500``
    A disc: longitude, latitude, metres.
``band:country:AM,3500,500 & disc:46.232,39.598,6500``
    What both have in common; the narrowest of them where that is nothing, and the reason says ``conflict``.

Several ids mean their union. Where one of them is not known or was not in force, the incident stays without geometry: a part of the
place is not the place.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from boundaries import sections
from boundaries.catalogue import Catalogue, Day, in_force
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


BORDER = "line:am-az-border"


def _part(catalogue: Catalogue, outline: str, first: pd.Timestamp, last: pd.Timestamp) -> tuple[BaseGeometry | None, float, str]:
    """A part of the border, a strip along it, a disc, or what several have in common; as `_outline`."""
    if " & " in outline:
        return _common(catalogue, tuple(outline.split(" & ")), first, last)
    kind, _, told = outline.partition(":")
    try:
        if kind == "disc":
            return sections.disc_of(told), 0.0, ""
        border, off, reason = _outline(catalogue, BORDER, first, last)
        if border is None:
            return None, 0.0, reason
        if kind == "section" and told in sections.POINTS:
            return sections.border_towards(border, told), off, ""
        whole, *numbers = told.split(",")
        area, _, reason = _outline(catalogue, whole if ":" in whole else f"unit:{whole}", first, last)
        if area is None:
            return None, 0.0, reason
        if kind == "section":
            # a unit that does not reach the border is all that the wording can mean
            held = sections.border_of(border, area)
            return (area, 0.0, "") if held.is_empty else (held, off, "")
        distance_m, half_width_m = map(float, numbers)
    except ValueError:
        return None, 0.0, f"{outline} is not in the catalogue"
    held = sections.strip_inside(border, area, distance_m=distance_m, half_width_m=half_width_m + off)
    return (None, 0.0, f"{whole} is nowhere so deep") if held.is_empty else (held, off, "")


def _common(
    catalogue: Catalogue, outlines: tuple[str, ...], first: pd.Timestamp, last: pd.Timestamp
) -> tuple[BaseGeometry | None, float, str]:
    parts = [_outline(catalogue, outline, first, last) for outline in outlines]
    missing = [reason for shape, _, reason in parts if shape is None]
    if missing:
        return None, 0.0, "; ".join(missing)
    shape, meets = sections.common([part for part, _, _ in parts if part is not None])
    return shape, max(off for _, off, _ in parts), "" if meets else CONFLICT


CONFLICT = "conflict: the parts of the wording do not meet, and the narrowest is kept"


BEFORE_ALL = -5_364_662_400
"""1 January 1800, seconds since 1970: before anything in the catalogue."""

DAYS = "<days>"
"""Stands in a reason for the days of the incident, since an answer is kept for all days between two changes."""


@lru_cache(maxsize=512)
def _outline(catalogue: Catalogue, outline: str, first: pd.Timestamp, last: pd.Timestamp) -> tuple[BaseGeometry | None, float, str]:
    """Shape, metres by which it may be off, and why there is none or what is to be said; ``NaT`` for an incident without a date."""
    if outline.startswith(("section:", "band:", "disc:")) or " & " in outline:
        return _part(catalogue, outline, first, last)
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
        return None, 0.0, f"{outline} was not in force {DAYS}"
    held = [t[t.geometry.notna()] for t in held]
    if not sum(map(len, held)):
        return None, 0.0, f"of {outline} no outline is known"
    off = max(float(t.accuracy_m.max()) for t in held if len(t))
    return _whole([g for t in held for g in t.geometry]), off, ""


def equal_area_radius_m(shape: BaseGeometry) -> float:
    """Radius of the circle with the area of a polygon on the ellipsoid, metres."""
    return sections.reach_m(shape)


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
    told = [reason for _, _, reason in parts if reason]
    return shape, kind, radius, "; ".join(["outline of " + ", ".join(map(_said, outlines)), *told])


def _said(outline: str) -> str:
    """An id for a reader of the reason: units, zones and lines as they are, what is made of them in words."""
    if " & " in outline:
        return "what is common to " + " and ".join(map(_said, outline.split(" & ")))
    kind, _, told = outline.partition(":")
    numbers = told.split(",")
    if kind == "disc":
        return f"the surroundings of {numbers[1]}, {numbers[0]} within {float(numbers[2]) / 1000:g} km"
    if kind == "band":
        return f"the strip {float(numbers[1]) / 1000:g} km inside {numbers[0]}"
    return f"the border section {told}" if kind == "section" else outline


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
    columns = {n: incidents[n].to_numpy(dtype=object, copy=True) for n in ("location_kind", "geocode_method", "geocode_reason", "outline")}
    radius = incidents.radius_m.to_numpy(dtype=float, copy=True)
    first, last = _days(incidents, as_of)
    since_first, since_last = _since_change(first, catalogue), _since_change(last, catalogue)
    known: dict[tuple[Any, ...], tuple[BaseGeometry | None, str, float, str]] = {}
    for row in wanted:
        key = (tuple(columns["outline"][row]), since_first[row], since_last[row])
        if key not in known:
            known[key] = _resolve(key[0], catalogue, _day_of(key[1]), _day_of(key[2]))
        geometry[row], columns["location_kind"][row], radius[row], reason = known[key]
        if DAYS in reason:
            reason = reason.replace(DAYS, _in_words(first[row], last[row]))
        columns["geocode_reason"][row] = "; ".join(part for part in (columns["geocode_reason"][row], reason) if part)
        if geometry[row] is None:
            columns["geocode_method"][row] = "unresolved"
    for name, values in columns.items():
        filled[name] = pd.Series(values, index=incidents.index, dtype=object)
    filled["radius_m"] = radius
    return filled.set_geometry(gpd.GeoSeries(list(geometry), index=incidents.index, crs=WGS84))


def _days(incidents: gpd.GeoDataFrame, as_of: Day | None) -> tuple[Any, Any]:
    """First and last day of each row; both are ``as_of`` where it is given, and the one where the other is unknown."""
    if as_of is not None:
        day = np.full(len(incidents), np.datetime64(pd.Timestamp(as_of), "s"))
        return day, day
    return incidents.start.fillna(incidents.end).to_numpy(), incidents.end.fillna(incidents.start).to_numpy()


@lru_cache(maxsize=8)
def _change_days(catalogue: Catalogue) -> Any:
    """The days on which anything of the catalogue begins or ends, in order."""
    tables = (catalogue.units, catalogue.zones, catalogue.lines, catalogue.divisions)
    days = [table[name].dropna().to_numpy() for table in tables for name in ("start", "end")]
    return np.unique(np.concatenate([day.astype("datetime64[s]") for day in days]))


def _since_change(days: Any, catalogue: Catalogue) -> list[int | None]:
    """The last change on or before each day (seconds since 1970), which stands for all days until the next one.

    Between two changes the same things are in force; ``None`` for an unknown day.
    """
    changes = np.concatenate([[BEFORE_ALL], _change_days(catalogue).astype("datetime64[s]").astype(np.int64)])
    held = np.asarray(days).astype("datetime64[s]")
    last = changes[np.searchsorted(changes, held.astype(np.int64), side="right") - 1]
    return [None if unknown else int(change) for change, unknown in zip(last, np.isnat(held), strict=True)]


def _day_of(seconds: int | None) -> Any:
    return pd.NaT if seconds is None else pd.Timestamp(seconds, unit="s")


def _in_words(first: Any, last: Any) -> str:
    if pd.isna(first):
        return "on any day"
    start, end = pd.Timestamp(first), pd.Timestamp(last)
    return f"on {start:%Y-%m-%d}" if start == end else f"from {start:%Y-%m-%d} to {end:%Y-%m-%d}"

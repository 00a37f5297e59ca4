"""The dated catalogue: units, lines, zones and facts, and those in force on a day or in a period.

This module reads the embedded files and says what their columns mean. Which unit holds a location is left to
`boundaries.assign`, outlines for incidents to `boundaries.outlines`, the files' provenance to `boundaries.records`.

Columns (text unless said otherwise; ``None`` when unknown)
-----------------------------------------------------------
every dated table
    ``id``; ``kind``; ``name``; ``start``, ``end`` (datetime64, half-open ``[start, end)``; ``NaT`` when open); ``status``;
    ``accuracy_m`` (number, metres by which the shape may be off); ``note``.
``units``
    ``country`` (AM, AZ), ``level`` (adm1), ``kind`` (marz, rayon, city), ``name`` (what outputs call adm1),
    ``name_hy_latin, name_az_latin, name_hy, name_az, name_ru``, ``iso`` (ISO 3166-2; ``None`` for Shusha City),
    ``one_of_seven`` (flag), ``passed_on`` (datetime64, day handed over or taken, only for the seven), ``passed_how``, ``viewpoint``,
    ``area_official_km2`` (number). A start known only by its year counts from 1 January.
``zones``
    ``kind`` is one of ``checkpoint, corridor, corridor_road, district_area, district_group, former_oblast, joint_centre,
    peacekeeping_zone, pocket, post``; ``group`` (id of what it is part of), ``schematic`` (flag), ``confidence`` (H, M, L),
    ``basis``, ``source``, ``units`` (ids, ``;`` between), ``passed_on`` (datetime64), ``posts`` (counts, as words), ``viewpoint``.
    The seven districts are one zone each with the outline of their unit; ``group`` is ``seven_districts``.
``lines``
    ``kind`` is ``state_border``, ``border_section`` (delimited) or ``line_of_contact``; other columns as ``zones``.
``facts``
    ``value, value_units`` (several values in the same order, ``;`` between), ``zones`` and ``units`` (ids, ``;`` between),
    ``geometry_definition``, ``source``, ``confidence``.
``border``
    The Armenia-Azerbaijan line of OpenStreetMap, for distances: ``id``, ``length_km``. Not dated, without the exclaves.
``exclaves``
    ``id, name``, ``country`` and ``unit`` to which it belongs de jure, ``held_by``, ``radius_m`` (0, or that of a point).
``neighbours``, ``lakes``
    ``id``, ``name``; lakes also ``kind``, ``country``, ``unit`` (``None``: of no district).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio

from boundaries.records import embedded_records
from geo.schema import WGS84

Day = date | pd.Timestamp | str
DATES = ("start", "end", "passed_on")
LINE_KINDS = ("border_section", "line_of_contact", "state_border")
USED = ("units", "zones", "lines", "border_osm", "exclaves", "neighbours", "lakes", "zone_facts")


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Dated units, zones, lines and facts with what goes along with them; columns as in the module's docstring.

    Attributes
    ----------
    units, zones, lines, facts
        The dated tables, geometry in WGS 84 (``facts`` has none).
    border, exclaves
        The OpenStreetMap line for distances and the exclaves, not dated.
    neighbours, lakes
        For the base map; lakes also for places that no unit holds.
    attributions
        One sentence for each source that a map or export made from this must show.
    accuracy
        Metres by which ``units`` and ``border`` may be off, by name.
    viewpoint
        Whose depiction of contested things this is; so far only ``neutral``.
    """

    units: gpd.GeoDataFrame
    zones: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    facts: pd.DataFrame
    border: gpd.GeoDataFrame
    exclaves: gpd.GeoDataFrame
    neighbours: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    attributions: tuple[str, ...]
    accuracy: Mapping[str, float]
    viewpoint: str = "neutral"


def _typed(table: Any) -> Any:
    """Dates as dates, flags as flags, unknown text as ``None``."""
    for name in table.columns:
        if name in DATES:
            table[name] = pd.to_datetime(table[name], format="ISO8601").astype("datetime64[s]")
        elif name in ("one_of_seven", "schematic"):
            table[name] = table[name].astype(bool)
        elif name in ("accuracy_m", "area_official_km2", "length_km", "radius_m"):
            table[name] = table[name].astype(float)
        elif name != "geometry":
            table[name] = table[name].astype(object).where(table[name].notna(), None)
    return table


def _read(ident: str) -> gpd.GeoDataFrame:
    table = pyogrio.read_dataframe(embedded_records()[ident].path)
    return gpd.GeoDataFrame(_typed(table), geometry="geometry", crs=WGS84)


def _with_district_outlines(zones: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    # stored once: a district of the seven is drawn by its unit
    outlines = zones.units.map(units.set_index("id").geometry)
    return zones.set_geometry(gpd.GeoSeries(zones.geometry.where(zones.geometry.notna(), outlines), crs=WGS84))


@cache
def load_catalogue() -> Catalogue:
    """The embedded catalogue, all days in one; read once."""
    records = embedded_records()
    units, drawn = _read("units"), _read("zones")
    zones = _with_district_outlines(drawn, units)
    is_line = zones.kind.isin(LINE_KINDS)
    lines = pd.concat([_read("lines"), zones[is_line].drop(columns=["units", "passed_on", "posts"])], ignore_index=True)
    accuracy = {"units": records["units"].accuracy_m, "border": records["border_osm"].accuracy_m}
    return Catalogue(
        units=units,
        zones=zones[~is_line].reset_index(drop=True),
        lines=gpd.GeoDataFrame(lines, geometry="geometry", crs=WGS84),
        facts=_typed(pd.read_csv(records["zone_facts"].path, dtype={"value": str})),
        border=_read("border_osm"),
        exclaves=_read("exclaves"),
        neighbours=_read("neighbours"),
        lakes=_read("lakes"),
        attributions=tuple(dict.fromkeys(records[name].attribution for name in USED)),
        accuracy=MappingProxyType({name: float(metres or 0) for name, metres in accuracy.items()}),
    )


def in_force(table: pd.DataFrame, first: Day, last: Day) -> pd.Series:
    """Which rows were in force at any time from the start of ``first`` to the end of ``last``; periods are half-open."""
    start, end = pd.Timestamp(first), pd.Timestamp(last)
    return (table.start.isna() | (table.start <= end)) & (table.end.isna() | (table.end > start))


def in_force_between(catalogue: Catalogue, first: Day, last: Day) -> Catalogue:
    """The catalogue with what was in force on any day from ``first`` to ``last``, both included.

    Raises
    ------
    ValueError
        ``last`` is before ``first``, or one is no date.
    """
    if pd.Timestamp(last) < pd.Timestamp(first):
        raise ValueError(f"the period ends on {last}, before it starts on {first}")
    kept = {}
    for name in ("units", "zones", "lines", "facts"):
        table = getattr(catalogue, name)
        kept[name] = table[in_force(table, first, last)].reset_index(drop=True)
    return replace(catalogue, **kept)


def as_of(catalogue: Catalogue, day: Day) -> Catalogue:
    """The catalogue with what was in force on ``day``.

    A thing that ended on a day is no longer in force on it: the corridor on the old road, until 25 August 2022, is not in
    ``as_of(catalogue, "2022-08-25")``.
    """
    return in_force_between(catalogue, day, day)

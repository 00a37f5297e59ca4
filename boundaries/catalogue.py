"""The dated catalogue: units, lines, zones and facts, and those in force on a day or in a period.

This module reads the embedded files and says what their columns mean. Which unit holds a location is left to
`boundaries.assign`, outlines for incidents to `boundaries.outlines`, the files' provenance to `boundaries.records`, what each
viewpoint shows to `boundaries.viewpoint`, a user's own layers to `boundaries.own`.

Columns (text unless said otherwise; ``None`` when unknown)
-----------------------------------------------------------
every dated table
    ``id``; ``kind``; ``name``; ``start``, ``end`` (datetime64, half-open ``[start, end)``; ``NaT`` when open or not known);
    ``status``; ``accuracy_m`` (number, metres by which the shape may be off); ``note``.
every table of units, zones, lines and divisions also
    ``level``; ``name_hy_latin, name_az_latin, name_hy, name_az, name_ru``; ``label`` (both Latin forms in alphabetical order, once
    where they are the same); ``viewpoints`` (those that show it, ``;`` between); ``fill`` (``country``, ``disputed``, ``none``) and
    ``drawn_country`` (whose colour, ``None`` where nobody's) in the catalogue's viewpoint on its day; ``source, vintage, licence``.
``status``
    ``agreed`` (by both states), ``de_jure`` (law), ``declared`` or ``reported`` (by one side or a third), ``de_facto``,
    ``disputed`` (the two sides say different things), ``undelimited``, ``former_de_jure``, ``not_recognised``. Apart from it, the
    flag ``schematic`` says that a shape is a sketch.
``units``
    ``country`` (AM, AZ), ``level`` (adm1), ``kind`` (marz, rayon, city), ``name`` (what outputs call adm1),
    ``iso`` (ISO 3166-2; ``None`` for Shusha City),
    ``one_of_seven`` (flag), ``passed_on`` (datetime64, day handed over or taken, only for the seven), ``passed_how``,
    ``divided_until``, ``contested_until`` (datetime64, day from which one side held all of it, and nobody contested it; ``NaT``
    where that was always so), ``redrawn_on`` (datetime64, from which day its edges are those of before),
    ``area_official_km2`` (number). A start known only by its year counts from 1 January. One coverage for all days.
``divisions``
    Units of other levels: ``level`` is ``country, autonomous_republic, econ_region, nkr_province`` (former, not recognised) or
    ``adm1`` (Aghdara, schematic, beside the units and not among them); ``units`` (ids of members, ``;`` between), ``members``
    (``whole``: the outline is theirs; ``part``: no outline; ``schematic``: the outline is that of a zone), ``country, confidence``.
``zones``
    ``kind`` is one of ``area_change, checkpoint, closure, corridor, corridor_road, dissolution, district_area, district_group,
    former_oblast, joint_centre, peacekeeping_zone, pocket, post, transfer``; ``group`` (id of what it is part of), ``schematic``
    (flag), ``confidence`` (H, M, L), ``basis``, ``units`` (ids, ``;`` between), ``passed_on`` (datetime64), ``posts`` (counts, as
    words). The seven districts are one zone each with the outline of their unit; ``group`` is ``seven_districts``.
``lines``
    ``kind`` is ``state_border``, ``border_section`` (delimited) or ``line_of_contact``; other columns as ``zones``.
``facts``
    ``value, value_units`` (several values in the same order, ``;`` between), ``zones`` and ``units`` (ids, ``;`` between),
    ``geometry_definition``, ``source``, ``confidence``.
``border``
    The Armenia-Azerbaijan line of OpenStreetMap, for distances: ``id``, ``length_km``. Not dated, without the exclaves.
``exclaves``
    ``id, name`` and names as above, ``country`` and ``unit`` to which the viewpoint counts it, ``owner`` and ``owner_unit`` to which
    it belongs de jure, ``held_by`` and ``held_unit`` (the unit around it), ``held_since``, ``radius_m`` (0, or that of a point).
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
import numpy as np
import pandas as pd
import pyogrio
import shapely

from boundaries.records import embedded_records
from boundaries.viewpoint import Viewpoint, exclaves_as_seen, unit_fills, viewpoint_rule, viewpoints_of
from geo.schema import WGS84

Day = date | pd.Timestamp | str
DATES = ("start", "end", "passed_on", "divided_until", "contested_until", "redrawn_on", "held_since")
DATED = ("units", "zones", "lines", "divisions", "facts")
LINE_KINDS = ("border_section", "line_of_contact", "state_border")
USED = ("units", "zones", "lines", "border_osm", "exclaves", "neighbours", "lakes", "zone_facts", "divisions")


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Dated units, zones, lines and facts with what goes along with them; columns as in the module's docstring.

    Attributes
    ----------
    units, zones, lines, divisions, facts
        The dated tables, geometry in WGS 84 (``facts`` has none, some ``divisions`` have none).
    border, exclaves
        The OpenStreetMap line for distances and the exclaves, not dated.
    neighbours, lakes
        For the base map; lakes also for places that no unit holds.
    attributions
        One sentence for each source that a map or export made from this must show.
    accuracy
        Metres by which ``units`` and ``border`` may be off, by name.
    viewpoint
        Whose depiction of contested things this is; the rules are in `boundaries.viewpoint`.
    """

    units: gpd.GeoDataFrame
    zones: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    divisions: gpd.GeoDataFrame
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


def _with_record(table: Any, ident: str) -> Any:
    """The rows with what the file's record says about all of them."""
    record = embedded_records()[ident]
    told = {"source": record.source, "vintage": record.vintage, "licence": record.licence}
    return table.assign(**{name: value for name, value in told.items() if name not in table})


def _read(ident: str) -> gpd.GeoDataFrame:
    table = _with_record(pyogrio.read_dataframe(embedded_records()[ident].path), ident)
    return gpd.GeoDataFrame(_typed(table), geometry="geometry", crs=WGS84)


def both_forms(first: str | None, second: str | None) -> str | None:
    """Two Latin forms in alphabetical order, once where they are the same."""
    return " / ".join(sorted({form for form in (first, second) if form})) or None


def _labelled(table: gpd.GeoDataFrame, **constant: str) -> gpd.GeoDataFrame:
    label = [both_forms(hy, az) for hy, az in zip(table.name_hy_latin, table.name_az_latin, strict=True)]
    return table.assign(label=label, viewpoints=viewpoints_of(table.kind), **constant)


def _with_district_outlines(zones: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    # stored once: a district of the seven is drawn by its unit
    outlines = zones.units.map(units.set_index("id").geometry)
    return zones.set_geometry(gpd.GeoSeries(zones.geometry.where(zones.geometry.notna(), outlines), crs=WGS84))


def _divisions(units: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Wider units with the outline of their members, or of a zone; none where they covered units in part."""
    table = _with_record(pd.read_csv(embedded_records()["divisions"].path, dtype=str), "divisions")
    members, drawn = units.set_index("id"), zones.set_index("id")
    shapes, accuracy = [], []
    for row in table.fillna("").itertuples():
        whole = row.members == "whole"
        named = members.loc[row.units.split(";")] if whole else drawn.loc[[row.outline.removeprefix("zone:")] if row.outline else []]
        shapes.append(shapely.coverage_union_all(np.asarray(named.geometry)) if len(named) else None)
        accuracy.append(named.accuracy_m.max() if len(named) else np.nan)
    table = table.drop(columns="outline").assign(accuracy_m=accuracy, schematic=table.members == "schematic")
    return gpd.GeoDataFrame(_typed(table), geometry=shapes, crs=WGS84)


@cache
def load_catalogue() -> Catalogue:
    """The embedded catalogue, all days in one, seen from the viewpoint ``neutral``; read once."""
    records = embedded_records()
    units, drawn, exclaves = _read("units"), _read("zones"), _read("exclaves")
    zones = _with_district_outlines(drawn, units)
    is_line = zones.kind.isin(LINE_KINDS)
    lines = pd.concat([_read("lines"), zones[is_line].drop(columns=["units", "passed_on", "posts"])], ignore_index=True)
    accuracy = {"units": records["units"].accuracy_m, "border": records["border_osm"].accuracy_m}
    whole = Catalogue(
        units=_labelled(units),
        zones=_labelled(zones[~is_line].reset_index(drop=True), level="zone"),
        lines=_labelled(gpd.GeoDataFrame(lines, geometry="geometry", crs=WGS84), level="line"),
        divisions=_labelled(_divisions(units, zones)),
        facts=_typed(pd.read_csv(records["zone_facts"].path, dtype={"value": str})),
        border=_read("border_osm"),
        exclaves=_labelled(exclaves.assign(owner=exclaves.country, owner_unit=exclaves.unit)),
        neighbours=_read("neighbours"),
        lakes=_read("lakes"),
        attributions=tuple(dict.fromkeys(records[name].attribution for name in USED)),
        accuracy=MappingProxyType({name: float(metres or 0) for name, metres in accuracy.items()}),
    )
    return seen_from(whole, "neutral")


def _filled(catalogue: Catalogue, rule: Viewpoint, day: pd.Timestamp | None) -> Catalogue:
    """The catalogue with ``fill`` and ``drawn_country`` of a day, ``None``: of all."""
    units = catalogue.units.assign(**unit_fills(catalogue.units, rule, day))
    divisions, is_area = catalogue.divisions, shapely.get_dimensions(catalogue.zones.geometry) == 2
    fills = units.set_index("id").fill.to_dict()
    # what is disputed in part is not filled as a whole, its units are; and so is what has no units of its own
    whole = divisions.members == "whole"
    as_one = [ok and all(fills.get(unit) == "country" for unit in ids.split(";")) for ids, ok in zip(divisions.units, whole, strict=True)]
    return replace(
        catalogue,
        units=units,
        divisions=divisions.assign(fill=np.where(as_one, "country", "none"), drawn_country=np.where(as_one, divisions.country, None)),
        zones=catalogue.zones.assign(fill=np.where(is_area, "disputed", "none"), drawn_country=None),
        lines=catalogue.lines.assign(fill="none", drawn_country=None),
    )


def seen_from(catalogue: Catalogue, viewpoint: str, *, day: Day | None = None) -> Catalogue:
    """The catalogue as a viewpoint depicts it: what it hides is gone, fills are set, exclaves count as it counts them.

    Parameters
    ----------
    catalogue
        Of the same viewpoint, or of ``neutral``, which holds everything.
    viewpoint
        ``neutral``, ``de_facto`` or ``de_jure``; see `boundaries.viewpoint`.
    day
        Of the fills; ``None``: ground is disputed when it was on any day. What is in force is the business of `as_of`.

    Raises
    ------
    ValueError
        There is no such viewpoint, or the catalogue is of another one that hides what this one needs.
    """
    rule = viewpoint_rule(viewpoint)
    if catalogue.viewpoint not in ("neutral", viewpoint):
        raise ValueError(f"a catalogue of the viewpoint {catalogue.viewpoint} can't be seen from {viewpoint}; start from load_catalogue()")
    kept = {name: getattr(catalogue, name) for name in ("zones", "lines", "divisions")}
    kept = {name: table[~table.kind.isin(rule.hidden)].reset_index(drop=True) for name, table in kept.items()}
    seen = replace(catalogue, **kept, exclaves=exclaves_as_seen(catalogue.exclaves, rule), viewpoint=viewpoint)
    return _filled(seen, rule, None if day is None else pd.Timestamp(day))


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
    for name in DATED:
        table = getattr(catalogue, name)
        kept[name] = table[in_force(table, first, last)].reset_index(drop=True)
    return _filled(replace(catalogue, **kept), viewpoint_rule(catalogue.viewpoint), pd.Timestamp(first))


def as_of(catalogue: Catalogue, day: Day, viewpoint: str | None = None) -> Catalogue:
    """The catalogue with what was in force on ``day``, seen from a viewpoint; ``None``: from the catalogue's own.

    A thing that ended on a day is no longer in force on it: the corridor on the old road, until 25 August 2022, is not in
    ``as_of(catalogue, "2022-08-25")``.
    """
    return in_force_between(seen_from(catalogue, viewpoint or catalogue.viewpoint), day, day)

"""Which units and zones hold each incident's location, and how far the state border is.

The location is taken as it is uncertain: a point as the disc of ``sqrt(radius_m**2 + accuracy**2)``, where ``accuracy`` is that of
the unit layer; an area or line as its own shape. Shares are counted by `boundaries.shares`, distances by `boundaries.distance`.
Drawing outlines for incidents that name a unit or zone comes before, in `boundaries.outlines`.

Rules
-----
* ``adm1_shares``: units as the layer draws them, exclaves given to the unit that they belong to de jure. The two reservoirs
  belong to no district and places outside both countries to no unit, so the shares may sum to less than 1.
* ``adm1``: the unit with the largest share; ``None`` when two have the same. A gazetteer place keeps the unit that it carries
  (``place_unit``) even where the polygon disagrees: the shares stay as counted, and the reason says so.
* ``country``: that with the largest share, ``AM-AZ`` when both have the same; for a gazetteer place that of its own unit.
* ``zones``: those in force on any day of the incident which the location touches, a point with its own ``radius_m`` alone.
  An incident without a date has none.
* ``border_distance_m``: from the point, area or line itself to the main line; the outlines of exclaves do not count.
* A row without geometry, or with one that is not on the globe, has no answers. Rows stay as many and in the order they came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from boundaries.answers import Answer, Pieces, answer
from boundaries.catalogue import Catalogue, Day
from boundaries.distance import distances_m
from boundaries.shares import Shapes, area_shares, discs, length_shares

SMALLEST_RADIUS_M = 1.0
LARGEST_RADIUS_M = 2_000_000.0
"""Above this, a disc reaches over the pole or half the globe; such a location is in no unit."""


@lru_cache(maxsize=8)
def _pieces(catalogue: Catalogue) -> Pieces:
    """Units, exclaves cut out of their surroundings, and lakes that belong to no unit."""
    exclaves = catalogue.exclaves[catalogue.exclaves.geom_type.isin(["Polygon", "MultiPolygon"])]
    lakes = catalogue.lakes[catalogue.lakes.unit.isna()]
    hosts = shapely.difference(np.asarray(catalogue.units.geometry), exclaves.union_all())
    shapes = np.concatenate([hosts, np.asarray(exclaves.geometry), np.asarray(lakes.geometry)])
    country = (*catalogue.units.country, *exclaves.country, *lakes.country)
    return Pieces(shapes, country, (*catalogue.units.id, *exclaves.unit, *([None] * len(lakes))))


def _days(incidents: gpd.GeoDataFrame, as_of: Day | None) -> tuple[pd.Series, pd.Series]:
    """First and last day of each row; both are ``as_of`` where it is given, ``NaT`` where the row has no date."""
    if as_of is not None:
        day = pd.Series(pd.Timestamp(as_of), index=incidents.index)
        return day, day
    first, last = (pd.to_datetime(incidents[name]).dt.normalize() for name in ("start", "end"))
    return first.fillna(last), last.fillna(first)


def _in_force(table: pd.DataFrame, first: pd.Series, last: pd.Series) -> NDArray[np.bool_]:
    """Rows of ``first`` by rows of the table: in force on any of the days; unknown days give ``False``."""
    start = table.start.to_numpy(dtype="datetime64[s]")[None, :]
    end = table.end.to_numpy(dtype="datetime64[s]")[None, :]
    low, high = (days.to_numpy(dtype="datetime64[s]")[:, None] for days in (first, last))
    known = ~(np.isnat(low) | np.isnat(high))
    return np.asarray(known & (np.isnat(start) | (start <= high)) & (np.isnat(end) | (end > low)))


def _one_shape(geometry: Shapes) -> Shapes:
    """Collections and several points as their hull, so that every location is a point, line or valid polygon."""
    valid = np.where(shapely.is_valid(geometry), geometry, shapely.make_valid(geometry))
    mixed = np.isin(shapely.get_type_id(valid), (4, 7))
    return np.where(mixed, shapely.convex_hull(valid), valid)


def _grown(shapes: Shapes, radius_m: NDArray[np.float64]) -> Shapes:
    """Points as discs of the radius; lines and polygons, and points without a radius, as they are."""
    grown = shapes.copy()
    around = (shapely.get_type_id(shapes) == 0) & (radius_m > 0)
    grown[around] = discs(shapely.get_x(shapes[around]), shapely.get_y(shapes[around]), radius_m[around])
    return grown


def _counted(shapes: Shapes, pieces: Pieces) -> list[dict[int, float]]:
    """For each shape (disc, polygon or line) its share in each piece, by number of the piece."""
    found: list[dict[int, float]] = [{} for _ in shapes]
    for is_line, count in ((False, area_shares), (True, length_shares)):
        chosen = np.flatnonzero((shapely.get_dimensions(shapes) == 1) == is_line)
        if not len(chosen):
            continue
        for shape, piece, share in zip(*count(shapes[chosen], pieces.shapes), strict=True):
            found[chosen[shape]][int(piece)] = float(share)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Locations:
    """The distinct locations of a table: each disc and shape is worked on once.

    Attributes
    ----------
    of_row
        Number of the location of each located row.
    shapes, radius_m, place_unit
        Point, line or polygon; metres (0 when unknown); unit of the gazetteer place.
    """

    of_row: NDArray[np.intp]
    shapes: Shapes
    radius_m: NDArray[np.float64]
    place_unit: tuple[str | None, ...]


def _distinct(incidents: gpd.GeoDataFrame) -> _Locations:
    shapes = _one_shape(np.asarray(incidents.geometry, dtype=object))
    radius = np.nan_to_num(incidents.radius_m.to_numpy(dtype=float), nan=0.0)
    own = incidents.place_unit.astype(object).where(incidents.place_unit.notna(), None)
    numbers: dict[tuple[Any, ...], int] = {}
    of_row = [numbers.setdefault(key, len(numbers)) for key in zip(shapely.to_wkb(shapes), radius, own, strict=True)]
    _, first = np.unique(of_row, return_index=True)
    return _Locations(np.array(of_row, dtype=np.intp), shapes[first], radius[first], tuple(own.iloc[first]))


def _unit_answers(locations: _Locations, catalogue: Catalogue) -> list[Answer]:
    """The answer for each distinct location from the units of this catalogue."""
    pieces = _pieces(catalogue)
    codes = catalogue.units.iso.fillna(catalogue.units.id)
    units: dict[str | None, tuple[str, str, str]] = {
        u: (n, c, k) for u, n, c, k in zip(catalogue.units.id, catalogue.units.name, codes, catalogue.units.country, strict=True)
    }
    radius = np.maximum(np.hypot(locations.radius_m, catalogue.accuracy["units"]), SMALLEST_RADIUS_M)
    too_large = radius > LARGEST_RADIUS_M
    counted = _counted(_grown(locations.shapes, np.minimum(radius, LARGEST_RADIUS_M)), pieces)
    answers = [answer(found, pieces, units, own) for found, own in zip(counted, locations.place_unit, strict=True)]
    return [Answer(reason="the radius is too large for any unit") if big else a for a, big in zip(answers, too_large, strict=True)]


def _exclave_notes(locations: _Locations, exclaves: gpd.GeoDataFrame) -> list[str]:
    """For each point, which exclaves its disc touches, as a sentence; empty when none, and for lines and areas."""
    places = _grown(np.asarray(exclaves.geometry, dtype=object), exclaves.radius_m.to_numpy(dtype=float))
    around = _grown(locations.shapes, np.minimum(locations.radius_m, LARGEST_RADIUS_M))
    notes = [""] * len(around)
    for place, number in zip(*shapely.STRtree(around).query(places, predicate="intersects"), strict=True):
        if shapely.get_type_id(locations.shapes[number]) == 0:
            row = exclaves.iloc[place]
            known = ", of which only a point is known" if row.radius_m else ""
            note = f"touches the exclave {row['name']} (de jure {row.country}, held by {row.held_by}){known}"
            notes[number] = "; ".join(filter(None, [notes[number], note]))
    return notes


def _touched(shapes: Shapes, zones: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Locations by zones: whether they have ground in common, not only an edge."""
    found = np.zeros((len(shapes), len(zones)), dtype=bool)
    drawn = np.asarray(zones.geometry, dtype=object)
    zone, shape = shapely.STRtree(shapes).query(drawn, predicate="intersects")
    both_areas = (shapely.get_dimensions(shapes[shape]) == 2) & (shapely.get_dimensions(drawn[zone]) == 2)
    edge_only = both_areas & shapely.touches(shapes[shape], drawn[zone])
    found[shape[~edge_only], zone[~edge_only]] = True
    return found


def _joined(*parts: str | None) -> str | None:
    return "; ".join(part for part in parts if part) or None


def _rows_by_units(catalogue: Catalogue, first: pd.Series, last: pd.Series) -> list[tuple[NDArray[np.intp], Catalogue]]:
    """Rows with the catalogue of the units in force on their days; all units for a row without a date."""
    held = _in_force(catalogue.units, first, last) | first.isna().to_numpy()[:, None]
    if held.all():
        return [(np.arange(len(first)), catalogue)]
    masks, of_row = np.unique(held, axis=0, return_inverse=True)
    parts = [replace(catalogue, units=catalogue.units[mask].reset_index(drop=True)) for mask in masks]
    return [(np.flatnonzero(of_row.ravel() == i), part) for i, part in enumerate(parts)]


def _fill_units(table: gpd.GeoDataFrame, catalogue: Catalogue, as_of: Day | None) -> dict[str, list[Any]]:
    """``country, adm1, adm1_shares, geocode_reason`` of located rows."""
    answers: list[Answer] = [Answer()] * len(table)
    for rows, dated in _rows_by_units(catalogue, *_days(table, as_of)):
        if not len(rows):
            continue
        locations = _distinct(table.iloc[rows])
        notes = _exclave_notes(locations, catalogue.exclaves)
        found = [replace(a, reason=_joined(a.reason, n) or "") for a, n in zip(_unit_answers(locations, dated), notes, strict=True)]
        for row, number in zip(rows, locations.of_row, strict=True):
            answers[row] = found[number]
    reasons = [_joined(old, a.reason) for old, a in zip(table.geocode_reason, answers, strict=True)]
    return {
        "country": [a.country for a in answers], "adm1": [a.adm1 for a in answers],
        "adm1_shares": [a.shares for a in answers], "geocode_reason": reasons,
    }  # fmt: skip


def _fill_zones(table: gpd.GeoDataFrame, locations: _Locations, catalogue: Catalogue, as_of: Day | None) -> list[tuple[str, ...]]:
    touched = _touched(_grown(locations.shapes, np.minimum(locations.radius_m, LARGEST_RADIUS_M)), catalogue.zones)
    both = touched[locations.of_row] & _in_force(catalogue.zones, *_days(table, as_of))
    ids = catalogue.zones.id.to_numpy()
    return [tuple(ids[row]) for row in both]


def _fill_distance(locations: _Locations, catalogue: Catalogue) -> dict[str, NDArray[np.float64]]:
    """``border_distance_m`` and its error: of the line, and of the point or of the polygon's or line's own edge."""
    away = distances_m(locations.shapes, catalogue.border.geometry)
    is_area = shapely.get_dimensions(locations.shapes) == 2
    error = np.where(is_area, catalogue.accuracy["units"], locations.radius_m) + catalogue.accuracy["border"]
    return {"border_distance_m": away[locations.of_row].round(), "border_distance_error_m": error[locations.of_row].round()}


def assign_units(incidents: gpd.GeoDataFrame, catalogue: Catalogue, *, as_of: Day | None = None) -> gpd.GeoDataFrame:
    """The incidents with units, zones and border distance filled in; the rules are those of the module.

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
        The same rows in the same order with ``country, adm1, adm2, adm1_shares, border_distance_m,
        border_distance_error_m, zones`` set and ``geocode_reason`` lengthened. ``adm2`` is ``None``: no layer has that level.
    """
    filled = incidents.copy()
    # the bounds of a missing or empty geometry are not numbers, and so fail too
    bounds = incidents.geometry.bounds.to_numpy(dtype=float)
    located = np.isfinite(bounds).all(axis=1) & (np.abs(bounds[:, [1, 3]]) <= 90).all(axis=1)
    answers: dict[str, Any] = {"country": None, "adm1": None, "adm2": None, "adm1_shares": (), "zones": ()}
    for name, unknown in answers.items():
        filled[name] = _objects([unknown] * len(incidents), incidents.index)
    filled["border_distance_m"] = filled["border_distance_error_m"] = np.nan
    if not located.any():
        return filled
    table = incidents[located]
    locations = _distinct(table)
    found: dict[str, Any] = _fill_units(table, catalogue, as_of)
    found |= {"zones": _fill_zones(table, locations, catalogue, as_of)} | _fill_distance(locations, catalogue)
    for name, values in found.items():
        kept = filled[name].to_numpy(dtype=float if name.startswith("border") else object, copy=True)
        kept[located] = values if name.startswith("border") else _objects(values, table.index).to_numpy()
        filled[name] = pd.Series(kept, index=incidents.index, dtype=kept.dtype)
    return filled


def _objects(values: Sequence[Any], index: pd.Index) -> pd.Series:
    # through an object array, so that pandas neither guesses a type nor takes a tuple for a row
    held = np.empty(len(values), dtype=object)
    held[:] = list(values)
    return pd.Series(held, index=index, dtype=object)

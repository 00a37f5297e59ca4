"""Which units and zones hold each incident's location, and how far the state border is.

The location is taken as it is uncertain: a point as the disc of ``sqrt(radius_m**2 + accuracy**2)``, where ``accuracy`` is that of
the unit layer; an area or line as its own shape. A disc that lies in one unit wholly is mostly found by the cells of
`boundaries.grid`; else shares are counted by `boundaries.shares`. Distances are from `boundaries.distance`, zones from
`boundaries.zones`; `boundaries.locations` sees to it that each distinct disc is worked on once.
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
* ``border_distance_m``: from the point, area or line itself to the main line; the outlines of exclaves do not count. Never negative:
  the side is told by ``country`` (see `boundaries.distance`).
* ``contact_distance_m``: likewise to the nearest line of contact in force on any day of the incident; unknown without a date.
* A point that is nearer to the edge of a unit than the layer is accurate is shared, and the reason says how near it is.
* A row without geometry, or with one that is not on the globe, has no answers. Rows stay as many and in the order they came.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from boundaries.answers import NOT_IN_FORCE, ON_RESERVOIR, Answer, Pieces, answer
from boundaries.catalogue import Catalogue, Day
from boundaries.cells import UNDECIDED
from boundaries.distance import LineIndex, distances_m
from boundaries.grid import CellIndex
from boundaries.locations import (
    Locations,
    Spans,
    boxes,
    distinct_days,
    distinct_locations,
    grown,
    in_force_on,
    is_located,
    meet,
    numbered,
    object_array,
)
from boundaries.shares import Numbers, Shapes, area_shares, length_shares
from boundaries.zones import LARGEST_RADIUS_M, zones_of_rows
from geo.schema import WGS84

SMALLEST_RADIUS_M = 1.0
DISTANCES = ("border_distance_m", "border_distance_error_m", "contact_distance_m", "contact_distance_error_m")
AT_ONCE = 20_000
"""So many discs are drawn and cut at a time, which bounds the memory."""


@lru_cache(maxsize=8)
def _pieces(catalogue: Catalogue) -> tuple[Pieces, CellIndex, LineIndex]:
    """Units, exclaves cut out of their surroundings, and lakes that belong to no unit; indexes of their ground and edges."""
    exclaves = catalogue.exclaves[catalogue.exclaves.geom_type.isin(["Polygon", "MultiPolygon"])]
    lakes = catalogue.lakes[catalogue.lakes.unit.isna()]
    hosts = shapely.difference(np.asarray(catalogue.units.geometry), exclaves.union_all())
    shapes = np.concatenate([hosts, np.asarray(exclaves.geometry), np.asarray(lakes.geometry)])
    country = (*catalogue.units.country, *exclaves.country, *lakes.country)
    known = set(catalogue.units.id)
    unit = (*catalogue.units.id, *(u if u in known else None for u in exclaves.unit), *([None] * len(lakes)))
    why = (*[""] * len(hosts), *[NOT_IN_FORCE] * len(exclaves), *[ON_RESERVOIR] * len(lakes))
    edges = LineIndex(gpd.GeoSeries(shapely.boundary(shapes), crs=WGS84))
    return Pieces(shapes, country, unit, why), CellIndex(shapes), edges


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


def _edge_notes(shapes: Shapes, edges: LineIndex, accuracy_m: float) -> list[str]:
    """For each point that is nearer to the edge of a unit than the layer is accurate, how near, as a sentence."""
    notes = [""] * len(shapes)
    points = np.flatnonzero(shapely.get_type_id(shapes) == 0)
    away = edges.distances_m(shapes[points])
    for number, metres in zip(points[away < accuracy_m], away[away < accuracy_m], strict=True):
        notes[number] = f"{metres:.0f} m from the edge of a unit, which the layer draws to {accuracy_m:.0f} m"
    return notes


def unit_answers(locations: Locations, catalogue: Catalogue) -> NDArray[np.object_]:
    """The `Answer` for each distinct location from the units of this catalogue."""
    pieces, index, edges = _pieces(catalogue)
    codes = catalogue.units.iso.fillna(catalogue.units.id)
    units: dict[str | None, tuple[str, str, str]] = {
        u: (n, c, k) for u, n, c, k in zip(catalogue.units.id, catalogue.units.name, codes, catalogue.units.country, strict=True)
    }
    radius = np.maximum(np.hypot(locations.radius_m, catalogue.accuracy["units"]), SMALLEST_RADIUS_M)
    too_large = radius > LARGEST_RADIUS_M
    answers = np.full(len(locations), Answer(reason="the radius is too large for any unit"), dtype=object)
    whole = index.find_whole(*boxes(locations.shapes, np.minimum(radius, LARGEST_RADIUS_M)))
    crossed = np.flatnonzero((whole == UNDECIDED) & ~too_large)
    for start in range(0, len(crossed), AT_ONCE):
        block = crossed[start : start + AT_ONCE]
        notes = _edge_notes(locations.shapes[block], edges, catalogue.accuracy["units"])
        for number, found, note in zip(block, _counted(grown(locations.shapes[block], radius[block]), pieces), notes, strict=True):
            answers[number] = answer(found, pieces, units, locations.place_unit[number], note)
    settled = np.flatnonzero((whole != UNDECIDED) & ~too_large)
    kinds, first = numbered(whole[settled], locations.place_unit[settled])
    alike = np.empty(len(first), dtype=object)
    for kind, number in enumerate(settled[first]):
        piece = int(whole[number])
        alike[kind] = answer({piece: 1.0} if piece >= 0 else {}, pieces, units, locations.place_unit[number])
    answers[settled] = alike[kinds]
    return answers


def _exclave_notes(locations: Locations, exclaves: gpd.GeoDataFrame) -> dict[int, str]:
    """By number of the point, which exclaves its disc touches, as a sentence; nothing for lines and areas."""
    places = grown(np.asarray(exclaves.geometry, dtype=object), exclaves.radius_m.to_numpy(dtype=float))
    radius = np.minimum(locations.radius_m, LARGEST_RADIUS_M)
    around, is_point = boxes(locations.shapes, radius), locations.is_point
    notes: dict[int, str] = {}
    for place, row in zip(places, exclaves.itertuples(), strict=True):
        near = np.flatnonzero(is_point & meet(around, shapely.bounds(place)))
        touching = near[shapely.intersects(place, grown(locations.shapes[near], radius[near]))]
        known = ", of which only a point is known" if row.radius_m else ""
        note = f"touches the exclave {row.name} (de jure {row.owner}, held by {row.held_by}){known}"
        for number in touching:
            notes[int(number)] = "; ".join(filter(None, [notes.get(int(number)), note]))
    return notes


def _joined(*parts: str | None) -> str | None:
    return "; ".join(part for part in parts if part) or None


@lru_cache(maxsize=16)
def _with_units(catalogue: Catalogue, held: bytes) -> Catalogue:
    """The catalogue with some of its units (a flag for each); the same object for the same units, so that its cells are kept."""
    flags = np.frombuffer(held, dtype=bool)
    return catalogue if flags.all() else replace(catalogue, units=catalogue.units[flags].reset_index(drop=True))


def _rows_by_units(catalogue: Catalogue, spans: Spans) -> list[tuple[Numbers, Catalogue]]:
    """Rows with the catalogue of the units in force on their days; all units for a row without a date."""
    held = in_force_on(catalogue.units, spans) | (np.isnat(spans.first) | np.isnat(spans.last))[:, None]
    masks, of_span = np.unique(held, axis=0, return_inverse=True)
    of_row = of_span.ravel()[spans.of_row]
    return [(np.flatnonzero(of_row == number), _with_units(catalogue, mask.tobytes())) for number, mask in enumerate(masks)]


def _fill_units(table: gpd.GeoDataFrame, locations: Locations, spans: Spans, catalogue: Catalogue) -> dict[str, Any]:
    """``country, adm1, adm1_shares, geocode_reason`` of located rows."""
    answers, notes = np.full(len(table), None, dtype=object), _exclave_notes(locations, catalogue.exclaves)
    for rows, dated in _rows_by_units(catalogue, spans):
        used, of_row = np.unique(locations.of_row[rows], return_inverse=True)
        part = replace(locations, shapes=locations.shapes[used], radius_m=locations.radius_m[used], place_unit=locations.place_unit[used])
        found = unit_answers(part, dated)
        for place in np.flatnonzero(np.isin(used, list(notes))):
            found[place] = replace(found[place], reason=_joined(found[place].reason, notes[int(used[place])]) or "")
        answers[rows] = found[of_row.ravel()]
    return _columns_of(answers, table.geocode_reason.to_numpy(dtype=object, copy=True))


def _columns_of(answers: NDArray[np.object_], reasons: NDArray[np.object_]) -> dict[str, Any]:
    """The columns of answers; reasons are added to those that stand."""
    # rows with one answer hold the same object
    kinds, first = numbered(np.fromiter(map(id, answers), dtype=np.int64, count=len(answers)))
    distinct = answers[first]
    columns = {"country": "country", "adm1": "adm1", "adm1_shares": "shares", "geocode_reason": "reason"}
    filled = {name: object_array([getattr(a, field) for a in distinct])[kinds] for name, field in columns.items()}
    new, told = filled["geocode_reason"], filled["geocode_reason"].astype(bool)
    reasons[pd.isna(reasons) | (reasons == "")] = None
    stands = reasons.astype(bool)
    reasons[told & ~stands] = new[told & ~stands]
    for row in np.flatnonzero(told & stands):
        reasons[row] = _joined(reasons[row], new[row])
    return filled | {"geocode_reason": reasons}


@lru_cache(maxsize=8)
def _border(catalogue: Catalogue) -> LineIndex:
    return LineIndex(catalogue.border.geometry)


def _fill_distance(locations: Locations, spans: Spans, catalogue: Catalogue) -> dict[str, NDArray[np.float64]]:
    """Distances to the border and to the lines of contact of the row's days, each with its error."""
    # what the location itself may be off: the edge of an area as the layer draws it, else the radius
    own = np.where(shapely.get_dimensions(locations.shapes) == 2, catalogue.accuracy["units"], locations.radius_m)
    away = _border(catalogue).distances_m(locations.shapes)
    contact, contact_error = _contact_distance(locations, spans, catalogue.lines[catalogue.lines.kind == "line_of_contact"])
    return {
        "border_distance_m": away[locations.of_row].round(),
        "border_distance_error_m": (own + catalogue.accuracy["border"])[locations.of_row].round(),
        "contact_distance_m": contact.round(),
        "contact_distance_error_m": (own[locations.of_row] + contact_error).round(),
    }


def _contact_distance(locations: Locations, spans: Spans, lines: gpd.GeoDataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of each row the metres to the nearest of the lines in force on its days, and that line's accuracy; ``NaN`` when there is none."""
    nearest, accuracy = np.full(len(locations.of_row), np.inf), np.full(len(locations.of_row), np.nan)
    for in_force, line, accuracy_m in zip(in_force_on(lines, spans).T, lines.geometry, lines.accuracy_m, strict=True):
        rows = np.flatnonzero(in_force[spans.of_row])
        used, place = np.unique(locations.of_row[rows], return_inverse=True)
        away = distances_m(locations.shapes[used], gpd.GeoSeries([line], crs=WGS84))[place.ravel()]
        closer = away < nearest[rows]
        nearest[rows[closer]], accuracy[rows[closer]] = away[closer], accuracy_m
    return np.where(np.isinf(nearest), np.nan, nearest), accuracy


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
        The same rows in the same order with ``country, adm1, adm2, adm1_shares, zones``, border and contact distances set and
        ``geocode_reason`` lengthened. ``adm2`` is ``None``: no layer has that level.
    """
    filled = incidents.copy()
    located = is_located(incidents)
    answers: dict[str, Any] = {"country": None, "adm1": None, "adm2": None, "adm1_shares": (), "zones": ()}
    for name, unknown in answers.items():
        filled[name] = pd.Series(object_array([unknown] * len(incidents)), index=incidents.index, dtype=object)
    filled[list(DISTANCES)] = np.nan
    if not located.any():
        return filled
    table = incidents[located]
    locations, spans = distinct_locations(table), distinct_days(table, as_of)
    found: dict[str, Any] = _fill_units(table, locations, spans, catalogue)
    found |= {"zones": zones_of_rows(locations, spans, catalogue)} | _fill_distance(locations, spans, catalogue)
    for name, values in found.items():
        kept = filled[name].to_numpy(dtype=float if name in DISTANCES else object, copy=True)
        kept[located] = values
        filled[name] = pd.Series(kept, index=incidents.index, dtype=kept.dtype)
    return filled

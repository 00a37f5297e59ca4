"""Several reports of one incident: found, explained, and joined into one row with all claims and sources.

Two rows of different reports tell of the same incident when their days overlap, their places lie within their joint uncertainty, their
types are of one family and they don't name two different settlements. A row that fits two groups stays alone: nothing is decided that the
reports leave open. What a person wrote into the column ``group`` of a review file goes before all this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.claims import Claim, status_of
from geo.extract.events import GROUPS
from geo.gazetteer import Gazetteer
from geo.location import GEOD
from geo.schema import Dossier, InputFile

_FAMILIES = GROUPS | {"infrastructure_damage": "fire", "withdrawal": "movement"}
_ROLES = ("strength", "killed", "wounded", "captured")


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one report tells of an incident, as far as it decides about sameness.

    Attributes
    ----------
    row
        Position in the table.
    report, incident_id
        File (with the number of the report in it) and id.
    family
        Family of the event type.
    start, end
        Days; ``None`` when not told.
    lon, lat, radius_m
        Centre and reach; ``None`` when not located.
    settlement
        Id of the place when the wording says that it was inside it.
    """

    row: int
    report: str
    incident_id: str
    family: str
    start: date | None
    end: date | None
    lon: float | None
    lat: float | None
    radius_m: float
    settlement: str | None


def sightings(table: gpd.GeoDataFrame, gazetteer: Gazetteer) -> list[Sighting]:
    """One for each row of a table of articles' incidents."""
    return [_sighting(number, row, gazetteer) for number, (_, row) in enumerate(table.iterrows())]


def _sighting(number: int, row: pd.Series, gazetteer: Gazetteer) -> Sighting:
    place = gazetteer.get(row.place_id) if row.place_id else None
    centre = row.geometry.centroid if row.geometry is not None and not row.geometry.is_empty else None
    lon, lat = (centre.x, centre.y) if centre is not None else (place.lon, place.lat) if place else (None, None)
    reach = max(float(row.radius_m) if pd.notna(row.radius_m) else 0.0, place.radius_m if place else 0.0, _extent_m(row.geometry))
    inside = row.place_id if row.location_kind == "point" and place is not None and not place.is_area else None
    start, end = (None if pd.isna(day) else day.date() for day in (row.start, row.end))
    report = row.id.rpartition("-")[0].rpartition("-")[0]
    return Sighting(number, f"{row.source_file}#{report}", row.id, _FAMILIES[row.event_type], start, end, lon, lat, reach, inside)


def _extent_m(geometry: Any) -> float:
    if geometry is None or geometry.is_empty or geometry.geom_type == "Point":
        return 0.0
    west, south, east, north = geometry.bounds
    return float(GEOD.inv(west, south, east, north)[2]) / 2


def why_same(one: Sighting, other: Sighting) -> str | None:
    """The reason why two sightings are of one incident; ``None`` when they are not, or when it can't be told.

    Examples
    --------
    >>> day = date(2021, 5, 14)
    >>> a = Sighting(0, "a.txt", "a-1", "fire", day, day, 46.0, 39.5, 5000, None)
    >>> why_same(a, replace(a, row=1, report="b.txt", lon=46.05))
    'same days (2021-05-14), places 4.3 km apart within 10.0 km, both fire'
    """
    if one.report == other.report or one.family != other.family:
        return None
    if None in (one.start, one.end, other.start, other.end, one.lon, other.lon):
        return None
    first, last = max(one.start, other.start), min(one.end, other.end)  # type: ignore[type-var]
    if first > last or (one.settlement and other.settlement and one.settlement != other.settlement):  # type: ignore[operator]
        return None
    apart = float(GEOD.inv(one.lon, one.lat, other.lon, other.lat)[2])
    reach = one.radius_m + other.radius_m
    if apart > reach:
        return None
    days = f"{first}" if first == last else f"{first} to {last}"
    return f"same days ({days}), places {apart / 1000:.1f} km apart within {reach / 1000:.1f} km, both {one.family}"


def find_groups(found: Sequence[Sighting]) -> list[tuple[list[Sighting], str]]:
    """Groups of two and more with the reason for each, and single rows that fit more than one group with the reason why they stay alone.

    All members of a group fit each other; the finest located begin, so that an incident known to a province only joins last.
    """
    groups: list[list[Sighting]] = []
    open_rows: list[tuple[Sighting, int]] = []
    for one in sorted(found, key=lambda s: (s.radius_m, s.incident_id)):
        fitting = [g for g in groups if all(why_same(one, member) for member in g)]
        if len(fitting) == 1:
            fitting[0].append(one)
        elif not fitting:
            groups.append([one])
        else:
            open_rows.append((one, len(fitting)))
    told = [(g, "; ".join(f"{m.incident_id}: {why_same(g[0], m)}" for m in g[1:])) for g in groups if len(g) > 1]
    return told + [([one], f"fits {number} incidents of other reports, so it was joined to none") for one, number in open_rows]


def group_name(members: Sequence[Sighting]) -> str:
    """The same whatever the order of the reports, and kept when later ones join that sort behind."""
    return min(m.incident_id for m in members)


def with_groups(table: gpd.GeoDataFrame, gazetteer: Gazetteer) -> tuple[gpd.GeoDataFrame, dict[str, str]]:
    """The rows of articles with their ``group`` filled, and by incident id the reason of its grouping."""
    marked, reasons = table.copy(), {}
    names = np.full(len(table), None, dtype=object)
    for members, reason in find_groups(sightings(table, gazetteer)):
        for member in members:
            reasons[member.incident_id] = reason
            if len(members) > 1:
                names[member.row] = group_name(members)
    marked["group"] = pd.Series(names, index=marked.index, dtype=object)
    return marked, reasons


def one_row_per_group(dossier: Dossier) -> Dossier:
    """The dossier with the rows of each group joined; its files say what became of their rows."""
    table = dossier.incidents
    named = table.group[table.group.notna()]
    groups = [rows.index for _, rows in named.groupby(named, sort=False) if len(rows) > 1]
    if not groups:
        return dossier
    joined, gone = table.copy(), []
    notes: dict[str, list[str]] = {}
    for index in groups:
        rows = [table.loc[i] for i in index]
        base, merged = _joined(rows)
        for name, value in merged.items():
            joined.at[index[base], name] = value
        for n, i in enumerate(index):
            if n != base:
                gone.append(i)
                others = ", ".join(table.at[j, "id"] for j in index if j != i)
                notes.setdefault(table.at[i, "source_file"], []).append(f"{table.at[i, 'id']} is one incident with {others}")
    files = tuple(_told(file, notes.get(file.name, [])) for file in dossier.files)
    return replace(dossier, incidents=joined.drop(index=gone).reset_index(drop=True), files=files)


def _told(file: InputFile, notes: Sequence[str]) -> InputFile:
    if not notes:
        return file
    said = f"{len(notes)} of its incidents are told by other reports as well and were joined: {'; '.join(notes)}"
    return replace(file, rows_in=file.rows_in - len(notes), notes=(*file.notes, said))


def _joined(rows: Sequence[pd.Series]) -> tuple[int, dict[str, Any]]:
    """Which row gives place and type (the finest located, then the one with most claims), and the values that change in it."""
    order = sorted(range(len(rows)), key=lambda n: (_radius(rows[n]), -len(rows[n].claims), rows[n].id))
    base = rows[order[0]]
    claims = _all_claims(rows, base)
    values: dict[str, Any] = {
        "id": base["group"],
        "claims": claims,
        "status": status_of(claims),
        "sources": tuple(dict.fromkeys(s for row in rows for s in (row.sources or (row.source_file,)))),
        "actors": tuple({(a.name, a.side, a.role): a for row in rows for a in row.actors}.values()),
        "draft": any(row.draft for row in rows),
    }
    start, end = max(row.start for row in rows), min(row.end for row in rows)
    if pd.notna(start) and pd.notna(end) and start <= end:
        exact = next((row.date_precision for row in rows if (row.start, row.end) == (start, end)), "range")
        values |= {"start": start, "end": end, "date_precision": "day" if start == end else exact}
    for role in _ROLES:
        values[f"{role}_low"], values[f"{role}_high"] = _figures(rows, role)
    return order[0], values


def _radius(row: pd.Series) -> float:
    if row.location_kind in ("point", "near") and pd.notna(row.radius_m):
        return float(row.radius_m)
    return np.inf if row.location_kind in (None, "unknown") else 1e6


def _all_claims(rows: Sequence[pd.Series], base: pd.Series) -> tuple[Claim, ...]:
    """Every claim once; offsets only of those in the report that the row cites."""
    found: dict[tuple[str, str | None, str, str | None], Claim] = {}
    for row in rows:
        for claim in row.claims:
            own = claim if row.id == base.id else replace(claim, span=None)
            found.setdefault((claim.by, claim.side, claim.stance, claim.text), own)
    return tuple(found.values())


def _said_on(row: pd.Series) -> str:
    return max((claim.said_on for claim in row.claims if claim.said_on), default="")


def _asserting(row: pd.Series) -> set[str | None]:
    return {claim.side for claim in row.claims if claim.stance == "asserts"}


def _figures(rows: Sequence[pd.Series], role: str) -> tuple[float, float]:
    """The latest figure where the same side corrects its own; a range where reports contradict each other."""
    told = sorted((row for row in rows if pd.notna(row[f"{role}_low"]) or pd.notna(row[f"{role}_high"])), key=_said_on)
    if not told:
        return np.nan, np.nan
    last = told[-1]
    kept = [row for row in told if row is last or not (_said_on(row) < _said_on(last) and _asserting(row) & _asserting(last))]
    lows, highs = ([float(row[f"{role}_{end}"]) for row in kept] for end in ("low", "high"))
    return (np.nan if np.isnan(lows).all() else float(np.nanmin(lows))), (np.nan if np.isnan(highs).any() else max(highs))

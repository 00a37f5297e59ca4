"""The table of incidents: its columns, declared once, and the dossier in which it travels.

Every step of the pipeline adds columns or fills them; none hides rows. Readers make a `Dossier` with `incident_table`,
`geo.geocode` fills the location, `boundaries` the units and zones, `maps` draws and exports what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.claims import ZoneFact

WGS84 = "EPSG:4326"
DatePrecision = Literal["hour", "day", "range", "week", "month", "year", "unknown"]
ColumnType = Literal["text", "date", "number", "flag", "list"]

EVENT_TYPES = (
    "advance", "casualties_report", "ceasefire", "ceasefire_violation", "checkpoint", "deployment", "detention",
    "drone_strike", "engineering_works", "firefight", "handover", "infrastructure_damage", "mine_blast", "monitoring",
    "negotiation", "other", "road_closure", "shelling", "troop_presence", "withdrawal",
)  # fmt: skip
"""The closed set of event types; what fits none is ``other`` and keeps its wording in ``event_text``."""

TROOP_POSITION_TYPES = ("advance", "deployment", "troop_presence")
"""Event types that report where a force is or has moved to."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the incident table.

    Attributes
    ----------
    name, type, meaning
        ``text`` (object, ``None`` when unknown), ``date`` (datetime64, ``NaT``), ``number`` (float64, ``NaN``), ``flag``
        (bool), ``list`` (object holding a tuple, ``()`` when there is nothing).
    public
        Whether it is one of the properties that every export carries.
    """

    name: str
    type: ColumnType
    meaning: str
    public: bool = True


COLUMNS: tuple[Column, ...] = (
    Column("id", "text", "stable from build to build; the source's own id where it has one"),
    Column("title", "text", "what is said to have happened, in one line"),
    Column("event_type", "text", "one of EVENT_TYPES"),
    Column("start", "date", "first day on which it may have happened"),
    Column("end", "date", "last day on which it may have happened, that day included"),
    Column("date_precision", "text", "hour, day, range, week, month, year or unknown"),
    Column("location_kind", "text", "point, near, area, line or unknown: what the wording supports"),
    Column("radius_m", "number", "metres around the geometry that should hold the true point; 0 when the shape is the answer"),
    Column("place", "text", "name of the gazetteer place, both forms in alphabetical order"),
    Column("place_id", "text", "id of the gazetteer place"),
    Column("place_text", "text", "the place as the source words it"),
    Column("geocode_method", "text", "coordinates, place_id, name, relation, ambiguous or unresolved"),
    Column("geocode_reason", "text", "what decided the location, or why nothing could"),
    Column("country", "text", "ISO code of the unit with the largest share; AM-AZ when it lies on the line between them"),
    Column("adm1", "text", "name of the first-level unit with the largest share"),
    Column("adm2", "text", "name of the second-level unit with the largest share"),
    Column("adm1_shares", "list", "{unit, code, share} of the uncertainty in each first-level unit, largest first"),
    Column("border_distance_m", "number", "to the Armenia-Azerbaijan border: 0 when the location touches it"),
    Column("border_distance_error_m", "number", "metres by which border_distance_m may be off"),
    Column("zones", "list", "ids of the zones in force that the location touches"),
    Column("actors", "list", "geo.claims.Actor records; their order carries no direction"),
    Column("strength_low", "number", "reported strength, lower bound"),
    Column("strength_high", "number", "reported strength, upper bound"),
    Column("killed_low", "number", "reported killed, lower bound; unknown is not 0"),
    Column("killed_high", "number", "reported killed, upper bound"),
    Column("wounded_low", "number", "reported wounded, lower bound"),
    Column("wounded_high", "number", "reported wounded, upper bound"),
    Column("captured_low", "number", "reported captured, lower bound"),
    Column("captured_high", "number", "reported captured, upper bound"),
    Column("status", "text", "confirmed, claimed, disputed, denied or unverified"),
    Column("draft", "flag", "true until a person has looked at a machine reading"),
    Column("claims", "list", "geo.claims.Claim records"),
    Column("sources", "list", "names or links of the sources, as text"),
    Column("source_file", "text", "name of the input file"),
    Column("source_row", "number", "line of the file (tables) or number of the incident in the article, from 1"),
    Column("generalised_m", "number", "metres by which the location was generalised on purpose; unknown means not at all"),
    # what later steps need and exports leave out
    Column("event_text", "text", "the source's own word for the event type", public=False),
    Column("stated_country", "text", "country as the source states it", public=False),
    Column("stated_adm1", "text", "first-level unit as the source states it", public=False),
    Column("place_unit", "text", "unit id that the gazetteer place carries itself", public=False),
    Column("outline", "list", "ids of the units, zones or lines whose outline is the geometry", public=False),
    Column("contact_distance_m", "number", "to the nearest line of contact of that day; unknown when there is none", public=False),
    Column("contact_distance_error_m", "number", "metres by which contact_distance_m may be off", public=False),
    Column("assigned", "flag", "units, zones and distance are answered already, as in an export read back", public=False),
    Column("group", "text", "reports of one incident bear the same; unknown for an incident of one report", public=False),
    Column("evidence", "list", "(field, start, end) spans in the article that carry each field", public=False),
)

PUBLIC_COLUMNS = tuple(c.name for c in COLUMNS if c.public)


def _objects(values: Iterable[Any], rows: int) -> pd.Series:
    # through an object array, so that pandas neither guesses a type nor takes a tuple for a row
    held = np.empty(rows, dtype=object)
    held[:] = list(values)
    return pd.Series(held, dtype=object)


def _series(column: Column, values: Iterable[Any] | None, rows: int) -> pd.Series:
    """The values as the declared type; all unknown when there are none."""
    if column.type in ("text", "list"):
        return _objects([() if column.type == "list" else None] * rows if values is None else values, rows)
    if column.type == "date":
        return pd.Series(pd.NaT if values is None else list(values), index=range(rows), dtype="datetime64[s]")
    if column.type == "number":
        return pd.Series(np.nan if values is None else list(values), index=range(rows), dtype="float64")
    return pd.Series(False if values is None else list(values), index=range(rows), dtype="bool")


def incident_table(columns: Mapping[str, Any], *, geometry: Any = None, size: int | None = None) -> gpd.GeoDataFrame:
    """A table with every declared column, from those that a reader could fill.

    Parameters
    ----------
    columns
        Values by column name; all of one length. What is missing is filled with "unknown".
    geometry
        Points in WGS 84 where the source gives coordinates; ``None`` where it does not.
    size
        Number of rows, needed only when ``columns`` is empty.

    Raises
    ------
    KeyError
        A column that `COLUMNS` does not declare.
    """
    unknown = set(columns) - {c.name for c in COLUMNS}
    if unknown:
        raise KeyError(f"not columns of the incident table: {sorted(unknown)}")
    rows = size if size is not None else len(next(iter(columns.values()), ()))
    frame = pd.DataFrame({c.name: _series(c, columns.get(c.name), rows) for c in COLUMNS})
    points = [None] * rows if geometry is None else geometry
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(points, crs=WGS84), crs=WGS84)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a row that its author should know.

    Attributes
    ----------
    file, row
        Where: name of the file and line in it; ``row`` is ``None`` when it concerns the whole file.
    column, value
        What: as written in the file; ``None`` when no single cell is to blame.
    reason
        What is wrong and what was done or what to do, in words.
    rejected
        Whether the row could not become an incident because of it.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    reason: str
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class InputFile:
    """What was read from one file.

    Attributes
    ----------
    path, name
        As given, and as outputs call it (no folders, so that they tell nothing of the machine).
    kind, encoding
        ``table``, ``article`` …; text encoding, ``None`` for binary formats.
    rows_in
        Rows of a table, incidents of an article.
    notes
        What was noticed and decided while reading, in sentences.
    sha256
        Of the file's bytes.
    source_names
        What its incidents have as ``source_file``, when that is not ``name``: an export names the files before it.
    """

    path: str
    name: str
    kind: str
    encoding: str | None
    rows_in: int
    notes: tuple[str, ...] = ()
    sha256: str | None = None
    source_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContextPlace:
    """A place that an article names without saying that an incident happened there."""

    mention: str
    span: tuple[int, int]
    place_id: str | None
    role: str
    source_file: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Where the rows went: ``rows_in = mapped + unlocated + held_back + rejected``."""

    rows_in: int
    mapped: int
    unlocated: int
    held_back: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """The incidents of a map with all that belongs to them.

    Attributes
    ----------
    incidents
        One row for each incident, with the columns of `COLUMNS`, geometry in WGS 84.
    zone_facts, context_places
        From articles.
    problems
        What was wrong with rows; those of rejected rows among them.
    files
        One record for each input.
    held_back
        Number of incidents withheld on purpose.
    """

    incidents: gpd.GeoDataFrame
    zone_facts: tuple[ZoneFact, ...] = ()
    context_places: tuple[ContextPlace, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: tuple[InputFile, ...] = ()
    held_back: int = 0

    def with_incidents(self, incidents: gpd.GeoDataFrame) -> Dossier:
        """The same dossier around another state of its table."""
        return replace(self, incidents=incidents)

    def of_file(self, file: InputFile) -> Dossier:
        """What came from this input."""
        names = file.source_names or (file.name,)
        return Dossier(
            incidents=self.incidents[self.incidents.source_file.isin(names)],
            problems=tuple(p for p in self.problems if p.file == file.name),
        )

    def counts(self) -> Counts:
        """Where the rows went."""
        located = int(self.incidents.geometry.notna().sum())
        unlocated = len(self.incidents) - located
        rejected = len({(p.file, p.row) for p in self.problems if p.rejected})
        return Counts(located + unlocated + self.held_back + rejected, located, unlocated, self.held_back, rejected)


def join_dossiers(dossiers: Iterable[Dossier]) -> Dossier:
    """All incidents of several dossiers in one, in the order given."""
    parts = list(dossiers)
    filled = [d.incidents for d in parts if len(d.incidents)]
    table = pd.concat(filled, ignore_index=True) if filled else incident_table({}, size=0)
    return Dossier(
        incidents=gpd.GeoDataFrame(table, geometry="geometry", crs=WGS84),
        zone_facts=tuple(f for d in parts for f in d.zone_facts),
        context_places=tuple(p for d in parts for p in d.context_places),
        problems=tuple(p for d in parts for p in d.problems),
        files=tuple(f for d in parts for f in d.files),
        held_back=sum(d.held_back for d in parts),
    )

"""Plain tables of incidents (CSV, TSV, XLSX) to a dossier.

Recognises columns by name, turns cells into dates, counts, actors and claims, and rejects a row only when it can't be an
incident. Placing by name is left to `geo.geocode`; bytes to `geo.read.files`; single columns to `geo.read.cells`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geo.claims import Actor, Claim, Status, status_of
from geo.dates import DateSpan, FieldOrder, is_ambiguous, order_of, parse_date
from geo.errors import InputError
from geo.read.cells import Array, Cells, first_day, last_day
from geo.read.codes import named_actors
from geo.read.delimited import read_delimited
from geo.read.files import RawTable, read_bytes, sha256_of
from geo.read.kinds import PLAIN, Kind, kind_of_header
from geo.read.report import describe_some
from geo.read.sheets import read_sheet
from geo.read.vocabulary import AGGREGATE_KEYS, COLUMN_NAMES, EVENT_WORDS, column_key
from geo.schema import EVENT_TYPES, Dossier, InputFile, Problem, incident_table
from geo.sides import side_of

SAME_DEGREES = 0.01
"""Coordinates in columns that differ by more than this (about a kilometre) from the geometry of their row contradict it."""

THEATRE = (43.0, 38.0, 51.0, 42.5)
"""West, south, east and north of Armenia and Azerbaijan with some ground around, in which no exchanged pair lies too."""

_PRECISIONS = ("hour", "day", "range", "week", "month", "year")


def read_table(
    path: str, *, name: str | None = None, date_order: FieldOrder | None = None, columns: Mapping[str, str] | None = None
) -> Dossier:
    """Read a table of incidents.

    Parameters
    ----------
    path
        ``.csv``, ``.tsv``, ``.xlsx``, or ``-`` for delimited text on standard input.
    name
        What outputs call the file; ``None``: its name without the folders.
    date_order
        Which of day and month comes first in ``05/12/2021``; ``None``: as the file's unambiguous cells tell, else the day.
    columns
        Names of columns by their meaning (the keys of `geo.read.vocabulary.COLUMN_NAMES`), where the usual names do not serve.

    Raises
    ------
    InputError
        Missing, empty or unreadable file; no column that places an incident; no row that could be used.
    """
    content = read_bytes(path)
    read = read_sheet if PurePath(path).suffix.lower() == ".xlsx" else read_delimited

    def wanted(header: tuple[str, ...]) -> Iterable[int]:
        return recognise_columns(header, _known(header, columns, path)).values()

    raw = read(content, path=path, wanted=wanted)
    return table_dossier(raw, path=path, name=name, sha256=sha256_of(content), date_order=date_order, named=columns)


def table_dossier(
    raw: RawTable,
    *,
    path: str,
    name: str | None,
    sha256: str,
    date_order: FieldOrder | None = None,
    shapes: Array | None = None,
    form: str | None = None,
    named: Mapping[str, str] | None = None,
) -> Dossier:
    """The dossier of a table whose cells are read already.

    Parameters
    ----------
    raw
        The cells as text.
    path, name, date_order, named
        As in `read_table` (``named`` is its ``columns``).
    sha256
        Of the file.
    shapes
        Geometry of each row in WGS 84, ``None`` where it has none; ``None`` for a table that tells places in its columns.
    form
        What reports call the file, when its columns tell no kind of their own.

    Raises
    ------
    InputError
        As `read_table`.
    """
    kind = kind_of_header(raw.header)
    columns = recognise_columns(raw.header, _known(raw.header, named, path))
    unused = [name for index, name in enumerate(raw.header) if name and index not in columns.values()]
    if shapes is None:
        _require_place(columns, raw.header, path)
    cells = Cells({meaning: raw.cells[index] for meaning, index in columns.items()}, file=name or PurePath(path).name, lines=raw.lines)
    order, notes = _date_order([*cells.text("start").unique(), *cells.text("end").unique()], date_order)
    if unused:
        notes.append(f"columns not used: {', '.join(unused)}")
    incidents = _incidents(cells, order, kind, shapes)
    problems = _not_read(raw, cells.file) + cells.problems
    if not len(incidents):
        refused = describe_some(problem for problem in problems if problem.rejected)
        raise InputError("\n".join([f"{path}: no row could be used", *refused]), path=path)
    label = form if form and kind is PLAIN else kind.name
    file = InputFile(path, cells.file, label, raw.encoding, len(cells) + len(raw.ragged) + len(raw.unread), (*raw.notes, *notes), sha256)
    return Dossier(incidents, problems=tuple(sorted(problems, key=lambda p: p.row or 0)), files=(file,))


def recognise_columns(header: Sequence[str], known: Mapping[str, tuple[str, ...]] = COLUMN_NAMES) -> dict[str, int]:
    """Index of the column for each meaning that a header has."""
    keys = {column_key(name): index for index, name in reversed(list(enumerate(header)))}
    found: dict[str, int] = {}
    for meaning, names in known.items():
        index = next((keys[name] for name in names if name in keys and keys[name] not in found.values()), None)
        if index is not None:
            found[meaning] = index
    return found


def _known(header: Sequence[str], named: Mapping[str, str] | None, path: str) -> dict[str, tuple[str, ...]]:
    """The names that columns of this kind of table go by, with those that the user has named."""
    return {**kind_of_header(header).columns, **_by_hand(named or {}, header, path)}


def _by_hand(named: Mapping[str, str], header: Sequence[str], path: str) -> dict[str, tuple[str, ...]]:
    """The columns that the user has named, as keys."""
    keys = {column_key(name) for name in header}
    for meaning, name in named.items():
        if meaning not in COLUMN_NAMES:
            raise InputError(f"{path}: no column can mean {meaning!r}; known are {', '.join(COLUMN_NAMES)}", path=path)
        if column_key(name) not in keys:
            raise InputError(f"{path}: there is no column {name!r} for {meaning}; it has {', '.join(header)}", path=path)
    return {meaning: (column_key(name),) for meaning, name in named.items()}


def _require_place(columns: Mapping[str, int], header: Sequence[str], path: str) -> None:
    """Refuse a table of which no column tells where, or whose rows are no incidents."""
    has_point = {"lat", "lon"} <= set(columns) or "latlon" in columns
    if not has_point and any(aggregate <= {column_key(name) for name in header} for aggregate in AGGREGATE_KEYS):
        raise InputError(f"{path}: holds counts per unit and month, which are no incidents and have no place on a map of them", path=path)
    if has_point or {"place_text", "place_id", "where_coordinates"} & set(columns):
        return
    shown = ", ".join(name or "(no name)" for name in header[:12]) + (" …" if len(header) > 12 else "")
    message = (
        f"{path}: no column tells where (columns: {shown}); a table needs 'place' (a name) or 'lat' and 'lon' (degrees); "
        "'date', 'title' and 'event_type' are read too"
    )
    raise InputError(message, path=path)


def _incidents(cells: Cells, order: FieldOrder, kind: Kind, shapes: Array | None) -> Any:
    """The rows that can be incidents, as the incident table."""
    dates = _dates(cells, order)
    lonlat = _located(cells) if shapes is None else _of_shapes(cells, shapes)
    actors = cells.each(["actors"], _actors)
    claims = cells.each(["actors", "reported_by", "denied_by", "other_version", "url"], _claims)
    columns: dict[str, Any] = {
        "title": cells.each(["title", "description"], lambda title, description: title or description or None),
        "event_type": cells.each(["event_type"], lambda word: _event_type(word)[0]),
        "event_text": cells.each(["event_type"], lambda word: _event_type(word)[1]),
        "start": first_day(dates),
        "end": last_day(dates),
        "date_precision": [span.precision if span else "unknown" for span in dates],
        "radius_m": cells.number("radius_m", low=0),
        "place_id": cells.given("place_id"),
        # the unit alone is a place too, if a wide one
        "place_text": cells.each(["place_text", "adm1"], lambda place, unit: place or unit or None),
        "stated_country": cells.given("country"),
        "stated_adm1": cells.given("adm1"),
        "actors": actors,
        "claims": claims,
        "sources": cells.each(["sources", "url"], lambda sources, url: (*_split(sources), *([url] if url else []))),
        "source_file": [cells.file] * len(cells),
        "source_row": cells.lines,
    }
    for count in ("strength", "killed", "wounded", "captured"):
        columns[f"{count}_low"], columns[f"{count}_high"] = cells.count_range(count)
    if kind.refine:
        kind.refine(cells, columns, lonlat)
    # a kind may bring shapes of its own, beside the points of coordinate columns
    shapes = columns.pop("geometry", shapes)
    columns["status"] = _statuses(columns["claims"])
    columns["id"] = _ids(cells, columns, lonlat)
    table = incident_table(columns, geometry=_points(lonlat) if shapes is None else shapes)
    return table[~cells.rejected].reset_index(drop=True)


def _statuses(claims: Array) -> list[Status]:
    """The status from the claims of each row, worked out once for each tuple of claims that rows share."""
    known = {id(of_row): of_row for of_row in claims}
    statuses = {key: status_of(of_row) for key, of_row in known.items()}
    return [statuses[id(of_row)] for of_row in claims]


def _dates(cells: Cells, order: FieldOrder) -> Array:
    """The days of each row as `DateSpan`, ``None`` where the table does not tell them."""
    starts, ends = cells.dates("start", order=order), cells.dates("end", order=order)
    both = cells.each(["start", "end"], lambda start, end: _joined(parse_date(start, order=order), parse_date(end, order=order)))
    backwards = ~pd.isna(starts) & ~pd.isna(ends) & pd.isna(both)
    cells.report(backwards, "end", "is before the start; exchange or correct the two dates", rejected=True)
    if not cells.has("date_precision"):
        return both
    stated = cells.each(["date_precision"], lambda text: text.lower() if text.lower() in _PRECISIONS else None)
    said = ~pd.isna(both) & ~pd.isna(stated)
    both[said] = [replace(span, precision=precision) for span, precision in zip(both[said], stated[said], strict=True)]
    return both


def _joined(start: DateSpan | None, end: DateSpan | None) -> DateSpan | None:
    """The days from one date to another; ``None`` when neither is told or they run backwards."""
    if start is None or end is None:
        return start or end
    if end.end < start.start:
        return None
    return DateSpan(start.start, end.end, start.precision if start == end else "range")


def _coordinates(cells: Cells) -> Array:
    """Longitude and latitude of each row, ``NaN`` where not given or not usable, which is then reported."""
    lonlat = np.column_stack([cells.number("lon"), cells.number("lat")])
    pairs = cells.pair("latlon")
    lonlat = np.where(np.isnan(lonlat).any(axis=1, keepdims=True), pairs[:, ::-1], lonlat)
    far_lon, far_lat = np.abs(lonlat[:, 0]) > 180, np.abs(lonlat[:, 1]) > 90
    null = (lonlat == 0).all(axis=1)
    for rows, name in ((far_lon & ~far_lat, "lon"), (far_lat, "lat")):
        cells.report(rows, name, "is outside the world in degrees; the coordinates were not used")
    cells.report(null, "lat", "0, 0 marks unknown coordinates; they were not used")
    lonlat[far_lon | far_lat | null | np.isnan(lonlat).any(axis=1)] = np.nan
    return lonlat


def _located(cells: Cells) -> Array:
    """The coordinates of a table that has no other geometry; those that look exchanged are reported."""
    lonlat = _coordinates(cells)
    exchanged = ~_in_theatre(lonlat) & _in_theatre(lonlat[:, ::-1])
    reason = "and the longitude look exchanged: the other way round they lie in the Caucasus; they were not changed"
    cells.report(exchanged, "lat" if cells.has("lat") else "latlon", reason)
    return lonlat


def _in_theatre(lonlat: Array) -> Array:
    west, south, east, north = THEATRE
    with np.errstate(invalid="ignore"):
        inside: Array = (lonlat[:, 0] >= west) & (lonlat[:, 0] <= east) & (lonlat[:, 1] >= south) & (lonlat[:, 1] <= north)
    return inside


def _of_shapes(cells: Cells, shapes: Array) -> Array:
    """Longitude and latitude of the points among the shapes; columns that say otherwise are reported, and the shapes win."""
    is_point = shapely.get_type_id(shapes) == 0
    lonlat = np.full((len(shapes), 2), np.nan)
    lonlat[is_point] = shapely.get_coordinates(shapes[is_point])
    told = _coordinates(cells)
    with np.errstate(invalid="ignore"):
        differs = (np.abs(told - lonlat) > SAME_DEGREES).any(axis=1)
    cells.report(differs, "lat", "is not where the geometry of the row is; the geometry was used")
    return lonlat


def _points(lonlat: Array) -> Array:
    points = np.full(len(lonlat), None, dtype=object)
    known = ~np.isnan(lonlat[:, 0])
    points[known] = shapely.points(lonlat[known])
    return points


def _event_type(word: str) -> tuple[str, str | None]:
    key = column_key(word)
    if key in EVENT_TYPES:
        return key, None
    return EVENT_WORDS.get(key, "other"), word or None


def _actors(cell: str) -> tuple[Actor, ...]:
    return named_actors(*_split(cell))


def _claims(actors: str, reported_by: str, denied_by: str, other_version: str, url: str) -> tuple[Claim, ...]:
    """Claims from the columns that say who reports, who denies and what else is said."""
    link = url if re.match(r"https?://", url) else None
    version = other_version or None
    sides = sorted({actor.side for actor in _actors(actors) if actor.side in ("AM", "AZ", "NK")})
    asserting = [Claim(name, side, "asserts", url=link) for name, side in _speakers(reported_by, sides)]
    contrary = [Claim(name, side, "denies", text=version) for name, side in _speakers(denied_by, sides)]
    if version and not contrary:
        contrary = [Claim("another account, speaker not named", side_of(version), "partly", text=version)]
    return tuple(asserting + contrary)


def _speakers(cell: str, sides: Sequence[str]) -> list[tuple[str, str | None]]:
    """Name and side of each speaker; "both" stands for the two sides among the actors."""
    speakers: list[tuple[str, str | None]] = []
    for name in _split(cell):
        if re.match(r"both\b", name, re.IGNORECASE) and len(sides) == 2:
            speakers += [(f"{name} ({side})", side) for side in sides]
        else:
            speakers.append((name, side_of(name)))
    return speakers


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _date_order(texts: list[str], wanted: FieldOrder | None) -> tuple[FieldOrder, list[str]]:
    """The order of day and month for the whole file, and what is to be said about it."""
    told, _ = order_of(texts)
    unclear = next((text for text in texts if is_ambiguous(text)), None)
    if wanted or unclear is None:
        return wanted or told or "day_first", []
    if told:
        return told, [f"dates like {unclear} are read {told.replace('_', ' ')}, as other dates of the file tell"]
    said = f"dates like {unclear} could be read two ways; the day was taken first (--date-order month_first reads them the other way)"
    return "day_first", [said]


def _ids(cells: Cells, columns: dict[str, Any], lonlat: Array) -> Array:
    """An id of its own for every row, from its content where the table has none."""
    ids = cells.given("id")
    names = ("title", "event_text", "event_type", "start", "end", "place_text", "place_id")
    for row in np.flatnonzero(pd.isna(ids)):
        content = "\x1f".join([*(str(columns[name][row]) for name in names), *map(str, lonlat[row])])
        ids[row] = f"row-{hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
    repeats = pd.Series(ids, dtype=object).groupby(ids).cumcount().to_numpy()
    reason = "the id stands on more than one row; this row's got its number added"
    cells.report((repeats > 0) & (cells.text("id") != "").to_numpy(), "id", reason)
    return np.array([f"{one}~{n + 1}" if n else one for one, n in zip(ids, repeats, strict=True)], dtype=object)


def _not_read(raw: RawTable, file: str) -> list[Problem]:
    """The rows that never became cells, each with the reason."""
    longer = "has more cells than the header has columns; a value that holds the delimiter needs quotes"
    nothing = "holds nothing in any column that is read"
    reasons = [(line, longer) for line in raw.ragged] + [(line, nothing) for line in raw.unread]
    return [Problem(file, line, None, None, reason, rejected=True) for line, reason in reasons]

"""Tables of points for ``marchland assign``: rows of text in, the same rows with answers out.

Every row of the input has its row in the output, in order and with its cells unchanged; what could not be used of it is said in
the column ``reason``. Which unit holds a point is the business of `boundaries.assign`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from boundaries.assign import assign_units
from boundaries.locations import numbered
from geo.dates import FieldOrder, is_ambiguous, order_of
from geo.errors import InputError
from geo.read.cells import Array, Cells, first_day, last_day
from geo.read.delimited import MAX_CELL, delimiter_of
from geo.read.files import decode, read_bytes
from geo.read.sheets import read_sheet
from geo.read.vocabulary import COLUMN_NAMES, column_key
from geo.schema import incident_table

if TYPE_CHECKING:
    from boundaries.catalogue import Catalogue, Day

ANSWERS = ("country", "adm1", "adm2", "adm1_shares", "border_distance_m", "border_distance_error_m", "zones", "reason")
"""The columns that are added, in order."""

USED = ("lon", "lat", "latlon", "radius_m", "start", "end")
AT_ONCE = 200_000
"""So many rows are answered and written at a time."""


@dataclass(frozen=True, slots=True)
class Points:
    """A table of points as text.

    Attributes
    ----------
    name, header
        Of the file, without folders; its columns as written.
    cells
        A column of text for each name of the header, by position.
    columns
        Number of the column for each of `USED` that the table has.
    faults
        What is wrong with the shape of rows, by position of the row.
    order
        Which of day and month comes first in dates like 05/12/2021.
    notes
        What was noticed and decided while reading, in sentences.
    """

    name: str
    header: tuple[str, ...]
    cells: pd.DataFrame
    columns: dict[str, int]
    faults: dict[int, str]
    order: FieldOrder
    notes: tuple[str, ...]


def read_points(path: str, *, date_order: FieldOrder | None = None) -> Points:
    """Read a delimited text (``-``: from standard input) or XLSX file; lines with nothing on them are no rows.

    Raises
    ------
    InputError
        Missing, empty or unreadable file, or no columns with coordinates.
    """
    header, cells, faults, notes = _rows_of(path)
    columns = _columns_of(header, path=path)
    days = [text for name in ("start", "end") if name in columns for text in cells[columns[name]].str.strip().unique()]
    told, unclear = order_of(days)[0], next((text for text in days if is_ambiguous(text)), None)
    order = date_order or told or "day_first"
    if unclear and not date_order:
        notes += (f"dates like {unclear} are read {order.replace('_', ' ')} (--date-order says otherwise)",)
    name = "stdin" if path == "-" else PurePath(path).name
    return Points(name, header, cells, columns, faults, order, notes)


def _rows_of(path: str) -> tuple[tuple[str, ...], pd.DataFrame, dict[int, str], tuple[str, ...]]:
    content = read_bytes(path)
    if PurePath(path).suffix.lower() == ".xlsx":
        raw = read_sheet(content, path=path)
        return raw.header, raw.cells.set_axis(range(len(raw.header)), axis=1), {}, raw.notes
    text, _, notes = decode(content, path=path)
    delimiter = delimiter_of(text)
    try:
        frame = pd.read_csv(io.StringIO(text), sep=delimiter, header=None, dtype=str, keep_default_na=False, na_filter=False)
        faults: dict[int, str] = {}
    except pd.errors.ParserError:
        frame, faults = _row_by_row(text, delimiter, path=path)
    header = tuple(str(name).strip() for name in frame.iloc[0])
    cells = frame.iloc[1:].fillna("").reset_index(drop=True)
    if not len(cells):
        raise InputError(f"{path}: has a header but no rows", path=path)
    return header, cells, faults, notes


def _row_by_row(text: str, delimiter: str, *, path: str) -> tuple[pd.DataFrame, dict[int, str]]:
    """The same where some rows are longer than the header; what is too much of them goes into the fault."""
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = [row for row in reader if row]
    except csv.Error as error:
        raise InputError(f"{path} line {reader.line_num}: cannot be read as a table ({error})", path=path) from error
    width = len(rows[0])
    beyond = {n - 1: [cell for cell in row[width:] if cell.strip()] for n, row in enumerate(rows) if len(row) > width}
    faults = {
        n: f"the row has more cells than the header; left out: {', '.join(map(repr, cells))}; a value that holds the delimiter needs quotes"
        for n, cells in beyond.items()
        if cells
    }
    return pd.DataFrame([row[:width] + [""] * (width - len(row)) for row in rows], dtype=str), faults


def _columns_of(header: Sequence[str], *, path: str) -> dict[str, int]:
    keys = {column_key(name): number for number, name in reversed(list(enumerate(header)))}
    found = {meaning: next((keys[name] for name in COLUMN_NAMES[meaning] if name in keys), None) for meaning in USED}
    columns = {meaning: number for meaning, number in found.items() if number is not None}
    if not {"lon", "lat"} <= set(columns) and "latlon" not in columns:
        shown = ", ".join(name or "(no name)" for name in header[:12]) + (" …" if len(header) > 12 else "")
        raise InputError(f"{path}: no columns with coordinates (columns: {shown}); a table of points needs 'lon' and 'lat'", path=path)
    return columns


def write_answers(points: Points, out: IO[str], catalogue: Catalogue, *, as_of: Day | None = None) -> int:
    """Write the rows with their answers as CSV, and return how many have coordinates.

    Parameters
    ----------
    points
        As read.
    out
        A text stream that leaves line ends as they are.
    catalogue, as_of
        As in `boundaries.assign.assign_units`.
    """
    csv.writer(out, lineterminator="\n").writerow([*points.header, *ANSWERS])
    located = 0
    for start, answered in _answered(points, catalogue, as_of):
        located += int(answered.pop("located").sum())
        rows = points.cells.iloc[start : start + AT_ONCE].reset_index(drop=True)
        pd.concat([rows, answered], axis=1).to_csv(out, header=False, index=False, lineterminator="\n")
    return located


def _answered(points: Points, catalogue: Catalogue, as_of: Day | None) -> Iterator[tuple[int, pd.DataFrame]]:
    """Number of the first row and the answers as text, part by part."""
    for start in range(0, len(points.cells), AT_ONCE):
        part = points.cells.iloc[start : start + AT_ONCE].reset_index(drop=True)
        texts = {meaning: part[number] for meaning, number in points.columns.items()}
        cells = Cells(texts, file=points.name, lines=np.arange(start, start + len(part)))
        lonlat, days = _coordinates(cells), _days(cells, points.order)
        radius = cells.number("radius_m", low=0)
        table = incident_table({"start": days[0], "end": days[1], "radius_m": radius}, geometry=_geometry(lonlat))
        filled = assign_units(table, catalogue, as_of=as_of)
        undated = np.isnat(days[0]) if as_of is None else np.zeros(len(part), dtype=bool)
        reasons = _reasons(cells, lonlat, undated, filled.geocode_reason.to_numpy(dtype=object), points)
        yield start, _as_text(filled, reasons).assign(located=~np.isnan(lonlat[:, 0]))


def _coordinates(cells: Cells) -> Array:
    """Longitude and latitude of each row, ``NaN`` where there are none that can be used."""
    lonlat: Array = np.column_stack([cells.number("lon"), cells.number("lat")])
    pairs = cells.pair("latlon")
    lonlat = np.where(np.isnan(lonlat).any(axis=1, keepdims=True), pairs[:, ::-1], lonlat)
    far_lon, far_lat = np.abs(lonlat[:, 0]) > 180, np.abs(lonlat[:, 1]) > 90
    null = (lonlat == 0).all(axis=1)
    for rows, name in ((far_lon, "lon"), (far_lat, "lat")):
        cells.report(rows, name, "is outside the world in degrees")
    cells.report(null, "lat", "0, 0 marks unknown coordinates; they were not used")
    lonlat[far_lon | far_lat | null | np.isnan(lonlat).any(axis=1)] = np.nan
    return lonlat


def _geometry(lonlat: Array) -> Array:
    points = np.full(len(lonlat), None, dtype=object)
    known = ~np.isnan(lonlat[:, 0])
    points[known] = shapely.points(lonlat[known])
    return points


def _days(cells: Cells, order: FieldOrder) -> tuple[Array, Array]:
    """First and last day of each row, one taken for the other where it is missing; ``NaT`` where unknown."""
    spans = [cells.dates(name, order=order) for name in ("start", "end")]
    start, end = (np.array(days, dtype="datetime64[s]") for days in (first_day(spans[0]), last_day(spans[1])))
    start_end, end_start = (np.array(days, dtype="datetime64[s]") for days in (last_day(spans[0]), first_day(spans[1])))
    start, end = np.where(np.isnat(start), end_start, start), np.where(np.isnat(end), start_end, end)
    reversed_rows = end < start
    cells.report(reversed_rows, "end", "is before the start; neither was used")
    return np.where(reversed_rows, np.datetime64("NaT"), start), np.where(reversed_rows, np.datetime64("NaT"), end)


def _reasons(cells: Cells, lonlat: Array, undated: Array, reasons: Array, points: Points) -> Array:
    """What each answer rests on or fails on, as text."""
    lost = np.isnan(lonlat[:, 0])
    texts: Array = np.where(pd.isna(reasons), "", reasons).astype(object)
    texts[~lost & undated] += "; no date, so units of all days and no zones"
    texts[:] = [text.removeprefix("; ") for text in texts]
    told: dict[int, list[str]] = {int(row): ["no usable coordinates"] for row in np.flatnonzero(lost)}
    first = int(cells.lines[0])
    for problem in cells.problems:
        name = points.header[points.columns[problem.column or ""]]
        told.setdefault((problem.row or 0) - first, []).append(f"{name} {problem.value!r} {problem.reason}")
    for row, fault in points.faults.items():
        if first <= row < first + len(texts):
            told.setdefault(row - first, []).append(fault)
    for row, said in told.items():
        texts[row] = "; ".join([*said, *filter(None, [texts[row]])])
    return texts


def _as_text(filled: pd.DataFrame, reasons: Array) -> pd.DataFrame:
    """The answers as the cells of a CSV file: lists as JSON, metres whole, nothing where nothing is known."""
    table: dict[str, Any] = {name: filled[name] for name in ("country", "adm1", "adm2")}
    for name in ("adm1_shares", "zones"):
        table[name] = _as_json(filled[name].to_numpy(dtype=object))
    for name in ("border_distance_m", "border_distance_error_m"):
        table[name] = filled[name].astype("Int64")
    return pd.DataFrame(table | {"reason": reasons})[list(ANSWERS)]


def _as_json(values: Array) -> Array:
    # rows with one answer hold the same object, so each is written once
    kinds, first = numbered(np.fromiter(map(id, values), dtype=np.int64, count=len(values)))
    texts = np.array([json.dumps(values[row], ensure_ascii=False) for row in first], dtype=object)
    written: Array = texts[kinds]
    return written

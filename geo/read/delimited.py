"""Delimited text (CSV, TSV and their kin) as columns of text, with the line on which each row starts.

Only the columns that are wanted are made; files are read in one pass by columns, and row by row only where rows differ in length.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from geo.errors import InputError
from geo.read.files import RawTable, Wanted, decode, raw_table

DELIMITERS = ",;\t|"
MAX_CELL = 10_000_000
MAX_LINE = 20_000_000
"""Bytes: no report has a longer line, and one without end would fill the memory."""

HEAD = 1_000_000
"""Bytes of the head in which the delimiter and the header are looked for."""

Array = np.ndarray[Any, Any]


def read_delimited(content: bytes, *, path: str, wanted: Wanted | None = None) -> RawTable:
    """A table of delimited text.

    Parameters
    ----------
    content, path
        The file.
    wanted
        Which columns are made; ``None``: all.

    Raises
    ------
    InputError
        No text, no table, no row below the header, a line without end.
    """
    _refuse_endless_line(content, path)
    text, encoding, notes = decode(content, path=path)
    delimiter = delimiter_of(text)
    header = _header(text, delimiter, path)
    chosen = sorted(set(wanted(header))) if wanted else list(range(len(header)))
    data = content if encoding == "utf-8" and not content.startswith(b"\xef\xbb\xbf") else text.encode()
    rows = _by_columns(data, delimiter, chosen) or _row_by_row(text, delimiter, chosen, len(header), path)
    cells, lines, ragged, unread = rows
    return raw_table(header, cells, lines, path=path, encoding=encoding, notes=notes, ragged=ragged, unread=unread)


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the head of a table into most columns, equally in most of its rows."""
    head = "\n".join(text[:100_000].splitlines()[:50])

    def regularity(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(head), delimiter=delimiter) if row]
        except csv.Error:
            return 0, 0
        width = widths[0] if widths else 0
        return (widths.count(width) if width > 1 else 0, width)

    return max(DELIMITERS, key=regularity)


def _header(text: str, delimiter: str, path: str) -> tuple[str, ...]:
    """The first row that holds anything."""
    csv.field_size_limit(MAX_CELL)
    rows = csv.reader(io.StringIO(text[:HEAD]), delimiter=delimiter)
    try:
        row = next((row for row in rows if any(cell.strip() for cell in row)), None)
    except csv.Error as error:
        raise InputError(f"{path} line {rows.line_num}: cannot be read as a table ({error})", path=path) from error
    if row is None:
        raise InputError(f"{path}: is empty", path=path)
    return tuple(cell.strip() for cell in row)


Rows = tuple[pd.DataFrame, Array, Sequence[int], Sequence[int]]
"""Cells by position, line of each row, lines that are longer than the header, lines that hold nothing that is wanted."""


def _by_columns(data: bytes, delimiter: str, chosen: list[int]) -> Rows | None:
    """All rows at once; ``None`` when not every row has as many cells as the first, or lines can't be told."""
    starts, ends, lines = _records(data)
    names = [f"f{index}" for index in chosen]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            read_options=arrow_csv.ReadOptions(autogenerate_column_names=True, block_size=max(1 << 24, MAX_CELL)),
            parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                include_columns=names, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        return None
    if table.num_rows != len(lines):
        return None
    # from the row below the header on; a table that wants no column at all has still its rows
    frame = pd.DataFrame({index: table.column(name).to_pandas().astype(str) for index, name in zip(chosen, names, strict=True)})
    frame = frame.reindex(range(len(lines)))
    filled = np.zeros(len(lines), dtype=bool)
    for index in chosen:
        filled |= (frame[index] != "").to_numpy()
    blank = delimiter.encode() + b' \t\r\n"'
    empty = np.array([not data[starts[row] : ends[row]].strip(blank) for row in np.flatnonzero(~filled)], dtype=bool)
    nothing = np.zeros(len(lines), dtype=bool)
    nothing[np.flatnonzero(~filled)[empty]] = True
    first = int(np.argmin(nothing))
    below = np.arange(len(lines)) > first
    unread = lines[below & ~filled & ~nothing]
    keep = below & filled
    if keep[first + 1 :].all():
        return frame.iloc[first + 1 :].reset_index(drop=True), lines[first + 1 :], (), ()
    return frame[keep].reset_index(drop=True), lines[keep], (), tuple(int(line) for line in unread)


def _records(data: bytes) -> tuple[Array, Array, Array]:
    """Start and end (bytes) and first line of each record that is not blank; line breaks between quotes end none."""
    held = np.frombuffer(data, dtype=np.uint8)
    breaks = np.flatnonzero(held == ord("\n"))
    quotes = np.flatnonzero(held == ord('"'))
    outside = np.searchsorted(quotes, breaks) % 2 == 0
    starts = np.concatenate([[0], breaks[outside] + 1])
    ends = np.concatenate([breaks[outside], [len(data)]])
    # a carriage return alone is a blank record too
    blank = (ends - starts == 0) | ((ends - starts == 1) & (held[np.minimum(starts, len(data) - 1)] == ord("\r")))
    starts, ends = starts[~blank], ends[~blank]
    return starts, ends, 1 + np.searchsorted(breaks, starts)


def _row_by_row(text: str, delimiter: str, chosen: list[int], width: int, path: str) -> Rows:
    """The same for rows of different length: shorter ones are filled up, longer ones named."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    try:
        line = 1
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{path} line {reader.line_num}: cannot be read as a table ({error})", path=path) from error
    body = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)][1:]
    ragged = [line for line, cells in body if any(cell.strip() for cell in cells[width:])]
    whole = [(line, cells) for line, cells in body if not any(cell.strip() for cell in cells[width:])]
    unread = [line for line, cells in whole if not any(cells[index].strip() for index in chosen if index < len(cells))]
    used = [(line, cells) for line, cells in whole if line not in set(unread)]
    frame = pd.DataFrame({index: [cells[index] if index < len(cells) else "" for _, cells in used] for index in chosen}, dtype=str)
    return frame, np.array([line for line, _ in used], dtype=int), ragged, unread


def _refuse_endless_line(content: bytes, path: str) -> None:
    if len(content) <= MAX_LINE:
        return
    ends = np.flatnonzero(np.frombuffer(content, dtype=np.uint8) == ord("\n"))
    lengths = np.diff(np.concatenate([[-1], ends, [len(content)]]))
    if lengths.max() > MAX_LINE:
        line = int(lengths.argmax()) + 1
        raise InputError(f"{path} line {line}: is longer than {MAX_LINE:,} bytes and was not read", path=path)

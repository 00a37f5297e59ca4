"""Files as columns of text: encodings, delimiters, sheets, line numbers.

What the columns mean is left to the reader of each kind.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import pandas as pd

from geo.errors import InputError
from geo.read.archives import check_archive
from geo.read.vocabulary import KNOWN_KEYS, column_key

DELIMITERS = ",;\t|"
MAX_CELL = 10_000_000
MAX_LINE = 20_000_000
"""Bytes: no report has a longer line, and one without end would fill the memory."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as text.

    Attributes
    ----------
    header
        Column names as written.
    cells
        One column of text for each name, by position; rows that hold nothing are left out. An empty cell is ``""``.
    lines
        The line (or sheet row) on which each row starts, from 1.
    ragged
        Lines with more cells than the header, which are not among ``cells``: what belongs where can't be known.
    encoding, notes
        How it was read, and what was noticed.
    """

    header: tuple[str, ...]
    cells: pd.DataFrame
    lines: np.ndarray[Any, Any]
    ragged: tuple[int, ...]
    encoding: str | None
    notes: tuple[str, ...] = ()


def read_bytes(path: str) -> bytes:
    """All bytes of a file; ``-`` is standard input.

    Raises
    ------
    InputError
        The file is missing, a folder, unreadable or empty.
    """
    try:
        content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file", path=path) from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: is a folder; name the files in it", path=path) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})", path=path) from error
    except ValueError as error:
        raise InputError(f"{path!r}: is no path of a file", path=path) from error
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise InputError(f"{path}: is empty", path=path)
    return content


def sha256_of(content: bytes) -> str:
    """Hex digest under which a file is named in provenance records."""
    return hashlib.sha256(content).hexdigest()


def decode(content: bytes, *, path: str) -> tuple[str, str, tuple[str, ...]]:
    """The text of a file, the encoding it was read in, and what is to be said about that.

    UTF-8 and UTF-16 are certain; otherwise the Windows code page for Cyrillic, Western or Turkic letters whose words look
    most like a language.

    Raises
    ------
    InputError
        None of these fits.
    """
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16"), "utf-16", ()
        return content.decode("utf-8-sig"), "utf-8", ()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        guessed = _legacy_encoding(content)
        if guessed is None:
            message = f"{path} line {line}: is no text in UTF-8, UTF-16 or a Windows code page; save the file as UTF-8"
            raise InputError(message, path=path) from error
    note = f"line {line} is not UTF-8; read as {guessed}, whose letters make the likeliest words (save as UTF-8 to be sure)"
    return content.decode(guessed), guessed, (note,)


def _legacy_encoding(content: bytes) -> str | None:
    from charset_normalizer import from_bytes

    telling = b"\n".join(line for line in content.splitlines() if not line.isascii())[:100_000]
    best = from_bytes(telling, cp_isolation=["cp1251", "cp1252", "cp1254"]).best()
    if best is None:
        return None
    # the two differ in six letters, which in the western page only Icelandic has
    turkic = best.encoding == "cp1252" and re.search("[\xd0\xdd\xde\xf0\xfd\xfe]", telling.decode("cp1252", "replace"))
    encoding = "cp1254" if turkic else best.encoding
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return encoding


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the head of a table into most columns, equally in most of its rows."""
    head = "\n".join(text[:100_000].splitlines()[:50])

    def regularity(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(io.StringIO(head), delimiter=delimiter) if row]
        width = widths[0] if widths else 0
        return (widths.count(width) if width > 1 else 0, width)

    return max(DELIMITERS, key=regularity)


def read_raw_table(content: bytes, *, path: str) -> RawTable:
    """The cells of a CSV, TSV or XLSX file (the suffix tells which; delimited text is the default).

    Raises
    ------
    InputError
        No text or workbook, or no row below the header.
    """
    raw = _read_sheet(content, path=path) if PurePath(path).suffix.lower() == ".xlsx" else _read_delimited(content, path=path)
    if not len(raw.cells) and not raw.ragged:
        raise InputError(f"{path}: has a header but no rows", path=path)
    return raw


def _refuse_endless_line(content: bytes, path: str) -> None:
    if len(content) <= MAX_LINE:
        return
    ends = np.flatnonzero(np.frombuffer(content, dtype=np.uint8) == ord("\n"))
    lengths = np.diff(np.concatenate([[-1], ends, [len(content)]]))
    if lengths.max() > MAX_LINE:
        line = int(lengths.argmax()) + 1
        raise InputError(f"{path} line {line}: is longer than {MAX_LINE:,} bytes and was not read", path=path)


def _read_delimited(content: bytes, *, path: str) -> RawTable:
    _refuse_endless_line(content, path)
    text, encoding, notes = decode(content, path=path)
    delimiter = delimiter_of(text)
    try:
        frame = pd.read_csv(
            io.StringIO(text), sep=delimiter, header=None, dtype=str, keep_default_na=False, na_filter=False, skip_blank_lines=False
        )
        # a cell that holds line breaks moves all rows below it down
        breaks = sum((frame[name].str.count("\n") for name in frame), start=pd.Series(0, index=frame.index))
        lines = 1 + np.arange(len(frame)) + np.concatenate([[0], np.cumsum(breaks.to_numpy())[:-1]]).astype(int)
        return _table(frame, lines, (), path=path, encoding=encoding, notes=notes)
    except pd.errors.ParserError:
        # a row that is longer than the first one stops pandas; row by row it is found and named
        return _read_row_by_row(text, delimiter, path=path, encoding=encoding, notes=notes)


def _read_row_by_row(text: str, delimiter: str, *, path: str, encoding: str, notes: tuple[str, ...]) -> RawTable:
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        line = 1
        for cells in reader:
            rows.append(cells)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{path} line {reader.line_num}: cannot be read as a table ({error})", path=path) from error
    width = len(next((row for row in rows if any(cell.strip() for cell in row)), []))
    whole = [n for n, row in enumerate(rows) if not any(cell.strip() for cell in row[width:])]
    ragged = tuple(lines[n] for n in sorted(set(range(len(rows))) - set(whole)))
    frame = pd.DataFrame([rows[n][:width] + [""] * (width - len(rows[n])) for n in whole], dtype=str)
    return _table(frame, np.array(lines)[whole], ragged, path=path, encoding=encoding, notes=notes)


def _read_sheet(content: bytes, *, path: str) -> RawTable:
    """The sheet of a workbook that holds incidents; the others are named in the notes."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    check_archive(content, path=path)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise InputError(f"{path}: is not an XLSX workbook that can be opened", path=path) from error
    sheet = _sheet_of_incidents(book)
    frame = pd.DataFrame([[_cell_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)], dtype=str).fillna("")
    others = ", ".join(repr(s.title) for s in book.worksheets if s.title != sheet.title)
    notes = (f"read the sheet {sheet.title!r}; left aside: {others}",) if others else ()
    return _table(frame, 1 + np.arange(len(frame)), (), path=path, encoding=None, notes=notes)


def _sheet_of_incidents(book: Any) -> Any:
    """The first sheet whose first row names columns that are known; the first one when none does."""

    def known_names(sheet: Any) -> int:
        header = next(sheet.iter_rows(max_row=1, values_only=True), ())
        return sum(column_key(str(cell)) in KNOWN_KEYS for cell in header if cell is not None)

    return next((sheet for sheet in book.worksheets if known_names(sheet) >= 2), book.worksheets[0])


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(value)


def _table(
    frame: pd.DataFrame, lines: np.ndarray[Any, Any], ragged: Sequence[int], *, path: str, encoding: str | None, notes: tuple[str, ...] = ()
) -> RawTable:
    """Take the first row that holds anything as the header, and leave out the rows that hold nothing."""
    filled = np.zeros(len(frame), dtype=bool)
    for name in frame:
        filled |= (frame[name].str.strip() != "").to_numpy()
    if not filled.any():
        raise InputError(f"{path}: is empty", path=path)
    first = int(np.argmax(filled))
    header = tuple(str(cell).strip() for cell in frame.iloc[first])
    filled[first] = False
    second = int(np.argmax(filled))
    if filled.any() and _holds_hxl_tags(frame.iloc[second]):
        filled[second] = False
        notes = (*notes, f"line {lines[second]} holds HXL tags and is no incident")
    return RawTable(header, frame[filled].reset_index(drop=True), lines[filled], tuple(ragged), encoding, notes)


def _holds_hxl_tags(row: pd.Series) -> bool:
    tags = [str(cell).strip() for cell in row if str(cell).strip()]
    return all(re.match(r"#[a-z]", tag) for tag in tags)

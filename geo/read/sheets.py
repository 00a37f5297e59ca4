"""Workbooks (XLSX) as columns of text."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import numpy as np
import pandas as pd

from geo.errors import InputError
from geo.read.archives import check_archive
from geo.read.files import RawTable, Wanted, cell_text, raw_table
from geo.read.vocabulary import KNOWN_KEYS, column_key


def read_sheet(content: bytes, *, path: str, wanted: Wanted | None = None) -> RawTable:
    """The sheet of a workbook that holds incidents; the others are named in the notes.

    Raises
    ------
    InputError
        It is no workbook, would unfold without bound, or has no row below the header.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    check_archive(content, path=path)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise InputError(f"{path}: is not an XLSX workbook that can be opened", path=path) from error
    sheet = _sheet_of_incidents(book)
    rows = [(line, [cell_text(cell) for cell in row]) for line, row in enumerate(sheet.iter_rows(values_only=True), 1)]
    filled = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise InputError(f"{path}: is empty", path=path)
    header = tuple(cell.strip() for cell in filled[0][1])
    chosen = sorted(set(wanted(header))) if wanted else range(len(header))
    frame = pd.DataFrame({index: [cells[index] if index < len(cells) else "" for _, cells in filled[1:]] for index in chosen}, dtype=str)
    others = ", ".join(repr(s.title) for s in book.worksheets if s.title != sheet.title)
    notes = [f"read the sheet {sheet.title!r}; left aside: {others}"] if others else []
    lines = np.array([line for line, _ in filled[1:]], dtype=int)
    return raw_table(header, frame, lines, path=path, encoding=None, notes=notes)


def _sheet_of_incidents(book: Any) -> Any:
    """The first sheet whose first row names columns that are known; the first one when none does."""

    def known_names(sheet: Any) -> int:
        header = next(sheet.iter_rows(max_row=1, values_only=True), ())
        return sum(column_key(str(cell)) in KNOWN_KEYS for cell in header if cell is not None)

    return next((sheet for sheet in book.worksheets if known_names(sheet) >= 2), book.worksheets[0])

"""Small tables as text, for gazetteers, decisions and wordings; incidents are read by `geo.read.table`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from geo.errors import InputError


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table as text.

    Attributes
    ----------
    header
        Column names as written.
    lines, rows
        The line on which each row starts, from 1, and its cells without spaces around them.
    """

    header: tuple[str, ...]
    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]

    def __iter__(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        return iter(zip(self.lines, self.rows, strict=True))


def read_text_table(path: str) -> TextTable:
    """All cells of a CSV, TSV or XLSX file; ``-`` is standard input.

    Raises
    ------
    InputError
        The file can't be read, holds no table, or a row has more cells than the header.
    """
    # imported here: tables bring pandas, which a single wording should not wait for
    from geo.read.delimited import read_delimited
    from geo.read.files import read_bytes
    from geo.read.sheets import read_sheet

    content = read_bytes(path)
    raw = (read_sheet if PurePath(path).suffix.lower() == ".xlsx" else read_delimited)(content, path=path)
    if raw.ragged:
        lines = ", ".join(map(str, raw.ragged[:5]))
        raise InputError(f"{path} line {lines}: more cells than the header; put quotes around values that hold the delimiter", path=path)
    rows = tuple(tuple(str(cell).strip() for cell in row) for row in raw.cells.itertuples(index=False, name=None))
    return TextTable(tuple(raw.header), tuple(int(line) for line in raw.lines), rows)

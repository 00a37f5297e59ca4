"""Files from outside: their bytes, their encoding, and the table of text that a reader starts from.

How delimited text and workbooks become such a table is left to `geo.read.delimited` and `geo.read.sheets`; what the columns mean to
the reader of each kind.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geo.errors import InputError

Wanted = Callable[[tuple[str, ...]], Iterable[int]]
"""Which columns of a header, by position, are to be read."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as text.

    Attributes
    ----------
    header
        Column names as written.
    cells
        One column of text for each column that is wanted, by position; rows that hold nothing are left out. An empty cell is ``""``.
    lines
        The line (or sheet row) on which each row starts, from 1.
    ragged
        Lines with more cells than the header, which are not among ``cells``: what belongs where can't be known.
    unread
        Lines that hold something, but nothing in a column that is wanted; not among ``cells`` either.
    encoding, notes
        How it was read, and what was noticed.
    """

    header: tuple[str, ...]
    cells: pd.DataFrame
    lines: np.ndarray[Any, Any]
    ragged: tuple[int, ...]
    encoding: str | None
    notes: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()


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


def cell_text(value: object) -> str:
    """A typed value as a cell of text: whole numbers without decimals, a time of midnight as its day, ``None`` as nothing."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(value)


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


def raw_table(
    header: tuple[str, ...],
    cells: pd.DataFrame,
    lines: np.ndarray[Any, Any],
    *,
    path: str,
    encoding: str | None,
    notes: Sequence[str] = (),
    ragged: Sequence[int] = (),
    unread: Sequence[int] = (),
) -> RawTable:
    """A table without the row of HXL tags that may stand below its header.

    Raises
    ------
    InputError
        No row is left.
    """
    if len(cells) and _holds_hxl_tags(cells.iloc[0]):
        notes = (*notes, f"line {lines[0]} holds HXL tags and is no incident")
        cells, lines = cells.iloc[1:].reset_index(drop=True), lines[1:]
    if not len(cells) and not ragged and not unread:
        raise InputError(f"{path}: has a header but no rows", path=path)
    return RawTable(header, cells, lines, tuple(ragged), encoding, tuple(notes), tuple(unread))


def _holds_hxl_tags(row: pd.Series) -> bool:
    tags = [str(cell).strip() for cell in row if str(cell).strip()]
    return bool(tags) and all(re.match(r"#[a-z]", tag) for tag in tags)

"""Columns of text as columns of values, with what is wrong with them.

Works on whole columns: each distinct text is looked at once. Which column means what is decided by the reader of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from geo.dates import DateSpan, FieldOrder, parse_date
from geo.schema import Problem

Value = TypeVar("Value")
Array = np.ndarray[Any, Any]

COUNT_WORDS: dict[str, tuple[float, float]] = {
    "none": (0, 0), "nobody": (0, 0), "a dozen": (12, 12), "dozen": (12, 12), "several": (3, np.nan), "a few": (3, np.nan),
    "few": (3, np.nan), "many": (3, np.nan), "dozens": (24, np.nan), "scores": (40, np.nan), "hundreds": (200, np.nan),
}  # fmt: skip
"""Counts in words: lower and upper bound, the upper one open."""

UNKNOWN_WORDS = frozenset({"unknown", "n/a", "na", "?", "-", "–", "not reported", "unclear", "unconfirmed", "none stated"})
"""Words that say that nothing is known, which is no mistake of the table."""

_GROUPED = re.compile(r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+")
_COUNT = re.compile(r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+|\d+(?:\.\d+)?")


class Cells:
    """The recognised columns of one table.

    Attributes
    ----------
    file, lines
        Name of the file, and the line on which each row starts.
    problems
        What was found wrong so far.
    rejected
        Which rows can't become incidents because of it.
    """

    def __init__(self, columns: dict[str, pd.Series], *, file: str, lines: Array) -> None:
        self._columns = {name: column.str.strip() for name, column in columns.items()}
        self.file, self.lines = file, lines
        self.problems: list[Problem] = []
        self.rejected = np.zeros(len(lines), dtype=bool)

    def __len__(self) -> int:
        return len(self.lines)

    def has(self, name: str) -> bool:
        """Whether the table has such a column."""
        return name in self._columns

    def text(self, name: str) -> pd.Series:
        """The column as text, ``""`` where a cell is empty or the table has no such column."""
        column = self._columns.get(name)
        return pd.Series("", index=range(len(self)), dtype=str) if column is None else column

    def given(self, name: str) -> Array:
        """The column as text, ``None`` where there is nothing."""
        column: Array = self.text(name).to_numpy(dtype=object, copy=True)
        column[column == ""] = None
        return column

    def report(self, rows: Array, name: str, reason: str, *, rejected: bool = False) -> None:
        """Note a problem with one column in the rows of a mask."""
        self.rejected |= rows & rejected
        for row in np.flatnonzero(rows):
            self.problems.append(Problem(self.file, int(self.lines[row]), name, str(self.text(name).iloc[row]), reason, rejected))

    def each(self, names: Sequence[str], convert: Callable[..., Value]) -> Array:
        """``convert(text of name1, text of name2, …)`` for each row, worked out once for each distinct combination."""
        codes, firsts = self._distinct(names)
        texts = [self.text(name).iloc[firsts].tolist() for name in names]
        values = np.empty(len(firsts), dtype=object)
        for number, of_row in enumerate(zip(*texts, strict=True)):
            # one by one: numpy would take tuples of one length for rows of a matrix
            values[number] = convert(*of_row)
        taken: Array = values[codes]
        return taken

    def _distinct(self, names: Sequence[str]) -> tuple[Array, Array]:
        """Number of each row's combination of texts, and the first row of each combination."""
        key = self.text(names[0])
        for name in names[1:]:
            key = key + "\x1f" + self.text(name)
        codes, uniques = pd.factorize(key)
        firsts = np.zeros(len(uniques), dtype=int)
        firsts[codes[::-1]] = np.arange(len(codes))[::-1]
        return codes, firsts

    def number(self, name: str, *, low: float = -np.inf) -> Array:
        """The column as numbers (decimal point or comma); what is none, or below ``low``, is reported and becomes ``NaN``."""
        if not self.has(name):
            return np.full(len(self), np.nan)
        text = self.text(name)
        values = pd.to_numeric(text.str.replace(",", "."), errors="coerce").to_numpy(float, copy=True)
        angles = np.isnan(values) & text.str.contains("[°º]").to_numpy()
        if angles.any():
            values[angles] = self.each([name], _degrees_of)[angles].astype(float)
        return self._usable(name, values, low)

    def pair(self, name: str) -> Array:
        """The column as two numbers in one cell ("39.5, 46.3"), a row each; what is none is reported and becomes ``NaN``."""
        found: Array = np.full((len(self), 2), np.nan)
        if not self.has(name):
            return found
        pairs = self.each([name], _pair_of)
        bad = self._said(name) & pd.isna(pairs)
        self.report(bad, name, "is not a pair of numbers like 39.51, 46.34; it was left out")
        known = ~pd.isna(pairs)
        found[known] = np.array(list(pairs[known]), dtype=float).reshape(-1, 2)
        return found

    def count(self, name: str) -> Array:
        """The column as counts (``1,000`` is a thousand); what is none or negative is reported and becomes ``NaN``."""
        if not self.has(name):
            return np.full(len(self), np.nan)
        return self._usable(name, self.each([name], _count_of).astype(float), 0)

    def _said(self, name: str) -> Array:
        """Where the column says something other than that nothing is known."""
        text = self.text(name)
        return ((text != "") & ~text.str.lower().isin(UNKNOWN_WORDS)).to_numpy()

    def _usable(self, name: str, values: Array, low: float) -> Array:
        usable = np.isfinite(values) & (values >= low)
        self.report(self._said(name) & ~usable, name, "is not a usable number; it was left out")
        return np.where(usable, values, np.nan)

    def count_range(self, name: str) -> tuple[Array, Array]:
        """Lower and upper bound of a count, from ``name_low`` and ``name_high`` or from one cell like ``5-7``."""
        low, high = self.count(f"{name}_low"), self.count(f"{name}_high")
        if self.has(name):
            single = self.each([name], _range_of)
            self.report(self._said(name) & pd.isna(single), name, "is not a number or a range; it was left out")
            told = np.isnan(low) & np.isnan(high) & ~pd.isna(single)
            low[told], high[told] = np.array(list(single[told]), dtype=float).reshape(-1, 2).T
        with np.errstate(invalid="ignore"):
            exchanged = low > high
        self.report(exchanged, f"{name}_low", f"is above {name}_high; the two were exchanged")
        return np.where(exchanged, high, low), np.where(exchanged, low, high)

    def dates(self, name: str, *, order: FieldOrder) -> Array:
        """The column as `DateSpan`, ``None`` where empty; a row whose date is none is rejected."""
        spans = self.each([name], lambda text: parse_date(text, order=order) if text else None)
        bad = (self.text(name) != "").to_numpy() & pd.isna(spans)
        reason = "is not a date; write it like 2021-05-14 (or 2021-05, 2021 when only that is known)"
        self.report(bad, name, reason, rejected=True)
        return spans


_DMS = re.compile(
    r"""([NSEWСЮВЗ]?)\s*(-?\d{1,3})\s*[°º]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:["″”]|'')\s*)?([NSEWСЮВЗ]?)""",
    re.IGNORECASE,
)


def _degrees_of(text: str) -> float:
    """Degrees, minutes and seconds as decimal degrees; ``NaN`` when the text is none."""
    m = _DMS.fullmatch(text.strip())
    if not m:
        return float("nan")
    minutes, seconds = (float((part or "0").replace(",", ".")) for part in (m[3], m[4]))
    value = abs(int(m[2])) + minutes / 60 + seconds / 3600
    return -value if m[2].startswith("-") or (m[1] or m[5]).upper() in ("S", "W", "Ю", "З") else value


def _pair_of(text: str) -> tuple[float, float] | None:
    m = re.fullmatch(r"[\[(]?\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*[\])]?", text)
    return (float(m[1]), float(m[2])) if m else None


def _count_of(text: str) -> float:
    """A count as a number, ``NaN`` when the text is none; of a word its lower bound."""
    if text.lower() in COUNT_WORDS:
        return COUNT_WORDS[text.lower()][0]
    try:
        return float(re.sub(r"[ ,\u00a0\u202f]", "", text) if _GROUPED.fullmatch(text) else text)
    except ValueError:
        return float("nan")


def _range_of(text: str) -> tuple[float, float] | None:
    if text.lower() in COUNT_WORDS:
        return COUNT_WORDS[text.lower()]
    numbers = [float(re.sub(r"[ ,\u00a0\u202f]", "", number)) for number in _COUNT.findall(text)]
    if not 1 <= len(numbers) <= 2 or text.startswith("-"):
        return None
    return min(numbers), max(numbers)


def first_day(spans: Iterable[DateSpan | None]) -> list[date | None]:
    """Start of each `DateSpan`, ``None`` where there is none."""
    return [span.start if span else None for span in spans]


def last_day(spans: Iterable[DateSpan | None]) -> list[date | None]:
    """End of each `DateSpan`, ``None`` where there is none."""
    return [span.end if span else None for span in spans]

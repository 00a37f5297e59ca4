"""Dates as tables write them.

Turns one cell into a first and a last day with a precision. Dates in running text ("on Friday", "overnight") are the
business of `geo.extract`; which of day and month comes first in ``05/12/2021`` is decided for a whole file by its reader.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from geo.schema import DatePrecision

FieldOrder = Literal["day_first", "month_first"]

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*(?:Z|[+-]\d{2}:?\d{2}))?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-./](\d{{1,2}})[-./](\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"(\d{4})(?:\.0)?")
_DAY_NAME_YEAR = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -]([A-Za-z]{{3,9}})\.?,?[ -](\d{{4}}|\d{{2}}){_TIME}")
_NAME_DAY_YEAR = re.compile(rf"([A-Za-z]{{3,9}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_TIME}")
_NUMBERS = re.compile(rf"(\d{{1,2}})([./-])(\d{{1,2}})\2(\d{{4}}){_TIME}")


_ISO_PART = r"\d{4}(?:-\d{2}(?:-\d{2})?)?[~?%]?"
_INTERVAL = re.compile(rf"(?P<first>{_ISO_PART})/(?P<last>{_ISO_PART})")
_UNSPECIFIED = re.compile(r"(\d{4}(?:-\d{2})?)(?:-[Xx]{2}){1,2}")
_DOUBT = re.compile(r"[~?%]$")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The days on which something may have happened.

    Attributes
    ----------
    start, end
        First and last day, the last one included.
    precision
        How finely the source tells it: ``day``, ``month`` or ``year`` here; ``range`` when two cells were joined.
    """

    start: date
    end: date
    precision: DatePrecision


def _day(year: int, month: int, day: int) -> DateSpan | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return DateSpan(found, found, "day")


def _interval(first: str, last: str) -> DateSpan | None:
    start, end = parse_date(first), parse_date(last)
    if start is None or end is None or end.end < start.start:
        return None
    return DateSpan(start.start, end.end, "range")


def whole_month(year: int, month: int) -> DateSpan | None:
    """All days of a month; ``None`` when there is no such month."""
    if not 1 <= month <= 12 or year == 0:
        return None
    return DateSpan(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def parse_date(text: str, *, order: FieldOrder = "day_first") -> DateSpan | None:
    """The days that one cell means.

    Understands ``2021-05-14`` (also with ``.`` or ``/``, and with a time after it), ``20210514``, ``14.05.2021``,
    ``14 May 2021``, ``14-May-2021``, ``14-May-21``, ``May 14, 2021``, ``2021-05`` and ``2021``,
    and of EDTF ``2021-05-XX``, ``2021-05~``, ``2021-05-12/2021-05-14``.

    Parameters
    ----------
    text
        The cell.
    order
        Which number of ``05/12/2021`` is the day; a number over 12 in the other place overrides it.

    Returns
    -------
    DateSpan or None
        ``None`` when the text is no date.

    Examples
    --------
    >>> parse_date("2021-05").end
    datetime.date(2021, 5, 31)
    """
    text = " ".join(text.split())
    if m := _INTERVAL.fullmatch(text):
        return _interval(m["first"], m["last"])
    # EDTF marks of doubt; the days meant are the same
    text = _DOUBT.sub("", text)
    if m := _UNSPECIFIED.fullmatch(text):
        return parse_date(m[1])
    if m := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(int(m[1]), int(m[2]), int(m[3]))
    if m := _DAY_NAME_YEAR.fullmatch(text):
        # two digits are a year of this century: no report of a border incident is older
        year = int(m[3]) + (2000 if len(m[3]) == 2 else 0)
        return _day(year, _MONTHS.get(m[2].lower(), 0), int(m[1]))
    if m := _NAME_DAY_YEAR.fullmatch(text):
        return _day(int(m[3]), _MONTHS.get(m[1].lower(), 0), int(m[2]))
    if m := _NUMBERS.fullmatch(text):
        first, second, year = int(m[1]), int(m[3]), int(m[4])
        month_first = second > 12 or (order == "month_first" and first <= 12)
        return _day(year, first, second) if month_first else _day(year, second, first)
    if m := _YEAR_MONTH.fullmatch(text):
        return whole_month(int(m[1]), int(m[2]))
    if (m := _YEAR.fullmatch(text)) and int(m[1]):
        return DateSpan(date(int(m[1]), 1, 1), date(int(m[1]), 12, 31), "year")
    return None


def order_of(texts: list[str]) -> tuple[FieldOrder | None, bool]:
    """Which of day and month comes first in a column, told by its unambiguous cells.

    Returns
    -------
    order
        ``None`` when no cell tells.
    mixed
        Whether cells tell both.
    """
    day_first = month_first = False
    for text in texts:
        if m := _NUMBERS.fullmatch(" ".join(text.split())):
            day_first |= int(m[1]) > 12
            month_first |= int(m[3]) > 12
    if day_first == month_first:
        return None, day_first
    return ("day_first" if day_first else "month_first"), False


def is_ambiguous(text: str) -> bool:
    """Whether day and month of this cell could be exchanged for another date."""
    m = _NUMBERS.fullmatch(" ".join(text.split()))
    return m is not None and int(m[1]) <= 12 and int(m[3]) <= 12 and m[1] != m[3]

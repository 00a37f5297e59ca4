"""Dates in running text, relative to the day of publication.

"On Friday", "overnight", "since Monday", "from May 12 to 13", "a day earlier" become first and last day. Whether a date
belongs to the incident or to the statement about it is told by its neighbours only (`DateRef.basis`); which incident it dates is left
to `geo.extract.incidents`. Dates in table cells are the business of `geo.dates`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from geo.extract.words import any_of, matcher, word_lists
from geo.schema import DatePrecision

Basis = Literal["explicit", "relative", "statement", "future", "history", "reference"]

NEWS_WINDOW_DAYS = 45
"""What lies further back than this is history to a report, not its incident."""

_MONTHS = {m.lower(): n for n, m in enumerate(calendar.month_name) if m} | {
    m.lower(): n for n, m in enumerate(calendar.month_abbr) if m
} | {"sept": 9}  # fmt: skip
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_PART = r"(?:early|late|mid)?(?: in the)? ?(?:morning|afternoon|evening|night|noon|midday)"
_NUMBER = {
    w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1)
} | {
    "a": 1,
    "an": 1,
}
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBER)})"


@dataclass(frozen=True, slots=True)
class DateRef:
    """One date expression.

    Attributes
    ----------
    start, end
        Offsets in the string that was searched, or in the article once shifted.
    first, last
        First and last day, the last one included.
    precision
        ``day``, ``range``, ``week``, ``month`` or ``year``.
    basis
        ``explicit`` or ``relative``; ``statement`` when it dates what was said; ``future`` and ``history`` lie outside the news,
        ``reference`` dates something else that is only mentioned ("the agreement of April 19").
    note
        A mismatch that the author should know of ("Friday, February 19" that is a Saturday); ``None`` otherwise.
    """

    start: int
    end: int
    first: date
    last: date
    precision: DatePrecision
    basis: Basis
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Anchor:
    published: date
    told: tuple[date, date]


_Reading = tuple[date, date, DatePrecision] | None
_Rule = Callable[[re.Match[str], _Anchor], _Reading]


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _latest(month: int, number: int, published: date) -> date | None:
    """The last such day up to publication; the leap day falls back to the last year that had one."""
    years = range(published.year, published.year - 9, -1)
    return next((d for y in years if (d := _day(y, month, number)) and d <= published), None)


def _month_of(word: str) -> int:
    return _MONTHS[word.lower().rstrip(".")]


def _calendar_day(m: re.Match[str], anchor: _Anchor) -> _Reading:
    month, numbers = _month_of(m["month"]), [int(m["day"]), int(m["to"] or m["day"])]
    year = int(m["year"]) if m["year"] else None
    days = [_day(year, month, n) if year else _latest(month, n, anchor.published) for n in numbers]
    if days[0] is None or days[1] is None or days[1] < days[0]:
        return None
    return days[0], days[1], "day" if days[0] == days[1] else "range"


def _numeric_day(m: re.Match[str], anchor: _Anchor) -> _Reading:
    found = _day(int(m["year"]), int(m["m"]), int(m["d"]))
    return (found, found, "day") if found else None


def _whole_month(m: re.Match[str], anchor: _Anchor) -> _Reading:
    month = _month_of(m["month"])
    year = int(m["year"]) if m["year"] else anchor.published.year - (month > anchor.published.month)
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"


def _whole_year(m: re.Match[str], anchor: _Anchor) -> _Reading:
    return date(int(m["year"]), 1, 1), date(int(m["year"]), 12, 31), "year"


def _weekday(m: re.Match[str], anchor: _Anchor) -> _Reading:
    back = (anchor.published.weekday() - _DAYS.index(m["weekday"].lower())) % 7
    if (m["last"] or "").lower() == "last" and back == 0:
        back = 7
    found = anchor.published - timedelta(days=back)
    return found, found, "day"


def _shift(days: int) -> _Rule:
    def read(m: re.Match[str], anchor: _Anchor) -> _Reading:
        found = anchor.published + timedelta(days=days)
        return found, found, "day"

    return read


def _past_night(m: re.Match[str], anchor: _Anchor) -> _Reading:
    return anchor.published - timedelta(days=1), anchor.published, "range"


def _told_shift(m: re.Match[str], anchor: _Anchor) -> _Reading:
    days = _NUMBER.get(m["count"].lower(), 0) or int(m["count"]) if m["count"] else 1
    found = anchor.told[0] - timedelta(days=days)
    return found, found, "day"


def _ago(m: re.Match[str], anchor: _Anchor) -> _Reading:
    days = _NUMBER.get(m["count"].lower(), 0) or int(m["count"])
    found = anchor.published - timedelta(days=days)
    return found, found, "day"


def _same(m: re.Match[str], anchor: _Anchor) -> _Reading:
    return *anchor.told, "day" if anchor.told[0] == anchor.told[1] else "range"


def _told_first(m: re.Match[str], anchor: _Anchor) -> _Reading:
    return anchor.told[0], anchor.told[0], "day"


def _week(back: int) -> _Rule:
    def read(m: re.Match[str], anchor: _Anchor) -> _Reading:
        monday = anchor.published - timedelta(days=anchor.published.weekday() + 7 * back)
        return monday, min(monday + timedelta(days=6), anchor.published) if back == 0 else monday + timedelta(days=6), "week"

    return read


def _week_before(m: re.Match[str], anchor: _Anchor) -> _Reading:
    monday = anchor.told[0] - timedelta(days=anchor.told[0].weekday() + 7)
    return monday, monday + timedelta(days=6), "week"


def _month_back(m: re.Match[str], anchor: _Anchor) -> _Reading:
    first = anchor.published.replace(day=1)
    if m["which"].lower() == "this":
        return first, anchor.published, "month"
    last = first - timedelta(days=1)
    return last.replace(day=1), last, "month"


def _year_back(m: re.Match[str], anchor: _Anchor) -> _Reading:
    year = anchor.published.year - 1
    return date(year, 1, 1), date(year, 12, 31), "year"


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = tuple(
    (re.compile(rf"(?<![\w-]){pattern}(?![\w])", re.IGNORECASE if blind else 0), rule)
    for pattern, rule, blind in (
        (rf"(?:{_WEEKDAY},? )?(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:(?: ?- ?| to |"
rf" and )(?P<to>\d{{1,2}})(?:st|nd|rd|th)?(?! ?(?:km|metres|meters|soldiers|:)))?(?:,? {_YEAR})?", _calendar_day, True),
        (rf"(?:{_WEEKDAY},? )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:(?: ?- ?| to | and )(?P<to>\d{{1,2}})(?:st|"
rf"nd|rd|th)?)?(?: of)? (?P<month>{_MONTH})(?:,? {_YEAR})?", _calendar_day, True),
        (rf"{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)", _numeric_day, True),
        (rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.{_YEAR}", _numeric_day, True),
        (rf"(?:in|of|since|last|late in|early in|until|from|by|during|the) (?:late |early |mid-)?"
         rf"(?P<month>{_MONTH})(?:,? {_YEAR})?", _whole_month, False),
        (rf"(?:(?:late|early|mid) ?-?)?(?P<month>{_MONTH}),? (?:of )?{_YEAR}", _whole_month, False),
        (rf"(?:in|of|since|from|by|until|during|before|after) (?:early |late |mid-)?{_YEAR}", _whole_year, True),
        (r"(?:(?:early|late|earlier|the night of|the morning of|the evening of|(?P<last>last|this|"
rf"next)) )*(?:on )?(?:(?:early|late) )?(?P<weekday>{_WEEKDAY})(?:'s)?(?: {_PART})?", _weekday, True),
        (r"overnight|last night|during the night|in the night|the past night|(?:over |in |during )?the (?:past|"
r"last) (?:day|24 hours|twenty-four hours)|"
r"(?:over |in |during )?the previous (?:24 hours|twenty-four hours)", _past_night, True),
        (r"yesterday", _shift(-1), True),
        (r"today|this (?:morning|afternoon|evening)|tonight", _shift(0), True),
        (rf"(?:{_COUNT} days? (?:earlier|before|previously)|the (?:previous|preceding) (?:day|evening|"
r"night|morning|afternoon)|the (?:day|evening|night) before)", _told_shift, True),
        (rf"{_COUNT} days? ago", _ago, True),
        (r"(?:(?:on |for |over |during |in )?(?:the same|that same|that) (?:day|period|evening|night|"
r"morning|afternoon|hours|time)|at the same time|simultaneously|since then)", _same, True),
        (r"(?:a few |several |just )?hours (?:before|earlier)", _told_first, True),
        (r"last week|(?:over |during )?the (?:past|previous) week", _week(1), True),
        (r"(?:earlier )?this week", _week(0), True),
        (r"a week (?:earlier|before)", _week_before, True),
        (r"(?:earlier )?(?P<which>this|last|the past|the previous) month", _month_back, True),
        (r"last year(?:'s)?|last (?:autumn|summer|winter|spring)|the previous (?:autumn|summer|winter|spring|year)", _year_back, True),
    )
)  # fmt: skip
_SINCE = re.compile(r"\bsince(?: the)?(?: early| late| shortly| before| after| dawn| noon)*\s*$", re.IGNORECASE)
_AND_NIGHT = re.compile(
    r",? (?:and|into|to|through)(?: (?:during |over )?(?:the )?(?:following |next )?(?:night|"
    r"overnight|early hours)| (?:early )?(?:the )?(?:next|following) (?:day|morning))",
    re.IGNORECASE,
)
_TO_WEEKDAY = re.compile(
    rf",? (?:and|into|to|through|until|till)(?: early| late| on| \d{{1,2}}[:.]\d{{2}})* (?P<weekday>{_WEEKDAY})", re.IGNORECASE
)
_CLOCK = r"(\d{1,2})[:.](\d{2})"
_CLOCK_RANGE = re.compile(rf"(?:from|between|starting (?:from|at)) {_CLOCK}(?: hours)? ?(?:to|until|till|and|-) ?{_CLOCK}", re.IGNORECASE)


def _before(section: str, gap: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(word_lists('dates')[section])}{gap}$", re.IGNORECASE)


_AHEAD = _before("future_before", r"(?:\s+(?:be|have|been)\b)?(?:\s+\w+){0,3}\s*")
# "told pupils to stay at home on Wednesday" in a Tuesday's report: the coming one
_TO_DO = re.compile(r"\bto [a-z]+(?: \w+){0,3}\s*$")
_REFERRED = _before("reference_before", r"(?:\s+(?:the|on))*\s*")
_SAID_ON = _before("statement_before", r"(?:,?\s+(?:on|late|early|earlier|this|in))*\s*")


def _basis(text: str, start: int, end: int, ref: DateRef, published: date) -> Basis:
    before, after = text[max(0, start - 45) : start], text[end : end + 20]
    ahead = _AHEAD.search(before) or ((published - ref.first).days >= 5 and ref.precision == "day" and _TO_DO.search(before))
    if ahead or ref.first > published:
        return "future"
    if _REFERRED.search(before):
        return "reference"
    if (published - (ref.first if ref.last == published else ref.last)).days > NEWS_WINDOW_DAYS or ref.precision == "year":
        return "history"
    if _SAID_ON.search(before) or matcher("dates", "statement_after").match(after.lstrip()):
        return "statement"
    return ref.basis


def _widened(text: str, ref: DateRef, anchor: _Anchor) -> DateRef:
    """With "since", "and during the night", "to Wednesday" or a clock range over midnight taken in."""
    one = timedelta(days=1)
    if (_SINCE.search(text[: ref.start]) and not text[: ref.end].endswith("'s")) or text[ref.start : ref.end].lower().startswith("since"):
        return replace(ref, last=anchor.published, precision="range")
    if ref.precision != "day":
        return ref
    if m := _AND_NIGHT.match(text, ref.end):
        return replace(ref, end=m.end(), last=min(ref.last + one, max(anchor.published, ref.last)), precision="range")
    if m := _TO_WEEKDAY.match(text, ref.end):
        days = (_DAYS.index(m["weekday"].lower()) - ref.first.weekday()) % 7
        last = ref.first + days * one
        return replace(ref, end=m.end(), last=last, precision="range") if days > 0 and last <= anchor.published else ref
    clock = _CLOCK_RANGE.search(text, max(0, ref.start - 70), ref.end + 60)
    if clock and (int(clock[1]), int(clock[2])) > (int(clock[3]), int(clock[4])):
        return replace(ref, last=ref.last + one, precision="range")
    return ref


def _mismatch(found: str, first: date) -> str | None:
    named = re.match(_WEEKDAY, found, re.IGNORECASE)
    if named and re.search(r"\d", found) and _DAYS[first.weekday()] != named[0].lower():
        return f"'{found}': {first.isoformat()} is a {_DAYS[first.weekday()].capitalize()}"
    return None


def find_dates(text: str, *, published: date, told: tuple[date, date] | None = None, offset: int = 0) -> tuple[DateRef, ...]:
    """The date expressions of a sentence, in order, none inside another.

    Parameters
    ----------
    text
        Plain text.
    published
        Day that relative expressions count from; a weekday is the latest one up to it.
    told
        First and last day of what was told before, which "a day earlier" counts from; ``None``: the day of publication.
    offset
        Added to all offsets.

    Examples
    --------
    >>> [r.first.isoformat() for r in find_dates("on Friday", published=date(2021, 5, 16))]
    ['2021-05-14']
    """
    anchor, taken, found = _Anchor(published, told or (published, published)), [False] * (len(text) + 1), []
    for pattern, rule in _RULES:
        for m in pattern.finditer(text):
            if any(taken[m.start() : m.end()]) or (reading := rule(m, anchor)) is None:
                continue
            first, last, precision = reading
            ref = DateRef(
                m.start(), m.end(), first, last, precision, "explicit" if re.search(r"\d", m[0]) else "relative", _mismatch(m[0], first)
            )
            ref = _widened(text, ref, anchor)
            taken[m.start() : ref.end] = [True] * (ref.end - m.start())
            basis: Basis = "future" if m[0].lower().startswith("next ") else _basis(text, m.start(), ref.end, ref, published)
            found.append(replace(ref, start=m.start() + offset, end=ref.end + offset, basis=basis))
    return tuple(sorted(found, key=lambda r: r.start))

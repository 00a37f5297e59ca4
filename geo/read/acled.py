"""ACLED exports, old upper-case columns and present ones.

Follows the ACLED Codebook: the order of actors carries no direction; ``fatalities`` is the lowest figure reported and 0 also
where none is stated; dates of precision 2 and 3 are the middle of a week or month; points of precision 2 and 3 stand for a
wider area.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from geo.claims import Claim
from geo.dates import DateSpan, whole_month
from geo.read.cells import Array, Cells, first_day, last_day
from geo.read.codes import named_actors, use_precision
from geo.read.kinds import Columns, Kind
from geo.read.vocabulary import column_key

SUB_EVENT_TYPES = {
    "agreement": "negotiation",
    "abduction_forced_disappearance": "detention",
    "air_drone_strike": "drone_strike",
    "armed_clash": "firefight",
    "arrests": "detention",
    "government_regains_territory": "advance",
    "grenade": "firefight",
    "headquarters_or_base_established": "deployment",
    "non_state_actor_overtakes_territory": "advance",
    "non_violent_transfer_of_territory": "handover",
    "remote_explosive_landmine_ied": "mine_blast",
    "shelling_artillery_missile_attack": "shelling",
}
"""Sub-event type (after `column_key`) to the event type of `geo.schema`; the others are ``other``."""


def _refine(cells: Cells, columns: Columns, lonlat: Array) -> None:
    precisions = cells.each(["time_precision"], str)
    columns["start"], columns["end"], columns["date_precision"] = _widened(columns["start"], precisions)
    columns["event_text"] = cells.each(["sub_event_type", "event_type"], lambda sub, event: sub or event or None)
    columns["actors"] = cells.each(["actor1", "actor2"], lambda one, other: named_actors(one, other))
    columns["event_type"] = cells.each(["sub_event_type"], lambda sub: SUB_EVENT_TYPES.get(column_key(sub), "other"))
    columns["title"] = cells.each(["sub_event_type", "event_type", "place_text"], lambda sub, event, place: _title(sub or event, place))
    fatalities = cells.count("killed")
    columns["killed_low"] = np.where(fatalities > 0, fatalities, np.nan)
    columns["killed_high"] = np.full(len(cells), np.nan)
    columns["claims"] = cells.each(["sources", "notes"], _claims)
    use_precision(cells, columns, lonlat, scheme="acled", column="geo_precision")


def _title(event: str, place: str) -> str:
    return ", ".join(part for part in (event, place) if part)


def _claims(sources: str, notes: str) -> tuple[Claim, ...]:
    return (Claim(by=sources or "source not named", side=None, stance="asserts", text=notes),) if notes else ()


def _widened(starts: list[date | None], precisions: Array) -> tuple[list[date | None], list[date | None], list[str]]:
    """Days that the precision of the date supports: itself, the week around it, its month."""
    spans = [_span(day, precision) for day, precision in zip(starts, precisions, strict=True)]
    return first_day(spans), last_day(spans), [span.precision if span else "unknown" for span in spans]


def _span(day: date | None, precision: str) -> DateSpan | None:
    if day is None:
        return None
    if precision.startswith("2"):
        return DateSpan(day - timedelta(days=3), day + timedelta(days=3), "week")
    return whole_month(day.year, day.month) if precision.startswith("3") else DateSpan(day, day, "day")


ACLED = Kind(
    "acled",
    frozenset({"event_id_cnty", "event_date"}),
    {
        "id": ("event_id_cnty",),
        "start": ("event_date",),
        "time_precision": ("time_precision",),
        "event_type": ("event_type",),
        "sub_event_type": ("sub_event_type",),
        "actor1": ("actor1",),
        "actor2": ("actor2",),
        "country": ("country",),
        "adm1": ("admin1",),
        "place_text": ("location",),
        "lat": ("latitude",),
        "lon": ("longitude",),
        "geo_precision": ("geo_precision",),
        "sources": ("source",),
        "notes": ("notes",),
        "killed": ("fatalities",),
    },
    _refine,
)

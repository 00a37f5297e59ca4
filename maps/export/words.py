"""What fields and codes are called for a reader of an attribute table: the words of the page, and a name for each column.

`tests` hold the words against those of the page, so that map and GIS file say the same.
"""

from __future__ import annotations

EVENT_WORDS: dict[str, str] = {
    "advance": "Reported advance", "casualties_report": "Report of casualties", "ceasefire": "Ceasefire",
    "ceasefire_violation": "Ceasefire violation", "checkpoint": "Checkpoint", "deployment": "Deployment", "detention": "Detention",
    "drone_strike": "Drone strike", "engineering_works": "Engineering works", "firefight": "Exchange of fire", "handover": "Handover",
    "infrastructure_damage": "Damage to infrastructure", "mine_blast": "Mine blast", "monitoring": "Monitoring",
    "negotiation": "Negotiation", "other": "Other", "road_closure": "Road closure", "shelling": "Shelling",
    "troop_presence": "Troop presence", "withdrawal": "Withdrawal",
}  # fmt: skip

STATUS_WORDS: dict[str, str] = {
    "confirmed": "Confirmed: asserted by more than one side, denied by none",
    "claimed": "Claimed: asserted by one side, denied by none",
    "disputed": "Disputed: asserted by one, denied or told otherwise by another",
    "denied": "Denied: only a denial is known",
    "unverified": "Unverified: no named source takes a stance",
}

VALUE_WORDS: dict[str, dict[str, str]] = {
    "event_type": EVENT_WORDS,
    "status": STATUS_WORDS,
    "date_precision": {
        "hour": "To the hour", "day": "To the day", "range": "Some day of the period", "week": "Some day of the week",
        "month": "Some time in the month", "year": "Some time in the year", "unknown": "Not known",
    },
    "location_kind": {
        "point": "At a point", "near": "Near a place", "area": "Somewhere in an area", "line": "Along a line", "unknown": "Not known",
    },
    "geocode_method": {
        "coordinates": "Coordinates in the source", "place_id": "Place id in the source", "name": "Place name",
        "relation": "Wording relative to a place", "ambiguous": "The name fits several places", "unresolved": "Not resolved",
    },
    "stance": {
        "asserts": "Says so", "denies": "Denies it", "partly": "Tells it otherwise", "no_comment": "No comment", "calls": "Calls for",
    },
}  # fmt: skip
"""Code to words, by column."""

_ALIASES: dict[str, str] = {
    "id": "Id", "adm1": "First-level unit", "adm2": "Second-level unit", "adm1_shares": "Shares of first-level units",
    "start": "First day", "end": "Last day", "radius_m": "Uncertainty (m)", "border_distance_m": "Distance to the border (m)",
    "border_distance_error_m": "Error of that distance (m)", "generalised_m": "Generalised by (m)", "place_text": "Place as worded",
    "location_kind": "Kind of location", "geocode_method": "Placed by", "geocode_reason": "Why placed so", "by": "Said by",
    "said_on": "Said on", "url": "Link", "draft": "Draft, not checked by a person", "accuracy_m": "May be off by (m)",
    "killed_low": "Killed, at least", "killed_high": "Killed, at most", "wounded_low": "Wounded, at least",
    "wounded_high": "Wounded, at most", "captured_low": "Captured, at least", "captured_high": "Captured, at most",
    "strength_low": "Strength, at least", "strength_high": "Strength, at most", "iso": "ISO 3166-2", "incident_id": "Id of the incident",
}  # fmt: skip

_DATED_ALIASES = {"start": "In force from", "end": "In force until (that day not included)"}


def alias(column: str, *, dated: bool = False) -> str:
    """The name of a column for a reader.

    Parameters
    ----------
    column
        Of the incident table, the claims or the catalogue.
    dated
        Whether it is a column of the catalogue, whose periods are half-open.

    Examples
    --------
    >>> alias("killed_low"), alias("source_file")
    ('Killed, at least', 'Source file')
    """
    own = _DATED_ALIASES.get(column) if dated else None
    return own or _ALIASES.get(column) or column.replace("_", " ").capitalize()

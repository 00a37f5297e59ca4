"""Two views of what was read: rows of the incident table, and JSON in the structure of the evaluation set."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

import geopandas as gpd

from geo.extract.placing import location_of
from geo.extract.records import ExtractedIncident, PlaceRef, Tally
from geo.gazetteer import Gazetteer
from geo.schema import incident_table

TITLES = {
    "advance": "Advance", "casualties_report": "Casualties", "ceasefire": "Ceasefire", "ceasefire_violation": "Ceasefire violation",
    "checkpoint": "Checkpoint", "deployment": "Deployment", "detention": "Detention", "drone_strike": "Drone strike",
    "engineering_works": "Engineering works", "firefight": "Exchange of fire or shooting", "handover": "Handover",
    "infrastructure_damage": "Damage to infrastructure", "mine_blast": "Mine blast", "monitoring": "Monitoring", "negotiation": "Talks",
    "other": "Incident", "road_closure": "Road closure", "shelling": "Shelling", "troop_presence": "Troop presence",
    "withdrawal": "Withdrawal",
}  # fmt: skip


def title_of(incident: ExtractedIncident) -> str:
    """A neutral title: type and place, no actor and no direction ("Troop presence reported, Syunik")."""
    targets = [p for p in incident.places if not p.origin] or list(incident.places)
    where = ", ".join(dict.fromkeys(p.name for p in targets[:2])) + (" and elsewhere" if len(targets) > 2 else "")
    return f"{TITLES[incident.event_type]} reported, {where or 'place not told'}"


def incident_id(incident: ExtractedIncident, source_file: str) -> str:
    """Stable from build to build: file, number and a digest of what was read."""
    content = "|".join(
        [
            incident.event_type,
            str(incident.start),
            str(incident.end),
            *(p.mention for p in incident.places),
            *(c.text or "" for c in incident.claims),
        ]
    )
    return f"{PurePath(source_file).stem}-{incident.number}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def incident_rows(incidents: Sequence[ExtractedIncident], *, source_file: str, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """One row for each incident, all of them drafts.

    Parameters
    ----------
    incidents
        As read.
    source_file
        Name of the article's file.
    gazetteer
        For a location that covers several places.
    """
    if not incidents:
        return incident_table({}, size=0)
    locations = [location_of(i, gazetteer) for i in incidents]
    places = [gazetteer.get(where.place_id) if where.place_id else None for where in locations]
    columns: dict[str, Any] = {
        "id": [incident_id(i, source_file) for i in incidents],
        "title": [title_of(i) for i in incidents],
        "event_type": [i.event_type for i in incidents],
        "event_text": [i.event_text for i in incidents],
        "start": [i.start for i in incidents],
        "end": [i.end for i in incidents],
        "date_precision": [i.precision for i in incidents],
        "location_kind": [where.kind for where in locations],
        "radius_m": [where.radius_m for where in locations],
        "place": [where.place for where in locations],
        "place_id": [where.place_id for where in locations],
        "place_unit": [place.unit if place and not where.outline else None for place, where in zip(places, locations, strict=True)],
        "place_text": ["; ".join(dict.fromkeys(p.mention for p in i.places)) or None for i in incidents],
        "geocode_method": [where.method for where in locations],
        "geocode_reason": [where.reason for where in locations],
        "outline": [where.outline for where in locations],
        "actors": [i.actors for i in incidents],
        "status": [i.status for i in incidents],
        "draft": [True] * len(incidents),
        "claims": [i.claims for i in incidents],
        "source_file": [source_file] * len(incidents),
        "source_row": [i.number for i in incidents],
        "evidence": [i.evidence for i in incidents],
    }
    for role in ("strength", "killed", "wounded", "captured"):
        tallies: list[Tally | None] = [_people(getattr(i, role)) for i in incidents]
        columns[f"{role}_low"] = [t.low if t else None for t in tallies]
        columns[f"{role}_high"] = [t.high if t else None for t in tallies]
    return incident_table(columns, geometry=[where.geometry for where in locations])


def _people(tally: Tally | None) -> Tally | None:
    # two companies are not two people, and how many they are is not told
    return tally if tally and tally.unit == "people" else None


def incidents_as_json(incidents: Sequence[ExtractedIncident]) -> list[dict[str, Any]]:
    """The incidents in the structure of the evaluation set: offsets into the article, places with coordinates, claims, counts."""
    return [
        {
            "event_type": i.event_type,
            "date_start": i.start.isoformat() if i.start else None,
            "date_end": i.end.isoformat() if i.end else None,
            "date_precision": i.precision,
            "places": [_place_json(p) for p in i.places],
            "actors": [{"name": a.name, "side": a.side, "role": a.role} for a in i.actors],
            **{role: _tally_json(getattr(i, role)) for role in ("strength", "killed", "wounded", "captured")},
            "claims": [
                {
                    "mention": c.text,
                    "char_start": c.span and c.span[0],
                    "char_end": c.span and c.span[1],
                    "by": c.by,
                    "side": c.side,
                    "stance": c.stance,
                    "about": c.about,
                }
                for c in i.claims
            ],
            "status": i.status,
            "draft": True,
            "notes": list(i.notes),
            "evidence": [{"field": f, "char_start": a, "char_end": b} for f, a, b in i.evidence],
        }
        for i in incidents
    ]


def _place_json(place: PlaceRef) -> dict[str, Any]:
    where = place.location
    return {
        "mention": place.mention, "char_start": place.span[0], "char_end": place.span[1], "name": place.name,
        "lat": place.lat, "lon": place.lon,
        "kind": where.kind, "radius_km": None if where.radius_m is None else round(where.radius_m / 1000, 1),
        "country_de_jure": place.country,
        "adm1": place.adm1, "place_id": place.place_id, "relation": place.relation, "place_role": "origin" if place.origin else None,
    }  # fmt: skip


def _tally_json(tally: Tally | None) -> dict[str, Any] | None:
    if tally is None:
        return None
    return {
        "low": tally.low, "high": tally.high, "side": tally.side, "approx": tally.approx, "vague": tally.vague, "unit": tally.unit,
        "char_start": tally.span[0], "char_end": tally.span[1],
        "by": [{"side": b.side, "low": b.low, "high": b.high, "source": b.source} for b in tally.by],
    }  # fmt: skip

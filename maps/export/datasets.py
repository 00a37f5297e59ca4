"""Incidents in the columns of ACLED and UCDP GED, for scripts that read these: like them, not theirs.

What the two have no column for is left out: shares, claims, kinds of location. An area or line is given by a point of its inside
and a precision code that says so; an incident without a location has no coordinates. Actors are in alphabetical order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import geopandas as gpd

from geo.precision import Scheme, code_for
from maps.export.properties import plain_columns
from maps.export.tables import csv_text, point_columns

Dataset = Literal["acled", "ucdp"]

_ACLED_TYPES: dict[str, tuple[str, str, str]] = {
    "advance": ("Political violence", "Battles", "Armed clash"),
    "ceasefire_violation": ("Political violence", "Battles", "Armed clash"),
    "firefight": ("Political violence", "Battles", "Armed clash"),
    "shelling": ("Political violence", "Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "drone_strike": ("Political violence", "Explosions/Remote violence", "Air/drone strike"),
    "mine_blast": ("Political violence", "Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "ceasefire": ("Strategic developments", "Strategic developments", "Agreement"),
    "negotiation": ("Strategic developments", "Strategic developments", "Agreement"),
    "handover": ("Strategic developments", "Strategic developments", "Non-violent transfer of territory"),
    "withdrawal": ("Strategic developments", "Strategic developments", "Non-violent transfer of territory"),
    "detention": ("Strategic developments", "Strategic developments", "Arrests"),
    "infrastructure_damage": ("Strategic developments", "Strategic developments", "Looting/property destruction"),
}
_ACLED_OTHER = ("Strategic developments", "Strategic developments", "Other")
_COUNTRIES = {"AM": ("Armenia", 51, 371), "AZ": ("Azerbaijan", 31, 373), "GE": ("Georgia", 268, 372), "IR": ("Iran", 364, 630)}
"""Name, ISO 3166 numeric code, Gleditsch and Ward code."""

_ACLED_TIME = {"hour": 1, "day": 1, "range": 2, "week": 2, "month": 3}
_UCDP_TIME = {"hour": 1, "day": 1, "range": 2, "week": 3, "month": 4, "year": 5}

ACLED_COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1", "assoc_actor_1",
    "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2",
    "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
UCDP_COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id", "conflict_name",
    "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec",
    "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country",
    "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip


def dataset_csv(incidents: gpd.GeoDataFrame, dataset: Dataset) -> str:
    """All incidents in the columns of a dataset; a column that nothing is known for is empty."""
    names = ACLED_COLUMNS if dataset == "acled" else UCDP_COLUMNS
    filled = _acled(incidents) if dataset == "acled" else _ucdp(incidents)
    empty: list[Any] = [None] * len(incidents)
    return csv_text({name: filled.get(name, empty) for name in names})


def _common(incidents: gpd.GeoDataFrame, dataset: Scheme) -> tuple[dict[str, list[Any]], dict[str, Sequence[Any]]]:
    plain = plain_columns(incidents)
    lon, lat = point_columns(incidents, stand_in=True)
    codes = [code_for(dataset, kind=k or "unknown", radius_m=r) for k, r in zip(incidents.location_kind, incidents.radius_m, strict=True)]
    shared: dict[str, Sequence[Any]] = {
        "longitude": lon, "latitude": lat, "codes": codes, "year": [None if s is None else int(s[:4]) for s in plain["start"]],
        "first": _actor(plain["actors"], 0), "second": _actor(plain["actors"], 1),
        "source": ["; ".join(items) or None for items in plain["sources"]],
        "country": [_COUNTRIES.get(c or "", (c, None, None)) for c in plain["country"]],
    }  # fmt: skip
    return plain, shared


def _actor(lists: Sequence[Sequence[dict[str, Any]]], place: int) -> list[str | None]:
    names = (sorted({str(actor["name"]) for actor in actors}) for actors in lists)
    return [held[place] if len(held) > place else None for held in names]


def _acled(incidents: gpd.GeoDataFrame) -> dict[str, Sequence[Any]]:
    plain, shared = _common(incidents, "acled")
    kinds = [_ACLED_TYPES.get(kind or "", _ACLED_OTHER) for kind in plain["event_type"]]
    return {
        "event_id_cnty": plain["id"], "event_date": plain["start"], "year": shared["year"],
        "time_precision": [_ACLED_TIME.get(p or "") for p in plain["date_precision"]],
        "disorder_type": [k[0] for k in kinds], "event_type": [k[1] for k in kinds], "sub_event_type": [k[2] for k in kinds],
        "actor1": shared["first"], "actor2": shared["second"], "iso": [c[1] for c in shared["country"]],
        "country": [c[0] for c in shared["country"]], "admin1": plain["adm1"], "admin2": plain["adm2"], "location": plain["place"],
        "latitude": shared["latitude"], "longitude": shared["longitude"], "geo_precision": shared["codes"], "source": shared["source"],
        "notes": plain["title"], "fatalities": plain["killed_low"], "tags": plain["status"],
    }  # fmt: skip


def _ucdp(incidents: gpd.GeoDataFrame) -> dict[str, Sequence[Any]]:
    plain, shared = _common(incidents, "ucdp")
    spots = zip(shared["longitude"], shared["latitude"], strict=True)
    return {
        "id": plain["id"], "year": shared["year"], "side_a": shared["first"], "side_b": shared["second"],
        "number_of_sources": [len(s) or -1 for s in plain["sources"]], "source_article": shared["source"],
        "source_headline": plain["title"], "where_prec": shared["codes"], "where_coordinates": plain["place"],
        "where_description": plain["place_text"], "adm_1": plain["adm1"], "adm_2": plain["adm2"],
        "latitude": shared["latitude"], "longitude": shared["longitude"],
        "geom_wkt": [None if lon is None else f"POINT ({lon} {lat})" for lon, lat in spots],
        "country": [c[0] for c in shared["country"]], "country_id": [c[2] for c in shared["country"]],
        "date_prec": [_UCDP_TIME.get(p or "") for p in plain["date_precision"]],
        "date_start": _moments(plain["start"]), "date_end": _moments(plain["end"]),
        # no best estimate is made of a range
        "best": [low if low == high else None for low, high in zip(plain["killed_low"], plain["killed_high"], strict=True)],
        "high": plain["killed_high"], "low": plain["killed_low"],
    }  # fmt: skip


def _moments(days: Sequence[str | None]) -> list[str | None]:
    return [None if day is None else f"{day} 00:00:00.000" for day in days]

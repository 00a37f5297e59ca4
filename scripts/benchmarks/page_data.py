"""Made-up incidents for measuring pages: many of them, with the fields and the repetitions that real tables have. Nothing in them is real.

Three in ten stand at a coordinate of their own, the rest at one of some thousand places with the radius that a wording supports, in
an area, along a line, or nowhere. Each has a title, an actor, a claim with a link of its own, a source and a unit with its share.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.catalogue import load_catalogue
from geo.claims import Actor, Claim
from geo.schema import EVENT_TYPES, WGS84, incident_table

PLACES = 3_000
BOX = (44.0, 38.8, 48.5, 41.2)
STATUSES = ("confirmed", "claimed", "disputed", "denied", "unverified")
SIDES = (("AM", "Defence ministry A"), ("AZ", "Defence ministry B"), ("RU", "Peacekeepers"), (None, "A witness"))


def incidents(rows: int, *, seed: int = 1) -> gpd.GeoDataFrame:
    """A table of this many incidents; the same for the same seed."""
    rng = np.random.default_rng(seed)
    kind = rng.choice(["point", "near", "area", "line", "unknown"], rows, p=[0.3, 0.6, 0.05, 0.02, 0.03])
    place = rng.zipf(1.3, rows) % PLACES
    start = np.sort(np.datetime64("2020-01-01") + rng.integers(0, 1_826, rows).astype("timedelta64[D]"))
    radius_m = np.select(
        [kind == "point", kind == "near", kind == "unknown"], [100.0, rng.choice([1_000.0, 2_000.0, 5_000.0], rows), np.nan]
    )
    types = rng.choice(EVENT_TYPES, rows)
    status = rng.choice(STATUSES, rows, p=[0.1, 0.6, 0.15, 0.05, 0.1])
    units = load_catalogue().units
    unit = rng.integers(0, len(units), rows)
    columns: dict[str, Any] = {
        "id": [f"SYN{number}" for number in range(100_000, 100_000 + rows)],
        "title": [f"{t.replace('_', ' ').capitalize()} near place {p}" for t, p in zip(types, place, strict=True)],
        "event_type": types,
        "start": start,
        "end": start + rng.integers(0, 3, rows).astype("timedelta64[D]"),
        "date_precision": rng.choice(["day", "range", "month"], rows, p=[0.8, 0.15, 0.05]),
        "location_kind": kind,
        "radius_m": radius_m,
        "place": [f"Place {p}" for p in place],
        "place_id": [f"syn:{p}" for p in place],
        "geocode_method": rng.choice(["coordinates", "name", "relation"], rows),
        "adm1": units.name.to_numpy()[unit],
        "adm1_shares": [({"unit": units.name.iat[u], "code": units.id.iat[u], "share": 1.0},) for u in unit],
        "border_distance_m": np.round(rng.uniform(0, 90_000, rows), -2),
        "killed_low": np.where(rng.random(rows) < 0.1, rng.integers(0, 9, rows), np.nan),
        "status": status,
        "source_row": np.arange(2, rows + 2, dtype=float),
        "source_file": ["synthetic.csv"] * rows,
    }
    columns |= _said(rng, columns["title"], start, rows)
    return incident_table(columns, geometry=gpd.GeoSeries(_geometry(rng, kind, place, units, unit), crs=WGS84))


def _said(rng: np.random.Generator, titles: list[str], start: NDArray[np.datetime64], rows: int) -> dict[str, Any]:
    who, fired = rng.integers(0, len(SIDES), rows), rng.integers(1, 90, rows)
    days = start.astype(str).tolist()
    claims = [
        (Claim(SIDES[w][1], SIDES[w][0], "asserts", title, f"{title}: {n} shots were counted.", day, f"https://example.org/{i}/{day}"),)
        for i, (w, n, title, day) in enumerate(zip(who, fired, titles, days, strict=True))
    ]
    return {
        "claims": claims,
        "actors": [(Actor(SIDES[w][1], SIDES[w][0], "reported"),) for w in who],
        "sources": [(f"https://example.org/{i}/{day}",) for i, day in enumerate(days)],
    }


def _geometry(
    rng: np.random.Generator, kind: NDArray[np.str_], place: NDArray[np.intp], units: gpd.GeoDataFrame, unit: NDArray[np.intp]
) -> NDArray[np.object_]:
    west, south, east, north = BOX
    spots = np.round(np.column_stack([rng.uniform(west, east, PLACES), rng.uniform(south, north, PLACES)]), 4)[place]
    own = kind == "point"
    spots[own] = np.column_stack([rng.uniform(west, east, own.sum()), rng.uniform(south, north, own.sum())])
    shapes = shapely.points(spots).astype(object)
    shapes[kind == "area"] = units.geometry.to_numpy()[unit[kind == "area"]]
    lines = shapely.boundary(units.geometry.to_numpy())
    shapes[kind == "line"] = lines[unit[kind == "line"]]
    shapes[kind == "unknown"] = None
    return np.asarray(shapes, dtype=object)

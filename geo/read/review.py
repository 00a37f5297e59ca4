"""The review file that ``marchland extract`` writes, read back without loss once a person has looked at it.

The cells win: what was changed in them is what holds. The column ``record`` carries what no cell shows (geometry of the location, offsets
of the evidence, sides and roles of the actors) and holds only for cells that are as they were written. Writing is left to
`geo.extract.review`.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, get_args

import numpy as np
import shapely

from geo.claims import Actor, Claim, Status, status_of
from geo.read.cells import Array, Cells
from geo.read.kinds import Columns, Kind
from geo.read.vocabulary import COLUMN_NAMES

YES = frozenset({"yes", "y", "true", "1", "x", "ok", "done"})
_OWN = (
    "reviewed", "claims", "record", "group", "status", "group_reason", "notes", "event_sentence", "date_sentence", "place_sentence",
    "count_sentence", "claim_sentence", "evidence",
)  # fmt: skip
_LOCATION = ("location_kind", "radius_m", "place", "place_id", "place_unit", "outline", "geocode_method", "geocode_reason")
_CLAIM_FIELDS = {f.name for f in fields(Claim)}
_STATUSES = frozenset(get_args(Status))


def _refine(cells: Cells, columns: Columns, lonlat: Array) -> None:
    records = cells.each(["record"], _json_object)
    claims = cells.each(["claims"], _claims)
    told = cells.text("claims").to_numpy() != ""
    wrong = told & np.array([one is None for one in claims], dtype=bool)
    cells.report(wrong, "claims", "is no list of claims in JSON as marchland extract writes it; the row was left out", rejected=True)
    # an emptied cell means that no claim is left
    columns["claims"] = [one or () for one in claims]
    said = cells.text("status").str.strip().str.lower()
    columns["status"] = [s if s in _STATUSES else status_of(c) for s, c in zip(said, columns["claims"], strict=True)]
    columns["draft"] = [cell.strip().lower() not in YES for cell in cells.text("reviewed")]
    columns["group"] = cells.given("group")
    columns["event_text"] = [record.get("event_text") for record in records]
    columns["evidence"] = [tuple((str(f), int(a), int(b)) for f, a, b in record.get("evidence", ())) for record in records]
    _restore_actors(cells, columns, records)
    _restore_places(cells, columns, records)


def _restore_actors(cells: Cells, columns: Columns, records: Array) -> None:
    written = cells.text("actors")
    columns["actors"] = [
        tuple(Actor(**actor) for actor in record["actors"]) if record.get("actors_cell") == cell and record.get("actors") else actors
        for record, cell, actors in zip(records, written, columns["actors"], strict=True)
    ]


def _restore_places(cells: Cells, columns: Columns, records: Array) -> None:
    """The location as it was found, for the rows whose place is still worded so; the others are located anew."""
    kept = [
        r.get("place_cell") == cell and isinstance(r.get("location"), dict)
        for r, cell in zip(records, cells.text("place_text"), strict=True)
    ]
    found: list[dict[str, Any]] = [r["location"] if k else {} for r, k in zip(records, kept, strict=True)]
    for name in _LOCATION:
        own = columns.get(name)
        fresh = [None if own is None else own[n] for n in range(len(cells))]
        columns[name] = [one.get(name, f) if k else f for one, k, f in zip(found, kept, fresh, strict=True)]
    columns["outline"] = [tuple(one or ()) for one in columns["outline"]]
    columns["radius_m"] = [np.nan if one is None else one for one in columns["radius_m"]]
    columns["geometry"] = shapely.from_wkt([one.get("geometry") for one in found])


def _json_object(cell: str) -> dict[str, Any]:
    try:
        held = json.loads(cell) if cell else {}
    except ValueError:
        held = {}
    return held if isinstance(held, dict) else {}


def _claims(cell: str) -> tuple[Claim, ...] | None:
    """The claims of a cell; ``None`` when it holds something else."""
    try:
        held = json.loads(cell) if cell else []
        return tuple(_claim(item) for item in held)
    except (ValueError, TypeError, KeyError):
        return None


def _claim(item: dict[str, Any]) -> Claim:
    values = {name: value for name, value in item.items() if name in _CLAIM_FIELDS}
    if values["stance"] not in ("asserts", "denies", "partly", "no_comment", "calls"):
        raise ValueError(values["stance"])
    values["span"] = tuple(values["span"]) if values.get("span") else None
    return Claim(**values)


REVIEW = Kind(
    "review",
    frozenset({"reviewed", "claims", "record", "group"}),
    COLUMN_NAMES | {name: (name,) for name in _OWN},
    _refine,
)

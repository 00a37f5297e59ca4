"""Further zones, names and wider units of the embedded boundaries, from tables of words and dates.

Pure functions from the tables in ``boundaries/data/sources`` to tables; the shapes that they refer to come from
`scripts.boundary_layers`, writing and records from `scripts.build_boundaries`.

``outline`` in a source table is ``zone:ID`` (the outline of another zone), ``disc:LON LAT METRES`` (several with ``;`` between)
or well-known text.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.location import disc
from geo.schema import WGS84

INCLUSIVE_KINDS = ("blockade", "closure", "displacement", "offensive", "pocket", "war", "withdrawal")
"""Kinds whose last day, in the source tables, is a day on which the thing still was."""

NAMES = ("name_hy_latin", "name_az_latin", "name_hy", "name_az", "name_ru")
REDRAWN_ON = "2023-12-05"
REDRAWN = (
    "az-agdam", "az-fuzuli", "az-jabrayil", "az-kalbajar", "az-khojaly", "az-khojavend", "az-lachin", "az-qubadli", "az-shusha",
    "az-tartar",
)  # fmt: skip
"""Units whose edges changed with the session of that day, in no layer."""


def day_after(last: str | None, kind: str) -> str | None:
    """The exclusive end of a validity whose source writes ``last``; ``None`` stays."""
    if last and kind in INCLUSIVE_KINDS:
        return str(date.fromisoformat(last) + timedelta(days=1))
    return last


def _drawn(outline: str, zones: gpd.GeoDataFrame) -> BaseGeometry:
    kind, _, rest = outline.partition(":")
    if kind == "zone":
        return zones.set_index("id").geometry[rest]
    if kind == "disc":
        # a disc of kilometres needs no corner every hundred metres
        return shapely.simplify(shapely.union_all([disc(*map(float, part.split())) for part in rest.split(";")]), 0.0008)
    return shapely.from_wkt(outline)


def with_more_zones(zones: gpd.GeoDataFrame, more: pd.DataFrame) -> gpd.GeoDataFrame:
    """The zones and those of the table ``zones_more.csv``, which may take over the outline of one that stands before."""
    rows: list[dict[str, Any]] = []
    for row in more.astype(object).where(more.notna(), None).to_dict("records"):
        start, last, outline = (row.pop(name) for name in ("valid_from", "valid_to", "outline"))
        rows.append(
            {str(k): v for k, v in row.items()}
            | {"start": start, "end": day_after(last, row["kind"]), "schematic": True, "geometry": _drawn(outline, zones)}
        )
    return gpd.GeoDataFrame(pd.concat([zones, pd.DataFrame(rows)], ignore_index=True)[list(zones.columns)], geometry="geometry", crs=WGS84)


def named(layer: gpd.GeoDataFrame, names: pd.DataFrame) -> gpd.GeoDataFrame:
    """The layer with both Latin forms and the three scripts after its column ``name``.

    Raises
    ------
    KeyError
        A row has no names in the table.
    """
    found = names.set_index("id").loc[list(layer.id), list(NAMES)]
    front = list(layer.columns[: list(layer.columns).index("name") + 1])
    back = [column for column in layer.columns if column not in front]
    return layer.assign(**{name: list(found[name]) for name in NAMES})[[*front, *NAMES, *back]]


def with_contested(units: gpd.GeoDataFrame, contested: pd.DataFrame) -> gpd.GeoDataFrame:
    """The units with the days until which their ground was divided between two holders, and contested, and when they were redrawn."""
    days = contested.set_index("unit_id")
    added = {name: units.id.map(days[name]) for name in ("divided_until", "contested_until")}
    return units.assign(**added, redrawn_on=[REDRAWN_ON if ident in REDRAWN else None for ident in units.id])

"""Incidents and claims as CSV that a spreadsheet opens without running anything.

A text cell that a spreadsheet would take for a formula gets an apostrophe in front. Lists are JSON text. Longitude and latitude are
given for points only; an area or line has its shape in ``geometry_wkt``, since any one point of it would say too much.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo.schema import PUBLIC_COLUMNS
from maps.export.coordinates import exported_shapes
from maps.export.layers import CLAIM_FIELDS, claim_table
from maps.export.properties import plain_columns
from maps.export.typed import json_text, well_formed

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
STAND_IN_DECIMALS = 2
"""About a kilometre: such a point is chosen, not known."""
EXTRA_COLUMNS = ("lon", "lat", "geometry_wkt", "adm1_iso")

HXL: dict[str, str] = {
    "id": "#event+id", "title": "#event+name", "event_type": "#event+type", "start": "#date+start", "end": "#date+end",
    "lon": "#geo+lon", "lat": "#geo+lat", "country": "#country+code+v_iso2", "adm1": "#adm1+name", "adm1_iso": "#adm1+code+v_iso3166_2",
    "adm2": "#adm2+name", "place": "#loc+name", "killed_low": "#affected+killed+min", "killed_high": "#affected+killed+max",
    "wounded_low": "#affected+injured+min", "wounded_high": "#affected+injured+max", "sources": "#meta+source", "actors": "#org",
    "status": "#status", "radius_m": "#geo+precision+m",
}  # fmt: skip
"""Hashtags by column, for the second row; a column without one has an empty tag."""


def safe_cell(value: Any) -> Any:
    """A value as it stands in a cell: no formula, no null byte; ``None`` is empty.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell(-3.5), safe_cell(None)
    ("'=1+1", -3.5, '')
    """
    if value is None:
        return ""
    if isinstance(value, list | tuple | dict):
        value = json_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value
    text = well_formed(value).replace("\x00", "")
    return f"'{text}" if _FORMULA.match(text) else text


def csv_text(columns: Mapping[str, Sequence[Any]], *, second_row: Mapping[str, str] | None = None) -> str:
    """Columns as CSV with a header; ``second_row`` holds tags by column, ``None`` for no such row."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(columns)
    if second_row is not None:
        writer.writerow([second_row.get(name, "") for name in columns])
    writer.writerows([safe_cell(value) for value in row] for row in zip(*columns.values(), strict=True))
    return held.getvalue()


def incidents_csv(incidents: gpd.GeoDataFrame, *, hxl: bool = False) -> str:
    """The public columns of all incidents, with `EXTRA_COLUMNS`; ``hxl``: hashtags in the second row."""
    columns: dict[str, Sequence[Any]] = dict(plain_columns(incidents, PUBLIC_COLUMNS))
    lon, lat = point_columns(incidents)
    columns |= {"lon": lon, "lat": lat, "geometry_wkt": _outlines(incidents), "adm1_iso": first_codes(columns["adm1_shares"])}
    return csv_text(columns, second_row=HXL if hxl else None)


def point_columns(incidents: gpd.GeoDataFrame, *, stand_in: bool = False) -> tuple[list[float | None], list[float | None]]:
    """Longitude and latitude of each point, rounded to what its radius supports; ``None`` for what is no point.

    ``stand_in``: an area or line gives a point of its inside, for column sets that have nothing else.
    """
    shapes = exported_shapes(incidents)
    if stand_in:
        for row in np.flatnonzero(~shapely.is_missing(shapes) & (shapely.get_type_id(shapes) != shapely.GeometryType.POINT)):
            spot = shapely.point_on_surface(shapes[row])
            shapes[row] = shapely.Point(round(spot.x, STAND_IN_DECIMALS), round(spot.y, STAND_IN_DECIMALS))
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    return [None if v != v else v for v in lon.tolist()], [None if v != v else v for v in lat.tolist()]


def _outlines(incidents: gpd.GeoDataFrame) -> list[str | None]:
    shapes = incidents.geometry.to_numpy()
    texts = shapely.to_wkt(exported_shapes(incidents), rounding_precision=5)
    return [None if shape is None or shape.geom_type == "Point" else text for shape, text in zip(shapes, texts, strict=True)]


def first_codes(shares: Iterable[Sequence[Mapping[str, Any]]]) -> list[str | None]:
    """The code of the unit with the largest share (ISO 3166-2), ``None`` where there is none."""
    return [items[0].get("code") if items else None for items in shares]


def claims_csv(incidents: gpd.GeoDataFrame) -> str:
    """The ledger of claims: one row for each, with the id of its incident."""
    table = claim_table(incidents)
    return csv_text({name: table[name].to_pylist() for name in ("incident_id", *CLAIM_FIELDS)})

"""Rows whose coordinates lie in another country than their source says: reported with the distance, never changed.

The layer's own error is allowed for: what lies nearer to the other country than that is no contradiction.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from boundaries.catalogue import Catalogue
from boundaries.distance import distances_m
from geo.schema import Problem

CODES = {
    "am": "AM", "arm": "AM", "armenia": "AM", "republic of armenia": "AM", "армения": "AM", "հայաստան": "AM",
    "az": "AZ", "aze": "AZ", "azerbaijan": "AZ", "republic of azerbaijan": "AZ", "азербайджан": "AZ", "azərbaycan": "AZ",
}  # fmt: skip
"""Names of the two countries in tables, lower case, to their codes."""


def stated_elsewhere(incidents: gpd.GeoDataFrame, catalogue: Catalogue) -> tuple[Problem, ...]:
    """A problem for each row with coordinates of its own that lie in a country other than the one stated.

    Parameters
    ----------
    incidents
        Assigned table (`boundaries.assign`), WGS 84.
    catalogue
        That it was assigned to.
    """
    stated = incidents.stated_country.map(lambda name: CODES.get(str(name).strip().lower()))
    own = (incidents.geocode_method == "coordinates") & incidents.geometry.notna()
    differs = own & stated.notna() & incidents.country.ne(stated) & incidents.country.ne("AM-AZ")
    rows = incidents[differs]
    if not len(rows):
        return ()
    away = _metres_from(rows, stated[differs], catalogue)
    allowed = catalogue.accuracy["units"] + rows.radius_m.fillna(0).to_numpy()
    return tuple(
        Problem(str(row.source_file), _line(row.source_row), "country", str(row.stated_country), _reason(row.country, metres))
        for row, metres, least in zip(rows.itertuples(), away, allowed, strict=True)
        if metres > least
    )


def _metres_from(rows: gpd.GeoDataFrame, stated: pd.Series, catalogue: Catalogue) -> NDArray[np.float64]:
    found = np.zeros(len(rows))
    for code in stated.unique():
        outline = gpd.GeoSeries([catalogue.units[catalogue.units.country == code].union_all().boundary], crs=rows.crs)
        chosen = (stated == code).to_numpy()
        found[chosen] = distances_m(np.asarray(rows.geometry, dtype=object)[chosen], outline)
    return found


def _line(row: float) -> int | None:
    return None if row != row else int(row)


def _reason(country: str | None, metres: float) -> str:
    where = f"in {country}" if country else "in neither country"
    return f"is stated, but the coordinates lie {where}, {metres / 1000:.1f} km away from it; they were not changed"

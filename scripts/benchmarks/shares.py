"""Discs to units with exact shares: `assign_units` beside ``geopandas.overlay``, same discs, same layer, one run.

Both start from points with radii and draw the same discs; the overlay is given the units in its equal-area projection. ``shares`` is
the part of `assign_units` that does the overlay's work (and words it); the whole also finds zones and distances. The shares of both
are compared.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from boundaries.assign import assign_units, unit_answers
from boundaries.catalogue import Catalogue, load_catalogue
from boundaries.locations import distinct_locations
from boundaries.shares import discs
from geo.schema import WGS84, incident_table
from scripts.benchmarks.measure import Figure, python_peak_mb, seconds

CYLINDER = "EPSG:6933"
PREPARE = """
import numpy as np
from scripts.benchmarks.shares import incidents, load_catalogue
from boundaries.assign import assign_units
catalogue = load_catalogue()
table = incidents({rows}, distinct={distinct}, radius_m={radius_m})
"""


def incidents(rows: int, *, distinct: int, radius_m: float) -> gpd.GeoDataFrame:
    """Dated incidents over the box of the units, at so many places, which repeat as places of real tables do."""
    west, south, east, north = load_catalogue().units.total_bounds
    rng = np.random.default_rng(2)
    places = rng.uniform((west, south), (east, north), (distinct, 2))
    of_row = rng.integers(0, distinct, rows) if distinct < rows else np.arange(rows)
    days = np.datetime64("2020-06-01", "s") + rng.integers(0, 1600, rows).astype("timedelta64[D]")
    columns = {"id": [str(n) for n in range(rows)], "start": days, "end": days, "radius_m": np.full(rows, radius_m)}
    return incident_table(columns, geometry=shapely.points(places[of_row]))


def drawn(table: gpd.GeoDataFrame, catalogue: Catalogue) -> gpd.GeoDataFrame:
    """The discs that `assign_units` counts, as an equal-area table."""
    points, radius = table.geometry, np.hypot(table.radius_m, catalogue.accuracy["units"])
    shapes = discs(points.x.to_numpy(), points.y.to_numpy(), radius.to_numpy())
    return gpd.GeoDataFrame({"row": np.arange(len(table))}, geometry=shapes, crs=WGS84).to_crs(CYLINDER)


def overlaid(around: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> pd.Series:
    """Shares by row and unit, as the overlay gives them."""
    cut = gpd.overlay(around, units, how="intersection", keep_geom_type=True)
    shares: pd.Series = (cut.area / around.area.to_numpy()[cut.row]).groupby([cut.row, cut.name]).sum()
    return shares


def _beside_the_overlay(title: str, table: gpd.GeoDataFrame, *, runs: int, goal: str) -> list[Figure]:
    catalogue = load_catalogue()
    units = catalogue.units[["name", "geometry"]].to_crs(CYLINDER)
    ours, ours_spread = seconds(lambda: unit_answers(distinct_locations(table), catalogue), runs=runs)
    whole, whole_spread = seconds(lambda: assign_units(table, catalogue), runs=runs)
    peer, peer_spread = seconds(lambda: overlaid(drawn(table, catalogue), units), runs=min(runs, 3))
    shares = assign_units(table, catalogue).adm1_shares
    # the overlay knows no exclaves and lakes, and takes long edges as straight on the plane, not in degrees
    held = pd.Series({(row, share["unit"]): share["share"] for row, cell in enumerate(shares) for share in cell})
    both = pd.concat([held, overlaid(drawn(table, catalogue), units)], axis=1).fillna(0)
    apart = (both[0] - both[1]).abs()
    return [
        Figure(f"{title}: geopandas.overlay", peer, "s", peer_spread),
        Figure(f"{title}: shares", ours, "s", ours_spread),
        Figure(f"{title}: assign_units", whole, "s", whole_spread),
        Figure(f"{title}: faster, shares", peer / ours, "times", 0, goal),
        Figure(f"{title}: faster, assign_units", peer / whole, "times"),
        Figure(f"{title}: shares more than 0.002 apart", 100 * float((apart > 0.002).mean()), "%", 0, "at lakes, exclaves, long edges"),
    ]


def figures(*, runs: int) -> list[Figure]:
    """Discs that repeat, discs that do not, and whole tables."""
    quick = runs == 1
    rows = 20_000 if quick else 100_000
    found = []
    for radius_m, title in ((2_000, "2 km"), (25_000, "25 km")):
        repeated = incidents(rows, distinct=rows // 20, radius_m=radius_m)
        found += _beside_the_overlay(f"{rows // 1000} k discs of {title}, {rows // 20} distinct", repeated, runs=runs, goal="at least 5")
        alone = incidents(5_000, distinct=5_000, radius_m=radius_m)
        found += _beside_the_overlay(f"5 k distinct discs of {title}", alone, runs=runs, goal="at least 1")
    for many, distinct in ((350_000, 5_000), *(() if quick else ((1_000_000, 1_000_000),))):
        table = incidents(many, distinct=distinct, radius_m=500)
        whole, spread = seconds(lambda table=table: assign_units(table, load_catalogue()), runs=1 if distinct == many else runs)  # type: ignore[misc]
        peak = python_peak_mb(PREPARE.format(rows=many, distinct=distinct, radius_m=500), "assign_units(table, catalogue)")
        title = f"assign_units, {many:,} rows, {distinct:,} distinct"
        found += [Figure(title, whole, "s", spread), Figure(f"{title}: memory", peak * 1e6 / many, "MB / M")]
    return found

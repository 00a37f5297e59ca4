"""Zones that a location touches, and its share in each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from boundaries.assign import assign_units
from boundaries.catalogue import load_catalogue
from boundaries.zones import zone_shares
from geo.location import GEOD
from geo.schema import WGS84, incident_table

CATALOGUE = load_catalogue()


def incidents(*shapes: Any, radius_m: Any = 0.0, day: Any = "2021-05-14") -> gpd.GeoDataFrame:
    points = [shapely.Point(s) if isinstance(s, tuple) else s for s in shapes]
    dated = {"start": [day] * len(points), "end": [day] * len(points), "radius_m": np.broadcast_to(radius_m, len(points))}
    return incident_table({"id": [str(i) for i in range(len(points))], **dated}, geometry=points)


def with_zones(*shapes: shapely.Geometry) -> Any:
    """The catalogue with zones of these shapes only, named by their number and always in force."""
    zones = CATALOGUE.zones.iloc[: len(shapes)].assign(id=[str(n) for n in range(len(shapes))], start=np.datetime64("NaT", "s"))
    zones = zones.assign(end=np.datetime64("NaT", "s")).set_geometry(list(shapes), crs=WGS84)
    return replace(CATALOGUE, zones=zones)


def test_shares_are_those_of_the_zones_in_the_column() -> None:
    rng = np.random.default_rng(1)
    points = [tuple(p) for p in rng.uniform((45.8, 39), (47.3, 40.4), (60, 2))]
    table = incidents(*points, None, radius_m=3000.0)
    held = zone_shares(table, CATALOGUE)
    areas = set(CATALOGUE.zones.id[CATALOGUE.zones.geom_type.isin(["Polygon", "MultiPolygon"])])
    column = [(row, zone) for row, zones in enumerate(assign_units(table, CATALOGUE).zones) for zone in zones if zone in areas]
    assert list(zip(held.row, held.zone, strict=True)) == column
    assert held.share.between(0, 1).all()
    assert (held.share == 1).any()
    assert (held.share < 1).any()


def test_share_is_by_area_and_overlapping_zones_each_have_their_own() -> None:
    zones = with_zones(shapely.box(46, 39, 47, 41), shapely.box(46.5, 39, 48, 41), shapely.box(40, 30, 41, 31))
    found = zone_shares(incidents((46.5, 40.0), radius_m=2000), zones)
    assert list(found.zone) == ["0", "1"]
    assert list(found.share) == [1.0, 0.5]


def test_share_agrees_with_points_thrown_at_random() -> None:
    zone = CATALOGUE.zones.set_index("id").geometry["aor_2020_2023"]
    lon, lat = shapely.get_coordinates(shapely.boundary(zone))[3]
    found = zone_shares(incidents((lon, lat), radius_m=8000), CATALOGUE).set_index("zone").share["aor_2020_2023"]
    rng, many = np.random.default_rng(2), 100_000
    lons, lats, _ = GEOD.fwd(np.full(many, lon), np.full(many, lat), rng.uniform(0, 360, many), 8000 * np.sqrt(rng.uniform(size=many)))
    assert found == pytest.approx(shapely.contains_xy(zone, lons, lats).mean(), abs=0.01)


def test_line_has_its_share_by_length_and_a_bare_point_all() -> None:
    zones = with_zones(shapely.box(46, 39, 47, 41))
    found = zone_shares(incidents(shapely.LineString([(45.5, 40), (46.5, 40)]), (46.2, 40.0), (47.2, 40.0)), zones)
    assert list(found.row) == [0, 1]
    assert list(found.share) == pytest.approx([0.5, 1.0], abs=0.001)


def test_zone_that_is_a_point_or_line_is_touched_and_has_no_share() -> None:
    zones = with_zones(shapely.Point(46.5, 40), shapely.LineString([(46, 40), (47, 40)]))
    table = incidents((46.5, 40.005), radius_m=1000)
    assert assign_units(table, zones).zones[0] == ("0", "1")
    assert len(zone_shares(table, zones)) == 0


def test_zone_that_only_meets_the_edge_of_an_area_is_not_touched() -> None:
    zones = with_zones(shapely.box(46, 39, 47, 40))
    assert assign_units(incidents(shapely.box(47, 39, 48, 40)), zones).zones[0] == ()


def test_no_rows_and_no_zones_have_no_shares() -> None:
    assert len(zone_shares(incident_table({}, size=0), CATALOGUE)) == 0
    bare = replace(CATALOGUE, zones=CATALOGUE.zones.iloc[:0])
    assert len(zone_shares(incidents((46.5, 40.0)), bare)) == 0
    assert assign_units(incidents((46.5, 40.0)), bare).zones[0] == ()

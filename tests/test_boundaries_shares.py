"""Shares by area and length, and distances, on shapes that are easy to reckon."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from boundaries.distance import distances_m
from boundaries.shares import area_shares, discs, length_shares, on_equal_area_cylinder
from geo.location import GEOD, disc
from geo.schema import WGS84


def shapes(*parts: shapely.Geometry) -> np.ndarray:
    return np.array(parts, dtype=object)


@settings(deadline=None)
@given(st.floats(-180, 180), st.floats(-70, 70), st.floats(1, 500_000))
def test_disc_has_its_corners_on_the_geodesic_circle_and_does_not_jump(lon: float, lat: float, radius_m: float) -> None:
    ring = shapely.get_coordinates(discs(np.array([lon]), np.array([lat]), np.array([radius_m]))[0])
    away = GEOD.inv(np.full(len(ring), lon), np.full(len(ring), lat), ring[:, 0], ring[:, 1])[2]
    assert away == pytest.approx(np.full(len(ring), radius_m), abs=0.01)
    assert np.abs(np.diff(ring[:, 0])).max() < 90


@given(st.floats(-30, 60), st.floats(-60, 60), st.floats(0.01, 1))
def test_cylinder_keeps_the_area_of_the_ellipsoid(lon: float, lat: float, size: float) -> None:
    # densified, because the sides of the box are parallels and not geodesics
    box = shapely.segmentize(shapely.box(lon, lat, lon + size, lat + size), size / 100)
    flat = on_equal_area_cylinder(shapes(box))[0].area
    assert flat == pytest.approx(abs(GEOD.geometry_area_perimeter(box)[0]), rel=1e-4)


def test_area_is_shared_between_two_halves() -> None:
    west, east = shapely.box(45, 39, 46, 41), shapely.box(46, 39, 47, 41)
    shape, piece, share = area_shares(shapes(disc(46, 40, 5000), disc(45.5, 40, 100), disc(10, 10, 100)), shapes(west, east))
    found = {(int(s), int(p)): float(x) for s, p, x in zip(shape, piece, share, strict=True)}
    assert found == {(0, 0): pytest.approx(0.5, abs=1e-6), (0, 1): pytest.approx(0.5, abs=1e-6), (1, 0): 1.0}


def test_ground_where_pieces_overlap_is_divided_between_them() -> None:
    west, east = shapely.box(45, 39, 46, 41), shapely.box(45.9, 39, 47, 41)
    shape, piece, share = area_shares(shapes(disc(45.95, 40, 1000), disc(45.5, 40, 1000)), shapes(west, east))
    assert set(zip(shape.tolist(), piece.tolist(), share.tolist(), strict=True)) == {(0, 0, 0.5), (1, 0, 1.0), (0, 1, 0.5)}


def test_long_edge_is_straight_in_degrees() -> None:
    # ten degrees from corner to corner; the disc lies on the middle of the edge
    half = shapely.Polygon([(40, 35), (50, 45), (50, 35)])
    _, _, share = area_shares(shapes(disc(45, 40, 3000)), shapes(half))
    assert share == pytest.approx([0.5], abs=0.002)


def test_line_on_the_edge_is_half_in_each() -> None:
    west, east = shapely.box(45, 39, 46, 41), shapely.box(46, 39, 47, 41)
    _, piece, share = length_shares(shapes(shapely.LineString([(46, 39.5), (46, 40)])), shapes(west, east))
    assert dict(zip(piece.tolist(), share.tolist(), strict=True)) == {0: pytest.approx(0.5), 1: pytest.approx(0.5)}


def test_line_that_leaves_is_shared_for_the_part_inside() -> None:
    _, _, share = length_shares(shapes(shapely.LineString([(44.5, 40), (45.5, 40)])), shapes(shapely.box(45, 39, 46, 41)))
    assert share == pytest.approx([0.5], abs=0.001)


LINE = gpd.GeoSeries([shapely.LineString([(46, 39), (46, 40)]), shapely.LineString([(46, 40), (46, 41)])], crs=WGS84)


@settings(deadline=None)
@given(st.floats(41, 51), st.floats(39.5, 40.5))
def test_distance_to_a_meridian_is_that_of_the_geodesic(lon: float, lat: float) -> None:
    lats = np.linspace(39, 41, 4001)
    nearest = GEOD.inv(np.full(4001, lon), np.full(4001, lat), np.full(4001, 46.0), lats)[2].min()
    found = distances_m(shapes(shapely.Point(lon, lat)), LINE)[0]
    assert found == pytest.approx(nearest, rel=0.001, abs=30)


def test_shape_that_meets_the_line_is_at_no_distance() -> None:
    assert distances_m(shapes(shapely.box(45, 39.5, 47, 40), shapely.LineString([(45, 40.5), (47, 40.5)])), LINE) == pytest.approx([0, 0])


def test_distance_without_a_line_is_unknown() -> None:
    assert np.isnan(distances_m(shapes(shapely.Point(46, 40)), LINE.iloc[:0])).all()
    assert len(distances_m(shapes(), LINE)) == 0


@settings(max_examples=20, deadline=None)
@given(st.floats(-130, -100), st.floats(46, 52))
def test_distance_is_that_of_the_geodesic_on_any_continent(lon: float, lat: float) -> None:
    parallel = gpd.GeoSeries([shapely.LineString([(x, 49.0), (x + 1, 49.0)]) for x in range(-125, -105)], crs=WGS84)
    lons = np.linspace(-125, -105, 20_001)
    nearest = GEOD.inv(np.full(20_001, lon), np.full(20_001, lat), lons, np.full(20_001, 49.0))[2].min()
    assert distances_m(shapes(shapely.Point(lon, lat)), parallel)[0] == pytest.approx(nearest, rel=0.002, abs=40)


def test_parts_of_a_line_are_not_joined() -> None:
    parted = gpd.GeoSeries([shapely.MultiLineString([[(45, 39), (46, 39)], [(45, 41), (46, 41)]])], crs=WGS84)
    assert distances_m(shapes(shapely.Point(45.5, 40)), parted)[0] == pytest.approx(111_000, rel=0.002)


def test_missing_and_empty_lines_count_for_nothing() -> None:
    some = gpd.GeoSeries([None, shapely.LineString(), *LINE], crs=WGS84)
    assert distances_m(shapes(shapely.Point(47, 40)), some)[0] == distances_m(shapes(shapely.Point(47, 40)), LINE)[0]
    assert np.isnan(distances_m(shapes(shapely.Point(47, 40)), some.iloc[:2])).all()

"""Which polygon holds a point: the cells answer as the exact test of every polygon does."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from boundaries.catalogue import load_catalogue
from boundaries.cells import NOWHERE, UNDECIDED
from boundaries.grid import CellIndex

UNITS = np.asarray(load_catalogue().units.geometry, dtype=object)


def shapes(*parts: shapely.Geometry | None) -> np.ndarray:
    held = np.empty(len(parts), dtype=object)
    held[:] = parts
    return held


def lowest_by_hand(polygons: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Every polygon against every point, without any index."""
    found = np.full(len(lon), NOWHERE)
    for number in range(len(polygons))[::-1]:
        found[shapely.intersects_xy(polygons[number], lon, lat)] = number
    return found


def with_cells(polygons: np.ndarray, points: int = 100_000) -> CellIndex:
    """An index whose cells are as fine as for so many points."""
    index = CellIndex(polygons)
    # asked again and again, it learns more of its cells
    for _ in range(4):
        index.find(*random_points(polygons, points, 6) if len(polygons) else np.zeros((2, points)))
    assert index.nbytes > 0 or not len(polygons)
    return index


def random_points(polygons: np.ndarray, many: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Over the box of the layer and a tenth around it."""
    west, south, east, north = shapely.total_bounds(polygons)
    rng = np.random.default_rng(seed)
    far_x, far_y = (east - west) / 10, (north - south) / 10
    return rng.uniform(west - far_x, east + far_x, many), rng.uniform(south - far_y, north + far_y, many)


def test_cells_answer_as_every_polygon_tested_by_hand() -> None:
    lon, lat = random_points(UNITS, 200_000, 1)
    index, expected = CellIndex(UNITS), lowest_by_hand(UNITS, lon, lat)
    for _ in range(4):
        assert np.array_equal(index.find(lon, lat), expected)


def test_points_on_and_next_to_edges_and_corners_have_one_exact_answer() -> None:
    edges = shapely.get_parts(shapely.boundary(UNITS))
    rng = np.random.default_rng(2)
    on = shapely.line_interpolate_point(np.repeat(edges, 200), rng.uniform(size=200 * len(edges)), normalized=True)
    near = shapely.get_coordinates(np.concatenate([shapely.points(shapely.get_coordinates(edges)), on]))
    hair = np.spacing(near)
    moved = np.concatenate([near, near + hair, near - hair, near + hair * [1, -1], near + 1e-9, near - [1e-9, 0]])
    found = with_cells(UNITS).find(moved[:, 0], moved[:, 1])
    assert np.array_equal(found, lowest_by_hand(UNITS, moved[:, 0], moved[:, 1]))
    assert np.array_equal(found, CellIndex(UNITS)._tested(moved[:, 0], moved[:, 1]))


def test_shared_edge_and_corner_go_to_the_lowest_number() -> None:
    four = shapes(shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(0, 1, 1, 2), shapely.box(1, 1, 2, 2))
    lon, lat = np.array([1.0, 1.0, 1.5, 0.5, 2.0, 2.5]), np.array([1.0, 1.5, 1.0, 1.0, 2.0, 1.0])
    for index in (CellIndex(four), with_cells(four)):
        assert index.find(lon, lat).tolist() == [0, 2, 1, 0, 3, NOWHERE]
    for index in (CellIndex(four[::-1]), with_cells(four[::-1])):
        assert index.find(lon, lat).tolist() == [0, 0, 0, 1, 0, NOWHERE]


def test_overlap_goes_to_the_lowest_number_and_a_gap_or_hole_to_none() -> None:
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 3, 3))
    layer = shapes(shapely.box(3.5, 0, 6, 4), ring, shapely.box(1, 1, 2, 2), shapely.box(1.5, 1.5, 1.8, 1.8))
    lon, lat = np.array([3.7, 0.5, 1.2, 1.6, 2.5, 3.0, 7.0]), np.array([2, 0.5, 1.2, 1.6, 2.5, 2.0, 2.0])
    for index in (CellIndex(layer), with_cells(layer)):
        assert index.find(lon, lat).tolist() == [0, 1, 2, 2, NOWHERE, 1, NOWHERE]


def test_missing_and_empty_polygons_hold_nothing_and_keep_their_number() -> None:
    layer = shapes(None, shapely.Polygon(), shapely.box(0, 0, 1, 1))
    for index in (CellIndex(layer), with_cells(layer)):
        assert index.find(np.array([0.5]), np.array([0.5])).tolist() == [2]


@pytest.mark.parametrize("layer", [shapes(), shapes(shapely.Polygon())])
def test_layer_without_polygons_answers_with_nowhere(layer: np.ndarray) -> None:
    many = np.full(2000, 0.5)
    assert (CellIndex(layer).find(many, many) == NOWHERE).all()
    assert (CellIndex(layer).find_whole(many, many, many, many) <= NOWHERE).all()


def test_no_points_have_no_answers() -> None:
    none = np.zeros(0)
    assert len(CellIndex(UNITS).find(none, none)) == 0
    assert len(with_cells(UNITS).find(none, none)) == 0


def test_coordinates_that_are_no_numbers_are_nowhere() -> None:
    lon, lat = np.array([np.nan, 46.4, np.inf, 46.4]), np.array([39.4, np.nan, 39.4, -np.inf])
    for index in (CellIndex(UNITS), with_cells(UNITS)):
        assert (index.find(lon, lat) == NOWHERE).all()


def test_layer_that_runs_past_the_antimeridian_is_asked_with_such_longitudes() -> None:
    layer = shapes(shapely.box(179, 0, 180, 1), shapely.box(180, 0, 181, 1), shapely.box(-180, 0, -179, 1))
    lon = np.array([179.5, 180.0, 180.5, -180.0, -179.5])
    for index in (CellIndex(layer), with_cells(layer)):
        assert index.find(lon, np.full(5, 0.5)).tolist() == [0, 0, 1, 2, 2]


def test_answers_do_not_depend_on_order_company_or_how_often_one_asks() -> None:
    lon, lat = random_points(UNITS, 30_000, 3)
    index = CellIndex(UNITS)
    first = index.find(lon, lat)
    order = np.random.default_rng(4).permutation(len(lon))
    assert np.array_equal(index.find(lon[order], lat[order]), first[order])
    for _ in range(3):
        index.find(np.tile(lon, 10), np.tile(lat, 10))
    assert np.array_equal(index.find(lon, lat), first)
    assert [int(index.find(lon[i : i + 1], lat[i : i + 1])[0]) for i in range(50)] == first[:50].tolist()


def test_few_points_make_no_cells() -> None:
    index = CellIndex(UNITS)
    index.find(np.full(40, 46.0), np.full(40, 40.0))
    assert index.nbytes == 0


@st.composite
def layers(draw: st.DrawFn) -> np.ndarray:
    """Triangles and boxes on a coarse lattice: many shared edges, corners, overlaps, gaps and holes."""
    whole = st.integers(0, 6)
    polygons = []
    for _ in range(draw(st.integers(1, 6))):
        corners = draw(st.lists(st.tuples(whole, whole), min_size=3, max_size=3, unique=True))
        polygon = shapely.convex_hull(shapely.MultiPoint(corners)) if draw(st.booleans()) else shapely.box(*corners[0], *corners[1])
        polygons.append(polygon if polygon.area else shapely.box(*corners[0], corners[0][0] + 1, corners[0][1] + 1))
    if len(polygons) > 1 and draw(st.booleans()):
        polygons[0] = shapely.difference(polygons[0], polygons[1])
    return shapes(*polygons)


@settings(max_examples=60, deadline=None)
@given(layers(), st.integers(0, 2**32 - 1))
def test_any_layer_is_answered_exactly(layer: np.ndarray, seed: int) -> None:
    rng = np.random.default_rng(seed)
    # thirds and halves lie on many of the edges, as far as numbers can
    lattice = rng.integers(-3, 40, (2, 1500)) / 6
    lon, lat = np.concatenate([lattice, rng.uniform(-0.5, 6.5, (2, 1500))], axis=1)
    expected = lowest_by_hand(layer, lon, lat)
    assert np.array_equal(CellIndex(layer).find(lon[:400], lat[:400]), expected[:400])
    index = CellIndex(layer)
    for _ in range(4):
        assert np.array_equal(index.find(lon, lat), expected)


@settings(max_examples=60, deadline=None)
@given(layers(), st.integers(0, 2**32 - 1))
def test_box_with_one_answer_is_held_by_that_polygon_alone(layer: np.ndarray, seed: int) -> None:
    rng = np.random.default_rng(seed)
    west, south = rng.uniform(-1, 6, (2, 200))
    east, north = west + rng.uniform(0, 1, 200), south + rng.uniform(0, 1, 200)
    whole = with_cells(layer).find_whole(west, south, east, north)
    drawn = shapely.box(west, south, east, north)
    for number, polygon in enumerate(layer):
        assert shapely.covers(polygon, drawn[whole == number]).all()
        assert not shapely.intersects(polygon, drawn[(whole != number) & (whole != UNDECIDED)]).any()


def test_most_small_boxes_have_one_answer() -> None:
    lon, lat = random_points(UNITS, 20_000, 5)
    whole = CellIndex(UNITS).find_whole(lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01)
    assert (whole != UNDECIDED).mean() > 0.7

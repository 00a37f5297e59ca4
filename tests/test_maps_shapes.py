from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from maps.shapes import packed, rounded

SQUARE = Polygon([(46, 39), (47, 39), (47, 40), (46, 40)], holes=[[(46.2, 39.2), (46.2, 39.4), (46.4, 39.4), (46.4, 39.2)]])


def unpacked(value: list[Any]) -> BaseGeometry:
    kind, decimals, paths = value

    def points(inner: list[Any]) -> list[Any]:
        if isinstance(inner[0], int):
            return (np.cumsum(np.reshape(inner, (-1, 2)), axis=0) / 10**decimals).tolist()
        return [points(part) for part in inner]

    return shapely.geometry.shape({"type": kind, "coordinates": points(paths)})


@pytest.mark.parametrize(
    "shape",
    [SQUARE, LineString([(46, 39), (46.5, 40)]), MultiPolygon([SQUARE]), MultiLineString([[(46, 39), (46.5, 40)], [(45, 39), (45, 40)]])],
)
def test_a_packed_shape_can_be_had_back(shape: BaseGeometry) -> None:
    assert unpacked(packed(shape, 3)).equals(shape)


DEGREES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(st.lists(DEGREES, min_size=2, max_size=30))
def test_packing_moves_no_point_by_more_than_half_a_unit(points: list[tuple[float, float]]) -> None:
    back = shapely.get_coordinates(unpacked(packed(LineString(points), 4)))
    assert np.abs(back - np.array(points)).max() <= 0.5001e-4


def test_a_shape_smaller_than_the_grid_does_not_vanish() -> None:
    tiny = Polygon([(46, 39), (46.0001, 39), (46.0001, 39.0001)])
    assert not rounded(tiny, 3).is_empty


def test_rounding_leaves_only_that_many_decimals() -> None:
    assert np.array_equal(
        shapely.get_coordinates(rounded(LineString([(46.12345, 39.1), (46.5, 39.98765)]), 3)), [[46.123, 39.1], [46.5, 39.988]]
    )

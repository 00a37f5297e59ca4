from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
from pyproj import Geod
from shapely import GeometryCollection, LineString, MultiPoint, Point, Polygon

from geo.schema import incident_table
from maps.incidents import incident_payload


def payload(geometry: list[object], **columns: list[object]) -> dict[str, object]:
    held = {"id": [str(i) for i in range(len(geometry))], **columns}
    return incident_payload(incident_table(held, geometry=gpd.GeoSeries(geometry, crs="EPSG:4326")))


def test_a_point_with_a_radius_is_drawn_as_the_disc_that_should_hold_it() -> None:
    told = payload([Point(46.3, 39.5)], radius_m=[5_000.0], location_kind=["near"])
    record = told["records"][0]
    kind, decimals, (steps,) = told["shapes"][record["shape"]]
    rim = np.cumsum(np.reshape(steps, (-1, 2)), axis=0) / 10**decimals
    assert kind == "Polygon"
    distances = [Geod(ellps="WGS84").inv(*record["at"], *spot)[2] for spot in rim]
    assert min(distances) == pytest.approx(5_000, abs=20)
    assert max(distances) == pytest.approx(5_000, abs=20)


def test_an_exact_point_has_no_shape() -> None:
    told = payload([Point(46.3, 39.5)], radius_m=[0.0], location_kind=["point"])
    assert told["shapes"] == []
    assert "shape" not in told["records"][0]


def test_the_symbol_of_an_area_stands_inside_it() -> None:
    hook = Polygon([(46, 39), (47, 39), (47, 40), (46, 40), (46, 39.9), (46.9, 39.9), (46.9, 39.1), (46, 39.1)])
    told = payload([hook], location_kind=["area"], radius_m=[30_000.0])
    assert hook.contains(Point(told["records"][0]["at"]))


def test_the_symbol_of_a_line_stands_on_it() -> None:
    line = LineString([(46, 39), (46, 40)])
    assert payload([line], location_kind=["line"])["records"][0]["at"] == [46.0, 39.5]


def test_a_shape_shared_by_several_incidents_is_in_the_page_once() -> None:
    square = Polygon([(46, 39), (47, 39), (47, 40), (46, 40)])
    told = payload([square, square, Point(46.3, 39.5)], radius_m=[0.0, 0.0, 900.0])
    assert [record["shape"] for record in told["records"]] == [0, 0, 1]


def test_an_unlocated_incident_has_no_spot_and_is_kept() -> None:
    told = payload([None, Point(46.3, 39.5)])
    assert ["at" in record for record in told["records"]] == [False, True]


def test_unknown_numbers_are_left_out_and_zero_is_kept() -> None:
    record = payload([None], killed_low=[0.0])["records"][0]
    assert record["killed_low"] == 0
    assert "killed_high" not in record


def test_a_spot_is_no_more_exact_than_its_radius() -> None:
    assert payload([Point(46.123456, 39.123456)], radius_m=[25_000.0])["records"][0]["at"] == [46.12, 39.12]


def test_no_incidents_make_an_empty_payload() -> None:
    told = incident_payload(incident_table({}, size=0))
    assert told == {"records": [], "shapes": [], "bounds": None}
    assert json.dumps(told)


def test_several_points_are_several_discs_and_never_a_pin() -> None:
    told = payload([MultiPoint([(46, 39), (46.5, 39.5)])], radius_m=[2_000.0], location_kind=["near"])
    assert told["shapes"][0][0] == "MultiPolygon"


def test_of_mixed_shapes_the_areas_are_drawn() -> None:
    mixed = GeometryCollection([Point(45, 39), Polygon([(46, 39), (47, 39), (47, 40), (46, 40)])])
    assert payload([mixed], location_kind=["area"])["shapes"][0][0] == "Polygon"


def test_a_small_area_is_drawn_small_and_does_not_vanish() -> None:
    yard = Polygon([(46, 39), (46.0002, 39), (46.0002, 39.0002), (46, 39.0002)])
    told = payload([yard], location_kind=["area"])
    assert told["shapes"][0] == ["Polygon", 6, [told["shapes"][0][2][0]]]
    assert len(told["shapes"][0][2][0]) == 10

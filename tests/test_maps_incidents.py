from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import geopandas as gpd
from shapely import GeometryCollection, LineString, MultiPoint, Point, Polygon

from geo.schema import incident_table
from maps.incidents import WRITTEN_MOST, incident_payload


def payload(geometry: list[object], **columns: list[object]) -> dict[str, Any]:
    held = {"id": [str(i) for i in range(len(geometry))], **columns}
    return incident_payload(incident_table(held, geometry=gpd.GeoSeries(geometry, crs="EPSG:4326")))


def test_the_disc_of_a_point_is_left_to_the_page_which_has_spot_and_radius() -> None:
    told = payload([Point(46.3, 39.5)], radius_m=[5_000.0], location_kind=["near"])
    assert told["shapes"] == []
    assert (told["records"][0]["at"], told["records"][0]["radius_m"]) == ([46.3, 39.5], 5_000)


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
    line = LineString([(46, 39), (46, 40)])
    told = payload([square, square, line, square], radius_m=[0.0, 0.0, 900.0, 30_000.0])
    assert [record["shape"] for record in told["records"]] == [0, 0, 1, 0]
    assert len(told["shapes"]) == 2


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
    assert told == {"records": [], "shapes": [], "bounds": None, "columns": told["columns"]}
    assert json.dumps(told)


def test_no_incidents_can_be_packed() -> None:
    told = incident_payload(incident_table({}, size=0), written_most=-1)
    assert set(told["packed"]) == {"first", "more", "later"}


def test_a_long_table_is_packed_and_the_same_table_gives_the_same_text() -> None:
    shapes = [Point(46 + i / 1_000, 39.5) for i in range(WRITTEN_MOST + 1)]
    told = payload(shapes)
    assert "records" not in told
    assert payload(shapes) == told
    assert json.dumps(told)


def test_titles_and_claims_are_packed_apart_from_what_is_drawn() -> None:
    told = incident_payload(incident_table({"id": ["a"], "title": ["Shelling"]}), written_most=0)["packed"]
    assert b"Shelling" not in gzip.decompress(base64.b64decode(told["first"]))
    assert b"Shelling" in gzip.decompress(base64.b64decode(told["more"]))
    assert {"title", "claims"} <= set(told["later"])


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

import json
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon

from geo.claims import Actor, Claim
from geo.schema import PUBLIC_COLUMNS, Counts, incident_table
from maps.export.geojson import decimals_for, geojson_text
from maps.provenance import Provenance

PROVENANCE = Provenance("0", "neutral", None, Counts(1, 1, 0, 0, 0), ("a source",), "a disclaimer", (("reports.csv", "0" * 64),))
CLOCKWISE = Polygon([(46, 39), (46, 40), (47, 40), (47, 39)], holes=[[(46.2, 39.2), (46.4, 39.2), (46.4, 39.4), (46.2, 39.4)]])


def table(geometry: list[Any], **columns: list[Any]) -> gpd.GeoDataFrame:
    rows = len(geometry)
    given_columns = {"id": [f"i{n}" for n in range(rows)], "location_kind": ["point"] * rows} | columns
    return incident_table(given_columns, geometry=geometry)


def collection(incidents: gpd.GeoDataFrame) -> Any:
    return json.loads(geojson_text(incidents, provenance=PROVENANCE))


def test_every_public_property_is_present_and_null_when_unknown() -> None:
    (feature,) = collection(table([Point(46, 39)]))["features"]
    assert tuple(feature["properties"]) == PUBLIC_COLUMNS
    assert feature["properties"]["killed_low"] is None
    assert feature["properties"]["start"] is None
    assert feature["properties"]["claims"] == []
    assert feature["id"] == feature["properties"]["id"] == "i0"


def test_an_unlocated_incident_is_a_feature_without_geometry() -> None:
    (feature,) = collection(table([None], location_kind=["unknown"]))["features"]
    assert feature["geometry"] is None


def test_rings_wind_as_rfc_7946_wants() -> None:
    (feature,) = collection(table([CLOCKWISE], location_kind=["area"]))["features"]
    shell, hole = (shapely.LinearRing(ring) for ring in feature["geometry"]["coordinates"])
    assert shell.is_ccw
    assert not hole.is_ccw


def test_there_is_no_crs_member_and_a_bbox_west_south_east_north() -> None:
    whole = collection(table([Point(46, 39), Point(45, 40)]))
    assert "crs" not in whole
    assert whole["bbox"] == [45, 39, 46, 40]


def test_the_collection_says_what_it_is() -> None:
    facts = collection(table([]))["marchland"]
    assert facts["viewpoint"] == "neutral"
    assert facts["counts"] == {"rows_in": 1, "mapped": 1, "unlocated": 0, "held_back": 0, "rejected": 0}
    assert facts["attribution"] == ["a source"]
    assert facts["disclaimer"] == "a disclaimer"


def test_claims_and_actors_are_lists_of_objects() -> None:
    claims = [(Claim(by="Armenian MoD", side="AM", stance="asserts", text="{{ 7*7 }}</script>", span=(1, 2)),)]
    actors = [(Actor("AZ forces", "AZ"),)]
    (feature,) = collection(table([Point(46, 39)], claims=claims, actors=actors))["features"]
    (claim,) = feature["properties"]["claims"]
    assert set(claim) == {"by", "side", "stance", "about", "text", "said_on", "url"}
    assert claim["text"] == "{{ 7*7 }}</script>"
    assert feature["properties"]["actors"] == [{"name": "AZ forces", "side": "AZ", "role": None}]


def test_dates_are_iso_and_counts_whole() -> None:
    incidents = table([Point(46, 39)], start=[date(2021, 5, 12)], end=[date(2021, 5, 14)], killed_low=[3])
    properties = collection(incidents)["features"][0]["properties"]
    assert (properties["start"], properties["end"], properties["killed_low"]) == ("2021-05-12", "2021-05-14", 3)


def test_coordinates_are_no_finer_than_the_radius_supports() -> None:
    incidents = table([Point(46.123456789, 39.123456789)], radius_m=[5000])
    assert collection(incidents)["features"][0]["geometry"]["coordinates"] == [46.123, 39.123]


def test_lines_keep_their_shape() -> None:
    line = LineString([(46.123456789, 39), (46.2, 39.1)])
    (feature,) = collection(table([line], location_kind=["line"]))["features"]
    assert feature["geometry"]["coordinates"] == [[46.12346, 39], [46.2, 39.1]]


@given(st.floats(min_value=0.1, max_value=1e6))
def test_rounding_moves_a_point_by_less_than_a_fifth_of_its_radius(radius_m: float) -> None:
    decimals = int(decimals_for(np.array([radius_m]))[0])
    moved_m = 0.5 * 10**-decimals * 111_320 * np.sqrt(2)
    assert moved_m <= max(radius_m / 5, 0.1)


@pytest.mark.parametrize("hostile", ["\u2028", "\x00", '"', "\\", "<!--", "${x}", "\U0001f600"])
def test_any_text_survives(hostile: str) -> None:
    assert collection(table([Point(46, 39)], title=[hostile]))["features"][0]["properties"]["title"] == hostile

"""Points that stand for an area or line become it, never a dot."""

from __future__ import annotations

from typing import Any

import pytest
from shapely import Point

from geo.geocode import geocode
from geo.location import GEOD
from geo.schema import incident_table


def spread(text: str | None, *, radius_m: float = 50_000, country: str | None = None, adm1: str | None = None, kind: str = "area") -> Any:
    """The one row of a table with a point of this kind, after geocoding."""
    table = incident_table(
        {
            "id": ["a"], "place_text": [text], "stated_country": [country], "stated_adm1": [adm1], "location_kind": [kind],
            "radius_m": [radius_m], "geocode_method": ["coordinates"], "geocode_reason": ["precision 3 of ACLED"],
        },
        geometry=[Point(46.34, 39.51)],
    )  # fmt: skip
    return geocode(table).iloc[0]


def test_named_line_is_the_line_though_the_row_is_filed_under_a_unit() -> None:
    row = spread("Line of Contact", radius_m=100_000, country="Azerbaijan", adm1="Tartar")
    assert (row.location_kind, row.outline, row.geometry) == ("line", ("kind:line_of_contact",), None)


def test_named_area_is_the_area() -> None:
    row = spread("Nagorno-Karabakh", radius_m=100_000, country="Azerbaijan")
    assert (row.location_kind, row.outline) == ("area", ("zone:nkao_former",))


def test_town_that_stands_for_a_region_is_the_stated_unit() -> None:
    row = spread("Goris", country="Armenia", adm1="Syunik")
    assert (row.location_kind, row.outline, row.place_id) == ("area", ("unit:am-syunik",), "unit:am-syunik")
    assert row.geocode_reason == "precision 3 of ACLED; the point stands for Syunik, the unit that the source states"


def test_country_code_is_the_country() -> None:
    assert spread(None, radius_m=250_000, country="Armenia").outline == ("country:AM",)


def test_unit_is_not_taken_for_what_is_wider_than_one() -> None:
    row = spread("somewhere", radius_m=100_000, country="Azerbaijan", adm1="Tartar")
    assert row.outline == ()
    assert row.geometry.geom_type == "Polygon"


@pytest.mark.parametrize("radius_m", [25_000, 50_000, 100_000])
def test_what_is_not_known_is_a_disc_of_the_radius_of_its_code(radius_m: float) -> None:
    row = spread("Nowhere", radius_m=radius_m)
    corner = row.geometry.exterior.coords[0]
    assert GEOD.inv(46.34, 39.51, *corner)[2] == pytest.approx(radius_m)
    assert (row.location_kind, row.radius_m) == ("area", radius_m)
    assert "an area that is not known" in row.geocode_reason


def test_point_that_is_a_place_stays_a_point() -> None:
    row = spread("Goris", radius_m=3_000, country="Armenia", adm1="Syunik", kind="near")
    assert row.geometry == Point(46.34, 39.51)

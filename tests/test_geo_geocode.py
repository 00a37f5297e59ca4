"""Wordings and tables to locations."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer, Place, embedded_gazetteer
from geo.geocode import coordinate_radius_m, geocode, locate
from geo.location import Location, distance_m
from geo.schema import incident_table

WHOLE = embedded_gazetteer()


def where(text: str, *, country: str | None = None, adm1: str | None = None, place_id: str | None = None) -> Location:
    return locate(text, gazetteer=WHOLE, country=country, adm1=adm1, place_id=place_id)


def at(place_id: str) -> Place:
    found = WHOLE.get(place_id)
    assert found is not None
    return found


def km_from(location: Location, place_id: str) -> float:
    assert isinstance(location.geometry, shapely.Point)
    return distance_m(location.geometry, shapely.Point(at(place_id).lon, at(place_id).lat)) / 1000


def radius(text: str, **context: str) -> float:
    found = where(text, **context).radius_m
    assert found is not None
    return found


def test_settlement_is_its_point_with_its_own_radius() -> None:
    found = where("Sotk, Gegharkunik")
    assert (found.kind, found.place_id, found.place, found.method, found.radius_m) == ("point", "sotk-zod", "Sotk / Zod", "name", 1500)
    assert km_from(found, "sotk-zod") == 0


def test_unit_is_an_outline_and_never_a_point() -> None:
    found = where("in the southern province of Syunik")
    assert (found.kind, found.geometry, found.outline) == ("area", None, ("unit:am-syunik",))
    assert where("Nagorno-Karabakh").outline == ("zone:nkao_former",)
    assert where("Lachin corridor and line of contact").outline == ("kind:corridor", "kind:line_of_contact")
    assert where("eastern section of the border").kind == "line"


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Martuni, Khojavend", "khojavend-martuni"), ("Martuni (Gegharkunik)", "garanlig-martuni"),
        ("city of Martuni, Gegharkunik", "garanlig-martuni"),
        ("village of Aghdam, Tovuz district", "aghdam"),
        ("Verishen village, Goris community, Syunik Province", "verishen"),
        ("Ahmadli settlement of the Lachin region", "ahmadli-ahmedli"), ("Şuşa şəhəri", "shusha-shushi"),
        ("Stepanakert (Khankendi)", "khankendi-stepanakert"),
        ("Parukh, Askeran", "farrukh-parukh"), ("Tavush village", "tavush-tovuz"),
        ("село Тех Сюникской области", "digh-tegh"),
    ],
)  # fmt: skip
def test_homonym_is_decided_by_what_the_wording_says(text: str, place_id: str) -> None:
    assert where(text).place_id == place_id


def test_homonym_is_decided_by_what_the_row_says() -> None:
    assert where("Martuni", adm1="Gegharkunik").place_id == "garanlig-martuni"
    assert where("Martuni", adm1="Khojavend District").place_id == "khojavend-martuni"
    assert where("Martuni", country="AZ").place_id == "khojavend-martuni"
    assert where("Aghdam", adm1="Agdam;Tovuz").method == "ambiguous"
    assert where("Martuni", place_id="khojavend-martuni").place_id == "khojavend-martuni"


def test_neighbour_named_along_decides_a_homonym() -> None:
    found = where("Martakert and Martuni directions", country="AZ", adm1="Tartar")
    assert found.place is not None
    assert "Khojavend / Martuni" in found.place


@pytest.mark.parametrize("text", ["Martuni", "Agarak", "Tovuz", "Aghdam", "Istisu", "Ararat", "near Martuni", "5 km north of Agarak"])
def test_homonym_without_context_stays_ambiguous_with_its_rivals(text: str) -> None:
    found = where(text)
    assert (found.kind, found.geometry, found.method, found.radius_m) == ("unknown", None, "ambiguous", None)
    assert len(found.rivals) >= 2
    assert "fits" in found.reason


@pytest.mark.parametrize(
    "text", ["height 2705", "Berdzarat", "Nowhere village, Syunik province", "Nowhereville, Goris", "", "x" * 1000, "all posts"]
)
def test_unknown_name_stays_unresolved_with_the_reason(text: str) -> None:
    found = where(text)
    assert (found.kind, found.geometry, found.method) == ("unknown", None, "unresolved")
    assert found.reason


def test_place_known_only_elsewhere_is_not_taken() -> None:
    for found in (where("Goris", country="AZ"), where("Goris", adm1="Lachin"), where("Aghdam village, Lachin")):
        assert (found.kind, found.method) == ("unknown", "unresolved")
        assert found.rivals
        assert "known in" in found.reason


def test_unit_that_is_not_known_is_not_used_and_said_so() -> None:
    found = where("Goris", adm1="Middle Earth")
    assert found.place_id == "goris-gorus"
    assert "Middle Earth is not a known unit" in found.reason


def test_misspelling_is_taken_as_such_with_a_larger_radius() -> None:
    found = where("Stepankert")
    assert (found.place_id, found.kind) == ("khankendi-stepanakert", "near")
    assert "spelling" in found.reason
    assert radius("Stepankert") > radius("Stepanakert")
    assert where("Lachen").place_id == "berdzor-lachin"


@pytest.mark.parametrize("text", ["Vardanidzor", "Berdzarat", "height 2055", "Sotq Kut Norabak"])
def test_merely_similar_name_is_not_taken(text: str) -> None:
    assert where(text).method == "unresolved"


def test_offset_is_shifted_with_the_radius_of_its_rounding_and_angle() -> None:
    found = where("5 km north of Goris")
    assert isinstance(found.geometry, shapely.Point)
    assert km_from(found, "goris-gorus") == pytest.approx(5)
    assert found.geometry.y > at("goris-gorus").lat
    half_a_wind = 5000 * math.sin(math.radians(22.5))
    assert found.radius_m == pytest.approx(math.hypot(0.7 * 500, 0.7 * half_a_wind, at("goris-gorus").radius_m))


def test_ring_holds_its_distance() -> None:
    assert radius("15 km from Goris") >= 15_000 + at("goris-gorus").radius_m


def test_road_and_stretch_are_lines_between_their_ends() -> None:
    for text in ("between Goris and Kapan", "the Goris–Kapan road"):
        found = where(text)
        assert found.kind == "line"
        assert isinstance(found.geometry, shapely.LineString)
        assert found.geometry.coords[0] == (at("goris-gorus").lon, at("goris-gorus").lat)
        assert found.place == "Goris / Gorus; Gafan / Kapan"


def test_places_close_together_are_one_disc_that_holds_them() -> None:
    found = where("Sotk and Verin Shorzha, Gegharkunik")
    assert found.kind == "near"
    assert found.radius_m is not None
    for place_id in ("sotk-zod", "verin-shorzha-yukhari-shorja"):
        assert km_from(found, place_id) * 1000 + at(place_id).radius_m <= found.radius_m + 1


def test_places_far_apart_are_an_area_of_their_discs() -> None:
    found = where("Goris, Kapan and Jermuk")
    assert found.kind == "area"
    assert isinstance(found.geometry, shapely.MultiPolygon)
    assert len(found.geometry.geoms) == 3


def test_list_with_an_unknown_part_is_no_point() -> None:
    found = where("Ishkhanasar and Mount Kilisali, Syunik")
    assert found.kind == "near"
    assert "Kilisali" in found.reason


def test_two_sides_of_a_border_are_both_kept() -> None:
    found = where("Kut, Gegharkunik / Yukhari Ayrim, Kalbajar", country="AM;AZ", adm1="Gegharkunik")
    assert found.place == "Kut / Zarkand; Yukhari Ayrim"


def test_strip_inside_a_country_is_met_with_what_is_near_a_place() -> None:
    found = where("500 m inside Armenian territory near Tegh")
    assert (found.place_id, found.kind, found.radius_m) == ("digh-tegh", "area", 6500)
    assert found.outline == ("band:country:AM,500,0.5 & disc:46.48100,39.55800,6500",)


def test_section_of_the_border_is_a_line_and_beside_a_depth_only_tells_the_unit() -> None:
    assert (where("border section of Gegharkunik").kind, where("border section of Gegharkunik").outline) == (
        "line", ("section:am-gegharkunik",)
    )  # fmt: skip
    assert where("north-eastern section of the border").outline == ("section:north-east",)
    assert where("western section of the border").outline == ("line:am-az-border",)
    seen = where("3.5 km inside Armenian territory near Sev Lich on the border section of Syunik")
    assert seen.outline == ("band:country:AM,3500,50 & unit:am-syunik & disc:46.23200,39.59800,6500",)


def test_wording_of_an_area_wins_over_the_id_of_its_town() -> None:
    assert where("Agdam district", place_id="agdam-akna").outline == ("unit:az-agdam",)


def test_relation_of_the_wording_holds_for_the_place_of_the_id() -> None:
    assert where("fields near Martakert", place_id="aghdara-martakert").kind == "near"
    assert where("Goris", place_id="goris-gorus").method == "place_id"


def test_id_places_what_the_wording_does_not() -> None:
    found = where("the old quarry", place_id="sotk-zod")
    assert (found.place_id, found.method) == ("sotk-zod", "place_id")
    assert where("", place_id="sotk-zod").place_id == "sotk-zod"


def test_unknown_id_is_told_and_the_wording_used() -> None:
    found = where("Sotk", place_id="no-such-place")
    assert found.place_id == "sotk-zod"
    assert "no-such-place" in found.reason


def test_former_raion_is_an_uncertain_disc() -> None:
    found = where("Basarkechar region")
    assert (found.kind, found.place_id) == ("near", "basarkechar-vardenis-raion")
    assert radius("Basarkechar region") >= 15_000


@given(st.sampled_from([p for p in WHOLE if p.kind == "village" and len(WHOLE.find(p.names[0])) == 1]))
@settings(max_examples=60, deadline=None)
def test_radius_never_shrinks_when_the_relation_is_vaguer(place: Place) -> None:
    name = place.names[0]
    located = [where(text, country=place.country) for text in (name, f"near {name}", f"in the direction of {name}")]
    radii = [found.radius_m for found in located if found.place_id == place.place_id and found.radius_m is not None]
    assert radii == sorted(radii)
    assert len(radii) in (0, 3)


@given(st.sampled_from([p for p in WHOLE if not p.is_area and p.country in ("AM", "AZ")]), st.sampled_from(["AM", "AZ"]))
@settings(max_examples=100, deadline=None)
def test_location_is_never_in_a_country_that_was_not_stated(place: Place, country: str) -> None:
    found = where(place.names[0], country=country)
    assert found.place_id is None or at(found.place_id).country == country


def table(**columns: list[object]) -> gpd.GeoDataFrame:
    return incident_table(columns)


def test_table_is_located_in_its_order_and_not_changed() -> None:
    rows = table(place_text=["Goris", "Martuni", "Goris", "Syunik", None], stated_country=["AM", None, "AM", "AM", None])
    before = rows.copy()
    placed = geocode(rows)
    assert list(placed.geocode_method) == ["name", "ambiguous", "name", "name", "unresolved"]
    assert list(placed.location_kind) == ["point", "unknown", "point", "area", "unknown"]
    assert list(placed.place_unit) == ["am-syunik", None, "am-syunik", None, None]
    assert placed.outline[3] == ("unit:am-syunik",)
    assert list(placed.columns) == list(before.columns)
    assert rows.equals(before)


def test_order_of_rows_does_not_matter() -> None:
    texts = ["near Tegh", "Kut, Gegharkunik", "between Goris and Kapan", "Martuni", "15 km east of Vardenis"]
    forward, backward = geocode(table(place_text=texts)), geocode(table(place_text=texts[::-1])).iloc[::-1].reset_index(drop=True)
    assert forward.drop(columns="geometry").equals(backward.drop(columns="geometry"))
    assert forward.geometry.geom_equals(backward.geometry).sum() == 4


def test_place_beside_a_wrong_polygon_keeps_its_unit_but_an_offset_does_not() -> None:
    placed = geocode(table(place_text=["Xankəndi", "near Xankəndi", "15 km east of Vardenis", "Kheyrimli and Gizilhajili"]))
    assert list(placed.place_unit) == ["az-khankendi-city", "az-khankendi-city", None, "az-qazakh"]


def test_coordinates_are_kept_with_the_radius_of_their_decimals() -> None:
    rows = incident_table(
        {"place_text": ["Goris"] * 3, "radius_m": [np.nan, np.nan, 250.0]},
        geometry=gpd.points_from_xy([46.3, 46.3381, 46.3381], [39.5, 39.5128, 39.5128]),
    )
    placed = geocode(rows)
    assert list(placed.location_kind) == ["point"] * 3
    assert list(placed.geocode_method) == ["coordinates"] * 3
    assert placed.radius_m[0] > 6_000
    assert list(placed.radius_m[1:]) == [100, 250]
    assert placed.geometry.geom_equals(rows.geometry).all()


def test_shape_of_the_source_is_kept_as_area_or_line() -> None:
    shapes = [shapely.box(46, 39, 46.1, 39.1), shapely.LineString([(46, 39), (46.1, 39.1)]), shapely.Point(46.12345, 39.12345)]
    placed = geocode(incident_table({"place_text": [None, None, None]}, geometry=shapes))
    assert list(placed.location_kind) == ["area", "line", "point"]
    assert list(placed.radius_m) == [0, 0, 100]


def test_row_that_is_located_already_stays() -> None:
    rows = table(place_text=["Goris"], location_kind=["near"], geocode_method=["coordinates"])
    assert geocode(rows).equals(rows)


def test_empty_table_stays_empty() -> None:
    assert len(geocode(incident_table({}, size=0))) == 0


def test_own_gazetteer_takes_the_place_of_the_embedded() -> None:
    own = Gazetteer([Place("x", "Xville", ("Xville",), "village", 46.0, 39.5, 900.0, "AM", "Syunik", "am-syunik", (), 0, ("am-syunik",))])
    placed = geocode(table(place_text=["Xville", "Goris"]), gazetteer=own)
    assert list(placed.place_id) == ["x", None]


@given(st.floats(44, 50), st.floats(38, 42), st.integers(0, 6))
def test_fewer_decimals_never_give_a_smaller_radius(lon: float, lat: float, digits: int) -> None:
    coarse, fine = (coordinate_radius_m(np.array([round(lon, d)]), np.array([round(lat, d)]))[0] for d in (digits, digits + 1))
    assert coarse >= fine - 1e-6 * coarse or round(lon, digits + 1) == round(lon, digits)
    assert fine >= 100

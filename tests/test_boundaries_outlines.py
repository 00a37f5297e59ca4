"""Shapes of incidents that are told by the name of a unit, zone, line or country."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from boundaries.assign import assign_units
from boundaries.catalogue import load_catalogue
from boundaries.outlines import equal_area_radius_m, fill_outlines
from boundaries.repairs import area_km2
from geo.location import disc
from geo.schema import incident_table

CATALOGUE = load_catalogue()


def told(*outlines: tuple[str, ...], day: Any = "2021-05-14", last: Any = None, **columns: Any) -> gpd.GeoDataFrame:
    """Unlocated incidents with these outlines."""
    many = len(outlines)
    spread = {name: [value] * many for name, value in columns.items()}
    return incident_table({"outline": list(outlines), "start": [day] * many, "end": [last or day] * many, **spread})


def one(*outline: str, **options: Any) -> Any:
    return fill_outlines(told(outline, **options), CATALOGUE).iloc[0]


def test_unit_is_an_area_with_the_radius_of_its_size() -> None:
    row = one("unit:am-syunik")
    assert row.location_kind == "area"
    assert np.pi * (row.radius_m / 1000) ** 2 == pytest.approx(area_km2(row.geometry), rel=0.001)
    assert row.geometry.equals(CATALOGUE.units.set_index("id").geometry["am-syunik"])


def test_radius_of_a_disc_is_its_own() -> None:
    assert equal_area_radius_m(disc(46, 40, 10_000)) == pytest.approx(10_000, rel=0.001)
    assert equal_area_radius_m(disc(46, 40, 10_000).reverse()) == pytest.approx(10_000, rel=0.001)


def test_several_units_are_one_area() -> None:
    row = one("unit:am-syunik", "unit:am-gegharkunik")
    parts = CATALOGUE.units.set_index("id").geometry[["am-syunik", "am-gegharkunik"]]
    assert area_km2(row.geometry) == pytest.approx(sum(map(area_km2, parts)))


def test_wider_unit_is_the_union_of_its_members() -> None:
    row = one("unit:az-econ-east-zangezur-2021", day="2021-07-07")
    members = CATALOGUE.units[CATALOGUE.units.id.isin(["az-jabrayil", "az-kalbajar", "az-qubadli", "az-lachin", "az-zangilan"])]
    assert area_km2(row.geometry) == pytest.approx(members.geometry.map(area_km2).sum(), rel=1e-6)


def test_line_of_contact_before_the_war_of_2020_is_told_by_its_kind() -> None:
    row = one("kind:line_of_contact", day="2020-07-12")
    assert (row.location_kind, row.radius_m) == ("line", 10_000)


def test_country_has_neither_holes_nor_foreign_ground() -> None:
    for code in ("AM", "AZ"):
        row = one(f"country:{code}")
        assert all(not part.interiors for part in shapely.get_parts(row.geometry))
        assert assign_units(fill_outlines(told((f"country:{code}",)), CATALOGUE), CATALOGUE).country[0] == code


def test_zone_can_be_named_by_its_group() -> None:
    seven = CATALOGUE.units[CATALOGUE.units.one_of_seven].union_all()
    assert one("zone:seven_districts").geometry.symmetric_difference(seven).area < 1e-9


def test_former_oblast_is_an_area_in_2021() -> None:
    assert area_km2(one("zone:nkao_former").geometry) == pytest.approx(4388, rel=0.01)


def test_line_is_a_line_with_the_metres_by_which_it_may_be_off() -> None:
    row = one("line:am-az-border")
    assert (row.location_kind, row.radius_m) == ("line", 1000)
    contact = one("kind:line_of_contact")
    assert (contact.location_kind, contact.radius_m) == ("line", 4000)


def test_kind_means_what_was_in_force_on_the_day() -> None:
    old, new = one("kind:corridor", day="2022-08-24"), one("kind:corridor", day="2022-08-30")
    assert not old.geometry.equals(new.geometry)
    both = one("kind:corridor", day="2022-08-24", last="2022-08-30")
    assert area_km2(both.geometry) == pytest.approx(area_km2(shapely.union(old.geometry, new.geometry)))
    assert one("kind:corridor", day="2022-08-27").geometry is None


def test_line_of_contact_grew_with_the_handovers() -> None:
    early, late = one("kind:line_of_contact", day="2020-11-24"), one("kind:line_of_contact", day="2020-11-25")
    assert late.geometry.length > early.geometry.length


def test_post_is_near_its_point() -> None:
    row = one("zone:hakari_checkpoint", day="2023-05-01")
    assert (row.location_kind, row.radius_m, row.geometry.geom_type) == ("near", 2500, "Point")


@pytest.mark.parametrize(
    ("outline", "day", "reason"),
    [
        ("zone:hakari_checkpoint", "2021-05-14", "zone:hakari_checkpoint was not in force on 2021-05-14"),
        ("zone:aor_2020_2023", "2023-09-20", "zone:aor_2020_2023 was not in force on 2023-09-20"),
        ("unit:am-basarkechar", "2021-05-14", "unit:am-basarkechar is not in the catalogue"),
        ("country:XX", "2021-05-14", "country:XX is not in the catalogue"),
        ("nonsense", "2021-05-14", "nonsense is not in the catalogue"),
        ("kind:corridor", None, "kind:corridor needs a date"),
        ("unit:nkr-hadrut-province", "2020-05-14", "of unit:nkr-hadrut-province no outline is known"),
        ("unit:az-aghdara", "2023-12-04", "unit:az-aghdara was not in force on 2023-12-04"),
    ],
)
def test_outline_that_gives_nothing_leaves_the_row_unlocated_with_the_reason(outline: str, day: str | None, reason: str) -> None:
    row = one(outline, day=day, location_kind="area", geocode_method="name", geocode_reason="by name")
    assert row.geometry is None
    assert (row.location_kind, row.geocode_method) == ("unknown", "unresolved")
    assert np.isnan(row.radius_m)
    assert row.geocode_reason == f"by name; {reason}"


def test_part_of_a_place_is_not_the_place() -> None:
    row = one("unit:am-syunik", "unit:am-basarkechar")
    assert row.geometry is None
    assert "am-basarkechar" in row.geocode_reason


def test_named_zone_of_an_incident_without_a_date_is_found() -> None:
    assert one("zone:aor_2020_2023", day=None).location_kind == "area"


def test_one_day_for_all_rows_overrides_their_own() -> None:
    row = fill_outlines(told(("kind:corridor",), day="2024-01-01"), CATALOGUE, as_of="2021-01-01").iloc[0]
    assert row.location_kind == "area"


def test_located_rows_and_rows_without_outline_stay_as_they_are() -> None:
    table = told(("unit:am-syunik",), (), ("unit:am-lori",))
    table.index = [5, 6, 4]
    table.loc[5, "geometry"] = shapely.Point(46, 39.5)
    before = table.copy(deep=True)
    filled = fill_outlines(table, CATALOGUE)
    assert before.equals(table)
    assert list(filled.index) == [5, 6, 4]
    assert filled.geometry[5] == shapely.Point(46, 39.5)
    assert filled.geometry[6] is None
    assert filled.geocode_reason[6] is None
    assert filled.location_kind[4] == "area"
    assert filled.dtypes.to_dict() == table.dtypes.to_dict()


def test_empty_table_stays_empty() -> None:
    assert len(fill_outlines(incident_table({}, size=0), CATALOGUE)) == 0

"""What the catalogue holds, how good it is, and what is in force when."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from boundaries.catalogue import Catalogue, as_of, in_force_between, load_catalogue
from boundaries.repairs import area_km2
from geo.location import GEOD

CATALOGUE = load_catalogue()
UNITS = CATALOGUE.units.set_index("id")
SEVEN = {
    "az-agdam": "2020-11-20", "az-fuzuli": "2020-10-17", "az-jabrayil": "2020-10-04", "az-kalbajar": "2020-11-25",
    "az-lachin": "2020-12-01", "az-qubadli": "2020-10-25", "az-zangilan": "2020-10-20",
}  # fmt: skip


def test_units_are_eleven_marzes_and_78_districts_and_cities() -> None:
    assert CATALOGUE.units.groupby("country").size().to_dict() == {"AM": 11, "AZ": 78}
    assert CATALOGUE.units.id.is_unique
    assert CATALOGUE.units.name.is_unique
    assert set(CATALOGUE.units.kind) == {"marz", "rayon", "city"}


def test_units_form_one_valid_coverage() -> None:
    shapes = np.asarray(CATALOGUE.units.geometry)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(shapely.union_all(shapes).area, rel=1e-9)


def test_only_the_two_reservoirs_are_gaps_between_units() -> None:
    whole = shapely.get_parts(CATALOGUE.units.union_all())
    gaps = [shapely.Polygon(ring) for part in whole for ring in part.interiors]
    reservoirs = CATALOGUE.lakes[CATALOGUE.lakes.unit.isna()].geometry
    assert len(gaps) == len(reservoirs) == 2
    assert all(min(gap.symmetric_difference(lake).area for lake in reservoirs) < 1e-5 for gap in gaps)


def test_areas_are_near_the_official_ones() -> None:
    # Agdam: 1,094 and 1,150 are both printed; Qazakh: without its exclaves
    known = CATALOGUE.units[CATALOGUE.units.area_official_km2.notna() & ~CATALOGUE.units.id.isin(["az-agdam", "az-qazakh"])]
    off = known.geometry.map(area_km2) / known.area_official_km2 - 1
    assert len(known) > 30
    assert off.abs().max() < 0.08
    assert area_km2(UNITS.geometry["az-agdam"]) == pytest.approx(1094, rel=0.08)


def test_lake_sevan_is_ground_of_gegharkunik() -> None:
    assert area_km2(UNITS.geometry["am-gegharkunik"]) == pytest.approx(5349, rel=0.03)
    sevan = CATALOGUE.lakes.set_index("id").loc["sevan"]
    assert UNITS.geometry[sevan.unit].buffer(1e-4).covers(sevan.geometry)


def test_seven_districts_carry_the_day_on_which_they_passed() -> None:
    seven = CATALOGUE.units[CATALOGUE.units.one_of_seven].set_index("id").passed_on
    assert seven.dt.strftime("%Y-%m-%d").to_dict() == SEVEN
    assert CATALOGUE.units[~CATALOGUE.units.one_of_seven].passed_on.isna().all()


def test_each_of_the_seven_is_a_zone_with_the_outline_of_its_unit() -> None:
    zones = CATALOGUE.zones[CATALOGUE.zones.group == "seven_districts"]
    assert set(zones.units) == set(SEVEN)
    assert all(shape.equals(UNITS.geometry[unit]) for shape, unit in zip(zones.geometry, zones.units, strict=True))


def test_state_border_of_the_units_is_close_to_openstreetmap() -> None:
    # on a plane around the border, where metres are off by less than 0.1 %
    plane = "+proj=laea +lat_0=40 +lon_0=46"
    ours = CATALOGUE.lines[(CATALOGUE.lines.kind == "state_border")].to_crs(plane).union_all()
    osm = CATALOGUE.border.to_crs(plane).union_all()
    for line, other in ((ours, osm), (osm, ours)):
        corners = shapely.points(shapely.get_coordinates(shapely.segmentize(line, 200)))
        away = shapely.distance(corners, other)
        assert away.mean() < 200
        assert np.percentile(away, 95) < 500
        assert away.max() < 2_500


def test_border_is_the_900_km_line_of_openstreetmap() -> None:
    assert sum(map(GEOD.geometry_length, CATALOGUE.border.geometry)) == pytest.approx(900_000, rel=0.01)


def test_exclaves_have_their_known_sizes() -> None:
    sizes = {i: area_km2(g) for i, g in zip(CATALOGUE.exclaves.id, CATALOGUE.exclaves.geometry, strict=True)}
    assert sizes == pytest.approx({"artsvashen": 39.24, "barkhudarli": 9.87, "karki": 0, "yukhari-askipara": 32.38}, abs=0.05)


def test_neighbours_leave_neither_gap_nor_overlap_along_our_land_border() -> None:
    ours = shapely.union_all([*CATALOGUE.units.geometry, *CATALOGUE.lakes.geometry])
    theirs = CATALOGUE.neighbours.union_all()
    assert set(CATALOGUE.neighbours.name) == {"Georgia", "Iran", "Russia", "Turkey"}
    assert ours.intersection(theirs).area < 1e-3
    holes = [shapely.Polygon(r) for p in shapely.get_parts(ours.union(theirs).buffer(1e-4)) for r in p.interiors]
    assert sum(hole.area for hole in holes) < 1e-3


def test_corridors_are_clipped_to_azerbaijan() -> None:
    armenia = CATALOGUE.units[CATALOGUE.units.country == "AM"].union_all()
    corridors = CATALOGUE.zones[CATALOGUE.zones.kind == "corridor"]
    assert len(corridors) == 2
    assert all(area_km2(shape.intersection(armenia)) < 0.01 for shape in corridors.geometry)


def _ids(day: str) -> set[str]:
    dated = as_of(CATALOGUE, day)
    return {*dated.zones.id, *dated.lines.id}


@pytest.mark.parametrize(
    ("ident", "first", "last"),
    [
        ("aor_2020_2023", "2020-11-10", "2023-09-19"),
        ("corridor_old_5km", "2020-11-10", "2022-08-24"),
        ("corridor_old_road", "2020-11-10", "2022-08-29"),
        ("corridor_new_5km", "2022-08-30", "2023-09-19"),
        ("loc_2020_east", "2020-11-10", "2023-09-19"),
        ("loc_2020_west", "2020-11-25", "2023-09-19"),
        ("dadivank_post", "2020-11-25", "2024-04-16"),
        ("pocket_khtsaberd_2020", "2020-11-10", "2020-12-16"),
        ("loc_1994_2020", "1994-05-12", "2020-09-26"),
        ("aor_2023_2024", "2023-09-20", "2024-06-11"),
        ("change_khtsaberd_2020", "2020-12-13", "2020-12-13"),
        ("change_parukh_2022", "2022-03-24", "2023-09-19"),
        ("change_saribaba_2022", "2022-08-03", "2023-09-19"),
        ("change_height_2054_2023", "2023-03-25", "2023-09-19"),
        ("closure_goris_kapan_2021", "2021-08-25", "2021-08-27"),
        ("closure_lachin_road_2022", "2022-12-12", "2023-04-28"),
        ("closure_sit_in_2022", "2022-12-12", "2023-04-28"),
        ("closure_lachin_aid_2023", "2023-06-15", "2023-09-12"),
        ("institutions_2023", "2023-09-28", "2023-12-31"),
    ],
)
def test_zone_is_in_force_from_its_first_to_its_last_day(ident: str, first: str, last: str) -> None:
    before, after = pd.Timestamp(first) - pd.Timedelta(days=1), pd.Timestamp(last) + pd.Timedelta(days=1)
    assert ident in _ids(first)
    assert ident in _ids(last)
    assert ident not in _ids(str(before.date()))
    assert ident not in _ids(str(after.date()))


@pytest.mark.parametrize(
    ("ident", "first"),
    [
        ("hakari_checkpoint", "2023-04-23"),
        ("nkao_aghdara_part", "2023-12-05"),
        ("border_section_2024", "2024-05-24"),
        ("change_lachin_2022", "2022-08-26"),
        ("transfer_2024_baghanis_ayrim", "2024-05-24"),
        ("transfer_2024_ashaghi_askipara", "2024-05-24"),
        ("transfer_2024_kheyrimli", "2024-05-24"),
        ("transfer_2024_gizilhajili", "2024-05-24"),
    ],
)
def test_zone_without_an_end_begins_on_its_first_day(ident: str, first: str) -> None:
    assert ident in _ids(first)
    assert ident not in _ids(str((pd.Timestamp(first) - pd.Timedelta(days=1)).date()))


@pytest.mark.parametrize("ident", ["hakari_checkpoint", "nkao_aghdara_part", "border_section_2024"])
def test_zone_without_an_end_stays_in_force(ident: str) -> None:
    assert ident in _ids("2030-01-01")


def test_between_the_two_corridors_no_corridor_is_in_force() -> None:
    assert (as_of(CATALOGUE, "2022-08-27").zones.kind != "corridor").all()


def test_delimited_section_takes_the_place_of_the_old_line_on_its_day() -> None:
    before, after = _ids("2024-05-23"), _ids("2024-05-24")
    assert "am-az-border-before-2024" in before
    assert "border_section_2024" not in before
    assert "am-az-border-before-2024" not in after
    assert "border_section_2024" in after


def test_state_border_is_undelimited_but_for_the_section_of_2024() -> None:
    lines = as_of(CATALOGUE, "2024-06-01").lines.set_index("kind")
    assert set(lines.status["state_border"]) == {"undelimited"}
    assert lines.status["border_section"] == "de_jure"


def test_former_oblast_and_seven_districts_are_layers_of_any_day_since_2020() -> None:
    assert {"nkao_former", "seven_districts_lachin"} <= _ids("2021-05-14")


def test_period_holds_what_was_in_force_on_any_of_its_days() -> None:
    kinds = in_force_between(CATALOGUE, "2022-08-24", "2022-08-30").zones.set_index("id").kind
    assert set(kinds[kinds == "corridor"].index) == {"corridor_old_5km", "corridor_new_5km"}


def test_period_that_ends_before_it_starts_is_an_error() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        in_force_between(CATALOGUE, "2022-01-02", "2022-01-01")


@settings(deadline=None, max_examples=40)
@given(st.dates(min_value=pd.Timestamp("1990-01-01").date(), max_value=pd.Timestamp("2030-01-01").date()), st.integers(0, 400))
def test_period_is_the_union_of_its_days(first: object, days: int) -> None:
    start = pd.Timestamp(str(first))
    period = in_force_between(CATALOGUE, start, start + pd.Timedelta(days=days))
    edges = pd.concat([CATALOGUE.zones.start, CATALOGUE.zones.end - pd.Timedelta(days=1)]).dropna()
    inside = [start, *edges[(edges >= start) & (edges <= start + pd.Timedelta(days=days))]]
    single: set[str] = set().union(*(set(as_of(CATALOGUE, day).zones.id) for day in inside))
    assert set(period.zones.id) == single


def test_happening_holds_on_its_last_day() -> None:
    facts = as_of(CATALOGUE, "2023-09-20").facts
    assert "offensive-2023" in set(facts.id)
    assert "war-2020" in set(as_of(CATALOGUE, "2020-11-09").facts.id)
    assert "war-2020" not in set(as_of(CATALOGUE, "2020-11-10").facts.id)
    assert "lachin-left" in set(as_of(CATALOGUE, "2022-08-25").facts.id)


def test_facts_name_zones_of_the_catalogue() -> None:
    known = {*CATALOGUE.zones.id, *CATALOGUE.lines.id, *CATALOGUE.zones.group.dropna(), *CATALOGUE.lines.group.dropna()}
    named = {ident for ids in CATALOGUE.facts.zones.dropna() for ident in ids.split(";")}
    assert "aor_2020_2023" in named
    assert named <= known


def test_personnel_agreed_is_a_fact_of_the_mandate() -> None:
    facts = as_of(CATALOGUE, "2021-05-14").facts.set_index("id")
    assert facts.value["mandate-personnel"] == "1960"
    assert facts.value_units["mandate-personnel"] == "servicemen"


def test_unknown_cells_are_none_and_open_dates_nat() -> None:
    for table in (CATALOGUE.units, CATALOGUE.zones, CATALOGUE.lines, CATALOGUE.facts):
        assert table.start.dtype == table.end.dtype == "datetime64[s]"
        for name in ("note", "status"):
            assert all(value is None or isinstance(value, str) for value in table[name])
    assert UNITS.iso["az-shusha-city"] is None


def test_catalogue_is_read_once_and_carries_its_attributions() -> None:
    assert load_catalogue() is CATALOGUE
    assert isinstance(CATALOGUE, Catalogue)
    text = " ".join(CATALOGUE.attributions)
    assert all(part in text for part in ("geoBoundaries", "OpenStreetMap", "Natural Earth"))
    assert len(set(CATALOGUE.attributions)) == len(CATALOGUE.attributions)


DIVISIONS = CATALOGUE.divisions.set_index("id")
NAMES = ["name_hy_latin", "name_az_latin", "name_hy", "name_az", "name_ru", "label"]


@pytest.mark.parametrize("name", ["units", "zones", "lines", "divisions"])
def test_every_row_says_all_that_has_to_be_known(name: str) -> None:
    table = getattr(CATALOGUE, name)
    for column in ("id", "kind", "level", "name", "status", "viewpoints", "fill", "source", "vintage", "licence", *NAMES):
        assert all(isinstance(value, str) and value for value in table[column]), column
    assert table.id.is_unique
    assert (table.accuracy_m > 0).all() or name == "divisions"
    statuses = {"agreed", "de_jure", "declared", "reported", "de_facto", "disputed", "undelimited", "former_de_jure", "not_recognised"}
    assert set(table.status) <= statuses
    assert (table.start.isna() | table.end.isna() | (table.start < table.end)).all()


def test_names_are_in_their_own_scripts() -> None:
    for table in (CATALOGUE.units, CATALOGUE.zones, CATALOGUE.lines, CATALOGUE.divisions, CATALOGUE.exclaves):
        assert table.name_hy.str.contains("[\u0531-\u0587]").mean() > 0.9
        assert table.name_ru.str.contains("[\u0400-\u04ff]").all()
        assert not table.name_az.str.contains("[\u0400-\u04ff\u0531-\u0587]").any()


def test_label_gives_both_forms_in_alphabetical_order() -> None:
    assert UNITS.label["az-lachin"] == "Berdzor / Lachin"
    assert UNITS.label["am-lori"] == "Lori"


def test_day_of_each_of_the_seven_is_in_units_and_zones_alike() -> None:
    zones = CATALOGUE.zones[CATALOGUE.zones.group == "seven_districts"].set_index("units").passed_on
    assert zones.dt.strftime("%Y-%m-%d").to_dict() == SEVEN


def _divisions(day: str, level: str) -> set[str]:
    dated = as_of(CATALOGUE, day).divisions
    return set(dated.id[dated.level == level])


def test_economic_regions_changed_on_their_day() -> None:
    assert len(_divisions("2021-07-06", "econ_region")) == 10
    assert len(_divisions("2021-07-07", "econ_region")) == 14
    assert "az-econ-kalbajar-lachin" in _divisions("2021-07-06", "econ_region")
    assert "az-econ-kalbajar-lachin" not in _divisions("2021-07-07", "econ_region")
    assert "az-econ-east-zangezur-2021" not in _divisions("2021-07-06", "econ_region")
    assert "az-econ-east-zangezur-2021" in _divisions("2021-07-07", "econ_region")


@pytest.mark.parametrize("day", ["2021-07-06", "2021-07-07"])
def test_economic_regions_divide_all_of_azerbaijan(day: str) -> None:
    dated = as_of(CATALOGUE, day).divisions
    regions = dated[dated.level == "econ_region"]
    members = [unit for units in regions.units for unit in units.split(";")]
    assert sorted(members) == sorted(CATALOGUE.units.id[CATALOGUE.units.country == "AZ"])
    assert shapely.coverage_is_valid(np.asarray(regions.geometry))


def test_decree_of_2021_put_these_units_into_the_two_regions_of_the_conflict() -> None:
    assert set(DIVISIONS.units["az-econ-east-zangezur-2021"].split(";")) == {
        "az-jabrayil", "az-kalbajar", "az-qubadli", "az-lachin", "az-zangilan",
    }  # fmt: skip
    karabakh = set(DIVISIONS.units["az-econ-karabakh-2021"].split(";"))
    assert karabakh == {
        "az-khankendi-city", "az-aghjabadi", "az-agdam", "az-barda", "az-fuzuli", "az-khojaly", "az-khojavend", "az-shusha",
        "az-shusha-city", "az-tartar",
    }  # fmt: skip


def test_aghdara_is_a_schematic_unit_from_december_2023() -> None:
    assert "az-aghdara" not in _divisions("2023-12-04", "adm1")
    assert "az-aghdara" in _divisions("2023-12-05", "adm1")
    assert DIVISIONS.schematic["az-aghdara"]
    assert area_km2(DIVISIONS.geometry["az-aghdara"]) == pytest.approx(1660.83, rel=0.03)
    redrawn = CATALOGUE.units[CATALOGUE.units.redrawn_on.notna()]
    assert set(redrawn.redrawn_on.dt.strftime("%Y-%m-%d")) == {"2023-12-05"}
    assert {"az-kalbajar", "az-tartar", "az-agdam"} < set(redrawn.id)
    assert len(redrawn) == 10


def test_former_provinces_end_with_2023_and_have_no_outline() -> None:
    assert "nkr-martakert-province" in _divisions("2023-12-31", "nkr_province")
    assert not _divisions("2024-01-01", "nkr_province")
    former = DIVISIONS[DIVISIONS.level == "nkr_province"]
    assert former.geometry.isna().all()
    assert not former.accuracy_m.notna().any()


def test_countries_are_the_union_of_their_units() -> None:
    for ident, code in (("am", "AM"), ("az", "AZ")):
        ours = CATALOGUE.units[CATALOGUE.units.country == code]
        assert area_km2(DIVISIONS.geometry[ident]) == pytest.approx(ours.geometry.map(area_km2).sum(), rel=1e-6)


def test_peacekeepers_are_on_the_map_without_a_break_until_their_withdrawal() -> None:
    for day in pd.date_range("2020-11-10", "2024-06-11", freq="7D"):
        zones = as_of(CATALOGUE, day).zones
        assert (zones.kind == "peacekeeping_zone").any(), day
    assert not (as_of(CATALOGUE, "2024-06-12").zones.kind == "peacekeeping_zone").any()


def test_line_of_contact_before_the_war_lies_between_the_places_that_each_side_held() -> None:
    line = CATALOGUE.lines.set_index("id").geometry["loc_1994_2020"]
    west = shapely.Polygon([*line.coords, (47.25, 38.8), (45.95, 38.8)])
    held_by_armenian_forces = {"Agdam": (46.927, 39.991), "Fuzuli": (47.145, 39.601), "Talish": (46.743, 40.377)}
    held_by_azerbaijan = {"Tartar": (46.932, 40.342), "Guzanli": (47.165, 40.159), "Horadiz": (47.335, 39.45)}
    assert all(west.contains(shapely.Point(at)) for at in held_by_armenian_forces.values())
    assert not any(west.contains(shapely.Point(at)) for at in held_by_azerbaijan.values())


def test_nothing_but_a_fact_is_told_during_the_war_of_2020() -> None:
    lines = as_of(CATALOGUE, "2020-10-15").lines
    assert not (lines.kind == "line_of_contact").any()
    assert "war-2020" in set(as_of(CATALOGUE, "2020-10-15").facts.id)


def test_dissolution_is_a_fact_of_the_first_of_january_2024() -> None:
    assert "dissolution-effect" in set(as_of(CATALOGUE, "2024-01-01").facts.id)
    assert "dissolution-effect" not in set(as_of(CATALOGUE, "2023-12-31").facts.id)

"""The embedded gazetteer and the look-up in it."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.gazetteer import COMMON_WORDS, DATA, Gazetteer, Place, embedded_gazetteer, read_places
from geo.toponyms import fold

SOURCES = DATA / "sources"
NAME_COLUMNS = ("name_hy_latin", "name_az_latin", "name_ru", "name_hy", "name_az", "other_names")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return embedded_gazetteer()


def curated() -> Iterator[tuple[str, str]]:
    """Id and name of every listed name of the curated table."""
    with (SOURCES / "curated_places.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield from ((row["id"], name) for column in NAME_COLUMNS for name in row[column].split("|") if name)


def place(place_id: str, *names: str) -> Place:
    return Place(place_id, names[0], names, "village", 46.0, 39.5, 2000.0, "AM", "Syunik", "am-syunik")


def test_every_curated_place_is_found_by_every_listed_name(gazetteer: Gazetteer) -> None:
    names = list(curated())
    lost = [(place_id, name) for place_id, name in names if place_id not in {p.place_id for p in gazetteer.find(name)}]
    assert len(names) > 2000
    assert lost == []


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Basarkechar", "basarkechar-vardenis"), ("Garakilsa", "garakilsa-sisian"), ("Gorus", "goris-gorus"), ("Gafan", "gafan-kapan"),
        ("Garagol", "garagol-sev-lich"), ("Karintak", "dashalti-karin-tak"), ("Syunik", "unit:am-syunik"), ("Artsakh", "zone:nkao_former"),
        ("Lachin corridor", "lachin-corridor"), ("contact line", "line:line_of_contact"), ("state border", "line:am-az-border"),
        ("Tovuz District", "unit:az-tovuz"), ("Azerbaijan", "country:AZ"), ("Paris", "paris"), ("Yerevan", "iravan-yerevan"),
    ],
)  # fmt: skip
def test_place_of_reports_is_known_by_the_name_they_use(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert place_id in {p.place_id for p in gazetteer.find(name)}


def test_homonyms_are_all_found(gazetteer: Gazetteer) -> None:
    assert {"garanlig-martuni", "khojavend-martuni"} <= {p.place_id for p in gazetteer.find("Martuni")}
    assert len(gazetteer.find("Agarak")) >= 4


def test_junk_names_of_geonames_are_left_out(gazetteer: Gazetteer) -> None:
    assert [name for name in ("Bank", "Bangladesh", "Sen", "Sri") if gazetteer.find(name)] == []


def test_unknown_and_empty_names_give_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Berdzarat") == ()
    assert gazetteer.find("") == gazetteer.find(" - ") == ()
    assert gazetteer.get("nowhere") is None


def test_display_name_holds_both_forms_in_alphabetical_order(gazetteer: Gazetteer) -> None:
    for one in gazetteer:
        forms = one.name.split(" / ")
        assert forms == sorted(forms, key=str.casefold), one.name
        assert len(forms) <= 2


def test_outlines_name_units_zones_and_lines_that_the_catalogue_may_hold(gazetteer: Gazetteer) -> None:
    prefixes = {outline.partition(":")[0] for one in gazetteer for outline in one.outline}
    assert prefixes == {"unit", "zone", "kind", "line", "country"}
    for one in gazetteer:
        assert one.is_area or not one.outline, one.place_id
        assert one.unit in (None, *one.units), one.place_id


def test_places_lie_in_the_theatre_or_are_marked_as_foreign(gazetteer: Gazetteer) -> None:
    for one in gazetteer:
        assert one.radius_m > 0
        if one.kind not in ("country", "foreign"):
            assert 42.5 < one.lon < 51, one.place_id
            assert 37.5 < one.lat < 42.5, one.place_id


def test_places_of_armenia_and_azerbaijan_carry_a_unit_of_their_country(gazetteer: Gazetteer) -> None:
    for one in gazetteer:
        # a town on piles in the Caspian lies in no polygon
        if not one.is_area and one.country in ("AM", "AZ") and one.place_id != "geonames-585369":
            assert one.unit is not None, one.place_id
            assert one.unit.startswith(one.country.lower()), one.place_id


def test_town_on_the_wrong_side_of_a_polygon_keeps_its_own_unit(gazetteer: Gazetteer) -> None:
    found = {name: gazetteer.find(name)[0].unit for name in ("Xankəndi", "Kheyrimli", "Artsvashen", "Tigranashen")}
    assert found == {"Xankəndi": "az-khankendi-city", "Kheyrimli": "az-qazakh", "Artsvashen": "am-gegharkunik", "Tigranashen": "az-sadarak"}


def test_common_words_are_folded_names_of_places(gazetteer: Gazetteer) -> None:
    assert [word for word in COMMON_WORDS if not gazetteer.find(word)] == []
    assert {fold(word) for word in COMMON_WORDS} == COMMON_WORDS


def test_later_place_of_the_same_id_replaces_the_earlier() -> None:
    both = Gazetteer([place("a", "Old"), place("a", "New")])
    assert len(both) == 1
    assert both.find("Old") == ()
    assert both.find("new")[0].name == "New"


def test_broken_file_is_reported_by_its_name(tmp_path: Path) -> None:
    broken = tmp_path / "places.tsv"
    broken.write_text("goris\tGoris\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"places\.tsv"):
        read_places(broken)
    with pytest.raises(DataError, match=r"places\.tsv"):
        read_places(tmp_path / "none" / "places.tsv")


def test_records_fit_the_files() -> None:
    records = json.loads((DATA / "records.json").read_text(encoding="utf-8"))
    assert {record["file"] for record in records} == {"places.tsv", "names.tsv", "incidents_example.csv"}
    for record in records:
        assert hashlib.sha256((DATA / record["file"]).read_bytes()).hexdigest() == record["sha256"], record["file"]
        assert record["licence"]
        assert record["attribution"]
    assert len(read_places(DATA / "places.tsv")) == next(r["feature_count"] for r in records if r["id"] == "places")


def test_gazetteer_loads_without_geopandas() -> None:
    code = "import sys, geo.gazetteer as g; g.embedded_gazetteer(); print(*{'geopandas', 'pandas', 'shapely'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == ""

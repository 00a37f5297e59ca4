"""Gazetteers of users and of GeoNames: what is read of them, and who wins."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from geo.errors import InputError
from geo.gazetteer import Gazetteer, embedded_gazetteer
from geo.gazetteers.geonames import is_geonames
from geo.locate import locate
from scripts.benchmarks.geocoding import synthetic_dump
from scripts.gazetteers import gazetteer_for


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("MARCHLAND_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def dump_line(number: int, name: str, lat: float, lon: float, **more: str) -> str:
    """A line of a country dump, 19 columns."""
    told = {"alt": "", "class": "P", "code": "PPL", "country": "AM", "population": "0"} | more
    cells = [
        str(number), name, name, told["alt"], str(lat), str(lon), told["class"], told["code"], told["country"], "", "08", "", "", "",
        told["population"], "", "1500", "Asia/Yerevan", "2024-01-01",
    ]  # fmt: skip
    return "\t".join(cells)


DUMP = "\n".join([
    dump_line(1, "Hypothetavan", 39.40, 46.30, alt="Գյուղավան,Hipotezli,XX,http://example.org"),
    dump_line(2, "Goris", 39.512, 46.338, alt="Goreis", code="PPLA", population="20379"),
    dump_line(3, "Lake Inventia", 39.60, 46.10, **{"class": "H", "code": "LK"}),
    dump_line(4, "Some Province", 39.60, 46.10, **{"class": "A", "code": "ADM1"}),
    "this is no line of a dump",
]) + "\n"  # fmt: skip


def loaded(tmp_path: Path, files: dict[str, str], told: list[str] | None = None) -> Gazetteer:
    """The gazetteer with these files, and what was said about them."""
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return gazetteer_for([str(tmp_path / name) for name in files], say=(told if told is not None else []).append)


def test_without_files_it_is_the_embedded_one() -> None:
    assert gazetteer_for([]) is embedded_gazetteer()


def test_village_of_a_dump_is_found_by_each_name_with_its_unit(tmp_path: Path) -> None:
    gazetteer = loaded(tmp_path, {"AM.txt": DUMP})
    for name in ("Hypothetavan", "Գյուղավան", "Hipotezli"):
        (place,) = gazetteer.find(name)
        assert (place.place_id, place.adm1, place.unit, place.near_border) == ("geonames-1", "Syunik", "am-syunik", True)


def test_place_that_is_known_already_keeps_its_point_and_gains_names(tmp_path: Path) -> None:
    before = embedded_gazetteer().find("Goris")[0]
    after = loaded(tmp_path, {"AM.txt": DUMP}).find("Goreis")[0]
    assert (after.place_id, after.lon, after.lat, after.radius_m) == (before.place_id, before.lon, before.lat, before.radius_m)


def test_lakes_are_taken_and_provinces_are_not(tmp_path: Path) -> None:
    told: list[str] = []
    gazetteer = loaded(tmp_path, {"AM.txt": DUMP}, told)
    assert [place.kind for place in gazetteer.find("Lake Inventia")] == ["lake"]
    assert gazetteer.find("Some Province") == ()
    assert any("1 lines are of other kinds" in note for note in told)
    assert any("line 5" in note for note in told)


def test_archive_is_read_beside_its_readme_and_alternate_names_are_joined(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "AM.zip", "w") as archive:
        archive.writestr("readme.txt", "not a dump")
        archive.writestr("AM.txt", DUMP)
    names = "\n".join(
        ["9\t1\thy\tՀիպոթետավան\t\t\t\t\t\t", "10\t1\tru\tГипотетаван\t\t\t\t\t\t", "11\t1\tlink\thttps://example.org/Vikiname\t\t\t\t\t\t"]
    )
    (tmp_path / "names-AM.txt").write_text(names, encoding="utf-8")
    gazetteer = gazetteer_for([str(tmp_path / "AM.zip"), str(tmp_path / "names-AM.txt")])
    assert gazetteer.find("Гипотетаван")[0].place_id == gazetteer.find("Հիպոթետավան")[0].place_id == "geonames-1"


def test_alternate_names_alone_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="need the country's dump"):
        loaded(tmp_path, {"AM.txt": "9\t1\thy\tՀիպոթետավան\t\t\t\t\t\t\n"})


@pytest.mark.parametrize("content", [b"not a zip", b""])
def test_broken_archive_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "AM.zip").write_bytes(content)
    with pytest.raises(InputError, match=r"AM\.zip"):
        gazetteer_for([str(tmp_path / "AM.zip")])


def test_own_table_wins_over_the_embedded_place_and_keeps_its_id(tmp_path: Path) -> None:
    own = "name;alt;lat;lon;kind;adm1;country;radius_m\nGoris;Gorys|Горыс;39.5;46.33;town;Syunik;AM;700\n"
    gazetteer = loaded(tmp_path, {"mine.csv": own})
    (place,) = [p for p in gazetteer.find("Gorys") if not p.is_area]
    assert (place.place_id, place.lat, place.radius_m) == ("goris-gorus", 39.5, 700)
    assert locate("Gorus", gazetteer=gazetteer).radius_m == 700


def test_own_place_without_country_gets_that_of_the_polygon_that_holds_it(tmp_path: Path) -> None:
    gazetteer = loaded(tmp_path, {"mine.csv": "name,lat,lon\nPost Seven,39.5,46.33\n"})
    (place,) = gazetteer.find("Post Seven")
    assert (place.country, place.adm1) == ("AM", "Syunik")


def test_bad_rows_of_an_own_table_are_counted_with_their_lines(tmp_path: Path) -> None:
    told: list[str] = []
    own = "name,lat,lon,kind\nPost Seven,39.5,46.33,other\nPost Eight,x,46.3,other\n,39.5,46.3,other\nPost Nine,39.5,46.3,castle\n"
    loaded(tmp_path, {"mine.csv": own}, told)
    assert any("3 rows were not taken: line 3" in note and "line 4: has no name" in note and "'castle'" in note for note in told)


def test_own_table_without_coordinates_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no column lat, lon"):
        loaded(tmp_path, {"mine.csv": "name,where\nGoris,there\n"})


def test_own_layer_is_read_with_the_radius_of_its_shapes(tmp_path: Path) -> None:
    square = "[[[46.3,39.5],[46.31,39.5],[46.31,39.51],[46.3,39.51],[46.3,39.5]]]"
    layer = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Field Nine","kind":"other"},'
        f'"geometry":{{"type":"Polygon","coordinates":{square}}}}}]}}'
    )
    (place,) = loaded(tmp_path, {"mine.geojson": layer}).find("Field Nine")
    assert 600 < place.radius_m < 800


def test_second_load_comes_from_the_cache_and_answers_the_same(tmp_path: Path, cache: Path) -> None:
    before: list[str] = []
    first = loaded(tmp_path, {"AM.txt": DUMP}, before)
    (kept,) = (cache / "gazetteers").iterdir()
    told: list[str] = []
    second = loaded(tmp_path, {"AM.txt": DUMP}, told)
    assert told == before != []
    assert {p.place_id: p for p in first} == {p.place_id: p for p in second}
    assert [p.place_id for p in second.find("Hipotezli")] == ["geonames-1"]
    kept.write_text("damaged")
    assert [p.place_id for p in loaded(tmp_path, {"AM.txt": DUMP}).find("Hipotezli")] == ["geonames-1"]


def test_changed_file_is_not_answered_from_the_cache(tmp_path: Path) -> None:
    loaded(tmp_path, {"AM.txt": DUMP})
    changed = loaded(tmp_path, {"AM.txt": DUMP.replace("Hypothetavan", "Otheravan")})
    assert changed.find("Otheravan")
    assert not changed.find("Hypothetavan")


def test_large_dump_adds_every_place_and_leaves_known_names_alone(tmp_path: Path) -> None:
    synthetic_dump(tmp_path / "AZ.txt", places=500)
    gazetteer = gazetteer_for([str(tmp_path / "AZ.txt")])
    assert len(gazetteer) == len(embedded_gazetteer()) + 500
    assert locate("Goris", gazetteer=gazetteer) == locate("Goris", gazetteer=embedded_gazetteer())


def test_table_is_not_taken_for_a_dump() -> None:
    assert not is_geonames("name\tlat\tlon\nGoris\t39.5\t46.3\n")


def test_dataset_that_was_not_fetched_says_how_to_fetch_it() -> None:
    with pytest.raises(InputError, match="marchland boundaries fetch geonames-am"):
        gazetteer_for(["geonames-am"])

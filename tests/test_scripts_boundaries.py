"""``marchland boundaries`` as a person calls it, and the options for own units, own zones and viewpoints."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely
from click.testing import CliRunner, Result

from boundaries.records import embedded_records
from geo.errors import InputError
from scripts.cli import cli
from scripts.pipeline import prepare


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["boundaries", *map(str, arguments)])


@pytest.fixture
def districts(tmp_path: Path) -> Path:
    shapes = [shapely.box(46.0, 39.0, 46.25, 39.6), shapely.box(46.2, 39.0, 46.5, 39.6)]
    path = tmp_path / "districts.gpkg"
    pyogrio.write_dataframe(gpd.GeoDataFrame({"title": ["Ost", "West"]}, geometry=shapes, crs="EPSG:4326"), path)
    return path


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    path = tmp_path / "reports.csv"
    path.write_text("id,date,title,lat,lon\na,2021-05-13,Fire,39.3,46.1\n")
    return path


@pytest.mark.parametrize("command", [[], ["list"], ["show"], ["fetch"], ["check"]])
def test_help_begins_with_examples(command: list[str]) -> None:
    shown = run(*command, "--help")
    assert shown.exit_code == 0
    assert f"marchland boundaries {' '.join(command)}".strip() in shown.output


def test_list_tells_every_layer() -> None:
    rows = json.loads(run("list", "--json").stdout)
    assert [row["id"] for row in rows] == list(embedded_records())
    assert all(set(row) == {"id", "title", "vintage", "licence", "features", "viewpoint"} for row in rows)
    text = run("list")
    assert "Marzes of Armenia" in text.stdout
    assert "de_facto" in text.stderr


def test_show_tells_a_unit_with_validity_and_status() -> None:
    (told,) = json.loads(run("show", "az-lachin", "--json").stdout)
    assert (told["status"], told["start"], told["passed_on"]) == ("de_jure", "1992-01-01", "2020-12-01")
    assert told["viewpoints"] == "neutral;de_facto;de_jure"
    assert "status: de_jure" in run("show", "az-lachin").stdout


def test_show_tells_a_layer_and_explains_a_viewpoint() -> None:
    (layer,) = json.loads(run("show", "units", "--json").stdout)
    assert layer["sha256"] == embedded_records()["units"].sha256
    assert "contested_until" in layer["columns"]
    assert "Nothing contested" in run("show", "neutral").stdout


def test_show_follows_day_and_viewpoint() -> None:
    (told,) = json.loads(run("show", "az-khojaly", "--as-of", "2023-10-01", "--viewpoint", "de_facto", "--json").stdout)
    assert (told["fill"], told["drawn_country"]) == ("country", "AZ")
    with pytest.raises(InputError, match="no layer, viewpoint"):
        CliRunner().invoke(cli, ["boundaries", "show", "loc_1994_2020", "--as-of", "2021-01-01"], catch_exceptions=False)


def test_check_measures_draws_and_cleans(districts: Path, tmp_path: Path) -> None:
    svg, clean = tmp_path / "out.svg", tmp_path / "clean.gpkg"
    done = run("check", districts, "--picture", svg, "--clean", clean)
    assert done.exit_code == 0, done.output
    assert "overlaps: 1, " in done.stdout
    assert "in Ost and West" in done.stdout
    assert svg.read_text().startswith("<svg")
    assert "overlaps: 0, 0 km2" in run("check", clean).stdout


def test_check_tells_json(districts: Path) -> None:
    told = json.loads(run("check", f"{districts}:districts", "--name-column", "title", "--json").stdout)
    assert told["overlaps"][0]["units"] == ["Ost", "West"]
    assert told["features"] == 2


def test_check_refuses_before_it_works_when_the_folder_is_missing(districts: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="does not exist"):
        CliRunner().invoke(
            cli, ["boundaries", "check", str(districts), "--picture", str(tmp_path / "no" / "a.svg")], catch_exceptions=False
        )


def test_fetch_of_an_unknown_name_is_a_known_error() -> None:
    with pytest.raises(InputError, match="geoboundaries-ISO-ADMx"):
        CliRunner().invoke(cli, ["boundaries", "fetch", "gadm"], catch_exceptions=False)


def test_incidents_get_the_users_units_and_zones_and_what_was_noticed_is_said(districts: Path, reports: Path) -> None:
    said: list[str] = []
    dossier, catalogue = prepare([str(reports)], boundaries=str(districts), zones=str(districts), viewpoint="de_jure", say=said.append)
    row = dossier.incidents.iloc[0]
    assert row.adm1 == "Ost"
    assert any(zone.startswith("own_") for zone in row.zones)
    assert catalogue.viewpoint == "de_jure"
    assert any("1000 m are assumed" in line for line in said)
    assert not any("no incident lies" in line for line in said)


def test_layer_of_somewhere_else_is_said_to_hold_no_incident(tmp_path: Path, reports: Path) -> None:
    path = tmp_path / "elsewhere.gpkg"
    pyogrio.write_dataframe(gpd.GeoDataFrame({"name": ["a"]}, geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:4326"), path)
    said: list[str] = []
    dossier, _ = prepare([str(reports)], boundaries=str(path), say=said.append)
    assert dossier.incidents.adm1.iloc[0] is None
    assert any("no incident lies within its extent" in line for line in said)


@pytest.mark.parametrize("viewpoint", ["neutral", "de_facto", "de_jure"])
def test_viewpoint_stands_in_the_export(reports: Path, tmp_path: Path, viewpoint: str) -> None:
    out = tmp_path / "out.geojson"
    done = CliRunner().invoke(cli, ["export", str(reports), "-o", str(out), "--viewpoint", viewpoint])
    assert done.exit_code == 0, done.output
    assert json.loads(out.read_text())["marchland"]["viewpoint"] == viewpoint


def test_viewpoint_that_hides_a_zone_does_not_unlocate_the_incidents_in_it(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text("id,date,title,place\na,2021-05-13,Fire,Nagorno-Karabakh\n")
    shapes = [prepare([str(path)], viewpoint=name)[0].incidents.geometry.iloc[0] for name in ("neutral", "de_jure")]
    assert shapes[0] is not None
    assert shapes[0].equals(shapes[1])

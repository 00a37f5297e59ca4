import io
import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from shapely import LineString, Point, box

from geo.errors import InputError
from geo.gazetteer import embedded_gazetteer
from geo.geocode import geocode
from geo.read.archives import check_archive
from geo.read.inputs import read_inputs
from geo.schema import Dossier


def read(path: Path) -> Dossier:
    return read_inputs([str(path)], gazetteer=embedded_gazetteer())


def collection(*features: tuple[Any, dict[str, Any]]) -> str:
    made = [{"type": "Feature", "geometry": geometry, "properties": properties} for geometry, properties in features]
    return json.dumps({"type": "FeatureCollection", "features": made})


POINT = {"type": "Point", "coordinates": [46.3, 39.5]}


@pytest.mark.parametrize(("suffix", "driver"), [(".gpkg", "GPKG"), (".shp", "ESRI Shapefile"), (".fgb", "FlatGeobuf"), (".parquet", None)])
def test_points_of_any_layer_become_incidents(tmp_path: Path, suffix: str, driver: str | None) -> None:
    table = gpd.GeoDataFrame(
        {"id": ["a", "b"], "date": ["2021-05-12", "2021-05-13"]}, geometry=[Point(46.3, 39.5), Point(46.4, 39.6)], crs=4326
    )
    path = tmp_path / f"incidents{suffix}"
    moved = table.to_crs(32638) if driver == "GPKG" else table
    moved.to_file(path, driver=driver) if driver else moved.to_parquet(path)
    dossier = read(path)
    assert sorted(dossier.incidents.id) == ["a", "b"]
    assert dossier.incidents.set_index("id").geometry["b"].x == pytest.approx(46.4)
    assert dossier.counts().mapped == 2
    assert dossier.files[0].kind == suffix.removeprefix(".")


def test_lines_and_areas_stay_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "shapes.gpkg"
    gpd.GeoDataFrame({"id": ["area"]}, geometry=[box(46, 39, 46.1, 39.1)], crs=4326).to_file(path)
    gpd.GeoDataFrame({"id": ["line"]}, geometry=[LineString([(46, 39), (46.1, 39.1)])], crs=4326).to_file(tmp_path / "line.gpkg")
    kinds = {one.id: one.location_kind for p in (path, tmp_path / "line.gpkg") for one in geocode(read(p).incidents).itertuples()}
    assert kinds == {"area": "area", "line": "line"}


def test_a_feature_without_geometry_is_unlocated_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "some.geojson"
    path.write_text(collection((POINT, {"id": "a"}), (None, {"id": "b"})))
    counts = read(path).counts()
    assert (counts.rows_in, counts.mapped, counts.unlocated) == (2, 1, 1)


def test_columns_that_contradict_the_geometry_are_reported_and_lose(tmp_path: Path) -> None:
    path = tmp_path / "some.geojson"
    path.write_text(collection((POINT, {"id": "a", "latitude": 46.3, "longitude": 39.5})))
    dossier = read(path)
    assert dossier.incidents.geometry[0].x == 46.3
    assert "the geometry was used" in dossier.problems[0].reason


def test_kml_placemarks_of_all_folders_are_read(tmp_path: Path) -> None:
    path = tmp_path / "marks.kml"
    mark = (
        "<Placemark><name>{}</name><TimeStamp><when>2021-05-12</when></TimeStamp><Point><coordinates>{}</coordinates></Point></Placemark>"
    )
    folders = "".join(
        f"<Folder><name>{n}</name>{mark.format(n, at)}</Folder>" for n, at in (("one", "46.3,39.5,0"), ("two", "46.4,39.6,0"))
    )
    path.write_text(f"<?xml version='1.0'?><kml><Document>{folders}</Document></kml>")
    incidents = read(path).incidents
    assert sorted(incidents.title) == ["one", "two"]
    assert not incidents.geometry.has_z.any()


def test_waypoints_of_gpx_are_read(tmp_path: Path) -> None:
    path = tmp_path / "walk.gpx"
    path.write_text('<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="39.5" lon="46.3"><name>post</name></wpt></gpx>')
    assert [*read(path).incidents.title] == ["post"]


def test_several_layers_are_named_and_one_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "two.gpkg"
    for layer in ("first", "second"):
        gpd.GeoDataFrame({"id": [layer]}, geometry=[Point(46, 39)], crs=4326).to_file(path, layer=layer)
    with pytest.raises(InputError, match="first, second"):
        read(path)
    dossier = read_inputs([f"{path}:second"], gazetteer=embedded_gazetteer())
    assert [*dossier.incidents.id] == ["second"]


@pytest.mark.parametrize("text", ["", "{", "not json", '{"type": "FeatureCollection", "features": []}', "[1, 2]"])
def test_what_is_no_layer_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.geojson"
    path.write_text(text)
    with pytest.raises(InputError, match=r"bad\.geojson"):
        read(path)


def test_xml_that_declares_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.kml"
    path.write_text('<!DOCTYPE kml [<!ENTITY a "aaaa">]><kml><Document><name>&a;</name></Document></kml>')
    with pytest.raises(InputError, match="entities"):
        read(path)


def archive(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return held.getvalue()


def test_an_archive_that_unfolds_without_bound_is_refused() -> None:
    with pytest.raises(InputError, match="would unfold"):
        check_archive(archive({"doc.kml": b"\0" * 50_000_000}), path="bomb.kmz")


@pytest.mark.parametrize("name", ["../out.kml", "/etc/passwd", "a/../../b", "..\\out"])
def test_an_archive_that_points_outside_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="points outside"):
        check_archive(archive({name: b"x"}), path="evil.zip")


def test_an_ordinary_archive_passes() -> None:
    check_archive(archive({"doc.kml": b"<kml/>"}), path="fine.kmz")
    check_archive(b"no archive at all", path="fine.csv")

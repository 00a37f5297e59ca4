import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import geopandas as gpd
import pyarrow.parquet
import pyogrio
import pytest
import shapely
from shapely import LineString, Point, box

from boundaries.catalogue import load_catalogue
from geo.claims import Actor, Claim
from geo.errors import InputError
from geo.schema import Counts, Dossier, InputFile, incident_table
from maps.export import FORMATS, ExportOptions, export_format, write_export
from maps.export.columnar import SHAPEFILE_NAMES
from maps.provenance import Provenance
from tests.hostile import HOSTILE as PAYLOADS

PROVENANCE = Provenance("0", "neutral", None, Counts(4, 3, 1, 0, 0), ("a source",), "a disclaimer", ())
HOSTILE = '=cmd|"/c calc"!A1 <b>$[id]</b> & Սյունիք'
KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture
def dossier() -> Dossier:
    incidents = incident_table(
        {
            "id": ["point", "area", "line", "nowhere"],
            "title": [HOSTILE, "b", "c", "d"],
            "event_type": ["troop_presence", "shelling", "firefight", "other"],
            "start": [date(2021, 5, 12)] * 4,
            "end": [date(2021, 5, 14)] * 4,
            "date_precision": ["range"] * 4,
            "location_kind": ["near", "area", "line", "unknown"],
            "radius_m": [5000, 30_000, 0, None],
            "country": ["AM", "AZ", "AM-AZ", None],
            "adm1_shares": [({"unit": "Syunik", "code": "AM-SU", "share": 1.0},), (), (), ()],
            "actors": [(Actor("Beta"), Actor("Alpha")), (), (), ()],
            "killed_low": [1, 2, None, None],
            "killed_high": [1, 5, None, None],
            "claims": [(Claim("Armenian MoD", "AM", "asserts", text="-1"), Claim("Azerbaijan", "AZ", "denies")), (), (), ()],
            "source_file": ["acled.csv", "own.csv", "own.csv", "own.csv"],
        },
        geometry=[Point(46.123456, 39.5), box(46, 39, 47, 40), LineString([(46, 39), (47, 39)]), None],
    )
    files = (InputFile("acled.csv", "acled.csv", "acled", "utf-8", 1), InputFile("own.csv", "own.csv", "table", "utf-8", 3))
    return Dossier(incidents, files=files)


def export(dossier: Dossier, path: Path, **options: object) -> Path:
    write_export(dossier, str(path), catalogue=load_catalogue(), provenance=PROVENANCE, options=ExportOptions(**options))  # type: ignore[arg-type]
    return path


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_incidents_give_the_same_bytes_in_another_folder(dossier: Dossier, tmp_path: Path, suffix: str) -> None:
    (tmp_path / "a folder").mkdir()
    one, other = export(dossier, tmp_path / f"x{suffix}"), export(dossier, tmp_path / "a folder" / f"x{suffix}")
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("suffix", FORMATS)
def test_no_incident_at_all_is_written_too(tmp_path: Path, suffix: str) -> None:
    assert export(Dossier(incident_table({}, size=0)), tmp_path / f"x{suffix}").stat().st_size > 0


def test_source_date_epoch_dates_a_geopackage(dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    assert b"2020-09-13T12:26:40" in export(dossier, tmp_path / "x.gpkg").read_bytes()


def test_a_formula_is_text_in_a_csv(dossier: Dossier, tmp_path: Path) -> None:
    held = rows(export(dossier, tmp_path / "x.csv"))
    assert held[0]["title"] == f"'{HOSTILE}"
    assert rows(export(dossier, tmp_path / "claims.csv", columns="claims"))[0]["text"] == "'-1"


def test_a_csv_gives_coordinates_to_points_and_shapes_to_the_rest(dossier: Dossier, tmp_path: Path) -> None:
    point, area, line, nowhere = rows(export(dossier, tmp_path / "x.csv"))
    assert (point["lon"], point["lat"], point["geometry_wkt"], point["adm1_iso"]) == ("46.123", "39.5", "", "AM-SU")
    assert (area["lon"], area["geometry_wkt"][:7]) == ("", "POLYGON")
    assert line["geometry_wkt"] == "LINESTRING (46 39, 47 39)"
    assert (nowhere["lon"], nowhere["geometry_wkt"]) == ("", "")
    assert json.loads(point["claims"])[1]["stance"] == "denies"


def test_hashtags_stand_in_the_second_row(dossier: Dossier, tmp_path: Path) -> None:
    tags, first, *_ = rows(export(dossier, tmp_path / "x.csv", hxl=True))
    assert (tags["lon"], tags["killed_low"], tags["geocode_reason"]) == ("#geo+lon", "#affected+killed+min", "")
    assert first["id"] == "point"


def test_acled_like_columns_claim_no_more_than_the_location(dossier: Dossier, tmp_path: Path) -> None:
    point, area, _, nowhere = rows(export(dossier, tmp_path / "x.csv", columns="acled"))
    assert (point["geo_precision"], area["geo_precision"], nowhere["geo_precision"]) == ("2", "3", "")
    assert (point["actor1"], point["actor2"], point["time_precision"]) == ("Alpha", "Beta", "2")
    assert nowhere["latitude"] == ""
    assert area["sub_event_type"] == "Shelling/artillery/missile attack"


def test_ucdp_like_columns_make_no_best_estimate_of_a_range(dossier: Dossier, tmp_path: Path) -> None:
    point, area, *_ = rows(export(dossier, tmp_path / "x.csv", columns="ucdp"))
    assert (point["best"], area["low"], area["best"], area["high"]) == ("1", "2", "", "5")
    assert point["date_start"] == "2021-05-12 00:00:00.000"


def test_restricted_text_can_be_left_out(dossier: Dossier, tmp_path: Path) -> None:
    point, area, *_ = json.loads(export(dossier, tmp_path / "x.geojson", restricted_text=False).read_text())["features"]
    assert point["properties"]["title"] == "Troop presence reported"
    assert [claim["text"] for claim in point["properties"]["claims"]] == [None, None]
    assert area["properties"]["title"] == "b"
    assert dossier.incidents.title[0] == HOSTILE


@pytest.mark.parametrize("hostile", [HOSTILE, "\x00\x0b\ud800", *PAYLOADS])
def test_kml_tells_hostile_text_as_text(dossier: Dossier, tmp_path: Path, hostile: str) -> None:
    table = dossier.incidents.copy()
    table.loc[0, "title"] = table.loc[0, "place"] = hostile
    root = ElementTree.fromstring(export(dossier.with_incidents(table), tmp_path / "x.kml").read_bytes())
    told = "".join(element.text or "" for element in root.iter(f"{KML}description"))
    assert "<" not in told.replace("<br>", "")
    assert "$[" not in told


def test_kml_has_folders_time_spans_and_no_link(dossier: Dossier, tmp_path: Path) -> None:
    text = export(dossier, tmp_path / "x.kml").read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    folders = [folder.findtext(f"{KML}name") for folder in root.iter(f"{KML}Folder")]
    assert folders == ["Troop presence", "Exchange of fire", "Shelling", "Without a location", "Uncertainty of points"]
    span = next(root.iter(f"{KML}TimeSpan"))
    assert [part.text for part in span] == ["2021-05-12", "2021-05-14"]
    assert "<href>" not in text
    assert len(pyogrio.list_layers(tmp_path / "x.kml")) == 5


def test_kmz_holds_the_kml(dossier: Dossier, tmp_path: Path) -> None:
    with zipfile.ZipFile(export(dossier, tmp_path / "x.kmz")) as archive:
        assert archive.read("doc.kml") == export(dossier, tmp_path / "x.kml").read_bytes()


def test_geoparquet_is_of_version_1_1_and_says_whose_data_it_is(dossier: Dossier, tmp_path: Path) -> None:
    path = export(dossier, tmp_path / "x.parquet")
    metadata = pyarrow.parquet.read_schema(path).metadata
    assert json.loads(metadata[b"geo"])["version"] == "1.1.0"
    assert json.loads(metadata[b"marchland"])["attribution"] == ["a source"]
    held = gpd.read_parquet(path)
    assert [*held.id] == ["point", "area", "line", "nowhere"]
    assert str(held.killed_low.dtype) == "Int64"
    assert held.geometry.isna().tolist() == [False, False, False, True]


def test_flatgeobuf_holds_every_incident(dossier: Dossier, tmp_path: Path) -> None:
    held = pyogrio.read_dataframe(export(dossier, tmp_path / "x.fgb"))
    assert sorted(held.id) == ["area", "line", "nowhere", "point"]


def test_shapefiles_hold_every_incident_under_listed_names(dossier: Dossier, tmp_path: Path) -> None:
    path = export(dossier, tmp_path / "x.shp.zip")
    layers = [pyogrio.read_dataframe(f"/vsizip/{path}/incidents_{name}.shp") for name in ("points", "lines", "areas")]
    assert sorted(ident for layer in layers for ident in layer.id) == ["area", "line", "nowhere", "point"]
    assert set(layers[0].columns) - {"geometry"} == set(SHAPEFILE_NAMES.values())
    assert all(len(name) <= 10 for name in SHAPEFILE_NAMES.values())
    assert layers[0].title[0] == HOSTILE
    with zipfile.ZipFile(path) as archive:
        assert b"a disclaimer" in archive.read("notice.txt")


def test_all_formats_put_a_point_at_the_same_place(dossier: Dossier, tmp_path: Path) -> None:
    spots = {
        pyogrio.read_dataframe(export(dossier, tmp_path / f"x{s}")).set_index("id").geometry["point"].wkt for s in (".geojson", ".fgb")
    }
    package = pyogrio.read_dataframe(export(dossier, tmp_path / "x.gpkg"), layer="incidents")
    spots.add(package.set_index("id").geometry["point"].wkt)
    spots.add(gpd.read_parquet(export(dossier, tmp_path / "x.parquet")).set_index("id").geometry["point"].wkt)
    assert spots == {shapely.Point(46.123, 39.5).wkt}


@pytest.mark.parametrize(("path", "told"), [("x.shp", "x.shp.zip"), ("x.pdf", r"\.kmz"), ("x", "without suffix")])
def test_another_suffix_is_refused_with_what_to_do(path: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        export_format(path)


def test_column_sets_are_csv_only(dossier: Dossier, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"written as \.csv"):
        export(dossier, tmp_path / "x.gpkg", columns="acled")

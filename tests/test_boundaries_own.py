"""A user's own boundary files: every format, every publisher's columns, and what must not pass in silence."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from boundaries.assign import assign_units
from boundaries.catalogue import as_of, load_catalogue, seen_from
from boundaries.own import extent_note, read_layer, read_zones, with_units, with_zones
from geo.errors import InputError
from geo.location import GEOD
from geo.schema import incident_table

CATALOGUE = load_catalogue()
WEST, EAST = shapely.box(24.0, -1.0, 24.5, -0.5), shapely.box(24.5, -1.0, 25.0, -0.5)


def layer(*shapes: Any, crs: Any = "EPSG:4326", **columns: Any) -> gpd.GeoDataFrame:
    """Two districts astride a meridian in the middle of Africa, or other shapes."""
    held = shapes or (WEST, EAST)
    return gpd.GeoDataFrame(columns or {"name": [f"District {i}" for i in range(len(held))]}, geometry=list(held), crs=crs)


def written(folder: Path, table: gpd.GeoDataFrame, name: str = "own.gpkg", **options: Any) -> str:
    path = folder / name
    pyogrio.write_dataframe(table, path, **options)
    return str(path)


def notes_of(path: str, **options: Any) -> str:
    return " | ".join(read_layer(path, **options).notes)


@pytest.mark.parametrize("name", ["own.gpkg", "own.geojson", "own.fgb", "own.shp.zip", "own district!.geojson"])
def test_every_format_gives_the_same_units(tmp_path: Path, name: str) -> None:
    # the writer can't write a name with an exclamation mark
    path = Path(written(tmp_path, layer(), name.replace("!", "")))
    units = read_layer(str(path.rename(tmp_path / name))).units.sort_values("name", ignore_index=True)
    assert list(units.name) == ["District 0", "District 1"]
    assert units.geometry.iloc[0].equals(WEST)
    assert units.crs == "OGC:CRS84" or units.crs == "EPSG:4326"


def test_shapefile_is_read_bare_and_zipped_in_a_folder(tmp_path: Path) -> None:
    assert len(read_layer(written(tmp_path, layer(), "parts.shp")).units) == 2
    with zipfile.ZipFile(tmp_path / "download.zip", "w") as archive:
        for part in tmp_path.glob("parts.*"):
            archive.write(part, f"folder/{part.name}")
    assert len(read_layer(str(tmp_path / "download.zip")).units) == 2


def test_geoparquet_is_read_where_pyarrow_is_installed(tmp_path: Path) -> None:
    layer(crs="EPSG:32635").set_geometry(layer().geometry.to_crs(32635)).to_parquet(tmp_path / "own.parquet")
    assert read_layer(str(tmp_path / "own.parquet")).units.geometry.iloc[0].equals_exact(WEST, 1e-6)


def test_geoparquet_without_pyarrow_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match="pip install pyarrow"):
        read_layer(str(tmp_path / "own.parquet"))


def test_columns_and_types_are_those_of_the_embedded_units(tmp_path: Path) -> None:
    units = read_layer(written(tmp_path, layer())).units
    missing = set(CATALOGUE.units.columns) - set(units.columns)
    # what only the embedded layer can know, and what a catalogue adds by viewpoint
    assert missing == {"divided_until", "contested_until", "fill", "drawn_country"}
    for name in ("start", "end", "passed_on", "redrawn_on", "one_of_seven", "accuracy_m"):
        assert units[name].dtype == CATALOGUE.units[name].dtype, name


@pytest.mark.parametrize(
    ("columns", "publisher", "country", "kind"),
    [
        ({"shapeName": ["A", "B"], "shapeISO": ["KE-01", "KE-02"], "shapeID": ["1", "2"], "shapeGroup": "KEN", "shapeType": "ADM1"},
         "geoBoundaries", "KE", "ADM1"),
        ({"GID_0": "AZE", "NAME_0": "Azerbaijan", "GID_1": ["AZE.1_1", "AZE.2_1"], "NAME_1": ["A", "B"], "ENGTYPE_1": "Rayon"},
         "GADM", "AZ", "Rayon"),
        ({"GID_0": "AZE", "COUNTRY": "Azerbaijan", "GID_1": "AZE.1_1", "NAME_1": "Big", "GID_2": ["x", "y"], "NAME_2": ["A", "B"]},
         "GADM", "AZ", None),
        ({"ADM2_EN": ["A", "B"], "ADM2_PCODE": ["AZ0101", "AZ0102"], "ADM1_EN": "Big", "ADM0_PCODE": "AZ"}, "COD-AB", "AZ", None),
        ({"adm1_name": ["A", "B"], "adm1_pcode": ["AM01", "AM02"], "iso2": "AM"}, "COD-AB", "AM", None),
        ({"name": ["A", "B"], "iso_3166_2": ["SD-1", "SD-2"], "adm1_code": ["SDN-1", "SDN-2"], "iso_a2": "SD", "type_en": "State"},
         "Natural Earth", "SD", "State"),
        ({"NAME": ["A", "B"], "ADM0_A3": ["SDN", "TCD"], "ISO_A2": ["SD", "TD"]}, "Natural Earth", "SD", None),
        ({"title": ["A", "B"], "country": "Chad"}, "", "Chad", None),
    ],
)  # fmt: skip
def test_columns_of_publishers_are_recognised(
    tmp_path: Path, columns: dict[str, Any], publisher: str, country: str, kind: str | None
) -> None:
    many = {name: value if isinstance(value, list) else [value] * 2 for name, value in columns.items()}
    own = read_layer(written(tmp_path, layer(**many)))
    assert list(own.units.name) == ["A", "B"]
    assert own.publisher == publisher
    assert own.units.country.iloc[0] == country
    assert own.units.kind.iloc[0] == kind
    assert own.units.id.is_unique


def test_name_column_overrides_what_is_recognised(tmp_path: Path) -> None:
    path = written(tmp_path, layer(name=["a", "b"], local=["Erste", "Zweite"]))
    assert list(read_layer(path, name_column="local").units.name) == ["Erste", "Zweite"]


def test_unknown_columns_are_listed_in_the_error(tmp_path: Path) -> None:
    path = written(tmp_path, layer(bezirk=["a", "b"], nr=[1, 2]))
    with pytest.raises(InputError, match=r"it has bezirk, nr; name one with --name-column"):
        read_layer(path)
    with pytest.raises(InputError, match=r"no column 'kreis'; it has bezirk, nr"):
        read_layer(path, name_column="kreis")


def test_several_layers_are_listed_and_one_can_be_named(tmp_path: Path) -> None:
    path = written(tmp_path, layer(), layer="districts")
    written(tmp_path, layer(name=["x", "y"]), layer="provinces", append=True)
    with pytest.raises(InputError, match=r"several layers \(districts, provinces\); name one, like .*:districts"):
        read_layer(path)
    assert list(read_layer(f"{path}:provinces").units.name) == ["x", "y"]
    with pytest.raises(InputError, match="has no layer 'towns'; it has districts, provinces"):
        read_layer(f"{path}:towns")


def test_file_whose_name_has_a_colon_is_a_file(tmp_path: Path) -> None:
    written(tmp_path, layer(), "own.geojson")
    (tmp_path / "own.geojson").rename(tmp_path / "a:b.geojson")
    assert len(read_layer(str(tmp_path / "a:b.geojson")).units) == 2


@pytest.mark.parametrize("crs", ["EPSG:28408", "EPSG:32638", "EPSG:3857", "EPSG:3395"])
def test_any_coordinate_system_is_reprojected_and_said(tmp_path: Path, crs: str) -> None:
    syunik = CATALOGUE.units[CATALOGUE.units.id == "am-syunik"][["name", "geometry"]]
    own = read_layer(written(tmp_path, syunik.to_crs(crs)))
    assert own.units.geometry.iloc[0].symmetric_difference(syunik.geometry.iloc[0]).area < 1e-5
    assert f"reprojected from {crs}" in " ".join(own.notes)


def test_missing_system_with_degrees_is_taken_as_wgs84_and_said(tmp_path: Path) -> None:
    written(tmp_path, layer(), "own.shp")
    (tmp_path / "own.prj").unlink()
    own = read_layer(str(tmp_path / "own.shp"))
    assert own.units.geometry.iloc[0].equals(WEST)
    assert "no coordinate system" in own.notes[0]
    assert "WGS 84" in own.notes[0]


def test_missing_system_with_metres_is_refused(tmp_path: Path) -> None:
    written(tmp_path, layer().to_crs(32635), "own.shp")
    (tmp_path / "own.prj").unlink()
    with pytest.raises(InputError, match=r"no coordinate system, and coordinates from .* are not degrees"):
        read_layer(str(tmp_path / "own.shp"))


@pytest.mark.parametrize(
    ("shape", "crs", "reason"),
    [
        (shapely.box(500_000, 4_400_000, 510_000, 4_410_000), "EPSG:4326", "says that it is in degrees"),
        (shapely.box(46.0, 39.0, 46.5, 39.5), "EPSG:32638", "look like degrees"),
        # as a well-known collection of maps for screens has it: numbers of a drawing under a system of metres
        (shapely.box(-999, 1000, 5000, 9851), "EPSG:32638", "can't be true"),
    ],
)
def test_lying_system_is_caught(tmp_path: Path, shape: Any, crs: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_layer(written(tmp_path, layer(shape, crs=crs)))


def test_layer_where_no_incident_lies_is_noted(tmp_path: Path) -> None:
    own = read_layer(written(tmp_path, layer()))
    there, here = gpd.GeoSeries([shapely.Point(46, 39.5), None]), gpd.GeoSeries([shapely.Point(24.2, -0.7)])
    assert "no incident lies within its extent" in str(extent_note(own, there))
    assert extent_note(own, here) is None
    assert extent_note(own, gpd.GeoSeries([None])) is None


def test_rings_that_cross_themselves_are_repaired_and_counted(tmp_path: Path) -> None:
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    own = read_layer(written(tmp_path, layer(bow, WEST, EAST)))
    assert own.repaired == 1
    assert own.units.geometry.is_valid.all()
    assert own.units.geometry.iloc[0].area == pytest.approx(0.5)
    assert "1 of 3 features had invalid rings, which were repaired" in own.notes


def test_lines_points_and_missing_geometry_are_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "mixed.geojson"
    path.write_text(layer(WEST, EAST, shapely.Point(24, 0), shapely.LineString([(24, 0), (25, 0)]), None).to_json())
    own = read_layer(str(path))
    assert len(own.units) == 2
    assert "1 of 5 features have no geometry and are left out" in own.notes
    assert "2 of 4 features are no polygons and are left out" in own.notes


def test_numbers_that_are_no_coordinates_are_left_out_and_counted(tmp_path: Path) -> None:
    absurd = shapely.Polygon([(-1.797e308, 0), (1, 0), (1, 1)])
    own = read_layer(written(tmp_path, layer(WEST, absurd)))
    assert len(own.units) == 1
    assert "coordinates that are no numbers" in " ".join(own.notes)


def test_heights_are_dropped(tmp_path: Path) -> None:
    own = read_layer(written(tmp_path, layer(shapely.force_3d(WEST, 100.0))))
    assert not own.units.geometry.has_z.any()


def test_collection_of_polygons_becomes_a_multipolygon(tmp_path: Path) -> None:
    path = tmp_path / "own.geojson"
    path.write_text(layer(shapely.GeometryCollection([WEST, shapely.Point(0, 0)])).to_json())
    assert read_layer(str(path)).units.geometry.iloc[0].equals(WEST)


RING = [[0, 0], [1, 0], [1, 1], [0, 0]]


def feature(kind: str, coordinates: Any) -> str:
    geometry = {"type": kind, "coordinates": coordinates}
    return json.dumps({"type": "Feature", "properties": {"name": "a"}, "geometry": geometry})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is empty"),
        ("{", "can't be read as a layer of shapes"),
        ("not json at all", "can't be read as a layer of shapes"),
        ('{"type": "FeatureCollection", "features": []}', "no features|no layer with geometry|none of its"),
        (json.dumps({"type": "FeatureCollection", "features": [{"type": "GeometryCollection", "geometries": []}]}), "no features"),
        (json.dumps({"type": "FeatureCollection", "features": [{"type": "Polygon", "coordinates": [RING]}]}), "no features"),
        (json.dumps({"type": "Feature", "properties": {"name": "a"}, "geometry": None}), "geometry"),
        (feature("Point", [1, 2]), "only Point"),
        (feature("Polygon", [RING[:3]]), "geometry"),
        (feature("Polygon", [["0", "1"]]), "geometry"),
    ],
)  # fmt: skip
def test_files_that_hold_no_boundaries_are_refused_in_one_line(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "own.geojson"
    path.write_text(content)
    with pytest.raises(InputError, match=reason) as raised:
        read_layer(str(path))
    assert "\n" not in str(raised.value)
    assert str(raised.value).startswith(str(path))


def test_table_without_geometry_is_refused(tmp_path: Path) -> None:
    pyogrio.write_dataframe(pd.DataFrame({"name": ["a"]}), tmp_path / "own.gpkg")
    with pytest.raises(InputError, match="no layer with geometry"):
        read_layer(str(tmp_path / "own.gpkg"))


def test_broken_zip_and_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "own.zip").write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(InputError, match="can't be read"):
        read_layer(str(tmp_path / "own.zip"))
    with pytest.raises(InputError, match="no such file"):
        read_layer(str(tmp_path / "none.gpkg"))


def test_damaged_names_are_noted_and_geometry_still_counts(tmp_path: Path) -> None:
    own = read_layer(written(tmp_path, layer(name=["F?zuli", "Ağdam"])))
    assert "1 names look damaged in the source" in " ".join(own.notes)
    assert len(own.units) == 2


def test_features_of_one_name_stay_apart(tmp_path: Path) -> None:
    own = read_layer(written(tmp_path, layer(name=["Lankaran", "Lankaran"])))
    assert list(own.units.id) == ["lankaran", "lankaran-2"]
    assert "1 names stand for more than one feature (Lankaran)" in " ".join(own.notes)


def test_features_without_a_name_are_numbered_and_said(tmp_path: Path) -> None:
    own = read_layer(written(tmp_path, layer(name=["a", None])))
    assert list(own.units.name) == ["a", "unnamed 2"]
    assert "1 features have no name" in " ".join(own.notes)


def test_code_on_the_same_ground_takes_the_embedded_id(tmp_path: Path) -> None:
    known = CATALOGUE.units.set_index("id").geometry
    table = layer(
        known["am-syunik"], known["az-lachin"], shapeName=["Syunik", "Lankaran"], shapeISO=["AM-SU", "AZ-LAN"], shapeGroup=["ARM", "AZE"]
    )
    own = read_layer(written(tmp_path, table))
    assert list(own.units.id) == ["am-syunik", "az-lan"]
    assert "the codes AZ-LAN lie elsewhere than in the embedded layer" in " ".join(own.notes)


def test_accuracy_is_that_of_the_column_or_assumed_and_said(tmp_path: Path) -> None:
    assert "1000 m are assumed" in notes_of(written(tmp_path, layer()))
    own = read_layer(written(tmp_path, layer(name=["a", "b"], accuracy_m=[20.0, 30.0]), "exact.gpkg"))
    assert own.accuracy_m == 30
    assert "assumed" not in " ".join(own.notes)


def test_validity_columns_are_read_and_bad_days_refused(tmp_path: Path) -> None:
    own = read_layer(written(tmp_path, layer(name=["old", "new"], valid_from=[None, "2020-01-01"], valid_to=["2020-01-01", None])))
    whole = with_units(CATALOGUE, own)
    assert list(as_of(whole, "2019-12-31").units.name) == ["old"]
    assert list(as_of(whole, "2020-01-01").units.name) == ["new"]
    with pytest.raises(InputError, match="write days like 2021-05-14"):
        read_layer(written(tmp_path, layer(name=["a", "b"], start=["spring", None]), "bad.gpkg"))


def test_incidents_of_a_quite_different_border_get_the_users_units(tmp_path: Path) -> None:
    own = read_layer(written(tmp_path, layer(shapeName=["Left", "Right"], shapeISO=["XA-1", "XB-1"], shapeGroup=["XAA", "XBB"])))
    whole = with_units(CATALOGUE, own)
    points = [shapely.Point(24.1, -0.7), shapely.Point(24.9, -0.7), shapely.Point(24.5, -0.7), shapely.Point(46.3, 39.3)]
    found = assign_units(incident_table({"radius_m": [500.0] * 4, "start": ["2021-01-01"] * 4}, geometry=points), whole)
    assert list(found.adm1[:2]) == ["Left", "Right"]
    assert list(found.country[:2]) == ["XA", "XB"]
    assert [share["share"] for share in found.adm1_shares[2]] == pytest.approx([0.5, 0.5], abs=0.01)
    assert found.adm1[3] is None


def test_distance_of_a_quite_different_border_is_from_the_edge_of_its_countries(tmp_path: Path) -> None:
    two = layer(shapeName=["Left", "Right"], shapeISO=["XA-1", "XB-1"], shapeGroup=["XAA", "XBB"])
    whole = with_units(CATALOGUE, read_layer(written(tmp_path, two)))
    there = incident_table({"radius_m": [500.0], "start": ["2021-01-01"]}, geometry=[shapely.Point(24.4, -0.7)])
    assert assign_units(there, whole).border_distance_m[0] == pytest.approx(GEOD.inv(24.4, -0.7, 24.5, -0.7)[2], rel=0.01)
    one = with_units(CATALOGUE, read_layer(written(tmp_path, layer(), "one.gpkg")))
    assert np.isnan(assign_units(there, one).border_distance_m[0])


def test_layer_near_the_embedded_border_keeps_its_distances(tmp_path: Path) -> None:
    whole = with_units(CATALOGUE, read_layer(written(tmp_path, layer(shapely.box(45, 39, 47, 41)))))
    assert whole.border is CATALOGUE.border


def test_ids_stay_unique_whatever_the_names(tmp_path: Path) -> None:
    names = ["a", "A", "a-2", "?", "!"]
    own = read_layer(written(tmp_path, layer(*[shapely.box(i, 0, i + 1, 1) for i in range(5)], name=names)))
    assert list(own.units.id) == ["a", "a-2", "a-2-2", "unit", "unit-2"]


def test_days_that_gdal_knows_as_days_are_read(tmp_path: Path) -> None:
    table = layer(name=["a", "b"], start=pd.to_datetime(["2020-01-01", None]))
    assert list(read_layer(written(tmp_path, table)).units.start.dt.strftime("%Y-%m-%d")) == ["2020-01-01", np.nan]


def test_catalogue_with_own_units_says_whose_they_are_and_fills_nothing(tmp_path: Path) -> None:
    whole = with_units(CATALOGUE, read_layer(written(tmp_path, layer())))
    assert whole.attributions[0] == "Units: own.gpkg, given by the user."
    assert set(whole.units.fill) == {"none"}
    assert set(seen_from(whole, "de_jure").units.fill) == {"country"}
    assert not len(whole.exclaves)
    assert whole.accuracy["units"] == 1000
    assert len(whole.zones) == len(CATALOGUE.zones)


def test_own_zones_stand_beside_the_embedded_ones(tmp_path: Path) -> None:
    table = layer(
        id=["buffer", "camp"], name=["Buffer zone", "Camp"], kind=["buffer", None], start=["2021-01-01", None], end=["2021-02-01", None]
    )
    whole = with_zones(CATALOGUE, read_zones(written(tmp_path, table)))
    assert len(whole.zones) == len(CATALOGUE.zones) + 2
    assert whole.zones.dtypes.to_dict() == CATALOGUE.zones.dtypes.to_dict()
    assert whole.attributions[0] == "Zones: own.gpkg, given by the user."
    assert "own_buffer" in set(as_of(whole, "2021-01-31").zones.id)
    assert "own_buffer" not in set(as_of(whole, "2021-02-01").zones.id)
    found = assign_units(incident_table({"radius_m": [10.0], "start": ["2021-01-15"]}, geometry=[shapely.Point(24.2, -0.7)]), whole)
    assert found.zones[0] == ("own_buffer",)


def test_own_zones_may_be_points_and_lines_and_need_no_columns(tmp_path: Path) -> None:
    path = tmp_path / "posts.geojson"
    path.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [24.2, -0.7]}}))
    zones = read_zones(str(path)).units
    assert list(zones.id) == ["own_posts"]
    assert list(zones.kind) == ["own"]


def test_reading_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    path = Path(written(tmp_path, layer(shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]))))
    before = path.read_bytes()
    read_layer(str(path))
    assert path.read_bytes() == before


def test_empty_frame_of_notes_is_not_needed(tmp_path: Path) -> None:
    own = read_layer(written(tmp_path, layer(name=["a", "b"], accuracy_m=[1, 1])))
    assert own.notes == ()
    assert np.isfinite(own.units.total_bounds).all()

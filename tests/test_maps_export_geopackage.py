import json
from datetime import date
from pathlib import Path

import fiona
import pyogrio
import pytest
from shapely import LineString, Point, box

from boundaries.catalogue import load_catalogue
from geo.claims import Claim
from geo.schema import Counts, incident_table
from maps.export.geopackage import write_geopackage
from maps.provenance import Provenance

PROVENANCE = Provenance("0", "neutral", None, Counts(4, 3, 1, 0, 0), ("a source",), "a disclaimer", ())


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    incidents = incident_table(
        {
            "id": ["point", "area", "line", "nowhere"],
            "title": ["a", "b", "c", "d"],
            "start": [date(2021, 5, 12)] * 4,
            "end": [date(2021, 5, 14)] * 4,
            "location_kind": ["near", "area", "line", "unknown"],
            "radius_m": [5000, 30_000, 0, None],
            "claims": [(Claim("Armenian MoD", "AM", "asserts"), Claim("Azerbaijan", "AZ", "denies")), (), (), ()],
        },
        geometry=[Point(46, 39.5), box(46, 39, 47, 40), LineString([(46, 39), (47, 39)]), None],
    )
    path = tmp_path_factory.mktemp("gpkg") / "incidents.gpkg"
    write_geopackage(incidents, path, catalogue=load_catalogue(), provenance=PROVENANCE)
    return path


def test_each_kind_of_geometry_has_its_layer(package: Path) -> None:
    counts = {name: pyogrio.read_info(package, layer=name)["features"] for name in fiona.listlayers(package)}
    assert {name: counts[name] for name in ("incidents", "incident_areas", "incident_lines", "incident_uncertainty", "claims")} == {
        "incidents": 2,
        "incident_areas": 1,
        "incident_lines": 1,
        "incident_uncertainty": 1,
        "claims": 2,
    }
    assert counts["units"] == 89


def test_dates_are_typed(package: Path) -> None:
    info = pyogrio.read_info(package, layer="incidents")
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert types["start"] in ("OFTDate", "OFTDateTime")
    assert types["killed_low"] == "OFTInteger64"


def test_claims_point_to_their_incident(package: Path) -> None:
    claims = pyogrio.read_dataframe(package, layer="claims")
    assert [*zip(claims.incident_id, claims.by, claims.stance, strict=True)] == [
        ("point", "Armenian MoD", "asserts"),
        ("point", "Azerbaijan", "denies"),
    ]


def test_the_uncertainty_is_a_disc_of_the_radius(package: Path) -> None:
    row = pyogrio.read_dataframe(package, layer="incident_uncertainty").iloc[0]
    area_m2 = pyogrio.read_dataframe(package, layer="incident_uncertainty").to_crs("ESRI:54009").area.iloc[0]
    assert row.id == "point"
    assert area_m2 == pytest.approx(3.14159 * 5000**2, rel=0.005)


def test_provenance_is_a_table(package: Path) -> None:
    facts = pyogrio.read_dataframe(package, layer="provenance").set_index("key").value
    assert json.loads(facts["disclaimer"]) == "a disclaimer"
    assert json.loads(facts["counts"])["unlocated"] == 1


def test_the_same_incidents_give_the_same_bytes(tmp_path: Path) -> None:
    incidents = incident_table({"id": ["a"], "location_kind": ["point"]}, geometry=[Point(46, 39.5)])
    for name in ("one.gpkg", "two.gpkg"):
        write_geopackage(incidents, tmp_path / name, catalogue=load_catalogue(), provenance=PROVENANCE)
    assert (tmp_path / "one.gpkg").read_bytes() == (tmp_path / "two.gpkg").read_bytes()

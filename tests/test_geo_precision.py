import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point

from geo.location import GEOD, disc
from geo.precision import PRECISIONS, Scheme, code_for, precision_of, radius_of_uncertainty, uncertainty_of


@pytest.mark.parametrize("scheme", PRECISIONS)
def test_a_coarser_code_never_has_a_smaller_radius(scheme: Scheme) -> None:
    if scheme != "ucdp":
        radii = [precision.radius_m for precision in PRECISIONS[scheme].values()]
    else:
        radii = [PRECISIONS["ucdp"][code].radius_m for code in "123456"]
    assert radii[1:] == sorted(radii[1:])
    assert radii[0] == min(radii)


@pytest.mark.parametrize("code", ["4", "5", "6", "7"])
def test_ucdp_representative_points_are_areas(code: str) -> None:
    precision = precision_of("ucdp", code)
    assert precision is not None
    assert precision.kind == "area"
    assert precision.reach != "place"


def test_codes_are_read_as_files_write_them() -> None:
    assert precision_of("acled", " 2.0 ") == PRECISIONS["acled"]["2"]
    assert precision_of("viina", "adm1") == PRECISIONS["viina"]["ADM1"]
    assert precision_of("ucdp", "9") is None


@given(st.sampled_from(["acled", "ucdp"]), st.floats(min_value=1, max_value=240_000), st.sampled_from(["point", "near", "area", "line"]))
def test_the_code_out_claims_no_more_than_the_location(scheme: Scheme, radius_m: float, kind: str) -> None:
    code = code_for(scheme, kind=kind, radius_m=radius_m)  # type: ignore[arg-type]  # sampled from the closed set
    assert code is not None
    precision = PRECISIONS[scheme][code]
    coarsest = max(p.radius_m for p in PRECISIONS[scheme].values())
    assert precision.radius_m >= min(radius_m, coarsest)


def test_an_unlocated_incident_has_no_code() -> None:
    assert code_for("acled", kind="unknown", radius_m=None) is None


@pytest.mark.parametrize(("told", "radius_m"), [(250.0, 250.0), (0.0, None), (-1.0, None), (None, None), (float("nan"), None)])
def test_uncertainty_of_darwin_core_is_the_radius_and_zero_is_unknown(told: float | None, radius_m: float | None) -> None:
    assert radius_of_uncertainty(told) == radius_m


def test_radius_of_a_point_goes_out_as_its_uncertainty_and_comes_back() -> None:
    told = uncertainty_of(Point(46.3, 39.5), 1500.0)
    assert told == (46.3, 39.5, 1500)
    assert radius_of_uncertainty(told[2]) == 1500


def test_uncertainty_of_an_area_holds_all_of_it() -> None:
    area = disc(46.3, 39.5, 20_000)
    told = uncertainty_of(area, 20_000)
    assert told is not None
    lon, lat, metres = told
    assert all(GEOD.inv(lon, lat, *corner)[2] <= metres for corner in area.exterior.coords)
    assert metres < 25_000


def test_uncertainty_of_a_line_holds_it_and_its_radius() -> None:
    told = uncertainty_of(LineString([(46.0, 39.5), (46.2, 39.5)]), 2_000)
    assert told is not None
    assert told[2] >= 8_500 + 2_000


def test_what_is_not_located_has_no_uncertainty() -> None:
    assert uncertainty_of(None, None) is None

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.precision import PRECISIONS, Scheme, code_for, precision_of


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

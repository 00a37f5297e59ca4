import pytest
from shapely import Point

from boundaries.assign import assign_units
from boundaries.catalogue import load_catalogue
from boundaries.contradictions import stated_elsewhere
from geo.schema import Problem, incident_table

YEREVAN, GANJA, TBILISI = Point(44.51, 40.18), Point(46.36, 40.68), Point(44.8, 41.7)


def problems(country: str | None, at: Point, *, radius_m: float = 500, method: str = "coordinates") -> tuple[Problem, ...]:
    table = incident_table(
        {
            "id": ["a"], "stated_country": [country], "radius_m": [radius_m], "location_kind": ["point"], "geocode_method": [method],
            "source_file": ["f.csv"], "source_row": [7],
        },
        geometry=[at],
    )  # fmt: skip
    catalogue = load_catalogue()
    return stated_elsewhere(assign_units(table, catalogue), catalogue)


@pytest.mark.parametrize(("country", "at"), [("Armenia", GANJA), ("AZ", YEREVAN), ("Азербайджан", YEREVAN), ("Armenia", TBILISI)])
def test_coordinates_in_another_country_are_reported_with_the_distance(country: str, at: Point) -> None:
    (problem,) = problems(country, at)
    assert (problem.file, problem.row, problem.value, problem.rejected) == ("f.csv", 7, country, False)
    assert "km away" in problem.reason


@pytest.mark.parametrize(("country", "at"), [("Armenia", YEREVAN), ("Azerbaijan", GANJA), (None, GANJA), ("Atlantis", GANJA)])
def test_what_agrees_or_says_nothing_is_no_problem(country: str | None, at: Point) -> None:
    assert problems(country, at) == ()


def test_what_the_radius_allows_for_is_no_contradiction() -> None:
    assert problems("Armenia", GANJA, radius_m=150_000) == ()


def test_a_place_found_by_name_is_not_the_business_of_the_source() -> None:
    assert problems("Armenia", GANJA, method="name") == ()

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def project(export: Callable[[str], Path]) -> Path:
    return export(".qgz")


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Yerevan"])
def test_an_incident_shows_from_its_first_to_its_last_day_in_any_time_zone(
    project: Path, in_qgis: Callable[..., Any], tmp_path: Path, zone: str
) -> None:
    seen = in_qgis("inspect_project.py", project, "2021-05-11,2021-05-12,2021-05-14,2021-05-15", tmp_path / "map.png", zone=zone)
    assert list(seen["on_day"].values()) == [0, 2, 2, 0]


def test_a_project_has_groups_order_relations_and_time(project: Path, in_qgis: Callable[..., Any], tmp_path: Path) -> None:
    seen = in_qgis("inspect_project.py", project, "2021-05-14", tmp_path / "map.png")
    assert seen["opened"]
    assert seen["crs"] == "EPSG:4326"
    assert seen["groups"] == ["Incidents", "Zones", "Boundaries", "Tables"]
    assert (seen["order"][0], seen["order"][-1]) == ("troop_positions", "units")
    assert all(seen["valid"].values())
    assert all(seen["relations"].values())
    assert seen["related"] == {"incidents_claims": 2, "incidents_sources": 1}
    assert [name for name, on in seen["temporal"].items() if not on] == ["claims", "provenance", "sources"]
    assert seen["errors"] == []
    assert (tmp_path / "map.png").stat().st_size > 10_000

"""Finding one thing of the catalogue by any of its names."""

from __future__ import annotations

import json

import pytest

from boundaries.catalogue import as_of, load_catalogue
from boundaries.lookup import find, layer_told, summary, viewpoint_told
from boundaries.records import embedded_records
from geo.errors import InputError

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    "name", ["az-lachin", "Lachin", "lachin district", "Berdzor", "Բերձոր", "Laçın", "Лачинский", "AZ-LAC", "Berdzor / Lachin"]
)
def test_unit_is_found_by_its_id_and_all_its_names(name: str) -> None:
    assert "az-lachin" in {told["id"] for told in find(CATALOGUE, name)}


def test_id_means_that_thing_alone() -> None:
    (told,) = find(CATALOGUE, "corridor_old_5km")
    assert told["table"] == "zones"
    assert (told["start"], told["end"]) == ("2020-11-10", "2022-08-25")
    assert told["geometry"] == "Polygon"
    assert told["area_km2"] > 100


def test_group_means_all_that_belong_to_it() -> None:
    assert len(find(CATALOGUE, "seven_districts")) == 7


def test_what_is_found_fits_into_json() -> None:
    for name in ("az-lachin", "az-econ-karabakh-2021", "loc_1994_2020", "artsvashen", "war-2020", "nkr-hadrut-province", "sevan"):
        assert json.loads(json.dumps(find(CATALOGUE, name)))[0]["id"] == name


def test_day_narrows_what_is_found() -> None:
    assert find(as_of(CATALOGUE, "2024-01-01"), "az-aghdara")
    with pytest.raises(InputError):
        find(as_of(CATALOGUE, "2023-12-04"), "az-aghdara")


def test_unknown_name_tells_what_is_spelled_alike() -> None:
    with pytest.raises(InputError, match=r"spelled alike: .*Lachin"):
        find(CATALOGUE, "Lachim")
    with pytest.raises(InputError, match=r"of the catalogue$"):
        find(CATALOGUE, "xyzzyxyzzy")


def test_layers_and_viewpoints_are_told() -> None:
    for record in embedded_records().values():
        assert set(summary(record)) == {"id", "title", "vintage", "licence", "features", "viewpoint"}
        assert "id" in layer_told(CATALOGUE, record)["columns"]
    assert "line_of_contact" in viewpoint_told("de_jure")["hidden_kinds"]

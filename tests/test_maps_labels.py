from __future__ import annotations

from boundaries.catalogue import load_catalogue
from geo.gazetteer import Gazetteer, Place, embedded_gazetteer
from maps.labels import label_payload
from maps.provenance import gazetteer_attribution


def town(name: str, population: int, kind: str = "town", country: str = "AM") -> Place:
    return Place(name, name, (name,), kind, 46.0, 39.5, 1_000.0, country, None, None, population=population)


def names(kind: str, places: list[Place]) -> list[str]:
    return [label["name"] for label in label_payload(load_catalogue(), Gazetteer(places)) if label["kind"] == kind]


def test_larger_towns_win_and_villages_and_other_countries_are_left_out() -> None:
    places = [town("small", 10), town("large", 900), town("village", 5_000, "village"), town("abroad", 9_000, country="IR")]
    assert names("town", places) == ["large", "small"]


def test_towns_and_lakes_have_both_names_in_alphabetical_order() -> None:
    labels = label_payload(load_catalogue(), embedded_gazetteer())
    shown = {label["name"] for label in labels}
    assert {"Goris / Gorus", "Goycha / Sevan"} <= shown
    for name in shown:
        forms = name.split(" / ")
        assert forms == sorted(forms)


def test_countries_win_over_towns_and_towns_over_units() -> None:
    kinds = [label["kind"] for label in label_payload(load_catalogue(), embedded_gazetteer())]
    assert [kind for i, kind in enumerate(kinds) if kind not in kinds[:i]] == ["country", "lake", "town", "unit"]


def test_a_map_without_gazetteer_has_no_towns() -> None:
    assert not [label for label in label_payload(load_catalogue(), None) if label["kind"] == "town"]


def test_the_embedded_gazetteer_credits_geonames() -> None:
    assert "GeoNames" in gazetteer_attribution()

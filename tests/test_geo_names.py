"""What is known about each name of a place."""

from __future__ import annotations

import csv

import pytest

from geo.gazetteer import DATA, embedded_gazetteer
from geo.names import PlaceName, language_of, names_of, script_of


def of(name: str) -> dict[str, PlaceName]:
    """The names of the place that is found by one of them, by text."""
    return {one.text: one for one in names_of(embedded_gazetteer().find(name)[0])}


def test_names_of_both_sides_carry_language_script_and_side() -> None:
    found = of("Gorus")
    assert found["Գորիս"] == PlaceName("Գորիս", "Armn", "hy", "AM")
    assert found["Gorus"] == PlaceName("Gorus", "Latn", "az", "AZ")
    assert found["Горис"] == PlaceName("Горис", "Cyrl", "ru", None)


def test_every_name_of_the_look_up_is_among_them() -> None:
    for place in embedded_gazetteer():
        assert set(place.names) <= {one.text for one in names_of(place)}


def test_every_told_name_finds_its_place() -> None:
    gazetteer = embedded_gazetteer()
    with (DATA / "names.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    lost = [(row["place_id"], row["name"]) for row in rows if row["place_id"] not in {p.place_id for p in gazetteer.find(row["name"])}]
    assert [one for one in lost if not one[0].startswith("unit:") and "raion" not in one[0]] == []


def test_unit_says_since_when_it_bears_its_name() -> None:
    (unit,) = [place for place in embedded_gazetteer().find("Syunik") if place.kind == "unit"]
    assert {one.valid for one in names_of(unit) if one.text == "Սյունիք"} == {"1995-"}


@pytest.mark.parametrize(
    ("text", "script", "language"),
    [("Ջերմուկ", "Armn", "hy"), ("Джермук", "Cyrl", "ru"), ("Ҹермук", "Cyrl", "az"), ("Kəlbəcər", "Latn", "az"), ("Goris", "Latn", None)],
)
def test_letters_tell_script_and_sometimes_language(text: str, script: str, language: str | None) -> None:
    assert (script_of(text), language_of(text)) == (script, language)

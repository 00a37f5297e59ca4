import re
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

import maps
from boundaries.catalogue import load_catalogue
from geo.schema import EVENT_TYPES, PUBLIC_COLUMNS
from maps.export.qml import document, option_tree, xml_safe
from maps.export.styles import layer_style, look
from maps.export.words import EVENT_WORDS, VALUE_WORDS, alias
from maps.theme import FAMILIES

WORDS_JS = (Path(maps.__file__).parent / "static" / "words.js").read_text(encoding="utf-8")


def style(name: str, geometry: str = "point") -> Element:
    return layer_style(name, geometry, ["fid", *PUBLIC_COLUMNS], catalogue=load_catalogue())


def test_event_types_are_called_as_on_the_page() -> None:
    block = WORDS_JS.partition("M.typeWords = {")[2].partition("};")[0]
    assert dict(re.findall(r"(\w+): '([^']*)'", block)) == EVENT_WORDS


def test_statuses_are_called_as_on_the_page() -> None:
    block = WORDS_JS.partition("M.statusWords = {")[2].partition("};")[0]
    said = {key: f"{word}: {meaning}" for key, word, meaning in re.findall(r"(\w+): \['([^']*)', '([^']*)'\]", block)}
    assert said == VALUE_WORDS["status"]


def test_every_event_type_has_a_category_and_others_have_one_too() -> None:
    values = [category.get("value") for category in style("incidents").iter("category")]
    assert sorted(values) == sorted([*EVENT_TYPES, ""])


def test_colours_are_those_of_the_page() -> None:
    for family in FAMILIES:
        assert all(look(kind)[:2] == (family.colour, family.ink) for kind in family.types)


def test_every_kind_of_zone_and_line_of_the_catalogue_has_a_category() -> None:
    catalogue = load_catalogue()
    zones = {
        c.get("value")
        for geometry, name in (("polygon", "zones"), ("line", "zone_lines"), ("point", "zone_points"))
        for c in style(name, geometry).iter("category")
    }
    assert zones == {*catalogue.zones.kind, ""}
    assert {c.get("value") for c in style("lines", "line").iter("category")} == {*catalogue.lines.kind, ""}


def test_each_column_has_an_alias() -> None:
    aliases = {element.get("field"): element.get("name") for element in style("incidents").iter("alias")}
    assert set(aliases) == {"fid", *PUBLIC_COLUMNS}
    assert aliases["radius_m"] == "Uncertainty (m)"
    assert alias("end", dated=True) != alias("end")


@pytest.mark.parametrize(("name", "limit"), [("incidents", "1"), ("zones", "0"), ("units", "0")])
def test_the_last_day_counts_for_incidents_and_not_for_boundaries(name: str, limit: str) -> None:
    temporal = style(name, "polygon" if name != "incidents" else "point").find("temporal")
    assert temporal is not None
    assert temporal.get("limitMode") == limit


def test_any_text_stays_text_in_a_document() -> None:
    root = Element("qgis")
    option_tree(root, 'a"<', {"k": ["]]>&", True, 3]})
    held = fromstring(document(root).partition("\n")[2])
    assert [option.get("value") for option in held.iter("Option") if option.get("value")] == ["]]>&", "true", "3"]


def test_what_no_xml_can_hold_is_left_out() -> None:
    assert xml_safe("a\x00\x0b\ud800b\n") == "ab\n"

from __future__ import annotations

import re

import pytest

from geo.schema import EVENT_TYPES
from maps.assets import own_script, own_style
from maps.kinds import OVERLAYS
from maps.theme import DARK, FAMILIES, GLYPHS, LIGHT, page_theme

LAND = ("land", "abroad", "water")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_event_type_has_one_family_a_glyph_and_words() -> None:
    assert sorted(name for family in FAMILIES for name in family.types) == sorted(EVENT_TYPES)
    assert sorted(GLYPHS) == sorted(EVENT_TYPES) == sorted(page_theme()["types"])
    for name in EVENT_TYPES:
        assert re.search(rf"\b{name}: '", own_script())


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.types[0])
def test_a_glyph_stands_out_from_its_symbol(family: object) -> None:
    assert contrast(family.colour, family.ink) >= 3


@pytest.mark.parametrize("ground", LAND)
def test_the_outline_of_a_symbol_stands_out_from_every_ground_on_a_light_page(ground: str) -> None:
    assert contrast("#1b1b1b", LIGHT[ground]) >= 3


@pytest.mark.parametrize("ground", LAND)
def test_the_rim_of_a_symbol_stands_out_from_every_ground_on_a_dark_page(ground: str) -> None:
    assert contrast("#ffffff", DARK[ground]) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("line", ["state", "contact", "seven", "former", "peace", "road", "site", "shape"])
def test_lines_stand_out_from_the_land(line: str, colours: dict[str, str]) -> None:
    assert contrast(colours[line], colours["land"]) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["text", "muted", "accent"])
def test_text_can_be_read(text: str, colours: dict[str, str]) -> None:
    assert contrast(colours[text], colours["paper"]) >= 4.5


def test_light_and_dark_name_the_same_colours_and_the_style_uses_only_these() -> None:
    assert LIGHT.keys() == DARK.keys()
    assert set(re.findall(r"var\(--ml-(\w+)\)", own_style())) <= LIGHT.keys()


def test_every_layer_has_a_rule_of_its_own_in_the_style() -> None:
    for kind in OVERLAYS:
        assert f".ml-{kind.key}" in own_style()


def test_no_colour_belongs_to_a_side() -> None:
    assert not re.search(r"\b(AM|AZ|NK|RU)\b['\"]?\s*:", own_script())

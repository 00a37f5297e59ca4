from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from geo.errors import InputError
from geo.schema import incident_table
from maps.assets import own_script
from maps.build import build_map
from maps.export.words import EVENT_WORDS, STATUS_WORDS
from maps.kinds import GROUPS, OVERLAYS
from maps.labels import COUNTRIES
from maps.languages import LANGUAGES, armenian_style, has_armenian, interface_texts, translated
from maps.page import page_html
from maps.provenance import DISCLAIMER
from scripts.commands.map import LANGUAGES as OFFERED

OTHERS = sorted(set(LANGUAGES) - {"en"})


def english_texts() -> set[str]:
    """Every text of the interface, out of the scripts and the tables."""
    script = own_script()
    found = set(re.findall(r"M\.t\(\s*'((?:[^'\\]|\\.)*)'", script))
    found |= set(re.findall(r"label: '([^']+)'", script))
    for name in ("typeWords", "kindWords", "zoneStatusWords", "stanceWords", "methodWords", "viewpointWords", "statusWords"):
        table = re.search(rf"M\.{name} = \{{(.*?)\}};", script, flags=re.DOTALL)[1]
        found |= set(re.findall(r"(?:: |\[|, )'([^']+)'", table))
    months = re.search(r"MONTHS = \[(.*?)\]", script)[1]
    found |= {form for month in re.findall(r"'(\w+)'", months) for form in (month, f"{month}|alone")}
    found |= {word for words in STATUS_WORDS.values() for word in words.split(": ", 1)} | set(EVENT_WORDS.values())
    found |= {DISCLAIMER, "Reported incidents", *GROUPS, *(kind.label for kind in OVERLAYS), *(name for name, *_ in COUNTRIES)}
    return found


@pytest.mark.parametrize("lang", OTHERS)
def test_every_text_of_the_interface_is_translated(lang: str) -> None:
    assert len(english_texts()) > 200
    assert sorted(english_texts() - set(interface_texts(lang))) == []


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_has_the_same_blanks_to_fill(lang: str) -> None:
    for english, other in interface_texts(lang).items():
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", other)), english
        assert other.strip()


@pytest.mark.parametrize("lang", OTHERS)
def test_the_page_says_its_language_and_holds_its_words(lang: str) -> None:
    page = page_html(build_map(incident_table({}, size=0), lang=lang))
    assert f'<html lang="{lang}">' in page
    block = json.loads(page.split('id="marchland-data">')[1].split("</script>")[0])
    assert block["words"]["lang"] == lang
    assert block["page"]["title"] == translated("Reported incidents", lang) != "Reported incidents"


def test_english_needs_no_words() -> None:
    assert '"words":' not in page_html(build_map(incident_table({}, size=0)))


def test_the_command_offers_the_languages_that_there_are() -> None:
    assert tuple(sorted(LANGUAGES)) == OFFERED


def test_another_language_is_an_error() -> None:
    with pytest.raises(InputError, match="languages of the page: az, en, fr, hy, ru"):
        build_map(incident_table({}, size=0), lang="tlh")


def test_armenian_letters_come_along_only_where_there_are_any() -> None:
    import folium

    with_names = page_html(build_map(incident_table({"id": ["a"], "title": ["Գորիս"]})))
    assert armenian_style() in with_names
    assert "Marchland Armenian" not in page_html(folium.Map(tiles=None)).replace(armenian_style(), "").split("<body>")[1]
    assert armenian_style() not in page_html(folium.Map(tiles=None))
    assert has_armenian("Գ")
    assert not has_armenian("Goris, Горис, Şuşa")


def test_the_font_is_small_and_its_licence_lies_beside_it() -> None:
    static = files("maps") / "static"
    assert len((static / "noto-sans-armenian.woff2").read_bytes()) <= 20_000
    assert "SIL Open Font License" in (static / "noto-sans-armenian.LICENSE.txt").read_text(encoding="utf-8")

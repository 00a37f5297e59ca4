"""The page in other languages; Armenian letters without any font of the system."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from scenes import write_scene

Open = Callable[..., Any]

WORDS = {
    "az": ("göstərilir 5 / 6; 1 yersiz; 2 saxlanılıb", "Qatlar və şərti işarələr", "12 may 2021"),
    "fr": ("affichés 5 sur 6; 1 non localisés; 2 retenus", "Couches et légende", "12 mai 2021"),
    "hy": ("ցուցադրված է 5 / 6; առանց տեղի՝ 1; պահված՝ 2", "Շերտեր և պայմանական նշաններ", "2021 թ. մայիսի 12"),
    "ru": ("показано 5 из 6; без места 1; удержано 2", "Слои и условные знаки", "12 мая 2021"),
}


@pytest.mark.parametrize("lang", sorted(WORDS))
def test_count_legend_and_details_are_in_the_language_and_names_stay(watched: Open, tmp_path: Path, lang: str) -> None:
    count, legend, day = WORDS[lang]
    page = watched().open(write_scene(tmp_path / "map.html", lang=lang))
    assert page.locator("html").get_attribute("lang") == lang
    expect(page.locator(".ml-count")).to_have_text(count)
    expect(page.locator("#marchland-legend > summary")).to_have_text(legend)
    page.evaluate("marchland.select('one')")
    expect(page.get_by_role("dialog")).to_contain_text(day)
    expect(page.get_by_role("dialog")).to_contain_text("Verishen")
    page.evaluate("marchland.select('two')")
    expect(page.get_by_role("dialog")).to_contain_text("Goris / Gorus")


TEXTS = """() => {
    const held = new Set();
    const walk = document.createTreeWalker(document.querySelector('.ml-map'), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) held.add(walk.currentNode.textContent.trim());
    for (const name of ['aria-label', 'title', 'aria-valuetext'])
        document.querySelectorAll(`[${name}]`).forEach((one) => held.add(one.getAttribute(name)));
    return [...held];
}"""


# file formats, and what is put together of data alone
DATA = re.compile(r"GeoJSON|CSV|marchland .*|.* \(\d\)|[AB] forces \(..\)|“the border”|: no place named|© OpenStreetMap.*")


def all_texts(page: Page) -> set[str]:
    """Every text and label of the page with details, lists, filter and table open."""
    page.evaluate("marchland.select('one')")
    page.evaluate("document.querySelectorAll('details').forEach((held) => { held.open = true; })")
    page.locator(".ml-tools button").first.click()
    expect(page.locator("#ml-filter-status option")).to_have_count(5)
    return {text for text in page.evaluate(TEXTS) if re.search("[A-Za-z]{3}", text)}


@pytest.mark.parametrize("lang", sorted(WORDS))
def test_nothing_of_the_interface_is_left_in_english(watched: Open, tmp_path: Path, lang: str) -> None:
    english = all_texts(watched().open(write_scene(tmp_path / "en.html", title="-")))
    page = watched().open(write_scene(tmp_path / "map.html", lang=lang, title="-"))
    block = json.loads(page.evaluate("document.getElementById('marchland-data').textContent"))
    features = [[layer["common"], layer["features"]] for layer in block["overlays"].values()]
    names = [label["name"] for label in block["page"]["labels"] if label["kind"] != "country"]
    data = json.dumps([block["incidents"], features, names, block["page"]["facts"]["attribution"]], ensure_ascii=False)
    known = {english for english, other in block["words"]["texts"].items() if english == other}
    left = {text for text in english & all_texts(page) if text not in data} - known
    assert {text for text in left if not DATA.fullmatch(text)} == set()


def test_armenian_letters_need_no_font_of_the_system(watched: Open, tmp_path: Path) -> None:
    page = watched().open(write_scene(tmp_path / "map.html", lang="hy"))
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "Array.from(document.fonts).filter((font) => font.family.includes('Marchland Armenian')).map((font) => font.status)"
    )
    assert loaded in (["loaded"], ["unloaded"])
    page.evaluate("document.fonts.load('16px \"Marchland Armenian\"', 'Գորիս')")
    assert page.evaluate("document.fonts.check('16px \"Marchland Armenian\"', 'Գորիս')")
    widths = page.evaluate(
        """() => ['Marchland Armenian', 'no such font'].map((family) => {
            const pen = document.createElement('canvas').getContext('2d');
            pen.font = `40px "${family}", monospace`;
            return pen.measureText('Գորիս').width;
        })"""
    )
    assert widths[0] != widths[1]

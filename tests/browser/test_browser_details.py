"""What is told about one incident, and hostile text in the filter and the table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile import HOSTILE, hostile_dossier, shown
from playwright.sync_api import Page, expect
from scenes import write_scene

from maps.build import build_map
from maps.page import page_html

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scene(tmp_path_factory.mktemp("details") / "map.html")


def details(page: Page, incident: str) -> Any:
    page.evaluate("id => marchland.select(id)", incident)
    return page.get_by_role("dialog")


def test_the_word_of_the_source_is_told_where_it_is_another(watched: Open, scene: Path) -> None:
    page = watched().open(scene)
    expect(details(page, "two")).to_contain_text("Shelling (source’s word: artillery duel)")
    expect(details(page, "one")).not_to_contain_text("source’s word")


def test_a_draft_says_so(watched: Open, scene: Path) -> None:
    page = watched().open(scene)
    expect(details(page, "two")).to_contain_text("no person has checked it yet")
    expect(details(page, "one")).not_to_contain_text("no person has checked")


def test_who_says_it_and_who_denies_it_stand_side_by_side(watched: Open, scene: Path) -> None:
    page = watched().open(scene)
    columns = details(page, "one").locator(".ml-claims > div")
    expect(columns).to_have_count(2)
    expect(columns.nth(0)).to_contain_text("Ministry A")
    expect(columns.nth(1)).to_contain_text("Ministry B")
    left, right = (columns.nth(i).bounding_box() for i in (0, 1))
    assert left["y"] == right["y"]
    assert left["width"] == pytest.approx(right["width"], abs=1)


def test_hostile_text_in_table_and_filter_is_verbatim(watched: Open, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text(page_html(build_map(hostile_dossier())), encoding="utf-8")
    page = watched().open(path)
    page.get_by_text("Find and filter").click()
    expect(page.locator(".ml-choice")).not_to_have_count(1)
    page.get_by_role("button", name="Table").click()
    page.locator("#marchland-table").evaluate("box => { box.style.height = '96%'; }")
    page.locator(".ml-rows").evaluate("box => box.dispatchEvent(new Event('scroll'))")
    told = page.locator("#marchland-table tbody").text_content()
    for text in HOSTILE[:15]:
        assert shown(text) in told
    assert page.evaluate("window.pwned") is None
    assert page.locator("main img, main iframe, main script:not([type='application/json'])").count() == 0


def test_no_saved_cell_begins_like_a_formula(watched: Open, tmp_path: Path) -> None:
    import csv
    import io

    path = tmp_path / "map.html"
    path.write_text(page_html(build_map(hostile_dossier())), encoding="utf-8")
    page = watched().open(path)
    page.get_by_role("button", name="Table").click()
    with page.expect_download() as found:
        page.get_by_role("button", name="Save the rows shown as CSV").click()
    rows = list(csv.reader(io.StringIO(Path(found.value.path()).read_bytes().decode("utf-8-sig"), newline="")))
    assert len(rows) == len(HOSTILE) + 1
    cells = [cell for row in rows[1:] for cell in row if cell.lstrip()[:1] in tuple("=+-@")]
    assert [cell for cell in cells if not cell.replace(".", "").lstrip("-").isdigit()] == []

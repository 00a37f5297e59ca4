"""The table twin of the map, and the files that it saves."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from scenes import some_incidents, write_scene

from geo.schema import PUBLIC_COLUMNS

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scene(tmp_path_factory.mktemp("table") / "map.html")


@pytest.fixture
def page(watched: Open, scene: Path) -> Page:
    opened: Page = watched().open(scene)
    opened.get_by_role("button", name="Table").click()
    return opened


def rows(page: Page, column: int = 1) -> list[str]:
    return [text.strip() for text in page.locator(f"#marchland-table tbody tr:not(.ml-gap) td:nth-child({column + 1})").all_inner_texts()]


def saved(page: Page, kind: str) -> str:
    with page.expect_download() as found:
        page.get_by_role("button", name=f"Save the rows shown as {kind}").click()
    return Path(found.value.path()).read_text(encoding="utf-8-sig")


def test_every_incident_is_a_row_the_unlocated_and_undated_too(page: Page) -> None:
    assert rows(page) == ["Undated fire", "Talks", "Shelling near a village", "Troops in a province", "=1+1 Şuşi", "Fire along the line"]
    expect(page.get_by_role("table")).to_have_attribute("aria-rowcount", "7")


def test_a_head_sorts_one_way_and_the_other(page: Page) -> None:
    head = page.get_by_role("columnheader", name="Status")
    head.get_by_role("button").click()
    assert rows(page, 3) == sorted(rows(page, 3))
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").click()
    assert rows(page, 3) == sorted(rows(page, 3), reverse=True)
    expect(head).to_have_attribute("aria-sort", "descending")


def test_rows_follow_period_filter_and_legend(page: Page) -> None:
    page.evaluate("marchland.setTime('2021-05-01', '2021-05-31')")
    assert rows(page) == ["Undated fire", "Shelling near a village", "Troops in a province", "=1+1 Şuşi"]
    page.evaluate("marchland.setFilter({ status: 'claimed' })")
    assert rows(page) == ["Undated fire", "Troops in a province", "=1+1 Şuşi"]
    page.get_by_role("checkbox", name="Shelling").uncheck()
    assert rows(page) == ["Troops in a province"]
    expect(page.locator(".ml-table-head [role=status]").first).to_have_text("rows: 1 of 6")


def test_a_row_selects_on_the_map_and_the_map_marks_the_row(page: Page) -> None:
    page.get_by_role("row").get_by_role("button", name="Fire along the line").click()
    expect(page.get_by_role("dialog").locator("h2")).to_have_text("Fire along the line")
    expect(page.locator("tr.ml-current")).to_contain_text("Fire along the line")
    page.evaluate("marchland.select('one')")
    expect(page.locator("tr.ml-current")).to_contain_text("Shelling near a village")


def test_the_table_opens_and_closes_with_the_keyboard(page: Page) -> None:
    expect(page.get_by_role("heading", name="Table of incidents")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("table")).to_be_hidden()
    expect(page.get_by_role("button", name="Table")).to_be_focused()


def test_csv_has_every_public_column_and_no_formula(page: Page) -> None:
    held = list(csv.DictReader(io.StringIO(saved(page, "CSV"), newline="")))
    assert list(held[0]) == [*PUBLIC_COLUMNS, "lon", "lat"]
    by_id = {row["id"]: row for row in held}
    assert by_id["two"]["title"] == "'=1+1 Şuşi"
    assert (by_id["one"]["lon"], by_id["one"]["lat"]) == ("46.31", "39.53")
    assert by_id["three"]["lon"] == by_id["five"]["lon"] == ""
    assert [claim["by"] for claim in json.loads(by_id["one"]["claims"])] == ["Ministry A", "Ministry B"]


def test_geojson_has_the_rows_shown_as_they_are(page: Page) -> None:
    page.evaluate("marchland.setTime('2021-05-01', '2021-05-31')")
    held = json.loads(saved(page, "GeoJSON"))
    kinds = {one["id"]: one["geometry"]["type"] for one in held["features"]}
    assert kinds == {"six": "Point", "one": "Point", "three": "Polygon", "two": "Point"}
    properties = held["features"][1]["properties"]
    assert list(properties) == list(PUBLIC_COLUMNS)
    assert (properties["radius_m"], properties["killed_low"], properties["zones"]) == (5000, None, [])
    assert held["marchland"]["counts"]["held_back"] == 2
    assert held["marchland"]["disclaimer"]


def test_an_unlocated_row_is_saved_without_geometry(page: Page) -> None:
    page.evaluate("marchland.setFilter({ text: 'talks' })")
    held = json.loads(saved(page, "GeoJSON"))
    assert [one["geometry"] for one in held["features"]] == [None]


def test_only_rows_in_sight_are_in_the_document(watched: Open, tmp_path: Path) -> None:
    import pandas as pd

    from maps.build import build_map
    from maps.page import page_html

    many = pd.concat([some_incidents().iloc[[4]]] * 3000, ignore_index=True)
    many["id"] = [f"n{i}" for i in range(len(many))]
    path = tmp_path / "many.html"
    path.write_text(page_html(build_map(many)), encoding="utf-8")
    page = watched().open(path)
    page.get_by_role("button", name="Table").click()
    assert 5 < page.locator("#marchland-table tbody tr").count() < 60
    page.locator(".ml-rows").evaluate("box => { box.scrollTop = box.scrollHeight; }")
    expect(page.locator('tr[aria-rowindex="3001"]')).to_be_visible()

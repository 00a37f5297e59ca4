"""Find and filter: words and choices, live counts, reset, address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from scenes import write_scene

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scene(tmp_path_factory.mktemp("filter") / "map.html")


@pytest.fixture
def page(watched: Open, scene: Path) -> Page:
    opened: Page = watched().open(scene)
    opened.get_by_text("Find and filter").click()
    return opened


def ids(page: Page) -> list[str]:
    found: list[str] = page.evaluate("marchland.shownIds()")
    return found


def test_the_count_says_what_is_shown_and_what_is_missing(page: Page) -> None:
    expect(page.locator(".ml-count")).to_have_text("shown 5 of 6; 1 unlocated; 2 held back")


@pytest.mark.parametrize(
    ("label", "choice", "found"),
    [
        ("Status", "Claimed (3)", ["two", "three", "six"]),
        ("How exact", "Near a place (2)", ["one", "two"]),
        ("Side", "AM (1)", ["one"]),
        ("Side", "AZ (2)", ["one", "three"]),
        ("Unit", "Lachin (2)", ["one", "six"]),
        ("Source", "Agency B (2)", ["two", "three"]),
        ("Checked by a person", "no, draft (1)", ["two"]),
    ],
)
def test_a_choice_narrows_the_map(page: Page, label: str, choice: str, found: list[str]) -> None:
    page.get_by_role("combobox", name=label, exact=True).select_option(label=choice)
    assert ids(page) == found
    expect(page.locator(".ml-count")).to_contain_text(f"shown {len(found)} of 6")


def test_choices_add_up_and_reset_brings_all_back(page: Page) -> None:
    page.get_by_role("combobox", name="Status").select_option(label="Claimed (3)")
    page.get_by_role("combobox", name="Unit").select_option(label="Lachin (2)")
    assert ids(page) == ["six"]
    page.locator("#marchland-filter").get_by_role("button", name="Reset filters").click()
    assert len(ids(page)) == 5
    expect(page.locator(".ml-tools").get_by_role("button", name="Reset filters")).to_be_hidden()
    assert page.get_by_role("combobox", name="Status").input_value() == ""


@pytest.mark.parametrize(
    ("words", "found"), [("susi", ["two"]), ("GORIS", ["two", "six"]), ("fire line", ["four"]), ("Shelling", ["one", "two", "six"])]
)
def test_words_are_found_without_case_and_accents(page: Page, words: str, found: list[str]) -> None:
    page.get_by_role("searchbox", name="Words").fill(words)
    expect(page.locator(".ml-count")).to_contain_text(f"shown {len(found)} of 6")
    assert ids(page) == found


def test_a_filter_at_work_can_be_reset_beside_the_count(page: Page) -> None:
    page.get_by_text("Find and filter").click()
    page.evaluate("marchland.setFilter({ status: 'denied' })")
    page.locator(".ml-tools").get_by_role("button", name="Reset filters").click()
    assert len(ids(page)) == 5


def test_filter_and_period_work_together(page: Page) -> None:
    page.evaluate("marchland.setTime('2021-05-28', '2021-06-30')")
    page.get_by_role("combobox", name="Status").select_option(label="Claimed (3)")
    assert ids(page) == ["two", "six"]


def test_the_filter_is_in_the_address(watched: Open, scene: Path, page: Page) -> None:
    page.evaluate("marchland.setFilter({ status: 'claimed', text: 'şuşi & co' })")
    page.evaluate("marchland.setFilter({ text: 'şuşi' })")
    fragment = page.evaluate("location.hash")
    again = watched().open(scene, fragment=fragment)
    assert ids(again) == ["two"]


def test_an_address_with_nonsense_filters_nothing(watched: Open, scene: Path) -> None:
    page = watched().open(scene, fragment="#8/39.5/46.3?__proto__=1&nothing=2&from=yesterday")
    assert len(ids(page)) == 5

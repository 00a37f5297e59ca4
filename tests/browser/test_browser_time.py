"""The period shown: histogram, handles, steps, play, keyboard; the same day for every viewer."""

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
    return write_scene(tmp_path_factory.mktemp("time") / "map.html")


@pytest.fixture
def page(watched: Open, scene: Path) -> Page:
    opened: Page = watched().open(scene)
    return opened


def ids(page: Page) -> list[str]:
    found: list[str] = page.evaluate("marchland.shownIds()")
    return found


def test_the_whole_period_is_shown_first_and_said_in_words(page: Page) -> None:
    expect(page.locator(".ml-period")).to_have_text("all days, 10 November 2020 to 14 September 2022")
    expect(page.get_by_role("slider", name="First day shown")).to_have_attribute("aria-valuetext", "10 November 2020")


def test_an_uncertain_date_counts_in_every_month_it_covers(page: Page) -> None:
    counts = page.evaluate(
        """() => {
            const state = marchlandParts.states()[0];
            const rows = marchlandParts.rows(state);
            const bins = marchlandParts.bins(marchlandParts.dayNumber('2021-05-01'), marchlandParts.dayNumber('2021-08-31'));
            const may = new Uint8Array(rows.n); may[0] = may[1] = 1;
            return [bins.unit, marchlandParts.binCounts(bins, rows, may)];
        }"""
    )
    assert counts == ["month", [2, 1, 1, 0]]
    expect(page.locator(".ml-hint")).to_have_text("An uncertain date counts in every month it covers. Without a date and always shown: 1.")


def test_the_keyboard_moves_a_handle_by_a_day(page: Page) -> None:
    page.get_by_role("slider", name="First day shown").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ml-period")).to_have_text("11 November 2020 to 14 September 2022")
    page.get_by_role("slider", name="Last day shown").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".ml-period")).to_have_text("11 November 2020 to 13 September 2022")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".ml-period")).to_have_text("11 November 2020 to 12 September 2022")
    assert "four" not in ids(page)


def test_steps_go_month_by_month_and_zones_and_incidents_follow(page: Page) -> None:
    onward = page.get_by_role("button", name="One month on")
    onward.click()
    expect(page.locator(".ml-period")).to_have_text("10 November 2020 to 30 November 2020")
    for _ in range(6):
        onward.click()
    expect(page.locator(".ml-period")).to_have_text("1 May 2021 to 31 May 2021")
    assert ids(page) == ["one", "two", "three", "six"]
    page.get_by_role("button", name="One month back").click()
    expect(page.locator(".ml-period")).to_have_text("1 April 2021 to 30 April 2021")
    assert ids(page) == ["six"]
    section = "marchland.layers.find((held) => held.key === 'section').shown"
    assert page.evaluate(section) == 0
    page.evaluate("marchland.setTime('2024-05-25', '2024-05-26')")
    assert page.evaluate(section) == 1


def test_play_steps_on_and_stops(page: Page) -> None:
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".ml-period")).to_have_text("1 December 2020 to 31 December 2020", timeout=4000)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_the_period_is_in_the_address(watched: Open, scene: Path, page: Page) -> None:
    page.evaluate("marchland.setTime('2021-05-01', '2021-05-31')")
    fragment = page.evaluate("location.hash")
    assert fragment.endswith("?from=2021-05-01&to=2021-05-31")
    again = watched().open(scene, fragment=fragment)
    expect(again.locator(".ml-period")).to_have_text("1 May 2021 to 31 May 2021")
    assert ids(again) == ["one", "two", "three", "six"]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_every_viewer_has_the_same_day(watched: Open, scene: Path, zone: str) -> None:
    page = watched(timezone_id=zone).open(scene, fragment="#8/39.5/46.3?from=2021-05-14&to=2021-05-14")
    expect(page.locator(".ml-period")).to_have_text("14 May 2021")
    page.get_by_role("slider", name="Last day shown").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ml-period")).to_have_text("14 May 2021 to 15 May 2021")
    assert ids(page) == ["three", "six"]

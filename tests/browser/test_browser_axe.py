"""axe-core on the page: no violation of WCAG 2.2 AA on a screen, light and dark, with everything open.

axe-core comes from npm, once, into pytest's cache.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from scenes import write_scene

Open = Callable[..., Any]

VERSION = "4.10.3"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def axe(pytestconfig: pytest.Config) -> str:
    folder = Path(pytestconfig.cache.mkdir("axe-core"))
    script = folder / f"axe-{VERSION}.js"
    if not script.exists():
        npm = shutil.which("npm")
        assert npm, "the tests of the page need npm, which fetches axe-core"
        subprocess.run([npm, "pack", f"axe-core@{VERSION}", "--silent", "--pack-destination", str(folder)], check=True, timeout=120)
        with tarfile.open(folder / f"axe-core-{VERSION}.tgz") as packed:
            held = packed.extractfile("package/axe.min.js")
            assert held is not None
            script.write_bytes(held.read())
    return script.read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[Any]:
    # the policy of the page is set aside for this tool alone
    page.evaluate(f"{axe};0")
    found: list[Any] = page.evaluate(
        """rules => axe.run({ runOnly: rules }).then((told) =>
            told.violations.map((held) => [held.id, held.nodes.map((node) => node.html.slice(0, 120))]))""",
        RULES,
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_no_violation_whatever_is_open(watched: Open, tmp_path: Path, axe: str, scheme: str, size: tuple[int, int]) -> None:
    width, height = size
    page = watched(color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": height}).open(
        write_scene(tmp_path / "map.html")
    )
    assert violations(page, axe) == []
    if width < 700:
        page.locator(".ml-when > summary").click()
        page.get_by_text("Find and filter").click()
        expect(page.get_by_role("combobox", name="Status")).to_be_visible()
        assert violations(page, axe) == []
        return
    page.evaluate("document.querySelectorAll('details').forEach((held) => { held.open = true; })")
    page.evaluate("marchland.select('one')")
    assert violations(page, axe) == []
    page.get_by_role("button", name="Table").click()
    assert violations(page, axe) == []

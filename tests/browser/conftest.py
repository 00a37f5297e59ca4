"""A real Chromium with the network off, and pages that report what goes wrong in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from scenes import wait_until

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("these tests need Chromium on the PATH: apt-get install chromium, or run ./scripts/test", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield chromium
        chromium.close()


class Watched:
    """A page, with all that it wrote to the console and asked from elsewhere."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}, "offline": True} | options))
        self.page: Page = self.context.new_page()
        self.trouble: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.trouble.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def open(self, path: Path, *, fragment: str = "") -> Page:
        """Load a file and wait until its map is ready."""
        self.page.goto(path.as_uri() + fragment)
        wait_until(self.page, "window.marchland && window.marchland.ready === true")
        return self.page

    def asked_elsewhere(self) -> list[str]:
        """Requests for anything but the file itself."""
        return [url for url in self.requests if not url.startswith("data:")][1:]


@pytest.fixture
def watched(browser: Browser) -> Iterator[Any]:
    """Makes watched pages; each must end with a clean console and without requests."""
    made: list[Watched] = []

    def make(**options: Any) -> Watched:
        made.append(Watched(browser, **options))
        return made[-1]

    yield make
    for one in made:
        one.context.close()
    assert [line for one in made for line in one.trouble] == []
    assert [url for one in made for url in one.asked_elsewhere()] == []

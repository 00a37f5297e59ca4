"""The scripts and styles that folium links to, as text: one adapter over the wheel folium-offline, checked against a list.

folium names its assets by URL; ``offlinefolium`` holds the text of each under the same URL. What leaves this module has the bytes
that the committed list ``static/assets.sha256`` records. marchland's own scripts and styles come from ``static/`` as well.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from geo.errors import DataError
from maps.theme import colour_css

SCRIPTS = (
    "core.js",
    "shapes.js",
    "words.js",
    "rows.js",
    "symbols.js",
    "details.js",
    "overlays.js",
    "labels.js",
    "spread.js",
    "engine_columns.js",
    "engine_store.js",
    "engine_shapes.js",
    "engine_pick.js",
    "engine_clusters.js",
    "engine_canvas.js",
    "incidents.js",
    "panels.js",
    "time.js",
    "filter.js",
    "table.js",
    "save.js",
    "tiles.js",
    "page.js",
)
"""Our own scripts, in the order in which they need each other."""

STYLES = ("page.css",)


@cache
def asset_list() -> dict[str, str]:
    """Recorded sha256 of each asset, by URL."""
    lines = (files("maps") / "static" / "assets.sha256").read_text(encoding="utf-8").splitlines()
    return {url: digest for digest, url in (line.split("  ", 1) for line in lines if line and not line.startswith("#"))}


def asset_text(url: str) -> str:
    """Text of the asset that folium links to by this URL.

    Raises
    ------
    DataError
        The wheel has no such asset, or one with other bytes than those recorded.
    """
    # private to the wheel, whose version is pinned; nothing else in marchland touches it
    from offlinefolium.elements import _res

    if url not in _res or url not in asset_list():
        raise DataError(
            f"{url}: this file is not among the embedded ones, so the page could not work without a network; leave out what needs it"
        )
    text: str = _res[url]
    found = hashlib.sha256(text.encode("utf-8")).hexdigest()
    if found != asset_list()[url]:
        raise DataError(f"{url}: folium-offline holds another file than the recorded one (sha256 {found}); install marchland again")
    return text


@cache
def own_script() -> str:
    """marchland's JavaScript, one text without comments and indentation."""
    lines = (line.strip() for name in SCRIPTS for line in _static(name).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def own_style() -> str:
    """marchland's CSS, one text, the colours of the theme first."""
    return colour_css() + "\n".join(_static(name) for name in STYLES)


def _static(name: str) -> str:
    return (files("maps") / "static" / name).read_text(encoding="utf-8")

"""All that is drawn or exported: folium layers, the standalone page, GIS files.

The names below are imported when they are first used, so that ``import maps`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "build_map": "maps.build",
    "IncidentFilter": "maps.panels",
    "IncidentLayer": "maps.layers",
    "IncidentTable": "maps.panels",
    "OverlayLayer": "maps.overlays",
    "overlay_layers": "maps.overlays",
    "Legend": "maps.panels",
    "PageFacts": "maps.panels",
    "TimeFilter": "maps.panels",
    "UnlocatedList": "maps.panels",
    "OnlineTiles": "maps.tiles",
    "page_html": "maps.page",
    "write_page": "maps.page",
    "write_picture": "maps.picture",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)

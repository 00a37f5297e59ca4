"""The symbols of the page as shapes for a picture: form by kind of location, fill by status, colour and glyph by event type.

The outlines and rules are those of ``static/symbols.js``, the glyphs those of `maps.theme`; putting them on paper is left to
`maps.picture`. All shapes are in a box of 24 by 24 with the origin in its middle and the vertical axis upwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.path import Path

from maps.theme import FAMILIES, GLYPHS

OUTLINES = {
    "point": "M12 1.5a10.5 10.5 0 1 1 0 21a10.5 10.5 0 1 1 0-21z",
    "area": "M2 2h20v20H2z",
    "line": "M5.5 3.5h13L23.5 12l-5 8.5h-13L.5 12z",
}
HALVES = {"point": "M12 1.5a10.5 10.5 0 0 0 0 21z", "area": "M2 2h10v20H2z", "line": "M5.5 3.5H12v17H5.5L.5 12z"}
SLASH = "M4.5 19.5L19.5 4.5"
_FORMS = {"point": "point", "near": "point", "area": "area", "line": "line"}
_TOKEN = re.compile(r"[MLHVhvlmqQtTaAzZ]|-?(?:\d+\.?\d*|\.\d+)")
_WIDTHS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "T": 2, "A": 7}


@dataclass(frozen=True, slots=True)
class Stroke:
    """One shape of a symbol and how it is painted.

    Attributes
    ----------
    path
        The shape.
    face, edge
        Colours; ``None`` for no fill or no line.
    width
        Of the line, in units of the box.
    dash
        Pattern in units of the box; ``None`` for a solid line.
    opacity
        Of the fill, 0 to 1.
    """

    path: Path
    face: str | None
    edge: str | None
    width: float = 0.0
    dash: tuple[float, ...] | None = None
    opacity: float = 1.0


@cache
def symbol(event_type: str, status: str, kind: str, draft: bool = False) -> tuple[Stroke, ...]:
    """The shapes of a symbol, lowest first."""
    family = next((held for held in FAMILIES if event_type in held.types), FAMILIES[-1])
    form = _FORMS.get(kind, "area")
    full, half = status in ("confirmed", "claimed"), status == "disputed"
    outline, width = svg_path(OUTLINES[form]), 3.0 if status == "confirmed" else 1.5
    shapes = [Stroke(outline, family.colour if full else "#ffffff", "#ffffff", width + 2)]
    if half:
        shapes.append(Stroke(svg_path(HALVES[form]), family.colour, None, opacity=0.75))
    elif not full:
        shapes.append(Stroke(outline, family.colour, None, opacity=0.22))
    sure = status in ("confirmed", "claimed", "disputed", "denied")
    dash = (6.0, 3.4) if form == "area" and sure else None if sure else (1.6, 2.4)
    shapes.append(Stroke(outline, None, "#1b1b1b", width, dash))
    shapes.append(Stroke(svg_path(GLYPHS.get(event_type, GLYPHS["other"])), None, family.ink if full else "#111111", 2.0))
    if status == "denied":
        shapes.append(Stroke(svg_path(SLASH), None, "#1b1b1b", 1.8))
    if draft:
        mark = Path.circle((9.0, 8.5), 4.2)
        shapes.append(Stroke(mark, "#ffe08a", "#1b1b1b", 1.0))
    return tuple(shapes)


@cache
def svg_path(text: str) -> Path:
    """The path of an SVG attribute ``d`` with the commands that our symbols use, moved to the middle of the box and upright."""
    points: list[tuple[float, float]] = []
    codes: list[Any] = []
    at = start = bend = np.zeros(2)
    for name, numbers in _commands(text):
        # a smooth curve goes on from the mirror image of the last bend
        told = [*(2 * at - bend - (at if name == "t" else 0)), *numbers] if name in "tT" else numbers
        new, kinds = _segment(name.replace("t", "q").replace("T", "Q"), told, at, start)
        bend = new[0]
        points += [tuple(point) for point in new]
        codes += kinds
        at = start if name in "zZ" else new[-1]
        if name in "Mm":
            start = at
    xy = np.array(points, dtype=float)
    return Path(np.column_stack([xy[:, 0] - 12, 12 - xy[:, 1]]), codes)


def _commands(text: str) -> list[tuple[str, list[float]]]:
    found: list[tuple[str, list[float]]] = []
    for token in _TOKEN.findall(text):
        if token.isalpha():
            found.append((token, []))
            continue
        name, numbers = found[-1]
        if len(numbers) == _WIDTHS[name.upper()]:
            # further numbers repeat the command; after a move they are lines
            found.append(({"M": "L", "m": "l"}.get(name, name), [float(token)]))
        else:
            numbers.append(float(token))
    return found


def _segment(name: str, numbers: list[float], at: Any, start: Any) -> tuple[list[Any], list[Any]]:
    base = at if name.islower() else np.zeros(2)
    kind = name.upper()
    if kind == "Z":
        return [start], [Path.CLOSEPOLY]
    if kind == "H":
        return [np.array([base[0] + numbers[0], at[1]])], [Path.LINETO]
    if kind == "V":
        return [np.array([at[0], base[1] + numbers[0]])], [Path.LINETO]
    if kind == "Q":
        return [base + numbers[:2], base + numbers[2:]], [Path.CURVE3] * 2
    if kind == "A":
        arc = _arc(at, base + numbers[5:], numbers[0], large=numbers[3] == 1, sweep=numbers[4] == 1)
        return arc, [Path.LINETO] * len(arc)
    return [base + numbers], [Path.MOVETO if kind == "M" else Path.LINETO]


def _arc(start: Any, end: Any, radius: float, *, large: bool, sweep: bool, steps: int = 24) -> list[Any]:
    """Points along a circular arc, as the SVG specification tells its centre (appendix on arcs, for equal radii)."""
    half = (start - end) / 2
    length = float(np.hypot(*half))
    radius = max(radius, length)
    aside = np.sqrt(max(radius**2 - length**2, 0.0)) / length * np.array([half[1], -half[0]])
    centre = (start + end) / 2 + (aside if large == sweep else -aside) * -1
    first, last = (float(np.arctan2(*(point - centre)[::-1])) for point in (start, end))
    if sweep and last <= first:
        last += 2 * np.pi
    if not sweep and last >= first:
        last -= 2 * np.pi
    angles = np.linspace(first, last, steps)[1:]
    return [centre + radius * np.array([np.cos(a), np.sin(a)]) for a in angles]

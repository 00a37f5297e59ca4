"""What stands beside and below the map of a picture: legend with counts, scale bar, north, title, disclaimer and sources."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.transforms import Affine2D, ScaledTranslation

from geo.location import shifted
from geo.schema import TROOP_POSITION_TYPES
from maps.export.words import EVENT_WORDS, STATUS_WORDS
from maps.kinds import GROUPS, LEGEND_ORDER, OverlayKind
from maps.languages import translated
from maps.picture import scale_length_km
from maps.picture_symbols import symbol
from maps.provenance import Provenance
from maps.theme import LIGHT

LEFT, TOP, LINE = 0.745, 0.962, 0.0212
"""Left edge, upper edge and height of a line of the legend, as parts of the sheet."""
EXACT = (("near", "Circle", "at or near a place"), ("area", "Dashed square", "somewhere in an area"), ("line", "Lozenge", "along a line"))


def put_symbol(axes: Any, place: Sequence[float], look: tuple[str, str, str, bool], *, size_pt: float, level: float) -> None:
    """A symbol around a place in the axes' own coordinates, as large on paper whatever the scale."""
    unit = size_pt / 24
    figure = axes.get_figure()
    # points are a 72th of an inch; the place moves with the map, the symbol does not grow with it
    shape = Affine2D().scale(unit / 72) + figure.dpi_scale_trans
    moved = shape + ScaledTranslation(float(place[0]), float(place[1]), axes.transData)
    # of one level, so that each symbol lies as a whole over the one before
    for stroke in symbol(*look):
        dash: Any = "-" if stroke.dash is None else (0, [v / max(stroke.width, 1.0) for v in stroke.dash])
        patch = PathPatch(
            stroke.path,
            facecolor=stroke.face or "none",
            edgecolor=stroke.edge or "none",
            linewidth=stroke.width * unit,
            linestyle=dash,
            alpha=stroke.opacity,
            capstyle="butt" if stroke.dash else "round",
            joinstyle="round",
            transform=moved,
            zorder=level,
            clip_on=True,
        )
        axes.add_patch(patch)


def draw_legend(figure: Any, incidents: gpd.GeoDataFrame, kinds: Sequence[OverlayKind], *, lang: str) -> None:
    """Types with counts of what is on the map, how sure, how exact, then boundaries and zones of which something is in view."""
    axes = figure.add_axes((0, 0, 1, 1), facecolor="none")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    pen = _Pen(axes, lang)
    incidents = incidents[incidents.geometry.notna()]
    counts = incidents.event_type.where(incidents.event_type.isin(EVENT_WORDS), "other").value_counts()
    for group, types in ((GROUPS[3], _types(counts, troops=False)), (GROUPS[2], _types(counts, troops=True))):
        names = sorted((translated(EVENT_WORDS[name], lang), name) for name in types)
        if names:
            pen.head(group)
        for label, name in names:
            pen.symbol((name, "claimed", "near", False), label, str(counts[name]))
    pen.head("How sure")
    for status, words in STATUS_WORDS.items():
        if (incidents.status == status).any():
            pen.symbol(("other", status, "near", False), translated(words.split(":")[0], lang), str((incidents.status == status).sum()))
    if incidents.draft.any():
        pen.symbol(("other", "claimed", "near", True), translated("draft, not checked by a person", lang), str(incidents.draft.sum()))
    pen.head("How exact")
    for kind, _, meaning in EXACT:
        pen.symbol(("other", "claimed", kind, False), translated(meaning, lang))
    for group in (GROUPS[0], GROUPS[1]):
        held = sorted((layer for layer in kinds if layer.group == group), key=lambda layer: LEGEND_ORDER.index(layer.key))
        if held:
            pen.head(group)
        for layer in held:
            pen.swatch(layer)


def _types(counts: Any, *, troops: bool) -> list[str]:
    return [name for name in counts.index if (name in TROOP_POSITION_TYPES) == troops]


class _Pen:
    """Writes the legend line by line; its state is how far down it is."""

    def __init__(self, axes: Any, lang: str) -> None:
        self.axes = axes
        self.lang = lang
        self.y = TOP

    def head(self, text: str) -> None:
        self.y -= LINE * 0.25
        self.axes.text(LEFT, self.y, translated(text, self.lang), fontsize=7, color=LIGHT["muted"], weight="bold", va="center")
        self.y -= LINE

    def symbol(self, look: tuple[str, str, str, bool], label: str, count: str = "") -> None:
        put_symbol(self.axes, (LEFT + 0.012, self.y), look, size_pt=10, level=3)
        self._label(label, count)

    def swatch(self, kind: OverlayKind) -> None:
        stroke = kind.stroke
        style: Any = "-" if stroke.dash is None else (0, [float(v) * 0.6 / max(stroke.weight * 0.6, 0.6) for v in stroke.dash.split()])
        options = {"linewidth": stroke.weight * 0.7, "linestyle": style}
        if stroke.fill:
            box = Rectangle((LEFT, self.y - 0.007), 0.024, 0.014, facecolor=LIGHT[stroke.fill], alpha=max(stroke.fill_opacity, 0.25))
            self.axes.add_patch(box)
            self.axes.add_patch(
                Rectangle((LEFT, self.y - 0.007), 0.024, 0.014, facecolor="none", edgecolor=LIGHT[stroke.colour], **options)
            )
        else:
            self.axes.add_line(Line2D([LEFT, LEFT + 0.024], [self.y] * 2, color=LIGHT[stroke.colour], **options))
        self._label(translated(kind.label, self.lang))

    def _label(self, label: str, count: str = "") -> None:
        lines = textwrap.wrap(label, 42 if self.lang in ("en", "fr", "az") else 36)
        self.axes.text(LEFT + 0.032, self.y, "\n".join(lines), fontsize=7, color=LIGHT["text"], va="center", linespacing=1.1)
        self.axes.text(0.985, self.y, count, fontsize=7, color=LIGHT["muted"], va="center", ha="right")
        self.y -= LINE * (0.4 + 0.6 * len(lines))


def draw_scale(axes: Any, view: tuple[float, float, float, float]) -> None:
    """A scale bar for the middle of the map, and an arrow to the north."""
    km = scale_length_km(view)
    middle = (view[1] + view[3]) / 2
    long_deg = shifted(view[0], middle, 90.0, km * 1000.0).x - view[0]
    right, low = view[2] - (view[2] - view[0]) * 0.02, view[1] + (view[3] - view[1]) * 0.03
    bar = {"color": LIGHT["text"], "linewidth": 1.2, "zorder": 5}
    tick = (view[3] - view[1]) * 0.008
    axes.plot([right - long_deg, right - long_deg, right, right], [low + tick, low, low, low + tick], **bar)
    axes.text(right - long_deg / 2, low + tick * 1.5, f"{km} km", fontsize=7, ha="center", va="bottom", zorder=5)
    arrow = {"arrowstyle": "-|>", "color": LIGHT["text"], "linewidth": 1.0}
    top = (0.975, 0.97)
    axes.annotate("", xy=top, xytext=(0.975, 0.91), xycoords="axes fraction", textcoords="axes fraction", arrowprops=arrow, zorder=5)
    axes.text(0.975, 0.905, "N", transform=axes.transAxes, fontsize=8, ha="center", va="top", zorder=5)


def draw_frame(figure: Any, provenance: Provenance, *, title: str, lang: str) -> None:
    """Title and counts above; disclaimer, sources and version below."""
    counts = provenance.counts
    shown = translated("shown {n} of {total}", lang)
    parts = [shown.replace("{n}", str(counts.mapped)).replace("{total}", str(counts.mapped + counts.unlocated))]
    told = {"{n} unlocated": counts.unlocated, "{n} held back": counts.held_back, "{n} rejected": counts.rejected}
    parts += [translated(text, lang).replace("{n}", str(n)) for text, n in told.items() if n]
    figure.text(0.02, 0.968, textwrap.shorten(title, 100, placeholder=" …"), fontsize=13, weight="bold", color=LIGHT["text"], va="center")
    figure.text(0.02, 0.939, "; ".join(parts), fontsize=8, color=LIGHT["muted"], va="center")
    # letters of other scripts are wider
    lines = textwrap.wrap(translated(provenance.disclaimer, lang), 168 if lang in ("en", "fr", "az") else 140)
    credit = textwrap.wrap(" ".join(provenance.attribution), 196)
    stamp = f"marchland {provenance.version} · {provenance.viewpoint}" + (f" · {provenance.as_of}" if provenance.as_of else "")
    figure.text(0.02, 0.143, "\n".join(lines), fontsize=6.5, color=LIGHT["text"], va="top", linespacing=1.2)
    below = 0.143 - 0.0145 * len(lines) - 0.006
    figure.text(0.02, below, "\n".join([*credit, stamp]), fontsize=5.6, color=LIGHT["muted"], va="top", linespacing=1.2)

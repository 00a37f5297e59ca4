"""The map as a picture for print: PNG, SVG or PDF without a browser, with the theme, symbols and words of the page.

Needs matplotlib (extra ``picture``). Shapes of the symbols are in `maps.picture_symbols`, the legend beside the map in
`maps.picture_legend`. The same input gives the same bytes.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from boundaries.catalogue import Catalogue, load_catalogue, seen_from
from boundaries.catalogue import as_of as catalogue_of_day
from geo.errors import InputError, OutputError
from geo.gazetteer import embedded_gazetteer
from geo.location import disc, shifted
from geo.schema import Dossier
from maps.kinds import BASE, OVERLAYS, OverlayKind
from maps.labels import label_payload
from maps.languages import interface_texts, translated
from maps.output import whole_file
from maps.provenance import Provenance, provenance_of
from maps.theme import LIGHT

A4_INCHES = (11.69, 8.27)
MAP_BOX = (0.02, 0.155, 0.71, 0.765)
"""Left, bottom, width and height of the map, as parts of the sheet."""
SYMBOL_PT = 11.0
MOST_SPREAD = 400
"""Incidents up to which symbols that would cover each other move apart."""
MOST_INCIDENTS = 10_000
"""What a sheet of paper can show and a minute can draw."""
MOST_LABELS = 45
TITLE = "Reported incidents"


def require_matplotlib() -> None:
    """Find out before the work starts that the extra is not installed.

    Raises
    ------
    InputError
        There is no matplotlib.
    """
    if find_spec("matplotlib") is None:
        raise InputError("a picture needs matplotlib: pip install 'marchland[picture]'")


def write_picture(
    incidents: gpd.GeoDataFrame | Dossier,
    path: str,
    *,
    catalogue: Catalogue | None = None,
    title: str | None = None,
    as_of: date | None = None,
    viewpoint: str = "neutral",
    lang: str = "en",
) -> int:
    """Write the map of the incidents as a picture; the suffix says which kind. Returns the number of bytes.

    Parameters
    ----------
    incidents
        Table with the columns of `geo.schema`, or a dossier around it.
    path
        Ends in ``.png``, ``.svg`` or ``.pdf``.
    catalogue, title, as_of, viewpoint, lang
        As in `maps.build.build_map`.

    Raises
    ------
    InputError
        There is no matplotlib, there are no texts in this language, or more incidents than a sheet can show.
    OutputError
        The suffix is another one, or the file can't be written.
    """
    require_matplotlib()
    interface_texts(lang)
    suffix = PurePath(path).suffix.lower().lstrip(".")
    if suffix not in ("pdf", "png", "svg"):
        raise OutputError(f"{path}: pictures end in .pdf, .png or .svg")
    dossier = incidents if isinstance(incidents, Dossier) else Dossier(incidents)
    if len(dossier.incidents) > MOST_INCIDENTS:
        raise InputError(f"{len(dossier.incidents)} incidents: a picture holds at most {MOST_INCIDENTS}; take fewer, or make an HTML map")
    held = load_catalogue() if catalogue is None else catalogue
    if held.viewpoint != viewpoint:
        held = seen_from(held, viewpoint)
    held = held if as_of is None else catalogue_of_day(held, as_of)
    provenance = provenance_of(dossier, held, day=as_of, viewpoint=viewpoint)
    return _save(dossier.incidents, held, provenance, Path(path), suffix, title=title or translated(TITLE, lang), lang=lang)


def _save(
    incidents: gpd.GeoDataFrame, catalogue: Catalogue, provenance: Provenance, path: Path, suffix: str, *, title: str, lang: str
) -> int:
    import matplotlib
    from matplotlib.figure import Figure

    # titles may hold dollar signs; bytes must not depend on chance or on the clock
    settings: Any = {
        "text.parse_math": False,
        "path.simplify": False,
        "svg.hashsalt": "marchland",
        "font.family": "DejaVu Sans",
        "pdf.fonttype": 42,
    }
    metadata: dict[str, Any] = {
        "png": {"Software": None},
        "svg": {"Date": None, "Creator": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    }[suffix]
    with matplotlib.rc_context(settings), warnings.catch_warnings(), whole_file(path) as part:
        # a letter that no font of the picture has is drawn as a box, which is no reason to stop
        warnings.filterwarnings("ignore", message=r"Glyph \d+", category=UserWarning)
        figure = Figure(A4_INCHES, dpi=200, facecolor="#ffffff")
        _draw(figure, incidents, catalogue, provenance, title=title, lang=lang)
        figure.savefig(part, format=suffix, metadata=metadata)
        return part.stat().st_size


def _draw(figure: Any, incidents: gpd.GeoDataFrame, catalogue: Catalogue, provenance: Provenance, *, title: str, lang: str) -> None:
    from maps.picture_legend import draw_frame, draw_legend, draw_scale

    located = incidents[incidents.geometry.notna()]
    axes = figure.add_axes(MAP_BOX, facecolor=LIGHT["water"])
    view = _view(located, catalogue, figure)
    kinds = _draw_overlays(axes, _of_period(catalogue, incidents), view)
    _draw_labels(axes, catalogue, view, lang=lang)
    _draw_shapes(axes, located)
    _draw_symbols(axes, located, view, figure)
    axes.set(xlim=(view[0], view[2]), ylim=(view[1], view[3]), xticks=[], yticks=[], aspect=1 / _narrowing(view))
    draw_scale(axes, view)
    draw_legend(figure, incidents, kinds, lang=lang)
    draw_frame(figure, provenance, title=title, lang=lang)


def _narrowing(view: tuple[float, ...]) -> float:
    """How much shorter a degree of longitude is than one of latitude in the middle of the view."""
    return float(np.cos(np.radians((view[1] + view[3]) / 2)))


def _view(located: gpd.GeoDataFrame, catalogue: Catalogue, figure: Any) -> tuple[float, float, float, float]:
    """West, south, east and north in degrees: all incidents with a margin, in the shape of the map's box."""
    bounds = located.total_bounds if len(located) else catalogue.units.total_bounds
    west, south, east, north = (float(v) for v in bounds)
    lon, lat = (west + east) / 2, (south + north) / 2
    narrowing = float(np.cos(np.radians(lat)))
    width, height = MAP_BOX[2] * figure.get_figwidth(), MAP_BOX[3] * figure.get_figheight()
    reach = max((north - south) * 1.18, (east - west) * 1.18 * narrowing * height / width, 0.5)
    across = reach * width / height / narrowing
    return lon - across / 2, lat - reach / 2, lon + across / 2, lat + reach / 2


def _of_period(catalogue: Catalogue, incidents: gpd.GeoDataFrame) -> Catalogue:
    """Zones and lines that were in force on any day of the incidents, as the page shows them before a period is chosen."""
    first, last = incidents.start.min(), incidents.end.max()
    if pd.isna(first) or pd.isna(last):
        return catalogue
    held = {name: getattr(catalogue, name) for name in ("zones", "lines")}
    kept = {name: table[~((table.start > last) | (table.end <= first))] for name, table in held.items() if len(table)}
    return replace(catalogue, **kept)


def _draw_labels(axes: Any, catalogue: Catalogue, view: tuple[float, ...], *, lang: str) -> None:
    """Names on the base map, those of lower rank left out where they would cover others."""
    from matplotlib.patheffects import withStroke

    sizes = {"country": 10.0, "lake": 6.5, "town": 6.0}
    width, height = MAP_BOX[2] * A4_INCHES[0] * 72, MAP_BOX[3] * A4_INCHES[1] * 72
    scale = np.array([width / (view[2] - view[0]), height / (view[3] - view[1])])
    boxes: list[Any] = []
    for label in label_payload(catalogue, embedded_gazetteer()):
        size = sizes.get(label["kind"])
        name = translated(label["name"], lang)
        if size is None or len(boxes) >= MOST_LABELS:
            continue
        half = np.array([len(name) * size * 0.32 + 3, size * 0.8])
        at = (np.array(label["at"]) - view[:2]) * scale
        inside = (at - half > 0).all() and (at + half < (width, height)).all()
        if not inside or any((np.abs(at - other) < half + reach).all() for other, reach in boxes):
            continue
        boxes.append((at, half))
        is_country = label["kind"] == "country"
        axes.text(
            *label["at"],
            name,
            fontsize=size,
            color=LIGHT["muted" if is_country else "label"],
            style="italic" if label["kind"] == "lake" else "normal",
            ha="center",
            va="center",
            zorder=1.5,
            path_effects=[withStroke(linewidth=1.5, foreground=LIGHT["halo"])],
        )


def _draw_overlays(axes: Any, catalogue: Catalogue, view: tuple[float, ...]) -> list[OverlayKind]:
    """Base map, zones and lines, lowest first; those of which something is in view."""
    seen = []
    frame = shapely.box(*view)
    for level, kind in enumerate(OVERLAYS):
        table = kind.rows(catalogue)
        shapes = [_around(shape) for shape in table.geometry if shape is not None and not shape.is_empty]
        shapes = [shape for shape in shapes if shape.intersects(frame)]
        if not shapes:
            continue
        stroke = kind.stroke
        _paint(
            axes,
            shapes,
            face=LIGHT[stroke.fill] if stroke.fill else None,
            edge=LIGHT[stroke.colour] if stroke.weight else None,
            opacity=stroke.fill_opacity,
            width=stroke.weight * 0.6,
            dash=stroke.dash,
            level=1 + level / 100,
        )
        if kind.group or kind.pane != BASE:
            seen.append(kind)
    return seen


def _around(shape: BaseGeometry) -> BaseGeometry:
    return disc(shape.x, shape.y, 2_500.0) if shape.geom_type == "Point" else shape


def _paint(
    axes: Any,
    shapes: Iterable[BaseGeometry],
    *,
    face: str | None,
    edge: str | None,
    opacity: float,
    width: float,
    dash: str | None,
    level: float,
) -> None:
    from matplotlib.colors import to_rgba
    from matplotlib.patches import PathPatch

    style: Any = "-" if dash is None else (0, [float(v) * 0.6 / max(width, 0.6) for v in dash.split()])
    for shape in shapes:
        is_area = shapely.get_dimensions(shape) == 2
        fill = to_rgba(face, opacity) if face and is_area else "none"
        axes.add_patch(PathPatch(_path(shape), facecolor=fill, edgecolor=edge or "none", linewidth=width, linestyle=style, zorder=level))


def _path(shape: BaseGeometry) -> Any:
    """A shape as one path; rings of a polygon run in both directions, so that holes stay holes."""
    from matplotlib.path import Path as Curve

    parts = shapely.get_parts(shapely.orient_polygons(shape))
    paths = [path for part in parts for path in ((part.exterior, *part.interiors) if part.geom_type == "Polygon" else (part,))]
    curves = [Curve(shapely.get_coordinates(path), closed=path.geom_type == "LinearRing") for path in paths]
    return Curve.make_compound_path(*curves)


def _draw_shapes(axes: Any, located: gpd.GeoDataFrame) -> None:
    """Discs, areas and lines that the evidence supports, each distinct one once."""
    drawn: set[bytes] = set()
    for shape, radius_m, kind in zip(located.geometry, located.radius_m.fillna(0.0), located.location_kind, strict=True):
        around = shape if shape.geom_type != "Point" else disc(shape.x, shape.y, radius_m) if radius_m else None
        if around is None or (key := shapely.to_wkb(around)) in drawn:
            continue
        drawn.add(key)
        width = 1.6 if kind == "line" else 0.6
        _paint(axes, [around], face=LIGHT["shape"], edge=LIGHT["shape"], opacity=0.05, width=width, dash="4 3", level=2)


def _draw_symbols(axes: Any, located: gpd.GeoDataFrame, view: tuple[float, ...], figure: Any) -> None:
    from maps.picture_legend import put_symbol

    spots = np.array([_spot(shape) for shape in located.geometry]).reshape(-1, 2)
    degrees = (view[3] - view[1]) / (MAP_BOX[3] * figure.get_figheight() * 72)
    scale = np.array([degrees / _narrowing(view), degrees])
    places = _spread(spots / scale) * scale
    moved = np.hypot(*((places - spots) / scale).T) > 0.5
    for spot, place in zip(spots[moved], places[moved], strict=True):
        axes.plot(*np.column_stack([spot, place]), color=LIGHT["shape"], linewidth=0.5, alpha=0.7, zorder=2.5)
    looks = zip(located.event_type, located.status, located.location_kind, located.draft, strict=True)
    for (event_type, status, kind, draft), place in zip(looks, places, strict=True):
        put_symbol(axes, place, (event_type, status, kind, bool(draft)), size_pt=SYMBOL_PT, level=3)


def _spot(shape: BaseGeometry) -> tuple[float, float]:
    """Where a symbol stands: the point, half-way along a line, inside an area."""
    if shapely.get_dimensions(shape) == 1:
        longest = max(shapely.get_parts(shape), key=shapely.length)
        shape = shapely.line_interpolate_point(longest, 0.5, normalized=True)
    spot = shape if shape.geom_type == "Point" else shape.representative_point()
    return float(spot.x), float(spot.y)


def _spread(points: Any) -> Any:
    """Places in points of the sheet at which no symbol covers another; where there are too many to move, their own spots."""
    if len(points) > MOST_SPREAD or not len(points):
        return points
    gap = SYMBOL_PT * 1.05
    grid = np.array([(x, y) for x in range(-14, 15) for y in range(-14, 15)]) * gap / 2
    steps = grid[np.lexsort((grid[:, 0], grid[:, 1], np.hypot(*grid.T)))]
    places: list[Any] = []
    for point in points:
        taken = np.array(places).reshape(-1, 2)
        free = (step for step in steps if not len(taken) or not (np.abs(taken - point - step) < gap).all(axis=1).any())
        places.append(point + next(free, steps[0]))
    return np.array(places)


def scale_length_km(view: tuple[float, ...]) -> int:
    """Length of the scale bar: a round number of kilometres, at most a quarter of the view's width."""
    lat = (view[1] + view[3]) / 2
    quarter_deg = (view[2] - view[0]) / 4
    fits = [km for km in (1, 2, 5, 10, 20, 50, 100, 200, 500) if shifted(view[0], lat, 90.0, km * 1000.0).x - view[0] <= quarter_deg]
    return fits[-1] if fits else 1

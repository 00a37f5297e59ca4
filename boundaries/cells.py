"""The cells of a layer: divided in four again and again, and settled where no boundary crosses them.

Made and asked by `boundaries.grid`, where the rules are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.shares import Floats, Numbers, Shapes

NOWHERE = -1
UNDECIDED = -2
_BLOCK = 500_000
_NO_POLYGON = np.iinfo(np.intp).max


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Straight pieces of all boundaries: start, way to the end, end, and the polygon that each belongs to."""

    x: Floats
    y: Floats
    dx: Floats
    dy: Floats
    end_x: Floats
    end_y: Floats
    polygon: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The box that is divided, in degrees."""

    west: float
    south: float
    width: float
    height: float

    def cells(self, lon: Floats, lat: Floats, side: int) -> tuple[NDArray[np.int32], NDArray[np.bool_] | None]:
        """Number of the cell of each point at ``side`` cells a side (row times side plus column), and which points lie outside.

        Points outside, and such that are not numbers, get some cell; ``None`` when there are none.
        """
        x, y = (lon - self.west) * (side / self.width), (lat - self.south) * (side / self.height)
        outside = None
        # not a number makes these comparisons false
        if not (x.min() >= 0 and y.min() >= 0 and x.max() < side and y.max() < side):
            outside = ~((x >= 0) & (x < side) & (y >= 0) & (y < side))
            x[outside] = y[outside] = 0
        cells = y.astype(np.int32)
        cells *= side
        cells += x.astype(np.int32)
        return cells, outside


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The cells at one depth; a cell is named by its row from the south times ``side`` plus its column.

    Attributes
    ----------
    side, answer
        Cells in a row; for each cell a number, `NOWHERE` or `UNDECIDED`.
    shared
        Cells that have or may have ground of a second polygon, although the lowest is certain.
    undecided, first, polygons
        Undecided cells in rising order, and of each the start of its polygons, which rise too; one more start at the end.
    crossed, segment
        Undecided cell and the segment that crosses it, in pairs.
    covered, cover
        Undecided cell and the lowest polygon that holds all of it, in pairs; not every cell has one.
    """

    side: int
    answer: NDArray[Any]
    shared: NDArray[np.bool_]
    undecided: Numbers
    first: Numbers
    polygons: Numbers
    crossed: Numbers
    segment: Numbers
    covered: Numbers
    cover: Numbers


def segments_of(polygons: Shapes) -> Segments:
    parts, of_part = shapely.get_parts(polygons, return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    corners, of_corner = shapely.get_coordinates(rings, return_index=True)
    kept = of_corner[:-1] == of_corner[1:]
    start, step = corners[:-1][kept], np.diff(corners, axis=0)[kept]
    end = corners[1:][kept]
    return Segments(start[:, 0], start[:, 1], step[:, 0], step[:, 1], end[:, 0], end[:, 1], of_part[of_ring[of_corner[:-1][kept]]])


def frame_of(polygons: Shapes) -> Frame | None:
    """A box a little larger than the layer, so that no boundary runs on its edge; ``None`` when there is nothing to divide."""
    west, south, east, north = shapely.total_bounds(polygons) if len(polygons) else np.zeros(4)
    size = max(east - west, north - south)
    if not size > 1e-7:
        return None
    margin = size * 1e-6
    return Frame(west - margin, south - margin, east - west + 2 * margin, north - south + 2 * margin)


def _children(cells: Numbers, side: int) -> Numbers:
    """The four quarters of each cell, quarter by quarter, as numbers at twice the side."""
    row, column = np.divmod(cells, side)
    return np.concatenate([(2 * row + up) * (2 * side) + 2 * column + right for up in (0, 1) for right in (0, 1)])


def _middles(cells: Numbers, side: int, frame: Frame) -> tuple[Floats, Floats]:
    row, column = np.divmod(cells, side)
    return frame.west + (column + 0.5) * (frame.width / side), frame.south + (row + 0.5) * (frame.height / side)


def _crossing(cells: Numbers, number: Numbers, segments: Segments, side: int, frame: Frame) -> NDArray[np.bool_]:
    """Whether each segment meets its cell, the cell taken a millionth larger, so that rounding never hides a boundary."""
    half_width, half_height = (0.5 + 1e-6) * frame.width / side, (0.5 + 1e-6) * frame.height / side
    x, y = _middles(cells, side, frame)
    dx, dy = segments.dx[number], segments.dy[number]
    x, y = segments.x[number] - x, segments.y[number] - y
    beside = (np.minimum(x, x + dx) <= half_width) & (np.maximum(x, x + dx) >= -half_width)
    beside &= (np.minimum(y, y + dy) <= half_height) & (np.maximum(y, y + dy) >= -half_height)
    # the corners of the cell lie on both sides of the segment's line
    return np.asarray(beside & (np.abs(dx * y - dy * x) <= np.abs(dx) * half_height + np.abs(dy) * half_width))


def _distinct(numbers: Numbers) -> Numbers:
    # np.unique hashes, which takes four times as long here
    rising = np.sort(numbers)
    first = np.append(True, rising[1:] != rising[:-1])[: len(rising)]
    return np.asarray(rising[first])


def divided(cells: Cells, segments: Segments, polygons: Shapes, frame: Frame) -> Cells:
    """The cells at the next depth."""
    side, many = 2 * cells.side, len(polygons)
    crossed, segment = _quarters_crossed(cells, segments, frame)
    # cell and polygon as one number, each pair once
    crossing = _distinct(crossed * many + segments.polygon[segment])
    before = _distinct(cells.crossed * many + segments.polygon[cells.segment])
    left = np.setdiff1d(_children(before // many, cells.side) * many + np.tile(before % many, 4), crossing, assume_unique=True)
    # a polygon whose boundary has gone from the cell holds all of it or nothing
    held = shapely.intersects_xy(polygons[left % many], *_middles(left // many, side, frame))
    covering = np.concatenate([left[held], _children(cells.covered, cells.side) * many + np.tile(cells.cover, 4)])
    return _settled(cells, crossed, segment, crossing, covering, segments.polygon, many)


def _quarters_crossed(cells: Cells, segments: Segments, frame: Frame) -> tuple[Numbers, Numbers]:
    """Quarters and the segments that cross them, in pairs; in blocks, so that large layers need no more memory."""
    side = cells.side
    crossed, segment = [], []
    for start in range(0, len(cells.crossed), _BLOCK):
        quarters = _children(cells.crossed[start : start + _BLOCK], side)
        number = np.tile(cells.segment[start : start + _BLOCK], 4)
        kept = _crossing(quarters, number, segments, 2 * side, frame)
        crossed.append(quarters[kept])
        segment.append(number[kept])
    return np.concatenate(crossed), np.concatenate(segment)


def _in_quarters(values: NDArray[Any], side: int) -> NDArray[Any]:
    """Values of cells, given to their quarters."""
    return np.repeat(np.repeat(values.reshape(side, -1), 2, axis=0), 2, axis=1).reshape(-1)


def _settled(
    above: Cells, crossed: Numbers, segment: Numbers, crossing: Numbers, covering: Numbers, polygon_of: Numbers, many: int
) -> Cells:
    """The quarters of the undecided cells ``above``, settled where no polygon is lower than the lowest that covers them."""
    quarters = np.sort(_children(above.undecided, above.side))
    lowest = np.full(len(quarters), _NO_POLYGON)
    np.minimum.at(lowest, np.searchsorted(quarters, covering // many), covering % many)
    place = np.searchsorted(quarters, crossing // many)
    lower = crossing % many < lowest[place]
    shared = _in_quarters(above.shared, above.side)
    shared[quarters[place[~lower]]] = True
    shared[quarters[np.bincount(np.searchsorted(quarters, covering // many), minlength=len(quarters)) > 1]] = True
    crossing = crossing[lower]
    undecided = _distinct(crossing // many)
    answer = _in_quarters(above.answer, above.side)
    answer[quarters] = np.where(lowest == _NO_POLYGON, NOWHERE, lowest)
    answer[undecided] = UNDECIDED
    is_open = answer[quarters] == UNDECIDED
    covered, cover = quarters[is_open & (lowest != _NO_POLYGON)], lowest[is_open & (lowest != _NO_POLYGON)]
    kept = polygon_of[segment] < lowest[np.searchsorted(quarters, crossed)]
    asked = np.sort(np.concatenate([crossing, covered * many + cover]))
    first = np.searchsorted(asked, np.append(undecided * many, many * len(answer)))
    return Cells(2 * above.side, answer, shared, undecided, first, asked % many, crossed[kept], segment[kept], covered, cover)


def undivided(segments: Segments, polygons: Shapes) -> Cells:
    """One cell that all boundaries cross."""
    every, none = np.arange(len(segments.x)), np.zeros(0, dtype=np.intp)
    own = np.unique(segments.polygon)
    answer = np.full(1, UNDECIDED, dtype=np.int16 if len(polygons) < 2**15 else np.int32)
    one = np.zeros(1, dtype=np.intp)
    return Cells(1, answer, np.zeros(1, dtype=bool), one, np.array([0, len(own)]), own, np.zeros_like(every), every, none, none)


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Of each undecided cell that one straight boundary divides, the segment and the answers on its two sides; ``NaN`` for others."""

    x: Floats
    y: Floats
    dx: Floats
    dy: Floats
    left: NDArray[np.int32]
    right: NDArray[np.int32]

    def answers(self, places: Numbers, lon: Floats, lat: Floats) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """Answers for points in undecided cells (by place), and for which of them they are certain."""
        turn, sure = _turn(self.x[places], self.y[places], self.dx[places], self.dy[places], lon, lat)
        return np.where(turn > 0, self.left[places], self.right[places]), sure


def _turn(x: Floats, y: Floats, dx: Floats, dy: Floats, lon: Floats, lat: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """On which side of a segment points lie (positive: left), and whether rounding leaves that certain (Shewchuk 1997, bound A)."""
    one, other = dx * (lat - y), dy * (lon - x)
    turn = one - other
    return turn, np.abs(turn) > 1e-15 * (np.abs(one) + np.abs(other))


def divided_cells(cells: Cells, segments: Segments, frame: Frame) -> tuple[Numbers, Numbers, Floats, Floats, Floats, Floats]:
    """Undecided cells (by place) that one straight line divides, its segment, and for each a corner on the left and on the right."""
    place = np.searchsorted(cells.undecided, cells.crossed)
    order = np.argsort(place, kind="stable")
    many = np.bincount(place, minlength=len(cells.undecided))
    start = np.cumsum(many) - many
    first, second = cells.segment[order[start]], cells.segment[order[np.minimum(start + 1, len(order) - 1)]]
    # the edge that two neighbours share runs once forth and once back
    back = (segments.x[first] == segments.end_x[second]) & (segments.y[first] == segments.end_y[second])
    back &= (segments.x[second] == segments.end_x[first]) & (segments.y[second] == segments.end_y[first])
    chosen = np.flatnonzero((many == 1) | ((many == 2) & back))
    segment, (x, y) = first[chosen], _middles(cells.undecided[chosen], cells.side, frame)
    ends = segments.x[segment], segments.y[segment], segments.dx[segment], segments.dy[segment]
    corners = [(x + right * frame.width / cells.side / 2, y + up * frame.height / cells.side / 2) for up in (-1, 1) for right in (-1, 1)]
    turns = np.array([np.where(sure, turn, 0.0) for turn, sure in (_turn(*ends, *corner) for corner in corners)])
    left, right, row = turns.argmax(axis=0), turns.argmin(axis=0), np.arange(len(chosen))
    xs, ys = (np.array(values) for values in zip(*corners, strict=True))
    both = (turns[left, row] > 0) & (turns[right, row] < 0)
    left, right, row = left[both], right[both], row[both]
    return chosen[both], segment[both], xs[left, row], ys[left, row], xs[right, row], ys[right, row]

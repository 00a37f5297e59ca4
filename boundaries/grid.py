"""Which polygon of a layer holds each of many points: exact, and fast through cells that one polygon covers.

The layer's box is divided again and again into four cells. A cell that no boundary crosses stores its answer; a cell that a
boundary crosses stores the polygons in question, and its points are tested against them exactly. Which layer it is, what a
location's radius means and how it is shared between polygons is the business of `boundaries.assign` and `boundaries.shares`.

Rules
-----
* A polygon holds the points on its boundary too. The answer is the lowest number among the polygons that hold the point, so a
  point on a shared edge or corner, or in an overlap, has one answer whatever the order of the points; a point in a gap or
  outside has `NOWHERE`.
* Coordinates are compared as plain numbers, as shapely does. A polygon across the antimeridian must be cut there, or run on past
  180 and be asked for with such longitudes.
* Cells are divided only as far as the points asked for so far are worth; some hundred points are tested without any.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.cells import NOWHERE, UNDECIDED, Cells, Frame, Segments, Sides, divided, divided_cells, frame_of, segments_of, undivided
from boundaries.shares import Floats, Numbers, Shapes

Found = NDArray[np.int32]

FEW = 1000
"""Up to so many points in all, cells cost more than they save."""
DEEPEST = 11
"""4**11 cells: 12 MB, and less than 1 % of them crossed by the districts of two countries."""
_AT_ONCE = 2**16


def _whole(cells: Cells, undecided: NDArray[np.int32], frame: Frame, box: tuple[Floats, Floats, Floats, Floats]) -> Found:
    """Answers for boxes, from the number of undecided or shared cells south-west of each corner of the cells."""
    across = [np.floor((lon - frame.west) * (cells.side / frame.width) + grow) for lon, grow in ((box[0], -1e-6), (box[2], 1e-6))]
    along = [np.floor((lat - frame.south) * (cells.side / frame.height) + grow) for lat, grow in ((box[1], -1e-6), (box[3], 1e-6))]
    beside = ~((across[1] >= 0) & (along[1] >= 0) & (across[0] < cells.side) & (along[0] < cells.side))
    (left, right), (low, high) = ([np.clip(np.nan_to_num(n), 0, cells.side - 1).astype(np.intp) for n in side] for side in (across, along))
    open_cells = undecided[high + 1, right + 1] - undecided[low, right + 1] - undecided[high + 1, left] + undecided[low, left]
    # these cells are crossed by no boundary and have one polygon at most, so all have the answer of the first
    found = np.where(open_cells == 0, cells.answer[low * cells.side + left], UNDECIDED).astype(np.int32)
    found[beside] = NOWHERE
    return found


class CellIndex:
    """Polygons of one layer, ready to be asked which of them holds a point.

    Built in no time; cells are made when many points are asked for, and kept.

    Parameters
    ----------
    polygons
        Valid polygons and multipolygons in degrees; missing and empty ones hold nothing. Overlaps and gaps are allowed.
    """

    def __init__(self, polygons: Shapes) -> None:
        self._polygons = np.array(polygons, dtype=object)
        self._frame = frame_of(self._polygons)
        self._asked = 0
        self._cells: Cells | None = None
        self._sides: tuple[Cells, Sides] | None = None
        self._seen: Cells | None = None
        self._counted: tuple[Cells, NDArray[np.int32]] | None = None

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._polygons)

    @cached_property
    def _segments(self) -> Segments:
        shapely.prepare(self._polygons)
        return segments_of(self._polygons)

    def _cells_for(self, points: int, *, finest: float = 2**DEEPEST) -> Cells | None:
        """The cells that are worth making for so many more points, up to ``finest`` a side; ``None`` when none are."""
        self._asked += points
        if self._frame is None or self._asked <= FEW:
            return self._cells
        cells = self._cells or undivided(self._segments, self._polygons)
        # a cell for each point, roughly
        while cells.side < min(finest, 2**DEEPEST) and cells.side**2 < self._asked:
            cells = divided(cells, self._segments, self._polygons, self._frame)
        self._cells = cells
        return cells

    def find(self, lon: Floats, lat: Floats) -> Found:
        """Number of the polygon that holds each point (degrees), by the rules above; `NOWHERE` when none does or it is not a number."""
        lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
        cells = self._cells_for(len(lon))
        if cells is None or self._frame is None:
            return self._tested(lon, lat)
        return self._looked_up(cells, self._frame, lon, lat)

    def _looked_up(self, cells: Cells, frame: Frame, lon: Floats, lat: Floats) -> Found:
        found = np.empty(len(lon), dtype=np.int32)
        unsure, places = [], []
        # in blocks that stay in the processor's cache
        for start in range(0, len(lon), _AT_ONCE):
            block = slice(start, start + _AT_ONCE)
            cell, outside = frame.cells(lon[block], lat[block], cells.side)
            answer = cells.answer[cell]
            if outside is not None:
                answer[outside] = NOWHERE
            found[block] = answer
            open_points = np.flatnonzero(answer == UNDECIDED)
            unsure.append(open_points + start)
            places.append(np.searchsorted(cells.undecided, cell[open_points]))
        if unsure:
            self._settle(cells, frame, lon, lat, np.concatenate(unsure), np.concatenate(places), found)
        return found

    def _settle(self, cells: Cells, frame: Frame, lon: Floats, lat: Floats, unsure: Numbers, places: Numbers, found: Found) -> None:
        """Answer the points in undecided cells: by the side of a boundary on which they lie, and by the polygons where that is unsure."""
        sides = self._sides_of(cells, frame, len(unsure))
        if sides is not None:
            answer, sure = sides.answers(places, lon[unsure], lat[unsure])
            found[unsure] = answer
            unsure, places = unsure[~sure], places[~sure]
        self._decide(cells, lon, lat, unsure, places, found)

    def _sides_of(self, cells: Cells, frame: Frame, points: int) -> Sides | None:
        """What is known of the undecided cells' two sides; found out when they are used again for many points."""
        if self._sides is not None and self._sides[0] is cells:
            return self._sides[1]
        if self._seen is not cells or 8 * points < len(cells.undecided):
            self._seen = cells
            return None
        places, segment, left_x, left_y, right_x, right_y = divided_cells(cells, self._segments, frame)
        x, y, dx, dy = (np.full(len(cells.undecided), np.nan) for _ in range(4))
        for whole, part in ((x, self._segments.x), (y, self._segments.y), (dx, self._segments.dx), (dy, self._segments.dy)):
            whole[places] = part[segment]
        answers = []
        for lon, lat in ((left_x, left_y), (right_x, right_y)):
            found, every = np.empty(len(places), dtype=np.int32), np.full(len(cells.undecided), NOWHERE, dtype=np.int32)
            self._decide(cells, lon, lat, np.arange(len(places)), places, found)
            every[places] = found
            answers.append(every)
        self._sides = cells, Sides(x, y, dx, dy, *answers)
        return self._sides[1]

    def _decide(self, cells: Cells, lon: Floats, lat: Floats, unsure: Numbers, places: Numbers, found: Found) -> None:
        """Test the points in undecided cells (the points' numbers and the cells' places) against the cells' polygons in turn."""
        found[unsure] = NOWHERE
        at, end = cells.first[places], cells.first[places + 1]
        while len(unsure):
            number = cells.polygons[at]
            hit = shapely.intersects_xy(self._polygons[number], lon[unsure], lat[unsure])
            found[unsure[hit]] = number[hit]
            at = at + 1
            left = ~hit & (at < end)
            unsure, at, end = unsure[left], at[left], end[left]

    def find_whole(self, west: Floats, south: Floats, east: Floats, north: Floats) -> Found:
        """The only polygon with ground in each box (degrees), if it holds all of it; `NOWHERE` if none has any; else `UNDECIDED`.

        `UNDECIDED` also where that has not been found out.
        """
        if not len(west) or self._frame is None:
            return np.full(len(west), UNDECIDED, dtype=np.int32)
        # what comes after a box costs more than the test of a point; cells much smaller than most boxes settle few more
        finest = 16 * max(self._frame.width, self._frame.height) / max(float(np.median(east - west)), 1e-9)
        cells = self._cells_for(64 * len(west), finest=finest)
        if cells is None:
            return np.full(len(west), UNDECIDED, dtype=np.int32)
        if self._counted is None or self._counted[0] is not cells:
            sums = np.zeros((cells.side + 1, cells.side + 1), dtype=np.int32)
            unsure = ((cells.answer == UNDECIDED) | cells.shared).reshape(cells.side, -1)
            np.cumsum(np.cumsum(unsure, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
            self._counted = cells, sums
        return _whole(cells, self._counted[1], self._frame, (west, south, east, north))

    def _tested(self, lon: Floats, lat: Floats) -> Found:
        """The same without cells."""
        found = np.full(len(lon), np.iinfo(np.int32).max, dtype=np.int32)
        known = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
        point, number = self._tree.query(shapely.points(lon[known], lat[known]))
        point = known[point]
        shapely.prepare(self._polygons[np.unique(number)])
        hit = shapely.intersects_xy(self._polygons[number], lon[point], lat[point])
        np.minimum.at(found, point[hit], number[hit].astype(np.int32))
        found[found == np.iinfo(np.int32).max] = NOWHERE
        return found

    @property
    def nbytes(self) -> int:
        """Memory that the cells take, bytes."""
        held = [part for part in (self._cells, self._sides and self._sides[1]) if part is not None]
        return sum(getattr(part, name).nbytes for part in held for name in part.__slots__ if name != "side")

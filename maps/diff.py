"""What differs between two states of the same incidents: added, removed, moved, changed, put into another unit.

Two steps: rows are paired, then pairs are compared. Rows with the same content are a pair; then rows with the same id, unless the
ids are running numbers, which shift when a row is put in; then rows that share most of what they say. Reading files is left to
`maps.diff_files`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.location import GEOD

UNIT_COLUMNS = ("country", "adm1", "adm2", "adm1_shares")
ROW_COLUMNS = ("id", "source_file", "source_row")
"""What says where a row stands, not what it says."""
SHARED = 0.5
"""Of the filled cells of two rows, this part must be the same for them to be taken for one."""
COMMON = 20
"""A value that more rows have says nothing about which row is which."""


@dataclass(frozen=True, slots=True)
class Row:
    """One incident of a file.

    Attributes
    ----------
    id
        As the file has it; ``None`` when it has none.
    values
        What it says, by column; unknown and empty are left out.
    geometry
        In WGS 84; ``None`` when it has none.
    """

    id: str | None
    values: Mapping[str, Any]
    geometry: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The incidents of a file and the columns that it has."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A pair of rows that differ.

    Attributes
    ----------
    old, new
        The rows.
    fields
        Old and new value of each column that differs; ``None`` for none.
    moved_m
        Metres between the two locations (the nearest points of areas and lines have no say: their centres do); 0 when it stays;
        ``None`` when one of the two has no location.
    reassigned
        Columns of units that differ.
    """

    old: Row
    new: Row
    fields: Mapping[str, tuple[Any, Any]]
    moved_m: float | None
    reassigned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two tables.

    Attributes
    ----------
    added, removed
        Rows of one of them only.
    changed
        Pairs that differ.
    same
        Number of pairs that do not.
    columns_added, columns_removed
        Columns of one of them only; they are not compared.
    by_id
        Whether ids were used; they are not when they are running numbers.
    """

    old: Table
    new: Table
    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    changed: tuple[Change, ...]
    same: int
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    by_id: bool


def compare(old: Table, new: Table) -> Difference:
    """Pair the rows of two tables and say what differs."""
    columns = [c for c in old.columns if c in set(new.columns) and c not in ROW_COLUMNS]
    by_id = not (_are_running(old) or _are_running(new))
    pairs = _pairs(old.rows, new.rows, columns, by_id=by_id)
    changes = [_change(old.rows[one], new.rows[other], columns) for one, other in sorted(pairs.items())]
    changed = tuple(change for change in changes if change.fields or change.moved_m is None or change.moved_m > 0)
    met = set(pairs.values())
    return Difference(
        old=old,
        new=new,
        added=tuple(row for at, row in enumerate(new.rows) if at not in met),
        removed=tuple(row for at, row in enumerate(old.rows) if at not in pairs),
        changed=changed,
        same=len(changes) - len(changed),
        columns_added=tuple(c for c in new.columns if c not in old.columns),
        columns_removed=tuple(c for c in old.columns if c not in new.columns),
        by_id=by_id,
    )


def _are_running(table: Table) -> bool:
    """Whether the ids are no more than the numbers of the rows."""
    numbers = [int(row.id) for row in table.rows if row.id is not None and row.id.isdecimal()]
    return (
        len(numbers) > 1 and len(numbers) == len(table.rows) and numbers == sorted(numbers) and numbers[-1] - numbers[0] <= 2 * len(numbers)
    )


def _pairs(old: Sequence[Row], new: Sequence[Row], columns: Sequence[str], *, by_id: bool) -> dict[int, int]:
    """Place in ``old`` to place in ``new``."""
    pairs: dict[int, int] = {}
    if by_id:
        _pair_equal(pairs, [row.id for row in old], [row.id for row in new])
    _pair_equal(pairs, [content_hash(row, columns) for row in old], [content_hash(row, columns) for row in new])
    _pair_alike(pairs, old, new, columns)
    return pairs


def content_hash(row: Row, columns: Sequence[str]) -> str:
    """A digest of what a row says in these columns and where it is; the same for the same content, whatever its id."""
    said = [row.values.get(name) for name in columns]
    shape = None if row.geometry is None else shapely.to_wkb(shapely.set_precision(row.geometry, 1e-7), hex=True)
    return hashlib.sha256(json.dumps([said, shape], ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "replace")).hexdigest()


def _pair_equal(pairs: dict[int, int], old: Sequence[str | None], new: Sequence[str | None]) -> None:
    """Pair what has the same key; of several with one key the first with the first."""
    waiting = defaultdict(list)
    met = set(pairs.values())
    for at, key in reversed(list(enumerate(new))):
        if key is not None and at not in met:
            waiting[key].append(at)
    for at, key in enumerate(old):
        if at not in pairs and key is not None and waiting[key]:
            pairs[at] = waiting[key].pop()


def _pair_alike(pairs: dict[int, int], old: Sequence[Row], new: Sequence[Row], columns: Sequence[str]) -> None:
    """Pair what is left and shares most of its cells, the most alike first."""
    met = set(pairs.values())
    rest_old = [at for at in range(len(old)) if at not in pairs]
    rest_new = [at for at in range(len(new)) if at not in met]
    found = sorted(_alike(old, new, rest_old, rest_new, columns), key=lambda hit: (-hit[0], hit[1], hit[2]))
    for _, one, other in found:
        if one not in pairs and other not in met:
            pairs[one] = other
            met.add(other)


def _alike(
    old: Sequence[Row], new: Sequence[Row], rest_old: Sequence[int], rest_new: Sequence[int], columns: Sequence[str]
) -> Iterator[tuple[float, int, int]]:
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at in rest_new:
        for cell in _cells(new[at], columns):
            holders[cell].append(at)
    for one in rest_old:
        cells = _cells(old[one], columns)
        # a pair must share something telling, or blank rows would be alike
        telling = {other for cell in cells if len(holders.get(cell, ())) <= COMMON for other in holders.get(cell, ())}
        for other in telling:
            theirs = _cells(new[other], columns)
            score = len(cells & theirs) / max(len({c for c, _ in cells | theirs}), 1)
            if score >= SHARED:
                yield score, one, other


def _cells(row: Row, columns: Sequence[str]) -> set[tuple[str, str]]:
    return {(name, str(row.values[name])) for name in columns if name in row.values}


def _change(old: Row, new: Row, columns: Sequence[str]) -> Change:
    fields = {name: (old.values.get(name), new.values.get(name)) for name in columns if old.values.get(name) != new.values.get(name)}
    return Change(old, new, fields, _moved_m(old.geometry, new.geometry), tuple(name for name in UNIT_COLUMNS if name in fields))


def _moved_m(old: BaseGeometry | None, new: BaseGeometry | None) -> float | None:
    if old is None and new is None:
        return 0.0
    if old is None or new is None:
        return None
    if shapely.equals_exact(old, new, 1e-7):
        return 0.0
    one, other = shapely.centroid(old), shapely.centroid(new)
    # an outline may change around the same centre, which is a change all the same
    return max(float(GEOD.inv(one.x, one.y, other.x, other.y)[2]), 0.1)


def counts(difference: Difference) -> dict[str, int]:
    """How many of each."""
    moved = Counter(bool(change.moved_m) for change in difference.changed)
    return {
        "same": difference.same,
        "added": len(difference.added),
        "removed": len(difference.removed),
        "changed": len(difference.changed),
        "moved": moved[True],
        "reassigned": sum(bool(change.reassigned) for change in difference.changed),
    }

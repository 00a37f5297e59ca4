"""A difference between two states of the incidents, as text for a person and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely

from maps.diff import Change, Difference, Row, counts

_NAMES = ("title", "date", "start", "event_date", "vessel", "location", "place", "notes")
LONGEST = 70


def difference_text(difference: Difference) -> str:
    """Counts first, then each incident that differs, its old and its new values below."""
    number = counts(difference)
    lines = [
        f"old: {difference.old.name}, {len(difference.old.rows)} incidents",
        f"new: {difference.new.name}, {len(difference.new.rows)} incidents",
        f"{number['added']} added, {number['removed']} removed, {number['changed']} changed ({number['moved']} of them moved, "
        f"{number['reassigned']} in another unit), {number['same']} the same",
    ]
    if not difference.by_id:
        lines.append("ids are running numbers, which shift; incidents are paired by what they say")
    for columns, side in ((difference.columns_removed, "old"), (difference.columns_added, "new")):
        if columns:
            lines.append(f"only the {side} file has the columns {', '.join(columns)}; they are not compared")
    for sign, rows in (("added", difference.added), ("removed", difference.removed)):
        lines += ["", f"{sign}:", *(f"  {told(row)}" for row in rows)] if rows else []
    if difference.changed:
        lines += ["", "changed:", *(line for change in difference.changed for line in _change_lines(change))]
    return "\n".join(lines) + "\n"


def told(row: Row) -> str:
    """An incident in one line: its id and what names it."""
    by_name = {name.lower().strip(): value for name, value in row.values.items()}
    named = [_short(by_name[name]) for name in _NAMES if by_name.get(name)][:3]
    if not named:
        named = [_short(value) for value in list(row.values.values())[:3]]
    return "  ".join([row.id or "(no id)", ", ".join(named)])


def _change_lines(change: Change) -> Iterator[str]:
    renamed = f" (was {change.old.id})" if change.old.id != change.new.id else ""
    yield f"  {told(change.new)}{renamed}"
    if change.moved_m is None:
        yield f"    {'has no location any more' if change.new.geometry is None else 'has a location now'}"
    elif change.moved_m:
        yield f"    moved by {distance(change.moved_m)}{_between(change)}"
    for name, (old, new) in change.fields.items():
        yield f"    {name}: {_short(old)} → {_short(new)}"


def _between(change: Change) -> str:
    spots = [shapely.centroid(row.geometry) for row in (change.old, change.new) if row.geometry is not None]
    return f" ({' → '.join(f'{spot.x:.4f} {spot.y:.4f}' for spot in spots)}, longitude first)"


def distance(metres: float) -> str:
    """A distance for a person.

    Examples
    --------
    >>> distance(430.2), distance(12_345.0), distance(0.1)
    ('430 m', '12.3 km', 'less than a metre')
    """
    if metres < 1:
        return "less than a metre"
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:.1f} km"


def _short(value: Any) -> str:
    if value is None:
        return "(nothing)"
    # one line, and no control character that a terminal would obey
    text = "".join(c if c.isprintable() else " " for c in " ".join(str(value).split()))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def difference_json(difference: Difference) -> dict[str, Any]:
    """The difference as plain values."""
    return {
        "old": difference.old.name,
        "new": difference.new.name,
        "counts": counts(difference),
        "paired_by_id": difference.by_id,
        "columns_added": list(difference.columns_added),
        "columns_removed": list(difference.columns_removed),
        "added": [_plain(row) for row in difference.added],
        "removed": [_plain(row) for row in difference.removed],
        "changed": [
            {
                "id": change.new.id,
                "old_id": change.old.id,
                "moved_m": None if change.moved_m is None else round(change.moved_m, 1),
                "reassigned": list(change.reassigned),
                "fields": {name: {"old": old, "new": new} for name, (old, new) in change.fields.items()},
            }
            for change in difference.changed
        ],
    }


def _plain(row: Row) -> dict[str, Any]:
    return {"id": row.id, "values": dict(row.values)}

"""From shares counted piece by piece to the answer: country, unit, rounded shares, and what a reader must be told.

Counting is the business of `boundaries.shares`; where it is done for a whole table, and the rules in words, of `boundaries.assign`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from boundaries.shares import Shapes

TIE = 0.005
"""Shares closer to each other than this are the same: the layer supports no finer difference."""


NO_UNITS = "the layer has no units of that day"
ON_RESERVOIR = "on a reservoir that belongs to no district"
NOT_IN_FORCE = "in an exclave whose unit was not in force that day"


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Ground that does not overlap, each piece with its country, its unit (``None``: of no unit) and the reason when it has none."""

    shapes: Shapes
    country: tuple[str, ...]
    unit: tuple[str | None, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one location, at one time, is answered with."""

    country: str | None = None
    adm1: str | None = None
    shares: tuple[dict[str, Any], ...] = ()
    reason: str = ""


def _summed(counted: dict[int, float], keys: tuple[str | None, ...]) -> dict[str, float]:
    """Shares summed by unit or country."""
    sums: dict[str, float] = {}
    for piece, share in counted.items():
        key = keys[piece]
        if key is not None and share > 0:
            sums[key] = sums.get(key, 0.0) + share
    return sums


def _rounded(sums: dict[str, float]) -> list[tuple[str, float]]:
    """Three decimals each, summing to their rounded sum, at most 1 (method of largest remainders); largest first, then by name."""
    thousandths = {key: min(share, 1.0) * 1000 for key, share in sums.items()}
    whole = {key: int(value) for key, value in thousandths.items()}
    left = min(1000, round(sum(thousandths.values()))) - sum(whole.values())
    for key in sorted(whole, key=lambda k: (whole[k] - thousandths[k], k))[: max(left, 0)]:
        whole[key] += 1
    return [(key, value / 1000) for key, value in sorted(whole.items(), key=lambda pair: (-pair[1], pair[0])) if value]


def _first(sums: dict[str, float]) -> tuple[str, ...]:
    """The key with the largest share; both keys when two have the same; nothing when there is none."""
    ranked = sorted(sums, key=lambda key: (-sums[key], key))
    tied = len(ranked) > 1 and sums[ranked[0]] - sums[ranked[1]] < TIE
    return tuple(sorted(ranked[:2]) if tied else ranked[:1])


def answer(
    counted: dict[int, float], pieces: Pieces, units: Mapping[str | None, tuple[str, str, str]], place_unit: str | None, note: str = ""
) -> Answer:
    """The answer for one location; ``units`` holds name, code and country by id, ``note`` is added to the reason."""
    by_unit = _summed(counted, pieces.unit)
    shares: tuple[dict[str, Any], ...] = tuple({"unit": units[u][0], "code": units[u][1], "share": s} for u, s in _rounded(by_unit))
    countries, first = _first(_summed(counted, pieces.country)), _first(by_unit)
    country, adm1, reason = "-".join(countries) or None, None, ""
    if place_unit in units:
        adm1, _, country = units[place_unit]
        seen = f"{shares[0]['unit']} ({shares[0]['share']:.2f})" if shares else "no unit"
        reason = "" if first == (place_unit,) else f"the gazetteer gives {adm1}, the polygons give {seen}"
    elif not countries:
        reason = "outside the units of both countries" if units else NO_UNITS
    elif not first:
        reason = pieces.why[max(counted, key=lambda piece: (counted[piece], -piece))]
    elif len(first) > 1:
        reason = "shared equally by " + " and ".join(units[unit][0] for unit in first)
    else:
        adm1 = units[first[0]][0]
    return Answer(country, adm1, shares, "; ".join(filter(None, [reason, note])))

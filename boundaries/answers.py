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


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Ground that does not overlap, each piece with its country and unit (``None``: of no unit)."""

    shapes: Shapes
    country: tuple[str, ...]
    unit: tuple[str | None, ...]


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


def answer(counted: dict[int, float], pieces: Pieces, units: Mapping[str | None, tuple[str, str, str]], place_unit: str | None) -> Answer:
    """The answer for one location; ``units`` holds name, code and country by id."""
    by_unit = _summed(counted, pieces.unit)
    shares: tuple[dict[str, Any], ...] = tuple({"unit": units[u][0], "code": units[u][1], "share": s} for u, s in _rounded(by_unit))
    countries, first = _first(_summed(counted, pieces.country)), _first(by_unit)
    country = "-".join(countries) or None
    if place_unit in units:
        name, _, own = units[place_unit]
        seen = f"{shares[0]['unit']} ({shares[0]['share']:.2f})" if shares else "no unit"
        agrees = first == (place_unit,)
        return Answer(own, name, shares, "" if agrees else f"the gazetteer gives {name}, the polygons give {seen}")
    if not countries:
        return Answer(reason="outside the units of both countries")
    if not first:
        return Answer(country, reason="on a reservoir that belongs to no district")
    names = [units[unit][0] for unit in first]
    if len(names) > 1:
        return Answer(country, None, shares, "shared equally by " + " and ".join(names))
    return Answer(country, names[0], shares)

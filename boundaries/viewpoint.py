"""Whose depiction of contested things is drawn: the three viewpoints, and what each shows, hides and fills.

The one place of these rules. `boundaries.catalogue` applies them to its tables; colours and dashes are the business of `maps`.

==============================  ==========================  ==============================  =============================
                                neutral                     de_facto                        de_jure
==============================  ==========================  ==============================  =============================
ground contested on the day     disputed                    disputed while its control is   its country, by the recognised
                                                            divided, else its country       borders
exclaves                        disputed; count to the      fill of the holder, and count   fill of the owner, and count
                                unit of the owner           to the unit around them         to the unit of the owner
zones and lines of control      shown                       shown                           hidden
former oblast, former           shown                       hidden                          hidden
provinces
what the states agreed or set   shown                       shown                           shown
up (peacekeeping zone, corridor,
posts, closures, transfer)
==============================  ==========================  ==============================  =============================

In every viewpoint both names are given, and a unit's ``country`` is that of the recognised borders: a fill says who holds the
ground, never whose it is. Ground held by authorities that no state recognised is filled with no country's colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

ViewpointName = Literal["neutral", "de_facto", "de_jure"]
VIEWPOINTS: tuple[ViewpointName, ...] = get_args(ViewpointName)

OF_CONTROL = ("area_change", "dissolution", "district_group", "line_of_contact", "pocket")
"""Kinds that tell who held ground, apart from what states agreed."""

FORMER = ("former province, not recognised", "former_oblast")
"""Kinds that were abolished, or recognised by no state."""


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """One way to depict contested things.

    Attributes
    ----------
    name, title
        As options and outputs name it, and in words.
    rule
        What it shows, hides and fills, in sentences.
    hidden
        Kinds of zones, lines and divisions that it leaves out.
    disputed_until
        Column of units with the day from which ground is filled with its country's colour; ``None``: on every day.
    exclaves
        To whom exclaves count and whose colour they take: ``owner``, ``holder``; ``undecided`` is the owner without a colour.
    """

    name: ViewpointName
    title: str
    rule: tuple[str, ...]
    hidden: tuple[str, ...]
    disputed_until: str | None
    exclaves: Literal["owner", "holder", "undecided"]


_RULES = (
    Viewpoint(
        "neutral", "neither side's",
        (
            "Nothing contested on the day is filled with a country's colour: the seven districts and the former oblast (NKAO) until "
            "control passed and its institutions ended, and the exclaves.",
            "All zones and lines are shown, those of control dashed; both names, in alphabetical order.",
            "Exclaves count to the unit of their owner.",
        ),
        (), "contested_until", "undecided",
    ),
    Viewpoint(
        "de_facto", "who held the ground on the day",
        (
            "Units take the colour of the country that holds all of them; those divided between two holders take none.",
            "Exclaves take the colour of their holder and count to the unit around them.",
            "Former units are hidden: the former oblast (NKAO) and the former provinces.",
        ),
        FORMER, "divided_until", "holder",
    ),
    Viewpoint(
        "de_jure", "internationally recognised borders",
        (
            "Every unit takes the colour of its country by the recognised borders, exclaves that of their owner.",
            "Lines of contact, former units, handed-over districts and changes of control are hidden.",
            "What the states agreed or set up stays: peacekeeping zone, corridor, posts, closures, the transfer and section of 2024.",
        ),
        (*OF_CONTROL, *FORMER), None, "owner",
    ),
)  # fmt: skip

RULES: dict[str, Viewpoint] = {rule.name: rule for rule in _RULES}


def viewpoint_rule(name: str) -> Viewpoint:
    """The rule of a viewpoint.

    Raises
    ------
    ValueError
        There is no such viewpoint.
    """
    if name not in RULES:
        raise ValueError(f"{name!r} is no viewpoint; choose one of {', '.join(RULES)}")
    return RULES[name]


def viewpoints_of(kinds: pd.Series) -> pd.Series:
    """In which viewpoints each kind is shown, ``;`` between."""
    return kinds.map({kind: ";".join(n for n, rule in RULES.items() if kind not in rule.hidden) for kind in kinds.unique()}).astype(object)


def unit_fills(units: pd.DataFrame, rule: Viewpoint, day: pd.Timestamp | None) -> dict[str, pd.Series]:
    """``fill`` and ``drawn_country`` (whose colour, ``None`` where it is nobody's) of each unit.

    ``fill`` is ``country``, ``disputed``, or ``none`` where the layer does not say what was contested: a user's own. On no
    particular day, ground is disputed when it was on any.
    """
    if rule.disputed_until is None:
        fill = pd.Series("country", index=units.index)
    elif rule.disputed_until not in units:
        fill = pd.Series("none", index=units.index)
    else:
        until = units[rule.disputed_until]
        fill = (until.notna() if day is None else until > day).map({True: "disputed", False: "country"})
    drawn = [country if held == "country" else None for country, held in zip(units.country, fill, strict=True)]
    return {"fill": fill.astype(object), "drawn_country": pd.Series(drawn, index=units.index, dtype=object)}


def exclaves_as_seen(exclaves: pd.DataFrame, rule: Viewpoint) -> pd.DataFrame:
    """The exclaves with ``country`` and ``unit`` of those to whom the viewpoint counts them, ``fill`` and ``drawn_country``."""
    seen = exclaves.assign(country=exclaves.owner, unit=exclaves.owner_unit)
    if rule.exclaves == "holder":
        seen = exclaves.assign(country=exclaves.held_by, unit=exclaves.held_unit)
    undecided = rule.exclaves == "undecided"
    return seen.assign(fill="disputed" if undecided else "country", drawn_country=None if undecided else seen.country)

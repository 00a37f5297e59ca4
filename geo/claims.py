"""Who says what about an incident, and the status that follows from it.

Holds the records `Actor`, `Claim` and `ZoneFact` and the one rule from claims to status. Finding claims in text is the
business of `geo.extract`; in tables, of `geo.read`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Stance = Literal["asserts", "denies", "partly", "no_comment", "calls"]
Status = Literal["confirmed", "claimed", "disputed", "denied", "unverified"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A party named in a report. The order of actors carries no direction.

    Attributes
    ----------
    name
        As reported.
    side
        Two-letter code (``AM``, ``AZ``, ``RU`` …), ``NK`` for the former Karabakh authorities; ``None`` when not known.
    role
        ``present``, ``fires``, ``advances``, ``reported``, ``victim`` …; ``None`` when the source does not say.
    """

    name: str
    side: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement in a report about an incident.

    Attributes
    ----------
    by
        Who says it: office or person's office, as written.
    side
        Side of the speaker, as in `Actor`; ``None`` for third parties without one.
    stance
        ``asserts`` (it happened), ``denies`` (it did not), ``partly`` (something else happened), ``no_comment``,
        ``calls`` (demands or appeals; says nothing about whether it happened).
    about
        What the statement is about, a few words.
    text
        The words of the source that carry the claim; ``None`` when the source is a table without them.
    said_on
        ISO date on which it was said or published; ``None`` when not known.
    url
        Link, http(s) only; ``None`` when there is none.
    span
        Character offsets of ``text`` in the article as read; ``None`` for tables.
    """

    by: str
    side: str | None
    stance: Stance
    about: str | None = None
    text: str | None = None
    said_on: str | None = None
    url: str | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ZoneFact:
    """A count reported for a zone as a whole, never a point: personnel, posts, vehicles.

    Attributes
    ----------
    zone_kind
        Kind of zone that carries it, as in the catalogue: ``peacekeeping_zone``, ``corridor`` …
    subject
        What is counted, as written ("Russian peacekeepers").
    low, high
        The number or range; ``None`` where open.
    unit
        ``personnel``, ``posts``, ``vehicles``.
    place_text
        The place as written.
    said_on
        ISO date of the report; ``None`` when not known.
    text, span
        The words of the source and their offsets in the article as read.
    source_file
        File that it was read from.
    """

    zone_kind: str
    subject: str
    low: float | None
    high: float | None
    unit: str
    place_text: str
    said_on: str | None = None
    text: str | None = None
    span: tuple[int, int] | None = None
    source_file: str | None = None


def status_of(claims: Sequence[Claim]) -> Status:
    """Status of an incident from the claims about it.

    ``disputed``: asserted by one, and denied or told otherwise (``partly``) by another. ``confirmed``: asserted by two
    sides, denied by none. ``claimed``: asserted, denied by nobody else. ``denied``: only denied. ``unverified``: nobody
    named takes a stance.
    """
    speakers: dict[str, set[str]] = {"asserts": set(), "denies": set(), "partly": set()}
    for claim in claims:
        speakers.get(claim.stance, set()).add(claim.side or claim.by)
    asserting, contrary = speakers["asserts"], speakers["denies"] | speakers["partly"]
    if any(one != other for one in asserting for other in contrary):
        return "disputed"
    if asserting or speakers["partly"]:
        sides = {c.side for c in claims if c.stance == "asserts" and c.side}
        return "confirmed" if len(sides) > 1 else "claimed"
    return "denied" if contrary else "unverified"

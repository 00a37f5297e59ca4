"""Wordings of places that a person has decided, in a file that is kept beside the data.

The file is CSV with a row for each wording in its context: ``wording, country, adm1, count, candidates, reason, decision``. The tool
writes what is ambiguous or unresolved; a person fills ``decision`` with the id of a place, ``lat, lon`` (with ``, radius_m`` where it is
known), or ``skip`` for what shall stay unlocated. The same input gives the same bytes, so two versions can be compared. Applying
decisions to a table is left to `geo.geocode`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from shapely import Point

from geo.answers import answer_of
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.gazetteers.tables import read_text_table
from geo.locate import Located, locate_with_unit
from geo.location import Location, LocationKind

COLUMNS = ("wording", "country", "adm1", "count", "candidates", "reason", "decision")
SKIP = "skip"
DEFAULT_RADIUS_M = 500.0
"""Of coordinates that a person gives without a radius."""
MOST_CANDIDATES = 12
BY_REVIEW = "decided by review"

Key = tuple[str, str | None, str | None]
"""Wording, stated country and stated first-level unit; ``None`` where the source states none."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person has decided on a wording.

    Attributes
    ----------
    text
        As written in the file.
    place_id
        Id of the place that is meant; ``None`` for coordinates and for what stays unlocated.
    point
        Longitude, latitude (WGS 84) and radius in metres; ``None`` likewise.
    """

    text: str
    place_id: str | None = None
    point: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of a file.

    Attributes
    ----------
    name
        Of the file, without folders.
    by_key
        Decision by wording and context.
    anywhere
        Whether the file has no columns of context, so that its decisions hold in every context.
    """

    name: str
    by_key: Mapping[Key, Decision]
    anywhere: bool = False

    def get(self, key: Key) -> Decision | None:
        """The decision on a wording in a context; ``None`` when there is none."""
        text, country, adm1 = key
        return self.by_key.get((_plain(text) or "", None, None) if self.anywhere else (_plain(text) or "", _plain(country), _plain(adm1)))


def read_decisions(path: str, gazetteer: Gazetteer) -> Decisions:
    """Read a reviewed file; rows without a decision are passed over.

    Raises
    ------
    InputError
        The file can't be read or lacks a column; or decisions that are no place of the gazetteer, no coordinates and not ``skip``, or
        that contradict each other: all of them, each with its line.
    """
    table = read_text_table(path)
    columns = {name.lower(): number for number, name in reversed(list(enumerate(table.header)))}
    if missing := [name for name in ("wording", "decision") if name not in columns]:
        raise InputError(
            f"{path}: has no column {', '.join(missing)}; write the file with --review and fill its column decision", path=path
        )
    by_key: dict[Key, Decision] = {}
    faults: list[str] = []
    for line, cells in table:
        row = {name: cells[number] for name, number in columns.items()}
        if not row["decision"]:
            continue
        key = (_plain(row["wording"]) or "", _plain(row.get("country")), _plain(row.get("adm1")))
        decision = _decision(row["decision"], gazetteer)
        if isinstance(decision, str):
            faults.append(f"{path} line {line}: {row['wording']!r}: {decision}")
        elif by_key.setdefault(key, decision).text != decision.text:
            faults.append(f"{path} line {line}: {row['wording']!r} was decided otherwise above ({by_key[key].text}); keep one of them")
    if faults:
        raise InputError("\n".join(faults), path=path)
    return Decisions(PurePath(path).name, by_key, anywhere=not {"country", "adm1"} & set(columns))


def _plain(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def _decision(text: str, gazetteer: Gazetteer) -> Decision | str:
    """A cell as a decision, or what is wrong with it."""
    if text.lower() == SKIP:
        return Decision(SKIP)
    if gazetteer.get(text):
        return Decision(text, place_id=text)
    numbers = [_number(part) for part in text.split(",")]
    if len(numbers) not in (2, 3) or None in numbers:
        return f"{text!r} is no place of the gazetteer; give one of the ids under candidates, 'lat, lon[, radius_m]', or 'skip'"
    lat, lon, radius_m = [number or 0.0 for number in numbers] + [DEFAULT_RADIUS_M] * (3 - len(numbers))
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and radius_m >= 0):
        return f"{text!r} is no latitude, longitude (degrees) and radius (metres)"
    return Decision(text, point=(lon, lat, radius_m))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def decided(key: Key, decision: Decision, gazetteer: Gazetteer, *, name: str) -> Located:
    """The location of a wording as a person has decided it; the words around the name still tell how the incident lies to it.

    Parameters
    ----------
    key, decision, gazetteer
        The wording in its context, what was decided, and the places.
    name
        Of the file, for the reason.
    """
    told = f"{BY_REVIEW} ({name}): {decision.text}"
    if decision.point:
        lon, lat, radius_m = decision.point
        kind: LocationKind = "point" if radius_m <= DEFAULT_RADIUS_M else "near"
        return Located(Location(Point(lon, lat), kind, radius_m, method="coordinates", reason=told))
    if not decision.place_id:
        return Located(Location(None, "unknown", None, method="unresolved", reason=f"{BY_REVIEW} ({name}): left unlocated"))
    located = locate_with_unit(key[0], gazetteer=gazetteer, country=key[1], adm1=key[2], place_id=decision.place_id)
    if located.location.place_id != decision.place_id:
        # what the person says about the wording goes before what its words may say besides
        located = locate_with_unit("", gazetteer=gazetteer, place_id=decision.place_id)
    reason = "; ".join(part for part in (told, located.location.reason) if part)
    return replace(located, location=replace(located.location, reason=reason))


def review_csv(counts: Mapping[Key, int], gazetteer: Gazetteer, *, decisions: Decisions | None = None) -> str:
    """The file for a person: a row for each wording that is not located, and for each that was decided before, sorted.

    Parameters
    ----------
    counts
        How many rows hold each wording in its context.
    gazetteer
        The places that it may name.
    decisions
        Those of before, which are written again.
    """
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(COLUMNS)
    for key in sorted(counts, key=lambda one: tuple(part or "" for part in one)):
        row = _review_row(key, counts[key], gazetteer, decisions.get(key) if decisions else None)
        if row:
            writer.writerow(row)
    return held.getvalue()


def _review_row(key: Key, count: int, gazetteer: Gazetteer, decision: Decision | None) -> Sequence[str] | None:
    text, country, adm1 = key
    located = locate_with_unit(text, gazetteer=gazetteer, country=country, adm1=adm1)
    if not text.strip() or (located.location.kind != "unknown" and not decision):
        return None
    answer = answer_of(text, located, gazetteer=gazetteer, country=country, adm1=adm1)
    candidates = [f"{c.place_id}: {c.name}{f' ({c.adm1})' if c.adm1 else ''}" for c in answer.candidates[:MOST_CANDIDATES]]
    status = f"{answer.status}: {answer.reason}"
    return [text, country or "", adm1 or "", str(count), " | ".join(candidates), status, decision.text if decision else ""]

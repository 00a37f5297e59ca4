"""The review file: a row for each incident, every field beside the sentence that carries it, for a person to correct.

`geo.read.review` reads it back. Grouping of reports is left to `geo.extract.grouping`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from geo.extract.normalise import read_text

REVIEW_COLUMNS = (
    "id", "group", "group_reason", "reviewed", "title", "event_type", "event_sentence", "start", "end", "date_precision", "date_sentence",
    "place", "place_sentence", "actors", "strength_low", "strength_high", "killed_low", "killed_high", "wounded_low", "wounded_high",
    "captured_low", "captured_high", "count_sentence", "reported_by", "denied_by", "status", "claims", "claim_sentence", "sources",
    "notes", "evidence", "record",
)  # fmt: skip
"""Columns of the review file, in order."""

_SENTENCES = {
    "event_sentence": ("event_type",), "date_sentence": ("date",), "place_sentence": ("place",),
    "count_sentence": ("strength", "killed", "wounded", "captured"), "claim_sentence": ("claim",),
}  # fmt: skip


def review_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """The text of the file."""
    held = io.StringIO()
    writer = csv.DictWriter(held, REVIEW_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue()


def review_rows(table: pd.DataFrame, text: str, *, notes: Mapping[str, str], reasons: Mapping[str, str]) -> list[dict[str, Any]]:
    """A row of the review file for each incident of one report.

    Parameters
    ----------
    table
        The incidents as rows of the incident table, groups filled in.
    text
        The report, which the offsets count in.
    notes, reasons
        By incident id: what was decided while reading, and why it was grouped.
    """
    sentences = [(s.start, s.end) for s in read_text(text).sentences]
    return [_row(row, text, sentences, notes, reasons) for _, row in table.iterrows()]


def _row(
    row: pd.Series, text: str, sentences: list[tuple[int, int]], notes: Mapping[str, str], reasons: Mapping[str, str]
) -> dict[str, Any]:
    counts = {
        f"{role}_{end}": _number(row[f"{role}_{end}"]) for role in ("strength", "killed", "wounded", "captured") for end in ("low", "high")
    }
    actors, place = "; ".join(actor.name for actor in row.actors), row.place_text or ""
    return (
        counts
        | {
            "id": row.id,
            "group": None if pd.isna(row.group) else row.group,
            "group_reason": reasons.get(row.id),
            "title": row.title,
            "event_type": row.event_type,
            "start": _day(row.start),
            "end": _day(row.end),
            "date_precision": row.date_precision,
            "place": place,
            "actors": actors,
            "reported_by": _speakers(row, "asserts"),
            "denied_by": _speakers(row, "denies"),
            "status": row.status,
            "claims": json.dumps([asdict(claim) for claim in row.claims], ensure_ascii=False),
            "sources": "; ".join(row.sources),
            "notes": notes.get(row.id),
            "evidence": " | ".join(f"{field}: {_words(text[start:end])}" for field, start, end in row.evidence),
            "record": json.dumps(_record(row, actors, place), ensure_ascii=False),
        }
        | {name: _carrying(row, fields, text, sentences) for name, fields in _SENTENCES.items()}
    )


def _record(row: pd.Series, actors: str, place: str) -> dict[str, Any]:
    """What no cell shows, and the cells that it belongs to."""
    names = ("location_kind", "place", "place_id", "place_unit", "geocode_method", "geocode_reason")
    return {
        "event_text": row.event_text,
        "evidence": list(row.evidence),
        "actors_cell": actors,
        "actors": [asdict(actor) for actor in row.actors],
        "place_cell": place,
        "location": {name: row[name] for name in names}
        | {
            "outline": list(row.outline),
            "radius_m": None if pd.isna(row.radius_m) else float(row.radius_m),
            "geometry": None if row.geometry is None else row.geometry.wkt,
        },
    }


def _carrying(row: pd.Series, fields: tuple[str, ...], text: str, sentences: list[tuple[int, int]]) -> str:
    """The sentences in which the evidence of some fields lies, each once."""
    starts = [start for field, start, _ in row.evidence if field in fields]
    held = [(a, b) for a, b in sentences if any(a <= start < b for start in starts)]
    return " … ".join(_words(text[a:b]) for a, b in held)


def _words(text: str) -> str:
    return " ".join(text.split())


def _number(value: float) -> int | None:
    return None if pd.isna(value) else int(value)


def _day(value: pd.Timestamp) -> str | None:
    return None if pd.isna(value) else value.date().isoformat()


def _speakers(row: pd.Series, stance: str) -> str:
    return "; ".join(dict.fromkeys(claim.by for claim in row.claims if claim.stance == stance))

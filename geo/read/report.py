"""What was read and where the rows went, as lines for a terminal and as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from geo.duplicates import possible_duplicates
from geo.errors import InputError
from geo.schema import Counts, Dossier, InputFile, Problem


def describe(problem: Problem) -> str:
    """A problem as one line: file, line, column, value, reason."""
    where = problem.file + (f" line {problem.row}" if problem.row is not None else "")
    if problem.column is None:
        return f"{where}: {problem.reason}"
    if problem.value is None:
        return f"{where}: {problem.column} {problem.reason}"
    value = problem.value
    shown = value if len(value) <= 60 else value[:57] + "…"
    return f"{where}: {problem.column} {shown!r} {problem.reason}"


def describe_some(problems: Iterable[Problem], *, most: int = 5) -> list[str]:
    """The first few problems as lines, and how many more there are."""
    lines = [describe(problem) for problem in problems]
    return lines[:most] + ([f"… and {len(lines) - most} more"] if len(lines) > most else [])


def unlocated_problems(dossier: Dossier) -> list[Problem]:
    """Each unlocated incident with the reason, in the order of the table."""
    rows = dossier.incidents[dossier.incidents.geometry.isna()]
    return [
        Problem(file, None if row != row else int(row), "place", text, f"was not located: {reason or 'no place is told'}")
        for file, row, text, reason in zip(rows.source_file, rows.source_row, rows.place_text, rows.geocode_reason, strict=True)
    ]


def notes_of(dossier: Dossier) -> list[str]:
    """What was noticed while reading each file, as lines."""
    return [f"{file.path}: {note}" for file in dossier.files for note in file.notes]


def counts_line(counts: Counts) -> str:
    """Where the rows went, in one line."""
    return (
        f"{counts.rows_in} rows in: {counts.mapped} mapped, {counts.unlocated} unlocated, "
        f"{counts.held_back} held back, {counts.rejected} rejected"
    )


def require_complete(dossier: Dossier) -> None:
    """Refuse a dossier that lost or could not place anything (``--strict``).

    Raises
    ------
    InputError
        A row was rejected or an incident is unlocated.
    """
    problems = [p for p in dossier.problems if p.rejected] + unlocated_problems(dossier)
    if problems:
        raise InputError("\n".join(["strict: not every row could be mapped", *describe_some(problems)]))


def check_report(dossier: Dossier) -> dict[str, Any]:
    """The shape of ``marchland check --json``."""
    return {
        "files": [_file_report(file, dossier) for file in dossier.files],
        "totals": _counts(dossier),
        "possible_duplicates": [asdict(pair) for pair in possible_duplicates(dossier.incidents)],
    }


def check_text(dossier: Dossier) -> str:
    """The same for a person: each file, how it was read, and each row that is not on the map or has a problem."""
    lines: list[str] = []
    for file in dossier.files:
        of_file = dossier.of_file(file)
        kind = file.kind + (f", {file.encoding}" if file.encoding else "")
        lines.append(f"{file.path} ({kind}): {counts_line(of_file.counts())}")
        lines += [f"  note: {note}" for note in file.notes]
        lines += [f"  {describe(problem)}" for problem in (*of_file.problems, *unlocated_problems(of_file))]
    if len(dossier.files) > 1:
        lines.append(f"in all: {counts_line(dossier.counts())}")
    pairs = possible_duplicates(dossier.incidents)
    if pairs:
        lines.append("possibly the same incident, for a person to decide:")
        lines += [f"  {pair.first} and {pair.second}: {pair.distance_m / 1000:.1f} km and {pair.days} days apart" for pair in pairs]
    return "\n".join(lines)


def _counts(dossier: Dossier) -> dict[str, int]:
    counts = dossier.counts()
    return {name: getattr(counts, name) for name in counts.__slots__}


def _file_report(file: InputFile, dossier: Dossier) -> dict[str, Any]:
    of_file = dossier.of_file(file)
    problems = [*of_file.problems, *unlocated_problems(of_file)]
    return {
        "path": file.path,
        "kind": file.kind,
        "encoding": file.encoding,
        **_counts(of_file),
        "notes": list(file.notes),
        "problems": [{"row": p.row, "column": p.column, "value": p.value, "reason": p.reason} for p in problems],
    }

"""``marchland locate``: place wordings to locations."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from geo.errors import InputError
from scripts.options import DECISIONS, GAZETTEER, REVIEW

if TYPE_CHECKING:
    from geo.answers import Answer
    from geo.decisions import Decisions
    from geo.gazetteer import Gazetteer

CONTEXT = ("adm1", "country", "date")
"""Columns of a file that tell homonyms apart; ``date`` is only echoed, as no name of the gazetteer is tied to days."""


@click.command(short_help="Say where place wordings are, and how sure that is.")
@click.argument("texts", nargs=-1, metavar="[TEXT…]")
@click.option("--file", "path", metavar="FILE.csv", help="Table of wordings, a row each; - is standard input.")
@click.option("--column", metavar="NAME", help="Its column of wordings; default: place_text, or what else is called like a place.")
@click.option("--country", help="Country in which all of them lie: a code or a name, several with ; between.")
@click.option("--adm1", help="Province or district in which all of them lie, several with ; between.")
@GAZETTEER
@DECISIONS
@REVIEW
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each wording, a line each.")
def command(
    texts: tuple[str, ...],
    path: str | None,
    column: str | None,
    country: str | None,
    adm1: str | None,
    gazetteer: tuple[str, ...],
    decisions: str | None,
    review: str | None,
    as_json: bool,
) -> None:
    """Say where each wording is: coordinates, radius, unit, and what else it may mean. TEXT - reads one from each line of standard input.

    \b
    marchland locate "near Tegh, Syunik" "15 km east of Goris" Martuni
    marchland locate --file reports.csv --column place_text --json
    marchland locate --file reports.csv --gazetteer AM.zip --gazetteer AZ.zip --review places-review.csv

    In a table the columns adm1 and country of a row tell homonyms apart. Nothing is guessed: what fits several places is ambiguous, and
    the candidates are listed. Of an area or line the coordinates are only a point in it.
    """
    if bool(texts) == bool(path):
        raise click.UsageError("give wordings, or a table with --file")
    if column and not path:
        raise click.UsageError("--column names a column of --file")
    places = _places(gazetteer)
    known = _decisions(decisions, places)
    rows = list(_rows_of(path, column, country, adm1) if path else ((text, country, adm1, None) for text in _lines(texts)))
    answers = _answered(rows, places, known)
    if as_json:
        for answer, row in answers:
            click.echo(json.dumps(answer.as_dict() | ({} if row is None else {"row": row}), ensure_ascii=False))
    else:
        click.echo(_told([answer for answer, _ in answers]))
    if review:
        _write_review(rows, places, known, review)


def _places(paths: tuple[str, ...]) -> Gazetteer:
    from scripts.gazetteers import gazetteer_for

    return gazetteer_for(paths, say=lambda message: click.echo(message, err=True))


def _decisions(path: str | None, places: Gazetteer) -> Decisions | None:
    from geo.decisions import read_decisions

    return read_decisions(path, places) if path else None


def _write_review(rows: Sequence[Row], places: Gazetteer, known: Decisions | None, path: str) -> None:
    from geo.decisions import review_csv
    from maps.output import write_text

    write_text(review_csv(Counter(row[:3] for row in rows), places, decisions=known), path)
    click.echo(f"wrote {path}", err=True)


Row = tuple[str, str | None, str | None, dict[str, Any] | None]
"""Wording, country and first-level unit that are stated for it, and the other columns of its row."""


def _lines(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        if text == "-":
            yield from (line.strip() for line in sys.stdin.buffer.read().decode("utf-8-sig").splitlines() if line.strip())
        else:
            yield text


def _answered(rows: Sequence[Row], gazetteer: Gazetteer, known: Decisions | None) -> Iterator[tuple[Answer, dict[str, Any] | None]]:
    """Each wording with its answer; each distinct one is located once."""
    from geo.answers import answer_of
    from geo.decisions import decided
    from geo.locate import locate_with_unit

    answers: dict[tuple[str, str | None, str | None], Answer] = {}
    for text, country, adm1, row in rows:
        key = (text, country, adm1)
        if key not in answers:
            decision = known.get(key) if known else None
            if known and decision:
                located = decided(key, decision, gazetteer, name=known.name)
            else:
                located = locate_with_unit(text, gazetteer=gazetteer, country=country, adm1=adm1)
            answers[key] = answer_of(text, located, gazetteer=gazetteer, country=country, adm1=adm1, units_near=_units_near)
        yield answers[key], row


def _units_near(lon: float, lat: float, radius_m: float) -> list[tuple[str, str]]:
    from boundaries.quick import units_near

    return [(unit.name, unit.country) for unit in units_near([lon], [lat], [radius_m])[0]]


def _rows_of(path: str, column: str | None, country: str | None, adm1: str | None) -> Iterator[Row]:
    """The wordings of a table; what a row says of country and unit goes before what the options say."""
    from geo.gazetteers.tables import read_text_table
    from geo.read.vocabulary import COLUMN_NAMES, column_key

    table = read_text_table(path)
    keys = {column_key(name): number for number, name in reversed(list(enumerate(table.header)))}
    wanted = (column,) if column else COLUMN_NAMES["place_text"]
    place = next((keys[column_key(name)] for name in wanted if column_key(name) in keys), None)
    if place is None:
        shown = ", ".join(table.header[:12])
        raise InputError(f"{path}: has no column {column or 'place_text'!r} (columns: {shown}); name one with --column", path=path)
    context = [next((keys[name] for name in COLUMN_NAMES[of] if name in keys), None) for of in ("country", "adm1")]
    for _, cells in table:
        in_country, in_adm1 = (cells[number] or None if number is not None else None for number in context)
        row = {name: cells[number] for number, name in enumerate(table.header) if number != place}
        yield cells[place], in_country or country, in_adm1 or adm1, row


def _told(answers: Sequence[Answer]) -> str:
    """For a person: a line for each wording, and below it what it rests on and what else it may mean."""
    held = io.StringIO()
    for answer in answers:
        held.write(f"{answer.text}: {answer.status}\n")
        if answer.status == "resolved":
            where = ", ".join(part for part in (answer.place, answer.adm1, answer.country) if part)
            at = f"{answer.lat:.4f}, {answer.lon:.4f}" if answer.lat is not None and answer.lon is not None else "no single point"
            reach = f"± {answer.radius_m / 1000:g} km" if answer.radius_m else ""
            held.write(f"  {where}\n  {answer.kind}, lat {at} {reach}".rstrip() + "\n")
        held.write(f"  {answer.reason}\n")
        for candidate in answer.candidates if answer.status != "resolved" else ():
            unit = f" ({candidate.adm1})" if candidate.adm1 else ""
            held.write(f"    {candidate.score:.2f}  {candidate.name}{unit}  {candidate.place_id}: {candidate.reason}\n")
    return held.getvalue().rstrip("\n")

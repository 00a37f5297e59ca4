"""What the commands that read inputs share: options, the run they describe, and how it is reported."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from boundaries.catalogue import Catalogue
    from geo.dates import FieldOrder
    from geo.schema import Dossier
    from maps.provenance import Provenance

MAX_PROBLEMS_SHOWN = 20
VIEWPOINTS = ("neutral", "de_facto", "de_jure")
"""As in `boundaries.viewpoint`, which would bring pandas into every ``--help``."""


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest releases of click
    """An ISO date, like 2021-05-14."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error that shows how to write one."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write it like 2021-05-14", param, ctx)


@dataclass(frozen=True, slots=True)
class Run:
    """One call of a command that reads inputs: the values of the options of `run_options`."""

    inputs: tuple[str, ...]
    published: date | None = None
    date_order: FieldOrder | None = None
    as_of: date | None = None
    viewpoint: str = "neutral"
    boundaries: str | None = None
    name_column: str | None = None
    zones: str | None = None
    gazetteer: tuple[str, ...] = ()
    decisions: str | None = None
    columns: str | None = None
    strict: bool = False
    quiet: bool = False
    verbose: bool = False

    def prepare(self) -> tuple[Dossier, Catalogue]:
        """The inputs as a finished dossier, and the catalogue that it was assigned to.

        Raises
        ------
        InputError
            An input can't be used; with ``--strict`` also when a row was rejected or could not be placed.
        """
        from geo.read.report import require_complete
        from scripts.pipeline import prepare

        dossier, catalogue = prepare(
            self.inputs,
            published=self.published,
            date_order=self.date_order,
            day=self.as_of,
            viewpoint=self.viewpoint,
            boundaries=self.boundaries,
            zones=self.zones,
            name_column=self.name_column,
            gazetteers=self.gazetteer,
            decisions=self.decisions,
            columns=named_columns(self.columns) if self.columns else None,
            say=self.say,
        )
        if self.strict:
            require_complete(dossier)
        return dossier, catalogue

    def provenance(self, dossier: Dossier, catalogue: Catalogue) -> Provenance:
        """What the outputs of this run say about themselves."""
        from maps.provenance import provenance_of

        return provenance_of(dossier, catalogue, day=self.as_of, viewpoint=self.viewpoint)

    def say(self, message: str) -> None:
        """A message for a person, on standard error."""
        if not self.quiet:
            click.echo(message, err=True)

    def report(self, dossier: Dossier) -> None:
        """Problems, notes and counts, on standard error."""
        from geo.read.report import counts_line, describe_some, notes_of, unlocated_problems

        for line in describe_some(dossier.problems, most=MAX_PROBLEMS_SHOWN):
            self.say(line)
        if self.verbose:
            for line in notes_of(dossier) + describe_some(unlocated_problems(dossier), most=MAX_PROBLEMS_SHOWN):
                self.say(line)
        self.say(counts_line(dossier.counts()))


GAZETTEER = click.option(
    "--gazetteer", metavar="FILE", multiple=True,
    help="More places: a country dump of GeoNames (AM.zip, AZ.txt, alternate names, geonames-am once fetched) or an own table or layer.",
)  # fmt: skip
DECISIONS = click.option(
    "--decisions", metavar="FILE.csv", help="What a person has decided on ambiguous and unresolved wordings: a filled file of --review."
)
REVIEW = click.option(
    "--review", metavar="FILE.csv", help="Write ambiguous and unresolved wordings with their candidates, for a person to decide."
)


def named_columns(path: str) -> dict[str, str]:
    """The file of ``--columns``: names of columns by their meaning, at the top or in the table ``columns``.

    Raises
    ------
    InputError
        It is missing or no TOML of this shape.
    """
    import tomllib

    from geo.errors import InputError
    from geo.read.files import decode, read_bytes

    try:
        held = tomllib.loads(decode(read_bytes(path), path=path)[0])
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: is not TOML ({error})", path=path) from error
    named = held.get("columns", held)
    if not isinstance(named, dict) or not all(isinstance(name, str) for name in named.values()):
        raise InputError(f'{path}: must hold lines like place_text = "wo"', path=path)
    return named


_OPTIONS = (
    click.argument("inputs", nargs=-1, required=True, metavar="INPUT…"),
    click.option("--published", type=Day(), help="Day on which the articles among the inputs were published."),
    click.option("--date-order", type=click.Choice(["day_first", "month_first"]), help="How dates like 05/12/2021 are read."),
    click.option("--as-of", type=Day(), help="Boundaries and zones of that day; default: each incident's own day."),
    click.option(
        "--viewpoint",
        type=click.Choice(VIEWPOINTS),
        default="neutral",
        show_default=True,
        help="Whose depiction of contested things is drawn; explained by: marchland boundaries show VIEWPOINT.",
    ),
    click.option(
        "--boundaries", metavar="FILE[:LAYER]", help="Own units in place of the embedded ones, in any format of GDAL or GeoParquet."
    ),
    click.option("--name-column", help="Column of --boundaries that holds the names; default: as its publisher calls it."),
    click.option(
        "--zones", metavar="FILE", help="Own zones beside the embedded ones; columns id, name, kind, start, end where it has them."
    ),
    GAZETTEER,
    DECISIONS,
    click.option("--columns", metavar="FILE.toml", help='What columns mean, where their names do not tell: place_text = "wo".'),
    click.option("--strict", is_flag=True, help="Any rejected or unlocated row is an error."),
    click.option("-q", "--quiet", is_flag=True, help="Only errors."),
    click.option("-v", "--verbose", is_flag=True, help="Also what was noticed in each file, and why incidents are unlocated."),
    click.option("--no-color", is_flag=True, expose_value=False, help="Plain text; messages never hold colour codes anyway."),
)


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a `Run`, which it gets as its first argument."""
    names = [field.name for field in fields(Run)]

    @functools.wraps(command)
    def with_run(**values: Any) -> None:
        run = Run(**{name: values.pop(name) for name in names})
        command(run, **values)

    for option in reversed(_OPTIONS):
        with_run = option(with_run)
    return with_run

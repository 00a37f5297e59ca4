"""``marchland boundaries``: the dated catalogue, more data, and a user's own layer examined."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scripts.options import VIEWPOINTS, Day

if TYPE_CHECKING:
    from datetime import date

    from boundaries.examine import Examination
    from boundaries.own import OwnLayer

MAX_SHOWN = 10
FETCHED = ("geoboundaries-ISO-ADMx", "natural-earth-admin1", "geonames-xx")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")


def _dumped(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)


@click.group(name="boundaries", short_help="List, show, fetch and check boundaries.")
def command() -> None:
    """The dated boundaries: what is embedded, what a unit or zone is, more data, and your own layer examined.

    \b
    marchland boundaries list
    marchland boundaries show Lachin
    marchland boundaries fetch geoboundaries-arm-adm1
    marchland boundaries check districts.gpkg --picture districts.svg
    """


@command.command(name="list")
@AS_JSON
def list_layers(as_json: bool) -> None:
    """List the embedded layers: id, title, vintage, licence, features, viewpoint.

    \b
    marchland boundaries list
    marchland boundaries list --json
    """
    from boundaries.lookup import summary
    from boundaries.records import embedded_records

    rows = [summary(record) for record in embedded_records().values()]
    if as_json:
        click.echo(_dumped(rows))
        return
    for row in rows:
        click.echo(f"{row['id']:<11} {row['features']:>3}  {row['title']}")
        click.echo(f"{'':<17}{row['vintage']}; {row['licence']}; viewpoint {row['viewpoint']}")
    click.echo(f"\nviewpoints: {', '.join(VIEWPOINTS)} (explained by: marchland boundaries show neutral)", err=True)
    click.echo("more: marchland boundaries fetch " + ", ".join(FETCHED), err=True)


@command.command()
@click.argument("name")
@click.option("--as-of", type=Day(), help="Only what was in force on that day.")
@click.option("--viewpoint", type=click.Choice(VIEWPOINTS), default="neutral", show_default=True, help="As it is depicted from there.")
@AS_JSON
def show(name: str, as_of: date | None, viewpoint: str, as_json: bool) -> None:
    """Show a layer, a viewpoint, or a unit, zone, line or fact by its id or any of its names.

    \b
    marchland boundaries show units
    marchland boundaries show de_jure
    marchland boundaries show Բերձոր
    marchland boundaries show az-lachin --as-of 2020-11-30 --json
    """
    from boundaries.lookup import find, layer_told, viewpoint_told
    from boundaries.records import embedded_records
    from scripts.pipeline import catalogue_for

    catalogue, _ = catalogue_for(day=as_of, viewpoint=viewpoint)
    if name in VIEWPOINTS:
        found = [viewpoint_told(name)]
    elif name in embedded_records():
        found = [layer_told(catalogue, embedded_records()[name])]
    else:
        found = find(catalogue, name)
    click.echo(_dumped(found) if as_json else "\n\n".join(map(_as_text, found)))


def _as_text(told: dict[str, Any]) -> str:
    """One thing, a line for each column that has a value."""
    lines = []
    for key, value in told.items():
        if value is None or value == [] or value == "":
            continue
        if isinstance(value, list) and any(" " in str(one) for one in value):
            lines += [f"{key}:", *(f"  - {one}" for one in value)]
        else:
            lines.append(f"{key}: {', '.join(map(str, value)) if isinstance(value, list) else value}")
    return "\n".join(lines)


@command.command()
@click.argument("name")
@click.option("--again", is_flag=True, help="Fetch it even when it is in the cache.")
@AS_JSON
def fetch(name: str, again: bool, as_json: bool) -> None:
    """Fetch more data from its public source into the cache, and print where it is. The only command that uses the network.

    \b
    marchland boundaries fetch geoboundaries-arm-adm1
    marchland boundaries fetch natural-earth-admin1
    marchland boundaries fetch geonames-az
    """
    from boundaries.download import fetch as fetched_from

    found = fetched_from(name, again=again)
    told = {"name": found.remote.name, "path": str(found.path), "url": found.remote.url, "sha256": found.sha256}
    told |= {"licence": found.remote.licence, "attribution": found.remote.attribution}
    click.echo(_dumped(told | {"downloaded": found.downloaded}) if as_json else str(found.path))
    option = "--gazetteer" if name.lower().startswith("geonames") else "--boundaries"
    click.echo(f"{'fetched' if found.downloaded else 'in the cache'}: {found.remote.url}", err=True)
    click.echo(f"licence: {found.remote.licence}; {found.remote.attribution}", err=True)
    click.echo(f"use it with {option} {found.path}", err=True)


@command.command()
@click.argument("file", metavar="FILE[:LAYER]")
@click.option("--name-column", help="Column of the names; default: as its publisher calls it.")
@click.option("--picture", metavar="OUT.svg", help="Draw units, gaps and overlaps.")
@click.option("--clean", metavar="OUT.gpkg", help="Write the units without overlaps and slivers.")
@AS_JSON
def check(file: str, name_column: str | None, picture: str | None, clean: str | None, as_json: bool) -> None:
    """Examine a boundary layer of your own: what it is, invalid rings, gaps and overlaps with their areas, double names.

    \b
    marchland boundaries check districts.gpkg
    marchland boundaries check atlas.gpkg:districts --name-column title --picture districts.svg --clean clean.gpkg
    """
    from boundaries.examine import examine_file
    from maps.output import check_writable

    for output in filter(None, (picture, clean)):
        check_writable(output)
    own, found = examine_file(file, name_column=name_column)
    click.echo(_dumped(found.as_dict()) if as_json else _examined(found))
    _write_asked(own, picture, clean)


def _write_asked(own: OwnLayer, picture: str | None, clean: str | None) -> None:
    from boundaries.examine import picture as drawn
    from boundaries.examine import write_cleaned
    from maps.output import whole_file, write_text

    if picture:
        write_text(drawn(own), picture)
        click.echo(f"wrote {picture}", err=True)
    if clean:
        with whole_file(Path(clean)) as part:
            table = write_cleaned(own, part)
        click.echo(f"wrote {clean} ({len(table)} units)", err=True)


def _examined(found: Examination) -> str:
    west, south, east, north = found.bounds
    by = f" ({found.publisher})" if found.publisher else ""
    lines = [
        f"{found.path}{':' + found.layer if found.layer else ''}: {found.features} units{by}, {found.area_km2:.0f} km2",
        f"extent: {west}, {south} to {east}, {north}",
        *(f"note: {note}" for note in found.notes),
        f"invalid rings: {found.repaired} features",
        f"double names: {', '.join(found.double_names) or 'none'}",
        f"gaps: {len(found.gaps)}, {sum(gap.km2 for gap in found.gaps):.4g} km2",
        *(f"  {g.km2:.4g} km2 at {g.lon}, {g.lat} between {', '.join(g.beside)}" for g in found.gaps[:MAX_SHOWN]),
        *([f"  and {len(found.gaps) - MAX_SHOWN} smaller ones"] if len(found.gaps) > MAX_SHOWN else []),
        f"overlaps: {len(found.overlaps)}, {sum(o.km2 for o in found.overlaps):.4g} km2",
        *(f"  {o.km2:.4g} km2 at {o.lon}, {o.lat} in {o.units[0]} and {o.units[1]}" for o in found.overlaps[:MAX_SHOWN]),
        *([f"  and {len(found.overlaps) - MAX_SHOWN} smaller ones"] if len(found.overlaps) > MAX_SHOWN else []),
    ]
    return "\n".join(lines)

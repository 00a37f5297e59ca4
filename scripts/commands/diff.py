"""``marchland diff``: what differs between two exports or builds."""

from __future__ import annotations

import click


@click.command(short_help="Say what differs between two exports.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("-o", "--output", default="-", metavar="FILE", help="File to write; default: standard output.")
@click.option("--no-color", is_flag=True, expose_value=False, help="Plain text; messages never hold colour codes anyway.")
def command(old: str, new: str, as_json: bool, output: str) -> None:
    """Say which incidents were added, removed, moved, changed or put into another unit between two files.

    \b
    marchland diff january.geojson february.geojson
    marchland diff builds/1 builds/2 --json -o changes.json

    OLD and NEW are .geojson or .gpkg as marchland exports them, .csv of any kind, or the folder of a build. Incidents are paired by
    id, then by what they say.
    """
    import json

    from maps.diff import compare
    from maps.diff_files import read_table
    from maps.diff_report import difference_json, difference_text
    from maps.output import check_writable, write_text

    check_writable(output)
    found = compare(read_table(old), read_table(new))
    write_text(json.dumps(difference_json(found), ensure_ascii=False, indent=2) + "\n" if as_json else difference_text(found), output)

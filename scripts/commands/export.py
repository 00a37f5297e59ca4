"""``marchland export``: inputs to files for GIS tools."""

from __future__ import annotations

import click

from scripts.options import Run, run_options


@click.command(short_help="Write the same data as GeoJSON or GeoPackage.")
@run_options
@click.option("-o", "--output", required=True, metavar="OUT", help="File to write: .geojson or .gpkg; - is GeoJSON on standard output.")
def command(run: Run, output: str) -> None:
    """Read any mix of tables and articles and write the incidents for GIS tools; the suffix tells the format.

    \b
    marchland export incidents.csv -o incidents.geojson
    marchland export incidents.csv article.txt --published 2021-05-14 -o incidents.gpkg
    """
    from maps.export import export_format, write_export
    from maps.output import check_writable

    export_format(output)
    check_writable(output)
    dossier, catalogue = run.prepare()
    write_export(dossier, output, catalogue=catalogue, provenance=run.provenance(dossier, catalogue))
    run.report(dossier)
    run.say(f"wrote {output}")

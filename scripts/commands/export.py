"""``marchland export``: inputs to files for GIS tools."""

from __future__ import annotations

import click

from scripts.options import Run, run_options


@click.command(short_help="Write the same data for GIS tools and spreadsheets.")
@run_options
@click.option("-o", "--output", required=True, metavar="OUT", help="File to write, format by its suffix; - is GeoJSON on standard output.")
@click.option(
    "--as", "column_set", type=click.Choice(["acled", "ucdp", "claims"]), help="CSV in columns like theirs, or the ledger of claims."
)
@click.option("--hxl", is_flag=True, help="CSV with HXL hashtags in the second row.")
@click.option("--no-restricted-text", is_flag=True, help="Leave out texts whose licence restricts passing them on (ACLED's).")
def command(run: Run, output: str, column_set: str | None, hxl: bool, no_restricted_text: bool) -> None:
    """Read any mix of tables and articles and write the incidents for GIS tools and spreadsheets; the suffix tells the format.

    \b
    marchland export incidents.csv -o incidents.geojson
    marchland export incidents.csv article.txt --published 2021-05-14 -o incidents.gpkg
    marchland export incidents.csv --as acled -o acled-like.csv

    .geojson RFC 7946; .gpkg layers with styles for QGIS; .qgz the same as a QGIS project;
    .kml and .kmz for Google Earth; .csv; .parquet (GeoParquet
    1.1); .fgb (FlatGeobuf); .shp.zip (shapefiles; names of ten characters are listed in it).
    """
    from typing import cast

    from maps.export import ColumnSet, ExportOptions, check_options, write_export
    from maps.output import check_writable

    options = ExportOptions(columns=cast("ColumnSet | None", column_set), hxl=hxl, restricted_text=not no_restricted_text)
    check_options(output, options)
    check_writable(output)
    dossier, catalogue = run.prepare()
    write_export(dossier, output, catalogue=catalogue, provenance=run.provenance(dossier, catalogue), options=options)
    run.report(dossier)
    run.say(f"wrote {output}")

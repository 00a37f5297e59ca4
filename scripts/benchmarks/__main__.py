"""``scripts/bench``: run the measurements and print them as a table."""

from __future__ import annotations

import os
import platform

import click

from scripts.benchmarks import articles, exports, geocoding, pages, points, reading, shares, whole_job


@click.command()
@click.option("--quick", is_flag=True, help="One run of each, to see that they run.")
def main(quick: bool) -> None:
    """Measure and print a table: median, half the range of the runs, goal."""
    click.echo(f"{platform.python_implementation()} {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores")
    for module in (whole_job, reading, geocoding, points, shares, exports, articles, pages):
        for figure in module.figures(runs=1 if quick else 5):
            spread = f"± {figure.spread:.2g}" if figure.spread else ""
            click.echo(f"{figure.name:56} {figure.value:12.4g} {spread:10} {figure.unit:6} {figure.goal}")


if __name__ == "__main__":
    main()

"""The command line: finds the command, reports errors.

Each command lives in a module of `scripts.commands`, imported only when it is called, so that ``marchland --help`` needs
none of the geospatial libraries.
"""

from __future__ import annotations

import importlib
import os
import sys

import click

from geo.errors import MarchlandError

COMMANDS = {
    "map": "Write one offline HTML map of all inputs.",
    "export": "Write the same data as GeoJSON, GeoPackage, KML, CSV, GeoParquet, FlatGeobuf or Shapefile.",
    "check": "Say what was read, mapped, unlocated and rejected, and why.",
    "locate": "Say where place wordings are, and how sure that is.",
    "extract": "Read articles into incidents and claims.",
    "assign": "Say which unit and zones hold each point of a table.",
    "boundaries": "List, show, fetch and check boundaries.",
    "build": "Write the outputs of a saved project and a manifest.",
    "diff": "Say what differs between two exports.",
    "demo": "Write the bundled example: map, GeoJSON, GeoPackage.",
}
"""Name and one line of each command; the module ``scripts.commands.NAME`` holds it as ``command``."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"scripts.commands.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from geo.version import tool_version

        click.echo(tool_version())
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version and stop.")
def cli() -> None:
    """Maps of border incidents that say how sure they are.

    \b
    marchland map incidents.csv article.txt --published 2021-05-14 -o map.html
    marchland export incidents.csv -o incidents.geojson
    """


def main() -> None:
    """Entry point: exit 0 done, 1 a known error in a few lines, 2 wrong usage."""
    try:
        cli(standalone_mode=True)
    except MarchlandError as error:
        click.echo(f"marchland: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # the reader of our output has gone; what is still buffered must not raise again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)

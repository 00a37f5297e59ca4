"""Files made once, and QGIS's own Python to look at them."""

import json
import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely import LineString, Point, box

from boundaries.catalogue import load_catalogue
from geo.claims import Claim
from geo.schema import Counts, Dossier, incident_table
from maps.export import write_export
from maps.provenance import Provenance

PROVENANCE = Provenance("0", "neutral", None, Counts(5, 4, 1, 0, 0), ("a source & <another>",), "a disclaimer", ())


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    incidents = incident_table(
        {
            "id": ["point", "troops", "area", "line", "nowhere"],
            "title": ['"]]><b> [% 1+1 %]', "b", "c", "d", "e"],
            "event_type": ["shelling", "troop_presence", "shelling", "firefight", "other"],
            "start": [date(2021, 5, 12), date(2021, 6, 1), date(2021, 5, 12), date(2021, 5, 12), date(2021, 5, 12)],
            "end": [date(2021, 5, 14), date(2021, 6, 2), date(2021, 5, 14), date(2021, 5, 14), date(2021, 5, 14)],
            "location_kind": ["near", "point", "area", "line", "unknown"],
            "status": ["disputed", "claimed", "denied", "confirmed", None],
            "radius_m": [5000, 500, 30_000, 0, None],
            "claims": [(Claim("Armenian MoD", "AM", "asserts"), Claim("Azerbaijan", "AZ", "denies")), (), (), (), ()],
            "sources": [("https://example.org/a",), (), (), (), ()],
        },
        geometry=[Point(46, 39.5), Point(46.5, 39.5), box(46, 39, 47, 40), LineString([(46, 39), (47, 39)]), None],
    )
    return Dossier(incidents)


@pytest.fixture(scope="session")
def export(dossier: Dossier, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    def written(suffix: str) -> Path:
        path = tmp_path_factory.mktemp("qgis") / f"incidents{suffix}"
        write_export(dossier, str(path), catalogue=load_catalogue(), provenance=PROVENANCE)
        return path

    return written


@pytest.fixture(scope="session")
def in_qgis(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Runs a script of this folder in QGIS and gives what it prints."""

    def run(script: str, *arguments: object, zone: str = "UTC") -> Any:
        home = tmp_path_factory.mktemp("home")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_RUNTIME_DIR": str(home),
            "TZ": zone,
        }
        command = ["/usr/bin/python3", str(Path(__file__).parent / script), *map(str, arguments)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run

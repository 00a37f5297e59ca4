"""Wordings to locations, and a gazetteer with every village: how fast, how large.

The villages are made up: `synthetic_dump` writes a country dump in the form of GeoNames with invented names at random points of the box
of the two countries, so that nothing has to be fetched.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from geo.gazetteer import Gazetteer, embedded_gazetteer
from geo.geocode import geocode
from geo.locate import locate
from geo.schema import incident_table
from scripts.benchmarks.measure import Figure, python_seconds, seconds
from scripts.gazetteers import gazetteer_for

PLACES = 15_000
NAMES_EACH = 7
SYLLABLES = (
    "agh", "art", "bag", "bar", "dash", "gar", "gel", "hay", "ker", "khach", "lus", "mar", "nor", "osh", "per", "qar", "sar", "shen",
    "tash", "tov", "ura", "van", "ver", "yel", "zar", "zor",
)  # fmt: skip
FORMS = ("{}", "near {}", "village of {}", "{} direction", "5 km east of {}", "between {} and {}", "{}, Syunik", "on the outskirts of {}")


def invented_name(chance: random.Random) -> str:
    """A name of three or four syllables."""
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(3, 4))).capitalize()


def synthetic_dump(path: Path, *, places: int = PLACES, names_each: int = NAMES_EACH, country: str = "AZ", seed: int = 3) -> None:
    """Write a country dump of GeoNames (19 columns) of invented villages over the box of Armenia and Azerbaijan."""
    chance = random.Random(seed)  # noqa: S311  # repeatable, nothing secret
    lines = []
    for number in range(places):
        names = [invented_name(chance) for _ in range(names_each)]
        lat, lon = round(chance.uniform(38.6, 41.6), 5), round(chance.uniform(44.2, 49.5), 5)
        cells = [
            90_000_000 + number, names[0], names[0], ",".join(names[1:]), lat, lon, "P", "PPL", country, "", "00", "", "", "",
            chance.choice((0, 0, 300, 1200)), "", 900, "Asia/Baku", "2024-01-01",
        ]  # fmt: skip
        lines.append("\t".join(map(str, cells)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def wordings(gazetteer: Gazetteer, *, many: int) -> list[str]:
    """Distinct wordings in several forms around names of the gazetteer."""
    chance = random.Random(5)  # noqa: S311  # repeatable, nothing secret
    names = sorted({name for place in gazetteer for name in place.names if not place.is_area})
    found: dict[str, None] = {}
    while len(found) < many:
        found[chance.choice(FORMS).format(chance.choice(names), chance.choice(names))] = None
    return list(found)


WARM = """
import pathlib, re, sys, time
from scripts.gazetteers import gazetteer_for
start = time.perf_counter()
gazetteer = gazetteer_for([sys.argv[1]])
took = time.perf_counter() - start
# not ru_maxrss, which begins with what the parent process held; not a number but on Linux
status = pathlib.Path("/proc/self/status")
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())[1]) / 1000 if status.exists() else float("nan")
print(took, peak, len(gazetteer))
"""


def _large(*, runs: int) -> list[Figure]:
    """Load and memory of the gazetteer with every village, built and then from the cache."""
    before = os.environ.get("MARCHLAND_CACHE")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MARCHLAND_CACHE"] = folder
        dump = Path(folder) / "AZ.txt"
        synthetic_dump(dump)
        built, _ = seconds(lambda: gazetteer_for([str(dump)]), runs=1)
        told = [
            subprocess.run([sys.executable, "-c", WARM, str(dump)], check=True, capture_output=True, text=True).stdout.split()
            for _ in range(runs)
        ]
        if before is None:
            del os.environ["MARCHLAND_CACHE"]
        else:
            os.environ["MARCHLAND_CACHE"] = before
    loads = sorted(float(one[0]) for one in told)
    title = f"gazetteer, {int(told[0][2]):,} places"
    return [
        Figure(f"{title}: built", built, "s"),
        Figure(f"{title}: from the cache", loads[len(loads) // 2], "s", (loads[-1] - loads[0]) / 2, "under 1"),
        Figure(f"{title}: memory of the whole process", max(float(one[1]) for one in told), "MB", 0, "under 300"),
    ]


def figures(*, runs: int) -> list[Figure]:
    """Wordings a second, the start of ``locate``, and the gazetteer with every village."""
    gazetteer = embedded_gazetteer()
    rows = 20_000 if runs == 1 else 100_000
    some, many = wordings(gazetteer, many=200), wordings(gazetteer, many=3_000)
    table = incident_table({"id": [str(n) for n in range(rows)], "place_text": [some[n % len(some)] for n in range(rows)]})
    repeated, repeated_spread = seconds(lambda: geocode(table, gazetteer=gazetteer), runs=runs)
    alone, alone_spread = seconds(lambda: [locate(text, gazetteer=gazetteer) for text in many], runs=runs)
    start, start_spread = python_seconds(
        "import sys; sys.argv[1:] = ['locate', 'Martuni']; from scripts.cli import main; main()", runs=runs
    )
    return [
        Figure("wordings located, column of 200 distinct", rows / repeated, "/ s", rows / repeated**2 * repeated_spread, "at least 30,000"),
        Figure("wordings located, all distinct", len(many) / alone, "/ s", len(many) / alone**2 * alone_spread, "at least 3,000"),
        Figure("marchland locate of one wording", start, "s", start_spread, "under 0.6"),
        *_large(runs=runs),
    ]

"""Articles to incidents: how many a second, start-up included, and how much memory. The texts are put together here."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

from scripts.benchmarks.measure import Figure

ARTICLES = 100

READ = """
import re, sys, time
from datetime import date
from pathlib import Path
from geo.extract import read_article_text
from geo.gazetteer import embedded_gazetteer
from scripts.benchmarks.articles import texts
gazetteer, found = embedded_gazetteer(), 0
for text in texts(int(sys.argv[1])):
    found += len(read_article_text(text, published=date(2022, 9, 15), gazetteer=gazetteer, source_file="a.txt").incidents)
assert found >= int(sys.argv[1])
# not ru_maxrss, which begins with what the parent process held; not a number but on Linux
status = Path("/proc/self/status")
peak = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())[1] if status.exists() else "nan"
print(time.process_time(), peak)
"""

_PLACES = ("Sotk", "Kut", "Nerkin Hand", "Movses", "Tegh", "Jermuk", "Verin Shorzha", "Yeraskh", "Khoznavar", "Chinari")
_EVENTS = (
    "Azerbaijani units opened fire at Armenian positions near {place} on Tuesday evening, wounding two soldiers",
    "Armenian border guards fired mortars at posts near {place} overnight; three servicemen were killed and five wounded",
    "About 200 servicemen crossed the border near {place} on Wednesday and have refused to leave",
    "A drone struck a lorry on the road between {place} and Vardenis at about 3 p.m. on Monday",
)


def texts(number: int) -> list[str]:
    """Made-up reports of some 230 words in the manner of news agencies, each another mix of event, place and number."""
    return [_text(n) for n in range(number)]


def _text(n: int) -> str:
    place, other = _PLACES[n % len(_PLACES)], _PLACES[(3 * n + 1) % len(_PLACES)]
    lead, second = _EVENTS[n % len(_EVENTS)].format(place=place), _EVENTS[(n + 1) % len(_EVENTS)].format(place=other)
    return (
        f"YEREVAN, Sept 15 — {lead}, the Defence Ministry in Yerevan said on Thursday.\n\n"
        f"The ministry's spokesman told reporters that the situation had been tense for {n % 9 + 2} days and that talks between commanders "
        "had brought nothing. Residents of the village spent the night in cellars, and the school stayed closed. A man of 54, who asked "
        "not to be named, spoke of shells that fell on his field.\n\n"
        "Azerbaijan's Defence Ministry rejected the report as baseless and said that its units had only answered provocations. The Foreign "
        "Ministry in Baku called on Armenia to stop spreading disinformation.\n\n"
        f"{second}, according to officials in the province. The two sides gave different figures for their losses.\n\n"
        "The Kremlin had no immediate comment. The European Union urged both sides to show restraint, and the United States expressed "
        "concern. Some 1,960 Russian peacekeepers have been deployed in Nagorno-Karabakh since the war of 2020 ended, with 27 posts along "
        "the line of contact and the Lachin corridor.\n\n"
        "The leaders of the two countries are to meet in Brussels next month to discuss a treaty and the railway through Meghri.\n"
    )


def _run() -> tuple[float, float]:
    """Seconds of processor time and megabytes at most of a fresh process that reads all of them."""
    command = [sys.executable, "-c", READ, str(ARTICLES)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | {"OPENBLAS_NUM_THREADS": "1"})
    seconds, peak_kb = done.stdout.split()
    return float(seconds), float(peak_kb) / 1000


def figures(*, runs: int) -> list[Figure]:
    """Articles a second of processor time, and the memory of the whole process."""
    measured = [_run() for _ in range(runs)]
    rates = [ARTICLES / seconds for seconds, _ in measured]
    memory = [peak for _, peak in measured]
    return [
        Figure(f"extract of {ARTICLES} articles, start-up included", statistics.median(rates), "a second", _half(rates), "at least 30"),
        Figure("memory of that process", statistics.median(memory), "MB", _half(memory), "under 150 MB"),
    ]


def _half(values: list[float]) -> float:
    return (max(values) - min(values)) / 2

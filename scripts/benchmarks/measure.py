"""Time of a call or a process: median and spread of several runs."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes
    ----------
    name, value, unit
        What, how much, of what.
    spread
        Half the range of the runs, in the unit; 0 for what does not vary.
    goal
        What the project promises, in words; empty when nothing.
    """

    name: str
    value: float
    unit: str
    spread: float = 0.0
    goal: str = ""


def seconds(call: Callable[[], object], *, runs: int) -> tuple[float, float]:
    """Median and half range of the wall-clock seconds of a call."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times), (max(times) - min(times)) / 2


def python_seconds(code: str, arguments: Sequence[str] = (), *, runs: int) -> tuple[float, float]:
    """The same of a fresh Python process."""
    command = [sys.executable, "-c", code, *arguments]
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True), runs=runs)


PEAK = """
import ctypes, re
def resident(field):
    return int(re.search(field + r":\\s+(\\d+) kB", open("/proc/self/status").read())[1]) / 1000
"""


def python_peak_mb(prepare: str, call: str) -> float:
    """Megabytes by which a fresh process grows at most while it runs ``call``, after ``prepare``; not a number but on Linux."""
    if not Path("/proc/self/clear_refs").exists():
        return float("nan")
    # freed memory goes back to the system, and the peak is set back to what is held now
    before = 'ctypes.CDLL(None).malloc_trim(0); open("/proc/self/clear_refs", "w").write("5"); before = resident("VmRSS")'
    code = f"{PEAK}\n{prepare}\n{before}\n{call}\nprint(resident('VmHWM') - before)"
    environment = os.environ | {"MALLOC_MMAP_THRESHOLD_": "65536"}
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment)
    return float(done.stdout)

"""Decisions of a person and further gazetteers in the commands that read inputs."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

TABLE = "id,date,title,place\na,2021-05-12,Fire,Martuni\nb,2021-05-13,Fire,Martuni\nc,2021-05-13,Fire,hill 2010\nd,2021-05-14,Fire,Goris\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "reports.csv"
    path.write_text(TABLE)
    return path


def marchland(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-W", "error", "-c", "from scripts.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def fill(path: Path, **decisions: str) -> None:
    """Fill the column ``decision`` of a review for these wordings (``_`` for a space)."""
    rows = list(csv.DictReader(path.read_text().splitlines()))
    held = io.StringIO()
    writer = csv.DictWriter(held, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row | {"decision": decisions.get(row["wording"].replace(" ", "_"), "")})
    path.write_text(held.getvalue())


def test_review_is_written_filled_applied_and_written_again_the_same(table: Path, tmp_path: Path) -> None:
    review, again = tmp_path / "review.csv", tmp_path / "again.csv"
    done = marchland("check", table, "--review", review)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(review.read_text().splitlines()))
    assert [(row["wording"], row["count"]) for row in rows] == [("Martuni", "2"), ("hill 2010", "1")]
    fill(review, Martuni="khojavend-martuni", hill_2010="39.2, 46.4, 800")
    done = marchland("check", table, "--decisions", review, "--review", again)
    assert "4 rows in: 4 mapped, 0 unlocated" in done.stderr + done.stdout
    assert again.read_bytes() == review.read_bytes()


def test_decision_is_told_in_the_export(table: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.csv"
    review.write_text("wording,decision\nMartuni,khojavend-martuni\n")
    done = marchland("export", table, "-o", "-", "-q", "--decisions", review)
    assert done.returncode == 0, done.stderr
    told = {f["id"]: f["properties"] for f in json.loads(done.stdout)["features"]}
    assert told["a"]["adm1"] == told["b"]["adm1"] == "Khojavend District"
    assert told["a"]["geocode_reason"].startswith("decided by review (review.csv): khojavend-martuni")


def test_wrong_decision_stops_the_map_with_its_line(table: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.csv"
    review.write_text("wording,decision\nMartuni,khojavend\n")
    done = marchland("map", table, "-o", tmp_path / "map.html", "--decisions", review)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "line 2: 'Martuni': 'khojavend' is no place of the gazetteer" in done.stderr
    assert not (tmp_path / "map.html").exists()


def test_own_gazetteer_places_what_the_embedded_one_does_not_know(table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARCHLAND_CACHE", str(tmp_path / "cache"))
    (tmp_path / "own.csv").write_text("name,lat,lon,radius_m\nhill 2010,39.2,46.4,300\n")
    done = marchland("check", table, "--gazetteer", tmp_path / "own.csv")
    assert done.returncode == 0, done.stderr
    assert "4 rows in: 2 mapped, 2 unlocated" in done.stdout
    assert "own.csv: 1 own places" in done.stderr

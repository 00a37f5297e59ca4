"""``marchland locate`` as a stranger runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

KEYS = [
    "text", "status", "lon", "lat", "radius_m", "kind", "place", "place_id", "country", "adm1", "relation", "candidates", "reason",
]  # fmt: skip


def marchland(*arguments: object, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-W", "error", "-c", "from scripts.cli import main; main()", "locate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, input=stdin)


def answers(*arguments: object, stdin: str | None = None) -> list[dict[str, Any]]:
    """The JSON lines that it prints."""
    done = marchland(*arguments, "--json", stdin=stdin)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "wordings.csv"
    path.write_text(
        "date,place_text,adm1,country,remark\n2021-05-12,Martuni,Gegharkunik,,a\n2021-05-13,Martuni,,,b\n2021-05-14,height 2705,,AM,c\n"
    )
    return path


def test_every_wording_has_a_line_with_the_keys_of_the_contract() -> None:
    found = answers("near Tegh, Syunik", "Martuni", "height 2705")
    assert [list(one) for one in found] == [KEYS] * 3
    assert [one["status"] for one in found] == ["resolved", "ambiguous", "unresolved"]
    assert found[0]["candidates"][0].keys() == {"place_id", "name", "adm1", "lon", "lat", "score", "reason"}


def test_undecided_wording_has_no_coordinates_but_ranked_candidates() -> None:
    (found,) = answers("Martuni")
    assert (found["lon"], found["lat"], found["radius_m"], found["kind"]) == (None, None, None, "unknown")
    scores = [candidate["score"] for candidate in found["candidates"]]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)


def test_area_says_that_it_is_one_beside_the_point_inside() -> None:
    (found,) = answers("Syunik")
    assert (found["kind"], found["place_id"], found["country"], found["adm1"]) == ("area", "unit:am-syunik", "AM", "Syunik")
    assert found["radius_m"] > 30_000
    assert 45.7 < found["lon"] < 46.6


def test_point_away_from_its_place_gets_the_unit_in_which_it_lies() -> None:
    (found,) = answers("15 km east of Goris")
    assert (found["country"], found["adm1"], found["relation"]) == ("AZ", "Lachin District", "offset")
    assert "the radius reaches into AM too" in found["reason"]


def test_place_on_the_line_between_the_countries_is_in_both() -> None:
    (found,) = answers("along the state border")
    assert found["country"] == "AM-AZ"


def test_columns_of_a_row_are_its_context_and_are_echoed(table: Path) -> None:
    found = answers("--file", table, "--column", "place_text")
    assert [one["status"] for one in found] == ["resolved", "ambiguous", "unresolved"]
    assert found[0]["place_id"] == "garanlig-martuni"
    assert found[0]["row"] == {"date": "2021-05-12", "adm1": "Gegharkunik", "country": "", "remark": "a"}


def test_context_of_the_options_holds_where_the_row_has_none(table: Path) -> None:
    found = answers("--file", table, "--adm1", "Khojavend")
    assert [one["place_id"] for one in found[:2]] == ["garanlig-martuni", "khojavend-martuni"]


def test_wordings_and_tables_are_read_from_standard_input(table: Path) -> None:
    assert [one["text"] for one in answers("-", stdin="Goris\n\nKapan\n")] == ["Goris", "Kapan"]
    assert len(answers("--file", "-", stdin=table.read_text())) == 3


def test_answer_for_a_person_names_place_and_radius() -> None:
    done = marchland("near Tegh, Syunik", "Martuni")
    assert "Digh / Tegh, Syunik, AM" in done.stdout
    assert "± 6.5 km" in done.stdout
    assert "khojavend-martuni" in done.stdout


def test_reviewed_file_decides(table: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.csv"
    done = marchland("--file", table, "--review", review, "--json")
    assert done.returncode == 0, done.stderr
    filled = review.read_text().replace("height 2705,AM,,1,,unresolved: 'height 2705' is not in the gazetteer,", "height 2705,AM,,1,,,skip")
    review.write_text(filled.replace('give a province in the column adm1, or a place_id",', '",khojavend-martuni'))
    found = answers("--file", table, "--decisions", review)
    assert [one["place_id"] for one in found] == ["garanlig-martuni", "khojavend-martuni", None]
    assert found[2]["reason"] == "decided by review (review.csv): left unlocated"


def test_own_gazetteer_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARCHLAND_CACHE", str(tmp_path / "cache"))
    (tmp_path / "own.csv").write_text("name,lat,lon,radius_m\nheight 2705,39.6,46.2,300\n")
    (found,) = answers("height 2705", "--gazetteer", tmp_path / "own.csv")
    assert (found["lon"], found["lat"], found["radius_m"], found["country"]) == (46.2, 39.6, 300, "AM")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "give wordings, or a table"),
        (("Goris", "--column", "x"), 2, "--column names a column of --file"),
        (("--file", "missing.csv"), 1, "there is no such file"),
        (("Goris", "--gazetteer", "missing.zip"), 1, "there is no such file"),
    ],
)
def test_wrong_use_is_a_clear_line(arguments: tuple[str, ...], code: int, said: str) -> None:
    done = marchland(*arguments)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert said in done.stderr


def test_column_that_is_not_there_is_named(table: Path) -> None:
    done = marchland("--file", table, "--column", "where")
    assert done.returncode == 1
    assert "has no column 'where' (columns: date, place_text" in done.stderr


def test_a_plain_wording_needs_no_table_library() -> None:
    code = (
        "import sys\nfrom scripts.cli import cli\ntry:\n    cli(['locate', '15 km east of Goris'])\n"
        "except SystemExit:\n    print(sorted(sys.modules), file=sys.stderr)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr
    assert "'shapely'" in loaded
    for heavy in ("geopandas", "pandas", "folium"):
        assert f"'{heavy}'" not in loaded

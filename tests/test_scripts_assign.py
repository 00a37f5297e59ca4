"""``marchland assign``: the rows of a table with their answers, none lost."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

ADDED = ["country", "adm1", "adm2", "adm1_shares", "border_distance_m", "border_distance_error_m", "zones", "reason"]
HEADER = "id,lon,lat,radius_m,date,note\n"
STEPANAKERT = "46.752,39.815,2000"


def marchland(*arguments: object, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", "from scripts.cli import main; main()", "assign", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, input=stdin, encoding="utf-8")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def answers(table: str, *options: str) -> list[dict[str, str]]:
    done = marchland("-", "-o", "-", *options, stdin=table)
    assert done.returncode == 0, done.stderr
    return rows_of(done.stdout)


def test_rows_come_out_in_order_with_their_cells_unchanged_and_the_answers_after_them(tmp_path: Path) -> None:
    cells = [
        '1,46.376,39.425,2500,2021-05-14," a, ""b"" "',
        "2,46.752,39.815,,2021-05-14,Ստեփանակերտ",
        '007,44.5130,40.182,500,,"two\nlines"',
    ]
    (tmp_path / "points.csv").write_text(HEADER + "\n".join(cells) + "\n", encoding="utf-8")
    done = marchland(tmp_path / "points.csv", "-o", tmp_path / "out.csv")
    assert (done.returncode, done.stdout) == (0, "")
    assert "3 rows in and out, 0 of them without usable coordinates" in done.stderr
    written = (tmp_path / "out.csv").read_text(encoding="utf-8")
    read = list(csv.reader(io.StringIO(written)))
    assert read[0] == [*HEADER.strip().split(","), *ADDED]
    assert [row[:6] for row in read[1:]] == list(csv.reader(io.StringIO("\n".join(cells))))
    first, second, third = rows_of(written)
    assert (first["country"], first["adm1"], first["adm2"]) == ("AM", "Syunik", "")
    shares = json.loads(first["adm1_shares"])
    assert [share["code"] for share in shares] == ["AM-SU", "AZ-QBI"]
    assert sum(share["share"] for share in shares) <= 1
    assert int(first["border_distance_m"]) < 2000
    assert int(first["border_distance_error_m"]) == 2700
    assert "from the edge of a unit" in first["reason"]
    assert "aor_2020_2023" in json.loads(second["zones"])
    assert json.loads(third["zones"]) == []
    assert "no date" in third["reason"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,,,,,", "no usable coordinates"),
        (",,,,,", "no usable coordinates"),
        ("1,abc,39.4,,,", "lon 'abc' is not a usable number"),
        ("1,200,39.4,,,", "lon '200' is outside the world"),
        ("1,46.4,95,,,", "lat '95' is outside the world"),
        ("1,0,0,,,", "0, 0 marks unknown coordinates"),
        ("1,nan,39.4,,,", "no usable coordinates"),
        ("1,46.4", "no usable coordinates"),
    ],
)
def test_row_without_usable_coordinates_stays_with_the_reason(row: str, reason: str) -> None:
    bad, good = answers(f"{HEADER}{row}\n2,{STEPANAKERT},2021-05-14,\n")
    assert reason in bad["reason"]
    assert [bad[name] for name in ADDED[:-1]] == ["", "", "", "[]", "", "", "[]"]
    assert good["country"] == "AZ"


def test_unusable_radius_or_date_is_named_and_the_rest_answered() -> None:
    (row,) = answers(f"{HEADER}1,46.752,39.815,-5,yesterday,\n")
    assert row["adm1"] == "Khojaly District"
    assert "radius_m '-5' is not a usable number" in row["reason"]
    assert "date 'yesterday' is not a date" in row["reason"]
    assert json.loads(row["zones"]) == []


def test_row_longer_than_the_header_keeps_its_place_and_says_what_was_left_out() -> None:
    rows = answers(f"{HEADER}1,{STEPANAKERT},2021-05-14,a,b,c\n2,{STEPANAKERT},2021-05-14,\n")
    assert [row["id"] for row in rows] == ["1", "2"]
    assert "left out: 'b', 'c'" in rows[0]["reason"]
    assert rows[0]["adm1"] == rows[1]["adm1"]


def test_one_day_for_all_rows_stands_in_for_their_dates() -> None:
    table = f"{HEADER}1,{STEPANAKERT},2024-06-01,\n2,{STEPANAKERT},,\n"
    own, dated = answers(table), answers(table, "--as-of", "2021-05-14")
    assert ["aor_2020_2023" in row["zones"] for row in own + dated] == [False, False, True, True]
    assert "no date" not in dated[1]["reason"]


def test_zones_are_those_of_the_first_and_not_of_the_last_day() -> None:
    rows = answers(f"{HEADER}1,{STEPANAKERT},2023-09-19,\n2,{STEPANAKERT},2023-09-20,\n")
    assert ["aor_2020_2023" in json.loads(row["zones"]) for row in rows] == [True, False]


def test_semicolons_decimal_commas_and_one_cell_for_both_coordinates_are_read() -> None:
    assert answers("lon;lat\n46,752;39,815\n")[0]["adm1"] == "Khojaly District"
    assert answers('name,coordinates\nx,"39.815, 46.752"\n')[0]["adm1"] == "Khojaly District"


def test_viewpoint_decides_to_whom_an_exclave_counts() -> None:
    table = "lon,lat,radius_m\n45.526,40.640,100\n"
    assert [answers(table, "--viewpoint", viewpoint)[0]["country"] for viewpoint in ("neutral", "de_facto")] == ["AM", "AZ"]


def test_workbook_is_read_too(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["lon", "lat"], [46.752, 39.815], [None, 39.0]):
        book.active.append(row)
    book.save(tmp_path / "points.xlsx")
    done = marchland(tmp_path / "points.xlsx")
    assert [row["adm1"] for row in rows_of(done.stdout)] == ["Khojaly District", ""]


def test_column_that_has_the_name_of_an_answer_is_kept_and_told() -> None:
    done = marchland("-", stdin="country,lon,lat\nXX,46.752,39.815\n")
    assert done.stdout.splitlines()[1].startswith("XX,46.752,39.815,AZ,")
    assert "columns that the table has and that were added again at its end: country" in done.stderr


def test_answers_do_not_depend_on_how_many_rows_are_written_at_a_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from boundaries.catalogue import load_catalogue
    from scripts import points

    lines = [f"{n},{44 + n / 10},{39 + n / 15},{100 * n},2021-0{1 + n % 9}-05,{'x,y' if n == 7 else 'x'}" for n in range(30)]
    (tmp_path / "points.csv").write_text(HEADER + "\n".join(lines) + "\n,,,,,\n")
    table = points.read_points(str(tmp_path / "points.csv"))
    whole, parts = io.StringIO(), io.StringIO()
    points.write_answers(table, whole, load_catalogue())
    monkeypatch.setattr(points, "AT_ONCE", 7)
    points.write_answers(table, parts, load_catalogue())
    assert parts.getvalue() == whole.getvalue()
    assert "left out: 'y'" in rows_of(whole.getvalue())[7]["reason"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("lon,lat\n", "has a header but no rows"),
        ("name,where\na,b\n", "no columns with coordinates"),
        (None, "no such file"),
    ],
)
def test_file_that_can_not_be_used_is_one_clear_line(content: str | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    if content is not None:
        path.write_text(content)
    done = marchland(path, "-o", tmp_path / "out.csv")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_wrong_usage_and_a_missing_folder_have_their_exit_codes(tmp_path: Path) -> None:
    assert marchland().returncode == 2
    assert marchland("-", "--as-of", "soon", stdin="lon,lat\n1,2\n").returncode == 2
    assert marchland("-", "-o", tmp_path / "none" / "out.csv", stdin="lon,lat\n1,2\n").returncode == 1

import json
import subprocess
import sys
from pathlib import Path

import pytest

from geo.version import tool_version

TABLE = "id,date,title,place,lat,lon\na,2021-05-12,Troops seen,Sev Lich,,\nb,2021-05-13,Fire,,39.5,46.3\nc,2021-05-13,Fire,Nowhereville,,\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "reports of may.csv"
    path.write_text(TABLE)
    return path


def marchland(*arguments: object, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """The command as a stranger would run it."""
    command = [sys.executable, "-W", "error", "-c", "from scripts.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, input=stdin)


def test_version_prints_the_version_alone() -> None:
    assert marchland("--version").stdout == f"{tool_version()}\n"


def test_help_needs_no_geospatial_library() -> None:
    code = "import sys\nfrom scripts.cli import cli\ntry:\n    cli(['--help'])\nexcept SystemExit:\n    print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'click'" in loaded
    for heavy in ("geopandas", "pandas", "numpy", "shapely", "folium", "jinja2"):
        assert f"'{heavy}'" not in loaded


@pytest.mark.parametrize("command", ["map", "export", "check", "extract", "demo"])
def test_every_command_has_a_help_with_an_example(command: str) -> None:
    shown = marchland(command, "--help")
    assert shown.returncode == 0
    assert f"marchland {command}" in shown.stdout


def test_map_writes_one_page_and_says_where_the_rows_went(table: Path, tmp_path: Path) -> None:
    done = marchland("map", table, "-o", tmp_path / "map.html", "--title", "May")
    assert done.returncode == 0, done.stderr
    assert "3 rows in: 2 mapped, 1 unlocated, 0 held back, 0 rejected" in done.stderr
    assert done.stdout == ""
    page = (tmp_path / "map.html").read_text()
    assert "<title>May</title>" in page
    assert "Nowhereville" in page


def test_export_writes_geojson_to_standard_output(table: Path) -> None:
    done = marchland("export", table, "-o", "-", "-q")
    assert done.returncode == 0, done.stderr
    collection = json.loads(done.stdout)
    assert [feature["id"] for feature in collection["features"]] == ["a", "b", "c"]
    assert collection["marchland"]["counts"]["unlocated"] == 1
    assert done.stderr == ""


def test_a_table_can_come_from_standard_input() -> None:
    done = marchland("export", "-", "-o", "-", "-q", stdin=TABLE)
    assert [f["properties"]["source_file"] for f in json.loads(done.stdout)["features"]] == ["stdin"] * 3


def test_check_counts_and_gives_reasons(table: Path) -> None:
    done = marchland("check", table, "--json")
    report = json.loads(done.stdout)
    (file,) = report["files"]
    assert report["totals"] == {"rows_in": 3, "mapped": 2, "unlocated": 1, "held_back": 0, "rejected": 0}
    assert (file["kind"], file["encoding"], file["rows_in"]) == ("table", "utf-8", 3)
    (problem,) = file["problems"]
    assert (problem["row"], problem["value"]) == (4, "Nowhereville")
    assert "Nowhereville" in marchland("check", table).stdout


def test_strict_refuses_what_could_not_be_placed(table: Path, tmp_path: Path) -> None:
    done = marchland("map", table, "-o", tmp_path / "map.html", "--strict")
    assert done.returncode == 1
    assert "Nowhereville" in done.stderr
    assert not (tmp_path / "map.html").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such file"),
        ("", "is empty"),
        ("colour,size\nred,3\n", "no column tells where"),
        ("date,place\nsoon,Goris\n", "'soon' is not a date"),
        ("date,place\n", "no rows"),
    ],
)
@pytest.mark.parametrize("command", ["map", "export", "check"])
def test_bad_input_is_a_clear_line_and_no_file(tmp_path: Path, command: str, content: str | None, said: str) -> None:
    source, target = tmp_path / "in.csv", tmp_path / ("out.geojson" if command == "export" else "out.html")
    if content is not None:
        source.write_text(content)
    done = marchland(command, source, *([] if command == "check" else ["-o", target]))
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 3
    assert not target.exists()


def test_an_unknown_format_is_refused_before_reading(tmp_path: Path) -> None:
    done = marchland("export", tmp_path / "none.csv", "-o", tmp_path / "out.docx")
    assert done.returncode == 1
    assert ".geojson" in done.stderr


def test_a_date_option_that_is_none_is_wrong_usage(table: Path, tmp_path: Path) -> None:
    done = marchland("map", table, "-o", tmp_path / "map.html", "--as-of", "soon")
    assert done.returncode == 2
    assert "'soon' is not a date" in done.stderr


def test_a_missing_output_folder_is_a_known_error(table: Path, tmp_path: Path) -> None:
    done = marchland("map", table, "-o", tmp_path / "none" / "map.html")
    assert done.returncode == 1
    assert "does not exist" in done.stderr
    assert "Traceback" not in done.stderr


def test_demo_writes_map_geojson_and_geopackage(tmp_path: Path) -> None:
    done = marchland("demo", "-o", tmp_path / "demo")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == ["incidents.geojson", "incidents.gpkg", "map.html"]
    assert str(tmp_path / "demo" / "map.html") in done.stderr
    assert "58 rows in" in done.stderr


def test_columns_are_named_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("wo;wann\nGoris;2021-05-12\n")
    (tmp_path / "columns.toml").write_text('place_text = "wo"\nstart = "wann"\n')
    done = marchland("export", tmp_path / "in.csv", "--columns", tmp_path / "columns.toml", "-o", "-", "-q")
    (feature,) = json.loads(done.stdout)["features"]
    assert (feature["properties"]["place_text"], feature["properties"]["start"]) == ("Goris", "2021-05-12")


def test_check_proposes_duplicates_and_reports_contradictions(tmp_path: Path) -> None:
    header = "id,date,event_type,lat,lon,country\n"
    (tmp_path / "one.csv").write_text(f"{header}a,2021-05-12,shelling,39.51,46.34,Armenia\n")
    (tmp_path / "two.csv").write_text(f"{header}b,2021-05-13,clash,39.52,46.34,Azerbaijan\n")
    report = json.loads(marchland("check", tmp_path / "one.csv", tmp_path / "two.csv", "--json").stdout)
    (pair,) = report["possible_duplicates"]
    assert (pair["first"], pair["second"], pair["days"]) == ("a", "b", 1)
    (problem,) = report["files"][1]["problems"]
    assert "coordinates lie in AM" in problem["reason"]

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.errors import InputError
from scripts.commands.build import command
from scripts.project import read_project

TABLE = "id,title,date,lon,lat\na,Shelling near Kut,2021-05-14,45.95,40.16\n"


def project(folder: Path, text: str = 'inputs = ["in.csv"]\noutputs = ["x.geojson", "x.gpkg"]\n') -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "in.csv").write_text(TABLE)
    (folder / "p.toml").write_text(text)
    return str(folder / "p.toml")


def build(*arguments: str) -> None:
    CliRunner().invoke(command, [*arguments, "-q"], catch_exceptions=False)


def test_paths_are_relative_to_the_project_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project(tmp_path / "a")
    monkeypatch.chdir("/")
    build(path)
    assert sorted(part.name for part in (tmp_path / "a").iterdir()) == ["in.csv", "manifest.json", "p.toml", "x.geojson", "x.gpkg"]


def test_two_folders_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in (tmp_path / "a", tmp_path / "b c"):
        build(project(folder))
    for name in ("x.geojson", "x.gpkg", "manifest.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b c" / name).read_bytes()


def test_a_locked_build_of_the_same_passes(tmp_path: Path) -> None:
    path = project(tmp_path)
    build(path)
    build(path, "--locked")


def test_a_locked_build_of_other_inputs_writes_nothing_and_says_why(tmp_path: Path) -> None:
    path = project(tmp_path)
    build(path)
    before = (tmp_path / "x.geojson").read_bytes()
    (tmp_path / "in.csv").write_text(TABLE.replace("45.95", "45.96"))
    with pytest.raises(InputError, match=r"(?s)nothing was written.*inputs, in\.csv.*outputs, x\.geojson"):
        build(path, "--locked")
    assert (tmp_path / "x.geojson").read_bytes() == before


def test_a_locked_build_needs_a_manifest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="build once without --locked"):
        build(project(tmp_path), "--locked")


def test_the_manifest_says_which_options_were_set(tmp_path: Path) -> None:
    build(project(tmp_path, 'inputs = ["in.csv"]\noutputs = ["x.geojson"]\n[options]\nas_of = 2021-05-14\nstrict = true\n'))
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["options"] == {"as_of": "2021-05-14", "strict": True}
    assert manifest["as_of"] == "2021-05-14"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('inputs = ["in.csv"]\noutputs = ["x.gpkg"]\ntitel = 1', "titel is not known"),
        ('inputs = ["in.csv"]\noutputs = ["x.gpkg"]\n[options]\nasof = 2021-05-14', r"options\.asof is not known"),
        ('inputs = ["in.csv"]\noutputs = ["x.gpkg"]\n[options]\nviewpoint = "mine"', "must be one of neutral"),
        ('inputs = ["in.csv"]\noutputs = ["x.gpkg"]\n[options]\nas_of = "soon"', "write a date like"),
        ('inputs = ["in.csv"]\noutputs = ["x.gpkg"]\n[options]\nstrict = "yes"', "must be true or false"),
        ('inputs = ["in.csv"]\noutputs = ["x.gpkg", "x.gpkg"]', "written twice"),
        ('inputs = ["in.csv"]\noutputs = [{ path = "x.csv", as = "gdelt" }]', "must be one of acled"),
        ('inputs = ["in.csv"]\noutputs = ["x.pdf"]', "no format"),
        ('outputs = ["x.gpkg"]', "needs inputs"),
        ('inputs = ["in.csv"]', "needs outputs"),
        ("inputs = [", "is not TOML"),
    ],
)
def test_what_is_not_understood_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_project(project(tmp_path, text))

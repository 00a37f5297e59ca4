from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.errors import InputError
from scripts.cli import cli

ROW = "id,date,latitude,longitude,title\na,2021-05-12,39.5,46.3,Shelling near a village\n"


def run(folder: Path, *options: str) -> Result:
    (folder / "in.csv").write_text(ROW, encoding="utf-8")
    return CliRunner().invoke(cli, ["map", str(folder / "in.csv"), *options])


def test_the_language_of_the_page_can_be_chosen(tmp_path: Path) -> None:
    assert run(tmp_path, "-o", str(tmp_path / "map.html"), "--lang", "ru").exit_code == 0
    assert '<html lang="ru">' in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_an_unknown_language_is_wrong_usage(tmp_path: Path) -> None:
    assert run(tmp_path, "-o", str(tmp_path / "map.html"), "--lang", "xx").exit_code == 2


@pytest.mark.parametrize(("name", "head"), [("map.png", b"\x89PNG"), ("MAP.PDF", b"%PDF"), ("map.svg", b"<?xml")])
def test_the_suffix_makes_a_picture(tmp_path: Path, name: str, head: bytes) -> None:
    done = run(tmp_path, "-o", str(tmp_path / name), "--lang", "hy")
    assert done.exit_code == 0, done.output
    assert (tmp_path / name).read_bytes().startswith(head)


def test_tiles_are_for_pages(tmp_path: Path) -> None:
    done = run(tmp_path, "-o", str(tmp_path / "map.png"), "--tiles", "OpenTopoMap")
    assert done.exit_code == 2
    assert "--tiles is for HTML" in done.output


def test_tiles_that_need_a_key_are_a_known_error(tmp_path: Path) -> None:
    done = run(tmp_path, "-o", str(tmp_path / "map.html"), "--tiles", "CartoDB.Positron")
    assert isinstance(done.exception, InputError)
    assert "needs a key" in str(done.exception)
    assert not (tmp_path / "map.html").exists()

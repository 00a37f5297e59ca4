from pathlib import Path

import pytest

from geo.errors import OutputError
from maps.output import check_writable, make_folder, whole_file, write_text


def test_a_file_is_written(tmp_path: Path) -> None:
    write_text("Գորիս\n", str(tmp_path / "out.txt"))
    assert (tmp_path / "out.txt").read_bytes() == "Գորիս\n".encode()


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")

    def fail_half_way() -> None:
        with whole_file(target) as part:
            part.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert target.read_text() == "old"
    assert [*tmp_path.iterdir()] == [target]


def test_a_missing_folder_is_named_before_the_work_starts(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        check_writable(str(tmp_path / "none" / "map.html"))


def test_a_folder_is_no_output_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        check_writable(str(tmp_path))


def test_standard_output_is_always_writable() -> None:
    check_writable("-")


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    assert make_folder(str(tmp_path / "a" / "b")).is_dir()


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(OutputError, match="could not be made"):
        make_folder(str(tmp_path / "a"))

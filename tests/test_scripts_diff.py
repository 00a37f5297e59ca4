import json
from pathlib import Path

from click.testing import CliRunner

from scripts.commands.diff import command

OLD = "Number,Date,Vessel,Incident,Location\n1,30-Apr-19,Happiness,sabotage,Red Sea\n2,12-May-19,Marzoqah,sabotage,Gulf of Oman\n"
NEW = (
    OLD.partition("\n")[0]
    + "\n1,30-Apr-19,Happiness,fire,Red Sea\n2,1-May-19,Other,seizure,Strait\n3,12-May-19,Marzoqah,sabotage,Gulf of Oman\n"
)


def files(folder: Path) -> list[str]:
    paths = [folder / "old.csv", folder / "new.csv"]
    for path, text in zip(paths, (OLD, NEW), strict=True):
        path.write_text(text)
    return [str(path) for path in paths]


def test_two_versions_of_a_table_are_told_for_a_person(tmp_path: Path) -> None:
    told = CliRunner().invoke(command, files(tmp_path)).output
    assert "1 added, 0 removed, 1 changed (0 of them moved, 0 in another unit), 1 the same" in told
    assert "2  1-May-19, Other, Strait" in told
    assert "Incident: sabotage → fire" in told


def test_json_goes_to_a_file_whole(tmp_path: Path) -> None:
    CliRunner().invoke(command, [*files(tmp_path), "--json", "-o", str(tmp_path / "x.json")], catch_exceptions=False)
    assert json.loads((tmp_path / "x.json").read_text())["counts"]["added"] == 1

from pathlib import Path

import pytest

from geo.errors import InputError
from geo.schema import Counts, Dossier, InputFile, incident_table
from maps.manifest import build_manifest, differences, manifest_text, read_manifest
from maps.provenance import Provenance

PROVENANCE = Provenance("1.2", "neutral", None, Counts(3, 2, 1, 0, 0), ("a source",), "a disclaimer", ())


@pytest.fixture
def manifest(tmp_path: Path) -> dict[str, object]:
    (tmp_path / "in.csv").write_text("a")
    (tmp_path / "out.html").write_text("b")
    dossier = Dossier(incident_table({}, size=0), files=(InputFile(str(tmp_path / "in.csv"), "in.csv", "table", "utf-8", 3),))
    files, outputs = {"data/in.csv": tmp_path / "in.csv"}, {"out.html": tmp_path / "out.html"}
    return build_manifest(dossier, project="p.toml", provenance=PROVENANCE, options={"title": "t"}, files=files, outputs=outputs)


def test_it_tells_what_went_in_and_what_came_out(manifest: dict[str, object]) -> None:
    assert manifest["inputs"] == [
        {
            "path": "data/in.csv",
            "sha256": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
            "bytes": 1,
            "kind": "table",
            "rows_in": 3,
        }
    ]
    assert manifest["outputs"][0]["path"] == "out.html"  # type: ignore[index]
    assert manifest["counts"]["unlocated"] == 1  # type: ignore[index]
    assert manifest["tool"] == {"marchland": "1.2"}


def test_every_dataset_has_vintage_and_licence(manifest: dict[str, object]) -> None:
    assert all(dataset["vintage"] and dataset["licence"] for dataset in manifest["datasets"])  # type: ignore[attr-defined]


def test_it_names_no_folder_of_the_machine(manifest: dict[str, object], tmp_path: Path) -> None:
    assert str(tmp_path) not in manifest_text(manifest)


def test_it_reads_back_the_same(manifest: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(manifest_text(manifest), encoding="utf-8")
    assert differences(read_manifest(tmp_path / "manifest.json"), manifest) == []


def test_a_changed_output_is_named(manifest: dict[str, object]) -> None:
    other = manifest | {"outputs": [{"path": "out.html", "sha256": "0" * 64}]}
    (line,) = differences(manifest, other)
    assert line.startswith("outputs, out.html: sha256 3e23e8160039…")


@pytest.mark.parametrize("content", ["", "[]", '{"manifest": 99}'])
def test_what_is_no_manifest_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(InputError, match="manifest"):
        read_manifest(tmp_path / "manifest.json")

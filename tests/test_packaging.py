"""The distribution: what it installs, and that it works away from the clone."""

import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = {"geo", "boundaries", "maps", "scripts"}


def test_no_installed_distribution_has_a_package_of_our_names() -> None:
    clashes = [
        f"{distribution.metadata['Name']}: {file}"
        for distribution in distributions()
        if distribution.metadata["Name"] != "marchland"
        for file in distribution.files or ()
        if file.parts[0] in PACKAGES or file.parts[0] in {f"{name}.py" for name in PACKAGES}
    ]
    assert clashes == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # from a copy, because a build leaves folders behind in which removed modules live on
    source = folder / "source"
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", "DATA-LICENSES.md"):
        shutil.copy(ROOT / name, source / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "-w", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("marchland-*.whl")
    return built


def test_the_wheel_holds_the_data_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == PACKAGES
    for needed in ("boundaries/data/units.geojson", "geo/data/places.tsv", "geo/data/incidents_example.csv", "geo/py.typed"):
        assert needed in names


def test_the_wheel_works_outside_the_clone(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "installed"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--target",
        str(home),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    code = f"import sys; sys.path.insert(0, {str(home)!r}); import geo; assert geo.__file__.startswith({str(home)!r}); "
    code += "from scripts.cli import main; sys.argv = ['marchland', 'demo', '-o', 'out']; main()"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "map.html").stat().st_size > 100_000

"""Zip archives of the same bytes for the same members."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from maps.export.stamp import build_moment


def write_archive(path: Path | BinaryIO, members: Mapping[str, bytes]) -> None:
    """Write a zip archive, its members in the order given and dated with `build_moment`."""
    moment = build_moment()
    # a zip archive knows no earlier year
    dated = moment if moment.year >= 1980 else moment.replace(year=1980)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, dated.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)

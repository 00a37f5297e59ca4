"""More boundary and gazetteer data from their public sources, into a cache folder: the only module that talks to the network.

Nothing is fetched unless `fetch` is called by name. A download goes to a temporary name, is looked at, and only then takes its place;
its sha256 is recorded beside it (or known beforehand) and checked at every later use. Reading the files is left to `boundaries.own`
and `geo.gazetteer`.

Names
-----
``geoboundaries-ISO-ADMx``
    Three-letter code and level, like ``geoboundaries-arm-adm1``: the release that the geoBoundaries API names, with its licence.
``natural-earth-admin1``, ``natural-earth-disputed``, ``natural-earth-disputed-lines``
    Zipped shapefiles at 1:10 million.
``geonames-xx``, ``geonames-xx-names``
    Two-letter code, like ``geonames-am``: every place of a country; their names in other languages.

The environment variable ``MARCHLAND_CACHE`` names another cache folder, ``MARCHLAND_GEOBOUNDARIES_URL``,
``MARCHLAND_NATURAL_EARTH_URL`` and ``MARCHLAND_GEONAMES_URL`` other places to fetch from (a mirror).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import pooch
import requests

from geo.errors import DataError, InputError

BASES = {
    "GEOBOUNDARIES": "https://www.geoboundaries.org/api/current/gbOpen",
    "NATURAL_EARTH": "https://naciscdn.org/naturalearth/10m/cultural",
    "GEONAMES": "https://download.geonames.org/export/dump",
}
NATURAL_EARTH = {
    "natural-earth-admin1": "ne_10m_admin_1_states_provinces.zip",
    "natural-earth-disputed": "ne_10m_admin_0_disputed_areas.zip",
    "natural-earth-disputed-lines": "ne_10m_admin_0_boundary_lines_disputed_area.zip",
}
KNOWN_HASHES = {
    "https://media.githubusercontent.com/media/wmgeolab/geoBoundaries/v6.0.0/releaseData/gbOpen/AZE/ADM1/geoBoundaries-AZE-ADM1.geojson": (
        "f021170f3a9ef66974555265ede713af0fe02508393c75c5fa60173e10d48666"
    ),
}
"""sha256 of what a pinned address is known to hold."""

Answer = TypeVar("Answer")
TIMEOUT_S = 30
ATTEMPTS = 3
CHUNK = 65_536
LFS_POINTER = b"version https://git-lfs"
FORMS = "geoboundaries-ISO-ADMx (like geoboundaries-arm-adm1), geonames-xx, geonames-xx-names, " + ", ".join(NATURAL_EARTH)


@dataclass(frozen=True, slots=True)
class Remote:
    """A dataset that can be fetched: its name, where it is, the file that it becomes, its licence and whom to credit."""

    name: str
    url: str
    file: str
    licence: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """A dataset in the cache: the file, its record, and whether it came over the network just now."""

    path: Path
    remote: Remote
    sha256: str
    downloaded: bool


def cache_folder() -> Path:
    """``MARCHLAND_CACHE``, or the folder that the operating system has for caches."""
    return Path(os.environ.get("MARCHLAND_CACHE") or pooch.os_cache("marchland"))


def _base(which: str) -> str:
    return (os.environ.get(f"MARCHLAND_{which}_URL") or BASES[which]).rstrip("/")


def _looked_at(url: str, path: Path) -> None:
    """Refuse what answers in place of the data: pointers, error pages, broken archives."""
    with path.open("rb") as opened:
        head = opened.read(200).lstrip(b"\xef\xbb\xbf \r\n\t")
    if not head:
        raise DataError(f"{url}: the answer is empty; try again later")
    if head.startswith(LFS_POINTER):
        raise DataError(f"{url}: the answer is a Git-LFS pointer, not the data; use an address on media.githubusercontent.com")
    if head[:1] == b"<":
        raise DataError(f"{url}: the answer is a web page, not the data; look at the address in a browser")
    if url.endswith(".zip"):
        _look_into_zip(url, path)
    elif head[:1] not in (b"{", b"["):
        raise DataError(f"{url}: the answer is not JSON; it starts with {head[:40]!r}")
    else:
        _parsed(url, path.read_bytes())


def _look_into_zip(url: str, path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            broken = archive.testzip()
    except zipfile.BadZipFile as error:
        raise DataError(f"{url}: the answer is not a whole zip archive ({error}); try again") from error
    if broken:
        raise DataError(f"{url}: {broken} in the archive is damaged; try again")


def _parsed(url: str, data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError as error:
        raise DataError(f"{url}: the answer is not whole JSON ({error}); try again") from error


def _append(url: str, out: BinaryIO) -> None:
    """Add what is missing to a file that holds the beginning, or write it anew when the server can't go on from there."""
    begun = out.tell()
    # packed answers can't be gone on with, and tell another length than that of the file
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={begun}-"} if begun else {})
    with requests.get(url, stream=True, timeout=TIMEOUT_S, headers=headers) as response:
        response.raise_for_status()
        if begun and response.status_code != requests.codes.partial_content:
            out.seek(0)
            out.truncate()
        for chunk in response.iter_content(CHUNK):
            out.write(chunk)


def _download(url: str, output_file: str, _: Any) -> None:
    """What pooch calls: bytes to a temporary file, looked at there, so that a refused answer never gets its name.

    Where the connection breaks, it goes on from there, a few times.
    """
    with Path(output_file).open("w+b") as out:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                _append(url, out)
                break
            except requests.exceptions.ChunkedEncodingError:
                if attempt == ATTEMPTS:
                    raise
    _looked_at(url, Path(output_file))


def _plainly(url: str, work: Callable[[], Answer]) -> Answer:
    """Run ``work``; what can go wrong with the network becomes one line."""
    try:
        return work()
    except requests.exceptions.HTTPError as error:
        status = error.response.status_code if error.response is not None else "an error"
        missing = "; there is no such dataset at this source" if status == 404 else ""
        raise DataError(f"{url}: the server answers {status}{missing}") from error
    except requests.exceptions.Timeout as error:
        raise DataError(f"{url}: no answer within {TIMEOUT_S} s; try again later") from error
    except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
        raise DataError(f"{url}: the connection broke before the file was whole; try again") from error
    except requests.exceptions.RequestException as error:
        raise DataError(f"{url}: can't be reached; are you offline? Everything but fetching works without a network") from error
    except OSError as error:
        raise DataError(f"{url}: could not be kept in {cache_folder()} ({error.strerror or error})") from error


def _geoboundaries(name: str, iso: str, level: str) -> Remote:
    """Ask the API for the release of a country's level."""
    url = f"{_base('GEOBOUNDARIES')}/{iso}/{level}/"

    def asked() -> bytes:
        with requests.get(url, timeout=TIMEOUT_S) as answer:
            answer.raise_for_status()
            return answer.content

    told = _parsed(url, _plainly(url, asked))
    address = told.get("gjDownloadURL") if isinstance(told, dict) else None
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        raise DataError(f"{url}: the answer names no file (gjDownloadURL)")
    source, licence = told.get("boundarySource"), told.get("boundaryLicense")
    credit = f"geoBoundaries {iso} {level} (Runfola et al. 2020, PLoS ONE 15(4): e0231866); source: {source or 'not told'}"
    return Remote(name, address, f"geoBoundaries-{iso}-{level}.geojson", str(licence or "not told"), credit)


def remote(name: str) -> Remote:
    """What a name stands for; for geoBoundaries this asks their server.

    Raises
    ------
    InputError
        No source has such a name.
    DataError
        The server can't be reached, or has no such dataset.
    """
    plain = name.lower()
    if plain in NATURAL_EARTH:
        file = NATURAL_EARTH[plain]
        return Remote(plain, f"{_base('NATURAL_EARTH')}/{file}", file, "public domain", "Made with Natural Earth.")
    if found := re.fullmatch(r"geonames-([a-z]{2})(-names)?", plain):
        country, names = found[1].upper(), found[2]
        url = f"{_base('GEONAMES')}/{'alternatenames/' if names else ''}{country}.zip"
        return Remote(plain, url, f"geonames-{country}{names or ''}.zip", "CC BY 4.0", "GeoNames, CC BY 4.0.")
    if found := re.fullmatch(r"geoboundaries-([a-z]{3})-(adm[0-5])", plain):
        return _geoboundaries(plain, found[1].upper(), found[2].upper())
    raise InputError(f"{name!r} is not a dataset that can be fetched; there are {FORMS}")


def _record_of(name: str, folder: Path) -> dict[str, Any]:
    path = folder / f"{name}.record.json"
    if not path.exists():
        return {}
    held = _parsed(str(path), path.read_bytes())
    return held if isinstance(held, dict) else {}


def _write_record(source: Remote, sha256: str, folder: Path) -> None:
    path = folder / f"{source.name}.record.json"
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(source) | {"sha256": sha256}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(path)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def cached(name: str) -> Fetched | None:
    """A dataset that is in the cache, checked against its record; ``None`` when it is not there.

    Raises
    ------
    DataError
        The file is not what was recorded when it was fetched.
    """
    folder = cache_folder()
    record = _record_of(name.lower(), folder)
    if not record or not (folder / record["file"]).exists():
        return None
    path, told = folder / record["file"], record.pop("sha256")
    if (found := _sha256(path)) != told:
        raise DataError(f"{path} has changed since it was fetched (sha256 {found}, recorded {told}); fetch it again with --again")
    return Fetched(path, Remote(**record), told, downloaded=False)


def fetch(name: str, *, again: bool = False) -> Fetched:
    """The dataset of this name, out of the cache or from its source.

    Parameters
    ----------
    name
        As in the module's docstring.
    again
        Fetch it even when it is in the cache, and record what comes.

    Raises
    ------
    InputError
        No source has such a name.
    DataError
        Offline, not found, broken on the way, or not what its checksum says. The cache is as it was before.
    """
    if not again and (held := cached(name)):
        return held
    source, folder = remote(name), cache_folder()
    known = KNOWN_HASHES.get(source.url)
    # under a name of its own, so that a failure leaves what was fetched before
    fresh = f".{source.file}.new"
    (folder / fresh).unlink(missing_ok=True)
    keeper = pooch.create(path=folder, base_url="", registry={fresh: f"sha256:{known}" if known else None}, urls={fresh: source.url})
    pooch.get_logger().setLevel("WARNING")
    try:
        path = Path(_plainly(source.url, lambda: keeper.fetch(fresh, downloader=_download)))
    except DataError:
        raise
    except ValueError as error:
        raise DataError(f"{source.url}: the file is not the one that was expected (its sha256 is not {known})") from error
    final = folder / source.file
    path.replace(final)
    digest = _sha256(final)
    _write_record(source, digest, folder)
    return Fetched(final, source, digest, downloaded=True)

"""The gazetteer of a run: the embedded one, with the files of ``--gazetteer`` put together with it.

Which files are what, and the cache; reading, merging and keeping are done by `geo.gazetteers`, units are told by `boundaries.quick`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

from geo.errors import InputError
from geo.gazetteer import DATA, Gazetteer, Place, embedded_gazetteer
from geo.gazetteers.geonames import NAME_COLUMNS, is_geonames, read_dump, read_names, text_of_zip
from geo.gazetteers.merge import Surroundings, merged, with_units
from geo.gazetteers.own import read_own
from geo.gazetteers.store import digest_of, read_store, write_store

NEAR_BORDER_M = 40_000.0
NEAREST_UNIT_M = 8_000.0
KARABAKH = frozenset(f"az-{name}" for name in (
    "agdam", "fuzuli", "jabrayil", "kalbajar", "khankendi-city", "khojaly", "khojavend", "lachin", "qubadli", "shusha", "shusha-city",
    "tartar", "zangilan",
))  # fmt: skip
"""Units of the former NKAO and the districts around it."""

Say = Callable[[str], None]


def _unsaid(_: str) -> None:
    pass


def cache_folder() -> Path:
    """``MARCHLAND_CACHE``, or the folder that the operating system has for caches."""
    told = os.environ.get("MARCHLAND_CACHE")
    if told:
        return Path(told)
    # imported here: only needed where the variable is not set
    import pooch

    return Path(pooch.os_cache("marchland"))


def gazetteer_for(paths: Sequence[str], *, say: Say = _unsaid) -> Gazetteer:
    """The embedded gazetteer together with the user's files; the embedded one alone when there are none.

    Parameters
    ----------
    paths
        Country dumps and files of alternate names of GeoNames (``.zip`` or ``.txt``, or the name under which they were fetched, like
        ``geonames-am``), own tables and layers, in any order.
    say
        Is told what was noticed in the files.

    Raises
    ------
    InputError
        A file can't be used.
    """
    if not paths:
        return embedded_gazetteer()
    paths = [_fetched(path) for path in paths]
    names = "\0".join(PurePath(path).name for path in paths).encode()
    contents = [_content(path) for path in paths]
    kept = cache_folder() / "gazetteers" / f"{digest_of([(DATA / 'places.tsv').read_bytes(), names, *contents])}.tsv"
    stored = read_store(kept)
    if stored is not None:
        found, notes = stored
    else:
        notes = []
        places = _built(dict(zip(paths, contents, strict=True)), notes.append)
        if not write_store(places, kept, notes=notes):
            say(f"{kept.parent}: cannot be written to, so the gazetteer is built anew each time; name a folder in MARCHLAND_CACHE")
        found = Gazetteer(places)
    for note in notes:
        say(note)
    return found


def _fetched(name: str) -> str:
    """The path of a dataset that was fetched into the cache, for a name like ``geonames-am``; anything else is a path itself."""
    if not re.fullmatch(r"geonames-[a-z]{2}(-names)?", name) or Path(name).exists():
        return name
    # imported here: it brings what talks to the network, which only these names need
    from boundaries.download import cached

    found = cached(name)
    if found is None:
        raise InputError(f"{name}: is not in the cache; fetch it first: marchland boundaries fetch {name}", path=name)
    return str(found.path)


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file", path=path) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})", path=path) from error


def _built(contents: dict[str, bytes], say: Say) -> list[Place]:
    embedded = embedded_gazetteer()
    dumps, names, own_paths = _sorted_out(contents)
    under: list[Place] = []
    for path, text in dumps.items():
        places, notes = read_dump(text, names=names, path=path)
        under += places
        _tell(path, notes, say)
    over: list[Place] = []
    for path in own_paths:
        places, notes = read_own(path)
        surveyed, more = with_units(places, survey, embedded)
        over += surveyed
        _tell(path, [*notes, *more], say)
    if names and not dumps:
        raise InputError("alternate names of GeoNames need the country's dump beside them; give both with --gazetteer")
    return merged(embedded, under=with_units(_distinct(under), survey, embedded)[0], over=over)


def _sorted_out(contents: dict[str, bytes]) -> tuple[dict[str, str], dict[str, list[str]], list[str]]:
    """Texts of dumps by path, alternate names by the number of their place, and the paths of own files."""
    dumps: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    own: list[str] = []
    for path, content in contents.items():
        suffix = PurePath(path).suffix.lower()
        text = text_of_zip(content, path=path) if suffix == ".zip" else content.decode("utf-8", "replace") if suffix == ".txt" else ""
        if not is_geonames(text):
            own.append(path)
        elif len(text.partition("\n")[0].split("\t")) in NAME_COLUMNS:
            for number, more in read_names(text).items():
                names.setdefault(number, []).extend(more)
        else:
            dumps[path] = text
    return dumps, names, own


def _distinct(places: list[Place]) -> list[Place]:
    return list({place.place_id: place for place in places}.values())


def _tell(path: str, notes: Sequence[str], say: Say) -> None:
    for note in notes:
        say(f"{path}: {note}")


def survey(places: Sequence[Place]) -> list[Surroundings]:
    """What the embedded boundaries tell of places."""
    from boundaries.quick import border_distances_m, units_near

    lon, lat = [place.lon for place in places], [place.lat for place in places]
    near = units_near(lon, lat, [max(place.radius_m, NEAREST_UNIT_M) for place in places])
    touched = units_near(lon, lat, [place.radius_m for place in places])
    found = []
    for place, within, wider, away in zip(places, touched, near, border_distances_m(lon, lat), strict=True):
        of_country = [unit for unit in within if unit.country == (place.country or unit.country)]
        nearest = [unit for unit in wider if unit.country == (place.country or unit.country)][:1]
        units = tuple((unit.unit_id, unit.name, unit.country) for unit in of_country or nearest)
        # without a stated country a point near the border must not fall to the one that its radius only touches
        told = units if place.country or not within else tuple(u for u in units if u[2] == within[0].country)
        found.append(Surroundings(told, bool(away <= NEAR_BORDER_M) or bool(told and told[0][0] in KARABAKH)))
    return found

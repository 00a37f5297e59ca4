"""Which columns of a downloaded boundary file hold the name, code, country, kind and validity: the one table of them.

Used by `boundaries.own`, which reads the files; adding another publisher is adding a row here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.errors import InputError


@dataclass(frozen=True, slots=True)
class Publisher:
    """How one publisher names its columns; compared without regard to case.

    Attributes
    ----------
    title
        Of the publisher.
    names, codes, countries, kinds
        Columns in the order in which they are preferred; the finest level comes first.
    accuracy_m
        Metres by which its edges may be off, measured or judged for the border that is embedded.
    """

    title: str
    names: tuple[str, ...]
    codes: tuple[str, ...]
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    accuracy_m: float = 1000.0


def _levels(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.format(level) for level in (5, 4, 3, 2, 1, 0))


PUBLISHERS = (
    Publisher("geoBoundaries", ("shapeName",), ("shapeISO", "shapeID"), ("shapeGroup",), ("shapeType",)),
    Publisher("GADM", _levels("NAME_{}"), ("ISO_1", *_levels("HASC_{}"), *_levels("GID_{}")), ("GID_0", "COUNTRY"), _levels("ENGTYPE_{}")),
    Publisher("COD-AB", _levels("ADM{}_EN"), _levels("ADM{}_PCODE"), ("ADM0_PCODE",)),
    Publisher("COD-AB", _levels("adm{}_name"), _levels("adm{}_pcode"), ("iso2", "adm0_pcode")),
    Publisher("COD-AB", _levels("admin{}Name_en"), _levels("admin{}Pcode"), ("admin0Pcode",)),
    Publisher("Natural Earth", ("name", "name_en"), ("iso_3166_2", "adm1_code"), ("iso_a2", "adm0_a3"), ("type_en",), 5000.0),
    Publisher("Natural Earth", ("NAME", "ADMIN"), ("ISO_A2", "ADM0_A3"), ("ISO_A2", "ADM0_A3"), (), 5000.0),
    Publisher("Who's On First", ("wof:name",), ("wof:id",), ("wof:country",), ("wof:placetype",)),
    Publisher("OpenStreetMap", ("name:en", "int_name", "name"), ("ISO3166-2", "ISO3166-1"), (), ("boundary",)),
    Publisher("", ("name", "name_en", "nam_en", "title", "adm2", "adm1", "unit"), ("id", "code", "pcode"), ("country",), ("kind", "type")),
)
"""In the order in which they are tried; all of a publisher's own columns must be telling, so the plain words come last."""

VALIDITY = {"start": ("start", "valid_from", "validOn"), "end": ("end", "valid_to", "validTo")}
ISO2 = {
    "AFG": "AF", "ARM": "AM", "AZE": "AZ", "BLR": "BY", "GEO": "GE", "IRN": "IR", "IRQ": "IQ", "KAZ": "KZ", "KGZ": "KG", "MDA": "MD",
    "RUS": "RU", "SYR": "SY", "TJK": "TJ", "TKM": "TM", "TUR": "TR", "UKR": "UA", "UZB": "UZ",
}  # fmt: skip
"""Two-letter codes where publishers write three; codes that are not here stay as they are written."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one file, as it spells them; ``None`` when it has none."""

    publisher: Publisher
    name: str
    code: str | None
    country: str | None
    kind: str | None


def _first(wanted: Iterable[str], have: dict[str, str]) -> str | None:
    return next((have[name.lower()] for name in wanted if name.lower() in have), None)


def recognised(columns: Iterable[str], *, name_column: str | None, path: str) -> Columns:
    """The columns of a file by the table `PUBLISHERS`, or with the name that the user gives.

    Raises
    ------
    InputError
        ``name_column`` is not in the file, or no column is known to hold names; the message lists those that are there.
    """
    present = list(columns)
    have = {column.lower(): column for column in present}
    listed = ", ".join(present) or "none"
    if name_column is not None and name_column not in present:
        raise InputError(f"{path}: there is no column {name_column!r}; it has {listed}", path=path)
    for publisher in PUBLISHERS:
        name, code = _first(publisher.names, have), _first(publisher.codes, have)
        # the plain publisher needs no code, the others are known by both
        if name and (code or not publisher.title):
            others = (_first(wanted, have) for wanted in (publisher.countries, publisher.kinds))
            return Columns(publisher, name_column or name, code, *others)
    if name_column is None:
        raise InputError(f"{path}: no column is known to hold the units' names; it has {listed}; name one with --name-column", path=path)
    return Columns(PUBLISHERS[-1], name_column, _first(("id", "code", "pcode"), have), _first(("country",), have), None)

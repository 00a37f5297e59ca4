"""What columns and event types are called in other people's tables.

Only words; what is done with them is in `geo.read.table`.
"""

from __future__ import annotations

import re

COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "номер", "event_id", "incident_id", "record_id", "uid"),
    "title": (
        "title",
        "заголовок",
        "событие",
        "название",
        "վերնագիր",
        "başlıq",
        "titre",
        "headline",
        "name",
        "event",
        "incident",
        "what",
        "summary",
    ),
    "description": ("description", "desc", "описание", "детали", "նկարագրություն", "təsvir", "details", "text", "notes_public"),
    "event_type": ("event_type", "type", "тип", "տեսակ", "növ", "category", "kind", "incident_type"),
    "start": (
        "date_start",
        "start",
        "start_date",
        "date",
        "дата",
        "дата_начала",
        "ամսաթիվ",
        "tarix",
        "jour",
        "event_date",
        "day",
        "when",
        "from",
        "first_day",
        "begin",
        "timestamp",
        "year",
    ),
    "end": ("date_end", "end", "end_date", "дата_окончания", "to", "until", "last_day"),
    "date_precision": ("date_precision", "time_precision"),
    "place_text": (
        "place_text",
        "place",
        "location_where_name",
        "место",
        "населенный_пункт",
        "վայր",
        "yer",
        "lieu",
        "place_name",
        "location",
        "location_name",
        "where",
        "locality",
        "settlement",
        "site",
    ),
    "place_id": ("place_id", "gazetteer_id"),
    "country": ("country", "location_root_name", "страна", "երկիր", "ölkə", "pays", "country_code", "country_name"),
    "adm1": (
        "adm1",
        "location_adm1_name",
        "область",
        "район",
        "մարզ",
        "rayon_adı",
        "admin1",
        "province",
        "region",
        "district",
        "marz",
        "rayon",
        "adm1_name",
    ),
    "lat": ("lat", "latitude", "широта", "լայնություն", "enlik", "y", "lat_wgs84"),
    "lon": ("lon", "lng", "long", "longitude", "долгота", "երկայնություն", "uzunluq", "x", "lon_wgs84"),
    "latlon": ("coordinates", "coords", "lat_lon", "latlon", "latitude_longitude", "estimated_coordinates", "координаты"),
    "radius_m": ("radius_m", "uncertainty_m", "accuracy_m", "coordinateuncertaintyinmeters"),
    "actors": ("actors", "actor", "parties", "forces"),
    "reported_by": ("reported_by", "claimed_by", "according_to", "says", "asserted_by"),
    "denied_by": ("denied_by", "rejected_by"),
    "other_version": ("other_version", "other_account"),
    "strength": ("strength", "troops", "number_of_troops", "personnel"),
    "strength_low": ("strength_low", "strength_min"),
    "strength_high": ("strength_high", "strength_max"),
    "killed": ("killed", "dead", "deaths", "fatalities"),
    "killed_low": ("killed_low", "killed_min", "deaths_low"),
    "killed_high": ("killed_high", "killed_max", "deaths_high"),
    "wounded": ("wounded", "injured", "injuries"),
    "wounded_low": ("wounded_low", "wounded_min", "injured_low"),
    "wounded_high": ("wounded_high", "wounded_max", "injured_high"),
    "captured": ("captured", "detained", "prisoners"),
    "captured_low": ("captured_low", "captured_min"),
    "captured_high": ("captured_high", "captured_max"),
    "sources": ("source", "источник", "աղբյուր", "mənbə", "sources", "publisher", "outlet"),
    "url": ("url", "ссылка", "link", "source_url", "source_link"),
}
"""Meaning of a column to the names it goes by, best first; compared after `column_key`."""

KNOWN_KEYS = frozenset(name for names in COLUMN_NAMES.values() for name in names) | {"event_id_cnty", "geo_precision", "where_prec"}
"""Every name by which a column of incidents goes."""

AGGREGATE_KEYS = tuple(frozenset({"month", "year", counted}) for counted in ("events", "fatalities", "event_count"))
"""Names that together say that a row counts the incidents of a unit and month."""

EVENT_WORDS: dict[str, str] = {
    "armed_clash": "firefight",
    "attack_on_peacekeepers": "firefight",
    "battle": "firefight",
    "capture": "detention",
    "clash": "firefight",
    "drone_or_artillery": "shelling",
    "exchange_of_fire": "firefight",
    "grenade_attack": "firefight",
    "mine": "mine_blast",
    "offensive": "firefight",
    "offensive_total": "casualties_report",
    "road_closing": "road_closure",
    "shooting": "firefight",
    "small_arms_fire": "firefight",
    "sniper": "firefight",
    "troop_movement": "advance",
    "troops": "troop_presence",
}
"""Other words for the event types of `geo.schema.EVENT_TYPES`; a coarser type keeps the word itself in ``event_text``."""


def column_key(name: str) -> str:
    """The form under which column names are compared: lower case, runs of anything else than letters and digits as ``_``."""
    return re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_")

import json
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import Point

from geo.claims import Actor, Claim
from geo.errors import InputError
from geo.gazetteer import embedded_gazetteer
from geo.read.exports import is_own_export, read_export
from geo.schema import EVENT_TYPES, PUBLIC_COLUMNS, Counts, incident_table
from maps.export.geojson import geojson_text
from maps.provenance import Provenance

PROVENANCE = Provenance("0", "neutral", None, Counts(0, 0, 0, 0, 0), (), "", ())
TEXT = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
COUNT = st.one_of(st.none(), st.integers(min_value=0, max_value=10**6))
SIDE = st.sampled_from(["AM", "AZ", None])

rows = st.fixed_dictionaries(
    {
        "title": TEXT,
        "event_type": st.sampled_from(EVENT_TYPES),
        "start": st.one_of(st.none(), st.dates(min_value=date(1990, 1, 1))),
        "place_text": TEXT,
        "killed_low": COUNT,
        "draft": st.booleans(),
        "actors": st.lists(st.builds(Actor, name=st.text(max_size=9), side=SIDE), max_size=2).map(tuple),
        "claims": st.lists(
            st.builds(Claim, by=st.text(max_size=9), side=SIDE, stance=st.sampled_from(["asserts", "denies"])), max_size=2
        ).map(tuple),
        "zones": st.lists(st.sampled_from(["nkao_former", "own"]), max_size=2).map(tuple),
        "at": st.one_of(st.none(), st.tuples(st.integers(-180, 180), st.integers(-90, 90))),
    }
)


def table_of(made: list[dict[str, object]]) -> gpd.GeoDataFrame:
    columns = {name: [row[name] for row in made] for name in made[0] if name != "at"}
    columns["id"] = [f"i{n}" for n in range(len(made))]
    columns["location_kind"] = ["point" if row["at"] else "unknown" for row in made]
    columns["source_file"] = ["before.csv"] * len(made)
    return incident_table(columns, geometry=[Point(row["at"]) if row["at"] else None for row in made])  # type: ignore[arg-type]


def again(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    content = geojson_text(incidents, provenance=PROVENANCE).encode()
    assert is_own_export(content)
    return read_export(content, path="incidents.geojson", gazetteer=embedded_gazetteer()).incidents


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(rows, min_size=1, max_size=4))
def test_an_export_read_back_is_the_same_incidents(made: list[dict[str, object]]) -> None:
    before = table_of(made)
    after = again(before)
    public = [*PUBLIC_COLUMNS, "geometry"]
    pd.testing.assert_frame_equal(pd.DataFrame(after[public]), pd.DataFrame(before[public]))


def test_what_was_answered_before_the_export_is_kept() -> None:
    before = table_of([{"title": "a", "event_type": "other", "start": None, "place_text": None, "killed_low": None, "draft": False,
                        "actors": (), "claims": (), "zones": ("own",), "at": (46, 39)}])  # fmt: skip
    assert again(before).assigned.all()


def test_other_geojson_is_not_taken_for_an_export() -> None:
    assert not is_own_export(json.dumps({"type": "FeatureCollection", "features": []}).encode())


def test_a_cut_export_is_refused(tmp_path: Path) -> None:
    content = geojson_text(incident_table({"id": ["a"]}, geometry=[Point(46, 39)]), provenance=PROVENANCE).encode()
    with pytest.raises(InputError, match="not a whole export"):
        read_export(content[:-200], path="cut.geojson", gazetteer=embedded_gazetteer())

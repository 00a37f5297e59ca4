"""Any bytes under any suffix: an input error in words or a dossier whose rows add up, never anything else.

``MARCHLAND_FUZZ_EXAMPLES=100000 pytest tests/test_geo_read_fuzz.py`` runs it for long.
"""

import io
import json
import os
import tempfile
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.gazetteer import embedded_gazetteer
from geo.read.inputs import read_inputs

EXAMPLES = int(os.environ.get("MARCHLAND_FUZZ_EXAMPLES", "40"))
LONG = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "0", "-1", "1e999", "nan", "39.5", "46,3", "39°30'", "2021-05-12", "31/02/2021", "2021-05-14/2021-05-12",
                     "Goris", "near Tegh", "=1+1",
                     "several", "5-7", '"', "\x00", "\ufeff", "\u2028", "1" * 400, "2021-XX-XX", "Armenia", "99999-01-01", "0000"]),
)  # fmt: skip
headers = st.sampled_from(
    ["id", "date", "start", "end", "place", "lat", "lon", "coordinates", "killed", "killed_low", "event_type", "country", "adm1", "actors",
     "reported_by", "denied_by", "date_precision", "radius_m", "", "id", "#date", "event_id_cnty", "event_date", "time_precision",
     "geo_precision", "where_prec", "date_prec",
     "type_of_violence", "best", "geonameid", "adm1_name", "event_id_1pd", "month", "year", "events"]
)  # fmt: skip
delimiters = st.sampled_from([",", ";", "\t", "|"])
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1251", "latin-1"])


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    delimiter, quoted = draw(delimiters), draw(st.booleans())
    header = draw(st.lists(headers, min_size=1, max_size=8))
    rows = draw(st.lists(st.lists(cells, max_size=10), max_size=6))
    lines = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' if quoted else cell for cell in row] for row in (header, *rows)]
    return draw(st.sampled_from(["\n", "\r\n"])).join(delimiter.join(line) for line in lines).encode(draw(encodings), "replace")


positions = st.lists(st.one_of(st.floats(), st.integers(-200, 200), st.none(), st.text(max_size=3)), max_size=4)
geometries = st.one_of(
    st.none(),
    st.fixed_dictionaries({"type": st.sampled_from(["Point", "LineString", "Polygon", "Circle", ""]), "coordinates": positions}),
    st.fixed_dictionaries({"type": st.just("Polygon"), "coordinates": st.lists(st.lists(positions, max_size=5), max_size=2)}),
)
features = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Feature", "feature"]),
        "geometry": geometries,
        "properties": st.one_of(st.none(), st.dictionaries(headers, cells, max_size=4)),
    }
)
collections = st.fixed_dictionaries(
    {"type": st.sampled_from(["FeatureCollection", "Feature"]), "features": st.lists(features, max_size=4)},
    optional={"marchland": st.dictionaries(st.text(max_size=4), cells, max_size=2), "crs": cells},
)


def archive_of(content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("doc.kml", content)
        file.writestr("xl/workbook.xml", content)
    return held.getvalue()


def check(suffix: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"input{suffix}"
        path.write_bytes(content)
        try:
            dossier = read_inputs([str(path)], gazetteer=embedded_gazetteer())
        except InputError as error:
            said = str(error)
            dossier = None
    if dossier is None:
        assert path.name in said
        return
    counts = dossier.counts()
    assert counts.rows_in == counts.mapped + counts.unlocated + counts.held_back + counts.rejected
    assert sum(file.rows_in for file in dossier.files) == counts.rows_in
    assert dossier.incidents.id.is_unique


@LONG
@given(tables(), st.sampled_from([".csv", ".tsv"]))
def test_tables(content: bytes, suffix: str) -> None:
    check(suffix, content)


@LONG
@given(collections)
def test_geojson(collection: dict[str, object]) -> None:
    check(".geojson", json.dumps(collection).encode())


@LONG
@given(
    st.binary(max_size=400),
    st.sampled_from([".csv", ".xlsx", ".geojson", ".gpkg", ".kml", ".kmz", ".gpx", ".zip", ".parquet", ".fgb", ".txt"]),
)
def test_bytes(content: bytes, suffix: str) -> None:
    check(suffix, content)


@LONG
@given(tables(), st.sampled_from([".xlsx", ".kmz", ".zip", ".kml", ".gpx"]))
def test_archives_and_xml(content: bytes, suffix: str) -> None:
    check(suffix, archive_of(content) if suffix in (".xlsx", ".kmz", ".zip") else b"<kml><Document>" + content + b"</Document></kml>")

"""Text that tries to be something else than text, and incidents that carry it in every field."""

from __future__ import annotations

import geopandas as gpd
from shapely import Point, Polygon

from geo.claims import Actor, Claim, ZoneFact
from geo.schema import COLUMNS, Dossier, InputFile, incident_table

MARK = "window.pwned=1"

HOSTILE: tuple[str, ...] = (
    f"<img src=x onerror={MARK}>",
    f"<svg onload={MARK}>",
    f"<iframe srcdoc='<script>parent.{MARK}</script>'></iframe>",
    f"</script><script>{MARK}</script>",
    f"<!--<script>{MARK}",
    "<!--<script>",
    "-->",
    f"</title><script>{MARK}</script>",
    f"</style><script>{MARK}</script>",
    f"</textarea><img src=x onerror={MARK}>",
    f"${{{MARK}}}",
    "Losses put at ${5 million} by MoD",
    f"`+({MARK})+`",
    f"'-({MARK})-'",
    f'"-({MARK})-"',
    f'";{MARK};//',
    "{{ 7 * 191 }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% for x in range(3) %}x{% endfor %}",
    "{% raw %}",
    "{# never closed",
    "{{{{",
    "C:\\2020\\x \\u003cb\\u003e \\",
    "line\u2028separator\u2029paragraph",
    "\u202eright to left\u202c \u200f\u061c",
    "__proto__",
    "constructor",
    f"javascript:{MARK}",
    f"&lt;img src=x onerror={MARK}&gt; &amp;amp;",
    "]]> <![CDATA[ x ]]>",
    "Գորիս Qarabağ 🗺 \x00\x07\ud800",
    "a" * 400,
)


def shown(text: str) -> str:
    """The text as a page can show it: half a surrogate pair is no character."""
    return text.encode("utf-8", "replace").decode("utf-8")


def hostile_dossier() -> Dossier:
    """One incident for each hostile text, which stands in every field that can hold one."""
    size = len(HOSTILE)
    columns: dict[str, list[object]] = {c.name: list(HOSTILE) for c in COLUMNS if c.type == "text"}
    columns |= {"id": [f"{i} {text}" for i, text in enumerate(HOSTILE)]}
    columns |= {"radius_m": [2_000.0] * size, "draft": [True] * size, "start": ["2021-05-12"] * size, "end": ["2021-05-12"] * size}
    columns["actors"] = [(Actor(t, t, t),) for t in HOSTILE]
    columns["claims"] = [(Claim(t, t, "asserts", t, t, t, t), Claim(t, None, t, t, t, None, t)) for t in HOSTILE]
    columns["sources"] = [(t,) for t in HOSTILE]
    columns["zones"] = [(t,) for t in HOSTILE]
    columns["adm1_shares"] = [({"unit": t, "code": t, "share": 0.5},) for t in HOSTILE]
    columns["outline"] = [()] * size
    columns["evidence"] = [()] * size
    spots = [Point(46 + (i % 8) * 0.1, 39.2 + i // 8 * 0.1) for i in range(size)]
    shapes = [spot if i % 2 == 0 else Polygon(spot.buffer(0.02).exterior.coords) for i, spot in enumerate(spots)]
    shapes[-2:] = [None, None]
    return Dossier(
        incident_table(columns, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326")),
        zone_facts=tuple(ZoneFact("peacekeeping_zone", t, 1, 2, t, t, "2021-05-12", t, source_file=t) for t in HOSTILE),
        files=tuple(InputFile("x", t, "table", "utf-8", 1, sha256=t) for t in HOSTILE),
    )

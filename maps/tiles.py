"""An online base map for a page that may use the network: off unless asked for, credited, never without the embedded one below.

Addresses and credits come from xyzservices; only services without a key. What such a map names and draws is not reviewed, and the
page says so. The policy of the page (`maps.page`) allows pictures from these hosts and from no other.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

import xyzservices.providers
from branca.element import MacroElement
from folium.template import Template

from geo.errors import InputError
from maps.payload import data_block

EXAMPLES = "OpenStreetMap.Mapnik, OpenTopoMap, Esri.WorldShadedRelief"


@dataclass(frozen=True, slots=True)
class TileSource:
    """A tile service.

    Attributes
    ----------
    name
        As xyzservices calls it.
    url
        Address with ``{z}``, ``{x}``, ``{y}`` and perhaps ``{s}``.
    subdomains
        Letters for ``{s}``; empty when there is none.
    attribution
        Whom to credit, as plain text.
    max_zoom
        Deepest zoom that the service has.
    """

    name: str
    url: str
    subdomains: str
    attribution: str
    max_zoom: int

    def hosts(self) -> tuple[str, ...]:
        """Origins from which the tiles come."""
        names = [self.url.replace("{s}", letter) for letter in self.subdomains] or [self.url]
        return tuple(f"https://{urlsplit(name).netloc}" for name in names)


def tile_source(name: str) -> TileSource:
    """The service of this name.

    Raises
    ------
    InputError
        There is none, it needs a key, or it is not reached by https.
    """
    try:
        found = xyzservices.providers.query_name(name)
    except ValueError as error:
        raise InputError(f"{name!r} is no tile service that xyzservices knows; for example {EXAMPLES}") from error
    if found.requires_token():
        raise InputError(f"{found.name} needs a key, which a page would give away to every reader; take one without, like {EXAMPLES}")
    url = found.build_url(fill_subdomain=False)
    if not url.startswith("https://"):
        raise InputError(f"{found.name} is not reached by https; take another one, like {EXAMPLES}")
    letters = str(found.get("subdomains", "abc")) if "{s}" in url else ""
    return TileSource(found.name, url, letters, found.attribution.replace("(C)", "©"), int(found.get("max_zoom", 18)))


class OnlineTiles(MacroElement):
    """A base map from the network, over the embedded one, which stays when the network does not answer.

    Parameters
    ----------
    source
        As `tile_source` gives it.

    Examples
    --------
    >>> import folium
    >>> OnlineTiles(tile_source("OpenTopoMap")).add_to(folium.Map(tiles=None)).source.name
    'OpenTopoMap'
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            marchlandParts.onlineTiles({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, source: TileSource) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "OnlineTiles"
        self.source = source

    def render(self, **kwargs: Any) -> Any:
        """As folium does, with the service put into the data block."""
        data_block(self.get_root()).parts["tiles"] = asdict(self.source)
        super().render(**kwargs)  # type: ignore[no-untyped-call]

"""Incidents as a folium layer that works on any folium map: in a notebook, in ``map.save()``, in the standalone page.

The layer gives folium nothing but its own name: the incidents are in the data block (see `maps.payload`), and the page's JavaScript
draws them. Boundaries and zones are in `maps.overlays`, legend and other panels in `maps.panels`.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from geo.schema import Dossier
from maps.assets import own_script, own_style
from maps.incidents import incident_payload
from maps.payload import Raw, data_block
from maps.theme import page_theme


def add_own_assets(figure: Any) -> None:
    """Put marchland's script and style into the head of a figure, once."""
    figure.header.add_child(Raw(f"<style>{own_style()}</style>"), name="marchland_css")
    figure.header.add_child(Raw(f"<script>{own_script()}</script>"), name="marchland_js")
    data_block(figure).parts["theme"] = page_theme()


class IncidentLayer(JSCSSMixin, Layer):
    """Incidents, each drawn as exactly as its evidence allows.

    Parameters
    ----------
    incidents
        Table with the columns of `geo.schema`, or a dossier around it.
    show
        Whether the layer is on when the map opens.

    Examples
    --------
    >>> import folium
    >>> from geo.schema import incident_table
    >>> layer = IncidentLayer(incident_table({"id": ["a"], "event_type": ["shelling"]})).add_to(folium.Map(tiles=None))
    >>> len(layer.payload["records"])
    1
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = marchlandParts.incidentLayer({{ this._parent.get_name() }}, {{ this.get_name()|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, incidents: gpd.GeoDataFrame | Dossier, *, show: bool = True) -> None:
        super().__init__(name="Incidents", overlay=True, control=False, show=show)
        self._name = "IncidentLayer"
        self.payload: dict[str, Any] = incident_payload(incidents.incidents if isinstance(incidents, Dossier) else incidents)

    def render(self, **kwargs: Any) -> Any:
        """As folium does, with the incidents put into the data block."""
        figure = self.get_root()
        add_own_assets(figure)
        data_block(figure).parts.setdefault("incidents", {})[self.get_name()] = self.payload
        super().render(**kwargs)  # type: ignore[no-untyped-call]

"""What stands around the map: legend, time, filter, table, list of the unlocated, title and sources. All are folium elements.

The legend is the layer control: each entry is a checkbox with the symbol as drawn and a count. The panels hold no text of their own
from the data: `PageFacts` puts that into the data block, and the page's JavaScript makes text of it.
"""

from __future__ import annotations

from typing import Any

from branca.element import MacroElement
from folium.template import Template

from geo.schema import PUBLIC_COLUMNS
from maps.kinds import GROUPS
from maps.languages import interface_texts
from maps.layers import add_own_assets
from maps.payload import data_block


class Panel(MacroElement):
    """A part of the page beside the map; subclasses say which.

    Examples
    --------
    >>> import folium
    >>> Legend().add_to(folium.Map(tiles=None)).part
    'legend'
    """

    part = ""
    """Name of the panel in the page's JavaScript."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            marchlandParts.panel({{ this._parent.get_name() }}, {{ this.part|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Panel"

    def render(self, **kwargs: Any) -> Any:
        """As folium does, with marchland's script and style in the head."""
        figure = self.get_root()
        add_own_assets(figure)
        data_block(figure).parts["groups"] = list(GROUPS)
        super().render(**kwargs)  # type: ignore[no-untyped-call]


class Legend(Panel):
    """Layer control and legend in one: a checkbox, the symbol as drawn and the count of each layer.

    Examples
    --------
    >>> import folium
    >>> Legend().add_to(folium.Map(tiles=None)).part
    'legend'
    """

    part = "legend"


class UnlocatedList(Panel):
    """Incidents that could not be placed, with the reason of each.

    Examples
    --------
    >>> import folium
    >>> UnlocatedList().add_to(folium.Map(tiles=None)).part
    'unlocated'
    """

    part = "unlocated"


class TimeFilter(Panel):
    """The period of which incidents, zones and lines are shown: a histogram with two handles, steps and play.

    Examples
    --------
    >>> import folium
    >>> TimeFilter().add_to(folium.Map(tiles=None)).part
    'time'
    """

    part = "time"


class IncidentFilter(Panel):
    """Words and choices that narrow the incidents on the map and in the table.

    Examples
    --------
    >>> import folium
    >>> IncidentFilter().add_to(folium.Map(tiles=None)).part
    'filter'
    """

    part = "filter"


class IncidentTable(Panel):
    """The incidents shown as a table that sorts, follows the map and saves its rows as CSV or GeoJSON.

    Examples
    --------
    >>> import folium
    >>> IncidentTable().add_to(folium.Map(tiles=None)).part
    'table'
    """

    part = "table"

    def render(self, **kwargs: Any) -> Any:
        """As folium does, with the names of the columns put into the data block."""
        data_block(self.get_root()).parts["columns"] = list(PUBLIC_COLUMNS)
        super().render(**kwargs)


class PageFacts(Panel):
    """Title, disclaimer, sources and facts about the build.

    Parameters
    ----------
    title
        Heading of the page; any text.
    facts
        As `maps.provenance.Provenance.as_dict`.
    labels
        As `maps.labels.label_payload`.
    lang
        Language of the page's own texts, one of `maps.languages.LANGUAGES`.
    """

    part = "facts"

    def __init__(self, title: str, *, facts: dict[str, Any], labels: list[dict[str, Any]] | None = None, lang: str = "en") -> None:
        super().__init__()
        self._name = "PageFacts"
        self.title = title
        self.facts = facts
        self.labels = labels or []
        self.lang = lang

    def render(self, **kwargs: Any) -> Any:
        """As folium does, with the texts put into the data block."""
        parts = data_block(self.get_root()).parts
        parts["page"] = {"title": self.title, "facts": self.facts, "labels": self.labels}
        if self.lang != "en":
            parts["words"] = {"lang": self.lang, "texts": interface_texts(self.lang)}
        super().render(**kwargs)

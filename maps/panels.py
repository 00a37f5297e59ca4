"""What stands around the map: legend, list of the unlocated, time filter, title and sources. All are folium elements.

The legend is the layer control: each entry is a checkbox with the symbol as drawn and a count. The panels hold no text of their own
from the data: `PageFacts` puts that into the data block, and the page's JavaScript makes text of it.
"""

from __future__ import annotations

from typing import Any

from branca.element import MacroElement
from folium.template import Template

from maps.kinds import GROUPS
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
    """Layer control and legend in one: a checkbox, the symbol as drawn and the count of each layer."""

    part = "legend"


class UnlocatedList(Panel):
    """Incidents that could not be placed, with the reason of each."""

    part = "unlocated"


class TimeFilter(Panel):
    """Two dates between which incidents, zones and lines are shown."""

    part = "time"


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
    """

    part = "facts"

    def __init__(self, title: str, *, facts: dict[str, Any], labels: list[dict[str, Any]] | None = None) -> None:
        super().__init__()
        self._name = "PageFacts"
        self.title = title
        self.facts = facts
        self.labels = labels or []

    def render(self, **kwargs: Any) -> Any:
        """As folium does, with the texts put into the data block."""
        data_block(self.get_root()).parts["page"] = {"title": self.title, "facts": self.facts, "labels": self.labels}
        super().render(**kwargs)

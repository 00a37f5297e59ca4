"""Text from outside on its way to the page: inert JSON, never HTML, JavaScript or a template.

folium and branca compile nearly every string that they are given as a Jinja template, and often a second time what they rendered
from it. So nothing of the user's data is given to them: it goes into one block of JSON, escaped so that no parser on the way can
read it as something else, inside an element that renders to its own text. The page's JavaScript parses the block and makes text
nodes of it. This module owns that; what is in the block is decided by those who put it there.
"""

from __future__ import annotations

import json
import re
from typing import Any, cast

from branca.element import Element

BLOCK_ID = "marchland-data"

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPECIAL = re.compile("[<>&\u2028\u2029]|\\{(?=[{%#])")


def escaped_json(value: Any) -> str:
    """JSON that no HTML, JavaScript or Jinja parser can mistake for its own; reads back as the same value.

    Examples
    --------
    >>> escaped_json({"a": "</script>{{ 1 }}"})
    '{"a":"\\\\u003c/script\\\\u003e\\\\u007b{ 1 }}"}'
    """
    text = json.dumps(well_formed(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _SPECIAL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def well_formed(value: Any) -> Any:
    """The value with what no page can hold replaced, in every text of it: half of a surrogate pair cannot be written as UTF-8."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8") if _SURROGATE.search(value) else value
    if isinstance(value, dict):
        return {well_formed(key): well_formed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [well_formed(item) for item in value]
    return value


class Raw(Element):
    """An element that is its own text: nothing in it is compiled or filled in.

    Parameters
    ----------
    text
        HTML of our own making.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "Raw"
        self.text = text

    def render(self, **kwargs: Any) -> str:
        """The text as it is."""
        return self.text


class DataBlock(Element):
    """The one block of data of a page, filled by the layers and panels while the map is rendered."""

    def __init__(self) -> None:
        super().__init__()
        self._name = "DataBlock"
        self.parts: dict[str, Any] = {}

    def render(self, **kwargs: Any) -> str:
        """A script element of a type that browsers do not run."""
        return f'<script type="application/json" id="{BLOCK_ID}">{escaped_json(self.parts)}</script>'


def data_block(figure: Any) -> DataBlock:
    """The block of this branca figure; made when there is none."""
    held = figure.html._children.get(BLOCK_ID)
    if held is None:
        held = DataBlock()
        figure.html.add_child(held, name=BLOCK_ID)
    return cast(DataBlock, held)

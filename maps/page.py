"""The standalone page: a folium map as one HTML file that needs no network and runs nothing but its own scripts.

Each element of the map is rendered once. What branca made of it is taken as it stands and not rendered a second time, because that
would run the text in it as a template. Links to scripts and styles become their text (`maps.assets`). A Content-Security-Policy
names every script by its hash, so that anything that came in with data could not run even if a browser took it for a script.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import folium
from branca.element import CssLink, Element, JavascriptLink, Link

from geo.errors import InputError
from geo.version import tool_version
from maps.assets import asset_text
from maps.languages import armenian_style, has_armenian
from maps.output import write_text
from maps.panels import PageFacts
from maps.tiles import OnlineTiles

_BLOCK = re.compile(r"<(script|style)\b[^>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_META = re.compile(r"<meta\b[^>]*>", re.IGNORECASE)
_REMOTE = re.compile(r"url\((?!\s*['\"]?\s*(?:data:|#))[^)]*\)", re.IGNORECASE)

# linked by every folium map, needed only for what is looked for in its script
NEEDED_FOR: tuple[tuple[str, str], ...] = (
    ("leaflet.awesome-markers", r"AwesomeMarkers"),
    ("fontawesome", r"AwesomeMarkers"),
    ("bootstrap-glyphicons", r"AwesomeMarkers"),
    ("leaflet.awesome.rotate", r"AwesomeMarkers"),
    ("jquery-3", r"\$\(|\$\.|jQuery"),
    ("jquery/", r"\$\(|\$\.|jQuery"),
    ("bootstrap@", r"bootstrap\."),
)

# elements whose markup has no style attributes; with others the page must allow these
_STYLED = ("Popup", "Tooltip", "GeoJsonPopup", "GeoJsonTooltip", "Html", "DivIcon", "Icon")


@dataclass(slots=True)
class _Parts:
    """Pieces of a page: texts of scripts and styles, markup for the body, and the random ids that branca gave."""

    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


def page_html(drawn: folium.Map, *, lang: str | None = None) -> str:
    """The map as one HTML document; the same map built twice gives the same bytes.

    Parameters
    ----------
    drawn
        A map made by `maps.build.build_map`, or any folium map whose parts are among the embedded assets.
    lang
        Language that the page says it is in; ``None`` for that of its own texts.

    Raises
    ------
    DataError
        The map needs a script or style that is not embedded.
    InputError
        A part of the map was given text that folium would run as a template, or loads a picture or font from the network.
    """
    figure = drawn.get_root()
    _refuse_online(figure)
    parts = _numbered(_collect(figure))
    if any(has_armenian(text) for text in parts.body):
        parts.styles.append(armenian_style())
    facts = _facts(figure)
    title, spoken = ("Map", "en") if facts is None else (facts.title, facts.lang)
    hosts = sorted({host for element in _elements(figure) if isinstance(element, OnlineTiles) for host in element.source.hosts()})
    return _document(parts, title=title, lang=lang or spoken, loose_styles=_has_styled(figure), hosts=hosts)


def write_page(drawn: folium.Map, path: str) -> None:
    """Write the standalone page of a map; ``-`` is standard output.

    Raises
    ------
    OutputError
        The file can't be written.
    """
    write_text(page_html(drawn), path)


def _collect(figure: Any) -> _Parts:
    """Render every element once and sort what came of it; the figure is left as it was."""
    places = (figure.header, figure.html, figure.script)
    before = [place._children.copy() for place in places]
    for child in list(figure._children.values()):
        child.render()
    script = _inert("\n".join(_texts(figure.script)))
    parts = _Parts()
    for element in figure.header._children.values():
        _add_head(parts, element, script)
    parts.body.extend(_texts(figure.html))
    parts.scripts.append(script)
    parts.ids = {element._id for element in _elements(figure)}
    for place, children in zip(places, before, strict=True):
        place._children = children
    return parts


def _add_head(parts: _Parts, element: Element, script: str) -> None:
    if isinstance(element, JavascriptLink):
        if _is_needed(element.url, script):
            parts.scripts.append(_inert(asset_text(element.url)))
        return
    if isinstance(element, CssLink):
        if _is_needed(element.url, script):
            # what is left beside the embedded pictures and fonts is a second form of them, for old browsers
            parts.styles.append(_REMOTE.sub("url(data:,)", asset_text(element.url)))
        return
    for match in _BLOCK.finditer(_META.sub("", _text(element))):
        if match[1].lower() == "style":
            parts.styles.append(match[2])
        else:
            parts.scripts.append(match[2])


def _is_needed(url: str, script: str) -> bool:
    reasons = [pattern for name, pattern in NEEDED_FOR if name in url.lower()]
    return not reasons or any(re.search(pattern, script) for pattern in reasons)


def _texts(parent: Element) -> Iterator[str]:
    for element in parent._children.values():
        yield _text(element)


def _text(element: Element) -> str:
    """What an element is; for one that branca made of rendered text that text, not rendered again."""
    held: str | None = element._template_str if type(element) is Element else None
    return held if held is not None else str(element.render())


def _inert(script: str) -> str:
    # the same JavaScript, with nothing that ends or changes the script element around it
    return re.sub(r"<(?=/script|!--)", r"\\x3c", script, flags=re.IGNORECASE)


def _document(parts: _Parts, *, title: str, lang: str, loose_styles: bool, hosts: list[str]) -> str:
    if any(_REMOTE.search(style) for style in parts.styles):
        raise InputError("a style of the map loads a file from the network; the page could not show it offline")
    styles = [style.replace("</", "<\\/") for style in parts.styles]
    scripts = "".join(f"<script>{script}</script>\n" for script in parts.scripts)
    head = "".join(f"<style>{style}</style>\n" for style in styles)
    policy = _policy(parts.scripts, None if loose_styles else styles, hosts)
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f'<meta name="generator" content="marchland {tool_version()}">\n<title>{html.escape(title)}</title>\n'
        f'<link rel="icon" href="data:,">\n{head}</head>\n<body>\n'
        f"<main>\n{''.join(parts.body)}\n</main>\n{scripts}</body>\n</html>\n"
    )


def _policy(scripts: list[str], styles: list[str] | None, hosts: list[str]) -> str:
    allowed = " ".join(_hash(script) for script in scripts)
    style = "'unsafe-inline'" if styles is None else " ".join(_hash(style) for style in styles)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {style}; img-src {' '.join(['data:', 'blob:', *hosts])}; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


def _elements(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():
        yield from _elements(child)
    for name in ("header", "html", "script"):
        if isinstance(part := getattr(element, name, None), Element):
            yield from _elements(part)


def _refuse_online(figure: Any) -> None:
    for element in _elements(figure):
        for name in ("tiles", "url"):
            address = getattr(element, name, None)
            if isinstance(address, str) and address.lower().startswith(("http:", "https:", "//")) and not isinstance(element, Link):
                kind = type(element).__name__
                raise InputError(
                    f"{kind} loads from {address.split('/')[2]}: the page works without a network; make the map with tiles=None"
                )


def _facts(figure: Any) -> PageFacts | None:
    return next((element for element in _elements(figure) if isinstance(element, PageFacts)), None)


def _has_styled(figure: Any) -> bool:
    return any(type(element).__name__ in _STYLED for element in _elements(figure))


def _numbered(parts: _Parts) -> _Parts:
    """The pieces with branca's random ids replaced by numbers, in the order in which they appear."""
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        return numbers.setdefault(match[0], str(len(numbers))) if match[0] in parts.ids else match[0]

    body, styles, scripts = (
        [re.sub(r"[0-9a-f]{32}", number, text) for text in texts] for texts in (parts.body, parts.styles, parts.scripts)
    )
    return _Parts(scripts=scripts, styles=styles, body=body)

from __future__ import annotations

import importlib
import pkgutil

import folium
import folium.plugins
import pytest
from folium.elements import JSCSSMixin

from geo.errors import DataError
from maps import assets
from maps.assets import asset_list, asset_text, own_script, own_style


def linked() -> set[str]:
    for module in pkgutil.iter_modules(folium.plugins.__path__):
        importlib.import_module(f"folium.plugins.{module.name}")
    classes, found = [JSCSSMixin], set()
    while classes:
        one = classes.pop()
        classes += one.__subclasses__()
        found |= {url for _, url in [*one.default_js, *one.default_css]}
    return found


def test_every_file_that_folium_links_to_is_embedded_and_recorded() -> None:
    missing = linked() - set(asset_list())
    assert len(linked()) > 50
    assert not missing


def test_every_recorded_asset_has_the_recorded_bytes() -> None:
    for url in asset_list():
        assert asset_text(url)


def test_a_file_that_is_not_embedded_is_a_clear_error() -> None:
    with pytest.raises(DataError, match=r"https://example\.org/x\.js: .*without a network"):
        asset_text("https://example.org/x.js")


def test_an_asset_with_other_bytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    url = next(iter(asset_list()))
    monkeypatch.setattr(assets, "asset_list", lambda: {url: "0" * 64})
    with pytest.raises(DataError, match="another file than the recorded one"):
        asset_text(url)


@pytest.mark.parametrize(
    "word", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "setTimeout('"]
)
def test_our_scripts_make_no_html_from_text(word: str) -> None:
    assert word not in own_script()


def test_our_scripts_and_styles_are_no_templates_and_load_nothing() -> None:
    for text in (own_script(), own_style()):
        assert not any(token in text for token in ("{{", "{%", "{#", "</script", "<!--", "url(", "@import"))
    assert "fetch(" not in own_script()

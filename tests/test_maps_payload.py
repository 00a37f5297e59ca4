from __future__ import annotations

import json

import folium
import jinja2
import pytest
from branca.element import Element
from hostile import HOSTILE, shown
from hypothesis import given, settings
from hypothesis import strategies as st

from maps.payload import BLOCK_ID, DataBlock, Raw, data_block, escaped_json, well_formed


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_reads_back_as_it_was(text: str) -> None:
    assert json.loads(escaped_json({text: [text]})) == {shown(text): [shown(text)]}


TEXTS = st.text(alphabet="<>&{}%#!-/`$\\\"'\u2028\u2029ab", max_size=12)
VALUES = st.recursive(TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner))


@settings(max_examples=60)
@given(VALUES)
def test_escaped_json_has_nothing_that_html_or_jinja_acts_on_and_keeps_the_value(value: object) -> None:
    text = escaped_json(value)
    assert not set("<>&\u2028\u2029") & set(text)
    assert not any(token in text for token in ("{{", "{%", "{#"))
    assert json.loads(text) == value


def test_escaped_json_survives_a_template_engine() -> None:
    text = escaped_json(list(HOSTILE))
    assert jinja2.Template(text).render() == text


def test_a_number_that_json_cannot_hold_is_an_error() -> None:
    with pytest.raises(ValueError, match="JSON"):
        escaped_json({"radius_m": float("nan")})


def test_raw_text_is_not_run_as_a_template() -> None:
    figure = folium.Figure()
    figure.html.add_child(Raw("{{ 7 * 191 }}"))
    assert "{{ 7 * 191 }}" in figure.render()
    assert "1337" not in figure.render()


def test_a_figure_has_one_data_block() -> None:
    figure = folium.Figure()
    assert data_block(figure) is data_block(figure)
    assert figure.render().count(f'id="{BLOCK_ID}"') == 1


def test_the_data_block_is_inert_inside_a_figure() -> None:
    figure = folium.Figure()
    data_block(figure).parts["texts"] = list(HOSTILE)
    page = figure.render()
    inside = page.split(f'id="{BLOCK_ID}">')[1].split("</script>")[0]
    assert json.loads(inside)["texts"] == [shown(text) for text in HOSTILE]
    assert isinstance(DataBlock(), Element)


def test_text_without_half_a_pair_is_not_copied() -> None:
    text = "long " * 1_000
    assert well_formed(text) is text

"""What must hold of locations whatever the place: vaguer words are never narrower, order does not matter, stated units are kept."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer import SETTLEMENT_KINDS, Place, embedded_gazetteer
from geo.geocode import geocode
from geo.locate import locate
from geo.schema import incident_table

SETTLEMENTS = [p for p in embedded_gazetteer() if p.kind in SETTLEMENT_KINDS and p.country in ("AM", "AZ") and p.adm1]
FORMS = ("{}", "near {}", "{} direction", "village of {}", "5 km east of {}", "12 km from {}")


@st.composite
def placed(draw: st.DrawFn) -> Place:
    """A settlement."""
    return draw(st.sampled_from(SETTLEMENTS))


def radius_of(wording: str, place: Place) -> float:
    """Radius of a wording that is told of a place by its id."""
    found = locate(wording, gazetteer=embedded_gazetteer(), place_id=place.place_id)
    assert found.radius_m is not None
    return found.radius_m


@settings(max_examples=60, deadline=None)
@given(place=placed())
def test_vaguer_relation_never_has_the_smaller_radius(place: Place) -> None:
    name = place.names[0]
    in_it, near, towards = (radius_of(form.format(name), place) for form in ("{}", "near {}", "in the direction of {}"))
    assert in_it <= near <= towards


@settings(max_examples=60, deadline=None)
@given(place=placed(), distance=st.integers(min_value=1, max_value=60))
def test_distance_without_a_direction_is_never_narrower_than_with_one(place: Place, distance: int) -> None:
    name = place.names[0]
    directed = locate(f"{distance} km east of {name}", gazetteer=embedded_gazetteer(), adm1=place.adm1)
    ring = locate(f"{distance} km from {name}", gazetteer=embedded_gazetteer(), adm1=place.adm1)
    if directed.radius_m is not None and ring.radius_m is not None and directed.place_id == ring.place_id:
        assert directed.radius_m <= ring.radius_m


@settings(max_examples=60, deadline=None)
@given(place=placed(), low=st.integers(min_value=1, max_value=30), width=st.integers(min_value=1, max_value=20))
def test_range_of_distances_is_never_narrower_than_its_middle(place: Place, low: int, width: int) -> None:
    name = place.names[0]
    middle = locate(f"{low + width} km east of {name}", gazetteer=embedded_gazetteer(), adm1=place.adm1)
    ranged = locate(f"{low}-{low + 2 * width} km east of {name}", gazetteer=embedded_gazetteer(), adm1=place.adm1)
    if middle.radius_m is not None and ranged.radius_m is not None:
        assert ranged.radius_m >= middle.radius_m - 1e-6


@settings(max_examples=60, deadline=None)
@given(place=placed(), other=placed())
def test_place_that_is_found_in_a_stated_unit_may_lie_in_it(place: Place, other: Place) -> None:
    gazetteer = embedded_gazetteer()
    found = locate(place.names[0], gazetteer=gazetteer, country=other.country, adm1=other.adm1)
    if found.kind != "unknown":
        answer = gazetteer.get(found.place_id or "")
        assert answer is not None
        assert other.unit in answer.units
        assert answer.country == other.country


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_order_of_rows_does_not_matter(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.tuples(st.sampled_from(FORMS), st.sampled_from(SETTLEMENTS)), min_size=2, max_size=12))
    texts = [form.format(place.names[0]) for form, place in chosen]
    order = data.draw(st.permutations(range(len(texts))))
    straight = geocode(incident_table({"place_text": texts}))
    turned = geocode(incident_table({"place_text": [texts[n] for n in order]}))
    pd.testing.assert_frame_equal(turned, straight.iloc[order].reset_index(drop=True))


@pytest.mark.parametrize("text", ["between Goris and Goris", "Goris-Goris road", "Goris to Goris"])
def test_stretch_from_a_place_to_itself_is_around_it(text: str) -> None:
    found = locate(text, gazetteer=embedded_gazetteer())
    assert (found.kind, found.place_id) == ("near", "goris-gorus")

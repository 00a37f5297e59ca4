"""What each viewpoint shows, hides and fills."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely

from boundaries.assign import assign_units
from boundaries.catalogue import as_of, load_catalogue, seen_from
from boundaries.viewpoint import FORMER, OF_CONTROL, RULES, VIEWPOINTS, viewpoint_rule
from geo.schema import incident_table

CATALOGUE = load_catalogue()
FORMER_OBLAST = ("az-khojaly", "az-khojavend", "az-shusha", "az-shusha-city", "az-khankendi-city")


def fills(day: str, viewpoint: str) -> pd.Series:
    return as_of(CATALOGUE, day, viewpoint).units.set_index("id").fill


def test_the_embedded_catalogue_is_neutral() -> None:
    assert CATALOGUE.viewpoint == "neutral"
    assert tuple(RULES) == VIEWPOINTS


def test_viewpoint_is_told_by_the_catalogue() -> None:
    for name in VIEWPOINTS:
        assert as_of(CATALOGUE, "2021-05-14", name).viewpoint == name
        assert seen_from(CATALOGUE, name).viewpoint == name


def test_neutral_fills_nothing_contested_with_a_colour() -> None:
    seen = as_of(CATALOGUE, "2021-05-14")
    disputed = seen.units[seen.units.fill == "disputed"]
    assert set(FORMER_OBLAST) <= set(disputed.id)
    assert disputed.drawn_country.isna().all()
    assert (seen.exclaves.fill == "disputed").all()
    assert seen.exclaves.drawn_country.isna().all()
    assert not {"country"} & {*seen.zones.fill, *seen.lines.fill}


def test_neutral_over_all_days_fills_what_was_ever_contested_with_no_colour() -> None:
    units = CATALOGUE.units
    assert set(units.id[units.one_of_seven]) <= set(units.id[units.fill == "disputed"])


@pytest.mark.parametrize(
    ("unit", "viewpoint", "last"),
    [
        ("az-fuzuli", "neutral", "2020-11-09"),
        ("az-khojaly", "neutral", "2023-12-31"),
        ("az-khojaly", "de_facto", "2023-09-19"),
        ("az-shusha-city", "neutral", "2023-12-31"),
        ("az-shusha-city", "de_facto", "2020-11-09"),
        ("az-lachin", "de_facto", "2023-09-19"),
    ],
)
def test_unit_takes_the_colour_of_its_country_on_the_day_after_the_last_of_the_dispute(unit: str, viewpoint: str, last: str) -> None:
    assert fills(last, viewpoint)[unit] == "disputed"
    assert fills(str((pd.Timestamp(last) + pd.Timedelta(days=1)).date()), viewpoint)[unit] == "country"


def test_de_jure_fills_every_unit_with_its_country() -> None:
    seen = as_of(CATALOGUE, "2010-01-01", "de_jure").units
    assert (seen.fill == "country").all()
    assert (seen.drawn_country == seen.country).all()


def test_country_of_units_is_the_recognised_one_in_every_viewpoint() -> None:
    for name in VIEWPOINTS:
        assert (seen_from(CATALOGUE, name).units.country == CATALOGUE.units.country).all()


def test_de_jure_hides_control_and_keeps_what_was_agreed() -> None:
    seen = as_of(CATALOGUE, "2021-05-14", "de_jure")
    kinds = {*seen.zones.kind, *seen.lines.kind}
    assert not kinds & {*OF_CONTROL, *FORMER}
    assert {"peacekeeping_zone", "corridor", "corridor_road", "joint_centre", "post", "state_border"} <= kinds
    assert not (seen.divisions.level == "nkr_province").any()


def test_de_facto_shows_control_and_hides_former_units() -> None:
    seen = as_of(CATALOGUE, "2021-05-14", "de_facto")
    kinds = {*seen.zones.kind, *seen.lines.kind}
    assert {"line_of_contact", "district_group"} <= kinds
    assert "former_oblast" not in kinds
    assert not (seen.divisions.level == "nkr_province").any()


def test_exclaves_count_to_their_owner_but_de_facto_to_their_holder() -> None:
    for name in VIEWPOINTS:
        exclaves = seen_from(CATALOGUE, name).exclaves.set_index("id")
        holder = name == "de_facto"
        assert exclaves.country["artsvashen"] == ("AZ" if holder else "AM")
        assert exclaves.unit["artsvashen"] == ("az-gadabay" if holder else "am-gegharkunik")
        assert exclaves.unit["yukhari-askipara"] == ("am-tavush" if holder else "az-qazakh")
        assert exclaves.owner["artsvashen"] == "AM"
        assert set(exclaves.fill) == ({"disputed"} if name == "neutral" else {"country"})


def test_rows_say_which_viewpoints_show_them() -> None:
    for table in ("zones", "lines", "divisions"):
        whole = getattr(CATALOGUE, table)
        for name in VIEWPOINTS:
            told = whole.id[whole.viewpoints.str.split(";").map(lambda shown, name=name: name in shown)]
            assert set(told) == set(getattr(seen_from(CATALOGUE, name), table).id)


def test_every_kind_that_a_rule_hides_is_a_kind_of_the_catalogue() -> None:
    kinds = {*CATALOGUE.zones.kind, *CATALOGUE.lines.kind, *CATALOGUE.divisions.kind}
    assert {kind for rule in RULES.values() for kind in rule.hidden} <= kinds


def test_viewpoint_is_kept_when_a_day_is_chosen() -> None:
    assert as_of(seen_from(CATALOGUE, "de_jure"), "2021-05-14").viewpoint == "de_jure"


def test_viewpoint_that_hides_things_does_not_turn_into_another() -> None:
    with pytest.raises(ValueError, match="load_catalogue"):
        seen_from(seen_from(CATALOGUE, "de_jure"), "neutral")


def test_unknown_viewpoint_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="neutral, de_facto, de_jure"):
        viewpoint_rule("mine")


@pytest.mark.parametrize(("viewpoint", "country", "adm1"), [("neutral", "AM", "Gegharkunik"), ("de_facto", "AZ", "Gadabay District")])
def test_incident_in_an_exclave_is_assigned_as_the_viewpoint_counts_it(viewpoint: str, country: str, adm1: str) -> None:
    incidents = incident_table({"radius_m": [10.0], "start": ["2021-01-15"]}, geometry=[shapely.Point(45.52, 40.65)])
    row = assign_units(incidents, seen_from(CATALOGUE, viewpoint)).iloc[0]
    assert (row.country, row.adm1) == (country, adm1)
    assert "de jure AM, held by AZ" in row.geocode_reason

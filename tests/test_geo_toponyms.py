"""Names and their keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.toponyms import fold, nominatives, take_apart, without_generic

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ստեփանակերտ", "Stepanakert"), ("Ջերմուկ", "Djermuk"), ("Տեղ", "Tegh"), ("Վայոց Ձոր", "Vayots Dzor"),
        ("Երևան", "Yerevan"),
        ("Ханкенди", "Khankendi"), ("Нрнадзор", "Nrnadzor"), ("Тех", "Tekh"), ("Ağdərə", "Aghdara"),
        ("Xankəndi", "Khankandi"),
        ("Şuşa", "Shusha"), ("İstisu", "Istisu"), ("Qazax rayonu", "Gazakh rayonu"), ("Ch'inari", "Chinari"),
        ("Ch’inari", "Chʼinari"),
        ("Baghanis-Ayrum", "Baghanis Ayrum"), ("Baghanis–Ayrum", "Baghanis Ayrum"), ("  Goris ", "Goris"),
        ("Farrukh", "Farukh"),
        ("Dzhermuk", "Jermuk"), ("Vayotz Dzor", "Vayots Dzor"), ("Eraskh", "Yeraskh"), ("GORIS", "goris"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Goris", "Gorus"), ("Berd", "Berdzor"), ("Shusha", "Shushi"), ("Talish", "Tatli"), ("Nerkin Hand", "Verin Hand"), ("Sus", "Sos")],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(NAMES)
def test_key_is_plain_latin_and_a_key_of_itself(name: str) -> None:
    key = fold(name)
    assert key.isascii()
    assert key == key.strip().lower()


def test_dotless_i_folds_like_i_in_either_case() -> None:
    assert fold("QIZILHACILI köyü") == fold("qizilhacili köyü")
    assert fold("Qızılhacılı") == fold("Gizilhajili")


@pytest.mark.parametrize(
    ("wording", "names", "kind"),
    [
        ("village of Aghdam", ("Aghdam",), "village"), ("the town of Lachin", ("Lachin",), "town"),
        ("Lachin rayon", ("Lachin",), "unit"),
        ("Syunik marz", ("Syunik",), "unit"), ("Zəylik kəndi", ("Zəylik",), "village"),
        ("Şuşa şəhəri", ("Şuşa",), "town"),
        ("с. Тех", ("Тех",), "village"), ("г. Горис", ("Горис",), "town"), ("գ. Տեղ", ("Տեղ",), "village"),
        ("Մարտակերտի շրջան", ("Մարտակերտի",), "unit"),
        ("Mount Saribaba", ("Saribaba",), "mountain"), ("Lake Sevan", ("Sevan",), "lake"),
        ("Goris community", ("Goris",), ""), ("Goris", ("Goris",), None),
    ],
)  # fmt: skip
def test_generic_word_is_taken_off_and_tells_the_kind(wording: str, names: tuple[str, ...], kind: str | None) -> None:
    found = take_apart(wording)
    assert (found.names, found.kind) == (names, kind)


def test_second_form_in_brackets_or_after_a_slash_is_a_name_of_its_own() -> None:
    assert take_apart("Stepanakert (Khankendi)").names == ("Stepanakert", "Khankendi")
    assert take_apart("Shushi/Shusha").names == ("Shushi", "Shusha")
    assert take_apart("Gorus (Goris) region").names == ("Gorus", "Goris")


def test_generic_word_alone_stays_a_name() -> None:
    assert without_generic("Village") == (("Village",), None)
    assert take_apart("").forms == ()


def test_every_step_of_taking_off_is_kept() -> None:
    assert take_apart("Sev Lich lake").forms == (("Sev Lich lake", "Sev Lich", "Sev"),)


@pytest.mark.parametrize(
    ("inflected", "plain"),
    [
        ("Гориса", "Горис"),
        ("Горисе", "Горис"),
        ("Товузского", "Товузский"),
        ("Сюникская", "Сюник"),
        ("Սյունիքի", "Սյունիք"),
        ("Kəlbəcərdə", "Kəlbəcər"),
    ],
)
def test_inflected_name_gives_its_nominative(inflected: str, plain: str) -> None:
    assert plain in nominatives(inflected)


def test_latin_name_is_never_shortened() -> None:
    assert nominatives("Kirants") == ()
